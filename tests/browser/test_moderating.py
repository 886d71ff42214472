"""A moderator at the page keeps the knowledge base fresh; others are refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from tests.browser.conftest import Visit
from tests.browser.serving import served

TITLE = "The lighthouse at Quillmouth"
ARTICLE = """# A lighthouse

The lighthouse at Quillmouth was lit for the first time in 1871, and its keeper was Tabitha Fenn.

In 1932 the lamp of the lighthouse was made electric, and the last keeper left Quillmouth. Since
then the house beside it has been a school for sailors, who look after the lamp in turns.
"""
QUESTION = "Who was the keeper of the lighthouse at Quillmouth?"
FOUND = "Tabitha Fenn"
BEFORE = """---
id: harbour
title: The harbour of Quillmouth
language: en
---

The harbour of Quillmouth freezes in January, and its boats are drawn up to the sailmakers' loft.
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page of a bot that knows little, so that publishing is quick."""
    knowledge: Path = tmp_path_factory.mktemp("knowledge")
    (knowledge / "articles").mkdir()
    (knowledge / "articles" / "harbour.md").write_text(BEFORE, "utf-8")
    with served(RECEIPTS_KNOWLEDGE=str(knowledge)) as address:
        yield address


def test_what_a_moderator_adds_is_found_until_it_is_undone(visit: Visit) -> None:
    ada, mona = visit(), visit()
    mona.become("Mona")
    form = mona.command_form("kb add")
    form.get_by_role("button", name="file").click()
    form.get_by_label("file").set_input_files(
        FilePayload(name="lighthouse.md", mimeType="text/markdown", buffer=ARTICLE.encode())
    )
    form.locator("[type=submit]").click()
    mona.shows("To be added: A lighthouse")
    mona.shows(FOUND)
    mona.shows("Mona used /kb add")
    mona.shows("Only you can see this")

    mona.press("Edit")
    edit = mona.page.get_by_role("dialog", name="Edit before publishing")
    edit.get_by_label("Title").fill(TITLE)
    edit.get_by_role("button", name="Submit").click()
    expect(edit).to_be_hidden()
    mona.shows(f"To be added: {TITLE}")
    mona.press("Publish")
    mona.shows("Published: revision")

    ada.command(f"ask {QUESTION}")
    ada.shows(TITLE)
    ada.shows(FOUND)

    mona.press("Undo")
    mona.shows("takes back")
    asked = ada.messages.count()
    ada.command(f"ask {QUESTION}")
    expect(ada.messages).to_have_count(asked + 1)
    expect(ada.latest.locator(".container")).to_be_visible()
    expect(ada.latest).not_to_contain_text(FOUND)


def test_a_text_is_pasted_and_discarded(visit: Visit) -> None:
    mona = visit()
    mona.become("Mona")
    mona.command("kb add")
    form = mona.page.get_by_role("dialog", name="Add an article")
    form.get_by_label("Title").fill(TITLE)
    form.get_by_label("Text", exact=True).fill(ARTICLE)
    form.get_by_role("button", name="Submit").click()
    expect(form).to_be_hidden()
    mona.shows(f"To be added: {TITLE}")

    mona.press("Discard")
    mona.shows("Discarded")


def test_only_a_moderator_is_offered_the_commands(visit: Visit) -> None:
    offered = visit()
    offered.box.press_sequentially("/kb")
    expect(offered.options).to_have_count(0)
    offered.become("Sami")
    expect(offered.box).to_have_count(0)
    offered.become("Mona")
    offered.box.fill("")
    offered.box.press_sequentially("/kb")
    expect(offered.options.filter(has_text="/kb add")).to_be_visible()
