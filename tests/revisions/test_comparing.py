"""Nothing that a person wrote is in the way of being lost, whatever the three sides hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.revisions.comparing import compare, overlapping
from bot.revisions.model import applied

PATHS = ("a.md", "b.md", "c/d.md", "c/e.md")
states = st.dictionaries(st.sampled_from(PATHS), st.sampled_from("xyz"))
changes = st.dictionaries(st.sampled_from(PATHS), st.none() | st.sampled_from("xyz"))


@given(states, states, states, st.sets(st.sampled_from([*PATHS, "c"])))
def test_only_what_the_store_wrote_itself_is_replaced(
    head: dict[str, str], known: dict[str, str], folder: dict[str, str], blocked: set[str]
) -> None:
    found = compare(head, known, folder, blocked)
    for path, wanted in found.place.items():
        assert wanted == head.get(path)
        assert folder.get(path) in ({known.get(path)} if folder else {None})


@given(states, states, states)
def test_every_difference_is_put_right_or_told(
    head: dict[str, str], known: dict[str, str], folder: dict[str, str]
) -> None:
    found = compare(head, known, folder, ())
    told = [*found.agreed, *found.place, *found.edits, *found.conflicts]
    assert sorted(told) == sorted(set(told))
    after = applied(folder, found.place)
    differ = {path for path in PATHS if after.get(path) != head.get(path)}
    assert differ == {*found.edits, *found.conflicts}
    assert found.behind == ()


@given(states, states, states)
def test_a_hand_edit_is_a_conflict_only_where_the_revision_changed_too(
    head: dict[str, str], known: dict[str, str], folder: dict[str, str]
) -> None:
    found = compare(head, known, folder, ())
    assert all(head.get(path) == known.get(path) for path in found.edits)
    assert all(head.get(path) != known.get(path) for path in found.conflicts if folder)


@given(states, states)
def test_an_empty_folder_is_filled(head: dict[str, str], known: dict[str, str]) -> None:
    found = compare(head, known, {}, ())
    assert found.place == head
    assert found.edits == found.conflicts == ()


def test_what_is_blocked_is_left_alone_with_all_below_it() -> None:
    head = {"a.md": "y", "c/d.md": "y", "c/e.md": "y", "cd.md": "y"}
    known = {"a.md": "x", "c/d.md": "x", "c/e.md": "y", "cd.md": "x"}
    found = compare(head, known, {"a.md": "x", "cd.md": "x"}, {"c"})
    assert found.place == {"a.md": "y", "cd.md": "y"}
    assert found.behind == ("c/d.md",)


@given(states, changes, changes)
def test_merged_changes_are_both_kept_and_the_order_is_the_same_to_both(
    base: dict[str, str], mine: dict[str, str | None], theirs: dict[str, str | None]
) -> None:
    one = overlapping(base, applied(base, theirs), mine)
    if not one and not overlapping(base, applied(base, mine), theirs):
        assert applied(applied(base, theirs), mine) == applied(applied(base, mine), theirs)
    effective = {path for path, to in theirs.items() if to != base.get(path)}
    assert set(one) == {p for p in effective & mine.keys() if theirs[p] != mine[p]}


@given(states, changes)
def test_nothing_is_in_the_way_where_nobody_published(
    base: dict[str, str], mine: dict[str, str | None]
) -> None:
    assert overlapping(base, base, mine) == ()
