"""Who calls the routes on papers, what they send, and how they are told of what cannot be done."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from chainlit.user import PersistedUser
from fastapi import Depends, Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError

from language.catalogue import reader_language, write_text
from retrieval.errors import UserError
from retrieval.ingest.lock import LibraryBusy
from retrieval.ingest.removal import NewerIsThere
from retrieval.store.collections import NameTaken, NoSuchCollection
from retrieval.store.documents import Document
from retrieval.store.library import Library
from ui.ids import is_id
from ui.page.routes import Reader
from ui.page.service import ChatService, get_service
from ui.papers.arrivals.arrival import Arrival
from ui.papers.errors import Misread, NotTheirs, NotThere, PaperError
from ui.papers.papers import Papers
from ui.papers.scope import AskedPapers
from ui.papers.viewer import Viewer, find_viewer
from ui.preferences.preferences import Preferences
from ui.preferences.speaking import choose_language

STATUSES: dict[type[UserError], int] = {
    NoSuchCollection: 404,
    NameTaken: 409,
    LibraryBusy: 409,
    NewerIsThere: 409,
}

Body = TypeVar("Body", bound=BaseModel)
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PaperRoute(APIRoute):
    """A route whose faults are told in one line, in the reader's language."""

    def get_route_handler(self) -> Handler:
        """Answer, or say why not."""
        handle = super().get_route_handler()

        async def explain(request: Request) -> Response:
            try:
                response = await handle(request)
            except UserError as error:
                response = JSONResponse({"detail": explain_error(error)}, find_status(error))
            response.headers.setdefault("cache-control", "no-store")
            return response

        return explain


def explain_error(error: UserError) -> str:
    """One line in the reader's language, without the folders of the server."""
    if isinstance(error, LibraryBusy):
        return write_text("papers.busy")
    return error.write()


def find_status(error: UserError) -> int:
    """The status of HTTP that says what an error does."""
    return error.status if isinstance(error, PaperError) else STATUSES.get(type(error), 400)


@dataclass(frozen=True)
class Caller:
    """A reader who calls, and what is theirs."""

    user: PersistedUser
    service: ChatService
    chosen: Preferences
    viewer: Viewer

    @property
    def papers(self) -> Papers:
        """What arrives."""
        return self.service.papers

    @property
    def library(self) -> Library:
        """The papers that are there."""
        return self.service.library

    @property
    def asked(self) -> AskedPapers:
        """The papers that they ask."""
        return AskedPapers(self.chosen.scope, viewer=self.viewer, library=self.library)

    def find_document(self, paper: int) -> Document:
        """A paper that they see; NotThere for any other."""
        return _find(paper, self.viewer.list_documents(self.library))

    def find_own(self, paper: int) -> Document:
        """A paper that they may change; NotThere for what they do not see, NotTheirs for everybody's."""
        document = self.find_document(paper)
        if not self.viewer.may_change(document):
            raise NotTheirs
        return document

    def find_removed(self, paper: int) -> Document:
        """A paper that they may bring back; NotThere for any other."""
        return _find(paper, self.viewer.list_removed(self.library))

    def find_arrival(self, id: str) -> Arrival:
        """An arrival of theirs; NotThere for any other."""
        arrival = self.papers.find(id) if is_id(id) else None
        if arrival is None or not self.viewer.may_change(arrival):
            raise NotThere
        return arrival


async def find_caller(
    request: Request, user: Reader, service: Annotated[ChatService, Depends(get_service)]
) -> Caller:
    """Who calls; what they are told is in their language from here on."""
    chosen = await service.preferences.read(user.id)
    browser = request.headers.get("accept-language", "").partition(",")[0]
    reader_language.set(choose_language(chosen.language, browser))
    return Caller(user, service, chosen, find_viewer(service.settings, user.identifier))


Called = Annotated[Caller, Depends(find_caller)]


def read_body(kind: type[Body]) -> Callable[..., Coroutine[Any, Any, Body]]:
    """A dependency that reads the JSON of a request; Misread where it is none of this kind."""

    async def read(caller: Called, request: Request) -> Body:
        try:
            return kind.model_validate_json(await request.body())
        except ValidationError as error:
            raise Misread from error

    return read


def _find(paper: int, documents: list[Document]) -> Document:
    for one in documents:
        if one.id == paper:
            return one
    raise NotThere
