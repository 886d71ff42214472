"""What the gateway is made of: its numbers, a session, and a connection.

A session outlives its connections and remembers what it sent, for a replay.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from dataclasses import dataclass, field
from enum import IntEnum, IntFlag

from aiohttp import web

from bot.sandbox.model import Json
from bot.sandbox.streams import Stream

REPLAYABLE = 2000


class Intent(IntFlag):
    """The intents that decide about something here."""

    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT
ALL_INTENTS = (1 << 26) - 1


class Op(IntEnum):
    """Gateway opcodes."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    VOICE_STATE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Close(IntEnum):
    """Gateway close codes."""

    UNKNOWN_OPCODE = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQUENCE = 4007
    INVALID_VERSION = 4012
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014


class RejectedError(Exception):
    """The other side did something for which its connection is closed with a code."""

    def __init__(self, code: Close) -> None:
        super().__init__(code.name)
        self.code = code


@dataclass(frozen=True)
class Dispatch:
    """An event as it goes out, for those who watch."""

    name: str
    data: Json


@dataclass(eq=False)
class Session:
    """What Discord remembers of one identified bot, connected or not."""

    id: str
    intents: int
    shard: tuple[int, int]
    sequence: int = 0
    sent: deque[tuple[int, str]] = field(default_factory=lambda: deque(maxlen=REPLAYABLE))
    connection: Connection | None = None

    def dispatch(self, name: str, data: Json) -> None:
        """Numbers an event, keeps it for a replay, and sends it if somebody listens."""
        self.sequence += 1
        text = json.dumps({"op": Op.DISPATCH, "s": self.sequence, "t": name, "d": data})
        self.sent.append((self.sequence, text))
        if self.connection is not None:
            self.connection.send(text)

    def can_replay_from(self, sequence: int) -> bool:
        """Whether everything after this number is still at hand."""
        oldest = self.sent[0][0] if self.sent else self.sequence + 1
        return oldest - 1 <= sequence <= self.sequence


class Connection:
    """One websocket, its compression, and the queue that keeps frames in order."""

    def __init__(
        self,
        socket: web.WebSocketResponse,
        transport: asyncio.Transport | None,
        frames: Stream,
    ) -> None:
        self.socket = socket
        self._transport = transport
        self.session: Session | None = None
        self.ended_here = False
        self._frames = frames
        self._queue: asyncio.Queue[str] = asyncio.Queue()
        self._writer = asyncio.create_task(self._write())

    def send(self, text: str) -> None:
        """Queues a message."""
        self._queue.put_nowait(text)

    def send_op(self, op: Op, data: object) -> None:
        """Queues a message that is no event."""
        self.send(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    async def close(self, code: int) -> None:
        """Ends the connection with a close code; what is still queued is lost."""
        self.ended_here = True
        self._writer.cancel()
        await self.socket.close(code=code)

    def cut(self) -> None:
        """Ends the connection as a pulled plug would."""
        if self._transport is not None:
            self._transport.abort()

    async def _write(self) -> None:
        while True:
            frame = self._frames.frame(await self._queue.get())
            try:
                if isinstance(frame, str):
                    await self.socket.send_str(frame)
                else:
                    await self.socket.send_bytes(frame)
            except ConnectionError:
                # The other side is gone; the reader notices the same and tidies up.
                return
