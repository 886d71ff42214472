"""Words and marks of a text: where they stand, and how they are written."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from bot.articles.speakers import Tokens

_LETTERS = "aAbİıßé1_ \u0307\u200b\xa0\n'’\".&-,“"


def test_words_are_told_apart() -> None:
    words = Tokens("Dell’Oro isn't “Smith & Co.'s” U.S. aide.")
    assert words.low == [
        *("dell'", "oro", "isn't", "“", "smith", "&", "co", ".", "'s", "”", "u.s", ".", "aide", ".")
    ]
    assert words.written(0, 2) == "Dell’Oro"
    assert words.span(1, 3) == (5, 14)
    assert [at for at in range(len(words.low)) if words.is_capital(at)] == [0, 1, 4, 6, 10]


@given(st.text(st.sampled_from(_LETTERS)) | st.text())
@example("a a")
@example("_a_a'a")
@example("İİ'i İ")
def test_each_word_stands_where_it_is_said_to_stand(text: str) -> None:
    words = Tokens(text)
    written = [words.written(at, at + 1).replace("’", "'") for at in range(len(words.low))]
    assert written == words.spelt
    assert [word.lower() for word in words.spelt] == words.low
    spans = [words.span(at, at + 1) for at in range(len(words.low))]
    past = [0, *(end for _, end in spans)]
    assert all(end <= start for end, (start, _) in zip(past, spans, strict=False))
    between = "".join(text[end:start] for end, (start, _) in zip(past, spans, strict=False))
    assert not (between + text[past[-1] :]).replace("_", "").strip()
