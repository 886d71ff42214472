"""A made-up quarrel with two sides, dates and two languages, as a knowledge folder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from bot.answers.knowledge_base import KnowledgeBase
from bot.articles.model import Article
from bot.articles.store import ArticleStore, digest
from bot.wiring import open_knowledge_base

OFFER = """\
In March 2019 Bruno Carta offered ten million crowns for the mill. Bruno Carta said that the mill \
was worth less than its roof. Anna Bello said that the mill was not for sale at any price.

In June 2021 Bruno Carta sued Anna Bello over the mill. Anna Bello contended that the lawsuit was \
only about money. Bruno Carta contended that the lawsuit was about a broken promise.

The court dismissed the lawsuit in May 2023. Bruno Carta said that he would appeal the verdict. \
Anna Bello said that the verdict was fair to everybody.
"""
FAREWELL = """\
Nel settembre 2018 Anna Bello lasciò il consorzio del mulino. Anna Bello ha detto che i soci \
volevano troppa farina ogni settimana.

Il fiume gelò nel gennaio 2020 e le macine si fermarono. Gli operai ripararono i tetti del mulino.
"""
BREAD = """\
Rye bread was baked at night in the valley. Old bakers still prefer stone to steel ovens.
"""
DISPUTE = """\
name: The mill
sides:
  - {id: bello, name: Bello's side, names: {it: "Bello"}, people: [anna-bello]}
  - {id: carta, name: Carta's side, names: {it: "Carta"}, people: [bruno-carta]}
entities:
  - {id: anna-bello, name: Anna Bello, kind: person, side: bello, aliases: {any: [Bello, Anna]}}
  - {id: bruno-carta, name: Bruno Carta, kind: person, side: carta, aliases: {any: [Carta]}}
  - {id: mill, name: The mill, kind: company}
"""
LEXICON = """\
leave:
  en: leave, left
  it: lasciare, lasciò
lawsuit:
  en: lawsuit, sued
  it: causa
mill:
  en: mill
  it: mulino
offer:
  en: offer, offered
  it: offrire, offrì
"""
QUESTIONS = """\
questions:
- {id: q1, kind: same, lang: en, q: "How much did Carta offer for the mill?", relevant: [ten]}
- {id: q2, kind: same, lang: it, q: "Perché Bello ha lasciato il consorzio?", relevant: [troppa]}
"""

OFFERED = "How much did Bruno Carta offer for the mill?"
LEFT = "Perché Anna Bello ha lasciato il consorzio del mulino?"
UNKNOWN = "Who is Zaphod Beeblebrox?"


def small_article(name: str, text: str, *, title: str, language: str = "en") -> Article:
    """An article of the quarrel."""
    return Article(
        id=name,
        title=title,
        text=text.strip(),
        language=language,
        publisher="The Valley Post",
        url=f"https://example.org/{name}",
        published=date(2024, 3, 5),
        sha256=digest(text.strip()),
    )


ARTICLES = (
    small_article("offer", OFFER, title="The offer for the mill"),
    small_article("addio", FAREWELL, title="L'addio al consorzio", language="it"),
    small_article("bread", BREAD, title="Bread of the valley"),
)


def write_quarrel(folder: Path, articles: Iterable[Article] = ARTICLES) -> Path:
    """Write the quarrel into a folder, with other articles if some are given."""
    store = ArticleStore(folder)
    for one in articles:
        store.write(one)
    (folder / "lexicon").mkdir(exist_ok=True)
    (folder / "lexicon" / "words.yaml").write_text(LEXICON, encoding="utf-8")
    (folder / "dispute.yaml").write_text(DISPUTE, encoding="utf-8")
    (folder / "questions.yaml").write_text(QUESTIONS, encoding="utf-8")
    return folder


def open_quarrel(folder: Path, articles: Iterable[Article] = ARTICLES) -> KnowledgeBase:
    """The quarrel, written and opened; its revision is called `r1`."""
    return open_knowledge_base(write_quarrel(folder, articles), name="r1")
