"""People try the bot at the page of `python -m bot`, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.conftest import Visit

QUESTION = "Why did Musk leave OpenAI?"
IN_ITALIAN = "Perché Musk ha lasciato OpenAI?"


def test_a_member_asks_follows_up_and_looks_closer(visit: Visit) -> None:
    ada = visit()
    ada.command(f"ask {QUESTION}")
    expect(ada.log).to_contain_text("Ada used /ask")
    expect(ada.log.get_by_role("heading", name=re.compile("^1 · "))).to_be_visible()

    ada.press("In context")
    ada.shows("In context:")
    ada.shows("Only you can see this")
    ada.press("Dismiss message")
    expect(ada.log.get_by_text("Only you can see this")).to_have_count(0)

    ada.press("Both sides")
    ada.shows("Musk's side")
    ada.shows("OpenAI's side")

    ada.messages.first.hover()
    ada.press("Reply: Receipts", within=ada.messages.first)
    expect(ada.page.get_by_text("Replying to Receipts")).to_be_visible()
    before = ada.messages.count()
    ada.say("And how much money did he give?")
    expect(ada.log.get_by_text("Understood as")).to_be_visible()
    assert ada.messages.count() > before + 1


def test_a_member_looks_at_the_timeline_with_its_picture(visit: Visit) -> None:
    ada = visit()
    ada.command("timeline")
    picture = ada.latest.get_by_role("img")
    expect(picture).to_be_visible()

    assert len(str(picture.get_attribute("alt"))) > 20
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")


def test_a_private_answer_is_seen_by_its_asker_until_it_is_shared(visit: Visit) -> None:
    ada, mona = visit(), visit()
    mona.become("Mona")
    ada.command(f"ask {QUESTION}", private="True")
    ada.shows("Only you can see this")
    expect(mona.messages).to_have_count(0)

    ada.press("Share here")
    expect(mona.log.get_by_text("Shared by")).to_be_visible()


def test_a_passage_is_reported_in_a_form_that_says_what_is_missing(visit: Visit) -> None:
    ada = visit()
    ada.command(f"ask {QUESTION}")
    ada.press("Report")
    form = ada.page.get_by_role("dialog", name="Report a passage")
    form.get_by_role("button", name="Submit").click()
    expect(form.get_by_role("alert")).not_to_be_empty()
    form.get_by_role("textbox").fill("The date is wrong.")
    form.get_by_role("button", name="Submit").click()

    expect(form).to_be_hidden()
    ada.shows("Only you can see this")


def test_any_message_can_be_looked_up_from_its_menu(visit: Visit) -> None:
    mona, ada = visit(), visit()
    mona.become("Mona")
    mona.say("Musk left OpenAI in 2018 <img src=x onerror=alert(1)> [x](javascript:alert(1))")
    expect(ada.latest).to_contain_text("<img src=x onerror=alert(1)>")
    expect(ada.latest.locator("img, a[href]")).to_have_count(0)
    menu = ada.menu(ada.latest)
    menu.get_by_role("menuitem", name="Find receipts for this").click()

    ada.shows("2018")


def test_the_bot_is_mentioned_by_its_name(visit: Visit) -> None:
    ada = visit()
    ada.go("why he left")
    ada.box.press_sequentially("@Rec")
    expect(ada.options.first).to_have_text("@Receipts")
    ada.box.press("Enter")
    ada.box.press_sequentially(QUESTION)
    ada.box.press("Enter")

    expect(ada.log.locator(".mention", has_text="@Receipts")).to_be_visible()
    expect(ada.log.get_by_role("heading", name=re.compile("^1 · "))).to_be_visible()


def test_a_stranger_reads_but_may_not_write(visit: Visit) -> None:
    ada, sami = visit(), visit()
    ada.command(f"ask {QUESTION}")
    sami.become("Sami")
    expect(sami.messages.first).to_contain_text("2018")
    locked = sami.page.get_by_text("You do not have permission to send messages here.")
    expect(locked).to_be_visible()
    expect(sami.box).to_have_count(0)
    expect(sami.page.locator("#side").get_by_role("button", name="sources")).to_have_count(0)
    menu = sami.menu(sami.messages.first)
    expect(menu.get_by_role("menuitem")).to_have_text(["Copy text"])
    sami.page.keyboard.press("Escape")
    sami.go("why he left")
    expect(locked).to_be_visible()
    sami.go("Receipts")
    expect(sami.box).to_be_visible()


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


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_on_a_phone_all_fits_and_nobody_is_kept_out(visit: Visit, dark: bool) -> None:
    ada = visit(phone=True, dark=dark)
    ada.command(f"ask {QUESTION}")
    expect(ada.log.get_by_role("heading", name=re.compile("^1 · "))).to_be_visible()

    assert ada.page.evaluate("document.documentElement.scrollWidth") <= 320
    beyond = "all => all.filter(one => one.getBoundingClientRect().right > 320).length"
    assert ada.log.locator("*").evaluate_all(beyond) == 0
    assert ada.grave_faults() == []
    ada.go("sources")
    expect(ada.page.get_by_role("heading", name="#sources")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nobody_is_kept_out_at_a_desk(visit: Visit, dark: bool) -> None:
    ada = visit(dark=dark)
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


def test_a_file_goes_up_and_comes_down(visit: Visit) -> None:
    ada = visit()
    ada.page.locator("input[type=file]").set_input_files(
        FilePayload(name="note.txt", mimeType="text/plain", buffer=b"a note")
    )
    expect(ada.page.get_by_text("note.txt")).to_be_visible()
    ada.say("see this")
    link = ada.latest.get_by_role("link", name="Download note.txt")
    with ada.page.expect_download() as down:
        link.click()

    assert down.value.path().read_bytes() == b"a note"


def test_the_drawer_shows_what_the_bot_asked_of_discord(visit: Visit) -> None:
    ada = visit()
    ada.command("help")
    ada.shows("Receipts")
    ada.page.locator("#drawer-opener").click()
    drawer = ada.page.get_by_role("complementary", name="Developer")
    callback = drawer.locator("details", has_text="/callback").first
    callback.locator("summary").click()
    expect(callback).to_contain_text('"type"')
    drawer.get_by_role("tab", name="Gateway events").click()
    expect(drawer).to_contain_text("INTERACTION_CREATE")
    ada.page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
