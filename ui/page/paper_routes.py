"""What the page asks and changes of papers: the list, uploads, arrivals, titles, the trash, files."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import FileResponse, PlainTextResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import ClientDisconnect

from retrieval.bibtex import write_bibtex
from retrieval.parsing.kinds import SUFFIXES
from ui.page.paper_calls import Called, PaperRoute, read_body
from ui.papers.arrivals.arrival import Arrival
from ui.papers.errors import Misread, NotThere
from ui.papers.listing import describe_paper, list_collections, list_papers, list_removed

router = APIRouter(route_class=PaperRoute, prefix="/papers")
MAX_TEXT = 4_000  # characters of an address, a title or a password
PDF, BYTES = "application/pdf", "application/octet-stream"
# What a paper holds is shown, and never runs, wherever it is opened.
SHUT = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}


class _Given(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class GivenAddress(_Given):
    """An address to be fetched from."""

    address: str = Field(min_length=1, max_length=MAX_TEXT)


class GivenPassword(_Given):
    """What opens an encrypted file."""

    password: str | None = Field(default=None, max_length=MAX_TEXT)


class GivenTitle(_Given):
    """What a paper is called from now on; empty: as it calls itself."""

    title: str = Field(max_length=MAX_TEXT)


@router.get("")
def show_papers(caller: Called) -> dict[str, Any]:
    """All that a reader sees of the library."""
    viewer, library, papers = caller.viewer, caller.library, caller.papers
    limits = papers.limits
    return {
        "papers": list_papers(viewer, library, apart_from=papers.list_sources()),
        "arrivals": papers.describe(papers.list_arrivals(viewer)),
        "collections": list_collections(viewer, library),
        "scope": caller.asked.describe(),
        "removed": list_removed(viewer, library),
        "limits": {"bytes": limits.bytes, "files": limits.files, "suffixes": list(SUFFIXES)},
    }


@router.get("/arrivals")
def show_arrivals(caller: Called) -> dict[str, Any]:
    """How far is what arrives."""
    return _tell(caller, caller.papers.list_arrivals(caller.viewer))


@router.post("/files")
async def add_files(caller: Called, request: Request) -> dict[str, Any]:
    """Take files in, as they are sent."""
    try:
        arrivals = await caller.papers.receive_upload(
            request.stream(), request.headers.get("content-type", ""), owner=caller.viewer.owner
        )
    except ClientDisconnect as error:  # nobody is there to be told
        raise Misread from error
    return await asyncio.to_thread(_tell, caller, arrivals)


@router.post("/addresses")
def add_address(
    caller: Called, given: Annotated[GivenAddress, Depends(read_body(GivenAddress))]
) -> dict[str, Any]:
    """Fetch a paper from an address, or from arXiv by its number."""
    return _tell(caller, [caller.papers.fetch(given.address, owner=caller.viewer.owner)])


@router.post("/arrivals/{arrival}/retry")
def retry_arrival(
    caller: Called, arrival: str, given: Annotated[GivenPassword, Depends(read_body(GivenPassword))]
) -> dict[str, Any]:
    """Try again what failed."""
    found = caller.find_arrival(arrival)
    return _tell(caller, [caller.papers.retry(found, password=given.password)])


@router.delete("/arrivals/{arrival}")
def take_back_arrival(caller: Called, arrival: str) -> dict[str, Any]:
    """Stop what is under way; forget what is done."""
    caller.papers.take_back(caller.find_arrival(arrival))
    return {}


@router.patch("/{paper:int}")
def rename_paper(
    caller: Called, paper: int, given: Annotated[GivenTitle, Depends(read_body(GivenTitle))]
) -> dict[str, Any]:
    """Give a paper another title."""
    caller.library.give_title(caller.find_own(paper).id, given.title)
    return describe_paper(caller.find_own(paper), caller.viewer)


@router.delete("/{paper:int}")
def remove_paper(caller: Called, paper: int) -> dict[str, Any]:
    """Take a paper out of the library, for a week."""
    caller.papers.remove(caller.find_own(paper))
    return {"removed": list_removed(caller.viewer, caller.library)}


@router.post("/{paper:int}/restore")
def restore_paper(caller: Called, paper: int) -> dict[str, Any]:
    """Bring it back."""
    caller.papers.restore(caller.find_removed(paper))
    return {}


@router.post("/{paper:int}/again")
def index_paper_again(caller: Called, paper: int) -> dict[str, Any]:
    """Read a paper anew."""
    return _tell(caller, [caller.papers.index_again(caller.find_own(paper))])


@router.get("/{paper:int}/file")
def show_file(caller: Called, paper: int) -> FileResponse:
    """The original: a PDF to be shown, anything else to be kept as a file."""
    document = caller.find_document(paper)
    path = caller.library.original_path(document.sha256)
    if not document.is_read or not path.is_file():
        raise NotThere
    is_pdf = path.suffix == ".pdf"
    return FileResponse(
        path,
        media_type=PDF if is_pdf else BYTES,
        filename=f"{Path(document.name).stem}{path.suffix}",
        content_disposition_type="inline" if is_pdf else "attachment",
        headers=SHUT,
    )


@router.get("/{paper:int}/citation.bib")
def show_citation(caller: Called, paper: int) -> PlainTextResponse:
    """A paper as an entry of BibTeX, its key as among all that its reader sees."""
    document = caller.find_document(paper)
    among = caller.viewer.list_documents(caller.library)
    return PlainTextResponse(write_bibtex([document], among))


def _tell(caller: Called, arrivals: list[Arrival]) -> dict[str, Any]:
    return {"arrivals": caller.papers.describe(arrivals)}
