"""Discord on your own machine: its HTTP API and its gateway, for any bot that speaks to them.

Stands in for Discord in tests and while developing, without a token and without a network. It is
Discord and not the bot, so it imports nothing of the bot's.
"""

from bot.sandbox.description import Description
from bot.sandbox.exchange import CallbackKind, Exchange, InteractionKind
from bot.sandbox.guilds import Guild
from bot.sandbox.http.limits import Limit, Limits
from bot.sandbox.model import Channel, File, Message, MessageFlag, User
from bot.sandbox.offers import NotOfferedError
from bot.sandbox.permissions import Permission, Role
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.sessions import Intent

__all__ = [
    "CallbackKind",
    "Channel",
    "Description",
    "Exchange",
    "File",
    "Guild",
    "Intent",
    "InteractionKind",
    "Limit",
    "Limits",
    "Message",
    "MessageFlag",
    "NotOfferedError",
    "Permission",
    "Role",
    "Sandbox",
    "User",
]
