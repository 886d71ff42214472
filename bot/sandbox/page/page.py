"""The chat page of a sandbox, in a browser.

sandbox = Sandbox()
page = Page(sandbox, {sandbox.user("Ada"): "member"})
async with sandbox, page:
    ...open page.address...
"""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType

from bot.sandbox.model import User
from bot.sandbox.page.actions import Actions
from bot.sandbox.page.files import PageFiles
from bot.sandbox.page.guard import Guard
from bot.sandbox.page.line import Lines
from bot.sandbox.page.shown import Shown
from bot.sandbox.sandbox import Sandbox


class Page:
    """Serves the page on the sandbox's port; made before the sandbox is entered.

    Args:
        people: who can be played at the page, and what each is called there; the page has words
            of its own for "member", "moderator" and "stranger".
        everywhere: the sandbox's port is open to other machines on purpose.
    """

    def __init__(
        self, sandbox: Sandbox, people: Mapping[User, str], *, everywhere: bool = False
    ) -> None:
        if not people:
            raise ValueError("somebody has to sit at the page")
        self._sandbox = sandbox
        self._guard = Guard(everywhere=everywhere)
        shown = Shown(sandbox)
        self._lines = Lines(sandbox, self._guard, Actions(sandbox, shown, dict(people)), shown)
        files = PageFiles(self._guard)
        sandbox.serve("/", files.start)
        sandbox.serve("/page/{name}", files.file)
        sandbox.serve("/line", self._lines.serve)

    @property
    def address(self) -> str:
        """Where to find it; the part after the # is the key and is never sent to any server."""
        return f"{self._sandbox.world.base_url}/#{self._guard.key}"

    async def __aenter__(self) -> Page:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._lines.close()
