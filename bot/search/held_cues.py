"""Which kinds of answer a sentence may hold, in the bits of `Cue`.

A year or a month may be a date, a currency's sign an amount of money, a capital letter a name. It
is found out when an index is made. It must not know questions, nor scores.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from bot.search.cues import Cue
from bot.search.tokens import plain

_DATE_BIT, _NUMBER_BIT, _MONEY_BIT, _NAME_BIT, _REASON_BIT = map(
    int, (Cue.DATE, Cue.NUMBER, Cue.MONEY, Cue.NAME, Cue.REASON)
)
_REASON_PHRASES = (
    "due to|owing to|as a result|in order to|so that|led to|a causa|dopo il|per evitare|al fine|"
    "grazie a|para que|ya que|um zu|a cause|en raison|grace a"
)
_REASON = re.compile(
    r"\b(?:because|since|caused|reason|citing|perche|poiche|motivo|dovut[oa]|"
    r"porque|debido|razon|weil|wegen|aufgrund|grund|damit|denn|parce|afin|puisque|"
    rf"{_REASON_PHRASES})\b"
)
_MONTHS = (
    "january february march april may june july august september october november december "
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "januar februar marz april mai juni juli august september oktober november dezember "
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre"
)
_DATE = re.compile(
    r"\b(?:1[0-9]{3}|20[0-9]{2})s?\b|\b(?:"
    + "|".join(sorted(set(_MONTHS.split()) - {"may", "mars"}))
    + r")\b|\b[0-9]{1,2}th century|\bsecolo\b|\bsiglo\b|\bjahrhundert|\bsiecle\b"
)
_MONEY = re.compile(
    r"[$€£¥]|\b(?:dollars?|dollari|dolares|euros?|pounds?|sterlin\w*|million\w*|billion\w*|miliard\w*|"
    r"milion\w*|millon\w*|milliard\w*|trillion\w*|mld|bn|usd|eur)\b"
)
_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|half|dozen|"
    r"due|tre|quattro|cinque|sei|sette|otto|nove|dieci|undici|dodici|cento|mille|mila|meta|"
    r"dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|cien|mil|mitad|"
    r"zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf|hundert|tausend|halfte|"
    r"deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|cent|moitie)\b"
)
_NAME = re.compile(r"(?<=[\w,;:)’'] )[A-ZÀ-Þ][\w’'-]+")
_BEGINS_NAME = re.compile(r"[A-ZÀ-Þ][\w’'-]+")
_BEFORE_NAME = re.compile(r"[\w,;:)’']\Z")
_IN_PHRASE = re.compile(
    r"\bcentury|\b(?:"
    + "|".join(max(phrase.split(), key=len) for phrase in _REASON_PHRASES.split("|"))
    + r")\b"
)
_CENTURY = re.compile(r"[0-9]{1,2}th century")
_BY_PHRASE = re.compile(rf"\b(?:{_REASON_PHRASES})\b")
_MARKS = ".,;:!?()'’\"“”«»…"
_MAY_TELL = re.compile("|".join(p.pattern for p in (_IN_PHRASE, _DATE, _MONEY, _NUMBER, _REASON)))
# What a stretch tells beyond the cues that it holds itself.
_PHRASE, _BEGINS, _BEFORE = 32, 64, 128
_CUES = 31


def sentence_cues(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[int]:
    """For each sentence of a text, the kinds of answer that it may hold."""
    for start, end in spans:
        sentence = text[start:end]
        held = _plain_cues(plain(sentence))
        if not held & _NUMBER_BIT:
            held &= ~_MONEY_BIT
        if _NAME.search(sentence):
            held |= _NAME_BIT
        yield held


def stretch_cues(stretch: str) -> int:
    """What `joined_cues` wants to know of a stretch of text between two spaces."""
    held = 0
    folded = plain(stretch).strip(_MARKS)
    # Whatever tells something of one word stands at its beginning.
    if not folded.isalpha() or _MAY_TELL.match(folded):
        held = _plain_cues(folded)
        if _IN_PHRASE.search(folded):
            held |= _PHRASE
    if _BEGINS_NAME.match(stretch):
        held |= _BEGINS
    if _BEFORE_NAME.search(stretch):
        held |= _BEFORE
    return held


def joined_cues(
    stretches: npt.NDArray[np.uint8],
    starts: npt.NDArray[np.int64],
    sentence: Callable[[int], str],
) -> npt.NDArray[np.int8]:
    """The same as `sentence_cues` for many sentences, each given as its stretches.

    Args:
        stretches: what `stretch_cues` tells of all of them.
        starts: where each sentence's begin; none has none.
        sentence: the sentence of a number; it is asked for where a phrase may stand in it.
    """
    held = np.bitwise_or.reduceat(stretches, starts) if len(starts) else stretches
    names = np.zeros(len(stretches), dtype=bool)
    names[1:] = (stretches[1:] & _BEGINS > 0) & (stretches[:-1] & _BEFORE > 0)
    names[starts] = False
    named = np.logical_or.reduceat(names, starts) if len(starts) else names
    cues = held & _CUES
    for number in np.flatnonzero(held & _PHRASE).tolist():
        folded = plain(sentence(number))
        if _CENTURY.search(folded):
            cues[number] |= _DATE_BIT
        if not cues[number] & _REASON_BIT and _BY_PHRASE.search(folded):
            cues[number] |= _REASON_BIT
    cues[cues & _NUMBER_BIT == 0] &= ~_MONEY_BIT & _CUES
    cues[named] |= _NAME_BIT
    return cues.astype(np.int8)


def _plain_cues(folded: str) -> int:
    # Plain numbers: adding to a flag takes as long as searching for it.
    held = 0
    if _DATE.search(folded):
        held |= _DATE_BIT
    if _NUMBER.search(folded):
        held |= _NUMBER_BIT
    if _MONEY.search(folded):
        held |= _MONEY_BIT
    if _REASON.search(folded):
        held |= _REASON_BIT
    return held
