"""The documents name all there is and nothing else, alike in both languages, and link to what is there."""

import re
from pathlib import Path
from typing import get_args

import click
import pytest

from graph.settings import Settings
from nodes.refusal import RefusalRule
from ui.command.main import main

ROOT = Path(__file__).parents[1]
DOCUMENTS = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in sorted(
        [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*.md")]
    )
}
READMES = ["README.md", "README.ko.md"]
COMMANDS = ["docs/commands.md", "docs/ko/commands.md"]
SETTINGS = ["docs/settings.md", "docs/ko/settings.md"]
SERVING = ["docs/serving.md", "docs/ko/serving.md"]
PAIRS = [READMES, COMMANDS, SETTINGS, SERVING]
# It tells of what there was as well.
OF_NOW = {name: text for name, text in DOCUMENTS.items() if name != "CHANGELOG.md"}

README_LINES = 150
SHELLS = {"sh", "bash", "shell", "console"}
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]+`|^```.*?^```", re.MULTILINE | re.DOTALL)
TARGET = re.compile(r"^([a-z0-9]+):.*##", re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z0-9-]*")
LINK = re.compile(r"\]\(([^)\s]+)\)")

EVERY_DOCUMENT = pytest.mark.parametrize("name", DOCUMENTS)
EVERY_DOCUMENT_OF_NOW = pytest.mark.parametrize("name", OF_NOW)
BOTH_COMMANDS = pytest.mark.parametrize("name", COMMANDS)
BOTH_SETTINGS = pytest.mark.parametrize("name", SETTINGS)


def options() -> dict[str, set[str]]:
    """The options of each command, and of those within it."""
    return {
        name: {
            option
            for one in (command, *getattr(command, "commands", {}).values())
            for parameter in one.params
            if isinstance(parameter, click.Option)
            for option in (*parameter.opts, *parameter.secondary_opts)
        }
        for name, command in main.commands.items()
    }


def sections(text: str) -> dict[str, str]:
    """The sections of a document of commands, by the command in their heading."""
    parts = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    commands = [(re.match(r"`munheon (\w+)", part), part) for part in parts]
    return {match[1]: part for match, part in commands if match}


def table_options(section: str) -> set[str]:
    """The options that begin a row of a section's table."""
    return set(re.findall(r"^\| `(--[a-z][a-z0-9-]*)", section, re.MULTILINE))


def shell_commands(text: str) -> set[str]:
    """The lines of the fenced shell blocks, without prompts and comments."""
    blocks = BLOCK.findall(text)
    lines = [line for kind, block in blocks if kind in SHELLS for line in block.splitlines()]
    commands = (re.sub(r"\s+#.*|^#.*|^\$ ", "", line).strip() for line in lines)
    return {command for command in commands if command}


def make_targets() -> set[str]:
    return set(TARGET.findall((ROOT / "Makefile").read_text("utf-8")))


def settings() -> set[str]:
    return {f"MUNHEON_{field.upper()}" for field in Settings.model_fields}


