"""The parts of moderation are put together over any knowledge folder and data folder."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from bot.articles.starter import starter_folder
from bot.errors import KnowledgeError
from bot.moderation.source_state import States
from bot.wiring_moderation import (
    moderated_folder,
    open_publisher,
    open_revisions,
    open_source_states,
)
from tests.moderation.small_mill import Mill, adding, copied, write_mill


@pytest.fixture
def mill(tmp_path: Path) -> Mill:
    return copied(write_mill(tmp_path / "written"), tmp_path / "home")


def test_who_serves_builds_aside_and_serves_what_is_published(mill: Mill) -> None:
    store = open_revisions(mill.knowledge, mill.home / "data")
    publisher = open_publisher(store, serves=True)
    proposal = publisher.propose(adding(), what="add", why="")
    publisher.publish(proposal, who="x")
    assert "weir" in {one.id for one in publisher.current.articles}
    assert publisher.current.answer("Who broke the weir above the mill?").citations
    assert open_revisions(mill.knowledge, mill.home / "data").head.number == 2


def test_where_no_other_process_can_be_started_it_is_built_here(
    mill: Mill, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    store = open_revisions(mill.knowledge, mill.home / "data")
    publisher = open_publisher(store, serves=True)
    from multiprocessing import spawn

    before = spawn.get_executable()
    spawn.set_executable(str(mill.home / "no-python"))
    try:
        proposal = publisher.propose(adding(), what="add", why="")
    finally:
        spawn.set_executable(before or sys.executable)
    assert proposal.built is not None
    assert "looked at while answering" in caplog.text


def test_a_folder_that_does_not_exist_is_planted(tmp_path: Path) -> None:
    store = open_revisions(tmp_path / "kb", tmp_path / "data")
    assert store.head.number == 1
    assert (tmp_path / "kb" / "dispute.yaml").is_file()


def test_a_folder_that_is_gone_is_told_and_never_taken_for_hand_edits(mill: Mill) -> None:
    store = open_revisions(mill.knowledge, mill.home / "data")
    publisher = open_publisher(store)
    publisher.publish(publisher.propose(adding(), what="add", why=""), who="x")
    shutil.rmtree(mill.knowledge)
    state = open_revisions(mill.knowledge, mill.home / "data").sync()
    assert (state.edits, state.conflicts) == ((), ())
    assert "is gone" in state.problems[0]
    mill.knowledge.mkdir()
    state = open_revisions(mill.knowledge, mill.home / "data").sync()
    assert (state.edits, state.problems) == ((), ())
    assert (mill.knowledge / "articles" / "weir.md").is_file()


def test_a_faulty_folder_does_not_become_the_first_revision(mill: Mill) -> None:
    (mill.knowledge / "articles" / "bread.md").write_text("nothing")
    with pytest.raises(KnowledgeError, match="no front matter"):
        open_revisions(mill.knowledge, mill.home / "data")
    assert not (mill.home / "data" / "revisions.sqlite3").exists()


def test_without_a_folder_the_checkout_s_is_moderated(tmp_path: Path) -> None:
    assert moderated_folder(None, tmp_path) == starter_folder()
    assert moderated_folder(tmp_path, tmp_path / "data") == tmp_path


def test_what_is_remembered_of_sources_lies_in_the_data_folder(tmp_path: Path) -> None:
    open_source_states(tmp_path / "data").remember(States())
    assert (tmp_path / "data" / "sources.json").is_file()
