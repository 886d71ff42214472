"""How often somebody may ask, and how often in one channel, before they have to wait.

Must not know what is asked, nor how waiting is told.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from discord.ext.commands import Cooldown

from bot.cogs.told import Told


@dataclass(frozen=True, slots=True)
class Rate:
    """So many times in so many seconds."""

    times: int
    seconds: float


MEMBER = Rate(6, 30.0)
CHANNEL = Rate(40, 30.0)
PRESSES = Rate(30, 30.0)


class Cooldowns:
    """Who has to wait. What is over is forgotten, so that it does not grow.

    Args:
        member, channel: questions; presses: of buttons, of one member.
        clock: seconds since the epoch.
    """

    def __init__(
        self,
        member: Rate = MEMBER,
        channel: Rate = CHANNEL,
        presses: Rate = PRESSES,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._member, self._channel = _Buckets(member), _Buckets(channel)
        self._presses = _Buckets(presses)
        self._clock = clock

    def ask(self, member: int, channel: int | None) -> None:
        """Counts a question.

        Raises:
            Told: the member or the channel has to wait; then nothing is counted.
        """
        now = self._clock()
        places: list[tuple[str, Cooldown]] = [("member", self._member.of(member, now))]
        if channel is not None:
            places.append(("channel", self._channel.of(channel, now)))
        for name, bucket in places:
            wait = bucket.get_retry_after(now)
            if wait:
                raise Told(f"wait.{name}", when=_moment(now + wait))
        for _, bucket in places:
            bucket.update_rate_limit(now)

    def press(self, member: int) -> None:
        """Counts a press of a button.

        Raises:
            Told: the member has to wait.
        """
        now = self._clock()
        wait = self._presses.of(member, now).update_rate_limit(now)
        if wait:
            raise Told("wait.member", when=_moment(now + wait))


class _Buckets:
    """A bucket for each of many; discord.py's own mapping looks through all of them every time."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._held: dict[int, Cooldown] = {}
        self._emptied = 0.0

    def of(self, key: int, now: float) -> Cooldown:
        """The bucket of one of them."""
        if abs(now - self._emptied) > self._rate.seconds:
            self._emptied = now
            full = self._rate.times
            self._held = {k: one for k, one in self._held.items() if one.get_tokens(now) < full}
        found = self._held.get(key)
        if found is None:
            found = self._held[key] = Cooldown(self._rate.times, self._rate.seconds)
        return found


def _moment(at: float) -> str:
    """A time that Discord shows as what is left until then, in each reader's language."""
    return f"<t:{int(at) + 1}:R>"
