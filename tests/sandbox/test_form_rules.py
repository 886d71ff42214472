"""The rules of modals, one broken limit after the other."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.rules import answers
from tests.sandbox.test_rules import places, row, text

Json = dict[str, Any]


def label(**changes: object) -> Json:
    field = {"type": 4, "custom_id": "t", "style": 1}
    return {"type": 18, "label": "L", "component": field | changes}


def offer(value: str) -> Json:
    return {"label": value, "value": value}


def choice(**changes: object) -> Json:
    field = {"type": 3, "custom_id": "c", "options": [offer("a")]}
    return {"type": 18, "label": "L", "component": field | changes}


def modal(*components: Json, **changes: object) -> Json:
    return {"title": "T", "custom_id": "m", "components": list(components)} | changes


BROKEN_MODALS: list[tuple[str, Json, str]] = [
    ("title", modal(label(), title="t" * 46), "title"),
    ("no title", modal(label(), title=None), "title"),
    ("nothing in it", modal(), "components"),
    ("six fields", modal(*(label(custom_id=str(n)) for n in range(6))), "components"),
    ("the same field twice", modal(label(), label()), "components.1.component.custom_id"),
    ("label", modal(label() | {"label": "l" * 46}), "components.0.label"),
    ("placeholder", modal(label(placeholder="p" * 101)), "components.0.component.placeholder"),
    ("max_length", modal(label(max_length=4001)), "components.0.component.max_length"),
    ("a button", modal(label(type=2)), "components.0.component.type"),
    ("eleven files", modal(label(type=19, max_values=11)), "components.0.component.max_values"),
    ("a section", modal({"type": 9}), "components.0.type"),
    ("disabled", modal(choice(disabled=True)), "components.0.component.disabled"),
    ("none of a required", modal(choice(min_values=0)), "components.0.component.min_values"),
    (
        "more than the most",
        modal(choice(type=22, min_values=3, max_values=2)),
        "components.0.component.max_values",
    ),
    (
        "longer than the longest",
        modal(label(min_length=5, max_length=4)),
        "components.0.component.max_length",
    ),
    ("one radio button", modal(choice(type=21)), "components.0.component.options"),
    (
        "eleven boxes",
        modal(choice(type=22, options=[offer(str(n)) for n in range(11)])),
        "components.0.component.options",
    ),
    (
        "the same value twice",
        modal(choice(type=21, options=[offer("a"), offer("a")])),
        "components.0.component.options.1.value",
    ),
    (
        "an option's label",
        modal(choice(type=22, options=[offer("a") | {"label": "l" * 101}])),
        "components.0.component.options.0.label",
    ),
]


@pytest.mark.parametrize(
    ("data", "place"), [b[1:] for b in BROKEN_MODALS], ids=[b[0] for b in BROKEN_MODALS]
)
def test_a_modal_beyond_a_limit_is_refused_at_its_field(data: Json, place: str) -> None:
    assert places(answers.modal(data)) == {place}


def test_a_proper_modal_is_fine() -> None:
    old = row({"type": 4, "custom_id": "o", "style": 2, "label": "Old"})
    assert answers.modal(modal(label(max_length=4000), text("Between"), old)) == []
    optional = choice(min_values=0, required=False)
    boxes = choice(type=22, custom_id="d", options=[offer("a"), offer("b")], max_values=2)
    assert answers.modal(modal(optional, boxes)) == []
