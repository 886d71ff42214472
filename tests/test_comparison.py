"""The table of what each part is worth: every row is there, and what is not installed is named."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from typer.testing import CliRunner

from bot.answers.collection import read_collection
from bot.answers.evaluation import evaluate_collection
from bot.articles.model import Article, Passage
from bot.wiring import build_answerer, open_analyzer
from tests.answers.small_knowledge import whole_passages, write_collection, write_knowledge
from tests.comparison.__main__ import app
from tests.comparison.ablation import read_rows, variants
from tests.comparison.columns import Asked, Column, collection_column, judged_column
from tests.comparison.comparing import Comparison, compare
from tests.comparison.encoders import Encoded, Encoder
from tests.comparison.lexical_peers import (
    FullText5,
    StemmedBM25,
    StockBM25,
    has_full_text,
    text_of,
)
from tests.comparison.ours import UnreadTopics
from tests.comparison.peers import Peer, all_peers, importable, installed
from tests.comparison.scoring import score
from tests.comparison.table import lines
from tests.comparison.topics import by_topic

OURS = {
    "default",
    "without concepts of single words",
    "without phrases",
    "without spelling and similar words",
    "without names of the dispute",
    "without forms of other languages",
    "without best sentence",
    "without title",
    "without neighbours",
    "without cue",
    "without lexicon, with names",
    "without lexicon and names",
    "BM25 alone, nothing else",
    "lexicon: general rows only",
    "lexicon: dispute rows only",
    "lexicon: random half 1",
    "lexicon: random half 2",
    "lexicon: topic unread",
}
PASSAGES = (
    ("p1", "The mill", "The old mill by the river was sold to a baker from the valley."),
    ("p2", "The mill", "The owners refused the offer of 97.4 million crowns for it."),
    ("p3", "Bees", "A queen bee lives for up to five years in her hive."),
    ("p4", "Bees", "Worker bees fly three kilometres to gather nectar."),
)
MILL = ("Who was the mill sold to?", "What offer did the owners reject?")
BEES = ("How long does a queen bee live?", "How far do workers fly for nectar?")
QUESTIONS = [
    *((f"p{1 + n % 2}", question) for n, question in enumerate(MILL * 3)),
    *((f"p{3 + n % 2}", question) for n, question in enumerate(BEES * 3)),
]
JUDGED = """\
questions:
  - {id: q1, kind: cross, lang: en, q: When did Anna leave the mill?, relevant: ["in 2018"]}
  - {id: q2, kind: followup, lang: en, q: And who dismissed it?, after: Who sued the owners?,
     relevant: ["dismissed the lawsuit"]}
  - {id: q3, kind: unanswerable, lang: en, q: How tall is Anna?}
