"""The gate: closed by default, by name and password, to this site alone, within bounds."""

import asyncio
import base64
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from ui import gate, login, strings
from ui.gate import Gate
from ui.passwords import Users, hash_password, read_users

GRADIO_OWN = [
    # as its own source lists them, those that give out files or tell about others first
    "/file=/etc/passwd",
    "/file=https://example.org/",
    "/file/etc/passwd",
    "/proxy=https://x.hf.space",
    "/stream/abc",
    "/stream/abc/close",
    "/stream/a/b/3/playlist.m3u8",
    "/stream/a/b/3/playlist-file",
    "/monitoring",
    "/monitoring/summary",
    "/monitoring/key",
    "/custom_component/a/client/b/c.js",
    "/vibe-edit",
    "/undo-vibe-edit",
    "/vibe-code",
    "/vibe-starter-queries",
    "/process_recording",
    "/run-history/connect",
    "/run-history/buckets",
    "/run-history/records",
    "/runs",
    "/dev/reload",
    "/deep_link",
    "/token",
    "/user",
    "/login",
    "/logout",
    "/login_check",
    "/info",
    "/openapi.json/",
    "/call/ask",
    "/call/v2/ask",
    "/api/ask",
    "/run/ask",
    "/queue/status",
    "/startup-events",
    "/mcp",
    "/mcp/",
    "/mcp/sse",
    "/mcp/messages",
    "/pwa_icon",
    "/svelte/x",
]


async def echo(request: Request) -> JSONResponse:
    body = await request.body()
    return JSONResponse(
        {
            "user": request.scope["user"],
            "size": len(body),
            "path": request.url.path,
            "method": request.method,
        }
    )


async def open_to_strangers(request: Request) -> PlainTextResponse:
    """Answer as Gradio does wherever it is not called localhost."""
    return PlainTextResponse(
        "library",
        headers={
            "Access-Control-Allow-Origin": "https://evil.example",
            "Access-Control-Allow-Credentials": "true",
            "Content-Security-Policy": "sandbox",
        },
    )


async def fail(request: Request) -> None:
    raise AssertionError("reached")


