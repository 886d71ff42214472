"""What a site's robots.txt allows (RFC 9309).

It must not know how the file is fetched.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from protego import Protego
from yarl import URL

from bot.errors import FetchFailed, FetchRefused
from bot.fetching.connection import Reply

MOST_BYTES = 512_000  # RFC 9309, 2.5: at least 500 KiB are read


@dataclass(frozen=True, slots=True)
class _Rules:
    allowed: Protego | None = None
    failure: str = ""


class Robots:
    """Each site's rules, read once.

    Args:
        agent: the name that rules are written for.
        fetch: fetches a robots.txt, `MOST_BYTES` of it at most.
    """

    def __init__(self, agent: str, fetch: Callable[[URL], Awaitable[Reply]]) -> None:
        self._agent = agent
        self._fetch = fetch
        self._rules: dict[URL, _Rules] = {}
        self._locks: defaultdict[URL, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def check(self, url: URL) -> float:
        """Check that an address may be fetched.

        Returns:
            the seconds between two exchanges that the site asks for.

        Raises:
            FetchRefused: the site does not want it.
            FetchFailed: what the site wants cannot be read.
        """
        site = url.origin()
        async with self._locks[site]:
            if site not in self._rules:
                self._rules[site] = await self._read(site / "robots.txt")
        rules = self._rules[site]
        if rules.failure:
            raise FetchFailed(rules.failure)
        if rules.allowed is None:
            return 0.0
        if not rules.allowed.can_fetch(str(url), self._agent):
            told = f"The robots.txt of `{url.raw_host}` does not allow it; ask those who run it."
            raise FetchRefused(told)
        return rules.allowed.crawl_delay(self._agent) or 0.0

    async def _read(self, url: URL) -> _Rules:
        try:
            reply = await self._fetch(url)
        except FetchFailed as failed:
            return _Rules(failure=f"Its robots.txt has to be read first: {failed}")
        if reply.status >= 500:
            told = f"The robots.txt of `{url.raw_host}` cannot be read now; try again later."
            return _Rules(failure=told)
        if not reply.body:
            return _Rules()
        return _Rules(Protego.parse(reply.body.decode("utf-8-sig", errors="replace")))
