"""Which passages of an article that has changed are as they were: most of them, as a rule.

What is known of such a passage need not be found out again. It must not know what is known.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.articles.model import Article, Passage
from bot.search.shelf import Columns, Shelf


class Before:
    """The passages that articles had.

    Args:
        names: of all articles that there were, in order.
        columns: of these.
    """

    def __init__(self, names: Iterable[str], columns: Columns) -> None:
        self._numbers = {name: number for number, name in enumerate(names)}
        self._shelf, self._firsts = Shelf(columns), columns.firsts

    def places(self, article: Article, passages: Sequence[Passage]) -> list[int]:
        """For each passage of an article its number before, ascending, or -1 if it is new."""
        number = self._numbers.get(article.id)
        if number is None:
            return [-1] * len(passages)
        first = int(self._firsts[number])
        before = self._shelf[first : int(self._firsts[number + 1])]
        return [
            -1 if place < 0 else first + place
            for place in recurring([_said(one) for one in before], [_said(one) for one in passages])
        ]


def recurring(before: Sequence[object], now: Sequence[object]) -> list[int]:
    """For each element its place in a list before, ascending, or -1 where it has none.

    As many as possible have one, unless an element stands several times in a list.
    """
    places: dict[object, list[int]] = defaultdict(list)
    for place in range(len(before) - 1, -1, -1):
        places[before[place]].append(place)
    # Equal ones are taken in their order; then the longest run of places that ascend is kept.
    met = [(at, places[one].pop()) for at, one in enumerate(now) if places.get(one)]
    lasts: list[int] = []
    ends: list[int] = []
    came_from: list[int] = []
    for number, (_, place) in enumerate(met):
        length = bisect_left(lasts, place)
        came_from.append(ends[length - 1] if length else -1)
        # In place of the last one of that length, or after all.
        lasts[length : length + 1] = [place]
        ends[length : length + 1] = [number]
    found = [-1] * len(now)
    number = ends[-1] if ends else -1
    while number >= 0:
        at, place = met[number]
        found[at], number = place, came_from[number]
    return found


def _said(passage: Passage) -> tuple[str, str, str]:
    """All of a passage that decides what is found out about its words."""
    return passage.text, passage.article.title, passage.article.language
