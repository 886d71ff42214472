"""The check of a whole knowledge folder: every fault of every file, at once.

It must not know how faults are shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from bot.articles import dispute
from bot.articles.folding import folded
from bot.articles.frontmatter import load_yaml
from bot.articles.lexicon_files import scan_lexicon
from bot.articles.nodes import Fields
from bot.articles.questions import scan_questions
from bot.articles.store import ArticleStore
from bot.errors import Fault

QUESTIONS = "questions.yaml"
SOURCES = "sources.yaml"
LEXICON = "lexicon"

_TWICE = "The id `{}` stands twice, first in line {}."
_OTHER_ID = "Give one of the two another id."
_EVERY = re.compile(r"[1-9]\d*[mhd]\Z")


def check(folder: Path) -> tuple[Fault, ...]:
    """All faults of a knowledge folder, in the order of its files."""
    store = ArticleStore(folder)
    stored, faults = store.scan()
    found = sorted([*faults, *store.unstamped()], key=lambda fault: (fault.path, fault.line))
    if not stored and not found:
        advice = "Add some with `python -m bot kb import PATH...`."
        found = [Fault(store.articles, 1, "There are no articles.", advice)]
    if (path := folder / dispute.FILE).exists():
        found += dispute.scan_dispute(path)[1]
    if (path := folder / SOURCES).exists():
        found += _check_sources(path)
    if (path := folder / QUESTIONS).exists():
        found += _check_questions(path, [one.article.text for one in stored])
    found += scan_lexicon(folder / LEXICON)
    return tuple(found)


def _check_sources(path: Path) -> list[Fault]:
    node, unreadable = load_yaml(path)
    faults = list(unreadable)
    if node is None:
        return faults
    fields = Fields(path, node, faults, "The file")
    seen: dict[str, int] = {}
    for source in fields.mappings("sources", "The source"):
        _check_id(source, seen)
        source.text("publisher")
        source.text("language")
        addresses = [name for name in ("address", "feed") if source.text(name)]
        if len(addresses) != 1:
            advice = "Give `address:` for one page, or `feed:` for an RSS or Atom feed."
            source.fault(source.line, "The source needs one address.", advice)
        for name in addresses:
            if not re.match(r"https?://\S+\Z", source.text(name) or ""):
                advice = "Write the whole address, from https:// on."
                source.fault(source.line_of(name), f"`{name}` is no address of the web.", advice)
        every = source.text("every")
        if every is not None and not _EVERY.match(every):
            advice = "Write minutes, hours or days, as in 30m, 6h or 1d."
            source.fault(source.line_of("every"), f"`every: {every}` is not a time.", advice)
        source.finish()
    fields.finish()
    return faults


def _check_questions(path: Path, texts: Sequence[str]) -> list[Fault]:
    questions, unreadable = scan_questions(path)
    faults = list(unreadable)
    everything = "\n".join(map(folded, texts))
    seen: dict[str, int] = {}
    for question in questions:
        if question.id in seen:
            problem = _TWICE.format(question.id, seen[question.id])
            faults.append(Fault(path, question.line, problem, _OTHER_ID))
        if question.id:
            seen.setdefault(question.id, question.line)
        for words in question.relevant:
            if folded(words) not in everything:
                problem = f"No article holds `{words}`."
                advice = "Take words that stand in an article."
                faults.append(Fault(path, question.line, problem, advice))
    return sorted(faults, key=lambda fault: fault.line)


def _check_id(fields: Fields, seen: dict[str, int]) -> None:
    identity = fields.required_text("id")
    if identity in seen:
        problem = _TWICE.format(identity, seen[identity])
        fields.fault(fields.line_of("id"), problem, _OTHER_ID)
    if identity:
        seen.setdefault(identity, fields.line)
