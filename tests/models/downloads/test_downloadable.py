"""The list of chat models to download: whole rows, each of one file that never changes."""

import re

import pytest

from language.data import read_table
from models.downloads.downloadable import (
    GIGABYTE,
    DownloadableModel,
    NotDownloadable,
    find_downloadable,
    list_downloadable,
)

COLUMNS = ["name", "file", "size", "memory_gb", "licence", "sha256", "url"]
EVERY_MODEL = pytest.mark.parametrize("model", list_downloadable(), ids=lambda model: model.name)


def test_every_cell_is_filled_and_trimmed():
    for row in read_table("downloadable", package="models.downloads"):
        assert list(row) == COLUMNS
        assert all(cell and cell == cell.strip() for cell in row.values()), row


@EVERY_MODEL
def test_a_row_names_one_revision_of_a_gguf_file(model: DownloadableModel):
    assert re.fullmatch(r"[a-z0-9.-]+", model.name)
    assert re.fullmatch(r"[0-9a-f]{64}", model.sha256)
    assert re.fullmatch(
        rf"https://huggingface\.co/[\w.-]+/[\w.-]+/resolve/[0-9a-f]{{40}}/{re.escape(model.file)}",
        model.url,
    )
    assert model.file.endswith(".gguf")


@EVERY_MODEL
def test_a_model_needs_more_memory_than_its_file_takes(model: DownloadableModel):
    assert 1 < model.size / GIGABYTE < model.memory_gb < 2.5 * model.size / GIGABYTE


def test_each_model_stands_once_and_smaller_ones_first():
    models = list_downloadable()

    for field in ("name", "file", "sha256", "url"):
        assert len({getattr(model, field) for model in models}) == len(models)
    assert models == sorted(models, key=lambda model: model.size)


def test_a_model_is_found_by_its_name():
    [first, *_] = list_downloadable()

    assert find_downloadable(first.name) == first


def test_an_unknown_name_is_told_with_those_that_are_known():
    with pytest.raises(NotDownloadable, match=r"'gpt'.*qwen2\.5-1\.5b, gemma-3-4b.*\)$"):
        find_downloadable("gpt")
