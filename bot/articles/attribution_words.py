"""The kinds of words by which a text says who speaks, whatever its language.

The words themselves stand in a module for each language. It must not know texts, names or sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words, in lower case.

    Attributes:
        finite: verbs of saying that have a subject of their own.
        participles: those that, with `have`, have one, and with `be` name their agent after `by`.
        loose: those that say something without a subject of their own ("alleging that").
        naming: verbs whose noun behind them is who is spoken of, not who speaks ("called").
        weak: verbs that only say something before one of `that` or a claim ("found that").
        roles: people who speak for somebody ("lawyers"); papers: writings that do ("complaint").
        claims: what somebody has said; versions: those of them that a heading can promise.
        media: writings that pass on what others say.
        thirds: unnamed others ("analysts"); people, companies: nouns for the last one named.
        markers: words in front of a speaker ("according to"); tails: words behind one ("view").
        own: markers with their pronoun in them ("a suo dire").
        before_comma: markers if a comma follows the name ("per"); inside: in front of tails.
        hearsay: verbs that nobody says before "to be"; states: "convinced"; viewing: "see as".
        contents: words that, right behind a weak verb, begin what is said.
        pointers: words that stand for somebody named before ("according to whom").
        deeds: verbs with a word behind them that tell what is done, not said ("thought of").
        handing: verbs that tell a deed if their object and a hearer follow ("explained it to").
        inverts, drops_subject: whether the subject may stand behind its verb, or be left out.
        verbs and below: made of the others by `indexed`.
        marker_signs: a sentence that a marker or a tail stands in has one of them at least.
        signs: the same of a sentence that somebody says.
    """

    finite: frozenset[str]
    participles: frozenset[str]
    loose: frozenset[str]
    naming: frozenset[str]
    weak: frozenset[str]
    have: frozenset[str]
    be: frozenset[str]
    by: frozenset[str]
    of: frozenset[str]
    prepositions: frozenset[str]
    articles: frozenset[str]
    possessives: frozenset[str]
    pronouns: frozenset[str]
    it: frozenset[str]
    relatives: frozenset[str]
    that: frozenset[str]
    joins: frozenset[str]
    subordinates: frozenset[str]
    contrasts: frozenset[str]
    as_: frozenset[str]
    openers: frozenset[str]
    nots: frozenset[str]
    nobodies: frozenset[str]
    modals: frozenset[str]
    skipped: frozenset[str]
    adverb: str
    roles: frozenset[str]
    former: frozenset[str]
    papers: frozenset[str]
    claims: frozenset[str]
    versions: frozenset[str]
    media: frozenset[str]
    thirds: frozenset[str]
    chiefs: frozenset[str]
    people: frozenset[str]
    companies: frozenset[str]
    markers: tuple[tuple[str, ...], ...]
    tails: frozenset[str]
    own: tuple[tuple[str, ...], ...]
    before_comma: frozenset[str]
    hearsay: frozenset[str]
    states: frozenset[str]
    questions: frozenset[str]
    to: frozenset[str]
    viewing: frozenset[str]
    inverts: bool
    drops_subject: bool
    reflexives: frozenset[str]
    suing: frozenset[str]
    inside: frozenset[str]
    contents: frozenset[str]
    pointers: frozenset[str]
    deeds: frozenset[tuple[str, ...]]
    handing: frozenset[str]
    verbs: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    governors: frozenset[str] = frozenset()
    openings: frozenset[str] = frozenset()
    asides: frozenset[str] = frozenset()
    no_names: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    mere_claims: frozenset[str] = frozenset()
    marker_starts: frozenset[str] = frozenset()
    marker_signs: frozenset[str] = frozenset()
    marked: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    owned: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    suits: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    signs: frozenset[str] = frozenset()

    def may_say(self, low: Iterable[str]) -> bool:
        """Whether somebody may say a sentence of these words; it may seem so where nobody does,
        never the other way round."""
        return not self.signs.isdisjoint(low)


def indexed(words: Words) -> Words:
    """The same with the sets of words at which anything can begin."""
    starts = {marker[0] for marker in (*words.markers, *words.own)} | words.inside
    verbs = words.finite | words.participles | words.loose | words.states
    nouns = words.possessives | words.nobodies | words.pronouns | words.it | words.roles
    nouns |= words.papers | words.chiefs
    verbs |= {verb.split()[0] for verb in verbs}
    common = words.of | words.by | words.to | words.articles | words.possessives
    # Of a marker the one word that fewest sentences have: the longest that is no mere particle.
    rare = {
        max(one, key=lambda word: (word not in common, len(word)))
        for one in (*words.markers, *words.own)
    }
    marker_signs = words.tails | rare
    return replace(
        words,
        verbs=verbs,
        signs=verbs | words.claims | words.before_comma | marker_signs,
        written=words.claims | words.papers | words.media,
        governors=words.prepositions - words.subordinates,
        openings=words.contrasts | words.subordinates | words.as_ | words.joins,
        asides=words.subordinates | words.questions,
        heads=words.roles | words.papers | words.claims,
        mere_claims=words.claims - words.papers - words.roles,
        no_names=words.skipped | words.prepositions | words.articles | words.openers,
        marker_starts=frozenset(starts),
        marker_signs=marker_signs,
        marked={start: tuple(one for one in words.markers if one[0] == start) for start in starts},
        owned={start: tuple(one for one in words.own if one[0] == start) for start in starts},
        suits=words.suing | (words.papers - words.media),
        nouns=nouns | words.claims | words.media | words.thirds | words.people | words.companies,
    )


def word_set(words: str) -> frozenset[str]:
    """Words separated by spaces."""
    return frozenset(words.split())


def phrases(words: str) -> tuple[tuple[str, ...], ...]:
    """Phrases separated by semicolons, each as its words."""
    return tuple(tuple(one.split()) for one in words.split(";"))
