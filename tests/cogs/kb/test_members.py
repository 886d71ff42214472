"""What members left behind: gaps with skeletons, reports to settle; and pins."""

from __future__ import annotations

from bot.sandbox import Sandbox
from tests.cogs.kb.office import FERRY, Place, ferry_file, moderator, press, served
from tests.support.desk import button
from tests.support.quarrel import OFFERED

ASKED = "Who is Zaphod Beeblebrox?"
AGAIN = "Who was Zaphod Beeblebrox really?"


async def test_gaps_are_grouped_and_drafted_and_the_draft_becomes_an_article(
    discord: Sandbox, place: Place
) -> None:
    async with served(place, discord):
        ada, bea, mona = discord.user("Ada"), discord.user("Bea"), moderator(discord)
        for user, question in ((ada, ASKED), (bea, ASKED), (ada, AGAIN), (bea, "Which penguin?")):
            await discord.slash(user, "ask", question=question)
        await discord.slash(ada, "ask", question="Where is Ada's secret island?", private=True)
        place.desk.records.flush()
        gaps = await discord.slash(mona, "kb gaps")
        await discord.until(lambda: "Questions without" in gaps.text)
        draft = await press(discord, mona, gaps, "draft", until="A skeleton for")
        [file] = draft.messages[0].attachments
        content = file.file.data.decode() + FERRY
        added = await discord.slash(mona, "kb add", file=ferry_file("gap.md", content))
        await discord.until(lambda: "To be added" in added.text)

    zaphod, penguin = gaps.text.index("zaphod"), gaps.text.index("penguin")
    assert zaphod < penguin
    assert "asked 3 times" in gaps.text
    assert "also: who was zaphod beeblebrox really?" in gaps.text
    assert "1 private question found no answer" in gaps.text
    assert "secret island" not in gaps.text
    for name in ("Ada", str(ada.id), "Bea", str(bea.id)):
        assert name not in gaps.text
    assert file.file.name.endswith(".md")
    assert "title: who is zaphod beeblebrox?" in file.file.data.decode()
    assert "To be added: who is zaphod beeblebrox?" in added.text


