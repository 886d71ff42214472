"""Any order of publishing, going back, writing by hand, crashing and starting again.

Beside the store runs a plain model: a list of states, and what the folder should hold.
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.errors import InputError, RevisionConflict
from bot.revisions.disk import Disk
from tests.revisions.small_store import check_whole, held, on_disk, opened, published, undone

PATHS = ("articles/a.md", "articles/b.md", "dispute.yaml", "lexicon/x.yaml")
State = dict[str, bytes]

paths = st.sampled_from(PATHS)
contents = st.sampled_from([b"x", b"y", b"z", b""])
several = st.dictionaries(paths, st.none() | contents, min_size=1, max_size=3)


class Crashed(BaseException):
    """The process ended here."""


class CrashingDisk(Disk):
    """A disk at whose n-th step from now the process ends."""

    def __init__(self) -> None:
        super().__init__(self._step)
        self.left: int | None = None

    def _step(self, step: str) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                raise Crashed


def changed(state: State, changes: dict[str, bytes | None]) -> State:
    after = {**state, **changes}
    return {path: content for path, content in after.items() if content is not None}


class Revisions(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.aside = tempfile.TemporaryDirectory()
        self.home = Path(self.aside.name)
        self.disk = CrashingDisk()

    def teardown(self) -> None:
        self.aside.cleanup()

    @initialize(first=st.dictionaries(paths, contents, min_size=1))
    def begin(self, first: State) -> None:
        self.by_hand: State = {}
        (self.home / "knowledge").mkdir()
        for path, content in first.items():
            self.write(path, content)
        self.store = opened(self.home, self.disk)
        self.states: list[State] = [first]
        self.undoable = [0]
        self.agreed: State = dict(first)

    def write(self, path: str, content: bytes | None) -> None:
        target = self.home / "knowledge" / path
        if content is None:
            target.unlink(missing_ok=True)
            self.by_hand.pop(path, None)
        else:
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)
            self.by_hand[path] = content

    def follow(self) -> None:
        """What the folder should become: the revision, but for what a hand has changed."""
        head = self.states[-1]
        if not self.by_hand:
            self.agreed = {}
        for path in PATHS:
            now, then, wanted = (side.get(path) for side in (self.by_hand, self.agreed, head))
            if now in (wanted, then):
                for side in (self.by_hand, self.agreed):
                    side.pop(path, None)
                    if wanted is not None:
                        side[path] = wanted

    def add(self, state: State) -> None:
        if state != self.states[-1]:
            self.states.append(state)
            self.undoable.append(len(self.states) - 1)

    def merged(self, changes: dict[str, bytes | None], parent: int) -> State | None:
        base, head = self.states[parent - 1], self.states[-1]
        for path, wanted in changes.items():
            if head.get(path) not in (base.get(path), wanted):
                return None
        return changed(head, changes)

    @rule(changes=several, back=st.integers(0, 3))
    def publish(self, changes: dict[str, bytes | None], back: int) -> None:
        parent = max(1, len(self.states) - back)
        wanted = self.merged(changes, parent)
        if wanted is None:
            with pytest.raises(RevisionConflict):
                published(self.store, changes, parent)
        else:
            published(self.store, changes, parent)
            self.add(wanted)
        self.follow()

    @rule(changes=several, after=st.integers(0, 12))
    def crash(self, changes: dict[str, bytes | None], after: int) -> None:
        self.disk.left = after
        with suppress(Crashed):
            published(self.store, changes)
        self.add(changed(self.states[-1], changes))
        self.restart()

    @rule()
    def restart(self) -> None:
        self.disk = CrashingDisk()
        self.store = opened(self.home, self.disk)
        self.follow()

    @rule()
    def undo(self) -> None:
        if len(self.undoable) == 1:
            with pytest.raises(InputError, match="nothing left to undo"):
                undone(self.store)
            return
        undone(self.store)
        self.undoable.pop()
        self.states.append(self.states[self.undoable[-1]])
        self.follow()

    @rule(which=st.integers(0, 30))
    def restore(self, which: int) -> None:
        number = which % len(self.states) + 1
        self.store.restore(number, parent=len(self.states), who="x", why="")
        self.add(self.states[number - 1])
        self.follow()

    @rule(path=paths, content=st.none() | contents)
    def edit_by_hand(self, path: str, content: bytes | None) -> None:
        self.write(path, content)

    @rule()
    def look(self) -> None:
        self.store.sync()
        self.follow()

    @precondition(lambda self: self.by_hand)
    @rule(both=st.booleans())
    def take_up(self, both: bool) -> None:
        state = self.store.sync()
        self.follow()
        taken = state.edits + (state.conflicts if both else ())
        self.store.publish(
            {one.path: one.content for one in taken},
            parent=state.head, who="x", what="hand edit", why="", took=taken,
        )  # fmt: skip
        for one in taken:
            self.agreed.pop(one.path, None)
            if one.content is not None:
                self.agreed[one.path] = one.content
        self.add(changed(self.states[-1], {one.path: one.content for one in taken}))
        self.follow()

    @rule()
    def discard(self) -> None:
        state = self.store.sync()
        self.store.discard((*state.edits, *state.conflicts))
        self.by_hand = dict(self.states[-1])
        self.agreed = dict(self.states[-1])

    @invariant()
    def the_history_is_complete(self) -> None:
        check_whole(self.store)
        assert self.store.head.number == len(self.states)
        for number, state in enumerate(self.states, 1):
            assert held(self.store, number) == state

    @invariant()
    def the_folder_holds_what_it_should(self) -> None:
        assert on_disk(self.home / "knowledge") == self.by_hand

    @invariant()
    def hands_are_told_of(self) -> None:
        state = self.store.sync()
        self.follow()
        head = self.states[-1]
        told = {one.path: one.content for one in (*state.edits, *state.conflicts)}
        assert told == {p: self.by_hand.get(p) for p in PATHS if self.by_hand.get(p) != head.get(p)}
        assert not {one.path for one in state.edits} & {one.path for one in state.conflicts}
        assert (state.behind, state.problems) == ((), ())


TestRevisions = Revisions.TestCase
TestRevisions.settings = settings(
    max_examples=15, stateful_step_count=15, deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
