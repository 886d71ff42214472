"""Whatever is done in whatever order, the records hold what a model in plain Python holds."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from bot.records.model import Asked, Feedback, Kept
from bot.records.store import Records
from tests.records.conftest import Day

MEMBERS = st.integers(1, 3)
PASSAGES = st.sampled_from(["p1", "p2"])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
ASKED = st.builds(Asked, TEXTS, st.just("en"), st.none() | TEXTS, st.booleans())


@dataclass
class Noted:
    """A gap or a report, as the model keeps it."""

    count: int = 0
    first: date = date.min
    last: date = date.min
    reason: str = ""
    member: int = 0


class AnyOrder(RuleBasedStateMachine):
    keys = Bundle("keys")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "records"
        self.day = Day()
        self.records = Records.open(self.path, today=self.day)
        self.questions: dict[str, tuple[Asked, int]] = {}
        self.gaps: dict[str, Noted] = {}
        self.private = 0
        self.feedback: dict[tuple[str, str | None, int], tuple[bool, date]] = {}
        self.open: dict[tuple[str, int], Noted] = {}
        self.done: list[tuple[str, Noted]] = []

    @rule(target=keys, asked=ASKED, member=MEMBERS)
    def remember(self, asked: Asked, member: int) -> str:
        key = self.records.remember(asked, member)
        assert key not in self.questions
        self.questions[key] = (asked, member)
        assert self.records.question(key) == asked
        return key

    @rule(question=st.sampled_from(["why", "who", "when"]), private=st.booleans())
    def note_gap(self, question: str, private: bool) -> None:
        self.records.note_gap(question.title(), "en", private=private)
        if private:
            self.private += 1
        else:
            gap = self.gaps.setdefault(question, Noted(first=self.day.now))
            gap.count, gap.last = gap.count + 1, self.day.now

    @rule(passage=PASSAGES, key=st.none() | keys, helpful=st.booleans(), member=MEMBERS)
    def note_feedback(self, passage: str, key: str | None, helpful: bool, member: int) -> None:
        assert self.records.note_feedback(passage, key, helpful, member)
        self.feedback[passage, key, member] = (helpful, self.day.now)

    @rule(passage=PASSAGES, reason=TEXTS, member=MEMBERS)
    def report(self, passage: str, reason: str, member: int) -> None:
        assert self.records.report(passage, reason, member)
        note = self.open.setdefault((passage, member), Noted(member=member))
        note.reason, note.last = reason, self.day.now

    @rule(place=st.integers(0, 5))
    def settle(self, place: int) -> None:
        self.records.flush()
        reports = self.records.reports()
        if place < len(reports):
            key = list(self.open)[place]
            assert self.records.settle_report(reports[place].id)
            self.done.append((key[0], self.open.pop(key)))

    @rule(place=st.integers(0, 2))
    def close_gap(self, place: int) -> None:
        self.records.flush()
        gaps = self.records.gaps()
        if place < len(gaps):
            assert self.records.close_gap(gaps[place].id)
            del self.gaps[gaps[place].question]

    @rule(member=MEMBERS)
    def forget(self, member: int) -> None:
        kept = self.records.kept_of(member)
        assert kept == self.kept_of(member)
        assert self.records.forget(member) == kept
        self.questions = {k: one for k, one in self.questions.items() if one[1] != member}
        self.feedback = {k: one for k, one in self.feedback.items() if k[2] != member}
        self.open = {k: one for k, one in self.open.items() if k[1] != member}
        self.done = [one for one in self.done if one[1].member != member]
        assert self.kept_of(member) == self.records.kept_of(member) == Kept()

    def kept_of(self, member: int) -> Kept:
        return Kept(
            sum(one[1] == member for one in self.questions.values()),
            sum(key[2] == member for key in self.feedback),
            sum(key[1] == member for key in self.open)
            + sum(one[1].member == member for one in self.done),
        )

    @rule(days=st.integers(0, 20))
    def pass_days(self, days: int) -> None:
        self.day.now += timedelta(days=days)

    @rule()
    def expire(self) -> None:
        self.records.expire(gaps=10, feedback=15)
        gaps, rest = (self.day.now - timedelta(days=days) for days in (10, 15))
        self.gaps = {key: one for key, one in self.gaps.items() if one.last >= gaps}
        self.feedback = {key: one for key, one in self.feedback.items() if one[1] >= rest}
        self.done = [one for one in self.done if one[1].last >= rest]

    @rule()
    def reopen(self) -> None:
        self.records.close()
        self.records = Records.open(self.path, today=self.day)

    @rule(key=keys)
    def look(self, key: str) -> None:
        asked = self.questions.get(key)
        assert self.records.question(key) == (asked and asked[0])

    @invariant()
    def all_is_there(self) -> None:
        self.records.flush()
        gaps = self.records.gaps()
        assert {one.question: (one.count, one.first_day, one.last_day) for one in gaps} == {
            key: (one.count, one.first, one.last) for key, one in self.gaps.items()
        }
        counts = [gap.count for gap in gaps]
        assert counts == sorted(counts, reverse=True)
        assert self.records.private_gaps() == self.private
        votes = Counter((key[0], one[0]) for key, one in self.feedback.items())
        assert set(self.records.feedback()) == {
            Feedback(passage, votes[passage, True], votes[passage, False]) for passage, _ in votes
        }
        assert [(one.passage, one.reason, one.day) for one in self.records.reports()] == [
            (key[0], one.reason, one.last) for key, one in self.open.items()
        ]
        settled = [one for one in self.records.reports(open_only=False) if not one.open]
        assert Counter((one.passage, one.reason, one.day) for one in settled) == Counter(
            (passage, one.reason, one.last) for passage, one in self.done
        )

    def teardown(self) -> None:
        self.records.close()
        self.folder.cleanup()


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=20,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
