"""The documents name no file and no constant of the code that is gone."""

import re

from tests.test_readme import EVERY_DOCUMENT_OF_NOW, OF_NOW, ROOT

ROOMS = (
    "ui evaluation indexing graph nodes models retrieval language benchmarks tests examples".split()
)


@EVERY_DOCUMENT_OF_NOW
def test_every_file_and_constant_named_in_code_is_there(name: str):
    inner = [path for room in ROOMS for path in (ROOT / room).rglob("*.*")]
    paths = [path.relative_to(ROOT).as_posix() for path in inner]
    sources = "\n".join(path.read_text("utf-8") for path in inner if path.suffix == ".py")
    named = re.findall(r"`([\w/.-]+\.(?:py|tsv|j2))`", OF_NOW[name])
    constants = set(re.findall(r"`([A-Z][A-Z_]{3,})`", OF_NOW[name]))

    assert [one for one in named if not any(f"/{path}".endswith(f"/{one}") for path in paths)] == []
    assert [
        one
        for one in constants
        if not one.startswith("MUNHEON_") and not re.search(rf"\b{one}\b", sources)
    ] == []
