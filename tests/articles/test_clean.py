"""What is not the article goes and is reported; what is the article stays."""

from __future__ import annotations

import hashlib
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles import boilerplate
from bot.articles.clean import clean, tidy
from bot.articles.mojibake import repair
from tests.articles.raw_files import raw_files

PROSE = (
    "The two sides met again on a Monday, and nobody who was in the room that day would say"
    " afterwards what had been agreed."
)
OTHER = (
    "Later that week the lawyers wrote to each other, and the letters came out one by one until"
    " the whole story had been told."
)

# File, then line: what becomes of it; a line that is in no table stays as it is. The digests of
# the files (after repair) say that these are the lines that were judged.
GONE = {
    "000": {
        2: "a disclosure of advertising",
        3: "a label of the page",
        4: "a disclosure of advertising",
    },
    "001": {1: "a caption that repeats the title", 2: "a caption that repeats the title"},
    "002": {1: "the date"},
    "003": {19: "a note on how the page was made"},
    "004": {
        1: "a label of the page",
        3: "a label before the title",
        43: "the page's list of other articles",
        45: "the page's comments",
        47: "the form for comments",
        49: "the page's way back to its top",
    },
}
TITLES = {"000": 1, "001": 4, "002": 9, "003": 2, "004": 3}
HEADINGS = {
    "000": {9, 17},
    "001": {10, 14},
    "002": {9, 19, 29, 39},
    "003": {4, 6, 8, 11, 14, 17},
    "004": {13, 25, 31, 37},
}
DIGESTS = {
    "000": "faa426263a57",
    "001": "51ffdcb6b3b6",
    "002": "e9baf787492f",
    "003": "610e5e5296c8",
    "004": "190365c5763d",
}


@pytest.mark.parametrize("number", sorted(GONE))
def test_each_line_of_the_raw_files_stays_or_goes(number: str) -> None:
    path = next(path for path in raw_files() if path.name.startswith(number))
    raw = repair(path.read_text("utf-8"))
    assert hashlib.sha256(raw.encode()).hexdigest()[:12] == DIGESTS[number]
    cleaned = clean(raw)
    assert {gone.line: gone.why for gone in cleaned.removed} == GONE[number]
    lines = {n: line.strip() for n, line in enumerate(raw.split("\n"), 1) if line.strip()}
    title = lines[TITLES[number]]
    cut = {"004": len("RM ")}.get(number, 0)
    assert cleaned.title == title[cut:]
    wanted = []
    for n, line in lines.items():
        if n in HEADINGS[number]:
            wanted.append(f"## {line}")
        elif number == "002" and n == 1:
            wanted.append(line.removeprefix("date 2025-02-26 "))
        elif n not in GONE[number] and n != TITLES[number]:
            wanted.append(line)
    assert cleaned.text.split("\n\n") == wanted


def test_only_the_file_that_gives_a_date_has_one() -> None:
    dates = {path.name[:3]: clean(path.read_text("utf-8")).published for path in raw_files()}
    assert dates == dict.fromkeys(GONE) | {"002": date(2025, 2, 26)}


@pytest.mark.parametrize(
    "line",
    [
        "Uncategorized", "Senza categoria", "Disclaimer", "Related Articles", "Articoli correlati:",
        "Leave a Reply", "Lascia un commento", "Leave a Reply Cancel reply", "Back to top button",
        "Torna in alto", "Your email will not be published.", "Required fields are marked *",
        "Il tuo indirizzo email non sarà pubblicato. I campi obbligatori sono contrassegnati *",
        "Note: this article was translated with the help of AI.",
        "Questo articolo è stato tradotto con l’intelligenza artificiale.",
        "Leggi anche: Un altro articolo del sito", "© 2025 Example News", "SHARE THIS ARTICLE",
        "Some links are affiliate links: we may earn a commission if you buy through them.",
        "Alcuni link sono di affiliazione e il nostro sito potrebbe guadagnare una commissione.",
        "Deja un comentario", "Schreibe einen Kommentar", "Laisser un commentaire",
    ],
)  # fmt: skip
def test_what_a_site_puts_around_an_article_goes(line: str) -> None:
    cleaned = clean(f"A title of some words\n\n{PROSE}\n\n{line}\n\n{OTHER}")
    assert cleaned.text == f"{PROSE}\n\n{OTHER}"
    assert [gone.text for gone in cleaned.removed] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "In a note, Altman said the article was written by people, not by a machine at all.",
        "The commission said that affiliates of Tesla earn more.",
        "Note that OpenAI was founded in 2015 and has had several owners since.",
        "He asked them to share this story with everyone in the building, and they did.",
        "The court gave its decision with all rights reserved to the parties; an appeal followed.",
    ],
)
def test_sentences_that_speak_of_the_same_things_stay(line: str) -> None:
    assert line in clean(f"A title of some words\n{PROSE}\n{line}\n{OTHER}").text


