"""The names under which conversations are downloaded."""

import pytest

from tests.ui import quiet_chainlit  # noqa: F401
from ui.page.routes import _name_file


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("SOLAR의 층", "SOLAR%EC%9D%98%20%EC%B8%B5.md"),
        ('a"; filename="x.exe', "a%20%3B%20filename%3D%20x.exe.md"),
        ("../../etc\r\nSet-Cookie: a", "etc%20Set-Cookie%20a.md"),
        ("", "munheon.md"),
        ("...", "munheon.md"),
    ],
)
def test_no_name_ends_its_header(name: str, file: str):
    header = _name_file(name)

    assert header == f"attachment; filename=\"munheon.md\"; filename*=UTF-8''{file}"
    assert header.isascii()
