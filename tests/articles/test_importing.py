"""Files become articles; what cannot is refused, and the others are still imported."""

from __future__ import annotations

import errno
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.importing import LONGEST_ID, import_files, slug
from bot.articles.starter import starter_folder
from bot.articles.store import ArticleStore
from tests.articles.raw_files import raw_files

BODY = (
    "The two sides met again on a Monday, and nobody who was in the room that day would say"
    " afterwards what had been agreed. Later that week the lawyers wrote to each other, and the"
    " letters came out one by one until the whole story had been told to everyone."
)


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in (folder / "articles").iterdir()}


def test_the_five_raw_files_become_five_articles(tmp_path: Path) -> None:
    store = ArticleStore(tmp_path)
    report = import_files(raw_files(), store)
    assert [outcome.status for outcome in report.outcomes] == ["imported"] * 5
    articles = {
        outcome.path.name[:3]: store.get(outcome.article or "") for outcome in report.outcomes
    }
    assert {n: a.language for n, a in articles.items()} == {
        "000": "it", "001": "it", "002": "en", "003": "en", "004": "en",
    }  # fmt: skip
    assert {n: a.published for n, a in articles.items() if a.published} == {
        "002": date(2025, 2, 26)
    }
    assert articles["000"].id == "perche-elon-musk-e-sam-altman-non-si-sopportano"
    assert "“humanize technology” has" in articles["004"].text
    assert "Cuộc chiến giữa Altman và Musk" in articles["004"].text


def test_importing_twice_changes_nothing(tmp_path: Path) -> None:
    files, store = raw_files(), ArticleStore(tmp_path)
    import_files(files, store)
    before = snapshot(tmp_path)
    report = import_files(files, store)
    assert [outcome.status for outcome in report.outcomes] == ["unchanged"] * 5
    assert snapshot(tmp_path) == before


def test_the_same_text_under_another_name_is_a_duplicate(tmp_path: Path) -> None:
    store = ArticleStore(tmp_path / "kb")
    first = write(tmp_path, "one.txt", f"A title of some words\n\n{BODY}")
    second = write(
        tmp_path, "two.txt", f"Another title of words\n\n{BODY.upper()}\n\nLeave a Reply"
    )
    report = import_files([first, second], store)
    assert [(o.status, o.article) for o in report.outcomes] == [
        ("imported", "a-title-of-some-words"),
        ("duplicate", "a-title-of-some-words"),
    ]
    assert "a-title-of-some-words" in import_files([second], store).outcomes[0].detail


def test_a_nearly_identical_text_is_imported_and_told(tmp_path: Path) -> None:
    first = write(tmp_path, "one.txt", f"A title of some words\n\n{BODY}")
    second = write(
        tmp_path, "two.txt", f"A title of some words\n\n{BODY.replace('Monday', 'Friday')}"
    )
    one, two = import_files([first, second], ArticleStore(tmp_path / "kb")).outcomes
    assert (one.article, two.article) == ("a-title-of-some-words", "a-title-of-some-words-2")
    assert "nearly that of the article `a-title-of-some-words`" in two.detail


def test_a_file_whose_text_changed_does_not_overwrite_its_article(tmp_path: Path) -> None:
    store = ArticleStore(tmp_path / "kb")
    path = write(tmp_path, "one.txt", f"A title of some words\n\n{BODY}")
    import_files([path], store)
    before = snapshot(tmp_path / "kb")
    path.write_text(f"A title of some words\n\n{BODY}\n\nA correction was added at the end of it.")
    (outcome,) = import_files([path], store).outcomes
    assert outcome.status == "refused"
    assert "delete" in outcome.detail
    assert snapshot(tmp_path / "kb") == before


