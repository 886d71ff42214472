"""A real browser before the real page: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, expect

from tests.browser.serving import chromium, chromium_path, served
from tests.browser.visitor import Visitor

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 860}

Visit = Callable[..., Visitor]


# Not for the session: while Playwright's loop runs in this thread, no other test's can.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = chromium_path()
    if path is None:
        pytest.skip("there is no Chromium here; Debian's package is called chromium")
    expect.set_options(timeout=30_000)
    with chromium(path) as browser:
        yield browser


# Not for the package: the bot lets one person ask only so often.
@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """Opens the page, without what was said before the test; then its console has to be empty."""
    wrong: list[str] = []
    opened: list[Page] = []
    since = datetime.now(UTC)

    def note(message: ConsoleMessage) -> None:
        wrong.append(f"{message.type}: {message.text}")

    def fetch(asked: Request) -> None:
        if not asked.url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:")):
            wrong.append(f"fetched {asked.url}")

    def go(*, phone: bool = False) -> Visitor:
        context = browser.new_context(
            viewport=PHONE if phone else DESK,  # type: ignore[arg-type]
            color_scheme="light",
            has_touch=phone,
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", note)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", fetch)
        page.goto(address)
        page.wait_for_selector("#box")
        opened.append(page)
        visitor = Visitor(page, since)
        # Discord keeps the language of people; another test may have chosen one.
        if page.locator("html").get_attribute("lang") != "en":
            visitor.speak("English")
        visitor.dismiss_the_past()
        return visitor

    yield go
    for page in opened:
        try:
            page.context.close()
        except Error as error:
            wrong.append(str(error))
    assert wrong == []
