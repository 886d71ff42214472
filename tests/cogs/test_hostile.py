"""An article full of Markdown, mentions, links, invites and endless paragraphs stays inert."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sandbox import Message, Sandbox
from tests.support.desk import button, client, open_desk
from tests.support.quarrel import ARTICLES, open_quarrel, small_article
from tests.support.reading import as_read
from tests.support.wire import online

LIVE = (
    "Xylophone @everyone @here <@{user}> <@!1> <@&2> <#3> </ask:4> <t:0:R> <:smile:5> :smile:",
    "**bold** __line__ ~~gone~~ ||hidden|| `code` ```block``` ***all*** _it_ *it*",
    "[click](https://evil.example) <https://evil.example> https://evil.example discord.gg/invite",
    "> quote\n>>> quotes\n# Heading\n-# small\n- list\n* list\n+ list\n1. first\n2) second",
    "\\*escaped\\* \\\\ and a tail of backslashes \\\\\\",
)
QUESTION = "What about the xylophone?"


@pytest.mark.parametrize("locale", ["en-US", "it"])
async def test_what_would_mean_something_to_discord_is_read_as_it_is_stored(
    discord: Sandbox, tmp_path: Path, locale: str
) -> None:
    ada = discord.user("Ada", locale=locale, permissions=1 << 17)
    text = "\n\n".join(LIVE).format(user=ada.id)
    hostile = small_article("hostile", text, title=f"# [x](https://a.b) <@{ada.id}> @everyone")
    knowledge = open_quarrel(tmp_path, [*ARTICLES, hostile])
    with open_desk(knowledge) as desk:
        async with online(client(desk), discord):
            answer = await discord.slash(ada, "ask", question=QUESTION)
            said = discord.post(ada, discord.channel, f"{discord.bot.mention} {QUESTION}")
            await discord.until(lambda: said.replies)
            context = await discord.press(ada, *button(answer.messages, "context"))
            sources = await discord.slash(ada, "sources")
            typed = await discord.autocomplete(ada, "ask", "question", "# [x]")

    stored = [passage.text for passage in knowledge.passages_of("hostile")]
    assert "".join(bodies(answer.messages)[:1]) == stored[0]
    assert bodies(said.replies)[0] == stored[0]
    assert stored[0] in bodies(context.messages)
    everything = [*answer.messages, *said.replies, *context.messages, *sources.messages]
    assert not any(one.mentions or one.mentions_everyone for one in everything)
    assert not any(one.mentioned_roles for one in everything)
    assert typed.choices[0]["name"].startswith("# [x]")


async def test_paragraphs_of_six_thousand_characters_arrive_whole(
    discord: Sandbox, tmp_path: Path
) -> None:
    endless = ", ".join(f"the xylophone *rang* at <@{n}> in the valley" for n in range(150))
    sentences = " ".join(f"The xylophone number {n} rang in the valley." for n in range(150))
    articles = [
        small_article("endless", f"{endless}.", title="Endless"),
        small_article("long", sentences, title="Long"),
    ]
    knowledge = open_quarrel(tmp_path, [*ARTICLES, *articles])
    with open_desk(knowledge) as desk:
        async with online(client(desk), discord):
            ada = discord.user("Ada")
            answer = await discord.slash(ada, "ask", question="Which xylophone rang?")
            cited = knowledge.answer("Which xylophone rang?").citations
            whole = "".join(one.passage.text for one in cited)
            await discord.until(lambda: "".join(bodies(answer.messages)) == whole)
            said = discord.post(
                ada, discord.channel, f"{discord.bot.mention} Which xylophone rang?"
            )
            await discord.until(lambda: "".join(bodies(said.replies)) == whole)
            context = await discord.press(ada, *button(answer.messages, "context"))
            middle = cited[0].passage.text
            await discord.until(lambda: middle in "".join(bodies(context.messages)))

    assert len(whole) > 6000
    assert len(answer.messages) > 1


def bodies(messages: list[Message]) -> list[str]:
    """What is read of passages: the texts that stand between a head and what belongs below."""
    found = []
    for message in messages:
        for container in message.components:
            parts = container["components"]
            if len(parts) > 1 and parts[1]["type"] == 10 and not small(parts[1]["content"]):
                found.append(as_read(parts[1]["content"]))
    return found


def small(text: str) -> bool:
    return text.startswith("-# ")
