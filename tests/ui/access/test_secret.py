"""The key that signs cookies."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ui.access.errors import AccessError
from ui.access.secret import FILE, read_secret, set_secret


def test_a_key_is_made_once_and_its_owners(tmp_path: Path):
    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(read_secret, [tmp_path / "home"] * 8))

    assert len(made) == 1
    assert len(made.pop()) >= 32
    assert (tmp_path / "home" / FILE).stat().st_mode & 0o777 == 0o600


def test_a_key_of_the_environment_goes_first(tmp_path: Path):
    environment = {"CHAINLIT_AUTH_SECRET": "s" * 40}
    set_secret(environment, tmp_path)

    assert environment["CHAINLIT_AUTH_SECRET"] == "s" * 40
    assert not (tmp_path / FILE).exists()


def test_each_library_has_a_cookie_of_its_own(tmp_path: Path):
    environments = [dict[str, str](), dict[str, str](), dict[str, str]()]
    for environment, home in zip(environments, ["a", "a", "b"], strict=True):
        set_secret(environment, tmp_path / home)

    names = [environment["CHAINLIT_AUTH_COOKIE_NAME"] for environment in environments]
    assert names[0] == names[1] != names[2]


@pytest.mark.parametrize("kept", ["", "short", "\udcff"])
def test_a_key_that_is_none_is_told(tmp_path: Path, kept: str):
    (tmp_path / FILE).write_text(kept, errors="surrogateescape")

    with pytest.raises(AccessError):
        set_secret({}, tmp_path)
