"""`munheon user`: the accounts of those who may sign in to the chat."""

import sys

import click

from graph.settings import Settings
from ui.access.accounts import Account, Accounts
from ui.access.errors import AccessError
from ui.command.tables import Column, print_table

COLUMNS = (Column("이름"), Column("관리자"), Column("만든 때"))
# A password has no line break, so the first line is all of it.
FROM_STDIN = click.option(
    "--password-stdin", is_flag=True, help="비밀번호를 표준 입력의 첫 줄에서 읽습니다."
)


@click.group()
def user() -> None:
    """로그인하는 사람의 계정을 만들고, 지우고, 비밀번호를 바꿉니다."""


@user.command()
@click.argument("name")
@click.option("--admin", is_flag=True, help="관리자로 만듭니다.")
@FROM_STDIN
@click.pass_obj
def add(settings: Settings, name: str, admin: bool, password_stdin: bool) -> None:
    """계정을 만듭니다."""
    accounts = Accounts(settings.home)
    accounts.check_free(name)
    accounts.add(name, _read_password(from_stdin=password_stdin), is_admin=admin)
    click.echo(f"{name} 계정을 만들었습니다.")
    if settings.auth == "local":
        click.echo("로그인하게 하려면 MUNHEON_AUTH=password를 설정하세요.", err=True)


@user.command()
@click.argument("name")
@FROM_STDIN
@click.pass_obj
def passwd(settings: Settings, name: str, password_stdin: bool) -> None:
    """비밀번호를 바꿉니다. 전의 비밀번호로 로그인한 곳에서는 바로 나가게 됩니다."""
    accounts = Accounts(settings.home)
    accounts.check_there(name)
    accounts.change_password(name, _read_password(from_stdin=password_stdin))
    click.echo(f"{name} 계정의 비밀번호를 바꾸었습니다.")


@user.command()
@click.argument("name")
@click.pass_obj
def remove(settings: Settings, name: str) -> None:
    """계정을 지웁니다. 로그인한 곳에서는 바로 나가게 됩니다."""
    Accounts(settings.home).remove(name)
    click.echo(f"{name} 계정을 지웠습니다.")


@user.command("list")
@click.pass_obj
def list_accounts(settings: Settings) -> None:
    """계정을 모두 보여 줍니다."""
    print_table(COLUMNS, map(_write_account, Accounts(settings.home).list_all()))


def _write_account(account: Account) -> tuple[str, str, str]:
    return account.identifier, "예" if account.is_admin else "", account.created


def _read_password(*, from_stdin: bool) -> str:
    """The password, from a script or asked for twice; UserError where nobody can answer."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not _has_terminal():
        raise AccessError("access.no_terminal")
    password = _ask("비밀번호")
    if _ask("비밀번호를 한 번 더") != password:
        raise AccessError("access.passwords_differ")
    return password


def _has_terminal() -> bool:
    return sys.stdin.isatty()


def _ask(hint: str) -> str:
    answer: str = click.prompt(hint, hide_input=True, default="", show_default=False, err=True)
    return answer
