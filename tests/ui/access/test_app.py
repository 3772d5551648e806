"""Chainlit's own app, and who gets what from it."""

import re
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from graph.settings import Settings
from tests.ui.access.conftest import PASSWORD, URL, call, guarded, put_file, sign_in
from tests.ui.quiet_chainlit import User, WebsocketSession, config
from ui.access.accounts import Accounts
from ui.access.gate import CLOSED
from ui.access.members import take_provided
from ui.access.wording import add_words

PAGE = {"Accept": "text/html"}
ID = "91d4e622-8911-4e92-8ba6-19947c6bc3d9"


@pytest.fixture
def local(settings: Settings):
    """The app for the person at this machine."""
    return guarded(settings)


@pytest.fixture
def shared(settings: Settings, accounts: Accounts):
    """The app for those who sign in."""
    return guarded(settings.model_copy(update={"auth": "password"}))


class TestLocal:
    async def test_the_page_signs_its_reader_in(self, callers: AsyncExitStack, local):
        reader = await call(callers, local)
        assert (await reader.get("/user")).status_code == 401

        page = await reader.get("/", headers=PAGE)

        assert "httponly" in page.headers["set-cookie"].lower()
        assert "samesite=lax" in page.headers["set-cookie"].lower()
        assert (await reader.get("/user")).json()["identifier"] == "local"

    async def test_a_page_whose_cookie_was_lost_gets_another(self, callers: AsyncExitStack, local):
        page = await call(callers, local, **{"Sec-Fetch-Site": "same-origin"})
        assert (await page.get("/user")).status_code == 200
        page.cookies.clear()
        page.cookies.set("access_token", "nonsense")

        assert (await page.get("/user")).status_code == 200
        assert (await page.post("/auth/header")).status_code == 200

    async def test_another_users_token_is_not_taken(
        self, callers: AsyncExitStack, local, settings: Settings, accounts: Accounts
    ):
        kim = await call(callers, guarded(settings.model_copy(update={"auth": "password"})))
        await sign_in(kim, "kim")
        config.code.password_auth_callback = None
        other = await call(callers, guarded(settings))
        other.cookies = kim.cookies

        assert (await other.get("/user")).status_code == 401

    async def test_a_file_is_its_readers(
        self, callers: AsyncExitStack, local, session: WebsocketSession, tmp_path: Path
    ):
        session.user = User("local")
        address = put_file(session, tmp_path / "a", "application/pdf")
        reader = await call(callers, local)

        assert (await reader.get(address)).status_code == 401
        assert (await reader.get(address, headers=PAGE)).status_code == 401
        await reader.get("/", headers=PAGE)
        assert (await reader.get(address)).status_code == 200


