"""Pinning a passage to a question, as a change of the knowledge files.

It must not know who pins, nor how a pin is used.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.answers.answerer import readable
from bot.articles.folding import folded
from bot.articles.model import Passage
from bot.articles.pins import FILE, Pin, pin_of, pins_text, scan_pins
from bot.errors import InputError, KnowledgeError
from bot.moderation.publishing import Publisher

if TYPE_CHECKING:
    from bot.moderation.proposal import Proposal


def pinned(publisher: Publisher) -> tuple[Pin, ...]:
    """The pins of the last revision.

    Raises:
        KnowledgeError: its file of pins has faults.
    """
    content = publisher.read(FILE)
    if content is None:
        return ()
    with tempfile.TemporaryDirectory() as aside:
        path = Path(aside) / FILE
        path.write_bytes(content)
        pins, faults = scan_pins(path)
    if faults:
        raise KnowledgeError(f"{FILE} has faults; mend it first:", faults)
    return pins


def propose_pin(
    publisher: Publisher, question: str, passage: Passage, passages: Sequence[Passage]
) -> Proposal:
    """Propose that a question is answered with a passage first, in place of an earlier pin.

    Args:
        passages: all of its article's.

    Raises:
        InputError: the question is empty, or too long to be one.
        KnowledgeError: the file of pins has faults.
    """
    pin = pin_of(readable(question), passage, passages)
    kept = [one for one in pinned(publisher) if folded(one.question) != folded(pin.question)]
    why = f"“{pin.question}” is answered with {passage.id}"
    changes = {FILE: pins_text([*kept, pin]).encode()}
    return publisher.propose(changes, what="pin", why=why)


def propose_unpin(publisher: Publisher, question: str) -> Proposal:
    """Propose that a question has no pin any more.

    Raises:
        InputError: it has none.
        KnowledgeError: the file of pins has faults.
    """
    pins = pinned(publisher)
    kept = [one for one in pins if folded(one.question) != folded(question)]
    if len(kept) == len(pins):
        raise InputError(f"This question has no pin; give it as it stands in {FILE}.")
    why = f"“{question}” is answered without a pin"
    return publisher.propose({FILE: pins_text(kept).encode()}, what="pin", why=why)
