"""The command line keeps its contract with scripts and tells people in sentences."""

from __future__ import annotations

import io
import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.articles.store import ArticleStore
from tests.answers.small_knowledge import articles, write_collection
from tests.support.terminal import ANSWERABLE, Run, process

FOREIGN = "Which glacier thaws?"
HALF_KNOWN = "Which zaphod thaws the river?"

Shape = Mapping[str, type | tuple[type, ...]]
ANSWER: Shape = {
    "question": str,
    "answered": bool,
    "confidence": float,
    "language": str,
    "understood_as": (str, type(None)),
    "unknown_words": list,
    "passages": list,
    "disagreements": list,
}
PASSAGE: Shape = {
    "rank": int,
    "score": float,
    "text": str,
    "language": str,
    "start": int,
    "end": int,
    "number": int,
    "of": int,
    "highlights": list,
    "best": list,
    "also_in": list,
    "pinned": bool,
    "article": dict,
}
ARTICLE: Shape = {
    "id": str,
    "title": str,
    "publisher": (str, type(None)),
    "url": (str, type(None)),
    "published": (str, type(None)),
    "language": str,
}


def has_shape(value: object, shape: Shape) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == shape.keys()
        and all(isinstance(value[name], kind) for name, kind in shape.items())
    )


def as_printed(text: str) -> str:
    """What people read, without the white space at the ends of lines, figures hidden."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"-?\d\.\d\d+", "#", lines).strip("\n")


def test_the_answer_s_object_has_exactly_the_fields_of_the_contract(run: Run) -> None:
    found = run("ask", "--json", "--top", "6", ANSWERABLE).json()
    assert has_shape(found, ANSWER)
    assert found["question"] == ANSWERABLE
    assert found["language"] == "en"
    assert isinstance(found["confidence"], float)
    assert 0 <= found["confidence"] <= 1
    passages = found["passages"]
    assert isinstance(passages, list)
    assert [passage["rank"] for passage in passages] == list(range(1, len(passages) + 1))
    texts = {article.id: article.text for article in articles()}
    for passage in passages:
        assert has_shape(passage, PASSAGE)
        assert has_shape(passage["article"], ARTICLE)
        assert passage["language"] == passage["article"]["language"]
        whole = texts[passage["article"]["id"]]
        assert passage["text"] == whole[passage["start"] : passage["end"]]
        assert 1 <= passage["number"] <= passage["of"]
        for start, end in [*passage["highlights"], passage["best"]]:
            assert 0 <= start < end <= len(passage["text"])
    assert passages[0]["article"]["id"] == "mill-quarrel"


def test_an_answer_is_one_line_of_json_and_nothing_else(run: Run) -> None:
    done = run("ask", "--json", "Perché Anna lasciò il mulino?")
    assert len(done.out.splitlines()) == 1
    assert done.err == ""
    assert "lasciò" in done.out


@pytest.mark.parametrize(
    ("question", "status"), [(ANSWERABLE, 0), (FOREIGN, 1), (HALF_KNOWN, 1), ("", 2), (" \t", 2)]
)
def test_the_exit_status_says_whether_it_was_answered(run: Run, question: str, status: int) -> None:
    assert run("ask", question).status == status
    done = run("ask", "--json", question)
    assert done.status == status
    if status < 2:
        assert done.json()["answered"] == (status == 0)


def test_what_was_rejected_is_shown_to_scripts_only(run: Run) -> None:
    passages = run("ask", "--json", HALF_KNOWN).json()["passages"]
    assert isinstance(passages, list)
    assert passages
    shown = run("ask", HALF_KNOWN).out
    assert not any(passage["text"][:20] in shown for passage in passages)


def test_three_passages_are_shown_unless_told_otherwise(run: Run) -> None:
    for top, options in ((3, ()), (1, ("--top", "1")), (2, ("--top", "2"))):
        passages = run("ask", "--json", *options, "the mill and the judge").json()["passages"]
        assert isinstance(passages, list)
        assert len(passages) == top


def test_questions_of_a_file_are_answered_a_line_each_in_order(run: Run, tmp_path: Path) -> None:
    asked = [FOREIGN, ANSWERABLE, "who was\u2028the judge\x85?", "perché Anna lasciò il mulino"]
    file = tmp_path / "questions.txt"
    file.write_bytes(("\ufeff" + "\n".join(asked[:2]) + "\n\n" + "\r\n".join(asked[2:])).encode())
    done = run("ask", "--json", "--questions", file)
    found = [json.loads(line) for line in done.out.split("\n")[:-1]]
    assert [one["question"] for one in found] == asked
    assert [one["answered"] for one in found] == [False, True, True, True]
    assert all(has_shape(one, ANSWER) for one in found)
    assert done.status == 1


def test_all_questions_answered_end_with_zero(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "questions.txt"
    file.write_text(f"{ANSWERABLE}\nWho was the judge?\n", encoding="utf-8")
    assert run("ask", "--json", "--questions", file).status == 0


def test_a_question_that_cannot_be_asked_gets_its_object_and_the_others_theirs(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "questions.txt"
    file.write_text(f"{'x' * 5000}\n\u200b\n{ANSWERABLE}\n{FOREIGN}\n", encoding="utf-8")
    done = run("ask", "--json", "--questions", file)
    long, unseen, answered, foreign = (json.loads(line) for line in done.out.splitlines())
    assert done.status == 2
    for one in (long, unseen):
        told = one.pop("error")
        assert told.endswith((".", "?"))
        assert has_shape(one, ANSWER)
        assert (one["answered"], one["passages"], one["confidence"]) == (False, [], 0)
    assert answered["answered"]
    assert not foreign["answered"]


def test_questions_may_come_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{ANSWERABLE}\nWho was the judge?"))
    done = run("ask", "--json", "--questions", "-")
    assert [json.loads(line)["question"] for line in done.out.splitlines()] == [
        ANSWERABLE,
        "Who was the judge?",
    ]


def test_a_follow_up_says_how_it_was_understood(run: Run) -> None:
    arguments = ("ask", "and did he appeal?", "--after", "Who is Carta?")
    understood = run(*arguments, "--json").json()["understood_as"]
    assert isinstance(understood, str)
    assert "Carta" in understood
    assert run(*arguments).out.startswith(f"Understood as: {understood}\n")


def test_people_read_passages_with_where_they_stand(run: Run) -> None:
    done = run("ask", "Why did the miller quit the mill?", "--top", "2")
    assert (
        as_printed(done.out)
        == """\
