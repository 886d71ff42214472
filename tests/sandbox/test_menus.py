from __future__ import annotations

import pytest

from bot.sandbox import File, NotOfferedError, Sandbox
from tests.sandbox.wide_bot import WideBot


async def test_a_message_command_reads_everything_of_a_message_that_is_hidden_otherwise(
    sandbox: Sandbox, wide: WideBot
) -> None:
    ada, robot = sandbox.user("Ada"), sandbox.user("Robot", bot=True)
    embed = {"title": "A claim", "description": "It is so", "url": "https://a.b/c"}
    said = sandbox.post(
        robot, sandbox.channel, "read", files=[File("a.txt", b"proof")], embeds=[embed]
    )

    exchange = await sandbox.message_command(ada, "Look at this", said)

    target = wide.looked_at[0]
    assert (target.content, target.author.name) == ("read", "robot")
    assert (target.embeds[0].title, target.embeds[0].description) == ("A claim", "It is so")
    assert await target.attachments[0].read() == b"proof"
    assert (await wide.saw(1))[0].content == ""
    metadata = exchange.messages[0].interaction
    assert metadata is not None
    assert metadata["target_message_id"] == str(said.id)


async def test_the_bots_own_answers_have_the_menu_too(sandbox: Sandbox, wide: WideBot) -> None:
    ada = sandbox.user("Ada")
    shown = (await sandbox.slash(ada, "picture")).messages[0]

    await sandbox.message_command(ada, "Look at this", shown)

    assert wide.looked_at[0].id == shown.id
    assert len(wide.looked_at[0].components) == 2


async def test_the_menu_is_there_for_those_who_see_the_message(
    sandbox: Sandbox, wide: WideBot
) -> None:
    ada, bob = sandbox.user("Ada"), sandbox.user("Bob")
    shown = (await sandbox.slash(ada, "hidden")).messages[0]
    said = sandbox.post(ada, sandbox.channel, "gone")
    sandbox.delete(ada, said)

    with pytest.raises(NotOfferedError, match="does not see"):
        await sandbox.message_command(bob, "Look at this", shown)
    with pytest.raises(NotOfferedError, match="does not see"):
        await sandbox.message_command(ada, "Look at this", said)
    with pytest.raises(NotOfferedError, match="only \\['Look at this', 'Quote this'\\]"):
        await sandbox.message_command(ada, "ping", sandbox.post(ada, sandbox.channel, "x"))


async def test_a_command_in_a_persons_menu_gets_the_member(sandbox: Sandbox, wide: WideBot) -> None:
    ada, bob = sandbox.user("Ada"), sandbox.user("Bob")

    exchange = await sandbox.user_command(ada, "Greet", bob)

    assert exchange.text == f"Hello Bob of {sandbox.guild.id}"
    metadata = exchange.messages[0].interaction
    assert metadata is not None
    assert metadata["target_user"]["id"] == str(bob.id)


async def test_people_write_no_embeds(sandbox: Sandbox) -> None:
    with pytest.raises(NotOfferedError, match="embeds"):
        sandbox.post(sandbox.user("Ada"), sandbox.channel, "a", embeds=[{"title": "no"}])
