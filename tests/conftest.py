"""The command line over a small knowledge base, for the tests of the terminal's edge."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from bot.cli import main
from tests.answers.small_knowledge import write_knowledge
from tests.support.terminal import Done, Run

# How long an example takes is the machine's affair, and no test's.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """No further processes where files are named: to start them takes longer than those tests."""
    files = (one.partition("::")[0] for one in config.args)
    return 0 if all(one.endswith(".py") for one in files) else None


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A cache folder of the tests' own, for the processes that they start, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_knowledge(tmp_path_factory.mktemp("written"))


@pytest.fixture
def knowledge(written: Path, tmp_path: Path) -> Path:
    """A knowledge base of the test's own."""
    return Path(shutil.copytree(written, tmp_path / "knowledge"))


@pytest.fixture
def run(
    knowledge: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs a command as `python -m bot` does, over the small knowledge base."""
    for name in ("RECEIPTS_LOG_LEVEL", "DISCORD_TOKEN", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("RECEIPTS_SEMANTIC", raising=False)
    monkeypatch.setenv("RECEIPTS_KNOWLEDGE", str(knowledge))
    monkeypatch.setenv("COLUMNS", "72")

    def call(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["receipts", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Done(ended.value.code, told.out, told.err)

    return call
