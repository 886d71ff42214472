"""From a question to an answer: rank, judge how sure that is, cite or say that nothing is known.

One answerer serves one revision of the knowledge base and never changes, so it may be used from
any thread and replaced by assigning another. It must not know the terminal or Discord.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.answers.citing import Citer
from bot.answers.confidence import THRESHOLD, Signs, confidence, signs_of
from bot.answers.followup import complete
from bot.answers.model import Answer
from bot.answers.ranking import Candidate, Ranker, Ranking
from bot.articles.model import UNDETERMINED, Passage
from bot.errors import InputError
from bot.search.analyzer import Analyzer
from bot.search.question_language import question_language

if TYPE_CHECKING:
    from bot.answers.disagreement import Disagreements
    from bot.answers.pinning import Pins

LONGEST_QUESTION = 4000
"""In code points: as much as Discord lets a member write at once."""


@dataclass(frozen=True, slots=True)
class Considered:
    """A question, ranked and judged.

    Attributes:
        signs: what the confidence was made of, or None if there is no candidate.
        understood_as: the question that was ranked, if it was completed from the one before.
    """

    ranking: Ranking
    signs: Signs | None
    confidence: float
    understood_as: str | None

    @property
    def answered(self) -> bool:
        """Whether the first candidate is good enough to be an answer."""
        return self.confidence >= THRESHOLD


class Answerer:
    """Answers questions from one revision of the knowledge base. Safe to use from any thread.

    Args:
        passages: all passages, in the order of the index.
        ranker: ranks them.
        analyzer: the one the index was built with.
        twins: a passage's number to those of the other passages that are near-identical.
        disagreements: finds what the passages tell differently; without it none is told.
        pins: passages that moderators chose as answers; without them none is.
        languages: of the passages, most frequent first, where they are known already.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        ranker: Ranker,
        analyzer: Analyzer,
        twins: Mapping[int, Sequence[int]],
        disagreements: Disagreements | None = None,
        pins: Pins | None = None,
        languages: Sequence[str] | None = None,
    ) -> None:
        self.passages = passages
        self._ranker = ranker
        self._analyzer = analyzer
        self.citer = Citer(analyzer)
        self._twins = twins
        self._disagreements = disagreements
        self._pins = pins
        if languages is None:
            languages = _by_frequency([passage.article.language for passage in passages])
        self._languages = tuple(code for code in languages if code != UNDETERMINED)

    @property
    def analyzer(self) -> Analyzer:
        """The one the index was built with."""
        return self._analyzer

    def answer(self, question: str, *, top: int = 3, previous: str | None = None) -> Answer:
        """Answer a question.

        Args:
            top: how many passages to cite, or to show as rejected.
            previous: the question before this one, if this is a follow-up.

        Raises:
            InputError: the question is empty, or too long to be one.
        """
        considered = self.consider(question, previous=previous)
        ranking = considered.ranking
        chosen, twins = self._distinct(ranking.candidates, top)
        differing = self._disagreements if considered.answered else None
        answer = Answer(
            question=question,
            language=ranking.query.language,
            answered=considered.answered,
            confidence=considered.confidence,
            citations=tuple(
                self.citer.cite(candidate, rank, ranking, twins[candidate.number])
                for rank, candidate in enumerate(chosen, 1)
            ),
            unknown_words=_unknown(ranking),
            nearest=_one_for_each_article(chosen),
            understood_as=considered.understood_as,
            disagreements=differing.find(ranking) if differing else (),
        )
        pinned = self._pins.find(considered.understood_as or question) if self._pins else None
        if pinned is None:
            return answer
        from bot.answers.pinning import pinned_first

        same = [self.passages[number] for number in self._twins_of(pinned)]
        first = self.citer.cite_pinned(pinned, ranking, same)
        return pinned_first(answer, first, top)

    def consider(
        self,
        question: str,
        *,
        previous: str | None = None,
        withheld: Sequence[int] = (),
    ) -> Considered:
        """Rank the passages for a question and judge the first, without citing any.

        Args:
            withheld: numbers of passages that are treated as if they were not there.

        Raises:
            InputError: the question is empty, or too long to be one.
        """
        asked = readable(question)
        language = self.language(asked)
        whole = asked
        if previous is not None:
            whole = complete(asked, readable(previous), language, self._analyzer)
        ranking = self._ranker.rank(whole, language, withheld=withheld)
        signs = signs_of(ranking)
        return Considered(ranking, signs, confidence(signs), whole if whole != asked else None)

    def language(self, question: str) -> str:
        """The language of a question, or the knowledge base's own if no word tells."""
        found = question_language(question, self._analyzer.lexicon, self._languages)
        if found == UNDETERMINED and self._languages:
            return self._languages[0]
        return found

    def _distinct(
        self, candidates: Sequence[Candidate], top: int
    ) -> tuple[list[Candidate], dict[int, tuple[Passage, ...]]]:
        """The best candidates without those that only repeat a better one, and who repeats it."""
        chosen: list[Candidate] = []
        repeated: set[int] = set()
        twins: dict[int, tuple[Passage, ...]] = {}
        for candidate in candidates:
            if len(chosen) == top:
                break
            if candidate.number in repeated:
                continue
            same = self._twins.get(candidate.number, ())
            repeated.update(same)
            others = (self.passages[number] for number in same)
            twins[candidate.number] = tuple(
                twin for twin in others if twin.article.id != candidate.passage.article.id
            )
            chosen.append(candidate)
        return chosen, twins

    def _twins_of(self, passage: Passage) -> Sequence[int]:
        """The twins of a passage whose number is not known."""
        held = (number for number in self._twins if self.passages[number] == passage)
        return self._twins.get(next(held, -1), ())


def readable(question: str) -> str:
    """A question without what is not written to be read: control and format characters.

    Raises:
        InputError: nothing is left, or it is too long to be a question.
    """
    if len(question) > LONGEST_QUESTION:
        raise InputError(f"Ask in at most {LONGEST_QUESTION} characters.")
    kept = question
    if not question.isprintable():
        kept = "".join(
            " " if unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} else letter
            for letter in question
            if unicodedata.category(letter) != "Cf"
        )
    if not kept.strip():
        raise InputError("Ask a question, in your own words and language.")
    return " ".join(kept.split())


def _unknown(ranking: Ranking) -> tuple[str, ...]:
    frequencies = zip(ranking.query.terms, ranking.hits.df, strict=True)
    return tuple(dict.fromkeys(term.word for term, frequency in frequencies if not frequency))


def _one_for_each_article(chosen: Sequence[Candidate]) -> tuple[Passage, ...]:
    return tuple({c.passage.article.id: c.passage for c in reversed(chosen)}.values())[::-1]


def _by_frequency(languages: Sequence[str]) -> tuple[str, ...]:
    counts = Counter(languages)
    return tuple(sorted(counts, key=lambda language: (-counts[language], language)))
