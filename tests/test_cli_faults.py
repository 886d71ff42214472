"""Whatever goes wrong at the command line is told in sentences, with exit status 2."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.terminal import ANSWERABLE, PROJECT, Run, process


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("articles/bread.md", "No front matter.", "bread.md:1: The file has no front matter."),
        ("articles/bread.md", "---\nid: [\n---\nx", "YAML cannot be read here"),
        ("articles/x.md", "---\nid: y\ntitle: no\n---\nx", "x.md:3: `title`: YAML reads no as"),
        ("articles/y.md", "---\nid: y\ntitle: Y\n---\n", "y.md:1: There is no text."),
        ("lexicon/words.yaml", "leave: {en: [", "YAML cannot be read here"),
        ("lexicon/words.yaml", "leave:\n", "words.yaml:1: `leave` has no words."),
        ("lexicon/words.yaml", "leave:\n  en: [quit]\n", "words.yaml:2: `en` is a list"),
        ("dispute.yaml", "name: [a]\n", "dispute.yaml:1: `name` is a list"),
    ],
)
def test_a_knowledge_base_with_faults_is_told_with_file_and_line(
    run: Run, knowledge: Path, name: str, content: str, told: str
) -> None:
    (knowledge / name).write_text(content, encoding="utf-8")
    done = run("ask", ANSWERABLE)
    assert (done.status, done.out) == (2, "")
    assert told in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("ask", ""), "Ask a question, in your own words"),
        (("ask", "x" * 4001), "Ask in at most 4000 characters."),
        (("ask",), "Give one question, as in"),
        (("ask", "a", "--json", "--questions", "b"), "Give one question, as in"),
        (("ask", "--questions", "b"), "add --json."),
        (("ask", "--json", "--questions", "nowhere.txt"), "nowhere.txt cannot be read"),
        (("ask", "a", "--knowledge", "nowhere"), "There is no folder nowhere"),
        (("ask", "why?", "--after", ""), "Ask a question, in your own words"),
        (("eval", "nowhere.yaml"), "nowhere.yaml"),
        (("eval", "bot"), "passages.jsonl cannot be read"),
        (("calibrate", "nowhere"), "passages.jsonl cannot be read"),
        (("verify", "--knowledge", "nowhere"), "There is no folder nowhere"),
        (("ask", "a", "--top", "0"), "--top"),
        (("ask", "a", "--nonsense"), "--nonsense"),
        (("nonsense",), "nonsense"),
    ],
)
def test_a_fault_is_one_sentence_on_stderr_and_status_2(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str
) -> None:
    monkeypatch.chdir(PROJECT)
    done = run(*arguments)
    assert (done.status, done.out) == (2, "")
    assert told in done.err
    assert "Traceback" not in done.err


def test_a_knowledge_base_without_articles_is_told_in_a_sentence(run: Run, knowledge: Path) -> None:
    shutil.rmtree(knowledge / "articles")
    done = run("ask", ANSWERABLE)
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("There are no articles in")
    assert len(done.err.splitlines()) == 1


def test_wrong_settings_are_told_all_at_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECEIPTS_LOG_LEVEL", "loud")
    monkeypatch.setenv("RECEIPTS_DISCORD_API", "nowhere")
    done = run("ask", ANSWERABLE)
    assert (done.status, done.out) == (2, "")
    assert "RECEIPTS_LOG_LEVEL" in done.err
    assert "RECEIPTS_DISCORD_API" in done.err
    assert len(done.err.splitlines()) == 1


def test_a_folder_that_is_named_goes_before_the_setting(
    run: Run, knowledge: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECEIPTS_KNOWLEDGE", "nowhere")
    assert run("ask", ANSWERABLE, "--knowledge", knowledge).status == 0
    assert run("ask", ANSWERABLE).status == 2


def test_questions_that_cannot_be_read_are_told_without_the_system_s_words(
    run: Run, tmp_path: Path
) -> None:
    latin, empty = tmp_path / "latin.txt", tmp_path / "empty.txt"
    latin.write_bytes(b"perch\xe9")
    empty.write_text("\n \n")
    expected = {
        latin: "is not UTF-8; save it again as UTF-8.",
        empty: "holds no question; write one a line.",
        tmp_path / "none.txt": "cannot be read; check its name.",
        latin / "below.txt": "cannot be read; check its name.",
        tmp_path: "cannot be read; it is a folder, name a file.",
    }
    for path, told in expected.items():
        done = run("ask", "--json", "--questions", path)
        assert (done.status, done.out, done.err) == (2, "", f"{path} {told}\n")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{id: a, kind: odd, lang: en, q: x, relevant: [y]}", "`odd` is not a kind of question."),
        ("{id: a, kind: same, lang: english, q: x, relevant: [y]}", "`english` is not a language"),
        ("{id: a, kind: same, lang: en, q: x, relevant: []}", "What answers the question"),
        ('{id: a, kind: same, lang: en, q: "", relevant: [y]}', "The question has no `q`."),
    ],
)
def test_judged_questions_with_faults_are_not_scored(
    run: Run, tmp_path: Path, line: str, told: str
) -> None:
    file = tmp_path / "judged.yaml"
    file.write_text(f"questions:\n- {line}\n", encoding="utf-8")
    done = run("eval", file)
    assert (done.status, done.out) == (2, "")
    assert f"judged.yaml:2: {told}" in done.err


def test_an_unreadable_folder_of_articles_is_not_called_empty(run: Run, knowledge: Path) -> None:
    shutil.rmtree(knowledge / "articles")
    (knowledge / "articles").write_text("a file")
    done = run("ask", ANSWERABLE)
    assert done.status == 2
    assert "articles is not a folder" in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
@pytest.mark.parametrize("options", [(), ("--json",)])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_output_that_cannot_be_written_is_told_in_one_sentence(
    knowledge: Path, options: tuple[str, ...], unbuffered: str
) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "ask", *options, "--knowledge", knowledge, ANSWERABLE],
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            cwd=PROJECT,
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert done.stderr == "The output cannot be written (No space left on device).\n"
    assert done.returncode == 2


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise there")
@pytest.mark.parametrize("options", [(), ("--json",)])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_has_gone_ends_the_command_quietly(
    knowledge: Path, options: tuple[str, ...], unbuffered: str
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "ask", *options, "--knowledge", knowledge, ANSWERABLE],
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
            cwd=PROJECT,
            stdout=writing,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")


def test_a_home_that_nobody_has_is_a_wrong_setting() -> None:
    done = process("ask", ANSWERABLE, RECEIPTS_KNOWLEDGE="~nobody-of-that-name/x")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Settings to mend: RECEIPTS_KNOWLEDGE: ")
    assert len(done.stderr.splitlines()) == 1
