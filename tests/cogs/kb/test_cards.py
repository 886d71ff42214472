"""The moderators' cards keep to Discord's limits, whatever stands in them, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.clean import Removed
from bot.articles.model import Article, Passage
from bot.articles.passage_key import Found
from bot.articles.split import split
from bot.articles.store import digest
from bot.cogs.cards.block import Container
from bot.cogs.cards.kb_change import proposal_card
from bot.cogs.cards.kb_draft import draft_card
from bot.cogs.cards.kb_lists import (
    article_card,
    diff_card,
    faults_card,
    history_card,
    published_card,
    who,
)
from bot.cogs.cards.kb_members import gaps_card, reports_card
from bot.cogs.cards.kb_pages import fitting, some
from bot.cogs.cards.kb_status import ALL, drop_card, status_card
from bot.cogs.inert import inert
from bot.errors import Fault
from bot.moderation.comparing import Page
from bot.moderation.drafting import Drafted
from bot.moderation.gaps import GapGroup
from bot.moderation.judged import QuestionChange
from bot.moderation.proposal import Proposal
from bot.moderation.refreshing import Refreshed
from bot.moderation.status import SourceStatus, Status
from bot.records.model import Gap, Report
from bot.revisions.diff import diff
from bot.revisions.model import HandEdit, Revision
from bot.wording import Wording
from tests.support.cards import ENGLISH, ITALIAN, checked, texts

KEY = "AAAAAAAAAAA"
WILD = "*_~`|<@1>[x](https://e.example):#" * 40
AT = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
DAY = date(2026, 1, 2)


def wild_article(name: str, text: str = f"{WILD} {WILD}\n\n{WILD} again.") -> Article:
    return Article(
        id=name,
        title=WILD,
        text=text,
        language="en",
        publisher=WILD,
        url=f"https://example.org/{'a' * 1500}",
        published=DAY,
        sha256=digest(text),
    )


def wild_diff(many: int) -> Proposal:
    old = [wild_article(f"{'x' * 50}-{n}") for n in range(many)]
    changed = [
        wild_article(one.id, f"{n} {WILD}\n\n" * 4) for n, one in enumerate(old[: many // 2])
    ]
    new = [wild_article(f"{'n' * 50}-{n}") for n in range(many)]
    fault = Fault(Path("articles") / ("a" * 300), 3, WILD, WILD)
    passage = split(old[0])[0]
    return Proposal(
        id="x",
        parent=1,
        changes={},
        what="hand edit",
        why=WILD,
        diff=diff(old, [*changed, *new], [f"{'f' * 200}{n}" for n in range(many)]),
        moved=(QuestionChange(WILD, passage, None),) * many,
        faults=(fault,) * many,
        outdated=(fault,) * many,
        share_lost=1.0,
        held=WILD,
    )


def wild_refresh(proposal: Proposal) -> Refreshed:
    pages = tuple(
        Page("source", f"https://example.org/{'u' * 900}", outcome, detail=WILD)
        for outcome in ("failed", "kept")
        for _ in range(30)
    )
    return Refreshed(pages, proposal, (WILD,) * 20)


def revision(number: int) -> Revision:
    changed = {f"articles/{n}.md": None for n in range(500)}
    return Revision(number, AT, WILD, "hand edit", WILD, "f" * 64, changed, number - 1 or None)


def wild_status() -> Status:
    edits = tuple(HandEdit("articles/" + "e" * 200, None, None) for _ in range(40))
    return Status(
        revision=revision(999_999_999),
        served="other",
        articles=10**9,
        passages=10**9,
        languages={"en": 1, "it": 2, "und": 3},
        memory_bytes=10**12,
        sources=tuple(SourceStatus("s" * 80, WILD, AT, WILD) for _ in range(40)),
        hand_edits=edits,
        conflicts=edits,
        problems=(WILD,) * 30,
    )


def every_card(wording: Wording) -> list[Container]:
    """Each kind of card, as full as it gets, on all pages of a few."""
    proposal = wild_diff(6)
    refreshed = wild_refresh(proposal)
    article = wild_article("long")
    passages = split(wild_article("pages", f"{WILD}. Another. {WILD}\n\n" * 40))
    groups = [
        GapGroup(tuple(Gap(10**17 + 9 * one + n, WILD, "en", 9, DAY, DAY) for n in range(9)))
        for one in range(9)
    ]
    found = Found(article, split(article)[0])
    reports = [(Report(10**17 + n, "x", WILD[:500], DAY), found) for n in range(9)]
    drafted = Drafted(
        article,
        origin=f"https://example.org/{'o' * 900}",
        removed=tuple(Removed(n, WILD, WILD) for n in range(40)),
        notes=(WILD,) * 9,
        same="s" * 60,
        near=tuple(f"{'n' * 55}-{n}" for n in range(40)),
        wall=WILD,
    )
    fault = Fault(Path("articles") / ("a" * 300), 3, WILD, WILD)
    status = wild_status()
    return [
        draft_card(KEY, drafted, wording),
        *(
            proposal_card(KEY, proposal, wording, refreshed=refreshed, page=page)
            for page in range(0, 60, 9)
        ),
        *(article_card(passages, page, wording) for page in range(0, 60, 9)),
        *(history_card([revision(n) for n in range(1, 60)], page, wording) for page in range(8)),
        *(diff_card(proposal.diff, 10**8, 10**8, page, wording) for page in range(0, 60, 9)),
        *(faults_card([fault] * 30, page, wording) for page in range(30)),
        faults_card([], 0, wording),
        published_card(revision(999_999_999), wording),
        *(gaps_card(groups, 10**9, page, wording) for page in range(3)),
        *(reports_card(reports, page, wording) for page in range(3)),
        status_card(status, [(f"{KEY[:-1]}{n}", inert(WILD[:80])) for n in range(10)], wording),
        drop_card(status.hand_edits, ALL, wording),
    ]


@pytest.mark.parametrize("wording", [ENGLISH, ITALIAN], ids=lambda one: one.language)
def test_every_card_fits(wording: Wording) -> None:
    for card in every_card(wording):
        if any(True for _ in card.walk_children()):
            checked([[card]])


def test_pages_of_a_change_hold_all_of_it() -> None:
    proposal = wild_diff(6)
    shown = "".join(
        str(checked([[proposal_card(KEY, proposal, ENGLISH, page=page)]])) for page in range(25)
    )
    for article in (*proposal.diff.new, *proposal.diff.gone):
        assert f"`{article.id}`" in shown


@given(st.text(max_size=400), st.integers(10, 300))
def test_a_fitting_text_is_escaped_and_fits(text: str, room: int) -> None:
    shown = fitting(text, room)
    assert len(shown) <= max(room, 1)
    assert shown == inert(text) or shown.endswith("…")


@given(st.lists(st.text(min_size=1, max_size=30), max_size=30), st.integers(0, 300))
def test_some_lines_are_told_and_how_many_more(lines: Sequence[str], room: int) -> None:
    told = some(lines, room, ENGLISH)
    assert len(told) <= room + 20
    if sum(map(len, lines)) + len(lines) <= room:
        assert told == "\n".join(lines)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<@123>", "<@123>"),
        ("terminal", "terminal"),
        ("<@&5>", "\\<\\@&5\\>"),
        ("@everyone", "\\@everyone"),
        ("<@1> <@2>", "\\<\\@1\\> \\<\\@2\\>"),
    ],
)
def test_only_a_mention_of_a_person_stays_one(name: str, shown: str) -> None:
    assert who(name) == shown


def test_a_passage_of_an_article_is_shown_word_for_word() -> None:
    text = "In 2019 the mill closed. Nobody was paid.\n\nIn 2020 it opened again."
    passages: Sequence[Passage] = split(wild_article("plain", text))
    shown = texts(article_card(passages, 0, ENGLISH))
    for passage in passages:
        assert inert(passage.text) in shown