async def test_a_gap_is_closed_once(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        mona, nora = moderator(discord), moderator(discord, "Nora", locale="it")
        await discord.slash(discord.user("Ada"), "ask", question=ASKED)
        place.desk.records.flush()
        gaps = await discord.slash(mona, "kb gaps")
        await discord.until(lambda: "zaphod" in gaps.text)
        theirs = await discord.slash(nora, "kb gaps")
        await discord.until(lambda: "zaphod" in theirs.text)
        await press(discord, mona, gaps, "close", until="No question is without an answer.")
        late = await press(discord, nora, theirs, "close", until="già stata chiusa")

    assert late.followups[0].text == "Quella domanda è già stata chiusa."
    assert place.desk.records.gaps() == ()


async def test_many_gaps_have_pages(discord: Sandbox, place: Place) -> None:
    words = ("alpaca", "bison", "camel", "dingo", "egret", "falcon", "gibbon", "heron", "ibis")
    for word in words:
        place.desk.records.note_gap(f"{word} {word}ing?", "en", private=False)
    place.desk.records.flush()
    async with served(place, discord):
        mona = moderator(discord)
        gaps = await discord.slash(mona, "kb gaps")
        await discord.until(lambda: "alpaca" in gaps.text)
        pages = [gaps.text]
        for page in (1, 2):
            await discord.press(mona, gaps.messages[0], f"r:kb-gaps:{page}:next")
            await discord.until(lambda: gaps.text not in pages)
            pages.append(gaps.text)

    assert [word for word in words if word not in "".join(pages)] == []


async def test_a_report_is_read_and_settled(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        ada, mona, nora = discord.user("Ada"), moderator(discord), moderator(discord, "Nora")
        answer = await discord.slash(ada, "ask", question=OFFERED)
        form = await discord.press(ada, *button(answer.messages, "report"))
        assert form.modal is not None
        name = form.modal["components"][0]["component"]["custom_id"]
        await discord.submit_modal(form, {name: "It was *nine* million, @everyone"})
        reports = await discord.slash(mona, "kb reports")
        await discord.until(lambda: "Reported" in reports.text)
        shown = reports.text
        theirs = await discord.slash(nora, "kb reports")
        await discord.until(lambda: "Reported" in theirs.text)
        await press(discord, mona, reports, "settle", until="No reports are open.")
        late = await press(discord, nora, theirs, "settle", until="settled already")

    assert "The offer for the mill" in shown
    assert "In March 2019 Bruno Carta offered ten million crowns" in shown
    assert "It was \\*nine\\* million, \\@everyone" in shown
    assert str(ada.id) not in shown
    assert late.followups[0].text == "That report was settled already."


async def test_a_report_on_a_removed_article_says_so(discord: Sandbox, place: Place) -> None:
    place.desk.records.report("AAAAAAAA.0.AAAAAAAA", "Gone wrong", 5)
    async with served(place, discord):
        reports = await discord.slash(moderator(discord), "kb reports")
        await discord.until(lambda: "Gone wrong" in reports.text)

    assert "The article is no longer in the knowledge base." in reports.text


async def test_a_pinned_passage_answers_and_says_that_it_was_chosen(
    discord: Sandbox, place: Place
) -> None:
    question = "What was lost in the valley?"
    async with served(place, discord):
        ada, mona = discord.user("Ada"), moderator(discord)
        offered = await discord.autocomplete(
            mona, "kb pin", "passage", "rye bread", question=question
        )
        bread = next(one for one in offered.choices if one["name"].startswith("bread#1"))
        pin = await discord.slash(mona, "kb pin", question=question, passage=bread["value"])
        await discord.until(lambda: "To be published: Pin" in pin.text)
        shown = pin.text
        await press(discord, mona, pin, "publish", until="Published: revision 2·")
        answer = await discord.slash(ada, "ask", question=question)

    assert "pins.yaml" in shown
    assert "Rye bread was baked at night" in answer.text
    assert "Chosen by the moderators for this question." in answer.text


async def test_a_pin_is_offered_and_taken_away(discord: Sandbox, place: Place) -> None:
    question = "What was lost in the valley?"
    async with served(place, discord):
        for command in discord.commands:
            command.open_to_all = True
        ada, mona = discord.user("Ada"), moderator(discord)
        passages = await discord.autocomplete(mona, "kb pin", "passage", "rye bread", question="x")
        bread = passages.choices[0]["value"]
        pin = await discord.slash(mona, "kb pin", question=question, passage=bread)
        await press(discord, mona, pin, "publish", until="Published: revision 2·")
        offered = await discord.autocomplete(mona, "kb pin", "question", "WHAT was")
        other = await discord.autocomplete(mona, "kb pin", "question", "who else")
        theirs = await discord.autocomplete(ada, "kb pin", "question", "")
        unpinned = await discord.slash(mona, "kb pin", question="Who else was there?")
        unpin = await discord.slash(mona, "kb pin", question=offered.choices[0]["value"])
        await press(discord, mona, unpin, "publish", until="Published: revision 3·")

    assert [one["value"] for one in offered.choices] == [question]
    assert (other.choices, theirs.choices) == ([], [])
    assert "This question has no pin" in unpinned.text
    assert "is answered without a pin" in place.office.publisher.history(1)[0].why


async def test_a_pin_without_a_passage_is_told(discord: Sandbox, place: Place) -> None:
    async with served(place, discord):
        told = await discord.slash(moderator(discord), "kb pin", question="Who?", passage="nothing")

    assert "There is no such passage" in told.text


async def test_passages_for_the_question_are_offered_before_anything_is_typed(
    discord: Sandbox, place: Place
) -> None:
    async with served(place, discord):
        offered = await discord.autocomplete(
            moderator(discord), "kb pin", "passage", "", question=OFFERED
        )

    assert str(offered.choices[0]["name"]).startswith("offer#1 · In March 2019")
    assert all(len(str(one["name"])) <= 100 for one in offered.choices)
