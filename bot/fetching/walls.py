"""Pages that answer as if they were there, and hold something else than their article.

A wall is told only where little text is left beside its words, so that an article about log-ins,
cookies or paywalls is none. It must not know how a page was fetched or extracted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

SHORT = 120  # words; what is longer is an article, whatever stands in it
_SHORT_OF_LOG_IN = 60
_MOST_HTML = 300_000

# One phrase a line, as a pattern.
_SAYS: Mapping[str, str] = {
    "says that there is no such page": r"""
        (?:requested|looking for|page|article) (?:was|is|could|can) ?not (?:be )?found
        (?:page|article|story) (?:you \w+ )?(?:does not|doesn['’]t|no longer) exists?
        (?:page|article|story|content) (?:has been|was) (?:removed|deleted|moved)
        page not found
        (?:error|errore) 404
        404 (?:error|not found|[-–—|:] )
        pagina non (?:è stata )?trovata
        (?:pagina|articolo) (?:che \w+ )?non (?:è più|esiste|è disponibile)
        (?:contenuto|pagina) non (?:è )?disponibile
    """,
    "asks for JavaScript": r"""
        (?:enable|turn on|activate|requires?|needs?) java ?script
        java ?script (?:is (?:disabled|required|not enabled)|(?:must|needs to) be enabled)
        (?:abilita\w*|attiva\w*|richiede) java ?script
        java ?script (?:è )?(?:disabilitato|disattivato)
    """,
    "asks to prove that one is no robot": r"""
        verify(?:ing)? (?:that )?you are (?:a )?(?:human|not a robot)
        are you (?:a |an? )?(?:human|robot)
        checking (?:if the site connection is secure|your browser)
        unusual (?:traffic|activity) from your
        i['’]?m not a robot
        non sono un robot
        verifica\w* (?:che )?(?:tu )?(?:di essere|sia|sei) (?:un )?(?:umano|essere umano)
        complet[ea]\w* (?:the|il) captcha
        just a moment\.\.\.
    """,
    "asks for consent to cookies": r"""
        accept (?:all )?cookies
        we (?:and our (?:\d+ )?partners )?use cookies
        (?:manage|cookie) (?:cookie )?(?:preferences|consent|settings)
        before you continue to
        accetta(?:re)? (?:tutti )?(?:i )?cookie
        (?:usiamo|utilizziamo|utilizza|usa) (?:i )?cookie
        (?:gestisci|preferenze) (?:i |sui |dei )?(?:cookie|consenso)
        prima di continuare su
        consenso (?:ai|sui) cookie
    """,
    "asks to subscribe": r"""
        to continue reading
        subscribe to (?:continue|read|unlock|keep reading)
        subscribers?[ -]only
        (?:article|story|content) is (?:reserved )?(?:for|exclusive to) (?:our )?subscribers
        already a subscriber
        free articles? (?:left|remaining|this month)
        unlock this (?:article|story)
        per continuare a leggere
        abbonati per (?:continuare|leggere)
        riservat[oi] agli abbonati
        (?:sei già abbonat[oa]|hai già un abbonamento)
        sblocca (?:l['’]|questo )articolo
    """,
    "asks to log in": r"""
        (?:log|sign) ?in to (?:continue|read|view|access|your|see)
        (?:you (?:must|need to|have to)|please) (?:log|sign) ?in
        (?:forgot(?:ten)?|reset) (?:your )?password
        create (?:an|your|a free) account
        accedi (?:per|al tuo|con)\b
        (?:devi accedere|effettua\w* (?:l['’]accesso|il log ?in)|esegui (?:l['’]accesso|il log ?in))
        password dimenticata
        (?:hai dimenticato|recupera) la password
        crea un account
    """,
}
_PATTERNS = {
    reason: re.compile("|".join(map(str.strip, phrases.strip().splitlines())), re.I)
    for reason, phrases in _SAYS.items()
}
_PASSWORD = re.compile(r"<input\b[^>]{0,500}\btype\s*=\s*[\"']?password\b", re.I)
_TITLE = re.compile(r"<title[^>]{0,200}>(.{0,300}?)</title", re.I | re.S)
_NO_SUCH_PAGE = re.compile(
    r"\s*(?:404\b|(?:page|article)\ not\ found|not\ found\b|pagina\ non\ trovata|errore\ 404)", re.I
)
_WORD = re.compile(r"[^\W\d_]{2,}")


def wall_of(text: str, html: str) -> str | None:
    """What stands before a page's article, if there is a wall.

    Args:
        text: the article as it was extracted.
        html: the page it was extracted from; empty for what was no page.

    Returns:
        the rest of a sentence that begins with “The page”, or None for an article.
    """
    words = len(_WORD.findall(text))
    if words >= SHORT:
        return None
    title = _TITLE.search(html[:_MOST_HTML])
    if title and _NO_SUCH_PAGE.match(title[1]):
        return "says that there is no such page"
    plain = " ".join(text.split())
    for reason, pattern in _PATTERNS.items():
        if pattern.search(plain):
            return reason
    if words < _SHORT_OF_LOG_IN and _PASSWORD.search(html[:_MOST_HTML]):
        return "asks to log in"
    return None
