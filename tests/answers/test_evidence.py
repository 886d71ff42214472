"""Evidence tells which words a passage has, where, and whether it is the right kind of answer."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.evidence import Evidence, EvidenceWeigher, Weighed
from bot.search.alternatives import Alternatives
from bot.search.analyzer import Analyzer
from bot.search.embedded import EmbeddedIndex
from bot.search.forward import ForwardIndex
from bot.search.query import QueryBuilder
from tests.answers.small_knowledge import whole_passages


def weigh(question: str, *texts: str, titles: Sequence[str] = ()) -> list[Evidence]:
    """The evidence of each text for an English question, without a lexicon."""
    analyzer = Analyzer()
    forward = ForwardIndex(whole_passages(texts, "en", titles), analyzer)
    builder = QueryBuilder(Alternatives(analyzer, forward.vocabulary, forward.languages))
    query = builder.build(question, "en")
    hits = EmbeddedIndex(forward).search(query.terms, len(texts))
    return each(EvidenceWeigher(query, hits.idf, forward).weigh(range(len(texts))))


def each(weighed: Weighed) -> list[Evidence]:
    return [weighed.evidence(row) for row in range(len(weighed.best))]


def test_the_best_sentence_is_the_one_with_most_of_the_question() -> None:
    (found,) = weigh("who sold the mill in winter", "It was cold. Anna sold the mill. Winter came.")
    assert found.best == 1


def test_a_word_that_the_question_has_twice_is_met_twice() -> None:
    (found,) = weigh("mill mill", "The mill stood.")
    assert found.matched == (1.0, 1.0)


def test_what_the_next_sentence_has_counts_but_less() -> None:
    apart, together, alone = weigh(
        "mill sold",
        "The mill stood. It was sold.",
        "The mill was sold. It stood.",
        "The mill stood. It was old.",
    )
    assert alone.sentence < apart.sentence < together.sentence == pytest.approx(1)


def test_a_neighbour_is_a_sentence_of_the_same_passage() -> None:
    alone, _ = weigh("mill sold", "The mill stood.", "It was sold.")
    assert (
        alone.sentence
        == weigh("mill sold", "The mill stood.", "It was wet. It was sold.")[0].sentence
    )


def test_each_word_is_matched_in_the_passage_and_in_its_best_sentence() -> None:
    (found,) = weigh("anna sold rye", "Anna sold the mill. Rye grew there.")
    assert found.matched == (1, 1, 1)
    assert found.in_best == (1, 1, 0)


def test_the_positions_are_those_of_the_words_that_met() -> None:
    one, other = weigh("anna sold rye", "Rye grew. Anna sold the rye mill.", "The mill was sold.")
    assert list(one.where) == [0, 2, 3, 5]
    assert list(other.where) == [3]


def test_a_title_counts_for_the_words_that_it_has() -> None:
    text = "Nobody spoke."
    whole, half, none = weigh("anna mill", text, text, text, titles=["Anna's mill", "Mill", "Rye"])
    assert whole.title == pytest.approx(1)
    assert 0 < half.title < 1
    assert none.title == 0


def test_neighbours_of_the_question_are_worth_more_as_neighbours() -> None:
    near, swapped, far = weigh(
        "old mill",
        "The old mill burned down again.",
        "The mill, old and grey, burned.",
        "The old miller left his mill.",
    )
    assert near.pairs == swapped.pairs > far.pairs == 0


def test_the_right_kind_of_answer_is_noticed() -> None:
    with_date, without = weigh(
        "when was the mill sold", "The mill was sold in 2018.", "The mill was sold at last."
    )
    assert with_date.cue == 1
    assert without.cue == 0


def test_between_equal_sentences_the_right_kind_is_best() -> None:
    (found,) = weigh("when was the mill sold", "The mill was sold. The mill was sold in 2018.")
    assert found.best == 1


def test_a_question_that_wants_no_kind_gets_no_cue() -> None:
    assert weigh("mill sold", "The mill was sold in 2018.")[0].cue == 0


def test_a_question_without_known_words_has_no_evidence() -> None:
    assert weigh("zaphod", "The mill.") == []


def test_no_passages_have_no_evidence() -> None:
    assert weigh("mill") == []


texts_of_words = st.lists(
    st.lists(
        st.sampled_from(("Anna", "sold", "the", "old", "mill", ".", "In", "2018", "rye", "?")),
        max_size=12,
    ).map(" ".join),
    min_size=1,
    max_size=5,
)
asked = st.sampled_from(("when was the old mill sold", "why anna", "mill mill mill", "rye"))


@given(texts_of_words, asked)
def test_every_share_is_between_nothing_and_everything(texts: list[str], question: str) -> None:
    for found, text in zip(weigh(question, *texts), texts, strict=False):
        for share in (found.sentence, found.title, found.pairs, found.cue):
            assert -1e-9 <= share <= 1 + 1e-9
        assert all(one <= whole for one, whole in zip(found.in_best, found.matched, strict=True))
        assert 0 <= found.best <= text.count(".") + text.count("?")


@given(texts_of_words)
def test_a_passage_is_weighed_alike_alone_and_among_others(texts: list[str]) -> None:
    analyzer = Analyzer()
    forward = ForwardIndex(whole_passages(texts), analyzer)
    builder = QueryBuilder(Alternatives(analyzer, forward.vocabulary, forward.languages))
    query = builder.build("when was the old mill sold", "en")
    weigher = EvidenceWeigher(query, [1.0] * len(query.terms), forward)
    together = each(weigher.weigh(range(len(texts))))
    alone = [one for number in range(len(texts)) for one in each(weigher.weigh([number]))]
    assert together == alone
