"""The forward index tells where in each passage its terms stand."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.search.analyzer import Analyzer
from bot.search.cues import Cue
from bot.search.forward import ForwardIndex
from tests.answers.small_knowledge import whole_passages


def forward(*texts: str, titles: Sequence[str] = ()) -> ForwardIndex:
    return ForwardIndex(whole_passages(texts, "en", titles), Analyzer())


def names(index: ForwardIndex, ids: Sequence[int]) -> list[str]:
    by_id = {number: name for name, number in index.vocabulary.items()}
    return [by_id[number] for number in ids]


def test_terms_stand_in_their_sentence_at_their_token() -> None:
    index = forward("The mill stood. Rye grew there.", "Wheat.")
    held = index.analysis
    assert names(index, held.terms[0].tolist()) == ["en:mill", "en:stood", "en:rye", "en:grew"]
    assert held.sentences.tolist() == [0, 0, 1, 1, 0]
    assert held.positions.tolist() == [1, 2, 3, 4, 0]
    assert names(index, held.terms[1].tolist()) == ["en:wheat"]


def test_it_is_known_where_sentences_stand() -> None:
    held = forward("The mill stood.  Rye grew.", "", "Wheat.").analysis
    assert [held.spans[number].tolist() for number in range(3)] == [[0, 15, 17, 26], [], [0, 6]]


def test_each_sentence_has_its_cues() -> None:
    first, second = forward("It was 2018. nobody came.").analysis.cues[0].tolist()
    assert Cue(first) == Cue.DATE | Cue.NUMBER
    assert Cue(second) == Cue.NONE


def test_a_title_has_terms_of_its_own() -> None:
    index = forward("Rye.", titles=["The_old mill"])
    assert sorted(names(index, index.analysis.titles[0].tolist())) == ["en:mill", "en:old"]
    assert names(index, index.analysis.terms[0].tolist()) == ["en:rye"]


@given(st.lists(st.text(), max_size=5))
def test_any_texts_can_be_indexed(texts: list[str]) -> None:
    index = forward(*texts)
    assert len(index) == len(texts)
    held = index.analysis
    assert len(held.terms.values) == len(held.sentences) == len(held.positions)
    for number in range(len(texts)):
        sentences = held.sentences[held.terms.pointer[number] : held.terms.pointer[number + 1]]
        assert sorted(sentences.tolist()) == sentences.tolist()
        assert all(at < len(held.cues[number]) for at in sentences.tolist())
