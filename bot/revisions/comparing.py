"""Folder, last revision, and what both were when they last agreed: who changed which file.

The rule for each path, where the last agreement is what the store last wrote or saw:

| folder holds | then |
|---|---|
| what the revision holds | they agree |
| what it held at the last agreement | the revision is newer: its file is put in place |
| something else, the revision unchanged | a hand edit |
| something else, the revision changed too | a conflict: nothing is touched |

Pure. It must not know disks or databases.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comparison:
    """The paths of a folder by what has to be done about them.

    Attributes:
        agreed: nothing.
        place: path to the digest that the folder lacks, None where it has a file too many.
        edits, conflicts: as in the table.
        behind: a revision's files that differ and lie where nothing may be touched.
    """

    agreed: tuple[str, ...]
    place: Mapping[str, str | None]
    edits: tuple[str, ...]
    conflicts: tuple[str, ...]
    behind: tuple[str, ...]


def compare(
    head: Mapping[str, str],
    known: Mapping[str, str],
    folder: Mapping[str, str],
    blocked: Collection[str],
) -> Comparison:
    """Compare by path to digest.

    A folder without any file is one to be filled, not one whose files were all removed by hand: a
    new or newly mounted folder looks like that.

    Args:
        blocked: paths that must not be touched, with all below them.
    """
    last = known if folder else {}
    agreed, edits, conflicts, behind = [], [], [], []
    place: dict[str, str | None] = {}
    for path in sorted(head.keys() | last.keys() | folder.keys()):
        wanted, found, before = head.get(path), folder.get(path), last.get(path)
        if _is_blocked(path, blocked):
            if wanted != before:
                behind.append(path)
        elif found == wanted:
            agreed.append(path)
        elif found == before:
            place[path] = wanted
        elif wanted == before:
            edits.append(path)
        else:
            conflicts.append(path)
    return Comparison(tuple(agreed), place, tuple(edits), tuple(conflicts), tuple(behind))


def overlapping(
    base: Mapping[str, str], head: Mapping[str, str], changes: Mapping[str, str | None]
) -> tuple[str, ...]:
    """The paths that keep changes made to `base` from being made to `head`.

    The merge is of three sides and of whole files: a path that only one side changed is that
    side's, one that both changed alike is as both want it, and any other is in the way.
    """
    return tuple(
        path
        for path, wanted in sorted(changes.items())
        if head.get(path) not in {base.get(path), wanted}
    )


def _is_blocked(path: str, blocked: Collection[str]) -> bool:
    if not blocked:
        return False
    parts = path.split("/")
    return "" in blocked or any("/".join(parts[:n]) in blocked for n in range(1, len(parts) + 1))
