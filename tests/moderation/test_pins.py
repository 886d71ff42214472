"""A pinned passage comes first and says so, as long as it is there; other questions meet no pin."""

from __future__ import annotations

import pytest

from bot.answers.model import Answer
from bot.answers.pinning import Pins
from bot.articles.checking import check
from bot.articles.model import Passage
from bot.articles.pins import FILE, Pin, pin_of, pinned_passage, pins_text, read_pins
from bot.articles.split import split
from bot.errors import InputError, KnowledgeError
from bot.moderation.pins import pinned, propose_pin, propose_unpin
from bot.moderation.publishing import Publisher
from tests.answers.small_knowledge import whole_passages
from tests.moderation.small_mill import Mill, adding, article

QUESTION = "Why did Anna leave the mill?"


def pin(publisher: Publisher, question: str = QUESTION, passage: str = "bread#1") -> Passage:
    passages = publisher.current.passages_of(passage.partition("#")[0])
    [wanted] = [one for one in passages if one.id == passage]
    proposal = propose_pin(publisher, question, wanted, passages)
    assert proposal.faults == ()
    publisher.publish(proposal, who="<@7>")
    return wanted


def asked(publisher: Publisher, question: str = QUESTION, top: int = 3) -> Answer:
    return publisher.current.answer(question, top=top)


def test_a_pin_wins_and_says_so(mill: Mill) -> None:
    publisher = mill.publisher()
    before = asked(publisher)
    wanted = pin(publisher)
    answer = asked(publisher, "why did ANNA leave the mill")
    assert answer.answered
    assert answer.citations[0].passage == wanted
    assert [one.pinned for one in answer.citations] == [True, False, False]
    assert [one.rank for one in answer.citations] == [1, 2, 3]
    assert answer.citations[1].passage == before.citations[0].passage
    assert len(asked(publisher, top=1).citations) == 1


def test_a_question_without_an_answer_is_answered_with_the_pin_alone(mill: Mill) -> None:
    publisher = mill.publisher()
    question = "Who cooks for the astronauts?"
    assert not asked(publisher, question).answered
    wanted = pin(publisher, question)
    answer = asked(publisher, question)
    assert (answer.answered, answer.confidence) == (True, 1.0)
    assert [one.passage for one in answer.citations] == [wanted]


def test_a_pin_whose_passage_is_gone_is_told_and_the_ranking_answers(mill: Mill) -> None:
    publisher = mill.publisher()
    before = asked(publisher)
    pin(publisher)
    proposal = publisher.propose(
        adding(article("bread", "## Rye\n\nSomething else stands here now.")), what="edit", why=""
    )
    assert any("begins with" in fault.problem for fault in proposal.outdated)
    publisher.publish(proposal, who="x")
    assert asked(publisher).citations[0].passage.text == before.citations[0].passage.text
    assert not asked(publisher).citations[0].pinned
    [told] = [fault for fault in check(mill.knowledge) if fault.path.name == FILE]
    assert "No passage of `bread` begins with" in told.problem


def test_pinning_again_replaces_and_unpinning_takes_away(mill: Mill) -> None:
    publisher = mill.publisher()
    pin(publisher)
    pin(publisher, "why did anna LEAVE the mill?", "mill-in-court#1")
    assert [one.article for one in pinned(publisher)] == ["mill-in-court"]
    publisher.publish(propose_unpin(publisher, QUESTION), who="x")
    assert pinned(publisher) == ()
    assert not asked(publisher).citations[0].pinned
    with pytest.raises(InputError):
        propose_unpin(publisher, QUESTION)


@pytest.mark.parametrize(
    "question",
    [
        "Why did Anna leave the mill in 2018?",
        "Why did Anna not leave the mill?",
        "Why did Bruno leave the mill?",
        "Did Anna leave the mill?",
        "Why did the mill leave Anna?",
    ],
)
def test_another_question_meets_no_pin(mill: Mill, question: str) -> None:
    publisher = mill.publisher()
    pin(publisher)
    assert not any(one.pinned for one in asked(publisher, question).citations)


@pytest.mark.parametrize(
    ("question", "other", "meets"),
    [
        ("What did the jury decide?", "What did the jury decied?", True),
        ("What did the jury decide?", "¿what did the JURY decide", True),
        ("What did the jury decide in 2025?", "What did the jury decide in 2026?", False),
        ("What did the jury decide?", "What did the fury decide?", False),
        ("Was Anna Belloni there?", "Was Anne Belloni there?", False),
        ("Defend decide?", "Depend decide?", False),
    ],
)
def test_only_a_slip_of_a_letter_in_a_long_word_is_overlooked(
    question: str, other: str, meets: bool
) -> None:
    [passage] = whole_passages(["Some words stand here."])
    pins = Pins([Pin(question, "a0", "some words")], lambda _: [passage])
    assert (pins.find(other) is not None) == meets


def test_a_pin_holds_as_many_words_as_tell_its_passage_from_the_others() -> None:
    start = "The same nine words begin each of these two"
    text = "\n\n".join(f"{start} {end} " + "and more words follow " * 12 for end in ("a", "b"))
    passages = split(article("twice", text))
    assert len(passages) == 2
    for passage in passages:
        found = pin_of("Q?", passage, passages)
        assert pinned_passage(found, passages) == passage
        assert len(found.begins.split()) < 12


def test_pins_are_read_as_they_are_written(mill: Mill) -> None:
    pins = (Pin('Who said "no": why?', "bread", "# Wheat"), Pin("no", "bread", "1"))
    path = mill.knowledge / FILE
    path.write_text(pins_text(pins), encoding="utf-8")
    assert read_pins(path) == pins
    path.write_text(pins_text([]), encoding="utf-8")
    assert read_pins(path) == ()


def test_faults_of_the_file_are_told_and_keep_it_from_being_published(mill: Mill) -> None:
    publisher = mill.publisher()
    row = "{question: Why?, article: bread, begins: Wheat}"
    content = f"pins:\n- {row}\n- {row}\n- {{question: What?}}\n".encode()
    proposal = publisher.propose({FILE: content}, what="pin", why="")
    problems = " ".join(fault.problem for fault in proposal.faults)
    assert "pinned twice, first in line 2" in problems
    assert "has no `article`" in problems
    (mill.knowledge / FILE).write_bytes(content)
    with pytest.raises(KnowledgeError):
        read_pins(mill.knowledge / FILE)
