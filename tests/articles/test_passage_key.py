"""A passage's key is good for as long as its words stand in its article."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.articles.model import Article, Passage
from bot.articles.passage_key import KEY, Found, PassageKeys, key_of

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)


def passages(texts: Sequence[str], name: str = "mill") -> list[Passage]:
    """Paragraphs as the passages of one article."""
    article = Article(name, "The mill", "\n\n".join(texts), "en")
    made, start = [], 0
    for number, text in enumerate(texts, 1):
        made.append(Passage(article, start, start + len(text), number, len(texts)))
        start += len(text) + 2
    return made


@given(st.lists(WORDS, min_size=1, max_size=6, unique=True), WORDS)
def test_every_passage_is_found_by_its_key_where_it_stands(texts: list[str], name: str) -> None:
    every = passages(texts, name)
    keys = PassageKeys(every)
    for passage in every:
        assert re.fullmatch(KEY, key_of(passage))
        assert len(key_of(passage)) <= 26
        assert keys.find(key_of(passage)) == Found(passage.article, passage, moved=False)


@given(st.lists(WORDS, min_size=1, max_size=6, unique=True), WORDS)
def test_a_passage_that_moved_is_found_and_known_to_have_moved(
    texts: list[str], before: str
) -> None:
    if before in texts:
        return
    later = passages([before, *texts])
    keys = PassageKeys(later)
    for old, new in zip(passages(texts), later[1:], strict=True):
        assert keys.find(key_of(old)) == Found(new.article, new, moved=True)


def test_of_passages_that_say_the_same_the_nearest_is_meant() -> None:
    first, _, second = every = passages(["Twice.", "Between.", "Twice."])
    keys = PassageKeys(every)
    assert keys.find(key_of(first)).passage is first
    assert keys.find(key_of(second)).passage is second


def test_words_that_were_changed_lead_to_the_article_alone() -> None:
    [old] = passages(["Ten million."])
    [new] = passages(["Nine million."])
    assert PassageKeys([new]).find(key_of(old)) == Found(new.article)


def test_an_article_that_is_gone_leads_nowhere_also_if_another_says_the_same() -> None:
    [old] = passages(["Ten million."])
    [other] = passages(["Ten million."], name="other")
    assert PassageKeys([other]).find(key_of(old)) == Found(None)


@given(st.text(max_size=40))
def test_what_is_no_key_leads_nowhere(text: str) -> None:
    assert PassageKeys(passages(["Ten million."])).find(text) == Found(None)


def test_the_passages_of_an_article_come_in_their_order() -> None:
    one, other = passages(["a", "b", "c"]), passages(["d"], name="other")
    keys = PassageKeys([*one, *other])
    assert list(keys.of_article("mill")) == one
    assert list(keys.of_article("other")) == other
    assert list(keys.of_article("none")) == []
