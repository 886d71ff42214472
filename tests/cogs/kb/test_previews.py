"""What waits for a moderator: few, for an hour, published once."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.knowledge_base import KnowledgeBase
from bot.cogs.kb.previews import MOST, SECONDS, Preview, Previews
from bot.cogs.told import Told
from bot.moderation.proposal import Proposal
from bot.moderation.refreshing import Refreshed
from bot.revisions.diff import RevisionDiff
from tests.support.answers import Scripted


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def preview(owner: int = 1) -> Preview:
    return Preview(owner, 1)


def refusal(previews: Previews, key: str) -> str:
    with pytest.raises(Told) as told:
        previews.get(key)
    return told.value.key


def test_a_preview_is_kept_for_an_hour() -> None:
    clock = Clock()
    previews = Previews(clock)
    key = previews.add(preview())
    clock.now = SECONDS - 1
    assert previews.get(key) == preview()
    clock.now = SECONDS
    assert refusal(previews, key) == "kb.preview.gone"
    assert previews.waiting() == ()


def test_the_oldest_goes_when_there_are_too_many() -> None:
    previews = Previews()
    keys = [previews.add(preview(owner)) for owner in range(MOST + 3)]
    assert [one.owner for _, one in previews.waiting()] == list(range(MOST + 2, 2, -1))
    assert [refusal(previews, key) for key in keys[:3]] == ["kb.preview.gone"] * 3


def proposed(built: KnowledgeBase) -> Preview:
    proposal = Proposal("x", 1, {}, "edit", "", RevisionDiff(), built=built)
    return Preview(1, 1, proposal=proposal, refreshed=Refreshed((), proposal))


def test_only_the_newest_keeps_what_was_built_for_it() -> None:
    previews = Previews()
    keys = [previews.add(proposed(Scripted())) for _ in range(3)]
    kept = []
    for key in keys:
        preview = previews.get(key)
        assert preview.proposal is not None
        assert preview.refreshed is not None
        assert preview.refreshed.proposal is preview.proposal
        kept.append(preview.proposal.built is not None)
    assert kept == [False, False, True]


def test_while_one_publishes_nobody_else_may_touch_it() -> None:
    clock = Clock()
    previews = Previews(clock)
    key = previews.add(preview())
    with previews.publishing(key) as taken:
        assert taken == preview()
        clock.now = 2 * SECONDS
        assert refusal(previews, key) == "kb.preview.taken"
        for touch in (previews.discard, lambda key: previews.put(key, preview(2))):
            with pytest.raises(Told):
                touch(key)
        for _ in range(MOST + 1):
            previews.add(preview())
        previews.published(key, "2·abc")
    assert refusal(previews, key) == "kb.preview.published"


def test_what_could_not_be_published_waits_on() -> None:
    previews = Previews()
    key = previews.add(preview())
    with pytest.raises(ZeroDivisionError), previews.publishing(key):
        raise ZeroDivisionError
    assert previews.get(key) == preview()


def test_a_discarded_one_says_so() -> None:
    previews = Previews()
    key = previews.add(preview())
    previews.discard(key)
    assert refusal(previews, key) == "kb.preview.discarded"


@given(st.lists(st.sampled_from(["add", "wait", "publish", "discard"]), max_size=60))
def test_whatever_happens_there_are_few_and_each_is_published_at_most_once(
    steps: list[str],
) -> None:
    clock = Clock()
    previews = Previews(clock, most=3)
    keys: list[str] = []
    published: list[str] = []
    for step in steps:
        if step == "add":
            keys.append(previews.add(preview()))
        elif step == "wait":
            clock.now += SECONDS / 3
        for key in keys[-2:] if step in {"publish", "discard"} else ():
            with suppress(Told):
                if step == "discard":
                    previews.discard(key)
                    continue
                with previews.publishing(key):
                    previews.published(key, "2")
                    published.append(key)
        assert len(previews.waiting()) <= 3
    assert len(published) == len(set(published))
