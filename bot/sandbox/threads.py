"""Threads that fall asleep and wake up: archiving, locking, and what that forbids.

Discord's rules (topics/threads): a message wakes an archived thread unless it is locked; nothing
else may be changed in it.
"""

from __future__ import annotations

from bot.sandbox import errors, payloads
from bot.sandbox.model import Channel, ChannelKind, User
from bot.sandbox.news import News
from bot.sandbox.permissions import Permission
from bot.sandbox.sessions import Intent
from bot.sandbox.world import World, now


class Threads:
    """Changes the state of threads and tells of it."""

    def __init__(self, world: World, news: News) -> None:
        self._world = world
        self._news = news

    def archive(self, thread: Channel, *, locked: bool) -> None:
        """Puts a thread away; ValueError if it is none."""
        if thread.kind is not ChannelKind.THREAD:
            raise ValueError(f"{thread.name!r} is not a thread")
        self._set(thread, archived=True, locked=locked)

    def wake_for(self, author: User, channel: Channel) -> None:
        """Before a message: 50083 in a thread that is locked away, which only moderators open."""
        if not channel.archived:
            return
        if channel.locked and not self._moderates(author, channel):
            raise errors.archived_thread()
        self._set(channel, archived=False, locked=channel.locked)

    def check_awake(self, channel: Channel) -> None:
        """Before any other change: 50083 in an archived thread."""
        if channel.archived:
            raise errors.archived_thread()

    def _moderates(self, user: User, thread: Channel) -> bool:
        return bool(self._world.permissions(user, thread) & Permission.MANAGE_THREADS)

    def _set(self, thread: Channel, *, archived: bool, locked: bool) -> None:
        thread.archived, thread.locked, thread.archive_changed = archived, locked, now()
        home = self._world.home(thread)
        if home is not None:
            self._news.in_guild("THREAD_UPDATE", home, payloads.channel(thread), Intent.GUILDS)
