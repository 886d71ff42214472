"""The sentence that a citation sets off."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.quarrel import open_quarrel, small_article


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("## What the harbour is\n\nA wall in the sea.", "A wall in the sea."),
        ("## What the harbour is", "## What the harbour is"),
        ("## What it is\n\nThe harbour is a wall.", "The harbour is a wall."),
    ],
)
def test_a_heading_is_set_off_only_where_nothing_stands_below_it(
    tmp_path: Path, text: str, best: str
) -> None:
    found = open_quarrel(tmp_path, [small_article("harbour", text, title="Harbour")])
    [citation, *_] = found.answer("What is the harbour?").citations
    assert citation.passage.text[slice(*citation.best)].strip() == best
