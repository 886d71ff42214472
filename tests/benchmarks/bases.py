"""Knowledge bases of the wanted size, of sentences drawn anew from what is at hand.

The same sentences recur in many passages, which is the hard case for finding near-identical ones.
"""

from __future__ import annotations

import random
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
    sentences = {
        language: [" ".join(one.split()) for one in found]
        for language, found in material.sentences.items()
    }
    languages, store = sorted(sentences), ArticleStore(folder)
    number = written = 0
    while written < passages:
        language = languages[number % len(languages)]
        paragraphs = (
            " ".join(drawn.choices(sentences[language], k=SENTENCES)) for _ in range(_PARAGRAPHS)
        )
        text = "\n\n".join(paragraphs).replace("#", "").strip()
        article = Article(f"article-{number}", f"Article {number}", text, language)
        store.write(article)
        number, written = number + 1, written + len(split(article))


def change_one(folder: Path) -> str:
    """Take the first paragraph out of one article; says which."""
    store = ArticleStore(folder)
    article = store.get("article-0")
    text = article.text.split("\n\n", 1)[1]
    store.write(Article(article.id, article.title, text, article.language))
    return article.id
