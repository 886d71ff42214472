"""Discord's Markdown as HTML that is safe to put into a page.

Quotes and code blocks are cut out first, as Discord does it; the rest is markdown-it's, with rules
of Discord's in `markdown_rules`. No HTML of the text comes through, links lead to http(s) only,
and names are asked for by a `Names`, so that this knows no world.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape, unescape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from bot.sandbox.page.markdown_rules import NAMES, Names, add_rules, is_web

# Code blocks win over quotes only where they begin earlier.
BLOCKS = re.compile(
    r"(?P<rest>^>>> [\s\S]*)"
    r"|(?P<quote>(?:^> [^\n]*(?:\n|\Z))+)"
    r"|(?<!\\)```(?:(?P<language>[a-z0-9_+\-.#]+)\n)?\n*(?P<code>[^\n][\s\S]*?)\n*```\n?",
    re.MULTILINE | re.IGNORECASE,
)
TAG = re.compile(r"<[^>]*>")
LINES = ("emphasis", "strikethrough", "backticks", "link", "newline")
BLOCKS_OF_TEXT = ("list",)


class Markdown:
    """Turns text into HTML; one of it serves any number of texts."""

    def __init__(self) -> None:
        self._parser = _Parser("zero", renderer_cls=_Renderer)
        self._parser.enable([*LINES, *BLOCKS_OF_TEXT, "balance_pairs", "fragments_join"])
        self._parser.options["breaks"] = True
        self._parser.options["linkify"] = False
        add_rules(self._parser)

    def html(self, text: str, names: Names) -> str:
        """A whole text, with its blocks."""
        return self._blocks(text, names, quoted=False)

    def line(self, text: str, names: Names) -> str:
        """A title or a label: what stands in one line, without blocks."""
        return str(self._parser.renderInline(text, {NAMES: names}))

    def plain(self, text: str, names: Names) -> str:
        """What a person reads of it, without any marks."""
        return unescape(TAG.sub(" ", self.html(text, names)))

    def _blocks(self, text: str, names: Names, *, quoted: bool) -> str:
        parts: list[str] = []
        end = 0
        for found in BLOCKS.finditer(text):
            if quoted and found["code"] is None:
                continue
            parts.append(self._plain(text[end : found.start()], names))
            end = found.end()
            if found["code"] is not None:
                parts.append(_code(found["code"], found["language"]))
                continue
            lines = found["rest"][4:] if found["rest"] else _without_marks(found["quote"])
            inner = self._blocks(lines, names, quoted=True)
            parts.append(f"<blockquote>{inner}</blockquote>")
        parts.append(self._plain(text[end:], names))
        return "".join(parts)

    def _plain(self, text: str, names: Names) -> str:
        return str(self._parser.render(text, {NAMES: names})) if text.strip() else ""


def _without_marks(quote: str) -> str:
    return "\n".join(line.removeprefix("> ") for line in quote.splitlines())


def _code(text: str, language: str | None) -> str:
    label = f' data-language="{escape(language)}"' if language else ""
    return f'<pre tabindex="0"{label}><code>{escape(text)}</code></pre>'


class _Parser(MarkdownIt):
    """markdown-it that takes addresses of the web for links, and nothing else."""

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return is_web(url)


class _Renderer(RendererHTML):
    """The elements that differ from markdown-it's own."""

    def strong_open(
        self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
    ) -> str:
        return "<u>" if tokens[at].markup == "__" else "<strong>"

    def strong_close(
        self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
    ) -> str:
        return "</u>" if tokens[at].markup == "__" else "</strong>"

    def link_open(
        self, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
    ) -> str:
        address: Any = tokens[at].attrs.get("href")
        if not is_web(str(address)):
            return "<a>"
        hint: Any = tokens[at].attrs.get("title") or address
        return (
            f'<a href="{escape(str(address))}" title="{escape(str(hint))}"'
            ' rel="noopener noreferrer nofollow" target="_blank">'
        )
