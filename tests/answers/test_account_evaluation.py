"""Accounts are scored as a reader would count them, and the floor of the held part holds."""

from __future__ import annotations

from bot.answers.account_evaluation import (
    SIDES,
    AccountReport,
    AccountTally,
    evaluate_accounts,
    found_account,
)
from bot.articles.account_sentences import JudgedSentence, read_sentences
from bot.articles.accounts import REPORTER, THIRD, Accounts, known_accounts
from bot.articles.dispute import read_dispute
from bot.articles.model import Dispute, Entity, Side
from bot.articles.starter import starter_folder

MILL = Dispute(
    "The mill",
    (Side("bello", "Bello"), Side("rye", "Rye")),
    (Entity("anna", "Anna", "person", "bello"), Entity("otto", "Otto", "person", "rye")),
)

# The held part of knowledge/accounts.yaml, both sides together.
PRECISION = 0.9
RECALL = 0.7


def judged(text: str, account: str, part: str = "tuned", **more: str) -> JudgedSentence:
    return JudgedSentence(text, "en", account, part, more.get("before"), more.get("heading"))


def counts(tally: AccountTally) -> tuple[int, int, int]:
    return tally.judged, tally.found, tally.right


def test_a_sentence_of_the_wrong_side_is_found_and_not_right() -> None:
    report = evaluate_accounts(
        [
            judged("Anna said so.", "bello"),
            judged("Anna said so again.", "rye"),
            judged("It was sold.", "rye"),
            judged("Critics said so.", REPORTER),
        ],
        MILL,
    )
    here = report.groups["tuned"]
    assert counts(here[SIDES]) == (3, 2, 1)
    assert (here[SIDES].precision, round(here[SIDES].recall, 4)) == (0.5, 0.3333)
    assert counts(here[THIRD]) == (0, 1, 0)
    assert counts(here[REPORTER]) == (1, 1, 0)
    assert [(one.text, found) for one, found in report.missed] == [
        ("Anna said so again.", "bello"), ("It was sold.", REPORTER), ("Critics said so.", THIRD),
    ]  # fmt: skip


def test_what_was_missed_in_the_held_part_is_not_told() -> None:
    report = evaluate_accounts([judged("It was sold.", "rye", "held")], MILL)
    assert report.missed == []
    assert counts(report.groups["held"][SIDES]) == (1, 0, 0)
    assert list(report.groups) == ["held", "held en"]


def test_shares_of_nothing_are_whole() -> None:
    assert (AccountTally().precision, AccountTally().recall) == (1.0, 1.0)
    assert AccountReport().figures() == {"groups": {}, "missed": []}


def test_a_sentence_is_read_below_its_heading_and_behind_what_stands_before_it() -> None:
    accounts = Accounts(MILL)
    assert found_account(judged("She said so.", "bello", before="Anna left."), accounts) == "bello"
    assert found_account(judged("He lied.", "rye", heading="What Otto says"), accounts) == "rye"


def test_the_held_sentences_are_given_to_the_right_side() -> None:
    folder = starter_folder()
    dispute = read_dispute(folder / "dispute.yaml")
    sentences = read_sentences(folder / "accounts.yaml", known_accounts(dispute))
    held = evaluate_accounts(sentences, dispute).groups["held"]
    assert held[SIDES].precision >= PRECISION, held
    assert held[SIDES].recall >= RECALL, held
