"""What is kept, as plain, frozen data without names. It must not know how it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked, so that the buttons under its answer work for ever.

    Attributes:
        before: the question that it follows up, or None.
        language: ISO 639-1 code, or `und`.
        private: only its asker saw the answer.
    """

    text: str
    language: str
    before: str | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """A question without an answer, and how often it was asked by anybody, never in private.

    Attributes:
        question: in lower case, with single spaces.
        count: how often it was asked from `first_day` to `last_day`.
    """

    id: int
    question: str
    language: str
    count: int
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Feedback:
    """How many found a passage helpful as an answer to their question, and how many did not."""

    passage: str
    helpful: int
    unhelpful: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a member says is wrong with a passage."""

    id: int
    passage: str
    reason: str
    day: date
    open: bool = True


@dataclass(frozen=True, slots=True)
class Kept:
    """How much is kept, or was deleted, of one member."""

    questions: int = 0
    feedback: int = 0
    reports: int = 0
