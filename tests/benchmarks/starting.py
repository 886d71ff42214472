"""What starting costs: `python -m tests.benchmarks.starting FOLDER... [--sizes 1000,100000]`.

Knowledge bases of real sentences, from public collections, are made and opened once, so that they
are saved; then fresh processes start, again and again. CPU is user and system time of a whole
process, from its start on; memory is what is resident, and the part of it that is the process's
own. Modules are compiled already, as those of an installed Receipts are. For Linux.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from bot.printing import console
from bot.sandbox import Sandbox
from tests.benchmarks.bases import write_base
from tests.benchmarks.texts import read_material

PROJECT = Path(__file__).resolve().parents[2]
QUESTION = "Why did Musk leave OpenAI?"
RUNNING = 1_000
"""How many passages the running bot has."""
_ASKED = 20
"""Questions to the running bot before its memory is read."""
_PATIENCE = 120.0
_TICKS = os.sysconf("SC_CLK_TCK")

_TELL = """
import time
status = dict(line.split(":") for line in open("/proc/self/status"))
print(time.process_time(), *(status[name].split()[0] for name in ("VmRSS", "RssAnon")))
"""
_OPEN = f"""
import sys
from pathlib import Path
from bot.loading import loading
with loading():
    from bot.wiring import open_knowledge_base
    line = str((Path(sys.argv[2]) / "revisions").resolve())  # the bot's, so that it is made once
    opened = open_knowledge_base(Path(sys.argv[1]), name="1", succeeds=line)
{_TELL}
"""
_DESK = f"""
import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
import bot.cli
from bot.loading import loading
with ExitStack() as opened:
    with loading():
        import bot.client
        from bot.config import read_settings
        from bot.wiring_desk import open_desk
        settings = replace(read_settings(), data=Path(sys.argv[2]))
        opened.enter_context(open_desk(Path(sys.argv[1]), settings))
    exec({_TELL!r})
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took: seconds, and megabytes in all and of its own."""

    cpu: float
    resident: float | None = None
    own: float | None = None


@dataclass(frozen=True, slots=True)
class Goal:
    """What it should stay below."""

    cpu: float | None = None
    resident: float | None = None


_Measure = Callable[[Sequence[str], Mapping[str, str]], Cost]


def main(
    folders: Annotated[list[Path] | None, typer.Argument(help="Collections.")] = None,
    sizes: Annotated[str, typer.Option(help="How many passages, with commas.")] = "1000,100000",
    times: Annotated[int, typer.Option(min=1, help="How often each is started.")] = 7,
) -> None:
    """Print CPU and memory of a question, of opening, and of the running bot, beside the goals."""
    material = read_material(folders or [])
    rows: list[tuple[str, list[Cost], Goal]] = []
    with tempfile.TemporaryDirectory() as aside:
        home = Path(aside)
        env = _environment(home)
        ask = ["-m", "bot", "ask", QUESTION]
        _whole(ask, env)
        rows.append(("ask, starter base", _repeat(_whole, ask, env, times), Goal(cpu=0.6)))
        for size in sorted({RUNNING, *map(int, sizes.split(","))}):
            folder, data = home / f"knowledge-{size}", home / f"data-{size}"
            data.mkdir()
            write_base(folder, material, size)
            goal = Goal(cpu=1.0, resident=180.0)
            for name, code in (("bot's desk", _DESK), ("knowledge base", _OPEN)):
                command = ["-c", code, str(folder), str(data)]
                _told(command, env)
                rows.append((f"{name}, {size:,}", _repeat(_told, command, env, times), goal))
            if size == RUNNING:
                started, asked = asyncio.run(
                    _running(folder, home, env, material.questions[:_ASKED])
                )
                rows.append((f"bot connected, {size:,}", [started], Goal(cpu=1.0)))
                goal = Goal(resident=120.0)
                rows.append((f"bot after {_ASKED} questions, {size:,}", [asked], goal))
    _print(rows)


def _environment(home: Path) -> dict[str, str]:
    ours = ("RECEIPTS_", "DISCORD_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "XDG_CACHE_HOME": str(home / "cache"), "XDG_DATA_HOME": str(home / "data")}


def _repeat(
    measure: _Measure, command: Sequence[str], env: Mapping[str, str], n: int
) -> list[Cost]:
    return [measure(command, env) for _ in range(n)]


def _whole(command: Sequence[str], env: Mapping[str, str]) -> Cost:
    """A process until its end, when its memory is gone."""
    process = subprocess.Popen(
        [sys.executable, *command], cwd=PROJECT, env=dict(env), stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    return Cost(used.ru_utime + used.ru_stime)


def _told(command: Sequence[str], env: Mapping[str, str]) -> Cost:
    """What a process tells of itself when it is ready."""
    done = subprocess.run(
        [sys.executable, *command], cwd=PROJECT, env=dict(env), stdout=subprocess.PIPE, check=True
    )
    cpu, resident, own = map(float, done.stdout.split()[-3:])
    return Cost(cpu, resident / 1024, own / 1024)


async def _running(
    folder: Path, home: Path, env: Mapping[str, str], questions: Sequence[str]
) -> tuple[Cost, Cost]:
    """The bot in a process of its own, against the sandbox in this one: connected, and later."""
    async with Sandbox(patience=_PATIENCE) as sandbox:
        settings = {
            "DISCORD_TOKEN": sandbox.token,
            "RECEIPTS_DISCORD_API": sandbox.api_url,
            "RECEIPTS_DISCORD_GATEWAY": sandbox.gateway_url,
            "RECEIPTS_KNOWLEDGE": str(folder),
            "RECEIPTS_DATA": str(home / f"data-{RUNNING}"),
            "RECEIPTS_LOG_LEVEL": "ERROR",
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=PROJECT, env={**env, **settings}
        )
        try:
            await sandbox.bot_connected()
            started = _of_process(process.pid)
            for number, question in enumerate(questions):
                # Each by somebody else, as one member may not ask so much at once.
                await sandbox.slash(sandbox.user(f"Ada {number}"), "ask", question=question)
            asked = _of_process(process.pid)
        finally:
            process.terminate()
            await process.wait()
    return started, asked


def _of_process(pid: int) -> Cost:
    place = Path("/proc") / str(pid)
    status = dict(line.split(":", 1) for line in (place / "status").read_text().splitlines())
    resident, own = (float(status[name].split()[0]) / 1024 for name in ("VmRSS", "RssAnon"))
    after_name = (place / "stat").read_text().rpartition(")")[2].split()
    return Cost(sum(map(int, after_name[11:13])) / _TICKS, resident, own)


def _print(rows: Sequence[tuple[str, Sequence[Cost], Goal]]) -> None:
    table = Table()
    for heading in ("", "CPU s, median", "min", "goal", "RSS MB", "own MB", "goal"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, costs, goal in rows:
        cpu = [cost.cpu for cost in costs]
        resident = [cost.resident for cost in costs if cost.resident is not None]
        own = [cost.own for cost in costs if cost.own is not None]
        table.add_row(
            name,
            f"{statistics.median(cpu):.2f}",
            f"{min(cpu):.2f}",
            "" if goal.cpu is None else f"{goal.cpu:.1f}",
            f"{statistics.median(resident):.0f}" if resident else "",
            f"{statistics.median(own):.0f}" if own else "",
            "" if goal.resident is None else f"{goal.resident:.0f}",
        )
    console().print(table)


if __name__ == "__main__":
    typer.run(main)
