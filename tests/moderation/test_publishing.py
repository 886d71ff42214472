"""A change is looked at aside, becomes a revision, and is served; or nothing at all happens."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers.knowledge_base import KnowledgeBase
from bot.articles.store import ArticleStore
from bot.errors import ArticleNotFound, InputError, KnowledgeError, RevisionConflict
from bot.moderation.publishing import Publisher, Step
from bot.revisions.model import Revision
from tests.moderation.small_mill import Mill, adding, article


def ids(publisher: Publisher) -> set[str]:
    return {one.id for one in publisher.current.articles}


def added(publisher: Publisher) -> Revision:
    proposal = publisher.propose(adding(), what="add", why="news")
    return publisher.publish(proposal, who="<@7>")


def in_step(publisher: Publisher, mill: Mill) -> None:
    """What is served is what the store, opened anew, says is published."""
    assert publisher.current.revision == mill.store().head.label


def test_a_proposal_changes_nothing_that_is_served_or_published(mill: Mill) -> None:
    publisher = mill.publisher()
    steps: list[Step] = []
    proposal = publisher.propose(adding(), what="add", why="news", on_progress=steps.append)
    assert steps == ["stage", "check", "build", "compare"]
    assert [one.id for one in proposal.diff.new] == ["weir"]
    assert (proposal.faults, proposal.held, proposal.moved) == ((), None, ())
    assert "weir" not in ids(publisher)
    assert [one.number for one in publisher.history(9)] == [1]
    assert mill.told == []
    assert not (mill.knowledge / "articles" / "weir.md").exists()


def test_what_is_published_is_served_built_once_and_told(mill: Mill) -> None:
    publisher = mill.publisher()
    revision = added(publisher)
    assert len(mill.built) == 1
    assert "weir" in ids(publisher)
    assert publisher.current.revision == revision.label
    assert (mill.knowledge / "articles" / "weir.md").is_file()
    [entry] = mill.told
    assert (entry.who, entry.what, entry.why) == ("<@7>", "add", "news")
    assert (entry.revision, entry.at) == (revision.label, revision.at)
    in_step(publisher, mill)


def test_what_changes_nothing_is_not_built_published_or_told(mill: Mill) -> None:
    publisher = mill.publisher()
    added(publisher)
    mill.built.clear()
    mill.told.clear()
    proposal = publisher.propose(adding(), what="add", why="again")
    assert proposal.changes_nothing
    assert publisher.publish(proposal, who="x").number == 2
    assert (mill.built, mill.told) == ([], [])


def test_a_broken_article_keeps_the_previous_revision(mill: Mill) -> None:
    publisher = mill.publisher()
    broken = {"articles/weir.md": b"---\nid: other\ntitle: X\n---\n\nText.\n"}
    proposal = publisher.propose(broken, what="add", why="")
    [fault] = proposal.faults
    assert str(fault.path) == "articles/weir.md"
    assert proposal.built is None
    with pytest.raises(KnowledgeError, match="keeps serving"):
        publisher.publish(proposal, who="x")
    assert (len(mill.built), mill.told) == (0, [])
    assert publisher.history(1)[0].number == 1
    in_step(publisher, mill)


def test_judged_questions_whose_first_passage_changes_are_told(mill: Mill) -> None:
    publisher = mill.publisher()
    proposal = publisher.remove("mill-in-court", why="")
    [moved] = proposal.moved
    assert moved.question == "What did the jury find?"
    assert moved.before is not None
    assert moved.before.article.id == "mill-in-court"
    assert moved.after is None
    assert [fault.problem for fault in proposal.outdated] == ["No article holds `waited too long`."]
    assert 0 < proposal.share_lost < 1
    assert proposal.held is not None
    publisher.publish(proposal, who="x")
    assert not publisher.current.answer("What did the jury find?").answered


def test_an_article_that_is_not_there_cannot_be_removed(mill: Mill) -> None:
    with pytest.raises(ArticleNotFound):
        mill.publisher().remove("nobody", why="")


def test_a_proposal_made_before_somebody_published_is_merged_and_built_again(mill: Mill) -> None:
    publisher = mill.publisher()
    early = publisher.propose(adding(), what="add", why="weir")
    publisher.publish(publisher.remove("bread", why=""), who="b")
    mill.built.clear()
    publisher.publish(early, who="a")
    assert len(mill.built) == 1
    assert "weir" in ids(publisher)
    assert "bread" not in ids(publisher)
    in_step(publisher, mill)


def test_a_proposal_that_somebody_overtook_on_the_same_file_is_refused(mill: Mill) -> None:
    publisher = mill.publisher()
    early = publisher.propose(adding(), what="add", why="")
    other = replace(article(), title="Another weir")
    publisher.publish(publisher.propose(adding(other), what="add", why=""), who="b")
    with pytest.raises(RevisionConflict, match="weir"):
        publisher.publish(early, who="a")
    in_step(publisher, mill)


def test_two_processes_publishing_at_once_both_count_and_follow(mill: Mill) -> None:
    one, other = mill.publisher(), mill.publisher()
    mine = one.propose(adding(), what="add", why="")
    theirs = other.remove("bread", why="")
    ready = threading.Barrier(2)

    def publish(publisher: Publisher, first: bool) -> Revision:
        ready.wait()
        return publisher.publish(mine if first else theirs, who=str(first))

    with ThreadPoolExecutor(2) as threads:
        done = [threads.submit(publish, one, True), threads.submit(publish, other, False)]
        assert sorted(one.result().number for one in done) == [2, 3]
    for publisher in (one, other):
        publisher.catch_up()
        assert "weir" in ids(publisher)
        assert "bread" not in ids(publisher)
        in_step(publisher, mill)


def test_two_moderators_of_one_process_take_turns(mill: Mill) -> None:
    publisher = mill.publisher()
    articles = [article(f"weir-{n}", title=f"Weir {n}") for n in range(4)]

    def add(n: int) -> int:
        proposal = publisher.propose(adding(articles[n]), what="add", why=str(n))
        return publisher.publish(proposal, who=str(n)).number

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(add, range(4))) == [2, 3, 4, 5]
    assert ids(publisher) >= {f"weir-{n}" for n in range(4)}
    assert sorted(entry.who for entry in mill.told) == ["0", "1", "2", "3"]
    in_step(publisher, mill)


def test_what_another_process_published_is_served_after_catching_up(mill: Mill) -> None:
    one, other = mill.publisher(), mill.publisher()
    added(one)
    assert other.catch_up()
    assert "weir" in ids(other)
    assert not other.catch_up()


def test_undo_and_restore_serve_what_was(mill: Mill) -> None:
    publisher = mill.publisher()
    added(publisher)
    assert publisher.undo(who="x", why="wrong").what == "undo"
    assert "weir" not in ids(publisher)
    with pytest.raises(InputError):
        publisher.undo(who="x", why="")
    publisher.restore(2, who="y", why="right after all")
    assert "weir" in ids(publisher)
    assert [entry.what for entry in mill.told] == ["add", "undo", "restore"]
    in_step(publisher, mill)


def test_a_build_that_fails_publishes_nothing(mill: Mill) -> None:
    publisher = mill.publisher()
    proposal = replace(publisher.propose(adding(), what="add", why=""), built=None)

    def failing(folder: Path, name: str) -> KnowledgeBase:
        raise KnowledgeError("no room")

    broken = Publisher(mill.store(), publisher.served, failing, publisher.audit)
    with pytest.raises(KnowledgeError, match="no room"):
        broken.publish(proposal, who="x")
    assert mill.store().head.number == 1
    in_step(publisher, mill)


def test_laid_out_revisions_are_tidied_but_the_one_before_can_still_be_verified(
    mill: Mill,
) -> None:
    publisher = mill.publisher(tidies=True)
    added(publisher)
    before = publisher.current
    publisher.publish(publisher.remove("bread", why=""), who="x")
    assert before.verify(before.passages[0]).stands
    publisher.undo(who="x", why="")
    publisher.undo(who="x", why="")
    assert len(list((mill.home / "data" / "revisions").iterdir())) == 2


def test_export_holds_the_articles(mill: Mill, tmp_path: Path) -> None:
    import zipfile

    publisher = mill.publisher()
    with (tmp_path / "all.zip").open("wb") as to:
        publisher.export(1, to)
    names = zipfile.ZipFile(tmp_path / "all.zip").namelist()
    assert names == [f"articles/{one.id}.md" for one in ArticleStore(mill.knowledge).read()]
