"""Answer-type cues: what kind of answer a question wants, and which kinds a sentence may hold.

"When" wants a date, "how much" an amount, "who" a name, "why" a reason. It must not know scores;
it only tells kinds, as bits of a set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import IntFlag

import numpy as np
import numpy.typing as npt

from bot.search.tokens import fold, normalize, plain


class Cue(IntFlag):
    """Kinds of answer."""

    NONE = 0
    DATE = 1
    NUMBER = 2
    MONEY = 4
    NAME = 8
    REASON = 16


_DATE_BIT, _NUMBER_BIT, _MONEY_BIT, _NAME_BIT, _REASON_BIT = map(
    int, (Cue.DATE, Cue.NUMBER, Cue.MONEY, Cue.NAME, Cue.REASON)
)

_ASKED: Mapping[str, Mapping[Cue, str]] = {
    "en": {
        Cue.DATE: (
            r"when|what (?:year|date|day|month|time|century|decade)|which (?:year|date|day|month|"
            r"century|decade)|how long ago"
        ),
        Cue.MONEY: (
            r"how much|what (?:price|sum|amount)|how expensive|(?:is|are|was|were) .* worth|"
            r"what .* (?:cost|pay|paid)\b"
        ),
        Cue.NUMBER: (
            r"how (?:many|far|long|old|tall|high|big|large|often|fast|deep|wide|heavy)|"
            r"what (?:percentage|percent|number|share|proportion|fraction)|at what age"
        ),
        Cue.NAME: (
            r"who|whose|whom|which (?:person|company|team|player|president|man|woman|king|author)|"
            r"what (?:company|team|person|man|woman|player)|where|(?:what|which) (?:country|city|"
            r"state|place|region|town|river|university|school)|what (?:is|was) the name"
        ),
        Cue.REASON: r"why|what (?:reason|caused|made)|for what reason|how come",
    },
    "it": {
        Cue.DATE: (
            r"quando|(?:in|di|da|a) (?:che|quale) (?:anno|data|giorno|mese|secolo|epoca|periodo)|"
            r"(?:che|quale) (?:anno|data|giorno|mese)"
        ),
        Cue.MONEY: (
            r"quanto (?!tempo|e (?:alt|lung))|quanti soldi|quanto denaro|a quanto ammonta|(?:che|"
            r"quale) (?:prezzo|cifra|somma)"
        ),
        Cue.NUMBER: (
            r"quant[ie]|quanto tempo|quanto e (?:alt|lung|grand)\w*|(?:che|quale) (?:percentuale|"
            r"numero|quota)|quanta"
        ),
        Cue.NAME: (
            r"chi|dove|(?:che|quale|quali) (?:persona|azienda|squadra|giocatore|presidente|re|"
            r"autore|paese|citta|stato|luogo|regione|fiume|universita|scuola)|come si chiama\w*"
        ),
        Cue.REASON: (
            r"perche|per (?:quale|che) (?:motivo|ragione)|come mai|(?:che|quale|"
            r"qual e il) (?:motivo|causa)|cosa (?:causa|ha causato)"
        ),
    },
    "es": {
        Cue.DATE: r"cuando|en que (?:ano|fecha|dia|mes|siglo|epoca)|que (?:ano|fecha|dia)",
        Cue.MONEY: r"cuanto (?!tiempo)|que (?:precio|cantidad|suma)",
        Cue.NUMBER: (
            r"cuant[oa]s|cuanta|cuanto tiempo|que (?:porcentaje|numero|proporcion|altura|edad)"
        ),
        Cue.NAME: (
            r"quien|quienes|donde|que (?:persona|empresa|equipo|jugador|presidente|rey|autor|pais|"
            r"ciudad|estado|lugar|region|rio|universidad|escuela)|como se llama\w*"
        ),
        Cue.REASON: r"por que|por cual (?:motivo|razon)|que (?:causo|motivo|razon)",
    },
    "de": {
        Cue.DATE: (
            r"wann|in welchem (?:jahr|monat|jahrhundert)|(?:welches|welchem) (?:jahr|datum)|"
            r"an welchem tag|seit wann"
        ),
        Cue.MONEY: r"wie ?viel|wie teuer|welche (?:summe|kosten)",
        Cue.NUMBER: (
            r"wie ?viele|wie (?:lange|weit|alt|hoch|gross|oft|schnell|tief|breit|schwer)|"
            r"welche(?:r|n)? (?:anteil|prozentsatz|anzahl)"
        ),
        Cue.NAME: (
            r"wer|wem|wen|wessen|wo|woher|wohin|welche[rsnm]? (?:person|firma|unternehmen|"
            r"mannschaft|team|spieler|prasident|konig|autor|land|stadt|staat|ort|region|fluss|"
            r"universitat|schule)|wie (?:heisst|hiess)\w*"
        ),
        Cue.REASON: r"warum|weshalb|wieso|aus welchem grund|was (?:verursachte|fuhrte)",
    },
    "fr": {
        Cue.DATE: (
            r"quand|(?:en|a|de) quel(?:le)? (?:annee|date|jour|mois|siecle|epoque)|"
            r"quel(?:le)? (?:annee|date|jour)"
        ),
        Cue.MONEY: r"combien (?!de temps|d )|quel(?:le)? (?:prix|somme|montant)",
        Cue.NUMBER: (
            r"combien d(?:es?)?|quel(?:le)? (?:pourcentage|nombre|part|age|taille|hauteur)"
        ),
        Cue.NAME: (
            r"qui|ou|quel(?:le)?s? (?:personne|entreprise|equipe|joueur|president|roi|auteur|pays|"
            r"ville|etat|lieu|region|fleuve|universite|ecole)|comment s appelle\w*"
        ),
        Cue.REASON: r"pourquoi|pour quelle raison|quelle (?:est la )?(?:raison|cause)",
    },
}

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
_COMPILED = {
    language: tuple((cue, re.compile(rf"\b(?:{pattern})\b")) for cue, pattern in kinds.items())
    for language, kinds in _ASKED.items()
}


def question_cues(question: str, language: str) -> Cue:
    """The kinds of answer that a question wants; none if it does not say."""
    folded = re.sub(r"[^\w]+", " ", fold(normalize(question)))
    wanted = Cue.NONE
    for cue, pattern in _COMPILED.get(language, ()):
        if pattern.search(folded):
            wanted |= cue
    return wanted


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
