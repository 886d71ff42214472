"""Who is named in a text: words with offsets, and the phrases that can be a speaker.

"Musk's lawyers", "the maker of ChatGPT", "analysts", "he": each becomes one phrase that says whose
side would be speaking. Whether it does speak is for `attribution` to find. It must not know verbs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.articles.attribution_words import Words
from bot.articles.model import UNDETERMINED, Dispute, Entity

THIRD = "third"

# What most words are comes first, those without an apostrophe, as it is told in half the time.
_TOKEN = re.compile(
    r"[^\W_]++(?!')(?:[.&-][^\W_]++)*+"
    r"|[^\W_]+n't\b|[^\W_]+(?='s\b)|'s\b|[^\W_]+'(?=\w)"
    r"|[^\W_]+(?:[.&-][^\W_]+)*|[^\w\s]"
)
_SILENT = frozenset({"product", "project", "place"})
_ANY = "any"
_FARTHEST_HEAD = 4
_BREAK = frozenset('.,;:!?()"“”«»—–')


class Token(NamedTuple):
    """One word or mark; `low` is in lower case with a plain apostrophe.

    A named tuple, since there is one for every word and a frozen dataclass takes longer to make.
    """

    low: str
    start: int
    end: int
    capital: bool


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who would be speaking.

    Attributes:
        account: a side's id or `THIRD`.
        name: an entity's id, or the words that name it.
        passes_on: a writing that passes on what others say, such as an article.
    """

    account: str
    name: str
    passes_on: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `start` to `end` that name somebody or something.

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


