"""What the README says is so: its command lines, its example, its contract, its settings."""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from bot.config import Settings, read_settings

PROJECT = Path(__file__).resolve().parents[1]
README = (PROJECT / "README.md").read_text(encoding="utf-8")
FIRST = "pip install . && python -m bot"
TESTS = 'pip install -e ".[dev]" && python -m pytest'
NOT_SET = {"DISCORD_TOKEN", "RECEIPTS_KNOWLEDGE", "RECEIPTS_SEMANTIC", "RECEIPTS_FAST"}


def blocks(language: str, text: str = README) -> list[str]:
    """The code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def receipts(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key not in NOT_SET}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=PROJECT,
        env=environment | {"COLUMNS": "80"},
        capture_output=True,
        text=True,
        check=False,
    )


def examples() -> dict[str, str]:
    """The settings of .env.example and their values there."""
    lines = (PROJECT / ".env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_both_command_lines_stand_there_and_ci_runs_the_second() -> None:
    assert blocks("sh") == [f"{FIRST}\n", f"{TESTS}\n"]
    assert (PROJECT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == TESTS
    assert blocks("sh", (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")) == [f"{TESTS}\n"]


def test_ci_can_be_run() -> None:
    script = PROJECT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0


def test_the_example_is_what_is_printed() -> None:
    command, *shown = blocks("text")[0].splitlines(keepends=True)
    done = receipts(*shlex.split(command.removeprefix("$ python -m bot ")))
    assert done.returncode == 0, done.stderr
    printed = "\n".join(line.rstrip() for line in done.stdout.splitlines())
    at = 0
    for part in filter(None, "".join(shown).split("…\n")):
        assert part in printed[at:]
        at = printed.index(part, at) + len(part)


def test_every_command_is_in_the_table_and_every_command_in_the_table_is_there() -> None:
    from bot.cli import app
    from bot.kb_cli import app as kb

    ours = {
        str(one.name or getattr(one.callback, "__name__", "")) for one in app.registered_commands
    }
    ours |= {
        f"kb {one.name or getattr(one.callback, '__name__', '')}" for one in kb.registered_commands
    }
    ours.remove("kb")  # hands over to the latter
    told = set(re.findall(r"^\| `((?:kb )?[a-z]+)", README, re.MULTILINE))
    assert told == ours


def test_the_contract_for_scripts_is_the_objects_shape() -> None:
    done = receipts("ask", "--json", "--after", "Why did Musk leave OpenAI?", "And when?")
    assert done.returncode in (0, 1), done.stderr
    assert _shape(json.loads(done.stdout)) == _shape(_contract())


def _contract() -> object:
    """The contract as an object: types as one of their values."""
    [text] = [block for block in blocks("text") if block.startswith('{"question"')]
    for written, value in (
        ('"YYYY-MM-DD" or null', '""'),
        ("str or null", '""'),
        ("[start, end]", "0"),
        ("float", "0.0"),
        ("bool", "true"),
        ("int", "0"),
        ("str", '""'),
    ):
        text = re.sub(rf"(?<![\w\"]){re.escape(written)}(?![\w\"])", value, text)
    return json.loads(text)


def _shape(value: object) -> object:
    """The names in an object; what is a list of objects is told by its first."""
    if isinstance(value, dict):
        return {key: _shape(part) for key, part in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [_shape(value[0])]
    return None


def test_every_setting_is_in_the_example_file_with_its_default(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = ast.parse((PROJECT / "bot" / "config.py").read_text(encoding="utf-8"))
    read = {
        node.value
        for node in ast.walk(source)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"(?:DISCORD|RECEIPTS)_[A-Z_]+", node.value)
    }
    assert set(examples()) == read

    for key in os.environ:
        if key.startswith(("DISCORD_", "RECEIPTS_")):
            monkeypatch.delenv(key)
    assert read_settings() == Settings()
    for key, value in examples().items():
        monkeypatch.setenv(key, value)
    assert read_settings() == Settings()


def test_every_setting_in_the_example_file_is_explained() -> None:
    lines = (PROJECT / ".env.example").read_text(encoding="utf-8").splitlines()
    for before, line in pairwise(lines):
        if line and not line.startswith("#"):
            assert before.startswith("# "), line


def test_the_readmes_table_of_settings_is_the_example_files() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| `?([^`|]*?)`? ?\|", README, re.MULTILINE)
    assert dict(rows) == examples()
