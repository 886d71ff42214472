"""Whose account a passage gives: explicit marks, verbs of saying, quotations, and what traps them.

The dispute of these tests is about a mill, so that nothing can be known from the shipped one.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.articles import attribution_english, attribution_italian
from bot.articles.accounts import REPORTER, THIRD, Accounts, Attribution, known_accounts
from bot.articles.attribution_words import Words
from bot.articles.checking import check
from bot.articles.model import Article, Dispute, Entity, Passage, Side
from bot.articles.speakers import Tokens
from bot.articles.split import split
from bot.articles.store import ArticleStore

MILL = Dispute(
    "The mill",
    (Side("bello", "Anna Bello's side", ("anna",)), Side("rye", "Rye & Sons", ("otto",))),
    (
        Entity("anna", "Anna Bello", "person", names={"any": ("Anna", "Bello")}),
        Entity("otto", "Otto Rye", "person", "rye", {"any": ("Otto",), "en": ("the miller",)}),
        Entity("rye", "Rye & Sons", "company", "rye", {"any": ("Rye",)}),
        Entity("flour", "Bianca", "product", "rye"),
        Entity("clara", "Clara Nero", "person", names={"any": ("Nero",)}),
        Entity("bank", "Banca Verde", "company"),
        Entity("lugo", "Lugo", "place"),
    ),
)
ACCOUNTS = Accounts(MILL)


def passage(text: str, language: str = "en", **more: str | None) -> Passage:
    article = Article("mill", "Mill", text, language, account=more.get("account"))
    return Passage(article, 0, len(text), 1, 1, more.get("heading"))


def told(text: str, language: str = "en", **more: str | None) -> list[str]:
    return [one.account for one in ACCOUNTS.attributions(passage(text, language, **more))]


def last(text: str, language: str = "en") -> Attribution:
    return ACCOUNTS.attributions(passage(text, language))[-1]


def test_whom_a_text_spoke_of_is_known_after_any_number_of_sentences_that_say_nothing() -> None:
    assert told("Anna Bello left. " + "It rained. " * 3000 + "She said so.")[-1] == "bello"


@pytest.mark.parametrize("words", [attribution_english.ENGLISH, attribution_italian.ITALIAN])
def test_whatever_tells_who_says_a_sentence_is_seen_at_a_glance(words: Words) -> None:
    for sign in (*words.verbs, *words.claims, *words.before_comma, *words.tails):
        assert words.may_say(Tokens(f"«{sign.upper()}», so.").low), sign
    for marker in (*words.markers, *words.own):
        assert words.may_say(Tokens(" ".join(marker)).low), marker
    assert not words.may_say(Tokens("The rain fell. Piove.").low)


ENGLISH = [
    # Deeds are no words.
    ("The article says that Anna thought of the mill first.", "third"),
    ("Anna explained Bianca to Clara Nero over lunch, the article says.", "third"),
    ("Anna thought of the mill first.", "reporter"),
    ("Anna explained to Clara Nero that the flour was bad.", "bello"),
    ("Anna thought that the flour was bad.", "bello"),
    ("It is in a letter, according to which Anna then found other friends.", "reporter"),
    # Subjects of verbs of saying.
    ("Anna said that the flour was bad.", "bello"),
    ("Rye later alleged that Anna had taken the keys.", "rye"),
    ("The flour was bad, Anna said.", "bello"),
    ("The flour, Anna insisted, was bad.", "bello"),
    ("Anna Bello, who grew up in Lugo, said the flour was bad.", "bello"),
    ("Anna has repeatedly claimed that the flour was bad.", "bello"),
    ("Anna, in a letter of May, wrote that she would leave.", "bello"),
    ("Anna in March warned that she would leave.", "bello"),
    ("Rye's lawyers argued that the keys were theirs.", "rye"),
    ("Lawyers for Rye argued that the keys were theirs.", "rye"),
    ("Rye spokesman Ugo Blu said that the keys were theirs.", "rye"),
    ("Anna sold her share and said that she was glad.", "bello"),
    ("Anna went to court, claiming that the wheel was hers.", "bello"),
    ("As Anna said at the time, the flour was bad.", "bello"),
    ("Otto, whom Anna calls a thief, said the keys were his.", "rye"),
    ("The miller said the keys were his.", "rye"),
    ("The keys were theirs, Otto found.", "rye"),
    # A name is no verb.
    ("Otto left the United States in May.", "reporter"),
    # What another is told, called or accused of.
    ("Anna told Otto that the flour was bad.", "bello"),
    ("Otto was accused by Anna of theft.", "bello"),
    ("Otto was told by Anna that the flour was bad.", "bello"),
    ("Asked about Anna, Otto said that he was sorry.", "rye"),
    ("Anna called Otto a thief.", "bello"),
    ("Rye rejects Anna's claim that the keys were hers.", "rye"),
    # The outermost speaker.
    ("Rye says Anna said that the flour was bad.", "rye"),
    ("Anna said that the flour was bad, according to Rye.", "rye"),
    ("According to a local newspaper, Anna said that the flour was bad.", "bello"),
    ("After Otto said no, Anna replied that she would wait.", "bello"),
    # Words in front and behind.
    ("According to Anna Bello, the flour was bad.", "bello"),
    ("The flour was bad, according to Anna's complaint.", "bello"),
    ("In Rye's view the flour was good.", "rye"),
    ("Anna's claim that the flour was bad was heard in court.", "bello"),
    # Others.
    ("Clara Nero said that both were wrong.", THIRD),
    ("Banca Verde said it had lent nothing.", THIRD),
    ("The judge ruled that the keys were nobody's.", THIRD),
    ("Critics say both were wrong.", THIRD),
    ("A former lawyer for Rye said that nobody had the keys.", THIRD),
    ("According to the newspaper, the mill is sold.", THIRD),
    ('"The Lugo Courier" says that the mill is sold.', THIRD),
    # Nobody says it.
    ("Anna left the mill in 2018.", REPORTER),
    ("Anna did not say why she left.", REPORTER),
    ("Anna never claimed that the keys were hers.", REPORTER),
    ("Anna refused to say why she left.", REPORTER),
    ("Otto was accused of theft.", REPORTER),
    ("It was said that the flour was bad.", REPORTER),
    ("The mill has reportedly been sold.", REPORTER),
    ("Did Anna say that the flour was bad?", REPORTER),
    ("Nobody said that the flour was bad.", REPORTER),
    ("Anna's statement was published in May by the court.", REPORTER),
    ("The founders of Rye bought the mill.", REPORTER),
    ("The letter was sent to Anna and said to be rude.", REPORTER),
    ("Bianca is the flour that Rye sells.", REPORTER),
    # Both speak, neither inside the other.
    ("Anna says the flour was bad, but Otto says it was good.", REPORTER),
    ("Anna and Otto said that they were sorry.", REPORTER),
]

ITALIAN = [
    ("Anna spiegò la Bianca a Clara Nero durante una cena.", "reporter"),
    ("Anna pensò a un altro mulino.", "reporter"),
    ("Anna spiegò a Clara Nero che la farina era cattiva.", "bello"),
    ("Lo racconta un articolo, secondo il quale Anna trovò poi altri amici.", "third"),
    ("Lo scrive un giornale, secondo cui Anna trovò altri amici.", "third"),
    ("Anna sostiene che la farina fosse cattiva.", "bello"),
    ("Secondo Anna, la farina era cattiva.", "bello"),
    ("La farina, secondo Rye, era buona.", "rye"),
    ("A detta di Otto la farina era buona.", "rye"),
    ("Stando a Rye, la farina era buona.", "rye"),
    ("Per Anna, la farina era cattiva.", "bello"),
    ("La farina era cattiva, ha dichiarato Anna.", "bello"),
    ("La farina era cattiva, sostiene Anna Bello.", "bello"),
    ("«È buona», ha risposto Otto.", "rye"),
    ("Anna ha accusato Otto di furto.", "bello"),
    ("Otto è stato accusato da Anna di furto.", "bello"),
    ("Anna ha definito Otto un ladro.", "bello"),
    ("Per voce del suo portavoce, Rye ha fatto sapere che la farina era buona.", "rye"),
    ("Gli avvocati di Rye hanno replicato che le chiavi erano loro.", "rye"),
    ("Anna andò dal giudice, affermando che la ruota era sua.", "bello"),
    ("Lo ha scritto Anna in una lettera.", "bello"),
    ("Come ha ricordato Otto, la farina era buona.", "rye"),
    ("Ad Anna rispose Otto che la farina era buona.", "rye"),
    ("Il giudice ha stabilito che le chiavi non erano di nessuno.", THIRD),
    ("Secondo gli esperti la farina era mediocre.", THIRD),
    ("Clara Nero ha detto che avevano torto entrambi.", THIRD),
    ("Anna avrebbe venduto la ruota.", REPORTER),
    ("Anna non ha detto perché se ne va.", REPORTER),
    ("Otto è stato accusato di furto.", REPORTER),
    ("Anna lasciò il mulino nel 2018.", REPORTER),
    ("Che cosa ha detto Anna?", REPORTER),
    ("Per Rye lavorano venti persone.", REPORTER),
    ("A Otto fu detto di consegnare le chiavi.", REPORTER),
    ("L'accusa di Anna è che la farina fosse cattiva.", "bello"),
    ("Anna dice che era cattiva, mentre Otto dice che era buona.", REPORTER),
]


@pytest.mark.parametrize(("text", "account"), ENGLISH)
def test_an_english_sentence_is_the_account_of_who_says_it(text: str, account: str) -> None:
    assert told(text) == [account]


@pytest.mark.parametrize(("text", "account"), ITALIAN)
def test_an_italian_sentence_is_the_account_of_who_says_it(text: str, account: str) -> None:
    assert told(text, "it") == [account]


@pytest.mark.parametrize(
    ("text", "language", "account"),
    [
        ("Anna left. He said nothing. She wrote that it was over.", "en", "bello"),
        ("Rye bought it. The company said it was cheap.", "en", "rye"),
        ("Otto was there. They argued that it was cheap.", "en", "rye"),
        ("Anna sued Otto in May. The complaint says that he has the keys.", "en", "bello"),
        ("Anna left. Her lawyers argued that it was over.", "en", "bello"),
        ("Anna sold it. In her view it was worthless.", "en", "bello"),
        ("Anna lasciò il mulino. Ha poi aggiunto che era vecchio.", "it", "bello"),
        ("Otto era lì. Egli sostiene che fosse suo.", "it", "rye"),
        ("Otto era lì. A suo dire era suo.", "it", "rye"),
        ("According to Anna, Otto took the keys. She said so.", "en", "bello"),
        ("Anna fece causa a Otto. La denuncia parla di furto.", "it", "bello"),
    ],
)
def test_a_pronoun_speaks_for_the_one_last_spoken_of(
    text: str, language: str, account: str
) -> None:
    assert last(text, language).account == account


@pytest.mark.parametrize(
    ("text", "language", "accounts"),
    [
        ('"It was bad. It was very bad," Anna said.', "en", {"bello"}),
        ("“It was bad.” “It was very bad,” said Anna.", "en", {"bello"}),
        ('Anna had one word for it: "bad".', "en", {"bello"}),
        ("Anna disse:\n\n«Era cattiva.»", "it", {"bello"}),
        ("«Era cattiva. Molto cattiva», ha detto Anna.", "it", {"bello"}),
        ('The wheel is called "old Bess" by all.', "en", {REPORTER}),
    ],
)
def test_a_quotation_is_its_speakers_from_end_to_end(
    text: str, language: str, accounts: set[str]
) -> None:
    assert set(told(text, language)) == accounts


def test_what_is_said_inside_a_quotation_is_not_the_articles_word() -> None:
    assert told('Anna said: "Otto claims that it was good."') == ["bello"]
    assert set(told('“It was old! Anna said so. "')) == {REPORTER}


@pytest.mark.parametrize(
    ("heading", "account"),
    [
        ("What Rye says", "rye"), ("Rye's account", "rye"), ("According to Anna", "bello"),
        ("Anna's version of it", "bello"), ("What critics say", THIRD), ("The mill", REPORTER),
        ("Anna's offer to Rye", REPORTER), ("What did Anna say?", REPORTER),
        ("What Anna and Otto said", REPORTER),
    ],
)  # fmt: skip
def test_a_heading_tells_whose_account_stands_below(heading: str, account: str) -> None:
    assert told("The keys were lost.", heading=heading) == [account]


@pytest.mark.parametrize("heading", ["La versione di Anna", "Che cosa dice Anna", "Secondo Anna"])
def test_an_italian_heading_does_so_too(heading: str) -> None:
    assert told("Le chiavi erano perse.", "it", heading=heading) == ["bello"]


def test_a_heading_holds_until_the_next_one() -> None:
    text = "## What Rye says\n\nThe keys were lost.\n\n## The sale\n\nThe mill was sold."
    assert told(text, heading="What Rye says") == ["rye", "rye", REPORTER, REPORTER]
    assert ACCOUNTS.attributions(passage(text, heading="What Rye says"))[1].rule == "heading"


def test_below_a_heading_the_other_side_can_answer_for_itself() -> None:
    text = "The keys were lost. Anna replied that they were not. Critics say they were."
    assert told(text, heading="What Rye says") == ["rye", "bello", "rye"]


def test_the_front_matter_decides_over_all_else() -> None:
    text = "## What Rye says\n\nAnna said that the keys were lost."
    given = passage(text, account="bello", heading="What Rye says")
    assert {one.account for one in ACCOUNTS.attributions(given)} == {"bello"}
    assert {one.rule for one in ACCOUNTS.attributions(given)} == {"front matter"}
    assert ACCOUNTS.account(given) == "bello"


def test_an_account_that_nobody_has_is_not_believed() -> None:
    assert told("Anna said so.", account="nobody") == ["bello"]


def test_a_passage_gives_the_account_of_most_of_its_text() -> None:
    long = "Anna said that the flour was bad and that the wheel had been broken for years."
    assert ACCOUNTS.account(passage(f"The mill was sold. {long}")) == "bello"
    assert ACCOUNTS.account(passage("Anna left. The mill was sold to a bank in 2018.")) == REPORTER
    assert ACCOUNTS.account(passage("## What Rye says")) == "rye"
    assert ACCOUNTS.account(passage("## The mill")) == REPORTER


@pytest.mark.parametrize(
    ("text", "language", "words", "rule", "speaker"),
    [
        ("The flour was bad, Anna said.", "en", "Anna said", "says", "anna"),
        ("Otto was accused by Anna.", "en", "accused by Anna", "said by", "anna"),
        ("Secondo Rye, era buona.", "it", "Secondo Rye", "according to", "rye"),
        ("Critics say it was bad.", "en", "Critics say", "says", "Critics"),
        ("Anna left.", "en", None, "nobody named", None),
    ],
)
def test_every_account_can_be_explained(
    text: str, language: str, words: str | None, rule: str, speaker: str | None
) -> None:
    found = last(text, language)
    shown = text[slice(*found.mark)] if found.mark else None
    assert (shown, found.rule, found.speaker) == (words, rule, speaker)


def test_a_quotation_that_goes_on_shows_the_words_of_its_first_sentence() -> None:
    first, second = ACCOUNTS.attributions(passage("Anna said: “It was bad. It was very bad.“"))
    assert (first.rule, second.rule) == ("says", "goes on")
    assert first.mark == second.mark == (0, len("Anna said"))


@given(st.text(alphabet=" \n\"“”«»'’.,;:?!#AnnaOttosaidthatdissesecondo", max_size=120))
@example("“")
@example("said")
@example("Anna and")
def test_any_text_is_told_sentence_by_sentence_and_in_order(text: str) -> None:
    for language in ("en", "it", "und", "fr"):
        whole = passage(text, language)
        found = ACCOUNTS.attributions(whole)
        ends = [0, *(place for one in found for place in (one.start, one.end))]
        assert ends == sorted(ends)
        assert all(text[one.start : one.end].strip() for one in found)
        assert {one.account for one in found} <= known_accounts(MILL)
        assert all(one.mark is None or 0 <= one.mark[0] < one.mark[1] for one in found)
        assert ACCOUNTS.account(whole) in known_accounts(MILL)
        assert ACCOUNTS.attributions(whole) == found


def test_one_finder_serves_many_threads() -> None:
    passages = [passage(text, language) for language, cases in (("en", ENGLISH), ("it", ITALIAN))
                for text, _ in cases]  # fmt: skip
    alone = [ACCOUNTS.attributions(one) for one in passages]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(Accounts(MILL).attributions, passages * 4)) == alone * 4


def test_passages_of_an_article_know_its_headings(tmp_path: Path) -> None:
    words = "The keys were lost and the wheel stood still for a year. " * 5
    article = Article("a", "A", f"## What Rye says\n\n{words}\n\n{words}", "en")
    assert {ACCOUNTS.account(one) for one in split(article)} == {"rye"}


def test_the_check_tells_an_account_that_nobody_has(tmp_path: Path) -> None:
    (tmp_path / "dispute.yaml").write_text(
        "name: Mill\nsides: [{id: bello, name: Bello}]\n", encoding="utf-8"
    )
    store = ArticleStore(tmp_path)
    for account in ("bello", "reporter", "bela"):
        store.write(Article(account, "A", "The mill.", "en", account=account))
    assert [store.get(name).account for name in ("bello", "bela")] == ["bello", "bela"]
    (fault,) = check(tmp_path)
    assert (fault.path.name, fault.line) == ("bela.md", 5)
    assert fault.problem == "`account: bela` is nobody's."
    assert "bello, reporter, third" in fault.advice
