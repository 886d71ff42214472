"""Tokens are slices of the text, in a form in which the same words meet."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.tokens import fold, normalize, tokenize


@given(st.text())
def test_tokens_are_ordered_disjoint_slices_of_the_text(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert end <= token.start < token.end <= len(text)
        assert normalize(text[token.start : token.end]) == token.word
        end = token.end


@given(st.text())
def test_no_letter_or_digit_is_left_between_tokens(text: str) -> None:
    covered = {at for token in tokenize(text) for at in range(token.start, token.end)}
    assert {at for at, letter in enumerate(text) if letter.isalnum()} <= covered


@given(st.text(st.sampled_from("aZé5٣½ _-.,\u0301bnmk"), max_size=12))
def test_letters_digits_and_accents_that_touch_are_one_word_unless_a_number_comes_first(
    text: str,
) -> None:
    joined = [one for one, other in pairwise(tokenize(text)) if one.end == other.start]
    assert all(token.word[0].isdecimal() and token.word[-1].isdecimal() for token in joined)


@given(st.text(st.characters(categories=["L", "N", "M"]), min_size=1))
def test_folding_twice_is_folding_once(word: str) -> None:
    once = fold(normalize(word))
    assert fold(once) == once


@given(st.text(st.characters(max_codepoint=0x24F, categories=["Lu", "Ll"]), min_size=1))
def test_a_folded_latin_word_has_neither_case_nor_accents(word: str) -> None:
    folded = fold(normalize(word))
    assert folded == folded.casefold()
    assert not any(unicodedata.combining(letter) for letter in folded)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("l'offerta", ["l", "offerta"]),
        ("l’offerta", ["l", "offerta"]),
        ("dall'OpenAI", ["dall", "openai"]),
        ("dall’OpenAI", ["dall", "openai"]),
        ("qu'est-ce que c'est", ["qu", "est", "ce", "que", "c", "est"]),
        ("Musk's", ["musk", "s"]),
        ("didn't", ["didn", "t"]),
        ("no-profit", ["no", "profit"]),
        ("co‑founder", ["co", "founder"]),
        ("non–profit", ["non", "profit"]),
        ("$97.4bn", ["97.4", "bn"]),
        ("$97.4 billion.", ["97.4", "billion"]),
        ("97,4 miliardi", ["97,4", "miliardi"]),
        ("97.4B", ["97.4", "b"]),
        ("10,000,000", ["10,000,000"]),
        ("in 2018, when", ["in", "2018", "when"]),
        ("5th 1990s", ["5th", "1990s"]),
        ("GPT-4o", ["gpt", "4o"]),
        ("snake_case", ["snake", "case"]),
        ("ＯｐｅｎＡＩ", ["openai"]),
        ("ﬁnance", ["finance"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("perche\u0301 an\u0303o", ["perché", "año"]),
        ("", []),
        ("… — !?", []),
    ],
)
def test_words_are_cut_as_people_read_them(text: str, words: list[str]) -> None:
    assert [token.word for token in tokenize(text)] == words


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("perché", "perche"),
        ("lasciò", "lascio"),
        ("año", "ano"),
        ("größe", "grosse"),
        ("cœur", "coeur"),
        ("łódź", "lodz"),
        ("øre", "ore"),
        ("altman", "altman"),
    ],
)
def test_folding_takes_accents_off(word: str, folded: str) -> None:
    assert fold(normalize(word)) == folded


def test_a_token_knows_whether_it_begins_with_a_capital() -> None:
    found = {token.word: token.capital for token in tokenize("Musk left Élan 4chan iPhone")}
    assert found == {"musk": True, "left": False, "élan": True, "4chan": False, "iphone": False}
