"""Who is named in a text: words with offsets, and the phrases that can be a speaker.

"Musk's lawyers", "the maker of ChatGPT", "analysts", "he": each becomes one phrase that says whose
side would be speaking. Whether it does speak is for `attribution` to find. It must not know verbs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from bot.articles.attribution_words import Words
from bot.articles.model import UNDETERMINED, Dispute, Entity

THIRD = "third"

# What most words are comes first, those without an apostrophe, as it is told in half the time;
# and nothing else is tried at each white space.
_TOKEN = re.compile(
    r"(?!\s)(?:[^\W_]++(?!')(?:[.&-][^\W_]++)*+"
    r"|[^\W_]+n't\b|[^\W_]+(?='s\b)|'s\b|[^\W_]+'(?=\w)"
    r"|[^\W_]+(?:[.&-][^\W_]+)*|[^\w\s])"
)
_SILENT = frozenset({"product", "project", "place"})
_ANY = "any"
_FARTHEST_HEAD = 4
_BREAK = frozenset('.,;:!?()"“”«»—–')


class Tokens:
    """The words and marks of a text, in order.

    Attributes:
        spelt: as they are written; low: in lower case. The apostrophes of both are plain.
    """

    def __init__(self, text: str) -> None:
        self._text, self._plain = text, text.replace("’", "'")
        self.spelt: list[str] = _TOKEN.findall(self._plain)
        self.low = [*map(str.lower, self.spelt)]

    @cached_property
    def starts(self) -> list[int]:
        """Where they begin; found when it is asked for, as most texts are not."""
        starts, end = [], 0
        for word in self.spelt:
            # No word begins with what stands between two, so that its first place is its own.
            start = self._plain.index(word, end)
            starts.append(start)
            end = start + len(word)
        return starts

    def is_capital(self, at: int) -> bool:
        """Whether one is written with a capital."""
        return self.spelt[at][0].isupper()

    def span(self, first: int, end: int) -> tuple[int, int]:
        """Where those from `first` to `end` stand in the text."""
        return self.starts[first], self.starts[end - 1] + len(self.spelt[end - 1])

    def written(self, first: int, end: int) -> str:
        """The text of those from `first` to `end`, as it is written."""
        start, past = self.span(first, end)
        return self._text[start:past]


class Speaker(NamedTuple):
    """Who would be speaking.

    Attributes:
        account: a side's id or `THIRD`.
        name: an entity's id, or the words that name it.
        passes_on: a writing that passes on what others say, such as an article.
    """

    account: str
    name: str
    passes_on: bool = False


class Phrase(NamedTuple):
    """Tokens `start` to `end` that name somebody or something.

    A named tuple, since there are many and a frozen dataclass takes longer to make.

    Attributes:
        kind: `name`, `role`, `paper`, `claim`, `third`, `thing` (it cannot speak), or what the
            text before has to tell: `person`, `company`, `any`, `plaintiff`.
        speaker: None where it cannot speak or the text before has to tell.
    """

    start: int
    end: int
    kind: str
    speaker: Speaker | None = None
    person: bool = False
    owned: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    capital: bool
    entity: Entity
    speaker: Speaker | None


class Speakers:
    """The phrases of a text in one language.

    Args:
        dispute: whose names are known, and which side they are on.
        language: of the text.
        words: that language's.
    """

    def __init__(self, dispute: Dispute, language: str, words: Words) -> None:
        self.words = self._words = words
        sides = {person: side.id for side in dispute.sides for person in side.people}
        self._names: dict[str, list[_Name]] = {}
        for entity in dispute.entities:
            for alias in _aliases(entity, language):
                spelt, first = Tokens(alias), 0
                while len(spelt.low) > first + 1 and spelt.low[first] in words.articles:
                    first += 1
                low = tuple(spelt.low[first:])
                if low and low[0] not in words.prepositions:
                    speaks = entity.kind not in _SILENT or not words.thirds.isdisjoint(low)
                    side = entity.side or sides.get(entity.id)
                    speaker = Speaker(side or THIRD, entity.id) if speaks else None
                    name = _Name(low, spelt.is_capital(first), entity, speaker)
                    self._names.setdefault(low[0], []).append(name)
        for names in self._names.values():
            names.sort(key=lambda name: -len(name.words))
        self._beginnings = words.nouns.union(self._names)

    def phrases(self, words: Tokens) -> Iterator[Phrase]:
        """The phrases of a text, in order; none shares a word with another."""
        past = 0
        for at, (low, spelt) in enumerate(zip(words.low, words.spelt, strict=True)):
            if at < past:
                continue
            if low in self._beginnings:
                phrase = self._phrase(words, at)
            else:
                # All that is no name and no noun of the tables can only be a stranger's.
                phrase = self._stranger(words, at) if spelt[0].isupper() else None
            if phrase is not None:
                past = phrase.end
                yield phrase

    def _phrase(self, words: Tokens, at: int) -> Phrase | None:
        low, known = words.low[at], self._words
        if (name := self._name(words, at)) is not None:
            return self._named(words, self._of_entity(at, name))
        after = words.low[at + 1] if at + 1 < len(words.low) else ""
        if low in known.possessives and (head := self._head(words, at + 1)) is not None:
            kind = "person" if words.low[head] in known.roles | known.papers else "claim"
            return Phrase(at, head + 1, kind, owned=True)
        if low in known.nobodies:
            return Phrase(at, at + 1, "thing")
        if low in known.pronouns:
            return Phrase(at, at + 1, "person")
        if low in known.it:
            return Phrase(at, at + 1, "company")
        before = words.low[at - 1] if at else ""
        if low in known.heads and (after in known.of or after in known.by):
            owned = self._owner(words, at + 2)
            if owned is not None and before in known.former:
                former = words.written(at, owned.end)
                return Phrase(at, owned.end, "third", Speaker(THIRD, former))
            if owned is not None:
                speaker = owned._replace(start=at)
                kind = "claim" if low in known.mere_claims else "role"
                return self._apposed(words, speaker._replace(kind=kind, owned=True))
        return self._common(words, at, before)

    def _common(self, words: Tokens, at: int, before: str) -> Phrase | None:
        low, known = words.low[at], self._words
        definite = before in known.articles or before.endswith("'") or before in known.prepositions
        if low in known.companies and definite:
            return Phrase(at, at + 1, "company")
        if low in known.people and definite and before not in known.former:
            return Phrase(at, at + 1, "person")
        after = words.low[at + 1] if at + 1 < len(words.low) else ""
        if low in known.chiefs and (after in known.people or after in known.roles):
            return Phrase(at, at + 2, "person")
        if low in known.papers and low not in known.media and definite:
            return Phrase(at, at + 1, "plaintiff")
        if low in known.media:
            return Phrase(
                at, at + 1, "third", Speaker(THIRD, words.written(at, at + 1), passes_on=True)
            )
        if low in known.thirds:
            return Phrase(at, at + 1, "third", Speaker(THIRD, words.written(at, at + 1)))
        return self._stranger(words, at) if words.is_capital(at) else None

    def _stranger(self, words: Tokens, at: int) -> Phrase | None:
        """A name that the dispute does not know; one capital that begins a sentence is none."""
        if words.low[at] in self._words.no_names:
            return None
        end = at + 1
        while end < len(words.low) and words.is_capital(end) and self._name(words, end) is None:
            end += 1
        if not at and end == 1:
            return None
        name = words.written(at, end)
        return Phrase(at, end, "third", Speaker(THIRD, name))

    def _name(self, words: Tokens, at: int) -> _Name | None:
        for name in self._names.get(words.low[at], ()):
            if name.capital and not words.is_capital(at) and not words.low[at][0].isdigit():
                continue
            if len(name.words) == 1:
                return name
            # The second word alone rules out nearly all others.
            near = words.low[at + 1 : at + 2] == [name.words[1]]
            if near and name.words == tuple(words.low[at : at + len(name.words)]):
                return name
        return None

    def _of_entity(self, at: int, name: _Name) -> Phrase:
        kind = "name" if name.speaker else "thing"
        person = name.entity.kind == "person"
        return Phrase(at, at + len(name.words), kind, name.speaker, person=person)

    def _named(self, words: Tokens, phrase: Phrase) -> Phrase:
        """A name with what belongs to it: "Musk's lawyers", "OpenAI president Greg Brockman"."""
        end = phrase.end
        possessive = end < len(words.low) and words.low[end] == "'s"
        head = self._head(words, end + 1 if possessive else end, 4 if possessive else 1)
        if head is None or (not possessive and words.low[head] not in self._words.roles):
            return phrase._replace(end=end + 1, kind="thing", owned=True) if possessive else phrase
        low = words.low[head]
        claim = low in self._words.mere_claims
        kind = "claim" if claim else "role"
        return self._apposed(words, phrase._replace(end=head + 1, kind=kind, owned=True))

    def _apposed(self, words: Tokens, phrase: Phrase) -> Phrase:
        """The phrase with the name right behind it; a name that is known is who speaks."""
        end = phrase.end
        if phrase.kind != "role" or end >= len(words.low) or not words.is_capital(end):
            return phrase
        if (name := self._name(words, end)) is not None:
            return self._of_entity(end, name)._replace(start=phrase.start)
        while end < len(words.low) and words.is_capital(end):
            end += 1
        return phrase._replace(end=end)

    def _head(self, words: Tokens, at: int, far: int = _FARTHEST_HEAD) -> int | None:
        """The noun that an owner's name is in front of, if it can stand for the owner."""
        known = self._words
        for place in range(at, min(at + far, len(words.low))):
            low = words.low[place]
            if low in known.heads:
                while place + 1 < len(words.low) and words.low[place + 1] in known.roles:
                    place += 1
                return place
            if low in known.prepositions or low in _BREAK or low in known.former:
                return None
        return None

    def _owner(self, words: Tokens, at: int) -> Phrase | None:
        while at < len(words.low) and words.low[at] in self._words.articles:
            at += 1
        name = self._name(words, at) if at < len(words.low) else None
        return self._of_entity(at, name) if name is not None else None


def _aliases(entity: Entity, language: str) -> Iterator[str]:
    yield entity.name
    for code, names in entity.names.items():
        if code in {_ANY, language} or language == UNDETERMINED:
            yield from names