def test_a_list_of_other_articles_goes_only_at_the_end() -> None:
    tail = "Related Articles\nOne more story of the day\nAnother story about it"
    assert clean(f"A title of some words\n{PROSE}\n{tail}").text == PROSE
    middle = clean(f"A title of some words\n{PROSE}\n{tail}\n{OTHER}").text
    assert "Another story about it" in middle
    assert middle.endswith(OTHER)


def test_headings_by_shape_are_marked() -> None:
    text = f"A title of some words\n{PROSE}\nWho will win?\n{OTHER}\n- an item\n{PROSE}\nThe end"
    assert clean(text).text.split("\n\n")[1:] == [
        "## Who will win?", OTHER, "- an item", PROSE, "The end",
    ]  # fmt: skip


def test_a_title_given_by_the_page_is_taken_out_of_the_text() -> None:
    cleaned = clean(
        f"# The Title\n\n{PROSE}\n\n**The title**\n\n{OTHER}", title="The title", markdown=True
    )
    assert (cleaned.title, cleaned.text) == ("The title", f"{PROSE}\n\n{OTHER}")


def test_author_and_date_lines_near_the_top_are_read() -> None:
    cleaned = clean(f"A title of some words\nBy Ann de Writer\n26 February 2025\n{PROSE}")
    assert cleaned.text == PROSE
    assert (cleaned.author, cleaned.published) == ("Ann de Writer", date(2025, 2, 26))


def test_wrapped_lines_are_kept_together() -> None:
    wrapped = re.sub(r"(.{50,70}) ", r"\1\n", PROSE + " " + OTHER + " " + PROSE)
    assert wrapped in clean(f"A title of some words\n\n{wrapped}\n\n{wrapped}\n").text


def test_a_text_without_a_title_gets_its_first_heading() -> None:
    cleaned = clean(f"{PROSE}\nThe first part\n{OTHER}")
    assert cleaned.title == "The first part"
    assert "## The first part" in cleaned.text


def test_characters_no_one_can_see_go() -> None:
    assert clean(f"{PROSE}\x85\x00\u200b{OTHER}\ufeff").text == f"{PROSE}\n\n{OTHER}"


line = st.one_of(
    st.sampled_from(
        [
            PROSE,
            OTHER,
            "A heading",
            "Who won?",
            "Disclaimer",
            "Leave a Reply",
            "",
            "- item",
            "“Quoted words”",
        ]
    ),
    st.text(max_size=60),
)


@given(st.lists(line, max_size=8).map("\n".join))
def test_every_word_stays_or_is_reported(text: str) -> None:
    cleaned = clean(text)
    words = re.compile(r"[a-zA-Z]+")
    kept = " ".join([cleaned.text, cleaned.title or "", *(gone.text for gone in cleaned.removed)])
    assert set(words.findall(tidy(text))) <= set(words.findall(kept))


@given(st.lists(line, max_size=8).map("\n".join))
def test_no_empty_runs_are_left(text: str) -> None:
    cleaned = clean(text).text
    assert "\n\n\n" not in cleaned
    assert cleaned == cleaned.strip("\n")


def test_no_prose_is_boilerplate() -> None:
    assert boilerplate.reason(PROSE) is None
    assert not boilerplate.begins_list(PROSE)
