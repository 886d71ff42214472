"""Who says a sentence: its verbs of saying, their subjects, and of all signs the outermost.

Reads one sentence with what the sentences before it have left (who was spoken of last). It must not
know passages, headings or front matter.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.articles.clauses import STOPS
from bot.articles.markers import INSERTED, OPENING, Found, Marked
from bot.articles.speakers import THIRD, Phrase, Speaker

_CLOSING = frozenset('"”»“')
_NEAR_AGENT = 12
_NEAR_CLAIM = 12
_MAIN, _LOOSE, _SIDE, _ASIDE = range(INSERTED + 1, INSERTED + 5)


class Sentence(Marked):
    """One sentence, and every sign of who says it."""

    def said(self, *, aside: bool = False) -> Found | None:
        """The outermost sign of who says it; None where there is none, or where both sides speak.

        Args:
            aside: whether what only a clause aside says counts ("what she said", "who said").
        """
        if not self.known.may_say(self.low):
            return None
        found = sorted(
            (one for one in self._found() if one.rank < _ASIDE or aside),
            key=lambda one: (one.rank, one.start),
        )
        others = [one for one in found if not one.speaker.passes_on and one.rank <= _LOOSE]
        found = others or found
        if not found:
            return None
        first = found[0]
        for other in found[1:]:
            beside = other.joined or (first.rank == INSERTED and other.rule == first.rule)
            if (
                other.rank == first.rank <= _MAIN
                and beside
                and other.speaker.account != first.speaker.account
            ):
                return None
        return first

    def about(self) -> Found | None:
        """Its subject, as if it spoke: the speaker of a quotation that only a colon leads in."""
        one = self.subject()
        told = self.who(one) if one else None
        return Found(told, "quotation", one.start, one.end, _SIDE) if one and told else None

    def titled(self) -> Found | None:
        """The same for a heading, where a noun is enough: "Musk's version"."""
        for one in self.phrases:
            if one.kind == "claim" and one.speaker and self._names_version(one):
                return Found(one.speaker, "heading", one.start, one.end, _MAIN)
        claims = any(one.kind == "claim" for one in self.phrases)
        return None if claims else self.said(aside=True)

    def _names_version(self, one: Phrase) -> bool:
        return not self.known.versions.isdisjoint(self.low[one.start : one.end + 1])

    def _found(self) -> Iterator[Found]:
        low, verbs = self.low, self.known.verbs
        asked = bool(low) and low[-1] == "?" and not self.quoted[-1]
        yield from self.markers()
        if asked:
            return
        for at, word in enumerate(low):
            says = word in verbs and not self.quoted[at]
            if says and (one := self._spoken_at(at)) is not None:
                yield one
        if not self._may_claim():
            return
        for phrase in self.phrases:
            claims = phrase.kind == "claim" and self.is_subject(phrase) and self._leads(phrase)
            if claims and (told := self.who(phrase)) is not None:
                yield Found(told, "says", phrase.start, phrase.end, _SIDE)

    def _may_claim(self) -> bool:
        """Whether it may hold a claim that leads; told without reading who is named."""
        low, known = self.low, self.known
        return not known.claims.isdisjoint(low) and (":" in low or not known.that.isdisjoint(low))

    def _leads(self, claim: Phrase) -> bool:
        """What is claimed follows: "her claim that", "her answer was:"."""
        after = self.low[claim.end : claim.end + _NEAR_CLAIM]
        return ":" in after or not self.known.that.isdisjoint(after)

    def _spoken_at(self, at: int) -> Found | None:
        known, low = self.known, self.low
        word = low[at]
        if word in known.loose:
            return self._gerund(at)
        end = at + 1
        if (pair := f"{word} {''.join(low[end : end + 1])}") in known.verbs:
            word, end = pair, end + 1
        finite, participle = word in known.finite, word in known.participles
        if not (finite or participle or word in known.states):
            return None
        if word in known.written and not self._is_verb(at):
            return None
        if self._is_deed(word, end):
            return None
        after = low[end : end + 2]
        if (
            word in known.hearsay
            and after[:1]
            and after[0] in known.to
            and after[-1] in known.be | known.have
        ):
            return None
        back = at
        helpers: list[str] = []
        while back and self.skips(low[back - 1]):
            back -= 1
            helpers.append(low[back])
        if any(one in known.nots or one.endswith("n't") for one in helpers):
            return None
        if back and low[back - 1] in known.modals:
            return None
        reflexive = not known.reflexives.isdisjoint(helpers)
        if word in known.weak and not self._says_something(at, end, back):
            return None
        passive = any(one in known.be for one in helpers) and not reflexive
        stated = word in known.states
        if stated and not passive:
            return None
        by = participle and not known.by.isdisjoint(low[at + 1 : at + 2])
        if not stated and (passive or by):
            told = self._agent(at)
            return None if told is None or self._is_named(at) else told
        helped = finite or stated or not known.have.isdisjoint(helpers)
        return self._active(at, end, back) if helped and not self._is_named(at) else None

    def _is_named(self, at: int) -> bool:
        """Whether a word is part of who is named, as in: the United States.

        Asked when nothing else speaks against a verb, as it takes reading who is named.
        """
        return any(one.start <= at < one.end for one in self.phrases)

    def _is_deed(self, word: str, end: int) -> bool:
        """As in: she thought of it first, she explained Bianca to the bank."""
        known, behind = self.known, tuple(self.low[end : end + 1])
        if (word, *behind) in known.deeds:
            return True
        told = self.phrase_at(end) if word in known.handing else None
        return told is not None and not known.to.isdisjoint(self.low[told.end : told.end + 1])

    def _is_verb(self, at: int) -> bool:
        before = self.low[at - 1] if at else ""
        return not (
            before in self.known.articles
            or before in self.known.possessives
            or before in self.known.prepositions
            or before in {"'s", ""}
        )

    def _says_something(self, at: int, end: int, back: int) -> bool:
        """It has what is said behind it, or stands behind what is said (", the jury found.")."""
        near, known = self.low[at + 1 : at + 7], self.known
        if near[:1] and near[0] in known.contents:
            return True
        if self.low[at] in known.viewing:
            told = not known.as_.isdisjoint(near)
        else:
            told = not (known.that.isdisjoint(near) and known.claims.isdisjoint(near))
        if told:
            return True
        left = self.subject_before(back) if "," in self.low else None
        if left is None or self.word_before(left) != ",":
            return False
        behind = self.phrase_at(end)
        ends = {end, behind.end if behind is not None and behind.kind == "third" else end}
        return any(place >= len(self.low) or self.low[place] in STOPS for place in ends)

    def _agent(self, at: int) -> Found | None:
        known = self.known
        for place in range(at + 1, min(at + _NEAR_AGENT, len(self.low))):
            if self.low[place] in known.that:
                return None
            if self.low[place] in known.by and not self.quoted[place]:
                one = self.phrase_at(place + 1)
                told = self.who(one) if one else None
                if one is not None and told is not None:
                    return Found(told, "said by", at, one.end, _MAIN)
        return None

    def _gerund(self, at: int) -> Found | None:
        if at and self.low[at - 1] in self.known.be:
            back = at
            while back and self.skips(self.low[back - 1]):
                back -= 1
            return self._active(at, at + 1, back)
        before = [phrase for phrase in self.phrases if phrase.end <= at]
        free = [phrase for phrase in before if self.is_free(phrase) and phrase.kind != "thing"]
        one = next(filter(self.is_subject, before), free[0] if free else None)
        told = self.who(one) if one else (self.spoken.any if self.known.drops_subject else None)
        if told is None or (at and self.low[at - 1] in self.known.prepositions):
            return None
        return Found(told, "says", at, at + 1, _LOOSE)

    def _active(self, at: int, end: int, back: int) -> Found | None:
        low, known = self.low, self.known
        before = low[back - 1] if back else ""
        behind = self.phrase_behind(end)
        naming = low[at] in known.naming
        may_invert = not naming and (
            before in _CLOSING or before == "," or known.inverts or before in known.as_
        )
        left = self.subject_before(back)
        if left is None and low[at] in known.written:
            return None
        if left is None and (
            (before in _CLOSING and behind is None) or self._title_behind(at, end, before)
        ):
            return Found(Speaker(THIRD, "quoted title", passes_on=True), "says", at, end, _MAIN)
        if left is None and may_invert and behind is not None:
            told = self.who(behind) if not behind.owned or behind.kind == "role" else None
            object_first = self.ending.get(back)
            if told is not None and (
                before in STOPS
                or before in {"", *known.as_}
                or before in known.joins
                or before in known.skipped
                or (object_first is not None and self.begins_clause(object_first.start - 1))
            ):
                rank = _ASIDE if before in known.questions else INSERTED
                return Found(told, "says", at, behind.end, rank)
        if left is None:
            return self._unsaid(at, end, back)
        told = self.who(left)
        if told is None or self._is_shared(left, told):
            return None
        return Found(told, "says", left.start, end, *self._place(left, end))

    def _is_shared(self, left: Phrase, told: Speaker) -> bool:
        """Two who are not on one side say it together."""
        at = left.start - 1
        other = self.ending.get(at) if at > 0 and self.low[at] in self.known.joins else None
        who = self.who(other) if other else None
        return who is not None and who.account != told.account

    def _title_behind(self, at: int, end: int, before: str) -> bool:
        """As in: it was sold, writes "The Miller"."""
        quote = self.low[end] if end < len(self.low) else ""
        return before == "," and self.known.inverts and quote in OPENING

    def _unsaid(self, at: int, end: int, back: int) -> Found | None:
        """A verb without a subject beside it: a second verb, or a language that drops subjects."""
        before = self.low[back - 1] if back else ""
        known = self.known
        told: Speaker | None = None
        if before in known.joins or before == ",":
            first = self.subject()
            told = self.who(first) if first else None
        if (
            told is None
            and known.drops_subject
            and (before in known.joins or before in STOPS or not before)
        ):
            told = self.spoken.any
        if told is None and before and before not in STOPS:
            told = self._stranger(back)
        return Found(told, "says", at, end, _MAIN) if told else None

    def _stranger(self, back: int) -> Speaker | None:
        """Somebody named by a noun that is not in the tables: "the founders of the mill said"."""
        last = self.ending.get(back)
        if last is not None and not self.is_free(last):
            back = next(
                (at for at in range(last.start, 0, -1) if self.low[at] in self.known.of), back
            )
        for place in range(back - 2, max(back - 4, -1), -1):
            if self.low[place] in self.known.articles:
                if place and self.low[place - 1] in self.known.prepositions:
                    return None
                return Speaker(THIRD, " ".join(self.low[place:back]))
        return None

    def _place(self, left: Phrase, end: int) -> tuple[int, bool]:
        """How far out a verb with its subject stands; whether it is joined to the one before."""
        before = self.word_before(left)
        after = self.low[end] if end < len(self.low) else ""
        between = self.low[left.end : end - 1]
        # A relative clause that has ended before the verb is not the verb's.
        if self.known.relatives.intersection(between[:2]) and "," not in between[1:]:
            return _ASIDE, False
        if before in self.known.as_:
            return INSERTED, False
        if before in self.known.asides:
            return _ASIDE, False
        if before in {",", *_CLOSING} and (after in STOPS or not after):
            return INSERTED, False
        return _MAIN, before in self.known.contrasts
