"""Settings come from the environment, and all wrong ones are told at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.config import Settings, read_settings
from bot.errors import SettingsError


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in tuple(os.environ):
        if name == "DISCORD_TOKEN" or name.startswith("RECEIPTS_"):
            monkeypatch.delenv(name)


@pytest.fixture
def env(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    return monkeypatch


def test_a_token_of_white_space_is_not_set(env: pytest.MonkeyPatch) -> None:
    env.setenv("DISCORD_TOKEN", " \t\n")
    assert read_settings().token is None


def test_without_variables_everything_has_its_default() -> None:
    assert read_settings() == Settings()


@pytest.mark.parametrize(
    "name",
    [
        "DISCORD_TOKEN",
        "RECEIPTS_KNOWLEDGE",
        "RECEIPTS_DATA",
        "RECEIPTS_SEMANTIC",
        "RECEIPTS_FAST",
        "RECEIPTS_DISCORD_API",
        "RECEIPTS_DISCORD_GATEWAY",
        "RECEIPTS_MODERATOR_GUILD",
        "RECEIPTS_MODERATOR_ROLE",
        "RECEIPTS_LOG_CHANNEL",
    ],
)
def test_a_variable_set_to_nothing_is_not_set(env: pytest.MonkeyPatch, name: str) -> None:
    env.setenv(name, "")
    assert read_settings() == Settings()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DISCORD_TOKEN", "a.b.c", Settings(token="a.b.c")),
        ("RECEIPTS_KNOWLEDGE", "some/folder", Settings(knowledge=Path("some/folder"))),
        ("RECEIPTS_KNOWLEDGE", "~", Settings(knowledge=Path.home())),
        ("RECEIPTS_DATA", "some/folder", Settings(data=Path("some/folder"))),
        ("RECEIPTS_DATA", "~/x", Settings(data=Path.home() / "x")),
        ("RECEIPTS_MODERATOR_GUILD", "123", Settings(moderator_guild=123)),
        ("RECEIPTS_MODERATOR_ROLE", " 9007199254740993 ", Settings(moderator_role=2**53 + 1)),
        ("RECEIPTS_LOG_CHANNEL", "123", Settings(log_channel=123)),
        ("RECEIPTS_SEMANTIC", "true", Settings(semantic=True)),
        ("RECEIPTS_SEMANTIC", "FALSE", Settings()),
        ("RECEIPTS_FAST", "true", Settings(fast=True)),
        ("RECEIPTS_LOG_LEVEL", "DEBUG", Settings(log_level=10)),
        ("RECEIPTS_LOG_LEVEL", "warning", Settings(log_level=30)),
        (
            "RECEIPTS_DISCORD_API",
            "http://localhost:80/api",
            Settings(discord_api="http://localhost:80/api"),
        ),
        ("RECEIPTS_DISCORD_GATEWAY", "wss://x", Settings(discord_gateway="wss://x")),
    ],
)
def test_a_variable_is_read(
    env: pytest.MonkeyPatch, name: str, value: str, expected: Settings
) -> None:
    env.setenv(name, value)
    assert read_settings() == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RECEIPTS_LOG_LEVEL", "loud"),
        ("RECEIPTS_SEMANTIC", "maybe"),
        ("RECEIPTS_FAST", "perhaps"),
        ("RECEIPTS_DISCORD_API", "localhost"),
        ("RECEIPTS_DISCORD_API", "ws://x"),
        ("RECEIPTS_DISCORD_API", "http://[bad"),
        ("RECEIPTS_DISCORD_API", "http://"),
        ("RECEIPTS_DISCORD_API", "http://x:port"),
        ("RECEIPTS_KNOWLEDGE", "~nobody-of-that-name/x"),
        ("RECEIPTS_DATA", "~nobody-of-that-name/x"),
        ("RECEIPTS_DISCORD_GATEWAY", "http://x"),
        ("RECEIPTS_DISCORD_GATEWAY", "wss://a b"),
    ],
)
def test_a_wrong_value_is_told_in_one_line(env: pytest.MonkeyPatch, name: str, value: str) -> None:
    env.setenv(name, value)
    with pytest.raises(SettingsError, match=rf"\ASettings to mend: {name}: .*\Z"):
        read_settings()


def test_all_wrong_values_are_told_at_once(env: pytest.MonkeyPatch) -> None:
    names = ("RECEIPTS_DISCORD_API", "RECEIPTS_DISCORD_GATEWAY", "RECEIPTS_LOG_LEVEL")
    for name in names:
        env.setenv(name, "wrong")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    told = str(caught.value)
    assert [told.index(name) for name in names] == sorted(told.index(name) for name in names)


def test_the_token_is_never_told(env: pytest.MonkeyPatch) -> None:
    env.setenv("DISCORD_TOKEN", "hush")
    env.setenv("RECEIPTS_LOG_LEVEL", "loud")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize("value", ["moderators", "<@&123>", "0", "-1", "1.5", "१२", "1" * 20])
@pytest.mark.parametrize(
    "name", ["RECEIPTS_MODERATOR_GUILD", "RECEIPTS_MODERATOR_ROLE", "RECEIPTS_LOG_CHANNEL"]
)
def test_an_id_of_discords_is_made_of_digits(
    env: pytest.MonkeyPatch, name: str, value: str
) -> None:
    env.setenv(name, value)
    with pytest.raises(SettingsError, match=f"{name}: Must be an id of Discord's"):
        read_settings()
