"""How a change of several articles looks: what comes, changes and goes, and what to know of it.

Must not know where the change came from, nor who may publish it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from discord import ButtonStyle

from bot.articles.model import Article
from bot.cogs.button_ids import button_id
from bot.cogs.cards.block import Button, Container
from bot.cogs.cards.kb_pages import LONGEST_BLOCK, action, fitting, paged, some
from bot.cogs.cards.naming import MOST_NAME
from bot.cogs.inert import inert_line
from bot.errors import Fault
from bot.wording import Wording

if TYPE_CHECKING:
    from bot.moderation.judged import QuestionChange
    from bot.moderation.proposal import Proposal
    from bot.moderation.refreshing import Refreshed
    from bot.revisions.diff import ArticleChange, RevisionDiff

_MOST_LINE = 220


def change_blocks(diff: RevisionDiff, wording: Wording) -> list[str]:
    """What comes, changes and goes, a block for each article and one for all other files."""
    blocks = [_named("new", article, wording) for article in diff.new]
    blocks += [_changed(change, wording) for change in diff.changed]
    blocks += [_named("gone", article, wording) for article in diff.gone]
    if diff.files:
        names = some((f"- `{name}`" for name in diff.files), LONGEST_BLOCK - 100, wording)
        blocks.append(f"**{wording.say('kb.change.files')}**\n{names}")
    return blocks


def proposal_card(
    key: str,
    proposal: Proposal,
    wording: Wording,
    *,
    refreshed: Refreshed | None = None,
    page: int = 0,
) -> Container:
    """A proposal with all that is worth knowing before it is published."""
    held = refreshed.held if refreshed else ((proposal.held,) if proposal.held else ())
    blocks = []
    if held:
        reasons = some((f"- {fitting(one, 300)}" for one in held), LONGEST_BLOCK - 200, wording)
        blocks.append(f"**{wording.say('kb.change.held')}**\n{reasons}")
    blocks += _faults("kb.change.faults", proposal.faults, wording)
    blocks += change_blocks(proposal.diff, wording)
    blocks += _moved(proposal.moved, wording)
    blocks += _faults("kb.change.outdated", proposal.outdated, wording)
    blocks += failed_blocks(refreshed, wording) if refreshed else []
    publish = action("publish", key, wording=wording, style=ButtonStyle.success)
    # A state with faults is never published, so it is not offered.
    publish.disabled = bool(proposal.faults)
    buttons: list[Button] = [
        publish,
        action("discard", key, wording=wording, style=ButtonStyle.danger),
    ]
    kind = wording.say(f"kb.kind.{proposal.what.replace(' ', '_')}")
    foot = [fitting(proposal.why, 300)]
    if proposal.share_lost:
        foot.append(wording.say("kb.change.lost", share=f"{proposal.share_lost:.0%}"))
    return paged(
        wording.say("kb.change.heading", kind=kind),
        blocks or [wording.say("kb.change.nothing")],
        page,
        turn_to("look", key),
        wording,
        foot=" · ".join(filter(None, foot)),
        buttons=buttons,
    )


def failed_blocks(refreshed: Refreshed, wording: Wording) -> list[str]:
    """The pages of a refresh that failed, or were left as people made them, and why."""
    blocks = []
    for outcome in ("failed", "kept"):
        pages = refreshed.of("failed") if outcome == "failed" else refreshed.of("kept")
        if pages:
            lines = (f"- {inert_line(one.url, 100)}: {fitting(one.detail, 300)}" for one in pages)
            heading = wording.say(f"kb.change.{outcome}")
            blocks.append(f"**{heading}**\n{some(lines, LONGEST_BLOCK - 200, wording)}")
    return blocks


def turn_to(name: str, *state: str | int) -> Callable[[int, str], str]:
    """The custom ids of the buttons that turn a view's pages."""
    return lambda page, way: button_id(f"kb-{name}", *state, page, way)


def _named(what: str, article: Article, wording: Wording) -> str:
    from bot.articles.split import split

    passages = wording.count("sources.passages", len(split(article)))
    name = inert_line(article.title, MOST_NAME)
    return f"**{wording.say(f'kb.change.{what}')}** {name} · `{article.id}` · {passages}"


def _changed(change: ArticleChange, wording: Wording) -> str:
    name = inert_line(change.after.title, MOST_NAME)
    count = f"+{len(change.plus)} −{len(change.minus)}"
    lines = [
        wording.say(
            "kb.change.field",
            name=field.name,
            before=inert_line(field.before or "–", 80),
            after=inert_line(field.after or "–", 80),
        )
        for field in change.fields
    ]
    lines += [f"\\+ {inert_line(one.text, _MOST_LINE)}" for one in change.plus]
    lines += [f"− {inert_line(one.text, _MOST_LINE)}" for one in change.minus]
    told = some(lines, LONGEST_BLOCK - 400, wording)
    head = f"**{wording.say('kb.change.changed')}** {name} · `{change.after.id}` · {count}"
    return f"{head}\n{told}"


def _moved(moved: Iterable[QuestionChange], wording: Wording) -> list[str]:
    lines = []
    for one in moved:
        before, after = (
            inert_line(passage.text, 100) if passage else wording.say("kb.change.no_answer")
            for passage in (one.before, one.after)
        )
        lines.append(f"- {inert_line(one.question, 100)}\n  − {before}\n  \\+ {after}")
    if not lines:
        return []
    heading = wording.count("kb.change.moved", len(lines))
    return [f"**{heading}**\n{some(lines, LONGEST_BLOCK - 200, wording)}"]


def _faults(key: str, faults: Iterable[Fault], wording: Wording) -> list[str]:
    lines = [f"- {fitting(str(fault), 300)}" for fault in faults]
    if not lines:
        return []
    return [f"**{wording.say(key)}**\n{some(lines, LONGEST_BLOCK - 200, wording)}"]
