"""Somebody at the page: does what one sees there, by the names that a screen reader reads."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Locator, Page, expect

GRAVE = ("serious", "critical")
DISMISS = """async since => {
    const { state, tell } = await import("/page/state.js");
    for (const one of [...state.messages.values()].flat()) {
        if (new Date(one.created) >= new Date(since)) continue;
        state.dismissed.add(one.id);
        tell("gone", one.id);
    }
}"""


class Visitor:
    """A page and what people do on it.

    Args:
        since: what was said before is not looked at.
    """

    def __init__(self, page: Page, since: datetime) -> None:
        self.page = page
        self._since = since
        self._axe = Axe()
        self.box = page.locator("#box")
        self.log = page.get_by_role("log")

    @property
    def messages(self) -> Locator:
        return self.log.locator("article.message:not(.pending)")

    @property
    def options(self) -> Locator:
        """What the list that is open offers."""
        return self.page.get_by_role("listbox").get_by_role("option")

    @property
    def latest(self) -> Locator:
        return self.messages.last

    def go(self, place: str) -> None:
        self._side(True)
        self.page.locator("#side").get_by_role("button", name=place, exact=True).click()
        # What is typed before the place is shown belongs to the one before.
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(place)

    def become(self, name: str) -> None:
        self._side(True)
        self.page.get_by_role("radio", name=name).check()
        expect(self.page.locator("#told")).to_contain_text(name)
        self.dismiss_the_past()
        self._side(False)

    def dismiss_the_past(self) -> None:
        """Dismisses what was said before, whoever may see it."""
        self.page.evaluate(DISMISS, self._since.isoformat())

    def speak(self, language: str) -> None:
        self._side(True)
        self.page.locator("#language").select_option(label=language)
        word = {"English": "Message", "Italiano": "Scrivi"}[language]
        expect(self.box).to_have_attribute("placeholder", re.compile(f"^{word}"))
        self._side(False)

    def _side(self, yes: bool) -> None:
        opener = self.page.locator("#side-opener")
        if opener.is_visible() and (opener.get_attribute("aria-expanded") == "true") is not yes:
            if yes:
                opener.click()
            else:
                self.page.keyboard.press("Escape")

    def say(self, text: str) -> None:
        self.box.fill(text)
        self.box.press("Enter")

    def command(self, typed: str, **options: str) -> None:
        """Types a command with its first option; further ones are chosen from their lists."""
        self.command_form(typed, **options).locator("[type=submit]").click()

    def command_form(self, typed: str, **options: str) -> Locator:
        """The form of a command, filled in and not yet sent."""
        self.box.fill("")
        self.box.press_sequentially(f"/{typed}")
        expect(self.options.first).to_be_visible()
        self.box.press("Enter")
        form = self.page.locator("form.command")
        for name, value in options.items():
            form.get_by_role("button", name=name).click()
            form.get_by_role("button", name=f"{name}:").click()
            form.get_by_role("option", name=value).click()
        return form

    def shows(self, text: str) -> None:
        """The newest message comes to hold a text."""
        expect(self.latest).to_contain_text(text)

    def press(self, name: str, *, within: Locator | None = None) -> None:
        (within or self.log).get_by_role("button", name=name, exact=True).last.click()

    def menu(self, message: Locator) -> Locator:
        message.hover()
        message.locator("[aria-haspopup=menu]").click()
        return self.page.get_by_role("menu")

    def grave_faults(self) -> list[str]:
        """What axe finds that would keep somebody out, in light and in dark."""
        grave = []
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme)
            found: dict[str, Any] = self._axe.run(self.page).response
            grave += [
                f"{scheme}: {one['id']}: {node['html']}"
                for one in found["violations"]
                if one["impact"] in GRAVE
                for node in one["nodes"]
            ]
        return grave
