from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import Limit, Limits, Sandbox
from bot.sandbox.http.call import Answer, Call, Route
from bot.sandbox.http.limits import DISCORDS, RateLimits
from tests.sandbox.small_bot import SmallBot
from tests.support.wire import online, pointed_at

MESSAGES = "/channels/{channel}/messages"


@asynccontextmanager
async def limited(limits: bool | Limits) -> AsyncIterator[tuple[Sandbox, SmallBot]]:
    async with Sandbox(rate_limits=limits) as sandbox:
        with pointed_at(sandbox):
            async with online(SmallBot(), sandbox) as bot:
                yield sandbox, bot


def statuses(sandbox: Sandbox) -> list[int | None]:
    return [r.status for r in sandbox.requests if r.path.endswith("/messages")]


async def test_a_client_that_reads_the_headers_never_goes_over_the_limit() -> None:
    limits = Limits(others=Limit(100, 1), routes={f"POST {MESSAGES}": Limit(2, 0.2)})
    async with limited(limits) as (sandbox, bot):
        place = bot.get_partial_messageable(sandbox.channel.id)
        for number in range(5):
            await place.send(str(number))

        assert statuses(sandbox) == [200] * 5
        times = [message.created for message in sandbox.messages()]
        assert (times[2] - times[0]).total_seconds() >= 0.19


async def test_too_many_at_once_are_refused_and_sent_again_later() -> None:
    limits = Limits(others=Limit(100, 1), everywhere=Limit(6, 0.3))
    async with limited(limits) as (sandbox, bot):
        places = [sandbox.add_channel(f"c{n}") for n in range(8)]
        await asyncio.gather(
            *(bot.get_partial_messageable(place.id).send("hi") for place in places)
        )

        refused = [r.answer for r in sandbox.requests if r.status == 429]
        assert refused
        assert all(answer["global"] for answer in refused)
        assert all(0 < answer["retry_after"] <= 0.3 for answer in refused)
        assert [len(sandbox.messages(place)) for place in places] == [1] * 8


async def test_answers_to_interactions_are_outside_the_global_limit() -> None:
    limits = Limits(others=Limit(100, 1), everywhere=Limit(10, 60))
    async with limited(limits) as (sandbox, _):
        people = [sandbox.user(f"P{n}") for n in range(30)]
        answers = await asyncio.gather(*(sandbox.slash(person, "ping") for person in people))

    assert [answer.text for answer in answers] == ["pong"] * 30


async def test_with_discords_own_limits_a_sixth_message_in_a_channel_has_to_wait() -> None:
    async with Sandbox(rate_limits=True) as sandbox:
        seen = [await post(sandbox, str(number)) for number in range(6)]
        elsewhere = await post(sandbox, "elsewhere", sandbox.add_channel("other").id)

    assert [status for status, _ in seen] == [200] * 5 + [429]
    assert elsewhere[0] == 200
    told = [headers["X-RateLimit-Remaining"] for _, headers in seen]
    assert told == ["4", "3", "2", "1", "0", "0"]
    assert {headers["X-RateLimit-Limit"] for _, headers in seen} == {"5"}
    assert len({headers["X-RateLimit-Bucket"] for _, headers in [*seen, elsewhere]}) == 1
    last = seen[-1][1]
    assert (last["X-RateLimit-Scope"], last["Retry-After"], last["Via"]) == (
        "user",
        "5",
        "1.1 google",
    )


async def post(
    sandbox: Sandbox, text: str, channel: int | None = None
) -> tuple[int, dict[str, str]]:
    headers = {"Authorization": f"Bot {sandbox.token}"}
    url = f"{sandbox.api_url}/channels/{channel or sandbox.channel.id}/messages"
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(url, json={"content": text}) as answer,
    ):
        return answer.status, dict(answer.headers)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def nothing(call: Call) -> Answer:
    return Answer()


@given(
    waits=st.lists(st.floats(0, 2), max_size=40), most=st.integers(1, 5), seconds=st.floats(0.5, 3)
)
def test_no_window_lets_more_through_than_its_limit_and_what_it_says_comes_true(
    waits: list[float], most: int, seconds: float
) -> None:
    clock = Clock()
    limits = RateLimits(Limits(others=Limit(most, seconds)), clock=clock, wall=clock)
    route = Route("GET", "/channels/{channel}", nothing)
    taken: list[float] = []
    for wait in waits:
        clock.now += wait
        verdict = limits.count(route, {"channel": "1"})
        if verdict.refusal is None:
            taken.append(clock.now)
            continue
        clock.now += verdict.refusal.body["retry_after"] + 0.001
        again = limits.count(route, {"channel": "1"})
        assert again.refusal is None
        assert int(again.headers["X-RateLimit-Remaining"]) == most - 1
        taken.append(clock.now)

    # Two windows may meet, so twice the limit in any stretch of one window's length.
    for start in taken:
        assert len([at for at in taken if start <= at < start + seconds]) <= 2 * most


@pytest.mark.parametrize(("name", "limit"), DISCORDS.routes.items())
async def test_each_of_discords_own_limits_is_that_of_a_route(name: str, limit: Limit) -> None:
    method, path = name.split()
    where = path.format(channel=1, message=1, emoji="👍", application=1, token="t")
    async with (
        Sandbox(rate_limits=True) as sandbox,
        aiohttp.ClientSession() as session,
        session.request(method, sandbox.api_url + where) as answer,
    ):
        assert answer.headers["X-RateLimit-Limit"] == str(limit.requests)
        assert 0 < float(answer.headers["X-RateLimit-Reset-After"]) <= limit.seconds
