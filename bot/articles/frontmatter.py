"""YAML, read strictly and written safely: front matter of articles and whole data files.

The only module that knows YAML. Its surprises are faults here: anchors and aliases, keys that
stand twice, tags, control characters, deep nesting. Values keep the words they were written in, so
that `no` or `2025-02-26` is reported where text is expected, never turned into something else. It
must not know what any field means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.articles.nodes import Kind, Node
from bot.errors import Fault, why_not_read

MOST_BYTES = 4_000_000
MOST_HEADER = 64_000
_DEEPEST = 12
_TOO_DEEP = "Values are nested too deeply."
_LESS_DEEP = f"Nest {_DEEPEST} levels at most."
_READABLE = "Check the indentation, and quote text with : or #."
_UNWRITTEN = frozenset({"Cc", "Cs", "Co", "Cn"})
"""Categories of characters that front matter does not hold."""
_FENCE = "---"

_KINDS: Mapping[str, Kind] = {
    "tag:yaml.org,2002:str": "text",
    "tag:yaml.org,2002:value": "text",
    "tag:yaml.org,2002:int": "number",
    "tag:yaml.org,2002:float": "number",
    "tag:yaml.org,2002:bool": "truth value",
    "tag:yaml.org,2002:timestamp": "date",
    "tag:yaml.org,2002:null": "nothing",
}
# What YAML 1.2 does not print, and its rarer line ends, which shift line numbers.
_UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in an article's file.

    Attributes:
        node: the front matter, or None where it cannot be read.
        body: the text below it, without the empty lines around it.
        faults: everything that is wrong with the front matter.
    """

    node: Node | None
    body: str
    faults: tuple[Fault, ...] = ()


_Report = Callable[[int, str, str], None]


class _Refused(Exception):  # noqa: N818 - it never leaves this module
    def __init__(self, line: int, problem: str, advice: str) -> None:
        self.line, self.problem, self.advice = line, problem, advice


def load_yaml(path: Path) -> tuple[Node | None, tuple[Fault, ...]]:
    """Read a YAML file.

    Returns:
        its value, or None where it cannot be read, and everything that is wrong with it.
    """
    content, faults = read_text(path)
    return (None, faults) if content is None else _parse(path, content, 1)


def read_text(path: Path) -> tuple[str | None, tuple[Fault, ...]]:
    """A knowledge file's content, its line ends made plain, or None and the reason why not."""
    try:
        if path.stat().st_size > MOST_BYTES:
            advice = f"Split it or shorten it to {MOST_BYTES:,} bytes at most."
            return None, (Fault(path, 1, "The file is too large.", advice),)
        content = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        problem, _, advice = why_not_read(error).partition("; ")
        advice = advice.capitalize() or "Try it again."
        return None, (Fault(path, 1, f"The file {problem.rstrip('.')}.", advice),)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return None, (Fault(path, line, "The file is not UTF-8.", "Save it again as UTF-8."),)
    return content.replace("\r\n", "\n").replace("\r", "\n"), ()


def read_header(path: Path, content: str) -> Header:
    """Take an article's file apart into front matter and text."""
    lines = content.split("\n")
    closing = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if lines[0].rstrip() != _FENCE or closing is None:
        problem = "The file has no front matter."
        advice = "Begin it with a line `---`, the fields, and another line `---`."
        return Header(None, content.strip("\n"), (Fault(path, 1, problem, advice),))
    body = "\n".join(lines[closing + 1 :]).strip()
    header = "\n".join(lines[1:closing])
    if len(header) > MOST_HEADER:
        advice = f"Keep it below {MOST_HEADER:,} characters; text belongs below it."
        return Header(None, body, (Fault(path, 1, "The front matter is too large.", advice),))
    node, faults = _parse(path, header, 2)
    return Header(node, body, faults)


def write_header(fields: Mapping[str, object], body: str) -> str:
    """An article's file: front matter from plain values, and the text below it.

    Values that are None or empty are left out; strings lose control characters and line breaks.
    """
    return f"{_FENCE}\n{write_yaml(fields)}{_FENCE}\n\n{body}\n"


def write_yaml(fields: Mapping[str, object]) -> str:
    """Plain values as YAML, as `write_header` writes them."""
    kept = {name: _safe(value) for name, value in fields.items() if value not in (None, "", [])}
    return str(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=10_000))


def one_line(text: str) -> str:
    """A text as a value of the front matter: one line without control characters."""
    written = (c for c in text if c.isspace() or unicodedata.category(c) not in _UNWRITTEN)
    return " ".join("".join(written).split())


