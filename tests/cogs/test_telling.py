"""One sentence for every error, in the words of whoever reads it."""

from __future__ import annotations

import logging

import pytest
from discord import app_commands

from bot.cogs.cooldowns import Cooldowns, Rate
from bot.cogs.in_flight import InFlight
from bot.cogs.shared import Shared
from bot.cogs.telling import sentence_for
from bot.cogs.told import Told
from bot.errors import InputError, KnowledgeError, ReceiptsError, RecordsError, RevisionConflict
from tests.support.desk import WORDINGS

ENGLISH = WORDINGS.languages["en"]


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize(
    ("error", "key"),
    [
        (Told("more.none"), "more.none"),
        (InputError("Ask a question."), "trouble.no_question"),
        (KnowledgeError("broken"), "trouble.ours"),
        (RecordsError("broken"), "trouble.ours"),
        (RuntimeError("a secret"), "trouble.ours"),
        (app_commands.CommandNotFound("ask", []), "trouble.changed"),
        (app_commands.CheckFailure("no"), "trouble.not_allowed"),
        (app_commands.MissingPermissions(["kick_members"]), "trouble.not_allowed"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_an_error_is_told_in_words_of_ours(error: Exception, key: str, language: str) -> None:
    wording = WORDINGS.languages[language]
    assert sentence_for(error, wording) == wording.say(key)


def test_an_error_that_has_a_sentence_of_its_own_says_it() -> None:
    conflict = RevisionConflict("Somebody was faster.", 7)
    assert sentence_for(conflict, ENGLISH) == "Somebody was faster."
    assert sentence_for(ReceiptsError("So."), ENGLISH) == "So."


def test_what_is_nobodys_but_ours_is_logged_and_what_is_not_is_not(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    for error in (Told("more.none"), InputError("x"), ReceiptsError("x")):
        sentence_for(error, ENGLISH)
    assert caplog.records == []
    for fault in (KnowledgeError("one"), RecordsError("two"), RuntimeError("three")):
        sentence_for(fault, ENGLISH)
    assert [record.levelno for record in caplog.records] == [logging.ERROR] * 3


def test_what_is_told_has_its_values() -> None:
    told = Told("wait.member", when="<t:1:R>")
    assert told.sentence(ENGLISH).endswith("Ask again <t:1:R>.")


async def test_a_stopping_bot_waits_for_what_it_works_on_and_takes_nothing_new() -> None:
    in_flight = InFlight()
    in_flight.join()
    assert len(in_flight) == 1
    await in_flight.finish(0)
    with pytest.raises(Told, match="restarting"):
        in_flight.join()


def test_an_answer_is_shared_once_and_old_ones_are_forgotten() -> None:
    shared = Shared()
    assert shared.first("one")
    assert not shared.first("one")
    assert all(shared.first(str(number)) for number in range(1000))
    assert shared.first("one")


def test_presses_and_questions_are_counted_apart() -> None:
    cooldowns = Cooldowns(Rate(1, 60), Rate(1, 60), Rate(1, 60), clock=lambda: 1000.0)
    cooldowns.ask(1, 2)
    cooldowns.press(1)
    with pytest.raises(Told, match=r"wait\.member"):
        cooldowns.press(1)
