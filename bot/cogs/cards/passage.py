"""How one passage looks when somebody wants to know more of it: in its context, or verified.

Must not know how the passage was found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.knowledge_base import KnowledgeBase
from bot.articles.model import Passage
from bot.articles.passage_key import Found
from bot.cogs.cards.block import ANSWER, NO_ANSWER, Container, Message, notice, packed, small
from bot.cogs.cards.naming import MOST_TITLE, article_name
from bot.cogs.inert import inert_line, marked
from bot.wording import Wording

if TYPE_CHECKING:
    from bot.articles.verification import Verified

_MOST_TEXT = 3600


def context_messages(passage: Passage, knowledge: KnowledgeBase, wording: Wording) -> list[Message]:
    """The passage between the one before it and the one after it, all word for word."""
    before, after = knowledge.around(passage)
    title = inert_line(passage.article.title, MOST_TITLE)
    cards = [notice(f"### {wording.say('context.heading', title=title)}", colour=ANSWER)]
    cards += _neighbour(before, "context.before", "context.begins", wording)
    cards += _whole(passage, "context.here", wording, bold=True)
    cards += _neighbour(after, "context.after", "context.ends", wording)
    return packed(cards)


def verified_card(
    found: Found, verified: Verified | None, knowledge: KnowledgeBase, wording: Wording
) -> Container:
    """Whether and where the passage stands in its stored article.

    Args:
        verified: what re-reading found; None if this revision has no such passage.
    """
    if found.article is None or (verified is not None and verified.sha256 is None):
        return notice(wording.say("verify.gone"), colour=NO_ANSWER)
    name = article_name(found.article)
    if found.passage is None or verified is None or verified.start is None:
        digest = verified.sha256 if verified else found.article.sha256
        lines = [wording.say("verify.changed"), name, _digest(digest, wording)]
        return notice("\n".join(filter(None, lines)), colour=NO_ANSWER)
    moved = found.moved or not verified.stands
    title = inert_line(found.article.title, MOST_TITLE)
    place = wording.say("verify.place", start=verified.start, end=verified.end, title=title)
    lines = [
        f"### {wording.say('verify.moved' if moved else 'verify.stands')}",
        place,
        "" if verified.intact else wording.say("verify.article_changed"),
        _digest(verified.sha256, wording),
        small(
            wording.say(
                "answer.revision",
                revision=knowledge.revision,
                articles=len(knowledge.articles),
            )
        ),
    ]
    return notice("\n".join(filter(None, lines)), colour=ANSWER)


def _digest(digest: str | None, wording: Wording) -> str:
    return small(wording.say("verify.digest", digest=f"`{digest}`")) if digest else ""


def _neighbour(
    passage: Passage | None, there: str, missing: str, wording: Wording
) -> list[Container]:
    if passage is None:
        return [notice(small(wording.say(missing)), colour=NO_ANSWER)]
    return _whole(passage, there, wording)


def _whole(
    passage: Passage, label: str, wording: Wording, *, bold: bool = False
) -> list[Container]:
    """All of a passage, in as many containers as it takes."""
    place = wording.say("answer.passage", number=passage.number, of=passage.of)
    head = small(f"**{wording.say(label)}** · {place}")
    text, cards, start = passage.text, [], 0
    while start < len(text):
        end = len(text)
        while True:
            shown = marked(text, (start, end), bold=[(start, end)] if bold else [])
            if len(shown) <= _MOST_TEXT:
                break
            shorter = start + (end - start) * 3 // 4
            end = text.rfind(" ", start, shorter) + 1 or shorter
        cards.append(notice(head, shown, colour=ANSWER if bold else NO_ANSWER))
        start = end
    return cards
