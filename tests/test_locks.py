"""The locks: whole, hashed, from no registry in particular, and above the floors."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
LOCKS = {path.stem: path.read_text("utf-8") for path in sorted((ROOT / "locks").glob("*.txt"))}
EVERY_LOCK = pytest.mark.parametrize("lock", LOCKS.values(), ids=LOCKS)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PINNED = re.compile(r"^([\w.-]+)(?:\[.*?\])?==([^\s;\\]+)", re.MULTILINE)


def pins(lock: str) -> dict[str, Version]:
    return {canonicalize_name(name): Version(version) for name, version in PINNED.findall(lock)}


def wanted(extra: str) -> list[Requirement]:
    """What the project asks for with an extra; `base` is none."""
    extras = PROJECT["optional-dependencies"]
    lines = [*PROJECT["dependencies"], *(extras[extra] if extra != "base" else [])]
    return [Requirement(line) for line in lines]


def test_there_is_a_lock_for_each_way_to_install():
    assert set(LOCKS) == {"base", "setup", *PROJECT["optional-dependencies"]}


@EVERY_LOCK
def test_every_package_is_pinned_and_hashed(lock: str):
    entries = re.split(
        r"\n(?=[A-Za-z0-9])", "\n" + re.sub(r"^\s*#.*\n", "", lock, flags=re.MULTILINE)
    )
    packages = [entry for entry in entries if entry.strip()]

    assert packages
    for package in packages:
        assert PINNED.match(package.strip()), package.split("\n")[0]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", package), package.split("\n")[0]


@EVERY_LOCK
def test_no_registry_is_named(lock: str):
    assert "://" not in lock
    assert "--index-url" not in lock
    assert "--find-links" not in lock


@pytest.mark.parametrize("extra", ["base", *PROJECT["optional-dependencies"]])
def test_what_the_project_asks_for_is_there_and_new_enough(extra: str):
    pinned = pins(LOCKS[extra])

    for requirement in wanted(extra):
        version = pinned.get(canonicalize_name(requirement.name))
        assert version is not None, requirement.name
        assert requirement.specifier.contains(version, prereleases=True), requirement


def test_a_package_has_one_version_in_all_locks():
    versions: dict[str, set[Version]] = {}
    for name in set(LOCKS) - {"setup"}:
        for package, version in pins(LOCKS[name]).items():
            versions.setdefault(package, set()).add(version)

    assert {package: found for package, found in versions.items() if len(found) > 1} == {}


def test_every_dependency_has_a_floor():
    for extra in ["base", *PROJECT["optional-dependencies"]]:
        for requirement in wanted(extra):
            assert {"==", ">="} & {clause.operator for clause in requirement.specifier}, requirement
