"""Files of an upload, written to the disk as they come in, each within its limits."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header

from retrieval.file_names import show_text
from ui.papers.arrivals.arrival import Arrival
from ui.papers.arrivals.disk import explain_disk_faults
from ui.papers.arrivals.kept import KeptArrivals
from ui.papers.arrivals.names import clean_name
from ui.papers.errors import Misread, TooMuch

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

FIELD = b"files"
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class UploadLimits:
    """How much is taken of one owner."""

    bytes: int
    """A file."""

    files: int = 50
    """At once."""

    under_way: int = 200
    """Files that wait, or failed and are kept."""

    files_of_bytes: int = 10
    """So many files of the largest size may be kept meanwhile."""

    @property
    def total(self) -> int:
        """How many bytes may be kept meanwhile."""
        return self.bytes * self.files_of_bytes

    def check_count(self, held: int) -> None:
        """TooMuch where one more would be too many."""
        if held >= self.under_way:
            raise TooMuch("papers.too_many_kept")

    def describe_too_large(self) -> TooMuch:
        """What is said of a file that is."""
        return TooMuch("papers.too_large", megabytes=f"{self.bytes / MEGABYTE:g}")


class Upload:
    """One body of multipart/form-data; what does not come in whole leaves nothing behind."""

    def __init__(
        self, content_type: str, *, kept: KeptArrivals, owner: str, limits: UploadLimits
    ) -> None:
        """Misread where the body is no form with files."""
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data" or not options.get(b"boundary"):
            raise Misread
        self.arrivals: list[Arrival] = []
        self._kept = kept
        self._owner = owner
        self._limits = limits
        self._file: BinaryIO | None = None
        self._headers: dict[bytes, bytes] = {}
        self._header = self._value = b""
        self._size = 0
        self._is_whole = False
        held = kept.list_unsettled(owner)
        self._bytes_held = sum(one.size for one in held)
        self._files_held = len(held)
        self._parser = MultipartParser(options[b"boundary"], self._list_callbacks())

    def write(self, chunk: bytes) -> None:
        """Take the next bytes; PaperError where they are more than is taken, or cannot be written."""
        try:
            with explain_disk_faults():
                self._parser.write(chunk)
        except MultipartParseError as error:
            raise Misread from error

    def finish(self) -> list[Arrival]:
        """What has arrived, its content not looked at yet; Misread where the body broke off or was empty."""
        if not self._is_whole or not self.arrivals:
            raise Misread
        return self.arrivals

    def abandon(self) -> None:
        """Leave nothing behind."""
        if self._file:
            self._file.close()
        for one in self.arrivals:
            self._kept.forget(one.id)

    def _list_callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self._begin_part,
            "on_header_field": self._read_header,
            "on_header_value": self._read_value,
            "on_header_end": self._end_header,
            "on_headers_finished": self._begin_file,
            "on_part_data": self._write_data,
            "on_part_end": self._end_part,
            "on_end": self._end_body,
        }

    def _begin_part(self) -> None:
        self._headers = {}

    def _read_header(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _read_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end_header(self) -> None:
        self._headers[self._header.lower()] = self._value
        self._header = self._value = b""

    def _begin_file(self) -> None:
        """Make room for a file; other fields of the form are passed over."""
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        if options.get(b"name") != FIELD or b"filename" not in options:
            return
        if len(self.arrivals) >= self._limits.files:
            raise TooMuch("papers.too_many_files", files=self._limits.files)
        self._limits.check_count(self._files_held + len(self.arrivals))
        name = clean_name(_decode_name(options[b"filename"]))
        arrival = self._kept.add(Arrival(name=name, owner=self._owner, state="uploading"))
        self.arrivals.append(arrival)
        self._size = 0
        self._file = self._kept.path(arrival).open("xb")

    def _write_data(self, data: bytes, start: int, end: int) -> None:
        if self._file is None:
            return
        self._size += end - start
        self._bytes_held += end - start
        if self._bytes_held > self._limits.total:
            raise TooMuch("papers.too_much_kept")
        if self._size > self._limits.bytes:
            self._refuse_file()
        else:
            self._file.write(data[start:end])

    def _refuse_file(self) -> None:
        """Go on without a file that is too large: the others are taken all the same."""
        assert self._file
        self._file.close()
        self._file, arrival = None, self.arrivals[-1]
        self._bytes_held -= self._size
        reason = str(self._limits.describe_too_large())
        self._kept.change(arrival.id, state="unsupported", reason=reason)

    def _end_part(self) -> None:
        if self._file:
            self._file.close()
            self._file = None
            self._kept.change(self.arrivals[-1].id, size=self._size)

    def _end_body(self) -> None:
        self._is_whole = True


def _decode_name(name: bytes) -> str:
    """A name as a browser sends it; bytes of another encoding as systems take them."""
    return show_text(name.decode("utf-8", "surrogateescape")).replace("%22", '"')
