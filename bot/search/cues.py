"""Answer-type cues: what kind of answer a question wants.

"When" wants a date, "how much" an amount, "who" a name, "why" a reason. It must not know scores,
nor which kinds a sentence holds; it only tells kinds, as bits of a set.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntFlag
from functools import cache

from bot.search.tokens import plain


class Cue(IntFlag):
    """Kinds of answer."""

    NONE = 0
    DATE = 1
    NUMBER = 2
    MONEY = 4
    NAME = 8
    REASON = 16


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


def question_cues(question: str, language: str) -> Cue:
    """The kinds of answer that a question wants; none if it does not say."""
    folded = re.sub(r"[^\w]+", " ", plain(question))
    wanted = Cue.NONE
    for cue, pattern in _patterns(language):
        if pattern.search(folded):
            wanted |= cue
    return wanted


@cache
def _patterns(language: str) -> tuple[tuple[Cue, re.Pattern[str]], ...]:
    """What asks for each kind; compiled for the languages that are asked in."""
    kinds = _ASKED.get(language, {})
    return tuple((cue, re.compile(rf"\b(?:{pattern})\b")) for cue, pattern in kinds.items())
