from __future__ import annotations

import asyncio
import gzip
import zlib

import pytest
from aiohttp import web

from bot.errors import FetchFailed, FetchRefused
from bot.fetching.model import Fetched
from tests.fetching.site import HOST, PAGE, QUICK, Site, raw

NOT_FOUND = b"HTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n"


async def told(site: Site, url: str, **limits: float) -> str:
    async with site.fetcher(**{"attempts": 1, **limits}) as fetcher:
        with pytest.raises((FetchFailed, FetchRefused)) as error:
            await fetcher.fetch(url)
    return str(error.value)


@pytest.mark.parametrize(
    ("name", "squeeze"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body, wbits=-15)),
        ("identity", bytes),
    ],
)
async def test_a_compressed_page_is_read(site: Site, name: str, squeeze) -> None:  # type: ignore[no-untyped-def]
    site.says(squeeze(PAGE.encode()), Content_Encoding=name)
    async with site.fetcher() as fetcher:
        found = await fetcher.fetch(site.url())
    assert isinstance(found, Fetched)
    assert found.text == PAGE


@pytest.mark.parametrize("wbits", [31, 15, -15])
async def test_a_bomb_is_let_go_at_the_limit(site: Site, wbits: int) -> None:
    bomb = zlib.compress(b" " * 50_000_000, 9, wbits=wbits)
    site.says(bomb, Content_Encoding="deflate")
    assert "larger than 60,000 bytes" in await told(site, site.url(), body_bytes=60_000)


async def test_a_page_of_just_the_limit_is_read(site: Site) -> None:
    page = PAGE + " " * (QUICK.body_bytes - len(PAGE.encode()))
    for body, headers in (
        (page.encode(), {}),
        (gzip.compress(page.encode()), {"Content_Encoding": "gzip"}),
    ):
        site.says(body, **headers)
        async with site.fetcher() as fetcher:
            found = await fetcher.fetch(site.url())
        assert isinstance(found, Fetched)
        assert len(found.body) == QUICK.body_bytes
        site.says((page + " ").encode())
        assert "larger" in await told(site, site.url())


@pytest.mark.parametrize(
    ("body", "encoding", "sentence"),
    [
        (gzip.compress(PAGE.encode(), mtime=0)[:-9], "gzip", "broke off"),
        (b"\x1f\x8bnonsense", "gzip", "cannot be decompressed"),
        (gzip.compress(b"a", mtime=0) + b"more", "gzip", "goes on"),
        (b"x", "br", "not asked for"),
        (b"x", "gzip, gzip", "not asked for"),
    ],
)
async def test_a_broken_compression_is_a_failure(
    site: Site, body: bytes, encoding: str, sentence: str
) -> None:
    site.says(body, Content_Encoding=encoding)
    assert sentence in await told(site, site.url())


async def test_a_server_that_says_nothing_is_left(site: Site) -> None:
    async with raw(NOT_FOUND, after=asyncio.Event()) as heard:
        assert "too long" in await told(site, f"http://{HOST}:{heard[0].decode()}/", seconds=0.1)


@pytest.mark.parametrize(
    ("chunk", "pause", "seconds", "sentence"),
    [(b"x" * 9_000, 0.0, 9.0, "larger"), (b"x", 0.02, 0.2, "too long")],
)
async def test_a_body_without_end_is_left(
    site: Site, chunk: bytes, pause: float, seconds: float, sentence: str
) -> None:
    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/html"})
        await response.prepare(request)
        while True:
            await response.write(chunk)
            await asyncio.sleep(pause)

    site.paths["/page"] = answer
    assert sentence in await told(site, site.url(), seconds=seconds)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n<p>half", "broke off"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n<p>half", "broke off"),
        (b"", "broke off"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "headers"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 90_000 + b"\r\n\r\n", "headers"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 5_000 + b"\r\n", "headers"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\n", "headers"),
    ],
)
async def test_a_broken_answer_is_a_failure(site: Site, answer: bytes, sentence: str) -> None:
    async with raw(answer) as heard:
        assert sentence in await told(site, f"http://{HOST}:{heard[0].decode()}/")


async def test_what_breaks_off_is_tried_again(site: Site) -> None:
    async with raw(b"") as heard:
        port = heard.pop().decode()
        await told(site, f"http://{HOST}:{port}/", attempts=3)
        assert len(heard) >= 3


async def test_a_closed_port_is_a_failure(site: Site) -> None:
    async with raw(b"") as heard:
        port = heard[0].decode()
    assert "cannot be reached" in await told(site, f"http://{HOST}:{port}/")


async def test_over_tls_the_name_is_asked_for_and_has_to_be_proven(site: Site) -> None:
    async with raw(b"\x15\x03\x01\x00\x02\x02\x28") as heard:
        await told(site, f"https://{HOST}:{heard[0].decode()}/")
        assert HOST.encode() in heard[1]
