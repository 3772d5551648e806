"""The accounts, and their passwords."""

import sqlite3

import pytest

from graph.settings import Settings
from tests.ui.access.conftest import PASSWORD
from ui.access.accounts import Accounts
from ui.access.errors import AccessError


def test_an_account_signs_in_with_its_password_alone(accounts: Accounts):
    assert accounts.sign_in("kim", PASSWORD).is_admin
    assert not accounts.sign_in("lee", PASSWORD).is_admin
    assert accounts.sign_in(" KIM ", PASSWORD).identifier == "kim"
    for name, password in (("kim", "another"), ("nobody", PASSWORD), ("kim", ""), ("", "")):
        assert accounts.sign_in(name, password) is None


@pytest.mark.parametrize("password", ["\ud800" * 12, "x" * 1_000_000, "\0" * 20])
def test_odd_passwords_sign_nobody_in(accounts: Accounts, password: str):
    assert accounts.sign_in("kim", password) is None


def test_no_password_is_kept_as_it_is(accounts: Accounts):
    assert PASSWORD.encode() not in accounts.path.read_bytes()
    assert accounts.path.stat().st_mode & 0o777 == 0o600


def test_a_new_password_is_a_new_version(accounts: Accounts):
    before = accounts.find("kim")
    accounts.change_password("kim", "another password")

    assert accounts.find("kim").version != before.version
    assert accounts.sign_in("kim", PASSWORD) is None
    assert accounts.sign_in("kim", "another password")


def test_an_account_that_comes_again_is_another(accounts: Accounts):
    before = accounts.find("lee")
    accounts.remove("lee")
    assert accounts.find("lee") is None
    accounts.add("lee", PASSWORD)

    assert accounts.find("lee").version != before.version


@pytest.mark.parametrize("name", ["", "a:b", "a b", "x" * 65, "a/b", "a'b", "\n"])
def test_a_name_is_of_letters_and_digits(accounts: Accounts, name: str):
    with pytest.raises(AccessError):
        accounts.add(name, PASSWORD)


@pytest.mark.parametrize("name", ["Kim", "ｋｉｍ"])
def test_a_name_is_had_once(accounts: Accounts, name: str):
    with pytest.raises(AccessError, match="passwd"):
        accounts.add(name, PASSWORD)


@pytest.mark.parametrize("password", ["", "123456789", "x" * 1_001])
def test_a_password_has_a_length(accounts: Accounts, password: str):
    with pytest.raises(AccessError, match="10"):
        accounts.change_password("kim", password)


def test_a_broken_file_is_told(settings: Settings, accounts: Accounts):
    accounts.path.write_bytes(b"no database" * 100)

    with pytest.raises(AccessError, match=r"accounts\.db"):
        accounts.list_all()


def test_a_locked_file_is_told(accounts: Accounts, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("ui.access.accounts.BUSY_SECONDS", 0.01)
    holder = sqlite3.connect(accounts.path)
    holder.execute("BEGIN EXCLUSIVE")

    with pytest.raises(AccessError, match=r"accounts\.db"):
        accounts.remove("kim")
    holder.close()
