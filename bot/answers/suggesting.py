"""What somebody may be about to ask: questions, titles and names that fit what is typed so far.

It must not know where suggestions are shown, nor who asked what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from bot.articles.folding import folded

_LEAST = 72.0
"""Of rapidfuzz's partial ratio: a misspelt word still finds its question, another word does not."""


class Suggestions:
    """Texts of one revision that may be asked, the likelier first.

    Args:
        texts: in the order in which they are offered when nothing is typed.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(dict.fromkeys(text for text in texts if text.strip()))
        self._folded = tuple(folded(text) for text in self._texts)

    def matching(self, typed: str, most: int, *, recent: Sequence[str] = ()) -> tuple[str, ...]:
        """At most `most` texts that fit, best first; recent ones before others as good.

        Those that begin with what is typed come first, then those with a word that begins so, then
        those that are spelt nearly so.
        """
        texts = (*recent, *self._texts)
        keys = (*map(folded, recent), *self._folded)
        wanted = folded(typed)
        if not wanted:
            return tuple(dict.fromkeys(texts))[:most]
        near = process.extract(
            wanted, keys, scorer=fuzz.partial_ratio, score_cutoff=_LEAST, limit=most * 4
        )
        ranked = sorted(near, key=lambda one: (_kind(wanted, one[0]), -one[1], one[2]))
        return tuple(dict.fromkeys(texts[number] for _, _, number in ranked))[:most]


def _kind(wanted: str, key: str) -> int:
    if key.startswith(wanted):
        return 0
    return 1 if f" {wanted}" in key else 2
