"""YAML is read strictly, and its surprises are told with their line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.frontmatter import load_yaml, one_line, read_header, write_header
from bot.articles.nodes import Fields
from bot.errors import Fault

PATH = Path("a.md")


def load(tmp_path: Path, content: str | bytes) -> tuple[Fault, ...]:
    path = tmp_path / "file.yaml"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_yaml(path)[1]


@pytest.mark.parametrize(
    ("content", "line", "told"),
    [
        ("a: 1\nb: &x 2\n", 2, "Anchors"),
        ("a: 1\nb: *x\n", 2, "Anchors"),
        ("a: 1\nb: 2\na: 3\n", 3, "`a` stands twice, first in line 1"),
        ("a: b: c\n", 1, "YAML cannot be read"),
        ("a: ok\nb: \x85x\n", 2, "U+0085"),
        ("a: !!python/object:os.system x\n", 1, "tag"),
        ("no: x\n", 1, "not a plain field name"),
        ("a: " + "[" * 500 + "]" * 500, 1, "nested too deeply"),
        ("", 1, "empty"),
        (b"a: \xff\n", 1, "not UTF-8"),
    ],
)
def test_surprises_are_told_with_their_line(
    tmp_path: Path, content: str | bytes, line: int, told: str
) -> None:
    (fault,) = load(tmp_path, content)
    assert fault.line == line
    assert told in fault.problem
    assert fault.advice


@pytest.mark.parametrize(
    ("value", "kind"), [("no", "truth value"), ("2025-02-26", "date"), ("1.5", "number")]
)
def test_values_that_yaml_turns_into_something_else_are_to_be_quoted(
    tmp_path: Path, value: str, kind: str
) -> None:
    path = tmp_path / "file.yaml"
    path.write_text(f"title: {value}\n")
    node, unreadable = load_yaml(path)
    assert node is not None
    assert unreadable == ()
    faults: list[Fault] = []
    assert Fields(path, node, faults, "The file").text("title") is None
    assert kind in faults[0].problem
    assert f'"{value}"' in faults[0].advice


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    assert "too large" in load(tmp_path, b"a" * 4_000_001)[0].problem


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "cannot be read" in load_yaml(tmp_path / "none.yaml")[1][0].problem


def test_unknown_missing_and_wrong_fields_are_told_at_once() -> None:
    header = read_header(PATH, "---\nid: [a]\nauthor:\nextra: x\n---\ntext")
    assert header.node is not None
    faults: list[Fault] = []
    fields = Fields(PATH, header.node, faults, "The front matter")
    fields.required_text("id")
    fields.required_text("title")
    fields.required_text("author")
    fields.finish()
    assert [(fault.line, fault.problem) for fault in faults] == [
        (2, "`id` is a list where a text is expected."),
        (2, "The front matter has no `title`."),
        (3, "The front matter has no `author`."),
        (4, "The front matter has the unknown field `extra`."),
    ]


@given(st.text(min_size=1), st.text())
def test_what_is_written_is_read_again(title: str, body: str) -> None:
    text = body.replace("\r", "").strip()
    header = read_header(PATH, write_header({"title": title, "none": None}, text))
    assert header.faults == ()
    assert header.body == text
    assert header.node is not None
    assert header.node.fields is not None
    if one_line(title):
        assert header.node.fields["title"].text == one_line(title)
        assert header.node.fields["title"].kind == "text"


@pytest.mark.parametrize("content", ["no front matter", "---\nid: x\n", ""])
def test_an_article_without_front_matter_is_a_fault(content: str) -> None:
    assert "no front matter" in read_header(PATH, content).faults[0].problem
