"""Rate limits, counted: how many requests a bucket takes, what the headers say, and the 429s.

A bucket is a route together with the channel, guild or webhook it is about; its window begins with
its first request. Discord publishes no numbers for routes ("should not be hard coded"): DISCORDS
holds what is commonly seen, GENEROUS what no test runs into. The global limit is Discord's own, and
interactions are exempt from it (topics/rate-limits).
"""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.sandbox.http.call import Answer, Route

MAJOR = ("channel", "guild", "token")
EXEMPT = ("/interactions/", "/webhooks/")
EVERYWHERE = "global"


@dataclass(frozen=True)
class Limit:
    """So many requests in so many seconds."""

    requests: int
    seconds: float


@dataclass(frozen=True)
class Limits:
    """The limit of each route ("POST /channels/{channel}/messages"), of others, and of all."""

    others: Limit
    everywhere: Limit | None = None
    routes: Mapping[str, Limit] = field(default_factory=dict)


MESSAGES = "/channels/{channel}/messages"
GENEROUS = Limits(others=Limit(1000, 1.0))
DISCORDS = Limits(
    others=Limit(50, 1.0),
    everywhere=Limit(50, 1.0),
    routes={
        f"POST {MESSAGES}": Limit(5, 5.0),
        f"PATCH {MESSAGES}/{{message}}": Limit(5, 5.0),
        f"DELETE {MESSAGES}/{{message}}": Limit(5, 1.0),
        f"GET {MESSAGES}": Limit(5, 5.0),
        f"GET {MESSAGES}/{{message}}": Limit(5, 5.0),
        f"PUT {MESSAGES}/{{message}}/reactions/{{emoji}}/@me": Limit(1, 0.25),
        "POST /channels/{channel}/typing": Limit(5, 5.0),
        "POST /webhooks/{application}/{token}": Limit(5, 2.0),
        "PATCH /webhooks/{application}/{token}/messages/{message}": Limit(5, 2.0),
        "PUT /applications/{application}/commands": Limit(5, 20.0),
    },
)


@dataclass
class _Window:
    limit: Limit
    ends: float
    used: int = 0

    def take(self) -> bool:
        self.used += 1
        return self.used <= self.limit.requests


@dataclass(frozen=True)
class Verdict:
    """The headers of an answer, and the refusal that takes its place if there were too many."""

    headers: dict[str, str]
    refusal: Answer | None = None


class RateLimits:
    """Counts requests in the windows that are open."""

    def __init__(
        self,
        limits: Limits,
        *,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], float] = time.time,
    ) -> None:
        self._limits = limits
        self._clock = clock
        self._wall = wall
        self._windows: dict[tuple[str, ...], _Window] = {}

    def count(self, route: Route, path: Mapping[str, str]) -> Verdict:
        """Counts one request; a refused one uses up nothing more."""
        limits = self._limits
        if limits.everywhere is not None and not route.path.startswith(EXEMPT):
            window = self._window((EVERYWHERE,), limits.everywhere)
            if not window.take():
                return self._refused(window, {"X-RateLimit-Global": "true"}, EVERYWHERE)
        name = f"{route.method} {route.path}"
        major = [path[part] for part in MAJOR if part in path]
        window = self._window((name, *major), limits.routes.get(name, limits.others))
        within = window.take()
        left = max(0, window.limit.requests - window.used)
        wait = window.ends - self._clock()
        headers = {
            "X-RateLimit-Limit": str(window.limit.requests),
            "X-RateLimit-Remaining": str(left),
            "X-RateLimit-Reset": f"{self._wall() + wait:.3f}",
            "X-RateLimit-Reset-After": f"{wait:.3f}",
            "X-RateLimit-Bucket": hashlib.sha256(name.encode()).hexdigest()[:32],
        }
        return Verdict(headers) if within else self._refused(window, headers, "user")

    def _window(self, key: tuple[str, ...], limit: Limit) -> _Window:
        now = self._clock()
        window = self._windows.get(key)
        if window is None or window.ends <= now:
            self._forget(now)
            window = self._windows[key] = _Window(limit, now + limit.seconds)
        return window

    def _forget(self, now: float) -> None:
        """One token, one bucket: without this they would pile up."""
        if len(self._windows) > 1000:
            self._windows = {k: w for k, w in self._windows.items() if w.ends > now}

    def _refused(self, window: _Window, headers: dict[str, str], scope: str) -> Verdict:
        wait = max(0.001, round(window.ends - self._clock(), 3))
        body = {
            "message": "You are being rate limited.",
            "retry_after": wait,
            "global": scope == EVERYWHERE,
        }
        # Without Via, clients take a 429 for that of a proxy and give up.
        more = {"Retry-After": str(math.ceil(wait)), "X-RateLimit-Scope": scope}
        return Verdict(headers | more | {"Via": "1.1 google"}, Answer(429, body))
