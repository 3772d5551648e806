"""What is known of models: by name, and what was found out, kept for the next run."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from models.chat.capabilities import (
    FILE,
    THINKING_TOKENS,
    Capabilities,
    ModelMemory,
    choose_plainer,
    look_up_capabilities,
)

NOTHING = Capabilities()
FOUND = Capabilities(
    refused=frozenset({"temperature", "seed"}), structure="json", window=8_192, profile="small"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "home" / FILE


def learn(memory: ModelMemory, **found: object) -> None:
    memory.learn(replace(memory.known, **found), begun=memory.known)  # type: ignore[arg-type]


class TestByName:
    def test_a_reasoning_model_takes_no_temperature_and_thinks(self):
        known = look_up_capabilities("o3-mini")

        assert not known.can_take("temperature")
        assert known.thinking_tokens == THINKING_TOKENS
        assert known.profile == "strong"

    @pytest.mark.parametrize("name", ["gpt-4o-mini", "openai/gpt-4o-mini"])
    def test_another_takes_all(self, name: str):
        known = look_up_capabilities(name)

        assert known.refused == frozenset()
        assert (known.structure, known.thinking_tokens) == ("schema", 0)
        assert known.window == 128_000

    @pytest.mark.parametrize("name", ["house-model", "", "x/y/z"])
    def test_of_others_nothing_is_known(self, name: str):
        assert look_up_capabilities(name) == NOTHING

    def test_the_plainer_way_asks_less(self):
        assert choose_plainer("schema", "json") == choose_plainer("json", "schema") == "json"


class TestMemory:
    def test_what_was_found_out_is_known_to_the_next(self, path: Path):
        ModelMemory("a", path=path).learn(FOUND, begun=NOTHING)

        assert ModelMemory("a", path=path).known == FOUND
        assert ModelMemory("b", path=path).known == NOTHING

    def test_it_counts_before_what_the_name_says(self, path: Path):
        ModelMemory("a", path=path).learn(FOUND, begun=NOTHING)

        assert ModelMemory("a", path=path, known=Capabilities(window=1)).known == FOUND

    def test_nothing_new_is_not_written(self, path: Path):
        ModelMemory("a", path=path).learn(NOTHING, begun=NOTHING)

        assert not path.exists()

    def test_without_a_file_it_is_known_meanwhile(self):
        memory = ModelMemory("a")

        memory.learn(FOUND, begun=NOTHING)

        assert memory.known == FOUND

    def test_a_slower_call_undoes_nothing(self, path: Path):
        memory = ModelMemory("a", path=path)
        begun = memory.known

        memory.learn(replace(begun, refused=frozenset({"seed"}), window=4_096), begun=begun)
        memory.learn(replace(begun, refused=frozenset({"system"}), structure="tools"), begun=begun)

        assert memory.known == Capabilities(
            refused=frozenset({"seed", "system"}), window=4_096, structure="tools"
        )
        assert ModelMemory("a", path=path).known == memory.known

    def test_two_processes_add_to_each_other(self, path: Path):
        one, other = ModelMemory("a", path=path), ModelMemory("a", path=path)

        learn(one, profile="strong", is_measured=True)
        learn(other, structure="json")

        known = ModelMemory("a", path=path).known
        assert (known.profile, known.is_measured, known.structure) == ("strong", True, "json")

    def test_many_writers_lose_nothing(self, path: Path):
        def write(name: str) -> None:
            learn(ModelMemory(name, path=path), window=len(name))

        names = ["m" * size for size in range(1, 21)]
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(write, names))

        assert [ModelMemory(name, path=path).known.window for name in names] == list(range(1, 21))

    def test_what_was_found_out_can_be_forgotten(self, path: Path):
        by_name = Capabilities(window=128_000)
        memory = ModelMemory("a", path=path, known=by_name)
        learn(ModelMemory("b", path=path), window=1)
        learn(memory, structure="json")

        memory.forget()

        assert memory.known == ModelMemory("a", path=path, known=by_name).known == by_name
        assert ModelMemory("b", path=path).known.window == 1


class TestBrokenFile:
    @pytest.mark.parametrize(
        "kept",
        [
            "",
            "{",
            "[]",
            "null",
            '{"a": null}',
            '{"a": {"refused": null}}',
            '{"a": {"window": 1}}',
            "\x00\x01",
        ],
    )
    def test_it_says_nothing_and_is_written_anew(self, path: Path, kept: str):
        path.parent.mkdir()
        path.write_text(kept, "utf-8")
        memory = ModelMemory("a", path=path)
        assert memory.known == NOTHING

        memory.learn(FOUND, begun=NOTHING)

        assert ModelMemory("a", path=path).known == FOUND

    def test_a_row_of_another_version_leaves_the_others(self, path: Path):
        ModelMemory("a", path=path).learn(FOUND, begun=NOTHING)
        rows = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps(rows | {"b": {**rows["a"], "shoe_size": 43}}), "utf-8")

        assert ModelMemory("a", path=path).known == FOUND
        assert ModelMemory("b", path=path).known == NOTHING

    @pytest.mark.parametrize(
        "row",
        [
            {"structure": "yaml"},
            {"window": "many"},
            {"refused": "temperature"},
            {"thinking_tokens": None},
            {"profile": "huge"},
        ],
        ids=str,
    )
    def test_a_row_that_a_hand_broke_says_nothing(self, path: Path, row: dict[str, object]):
        ModelMemory("a", path=path).learn(FOUND, begun=NOTHING)
        rows = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps({"a": rows["a"] | row}), "utf-8")

        assert ModelMemory("a", path=path).known == NOTHING

    def test_a_folder_that_cannot_be_written_loses_it_with_the_process(self, tmp_path: Path):
        (tmp_path / "home").write_text("a file where the folder should be")
        memory = ModelMemory("a", path=tmp_path / "home" / FILE)

        memory.learn(FOUND, begun=NOTHING)

        assert memory.known == FOUND
        assert ModelMemory("a", path=tmp_path / "home" / FILE).known == NOTHING

    def test_a_file_that_another_holds_is_waited_for_no_longer_than_that(
        self, path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr("models.chat.capabilities.LOCK_SECONDS", 0.01)
        path.parent.mkdir()
        memory = ModelMemory("a", path=path)

        with FileLock(f"{path}.lock"):
            memory.learn(FOUND, begun=NOTHING)

        assert memory.known == FOUND
        assert not path.exists()
