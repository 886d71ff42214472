"""The language of a question: short, lazily typed, perhaps without accents.

Statistical identifiers need more text than a question has, so words vote: stop words, and where
they do not decide the lexicon's words, each for the languages that know it. It must not know
passages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from bot.articles.model import UNDETERMINED
from bot.search.analyzer import stem
from bot.search.languages import STEMMERS, STOP_WORDS
from bot.search.lexicon import Lexicon
from bot.search.tokens import fold, tokenize

_STOP_WORD = 2.0
_KNOWN_WORD = 1.0
_MARKS = {"¿": "es", "¡": "es", "ñ": "es", "ß": "de", "ç": "fr", "œ": "fr"}


def question_language(question: str, lexicon: Lexicon, preferred: Sequence[str] = ()) -> str:
    """The language most words vote for; between equals the first preferred one, then English.

    Returns:
        an ISO 639-1 code, or `und` if no word is known in any language.
    """
    votes: defaultdict[str, float] = defaultdict(float)
    rare: list[str] = []
    small = question.casefold()
    for mark, language in _MARKS.items():
        if mark in small:
            votes[language] += _STOP_WORD
    for token in tokenize(question):
        folded = fold(token.word)
        stops = [code for code, words in STOP_WORDS.items() if folded in words]
        for code in stops:
            votes[code] += _STOP_WORD / len(stops)
        if not stops:
            rare.append(token.word)
    ahead = sorted(votes.values(), reverse=True)
    if not ahead or (len(ahead) > 1 and ahead[0] < ahead[1] + _STOP_WORD):
        for word in rare:
            knows = [code for code in STEMMERS if lexicon.knows(stem(word, code), code)]
            for code in knows:
                votes[code] += _KNOWN_WORD / len(knows)
    if not votes:
        return UNDETERMINED
    order = [*preferred, *STEMMERS]
    return min(votes, key=lambda code: (-round(votes[code], 6), order.index(code)))
