"""The chat models that can be downloaded: a short list, with what each file must be."""

from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from language.data import read_table
from retrieval.errors import UserError

# As disks are sold and files are listed.
GIGABYTE = 1_000_000_000


@dataclass(frozen=True)
class DownloadableModel:
    """A GGUF file on a server, as a row of downloadable.tsv has it."""

    name: str
    file: str
    size: int
    memory_gb: float
    licence: str
    sha256: str
    url: str

    @property
    def path(self) -> Path:
        """Where the file is put."""
        return user_cache_path("munheon") / "models" / self.file

    @property
    def is_downloaded(self) -> bool:
        """Whether the checked file is in place: only a file that passed is ever given its name."""
        return self.path.is_file() and self.path.stat().st_size == self.size


class NotDownloadable(UserError):
    """A name that is not in the list."""

    def __init__(self, name: str, known: list[str]) -> None:
        super().__init__("downloads.unknown_model", name=repr(name), known=", ".join(known))


def list_downloadable() -> list[DownloadableModel]:
    """All of them, smallest first."""
    return [_read_row(row) for row in read_table("downloadable", package="models.downloads")]


def find_downloadable(name: str) -> DownloadableModel:
    """The one of this name; NotDownloadable where there is none."""
    models = {model.name: model for model in list_downloadable()}
    if name not in models:
        raise NotDownloadable(name, list(models))
    return models[name]


def write_gigabytes(size: int) -> str:
    """So many bytes, as a reader takes them in."""
    return f"{size / GIGABYTE:.1f} GB"


def _read_row(row: dict[str, str]) -> DownloadableModel:
    return DownloadableModel(
        name=row["name"],
        file=row["file"],
        size=int(row["size"]),
        memory_gb=float(row["memory_gb"]),
        licence=row["licence"],
        sha256=row["sha256"],
        url=row["url"],
    )
