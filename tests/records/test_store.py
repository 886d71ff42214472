"""What is noted can be read, counted, settled, and deleted on request."""

from __future__ import annotations

import logging
import re
import sqlite3
import threading
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.errors import InputError, RecordsError
from bot.records.model import Asked, Feedback, Kept
from bot.records.store import KEY_LENGTH, LONGEST_REASON, Records
from tests.records.conftest import Day

ADA, BOB = 111_222_333, 444_555_666
QUESTION = Asked("And when?", "en", before="Why did she leave?", private=True)


def bytes_of(path: Path) -> bytes:
    """Everything that stands in the file and in those beside it."""
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


def test_a_question_is_there_at_once_and_after_a_restart(path: Path) -> None:
    with closing(Records.open(path)) as records:
        key = records.remember(QUESTION, ADA)
        assert re.fullmatch(rf"[\w-]{{{KEY_LENGTH}}}", key)
        assert records.question(key) == QUESTION
        records.flush()
        assert records.question(key) == QUESTION
    with closing(Records.open(path)) as records:
        assert records.question(key) == QUESTION
        assert records.question("unknown123") is None


@pytest.mark.parametrize("text", ["", "naïve \0 “😀”", "half \ud83d", "x" * 6000, "'; DROP --"])
def test_any_text_can_be_kept(path: Path, text: str) -> None:
    with closing(Records.open(path)) as records:
        key = records.remember(Asked(text, "en", before=text), ADA)
        records.note_gap(text, text, private=False)
        assert records.note_feedback(text, text, True, ADA)
        assert records.report(text, text[:LONGEST_REASON], ADA)
    stored = text.replace("\ud83d", "?")
    with closing(Records.open(path)) as records:
        assert records.question(key) == Asked(stored, "en", before=stored)
        assert [gap.language for gap in records.gaps()] == [stored]
        assert records.feedback() == (Feedback(stored, 1, 0),)
        assert [report.passage for report in records.reports()] == [stored]
        assert records.question(text) is None


def test_gaps_are_counted_whoever_asks_and_however_it_is_written(
    records: Records, day: Day
) -> None:
    records.note_gap("Who  is\tZoe?", "en", private=False)
    day.now += timedelta(days=3)
    records.note_gap(" who is ZOE? ", "en", private=False)
    records.note_gap("who is zoe?", "it", private=False)
    records.flush()
    first, second = records.gaps()
    assert (first.question, first.language, first.count) == ("who is zoe?", "en", 2)
    assert (first.first_day, first.last_day) == (date(2026, 3, 1), date(2026, 3, 4))
    assert (second.language, second.count) == ("it", 1)
    assert records.gaps(most=1) == (first,)
    assert records.close_gap(first.id)
    assert not records.close_gap(first.id)
    assert records.gaps() == (second,)


def test_of_a_private_gap_nothing_is_kept_but_that_it_was(records: Records, path: Path) -> None:
    records.note_gap("Quixotic secret?", "en", private=True)
    records.note_gap("Quixotic secret?", "en", private=True)
    records.flush()
    assert records.gaps() == ()
    assert records.private_gaps() == 2
    records.close()
    assert b"uixotic" not in bytes_of(path)


def test_a_members_last_word_on_a_passage_counts(records: Records) -> None:
    key = records.remember(QUESTION, ADA)
    for helpful in (True, False, False):
        records.note_feedback("p1", key, helpful, ADA)
    records.note_feedback("p1", key, True, BOB)
    records.note_feedback("p1", None, True, ADA)
    records.note_feedback("p1", None, True, ADA)
    records.note_feedback("p0", None, True, ADA)
    records.flush()
    assert records.feedback() == (Feedback("p1", 2, 1), Feedback("p0", 1, 0))


def test_one_member_has_one_open_report_of_a_passage(records: Records, day: Day) -> None:
    records.report("p1", "wrong year", ADA)
    records.report("p1", "wrong year and name", ADA)
    records.report("p1", "", BOB)
    records.flush()
    first, second = records.reports()
    assert (first.reason, second.reason) == ("wrong year and name", "")
    assert first.day == day.now
    assert records.settle_report(first.id)
    assert not records.settle_report(first.id)
    assert records.reports() == (second,)
    records.report("p1", "still wrong", ADA)
    records.flush()
    assert [one.reason for one in records.reports()] == ["", "still wrong"]
    assert [one.open for one in records.reports(open_only=False)] == [False, True, True]


def test_a_reason_that_is_too_long_is_refused(records: Records) -> None:
    with pytest.raises(InputError, match="up to 500 characters"):
        records.report("p1", "x" * (LONGEST_REASON + 1), ADA)
    assert records.report("p1", "x" * LONGEST_REASON, ADA)


