"""Pins: passages that moderators chose as the answers to questions, in the file pins.yaml.

A pin names its passage by the words that it begins with, so that it holds as long as they stand
there. It must not know how questions are met or answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.articles.folding import folded
from bot.articles.model import Passage
from bot.errors import Fault, KnowledgeError

FILE = "pins.yaml"
_FEWEST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Pin:
    """A question and the passage that answers it.

    Attributes:
        article: the id of the passage's article.
        begins: the words that the passage begins with, compared without case and accents.
        line: where it begins in its file, from 1.
    """

    question: str
    article: str
    begins: str
    line: int = field(default=0, compare=False)


def read_pins(path: Path) -> tuple[Pin, ...]:
    """Read a file of pins; a file that is not there holds none.

    Raises:
        KnowledgeError: it has faults; it carries all of them.
    """
    if not path.exists():
        return ()
    pins, faults = scan_pins(path)
    if faults:
        raise KnowledgeError(f"{path} has faults:", faults)
    return pins


def scan_pins(path: Path) -> tuple[tuple[Pin, ...], tuple[Fault, ...]]:
    """Read pins as far as they can be read, and tell every fault."""
    # Few bases have pins, and a question need not load YAML.
    from bot.articles.frontmatter import load_yaml
    from bot.articles.nodes import Fields

    node, unreadable = load_yaml(path)
    faults = list(unreadable)
    if node is None:
        return (), tuple(faults)
    fields = Fields(path, node, faults, "The file")
    lines: dict[str, int] = {}
    pins = []
    for one in fields.mappings("pins", "The pin"):
        pin = Pin(
            question=one.required_text("question"),
            article=one.required_text("article"),
            begins=one.required_text("begins"),
            line=one.line,
        )
        one.finish()
        asked = folded(pin.question)
        if asked in lines:
            problem = f"This question is pinned twice, first in line {lines[asked]}."
            one.fault(one.line_of("question"), problem, "Keep one of the two.")
        elif asked and pin.article and pin.begins:
            lines[asked] = one.line
            pins.append(pin)
    fields.finish()
    return tuple(pins), tuple(sorted(faults, key=lambda fault: fault.line))


def pins_text(pins: Iterable[Pin]) -> str:
    """The content of a file of pins."""
    from bot.articles.frontmatter import write_yaml

    rows = [
        {"question": one.question, "article": one.article, "begins": one.begins} for one in pins
    ]
    return write_yaml({"pins": rows}) if rows else "pins: []\n"


def pinned_passage(pin: Pin, passages: Sequence[Passage]) -> Passage | None:
    """The passage that a pin names, among those of its article; None if it is gone."""
    begins = folded(pin.begins)
    return next((one for one in passages if folded(one.text).startswith(begins)), None)


def pin_of(question: str, passage: Passage, passages: Sequence[Passage]) -> Pin:
    """A pin of a passage, with as many of its words as tell it from the article's others.

    Args:
        passages: all of the article's.
    """
    words = passage.text.split()
    others = [folded(one.text) for one in passages if one != passage]
    count = min(_FEWEST_WORDS, len(words))
    while count < len(words) and any(
        other.startswith(folded(" ".join(words[:count]))) for other in others
    ):
        count += 1
    return Pin(question, passage.article.id, " ".join(words[:count]))