async def speak(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("library")


def client(
    tmp_path: Path,
    users: str | Users | None = None,
    hosts: tuple[str, ...] = ("*",),
    **given: Any,
) -> TestClient:
    app = Starlette(
        routes=[
            WebSocketRoute("/", speak),
            Route("/config", open_to_strangers),
            Route(
                "/{path:path}", echo, methods=["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]
            ),
        ]
    )
    guarded = Gate(
        app,
        users=read_users(users) if isinstance(users, str) else users,
        hosts=hosts,
        temporary=tmp_path,
        **given,
    )
    return TestClient(guarded, base_url="http://testserver")


def basic(name: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


@pytest.mark.parametrize("route", GRADIO_OWN)
def test_whatever_the_page_does_not_use_does_not_exist(tmp_path: Path, route: str) -> None:
    asked = client(tmp_path)
    for prefix in ("/gradio_api", ""):
        address = prefix + route
        if address == "/api/ask":
            continue  # beneath our own API
        for method in ("GET", "POST", "PUT", "DELETE", "HEAD"):
            assert asked.request(method, address).status_code == 404, (method, address)


@pytest.mark.parametrize("name", ["a" * 256, "ä" * 128, "a/" * 1_000])
def test_addresses_that_no_file_can_have_are_not_looked_for(tmp_path: Path, name: str) -> None:
    asked = client(tmp_path)
    assert asked.get(f"/static/{name[:100]}").status_code == 200
    assert asked.get(f"/static/{name}").status_code == 404


def test_what_the_page_uses_is_reached_by_its_method_alone(tmp_path: Path) -> None:
    asked = client(tmp_path, pages=["/articles"])
    for route, methods in {**gate.OPEN_ROUTES, "/articles": gate.READ}.items():
        for method in ("GET", "POST", "PUT", "DELETE"):
            expected = 200 if method in methods else 404
            assert asked.request(method, route).status_code == expected, (method, route)


def test_mcp_is_there_only_when_asked_for(tmp_path: Path) -> None:
    assert client(tmp_path).post("/gradio_api/mcp/").status_code == 404
    assert client(tmp_path, mcp=True).post("/gradio_api/mcp/").status_code == 200
    assert client(tmp_path, mcp=True).post("/gradio_api/mcp/sse").status_code == 404


def test_every_answer_carries_the_headers_and_opens_nothing_to_other_sites(tmp_path: Path) -> None:
    asked = client(tmp_path)
    for route in ("/theme.css", "/nowhere", "/config", "/healthz"):
        headers = asked.get(route).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cross-origin-resource-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert "camera=()" in headers["permissions-policy"]
        assert not [name for name in headers if name.startswith("access-control-")]
    policy = asked.get("/theme.css").headers["content-security-policy"]
    for rule in (
        "default-src 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "script-src-attr 'none'",
    ):
        assert rule in policy
    assert "unsafe-inline'; script-src-attr" not in policy
    assert asked.get("/config").headers["content-security-policy"] == "sandbox"
    assert "immutable" in asked.get("/assets/a-Bc12.js").headers["cache-control"]


def test_a_page_names_its_own_scripts_and_no_others(tmp_path: Path) -> None:
    async def page(request: Request) -> PlainTextResponse:
        assert "accept-encoding" not in request.headers
        html = '<html><script>one</script><script src="a.js"></script></html>'
        return PlainTextResponse(html, media_type="text/html")

    asked = TestClient(
        Gate(Starlette(routes=[Route("/", page)]), users=None, hosts=["*"], temporary=tmp_path)
    )
    nonces = set()
    for _ in range(2):
        answer = asked.get("/")
        policy = answer.headers["content-security-policy"]
        nonce = policy.partition("'nonce-")[2].partition("'")[0]
        assert answer.text.count(f'<script nonce="{nonce}"') == answer.text.count("<script") == 2
        assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
        nonces.add(nonce)
    assert len(nonces) == 2


def test_only_names_of_this_machine_are_answered(tmp_path: Path) -> None:
    asked = client(tmp_path, hosts=("127.0.0.1", "localhost"))
    for host, status in [
        ("127.0.0.1:7860", 200),
        ("localhost", 200),
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("", 400),
    ]:
        assert asked.get("/theme.css", headers={"host": host}).status_code == status, host


# Another website makes the browser ask.

FOREIGN = [
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://testserver.evil.example"},
    {"origin": "http://testserver:9000"},
    {"origin": "http://testserver", "sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"},
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"},
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_what_another_site_asks_for_is_not_done(tmp_path: Path, headers: dict[str, str]) -> None:
    asked = client(tmp_path)
    for method, route in [
        ("POST", "/gradio_api/queue/join"),
        ("POST", "/api/answer"),
        ("GET", "/api/articles"),
        ("GET", "/gradio_api/queue/data"),
    ]:
        assert asked.request(method, route, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://testserver"},
        {"origin": "https://testserver"},
        {"origin": "http://testserver", "sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"},
        {"sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"},
    ],
    ids=str,
)
def test_what_the_page_itself_or_no_browser_asks_for_is_done(
    tmp_path: Path, headers: dict[str, str]
) -> None:
    asked = client(tmp_path)
    assert asked.post("/api/answer", headers=headers).status_code == 200
    assert asked.get("/theme.css", headers=headers).status_code == 200


def test_a_link_from_elsewhere_opens_the_page_and_sends_nothing(tmp_path: Path) -> None:
    link = {
        "sec-fetch-site": "cross-site",
        "sec-fetch-mode": "navigate",
        "sec-fetch-dest": "document",
    }
    assert client(tmp_path).get("/", headers=link).status_code == 200
    assert client(tmp_path).post("/api/answer", headers=link).status_code == 403


# Names and passwords.

HASHED = f"ana:{hash_password('geheim')}"


def test_nothing_but_health_is_told_without_a_password(tmp_path: Path) -> None:
    asked = client(tmp_path, "desk:secret")
    closed = ["/nowhere", "/gradio_api/file=/etc/passwd"]
    for route in [*gate.OPEN_ROUTES, *gate.OPEN_BENEATH, *closed]:
        answer = asked.get(route)
        assert answer.status_code == 401, route
        assert answer.headers["www-authenticate"].startswith('Basic realm="Footnote"')
        assert "x-content-type-options" in answer.headers
    for route in gate.OPEN_TO_ALL:
        assert asked.get(route).status_code == 200


@pytest.mark.parametrize(
    "users", ["desk:secret,ana:geheim", f"desk:secret,{HASHED}"], ids=["in words", "hashed"]
)
def test_whoever_comes_in_is_named(tmp_path: Path, users: str) -> None:
    asked = client(tmp_path, users)
    for name, password in [("desk", "secret"), ("ana", "geheim")]:
        for _ in range(2):
            answer = asked.get("/theme.css", headers=basic(name, password))
            assert answer.json()["user"] == name
    assert client(tmp_path).get("/theme.css").json()["user"] == ""


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Basic",
        "Basic !!!",
        "Basic " + "A" * 99,
        "Bearer secret",
        "Basic ZGVzaw==",
        basic("desk", "Secret")["Authorization"],
        basic("", "secret")["Authorization"],
        basic("desk", "")["Authorization"],
        basic("Desk", "secret")["Authorization"],
        basic("desk", "secret ")["Authorization"],
        "Basic /////w==",
    ],
)
def test_anything_else_does_not_come_in(tmp_path: Path, header: str) -> None:
    answer = client(tmp_path, "desk:secret").get("/", headers={"Authorization": header})
    assert answer.status_code == 401
    assert "secret" not in answer.text.lower()


def test_a_hash_is_looked_at_once_and_not_with_each_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, looks = client(tmp_path, HASHED), []
    admits = Users.admits
    monkeypatch.setattr(Users, "admits", lambda *given: looks.append(1) or admits(*given))
    for _ in range(5):
        assert asked.get("/theme.css", headers=basic("ana", "geheim")).status_code == 200
    assert len(looks) == 1


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """Note how long a wrong password would have been made to wait."""
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr(login.anyio, "sleep", sleep)
    return waits


def test_guessing_is_slowed_then_stopped_and_forgotten_after_a_while(
    tmp_path: Path, quick: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = client(tmp_path, "desk:secret,ana:b")
    assert asked.get("/theme.css", headers=basic("ana", "b")).status_code == 200
    for _ in range(login.MOST_TRIES):
        assert asked.get("/theme.css", headers=basic("desk", "guess")).status_code == 401
    assert quick == [0, 0, 0, 0.5, 1, 2, 4, 8, 8, 8]
    blocked = asked.get("/theme.css", headers=basic("desk", "secret"))
    assert blocked.status_code == 429
    assert 0 < int(blocked.headers["retry-after"]) <= login.BLOCKED_SECONDS
    # who was in stays in
    assert asked.get("/theme.css", headers=basic("ana", "b")).status_code == 200
    later = time.monotonic() + login.BLOCKED_SECONDS + 1
    monkeypatch.setattr(login.time, "monotonic", lambda: later)
    assert asked.get("/theme.css", headers=basic("desk", "secret")).status_code == 200


def test_many_first_requests_at_once_are_one_try_and_other_passwords_are_each_one(
    quick: list[float],
) -> None:
    async def come(doors: login.Login, passwords: Sequence[str]) -> list[str]:
        headers = [basic("desk", password)["Authorization"] for password in passwords]
        came = await asyncio.gather(
            *(doors.name_of(header, "10.0.0.1") for header in headers), return_exceptions=True
        )
        return [each if isinstance(each, str) else str(each) for each in came]

    many = 3 * login.MOST_TRIES
    doors = login.Login(read_users("desk:secret"))
    assert asyncio.run(come(doors, ["secret"] * many)) == ["desk"] * many
    doors = login.Login(read_users("desk:secret"))
    came = asyncio.run(come(doors, [f"guess {number}" for number in range(many)]))
    assert came.count(strings.LOGIN_WRONG) == login.MOST_TRIES


def test_a_right_password_clears_the_count(tmp_path: Path, quick: list[float]) -> None:
    asked = client(tmp_path, "desk:secret,ana:b")
    for password in ("x", "y", "z"):
        asked.get("/theme.css", headers=basic("desk", password))
    assert asked.get("/theme.css", headers=basic("desk", "secret")).status_code == 200
    asked.get("/theme.css", headers=basic("ana", "wrong"))
    assert quick == [0, 0, 0, 0]


def test_addresses_are_remembered_within_bounds(
    tmp_path: Path, quick: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(login, "MOST_ADDRESSES", 3)
    doors = login.Login(read_users("desk:secret"))
    for number in range(9):
        doors._count(f"10.0.0.{number}")
    assert len(doors._tries) == 3
    assert login._network("2001:db8:1:2:3::1") == login._network("2001:db8:1:2:ffff::9")
    assert login._network("2001:db8:1:3::1") != login._network("2001:db8:1:2::1")


def test_a_websocket_is_refused(tmp_path: Path) -> None:
    for users in (None, "desk:secret"):
        with (
            pytest.raises(WebSocketDisconnect) as caught,
            client(tmp_path, users).websocket_connect("/", headers=basic("desk", "secret")),
        ):
            pass
        assert caught.value.code == 1008


# How much is taken.


def test_a_body_beyond_the_limit_is_refused_announced_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "LARGEST_BODY", 1000)
    monkeypatch.setattr(gate, "LARGEST_UPLOAD", 2000)
    asked = client(tmp_path)
    assert asked.post("/api/answer", content=b"x" * 1000).json()["size"] == 1000

    def pieces(count: int) -> Iterator[bytes]:
        for _ in range(count):
            yield b"x" * 100

    for content in (b"x" * 1001, pieces(11)):
        assert asked.post("/api/answer", content=content).status_code == 413
    assert asked.post("/gradio_api/upload", content=b"x" * 2000).status_code == 200
    assert asked.post("/gradio_api/upload", content=pieces(21)).status_code == 413
    headers = {"content-length": "9" * 5000}
    assert asked.post("/api/answer", headers=headers).status_code == 413


def test_uploads_are_refused_while_too_many_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "LARGEST_STORE", 1000)
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "upload.pdf").write_bytes(b"x" * 1001)
    asked = client(tmp_path)
    answer = asked.post("/gradio_api/upload", content=b"x")
    assert answer.status_code == 507
    assert answer.json()["detail"] == strings.UPLOADS_FULL
    assert asked.post("/api/answer", content=b"x").status_code == 200


