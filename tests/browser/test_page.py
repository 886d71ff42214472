"""People try the bot at the page of `python -m bot`, in a real browser."""

from __future__ import annotations

import re

from playwright.sync_api import FilePayload, expect

from tests.browser.conftest import Visit

QUESTION = "Why did Musk leave OpenAI?"


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


def test_the_timelines_picture_is_opened_whole(visit: Visit) -> None:
    ada = visit()
    ada.command("timeline")
    picture = ada.latest.get_by_role("img")
    expect(picture).to_be_visible()

    assert len(str(picture.get_attribute("alt"))) > 20
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    shown = ada.latest.locator(".picture")
    assert shown.evaluate("link => link.clientHeight") <= 420
    shown.focus()
    ada.page.keyboard.press("Enter")
    whole = ada.page.get_by_role("dialog", name="timeline.png").get_by_role("img")
    expect(whole).to_be_visible()
    expect(whole).to_have_attribute("alt", str(picture.get_attribute("alt")))
    assert whole.evaluate("image => image.clientHeight") > 420
    assert ada.grave_faults() == []
    ada.page.keyboard.press("Escape")
    expect(whole).to_be_hidden()
    expect(ada.page.locator(":focus")).to_have_class(re.compile("picture"))


def test_a_private_answer_is_seen_by_its_asker_until_it_is_shared(visit: Visit) -> None:
    ada, mona = visit(), visit()
    mona.become("Mona")
    mona.command(f"ask {QUESTION}", private="True")
    mona.shows("Only you can see this")
    expect(ada.messages).to_have_count(0)

    mona.press("Share here")
    expect(ada.log.get_by_text("Shared by")).to_be_visible()


def test_a_passage_is_reported_in_a_form_that_says_what_is_missing(visit: Visit) -> None:
    mona = visit()
    mona.become("Mona")
    mona.command(f"ask {QUESTION}")
    mona.press("Report")
    form = mona.page.get_by_role("dialog", name="Report a passage")
    form.get_by_role("button", name="Submit").click()
    expect(form.get_by_role("alert")).not_to_be_empty()
    form.get_by_role("textbox").fill("The date is wrong.")
    form.get_by_role("button", name="Submit").click()

    expect(form).to_be_hidden()
    mona.shows("Only you can see this")


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
    mona, sami = visit(), visit()
    mona.become("Mona")
    mona.command(f"ask {QUESTION}")
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
