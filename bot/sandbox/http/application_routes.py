"""Routes about the bot itself: who it is, where its gateway is, which commands it has."""

from __future__ import annotations

from bot.sandbox import application_payloads, command_payloads, payloads
from bot.sandbox.errors import ApiError, invalid_form, missing_access
from bot.sandbox.events import Events
from bot.sandbox.gateway import Gateway
from bot.sandbox.http.call import Answer, Call, Route
from bot.sandbox.model import Command, Json
from bot.sandbox.rules import commands as rules
from bot.sandbox.world import World


class ApplicationRoutes:
    """Handlers that need the world, and the gateway's address."""

    def __init__(self, world: World, gateway: Gateway, events: Events) -> None:
        self._world = world
        self._gateway = gateway
        self._events = events

    def routes(self) -> list[Route]:
        """What is served."""
        everywhere = "/applications/{application}/commands"
        in_guild = "/applications/{application}/guilds/{guild}/commands"
        return [
            Route("GET", "/users/@me", self._me),
            Route("GET", "/oauth2/applications/@me", self._application),
            Route("GET", "/applications/@me", self._application),
            Route("GET", "/gateway/bot", self._gateway_address),
            Route("GET", everywhere, self._list),
            Route("PUT", everywhere, self._replace),
            Route("GET", in_guild, self._list),
            Route("PUT", in_guild, self._replace),
        ]

    async def _me(self, call: Call) -> Answer:
        return Answer(body=payloads.own_user(self._world.bot))

    async def _application(self, call: Call) -> Answer:
        return Answer(
            body=application_payloads.application(self._world.bot, self._world.guild.owner)
        )

    async def _gateway_address(self, call: Call) -> Answer:
        return Answer(body=application_payloads.gateway_address(self._gateway.url))

    async def _list(self, call: Call) -> Answer:
        return self._shown(self._scope(call), call.query.get("with_localizations") == "true")

    async def _replace(self, call: Call) -> Answer:
        scope = self._scope(call)
        definitions = call.body or []
        if not isinstance(definitions, list):
            raise ApiError(400, 50109, "The request body contains invalid JSON.")
        problems = rules.all_commands(definitions)
        if problems:
            raise invalid_form(problems)
        known = {(one.kind, one.name): one for one in self._world.commands[scope]}
        self._world.commands[scope] = [
            self._registered(definition, scope, known) for definition in definitions
        ]
        self._events.publish("commands_replaced", self._world.commands[scope])
        return self._shown(scope, True)

    def _registered(
        self, definition: Json, scope: int | None, known: dict[tuple[int, str], Command]
    ) -> Command:
        """Keeps the id of a command by the same name, and its version if nothing changed."""
        key = (int(definition.get("type") or rules.SLASH), str(definition["name"]))
        old = known.get(key)
        if old is None:
            number = self._world.new_id()
            return Command(number, scope, number, definition)
        same = old.definition == definition
        version = old.version if same else self._world.new_id()
        return Command(old.id, scope, version, definition, old.open_to_all)

    def _scope(self, call: Call) -> int | None:
        if call.path["application"] != str(self._world.application_id):
            raise ApiError(403, 20012, "You are not authorized to perform this action")
        if "guild" not in call.path:
            return None
        number = call.number("guild")
        if number not in [guild.id for guild in self._world.guilds_of_bot]:
            raise missing_access()
        return number

    def _shown(self, scope: int | None, localizations: bool) -> Answer:
        owner = self._world.application_id
        return Answer(
            body=[
                command_payloads.command(one, owner, localizations=localizations)
                for one in self._world.commands[scope]
            ]
        )
