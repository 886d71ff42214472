"""Follow-up questions: completed from the question before, so that they can be searched.

A pure function of the two questions: what the second one leaves out (a pronoun instead of a name, a
verb without its object, no subject at all) is taken from the first. It must not know passages.
"""

from __future__ import annotations

from bot.search.analyzer import Analyzer, Unit
from bot.search.tokens import fold, tokenize

_SELF_CONTAINED = 3
"""So many words of its own, and no pronoun, need nothing from the question before."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Words that are articles as well (la, lo, el, das) are left out: "Chi ha fondato la società?" has
# no pronoun.
_PRONOUNS = {
    "en": _words("he him his she her hers it its they them their that this those these there one"),
    "it": _words("lui lei egli ella essi loro suo sua suoi sue ci ne quello questo"),
    "es": _words("ellos ellas su sus le les eso esto aquello alli"),
    "de": _words("er ihn ihm sie ihr ihre ihren es sein seine seinen damit davon dafur"),
    "fr": _words("il elle ils elles lui leur leurs son sa ses cela ca y en"),
}
_OBJECTS = {
    "en": _words("it that this them one"),
    "it": _words("lo la li l quello questo ne"),
    "es": _words("lo la eso esto"),
    "de": _words("es das dies"),
    "fr": _words("le la l cela ca en"),
}
_OPENINGS = {
    "en": _words("and but so then also"),
    "it": _words("e ed ma allora quindi invece"),
    "es": _words("y pero entonces"),
    "de": _words("und aber dann"),
    "fr": _words("et mais alors"),
}
_QUESTION_WORDS = {
    "en": _words(
        "who whom whose what when where why which how is are was were did does do has have had"
        " will would can could should"
    ),
    "it": _words("chi che cosa quando dove perche quale quali quanto quanta quanti quante come"),
    "es": _words("quien quienes que cuando donde por cual cuales cuanto cuanta cuantos como"),
    "de": _words("wer wem wen was wann wo warum wieso welche welcher welches wie ist hat hatte"),
    "fr": _words("qui que quoi quand ou pourquoi quel quelle quels combien comment est a"),
}


def complete(question: str, previous: str, language: str, analyzer: Analyzer) -> str:
    """The question with what it lacks from the one before; unchanged if it lacks nothing.

    A question that has a word of its own but no name takes over the names ("and when did he
    sue?"); one that is only the end of the question before ("and why?", "e la fondazione?") takes
    all of it.

    Args:
        language: of the question (ISO 639-1); in others than the five nothing is a pronoun.
    """
    words = [fold(token.word) for token in tokenize(question)]
    own = list(analyzer.units(question, language))
    before = list(analyzer.units(previous, language))
    none: frozenset[str] = frozenset()
    opening = bool(words) and words[0] in _OPENINGS.get(language, none)
    rest = words[1:] if opening else words
    if language == "en" and words[:2] in (["what", "about"], ["how", "about"]):
        opening, rest = True, words[2:]
    asks = bool(rest) and rest[0] in _QUESTION_WORDS.get(language, none)
    pronoun = any(word in _PRONOUNS.get(language, none) for word in rest)
    names = [unit for unit in own if _is_name(unit)]
    if (not pronoun and not opening and (names or len(own) >= _SELF_CONTAINED)) or not before:
        return question
    object_last = bool(rest) and rest[-1] in _OBJECTS.get(language, none)
    if not own or (opening and not asks and len(own) == 1) or (object_last and len(own) == 1):
        return f"{previous.rstrip(' ?!.')}: {question}"
    known = {term for unit in own for term in (*unit.terms, *unit.concepts)}
    carried = [
        previous[unit.start : unit.end]
        for unit in before
        if _is_name(unit) and not known.intersection((*unit.terms, *unit.concepts))
    ]
    return f"{question.rstrip()} ({', '.join(dict.fromkeys(carried))})" if carried else question


def _is_name(unit: Unit) -> bool:
    named = any(concept.startswith("=@") for concept in unit.concepts)
    return named or (unit.tokens[0].capital and unit.position > 0)
