"""A path in a revision means one file on every disk, inside the knowledge folder."""

from __future__ import annotations

import unicodedata

import pytest

from bot.errors import InputError
from bot.revisions.paths import check_path, check_together


@pytest.mark.parametrize(
    "path", ["dispute.yaml", "articles/a.md", "lexicon/general-a.yaml", "articles/più-caffè.md",
             "a/b/c/d.md", "articles/connected.md", "articles/con-man.md"],
)  # fmt: skip
def test_a_knowledge_file_may_be_in_a_revision(path: str) -> None:
    check_path(path)


@pytest.mark.parametrize(
    "path",
    ["", "/etc/passwd.md", "../a.md", "articles/../../a.md", "./a.md", "articles//a.md",
     "articles/", "a\\b.md", "..\\a.md", "C:/a.md", "C:a.md", "articles/.hidden.md", ".git/a.md",
     "a.txt", "a", "a.md ", "a./b.md", "a /b.md", "a\0.md", "a\n.md", "a\x7f.md", "con.md",
     "NUL.yaml", "aux/x.md", "com1.md", "a?.md", "a*.md", "a|b.md", 'a".md', "<a>.md",
     "\ud800.md", unicodedata.normalize("NFD", "più.md"), "è" * 120 + ".md"],
)  # fmt: skip
def test_a_path_that_means_something_else_somewhere_is_refused(path: str) -> None:
    with pytest.raises(InputError, match=r"The path .+; "):
        check_path(path)


@pytest.mark.parametrize(
    "paths",
    [("a.md", "A.md"), ("articles/a.md", "Articles/b.md", "articles/B.MD", "articles/b.md"),
     ("straße.md", "STRASSE.md"), ("a.md", "a.md/b.md"), ("A.md/b.md", "a.md"),
     ("É.md", "é.md")],
)  # fmt: skip
def test_paths_that_some_disk_takes_for_one_are_refused_together(paths: tuple[str, ...]) -> None:
    for order in (paths, paths[::-1]):
        with pytest.raises(InputError, match="cannot stand side by side"):
            check_together(order)


def test_paths_that_differ_may_stand_together() -> None:
    check_together(["a.md", "b.md", "a/a.md", "a/b.md", "ab.md", "a.yaml"])
