"""The two READMEs name all there is, and show the same commands."""

import re
from pathlib import Path

import click
import pytest

from graph.settings import Settings
from ui.command.main import main

ROOT = Path(__file__).parents[1]
READMES = {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "README.ko.md")}
EVERY_README = pytest.mark.parametrize("readme", READMES.values(), ids=READMES)
SHELLS = {"sh", "bash", "shell", "console"}
TARGET = re.compile(r"^([a-z0-9]+):.*##", re.MULTILINE)


def options() -> set[tuple[str, str]]:
    """Each command with each of its options."""
    return {
        (name, option)
        for name, command in main.commands.items()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    }


def shell_commands(readme: str) -> set[str]:
    """The lines of the fenced shell blocks, without prompts and comments."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    lines = [line for kind, block in blocks if kind in SHELLS for line in block.splitlines()]
    commands = (re.sub(r"\s+#.*|^#.*|^\$ ", "", line).strip() for line in lines)
    return {command for command in commands if command}


@EVERY_README
@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_named(readme: str, command: str):
    assert re.search(rf"munheon {command}\b", readme)


@EVERY_README
@pytest.mark.parametrize(("command", "option"), sorted(options()))
def test_every_option_is_named(readme: str, command: str, option: str):
    lines = [line for line in readme.splitlines() if f"munheon {command}" in line]

    assert any(re.search(rf"{option}(?![\w-])", line) for line in lines)


@EVERY_README
@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_is_named(readme: str, field: str):
    assert f"MUNHEON_{field.upper()}" in readme


def test_no_setting_is_named_that_there_is_not():
    settings = {f"MUNHEON_{field.upper()}" for field in Settings.model_fields}

    for text in (*READMES.values(), (ROOT / ".env.example").read_text("utf-8")):
        assert set(re.findall(r"MUNHEON_[A-Z_]+[A-Z]", text)) == settings


@EVERY_README
def test_every_make_target_is_named(readme: str):
    targets = set(TARGET.findall((ROOT / "Makefile").read_text("utf-8"))) - {"help"}

    assert {"chat", "index", "test", "check", "e2e", "studio"} <= targets
    assert {target for target in targets if f"make {target}" not in readme} == set()


@EVERY_README
def test_no_target_or_command_is_named_that_there_is_not(readme: str):
    code = "\n".join(re.findall(r"`[^`\n]+`|^```.*?^```", readme, re.MULTILINE | re.DOTALL))
    targets = set(TARGET.findall((ROOT / "Makefile").read_text("utf-8")))

    assert set(re.findall(r"\bmake ([a-z0-9]+)", code)) <= targets
    assert set(re.findall(r"\bmunheon ([a-z]+)", code)) <= set(main.commands)


def test_both_show_the_same_shell_commands():
    english, korean = map(shell_commands, READMES.values())

    assert english == korean
    assert english


@EVERY_README
def test_every_path_in_the_tree_is_there(readme: str):
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    [tree] = [block for kind, block in blocks if not kind and "graph/" in block]
    folder = ROOT
    for line in tree.splitlines():
        names = re.match(r"\s*((?:[\w.-]+/?(?: |$))+)", line)
        assert names, line
        for name in names[1].split():
            if not line.startswith(" ") and name.endswith("/"):
                folder = ROOT / name
            path = folder if not line.startswith(" ") else folder / name
            assert path.exists(), path


@pytest.mark.parametrize("link", ["README.md", "README.ko.md"])
def test_each_leads_to_the_other(link: str):
    assert f"]({link})" in READMES["README.ko.md" if link == "README.md" else "README.md"]
