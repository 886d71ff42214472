"""A bot that uses a little of everything, written as any discord.py bot is."""

from __future__ import annotations

import asyncio
import io
import re
from typing import Any, Self

import discord
from discord import app_commands, ui


class SmallBot(discord.Client):
    """What the stand-in is driven with; it records what it sees."""

    def __init__(self, intents: discord.Intents | None = None, *, sync: bool = True) -> None:
        wanted = intents or discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        super().__init__(
            intents=wanted,
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=0.05,
        )
        self.tree = app_commands.CommandTree(self)
        self.inbox: asyncio.Queue[discord.Message] = asyncio.Queue()
        self.resumed = asyncio.Event()
        self.identified = 0
        self.sync = sync
        self.go_on = asyncio.Event()
        self.errors: asyncio.Queue[BaseException] = asyncio.Queue()
        self.trouble: list[discord.HTTPException] = []
        plain: list[app_commands.Command[Any, ..., None]] = [ping, echo, slow, silent]
        plain += [buttons, form, gallery, upload]
        for command in plain:
            self.tree.add_command(command)
        self.tree.add_command(knowledge)
        self.tree.add_command(quote)
        self.tree.error(self.on_command_error)

    async def setup_hook(self) -> None:
        self.add_view(Buttons())
        self.add_dynamic_items(Counter)
        if self.sync:
            await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        # discord.py's own waits five seconds before it identifies again.
        self.identified += 1

    async def on_command_error(
        self, interaction: discord.Interaction, error: app_commands.AppCommandError
    ) -> None:
        self.errors.put_nowait(error.__cause__ or error)

    async def on_resumed(self) -> None:
        self.resumed.set()

    async def saw(self, count: int) -> list[discord.Message]:
        """The next few messages that reached the bot, its own among them."""
        async with asyncio.timeout(5):
            return [await self.inbox.get() for _ in range(count)]

    async def on_message(self, message: discord.Message) -> None:
        self.inbox.put_nowait(message)
        assert self.user is not None
        if message.author.bot:
            return
        if message.guild is None or self.user in message.mentions:
            try:
                async with message.channel.typing():
                    await message.reply(f"You said: {message.content}", mention_author=False)
            except discord.HTTPException as error:
                self.trouble.append(error)


class Buttons(ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)

    @ui.button(label="Change", custom_id="change")
    async def change(self, interaction: discord.Interaction, _: ui.Button[Self]) -> None:
        await interaction.response.edit_message(content="Changed", view=self)

    @ui.button(label="Later", custom_id="later")
    async def later(self, interaction: discord.Interaction, _: ui.Button[Self]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="Changed later")

    @ui.select(
        custom_id="colour",
        options=[discord.SelectOption(label="Red"), discord.SelectOption(label="Blue")],
    )
    async def colour(self, interaction: discord.Interaction, chosen: ui.Select[Self]) -> None:
        await interaction.response.send_message(chosen.values[0], ephemeral=True)


class Counter(ui.DynamicItem[ui.Button[ui.View]], template=r"count:(?P<n>\d+)"):
    def __init__(self, n: int) -> None:
        self.n = n
        super().__init__(ui.Button(label=str(n), custom_id=f"count:{n}"))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[Any], match: re.Match[str]
    ) -> Self:
        return cls(int(match["n"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        view = ui.View(timeout=None)
        view.add_item(Counter(self.n + 1))
        await interaction.response.edit_message(view=view)


class Form(ui.Modal, title="A form"):
    name: ui.Label[Self] = ui.Label(text="Your name", component=ui.TextInput(custom_id="name"))
    paper: ui.Label[Self] = ui.Label(
        text="A file", component=ui.FileUpload(custom_id="paper", required=False)
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.name.component, ui.TextInput)
        assert isinstance(self.paper.component, ui.FileUpload)
        sizes = [len(await file.read()) for file in self.paper.component.values]
        await interaction.response.send_message(f"{self.name.component.value} sent {sizes}")


class Gallery(ui.LayoutView):
    card: ui.Container[Self] = ui.Container(
        ui.TextDisplay("# A card"),
        ui.Section(
            "With a button",
            accessory=ui.Button(style=discord.ButtonStyle.link, label="Open", url="https://a.b/c"),
        ),
        ui.Separator(),
        ui.MediaGallery(discord.MediaGalleryItem("attachment://dot.png", description="A dot")),
        accent_colour=0x336699,
    )


@app_commands.command(description="Answers at once")
async def ping(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("pong")


@app_commands.command(description="Says it again")
@app_commands.describe(text="What to say", times="How often")
async def echo(
    interaction: discord.Interaction, text: str, times: app_commands.Range[int, 1, 3] = 1
) -> None:
    await interaction.response.send_message(text * times)


@app_commands.command(description="Thinks, then answers twice")
async def slow(interaction: discord.Interaction[SmallBot], wait: bool = False) -> None:
    await interaction.response.defer(ephemeral=True)
    if wait:
        await interaction.client.go_on.wait()
    await interaction.edit_original_response(content="Thought about it")
    await interaction.followup.send("And", file=discord.File(io.BytesIO(b"more"), "more.txt"))


@app_commands.command(description="Never answers")
async def silent(interaction: discord.Interaction) -> None:
    return


@app_commands.command(description="Shows buttons")
async def buttons(interaction: discord.Interaction) -> None:
    view = Buttons()
    view.add_item(Counter(1))
    await interaction.response.send_message("Press", view=view)


@app_commands.command(description="Opens a form")
async def form(interaction: discord.Interaction) -> None:
    await interaction.response.send_modal(Form())


@app_commands.command(description="Shows a layout")
async def gallery(interaction: discord.Interaction) -> None:
    picture = discord.File(io.BytesIO(b"\x89PNG"), "dot.png")
    await interaction.response.send_message(view=Gallery(), file=picture)


@app_commands.command(description="Reads a file")
async def upload(interaction: discord.Interaction, file: discord.Attachment) -> None:
    content = await file.read()
    await interaction.response.send_message(f"{file.filename}: {content.decode()}")


class Knowledge(app_commands.Group):
    @app_commands.command(description="Finds a thing")
    async def find(self, interaction: discord.Interaction, thing: str) -> None:
        await interaction.response.send_message(f"Found {thing}")

    @find.autocomplete("thing")
    async def things(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        known = ["apple", "apricot", "pear"]
        return [app_commands.Choice(name=k, value=k) for k in known if k.startswith(typed)]

    @app_commands.command(description="Refreshes")
    async def refresh(self, interaction: discord.Interaction) -> None:
        may = interaction.permissions.manage_guild
        await interaction.response.send_message("Fresh" if may else "You may not")


knowledge = Knowledge(
    name="knowledge",
    description="For moderators",
    default_permissions=discord.Permissions(manage_guild=True),
    guild_only=True,
)


@app_commands.context_menu(name="Quote this")
async def quote(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"> {message.content}")
