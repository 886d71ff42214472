from __future__ import annotations

import io
import random
import re
import struct
import textwrap
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.attached import LONGEST_NAME, MOST_BYTES, file_name, read_attached
from bot.articles.extract import Extracted
from bot.articles.pdf_files import extract_pdf
from bot.errors import ImportRefused
from tests.articles.attached_files import part, pdf, with_parts, word
from tests.articles.raw_files import raw_files

BODY = "word/document.xml"
SENTENCES = [
    "The court heard both sides on Tuesday, and neither of them would",
    "say what the other had offered. A week later the judge, who had",
    "read the letters, asked for more of them, and for a list of well-",
    "known names that had been left out of the first pa-",
    "pers. Nobody objected.",
    "The second week began with the money, which had come from three",
    "funds and one man. He said that he had given it freely, and the",
    "company said that he had given it for a purpose.",
]
LAST = "The well-known name was read out too."
WHOLE = [
    "The court heard both sides on Tuesday, and neither of them would say what the other had"
    " offered. A week later the judge, who had read the letters, asked for more of them, and for a"
    " list of well-known names that had been left out of the first papers. Nobody objected.",
    "The second week began with the money, which had come from three funds and one man. He said"
    " that he had given it freely, and the company said that he had given it for a purpose.",
    LAST,
]
DOCX = word(
    ("Title", "Two weeks in court"),
    ("Normal", "The court heard both sides."),
    ("Heading 2", "The   money"),
    ("List Bullet", "It came from three funds — perché no?"),
    ("row", "2015|forty-five|"),
    ("Normal", ""),
    title="Two weeks",
)


def refused(data: bytes) -> str:
    with pytest.raises(ImportRefused) as told:
        read_attached(data)
    return str(told.value)


def test_text_and_pages_are_read_as_from_files() -> None:
    assert read_attached(b"# Title\n\nWords.") == Extracted("# Title\n\nWords.", markdown=True)
    page = read_attached(f"<!doctype html><article><p>{WHOLE[0]}</p></article>".encode())
    assert page.text.strip() == WHOLE[0]


def test_a_file_that_is_too_large_is_refused() -> None:
    assert refused(b"a" * (MOST_BYTES + 1)) == "The file is larger than 10 MB."


@pytest.mark.parametrize(
    "page", ["<!--" + "--><!--" * 5_000 + "-->x", "<!--" * 50_000, " " * 100_000 + "<"]
)
def test_no_page_keeps_the_reader_for_ever(page: str) -> None:
    """Would take longer than the universe has if comments were read in every possible way."""
    try:
        read_attached(page.encode())
    except ImportRefused:
        return


def test_a_pdf_has_its_paragraphs() -> None:
    read = read_attached(pdf([*SENTENCES[:5]], [*SENTENCES[5:], LAST], title="Two weeks"))
    assert read.text.split("\n") == WHOLE
    assert (read.title, read.author, read.published) == ("Two weeks", "Ada Rossi", None)
    assert read.note.startswith("its lines were put together")


def test_a_pdf_loses_what_stands_on_every_page() -> None:
    numbers = ("one", "two", "three", "four")
    pages = [
        [f"Daily News, page {at}", f"Chapter {number}.", *SENTENCES[:4], f"The {number}.", str(at)]
        for at, number in enumerate(numbers, 1)
    ]
    text = read_attached(pdf(*pages)).text
    assert not re.search(r"Daily News|\d", text)
    assert all(f"Chapter {number}." in text and f"The {number}." in text for number in numbers)


def test_a_pdf_of_two_pages_loses_their_numbers() -> None:
    text = read_attached(pdf([*SENTENCES[:4], "1"], [*SENTENCES[4:], "2"])).text
    assert not re.search(r"\d", text)
    assert "the first papers. Nobody" in text


def test_a_pdf_of_too_many_words_is_refused() -> None:
    assert "too large to be read" in refused(pdf(["word " * 220_000]))


@pytest.mark.parametrize("title", ["Microsoft Word - court.doc", "untitled", "court.pdf", " - "])
def test_a_title_that_a_program_gave_is_none(title: str) -> None:
    assert read_attached(pdf(SENTENCES, title=title)).title is None


def test_a_pdf_with_a_password_is_refused() -> None:
    assert "password" in refused(pdf(SENTENCES, password="secret"))
    assert read_attached(pdf(SENTENCES, password="")).text.startswith("The court")


def test_a_pdf_of_pictures_is_refused() -> None:
    assert "OCR" in refused(pdf([], ["12"], []))


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    assert "300 pages" in refused(pdf(*[["a"]] * 301))


def test_a_pdf_that_takes_too_long_is_refused() -> None:
    with pytest.raises(ImportRefused, match="too large to be read"):
        extract_pdf(pdf(SENTENCES), seconds=0.0)


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7\n%%EOF", pdf(SENTENCES)[:400]])
def test_a_broken_pdf_is_refused(data: bytes) -> None:
    assert "broken" in refused(data)


def test_a_pdf_with_a_filter_s_old_name_is_refused() -> None:
    old = re.sub(rb"<<[^<>]*/Length", rb"<</Filter/Fl/Length", pdf(["The mill stood by the weir."]))
    assert b"/Fl/" in old
    assert "broken" in refused(old)


def test_a_word_file_becomes_markdown() -> None:
    read = read_attached(DOCX)
    assert read.markdown
    assert read.text.split("\n\n") == [
        "# Two weeks in court",
        "The court heard both sides.",
        "## The money",
        "It came from three funds — perché no?",
        "2015 | forty-five",
    ]
    assert (read.title, read.author) == ("Two weeks", "Ada Rossi")


