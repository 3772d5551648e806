"""Zips that would swell are refused before anything unpacks them."""

import zipfile
from pathlib import Path

import pytest

from language.catalogue import Text
from retrieval.errors import UnreadableFile
from retrieval.parsing.zipped import MAX_LIST, list_zipped


def pack(path: Path, **held: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in held.items():
            file.writestr(f"{name}.xml", content)
    return path


def test_a_zip_names_what_it_holds(tmp_path: Path):
    assert list_zipped(pack(tmp_path / "a.docx", a=b"x", b=b"y" * 1_000_000)) == {"a.xml", "b.xml"}


def test_markup_that_swells_is_refused(tmp_path: Path):
    bomb = pack(tmp_path / "a.docx", a=b"ha " * 2_000_000)

    with pytest.raises(UnreadableFile, match="unpacks"):
        list_zipped(bomb)


def test_a_list_that_takes_all_memory_is_refused(tmp_path: Path):
    path = pack(tmp_path / "a.docx", a=b"x")
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x05\x06")
    content[at + 12 : at + 16] = (MAX_LIST + 1).to_bytes(4, "little")
    path.write_bytes(content)

    with pytest.raises(UnreadableFile) as refused:
        list_zipped(path)
    assert str(refused.value) == str(Text("reading.swells"))


def test_a_broken_zip_is_told_so(tmp_path: Path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"PK\x03\x04 and nothing")

    with pytest.raises(UnreadableFile, match="broken"):
        list_zipped(path)
