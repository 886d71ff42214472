"""Who says a sentence by words that mark it: "according to her", "for the miller, …".

It must not know verbs of saying.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.articles.clauses import Clauses
from bot.articles.speakers import THIRD, Speaker

OPENING = frozenset('"“«„')
"""Marks that open a quotation."""
INSERTED = 0
"""The rank of what stands farthest out in a sentence."""


@dataclass(frozen=True, slots=True)
class Found:
    """One sign of who says a sentence: tokens `start` to `end` show it.

    Attributes:
        rank: how far out in the sentence it stands, `INSERTED` first.
        joined: it stands beside what is before it, not inside it ("A says this, but B says that").
    """

    speaker: Speaker
    rule: str
    start: int
    end: int
    rank: int
    joined: bool = False


class Marked(Clauses):
    """One sentence, and those whom its markers name."""

    def markers(self) -> Iterator[Found]:
        """Whom "according to" and its like name, in no order."""
        yield from self._marked()
        yield from self._per()

    def _marked(self) -> Iterator[Found]:
        known, low = self.known, self.low
        if known.marker_signs.isdisjoint(low):
            return
        for at, word in enumerate(low):
            if word not in known.marker_starts or self.quoted[at]:
                continue
            for marker in known.owned[word]:
                if self._stands(marker, at) and (told := self.spoken.any) is not None:
                    yield Found(told, "according to", at, at + len(marker), INSERTED)
            for marker in known.marked[word]:
                if self._stands(marker, at):
                    yield from self._marked_by(at, at + len(marker))
                    break
            if (
                word in known.inside
                and (one := self.phrase_at(at + 1))
                and one.kind in {"claim", "role"}
            ):
                tail = low[one.end - 1] in known.tails
                if tail and (told := self.who(one)) is not None:
                    yield Found(told, "according to", at, one.end, INSERTED)

    def _stands(self, marker: tuple[str, ...], at: int) -> bool:
        return tuple(self.low[at : at + len(marker)]) == marker

    def _marked_by(self, start: int, at: int) -> Iterator[Found]:
        if at < len(self.low) and self.low[at] in OPENING:
            yield Found(
                Speaker(THIRD, "quoted title", passes_on=True),
                "according to",
                start,
                at + 1,
                INSERTED,
            )
            return
        one = self.phrase_at(at)
        told = self.who(one) if one else None
        if one is not None and told is not None:
            yield Found(told, "according to", start, one.end, INSERTED)

    def _per(self) -> Iterator[Found]:
        if self.known.before_comma.isdisjoint(self.low):
            return
        for at, word in enumerate(self.low):
            begins = word in self.known.before_comma and self.begins_clause(at)
            if not begins or self.quoted[at]:
                continue
            one = self.phrase_at(at + 1)
            told = self.who(one) if one else None
            if one is None or told is None:
                continue
            after = self.low[one.end] if one.end < len(self.low) else ""
            if after == "," or (one.kind == "third" and told.name[0].islower()):
                yield Found(told, "according to", at, one.end, INSERTED)
