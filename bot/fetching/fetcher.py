"""Fetching an address: redirects, robots.txt, politeness and patience around single exchanges.

It must not know articles, nor what becomes of what it brings.
"""

from __future__ import annotations

import asyncio
import email.utils
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Self

from aiohttp.abc import AbstractResolver
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    wait_exponential_jitter,
)
from yarl import URL

from bot.errors import FetchFailed, FetchRefused, PageGone
from bot.fetching import robots
from bot.fetching.addresses import Allow, nothing, web_address
from bot.fetching.connection import Connection, Passing, Reply
from bot.fetching.kinds import read
from bot.fetching.model import PAGES, Fetched, Kind, Limits, NotModified
from bot.fetching.pacing import Pacing, Sleep

NAME = "Receipts"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAY_PASS = frozenset({429, 500, 502, 503, 504})
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.5"
_BACKOFF = wait_exponential_jitter(initial=1, max=10)
_ADVICE: Mapping[int, str] = {
    401: "It wants a log-in; save the article as a file and add that.",
    402: "It wants to be paid; save the article as a file and add that.",
    403: "It lets no programs in; save the article as a file and add that.",
    451: "It is withheld for legal reasons; give another address.",
}


def user_agent(contact: str | None = None) -> str:
    """How the bot introduces itself to servers.

    Args:
        contact: an address where those who run a server learn who fetches.
    """
    try:
        here = version("receipts")
    except PackageNotFoundError:
        here = "0"  # run from its folder, without being installed
    return f"{NAME}/{here} (+{contact})" if contact else f"{NAME}/{here}"


class Fetcher:
    """Fetches pages and feeds; what it learns of hosts it knows until it is closed.

    Args:
        agent: who asks, as servers are told; see `user_agent`.
        limits: how much a fetch may take.
        resolver: what looks names up, the system's unless told.
        allow: addresses that may be fetched although they are not public, none unless told.
        sleep: waits for seconds.
    """

    def __init__(
        self,
        agent: str,
        limits: Limits | None = None,
        *,
        resolver: AbstractResolver | None = None,
        allow: Allow = nothing,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._limits = limits or Limits()
        self._allow = allow
        self._sleep = sleep
        self._connection = Connection(agent, self._limits, allow, resolver)
        self._pacing = Pacing(self._limits.pause_seconds, sleep)
        self._robots = robots.Robots(NAME, self._fetch_robots)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._connection.__aexit__(kind, error, trace)

    async def fetch(
        self,
        address: str,
        accept: frozenset[Kind] = PAGES,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Fetched | NotModified:
        """Fetch an address.

        Args:
            accept: the kinds of content that are wanted.
            etag: what came with it the last time, to fetch it only if it has changed.
            last_modified: the same.

        Raises:
            FetchRefused: it must not be fetched; the sentence says why.
            PageGone: nothing is there any more.
            FetchFailed: it could not be fetched this time; the sentence says why.
        """
        known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        asked = {name: value for name, value in known.items() if value and value.isprintable()}
        url, reply = await self._follow(
            web_address(address, self._allow), {"Accept": _ACCEPT, **asked}
        )
        now = datetime.now(UTC)
        if reply.status == HTTPStatus.NOT_MODIFIED and asked:
            return NotModified(address, str(url), now)
        _check_status(url, reply.status)
        if not reply.body.strip():
            raise FetchFailed("There is nothing on it; try again later, or give another address.")
        header = reply.headers.get("Content-Type", "")
        # Decoding an undeclared text may take a second, in which others are to be answered.
        found = await asyncio.to_thread(read, header, reply.body, accept)
        return Fetched(
            url=address,
            final_url=str(url),
            status=reply.status,
            kind=found.kind,
            content_type=found.content_type,
            charset=found.charset,
            body=found.body,
            etag=reply.headers.get("ETag"),
            last_modified=reply.headers.get("Last-Modified"),
            retrieved=now,
            note=found.note,
        )

    async def _fetch_robots(self, url: URL) -> Reply:
        _, reply = await self._follow(url, {}, for_robots=True)
        return reply

    async def _follow(
        self, url: URL, headers: Mapping[str, str], *, for_robots: bool = False
    ) -> tuple[URL, Reply]:
        """The address that answers in the end, and its answer."""
        seen = {url}
        while True:
            pause = 0.0 if for_robots else await self._robots.check(url)
            reply = await self._patiently(url, headers, pause, for_robots)
            if reply.status not in _REDIRECTS:
                return url, reply
            url = next_address(url, reply.headers.get("Location", ""), self._allow)
            if url in seen:
                raise FetchFailed("It sends round in a circle; give the article's own address.")
            if len(seen) > self._limits.redirects:
                raise FetchFailed("It sends on too often; give the article's own address.")
            seen.add(url)

    async def _patiently(
        self, url: URL, headers: Mapping[str, str], pause: float, for_robots: bool
    ) -> Reply:
        """One exchange, tried again where its failure may pass."""
        again = AsyncRetrying(
            retry=retry_if_exception(self._is_worth_waiting),
            stop=stop_after_attempt(self._limits.attempts),
            wait=_wait,
            sleep=self._sleep,
            reraise=True,
        )
        return await again(self._exchange, url, headers, pause, for_robots)

    async def _exchange(
        self, url: URL, headers: Mapping[str, str], pause: float, for_robots: bool
    ) -> Reply:
        most = robots.MOST_BYTES if for_robots else self._limits.body_bytes
        pause = min(pause, self._limits.longest_wait_seconds)
        async with self._pacing.turn(url.raw_host or "", pause):
            reply = await self._connection.get(url, headers, most, cut=for_robots)
        if reply.status in _MAY_PASS:
            after = wait_asked(reply.headers.get("Retry-After", ""), datetime.now(UTC))
            raise Passing(_busy(url, reply.status), after)
        return reply

    def _is_worth_waiting(self, error: BaseException) -> bool:
        return (
            isinstance(error, Passing) and (error.after or 0.0) <= self._limits.longest_wait_seconds
        )


def next_address(url: URL, location: str, allow: Allow = nothing) -> URL:
    """Where a redirect leads.

    Raises:
        FetchRefused: to where nothing may be fetched, or from https to http.
        FetchFailed: nowhere.
    """
    if not location.strip():
        raise FetchFailed("It sends on to nowhere; try again later.")
    try:
        told = str(url.join(URL(location.strip())))
    except ValueError as error:
        raise FetchFailed("It sends on to what is no address; try again later.") from error
    following = web_address(told, allow)
    if url.scheme == "https" and following.scheme == "http":
        raise FetchRefused("It sends on from https to http, where anybody could change it.")
    return following


def wait_asked(retry_after: str, now: datetime) -> float | None:
    """The seconds that a `Retry-After` header asks for (RFC 9110, 10.2.3), if it can be read."""
    told = retry_after.strip()
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        then = email.utils.parsedate_to_datetime(told)
        return max(0.0, (then - now).total_seconds())
    except (ValueError, TypeError):
        return None


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    after = error.after if isinstance(error, Passing) else None
    return max(after or 0.0, _BACKOFF(state))


def _busy(url: URL, status: int) -> str:
    asks = "is asked too often" if status == HTTPStatus.TOO_MANY_REQUESTS else "has trouble"
    return f"`{url.raw_host}` {asks} ({status}); try again later."


def _check_status(url: URL, status: int) -> None:
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        raise PageGone(f"`{url.raw_host}` has nothing at this address ({status}); check it.")
    if status not in {200, 203}:
        advice = _ADVICE.get(status, "Try again later, or give another address.")
        raise FetchFailed(f"`{url.raw_host}` answers with {status}. {advice}")
