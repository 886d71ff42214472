"""One HTTP exchange with exactly the address that was checked.

A name is looked up once for each exchange, all its addresses are checked, and these are what is
connected to, so that a name cannot stand for another address a moment later. It must not know
redirects, robots.txt, nor what a body holds.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from multidict import CIMultiDictProxy
from yarl import URL

from bot.errors import FetchFailed
from bot.fetching.addresses import Allow, check_public
from bot.fetching.bodies import ACCEPTED, read_body
from bot.fetching.model import Limits

_HAS_BODY = frozenset({200, 203})


class Passing(FetchFailed):
    """A failure that may be over in a moment.

    Attributes:
        after: seconds that the server asks to wait for, if it does.
    """

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; only a success has a body."""

    status: int
    headers: CIMultiDictProxy[str]
    body: bytes = b""


class CheckedResolver(AbstractResolver):
    """Looks names up and hands on addresses of the public internet only.

    Args:
        resolver: what looks names up.
        allow: addresses that may be connected to although they are not public.
    """

    def __init__(self, resolver: AbstractResolver, allow: Allow) -> None:
        self._resolver = resolver
        self._allow = allow

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a name.

        Raises:
            FetchRefused: one of them is not public.
            OSError: it has none.
        """
        found = await self._resolver.resolve(host, port, family)
        for one in found:
            check_public(host, ip_address(one["host"]), self._allow)
        return found

    async def close(self) -> None:
        """Close what looks names up."""
        await self._resolver.close()


class Connection:
    """HTTP without cookies, proxies, redirects or settings of the environment.

    Args:
        user_agent: who asks, as the server is told.
        limits: how much an exchange may take.
        allow: addresses that may be connected to although they are not public.
        resolver: what looks names up, the system's unless told.
    """

    def __init__(
        self, user_agent: str, limits: Limits, allow: Allow, resolver: AbstractResolver | None
    ) -> None:
        self._limits = limits
        connector = aiohttp.TCPConnector(
            resolver=CheckedResolver(resolver or aiohttp.ThreadedResolver(), allow),
            use_dns_cache=False,
            force_close=True,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            headers={"User-Agent": user_agent, "Accept-Encoding": ACCEPTED},
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, connect=limits.connect_seconds),
            auto_decompress=False,
            trust_env=False,
            max_line_size=limits.header_bytes,
            max_field_size=limits.header_bytes,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def get(
        self, url: URL, headers: Mapping[str, str], most: int, *, cut: bool = False
    ) -> Reply:
        """Ask for an address that `web_address` has passed.

        Args:
            most: bytes of the body, as `read_body` takes it with `cut`.

        Raises:
            FetchRefused: its name stands for an address that is not public, or it is too large.
            FetchFailed: it does not answer, or not in HTTP; as `Passing` where that may pass.
        """
        host = url.raw_host
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._get(url, headers, most, cut)
        except TimeoutError as error:
            raise FetchFailed(f"`{host}` takes too long to answer; try again later.") from error
        except aiohttp.ClientConnectorDNSError as error:
            told = f"The name `{host}` cannot be found; check its spelling, or try again later."
            raise FetchFailed(told) from error
        except (aiohttp.ClientConnectorCertificateError, aiohttp.ClientSSLError) as error:
            told = f"`{host}` does not prove that it is who it says; tell those who run it."
            raise FetchFailed(told) from error
        except aiohttp.ClientConnectorError as error:
            raise Passing(f"`{host}` cannot be reached; try again later.") from error
        except (
            aiohttp.ClientPayloadError,
            aiohttp.ClientOSError,
            aiohttp.ServerDisconnectedError,
        ) as error:
            raise Passing(f"`{host}` broke off in its answer; try again later.") from error
        except aiohttp.ClientError as error:
            told = f"`{host}` answers with broken or oversized headers; try again later."
            raise FetchFailed(told) from error

    async def _get(self, url: URL, headers: Mapping[str, str], most: int, cut: bool) -> Reply:
        async with self._session.get(url, headers=headers, allow_redirects=False) as response:
            body = b""
            if response.status in _HAS_BODY:
                encoding = response.headers.get("Content-Encoding", "")
                body = await read_body(response.content.iter_any(), encoding, most, cut=cut)
            return Reply(response.status, response.headers, body)
