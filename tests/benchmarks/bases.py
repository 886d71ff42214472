"""Knowledge bases of the wanted size, of sentences drawn anew from what is at hand.

The same sentences recur in many passages, which is the hard case for finding near-identical ones.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.articles.model import Article
from bot.articles.split import split
from bot.articles.store import ArticleStore
from tests.benchmarks.texts import SENTENCES, Material

_PARAGRAPHS = 30
"""Of an article; long ones are cut into two passages."""


def write_base(folder: Path, material: Material, passages: int) -> None:
    """Write articles, each in one language, until they have so many passages."""
    drawn = random.Random(0)
    languages, store = sorted(material.sentences), ArticleStore(folder)
    number = written = 0
    while written < passages:
        language = languages[number % len(languages)]
        text = _text(drawn, material.sentences[language])
        article = Article(f"article-{number}", f"Article {number}", text, language)
        store.write(article)
        number, written = number + 1, written + len(split(article))


def without_paragraph(article: Article, _: Material) -> Article:
    """An article without its first paragraph."""
    return replace(article, text=article.text.split("\n\n", 1)[1])


def with_new_word(article: Article, _: Material) -> Article:
    """An article in whose first paragraph a word is put that no article has."""
    letters = "".join("bcdfghjklm"[int(digit)] for digit in article.id.rpartition("-")[2])
    return replace(article, text=f"Zyx{letters} {article.text}")


def written_anew(article: Article, material: Material) -> Article:
    """An article whose text is another one."""
    return replace(article, text=_text(random.Random(1), material.sentences[article.language]))


def _text(drawn: random.Random, sentences: Sequence[str]) -> str:
    paragraphs = (" ".join(drawn.choices(sentences, k=SENTENCES)) for _ in range(_PARAGRAPHS))
    return "\n\n".join(" ".join(one.split()) for one in paragraphs).replace("#", "").strip()
