"""What one person sees of messages, places and people, as JSON for the page.

Every text that may hold Markdown comes with its HTML; nothing that the person does not see comes
at all.
"""

from __future__ import annotations

import copy
from typing import Any

from bot.sandbox import offers
from bot.sandbox.model import (
    Attachment,
    Channel,
    Json,
    Message,
    MessageKind,
    User,
    each_component,
)
from bot.sandbox.offers import NotOfferedError
from bot.sandbox.page.markdown import Markdown
from bot.sandbox.page.names import WorldNames
from bot.sandbox.page.offered import GROUPS
from bot.sandbox.permissions import Permission
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import World

TEXT = 10
MOST_MESSAGES = 200
SNIPPET = 120
SAID_WHO = (MessageKind.SLASH_COMMAND, MessageKind.CONTEXT_COMMAND)


class Shown:
    """Draws up what the page shows."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self._world = sandbox.world
        self._markdown = Markdown()
        self._names = WorldNames(sandbox.world)

    def sees(self, viewer: User, message: Message) -> bool:
        """Whether a message exists for somebody."""
        if message.deleted or message.visible_to not in (None, viewer):
            return False
        return self._world.sees(viewer, message.channel)

    def channels(self, viewer: User) -> list[Json]:
        """The places somebody finds, threads after their channel, the bot's conversation last."""
        found = [one for one in self._world.channels.values() if self._world.sees(viewer, one)]
        found.sort(key=lambda one: (one.guild_id is None, one.parent_id or one.id, one.id))
        return [self._channel(viewer, one) for one in found]

    def _channel(self, viewer: User, channel: Channel) -> Json:
        direct = channel.recipient is not None
        return {
            "id": str(channel.id),
            "name": self._world.bot.name if direct else channel.name,
            "kind": channel.kind.name.lower(),
            "parent": channel.parent_id and str(channel.parent_id),
            "guild": channel.guild_id and self._world.guilds[channel.guild_id].name,
            "archived": channel.archived,
            "writable": _allowed(self._world, viewer, channel),
            "attachable": channel.guild_id is None
            or bool(self._world.permissions(viewer, channel) & Permission.ATTACH_FILES),
        }

    def messages(self, viewer: User, channel: Channel) -> list[Json]:
        """What somebody reads in a channel, oldest first."""
        seen = [one for one in self._world.messages_in(channel) if self.sees(viewer, one)]
        return [self.message(viewer, one) for one in seen[-MOST_MESSAGES:]]

    def message(self, viewer: User, message: Message) -> Json:
        """One message, for somebody who sees it."""
        own = message.author is viewer
        may = self._world.permissions(viewer, message.channel)
        return {
            "id": str(message.id),
            "channel": str(message.channel.id),
            "author": person(message.author),
            "created": message.created.isoformat(),
            "edited": message.edited is not None,
            "text": message.content,
            "html": self.html(message.content),
            "embeds": [self._embed(one) for one in message.embeds],
            "components": self.components(message.components),
            "attachments": [self._attachment(one) for one in message.attachments],
            "ephemeral": message.ephemeral,
            "loading": message.loading,
            "layout": any(part["type"] >= 9 for part in message.components),
            "reply": self._reply(message),
            "command": self._command(message),
            "interaction": (message.interaction or {}).get("id"),
            "pings": viewer in message.mentions or message.mentions_everyone,
            "editable": own,
            "deletable": not message.ephemeral and (own or bool(may & Permission.MANAGE_MESSAGES)),
            "reactions": [
                {"emoji": emoji, "count": len(holders), "mine": viewer in holders}
                for emoji, holders in message.reactions.items()
                if holders
            ],
        }

    def html(self, text: str) -> str:
        """Markdown as HTML."""
        return self._markdown.html(text, self._names)

    def components(self, components: list[Json]) -> list[Json]:
        """Components with the HTML of their texts, and files by their place on this server."""
        own = copy.deepcopy(components)
        for part in each_component(own):
            if part["type"] == TEXT:
                part["html"] = self.html(part["content"])
            for holder in (part, *(part.get("items") or [])):
                for key in ("media", "file"):
                    if isinstance(holder.get(key), dict):
                        holder[key] = self._media(str(holder[key]["url"]))
        return own

    def _embed(self, embed: Json) -> Json:
        own = copy.deepcopy(embed)
        own["title_html"] = self._line(own.get("title"))
        own["html"] = self.html(str(own.get("description") or ""))
        for field in own.get("fields") or []:
            field["name_html"] = self._line(field["name"])
            field["html"] = self.html(field["value"])
        for key in ("image", "thumbnail"):
            if own.get(key):
                own[key] = self._media(str(own[key]["url"]))
        return own

    def _line(self, text: Any) -> str:
        return self._markdown.line(str(text or ""), self._names)

    def _media(self, url: str) -> Json:
        """A file of ours by its path and with its name; of others only the address is told."""
        for one in self._world.attachments.values():
            if url in (one.url, f"attachment://{one.file.name}"):
                return self._attachment(one)
        return {"url": url, "name": url, "type": "", "outside": True}

    def _attachment(self, item: Attachment) -> Json:
        return {
            "url": item.url.removeprefix(self._world.base_url),
            "name": item.file.name,
            "type": item.file.content_type,
            "size": len(item.file.data),
            "description": item.description,
        }

    def _reply(self, message: Message) -> Json | None:
        answered = message.reply_to
        if answered is None:
            return None
        if answered.deleted:
            return {"id": str(answered.id), "author": None, "text": ""}
        lines = " ".join(self._markdown.plain(answered.text, self._names).split())
        return {
            "id": str(answered.id),
            "author": answered.author.name,
            "text": lines[:SNIPPET] + ("…" if len(lines) > SNIPPET else ""),
        }

    def _command(self, message: Message) -> Json | None:
        if message.interaction is None or message.kind not in SAID_WHO:
            return None
        exchange = self._sandbox.exchange(int(message.interaction["id"]))
        if exchange is None:
            return None
        slash = message.kind is MessageKind.SLASH_COMMAND
        return {"user": exchange.user.name, "name": _path(exchange.data), "slash": slash}


def person(user: User) -> Json:
    """Somebody, as the page names them."""
    return {"id": str(user.id), "name": user.name, "bot": user.bot, "locale": user.locale}


def _path(data: Json) -> str:
    """A command's name with those of its group and subcommand."""
    inner = next((one for one in data.get("options") or [] if one["type"] in GROUPS), None)
    return str(data["name"]) if inner is None else f"{data['name']} {_path(inner)}"


def _allowed(world: World, viewer: User, channel: Channel) -> bool:
    try:
        offers.check_may_write(world, viewer, channel)
    except NotOfferedError:
        return False
    return True
