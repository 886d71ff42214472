from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.articles.checking import check
from bot.articles.sources import FILE, Source, read_sources, scan_sources
from bot.errors import KnowledgeError

SHIPPED = Path(__file__).resolve().parents[2] / "knowledge" / FILE


def put(folder: Path, text: str) -> Path:
    path = folder / FILE
    path.write_text(text, encoding="utf-8")
    return path


def told(folder: Path, lines: str) -> list[str]:
    """The faults of one source, each from its line on."""
    path = put(folder, f"sources:\n- {lines}\n")
    return [str(fault).removeprefix(f"{path}:") for fault in scan_sources(path)[1]]


def test_a_source_says_all_it_needs(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        """
sources:
  - {id: a, address: "https://a.example/x", every: 12h, publisher: A, language: it, publish: auto,
     lose_at_most: 5%}
  - {id: b, feed: "http://b.example/feed", every: manual}
""",
    )
    assert read_sources(path) == (
        Source("a", "https://a.example/x", "page", timedelta(hours=12), "A", "it", True, 0.05),
        Source("b", "http://b.example/feed", "feed"),
    )
    assert [source.line for source in read_sources(path)] == [3, 5]


def test_the_file_that_comes_with_the_bot_is_empty() -> None:
    assert read_sources(SHIPPED) == ()


def test_its_examples_can_be_taken_as_they_stand(tmp_path: Path) -> None:
    lines = SHIPPED.read_text(encoding="utf-8").splitlines()
    start = lines.index("# sources:")
    path = put(tmp_path, "\n".join(line.removeprefix("#")[1:] for line in lines[start:-1]))
    page, feed = read_sources(path)
    assert (page.kind, feed.kind) == ("page", "feed")
    assert page.every == feed.every == timedelta(hours=6)
    assert not page.publishes_itself


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("id: a", "2: The source needs one address."),
        ("{id: a, address: 'https://a.example', feed: 'https://a.example'}", "2: The source needs"),
        ("address: https://a.example/", "2: The source has no `id`."),
        ("{id: a, address: 'ftp://a.example/'}", "2: `address` is no address of the web."),
        ("{id: a, feed: a.example/feed}", "2: `feed` is no address of the web."),
        ("{id: a, feed: 'https://me:secret@a.example/'}", "2: `feed` holds a user or password."),
        ("{id: a, feed: 'https://a.example/', every: 6x}", "2: `every: 6x` is not a time."),
        ("{id: a, feed: 'https://a.example/', every: 6}", "2: `every`: YAML reads 6 as a number"),
        ("{id: a, feed: 'https://a.example/', every: 1m}", "2: `every: 1m` is too often."),
        ("{id: a, feed: 'https://a.example/', language: italian}", "2: `italian` is not a lang"),
        ("{id: a, feed: 'https://a.example/', publish: yes}", "2: `publish`: YAML reads yes"),
        ("{id: a, feed: 'https://a.example/', publish: now}", "2: `publish: now` is not known."),
        ("{id: a, feed: 'https://a.example/', lose_at_most: 0.2}", "2: `lose_at_most`: YAML"),
        ("{id: a, feed: 'https://a.example/', lose_at_most: 101%}", "2: `lose_at_most: 101%`"),
        ("{id: a, feed: 'https://a.example/', url: b}", "2: The source has the unknown"),
        ("just words", "2: The source is a text."),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(tmp_path: Path, lines: str, fault: str) -> None:
    assert any(one.startswith(fault) for one in told(tmp_path, lines)), told(tmp_path, lines)


def test_what_stands_twice_is_told(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        "sources:\n- {id: a, feed: 'https://a.example/'}\n- {id: a, feed: 'https://b.example/'}\n"
        "- {id: b, address: 'https://a.example/'}\n",
    )
    sources, faults = scan_sources(path)
    assert [fault.line for fault in faults] == [3, 4]
    assert [fault.problem for fault in faults] == [
        "The id `a` stands twice, first in line 2.",
        "The address `https://a.example/` stands twice, first in line 2.",
    ]
    assert len(sources) == 3
    with pytest.raises(KnowledgeError, match="stands twice"):
        read_sources(path)


def test_the_check_of_a_folder_tells_its_faults(tmp_path: Path) -> None:
    path = put(tmp_path, "sources:\n- {id: a}\n")
    assert any(fault.path == path for fault in check(tmp_path))
