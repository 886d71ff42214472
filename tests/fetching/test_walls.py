from __future__ import annotations

import pytest

from bot.articles.extract import extract
from bot.fetching.model import Fetched
from bot.fetching.walls import SHORT, wall_of
from tests.fetching.site import Site

NO_PAGE = "says that there is no such page"
SCRIPT = "asks for JavaScript"
ROBOT = "asks to prove that one is no robot"
COOKIES = "asks for consent to cookies"
PAY = "asks to subscribe"
LOG_IN = "asks to log in"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The page you are looking for could not be found. Try our home page.", NO_PAGE),
        ("Error 404. Back to the front page.", NO_PAGE),
        ("Sorry, this article has been removed.", NO_PAGE),
        ("Oops! Page not found", NO_PAGE),
        ("La pagina che cerchi non esiste.", NO_PAGE),
        ("Pagina non trovata. Torna alla home.", NO_PAGE),
        ("Questo contenuto non è disponibile.", NO_PAGE),
        ("Please enable JavaScript to view this site.", SCRIPT),
        ("You need to enable JavaScript to run this app.", SCRIPT),
        ("JavaScript is disabled in your browser.", SCRIPT),
        ("Per vedere la pagina abilita JavaScript nel browser.", SCRIPT),
        ("Just a moment... Checking your browser before you go on.", ROBOT),
        ("Verify you are human by completing the action below.", ROBOT),
        ("Verifica di essere umano.", ROBOT),
        ("We and our 832 partners use cookies to store data. Accept all | Reject", COOKIES),
        ("Utilizziamo i cookie per offrirti la migliore esperienza. Accetta", COOKIES),
        ("Prima di continuare su Notizie, accetta i cookie.", COOKIES),
        ("The two men met in a café in 2015. Subscribe to continue reading.", PAY),
        ("This story is for subscribers. Already a subscriber? Log in.", PAY),
        ("I due si incontrarono nel 2015. Contenuto riservato agli abbonati.", PAY),
        ("Per continuare a leggere, abbonati a un euro al mese.", PAY),
        ("You must log in to see this post. Forgot password?", LOG_IN),
        ("Accedi per leggere il resto. Password dimenticata?", LOG_IN),
    ],
)
def test_a_wall_is_told_by_its_words(text: str, reason: str) -> None:
    assert wall_of(text, f"<html><body><p>{text}</p></body></html>") == reason
    assert wall_of(text.replace(" ", "\n "), "") == reason


def test_a_form_for_passwords_with_hardly_a_text_is_a_wall() -> None:
    form = "<form><input name='user'><input name='word' type='password'></form>"
    assert wall_of("Welcome", form) == LOG_IN
    assert wall_of("The judge took two hours over it. " * 10, form) is None


@pytest.mark.parametrize(
    "title", ["404 – Example News", "Page not found | News", "Pagina non trovata"]
)
def test_the_title_of_an_empty_page_counts(title: str) -> None:
    html = f"<html><head><title>{title}</title></head><body>Latest stories</body></html>"
    assert wall_of("Latest stories", html) == NO_PAGE


@pytest.mark.parametrize(
    "text",
    [
        "The company said that its log-in page had failed for an hour on Monday, and that nobody's"
        " password was lost.",
        "Nel processo si è parlato anche dei cookie del sito, ma il giudice non ha deciso.",
        "The paper has a paywall, and its subscribers grew by a tenth in a year.",
        "Investigators found a page missing from the diary; the page was not in the archive.",
        "He wrote the program in JavaScript and gave it away for nothing.",
        "La corte ha trovato che la pagina del contratto era stata sostituita.",
        "The robot that they built could sort letters. It was not sold.",
        "Il fondo ha 404 milioni di euro e li spende per i brevetti.",
        "",
    ],
)
def test_a_short_article_on_such_things_is_none(text: str) -> None:
    assert wall_of(text, f"<html><title>Daily News</title><body>{text}</body></html>") is None


def test_a_whole_article_is_none_whatever_the_page_adds() -> None:
    article = "The court heard both sides on Tuesday. " * (SHORT // 5)
    added = article + " We use cookies. Subscribe to continue reading. Please enable JavaScript."
    assert wall_of(added, "<title>404</title><input type=password>") is None


def test_a_hostile_page_is_told_in_time() -> None:
    """Would take minutes if a pattern tried every way of reading it."""
    for piece in ("<input ", "<title>", "accept ", "page you ", "<"):
        assert wall_of("", piece * 100_000) is None
        assert wall_of(piece * 100, piece * 100_000) is None


FORM = "<form action='/in'>Name <input name='n'> Password <input name='p' type='password'></form>"


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        ("You must log in to read this article. It is open to members only.", LOG_IN),
        ("The court heard both sides on Tuesday, and neither would say what it wanted. " * 9, None),
    ],
)
async def test_a_page_that_was_fetched_is_told_from_a_wall(
    site: Site, text: str, wall: str | None
) -> None:
    site.says(f"<!doctype html><title>News</title><article><p>{text}</p></article>{FORM}")
    async with site.fetcher() as fetcher:
        found = await fetcher.fetch(site.url())
    assert isinstance(found, Fetched)
    assert wall_of(extract(found.body).text, found.text) == wall
