"""A small knowledge base about a quarrel over a mill, made up, and the shipped one, read once."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

from bot.answers.answerer import Answerer
from bot.articles.model import Article, Passage
from bot.articles.split import split
from bot.articles.starter import starter_folder
from bot.articles.store import ArticleStore, digest
from bot.search.analyzer import Analyzer
from bot.wiring import build_answerer, open_analyzer, open_answerer

_PROJECT = Path(__file__).resolve().parents[2]

PARTING = """\
## The parting

Anna Bello left the mill in 2018. She said that the owners wanted too much flour from her every \
week. Nobody at the mill spoke about it in public for two years.

## The offer

In February 2025 Bruno Carta offered 97.4 million crowns for the mill. The owners refused within \
the hour, because the mill was not for sale. Their lawyer sent him a short letter.
"""
COURT = """\
## The lawsuit

Carta sued the owners in March 2025. The judge, Dora Levi, heard twelve witnesses in a cold room \
by the harbour. A baker from the valley spoke for three hours about rye.

## The verdict

The jury needed two days. It found that Carta had waited too long, and the judge dismissed the \
lawsuit in June 2026. Carta said that he would appeal, and went home by train.
"""
BREAD = """\
## Rye and wheat

Wheat from the valley is sweeter than rye. The mill grinds both kinds at night, when the river is \
high and power is cheap. Old bakers still prefer stone to steel.
"""
MULINO = """\
## L'addio

Anna Bello lasciò il mulino nel 2018 dopo il rifiuto dei proprietari. Diceva che volevano troppa \
farina ogni settimana. Per due anni nessuno ne parlò in paese.

## Il fiume

D'inverno il fiume gela e le macine si fermano per settimane. Gli operai riparano i tetti, \
puliscono i canali e aspettano il disgelo di marzo.
"""

_ARTICLES = (
    ("mill-quarrel", "The quarrel over the mill", "en", "The Valley Post", PARTING),
    ("mill-in-court", "The mill in court", "en", "The Valley Post", COURT),
    ("bread", "Bread of the valley", "en", None, BREAD),
    ("il-mulino", "Il mulino conteso", "it", "La Valle", MULINO),
)

LEXICON = """\
leave:
  en: leave, left, quit, walk away
  it: lasciare, lasciò, addio, andarsene
  es: dejar, irse
offer:
  en: offer, bid
  it: offrire, offerta
refuse:
  en: refuse, reject, turn down
  it: rifiutare, rifiuto
mill:
  en: mill
  it: mulino
  es: molino
lawsuit:
  en: lawsuit, suit
  it: causa
"""
DISPUTE = """\
name: The mill
sides:
  - {id: owners, name: The owners}
entities:
  - {id: anna, name: Anna Bello, kind: person, aliases: {any: [Anna, Bello], en: [the miller]}}
  - {id: carta, name: Bruno Carta, kind: person, aliases: {any: [Carta]}}
"""


def articles() -> tuple[Article, ...]:
    """The articles of the small knowledge base."""
    return tuple(
        Article(
            id=name,
            title=title,
            text=text.strip(),
            language=language,
            publisher=publisher,
            url="https://example.org/mill" if name == "mill-quarrel" else None,
            sha256=digest(text.strip()),
        )
        for name, title, language, publisher, text in _ARTICLES
    )


def write_knowledge(folder: Path) -> Path:
    """Write the small knowledge base, with its own lexicon and names, into a folder."""
    store = ArticleStore(folder)
    for article in articles():
        store.write(article)
    (folder / "lexicon").mkdir()
    (folder / "lexicon" / "words.yaml").write_text(LEXICON, encoding="utf-8")
    (folder / "dispute.yaml").write_text(DISPUTE, encoding="utf-8")
    return folder


def write_collection(
    folder: Path,
    passages: Sequence[Mapping[str, object]],
    questions: Sequence[Mapping[str, object]],
) -> Path:
    """Write a public collection's two files."""
    folder.mkdir(exist_ok=True)
    for name, rows in (("passages", passages), ("questions", questions)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    return folder


def whole_passages(
    texts: Sequence[str], language: str = "en", titles: Sequence[str] = ()
) -> list[Passage]:
    """Each text as an article of one passage, `a0`, `a1` and so on."""
    names = titles or [""] * len(texts)
    return [
        Passage(Article(f"a{number}", title, text, language), 0, len(text), 1, 1)
        for number, (text, title) in enumerate(zip(texts, names, strict=True))
    ]


def small_answerer(folder: Path) -> Answerer:
    """An answerer over the small knowledge base, written to a folder and read from it."""
    return open_answerer(write_knowledge(folder))


def answerer_of(texts: Sequence[str], language: str = "en") -> Answerer:
    """An answerer over texts, without lexicon or names."""
    return build_answerer(whole_passages(texts, language), Analyzer())


@cache
def shipped_analyzer() -> Analyzer:
    """The analyzer with the shipped lexicon; it takes a second to read, so it is read once."""
    return open_analyzer(starter_folder())


@cache
def shipped_answerer() -> Answerer:
    """An answerer over the shipped knowledge base, with the lexicon that is read once."""
    articles = ArticleStore(starter_folder()).read()
    passages = [passage for article in articles for passage in split(article)]
    return build_answerer(passages, shipped_analyzer())


def shared_evaluations() -> Path:
    """The folder of judged questions that the project was given; skipped where nobody put it."""
    shared = Path(os.environ.get("RECEIPTS_SHARED", _PROJECT.parent / "shared"))
    if not (shared / "eval" / "dev.yaml").is_file():
        pytest.skip("the judged questions are not here; RECEIPTS_SHARED names their folder")
    return shared / "eval"