def tokens(text: str) -> list[Token]:
    """The words and marks of a text, in order."""
    # Past the constructor, which costs as much as all the rest.
    made: Callable[[type[Token], tuple[str, int, int, bool]], Token] = tuple.__new__
    return [
        made(Token, (word.lower(), *found.span(), word[0].isupper()))
        for found in _TOKEN.finditer(text.replace("’", "'"))
        for word in (found[0],)
    ]


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
                spelt = tokens(alias)
                while len(spelt) > 1 and spelt[0].low in words.articles:
                    del spelt[0]
                if spelt and spelt[0].low not in words.prepositions:
                    low = tuple(token.low for token in spelt)
                    speaks = entity.kind not in _SILENT or not words.thirds.isdisjoint(low)
                    side = entity.side or sides.get(entity.id)
                    speaker = Speaker(side or THIRD, entity.id) if speaks else None
                    name = _Name(low, spelt[0].capital, entity, speaker)
                    self._names.setdefault(low[0], []).append(name)
        for names in self._names.values():
            names.sort(key=lambda name: -len(name.words))

    def phrases(self, text: str, words: Sequence[Token]) -> Iterator[Phrase]:
        """The phrases of a text, in order; none shares a word with another."""
        at = 0
        while at < len(words):
            word = words[at]
            possible = word.capital or word.low in self._names or word.low in self._words.nouns
            phrase = self._phrase(text, words, at) if possible else None
            if phrase is not None:
                yield phrase
            at = max(at + 1, phrase.end if phrase else 0)

    def _phrase(self, text: str, words: Sequence[Token], at: int) -> Phrase | None:
        low, known = words[at].low, self._words
        if (name := self._name(words, at)) is not None:
            return self._named(words, self._of_entity(at, name))
        after = words[at + 1].low if at + 1 < len(words) else ""
        if low in known.possessives and (head := self._head(words, at + 1)) is not None:
            kind = "person" if words[head].low in known.roles | known.papers else "claim"
            return Phrase(at, head + 1, kind, owned=True)
        if low in known.nobodies:
            return Phrase(at, at + 1, "thing")
        if low in known.pronouns:
            return Phrase(at, at + 1, "person")
        if low in known.it:
            return Phrase(at, at + 1, "company")
        before = words[at - 1].low if at else ""
        if low in known.heads and (after in known.of or after in known.by):
            owned = self._owner(words, at + 2)
            if owned is not None and before in known.former:
                former = text[words[at].start : words[owned.end - 1].end]
                return Phrase(at, owned.end, "third", Speaker(THIRD, former))
            if owned is not None:
                speaker = replace(owned, start=at)
                kind = "claim" if low in known.mere_claims else "role"
                return self._apposed(words, replace(speaker, kind=kind, owned=True))
        return self._common(text, words, at, before)

    def _common(self, text: str, words: Sequence[Token], at: int, before: str) -> Phrase | None:
        low, known = words[at].low, self._words
        here = text[words[at].start : words[at].end]
        definite = before in known.articles or before.endswith("'") or before in known.prepositions
        if low in known.companies and definite:
            return Phrase(at, at + 1, "company")
        if low in known.people and definite and before not in known.former:
            return Phrase(at, at + 1, "person")
        after = words[at + 1].low if at + 1 < len(words) else ""
        if low in known.chiefs and (after in known.people or after in known.roles):
            return Phrase(at, at + 2, "person")
        if low in known.papers and low not in known.media and definite:
            return Phrase(at, at + 1, "plaintiff")
        if low in known.media:
            return Phrase(at, at + 1, "third", Speaker(THIRD, here, passes_on=True))
        if low in known.thirds:
            return Phrase(at, at + 1, "third", Speaker(THIRD, here))
        return self._stranger(text, words, at) if words[at].capital else None

    def _stranger(self, text: str, words: Sequence[Token], at: int) -> Phrase | None:
        """A name that the dispute does not know; one capital that begins a sentence is none."""
        if words[at].low in self._words.no_names:
            return None
        end = at + 1
        while end < len(words) and words[end].capital and self._name(words, end) is None:
            end += 1
        if not at and end == 1:
            return None
        name = text[words[at].start : words[end - 1].end]
        return Phrase(at, end, "third", Speaker(THIRD, name))

    def _name(self, words: Sequence[Token], at: int) -> _Name | None:
        for name in self._names.get(words[at].low, ()):
            if name.capital and not words[at].capital and not words[at].low[0].isdigit():
                continue
            if len(name.words) == 1:
                return name
            # The second word alone rules out nearly all others.
            here = words[at : at + len(name.words)]
            near = len(here) > 1 and here[1].low == name.words[1]
            if near and name.words == tuple(word.low for word in here):
                return name
        return None

    def _of_entity(self, at: int, name: _Name) -> Phrase:
        kind = "name" if name.speaker else "thing"
        person = name.entity.kind == "person"
        return Phrase(at, at + len(name.words), kind, name.speaker, person=person)

    def _named(self, words: Sequence[Token], phrase: Phrase) -> Phrase:
        """A name with what belongs to it: "Musk's lawyers", "OpenAI president Greg Brockman"."""
        end = phrase.end
        possessive = end < len(words) and words[end].low == "'s"
        head = self._head(words, end + 1 if possessive else end, 4 if possessive else 1)
        if head is None or (not possessive and words[head].low not in self._words.roles):
            return replace(phrase, end=end + 1, kind="thing", owned=True) if possessive else phrase
        low = words[head].low
        claim = low in self._words.mere_claims
        kind = "claim" if claim else "role"
        return self._apposed(words, replace(phrase, end=head + 1, kind=kind, owned=True))

    def _apposed(self, words: Sequence[Token], phrase: Phrase) -> Phrase:
        """The phrase with the name right behind it; a name that is known is who speaks."""
        end = phrase.end
        if phrase.kind != "role" or end >= len(words) or not words[end].capital:
            return phrase
        if (name := self._name(words, end)) is not None:
            return replace(self._of_entity(end, name), start=phrase.start)
        while end < len(words) and words[end].capital:
            end += 1
        return replace(phrase, end=end)

    def _head(self, words: Sequence[Token], at: int, far: int = _FARTHEST_HEAD) -> int | None:
        """The noun that an owner's name is in front of, if it can stand for the owner."""
        known = self._words
        for place in range(at, min(at + far, len(words))):
            low = words[place].low
            if low in known.heads:
                while place + 1 < len(words) and words[place + 1].low in known.roles:
                    place += 1
                return place
            if low in known.prepositions or low in _BREAK or low in known.former:
                return None
        return None

    def _owner(self, words: Sequence[Token], at: int) -> Phrase | None:
        while at < len(words) and words[at].low in self._words.articles:
            at += 1
        name = self._name(words, at) if at < len(words) else None
        return self._of_entity(at, name) if name is not None else None


def _aliases(entity: Entity, language: str) -> Iterator[str]:
    yield entity.name
    for code, names in entity.names.items():
        if code in {_ANY, language} or language == UNDETERMINED:
            yield from names
