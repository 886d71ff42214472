"""`kb import` and `kb check` tell people what became of their files."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.articles.starter import plant
from bot.kb_cli import app
from tests.articles.test_importing import BODY


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.delenv("RECEIPTS_KNOWLEDGE", raising=False)
    return CliRunner()


def test_import_and_check_end_with_zero_when_all_is_well(cli: CliRunner, tmp_path: Path) -> None:
    raw = tmp_path / "a.txt"
    raw.write_text(f"A title of [bold] words\n\n{BODY}\n\nLeave a Reply")
    done = cli.invoke(app, ["import", str(raw), "--knowledge", str(tmp_path / "kb")])
    assert done.exit_code == 0, done.output
    assert "a-title-of-bold-words" in done.output
    assert "line 5: left out the page's comments: Leave a Reply" in done.output
    checked = cli.invoke(app, ["check", "--knowledge", str(tmp_path / "kb")])
    assert checked.exit_code == 0, checked.output
    assert "no faults, 1 articles" in checked.output


def test_a_refused_file_ends_with_two_and_a_sentence(cli: CliRunner, tmp_path: Path) -> None:
    done = cli.invoke(app, ["import", str(tmp_path / "none"), "--knowledge", str(tmp_path / "kb")])
    assert done.exit_code == 2
    assert "There is no such file." in done.output


def test_an_empty_name_is_refused_and_is_not_this_folder(cli: CliRunner, tmp_path: Path) -> None:
    done = cli.invoke(app, ["import", "", "--knowledge", str(tmp_path / "kb")])
    assert done.exit_code == 2
    assert "A name is empty" in done.output
    assert not (tmp_path / "kb").exists()


def test_a_line_end_in_a_file_s_name_is_shown_escaped(cli: CliRunner, tmp_path: Path) -> None:
    raw = tmp_path / "two\nlines.txt"
    raw.write_text(f"A title of some words\n\n{BODY}")
    for status in ("imported", "unchanged"):
        done = cli.invoke(app, ["import", str(raw), "--knowledge", str(tmp_path / "kb")])
        assert done.output.lstrip().startswith(status)
        assert "two\\nlines.txt" in done.output


def test_the_folder_may_come_from_the_environment(cli: CliRunner, tmp_path: Path) -> None:
    raw = tmp_path / "a.txt"
    raw.write_text(f"A title of some words\n\n{BODY}")
    env = {"RECEIPTS_KNOWLEDGE": str(tmp_path / "kb")}
    assert cli.invoke(app, ["import", str(raw)], env=env).exit_code == 0
    assert (tmp_path / "kb" / "articles" / "a-title-of-some-words.md").is_file()


def test_check_tells_all_faults_with_file_line_and_advice(cli: CliRunner, tmp_path: Path) -> None:
    folder = tmp_path / "kb"
    plant(folder)
    cli.invoke(app, ["check", "--stamp", "--knowledge", str(folder)])
    (folder / "articles" / "x.md").write_text("---\nid: y\ntitle: X\n---\nText.\n")
    (folder / "sources.yaml").write_text("sources:\n  - {id: a, feed: nowhere, every: 6}\n")
    (folder / "questions.yaml").write_text(
        "questions:\n- {id: a, kind: same, lang: en, q: What?, relevant: [standing nowhere]}\n"
        "- {id: a, kind: same, lang: en, q: What?}\n"
    )
    (folder / "dispute.yaml").write_text("name: no\n")
    done = cli.invoke(app, ["check", "--knowledge", str(folder)])
    assert done.exit_code == 2
    for told in (
        "x.md:2: The id `y`", "x.md:1: The article has no `sha256`", "sources.yaml:2: `feed`",
        "sources.yaml:2: `every`", "questions.yaml:2: No article holds `standing nowhere`",
        "questions.yaml:3: The id `a` stands twice", "questions.yaml:3: What answers",
        "dispute.yaml:1: `name`: YAML reads no as a truth value", 'Put it in quotes, "no".',
    ):  # fmt: skip
        assert told in done.output


def test_a_file_where_the_folder_should_be_is_told_without_permissions(
    cli: CliRunner, tmp_path: Path
) -> None:
    raw, file = tmp_path / "a.txt", tmp_path / "file"
    raw.write_text(f"A title of some words\n\n{BODY}")
    file.write_text("a file")
    for folder in (file, file / "kb"):
        done = cli.invoke(app, ["import", str(raw), "--knowledge", str(folder)])
        assert done.exit_code == 2
        assert "is not a folder" in done.output
        assert "permissions" not in done.output


def test_stamping_accepts_a_change_made_by_hand(cli: CliRunner, tmp_path: Path) -> None:
    folder = tmp_path / "kb"
    (folder / "articles").mkdir(parents=True)
    path = folder / "articles" / "x.md"
    path.write_text("---\nid: x\ntitle: X\n---\nText.\n")
    assert cli.invoke(app, ["check", "--knowledge", str(folder)]).exit_code == 2
    assert cli.invoke(app, ["check", "--stamp", "--knowledge", str(folder)]).exit_code == 0
    assert "sha256: " in path.read_text()


def test_a_folder_that_does_not_exist_is_told_in_a_sentence(cli: CliRunner, tmp_path: Path) -> None:
    done = cli.invoke(app, ["check", "--knowledge", str(tmp_path / "none")])
    assert done.exit_code == 2
    assert "There is no folder" in done.output
