"""What somebody at the page can do, by name: each takes JSON and gives JSON.

It says what a person wants to the sandbox and decides nothing itself.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.sandbox.exchange import Exchange
from bot.sandbox.model import Json, User
from bot.sandbox.page import given
from bot.sandbox.page.offered import choice, offered_commands
from bot.sandbox.page.shown import Shown, person
from bot.sandbox.sandbox import Sandbox

LOCALES = ("en-US", "it")
MOST_FORMS = 50


@dataclass(eq=False)
class Seat:
    """Who sits at one browser, and the forms that were opened there."""

    viewer: User
    forms: dict[str, Exchange] = field(default_factory=dict)


Action = Callable[[Seat, Json], Awaitable[Json]]


class Actions:
    """Everything that can be done at the page.

    Args:
        people: who may be played, and as what: the name of their part, for the page to show.
    """

    def __init__(self, sandbox: Sandbox, shown: Shown, people: dict[User, str]) -> None:
        self._sandbox = sandbox
        self._world = sandbox.world
        self._shown = shown
        self._people = people
        self._by_name: dict[str, Action] = {
            "become": self._become,
            "commands": self._commands,
            "say": self._say,
            "edit": self._edit,
            "delete": self._delete,
            "react": self._react,
            "slash": self._slash,
            "complete": self._complete,
            "menu": self._menu,
            "press": self._press,
            "select": self._select,
            "submit": self._submit,
        }

    def named(self, name: object) -> Action:
        """The action by a name; ValueError if there is none."""
        action = self._by_name.get(name) if isinstance(name, str) else None
        if action is None:
            raise ValueError(f"nothing is called {name!r}")
        return action

    def seat(self) -> Seat:
        """A seat for the first of the people."""
        return Seat(next(iter(self._people)))

    async def _become(self, seat: Seat, data: Json) -> Json:
        """Sits down as somebody, with their Discord in a language; gives all that they see."""
        by_id = {str(one.id): one for one in self._people}
        if data.get("person") in by_id:
            seat.viewer = by_id[data["person"]]
        if data.get("locale") in LOCALES:
            seat.viewer.locale = data["locale"]
        viewer = seat.viewer
        self._sandbox.direct(viewer)
        seen = [one for one in self._world.channels.values() if self._world.sees(viewer, one)]
        roles = [role for guild in self._world.guilds.values() for role in guild.roles.values()]
        return {
            "me": person(viewer),
            "people": [person(one) | {"part": told} for one, told in self._people.items()],
            "everybody": [person(one) for one in self._world.users.values()],
            "roles": [{"id": str(one.id), "name": one.name} for one in roles],
            "bot": person(self._world.bot),
            "online": self._sandbox.connected,
            "guild": self._world.guild.name,
            "channels": self._shown.channels(viewer),
            "messages": {str(one.id): self._shown.messages(viewer, one) for one in seen},
        }

    async def _commands(self, seat: Seat, data: Json) -> Json:
        where = given.channel(self._world, seat.viewer, data)
        return offered_commands(self._world, seat.viewer, where)

    async def _say(self, seat: Seat, data: Json) -> Json:
        viewer = seat.viewer
        where = given.channel(self._world, viewer, data)
        answered = data.get("reply_to")
        said = self._sandbox.post(
            viewer,
            where,
            given.text(data, "text"),
            reply_to=given.message(self._world, viewer, answered) if answered else None,
            ping=data.get("ping") is not False,
            files=given.files(data.get("files") or []),
        )
        return {"message": str(said.id)}

    async def _edit(self, seat: Seat, data: Json) -> Json:
        message = given.message(self._world, seat.viewer, data.get("message"))
        self._sandbox.edit(seat.viewer, message, given.text(data, "text"))
        return {}

    async def _delete(self, seat: Seat, data: Json) -> Json:
        message = given.message(self._world, seat.viewer, data.get("message"))
        self._sandbox.delete(seat.viewer, message)
        return {}

    async def _react(self, seat: Seat, data: Json) -> Json:
        message = given.message(self._world, seat.viewer, data.get("message"))
        emoji = given.text(data, "emoji")
        if seat.viewer in message.reactions.get(emoji, []):
            self._sandbox.unreact(seat.viewer, message, emoji)
        else:
            self._sandbox.react(seat.viewer, message, emoji)
        return {}

    async def _slash(self, seat: Seat, data: Json) -> Json:
        where = given.channel(self._world, seat.viewer, data)
        path = given.text(data, "command")
        options = given.options(self._world, seat.viewer, _object(data, "options"), path, where)
        exchange = await self._sandbox.slash(seat.viewer, path, channel=where, **options)
        return self._outcome(seat, exchange)

    async def _complete(self, seat: Seat, data: Json) -> Json:
        where = given.channel(self._world, seat.viewer, data)
        path = given.text(data, "command")
        options = given.options(self._world, seat.viewer, _object(data, "options"), path, where)
        exchange = await self._sandbox.autocomplete(
            seat.viewer,
            path,
            given.text(data, "option"),
            given.text(data, "typed"),
            channel=where,
            **options,
        )
        locale = seat.viewer.locale
        offered = [choice(one, locale) for one in exchange.choices]
        return {"answered": exchange.answered, "choices": offered}

    async def _menu(self, seat: Seat, data: Json) -> Json:
        message = given.message(self._world, seat.viewer, data.get("message"))
        name = given.text(data, "command")
        exchange = await self._sandbox.message_command(seat.viewer, name, message)
        return self._outcome(seat, exchange)

    async def _press(self, seat: Seat, data: Json) -> Json:
        message = given.message(self._world, seat.viewer, data.get("message"))
        pressed = given.text(data, "custom_id")
        return self._outcome(seat, await self._sandbox.press(seat.viewer, message, pressed))

    async def _select(self, seat: Seat, data: Json) -> Json:
        message = given.message(self._world, seat.viewer, data.get("message"))
        custom_id = given.text(data, "custom_id")
        component = message.component(custom_id)
        values = given.selected(self._world, component, data.get("values"))
        exchange = await self._sandbox.select(seat.viewer, message, custom_id, *values)
        return self._outcome(seat, exchange)

    async def _submit(self, seat: Seat, data: Json) -> Json:
        number = given.text(data, "form")
        opened_by = seat.forms.get(number)
        if opened_by is None or opened_by.modal is None:
            raise ValueError("this form is no longer open")
        values = given.fields(self._world, opened_by.modal, _object(data, "values"))
        exchange = await self._sandbox.submit_modal(opened_by, values)
        return self._outcome(seat, exchange)

    def _outcome(self, seat: Seat, exchange: Exchange) -> Json:
        told: Json = {"interaction": str(exchange.id), "answered": exchange.answered}
        if exchange.modal is not None:
            number = str(exchange.id)
            seat.forms[number] = exchange
            while len(seat.forms) > MOST_FORMS:
                del seat.forms[next(iter(seat.forms))]
            shown = self._shown.components(exchange.modal["components"])
            told["form"] = exchange.modal | {"components": shown, "id": number}
        return told


def _object(data: Json, key: str) -> Json:
    value = data.get(key) or {}
    if not isinstance(value, dict):
        raise ValueError(f"{key!r} takes an object")
    return value
