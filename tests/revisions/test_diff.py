"""What changed is told by article, by metadata and by passage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.articles.model import Article, Reference
from bot.articles.split import split
from bot.articles.store import ArticleStore
from bot.revisions.diff import FieldChange, diff
from tests.revisions.small_store import C, opened, published, write


def paragraph(word: str) -> str:
    return " ".join([word.capitalize(), *[word] * 58, "end."])


def article(name: str, *words: str) -> Article:
    return Article(name, name.upper(), "\n\n".join(map(paragraph, words)), "en")


def test_articles_are_new_gone_or_changed() -> None:
    old = [article("a", "one"), article("b", "two"), article("c", "three")]
    new = [article("d", "four"), article("c", "three"), article("b", "two", "more")]
    found = diff(old, new, ["x.yaml", "a.yaml"])
    assert [one.id for one in found.new] == ["d"]
    assert [one.id for one in found.gone] == ["a"]
    assert [one.after.id for one in found.changed] == ["b"]
    assert found.files == ("a.yaml", "x.yaml")


def test_metadata_that_changed_is_told_as_it_was_and_is() -> None:
    old = replace(article("a", "one"), author="Ada", published=date(2025, 1, 2))
    sources = (Reference("T", "P", "https://example.org", date(2024, 1, 1)), Reference(title="U"))
    new = replace(old, author=None, published=date(2025, 1, 3), sources=sources)
    (change,) = diff([old], [new]).changed
    assert change.fields == (
        FieldChange("author", "Ada", None),
        FieldChange("published", "2025-01-02", "2025-01-03"),
        FieldChange("sources", None, "T, P, 2024-01-01, https://example.org; U"),
    )
    assert change.plus == change.minus == ()


def test_passages_are_matched_by_their_words_wherever_they_stand() -> None:
    old, new = article("a", "one", "two", "three"), article("a", "three", "one", "new", "new")
    (change,) = diff([old], [new]).changed
    assert [one.text for one in change.minus] == [paragraph("two")]
    assert [one.text for one in change.plus] == [paragraph("new")] * 2
    assert [one.number for one in change.plus] == [3, 4]


words = st.lists(st.sampled_from(["one", "two", "three", "four"]), min_size=1, max_size=6)


@given(words, words)
def test_earlier_passages_less_and_more_are_the_later_ones(one: list[str], two: list[str]) -> None:
    old, new = article("a", *one), article("a", *two)
    for change in diff([old], [new]).changed:
        left = [passage.text for passage in split(old)]
        for passage in change.minus:
            left.remove(passage.text)
        left += [passage.text for passage in change.plus]
        assert sorted(left) == sorted(passage.text for passage in split(new))
    assert bool(diff([old], [new]).changed) == (one != two)


def test_revisions_are_compared_by_what_their_files_say(tmp_path: Path) -> None:
    knowledge = tmp_path / "knowledge"
    shelf = ArticleStore(knowledge)
    for name in ("a", "b", "c"):
        shelf.write(article(name, name))
    write(knowledge, {C: b"name: x"})
    store = opened(tmp_path)
    shelf.write(article("a", "a", "more"))
    shelf.write(article("d", "d"))
    changes = {path: (knowledge / path).read_bytes() for path in ("articles/a.md", "articles/d.md")}
    published(store, {**changes, "articles/b.md": None, C: b"", "articles/c.md": b"unreadable"})
    found = store.diff(1, 2)
    assert [one.id for one in found.new] == ["d"]
    assert [one.id for one in found.gone] == ["b", "c"]
    assert [[one.text for one in change.plus] for change in found.changed] == [[paragraph("more")]]
    assert found.files == ("articles/c.md", C)
    back = store.diff(2, 1)
    assert (back.gone, back.new) == (found.new, found.gone)
    assert store.diff(1, 1) == diff([], [])
