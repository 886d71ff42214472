"""A question becomes a query against the words that an index has."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.search.alternatives import Alternatives
from bot.search.analyzer import Analyzer
from bot.search.cues import Cue
from bot.search.forward import ForwardIndex
from bot.search.index import QueryTerm
from bot.search.lexicon import Row
from bot.search.query import Query, QueryBuilder
from tests.answers.small_knowledge import whole_passages

ROWS = (
    Row("leave", {"en": ("leave", "left", "walk away"), "it": ("lasciare", "lasciò")}),
    Row("offer", {"en": ("offer", "bid"), "it": ("offerta",)}),
)
ENGLISH = ("Anna left the mill in August.", "The lawsuit named 97.4 billion crowns, and a bid.")
ITALIAN = ("Anna lasciò il mulino.",)
ASKED = ("Anna leave", "anna left the mill", "lasciare Mill", "die mill", "lawsiut mulino", "bid")


def build(
    question: str,
    texts: Sequence[str] = ENGLISH,
    italian: Sequence[str] = (),
    rows: Sequence[Row] = ROWS,
) -> Query:
    analyzer = Analyzer(rows)
    passages = [*whole_passages(texts), *whole_passages(italian, "it")]
    index = ForwardIndex(passages, analyzer)
    alternatives = Alternatives(analyzer, index.vocabulary, index.languages)
    return QueryBuilder(alternatives).build(question, "en")


def only(query: Query) -> QueryTerm:
    (term,) = query.terms
    return term


def test_each_word_that_carries_meaning_is_one_term_as_written() -> None:
    query = build("Why did Anna leave the Mill?")
    assert [term.word for term in query.terms] == ["Anna", "leave", "Mill"]
    assert [unit.start for unit in query.units] == [8, 13, 23]
    assert query.cues == Cue.REASON


def test_a_word_of_the_index_stands_for_itself_fully() -> None:
    assert dict(only(build("mills")).alternatives)["en:mill"] == 1.0


def test_a_synonym_stands_for_a_word_but_less_well() -> None:
    alternatives = dict(only(build("offers")).alternatives)
    assert alternatives["en:offer"] == 1.0
    assert 0 < alternatives["=offer"] < 1


def test_a_concept_of_another_language_is_among_the_alternatives() -> None:
    assert "=leave" in dict(only(build("leave", italian=ITALIAN)).alternatives)


def test_a_phrase_of_the_lexicon_is_one_term() -> None:
    term = only(build("walk away"))
    assert term.word == "walk away"
    assert dict(term.alternatives)["=leave"] == 1.0


def test_an_amount_is_one_term_however_written() -> None:
    for written in ("$97.4 billion", "97.4bn", "97,400 million"):
        assert only(build(written)).alternatives == (("#97400000000", 1.0),)


@given(st.lists(st.tuples(st.sampled_from(ASKED), st.sampled_from(("en", "it", "de")))))
def test_what_was_asked_before_changes_no_query(asked: Sequence[tuple[str, str]]) -> None:
    analyzer = Analyzer(ROWS)
    index = ForwardIndex([*whole_passages(ENGLISH), *whole_passages(ITALIAN, "it")], analyzer)
    alternatives = Alternatives(analyzer, index.vocabulary, index.languages)
    builder = QueryBuilder(alternatives)
    for question, language in asked:
        fresh = QueryBuilder(alternatives)
        assert builder.build(question, language) == fresh.build(question, language)


def test_a_misspelt_word_gets_the_index_s_own() -> None:
    alternatives = dict(only(build("lawsiut")).alternatives)
    assert 0 < alternatives["en:lawsuit"] < 1
    assert 0 < dict(only(build("agust")).alternatives)["en:august"] < 1


def test_a_word_that_the_index_has_is_not_mended() -> None:
    alternatives = dict(only(build("bid", ["A bid.", "A bird and a bidder."])).alternatives)
    assert "en:bird" not in alternatives


def test_a_word_that_no_passage_has_stays_a_term() -> None:
    assert [term.word for term in build("Zaphod sued").terms] == ["Zaphod", "sued"]


def test_a_cognate_of_another_language_stands_for_an_unknown_word() -> None:
    alternatives = dict(only(build("partnership", [], ["La partnership finì."], ())).alternatives)
    assert alternatives["it:partnership"] > 0


@given(st.text())
def test_every_alternative_is_worth_something_and_at_most_the_word_itself(text: str) -> None:
    query = build(text, italian=ITALIAN)
    assert len(query.terms) == len(query.units)
    for term, unit in zip(query.terms, query.units, strict=True):
        assert term.word == text[unit.start : unit.end]
        assert term.alternatives
        assert all(0 < worth <= 1 for _, worth in term.alternatives)
        assert len({name for name, _ in term.alternatives}) == len(term.alternatives)
