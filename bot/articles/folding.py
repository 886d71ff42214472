"""Folding: texts made comparable where case, accents, quotes and white space do not matter.

It must not know what is compared.
"""

from __future__ import annotations

import unicodedata

_QUOTES = str.maketrans("‘’‚“”„«»′″`", '\'\'\'"""""\'"\'')


def folded(text: str) -> str:
    """A text in lower case, without accents, with plain quotes and single spaces."""
    # Twice: "𝕬" has no lower case before it is an A, and lower case may need taking apart again.
    apart = unicodedata.normalize("NFKD", text.translate(_QUOTES))
    plain = unicodedata.normalize("NFKD", apart.casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(bare.split())
