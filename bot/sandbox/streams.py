"""Transport compression of the gateway: one endless stream per connection, flushed per message."""

from __future__ import annotations

import importlib.util
import zlib
from typing import Protocol


class Stream(Protocol):
    """Turns one message into one frame, given all frames before it."""

    def frame(self, text: str) -> str | bytes:
        """The frame: bytes if compressed."""


class Plain:
    """No compression: text frames."""

    def frame(self, text: str) -> str:
        """The text itself."""
        return text


class ZlibStream:
    """One zlib context; each message ends in the four bytes of a sync flush."""

    def __init__(self) -> None:
        self._context = zlib.compressobj()

    def frame(self, text: str) -> bytes:
        """The next piece of the stream."""
        return self._context.compress(text.encode()) + self._context.flush(zlib.Z_SYNC_FLUSH)


class ZstdStream:
    """One zstd frame that never ends; each message flushes a block of it."""

    def __init__(self) -> None:
        import zstandard

        self._block = zstandard.COMPRESSOBJ_FLUSH_BLOCK
        self._context = zstandard.ZstdCompressor().compressobj()

    def frame(self, text: str) -> bytes:
        """The next piece of the stream."""
        return self._context.compress(text.encode()) + self._context.flush(self._block)


def stream(asked: str | None) -> Stream:
    """The stream a client asked for by name.

    Clients take plain text whatever they asked for, which serves one that knows zstd where this
    side does not.
    """
    if asked == "zlib-stream":
        return ZlibStream()
    if asked == "zstd-stream" and importlib.util.find_spec("zstandard"):
        return ZstdStream()
    return Plain()
