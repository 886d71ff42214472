"""Judged sentences are read strictly, every fault with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.articles.account_sentences import (
    JudgedSentence,
    holds_sentences,
    read_sentences,
    scan_sentences,
)
from bot.articles.accounts import known_accounts
from bot.articles.checking import check
from bot.articles.dispute import read_dispute
from bot.articles.model import Article
from bot.articles.starter import starter_folder
from bot.articles.store import ArticleStore
from bot.errors import KnowledgeError

KNOWN = frozenset({"bello", "rye", "third", "reporter"})
WHOLE = """\
sentences:
- {text: "Anna left.", lang: en, account: reporter, part: tuned}
- text: "Ha detto di no."
  lang: it
  account: bello
  part: held
  before: "Anna lasciò il mulino."
  heading: "La versione di Anna"
"""


def write(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "accounts.yaml"
    path.write_text(content, encoding="utf-8")
    return path


def test_sentences_are_read_with_everything_that_is_known(tmp_path: Path) -> None:
    path = write(tmp_path, WHOLE)
    one, two = read_sentences(path, KNOWN)
    assert one == JudgedSentence("Anna left.", "en", "reporter", "tuned")
    assert (two.language, two.account, two.part, two.line) == ("it", "bello", "held", 3)
    assert (two.before, two.heading) == ("Anna lasciò il mulino.", "La versione di Anna")
    assert holds_sentences(path)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("- {lang: en, account: bello, part: held}", "The sentence has no `text`."),
        ("- {text: x, lang: en, part: held}", "The sentence has no `account`."),
        ("- {text: x, lang: EN, account: bello, part: held}", "`EN` is not a language's code."),
        ("- {text: x, lang: en, account: anna, part: held}", "`account: anna` is not known."),
        ("- {text: x, lang: en, account: bello, part: odd}", "`part: odd` is not known."),
        ("- {text: x, lang: en, account: bello, part: held, by: y}", "unknown field `by`"),
        ("- just words", "The sentence is a text."),
    ],
)
def test_what_is_wrong_with_a_sentence_is_told_with_its_line(
    tmp_path: Path, line: str, problem: str
) -> None:
    path = write(tmp_path, f"sentences:\n{line}\n")
    faults = scan_sentences(path, KNOWN)[1]
    assert {fault.line for fault in faults} == {2}
    assert any(problem in fault.problem for fault in faults)
    with pytest.raises(KnowledgeError, match="has faults"):
        read_sentences(path, KNOWN)


@pytest.mark.parametrize("content", ["", "sentences: []", "sentences: [", "- a"])
def test_a_file_without_sentences_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(KnowledgeError, match=r"accounts\.yaml:\d"):
        read_sentences(write(tmp_path, content), KNOWN)


def test_a_file_of_questions_holds_no_sentences(tmp_path: Path) -> None:
    assert not holds_sentences(write(tmp_path, "questions: []"))
    assert not holds_sentences(tmp_path / "none.yaml")


def test_the_check_of_a_folder_reads_its_sentences(tmp_path: Path) -> None:
    ArticleStore(tmp_path).write(Article("mill", "Mill", "Anna sold the mill.", "en"))
    write(tmp_path, "sentences:\n- {text: x, lang: en, account: nobody, part: held}\n")
    assert [fault.line for fault in check(tmp_path)] == [2]


def test_the_shipped_sentences_are_many_and_of_every_kind() -> None:
    folder = starter_folder()
    known = known_accounts(read_dispute(folder / "dispute.yaml"))
    sentences = read_sentences(folder / "accounts.yaml", known)
    assert len(sentences) >= 160
    assert len({(one.text, one.before, one.heading) for one in sentences}) == len(sentences)
    for part in ("tuned", "held"):
        here = [one for one in sentences if one.part == part]
        assert len(here) >= len(sentences) * 0.35
        assert {one.account for one in here} == known
        assert {one.language for one in here} == {"en", "it"}
        assert any(one.before for one in here)
        assert any(one.heading for one in here)