def test_a_member_is_told_what_is_kept_and_can_have_it_deleted(records: Records) -> None:
    keys = [records.remember(QUESTION, member) for member in (ADA, ADA, BOB)]
    records.note_feedback("p1", keys[2], True, ADA)
    records.note_feedback("p1", keys[2], False, BOB)
    records.report("p1", "wrong", ADA)
    assert records.kept_of(ADA) == Kept(questions=2, feedback=1, reports=1)
    assert records.forget(ADA) == Kept(questions=2, feedback=1, reports=1)
    assert records.kept_of(ADA) == records.forget(ADA) == Kept()
    assert records.kept_of(BOB) == Kept(questions=1, feedback=1, reports=0)
    assert [records.question(key) for key in keys] == [None, None, QUESTION]
    assert records.feedback() == (Feedback("p1", 0, 1),)
    assert records.reports() == ()


def test_what_is_forgotten_is_nowhere_in_the_files(path: Path) -> None:
    """Among many others, of many lengths, changed again and again, so that pages are split."""
    with closing(Records.open(path)) as records:
        for number in range(300):
            member = ADA if number % 3 else BOB
            name = "Quixotic" if member == ADA else "Ordinary"
            text = f"{name} {'padding ' * (number * number % 211)}{name}"
            records.remember(Asked(text, "en", before=text), member)
            records.report(f"p{number}", text[-LONGEST_REASON:], member)
            records.report(f"p{number}", f"{name} again", member)
            if number % 50 == 0:
                records.flush()
        records.flush()
        assert b"Quixotic" in bytes_of(path)
        records.forget(ADA)
        # While the file is open, with its -wal beside it.
        assert b"uixotic" not in bytes_of(path)
        assert b"Ordinary" in bytes_of(path)


@pytest.mark.parametrize("what", ["gap", "settled report"])
def test_what_is_closed_or_old_is_nowhere_in_the_files(path: Path, day: Day, what: str) -> None:
    with closing(Records.open(path, today=day)) as records:
        if what == "gap":
            records.note_gap("quixotic", "en", private=False)
            records.flush()
            records.close_gap(records.gaps()[0].id)
        else:
            records.report("p1", "quixotic", ADA)
            records.flush()
            records.settle_report(records.reports()[0].id)
            day.now += timedelta(days=366)
            records.expire()
        assert b"quixotic" not in bytes_of(path)


