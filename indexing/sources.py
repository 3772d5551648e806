"""What a person gives to be indexed: files, folders and addresses."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.settings import Settings
from retrieval.fetching.fetch import FetchLimits
from retrieval.ingest.fetched import fetch_files
from retrieval.ingest.progress import OnProgress
from retrieval.ingest.results import IncomingFile
from retrieval.parsing.files import count_other_kinds, list_readable_files
from retrieval.sources import Source, WebAddress
from retrieval.store.library import Library


def part_sources(
    settings: Settings, sources: Sequence[Source]
) -> tuple[list[WebAddress], list[Path]]:
    """The addresses, and the files among the others and below folders."""
    addresses = [source for source in sources if isinstance(source, WebAddress)]
    paths = _list_paths(sources)
    files = [] if addresses and not paths else list_readable_files(paths, apart_from=settings.home)
    return list(dict.fromkeys(addresses)), files


@contextmanager
def fetch_addresses(
    settings: Settings,
    addresses: Sequence[WebAddress],
    *,
    owner: str,
    progress: OnProgress = lambda progress: None,
) -> Iterator[list[IncomingFile]]:
    """A file for each address; those that are fetched are gone again afterwards."""
    with TemporaryDirectory() as folder:
        yield fetch_files(
            addresses,
            Path(folder),
            library=Library(settings.home),
            limits=FetchLimits(megabytes=settings.fetch_mb),
            progress=progress,
            owner=owner,
        )


def count_passed_over(settings: Settings, sources: Sequence[Source]) -> Mapping[str, int]:
    """How many files of each suffix indexing them passes over: their kinds are not read."""
    return count_other_kinds(_list_paths(sources), apart_from=settings.home)


def _list_paths(sources: Sequence[Source]) -> list[Path]:
    return [source for source in sources if isinstance(source, Path)]
