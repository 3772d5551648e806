"""What counts as a command, and what is a question."""

import pytest

from ui.page.commands.reading import ALIASES, NAMES, Command, read_command


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("/search SOLAR layers", "search", "SOLAR layers"),
        ("  /검색   층 수\n", "search", "층 수"),
        ("/papers", "papers", ""),
        ("/compare a, b: c d", "compare", "a, b: c d"),
        ("/되돌리기", "undo", ""),
        ("/없는말 x", None, "x"),
        ("/quit", None, ""),
    ],
)
def test_a_slash_and_a_word_are_a_command(text: str, name: str | None, argument: str):
    command = read_command(text)

    assert command is not None
    assert (command.name, command.argument) == (name, argument)


@pytest.mark.parametrize(
    "text",
    ["/etc/hosts는 무엇인가요?", "SOLAR의 /search", "/ search", "/8B 모델은?", "/", "", "/Help 해"],
)
def test_a_path_or_a_slash_elsewhere_is_a_question(text: str):
    assert read_command(text) is None


def test_the_menu_gives_the_word_and_the_text_is_its_argument():
    assert read_command("SOLAR", "search") == Command("search", "SOLAR")
    assert read_command("", "papers") == Command("papers", "")


def test_every_command_has_a_korean_name():
    assert sorted(ALIASES.values()) == sorted(NAMES)
