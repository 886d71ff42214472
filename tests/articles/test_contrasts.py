"""contrasts.yaml is read strictly: every fault is told with its line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.articles.checking import check
from bot.articles.contrasts import (
    ROLES,
    Contrast,
    Phrases,
    contrasts_of,
    plain_contrasts,
    read_contrasts,
    scan_contrasts,
)
from bot.articles.starter import starter_folder
from bot.errors import KnowledgeError

WHOLE = """\
words:
  differ: {en: "differ, at odds"}
contrasts:
- about: {en: leave, it: andarsene}
  ways:
    resigned:
      en: resigned, quit
      it: si dimise
    forced out:
      en: ousted
"""


def write(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "contrasts.yaml"
    path.write_text(content, encoding="utf-8")
    return path


def test_words_and_contrasts_are_read_by_language(tmp_path: Path) -> None:
    found = read_contrasts(write(tmp_path, WHOLE))
    assert found.roles == {"differ": {"en": ("differ", "at odds")}}
    resigned = {"en": ("resigned", "quit"), "it": ("si dimise",)}
    about = {"en": ("leave",), "it": ("andarsene",)}
    ways: dict[str, Phrases] = {"resigned": resigned, "forced out": {"en": ("ousted",)}}
    assert found.contrasts == (Contrast(about, ways),)


def test_contrasts_come_back_from_json(tmp_path: Path) -> None:
    for path in (write(tmp_path, WHOLE), starter_folder() / "contrasts.yaml"):
        found = read_contrasts(path)
        assert contrasts_of(json.loads(json.dumps(plain_contrasts(found)))) == found


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("words:", "word:", 2, "The file has the unknown field `word`."),
        ("  differ:", "  diverge:", 2, "`words` has the unknown field `diverge`."),
        ('"differ, at odds"', '" , "', 2, "There is no word here."),
        ("at odds", "!", 2, "`!` has no letter."),
        ("at odds", "differ", 2, "`differ` stands twice."),
        ("{en: leave,", "{english: leave,", 4, "`english` is not a language's code."),
        (
            "- about: {en: leave, it: andarsene}\n  ways:",
            "- ways:",
            4,
            "The contrast has no `about`.",
        ),
        ("    forced out:\n      en: ousted\n", "", 4, "The contrast has less than two ways."),
        ("      en: ousted", "      en: no", 10, "`en`: YAML reads no as a truth value"),
    ],
)
def test_a_fault_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, problem: str
) -> None:
    assert old in WHOLE
    path = write(tmp_path, WHOLE.replace(old, new))
    told = [(fault.line, fault.problem) for fault in scan_contrasts(path)[1]]
    assert any(at == line and text.startswith(problem) for at, text in told), told
    with pytest.raises(KnowledgeError, match="has faults"):
        read_contrasts(path)


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    assert len(scan_contrasts(tmp_path / "none.yaml")[1]) == 1


def test_the_check_of_a_folder_reads_it(tmp_path: Path) -> None:
    write(tmp_path, WHOLE.replace("differ:", "diverge:"))
    assert any("diverge" in fault.problem for fault in check(tmp_path))


def test_the_shipped_file_has_all_roles_in_five_languages() -> None:
    found = read_contrasts(starter_folder() / "contrasts.yaml")
    assert set(found.roles) == set(ROLES)
    phrases = [*found.roles.values(), *(contrast.about for contrast in found.contrasts)]
    phrases += [way for contrast in found.contrasts for way in contrast.ways.values()]
    assert all(set(one) == {"en", "it", "es", "de", "fr"} for one in phrases)