def test_an_empty_word_file_is_refused() -> None:
    assert "no text" in refused(word())


def test_another_archive_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("../../etc/passwd", "x")
        archive.writestr("inner.zip", DOCX)
    assert "no Word file" in refused(made.getvalue())
    assert "broken" in refused(DOCX[:-30])
    assert "broken" in refused(b"PK\x03\x04nothing")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("declared", ['<!DOCTYPE a [<!ENTITY b "c">]>', "<!doctype a>"])
@pytest.mark.parametrize("name", [BODY, "word/styles.xml", "[Content_Types].xml", "x.rels"])
def test_a_word_file_with_entities_is_refused(name: str, declared: str, encoding: str) -> None:
    content = f'<?xml version="1.0" encoding="{encoding}"?>{declared}<a/>'.encode(encoding)
    assert "entities" in refused(with_parts(DOCX, {name: content}))


def test_a_word_file_that_unpacks_to_too_much_is_refused() -> None:
    bomb = with_parts(DOCX, {"word/more.xml": b" " * 41_000_000})
    assert len(bomb) < 100_000
    assert "unpacks to more" in refused(bomb)


def test_all_parts_of_a_word_file_count_together() -> None:
    parts = {f"word/{name}.xml": b" " * 21_000_000 for name in ("one", "two")}
    assert "unpacks to more" in refused(with_parts(DOCX, parts))


def test_a_word_file_with_a_part_twice_is_refused() -> None:
    twice = with_parts(DOCX, {"word/one.xml": b"<a/>", "word/two.xml": b"<a/>"})
    assert "broken" in refused(twice.replace(b"word/two.xml", b"word/one.xml"))


def test_pictures_in_a_word_file_are_never_unpacked() -> None:
    pictures = {f"word/media/{n}.png": b" " * 30_000_000 for n in range(3)}
    bomb = with_parts(DOCX, pictures)
    tracemalloc.start()
    assert read_attached(bomb).text.startswith("# Two weeks")
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_part_that_lies_about_its_size_is_cut_or_refused() -> None:
    """Its size is told as 9 bytes in both places where a ZIP file tells it."""
    name = b"word/more.xml"
    bomb = bytearray(with_parts(DOCX, {name.decode(): b" " * 30_000_000}))
    local, central = bomb.find(name), bomb.rfind(name)
    struct.pack_into("<I", bomb, local - 30 + 22, 9)
    struct.pack_into("<I", bomb, central - 46 + 24, 9)
    tracemalloc.start()
    assert "broken" in refused(bytes(bomb))
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_word_file_of_too_many_parts_is_refused() -> None:
    assert "broken" in refused(with_parts(DOCX, {f"{n}.xml": b"<a/>" for n in range(2_001)}))


def test_a_word_file_with_a_password_is_refused() -> None:
    data = bytearray(DOCX)
    for start in (found.start() for found in re.finditer(b"PK\x01\x02", bytes(data))):
        data[start + 8] |= 1
    assert "password" in refused(bytes(data))


def test_a_cell_that_spans_for_ever_is_one_cell() -> None:
    body = part(DOCX, BODY).replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="2000000000"/>')
    assert b"2000000000" in body
    assert "2015 | forty-five" in read_attached(with_parts(DOCX, {BODY: body})).text


@pytest.mark.parametrize("whole", [DOCX, pdf(SENTENCES, SENTENCES, title="Two weeks")])
@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_file_is_read_or_refused(whole: bytes, seed: int) -> None:
    chance = random.Random(seed)
    data = bytearray(whole)
    for _ in range(chance.randint(1, 30)):
        data[chance.randrange(8, len(data))] = chance.randrange(256)
    if chance.random() < 0.3:
        del data[chance.randrange(8, len(data)) :]
    try:
        read = read_attached(bytes(data))
    except ImportRefused:
        return
    assert read.text


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("court.pdf", "court.pdf"), ("../../etc/passwd", "passwd"), ("C:\\a\\b c.txt", "b c.txt"),
        ("/", "attached"), ("", "attached"), ("..", "attached"), ("a/..", "attached"),
        (" .hidden ", "hidden"), ("a\x00b\n.txt", "ab.txt"), ("perche\u0301.md", "perché.md"),
        ("\u202egnp.exe", "gnp.exe"), ("a:b|c?.md", "a b c .md"),
        ("con" * 99 + ".pdf", "con" * 30 + ".pdf"),
    ],
)  # fmt: skip
def test_of_a_name_only_the_last_part_is_taken(name: str, called: str) -> None:
    assert file_name(name) == called


@given(st.text(max_size=300))
def test_no_name_leads_anywhere(name: str) -> None:
    called = file_name(name)
    assert called not in {"", ".", ".."}
    assert not re.search(r"[/\\\x00-\x1f]", called)
    assert len(called) <= LONGEST_NAME


@pytest.mark.parametrize("number", range(5))
def test_a_real_article_keeps_its_words_through_pdf_and_word(number: int) -> None:
    text = raw_files()[number].read_text(encoding="utf-8")
    text = text.encode("cp1252", errors="ignore").decode("cp1252")
    paragraphs = [line for line in text.splitlines() if line.strip()]
    lines = [line for one in paragraphs for line in textwrap.wrap(one, 90, break_on_hyphens=False)]
    pages = [lines[start : start + 45] for start in range(0, len(lines), 45)]
    for data in (pdf(*pages), word(*(("Normal", one) for one in paragraphs))):
        assert words(read_attached(data).text) == words(text)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
