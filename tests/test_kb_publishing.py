"""`kb` publishes, goes back, lists and tells, as moderators do it in Discord."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.articles.passage_key import key_of
from bot.articles.split import split
from bot.articles.store import ArticleStore
from bot.kb_cli import app
from bot.records.store import Records
from tests.moderation.small_mill import WEIR, copied, write_mill

Kb = Callable[..., Result]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_mill(tmp_path_factory.mktemp("mill") / "home")


@pytest.fixture
def home(written: Path, tmp_path: Path) -> Path:
    return copied(written, tmp_path / "home").home


@pytest.fixture
def kb(home: Path) -> Kb:
    env = {"RECEIPTS_KNOWLEDGE": str(home / "knowledge"), "RECEIPTS_DATA": str(home / "data")}
    runner = CliRunner()

    def call(*arguments: str | Path, says: str = "") -> Result:
        return runner.invoke(app, [*map(str, arguments)], input=says, env={**env, "COLUMNS": "200"})

    return call


@pytest.fixture
def weir(tmp_path: Path) -> Path:
    path = tmp_path / "weir.md"
    path.write_text(f"# The weir\n\n{WEIR}", encoding="utf-8")
    return path


def stored(home: Path) -> set[str]:
    return {one.id for one in ArticleStore(home / "knowledge").read()}


def test_add_shows_what_would_be_stored_and_publishes_when_told_to(
    kb: Kb, home: Path, weir: Path
) -> None:
    refused = kb("add", weir, says="n\n")
    assert refused.exit_code == 1
    for told in ("The weir", "id: the-weir", "passages: ", "new the-weir", "Publish it?"):
        assert told in refused.output
    assert "the-weir" not in stored(home)
    done = kb("add", weir, "--title", "Stones", "--published", "2027-05-01", "--yes")
    assert done.exit_code == 0, done.output
    assert "revision 2·" in done.output
    article = ArticleStore(home / "knowledge").get("the-weir")
    assert (article.title, str(article.published)) == ("Stones", "2027-05-01")
    again = kb("add", weir, "--yes")
    assert (again.exit_code, "holds this text already" in again.output) == (2, True)


def test_add_reads_standard_input(kb: Kb, home: Path) -> None:
    done = kb("add", "-", "--title", "Pasted", "--yes", says=WEIR)
    assert done.exit_code == 0, done.output
    assert "pasted" in stored(home)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["add", ""], "The name is empty"),
        (["add", "nowhere.md"], "nowhere.md cannot be read"),
        (["add", "http://127.0.0.1/x"], "not an address of the public internet"),
        (["show", "nobody"], "no article `nobody`; `kb list` names them"),
        (["remove", "nobody"], "no article `nobody`"),
        (["restore", "9"], "There is no revision 9"),
        (["diff", "1", "9"], "There is no revision 9"),
        (["undo"], "nothing left to undo"),
        (["refresh", "nobody"], "There is no source `nobody`"),
        (["gaps", "draft", "1"], "There is no gap 1"),
        (["pin", "Why?"], "Name the passage"),
        (["pin", "Why?", "bread#99"], "There is no passage bread#99"),
        (["export", "nowhere/x.zip"], "cannot be written"),
    ],
    ids=lambda told: " ".join(told) if isinstance(told, list) else "",
)
def test_a_fault_ends_with_two_and_a_sentence(kb: Kb, arguments: list[str], told: str) -> None:
    done = kb(*arguments)
    assert done.exit_code == 2, done.output
    assert told in done.output


def test_remove_undo_restore_history_and_diff(kb: Kb, home: Path) -> None:
    removed = kb("remove", "bread", "--why", "stale", "--yes")
    assert removed.exit_code == 0, removed.output
    assert "gone bread" in removed.output
    assert "bread" not in stored(home)
    assert kb("undo", says="n\n").exit_code == 1
    assert "bread" not in stored(home)
    undone = kb("undo", "--yes")
    assert "new bread" in undone.output
    assert "bread" in stored(home)
    assert kb("restore", "2", "--why", "it was right", "--yes").exit_code == 0
    assert "bread" not in stored(home)
    told = kb("history").output.splitlines()
    assert [line.split("  ")[3].split(":")[0] for line in told] == [
        "restore", "undo of 2", "remove", "import",
    ]  # fmt: skip
    assert "stale" in told[2]
    assert kb("diff", "3", "4").output == "gone bread: Bread of the valley\n"


def test_list_show_status_and_export(kb: Kb, home: Path, tmp_path: Path) -> None:
    assert "bread  no day  en  Bread of the valley" in kb("list").output
    shown = kb("show", "bread").output
    assert "bread#1" in shown
    assert "Old bakers still prefer stone to steel." in shown
    status = kb("status").output
    assert "articles  4 (en 3, it 1)" in status
    assert "revision  1·" in status
    assert kb("export", tmp_path / "all.zip").exit_code == 0
    assert len(zipfile.ZipFile(tmp_path / "all.zip").namelist()) == 4
    refused = kb("export", tmp_path / "all.zip", "--revision", "9")
    assert (refused.exit_code, "There is no revision 9" in refused.output) == (2, True)
    assert len(zipfile.ZipFile(tmp_path / "all.zip").namelist()) == 4


def test_a_file_that_was_removed_by_hand_is_told_as_removed(kb: Kb, home: Path) -> None:
    kb("status")  # revision 1 is the folder as it was
    (home / "knowledge" / "articles" / "bread.md").unlink()
    assert "edited    articles/bread.md (removed)" in kb("status").output


def test_what_import_writes_is_a_hand_edit_that_can_be_published_or_discarded(
    kb: Kb, home: Path, weir: Path
) -> None:
    kb("status")  # revision 1 is the folder as it was
    assert kb("import", weir).exit_code == 0
    assert "edited    articles/the-weir.md" in kb("status").output
    assert kb("edits", "--discard", says="n\n").exit_code == 1
    assert kb("edits", "--discard", "--yes").exit_code == 0
    assert "the-weir" not in stored(home)
    kb("import", weir)
    done = kb("edits", "--yes")
    assert done.exit_code == 0, done.output
    assert "hand edit" in kb("history").output
    assert "Nothing to publish" in kb("edits").output


def test_what_needs_a_person_is_not_published_with_yes(kb: Kb, home: Path) -> None:
    kb("status")
    for name in ("mill-in-court", "il-mulino"):
        (home / "knowledge" / "articles" / f"{name}.md").unlink()
    done = kb("edits", "--yes")
    assert done.exit_code == 1
    assert "a person must look at it" in done.output
    assert kb("edits", says="y\n").exit_code == 0


def test_a_pin_is_set_and_taken_away(kb: Kb, home: Path) -> None:
    done = kb("pin", "Why did Anna leave the mill?", "bread#1", "--yes")
    assert done.exit_code == 0, done.output
    assert "article: bread" in (home / "knowledge" / "pins.yaml").read_text("utf-8")
    assert "Nothing would change." in kb("pin", "Why did Anna leave the mill?", "bread#1").output
    assert kb("pin", "Why did Anna leave the mill?", "--remove", "--yes").exit_code == 0
    assert (home / "knowledge" / "pins.yaml").read_text("utf-8") == "pins: []\n"


def test_gaps_are_grouped_and_drafted_and_reports_listed(kb: Kb, home: Path) -> None:
    kb("status")  # makes the data folder
    [passage, *_] = split(ArticleStore(home / "knowledge").get("bread"))
    with closing(Records.open(home / "data" / "records.sqlite3")) as records:
        for question in ("Who owns the mill?", "Who owns the mill?", "who owns that mill"):
            records.note_gap(question, "en", private=False)
        records.report(key_of(passage), "It is\nout of date.", 7)
        records.report("no key", "Gone.", 8)
        records.flush()
    assert kb("gaps").output.splitlines() == [
        "1  3 × who owns the mill?",
        "   1 × who owns that mill",
    ]
    drafted = kb("gaps", "draft", "1").output
    assert "title: who owns the mill?\n" in drafted
    told = kb("reports").output
    assert "bread#1: It is\\nout of date." in told
    assert "a passage that is gone: Gone." in told


def test_refresh_without_sources_says_so_and_with_bad_ones_goes_on(kb: Kb, home: Path) -> None:
    assert "There are no sources" in kb("refresh").output
    (home / "knowledge" / "sources.yaml").write_text(
        "sources:\n  - {id: a, address: 'http://127.0.0.1/x'}\n"
    )
    assert kb("edits", "--yes").exit_code == 0
    done = kb("refresh", "--yes")
    assert done.exit_code == 0, done.output
    assert "failed http://127.0.0.1/x: `127.0.0.1` is not an address" in done.output
    assert "source    a: 20" in kb("status").output
