"""The running bot's desk is put together whole, and closed without waiting for a line to end."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from bot.config import Settings
from bot.wiring_desk import open_desk
from tests.moderation.small_mill import copied, write_mill


@pytest.mark.parametrize("place", ["data", "file"])
async def test_what_waits_for_its_turn_is_not_begun_once_the_desk_is_closed(
    tmp_path: Path, place: str
) -> None:
    mill = copied(write_mill(tmp_path / "written"), tmp_path / "home")
    (tmp_path / "file").write_text("Nothing can be kept below a file.")
    begun, over = threading.Event(), threading.Event()

    def long() -> None:
        begun.set()
        over.wait()

    with open_desk(mill.knowledge, Settings(data=tmp_path / place)) as desk:
        assert (desk.office is None) == (place == "file")
        working = asyncio.create_task(desk.turns.take(long))
        waiting = asyncio.create_task(desk.turns.take(lambda: "begun"))
        await asyncio.to_thread(begun.wait)
    over.set()
    await working
    with pytest.raises(asyncio.CancelledError):
        await waiting
