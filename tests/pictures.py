"""The README's pictures, from what the bot really sends: `python -m tests.pictures`.

Needs Chromium; writes docs/*.png.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, FilePayload, expect

from tests.browser.serving import PROJECT, chromium, chromium_path, served
from tests.browser.visitor import Visitor

FOLDER = PROJECT / "docs"
QUESTION = "Why did Musk leave OpenAI?"
WIDTH = 1120
NOTICE = """# Sailmakers of Quillmouth end their quarrel

Published 2026-03-02

Tabitha Fenn and Orrin Vale, sailmakers, said on 2 March 2026 that they would share the loft by \
the harbour again, after four years in which neither lent the other a needle.

Fenn says that Vale had promised her the loft in 2022. Vale says that no such promise was made. \
Both now pay half of the rent, and the boats of Quillmouth have their sails again.

Subscribe to our newsletter
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{inter}</dir>
</fontconfig>
"""
# The hour of a conversation is no part of it, and would change each picture.
TEN = "times => times.forEach(time => { time.textContent = 'Today at 10:00'; })"


def main() -> int:
    """Makes all pictures; exit status 2 where there is no browser."""
    path = chromium_path()
    if path is None:
        print("Chromium is needed; Debian's package is called chromium.", file=sys.stderr)
        return 2
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as scratch, served() as address:
        # The same letters on each machine.
        config = Path(scratch) / "fonts.conf"
        config.write_text(FONTS.format(inter=files("fontpkg_inter")), "utf-8")
        with chromium(path, FONTCONFIG_FILE=str(config)) as browser:
            _answer(browser, address)
            _both_sides(browser, address)
            _preview(browser, address)
            _timeline(browser, address)
    return 0


def _answer(browser: Browser, address: str) -> None:
    ada = _visitor(browser, address, height=760)
    ada.command(f"ask {QUESTION}")
    expect(ada.latest.get_by_role("button", name="Report").first).to_be_visible()
    _take(ada, "answer")


def _both_sides(browser: Browser, address: str) -> None:
    ada = _visitor(browser, address, height=956)
    ada.command(f"sides {QUESTION}")
    ada.shows("OpenAI's side")
    _take(ada, "both-sides")


def _preview(browser: Browser, address: str) -> None:
    mona = _visitor(browser, address, height=624)
    mona.become("Mona")
    form = mona.command_form("kb add")
    form.get_by_role("button", name="file").click()
    payload = FilePayload(name="notice.md", mimeType="text/markdown", buffer=NOTICE.encode())
    form.get_by_label("file").set_input_files(payload)
    form.locator("[type=submit]").click()
    mona.shows("As it would be stored")
    expect(mona.page.locator("#told")).to_be_empty()
    _take(mona, "preview")


def _timeline(browser: Browser, address: str) -> None:
    ada = _visitor(browser, address, height=900)
    ada.command("timeline")
    expect(ada.latest.get_by_role("img")).to_be_visible()
    _take(ada, "timeline")


def _visitor(browser: Browser, address: str, *, height: int) -> Visitor:
    context = browser.new_context(
        viewport={"width": WIDTH, "height": height}, color_scheme="dark", reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("#box")
    visitor = Visitor(page, datetime.now(UTC))
    visitor.dismiss_the_past()
    return visitor


def _take(visitor: Visitor, name: str) -> None:
    page = visitor.page
    page.mouse.move(0, 0)
    page.locator(".head time").evaluate_all(TEN)
    visitor.latest.evaluate("message => message.scrollIntoView({ block: 'start' })")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.screenshot(path=FOLDER / f"{name}.png", animations="disabled", caret="hide")
    page.context.close()


if __name__ == "__main__":
    sys.exit(main())
