"""Token counts come from an installed package, and never from the network."""

import subprocess
import sys
from pathlib import Path

import pytest
import tiktoken

from language.tokens import count_tokens


@pytest.mark.parametrize(
    ("text", "tokens"), [("", 0), ("hello world", 2), ("안녕하세요", 2), ("<|endoftext|>", 7)]
)
def test_counts_are_those_of_o200k_base(text: str, tokens: int):
    assert count_tokens(text) == tokens
    assert count_tokens(text) == len(tiktoken.get_encoding("o200k_base").encode_ordinary(text))


def test_the_table_is_unpacked_where_tiktoken_looks(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path / "cache"))
    program = (
        "import socket; socket.getaddrinfo = None; "
        "from language.tokens import count_tokens; print(count_tokens('hello world'))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert (done.stdout, done.stderr) == ("2\n", "")
    [table] = (tmp_path / "cache").iterdir()
    assert table.stat().st_size > 1_000_000
