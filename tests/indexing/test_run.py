"""Who writes headers, as the settings say."""

from pathlib import Path

import pytest

from graph.settings import Settings
from indexing.run import index_paths, open_headers, retry_failed
from retrieval.ingest.readings import HeaderReading
from retrieval.passages import Passage
from retrieval.store.library import Library
from tests.fake_openai import FakeOpenAI
from tests.samples import make_pdf, passage


def written(settings: Settings) -> list[Passage]:
    """The passages that got a header from the chat model of the settings."""
    done: list[Passage] = []
    reading = HeaderReading("A paper.", [passage("One."), passage("Two.")])
    open_headers(settings).write_headers([reading], lambda one, text: done.append(one))
    return done


def test_it_is_the_chat_model_by_its_name(openai: FakeOpenAI, settings: Settings):
    writer = open_headers(settings)

    assert (writer.model, writer.window) == ("openai:gpt-4o-mini", 128_000)
    assert [one.text for one in written(settings)] == ["One.", "Two."]
    assert openai.requests[0].body["model"] == "gpt-4o-mini"


def test_how_much_it_reads_can_be_set(openai: FakeOpenAI):
    assert open_headers(Settings(context_tokens=5_000)).window == 5_000


@pytest.mark.parametrize("wrong", ["0", "many"])
def test_less_than_one_at_once_makes_no_sense(wrong: str):
    with pytest.raises(ValueError, match="contextual_parallel"):
        Settings(contextual_parallel=wrong)


def test_what_failed_is_tried_again_for_its_owner(
    openai: FakeOpenAI, settings: Settings, tmp_path: Path
):
    for owner in ("ana", "ben"):
        (tmp_path / f"{owner}.pdf").write_bytes(b"no PDF")
        index_paths(settings, [tmp_path / f"{owner}.pdf"], owner=owner)
        make_pdf(tmp_path / f"{owner}.pdf", f"A paper of {owner}.")

    results = retry_failed(settings)

    assert [result.outcome for result in results] == ["indexed", "indexed"]
    documents = Library(settings.home).list_documents()
    assert {(one.owner, one.name, one.state) for one in documents} == {
        ("ana", "ana.pdf", "ready"),
        ("ben", "ben.pdf", "ready"),
    }