def test_a_deletion_that_leaves_traces_is_told_and_can_be_tried_again(path: Path) -> None:
    with (
        closing(Records.open(path, patience=0.01)) as records,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        records.remember(Asked("quixotic " * 50, "en"), ADA)
        records.flush()
        other.execute("BEGIN")
        other.execute("SELECT * FROM questions").fetchall()
        with pytest.raises(RecordsError, match="another process is reading it"):
            records.forget(ADA)
        assert b"quixotic" in bytes_of(path)
        other.execute("ROLLBACK")
        records.forget(ADA)
        assert b"quixotic" not in bytes_of(path)


def test_the_members_id_is_not_in_the_file_and_its_hash_differs_between_files(
    tmp_path: Path,
) -> None:
    askers = []
    for name in ("a", "b"):
        with closing(Records.open(tmp_path / name)) as records:
            records.remember(QUESTION, ADA)
        assert str(ADA).encode() not in bytes_of(tmp_path / name)
        assert ADA.to_bytes(4, "big") not in bytes_of(tmp_path / name)
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            askers += connection.execute("SELECT asker FROM questions").fetchall()
    [[first], [second]] = askers
    assert len(first) == 16
    assert first != second


def test_what_is_old_is_deleted(records: Records, day: Day) -> None:
    start = day.now
    key = records.remember(QUESTION, ADA)
    records.note_gap("old", "en", private=False)
    records.note_gap("asked again", "en", private=False)
    records.note_feedback("p1", None, True, ADA)
    records.report("open", "", ADA)
    records.report("settled", "", ADA)
    records.flush()
    records.settle_report(records.reports()[1].id)
    day.now = start + timedelta(days=365)
    records.note_gap("asked again", "en", private=False)
    records.expire()
    assert len(records.gaps()) == 2
    assert len(records.feedback()) == 1
    assert len(records.reports(open_only=False)) == 2
    day.now += timedelta(days=1)
    records.expire()
    assert [gap.question for gap in records.gaps()] == ["asked again"]
    assert records.feedback() == ()
    assert [one.passage for one in records.reports(open_only=False)] == ["open"]
    assert records.question(key) == QUESTION


def test_a_full_queue_drops_without_waiting_and_without_telling_texts(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    limit = 8
    with (
        closing(Records.open(path, limit=limit, patience=60)) as records,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        taken = [records.note_feedback("quixotic", None, True, member) for member in range(50)]
        # One batch may be at hand already.
        assert limit <= sum(taken) <= 2 * limit
        assert not taken[-1]
        assert not records.report("quixotic", "quixotic", ADA)
        key = records.remember(Asked("quixotic", "en"), ADA)
        assert records.question(key) == Asked("quixotic", "en")
        other.execute("ROLLBACK")
        records.flush()
        assert records.feedback() == (Feedback("quixotic", sum(taken), 0),)
        assert records.note_feedback("quixotic", None, False, 99)
        # What has no room on the disk lives on in memory, and is told and deleted, too.
        assert records.kept_of(ADA) == Kept(questions=1)
        assert records.forget(ADA) == Kept(questions=1)
        assert records.question(key) is None
        other.execute("BEGIN IMMEDIATE")
        while records.note_feedback("quixotic", None, True, ADA):
            pass
        other.execute("ROLLBACK")
    full = [record for record in caplog.records if "queue is full" in record.getMessage()]
    # Told each time that it fills up (and once more if a batch was taken between), not each drop.
    assert 2 <= len(full) <= 4
    assert {record.levelno for record in full} == {logging.WARNING}
    assert "quixotic" not in caplog.text


def test_what_cannot_be_written_is_told_and_the_question_stays_usable(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with (
        closing(Records.open(path, patience=0.01)) as records,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        key = records.remember(Asked("quixotic", "en"), ADA)
        with pytest.raises(RecordsError, match=r"cannot be written .*locked.*try again"):
            records.forget(BOB)
        assert records.question(key) == Asked("quixotic", "en")
        other.execute("ROLLBACK")
        assert records.kept_of(ADA) == Kept(questions=1)
        records.note_gap("again", "en", private=False)
        records.flush()
        assert len(records.gaps()) == 1
    assert "Records that were not written: 1" in caplog.text
    assert "quixotic" not in caplog.text


def test_a_question_that_is_forgotten_while_it_waits_is_never_written(path: Path) -> None:
    with (
        closing(Records.open(path, patience=60)) as records,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        for _ in range(20):
            records.remember(Asked("quixotic", "en"), ADA)
        forgotten: list[Kept] = []
        asking = threading.Thread(target=lambda: forgotten.append(records.forget(ADA)))
        asking.start()
        other.execute("ROLLBACK")
        asking.join()
        assert forgotten == [Kept(questions=20)]
    assert b"quixotic" not in bytes_of(path)


def test_memory_holds_the_newest_questions_only(path: Path) -> None:
    with (
        closing(Records.open(path, limit=4, patience=60)) as records,
        closing(sqlite3.connect(path, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        keys = [records.remember(QUESTION, ADA) for _ in range(20)]
        found = [records.question(key) is not None for key in keys]
        assert found == [False] * 12 + [True] * 8
        other.execute("ROLLBACK")


def test_many_threads_may_use_it_at_once(records: Records) -> None:
    threads = 8
    each = 50
    keys: list[str] = []

    def work(member: int) -> None:
        for number in range(each):
            asked = Asked(f"{member} {number}", "en")
            key = records.remember(asked, member)
            assert records.question(key) == asked
            keys.append(key)
            records.note_gap("the same", "en", private=False)
            records.note_feedback(f"p{number}", key, bool(number % 2), member)
            records.feedback()
            if number % 10 == 0:
                assert records.kept_of(member).questions == number + 1

    workers = [threading.Thread(target=work, args=(member,)) for member in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    records.flush()
    assert len(set(keys)) == threads * each
    assert all(records.question(key) is not None for key in keys)
    assert records.gaps()[0].count == threads * each
    assert sum(one.helpful + one.unhelpful for one in records.feedback()) == threads * each
    kept = {records.kept_of(member) for member in range(threads)}
    assert kept == {Kept(questions=each, feedback=each)}


def test_in_memory_everything_works_and_nothing_stays() -> None:
    for _ in range(2):
        with closing(Records.in_memory()) as records:
            key = records.remember(QUESTION, ADA)
            records.note_gap("none", "en", private=False)
            records.report("p1", "wrong", ADA)
            records.flush()
            assert records.question(key) == QUESTION
            assert [gap.count for gap in records.gaps()] == [1]
            assert records.forget(ADA) == Kept(questions=1, reports=1)
            assert records.question(key) is None


def test_closed_records_write_what_waited_and_refuse_the_rest(path: Path) -> None:
    records = Records.open(path)
    taken = sum(records.note_feedback("p1", None, True, member) for member in range(200))
    records.close()
    records.close()
    assert not records.note_feedback("p1", None, True, 1000)
    key = records.remember(QUESTION, ADA)
    assert records.question(key) == QUESTION
    for refused in (records.flush, records.gaps, records.expire):
        with pytest.raises(RecordsError):
            refused()
    with closing(Records.open(path)) as reopened:
        assert reopened.feedback() == (Feedback("p1", taken, 0),)
        assert taken == 200