async def in_pieces(body: bytes) -> AsyncIterator[bytes]:
    """Yield a body, which does not say how long it is."""
    yield body


async def upload_at_once(folder: Path, bodies: Sequence[bytes | AsyncIterator[bytes]]) -> list[int]:
    """Send uploads at once, none of which ends before all are let in or refused; then one more.

    Returns their statuses.
    """
    settled, all_settled = 0, asyncio.Event()

    def settle() -> None:
        nonlocal settled
        settled += 1
        if settled >= len(bodies):
            all_settled.set()

    async def take(request: Request) -> PlainTextResponse:
        settle()
        await all_settled.wait()
        body = await request.body()
        (folder / f"{len(list(folder.iterdir()))}.pdf").write_bytes(body)
        return PlainTextResponse("taken")

    app = Starlette(routes=[Route("/gradio_api/upload", take, methods=["POST"])])
    guarded = Gate(app, users=None, hosts=["*"], temporary=folder)
    transport = httpx.ASGITransport(app=guarded)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as asked:

        async def send(body: bytes | AsyncIterator[bytes]) -> int:
            status = (await asked.post("/gradio_api/upload", content=body)).status_code
            if status == 507:
                settle()
            return status

        together = await asyncio.gather(*map(send, bodies))
        return [*together, await send(b"x" * 100)]


