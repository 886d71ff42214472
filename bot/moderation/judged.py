"""Judged questions whose first passage is another one after a change.

It must not know how the change came about.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.answers.knowledge_base import KnowledgeBase
from bot.articles.checking import QUESTIONS
from bot.articles.model import Passage
from bot.articles.questions import JudgedQuestion, scan_questions
from bot.articles.starter import borrowed
from bot.errors import InputError


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """A judged question, and the passages that came and come first; None where it had no answer."""

    question: str
    before: Passage | None
    after: Passage | None


def moved_questions(
    folder: Path, before: KnowledgeBase, after: KnowledgeBase
) -> tuple[QuestionChange, ...]:
    """The judged questions whose first passage changes; passages are compared by their words.

    Args:
        folder: the knowledge folder that judges them.
    """
    changes = []
    for judged in scan_questions(borrowed(folder, QUESTIONS))[0]:
        old, new = _first(judged, before), _first(judged, after)
        if (old and old.text) != (new and new.text):
            changes.append(QuestionChange(judged.question, old, new))
    return tuple(changes)


def _first(judged: JudgedQuestion, knowledge: KnowledgeBase) -> Passage | None:
    try:
        answer = knowledge.answer(judged.question, top=1, previous=judged.after)
    except InputError:
        return None  # a question that nobody can ask moves nowhere
    return answer.citations[0].passage if answer.answered else None
