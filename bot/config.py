"""Settings, read from the environment once, in `main()`; every wrong value is told at once.

The table of variables is `.env.example`. This module must not know what a setting is used for.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from platformdirs import user_data_path

from bot.errors import SettingsError

T = TypeVar("T")

_DISCORD_ID = re.compile(r"[1-9][0-9]{0,18}")
_SWITCHES: Mapping[str, bool] = {
    **dict.fromkeys(("true", "t", "yes", "y", "on", "1"), True),
    **dict.fromkeys(("false", "f", "no", "n", "off", "0"), False),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What may differ between two installations.

    Attributes:
        token: the Discord bot's token, or None where there is no Discord.
        knowledge: the folder of the knowledge base, or None for the shipped one.
        data: the folder for what the bot keeps: its records and the revisions.
        semantic: whether an encoder's nearness in meaning counts in the ranking.
        fast: whether `run` sums postings by compiled code.
        log_level: a level of the standard library's logging.
        moderator_guild: the id of the server whose managers moderate; None for the only one.
        moderator_role: the id of a role that may moderate, too.
        log_channel: the id of the channel that is told what moderators do.
        discord_api: the base address of Discord's HTTP API; None is Discord's own.
        discord_gateway: the address of Discord's gateway; None is Discord's own.
    """

    token: str | None = None
    knowledge: Path | None = None
    data: Path = field(default_factory=lambda: user_data_path("receipts", appauthor=False))
    semantic: bool = False
    fast: bool = False
    log_level: int = logging.INFO
    moderator_guild: int | None = None
    moderator_role: int | None = None
    log_channel: int | None = None
    discord_api: str | None = None
    discord_gateway: str | None = None


def read_settings() -> Settings:
    """Read the settings from the process's environment.

    A variable that is set to nothing counts as not set.

    Raises:
        SettingsError: names every variable with a wrong value, and what was expected.
    """
    wrong: dict[str, str] = {}

    def read(name: str, understand: Callable[[str], T], otherwise: T) -> T:
        value = os.environ.get(name, "").strip()
        try:
            return understand(value) if value else otherwise
        except ValueError as error:
            wrong[name] = str(error)
            return otherwise

    settings = Settings(
        token=read("DISCORD_TOKEN", str, None),
        knowledge=read("RECEIPTS_KNOWLEDGE", _folder, None),
        data=read("RECEIPTS_DATA", _folder, None) or Settings().data,
        semantic=read("RECEIPTS_SEMANTIC", _switch, False),
        fast=read("RECEIPTS_FAST", _switch, False),
        log_level=read("RECEIPTS_LOG_LEVEL", _log_level, logging.INFO),
        moderator_guild=read("RECEIPTS_MODERATOR_GUILD", _discord_id, None),
        moderator_role=read("RECEIPTS_MODERATOR_ROLE", _discord_id, None),
        log_channel=read("RECEIPTS_LOG_CHANNEL", _discord_id, None),
        discord_api=read("RECEIPTS_DISCORD_API", partial(_address, ("http", "https")), None),
        discord_gateway=read("RECEIPTS_DISCORD_GATEWAY", partial(_address, ("ws", "wss")), None),
    )
    if wrong:
        told = [f"{name}: {problem}" for name, problem in sorted(wrong.items())]
        raise SettingsError("Settings to mend: " + " ".join(told))
    return settings


def _folder(value: str) -> Path:
    try:
        return Path(value).expanduser()
    except RuntimeError:
        raise ValueError("Names the home of a user that is not known here.") from None


def _switch(value: str) -> bool:
    if value.lower() not in _SWITCHES:
        raise ValueError("Must be true or false.")
    return _SWITCHES[value.lower()]


def _log_level(value: str) -> int:
    try:
        return logging.getLevelNamesMapping()[value.upper()]
    except KeyError:
        raise ValueError("Must be DEBUG, INFO, WARNING or ERROR.") from None


def _discord_id(value: str) -> int:
    if not _DISCORD_ID.fullmatch(value):
        advice = "right-click it and copy its id."
        raise ValueError(f"Must be an id of Discord's, digits alone: {advice}")
    return int(value)


def _address(schemes: Sequence[str], value: str) -> str:
    if not _is_address(value, schemes):
        one, other = schemes
        raise ValueError(f"Must be an address that begins with {one}:// or {other}://.")
    return value


def _is_address(value: str, schemes: Sequence[str]) -> bool:
    try:
        parts = urlsplit(value)
        # Reading the port refuses one that is no number, or too large.
        whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return whole and value.startswith(tuple(f"{one}://" for one in schemes)) and " " not in value