@pytest.mark.parametrize("announced", [True, False])
def test_uploads_at_once_do_not_pass_the_limit_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, announced: bool
) -> None:
    monkeypatch.setattr(gate, "LARGEST_UPLOAD", 220)
    monkeypatch.setattr(gate, "LARGEST_STORE", 1000)
    bodies = [b"x" * 220 if announced else in_pieces(b"x" * 220) for _ in range(100)]
    *together, after = asyncio.run(upload_at_once(tmp_path, bodies))
    assert sorted(together) == [200] * 4 + [507] * 96
    assert after == 200  # what was held for them is given back
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) == 4 * 220 + 100


def test_room_is_given_back_when_an_upload_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "LARGEST_UPLOAD", 220)
    monkeypatch.setattr(gate, "LARGEST_STORE", 250)
    app = Starlette(routes=[Route("/gradio_api/upload", fail, methods=["POST"])])
    asked = TestClient(Gate(app, users=None, hosts=["*"], temporary=tmp_path))
    for _ in range(3):
        with pytest.raises(AssertionError, match="reached"):
            asked.post("/gradio_api/upload", content=b"x" * 220)


def test_a_person_is_told_in_words_and_a_program_in_json(tmp_path: Path) -> None:
    asked = client(tmp_path)
    assert asked.get("/x", headers={"accept": "text/html,*/*"}).text == strings.NO_SUCH_ADDRESS
    told = asked.get("/x", headers={"accept": "application/json"})
    assert told.headers["content-type"] == "application/problem+json"
    assert told.json()["detail"] == strings.NO_SUCH_ADDRESS
