"""What the page changes of collections, and of which papers are asked."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from ui.page.paper_calls import Called, Caller, PaperRoute, read_body
from ui.papers.errors import NotThere
from ui.papers.scope import MAX_CHOSEN, AskedPapers, GivenScope, accept_scope

router = APIRouter(route_class=PaperRoute, prefix="/papers")

PaperIds = Annotated[list[int], Field(max_length=MAX_CHOSEN)]
MAX_NAME = 1_000  # characters that are read; how many a name may have, the library says


class NewCollection(BaseModel):
    """A collection to be made."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    name: str = Field(max_length=MAX_NAME)
    papers: PaperIds = []


class ChangedCollection(BaseModel):
    """What is to be changed of a collection."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    name: str | None = Field(default=None, max_length=MAX_NAME)
    add: PaperIds = []
    remove: PaperIds = []


@router.post("/collections")
def make_collection(
    caller: Called, given: Annotated[NewCollection, Depends(read_body(NewCollection))]
) -> dict[str, int]:
    """Make a collection of some papers."""
    _check_seen(caller, given.papers)
    collections = caller.viewer.open_collections(caller.library)
    made = collections.make(given.name)
    collections.add_papers(made, given.papers)
    return {"collection": made}


@router.patch("/collections/{collection:int}")
def change_collection(
    caller: Called,
    collection: int,
    given: Annotated[ChangedCollection, Depends(read_body(ChangedCollection))],
) -> dict[str, Any]:
    """Rename a collection, put papers in, take papers out."""
    _check_there(caller, collection)
    _check_seen(caller, [*given.add, *given.remove])
    collections = caller.viewer.open_collections(caller.library)
    if given.name is not None:
        collections.rename(collection, given.name)
    collections.add_papers(collection, given.add)
    collections.remove_papers(collection, given.remove)
    return {}


@router.delete("/collections/{collection:int}")
def delete_collection(caller: Called, collection: int) -> dict[str, Any]:
    """Forget a collection; its papers stay."""
    _check_there(caller, collection)
    caller.viewer.open_collections(caller.library).delete(collection)
    return {}


@router.put("/scope")
async def choose_scope(
    caller: Called, given: Annotated[GivenScope, Depends(read_body(GivenScope))]
) -> dict[str, Any]:
    """Choose which papers are asked from the next question on."""
    scope = await asyncio.to_thread(
        accept_scope, given, viewer=caller.viewer, library=caller.library
    )
    chosen = caller.chosen.model_copy(update={"scope": scope})
    await caller.service.preferences.keep(caller.user.id, chosen)
    asked = AskedPapers(scope, viewer=caller.viewer, library=caller.library)
    return {"scope": await asyncio.to_thread(asked.describe)}


def _check_seen(caller: Caller, papers: list[int]) -> None:
    """NotThere where one of them is none that the reader sees."""
    if not set(papers) <= {one.id for one in caller.viewer.list_documents(caller.library)}:
        raise NotThere


def _check_there(caller: Caller, collection: int) -> None:
    """NotThere where the reader sees no such collection."""
    library = caller.library
    listed = caller.viewer.open_collections(library).list_collections() if library.exists() else []
    if collection not in [one.id for one in listed]:
        raise NotThere