class TestShared:
    async def test_one_signs_in_by_password(self, callers: AsyncExitStack, shared):
        kim = await call(callers, shared)
        assert (await kim.get("/", headers=PAGE)).headers.get("set-cookie") is None
        assert (await kim.get("/user", headers={"Origin": URL})).status_code == 401
        assert (await sign_in(kim, "kim", "wrong")).status_code == 401

        assert (await sign_in(kim, "KIM")).status_code == 200
        assert (await kim.get("/user")).json()["identifier"] == "kim"

    async def test_signing_in_again_and_again_takes_time(self, callers: AsyncExitStack, shared):
        thief = await call(callers, shared)
        statuses = [(await sign_in(thief, "kim", "wrong")).status_code for _ in range(5)]
        refused = await sign_in(thief, "kim")

        assert statuses == [401] * 4 + [429]
        assert refused.status_code == 429
        assert 1 <= int(refused.headers["retry-after"]) <= 5
        assert (await sign_in(thief, "lee")).status_code == 200

    async def test_an_account_that_is_gone_is_out_at_once(
        self, callers: AsyncExitStack, shared, accounts: Accounts
    ):
        kim, lee = await call(callers, shared), await call(callers, shared)
        await sign_in(kim, "kim")
        await sign_in(lee, "lee")
        bearer = {"Authorization": f"Bearer {kim.cookies['access_token']}"}
        nobody = await call(callers, shared, **bearer)
        assert (await nobody.get("/user")).status_code == 200

        accounts.remove("kim")
        accounts.change_password("lee", "another password")

        for client in (kim, lee, nobody):
            assert (await client.get("/user")).status_code == 401
        accounts.add("kim", PASSWORD)
        assert (await kim.get("/user")).status_code == 401

    async def test_what_is_anothers_is_refused(
        self, callers: AsyncExitStack, shared, session: WebsocketSession, tmp_path: Path
    ):
        address = put_file(session, tmp_path / "a", "application/pdf")
        kim, lee, nobody = [await call(callers, shared) for _ in range(3)]
        await sign_in(kim, "kim")
        await sign_in(lee, "lee")
        action = {"action": {"id": ID, "name": "x", "payload": {}}, "sessionId": session.id}
        upload = {"file": ("a.txt", b"a", "text/plain")}

        assert (await kim.get(address)).status_code == 200
        for client in (lee, nobody):
            sent = [
                await client.get(address),
                await client.post("/project/action", json=action),
                await client.post(f"/project/file?session_id={session.id}", files=upload),
            ]
            assert [answer.status_code for answer in sent] == [401] * 3

    async def test_the_socket_is_for_members(self, callers: AsyncExitStack, shared):
        kim = await call(callers, shared)
        address = "/ws/socket.io/?EIO=4&transport=polling"

        assert (await kim.get(address)).status_code == 401
        await sign_in(kim, "kim")
        assert (await kim.get(address)).status_code == 200

    def test_the_page_says_why(self):
        load = add_words(lambda self, language: {"auth": {"login": {"errors": {"x": "y"}}}})
        for language, word in (("ko-KR", "비밀번호"), ("en-US", "password"), ("de", "password")):
            errors = load(None, language)["auth"]["login"]["errors"]
            assert errors["x"] == "y"
            assert word in errors["Unauthorized"]


class TestProvided:
    def test_names_of_providers_are_nobody_elses(self):
        provided = take_provided("github", {}, User("kim"), [])

        assert provided.identifier == "github:kim"

    @pytest.mark.parametrize(
        ("told", "is_let_in"),
        [
            ({"email": "kim@Example.org", "email_verified": True}, True),
            ({"email": "kim@example.org", "verified_email": True}, True),
            ({"emails": [{"email": "kim@example.org", "verified": True}]}, True),
            ({"userPrincipalName": "kim@example.org"}, True),
            ({"email": "kim@example.org"}, False),
            ({"email": "kim@example.org", "email_verified": "no"}, False),
            ({"emails": [{"email": "kim@example.org", "verified": False}]}, False),
            ({"email": "kim@evil-example.org", "email_verified": True}, False),
            ({"email": "example.org@evil", "email_verified": True}, False),
            ({}, False),
        ],
    )
    def test_of_listed_domains_only_those_made_sure_of(self, told: dict, is_let_in: bool):
        provided = take_provided("any", told, User("kim"), ["example.org"])

        assert (provided is not None) is is_let_in


class TestDoors:
    @pytest.mark.parametrize("path", [*CLOSED, "/docs/oauth2-redirect", "/copilot/index.js"])
    @pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
    async def test_what_is_not_ours_is_closed(
        self, callers: AsyncExitStack, local, path: str, method: str
    ):
        reader = await call(callers, local)

        assert (await reader.request(method, path, headers=PAGE)).status_code == 404

    @pytest.mark.parametrize("path", ["/", "/user", "/ws/socket.io/", "/assets/x", "/login"])
    async def test_other_names_and_sites_are_refused(
        self, callers: AsyncExitStack, local, path: str
    ):
        reader = await call(callers, local)
        for headers, status in (
            ({"Host": "evil.example:8000"}, 421),
            ({"Host": "evil.example:8000", "Origin": "http://evil.example:8000"}, 421),
            ({"Origin": "http://evil.example"}, 403),
            ({"Origin": "null"}, 403),
            ({"Host": "evil.example", "X-Forwarded-Host": "localhost:8000"}, 421),
        ):
            refused = await reader.post(path, headers=headers)
            assert refused.status_code == status
            assert refused.headers["content-type"].startswith("text/plain")
            assert "MUNHEON_HOSTS" in refused.text
            assert len(refused.text.splitlines()) == 1

    async def test_a_name_that_is_no_name_is_not_repeated(self, callers: AsyncExitStack, local):
        reader = await call(callers, local)

        assert "<b>" not in (await reader.get("/", headers={"Host": "<b>x"})).text


