"""Receipts without Discord: the sandbox, the real bot against it, and a page to talk to it.

Must not know how the bot answers, nor how the page looks.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import webbrowser
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from bot.client import point_at, serve, set_up_logging
from bot.cogs.desk import Desk
from bot.errors import SettingsError, why_not_read
from bot.sandbox import Description, Permission, Sandbox
from bot.sandbox.page import Page
from bot.sandbox.page.guard import is_loopback
from bot.sandbox.trouble import make_trouble

NAME = "Receipts"
WRITING = (
    Permission.SEND_MESSAGES
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.ADD_REACTIONS
    | Permission.USE_APPLICATION_COMMANDS
)


@dataclass(frozen=True, slots=True)
class Trial:
    """How to try the bot.

    Attributes:
        host: the address to listen on; other machines can reach it unless it is the loopback.
        port: the port, or 0 for a free one.
        browser: open a browser at the page.
        faults: make trouble now and then.
        description: a file with Discord's OpenAPI description, to check the bot's requests with.
        log_level: a level of the standard library's logging.
    """

    host: str = "127.0.0.1"
    port: int = 0
    browser: bool = True
    faults: bool = False
    description: Path | None = None
    log_level: int = 30


def try_out(desk: Desk, trial: Trial, tell: Callable[[str], None]) -> None:
    """Serves the page with the bot behind it until it is told to stop (SIGTERM or SIGINT).

    Args:
        tell: says a line to whoever started it.

    Raises:
        SettingsError: the port cannot be listened on, or the description cannot be read.
    """
    set_up_logging(trial.log_level)
    asyncio.run(_try_out(desk, trial, tell))


async def _try_out(desk: Desk, trial: Trial, tell: Callable[[str], None]) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    sandbox = Sandbox(
        bot_name=NAME,
        guild_name=NAME,
        host=trial.host,
        port=trial.port,
        description=_described(trial.description),
    )
    page = furnished(sandbox, everywhere=not is_loopback(trial.host))
    async with AsyncExitStack() as open_until_the_end:
        try:
            await open_until_the_end.enter_async_context(sandbox)
        except OSError as error:
            raise SettingsError(
                f"{trial.host}:{trial.port} cannot be listened on ({error.strerror});"
                " choose another with --port."
            ) from error
        await open_until_the_end.enter_async_context(page)
        point_at(sandbox.api_url, sandbox.gateway_url)
        running = [asyncio.create_task(serve(desk, sandbox.token, stop))]
        if trial.faults:
            running.append(asyncio.create_task(make_trouble(sandbox, random.Random())))  # noqa: S311
        # Its commands are registered before it connects, so that whoever opens the page finds them.
        listening = asyncio.create_task(sandbox.bot_connected())
        await asyncio.wait({listening, running[0]}, return_when=asyncio.FIRST_COMPLETED)
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)
        tell(f"{NAME} is here: {page.address}")
        tell("Stop it with Ctrl-C.")
        if trial.browser and not os.environ.get("CI"):
            await asyncio.to_thread(webbrowser.open, page.address)
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({stopping, running[0]}, return_when=asyncio.FIRST_COMPLETED)
        stop.set()
        for task in (stopping, *running[1:]):
            task.cancel()
        await asyncio.gather(stopping, *running[1:], return_exceptions=True)
        await running[0]


def _described(path: Path | None) -> Description | None:
    if path is None:
        return None
    try:
        return Description.load(path)
    except ModuleNotFoundError:
        raise SettingsError("--description needs jsonschema: pip install '.[dev]'") from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} {why_not_read(error)}") from error
    except (ValueError, LookupError, TypeError) as error:
        raise SettingsError(f"{path} is not an OpenAPI description; name Discord's.") from error


def furnished(sandbox: Sandbox, *, everywhere: bool = False) -> Page:
    """The page of a sandbox with two channels, a thread, and three people to be.

    Args:
        everywhere: other machines are let in on purpose.
    """
    ada = sandbox.user("Ada")
    mona = sandbox.user("Mona", permissions=Permission.MANAGE_GUILD | Permission.MANAGE_MESSAGES)
    sami = sandbox.user("Sami")
    sources = sandbox.add_channel("sources")
    sandbox.overwrite(sandbox.channel, sami, deny=WRITING)
    sandbox.overwrite(sources, sami, deny=WRITING | Permission.VIEW_CHANNEL)
    thread = sandbox.thread(ada, sandbox.channel, "why he left")
    sandbox.post(ada, thread, "A thread is a place of its own; ask here, too.")
    people = {ada: "member", mona: "moderator", sami: "stranger"}
    return Page(sandbox, people, everywhere=everywhere)
