"""Articles are stored whole, and every fault of every file is told at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.articles.model import Article, Reference
from bot.articles.store import ArticleStore, digest
from bot.errors import ArticleNotFound, KnowledgeError

ARTICLE = Article(
    id="the-bid",
    title='The bid: "no" & yes',
    text="## The offer\n\nThey offered “much”. — 😀",
    language="en",
    publisher="2025",
    author="No",
    url="https://example.org/bid",
    published=date(2025, 2, 11),
    retrieved=date(2025, 2, 12),
    sources=(
        Reference("A: title", "Daily", "https://example.org/a", date(2024, 1, 2)),
        Reference(publisher="B"),
    ),
    sha256=digest("## The offer\n\nThey offered “much”. — 😀"),
)


def put(folder: Path, name: str, content: str) -> Path:
    path = folder / "articles" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def test_an_article_comes_back_as_it_was_written(tmp_path: Path) -> None:
    store = ArticleStore(tmp_path)
    path = store.write(ARTICLE, "raw.txt")
    assert store.read() == (ARTICLE,)
    assert store.get("the-bid") == ARTICLE
    assert [one.file for one in store.scan()[0]] == ["raw.txt"]
    assert [file.name for file in path.parent.iterdir()] == ["the-bid.md"]


def test_a_folder_without_articles_is_told_in_a_sentence(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(KnowledgeError, match=r"There are no articles in .* kb import"):
            ArticleStore(folder).read()


@pytest.mark.parametrize("article_id", ["none", "../the-bid", ""])
def test_an_unknown_id_is_not_found(tmp_path: Path, article_id: str) -> None:
    ArticleStore(tmp_path).write(ARTICLE)
    with pytest.raises(ArticleNotFound):
        ArticleStore(tmp_path).get(article_id)


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "---\nid: b\ntitle: T\nlanguage: Italian\nurl: example\n---\nText.")
    put(tmp_path, "c.md", "no front matter")
    put(tmp_path, "d.md", "---\nid: d\npublished: 2025-02-26\nsources:\n  - name: x\n---\n")
    put(tmp_path, "E.md", '---\nid: E\ntitle: T\nretrieved: "2025-02-31"\n---\nText.')
    with pytest.raises(KnowledgeError) as caught:
        ArticleStore(tmp_path).read()
    told = [(fault.path.name, fault.line) for fault in caught.value.faults]
    assert sorted(told) == sorted([
        ("a.md", 2), ("a.md", 4), ("a.md", 5), ("c.md", 1), ("d.md", 1), ("d.md", 2), ("d.md", 3),
        ("d.md", 5), ("E.md", 1), ("E.md", 4),
    ])  # fmt: skip
    assert all(fault.advice for fault in caught.value.faults)
    assert all(str(fault) in str(caught.value) for fault in caught.value.faults)


def test_a_text_changed_by_hand_is_a_fault_until_it_is_stamped(tmp_path: Path) -> None:
    store = ArticleStore(tmp_path)
    path = store.write(ARTICLE)
    before = path.read_text("utf-8")
    path.write_text(before.replace("much", "little"), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="kb check --stamp"):
        store.read()
    assert store.stamp() == (path,)
    assert "little" in store.read()[0].text
    assert store.stamp() == ()


def test_stamping_changes_nothing_but_the_digest(tmp_path: Path) -> None:
    header = "---\nid: x   # a remark\ntitle: 'T'\n---\n\n\nText.  \n"
    path = put(tmp_path, "x.md", header)
    store = ArticleStore(tmp_path)
    [stored] = store.scan()[0]
    assert stored.unstamped is not None
    assert stored.unstamped.path == path
    store.stamp()
    assert path.read_text("utf-8") == header.replace("'T'\n", f"'T'\nsha256: {digest('Text.')}\n")
    assert store.scan()[0][0].unstamped is None


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "articles").write_text("a file")
    with pytest.raises(KnowledgeError, match="cannot be written"):
        ArticleStore(tmp_path).write(ARTICLE)
