"""A body as it is sent, read and decompressed up to a limit, never further.

It must not know HTTP's headers, nor what a body holds.
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterable

from bot.errors import FetchFailed, FetchRefused

ACCEPTED = "gzip, deflate"  # what `read_body` can decompress, as a request says it
_NOT_COMPRESSED = frozenset({"", "identity"})
_COMPRESSED = frozenset({"gzip", "x-gzip", "deflate"})


async def read_body(
    chunks: AsyncIterable[bytes], encoding: str, most: int, *, cut: bool = False
) -> bytes:
    """Read a body to its end.

    Args:
        encoding: what it is compressed with, as the header `Content-Encoding` says it.
        most: bytes, both as sent and as decompressed.
        cut: take the first `most` bytes of a larger body, instead of refusing it.

    Raises:
        FetchRefused: it is larger than `most`.
        FetchFailed: it is compressed in a way that was not asked for, or broken.
    """
    inflater = _inflater(encoding.strip().lower())
    body, sent = bytearray(), 0
    async for chunk in chunks:
        sent += len(chunk)
        body += inflater.read(chunk, most + 1 - len(body)) if inflater else chunk
        if max(sent, len(body)) > most:
            if cut:
                return bytes(body[:most])
            raise FetchRefused(f"It is larger than {most:,} bytes; give a smaller page.")
    if inflater:
        inflater.finish()
    return bytes(body)


class _Inflater:
    """One compressed stream: gzip, zlib, or deflate without a header, as some servers send it."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # 32: gzip or zlib, by header
        self._begun = False

    def read(self, chunk: bytes, room: int) -> bytes:
        """The next decompressed bytes, `room` of them at most, which is at least one."""
        if chunk and not self._begun:
            self._begun = True
            if not chunk.startswith(b"\x1f") and chunk[0] & 0x0F != zlib.DEFLATED:
                self._stream = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
        try:
            found = self._stream.decompress(chunk, room)
        except zlib.error as error:
            raise FetchFailed("What it sent cannot be decompressed; try again later.") from error
        if self._stream.unused_data.strip(b"\x00"):
            raise FetchFailed("What it sent goes on after its compressed part; try again later.")
        return found

    def finish(self) -> None:
        """Refuse a stream that broke off; one that never began is an empty body."""
        if self._begun and not self._stream.eof:
            raise FetchFailed("What it sent broke off; try again later.")


def _inflater(encoding: str) -> _Inflater | None:
    if encoding in _NOT_COMPRESSED:
        return None
    if encoding in _COMPRESSED:
        return _Inflater()
    raise FetchFailed(f"It is compressed as `{encoding[:40]}`, which was not asked for.")