def _safe(value: object) -> object:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, list):
        return [_safe(item) for item in value]
    if isinstance(value, dict):
        return {key: _safe(item) for key, item in value.items() if item not in (None, "")}
    return value


def _parse(path: Path, content: str, first: int) -> tuple[Node | None, tuple[Fault, ...]]:
    """Read YAML whose first line is line `first` of the file."""
    faults: list[Fault] = []

    def fault(line: int, problem: str, advice: str) -> None:
        faults.append(Fault(path, line + first, problem, advice))

    if found := _UNPRINTABLE.search(content):
        line = content.count("\n", 0, found.start())
        problem = f"It holds the control character U+{ord(found.group()):04X}."
        fault(line, problem, "Delete that character.")
        return None, tuple(faults)
    try:
        _refuse_surprises(content)
        root = yaml.compose(content, Loader=yaml.CSafeLoader)
        if root is None:
            raise _Refused(0, "It is empty.", "Write `name: value` lines.")
        node = _node(root, first, fault)
    except _Refused as refused:
        fault(refused.line, refused.problem, refused.advice)
        return None, tuple(faults)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or ""
        problem, advice = f"YAML cannot be read here: {what}.", _READABLE
        # The library refuses deep nesting itself, before the first event of it, from 6.0.4 on.
        if "nesting depth" in what:
            problem, advice = _TOO_DEEP, _LESS_DEEP
        fault(mark.line if mark else 0, problem, advice)
        return None, tuple(faults)
    return node, tuple(faults)


def _refuse_surprises(content: str) -> None:
    """Refuse what composing would follow or choke on, from the plain stream of events."""
    depth = 0
    for event in yaml.parse(content, Loader=yaml.CSafeLoader):
        line = event.start_mark.line if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            problem = "Anchors and aliases (& and *) are not allowed."
            raise _Refused(line, problem, "Write the value out, in quotes.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            raise _Refused(line, _TOO_DEEP, _LESS_DEEP)


def _node(found: yaml.Node, first: int, fault: _Report) -> Node:
    line = found.start_mark.line
    if isinstance(found, yaml.SequenceNode):
        items = tuple(_node(item, first, fault) for item in found.value)
        return Node(line + first, "list", items=items)
    if isinstance(found, yaml.MappingNode):
        fields: dict[str, Node] = {}
        for key, value in found.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if key.tag != "tag:yaml.org,2002:str":
                advice = "Put the name in quotes."
                fault(key.start_mark.line, f"`{name}` is not a plain field name.", advice)
            elif name in fields:
                problem = f"`{name}` stands twice, first in line {fields[name].line}."
                fault(key.start_mark.line, problem, "Keep one of the two.")
                continue
            fields[str(name)] = _node(value, first, fault)
        return Node(line + first, "mapping", fields=fields)
    kind = _KINDS.get(found.tag)
    if kind is None:
        fault(line, f"The tag {found.tag} is not allowed.", "Write plain text in quotes.")
    return Node(line + first, kind or "text", text=str(found.value))


def load_table(path: Path) -> Mapping[str, Mapping[str, str]] | None:
    """A large file of rows, each a mapping of names to texts; None where it is anything else.

    Read from the plain stream of events, which takes a third of the time that building nodes does;
    `load_yaml` tells what is wrong with a file that is refused here.
    """
    content, _ = read_text(path)
    if content is None:
        return None
    try:
        return _table(yaml.parse(content, Loader=yaml.CBaseLoader))
    except yaml.YAMLError:
        return None


def _table(events: Iterator[yaml.Event]) -> Mapping[str, Mapping[str, str]] | None:
    rows: dict[str, dict[str, str]] = {}
    start = [type(event) for _, event in zip(range(3), events, strict=False)]
    if start != [yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.MappingStartEvent]:
        return None
    for name in events:
        if isinstance(name, yaml.MappingEndEvent):
            return rows
        if not isinstance(name, yaml.ScalarEvent) or name.value in rows:
            return None
        if type(next(events)) is not yaml.MappingStartEvent:
            return None
        row = rows.setdefault(name.value, {})
        for key in events:
            if isinstance(key, yaml.MappingEndEvent):
                break
            value = next(events)
            if not (isinstance(key, yaml.ScalarEvent) and isinstance(value, yaml.ScalarEvent)):
                return None
            if key.value in row:
                return None
            row[key.value] = value.value
    return None
