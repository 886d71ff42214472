"""The lexicon's files are read whole, and every fault is told with file and row."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.articles.checking import check
from bot.articles.lexicon_files import read_lexicon, scan_lexicon
from bot.articles.starter import starter_folder
from bot.errors import KnowledgeError


def write(tmp_path: Path, **files: str) -> Path:
    for name, content in files.items():
        (tmp_path / f"{name}.yaml").write_text(content, encoding="utf-8")
    return tmp_path


def told(folder: Path) -> list[tuple[str, int, str]]:
    return [(fault.path.name, fault.line, fault.problem) for fault in scan_lexicon(folder)]


def test_a_row_is_a_concept_with_words_of_several_languages(tmp_path: Path) -> None:
    folder = write(tmp_path, a="leave:\n  en: leave, walk away\n  it: lasciare,andarsene ,\n")
    assert dict(read_lexicon(folder)) == {
        "leave": {"en": ("leave", "walk away"), "it": ("lasciare", "andarsene")}
    }
    assert told(folder) == []


def test_rows_of_the_same_name_in_several_files_are_one(tmp_path: Path) -> None:
    folder = write(tmp_path, b="leave:\n  en: quit\n  de: gehen\n", a="leave:\n  en: leave\n")
    assert list(read_lexicon(folder)) == [("leave", {"en": ("leave", "quit"), "de": ("gehen",)})]


def test_files_are_read_in_the_order_of_their_names(tmp_path: Path) -> None:
    folder = write(tmp_path, b="two: {en: b}\n", a="one: {en: a}\n")
    assert [concept for concept, _ in read_lexicon(folder)] == ["one", "two"]


def test_a_folder_that_is_not_there_has_no_rows(tmp_path: Path) -> None:
    assert list(read_lexicon(tmp_path / "none")) == []
    assert scan_lexicon(tmp_path / "none") == ()


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        ("leave:\n", 1, "`leave` has no words."),
        ("a: {en: a}\nleave:\n", 2, "`leave` has no words."),
        ("leave: quit\n", 1, "`leave` is a text."),
        ("leave: [quit]\n", 1, "`leave` is a list."),
        ("leave:\n  en:\n", 2, "There is no word here."),
        ("leave:\n  en: ', ,'\n", 2, "There is no word here."),
        ("leave:\n  en: [quit]\n", 2, "`en` is a list where a text is expected."),
        ("leave:\n  english: quit\n", 2, "`english` is not a language's code."),
        ("leave:\n  'é1': quit\n", 2, "`é1` is not a language's code."),
        ("leave:\n  EN: quit\n", 2, "`EN` is not a language's code."),
        ("'': {en: quit}\n", 1, "A row has no name."),
        ("leave:\n  no: quit\n", 2, "`no` is not a plain field name."),
        ("leave:\n  en: quit, …\n", 2, "`…` has no letter."),
        ("leave:\n  en: quit, leave, quit\n", 2, "`quit` stands twice."),
        ("leave:\n  en: 2025-02-31\n", 2, "`en`: YAML reads 2025-02-31 as a date"),
        ("leave:\n  en: yes\n", 2, "`en`: YAML reads yes as a truth value"),
        ("leave: {en: a}\nleave: {en: b}\n", 2, "`leave` stands twice, first in line 1."),
        ("leave:\n  en: a\n  en: b\n", 3, "`en` stands twice, first in line 2."),
        ("leave: &x {en: a}\n", 1, "Anchors and aliases"),
        ("leave:\n  en: !!int a\n", 2, "YAML reads a as a number"),
        ("404:\n  en: a\n", 1, "`404` is not a plain field name."),
        ("- leave\n", 1, "The lexicon is a list."),
        ("", 1, "It is empty."),
        ("a: [\n", 2, "YAML cannot be read here"),
        ("a: " + "[" * 3000, 1, "nested too deeply"),
    ],
)
def test_a_fault_names_file_and_row(tmp_path: Path, content: str, line: int, problem: str) -> None:
    faults = told(write(tmp_path, ok="fine: {en: fine}\n", words=content))
    assert [(name, number) for name, number, _ in faults] == [("words.yaml", line)] * len(faults)
    assert any(problem in words for _, _, words in faults)


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = write(tmp_path, a="x:\ny: {en: ok}\nz: {e: a}\n", b="- no\n")
    assert {(name, line) for name, line, _ in told(folder)} == {
        ("a.yaml", 1),
        ("a.yaml", 3),
        ("b.yaml", 1),
    }


@pytest.mark.parametrize(
    "content",
    [
        "leave:\n", "leave: quit\n", "leave:\n  en: [quit]\n", "- leave\n", "", "a: [\n",
        "leave:\n  english: quit\n", "leave:\n  e1: quit\n", "'': {en: quit}\n", "' ': {en: a}\n",
    ],
)  # fmt: skip
def test_a_file_that_holds_no_rows_stops_the_reader_with_its_faults(
    tmp_path: Path, content: str
) -> None:
    with pytest.raises(KnowledgeError, match=r"words\.yaml:\d+: ") as caught:
        list(read_lexicon(write(tmp_path, words=content)))
    assert caught.value.faults == scan_lexicon(tmp_path) != ()


@pytest.mark.parametrize("content", ["leave:\n  en: 2025-02-31\n", "leave:\n  en: !!int a\n"])
def test_a_value_that_yaml_takes_for_something_else_is_no_crash(
    tmp_path: Path, content: str
) -> None:
    folder = write(tmp_path, words=content)
    try:
        rows = dict(read_lexicon(folder))
    except KnowledgeError as error:
        rows = {}
        faults = error.faults
    else:
        faults = scan_lexicon(folder)
    assert rows.keys() <= {"leave"}
    assert {fault.line for fault in faults} == {2}


def test_the_check_of_a_folder_tells_the_lexicon_s_faults(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    write(tmp_path / "lexicon", words="leave:\n  english: quit\n")
    problems = [fault.problem for fault in check(tmp_path)]
    assert "`english` is not a language's code." in problems


def test_the_shipped_lexicon_has_no_faults_and_thousands_of_rows() -> None:
    folder = starter_folder() / "lexicon"
    assert scan_lexicon(folder) == ()
    rows = dict(read_lexicon(folder))
    assert len(rows) > 3000
    assert {"en", "it", "es", "de", "fr"} <= {code for row in rows.values() for code in row}
