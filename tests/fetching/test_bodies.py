from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FetchFailed, FetchRefused
from bot.fetching.bodies import read_body


async def sent(body: bytes, size: int = 1_000) -> AsyncIterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


@given(st.binary(max_size=500), st.integers(1, 60), st.sampled_from([31, 15, -15]))
async def test_a_body_is_the_same_in_any_pieces(body: bytes, size: int, wbits: int) -> None:
    squeezed = zlib.compress(body, wbits=wbits)
    assert await read_body(sent(squeezed, size), "deflate", 1_000) == body
    assert await read_body(sent(body, size), "", 1_000) == body


async def test_no_more_than_the_limit_is_ever_unpacked() -> None:
    bomb = gzip.compress(b" " * 50_000_000)
    tracemalloc.start()
    with pytest.raises(FetchRefused):
        await read_body(sent(bomb, len(bomb)), "gzip", 100_000)
    assert tracemalloc.get_traced_memory()[1] < 2_000_000
    tracemalloc.stop()


async def test_what_is_sent_counts_even_if_it_unpacks_to_nothing() -> None:
    stream = zlib.compressobj(wbits=31)
    nothing = stream.compress(b"") + b"\x00\x00\x00\xff\xff" * 1_000
    with pytest.raises(FetchRefused):
        await read_body(sent(nothing), "gzip", 2_000)


async def test_the_beginning_of_a_large_body_may_be_enough() -> None:
    body = bytes(range(250)) * 10
    assert await read_body(sent(body), "", 1_500, cut=True) == body[:1_500]
    assert await read_body(sent(gzip.compress(body)), "gzip", 1_500, cut=True) == body[:1_500]


@pytest.mark.parametrize("encoding", ["", "identity", "gzip", "deflate"])
async def test_an_empty_body_is_empty(encoding: str) -> None:
    assert await read_body(sent(b""), encoding, 10) == b""


@given(st.binary(min_size=1, max_size=40))
async def test_any_bytes_are_unpacked_or_a_failure(body: bytes) -> None:
    try:
        assert len(await read_body(sent(body, 3), "gzip", 1_000)) <= 1_000
    except (FetchFailed, FetchRefused):
        return
