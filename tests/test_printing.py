"""What people read in the terminal, and what scripts get."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.answers.evaluation import Report
from bot.answers.model import Answer, Citation, Claim, Disagreement
from bot.articles.model import Article, Passage, Reference
from bot.printing import (
    answer_object,
    print_answer,
    print_calibration,
    print_report,
    print_verification,
    progress,
)
from tests.support.answers import TEXT, answered, article, citation, passage, unanswered

TWIN = passage(replace(article(title="The parting, again"), id="again", url=None))
LEFT = (26, 51)
SHOWN = Citation(
    1,
    passage(),
    1.2345678,
    best=LEFT,
    matches=citation(words=((26, 30), (31, 35))).matches,
    also_in=(TWIN,),
    parts=(("bm25", 1.0), ("cue", 0.2345678)),
)

DISAGREEMENT = Disagreement(
    "date",
    (
        Claim(passage(), 46, 50, LEFT, "2018"),
        Claim(
            Passage(Article("b", "Bare", "It was in 2017."), 0, 15, 1, 1), 10, 14, (0, 15), "2017"
        ),
    ),
)


@pytest.fixture
def printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[], str]:
    """What was printed, without the white space at the ends of lines."""
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "60")

    def read() -> str:
        told = capsys.readouterr()
        assert told.err == ""
        return "\n".join(line.rstrip() for line in told.out.splitlines())

    return read


def test_scripts_get_everything_of_an_answer() -> None:
    found = answer_object(replace(answered(SHOWN), confidence=0.123456, understood_as="Why?"))
    assert found == {
        "question": "Why did Musk leave?",
        "answered": True,
        "confidence": 0.1235,
        "language": "en",
        "understood_as": "Why?",
        "unknown_words": [],
        "passages": [
            {
                "rank": 1,
                "score": 1.234568,
                "text": TEXT,
                "language": "en",
                "start": 0,
                "end": len(TEXT),
                "number": 1,
                "of": 1,
                "highlights": [[26, 30], [31, 35]],
                "best": [26, 51],
                "also_in": ["again#1"],
                "pinned": False,
                "article": {
                    "id": "parting",
                    "title": "The parting",
                    "publisher": "The Example",
                    "url": "https://example.org/parting",
                    "published": "2024-03-05",
                    "language": "en",
                },
            }
        ],
        "disagreements": [],
    }


def test_scripts_get_what_sources_tell_differently() -> None:
    found = answer_object(replace(answered(SHOWN), disagreements=(DISAGREEMENT,)))
    assert isinstance(found["disagreements"], list)
    (one,) = found["disagreements"]
    assert one["kind"] == "date"
    assert one["claims"][0] == {
        "value": "2018",
        "text": "2018",
        "sentence": "Musk left OpenAI in 2018.",
        "start": 46,
        "end": 50,
        "passage": "parting#1",
        "title": "The parting",
        "publisher": "The Example",
    }
    assert [claim["value"] for claim in one["claims"]] == ["2018", "2017"]


def test_people_read_what_sources_tell_differently_side_by_side(
    printed: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    print_answer(replace(answered(SHOWN), disagreements=(DISAGREEMENT,)))
    assert printed().endswith("""\

Sources disagree
   Musk left OpenAI in 2018.
   — The parting · The Example
   It was in 2017.
   — Bare

Confidence 0.90""")
    monkeypatch.setenv("FORCE_COLOR", "1")
    print_answer(replace(answered(SHOWN), disagreements=(DISAGREEMENT,)))
    assert "Musk left OpenAI in \x1b[1m2018\x1b[0m." in printed()


def test_nothing_disagrees_where_nothing_is_answered(printed: Callable[[], str]) -> None:
    print_answer(replace(unanswered(words=()), disagreements=(DISAGREEMENT,)))
    assert "disagree" not in printed()


def test_what_is_unknown_is_null_for_scripts() -> None:
    bare = Article("a", "A", "Text.")
    found = answer_object(answered(citation(Passage(bare, 0, 5, 1, 1))))["passages"]
    assert isinstance(found, list)
    assert found[0]["article"] == {
        "id": "a", "title": "A", "publisher": None, "url": None, "published": None,
        "language": "und",
    }  # fmt: skip


def test_people_read_a_passage_whole_with_its_origin(printed: Callable[[], str]) -> None:
    print_answer(answered(SHOWN))
    assert (
        printed()
        == """\
1. The parting
   The Example · 2024-03-05 · en · passage 1 of 1
   Musk and Altman fell out. Musk left OpenAI in 2018. He
   gave no reason at first.
   https://example.org/parting#:~:text=Musk%20left%20OpenAI%20in%202018.
   Also in: The parting, again

