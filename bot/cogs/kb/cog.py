"""The commands `/kb …` and the Apps menu's "Add to knowledge base".

Every command goes through the gate (`acting`); here it only gets its name and its options. Must not
know how anything is done.
"""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.desk import Desk
from bot.cogs.kb import choosing, drafts, going_back, members, proposals, reading
from bot.cogs.kb.acting import act, is_moderator
from bot.cogs.kb.announcing import Announcer
from bot.cogs.kb.office import Office
from bot.moderation.schedule import keep_fresh

_MOST_REASON = 200

_Reason = app_commands.Range[str, 1, _MOST_REASON]
_Number = app_commands.Range[int, 1, 999_999_999]


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class Kb(commands.GroupCog, group_name="kb", group_description="Keep the knowledge base fresh"):
    """The commands of moderators; who sees them is only a hint, the gate decides."""

    def __init__(self, bot: commands.Bot, desk: Desk, office: Office) -> None:
        self._bot = bot
        self._desk = desk
        self._office = office
        self._menu = app_commands.ContextMenu(
            name="Add to knowledge base",
            callback=self.add_message,
            allowed_contexts=app_commands.AppCommandContext(guild=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        self._menu.default_permissions = discord.Permissions(manage_guild=True)
        self._announcer: Announcer | None = None
        self._schedule: asyncio.Task[None] | None = None

    async def cog_load(self) -> None:
        """Adds the menu, listens to what is done, and keeps the sources fresh."""
        self._bot.tree.add_command(self._menu)
        office = self._office
        self._announcer = Announcer(self._bot, self._desk, office)
        office.publisher.audit.listen(self._announcer.heard)
        if office.scheduled:
            self._schedule = asyncio.create_task(
                keep_fresh(
                    office.publisher, office.open_fetcher, office.states, self._announcer.tell
                )
            )

    async def cog_unload(self) -> None:
        """Ends all of it."""
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)
        if self._schedule is not None:
            self._schedule.cancel()
            await asyncio.wait([self._schedule])
        if self._announcer is not None:
            self._office.publisher.audit.ignore(self._announcer.heard)
            await self._announcer.finish()

    async def add_message(self, interaction: discord.Interaction, message: discord.Message) -> None:
        """Drafts the file or link of a message."""
        await act(interaction, drafts.add_from_message, message)

    @app_commands.command(description="Add an article: an address, a file, or a text to paste")
    @app_commands.describe(
        address="Where the article is on the web",
        file="Text, Markdown, HTML, PDF or DOCX",
    )
    async def add(
        self,
        interaction: discord.Interaction,
        address: str | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        """Shows what would be stored."""
        await act(interaction, drafts.add, address, file)

    @app_commands.command(description="Fetch all sources and show what is new")
    async def refresh(self, interaction: discord.Interaction) -> None:
        """Ends in a preview."""
        await act(interaction, proposals.refresh)

    @app_commands.command(name="list", description="All articles")
    async def list_(self, interaction: discord.Interaction) -> None:
        """Shows the first page."""
        await act(interaction, reading.list_articles)

    @app_commands.command(description="One article, with all its passages")
    @app_commands.describe(article="The article's id")
    async def show(self, interaction: discord.Interaction, article: str) -> None:
        """Shows the first page."""
        await act(interaction, reading.show_article, article)

    @app_commands.command(description="Remove an article; it can be undone")
    @app_commands.describe(article="The article's id", why="For the history")
    async def remove(
        self, interaction: discord.Interaction, article: str, why: _Reason = ""
    ) -> None:
        """Shows what that would change."""
        await act(interaction, proposals.remove, article, why)

    @app_commands.command(description="Who published what, when and why")
    async def history(self, interaction: discord.Interaction) -> None:
        """Shows the first page."""
        await act(interaction, reading.history)

    @app_commands.command(description="Take back the last revision")
    @app_commands.describe(why="For the history")
    async def undo(self, interaction: discord.Interaction, why: _Reason = "") -> None:
        """Publishes the state before it."""
        await act(interaction, going_back.undo, why)

    @app_commands.command(description="Publish an earlier revision once more")
    @app_commands.describe(revision="The revision's number", why="For the history")
    async def restore(
        self, interaction: discord.Interaction, revision: _Number, why: _Reason = ""
    ) -> None:
        """Publishes its state."""
        await act(interaction, going_back.restore, revision, why)

    @app_commands.command(description="What two revisions differ in")
    @app_commands.describe(before="The earlier revision", after="The later revision")
    async def diff(self, interaction: discord.Interaction, before: _Number, after: _Number) -> None:
        """Shows the first page."""
        await act(interaction, reading.diff, str(before), str(after))

    @app_commands.command(description="Look for faults in all files")
    async def check(self, interaction: discord.Interaction) -> None:
        """Shows the first page."""
        await act(interaction, reading.check)

    @app_commands.command(description="Download all articles as a zip")
    async def export(self, interaction: discord.Interaction) -> None:
        """Attaches it."""
        await act(interaction, reading.export)

    @app_commands.command(description="Revision, articles, sources, hand edits, what waits")
    async def status(self, interaction: discord.Interaction) -> None:
        """Shows all of it."""
        await act(interaction, reading.status)

    @app_commands.command(description="Questions that found no answer, most frequent first")
    async def gaps(self, interaction: discord.Interaction) -> None:
        """Shows the first page."""
        await act(interaction, members.gaps)

    @app_commands.command(description="Passages that members reported")
    async def reports(self, interaction: discord.Interaction) -> None:
        """Shows the first page."""
        await act(interaction, members.reports)

    @app_commands.command(description="Choose the passage that answers a question")
    @app_commands.describe(
        question="The question, in its words",
        passage="Type what it says; leave it out to take the pin away",
    )
    async def pin(
        self, interaction: discord.Interaction, question: str, passage: str | None = None
    ) -> None:
        """Shows what that would change."""
        await act(interaction, proposals.pin, question, passage)

    @show.autocomplete("article")
    @remove.autocomplete("article")
    async def choose_article(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Articles by id and title."""
        if not is_moderator(interaction, self._office):
            return []
        return choosing.articles(self._desk, typed)

    @restore.autocomplete("revision")
    @diff.autocomplete("before")
    @diff.autocomplete("after")
    async def choose_revision(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[int]]:
        """Revisions by number, day and reason."""
        if not is_moderator(interaction, self._office):
            return []
        return await choosing.revisions(self._office, typed, self._desk.wording(interaction))

    @pin.autocomplete("question")
    async def choose_pinned(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Questions that have a pin; any other may be written."""
        if not is_moderator(interaction, self._office):
            return []
        return await choosing.pinned_questions(self._office, typed)

    @pin.autocomplete("passage")
    async def choose_passage(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Passages that answer what is typed, or the question."""
        if not is_moderator(interaction, self._office):
            return []
        question = choosing.typed_before(interaction, "question")
        return await choosing.passages(self._desk, question, typed)
