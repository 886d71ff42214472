"""A bot for people who install it, and for forms of every kind."""

from __future__ import annotations

import asyncio
import io
from typing import Any, Self

import discord
from discord import app_commands, ui

from tests.sandbox.small_bot import SmallBot


class WideBot(SmallBot):
    """A small bot with more commands; it keeps the interactions and the events that it got."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        super().__init__(intents)
        self.seen: asyncio.Queue[discord.Interaction] = asyncio.Queue()
        self.heard: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
        self.looked_at: list[discord.Message] = []
        commands: list[app_commands.Command[Any, ..., None]] = [where, mine, guilds_only, many]
        commands += [everything, hidden, picture, lonely, travel, open_form]
        for command in commands:
            self.tree.add_command(command)
        self.tree.add_command(look)
        self.tree.add_command(greet)

    async def setup_hook(self) -> None:
        self.add_view(Openers())
        await super().setup_hook()

    async def next_event(self) -> tuple[str, Any]:
        async with asyncio.timeout(5):
            return await self.heard.get()

    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        self.heard.put_nowait(("edit", event))

    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        self.heard.put_nowait(("delete", event))

    async def on_raw_reaction_add(self, event: discord.RawReactionActionEvent) -> None:
        self.heard.put_nowait(("react", event))

    async def on_raw_reaction_remove(self, event: discord.RawReactionActionEvent) -> None:
        self.heard.put_nowait(("unreact", event))

    async def on_raw_reaction_clear(self, event: discord.RawReactionClearEvent) -> None:
        self.heard.put_nowait(("clear", event))

    async def on_raw_thread_update(self, event: discord.RawThreadUpdateEvent) -> None:
        self.heard.put_nowait(("thread", event))

    async def on_guild_channel_update(
        self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        self.heard.put_nowait(("channel", after))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        self.heard.put_nowait(("channel gone", channel))

    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        self.heard.put_nowait(("thread gone", event))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self.heard.put_nowait(("joined", guild))


@app_commands.command(description="Says where it is")
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def where(interaction: discord.Interaction[WideBot]) -> None:
    interaction.client.seen.put_nowait(interaction)
    view = ui.View(timeout=None)
    view.add_item(ui.Button(label="Again", custom_id="again"))
    await interaction.response.send_message("here", view=view)


@app_commands.command(description="For those who installed it")
@app_commands.allowed_installs(guilds=False, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def mine(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("yours")


@app_commands.command(description="For guilds")
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
async def guilds_only(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("a guild")


@app_commands.command(description="Follows up again and again")
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def many(interaction: discord.Interaction, times: int) -> None:
    await interaction.response.send_message("first")
    for number in range(times):
        await interaction.followup.send(str(number))


@app_commands.context_menu(name="Look at this")
async def look(interaction: discord.Interaction[WideBot], message: discord.Message) -> None:
    interaction.client.looked_at.append(message)
    await interaction.response.send_message("seen", ephemeral=True)


@app_commands.context_menu(name="Greet")
async def greet(interaction: discord.Interaction, person: discord.Member) -> None:
    await interaction.response.send_message(f"Hello {person.display_name} of {person.guild.id}")


class Everything(ui.Modal, title="Everything"):
    colour: ui.Label[Self] = ui.Label(
        text="Colour",
        component=ui.Select(
            custom_id="colour",
            options=[discord.SelectOption(label="Red"), discord.SelectOption(label="Blue")],
            required=False,
        ),
    )
    size: ui.Label[Self] = ui.Label(
        text="Size",
        component=ui.RadioGroup(
            custom_id="size",
            options=[
                discord.RadioGroupOption(label="Small"),
                discord.RadioGroupOption(label="Large", default=True),
            ],
        ),
    )
    extras: ui.Label[Self] = ui.Label(
        text="Extras",
        component=ui.CheckboxGroup(
            custom_id="extras",
            options=[
                discord.CheckboxGroupOption(label="Salt"),
                discord.CheckboxGroupOption(label="Pepper"),
            ],
        ),
    )
    sure: ui.Label[Self] = ui.Label(text="Sure?", component=ui.Checkbox(custom_id="sure"))
    note: ui.Label[Self] = ui.Label(
        text="A note",
        component=ui.TextInput(custom_id="note", min_length=3, max_length=5, required=False),
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        told = []
        for label in (self.colour, self.size, self.extras, self.sure, self.note):
            field: Any = label.component
            told.append(str(getattr(field, "values", None) or getattr(field, "value", None)))
        await interaction.response.send_message(" | ".join(told))


@app_commands.command(description="Opens a form with everything")
async def everything(interaction: discord.Interaction) -> None:
    await interaction.response.send_modal(Everything(timeout=60))


class Openers(ui.View):
    def __init__(self) -> None:
        super().__init__(timeout=None)

    @ui.button(label="Open", custom_id="open")
    async def by_button(self, interaction: discord.Interaction, _: ui.Button[Self]) -> None:
        await interaction.response.send_modal(Renaming(timeout=60))

    @ui.select(custom_id="choose", options=[discord.SelectOption(label="Form")])
    async def by_select(self, interaction: discord.Interaction, _: ui.Select[Self]) -> None:
        await interaction.response.send_modal(Renaming(timeout=60))


class Renaming(ui.Modal, title="Rename"):
    name: ui.Label[Self] = ui.Label(text="Name", component=ui.TextInput(custom_id="name"))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.name.component, ui.TextInput)
        await interaction.response.edit_message(content=self.name.component.value)


@app_commands.command(description="Offers ways to open a form")
async def open_form(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("Nameless", view=Openers())


@app_commands.command(description="Shows something to one person")
async def hidden(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("For you", view=Openers(), ephemeral=True)


@app_commands.command(description="Shows a picture and a file")
async def picture(interaction: discord.Interaction) -> None:
    view = ui.LayoutView(timeout=None)
    item = discord.MediaGalleryItem("attachment://line.png", description="A line going up")
    view.add_item(ui.MediaGallery(item))
    view.add_item(ui.File("attachment://data.csv"))
    files = [
        discord.File(io.BytesIO(b"\x89PNG line"), "line.png", description="A line going up"),
        discord.File(io.BytesIO(b"1,2"), "data.csv"),
    ]
    await interaction.response.send_message(view=view, files=files)


@app_commands.command(description="Sends a file that nothing shows")
async def lonely(interaction: discord.Interaction) -> None:
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay("No picture"))
    await interaction.response.send_message(view=view, file=discord.File(io.BytesIO(b"x"), "x.png"))


CITIES = {"it": ["Roma", "Milano"], "en-US": ["Rome", "Milan"]}


@app_commands.command(
    name=app_commands.locale_str("travel"), description=app_commands.locale_str("Travels")
)
async def travel(interaction: discord.Interaction, country: str, city: str) -> None:
    await interaction.response.send_message(f"{city}, {country}")


@travel.autocomplete("city")
async def cities(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
    known = CITIES[str(interaction.locale)]
    country = interaction.namespace.country
    return [
        app_commands.Choice(name=f"{city}, {country}", value=city)
        for city in known
        if city.startswith(typed)
    ]


class Italian(app_commands.Translator):
    """Knows two words."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        if locale is not discord.Locale.italian:
            return None
        return {"travel": "viaggia", "Travels": "Viaggia"}.get(string.message)
