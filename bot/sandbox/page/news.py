"""What happens, as JSON for one seat: only what its person sees, and all of the machine's side."""

from __future__ import annotations

from bot.sandbox.events import Event
from bot.sandbox.exchange import Exchange
from bot.sandbox.http.call import Request
from bot.sandbox.model import Channel, Json, Message, User
from bot.sandbox.page.shown import Shown
from bot.sandbox.sessions import Dispatch
from bot.sandbox.world import World

CONNECTION = {
    "bot_identified": True,
    "bot_resumed": True,
    "bot_disconnected": False,
    "bot_refused": False,
}


def news(event: Event, viewer: User, shown: Shown, world: World) -> Json | None:
    """One event for somebody; None if it is not for them."""
    subject = event.subject
    if event.kind in CONNECTION:
        return {"event": "bot", "online": CONNECTION[event.kind], "what": event.kind}
    if event.kind == "commands_replaced":
        return {"event": "commands"}
    if event.kind == "trouble":
        return {"event": "trouble", "what": str(subject)}
    if isinstance(subject, Request):
        return {"event": "request"} | request(subject)
    if isinstance(subject, Dispatch):
        return {"event": "dispatch", "name": subject.name, "data": subject.data}
    if isinstance(subject, Message):
        return _message(subject, viewer, shown)
    if isinstance(subject, Exchange):
        return interaction(subject) if subject.user is viewer else None
    if isinstance(subject, Channel) and world.sees(viewer, subject):
        return {"event": event.kind, "channel": str(subject.id)}
    return None


def _message(message: Message, viewer: User, shown: Shown) -> Json | None:
    if message.deleted:
        return {"event": "gone", "id": str(message.id), "channel": str(message.channel.id)}
    if not shown.sees(viewer, message):
        return None
    return {"event": "message", "message": shown.message(viewer, message)}


def interaction(exchange: Exchange) -> Json:
    """How far an interaction has come."""
    return {
        "event": "interaction",
        "id": str(exchange.id),
        "kind": int(exchange.kind),
        "answered": exchange.answered,
        "source": str(exchange.source.id) if exchange.source else None,
        "custom_id": exchange.data.get("custom_id"),
    }


def request(seen: Request) -> Json:
    """A request of the bot's, for the drawer."""
    return {
        "method": seen.method,
        "path": seen.path,
        "status": seen.status,
        "body": seen.body,
        "answer": seen.answer,
        "files": [f"{one.name}, {len(one.data)} bytes" for one in seen.files],
        "problems": [str(one) for one in seen.problems],
        "faults": seen.faults,
    }
