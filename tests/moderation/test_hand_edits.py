"""What people do in the folder is noticed, validated and published, never written over."""

from __future__ import annotations

import pytest

from bot.errors import KnowledgeError
from bot.moderation.schedule import FOLDER, FolderEdits
from tests.moderation.small_mill import Mill, adding, article, publish_hand_edits

UNSTAMPED = "---\nid: eels\ntitle: Eels\nlanguage: en\n---\n\nEels came back to the river.\n"


def write(mill: Mill, name: str, text: str) -> None:
    (mill.knowledge / "articles" / name).write_text(text, encoding="utf-8")


def test_an_edit_is_noticed_and_becomes_a_revision_with_its_text_accepted(mill: Mill) -> None:
    publisher = mill.publisher()
    write(mill, "eels.md", UNSTAMPED)
    found = publisher.hand_edits()
    assert [edit.path for edit in found.state.edits] == ["articles/eels.md"]
    assert found.faults == ()
    revision = publish_hand_edits(publisher, who="<@7>")
    assert revision is not None
    assert (revision.what, revision.number) == ("hand edit", 2)
    assert "eels" in {one.id for one in publisher.current.articles}
    assert "sha256: " in (mill.knowledge / "articles" / "eels.md").read_text("utf-8")
    assert publisher.hand_edits().state.edits == ()
    assert publish_hand_edits(publisher, who="<@7>") is None


def test_a_faulty_edit_is_told_and_keeps_the_previous_revision(mill: Mill) -> None:
    publisher = mill.publisher()
    write(mill, "eels.md", UNSTAMPED.replace("id: eels", "id: no"))
    [fault] = publisher.hand_edits().faults[:1]
    assert str(fault.path) == "articles/eels.md"
    with pytest.raises(KnowledgeError):
        publish_hand_edits(publisher, who="x")
    assert mill.store().head.number == 1
    assert mill.publisher().current.revision == publisher.current.revision


def test_an_edit_that_is_no_text_is_told_as_a_fault(mill: Mill) -> None:
    publisher = mill.publisher()
    (mill.knowledge / "articles" / "eels.md").write_bytes(b"---\nid: eels\n---\n\n\xff\xfe")
    assert "UTF-8" in publisher.hand_edits().faults[0].problem


def test_a_conflict_is_shown_and_the_hand_s_file_stays(mill: Mill) -> None:
    publisher = mill.publisher()
    proposal = publisher.propose(adding(), what="add", why="")
    write(mill, "weir.md", UNSTAMPED.replace("eels", "weir"))
    publisher.publish(proposal, who="x")
    found = publisher.hand_edits().state
    assert [edit.path for edit in found.conflicts] == ["articles/weir.md"]
    assert publish_hand_edits(publisher, who="x") is None
    assert "Eels" in (mill.knowledge / "articles" / "weir.md").read_text("utf-8")
    [served] = [one for one in publisher.current.articles if one.id == "weir"]
    assert served.text == article().text
    publish_hand_edits(publisher, who="x", conflicts=True)
    [served] = [one for one in publisher.current.articles if one.id == "weir"]
    assert served.text == "Eels came back to the river."
    assert publisher.hand_edits().state.conflicts == ()


def test_discarding_puts_the_last_revision_back_and_is_told(mill: Mill) -> None:
    publisher = mill.publisher()
    path = mill.knowledge / "articles" / "bread.md"
    before = path.read_bytes()
    path.unlink()
    write(mill, "eels.md", UNSTAMPED)
    state = publisher.discard_hand_edits(who="<@7>")
    assert (state.edits, state.conflicts) == ((), ())
    assert path.read_bytes() == before
    assert not (mill.knowledge / "articles" / "eels.md").exists()
    [entry] = mill.told
    assert (entry.who, entry.what, entry.revision) == ("<@7>", "discard", None)


def test_the_schedule_publishes_an_edit_once_nobody_writes_it_any_more(mill: Mill) -> None:
    publisher, edits = mill.publisher(), FolderEdits()
    assert edits.look(publisher) is None
    write(mill, "eels.md", UNSTAMPED)
    assert edits.look(publisher) is None
    write(mill, "eels.md", UNSTAMPED + "They are sold at the market.\n")
    assert edits.look(publisher) is None
    told = edits.look(publisher)
    assert told is not None
    assert told.published is not None
    assert told.published.who == FOLDER
    assert edits.look(publisher) is None


def test_the_schedule_tells_a_faulty_edit_once_and_publishes_it_when_mended(mill: Mill) -> None:
    publisher, edits = mill.publisher(), FolderEdits()
    write(mill, "eels.md", UNSTAMPED.replace("id: eels", "id: no"))
    looks = [edits.look(publisher) for _ in range(4)]
    [told] = [look for look in looks if look is not None]
    assert told.published is None
    assert told.edits is not None
    assert told.edits.faults
    write(mill, "eels.md", UNSTAMPED)
    looks = [edits.look(publisher) for _ in range(2)]
    assert looks[1] is not None
    assert looks[1].published is not None


def test_the_schedule_leaves_the_loss_of_many_articles_to_a_person(mill: Mill) -> None:
    publisher, edits = mill.publisher(), FolderEdits()
    for name in ("mill-in-court.md", "il-mulino.md"):
        (mill.knowledge / "articles" / name).unlink()
    looks = [edits.look(publisher) for _ in range(3)]
    [told] = [look for look in looks if look is not None]
    assert told.edits is not None
    assert told.edits.held is not None
    assert mill.store().head.number == 1
