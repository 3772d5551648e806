"""What one user may try with the ids of another's, by every door that the server has."""

from dataclasses import dataclass
from typing import Any

from tests.e2e.sockets import make_message

# The statuses that say no, alike whether something is another's or not there at all.
REFUSED = (400, 401, 404)


@dataclass(frozen=True)
class Trespass:
    """A request; names in braces stand for ids of the other's, `own_session` for one's own."""

    door: str
    """The route as the app lists it."""

    path: str
    sent: Any = None
    answers: tuple[int, ...] = REFUSED
    """The statuses that it may have; whatever it has, the other's words are not told."""


def _action(name: str, session: str = "{own_session}", **payload: Any) -> Trespass:
    action = {"name": name, "payload": payload, "forId": "{answer}", "id": "{answer}"}
    answers = (200,) if session == "{own_session}" else REFUSED
    return Trespass(
        "POST /project/action",
        "/project/action",
        {"sessionId": session, "action": {**action, "label": "", "tooltip": ""}},
        answers,
    )


def _paper(method: str, end: str, sent: Any = None, *, paper: str = "{paper}") -> Trespass:
    return Trespass(f"{method} /papers/{{paper}}{end}", f"/papers/{paper}{end}", sent)


def _list(**filters: Any) -> Trespass:
    sent = {"pagination": {"first": 50, "cursor": "{thread}"}, "filter": filters}
    return Trespass("POST /project/threads", "/project/threads", sent, (200,))


ELEMENT = {
    "id": "{element}",
    "type": "custom",
    "threadId": "{thread}",
    "forId": "{answer}",
    "name": "mine",
    "display": "inline",
}
BUTTONS = ("in_korean", "copy", "trace", "go_on", "ask_again")