1. The quarrel over the mill
   The Valley Post · en · passage 1 of 2
   ## The parting

   Anna Bello left the mill in 2018. She said that the owners wanted too
   much flour from her every week. Nobody at the mill spoke about it in
   public for two years.
   https://example.org/mill#:~:text=Anna%20Bello%20left%20the%20mill%20in%202018.

2. Il mulino conteso
   La Valle · it · passage 1 of 1
   ## L'addio

   Anna Bello lasciò il mulino nel 2018 dopo il rifiuto dei proprietari.
   Diceva che volevano troppa farina ogni settimana. Per due anni
   nessuno ne parlò in paese.

   ## Il fiume

   D'inverno il fiume gela e le macine si fermano per settimane. Gli
   operai riparano i tetti, puliscono i canali e aspettano il disgelo di
   marzo.

Confidence #"""
    )


def test_people_read_that_nothing_is_known_and_which_words(run: Run) -> None:
    assert (
        as_printed(run("ask", FOREIGN).out)
        == """\
No article answers this.
No article knows: glacier, thaws"""
    )
    assert (
        as_printed(run("ask", HALF_KNOWN).out)
        == """\
No article answers this.
No article knows: zaphod, thaws
Nearest titles, which are not an answer:
  · Bread of the valley
  · Il mulino conteso"""
    )


def test_explain_tells_which_word_met_which_and_the_parts_of_the_score(run: Run) -> None:
    done = run("ask", "Why did the miller quit in 2018?", "--explain", "--top", "1")
    shown = as_printed(done.out)
    for told in (
        "   the miller met Anna Bello (name anna, #)",
        "   quit met left (concept leave, #)",
        "   2018 met 2018 (same value, #)",
    ):
        assert told in shown.splitlines()
    joined = shown.replace("\n", " ")
    assert re.search(r"score #: bm25 #, sentence #, title #, pairs #, cue #", joined)


def test_explain_shows_what_was_rejected(run: Run) -> None:
    done = run("ask", HALF_KNOWN, "--explain")
    assert done.status == 1
    assert done.out.startswith("No article answers this.")
    assert "   river met river (same word" in done.out


def test_verify_says_that_every_passage_is_as_stored(run: Run) -> None:
    done = run("verify")
    assert (done.status, done.out) == (0, "6 of 6 passages are word for word as stored\n")
    assert run("verify", "--json").json() == {"passages": 6, "differ": []}


def test_verify_detects_a_changed_article(run: Run, knowledge: Path) -> None:
    path = ArticleStore(knowledge).path_of("bread")
    path.write_text(path.read_text("utf-8").replace("sweeter", "sourer"), encoding="utf-8")
    done = run("verify")
    assert done.status == 2
    assert re.search(r"bread\.md:\d+: The text is not the one that was stored", done.err)


JUDGED = """\
questions:
- {id: a, kind: same, lang: en, q: "Why did Anna leave the mill?", relevant: [too much flour]}
- {id: b, kind: cross, lang: it, q: "perche anna lasciò il mulino", relevant: [Anna Bello left]}
- {id: c, kind: unanswerable, lang: en, q: "Which glacier thaws?"}
"""


