"""`python -m bot` without a token: the page, the bot behind it, and a clean end."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox import NotOfferedError, Sandbox
from bot.trying import furnished

PROJECT = Path(__file__).resolve().parents[1]


@contextmanager
def trial(*options: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DISCORD_", "RECEIPTS_"))}
    command = [sys.executable, "-m", "bot", "--no-browser", *options]
    with subprocess.Popen(
        command,
        cwd=PROJECT,
        env=kept | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("ends", [signal.SIGINT, signal.SIGTERM])
async def test_the_page_is_there_until_it_is_told_to_stop(ends: signal.Signals) -> None:
    with trial() as process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/#\S+", process.stdout.readline())
        assert found
        async with aiohttp.ClientSession() as web, web.get(found[0]) as answer:
            assert answer.status == 200
        process.send_signal(ends)
        _, faults = process.communicate(timeout=20)

    assert process.returncode == 0
    assert faults == ""


@pytest.mark.parametrize("ends", [signal.SIGINT, signal.SIGTERM])
def test_stopped_before_the_page_is_there_it_leaves_nothing_behind(
    tmp_path: Path, ends: signal.Signals
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    # Its index has to be made first, which takes a while.
    with trial(TMPDIR=str(temporary), XDG_CACHE_HOME=str(tmp_path / "cache")) as process:
        while not list(temporary.glob("*/*")):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(ends)
        out, faults = process.communicate(timeout=20)

    assert list(temporary.iterdir()) == []
    assert out == ""
    if ends is signal.SIGTERM:
        assert (process.returncode, faults) == (0, "")


@pytest.mark.parametrize(
    ("content", "told"), [(None, "check its name"), ("{", "is not an OpenAPI description")]
)
def test_a_description_that_cannot_be_used_is_told_in_one_sentence(
    tmp_path: Path, content: str | None, told: str
) -> None:
    file = tmp_path / "openapi.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with trial("--description", str(file)) as process:
        out, faults = process.communicate(timeout=60)

    assert (process.returncode, out) == (2, "")
    assert told in faults
    assert faults.count("\n") == 1


def test_a_port_that_is_taken_is_told_in_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with trial("--port", str(taken.getsockname()[1])) as process:
            _, faults = process.communicate(timeout=20)

    assert process.returncode == 2
    assert faults.count("\n") == 1
    assert "--port" in faults


def test_with_a_token_the_bot_goes_to_discord() -> None:
    with trial(
        DISCORD_TOKEN="x", RECEIPTS_DISCORD_API="http://127.0.0.1:9", RECEIPTS_LOG_LEVEL="INFO"
    ) as process:
        assert process.stderr is not None
        lines = iter(process.stderr.readline, "")
        assert any("Offline" in line for line in lines)


async def test_there_is_a_member_a_moderator_and_a_stranger() -> None:
    sandbox = Sandbox()
    furnished(sandbox)
    ada, mona, sami = (user for user in sandbox.world.users.values() if user.name in NAMES)
    said = sandbox.post(ada, sandbox.channel, "hello")

    with pytest.raises(NotOfferedError):
        sandbox.post(sami, sandbox.channel, "hello")
    with pytest.raises(NotOfferedError):
        sandbox.delete(sami, said)
    sandbox.delete(mona, said)
    assert said.deleted


NAMES = ("Ada", "Mona", "Sami")