"""


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_knowledge(tmp_path_factory.mktemp("knowledge"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_collection(
        tmp_path_factory.mktemp("collections") / "valley",
        [{"id": i, "lang": "en", "title": title, "text": text} for i, title, text in PASSAGES],
        [
            {"id": f"q{n}", "lang": "en", "question": question, "relevant": [right]}
            for n, (right, question) in enumerate(QUESTIONS)
        ],
    )


@pytest.fixture(scope="module")
def comparison(knowledge: Path, folder: Path) -> Comparison:
    judged = knowledge / "judged.yaml"
    judged.write_text(JUDGED, encoding="utf-8")
    columns = [collection_column(folder), judged_column(judged, knowledge)]
    there, _ = installed(all_peers(encoders=False))
    peers = [(peer.name, peer.make) for peer in there]
    return compare(columns, [*variants(read_rows(knowledge)), *peers])


def test_every_row_is_in_every_column_and_every_figure_is_a_percentage(
    comparison: Comparison,
) -> None:
    there, _ = installed(all_peers(encoders=False))
    assert set(comparison.scores) == OURS | {peer.name for peer in there}
    assert comparison.columns == {"valley": 12, "judged": 2}
    for scores in comparison.scores.values():
        assert set(scores) == {"valley", "judged"}
        for one in scores.values():
            assert 0 <= one.hit1 <= one.hit3 <= 100


def test_the_default_row_is_what_eval_says(
    comparison: Comparison, knowledge: Path, folder: Path
) -> None:
    collection = read_collection(folder)
    answerer = build_answerer(collection.passages, open_analyzer(knowledge))
    figures = evaluate_collection(collection.questions, answerer).total.figures()
    ours = comparison.scores["default"]["valley"]
    assert round(ours.hit1 / 100, 4) == figures["hit@1"]
    assert round(ours.hit3 / 100, 4) == figures["hit@3"]


@pytest.mark.parametrize(
    ("part", "question", "text"),
    [
        ("concepts of single words", "Who did reject?", "They refused."),
        ("phrases", "Who did walk away?", "They left."),
        ("spelling and similar words", "Who refussed?", "They refused."),
        ("names of the dispute", "Who is the miller?", "Anna Bello went."),
        ("forms of other languages", "What about the telescopio?", "Il telescopio cadde."),
        ("lexicon and names", "Who did reject?", "They refused."),
    ],
)
def test_what_only_one_part_finds_is_not_found_without_it(
    part: str, question: str, text: str, knowledge: Path
) -> None:
    language = "it" if text.startswith("Il ") else "en"
    asked = Asked(question, "en", frozenset({0}))
    column = Column("one", tuple(whole_passages([text, "12"], language)), (asked,))
    rows = dict(variants(read_rows(knowledge)))
    assert list(rows["default"](column).find(asked, 3)) == [0]
    assert list(rows[f"without {part}"](column).find(asked, 3)) == []


def test_the_columns_keep_follow_ups_and_leave_out_what_nothing_answers(
    knowledge: Path, folder: Path, comparison: Comparison
) -> None:
    column = judged_column(knowledge / "judged.yaml", knowledge)
    assert [asked.whole for asked in column.asked] == [
        "When did Anna leave the mill?",
        "Who sued the owners? And who dismissed it?",
    ]
    assert column.topics == ()
    assert len(collection_column(folder, every=5).asked) == 3
    assert collection_column(folder).topics == ("Bees", "The mill")


def test_a_topics_own_rows_are_unknown_when_it_is_asked_about(knowledge: Path) -> None:
    """The row `refuse` is used by one topic alone; `mill` by both."""
    texts = ["The mill: the owners refused.", "The mill: bees fly."]
    passages = [
        Passage(Article(f"a{n}", f"Topic {n}", text, "en"), 0, len(text), 1, 1)
        for n, text in enumerate(texts)
    ]
    rejected = Asked("Who did reject?", "en", frozenset({0}), "Topic 0")
    milled = Asked("The mill?", "en", frozenset({1}), "Topic 1")
    column = Column("two", tuple(passages), (rejected, milled))
    lexicon = read_rows(knowledge)
    unread = UnreadTopics(column, (*lexicon.whole, *lexicon.names))
    assert list(unread.find(rejected, 3)) == []
    assert sorted(unread.find(milled, 3)) == [0, 1]


def test_figures_by_topic_are_those_of_its_questions(folder: Path) -> None:
    class OnlyBees:
        def __init__(self, column: Column) -> None:
            self._column = column

        def find(self, asked: Asked, k: int) -> Sequence[int]:
            return sorted(asked.right)[:k] if asked.topic == "Bees" else []

    column = collection_column(folder)
    found = by_topic(column, score(column, OnlyBees))
    assert found is not None
    assert found.topics == (("The mill", 0.0), ("Bees", 100.0))
    assert found.median == 50
    assert found.without == (0.0, 100.0)


@pytest.mark.parametrize("make", [StockBM25, StemmedBM25, FullText5])
def test_a_peer_finds_the_passage_with_the_words_and_survives_any_question(
    make: type[StockBM25 | StemmedBM25 | FullText5],
) -> None:
    if make is FullText5 and not has_full_text():
        pytest.skip("this SQLite has no FTS5")
    passages = whole_passages(["Rye grew there.", "The mill was sold.", "Bees fly far away."])
    column = Column("c", tuple(passages), ())
    system = make(column)
    for question in ("the mill sold", 'mill "sold" OR NOT (', "", "***"):
        found = system.find(Asked(question, "en", frozenset()), 3)
        assert set(found) <= {0, 1, 2}
        if "mill" in question:
            assert found[0] == 1


def test_a_peer_that_is_not_installed_is_named_with_what_to_install() -> None:
    missing = Peer("Nosuch", StockBM25, "pip install nosuch", importable("nosuch_at_all"))
    there, left_out = installed([missing, Peer("Stock", StockBM25)])
    assert [peer.name for peer in there] == ["Stock"]
    assert left_out == ["Left out: Nosuch; to have it, pip install nosuch"]
    assert left_out[0] in lines(Comparison({}, left_out=left_out))


def test_the_command_prints_the_table_and_the_object(
    knowledge: Path, folder: Path, comparison: Comparison
) -> None:
    arguments = ["--knowledge", str(knowledge), "--every", "6", str(folder), "--lexical"]
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    rows = [line.split("|")[1].strip() for line in done.stdout.splitlines() if "|" in line]
    assert set(rows) >= OURS
    done = CliRunner().invoke(app, [*arguments, "--json", "--judged", f"{knowledge}/judged.yaml"])
    found = json.loads(done.stdout)
    assert found["questions"] == {"valley": 2, "judged": 2}
    assert set(found["rows"]) >= OURS
    assert set(found["rows"]["default"]["valley"]) == {"hit@1", "hit@3"}


def test_nothing_to_ask_is_told(folder: Path) -> None:
    assert CliRunner().invoke(app, []).exit_code == 2
    twice = CliRunner().invoke(app, [str(folder), str(folder)])
    assert twice.exit_code == 2
    assert "one name" in twice.output


def test_an_encoder_is_loaded_once_encodes_a_text_once_and_can_be_fused() -> None:
    encoded: list[str] = []

    def encode(texts: list[str]) -> npt.NDArray[np.float32]:
        encoded.extend(texts)
        return np.array([[float("bee" in text), float("mill" in text)] for text in texts], "f4")

    texts = ["A mill of stone.", "One bee flies.", "A bee at the river."]
    asked = Asked("a bee at the river", "en", frozenset({2}))
    column = Column("c", tuple(whole_passages(texts)), (asked,))
    encoder = Encoder(lambda: (encode, encode))
    alone = Encoded(column, encoder, fused=False)
    fused = Encoded(column, encoder, fused=True)
    assert list(alone.find(asked, 3)) == [1, 2, 0]
    assert list(fused.find(asked, 3)) == [2, 1, 0]
    assert sorted(encoded) == sorted([*map(text_of, column.passages), asked.question])
