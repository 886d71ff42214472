"""What a browser asks for and is told, over the real line, with a real bot behind it."""

from __future__ import annotations

import base64

import pytest

from bot.sandbox import File, Permission
from tests.sandbox.page.conftest import Scene
from tests.sandbox.wide_bot import WideBot

NO_FILE = {"name": "x", "type": "text/plain", "data": "é"}


async def test_somebody_sits_down_and_sees_their_places(scene: Scene) -> None:
    scene.sandbox.post(scene.mona, scene.sandbox.channel, "**hello**")
    browser = await scene.browser()
    seen = await browser.do("become")

    assert seen["me"]["name"] == "Ada"
    assert [(one["name"], one["part"]) for one in seen["people"]] == [
        ("Ada", "member"),
        ("Mona", "moderator"),
    ]
    assert [one["kind"] for one in seen["channels"]] == ["text", "direct"]
    [said] = seen["messages"][str(scene.sandbox.channel.id)]
    assert said["html"].strip() == "<p><strong>hello</strong></p>"
    assert (said["editable"], said["deletable"]) == (False, False)


async def test_whoever_changes_person_sees_what_that_person_may(scene: Scene) -> None:
    secret = scene.sandbox.add_channel("secret")
    scene.sandbox.overwrite(secret, scene.ada, deny=Permission.VIEW_CHANNEL)
    scene.sandbox.overwrite(scene.sandbox.channel, scene.ada, deny=Permission.SEND_MESSAGES)
    browser = await scene.browser()
    ada = await browser.do("become", person=str(scene.ada.id))
    mona = await browser.do("become", person=str(scene.mona.id), locale="it")

    assert "secret" not in [one["name"] for one in ada["channels"]]
    assert [one["writable"] for one in ada["channels"]] == [False, True]
    assert "secret" in [one["name"] for one in mona["channels"]]
    assert scene.mona.locale == "it"
    assert scene.ada.locale == "en-US"


async def test_what_is_said_reaches_every_browser_that_may_see_it(scene: Scene) -> None:
    ada, mona = await scene.browser(), await scene.browser()
    await ada.do("become", person=str(scene.ada.id))
    await mona.do("become", person=str(scene.mona.id))
    where = str(scene.sandbox.channel.id)
    file = {"name": "../a b?.txt", "type": "text/plain", "data": base64.b64encode(b"x").decode()}

    said = await ada.do("say", channel=where, text="look", files=[file])
    told = (await mona.until("message"))["message"]
    assert told["id"] == said["message"]
    assert told["attachments"][0]["name"] == "_a_b_.txt"
    await mona.do("say", channel=where, text="yes", reply_to=told["id"])
    answered = await ada.until("message")
    while answered["message"]["reply"] is None:
        ada.news.remove(answered)
        answered = await ada.until("message")
    assert answered["message"]["reply"]["text"] == "look"
    assert answered["message"]["pings"] is True

    await ada.do("edit", message=said["message"], text="look again")
    await mona.do("react", message=said["message"], emoji="👍")
    [seen] = scene.sandbox.messages()[0].reactions["👍"]
    assert seen is scene.mona
    await mona.do("react", message=said["message"], emoji="👍")
    assert not scene.sandbox.messages()[0].reactions.get("👍")
    await mona.do("delete", message=said["message"])
    await ada.until("gone", id=said["message"])


async def test_commands_are_offered_in_the_language_of_the_client(
    scene: Scene, wide: WideBot
) -> None:
    browser = await scene.browser()
    where = str(scene.sandbox.channel.id)
    offered = await browser.do("commands", channel=where)

    by_path = {one["path"]: one for one in offered["slash"]}
    assert by_path["travel"]["options"][1]["autocomplete"] is True
    assert [one["required"] for one in by_path["travel"]["options"]] == [True, True]
    assert "Look at this" in [one["shown"] for one in offered["message"]]


async def test_a_command_s_answer_names_who_used_it(scene: Scene, wide: WideBot) -> None:
    browser = await scene.browser()
    where = str(scene.sandbox.channel.id)
    outcome = await browser.do("slash", channel=where, command="where", options={})

    assert outcome["answered"] is True
    told = (await browser.until("message"))["message"]
    assert told["command"] == {"user": "Ada", "name": "where", "slash": True}
    [row] = told["components"]
    pressed = await browser.ask("press", message=told["id"], custom_id="nothing")
    assert "nothing" in pressed["refused"]
    assert row["components"][0]["label"] == "Again"


async def test_completion_is_told_as_one_types(scene: Scene, wide: WideBot) -> None:
    browser = await scene.browser()
    where = str(scene.sandbox.channel.id)
    done = await browser.do(
        "complete",
        channel=where,
        command="travel",
        option="city",
        typed="R",
        options={"country": "Italy"},
    )

    assert done["choices"] == [{"name": "Rome, Italy", "value": "Rome"}]


async def test_only_its_reader_is_told_of_a_hidden_answer(scene: Scene, wide: WideBot) -> None:
    ada, mona = await scene.browser(), await scene.browser()
    await mona.do("become", person=str(scene.mona.id))
    where = str(scene.sandbox.channel.id)
    await ada.do("slash", channel=where, command="hidden", options={})
    told = (await ada.until("message"))["message"]
    await mona.do("say", channel=where, text="anything here?")
    await mona.until("message")

    assert told["ephemeral"] is True
    assert [one["message"]["text"] for one in mona.news if one["event"] == "message"] == [
        "anything here?"
    ]
    refused = await mona.ask("press", message=told["id"], custom_id="open")
    assert "does not see" in refused["refused"]