def test_bad_files_are_refused_and_the_others_imported(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    write(folder, "a.txt", f"A title of some words\n\n{BODY}")
    write(folder, "b.bin", b"\x00\x01\x02")
    write(folder, "c.txt", "")
    write(folder, "d.txt", "Only a few words of prose are in here.")
    write(folder, "e.json", '{"a": 1}')
    write(folder, "f.txt", b"word " * 1_100_000)
    write(folder, ".hidden", BODY)
    write(folder, "sub/g.md", f"# Another headline of it\n\n{BODY} And the end is another one.")
    report = import_files([folder, tmp_path / "none.txt"], ArticleStore(tmp_path / "kb"))
    assert [(o.path.name, o.status) for o in report.outcomes] == [
        ("a.txt", "imported"), ("b.bin", "refused"), ("c.txt", "refused"), ("d.txt", "refused"),
        ("e.json", "refused"), ("f.txt", "refused"), ("g.md", "imported"), ("none.txt", "refused"),
    ]  # fmt: skip
    for outcome in report.of("refused"):
        assert outcome.detail.endswith(".")
        assert "\n" not in outcome.detail


def test_one_word_is_not_called_words(tmp_path: Path) -> None:
    (outcome,) = import_files([write(tmp_path, "a.txt", "Hello")], ArticleStore(tmp_path)).outcomes
    assert outcome.detail.startswith("Only 1 word of an article is in it;")


def test_our_own_articles_can_be_imported(tmp_path: Path) -> None:
    store = ArticleStore(tmp_path)
    report = import_files([starter_folder() / "articles"], store)
    assert {(o.status, o.detail) for o in report.outcomes if o.status != "imported"} == set()
    ours = ArticleStore(starter_folder()).read()
    assert sorted(a.title for a in store.read()) == sorted(a.title for a in ours)


def test_a_file_whose_name_holds_a_line_end_is_known_again(tmp_path: Path) -> None:
    path = write(tmp_path, "two\nlines.txt", f"A title of some words\n\n{BODY}")
    store = ArticleStore(tmp_path / "kb")
    told = [import_files([path], store).outcomes[0].status for _ in range(2)]
    assert told == ["imported", "unchanged"]


def test_an_article_that_cannot_be_written_is_told_and_the_others_are_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [
        write(tmp_path, f"{name}.txt", f"The title of file {name}\n\n{name} {BODY}")
        for name in ("alder", "birch", "cedar")
    ]
    real = Path.replace

    def full(self: Path, target: Path) -> Path:
        if "birch" in target.name:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", full)
    report = import_files(paths, ArticleStore(tmp_path / "kb"))
    assert [outcome.status for outcome in report.outcomes] == ["imported", "refused", "imported"]
    assert "cannot be written" in report.outcomes[1].detail


def test_a_title_taken_from_a_heading_of_the_text_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", f"{BODY}\n\n## The second part\n\n{BODY}")
    (outcome,) = import_files([path], ArticleStore(tmp_path / "kb")).outcomes
    assert outcome.article == "the-second-part"
    assert "title taken from the first heading" in outcome.detail


def test_progress_is_told_before_each_file(tmp_path: Path) -> None:
    paths = [write(tmp_path, f"{n}.txt", "") for n in range(2)]
    told: list[tuple[int, int, Path]] = []
    import_files(paths, ArticleStore(tmp_path / "kb"), lambda *step: told.append(step))
    assert told == [(0, 2, paths[0]), (1, 2, paths[1])]


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        (
            "Perché Elon Musk e Sam Altman non si sopportano?",
            "perche-elon-musk-e-sam-altman-non-si-sopportano",
        ),
        ("Musk’s revenge: $97.4 billion", "musks-revenge-97-4-billion"),
        ("Cuộc chiến đối thủ", "cuoc-chien-doi-thu"),
        ("ИИ", ""),
    ],
)
def test_ids_are_readable(title: str, wanted: str) -> None:
    assert slug(title) == wanted


@given(st.text())
def test_ids_are_short_and_plain(title: str) -> None:
    found = slug(title)
    assert len(found) <= LONGEST_ID
    assert found == slug(found)
    assert set(found) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(control=st.sampled_from(["\x85", "\x00", "\x1b", "\u2028", "\ufffe", "\x9d"]))
def test_control_characters_never_make_an_article_unreadable(
    tmp_path_factory: pytest.TempPathFactory, control: str
) -> None:
    folder = tmp_path_factory.mktemp("kb")
    text = f"A title {control}of some words\n\n{BODY}{control}\n\n{BODY}{control}:\n---\nx"
    path = folder / "raw.txt"
    path.write_bytes(text.encode().replace(b"\x00", b""))
    store = ArticleStore(folder)
    assert import_files([path], store).outcomes[0].status == "imported"
    assert len(store.read()) == 1