class TestIds:
    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            ("GET", "/project/thread/1%27%20OR%201", None),
            ("GET", "/project/thread/..%2f..%2fx", None),
            ("GET", f"/project/thread/{ID}/element/x", None),
            ("GET", f"/project/file/x?session_id={ID}", None),
            ("GET", f"/project/file/{ID}?session_id=../x", None),
            ("GET", f"/project/file/{ID}?session_id={ID}&session_id=x", None),
            ("POST", "/project/file?session_id=..", None),
            ("DELETE", "/project/thread", {"threadId": "x"}),
            ("DELETE", "/project/thread", {"threadId": [ID]}),
            ("DELETE", "/project/thread", {"threadId": ID.upper() + "x"}),
            ("PUT", "/project/thread", {"threadId": ID + "\n", "name": "x"}),
            ("POST", "/project/action", {"sessionId": ID, "action": {"id": "x"}}),
            ("PUT", "/feedback", {"sessionId": ID, "feedback": {"forId": "x", "value": 1}}),
            ("POST", "/project/threads", {"pagination": {"first": 1, "cursor": "x"}, "filter": {}}),
        ],
    )
    async def test_what_is_no_id_is_refused(
        self, callers: AsyncExitStack, local, method: str, path: str, body: dict | None
    ):
        reader = await call(callers, local, Origin=URL)

        assert (await reader.request(method, path, json=body)).status_code == 400

    async def test_bodies_have_an_end(self, callers: AsyncExitStack, local):
        reader = await call(callers, local, Origin=URL)

        assert (await reader.post("/project/action", content=b"x" * 2_000_000)).status_code == 413
        assert (await reader.post("/project/action", content=b"[" * 500_000)).status_code == 400

    async def test_a_body_reaches_chainlit_whole(self, callers: AsyncExitStack, local):
        reader = await call(callers, local, Origin=URL)
        body = {"pagination": {"first": 1}, "filter": {"search": "이름" * 1000}}

        answer = await reader.post("/project/threads", json=body)

        # It was read and understood: there is only nothing that keeps conversations.
        assert (answer.status_code, answer.json()["detail"]) == (
            400,
            "Data persistence is not enabled",
        )


class TestHeaders:
    @pytest.mark.parametrize("path", ["/", "/nowhere", "/assets/no", "/docs", "/user"])
    async def test_every_answer_is_safe(self, callers: AsyncExitStack, local, path: str):
        reader = await call(callers, local)
        for headers in (PAGE, {"Host": "evil.example"}):
            answer = await reader.get(path, headers=headers)
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["x-frame-options"] == "DENY"
            assert answer.headers["referrer-policy"] == "same-origin"
            assert "default-src 'self'" in answer.headers["content-security-policy"]
            assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]

    @pytest.mark.parametrize(
        ("kind", "is_shown"),
        [
            ("application/pdf", True),
            ("image/png", True),
            ("text/html", False),
            ("TEXT/HTML; charset=utf-8", False),
            ("image/svg+xml", False),
            ("application/xhtml+xml", False),
        ],
    )
    async def test_no_file_is_opened_as_a_page(
        self, callers: AsyncExitStack, shared, session, tmp_path: Path, kind: str, is_shown: bool
    ):
        kim = await call(callers, shared)
        await sign_in(kim, "kim")

        answer = await kim.get(put_file(session, tmp_path / "a", kind))

        assert answer.status_code == 200
        shown = kind if is_shown else "application/octet-stream"
        assert answer.headers["content-type"] == shown
        assert ("attachment" in answer.headers.get("content-disposition", "")) is not is_shown

    async def test_cookies_set_behind_tls_stay_there(self, callers: AsyncExitStack, shared):
        kim = await call(callers, shared)
        address = URL.replace("http:", "https:")

        answer = await kim.post(f"{address}/login", data={"username": "kim", "password": PASSWORD})

        assert re.search(r"; Secure$", answer.headers["set-cookie"])
