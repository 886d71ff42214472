"""What people read of a timeline in the terminal, and what scripts get."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from bot.answers.timeline import Entry, Timeline
from bot.articles.moments import When
from bot.articles.occurrences import Statement
from bot.views_printing import print_object, print_timeline, timeline_object
from tests.support.answers import passage

WHOLE = passage()
LEFT = Entry(Statement(When(2018), None, WHOLE, 26, 51, (46, 50)), (WHOLE,))
SPOKE = Entry(Statement(When(2018, 1, 21), When(2018, 1, 22), WHOLE, 52, 79, None))


@pytest.fixture
def printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[], str]:
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "70")

    def read() -> str:
        return "\n".join(line.rstrip() for line in capsys.readouterr().out.splitlines())

    return read


def test_people_read_dates_sentences_and_where_they_stand(printed: Callable[[], str]) -> None:
    print_timeline(Timeline("leaving", (LEFT, SPOKE), 3))
    assert printed() == (
        "2018\n"
        "    Musk left OpenAI in 2018.\n"
        "    The Example · The parting · passage 1 of 1 · also in parting#1\n"
        "  21–22 January 2018\n"
        "    He gave no reason at first.\n"
        "    The Example · The parting · passage 1 of 1\n"
        "3 more left out"
    )


def test_people_read_that_there_is_nothing(printed: Callable[[], str]) -> None:
    print_timeline(Timeline("pizza", ()))
    assert printed() == "No article has a dated statement about that."


def test_scripts_get_offsets_that_give_the_sentence_and_its_date() -> None:
    found = timeline_object(Timeline("leaving", (LEFT, SPOKE), 3))
    assert json.loads(json.dumps(found)) == found
    assert (found["topic"], found["left_out"]) == ("leaving", 3)
    rows = found["statements"]
    assert isinstance(rows, list)
    first, second = rows
    assert WHOLE.text[first["start"] : first["end"]] == first["text"] == "Musk left OpenAI in 2018."
    assert WHOLE.text[slice(*first["dated"])] == "2018"
    assert (first["when"], first["until"], first["also_in"]) == ("2018", None, ["parting#1"])
    assert (second["when"], second["until"]) == ("2018-01-21", "2018-01-22")
    assert second["dated"] is None
    assert first["article"]["title"] == "The parting"


@pytest.mark.parametrize("topic", ["l’offerta", "\udce9"])
def test_an_object_is_one_line_whatever_was_asked(
    topic: str, capsys: pytest.CaptureFixture[str]
) -> None:
    print_object({"topic": topic})
    told = capsys.readouterr().out
    assert told.count("\n") == 1
    assert json.loads(told) == {"topic": topic}