def test_judged_questions_are_scored_for_scripts(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "judged.yaml"
    file.write_text(JUDGED, encoding="utf-8")
    done = run("eval", file, "--json")
    found = done.json()
    assert (done.status, done.err) == (0, "")
    assert found["name"] == str(file)
    assert found["questions"] == 2
    assert (found["hit@1"], found["hit@3"], found["mrr@10"]) == (0.5, 1, 0.75)
    assert (found["unanswerable"], found["refused"], found["taken_in"]) == (1, 1, [])
    groups = found["groups"]
    assert isinstance(groups, dict)
    assert list(groups) == ["kind cross", "kind same", "language en", "language it"]


def test_judged_questions_are_scored_for_people(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    file = tmp_path / "judged.yaml"
    file.write_text(JUDGED, encoding="utf-8")
    shown = run("eval", file).out
    assert "judged.yaml" in shown
    assert "refused 1 of 1 that no article answers" in shown
    assert [line.split("│")[1].strip() for line in shown.splitlines() if "│" in line] == [
        "all", "kind cross", "kind same", "language en", "language it",
    ]  # fmt: skip


SENTENCES = """\
sentences:
- {text: "Anna said so.", lang: en, account: third, part: held}
- {text: "It rained.", lang: en, account: owners, part: tuned}
- {text: "Lo dicono gli esperti.", lang: it, account: third, part: tuned}
"""


def test_judged_sentences_are_scored_for_scripts(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "said.yaml"
    file.write_text(SENTENCES, encoding="utf-8")
    done = run("eval", file, "--json")
    found = done.json()
    assert (done.status, done.err) == (0, "")
    assert found["name"] == str(file)
    groups = found["groups"]
    assert isinstance(groups, dict)
    assert list(groups) == ["held", "held en", "tuned", "tuned en", "tuned it"]
    assert (groups["held"]["third"]["judged"], groups["held"]["third"]["precision"]) == (1, 1)
    assert (groups["tuned en"]["sides"]["recall"], groups["tuned it"]["third"]["recall"]) == (0, 1)
    assert found["missed"] == [
        {"line": 3, "sentence": "It rained.", "account": "owners", "found": "reporter"}
    ]


def test_judged_sentences_are_scored_for_people(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "said.yaml"
    file.write_text(SENTENCES, encoding="utf-8")
    done = run("eval", file)
    rows = [line.split("│")[1:3] for line in done.out.splitlines() if "│" in line]
    assert [[cell.strip() for cell in row] for row in rows[:3]] == [
        ["held", "sides"], ["held", "third"], ["held", "reporter"],
    ]  # fmt: skip
    assert "said.yaml" in done.out


def test_a_fault_in_judged_sentences_is_told_with_its_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "said.yaml"
    file.write_text(SENTENCES.replace("account: third", "account: theirs"), encoding="utf-8")
    done = run("eval", file)
    assert done.status == 2
    assert f"{file}:4: `account: theirs` is not known." in done.err


def test_a_collection_is_scored_by_language(run: Run, tmp_path: Path) -> None:
    texts = {"a": "The mill was sold.", "b": "Rye grew by the river.", "c": "Nobody came."}
    folder = write_collection(
        tmp_path / "small",
        [{"id": name, "lang": "en", "title": name, "text": text} for name, text in texts.items()],
        [
            {"id": "q1", "lang": "en", "question": "Who sold the mill?", "relevant": ["a"]},
            {"id": "q2", "lang": "en", "question": "What grew by the river?", "relevant": ["a"]},
            {"id": "q3", "lang": "it", "question": "mulino", "relevant": ["a"]},
        ],
    )
    found = run("eval", folder, "--json").json()
    assert found["questions"] == 3
    groups = found["groups"]
    assert isinstance(groups, dict)
    assert groups["language it"]["hit@1"] == 1
    assert groups["language en"]["hit@1"] == groups["language en"]["ndcg@10"] == 0.5


def test_a_confidence_can_be_fitted_on_a_collection(run: Run, tmp_path: Path) -> None:
    names = ("alder", "birch", "cedar", "elm", "fir", "hazel")
    folder = write_collection(
        tmp_path / "trees",
        [
            {"id": name, "lang": "en", "title": name, "text": f"The {name} grows tall."}
            for name in names
        ],
        [
            {"id": name, "lang": "en", "question": f"How tall grows {name}?", "relevant": [name]}
            for name in names
        ],
    )
    found = run("calibrate", folder, "--json").json()
    assert found["samples"] == 18
    assert run("calibrate", folder, "--json", "--every", "2").json()["samples"] == 9
    assert "trees" in run("calibrate", folder).out


def test_the_same_answer_is_printed_by_every_process(knowledge: Path) -> None:
    question = "Why did the miller qiut the mulino, and who ofered 97.4m crowns?"
    arguments = ("ask", "--json", "--top", "6", "--knowledge", knowledge, question)
    done = [process(*arguments, PYTHONHASHSEED=seed) for seed in ("0", "1")]
    assert done[0].stdout == done[1].stdout != ""
    assert [one.stderr for one in done] == ["", ""]


@pytest.mark.skipif(os.name == "nt", reason="arguments are text there, never bytes")
def test_bytes_that_are_no_text_are_given_back_escaped(knowledge: Path) -> None:
    arguments = ("ask", "--json", "--knowledge", knowledge, b"Anna \xff mill")
    done = process(*arguments, PYTHONIOENCODING="utf-8:strict")
    assert done.stderr == ""
    assert json.loads(done.stdout)["question"] == "Anna \udcff mill"