Confidence 0.90"""
    )


def test_people_read_the_source_where_there_is_no_link(printed: Callable[[], str]) -> None:
    sources = (Reference(), Reference(title="A talk"), Reference(publisher="Elsewhere"))
    print_answer(answered(citation(passage(article(url=None, sources=sources)))))
    assert "passage 1 of 1 · after A talk" in printed().replace("\n", " ")


def test_people_read_the_parts_of_a_score_where_they_ask(printed: Callable[[], str]) -> None:
    print_answer(answered(SHOWN), explain=True)
    lines = printed().splitlines()
    assert "   score 1.235: bm25 1.000, cue 0.235" in lines
    assert "   left met left (same word, 1.00)" in lines


def test_people_read_what_is_not_known(printed: Callable[[], str]) -> None:
    print_answer(unanswered(nearest=(passage(),)))
    assert (
        printed()
        == """\
No article answers this.
No article knows: Zaphod
Nearest titles, which are not an answer:
  · The parting"""
    )


def test_a_very_long_word_that_is_not_known_is_shortened(printed: Callable[[], str]) -> None:
    print_answer(unanswered(words=("x" * 40, "y" * 41)))
    shown = "".join(printed().split())
    assert shown.endswith(f"{'x' * 40},{'y' * 39}…")


def test_nothing_is_shown_as_an_answer_when_there_is_none(printed: Callable[[], str]) -> None:
    print_answer(replace(unanswered(words=()), citations=(SHOWN,)))
    assert printed() == "No article answers this."


def test_people_read_how_a_follow_up_was_understood(printed: Callable[[], str]) -> None:
    print_answer(replace(unanswered(words=()), understood_as="and why? (Musk)"))
    assert printed() == "Understood as: and why? (Musk)\nNo article answers this."


@pytest.mark.parametrize("text", ["[bold]x[/bold] [/]", ":smile: 1.5 'a'", "[red]", "[link=x]y"])
def test_nothing_that_is_shown_is_taken_for_markup(printed: Callable[[], str], text: str) -> None:
    shown = citation(passage(article(text, title=text)))
    print_answer(replace(answered(shown), unknown_words=(text,), understood_as=text), explain=True)
    print_answer(unanswered(words=(text,), nearest=(shown.passage,)))
    assert printed().count(text) == 5


def test_output_that_is_no_terminal_has_no_colours(printed: Callable[[], str]) -> None:
    print_answer(answered(SHOWN), explain=True)
    assert "\x1b" not in printed()


def test_people_read_figures_as_a_table(
    printed: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "90")
    report = Report(asked=3, refused=2)
    for tally in (report.total, report.groups["language it"]):
        tally.add([2], 1, answered=True)
    print_report("judged.yaml", report)
    lines = printed().splitlines()
    assert lines[0].strip() == "judged.yaml"
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines if "│" in line]
    figures = ["1", "0.000", "1.000", "0.500", "0.631", "1.000", "0.000"]
    assert rows == [["all", *figures], ["language it", *figures]]
    assert lines[-1] == "refused 2 of 3 that no article answers"


def test_without_unanswerable_questions_nothing_is_told_of_refusing(
    printed: Callable[[], str],
) -> None:
    print_report("x", Report())
    assert "refused" not in printed()


def test_people_read_which_passages_differ(printed: Callable[[], str]) -> None:
    print_verification(3, [passage()])
    assert (
        printed()
        == """\
parting#1 differs from its stored article
2 of 3 passages are word for word as stored"""
    )


def test_people_read_a_fitted_confidence(printed: Callable[[], str]) -> None:
    held_out = [
        {"collection": "en", "withheld": "article", "auroc": 0.9812}
        | {f"answered_at_{share}": 0.5 for share in (0.9, 0.8, 0.7)}
    ]
    bins = [{"from": 0.7, "count": 12, "right": 0.75}]
    print_calibration({"model": {"intercept": 1.5}, "held_out": held_out, "bins": bins})
    shown = printed()
    assert "intercept" in shown
    assert "0.981" in shown
    assert "0.7 to 0.8" in shown
    assert "0.75" in shown


def test_progress_is_silent_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    with progress("judged.yaml", 2) as step:
        step()
        step()
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "")


def test_an_answer_of_nothing_is_an_object_too() -> None:
    found = answer_object(Answer("?", "und", answered=False, confidence=0.0))
    assert (found["passages"], found["unknown_words"], found["understood_as"]) == ([], [], None)
