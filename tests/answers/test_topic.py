"""A statement belongs to what the words around its date, or its heading, are about."""

from __future__ import annotations

import pytest

from bot.answers.topic import BELONGS, Topic, parts
from bot.articles.model import Article, Passage, Reference
from bot.articles.occurrences import statements
from bot.search.analyzer import Analyzer
from bot.search.lexicon import Row
from bot.wiring import build_answerer

ROWS = [Row("@anna", {"en": ("Anna",)}), Row("@dora", {"en": ("Dora",)})]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He left in 2018.", ["He left in 2018."]),
        (
            "She was dismissed in 2023, and he won in 2025; both met in 2026.",
            ["She was dismissed in 2023", ", and he won in 2025", "; both met in 2026."],
        ),
        (
            "The mill, which he left in 2018, is old.",
            [", which he left in 2018"],
        ),
        ("Il mulino, che lasciò nel 2018, è vecchio.", [", che lasciò nel 2018"]),
    ],
)
def test_the_part_of_a_sentence_around_its_date(text: str, found: list[str]) -> None:
    language = "it" if text.startswith("Il") else "en"
    passage = Passage(Article("a", "", text, language), 0, len(text), 1, 1)
    assert list(parts(statements([passage])).values()) == found


def shares(text: str, topic: str, heading: str | None = None) -> list[bool]:
    """For each statement of a text whether it belongs to a topic."""
    article = Article("a", "", text, "en", sources=(Reference("Anna and the mill: a story"),))
    passages = [
        Passage(article, 0, len(text), 1, 1, heading),
        *(Passage(Article(f"b{n}", "", words, "en"), 0, len(words), 1, 1) for n, words in OTHERS),
    ]
    answerer = build_answerer(passages, Analyzer(ROWS))
    found = statements(passages[:1])
    return [share >= BELONGS for share in Topic.of(topic, answerer).shares(found, parts(found))]


OTHERS = list(enumerate(["Dora sold flour.", "Anna went home.", "The river froze over."]))


@pytest.mark.parametrize(
    ("text", "topic", "heading", "belongs"),
    [
        ("Anna left in 2018.", "Anna", None, [True]),
        ("She left in 2018.", "Anna", "Anna goes", [True]),
        ("She left in 2018.", "Anna", None, [False]),
        ('She left in 2018, says "Anna and the mill".', "Anna", None, [False]),
        ('She left in 2018, says "Anna was tired".', "Anna", None, [True]),
        ("Dora sold flour in 2018.", "Anna's flour", None, [False]),
        ("It began in 2018.", "flour", "The flour", [True]),
        ("Anna came in 2018, and Dora sold flour in 2020.", "flour", None, [False, True]),
    ],
)
def test_what_belongs_to_a_topic(
    text: str, topic: str, heading: str | None, belongs: list[bool]
) -> None:
    assert shares(text, topic, heading) == belongs


def test_a_topic_of_no_word_is_nobodys() -> None:
    assert shares("Anna left in 2018.", "?") == [False]
