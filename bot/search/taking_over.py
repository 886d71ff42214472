"""The saved arrays of a knowledge base that has changed, taken over from those of before.

Of each array it is told of which pieces of the two it consists. It must not know what is new, nor
postings and what else depends on all passages.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.search.merging import Merge, Pieces
from bot.search.ragged import Numbers

_Arrays = Mapping[str, Numbers]
_Rows = Mapping[str, tuple[str, ...]]
"""The pointer of rows to the arrays that it points into."""

_OF_ARTICLES: _Rows = {
    "record_pointer": ("records",),
    "language_pointer": ("languages",),
    "text_pointer": ("texts",),
}
_OF_PASSAGES: _Rows = {"heading_pointer": ("headings",)}
_OF_TEXTS: _Rows = {
    "term_pointer": ("terms", "sentences", "positions"),
    "cue_pointer": ("cues",),
    "title_pointer": ("titles",),
    "span_pointer": ("spans",),
    "shingle_pointer": ("shingles",),
}


def taken_over(
    one: _Arrays, other: _Arrays, articles: Merge, passages: Merge, texts: Merge
) -> dict[str, Pieces]:
    """The arrays of columns, of analysed texts and of their shingles.

    Args:
        one, other: those that were saved, and those of what is new.
        articles, passages: of which articles, and which passages, of both they are to be.
        texts: the same for passages of which the other ones are only those that are not known.
    """
    found = {
        "counts": articles.pieces(one["counts"], other["counts"]),
        "starts": passages.pieces(one["starts"], other["starts"]),
        "ends": passages.pieces(one["ends"], other["ends"]),
    }
    for merge, rows in ((articles, _OF_ARTICLES), (passages, _OF_PASSAGES), (texts, _OF_TEXTS)):
        for pointer, names in rows.items():
            found[pointer] = [merge.pointer(one[pointer], other[pointer])]
            inside = merge.inside(one[pointer], other[pointer])
            for name in names:
                found[name] = inside.pieces(one[name], other[name])
    return found
