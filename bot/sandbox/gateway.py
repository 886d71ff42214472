"""The websocket side: sessions that are identified, resumed, replayed, dropped and invalidated.

Carries events to those bots that asked for them. It knows what a session is and nothing of what
the events say; `world` is read once, for READY and the guild.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from bot.sandbox import payloads
from bot.sandbox.events import Events
from bot.sandbox.guilds import Guild
from bot.sandbox.model import Json
from bot.sandbox.sessions import (
    ALL_INTENTS,
    PRIVILEGED,
    Close,
    Connection,
    Dispatch,
    Intent,
    Op,
    RejectedError,
    Session,
)
from bot.sandbox.streams import stream
from bot.sandbox.world import World

API_VERSION = 10
LARGEST_PAYLOAD = 4096


class Gateway:
    """All sessions, and the ways in which a connection goes wrong on demand."""

    def __init__(
        self,
        world: World,
        events: Events,
        *,
        token: str,
        privileged: int,
        heartbeat_interval: float,
    ) -> None:
        self.url = ""
        self.refusing = False
        self.refused = 0
        self.sessions: dict[str, Session] = {}
        self._world = world
        self._events = events
        self._token = token
        self._privileged = privileged
        self._heartbeat_interval = heartbeat_interval
        self._connections: set[Connection] = set()

    def dispatch(
        self,
        name: str,
        data: Json,
        *,
        needs: int = 0,
        guild_id: int | None = None,
        without_content: Json | None = None,
    ) -> None:
        """Sends an event to each session with the intents for it.

        `without_content` is what those get who may not read messages.
        """
        self._events.publish("dispatched", Dispatch(name, data))
        for session in self.sessions.values():
            number, shards = session.shard
            elsewhere = ((guild_id or 0) >> 22) % shards != number
            if elsewhere or session.intents & needs != needs:
                continue
            if without_content is None or session.intents & Intent.MESSAGE_CONTENT:
                session.dispatch(name, data)
            else:
                session.dispatch(name, without_content)

    @property
    def connected(self) -> list[Session]:
        """The sessions that somebody is listening to."""
        return [one for one in self.sessions.values() if one.connection is not None]

    async def drop(self, code: int | None) -> None:
        """Ends every connection, without a farewell if there is no code; sessions stay."""
        for connection in list(self._connections):
            if code is None:
                connection.cut()
            else:
                await connection.close(code)

    def ask_to_reconnect(self) -> None:
        """Tells every connection to come back (op 7)."""
        for connection in self._connections:
            connection.send_op(Op.RECONNECT, None)

    def invalidate(self, *, resumable: bool) -> None:
        """Tells every connection that its session is invalid (op 9)."""
        for connection in self._connections:
            session = connection.session
            if session is not None and not resumable:
                self._forget(session)
            connection.send_op(Op.INVALID_SESSION, resumable)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, from handshake to close."""
        if self.refusing:
            self.refused += 1
            self._events.publish("bot_refused", None)
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=1 << 20, compress=False)
        await socket.prepare(request)
        connection = Connection(socket, request.transport, stream(request.query.get("compress")))
        self._connections.add(connection)
        try:
            self._greet(connection, request)
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._receive(connection, message.data)
        except RejectedError as rejected:
            await connection.close(rejected.code)
        finally:
            self._connections.discard(connection)
            self._disconnected(connection)
            await connection.close(socket.close_code or 1000)
        return socket

    def _greet(self, connection: Connection, request: web.Request) -> None:
        if request.query.get("v") != str(API_VERSION) or request.query.get("encoding") != "json":
            raise RejectedError(Close.INVALID_VERSION)
        interval = int(self._heartbeat_interval * 1000)
        connection.send_op(Op.HELLO, {"heartbeat_interval": interval})

    def _disconnected(self, connection: Connection) -> None:
        session = connection.session
        if session is None or session.connection is not connection:
            return
        session.connection = None
        if not connection.ended_here and connection.socket.close_code in (1000, 1001):
            self._forget(session)
        self._events.publish("bot_disconnected", session)

    def _forget(self, session: Session) -> None:
        self.sessions.pop(session.id, None)

    def _receive(self, connection: Connection, text: str) -> None:
        if len(text.encode()) > LARGEST_PAYLOAD:
            raise RejectedError(Close.DECODE_ERROR)
        try:
            message = json.loads(text)
            number, data = message["op"], message.get("d")
        except (json.JSONDecodeError, TypeError, KeyError) as broken:
            raise RejectedError(Close.DECODE_ERROR) from broken
        if number not in list(Op):
            raise RejectedError(Close.UNKNOWN_OPCODE)
        if number == Op.HEARTBEAT:
            connection.send_op(Op.HEARTBEAT_ACK, None)
        elif number in (Op.IDENTIFY, Op.RESUME):
            self._authenticate(connection, Op(number), data)
        elif connection.session is None:
            raise RejectedError(Close.NOT_AUTHENTICATED)
        elif number == Op.REQUEST_MEMBERS:
            self._send_members(connection.session, data)

    def _authenticate(self, connection: Connection, op: Op, data: Json) -> None:
        if connection.session is not None:
            raise RejectedError(Close.ALREADY_AUTHENTICATED)
        if data.get("token") != self._token:
            raise RejectedError(Close.AUTHENTICATION_FAILED)
        if op is Op.RESUME:
            self._resume(connection, data)
            return
        intents = data.get("intents")
        if not isinstance(intents, int) or intents & ~ALL_INTENTS:
            raise RejectedError(Close.INVALID_INTENTS)
        if intents & PRIVILEGED & ~self._privileged:
            raise RejectedError(Close.DISALLOWED_INTENTS)
        self._identify(connection, intents, tuple(data.get("shard") or (0, 1)))

    def _identify(self, connection: Connection, intents: int, shard: tuple[int, int]) -> None:
        # Whoever identifies anew has given up the sessions it let go of.
        for old in [s for s in self.sessions.values() if s.connection is None and s.shard == shard]:
            self._forget(old)
        session = Session(secrets.token_hex(16), intents, shard, connection=connection)
        self.sessions[session.id] = session
        connection.session = session
        mine = [g for g in self._world.guilds_of_bot if (g.id >> 22) % shard[1] == shard[0]]
        ready = {
            "v": API_VERSION,
            "user": payloads.own_user(self._world.bot),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in mine],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": list(shard),
            "application": {"id": str(self._world.application_id), "flags": 0},
        }
        session.dispatch("READY", ready)
        if intents & Intent.GUILDS:
            for guild in mine:
                session.dispatch("GUILD_CREATE", self._guild_for(guild, intents))
        self._events.publish("bot_identified", session)

    def enter(self, guild: Guild) -> None:
        """Tells of a guild that has let the bot in."""
        for session in self.sessions.values():
            number, shards = session.shard
            if (guild.id >> 22) % shards == number and session.intents & Intent.GUILDS:
                event = self._guild_for(guild, session.intents)
                # Clients tell a guild that came back from a new one by this key.
                del event["unavailable"]
                session.dispatch("GUILD_CREATE", event)

    def _guild_for(self, guild: Guild, intents: int) -> Json:
        everybody = list(guild.members.values())
        mine_only = [guild.members[self._world.bot.id]]
        seen = everybody if intents & Intent.GUILD_PRESENCES else mine_only
        return payloads.guild(guild, seen)

    def _resume(self, connection: Connection, data: Json) -> None:
        session = self.sessions.get(str(data.get("session_id")))
        sequence = data.get("seq")
        if session is not None and isinstance(sequence, int) and sequence > session.sequence:
            raise RejectedError(Close.INVALID_SEQUENCE)
        if (
            session is None
            or not isinstance(sequence, int)
            or not session.can_replay_from(sequence)
        ):
            connection.send_op(Op.INVALID_SESSION, False)
            return
        session.connection = connection
        connection.session = session
        for number, text in session.sent:
            if number > sequence:
                connection.send(text)
        session.dispatch("RESUMED", {})
        self._events.publish("bot_resumed", session)

    def _send_members(self, session: Session, asked: Json) -> None:
        wanted = {int(number) for number in _listed(asked.get("user_ids"))}
        start = str(asked.get("query") or "").lower()
        fits: Callable[[int, str], bool] = (
            (lambda number, name: number in wanted)
            if wanted
            else (lambda number, name: name.lower().startswith(start))
        )
        wanted_guild = int(asked.get("guild_id") or 0)
        guild = next((g for g in self._world.guilds_of_bot if g.id == wanted_guild), None)
        if guild is None:
            return
        found = [one for one in guild.members.values() if fits(one.user.id, one.user.name)]
        limit = int(asked.get("limit") or 0) or len(found)
        chunk = {
            "guild_id": str(guild.id),
            "members": [payloads.member(one) for one in found[:limit]],
            "chunk_index": 0,
            "chunk_count": 1,
            "nonce": asked.get("nonce"),
        }
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
