"""The rules by which Discord's Markdown differs from CommonMark, for markdown-it.

Spoilers, escapes, mentions, timestamps, bare addresses; headings of three sizes, small text, and
paragraphs that do not run on in a list.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import escape
from typing import Protocol
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

NAMES = "names"
ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
SHRUG = "¯\\_(ツ)_/¯"
SPOILER = re.compile(r"\|\|([\s\S]+?)\|\|")
ADDRESS = re.compile(r"https?://[^\s<]+[^<.,:;\"'\]\s)|*_]")
MENTION = re.compile(r"<(@!?|@&|#)(\d{1,20})>")
COMMAND = re.compile(r"</([^:>\n]{1,100}):(\d{1,20})>")
TIMESTAMP = re.compile(r"<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>")
EMOJI = re.compile(r"<a?:(\w{2,32}):\d{1,20}>")
BARE = re.compile(r"<(https?://[^\s<>]+)>")
EVERYBODY = re.compile(r"@(?:everyone|here)\b")
HEADING = re.compile(r"(#{1,3}|-#) +(\S.*)")
# The sizes are looks: what stands in a message is one level below the page's own heading.
LEVEL = 2


class Names(Protocol):
    """Who and what an id means; None for what nobody knows."""

    def user(self, number: int) -> str | None:
        """A person's name."""

    def role(self, number: int) -> str | None:
        """A role's name."""

    def channel(self, number: int) -> str | None:
        """A channel's name."""


def add_rules(parser: MarkdownIt) -> None:
    """Teaches a parser Discord's dialect."""
    for letter in "|h<@¯":
        parser.inline.add_terminator_char(letter)
    inline = parser.inline.ruler
    inline.before("emphasis", "shrug", _shrug)
    inline.before("emphasis", "escape_any", _escape)
    inline.before("emphasis", "spoiler", _spoiler)
    inline.before("emphasis", "angle", _angle)
    inline.before("emphasis", "address", _address)
    inline.before("emphasis", "everybody", _everybody)
    block = parser.block.ruler
    block.before("list", "heading_or_small", _heading, {"alt": ["paragraph", "list"]})
    block.at("paragraph", _paragraph)


def is_web(address: str) -> bool:
    """Whether an address leads to a host by http or https."""
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _put(state: StateInline, html: str, length: int, *, silent: bool) -> bool:
    if not silent:
        state.push("html_inline", "", 0).content = html
    state.pos += length
    return True


def _escape(state: StateInline, silent: bool) -> bool:
    found = ESCAPED.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("text_special", "", 0)
        token.content, token.markup, token.info = found[1], found[0], "escape"
    state.pos = found.end()
    return True


def _shrug(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith(SHRUG, state.pos):
        return False
    if not silent:
        state.append_pending(SHRUG)
    state.pos += len(SHRUG)
    return True


def _spoiler(state: StateInline, silent: bool) -> bool:
    found = SPOILER.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        end = state.posMax
        shown = '<span class="spoiler" role="button" tabindex="0" aria-expanded="false"><span>'
        state.push("html_inline", "", 0).content = shown
        state.pos, state.posMax = found.start(1), found.end(1)
        state.md.inline.tokenize(state)
        state.posMax = end
        state.push("html_inline", "", 0).content = "</span></span>"
    state.pos = found.end()
    return True


def _angle(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "<":
        return False
    for pattern, shown in (
        (MENTION, _mention),
        (COMMAND, _command),
        (TIMESTAMP, _timestamp),
        (EMOJI, _emoji),
        (BARE, _bare),
    ):
        found = pattern.match(state.src, state.pos, state.posMax)
        if found is not None:
            html = shown(found, state.env[NAMES])
            return html is not None and _put(state, html, len(found[0]), silent=silent)
    return False


def _mention(found: re.Match[str], names: Names) -> str:
    sign, number = found[1], int(found[2])
    if sign == "#":
        name = names.channel(number)
        if name is None:
            return '<span class="mention">#unknown</span>'
        return (
            f'<button type="button" class="mention" data-channel="{number}">'
            f"#{escape(name)}</button>"
        )
    name = names.role(number) if sign == "@&" else names.user(number)
    told = f"@{escape(name)}" if name else "@unknown"
    return f'<span class="mention" data-id="{number}">{told}</span>'


def _command(found: re.Match[str], names: Names) -> str:
    name = escape(found[1])
    return f'<button type="button" class="mention" data-command="{name}">/{name}</button>'


def _timestamp(found: re.Match[str], names: Names) -> str | None:
    try:
        moment = datetime.fromtimestamp(int(found[1]), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    style = found[2] or "f"
    return (
        f'<time class="moment" datetime="{moment.isoformat()}" data-style="{style}">'
        f"{moment:%Y-%m-%d %H:%M} UTC</time>"
    )


def _emoji(found: re.Match[str], names: Names) -> str:
    return f'<span class="emoji">:{found[1]}:</span>'


def _bare(found: re.Match[str], names: Names) -> str | None:
    return _anchor(found[1])


def _anchor(address: str) -> str | None:
    if not is_web(address):
        return None
    told = escape(address)
    return f'<a href="{told}" rel="noopener noreferrer nofollow" target="_blank">{told}</a>'


def _address(state: StateInline, silent: bool) -> bool:
    if state.linkLevel or not state.src.startswith(("http://", "https://"), state.pos):
        return False
    found = ADDRESS.match(state.src, state.pos, state.posMax)
    html = found and _anchor(found[0])
    return bool(found and html and _put(state, html, len(found[0]), silent=silent))


def _everybody(state: StateInline, silent: bool) -> bool:
    found = EVERYBODY.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    html = f'<span class="mention">{found[0]}</span>'
    return _put(state, html, len(found[0]), silent=silent)


def _heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    found = HEADING.fullmatch(state.src, begin, stop)
    if found is None:
        return False
    if silent:
        return True
    size = "small" if found[1] == "-#" else f"h{len(found[1])}"
    token = state.push("heading_open", "div", 1)
    token.attrs = {"class": f"md-{size}"}
    if size != "small":
        token.attrs |= {"role": "heading", "aria-level": LEVEL}
    token.map = [start, start + 1]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = found[2].strip(), [start, start + 1], []
    state.push("heading_close", "div", -1)
    state.line = start + 1
    return True


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Ends where the indentation of its list ends; CommonMark's would run on."""
    interrupting = state.md.block.ruler.getRules("paragraph")
    following = start + 1
    outer, state.parentType = state.parentType, "paragraph"
    while following < state.lineMax and not state.isEmpty(following):
        if state.sCount[following] < state.blkIndent:
            break
        if any(rule(state, following, state.lineMax, True) for rule in interrupting):
            break
        following += 1
    content = state.getLines(start, following, state.blkIndent, False).strip()
    state.line = following
    token = state.push("paragraph_open", "p", 1)
    token.map = [start, following]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = content, [start, following], []
    state.push("paragraph_close", "p", -1)
    state.parentType = outer
    return True
