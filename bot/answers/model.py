"""What an answer is made of. Plain, frozen data; every text in it is a slice of a stored article.

It must not know how passages are found, nor where an answer is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.articles.model import UNDETERMINED, Passage


@dataclass(frozen=True, slots=True)
class Match:
    """Why a passage answers: a word of the question met a word of the passage.

    Attributes:
        word: as the asker wrote it.
        met: the passage's word, as it stands there.
        start, end: where `met` stands, in offsets of the passage's text.
        through: `same word`, `concept leave`, `similar`, `name musk`.
        score: what this match adds to the passage's score.
    """

    word: str
    met: str
    start: int
    end: int
    through: str
    score: float


@dataclass(frozen=True, slots=True)
class Citation:
    """One passage of an answer, with what a reader needs to judge it.

    Attributes:
        rank: from 1, most relevant first.
        score: comparable within one answer only.
        best: start and end of the sentence that answers best, in offsets of the passage's text.
        also_in: near-identical passages of other articles, shown once as "also in".
        parts: the parts of the score by name, for `ask --explain`.
        pinned: moderators chose it as the answer to this question.
    """

    rank: int
    passage: Passage
    score: float
    best: tuple[int, int]
    matches: tuple[Match, ...] = ()
    also_in: tuple[Passage, ...] = ()
    parts: tuple[tuple[str, float], ...] = ()
    pinned: bool = False

    @property
    def highlights(self) -> tuple[tuple[int, int], ...]:
        """The words that matched: ordered, disjoint offsets of the passage's text."""
        return tuple(sorted({(match.start, match.end) for match in self.matches}))


@dataclass(frozen=True, slots=True)
class Claim:
    """One value for something, as one passage gives it, word for word.

    Attributes:
        start, end: where the value's words stand, in offsets of the passage's text.
        sentence: start and end of the sentence around them.
        value: comparable: "45000000 USD", "<45000000 USD" for under it, "27 %", "9" of what is
            counted, "2024-06", "--06" where the year is not told, or the name of a way.
    """

    passage: Passage
    start: int
    end: int
    sentence: tuple[int, int]
    value: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Different values that sources give for one and the same thing. Nothing is resolved.

    Attributes:
        kind: `amount`, `date` or `manner`.
        claims: one for each value, at least two that cannot both be true; most relevant first.
    """

    kind: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the knowledge base says to a question.

    Attributes:
        question: as the asker wrote it.
        language: of the question (ISO 639-1, or `und`).
        confidence: the share of such answers with a right passage among the first three, 0 to 1.
        citations: the best candidates, most relevant first. They are shown as an answer only if
            `answered`; otherwise they say what was rejected.
        unknown_words: words of the question that no article knows, as the asker wrote them.
        nearest: passages whose titles are offered when there is no answer.
        understood_as: the question that was searched, if it was completed from the one before.
        disagreements: what the passages near the first tell differently; none if not `answered`.
    """

    question: str
    language: str
    answered: bool
    confidence: float
    citations: tuple[Citation, ...] = ()
    unknown_words: tuple[str, ...] = ()
    nearest: tuple[Passage, ...] = ()
    understood_as: str | None = None
    disagreements: tuple[Disagreement, ...] = ()


def no_answer(question: str) -> Answer:
    """What is told of a question that could not even be asked, where a sentence is not enough."""
    return Answer(question, UNDETERMINED, answered=False, confidence=0.0)