def anchors(text: str) -> set[str]:
    """What a link may name behind `#`, as GitHub makes it of the headings."""
    headings = re.findall(r"^#+ (.*)$", BLOCK.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def tree() -> list[str]:
    """The folders in the tree of the architecture, below their rooms."""
    blocks = BLOCK.findall(DOCUMENTS["docs/architecture.md"])
    [block] = [block for kind, block in blocks if not kind and "graph/" in block]
    folders, room = [], ""
    for line in block.splitlines():
        match = re.fullmatch(r"( *)([\w.-]+/) +\S.*", line)
        assert match, line
        room = room if match[1] else match[2]
        folders.append(f"{room if match[1] else ''}{match[2]}".rstrip("/"))
    return folders


@BOTH_COMMANDS
def test_every_command_has_its_section(name: str):
    assert set(sections(DOCUMENTS[name])) == set(main.commands)


@BOTH_COMMANDS
@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_option_of_a_command_has_its_row_and_no_other(name: str, command: str):
    assert table_options(sections(DOCUMENTS[name])[command]) == options()[command]


@EVERY_DOCUMENT_OF_NOW
def test_no_option_is_named_that_there_is_not(name: str):
    known = options()
    for code in CODE.findall(OF_NOW[name]):
        for command, rest in re.findall(r"\bmunheon ([a-z]+)([^\n`]*)", code):
            assert set(OPTION.findall(rest)) <= known[command] | {"--help"}, code


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize("command", sorted(main.commands))
def test_the_readme_names_every_command(name: str, command: str):
    assert re.search(rf"munheon {command}\b", DOCUMENTS[name])


@BOTH_SETTINGS
@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_has_its_row_with_its_default(name: str, field: str):
    default = Settings.model_fields[field].default
    shown = f"`{default}`" if isinstance(default, int | float | Path) or field == "profile" else ""

    rows = re.findall(rf"^\| `MUNHEON_{field.upper()}` \| (.*?) ?\|", DOCUMENTS[name], re.MULTILINE)

    assert len(rows) == 1
    assert not shown or rows == [shown]


@pytest.mark.parametrize("name", [*OF_NOW, ".env.example"])
def test_no_setting_is_named_that_there_is_not(name: str):
    text = (ROOT / name).read_text("utf-8")
    named = set(re.findall(r"MUNHEON_[A-Z_]+[A-Z]", text))

    assert named <= settings()
    assert named == settings() or name not in {*SETTINGS, ".env.example"}


@BOTH_COMMANDS
def test_every_make_target_has_its_row(name: str):
    rows = set(re.findall(r"^\| `make ([a-z0-9]+)", DOCUMENTS[name], re.MULTILINE))

    assert rows == make_targets() - {"help"}


@EVERY_DOCUMENT
def test_no_target_or_command_is_named_that_there_is_not(name: str):
    code = "\n".join(CODE.findall(DOCUMENTS[name]))

    assert set(re.findall(r"\bmake ([a-z0-9]+)", code)) <= make_targets()
    assert set(re.findall(r"\bmunheon ([a-z]+)", code)) <= set(main.commands)


@pytest.mark.parametrize(("english", "korean"), PAIRS)
def test_both_show_the_same_shell_commands(english: str, korean: str):
    commands = shell_commands(DOCUMENTS[english])

    assert commands == shell_commands(DOCUMENTS[korean])
    assert commands or english in COMMANDS


@pytest.mark.parametrize(("english", "korean"), PAIRS)
def test_both_have_the_same_sections(english: str, korean: str):
    levels = [re.findall(r"^#+ ", BLOCK.sub("", DOCUMENTS[one]), re.M) for one in (english, korean)]

    assert levels[0] == levels[1]


@pytest.mark.parametrize("name", READMES)
def test_a_readme_is_short(name: str):
    assert len(DOCUMENTS[name].splitlines()) <= README_LINES


def test_every_path_in_the_tree_is_there():
    assert [folder for folder in tree() if not (ROOT / folder).is_dir()] == []


def test_every_room_is_in_the_tree():
    packages = {
        path.parent.relative_to(ROOT).as_posix()
        for pattern in ("*/__init__.py", "*/*/__init__.py")
        for path in ROOT.glob(pattern)
        if not path.is_relative_to(ROOT / "tests") and ".venv" not in path.parts
    }

    assert packages - set(tree()) == set()


@EVERY_DOCUMENT
def test_every_link_leads_somewhere(name: str):
    for link in LINK.findall(CODE.sub("", DOCUMENTS[name])):
        path, _, anchor = link.partition("#")
        if re.match(r"https?:", link):
            continue
        target = (ROOT / name).parent / path if path else ROOT / name
        assert target.exists(), link
        assert not anchor or anchor in anchors(target.read_text("utf-8")), link


@pytest.mark.parametrize(("english", "korean"), PAIRS)
def test_each_leads_to_the_other(english: str, korean: str):
    for one, other in ((english, korean), (korean, english)):
        links = LINK.findall(DOCUMENTS[one])
        assert any(((ROOT / one).parent / link).resolve() == ROOT / other for link in links)


def test_every_document_is_reached_from_the_readmes():
    reached, ahead = set[Path](), [ROOT / name for name in READMES]
    while ahead:
        document = ahead.pop()
        if document.suffix == ".md" and document not in reached:
            reached.add(document)
            links = LINK.findall(document.read_text("utf-8"))
            paths = (link.partition("#")[0] for link in links if not link.startswith("http"))
            ahead += [(document.parent / path).resolve() for path in paths if path]

    assert {ROOT / name for name in DOCUMENTS} - reached == set()


def test_the_place_of_the_rules_is_marked_once():
    text = DOCUMENTS["docs/answering.md"]

    assert text.count("<!-- rules:start -->") == text.count("<!-- rules:end -->") == 1
    assert text.index("<!-- rules:start -->") < text.index("<!-- rules:end -->")


def test_every_rule_of_refusal_is_explained():
    answering = (ROOT / "docs" / "answering.md").read_text("utf-8")

    explained = set(re.findall(r"^\| `(\w+)` \|", answering, re.MULTILINE))

    assert explained == set(get_args(RefusalRule))
