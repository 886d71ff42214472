"""What somebody at the page needs: the bot in a process of its own, and a browser.

Shared by the tests and the README's pictures.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

PROJECT = Path(__file__).resolve().parents[2]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
NOT_SETTINGS = ("DISCORD_TOKEN", "RECEIPTS_")


def chromium_path() -> str | None:
    """Where a browser is, if there is one."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


@contextmanager
def chromium(path: str, **settings: str) -> Iterator[Browser]:
    """A browser, with further settings in its environment."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            # A container's root has no sandbox of Chromium's to use.
            args=["--no-sandbox"],
            env={**os.environ, **settings},
        )
        yield browser
        browser.close()


@contextmanager
def served(**settings: str) -> Iterator[str]:
    """The page of a real process, `python -m bot` without a token: its address.

    Args:
        settings: of the bot, by their names in the environment.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(NOT_SETTINGS)}
    command = [sys.executable, "-m", "bot", "--no-browser"]
    with subprocess.Popen(
        command, cwd=PROJECT, env=kept | settings, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+/#\S+", process.stdout.readline())
            assert found
            yield found[0]
            process.terminate()
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()
