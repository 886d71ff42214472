"""The real process: what a moderator publishes survives its death, and its settings hold."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from tests.cogs.kb.office import FERRY_ASKED, ferry_file, moderator, press
from tests.support.quarrel import write_quarrel
from tests.support.terminal import PROJECT

PATIENCE = 60.0


@asynccontextmanager
async def bot_process(
    discord: Sandbox, home: Path, **more: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    settings = {
        "DISCORD_TOKEN": discord.token,
        "RECEIPTS_DISCORD_API": discord.api_url,
        "RECEIPTS_DISCORD_GATEWAY": discord.gateway_url,
        "RECEIPTS_DATA": str(home / "data"),
        "RECEIPTS_KNOWLEDGE": str(home / "knowledge"),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=PROJECT, env=os.environ | settings | more
    )
    try:
        await discord.bot_connected()
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.fixture
async def patient() -> AsyncIterator[Sandbox]:
    async with Sandbox(patience=PATIENCE) as sandbox:
        yield sandbox


async def test_a_published_article_is_answered_after_the_process_was_killed(
    patient: Sandbox, tmp_path: Path
) -> None:
    discord = patient
    write_quarrel(tmp_path / "knowledge")
    mona = moderator(discord)
    log = discord.add_channel("log")
    settings = {
        "RECEIPTS_LOG_CHANNEL": str(log.id),
        "RECEIPTS_MODERATOR_GUILD": str(discord.guild.id),
    }
    async with bot_process(discord, tmp_path, **settings) as process:
        added = await discord.slash(mona, "kb add", file=ferry_file())
        await discord.until(lambda: "To be added" in added.text)
        await press(discord, mona, added, "publish", until="Published: revision 2·")
        await discord.until(lambda: discord.messages(log))
        process.kill()
        await process.wait()
    await discord.until(lambda: not discord.connected)
    async with bot_process(discord, tmp_path, **settings):
        answer = await discord.slash(mona, "ask", question=FERRY_ASKED)
        stale = await press(discord, mona, added, "undo", until="takes back 2")

    assert "sixty thousand crowns" in answer.text
    assert "Knowledge base 2·" in answer.text
    assert "Published: revision 3·" in stale.text


async def test_without_a_place_for_revisions_it_answers_and_has_no_moderation(
    patient: Sandbox, tmp_path: Path
) -> None:
    discord = patient
    write_quarrel(tmp_path / "knowledge")
    (tmp_path / "data").write_text("a file where the folder should be")
    async with bot_process(discord, tmp_path):
        answer = await discord.slash(discord.user("Ada"), "ask", question="Who sued Anna Bello?")

    assert "sued" in answer.text
    assert "kb" not in {command.name for command in discord.commands}