TRESPASSES = [
    Trespass("GET /project/thread/{thread_id}", "/project/thread/{thread}"),
    Trespass("GET /project/thread/{thread_id}", "/project/thread/{deleted_thread}"),
    Trespass("PUT /project/thread", "/project/thread", {"threadId": "{thread}", "name": "mine"}),
    Trespass(
        "PUT /project/thread", "/project/thread", {"threadId": "{deleted_thread}", "name": "mine"}
    ),
    Trespass("DELETE /project/thread", "/project/thread", {"threadId": "{thread}"}),
    Trespass("DELETE /project/thread", "/project/thread", {"threadId": "{deleted_thread}"}),
    _list(userId="{user}"),
    _list(userId="{user}", search="{word}"),
    _list(userId="{user}", feedback=1),
    Trespass(
        "GET /project/thread/{thread_id}/element/{element_id}",
        "/project/thread/{thread}/element/{element}",
    ),
    Trespass(
        "PUT /feedback",
        "/feedback",
        {"feedback": {"forId": "{answer}", "value": 0}, "sessionId": "{own_session}"},
    ),
    Trespass(
        "PUT /feedback",
        "/feedback",
        {
            "feedback": {
                "forId": "{answer}",
                "id": "{feedback}",
                "threadId": "{thread}",
                "value": 0,
                "comment": "mine",
            },
            "sessionId": "{session}",
        },
    ),
    Trespass("DELETE /feedback", "/feedback", {"feedbackId": "{feedback}"}, (200,)),
    *(_action(name, "{session}", answer=0, question="{question}") for name in BUTTONS),
    *(_action(name, answer=0, question="{question}") for name in BUTTONS),
    *(_action("copy", answer=answer) for answer in ("{answer}", -1, 0.5, None, [0], True)),
    Trespass("POST /project/file", "/project/file?session_id={session}"),
    Trespass("POST /project/file", "/project/file?session_id={own_session}"),
    Trespass("GET /project/file/{file_id}", "/project/file/{element}?session_id={session}"),
    Trespass("GET /project/file/{file_id}", "/project/file/{element}?session_id={own_session}"),
    Trespass("GET /cited/{thread}/{source}", "/cited/{thread}/0"),
    Trespass("GET /cited/{thread}/{source}", "/cited/{deleted_thread}/0"),
    Trespass("GET /cited/{thread}/{source}", "/cited/{user}:{thread}/0"),
    Trespass("GET /conversations/{thread}/export.md", "/conversations/{thread}/export.md"),
    Trespass("GET /conversations/{thread}/export.md", "/conversations/{deleted_thread}/export.md"),
    Trespass("GET /conversations/{thread}/export.md", "/conversations/{user}:{thread}/export.md"),
    Trespass("GET /project/settings", "/project/settings?language=ko-KR", answers=(200,)),
    Trespass("GET /user", "/user", answers=(200,)),
    Trespass("GET /papers", "/papers", answers=(200,)),
    Trespass("GET /papers/arrivals", "/papers/arrivals", answers=(200,)),
    Trespass("POST /papers/addresses", "/papers/addresses", {"address": "{arrival}"}),
    Trespass(
        "POST /papers/arrivals/{arrival}/retry",
        "/papers/arrivals/{arrival}/retry",
        {"password": "x"},
    ),
    Trespass("DELETE /papers/arrivals/{arrival}", "/papers/arrivals/{arrival}"),
    _paper("PATCH", "", {"title": "mine"}),
    _paper("DELETE", ""),
    _paper("POST", "/restore"),
    _paper("POST", "/restore", paper="{removed_paper}"),
    _paper("POST", "/again"),
    _paper("POST", "/again", paper="{removed_paper}"),
    _paper("GET", "/file"),
    _paper("GET", "/file", paper="{removed_paper}"),
    _paper("GET", "/citation.bib"),
    Trespass(
        "POST /papers/collections", "/papers/collections", {"name": "x", "papers": ["{paper}"]}
    ),
    Trespass(
        "PATCH /papers/collections/{collection}", "/papers/collections/{collection}", {"name": "x"}
    ),
    Trespass(
        "PATCH /papers/collections/{collection}",
        "/papers/collections/{collection}",
        {"remove": ["{paper}"]},
    ),
    Trespass("DELETE /papers/collections/{collection}", "/papers/collections/{collection}"),
    Trespass("PUT /papers/scope", "/papers/scope", {"kind": "papers", "papers": ["{paper}"]}),
    Trespass(
        "PUT /papers/scope", "/papers/scope", {"kind": "collection", "collection": "{collection}"}
    ),
]
# Doors behind which nothing of a user lies, and those that sign in and out; the upload is tried apart.
OPEN_DOORS = set(
    """
    GET /assets/{filename}
    GET /auth/config
    GET /auth/oauth/{provider_id}
    GET /auth/oauth/{provider_id}/callback
    GET /avatars/{avatar_id}
    GET /favicon
    GET /health
    GET /logo
    GET /project/translations
    GET /public/{filename}
    GET /{full_path}
    HEAD /
    POST /auth/header
    POST /login
    POST /logout
    POST /papers/files
    POST /set-session-cookie
    """.strip().split("\n    ")
)
# What a socket of one's own may send, by event; `connect` and `disconnect` are tried apart.
EVENTS: dict[str, list[tuple[Any, ...]]] = {
    "client_message": [
        (make_message("안녕하세요", id="{question}", threadId="{thread}", parentId="{answer}"),),
        (
            make_message("안녕하세요", threadId="{thread}")
            | {"fileReferences": [{"id": "{element}"}]},
        ),
    ],
    "edit_message": [(make_message("mine", id=id),) for id in ("{question}", "{answer}")],
    "message_favorite": [
        (make_message("mine", id="{answer}", metadata={"favorite": value}),)
        for value in (True, False)
    ],
    "fetch_favorites": [()],
    "window_message": [("#cite-0",), ("#deleted",), ("#cite-{thread}",), ({"copy": "{answer}"},)],
    "chat_settings_change": [({"userId": "{user}", "steps": "open"},)],
    "chat_settings_edit": [({"userId": "{user}", "steps": "open"},)],
    "audio_start": [()],
    "audio_chunk": [({"isStart": True, "mimeType": "x", "elapsedTime": 0, "data": "x"},)],
    "audio_end": [()],
    "connection_successful": [()],
    "stop": [()],
    "clear_session": [()],
}
TRIED_APART = {"connect", "disconnect"}


def fill(value: Any, ids: dict[str, Any]) -> Any:
    """Ids in place of their names; a number stays one."""
    if isinstance(value, dict):
        return {name: fill(one, ids) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [fill(one, ids) for one in value]
    if isinstance(value, str) and value[1:-1] in ids and value == f"{{{value[1:-1]}}}":
        return ids[value[1:-1]]
    return value.format(**ids) if isinstance(value, str) else value
