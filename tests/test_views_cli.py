"""`python -m bot timeline` lists, draws and tells what it cannot do."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import typer

from bot.articles.model import Article
from bot.articles.store import ArticleStore
from bot.errors import InputError
from bot.views_cli import FOUND, NOTHING, sides, timeline


@pytest.fixture
def app(knowledge: Path, monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """The command by itself, over the small knowledge base."""
    monkeypatch.setenv("RECEIPTS_KNOWLEDGE", str(knowledge))
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    commands = typer.Typer(pretty_exceptions_enable=False)
    commands.command()(timeline)
    return commands


def ended(app: typer.Typer, monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    monkeypatch.setattr(sys, "argv", ["timeline", *map(str, arguments)])
    with pytest.raises(SystemExit) as stop:
        app()
    assert isinstance(stop.value.code, int)
    return stop.value.code


def test_dated_statements_are_listed_in_order(
    app: typer.Typer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(app, monkeypatch) == FOUND
    told = capsys.readouterr().out
    places = [told.index(words) for words in ("2018", "February 2025", "March 2025", "June 2026")]
    assert places == sorted(places)


def test_scripts_get_one_object_and_a_topic_is_met_in_another_language(
    app: typer.Typer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(app, monkeypatch, "l'offerta", "--json", "--top", "1") == FOUND
    found = json.loads(capsys.readouterr().out)
    assert found["topic"] == "l'offerta"
    assert [one["when"] for one in found["statements"]] == ["2025-02"]


def test_what_has_no_date_is_told_by_the_exit_status(
    app: typer.Typer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(app, monkeypatch, "Zaphod") == NOTHING
    assert "No article has a dated statement" in capsys.readouterr().out


@pytest.mark.parametrize("options", [[], ["--light"]])
def test_a_picture_is_written(
    app: typer.Typer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, options: list[str]
) -> None:
    file = tmp_path / "timeline.png"
    assert ended(app, monkeypatch, "--picture", file, *options) == FOUND
    assert file.read_bytes().startswith(b"\x89PNG")


def test_a_picture_that_cannot_be_written_is_told_in_one_sentence(
    app: typer.Typer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "argv", ["timeline", "--picture", str(tmp_path / "no" / "t.png")])
    with pytest.raises(InputError, match="cannot be written"):
        app()


TWO_SIDES = """\
name: The mill
sides:
  - id: anna
    name: Anna's side
    people: [anna]
  - id: bruno
    name: Bruno's side
    people: [bruno]
entities:
  - {id: anna, name: Anna, kind: person, side: anna}
  - {id: bruno, name: Bruno, kind: person, side: bruno}
"""
BOTH = (
    "Anna said that the mill made too much dust for her lungs in those years. "
    "Bruno said that the mill was never dusty while he was the owner of it."
)


@pytest.fixture
def mill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ArticleStore:
    """A knowledge base with two sides and no article yet."""
    monkeypatch.setenv("RECEIPTS_KNOWLEDGE", str(tmp_path))
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    (tmp_path / "dispute.yaml").write_text(TWO_SIDES, encoding="utf-8")
    return ArticleStore(tmp_path)


def sides_of(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    commands = typer.Typer(pretty_exceptions_enable=False)
    commands.command()(sides)
    return ended(commands, monkeypatch, *arguments)


def test_both_sides_are_printed_with_what_shows_whose_words_they_are(
    mill: ArticleStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mill.write(Article("dust", "The dust", BOTH, "en"))
    assert sides_of(monkeypatch, "Was the mill dusty?") == FOUND
    told = " ".join(capsys.readouterr().out.split())
    first, second = BOTH.split(". ", 1)
    assert told.index("Anna's side") < told.index(first) < told.index("Bruno's side")
    assert second in told
    assert "by “Bruno said”" in told


def test_a_side_that_is_not_heard_is_named(
    mill: ArticleStore, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mill.write(Article("dust", "The dust", BOTH.split(". ", 1)[0] + ".", "en"))
    assert sides_of(monkeypatch, "Was there dust in the mill?", "--json") == FOUND
    assert json.loads(capsys.readouterr().out)["missing"] == ["bruno"]
    assert sides_of(monkeypatch, "Zaphod") == NOTHING
