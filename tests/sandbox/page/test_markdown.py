from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.page.markdown import Markdown

MARKDOWN = Markdown()
ALLOWED = {
    "a": {"href", "title", "rel", "target"},
    "blockquote": set[str](),
    "br": set[str](),
    "button": {"type", "class", "data-channel", "data-command"},
    "code": set[str](),
    "div": {"class", "role", "aria-level"},
    "em": set[str](),
    "li": set[str](),
    "ol": {"start"},
    "p": set[str](),
    "pre": {"tabindex", "data-language"},
    "s": set[str](),
    "span": {"class", "role", "tabindex", "aria-expanded", "data-id"},
    "strong": set[str](),
    "time": {"class", "datetime", "data-style"},
    "u": set[str](),
    "ul": set[str](),
}
MARKS = ["*", "**", "_", "__", "~~", "||", "`", "```", "> ", ">>> ", "- ", "1. ", "# ", "-# ", "\n"]
PIECES = [
    *MARKS,
    "[a](", ")", "<", ">", "&", '"', "'", "\\", "javascript:x", "https://e.org/x", "<@1>", "<#2>",
    "</ask:3>", "<t:0:R>", "<script>", "onload=", "word", " ",
]  # fmt: skip


class Someone:
    def user(self, number: int) -> str | None:
        return {1: "Ada <b>"}.get(number)

    def role(self, number: int) -> str | None:
        return "Mods"

    def channel(self, number: int) -> str | None:
        return {2: "general"}.get(number)


def shown(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", MARKDOWN.html(text, Someone()))


class Checker(HTMLParser):
    """Notes every element, attribute and address that is not one of ours."""

    def __init__(self) -> None:
        super().__init__()
        self.strange: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.strange.append(tag)
            return
        for name, value in attributes:
            if name not in ALLOWED[tag]:
                self.strange.append(f"{tag} {name}")
            if name == "href" and not str(value).startswith(("http://", "https://")):
                self.strange.append(str(value))


def strange(text: str) -> list[str]:
    checker = Checker()
    checker.feed(MARKDOWN.html(text, Someone()))
    checker.close()
    return checker.strange


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("**b** *i* _i_ ~~s~~", "<p><strong>b</strong> <em>i</em> <em>i</em> <s>s</s></p>"),
        ("__u__ __*ui*__", "<p><u>u</u> <u><em>ui</em></u></p>"),
        ("***both***", "<p><em><strong>both</strong></em></p>"),
        ("snake_case_name", "<p>snake_case_name</p>"),
        ("`*raw*`", "<p><code>*raw*</code></p>"),
        ("```py\n<b>\n```", '<pre tabindex="0" data-language="py"><code>&lt;b&gt;</code></pre>'),
        ("x ```y```", '<p>x</p><pre tabindex="0"><code>y</code></pre>'),
        ("> one\n> two\nthree", "<blockquote><p>one<br>two</p></blockquote><p>three</p>"),
        (">>> one\n\ntwo", "<blockquote><p>one</p><p>two</p></blockquote>"),
        ("a > b", "<p>a &gt; b</p>"),
        ("- a\n  - b\nafter", "<ul><li>a<ul><li>b</li></ul></li></ul><p>after</p>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("# H", '<div class="md-h1" role="heading" aria-level="2">H</div>'),
        ("#### no", "<p>#### no</p>"),
        ("#no", "<p>#no</p>"),
        ("-# small", '<div class="md-small">small</div>'),
        ("one\ntwo", "<p>one<br>two</p>"),
        (r"\*no\* \_ \# \a", r"<p>*no* _ # \a</p>"),
        ("¯\\_(ツ)_/¯", "<p>¯\\_(ツ)_/¯</p>"),
        ("||a **b**||", '<p><span class="spoiler" role="button" tabindex="0" aria-expanded="false">'
         "<span>a <strong>b</strong></span></span></p>"),
        ("<@1> <@!1>", '<p><span class="mention" data-id="1">@Ada &lt;b&gt;</span> '
         '<span class="mention" data-id="1">@Ada &lt;b&gt;</span></p>'),
        ("<@9>", '<p><span class="mention" data-id="9">@unknown</span></p>'),
        ("<@&3>", '<p><span class="mention" data-id="3">@Mods</span></p>'),
        ("<#2>", '<p><button type="button" class="mention" data-channel="2">#general</button></p>'),
        ("</kb add:3>", '<p><button type="button" class="mention" data-command="kb add">'
         "/kb add</button></p>"),
        ("<t:0:R>", '<p><time class="moment" datetime="1970-01-01T00:00:00+00:00" data-style="R">'
         "1970-01-01 00:00 UTC</time></p>"),
        ("<t:9999999999999>", "<p>&lt;t:9999999999999&gt;</p>"),
        ("@everyone", '<p><span class="mention">@everyone</span></p>'),
        ("&amp; <b>x</b>", "<p>&amp;amp; &lt;b&gt;x&lt;/b&gt;</p>"),
    ],
)  # fmt: skip
def test_text_is_shown_as_discord_shows_it(written: str, expected: str) -> None:
    assert shown(written) == expected


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("[a](https://e.org/?a=1&b=2)", "https://e.org/?a=1&amp;b=2"),
        ("[a](<https://e.org>)", "https://e.org"),
        ("<https://e.org/x>", "https://e.org/x"),
        ("see https://e.org/x_y_z.", "https://e.org/x_y_z"),
        ("(https://e.org/x)", "https://e.org/x"),
    ],
)
def test_links_lead_to_the_web_and_tell_it_nothing(written: str, address: str) -> None:
    found = shown(written)

    assert f'href="{address}"' in found
    assert 'rel="noopener noreferrer nofollow" target="_blank"' in found


@pytest.mark.parametrize(
    "written",
    [
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt:alert(1))",
        "[a](data:text/html,<script>alert(1)</script>)",
        "[a](//e.org)",
        "[a](https:///x)",
        "[a]()",
        "<javascript:alert(1)>",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '[a](https://e.org "\\" onmouseover=alert(1)")',
        'https://e.org/"onmouseover="alert(1)',
        "```\"><script>\nalert(1)\n```",
        "</x\"onclick=alert(1):3>",
        "<svg/onload=alert(1)>",
        "&lt;script&gt;",
    ],
)  # fmt: skip
def test_nothing_hostile_becomes_an_element_or_an_address(written: str) -> None:
    assert strange(written) == []
    assert (
        "<a" not in shown(written) or "https://e.org" in shown(written) or "<a>" in shown(written)
    )


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_whatever_is_written_only_our_elements_come_out(written: str) -> None:
    assert strange(written) == []


@given(st.text(max_size=80))
def test_any_text_is_shown(written: str) -> None:
    assert strange(written) == []
    assert strange(MARKDOWN.plain(written, Someone()).replace("<", "&lt;")) == []


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=40))
def test_plain_words_are_shown_as_they_are(written: str) -> None:
    assert html.unescape(shown(written)) == f"<p>{written}</p>"


def test_a_reply_is_quoted_without_marks() -> None:
    assert MARKDOWN.plain("### **1** · <b>", Someone()).split() == ["1", "·", "<b>"]
