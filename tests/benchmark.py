"""What a question costs: `python -m tests.benchmark FOLDER... [--passages N]`.

Passages of the wanted number are put together from the sentences of public collections, so that the
words are real; the collections' questions are asked of them. Times are of one core's clock.
"""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from bot.answers.answerer import Answerer
from bot.answers.collection import Collection, read_collection
from bot.articles.model import Article, Passage
from bot.articles.sentences import sentence_spans
from bot.articles.starter import knowledge_folder
from bot.printing import console, progress
from bot.wiring import build_ranker, open_analyzer

_SENTENCES = 5
_PASSAGES_OF_AN_ARTICLE = 30
_WARM_UP = 50


def main(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Collections.")],
    passages: Annotated[int, typer.Option(min=1, help="How many passages to search.")] = 10_000,
    questions: Annotated[int, typer.Option(min=1, help="How many questions to ask.")] = 500,
) -> None:
    """Print how long analysis, search and evidence take together, and the whole answer."""
    collections = [read_collection(folder) for folder in folders]
    drawn = random.Random(0)
    made = _passages(collections, passages, drawn)
    analyzer = open_analyzer(knowledge_folder(None))
    began = time.process_time()
    answerer = Answerer(made, build_ranker(made, analyzer), analyzer, {})
    built = time.process_time() - began
    asked = [one.question for collection in collections for one in collection.questions]
    asked = drawn.sample(asked, min(questions, len(asked)))
    found, answered = [], []
    with progress("Asking", len(asked)) as step:
        for question in asked[:_WARM_UP]:
            answerer.answer(question)
        for question in asked:
            first = time.process_time()
            answerer.consider(question)
            second = time.process_time()
            answerer.answer(question)
            found.append((second - first) * 1000)
            answered.append((time.process_time() - second) * 1000)
            step()
    out = console()
    out.print(f"{len(made)} passages built in {built:.1f} s; {len(asked)} questions")
    for name, times in (("analysis, search, evidence", found), ("with citations", answered)):
        p50, p99 = np.percentile(times, [50, 99])
        out.print(f"{name}: p50 {p50:.1f} ms, p99 {p99:.1f} ms")


def _passages(
    collections: list[Collection], wanted: int, drawn: random.Random
) -> tuple[Passage, ...]:
    """Passages of sentences drawn from all passages of one language."""
    sentences: dict[str, list[str]] = {}
    for collection in collections:
        for passage in collection.passages:
            spans = sentence_spans(passage.text, passage.article.language)
            here = sentences.setdefault(passage.article.language, [])
            here.extend(passage.text[start:end] for start, end in spans)
    languages = sorted(sentences)
    made = []
    for number in range(wanted):
        language = languages[number % len(languages)]
        text = " ".join(drawn.choices(sentences[language], k=_SENTENCES))
        title = f"Article {number // _PASSAGES_OF_AN_ARTICLE}"
        article = Article(f"passage-{number}", title, text, language)
        made.append(Passage(article, 0, len(text), 1, 1))
    return tuple(made)


if __name__ == "__main__":
    typer.run(main)
