"""How the moderators' lists look: articles, one article, revisions, and what two differ in.

Must not know where they come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from discord import ButtonStyle

from bot.answers.knowledge_base import KnowledgeBase
from bot.articles.model import Article, Passage
from bot.articles.passage_key import key_of
from bot.cogs.cards.block import ANSWER, Container, notice, row, small
from bot.cogs.cards.kb_change import change_blocks, turn_to
from bot.cogs.cards.kb_pages import LONGEST_BLOCK, action, fitting, paged
from bot.cogs.cards.naming import MOST_NAME, MOST_TITLE, article_name, origin
from bot.cogs.inert import inert_line
from bot.errors import Fault
from bot.revisions.model import Revision
from bot.wording import Wording

if TYPE_CHECKING:
    from bot.revisions.diff import RevisionDiff

_MOST_REASON = 200


def articles_card(knowledge: KnowledgeBase, page: int, wording: Wording) -> Container:
    """One page of the articles, with the ids that commands take."""
    blocks = [_article(article, knowledge, wording) for article in knowledge.articles]
    foot = wording.say(
        "answer.revision", revision=knowledge.revision, articles=len(knowledge.articles)
    )
    heading = wording.say("kb.list.heading")
    return paged(heading, blocks, page, turn_to("list"), wording, foot=foot)


def article_card(passages: Sequence[Passage], page: int, wording: Wording) -> Container:
    """An article: what is known of it, and its passages word for word, in pages.

    Args:
        passages: all of it; at least one.
    """
    article = passages[0].article
    told = [f"`{article.id}`", *origin(article), wording.language_name(article.language)]
    if article.url:
        told.append(inert_line(article.url, 150))
    told.append(wording.count("sources.passages", len(passages)))
    blocks = [f"**{one.number}.** {fitting(one.text, LONGEST_BLOCK - 20)}" for one in passages]
    return paged(
        inert_line(article.title, MOST_TITLE),
        blocks,
        page,
        turn_to("show", key_of(passages[0])),
        wording,
        foot=" · ".join(told),
    )


def history_card(revisions: Sequence[Revision], page: int, wording: Wording) -> Container:
    """One page of the revisions, newest first: when, who, what and why."""
    blocks = [revision_line(one, wording) for one in revisions]
    return paged(wording.say("kb.history.heading"), blocks, page, turn_to("history"), wording)


def revision_line(revision: Revision, wording: Wording) -> str:
    """A revision: its name, what it did and why, when and by whom."""
    what = wording.say(f"kb.kind.{revision.what.replace(' ', '_')}")
    why = f": {inert_line(revision.why, _MOST_REASON)}" if revision.why else ""
    undone = wording.say("kb.history.undoes", number=revision.undoes) if revision.undoes else ""
    when = f"<t:{int(revision.at.timestamp())}:f>"
    files = wording.count("kb.history.files", len(revision.changed))
    head = " · ".join(filter(None, [f"**{revision.label}** {what}{why}", undone]))
    return f"{head}\n{small(f'{when} · {who(revision.who)} · {files}')}"


def who(name: str) -> str:
    """Whoever did it: a mention stays one, everything else is inert."""
    mention = name.removeprefix("<@").removesuffix(">")
    return name if f"<@{mention}>" == name and mention.isdecimal() else inert_line(name, MOST_NAME)


def diff_card(
    diff: RevisionDiff, before: int, after: int, page: int, wording: Wording
) -> Container:
    """One page of what two revisions differ in."""
    return paged(
        wording.say("kb.diff.heading", before=before, after=after),
        change_blocks(diff, wording) or [wording.say("kb.change.nothing")],
        page,
        turn_to("diff", before, after),
        wording,
    )


def faults_card(faults: Sequence[Fault], page: int, wording: Wording) -> Container:
    """One page of what is wrong with the knowledge base."""
    blocks = [f"- {fitting(str(fault), LONGEST_BLOCK - 20)}" for fault in faults]
    heading = (
        wording.count("kb.check.faults", len(faults)) if faults else wording.say("kb.check.none")
    )
    return paged(heading, blocks or [""], page, turn_to("check"), wording)


def published_card(revision: Revision, wording: Wording, *, undo: bool = True) -> Container:
    """A revision that was just published, with a button to take it back."""
    heading = wording.say("kb.published.heading", revision=revision.label)
    card = notice(f"### {heading}", revision_line(revision, wording), colour=ANSWER)
    button = action("undo", revision.number, wording=wording, style=ButtonStyle.secondary)
    buttons = row(button if undo else None)
    if buttons is not None:
        card.add_item(buttons)
    return card


def _article(article: Article, knowledge: KnowledgeBase, wording: Wording) -> str:
    told: Iterable[str] = (
        f"`{article.id}`",
        *([article.published.isoformat()] if article.published else []),
        wording.language_name(article.language),
        wording.count("sources.passages", len(knowledge.passages_of(article.id))),
    )
    return f"{article_name(article)}\n{small(' · '.join(told))}"
