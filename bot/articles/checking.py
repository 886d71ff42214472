"""The check of a whole knowledge folder: every fault of every file, at once.

It must not know how faults are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.articles import contrasts, dispute, pins, sources
from bot.articles.account_sentences import scan_sentences
from bot.articles.accounts import known_accounts
from bot.articles.folding import folded
from bot.articles.lexicon_files import scan_lexicon
from bot.articles.questions import scan_questions
from bot.articles.split import split
from bot.articles.starter import borrowed
from bot.articles.store import ArticleStore, Stored
from bot.errors import Fault

QUESTIONS = "questions.yaml"
ACCOUNTS = "accounts.yaml"
LEXICON = "lexicon"

_TWICE = "The id `{}` stands twice, first in line {}."
_OTHER_ID = "Give one of the two another id."


def check(folder: Path) -> tuple[Fault, ...]:
    """All faults of a knowledge folder: of each file, then of files that do not fit together."""
    stored, faults = ArticleStore(folder).scan()
    unstamped = [fault for one in stored if (fault := one.unstamped) is not None]
    return (*_unsound(folder, stored, faults), *unstamped, *_outdated(folder, stored))


def unsound(folder: Path) -> tuple[Fault, ...]:
    """The faults for which a knowledge folder must not be published, in the order of its files."""
    return _unsound(folder, *ArticleStore(folder).scan())


def outdated(folder: Path) -> tuple[Fault, ...]:
    """Judged questions and pins that name words which no article holds any more.

    Answers do without them, so they keep nothing from being published.
    """
    return _outdated(folder, ArticleStore(folder).scan()[0])


def _unsound(folder: Path, stored: Sequence[Stored], faults: Sequence[Fault]) -> tuple[Fault, ...]:
    store = ArticleStore(folder)
    found = list(faults)
    if not stored and not found:
        advice = "Add some with `python -m bot kb import PATH...`."
        found = [Fault(store.articles, 1, "There are no articles.", advice)]
    if (path := folder / dispute.FILE).exists():
        found += dispute.scan_dispute(path)[1]
    if (path := folder / contrasts.FILE).exists():
        found += contrasts.scan_contrasts(path)[1]
    if (path := folder / sources.FILE).exists():
        found += sources.scan_sources(path)[1]
    if (path := folder / QUESTIONS).exists():
        found += _check_questions(path)
    if (path := folder / pins.FILE).exists():
        found += pins.scan_pins(path)[1]
    if about := dispute.scan_dispute(borrowed(folder, dispute.FILE))[0]:
        known = known_accounts(about)
        found += _check_accounts(stored, known)
        if (path := folder / ACCOUNTS).exists():
            found += scan_sentences(path, known)[1]
    found += scan_lexicon(folder / LEXICON)
    return tuple(found)


def _outdated(folder: Path, stored: Sequence[Stored]) -> tuple[Fault, ...]:
    found: list[Fault] = []
    if (path := folder / QUESTIONS).exists():
        everything = "\n".join(folded(one.article.text) for one in stored)
        advice = "Take words that stand in an article."
        found += [
            Fault(path, question.line, f"No article holds `{words}`.", advice)
            for question in scan_questions(path)[0]
            for words in question.relevant
            if folded(words) not in everything
        ]
    if (path := folder / pins.FILE).exists():
        articles = {one.article.id: one.article for one in stored}
        advice = "Pin another passage; until then the question is answered without a pin."
        for pin in pins.scan_pins(path)[0]:
            article = articles.get(pin.article)
            if article is None or pins.pinned_passage(pin, split(article)) is None:
                problem = f"No passage of `{pin.article}` begins with `{pin.begins}`."
                found.append(Fault(path, pin.line, problem, advice))
    return tuple(sorted(found, key=lambda fault: (fault.path, fault.line)))


def _check_accounts(stored: Sequence[Stored], known: frozenset[str]) -> list[Fault]:
    advice = f"Known are: {', '.join(sorted(known))}; or leave the line out."
    return [
        Fault(one.path, one.account_line, f"`account: {one.article.account}` is nobody's.", advice)
        for one in stored
        if one.article.account is not None and one.article.account not in known
    ]


def _check_questions(path: Path) -> list[Fault]:
    questions, unreadable = scan_questions(path)
    faults = list(unreadable)
    seen: dict[str, int] = {}
    for question in questions:
        if question.id in seen:
            problem = _TWICE.format(question.id, seen[question.id])
            faults.append(Fault(path, question.line, problem, _OTHER_ID))
        if question.id:
            seen.setdefault(question.id, question.line)
    return sorted(faults, key=lambda fault: fault.line)
