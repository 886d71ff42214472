"""Trouble on demand: rate limits, server errors and slow answers for chosen requests.

A rule names its requests as "METHOD /path" with shell wildcards, "POST /channels/*/messages" for
instance, without the version in front.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from bot.sandbox.model import Json


@dataclass(frozen=True)
class Refusal:
    """An answer given instead of the real one."""

    status: int
    body: Json | None
    headers: dict[str, str] = field(default_factory=dict)


class Hold:
    """Requests that wait at the door until they are let in."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self._open = asyncio.Event()

    def release(self) -> None:
        """Lets in those who wait and all who come."""
        self._open.set()

    async def wait(self) -> None:
        """What the held request does."""
        self.reached.set()
        await self._open.wait()


@dataclass(eq=False)
class _Rule:
    requests: str
    left: int
    refusal: Refusal | None = None
    hold: Hold | None = None
    seconds: float = 0.0


class Faults:
    """The rules in force; each is used up after its number of times."""

    def __init__(self) -> None:
        self._rules: list[_Rule] = []

    def rate_limit(
        self,
        requests: str,
        *,
        retry_after: float = 0.01,
        times: int = 1,
        everywhere: bool = False,
        from_discord: bool = True,
    ) -> None:
        """429. Only one `from_discord` has the Via header that clients wait and retry for."""
        message = "You are being rate limited."
        body = {"message": message, "retry_after": retry_after, "global": everywhere}
        headers = {"Retry-After": str(max(1, round(retry_after)))}
        headers["X-RateLimit-Scope"] = "global" if everywhere else "user"
        if from_discord:
            headers["Via"] = "1.1 google"
        self._rules.append(_Rule(requests, times, Refusal(429, body, headers)))

    def fail(
        self, requests: str, *, status: int, times: int = 1, code: int = 0, message: str = ""
    ) -> None:
        """Any other error; one without a message has no JSON, as a broken proxy's."""
        body = {"message": message, "code": code} if message else None
        self._rules.append(_Rule(requests, times, Refusal(status, body)))

    def slow(self, requests: str, *, seconds: float, times: int = 1) -> None:
        """The real answer, late."""
        self._rules.append(_Rule(requests, times, seconds=seconds))

    def hold(self, requests: str, *, times: int = 1) -> Hold:
        """The real answer, as soon as the hold is released."""
        hold = Hold()
        self._rules.append(_Rule(requests, times, hold=hold))
        return hold

    def clear(self) -> None:
        """Everything works again."""
        self._rules.clear()

    async def apply(self, method: str, path: str) -> Refusal | None:
        """Makes one request suffer what is in store for it; a refusal replaces its answer."""
        for rule in self._rules:
            if not rule.left or not fnmatchcase(f"{method} {path}", rule.requests):
                continue
            rule.left -= 1
            if rule.hold is not None:
                await rule.hold.wait()
            await asyncio.sleep(rule.seconds)
            return rule.refusal
        return None
