"""What a data file says, value by value with its line, and typed reading of it.

A reader asks for the fields that it knows; whatever is wrong or unknown becomes a fault, so that
all faults of a file are told at once. It must not know YAML, nor what any field means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from bot.errors import Fault

Kind = Literal["text", "number", "truth value", "date", "nothing", "list", "mapping"]


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a data file.

    Attributes:
        line: where it stands, from 1.
        kind: what the file's format took it for.
        text: a single value as it is written, without its quotes.
        items: the values of a list.
        fields: the values of a mapping, under their names.
    """

    line: int
    kind: Kind
    text: str = ""
    items: tuple[Node, ...] = ()
    fields: Mapping[str, Node] | None = None


class Fields:
    """The fields of one mapping, read by type.

    Args:
        path: the file, for faults.
        node: the mapping; anything else is a fault.
        faults: where faults are put, shared by all readers of a file.
        name: what the mapping is called in faults.
    """

    def __init__(self, path: Path, node: Node, faults: list[Fault], name: str) -> None:
        self._path = path
        self._faults = faults
        self._name = name
        self._asked: set[str] = set()
        self.line = node.line
        self._fields: Mapping[str, Node] = node.fields or {}
        if node.kind != "mapping":
            self.fault(node.line, f"{name} is a {node.kind}.", "Write it as `name: value` lines.")

    def fault(self, line: int, problem: str, advice: str) -> None:
        """Report a fault of this file."""
        self._faults.append(Fault(self._path, line, problem, advice))

    def line_of(self, name: str) -> int:
        """The line of a field, or of the mapping where the field is missing."""
        node = self._fields.get(name)
        return node.line if node else self.line

    def names(self) -> tuple[str, ...]:
        """The names of all fields, in the order of the file."""
        return tuple(self._fields)

    def text(self, name: str) -> str | None:
        """A line of text, or None where the field is missing, empty or wrong."""
        node = self._take(name)
        return None if node is None else self._text_of(node, name)

    def required_text(self, name: str) -> str:
        """A line of text that has to be there; an empty string where it is missing or wrong."""
        value = self.text(name)
        node = self._fields.get(name)
        # What is wrong with a value of another kind has been told by `text`.
        if value is None and (node is None or node.kind in {"nothing", "text"}):
            advice = f"Add a line `{name}: ...` to it."
            self.fault(self.line_of(name), f"{self._name} has no `{name}`.", advice)
        return value or ""

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of lines of text; empty where the field is missing."""
        found = (self._text_of(item, name) for item in self._list(name))
        return tuple(text for text in found if text)

    def date(self, name: str) -> date | None:
        """A day written as `"2025-02-26"`, in quotes."""
        value = self.text(name)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            problem = f"`{name}: {value}` is not a day."
            advice = 'Write year, month and day as in "2025-02-26", or leave the line out.'
            self.fault(self.line_of(name), problem, advice)
            return None

    def number(self, name: str) -> float | None:
        """A number, or None where the field is missing or wrong."""
        node = self._take(name)
        if node is None:
            return None
        try:
            return float(node.text if node.kind == "number" else "")
        except ValueError:
            self.fault(node.line, f"`{name}` is not a number.", f"Write `{name}: 1`, say.")
            return None

    def mapping(self, name: str) -> Fields | None:
        """The fields of a mapping within this one, or None where it is missing."""
        node = self._take(name)
        return None if node is None else Fields(self._path, node, self._faults, f"`{name}`")

    def mappings(self, name: str, item: str) -> Iterator[Fields]:
        """The fields of each mapping of a list; `item` is what one of them is called."""
        for node in self._list(name):
            yield Fields(self._path, node, self._faults, item)

    def finish(self) -> None:
        """Report the fields that no one has asked for."""
        for name, node in self._fields.items():
            if name not in self._asked:
                known = ", ".join(sorted(self._asked))
                advice = f"Remove it or correct its name; known are: {known}."
                self.fault(node.line, f"{self._name} has the unknown field `{name}`.", advice)

    def _take(self, name: str) -> Node | None:
        self._asked.add(name)
        node = self._fields.get(name)
        return None if node is None or node.kind == "nothing" else node

    def _list(self, name: str) -> tuple[Node, ...]:
        node = self._take(name)
        if node is None:
            return ()
        if node.kind != "list":
            advice = f"Write it as a list, `{name}: [...]`."
            self.fault(node.line, f"`{name}` is not a list.", advice)
        return node.items

    def _text_of(self, node: Node, name: str) -> str | None:
        if node.kind == "text":
            return node.text.strip() or None
        if node.kind in {"list", "mapping"}:
            advice = f'Write it on one line, `{name}: "..."`.'
            self.fault(node.line, f"`{name}` is a {node.kind} where a text is expected.", advice)
            return None
        shown = node.text or "~"
        problem = f"`{name}`: YAML reads {shown} as a {node.kind} where a text is expected."
        if node.kind == "nothing":
            problem = f"`{name}` holds an empty value where a text is expected."
        self.fault(node.line, problem, f'Put it in quotes, "{shown}".')
        return None
