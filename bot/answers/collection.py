"""Public question-answering collections: passages and questions, a JSON object a line.

`passages.jsonl` has `{id, lang, title, text}`, `questions.jsonl` has `{id, lang, question,
relevant: [passage id]}`. A collection's passages are taken as they are, never split. It must not
know how questions are answered.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.articles.model import Article, Passage
from bot.errors import InputError, why_not_read


@dataclass(frozen=True, slots=True)
class CollectionQuestion:
    """A question of a collection.

    Attributes:
        relevant: ids of the articles that are the right passages.
    """

    question: str
    language: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Collection:
    """The passages and questions of one folder."""

    name: str
    passages: tuple[Passage, ...]
    questions: tuple[CollectionQuestion, ...]


def read_collection(folder: Path) -> Collection:
    """Read a folder with `passages.jsonl` and `questions.jsonl`.

    Raises:
        InputError: a file cannot be read, or a line is not what it should be; it names the line.
    """
    passages = []
    for row in _rows(folder / "passages.jsonl", "id", "lang", "title", "text"):
        text = str(row["text"])
        article = Article(str(row["id"]), str(row["title"]), text, str(row["lang"]))
        passages.append(Passage(article, 0, len(text), 1, 1))
    known = {passage.article.id for passage in passages}
    questions = []
    for row in _rows(folder / "questions.jsonl", "id", "lang", "question", "relevant"):
        relevant = row["relevant"]
        if not isinstance(relevant, list) or not all(
            isinstance(name, str) and name in known for name in relevant
        ):
            raise InputError(f"Question {row['id']} in {folder} names a passage that is not there.")
        questions.append(
            CollectionQuestion(str(row["question"]), str(row["lang"]), frozenset(relevant))
        )
    return Collection(folder.name, tuple(passages), tuple(questions))


def _rows(path: Path, *names: str) -> Iterator[Mapping[str, object]]:
    try:
        # Not splitlines(): JSON may hold U+2028 and its like as they are.
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} {why_not_read(error)}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{path}:{number} is not JSON ({error.msg}); mend it.") from error
        if not isinstance(row, dict) or any(name not in row for name in names):
            raise InputError(f"{path}:{number} lacks one of {', '.join(names)}; add it.")
        yield row
