"""Files are read by what they hold, and refused in a sentence where that is no article."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.extract import extract
from bot.errors import ImportRefused

PAGE = """<!doctype html><html lang="en"><head><title>The long bid | Daily Test</title>
<meta property="og:site_name" content="Daily Test"><meta property="og:title" content="The long bid">
<meta name="author" content="Ann Writer">{date}
<link rel="canonical" href="https://daily.example.org/long-bid"></head>
<body><nav><a href="/">Home</a> <a href="/ai">AI</a></nav><article><h1>The long bid</h1>
<p>A group of investors made a long offer for the laboratory on a cold Monday, and no one in the
building knew what to say about the sum for most of the day.</p><h2>The answer</h2>
<p>The answer came in the evening of 3 March 2021. It was short, it was public, and it left no room
for another round of talks between the two sides, people who were there said.</p>
<p>Nothing more was heard for a week, and then the lawyers wrote letters to each other.</p>
</article><footer>All rights reserved</footer></body></html>"""
STAMP = '<meta property="article:published_time" content="2025-02-11T10:00:00Z">'


def test_html_keeps_headings_and_what_the_page_says() -> None:
    found = extract(PAGE.format(date=STAMP).encode())
    assert found.markdown
    assert "## The answer\n" in found.text
    assert "Home" not in found.text
    assert (found.title, found.author, found.publisher) == (
        "The long bid",
        "Ann Writer",
        "Daily Test",
    )
    assert (found.url, found.published) == ("https://daily.example.org/long-bid", date(2025, 2, 11))


def test_a_date_that_html_does_not_declare_stays_unknown() -> None:
    assert extract(PAGE.format(date="").encode()).published is None


def test_front_matter_of_markdown_is_not_text() -> None:
    found = extract(b'---\ntitle: "T"\ndate: 2024-03-06\ntags: [a]\n---\n# H\n\nText.')
    assert (found.title, found.published, found.text) == ("T", date(2024, 3, 6), "# H\n\nText.")


def test_front_matter_is_not_taken_for_program_code() -> None:
    header = "\n".join(f'field{number}: "x"' for number in range(9))
    found = extract(f"---\n{header}\n---\nOne paragraph of prose.".encode())
    assert found.text == "One paragraph of prose."


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"---\ntitle: [\n---\nText.", r"cannot be read \(line \d: YAML cannot be read"),
        (b"---\ntitle: a: b\n---\nText.", r"cannot be read \(line 2: YAML"),
        (b"---\ntitle: x\n\nText that goes on.", "has no end"),
        (b"---\ntitle: x\n---\n\n", "no text below"),
    ],
)
def test_broken_front_matter_is_refused_and_never_text(content: bytes, told: str) -> None:
    with pytest.raises(ImportRefused, match=told):
        extract(content)


@pytest.mark.parametrize(
    "text",
    ["---\n\nProse.\n\n---\n\nMore.", "---\nProse of a: kind.\n---\nMore.", "-----\na: b\n---\nc"],
)
def test_lines_of_dashes_that_only_divide_a_text_are_no_front_matter(text: str) -> None:
    assert extract(text.encode()).text == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_encodings_are_told_apart(encoding: str) -> None:
    found = extract("Perché “sì” – così.".encode(encoding))
    assert found.text == "Perché “sì” – così."
    assert bool(found.note) == (encoding == "windows-1252")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04...", "archive"),
        (b"a\x00b", "binary"),
        (bytes(range(1, 32)) * 9 + b"\xff", "binary"),
        (b'{"a": [1, 2]}', "JSON"),
        (b"a,b,c\n1,2,3\n4,5,6\n7,8,9\n", "table"),
        (b"import os\n\ndef main():\n    x = 1\n    return x\n\nmain()\n", "code"),
        (
            b"name: x\nitems:\n  - id: a\n    kind: b\n  - id: c\n    kind: d\n",
            "code or configuration",
        ),
        (b"<?xml version='1.0'?><rss></rss>", "XML"),
        (b"<html><body></body></html>", "No article"),
    ],
)
def test_what_is_no_article_is_refused_with_a_sentence(content: bytes, told: str) -> None:
    with pytest.raises(ImportRefused, match=told) as caught:
        extract(content)
    assert str(caught.value).endswith(".")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        assert extract(content).text is not None
    except ImportRefused as refused:
        assert str(refused)  # noqa: PT017 - both ends are right
