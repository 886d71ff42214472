"""Sources disagree: told where texts give different values for one thing, and nowhere else."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers.answerer import Answerer
from bot.answers.disagreement import Disagreements
from bot.answers.model import Answer, Disagreement
from bot.articles.contrasts import FILE, Contrasts, read_contrasts
from bot.articles.frontmatter import load_yaml
from bot.articles.model import Article, Dispute, Entity, Passage
from bot.articles.nodes import Fields
from bot.articles.split import split
from bot.articles.starter import starter_folder
from bot.articles.store import ArticleStore, digest
from bot.errors import Fault
from bot.search.analyzer import Analyzer
from bot.search.lexicon import Row, name_rows
from bot.wiring import build_answerer, build_ranker, open_answerer
from tests.answers.small_knowledge import shipped_analyzer, write_knowledge

# knowledge/disagreements.yaml on the shipped knowledge base; measured 1.0 and .94 when set.
LEAST_PRECISION = 0.9
LEAST_RECALL = 0.7

PEOPLE = Dispute(
    "The mill",
    entities=(
        Entity("anna", "Anna Bello", "person", names={"any": ("Anna", "Bello")}),
        Entity("carta", "Bruno Carta", "person", names={"any": ("Carta",)}),
    ),
)
ROWS = (
    Row("pay", {"en": ("pay", "paid"), "it": ("pagare", "pagò")}),
    Row("sell", {"en": ("sell", "sold"), "it": ("vendere", "vendette")}),
    Row("mill", {"en": ("mill",), "it": ("mulino",)}),
    Row("witness", {"en": ("witness", "witnesses"), "it": ("testimone", "testimoni")}),
)


@cache
def contrasts() -> Contrasts:
    return read_contrasts(starter_folder() / FILE)


def found(question: str, *texts: str | tuple[str, str]) -> tuple[Disagreement, ...]:
    """What texts, each an article of one passage, tell differently; in English unless told."""
    passages = []
    for number, one in enumerate(texts):
        language, text = one if isinstance(one, tuple) else ("en", one)
        passages.append(Passage(Article(f"a{number}", "", text, language), 0, len(text), 1, 1))
    analyzer = Analyzer([*ROWS, *name_rows(PEOPLE)])
    ranking = build_ranker(passages, analyzer).rank(question, "en")
    return Disagreements(analyzer, contrasts()).find(ranking)


def told(question: str, *texts: str | tuple[str, str]) -> list[tuple[str, set[str]]]:
    """The same, as kinds and values."""
    return [(one.kind, {claim.value for claim in one.claims}) for one in found(question, *texts)]


HOW_MUCH = "How much did Anna pay for the mill?"
WHEN = "When did Anna sell the mill?"
WHY = "Why did Anna leave the mill?"


HOW_MANY = "How many witnesses did Anna hear?"
PAID_38 = "Anna paid $38 million for the mill."
PAID_45 = "Anna paid $45 million for the mill."
PAID_97 = "Anna paid $97.4 billion for the mill."
SOLD_MARCH = "Anna sold the mill in March 2024."
RESIGNED = "Anna resigned from the mill."
FORCED = "Anna was forced out of the mill."


@pytest.mark.parametrize(
    ("question", "texts", "expected"),
    [
        # One article gives alternatives.
        (HOW_MUCH, ["Anna paid either $38 million or $45 million for the mill."],
         [("amount", {"38000000 USD", "45000000 USD"})]),
        (HOW_MANY,
         ["Accounts of the witnesses that Anna heard differ: some say nine witnesses, others "
          "twelve."], [("amount", {"9", "12"})]),
        (WHEN, ["Anna sold the mill in March or June 2024."],
         [("date", {"--03", "2024-06"})]),
        (WHEN, ["Anna sold the mill on 21 or 22 January 2025, depending on the report."],
         [("date", {"2025-01-21", "2025-01-22"})]),
        # One article reports that accounts differ.
        (HOW_MUCH, ["What Anna paid for the mill is reported in different ways. The Post puts it "
                    "at $45 million. The Times says under $45 million, of $90 million in all."],
         [("amount", {"45000000 USD", "<45000000 USD"})]),
        # What a sentence without a name speaks of stands in the one before it.
        (HOW_MUCH, ["Anna paid a sum for the mill. It is not the same everywhere: $38 million and "
                    "$45 million are both in print."],
         [("amount", {"38000000 USD", "45000000 USD"})]),
        # Two articles, one clause each.
        (HOW_MUCH, [PAID_38, PAID_45],
         [("amount", {"38000000 USD", "45000000 USD"})]),
        (HOW_MUCH, [PAID_38,
                    ("it", "Anna pagò 45 milioni di dollari per il mulino.")],
         [("amount", {"38000000 USD", "45000000 USD"})]),
        (HOW_MUCH, [PAID_45, "Anna paid under $45M for the mill."],
         [("amount", {"45000000 USD", "<45000000 USD"})]),
        (WHEN, [SOLD_MARCH,
                ("it", "Anna vendette il mulino a giugno 2024.")],
         [("date", {"2024-03", "2024-06"})]),
        (WHY, [RESIGNED, FORCED],
         [("manner", {"resigned", "forced out"})]),
        (WHY, ["Anna resigned from the mill, says the Post. Anna was forced out of the mill, "
               "according to the Times."],
         [("manner", {"resigned", "forced out"})]),
    ],
)  # fmt: skip
def test_different_values_of_one_thing_disagree(
    question: str, texts: list[str], expected: list[tuple[str, set[str]]]
) -> None:
    assert told(question, *texts) == expected


@pytest.mark.parametrize(
    ("question", "texts"),
    [
        # The same value.
        (HOW_MUCH, [PAID_38, "Anna paid 38,000,000 dollars for the mill."]),
        (HOW_MUCH, [PAID_97, "Anna paid nearly $100 billion for the mill."]),
        (WHEN, ["Anna sold the mill in 2024.", SOLD_MARCH]),
        # A part, a total, a repetition, a change.
        (HOW_MUCH, [PAID_45, "Anna paid $30 million at once for the mill."]),
        (HOW_MUCH, [PAID_45, "Anna paid $90 million in all for the mill."]),
        (HOW_MUCH, ["What Anna paid for the mill rose from $38 million to $45 million."]),
        (WHEN, [SOLD_MARCH, "Anna sold the mill again in August 2024."]),
        # Somebody else, something else, a counter-offer.
        (HOW_MUCH, [PAID_38, "Carta paid $45 million for the mill."]),
        (HOW_MUCH, [PAID_97, "Anna paid $9.74 billion for the mill."]),
        (HOW_MUCH, [PAID_38, "Anna spent $45 million on flour."]),
        (HOW_MUCH, ["Anna paid $38 million for the mill, and the roof is worth $45 million."]),
        (HOW_MUCH, [PAID_38, "Anna paid 45 million euros in 3 weeks."]),
        # Denied, or a mistake.
        (HOW_MUCH, [PAID_45, "Anna paid not $38 million for the mill."]),
        (HOW_MUCH, ["Anna paid either $38 million or $45 million for it, a misprint."]),
        (WHY, [RESIGNED, "Anna was not forced out of the mill."]),
        # Not what was asked for.
        (WHEN, ["Anna paid either $38 million or $45 million when she sold the mill."]),
        (HOW_MUCH, ["Anna sold the mill in March or June 2024 and paid."]),
        (HOW_MANY, ["Anna heard the mill 5 or 9 times about witnesses."]),
        # The day of a text is not that of the event.
        (WHEN, [SOLD_MARCH, "Anna sold the mill, said a report of June 2024."]),
        # A rough number; ways of somebody else, or of one article that names nobody who says so.
        (HOW_MANY, ["Anna heard two or three witnesses to the mill."]),
        (WHY, [RESIGNED, "Carta was forced out of the mill."]),
        (WHY, ["Anna resigned from the mill. Later Anna was forced out of the house."]),
        ("Why did they leave Anna?", [RESIGNED, FORCED]),
        ("What is rye?", [RESIGNED, FORCED]),
    ],
)  # fmt: skip
def test_different_things_do_not_disagree(question: str, texts: list[str]) -> None:
    assert told(question, *texts) == []


def test_a_claim_is_a_slice_and_the_first_passage_comes_first() -> None:
    long = "Anna paid $45 million for the mill, which she had wanted for years and never forgot."
    (one,) = found(HOW_MUCH, long, "By the river: Anna paid $38 million for the mill.")
    texts = [claim.passage.text for claim in one.claims]
    assert [text[c.start : c.end] for text, c in zip(texts, one.claims, strict=True)] == [
        "$38 million",
        "$45 million",
    ]
    assert [text[slice(*c.sentence)] for text, c in zip(texts, one.claims, strict=True)] == texts


def test_a_value_that_several_texts_give_is_one_claim() -> None:
    (one,) = found(HOW_MUCH, *("Anna paid $38 million for the mill.",) * 2,
                   "Anna paid $45 million for the mill.")  # fmt: skip
    assert len(one.claims) == 2


def test_a_currency_that_one_text_leaves_out_is_that_of_the_others() -> None:
    texts = ("Anna paid $38 million for the mill.", ("it", "Anna pagò 45 milioni per il mulino."))
    assert told(HOW_MUCH, *texts) == [("amount", {"38000000 USD", "45000000 USD"})]


SENTENCES = (
    "Anna paid $38 million for the mill.",
    "Anna paid under $45 million, not $90 million.",
    "The accounts differ: some say nine jurors, others twelve.",
    "Anna sold the mill on 21 or 22 January 2025, “or later”.",
    "Carta, who paid 12% or 15%, resigned; Anna was forced out.",
    "## The mill",
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.lists(st.sampled_from(SENTENCES) | st.text(max_size=40), max_size=4), max_size=4),
    st.sampled_from([HOW_MUCH, WHEN, WHY, "Anna?", "mill jurors paid"]),
)
def test_claims_are_slices_with_different_values_whatever_the_texts(
    texts: list[list[str]], question: str
) -> None:
    joined = [" ".join(sentences) for sentences in texts]
    for one in found(question, *joined):
        values = [claim.value for claim in one.claims]
        assert len(set(values)) == len(values) >= 2
        for claim in one.claims:
            start, end = claim.sentence
            assert 0 <= start <= claim.start < claim.end <= end <= len(claim.passage.text)


def answerer_of(*texts: str) -> Answerer:
    passages = [
        Passage(Article(f"a{number}", "The mill", text, "en"), 0, len(text), 1, 1)
        for number, text in enumerate(texts)
    ]
    analyzer = Analyzer([*ROWS, *name_rows(PEOPLE)])
    return build_answerer(passages, analyzer, contrasts=contrasts())


PAID = (PAID_38, PAID_45)


def test_an_answer_tells_it_and_a_refusal_does_not() -> None:
    answerer = answerer_of(*PAID)
    answer = answerer.answer(HOW_MUCH)
    assert answer.answered
    assert [one.kind for one in answer.disagreements] == ["amount"]
    refused = answerer.answer("How much did Anna or Zaphod pay the zebra of Zanzibar for zinc?")
    assert not refused.answered
    assert refused.disagreements == ()


def test_without_contrasts_nothing_is_told() -> None:
    passages = answerer_of(*PAID).passages
    answerer = build_answerer(passages, Analyzer([*ROWS, *name_rows(PEOPLE)]))
    assert answerer.answer(HOW_MUCH).disagreements == ()


def test_a_folder_without_contrasts_borrows_them(tmp_path: Path) -> None:
    folder = write_knowledge(tmp_path)
    store = ArticleStore(folder)
    for number, sum_ in enumerate(("38", "45")):
        text = f"Carta offered {sum_} million dollars for the mill."
        store.write(Article(f"sum-{number}", "The offer", text, "en", sha256=digest(text)))
    answer = open_answerer(folder).answer("How much did Carta offer for the mill?")
    assert [one.kind for one in answer.disagreements] == ["amount"]


def test_many_threads_find_the_same() -> None:
    answerer = answerer_of(*PAID)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(answerer.answer, [HOW_MUCH] * 40))
    assert set(answers) == {answerer.answer(HOW_MUCH)}
    assert answers[0].disagreements


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, the kind of disagreement that its answer has, and all values of it."""

    question: str
    kind: str | None
    values: frozenset[str]

    def is_right(self, one: Disagreement) -> bool:
        return one.kind == self.kind and {claim.value for claim in one.claims} <= self.values