async def test_a_form_is_opened_refused_and_sent(scene: Scene, wide: WideBot) -> None:
    browser = await scene.browser()
    where = str(scene.sandbox.channel.id)
    opened = await browser.do("slash", channel=where, command="everything", options={})
    form = opened["form"]
    values = {"colour": ["Blue"], "size": "Small", "extras": ["Salt"], "sure": True}

    assert form["title"] == "Everything"
    refused = await browser.ask("submit", form=form["id"], values=values | {"note": "x"})
    assert "3 to 5" in refused["refused"]
    sent = await browser.do("submit", form=form["id"], values=values | {"note": "four"})
    assert sent["answered"] is True
    told = (await browser.until("message"))["message"]
    assert told["text"] == "['Blue'] | Small | ['Salt'] | True | four"
    again = await browser.ask("submit", form="5", values={})
    assert "no longer open" in again["refused"]


async def test_a_file_is_shown_by_its_place_on_this_server(scene: Scene, wide: WideBot) -> None:
    browser = await scene.browser()
    await browser.do("slash", channel=str(scene.sandbox.channel.id), command="picture", options={})
    told = (await browser.until("message"))["message"]

    gallery, file = told["components"]
    assert gallery["items"][0]["media"]["type"] == "image/png"
    assert gallery["items"][0]["media"]["url"].startswith("/attachments/")
    assert file["file"]["name"] == "data.csv"


async def test_pictures_elsewhere_are_named_and_not_fetched(scene: Scene) -> None:
    bot = scene.sandbox.user("Cam", bot=True)
    picture = {"image": {"url": "https://e.org/x.png"}, "title": "*T*", "description": "d"}
    scene.sandbox.post(bot, scene.sandbox.channel, "", embeds=[picture])
    browser = await scene.browser()
    seen = await browser.do("become")

    [embed] = seen["messages"][str(scene.sandbox.channel.id)][0]["embeds"]
    assert embed["image"]["outside"] is True
    assert embed["title_html"] == "<em>T</em>"


@pytest.mark.parametrize("scene", [{"first_answer_within": 0.05}], indirect=True)
async def test_a_silent_bot_is_told_as_silence(scene: Scene, wide: WideBot) -> None:
    scene.sandbox.faults.fail("POST /interactions/*", status=403, message="no", code=1, times=9)
    browser = await scene.browser()
    where = str(scene.sandbox.channel.id)
    outcome = await browser.do("slash", channel=where, command="where", options={})

    assert outcome["answered"] is False


async def test_the_drawer_hears_of_requests_and_of_events(scene: Scene, wide: WideBot) -> None:
    browser = await scene.browser()
    await browser.until("request", path="/users/@me")
    await browser.do("slash", channel=str(scene.sandbox.channel.id), command="where", options={})

    await browser.until("dispatch", name="INTERACTION_CREATE")
    request = await browser.until("request", method="POST")
    assert request["problems"] == []


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"do": "nothing"}, "nothing is called"),
        ({"do": "say", "channel": "1", "text": "x"}, "no such channel"),
        ({"do": "say", "channel": "../x", "text": "x"}, "no id"),
        ({"do": "say", "channel": 5, "text": "x"}, "no id"),
        ({"do": "edit", "message": "1", "text": "x"}, "no such message"),
        ({"do": "slash", "channel": "here", "command": "none", "options": {}}, "no command"),
        ({"do": "slash", "channel": "here", "command": "x", "options": []}, "no command"),
        ({"do": "slash", "channel": "here", "command": "x", "options": [1]}, "takes an object"),
        ({"do": "say", "channel": "here", "text": 5}, "takes text"),
        ({"do": "say", "channel": "here", "text": ""}, "empty message"),
        ({"do": "say", "channel": "here", "text": "x", "files": "y"}, "files"),
        ({"do": "say", "channel": "here", "text": "x", "files": [NO_FILE]}, "no file"),
    ],
)
async def test_what_the_page_would_not_send_is_refused_and_the_line_goes_on(
    scene: Scene, asked: dict[str, object], why: str
) -> None:
    browser = await scene.browser()
    here = str(scene.sandbox.channel.id)
    asked = {key: here if value == "here" else value for key, value in asked.items()}
    told = await browser.ask(str(asked.pop("do")), **asked)

    assert why in told["refused"]
    assert (await browser.do("become"))["me"]["name"] == "Ada"


async def test_what_is_no_json_does_not_end_the_line(scene: Scene) -> None:
    browser = await scene.browser()
    await browser.socket.send_str("{")
    await browser.socket.send_str("[1]")

    assert (await browser.do("become"))["me"]["name"] == "Ada"


async def test_closing_the_page_hangs_up(scene: Scene) -> None:
    browser = await scene.browser()
    await browser.do("become")
    await scene.page.__aexit__(None, None, None)

    assert (await browser.socket.receive(timeout=5)).data == 1001


async def test_what_is_attached_can_be_fetched(scene: Scene) -> None:
    said = scene.sandbox.post(
        scene.ada, scene.sandbox.channel, "", files=[File("a.png", b"\x89PNG", "image/png")]
    )
    browser = await scene.browser()
    seen = await browser.do("become")
    [item] = seen["messages"][str(scene.sandbox.channel.id)][0]["attachments"]
    async with scene.web.get(scene.base + item["url"]) as answer:
        assert await answer.read() == b"\x89PNG"
        assert answer.headers["Content-Disposition"] == "inline"
    assert said.attachments[0].file.name == item["name"]
