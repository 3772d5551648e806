"""Checks of the program: Python, packages, settings."""

import os
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, requires, version

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from graph.settings import Settings
from language.catalogue import write_text
from ui.command.doctor.finding import Finding, Subject, find_fault

PACKAGE = "munheon"
PREFIX = "MUNHEON_"
# Named where all is well: most reports of faults are about one of these.
NAMED = ("chainlit", "chromadb", "langchain-core", "langgraph", "openai", "pymupdf-lite")


def check_python(subject: Subject) -> Iterator[Finding]:
    """Whether this Python is one of those that the program is made for."""
    wanted = SpecifierSet(metadata(PACKAGE)["Requires-Python"])
    told = f"{platform.python_version()}, {platform.platform()}"
    if wanted.contains(platform.python_version(), prereleases=True):
        yield Finding("ok", told)
    else:
        yield Finding("error", told, write_text("doctor.python_remedy", wanted=wanted))


def check_packages(subject: Subject) -> Iterator[Finding]:
    """Whether the packages are there, and none is older than the program needs."""
    wanted = [Requirement(line) for line in requires(PACKAGE) or []]
    wrong = [told for one in wanted if (told := _describe_wrong(one))]
    if wrong:
        told = write_text("doctor.packages_wrong", packages=", ".join(wrong))
        yield Finding("error", told, write_text("doctor.packages_remedy"))
    else:
        named = ", ".join(f"{name} {_find_version(name)}" for name in NAMED)
        yield Finding("ok", f"{PACKAGE} {version(PACKAGE)}; {named}")


def _describe_wrong(wanted: Requirement) -> str:
    """What is wrong with a package; nothing where it fits, or is of an extra that is not there."""
    found = _find_version(wanted.name)
    if found is None:
        is_needed = wanted.marker is None or wanted.marker.evaluate({"extra": ""})
        return f"{wanted.name} -" if is_needed else ""
    is_right = wanted.specifier.contains(found, prereleases=True)
    return "" if is_right else f"{wanted.name} {found} ({wanted.specifier})"


def _find_version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def check_settings(subject: Subject) -> Iterator[Finding]:
    """Whether .env can be read, and every setting makes sense and is known."""
    yield from map(find_fault, subject.faults)
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    given = {name.upper() for name in os.environ if name.upper().startswith(PREFIX)}
    if unknown := sorted(given - known):
        told = write_text("doctor.settings_unknown", names=", ".join(unknown))
        yield Finding("warning", told, write_text("doctor.settings_unknown_remedy"))
    elif not subject.faults:
        names = ", ".join(sorted(given & known))
        yield Finding(
            "ok",
            write_text("doctor.settings_given", names=names)
            if names
            else write_text("doctor.settings_none"),
        )
