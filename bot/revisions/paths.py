"""Which paths a revision may hold: those that mean one file on every disk, inside the folder.

It must not touch a disk.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import accumulate

from bot.errors import InputError

SUFFIXES = (".md", ".yaml")
_MOST_BYTES = 200
# Windows keeps these names for devices, whatever their suffix.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)
_FORBIDDEN = frozenset('\\<>:"|?*')


def wrong_with(path: str) -> str | None:
    """Why a path cannot be a knowledge file's: the rest of a sentence on it; None if it can."""
    names = path.split("/")
    if any(not name or name.startswith(".") or name[-1:] in {".", " "} for name in names):
        return "has an empty, hidden or relative part; name it below the knowledge folder."
    if not path.endswith(SUFFIXES):
        return "is not a .md or .yaml file; give it one of these endings."
    if any(c in _FORBIDDEN or unicodedata.category(c) in {"Cc", "Cs"} for c in path):
        return 'holds a control character or one of \\ < > : " | ? *; rename it.'
    if any(map(_DEVICE.match, names)):
        return "is the name of a device on Windows; rename it."
    if unicodedata.normalize("NFC", path) != path:
        return "is not in Unicode's normal form NFC; rename it."
    if any(len(name.encode()) > _MOST_BYTES for name in names):
        return f"is too long; keep each part to {_MOST_BYTES} bytes."
    return None


def check_path(path: str) -> None:
    """Refuse a path that cannot be a knowledge file's.

    Raises:
        InputError: it cannot.
    """
    if (problem := wrong_with(path)) is not None:
        raise InputError(f"The path {path!r} {problem}")


def check_together(paths: Iterable[str]) -> None:
    """Refuse paths that some disk would take for one.

    Raises:
        InputError: names the first two.
    """
    for one, other in collisions(paths):
        advice = "rename one of them."
        raise InputError(f"On some disks {one} and {other} cannot stand side by side; {advice}")


def collisions(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs that differ only by case, or of which one is the other's folder."""
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in sorted(paths):
        folded = unicodedata.normalize("NFC", path.casefold())
        if (other := files.get(folded) or folders.get(folded)) is not None:
            yield other, path
            continue
        above = [*accumulate(folded.split("/"), "{}/{}".format)][:-1]
        if (other := next((files[name] for name in above if name in files), None)) is not None:
            yield other, path
            continue
        files[folded] = path
        folders.update(dict.fromkeys(above, path))
