"""Settings, read from the environment once, in `main()`; every wrong value is told at once.

The table of variables is `.env.example`. This module must not know what a setting is used for.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from platformdirs import user_data_path

from bot.errors import SettingsError

if TYPE_CHECKING:
    from environs import Env

_DISCORD_ID = re.compile(r"[1-9][0-9]{0,18}")


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
    if not any(map(_is_ours, os.environ)):
        # Loading environs takes longer than answering a question.
        return Settings()
    from environs import Env, EnvValidationError

    env = Env(eager=False)
    folder = env.str("RECEIPTS_KNOWLEDGE", "", validate=_check_folder)
    data = env.str("RECEIPTS_DATA", "", validate=_check_folder)
    given = {"data": Path(data).expanduser()} if data else {}
    settings = Settings(
        **given,
        token=env.str("DISCORD_TOKEN", "").strip() or None,
        knowledge=Path(folder).expanduser() if folder else None,
        semantic=_switch(env, "RECEIPTS_SEMANTIC"),
        fast=_switch(env, "RECEIPTS_FAST"),
        log_level=env.log_level("RECEIPTS_LOG_LEVEL", logging.INFO),
        moderator_guild=_discord_id(env, "RECEIPTS_MODERATOR_GUILD"),
        moderator_role=_discord_id(env, "RECEIPTS_MODERATOR_ROLE"),
        log_channel=_discord_id(env, "RECEIPTS_LOG_CHANNEL"),
        discord_api=_address(env, "RECEIPTS_DISCORD_API", "http", "https"),
        discord_gateway=_address(env, "RECEIPTS_DISCORD_GATEWAY", "ws", "wss"),
    )
    try:
        env.seal()
    except EnvValidationError as error:
        # `seal` tells them by variable.
        messages = cast(Mapping[str, Sequence[str]], error.error_messages)
        told = [
            f"{name}: {' '.join(map(str, problems))}" for name, problems in sorted(messages.items())
        ]
        raise SettingsError("Settings to mend: " + " ".join(told)) from None
    return settings


def _is_ours(variable: str) -> bool:
    return variable == "DISCORD_TOKEN" or variable.startswith("RECEIPTS_")


def _switch(env: Env, name: str) -> bool:
    return bool(env.str(name, "").strip()) and env.bool(name)


def _discord_id(env: Env, name: str) -> int | None:
    from environs import ValidationError

    def check(value: str) -> None:
        if value.strip() and not _DISCORD_ID.fullmatch(value.strip()):
            advice = "Must be an id of Discord's, digits alone: right-click it and copy its id."
            raise ValidationError(advice)

    # None where it is wrong, which is told when all are read.
    told = (env.str(name, "", validate=check) or "").strip()
    return int(told) if _DISCORD_ID.fullmatch(told) else None


def _address(env: Env, name: str, *schemes: str) -> str | None:
    from environs import ValidationError

    def check(value: str) -> None:
        if value and not _is_address(value, schemes):
            advice = f"Must be an address that begins with {schemes[0]}:// or {schemes[1]}://."
            raise ValidationError(advice)

    return env.str(name, "", validate=check) or None


def _is_address(value: str, schemes: Sequence[str]) -> bool:
    try:
        parts = urlsplit(value)
        # Reading the port refuses one that is no number, or too large.
        whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return whole and value.startswith(tuple(f"{one}://" for one in schemes)) and " " not in value


def _check_folder(value: str) -> None:
    from environs import ValidationError

    try:
        Path(value).expanduser()
    except RuntimeError:
        raise ValidationError("Names the home of a user that is not known here.") from None
