"""What a passage states, and what only looks like a statement."""

from __future__ import annotations

import pytest

from bot.answers.claims import Reading, read_passage
from bot.answers.phrasebook import Phrasebook
from bot.articles.contrasts import Contrast, Contrasts
from bot.articles.model import Article, Dispute, Entity, Passage
from bot.search.analyzer import Analyzer
from bot.search.lexicon import name_rows

CONTRASTS = Contrasts(
    {
        "differ": {"en": ("accounts differ",)},
        "tell": {"en": ("says", "according to", "reported")},
        "source": {"en": ("post", "article", "dated")},
        "apart": {"en": ("in all",)},
        "not": {"en": ("not", "instead of")},
        "mistake": {"en": ("misprint",)},
    },
    (Contrast({"en": ("leave",)}, {"quit": {"en": ("quit",)}, "ousted": {"en": ("forced out",)}}),),
)
ANNA = Dispute("The mill", entities=(Entity("anna", "Anna", "person"),))


def read(text: str, title: str = "") -> Reading:
    passage = Passage(Article("a", title, text, "en"), 0, len(text), 1, 1)
    analyzer = Analyzer(list(name_rows(ANNA)))
    return read_passage(passage, analyzer, Phrasebook(CONTRASTS, analyzer))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Anna paid $38 million in March 2024.", ["38000000 USD", "2024-03"]),
        ("Anna quit; later she was forced out.", ["quit", "ousted"]),
        ("Anna paid not $38 million but $45 million.", ["45000000 USD"]),
        ("Anna paid $45 million instead of the $38 million.", ["45000000 USD"]),
        ("The $38 billion is a misprint. Anna paid $45 million.", ["45000000 USD"]),
        ("Its post of March 2024 says June 2024.", ["2024-06"]),
        ("An article dated 5 May 2025 says so; Anna, it reported in May 2025, quit.", ["quit"]),
        ('"The Nine Jurors of May" says ten.', ["10"]),
        ("A 20th century mill.", []),
    ],
)
def test_only_what_is_claimed_is_a_statement(text: str, values: list[str]) -> None:
    assert [one.value.text for one in read(text).statements] == values


def test_a_statement_knows_its_sentence_and_clause() -> None:
    reading = read(
        "The accounts differ. Anna, says the Post, paid $3 million of $9 million in all."
    )
    assert reading.marked == {0}
    assert reading.attributed == {1}
    assert reading.names == {"=@anna"}
    (three, nine) = reading.statements
    assert three.number == nine.number == 1
    assert three.names == ("=@anna",)
    assert (three.told, three.apart) == (False, True)
    assert three.clause == (frozenset({"en:paid"}),)


def test_a_clause_that_is_a_value_alone_takes_the_one_before_it() -> None:
    (one,) = read("Anna bought the mill, in March 2024, and left.").statements
    assert frozenset({"en:mill"}) in one.clause


def test_the_name_that_stands_right_before_is_the_doer() -> None:
    near, far = read("Anna quit. Anna sold her mill and, much later, quit.").statements
    assert (near.adjacent, far.adjacent) == (True, False)


def test_names_of_the_title_are_names_of_the_passage() -> None:
    assert read("She quit.", title="Anna and the mill").names == {"=@anna"}


def test_a_text_in_a_language_without_phrases_has_none() -> None:
    passage = Passage(Article("a", "", "Anna quit.", "und"), 0, 10, 1, 1)
    analyzer = Analyzer()
    reading = read_passage(passage, analyzer, Phrasebook(CONTRASTS, analyzer))
    assert reading.statements == ()
