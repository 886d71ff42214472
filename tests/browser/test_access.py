"""Nobody is kept out of the page: phones, keyboards, screen readers, Italian."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Visit

QUESTION = "Why did Musk leave OpenAI?"
IN_ITALIAN = "Perché Musk ha lasciato OpenAI?"


def test_an_italian_client_speaks_italian(visit: Visit) -> None:
    ada = visit()
    ada.speak("Italiano")
    ada.go("Receipts")
    ada.box.press_sequentially("/")
    expect(ada.options.filter(has_text="/chiedi")).to_be_visible()
    ada.box.fill("")
    ada.say(IN_ITALIAN)

    expect(ada.log.get_by_role("button", name="Nel contesto").first).to_be_visible()
    expect(ada.log).to_contain_text("Oggi alle")


def test_on_a_phone_all_fits_and_nobody_is_kept_out(visit: Visit) -> None:
    ada = visit(phone=True)
    ada.command(f"ask {QUESTION}")
    expect(ada.log.get_by_role("heading", name=re.compile("^1 · "))).to_be_visible()

    assert ada.page.evaluate("document.documentElement.scrollWidth") <= 320
    beyond = "all => all.filter(one => one.getBoundingClientRect().right > 320).length"
    assert ada.log.locator("*").evaluate_all(beyond) == 0
    assert ada.grave_faults() == []
    ada.go("sources")
    expect(ada.page.get_by_role("heading", name="#sources")).to_be_visible()


def test_nobody_is_kept_out_at_a_desk(visit: Visit) -> None:
    ada = visit()
    assert ada.grave_faults() == []
    ada.box.press_sequentially("/")
    expect(ada.options.first).to_be_visible()
    assert ada.grave_faults() == []
    ada.box.press_sequentially(f"ask {QUESTION}")
    ada.box.press("Enter")
    assert ada.grave_faults() == []
    ada.page.locator("form.command [type=submit]").click()
    expect(ada.log.get_by_role("heading", name=re.compile("^1 · "))).to_be_visible()
    ada.page.locator("#drawer-opener").click()
    ada.page.locator("#drawer summary").first.click()
    ada.menu(ada.latest)
    assert ada.grave_faults() == []
    ada.page.keyboard.press("Escape")
    ada.press("Report")
    expect(ada.page.get_by_role("dialog")).to_be_visible()
    assert ada.grave_faults() == []


def test_all_of_it_works_with_the_keyboard_alone(visit: Visit) -> None:
    ada = visit()
    keys = ada.page.keyboard
    focused = ada.page.locator(":focus")
    keys.press("Tab")
    expect(focused).to_have_text("Skip to writing")
    keys.press("Enter")
    expect(focused).to_have_attribute("id", "box")
    keys.press("Shift+Tab")
    expect(focused).to_have_attribute("aria-label", "Attach a file")
    keys.press("Tab")
    keys.type("/")
    chosen = ada.page.get_by_role("listbox").get_by_role("option", selected=True)
    expect(chosen).to_contain_text("/ask")
    keys.press("ArrowDown")
    expect(chosen).to_contain_text("/help")
    keys.press("ArrowUp")
    keys.press("Enter")
    expect(focused).to_have_attribute("role", "combobox")
    keys.type("money")
    expect(ada.options.first).to_be_visible()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(focused).to_have_value(re.compile(".{6,}"))
    keys.press("Enter")
    expect(ada.log.get_by_role("heading", name=re.compile("^1 · "))).to_be_visible()

    ada.log.focus()
    keys.press("ArrowUp")
    expect(focused).to_have_attribute("id", re.compile("^message-"))
    for _ in range(40):
        keys.press("Tab")
        if focused.text_content() == "Report":
            break
    expect(focused).to_have_text("Report")
    assert focused.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    keys.press("Enter")
    dialog = ada.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for _ in range(6):
        keys.press("Tab")
        assert focused.count() == 0 or focused.evaluate("one => !one.closest('#room, #side')")
    keys.press("Escape")
    expect(dialog).to_be_hidden()
    expect(focused).to_have_text("Report")
