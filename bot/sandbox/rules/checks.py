"""The small checks that all rules are made of; each gives the problems with one value."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from bot.sandbox.errors import Problem
from bot.sandbox.model import Json

Path = tuple[str | int, ...]


def required(path: Path) -> Problem:
    """The field is missing."""
    return Problem(path, "BASE_TYPE_REQUIRED", "This field is required")


def choices(path: Path, value: object, allowed: Collection[object]) -> list[Problem]:
    """The value has to be one of a few."""
    if value in allowed:
        return []
    listed = ", ".join(str(item) for item in allowed)
    return [Problem(path, "BASE_TYPE_CHOICES", f"Value must be one of {{{listed}}}.")]


def text(path: Path, value: object, most: int, *, least: int = 0) -> list[Problem]:
    """A string within its length; None counts as missing where something is needed."""
    if value is None:
        return [required(path)] if least else []
    if not isinstance(value, str):
        return [Problem(path, "BASE_TYPE_BAD_STRING", "Must be a string.")]
    if len(value) < least or (least and not value.strip()):
        return [required(path)] if least == 1 else [_between(path, least, most)]
    if len(value) > most:
        if least:
            return [_between(path, least, most)]
        message = f"Must be {most} or fewer in length."
        return [Problem(path, "BASE_TYPE_MAX_LENGTH", message)]
    return []


def count(path: Path, items: Collection[object], most: int, *, least: int = 0) -> list[Problem]:
    """A list with a number of entries within bounds."""
    if least <= len(items) <= most:
        return []
    if not least:
        message = f"Must be {most} or fewer in length."
        return [Problem(path, "BASE_TYPE_MAX_LENGTH", message)]
    return [_between(path, least, most)]


def number(path: Path, value: object, low: int, high: int) -> list[Problem]:
    """An integer within bounds; None is left alone."""
    if value is None:
        return []
    if isinstance(value, bool) or not isinstance(value, int):
        return [Problem(path, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')]
    if low <= value <= high:
        return []
    message = f"int value should be between {low} and {high}."
    return [Problem(path, "NUMBER_TYPE_BOUNDS", message)]


def unique(pairs: Iterable[tuple[Path, object]], code: str, message: str) -> list[Problem]:
    """No value twice; the later ones are at fault."""
    seen: set[object] = set()
    problems: list[Problem] = []
    for path, value in pairs:
        if value in seen:
            problems.append(Problem(path, code, message))
        seen.add(value)
    return problems


def url(path: Path, value: object, schemes: Collection[str], most: int) -> list[Problem]:
    """A well formed address with one of the schemes."""
    problems = text(path, value, most, least=1)
    if problems:
        return problems
    parts = urlsplit(str(value))
    if parts.scheme not in schemes:
        allowed = ", ".join(repr(scheme) for scheme in schemes)
        message = f'Scheme "{parts.scheme}" is not supported. Scheme must be one of ({allowed}).'
        return [Problem(path, "URL_TYPE_INVALID_SCHEME", message)]
    if not parts.netloc:
        return [Problem(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")]
    return []


def entries(parent: Json, key: str) -> list[Json]:
    """The list under a key; missing and null are empty."""
    return list(parent.get(key) or [])


def _between(path: Path, least: int, most: int) -> Problem:
    message = f"Must be between {least} and {most} in length."
    return Problem(path, "BASE_TYPE_BAD_LENGTH", message)
