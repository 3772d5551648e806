"""Token counts by tiktoken's o200k_base, offline: the table comes from an installed package."""

import gzip
import hashlib
import os
from functools import cache
from importlib import resources
from pathlib import Path

import tiktoken
from platformdirs import user_cache_path

ENCODING_NAME = "o200k_base"
# tiktoken looks for a table under the SHA-1 of the address it would download it from.
ENCODING_ADDRESS = f"https://openaipublic.blob.core.windows.net/encodings/{ENCODING_NAME}.tiktoken"


@cache
def load_encoding() -> tiktoken.Encoding:
    """The o200k_base encoding; tiktoken itself checks the table's SHA-256."""
    folder = Path(
        os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(user_cache_path("munheon") / "tiktoken"))
    )
    table = folder / hashlib.sha1(ENCODING_ADDRESS.encode()).hexdigest()
    if not table.exists():
        _unpack_table(table)
    return tiktoken.get_encoding(ENCODING_NAME)


def count_tokens(text: str) -> int:
    """How many o200k_base tokens the text has; special tokens count as plain text."""
    return len(load_encoding().encode_ordinary(text))


def _unpack_table(table: Path) -> None:
    """Write the packaged table where tiktoken looks, whole or not at all."""
    table.parent.mkdir(parents=True, exist_ok=True)
    packed = resources.files("bpe_openai.data") / f"{ENCODING_NAME}.tiktoken.gz"
    part = table.with_suffix(f".{os.getpid()}")
    part.write_bytes(gzip.decompress(packed.read_bytes()))
    part.replace(table)
