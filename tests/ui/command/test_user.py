"""`munheon user`."""

import pytest
from click.testing import CliRunner, Result

from graph.settings import Settings
from tests.ui.command.commands import assert_told, munheon, printed
from ui.access.accounts import Accounts
from ui.command.main import main

PASSWORD = "a long password"


def with_input(text: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["user", *arguments], input=text)


def test_accounts_are_made_listed_changed_and_removed(settings: Settings):
    accounts = Accounts(settings.home)
    assert with_input(f"{PASSWORD}\n", "add", "kim", "--admin", "--password-stdin").exit_code == 0
    assert with_input(f"{PASSWORD}\r\n", "add", "lee", "--password-stdin").exit_code == 0
    assert accounts.sign_in("lee", PASSWORD)

    lines = printed("user", "list").splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["kim", "lee"]

    assert with_input("another password\n", "passwd", "lee", "--password-stdin").exit_code == 0
    assert accounts.sign_in("lee", "another password")
    assert munheon("user", "remove", "lee").exit_code == 0
    assert accounts.find("lee") is None


@pytest.mark.parametrize(
    ("given", "arguments", "told"),
    [
        ("short\n", ("add", "kim", "--password-stdin"), "10"),
        (f"{PASSWORD}\n", ("add", "a:b", "--password-stdin"), "a:b"),
        (f"{PASSWORD}\n", ("passwd", "kim", "--password-stdin"), "munheon user list"),
        ("", ("remove", "kim"), "munheon user list"),
        ("", ("add", "kim"), "--password-stdin"),
    ],
)
def test_what_is_wrong_is_told(given: str, arguments: tuple[str, ...], told: str):
    assert_told(with_input(given, *arguments), told)


def test_a_password_is_asked_for_twice(monkeypatch: pytest.MonkeyPatch, settings: Settings):
    answers = iter([PASSWORD, PASSWORD, PASSWORD, "another"])
    monkeypatch.setattr("ui.command.users.click.prompt", lambda *_, **__: next(answers))
    monkeypatch.setattr("ui.command.users._has_terminal", lambda: True)

    assert munheon("user", "add", "kim").exit_code == 0
    assert_told(munheon("user", "add", "lee"), "다릅니다")
    assert [one.identifier for one in Accounts(settings.home).list_all()] == ["kim"]
