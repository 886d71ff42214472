"""The figures as a table in Markdown, to be read in a terminal and pasted as it is.

It must not know how figures came about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.comparison.comparing import Comparison


def lines(comparison: Comparison) -> Iterator[str]:
    """The table, the figures by topic, and what was left out."""
    head = ["hit@1/hit@3", *(f"{name} ({n})" for name, n in comparison.columns.items())]
    body = [
        [row, *(f"{scores[name].hit1:.1f}/{scores[name].hit3:.1f}" for name in scores)]
        for row, scores in comparison.scores.items()
    ]
    yield from _aligned(head, body)
    if comparison.topics:
        yield ""
        names = ("default by topic, hit@1", "topics", "worst", "median", "best", "one left out")
        yield from _aligned(
            names,
            [
                [
                    name,
                    str(len(found.topics)),
                    *(f"{value:.1f}" for value in (found.topics[0][1], found.median)),
                    f"{found.topics[-1][1]:.1f}",
                    "{:.1f} to {:.1f}".format(*found.without),
                ]
                for name, found in comparison.topics.items()
            ],
        )
    if comparison.left_out:
        yield ""
        yield from comparison.left_out


def _aligned(head: Sequence[str], body: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, cells)) for cells in zip(head, *body, strict=True)]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    for row in (head, rule, *body):
        first, *others = row
        cells = (cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))
        yield f"| {' | '.join((first.ljust(widths[0]), *cells))} |"
