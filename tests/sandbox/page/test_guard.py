from __future__ import annotations

import aiohttp
import pytest

from bot.sandbox import File, Sandbox
from bot.sandbox.page import Page
from bot.sandbox.page.guard import is_loopback
from tests.sandbox.page.conftest import Scene


@pytest.mark.parametrize(
    ("host", "ours"),
    [
        ("127.0.0.1:80", True),
        ("localhost:1234", True),
        ("[::1]:80", True),
        ("127.9.9.9", True),
        ("example.org", False),
        ("127.0.0.1.example.org:80", False),
        ("192.168.1.2:80", False),
        ("0.0.0.0", False),
        ("[::", False),
        ("", False),
    ],
)
def test_only_this_machine_s_own_names_are_loopback(host: str, ours: bool) -> None:
    assert is_loopback(host) is ours


async def test_the_page_is_served_with_a_policy_that_runs_only_its_own_files(scene: Scene) -> None:
    async with scene.web.get(scene.base) as answer:
        policy = answer.headers["Content-Security-Policy"]
        text = await answer.text()

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "style=" not in text
    assert "<script>" not in text
    assert scene.key not in text


@pytest.mark.parametrize("path", ["/", "/page/main.js", "/line"])
async def test_a_name_that_was_made_to_point_here_is_refused(scene: Scene, path: str) -> None:
    headers = {"Host": "rebound.example", "Origin": "http://rebound.example"}
    async with scene.web.get(scene.base + path, headers=headers) as answer:
        assert answer.status == 421


@pytest.mark.parametrize(
    "origin", ["http://example.org", "null", "http://127.0.0.1:1", "file://x", ""]
)
async def test_another_page_gets_no_line(scene: Scene, origin: str) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await scene.web.ws_connect(f"{scene.base}/line", headers={"Origin": origin})
    assert refused.value.status == 403


@pytest.mark.parametrize("key", ["", "wrong", "é"])
async def test_without_the_key_the_line_is_hung_up(scene: Scene, key: str) -> None:
    browser = await scene.browser(key=key)

    message = await browser.socket.receive(timeout=5)
    assert message.type is aiohttp.WSMsgType.CLOSE
    assert message.data == 4401


@pytest.mark.parametrize("first", ["no json", "[]", '{"key": 5}'])
async def test_whatever_else_is_said_first_the_line_is_hung_up(scene: Scene, first: str) -> None:
    headers = {"Origin": scene.base}
    socket = await scene.web.ws_connect(f"{scene.base}/line", headers=headers)
    await socket.send_str(first)

    assert (await socket.receive(timeout=5)).data == 4401


@pytest.mark.parametrize("name", ["..%2fpage.py", "%2e%2e%2fguard.py", "nothing.js", "__init__.py"])
async def test_no_other_file_is_served(scene: Scene, name: str) -> None:
    async with scene.web.get(f"{scene.base}/page/{name}") as answer:
        assert answer.status == 404


async def test_an_uploaded_page_runs_nothing(scene: Scene) -> None:
    hostile = File("x.html", b"<script>alert(1)</script>", "text/html")
    said = scene.sandbox.post(scene.ada, scene.sandbox.channel, "", files=[hostile])
    async with scene.web.get(said.attachments[0].url) as answer:
        assert answer.headers["Content-Disposition"] == "attachment"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_page_that_is_open_to_others_still_asks_for_the_key() -> None:
    sandbox = Sandbox()
    page = Page(sandbox, {sandbox.user("Ada"): "member"}, everywhere=True)
    async with sandbox, page, aiohttp.ClientSession() as web:
        port = sandbox.world.base_url.rpartition(":")[2]
        host = {"Host": f"desk.example:{port}", "Origin": f"http://desk.example:{port}"}
        async with web.get(sandbox.world.base_url, headers=host) as answer:
            assert answer.status == 200
        socket = await web.ws_connect(f"{sandbox.world.base_url}/line", headers=host)
        await socket.send_json({"key": "guessed"})
        assert (await socket.receive(timeout=5)).data == 4401


def test_a_page_needs_somebody_to_be() -> None:
    with pytest.raises(ValueError, match="somebody"):
        Page(Sandbox(), {})
