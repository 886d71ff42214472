"""The figures of the knowledge base are those of what is served and of what waits."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.moderation.source_state import SourceState, SourceStates, States
from bot.moderation.status import status_of
from tests.moderation.small_mill import Mill

AT = datetime(2026, 3, 1, tzinfo=UTC)
SOURCES = """\
sources:
  - {id: one, address: https://example.org/one}
  - {id: two, address: https://example.org/two}
"""


def test_status_tells_what_there_is(mill: Mill, tmp_path: Path) -> None:
    (mill.knowledge / "sources.yaml").write_text(SOURCES)
    publisher = mill.publisher()
    states = SourceStates(tmp_path / "sources.json")
    states.remember(States(sources={"two": SourceState(AT, "It failed.")}))
    (mill.knowledge / "articles" / "bread.md").unlink()
    status = status_of(publisher, states)
    assert status.revision.label == status.served == publisher.current.revision
    assert (status.articles, dict(status.languages)) == (4, {"en": 3, "it": 1})
    assert status.passages == len(publisher.current.passages)
    assert [(one.id, one.checked) for one in status.sources] == [("one", None), ("two", AT)]
    assert status.last_error == "It failed."
    assert [edit.path for edit in status.hand_edits] == ["articles/bread.md"]
    assert (status.conflicts, status.problems) == ((), ())
    assert status.memory_bytes is not None
    assert status.memory_bytes > 10_000_000


def test_faults_of_sources_and_hand_edits_are_told_as_problems(mill: Mill, tmp_path: Path) -> None:
    (mill.knowledge / "sources.yaml").write_text("sources: 3\n")
    publisher = mill.publisher()
    (mill.knowledge / "articles" / "bread.md").write_text("nothing")
    status = status_of(publisher, SourceStates(tmp_path / "sources.json"))
    told = "\n".join(status.problems)
    assert "sources.yaml" in told
    assert "articles/bread.md:1: The file has no front matter." in told
    assert status.sources == ()
