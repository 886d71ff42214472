"""Links that land on the very sentence: text fragments after the article's address.

The syntax is the WICG's "URL Fragment Text Directives". It must not know where links are shown.
"""

from __future__ import annotations

from urllib.parse import quote, urldefrag

from bot.answers.model import Citation

_WHOLE = 8
"""A sentence of up to this many words is quoted whole, a longer one by its first and last words."""
_ENDS = 4


def quote_url(citation: Citation) -> str | None:
    """The address of the citation's best sentence, or None if the article has no address."""
    url = citation.passage.article.url
    if not url:
        return None
    sentence = citation.passage.text[slice(*citation.best)]
    line = max(sentence.splitlines(), key=len, default="")
    words = line.lstrip("# ").split()
    if not words:
        return url
    if len(words) <= _WHOLE:
        fragment = _encoded(words)
    else:
        fragment = f"{_encoded(words[:_ENDS])},{_encoded(words[-_ENDS:])}"
    return f"{urldefrag(url).url}#:~:text={fragment}"


def _encoded(words: list[str]) -> str:
    # A hyphen, a comma and an ampersand have a meaning inside a text directive.
    return quote(" ".join(words), safe="").replace("-", "%2D")