def judged() -> list[Judged]:
    path = starter_folder() / "disagreements.yaml"
    node, unreadable = load_yaml(path)
    faults: list[Fault] = list(unreadable)
    assert node is not None
    fields = Fields(path, node, faults, "The file")
    found = []
    for one in fields.mappings("questions", "The question"):
        one.required_text("id")
        one.required_text("lang")
        values = frozenset(one.texts("values"))
        found.append(Judged(one.required_text("q"), one.text("kind"), values))
        one.finish()
    fields.finish()
    assert faults == []
    return found


@cache
def shipped_answers() -> tuple[tuple[Judged, Answer], ...]:
    articles = ArticleStore(starter_folder()).read()
    passages = [passage for article in articles for passage in split(article)]
    answerer = build_answerer(passages, shipped_analyzer(), contrasts=contrasts())
    return tuple((one, answerer.answer(one.question)) for one in judged())


def test_what_is_told_of_the_shipped_knowledge_base_is_right() -> None:
    verdicts = [
        one.is_right(shown) for one, answer in shipped_answers() for shown in answer.disagreements
    ]
    assert sum(verdicts) >= LEAST_PRECISION * len(verdicts) > 0


def test_most_disagreements_of_the_shipped_knowledge_base_are_told() -> None:
    answers = [(one, answer) for one, answer in shipped_answers() if one.kind]
    hits = [any(map(one.is_right, answer.disagreements)) for one, answer in answers]
    assert sum(hits) >= LEAST_RECALL * len(hits)


def test_at_least_half_of_the_judged_questions_have_no_disagreement() -> None:
    questions = judged()
    assert len(questions) >= 40
    assert sum(one.kind is None for one in questions) * 2 >= len(questions)
