"""What a document is known by is kept as one text, and read as what it was."""

import os
from pathlib import Path

import pytest

from retrieval.sources import Source, WebAddress, keep_source, read_source

SOURCES: list[Source] = [
    Path("/papers/a b.pdf"),
    Path("https://8.8.8.8/a.pdf"),
    Path(os.fsdecode("/papers/한글.pdf".encode("cp949"))),
    WebAddress("https://8.8.8.8/a.pdf?b=%ED%95%9C#c"),
]


@pytest.mark.parametrize("source", SOURCES, ids=["path", "folder", "older", "address"])
def test_it_is_read_as_it_was_kept(source: Source):
    kept = keep_source(source)

    assert kept.encode()
    assert read_source(kept) == source


def test_an_address_has_the_name_that_is_listed():
    assert read_source("https://8.8.8.8/get?id=7", "paper.pdf").name == "paper.pdf"
