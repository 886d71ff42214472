"""Routes that answer interactions: the callback, and the webhook behind each token."""

from __future__ import annotations

from bot.sandbox import payloads
from bot.sandbox.errors import unknown_webhook
from bot.sandbox.exchange import Exchange
from bot.sandbox.http.call import Answer, Call, Route
from bot.sandbox.interactions import Interactions
from bot.sandbox.model import Message
from bot.sandbox.world import World


class InteractionRoutes:
    """Handlers that find the interaction and pass the body on; the token is all they need."""

    def __init__(self, world: World, interactions: Interactions) -> None:
        self._world = world
        self._interactions = interactions

    def routes(self) -> list[Route]:
        """What is served."""
        webhook = "/webhooks/{application}/{token}"
        message = webhook + "/messages/{message}"
        callback = "/interactions/{interaction}/{token}/callback"
        return [
            Route("POST", callback, self._answer, needs_token=False),
            Route("POST", webhook, self._follow_up, needs_token=False),
            Route("GET", message, self._show, needs_token=False),
            Route("PATCH", message, self._edit, needs_token=False),
            Route("DELETE", message, self._delete, needs_token=False),
        ]

    async def _answer(self, call: Call) -> Answer:
        number, token = call.number("interaction"), call.path["token"]
        result = self._interactions.answer(number, token, call.form, call.files)
        if call.query.get("with_response") in ("1", "true"):
            return Answer(body=result)
        return Answer(204)

    async def _follow_up(self, call: Call) -> Answer:
        message = self._interactions.follow_up(self._exchange(call), call.form, call.files)
        if call.query.get("wait") == "false":
            return Answer(204)
        return Answer(body=payloads.message(message))

    async def _show(self, call: Call) -> Answer:
        return Answer(body=payloads.message(self._message(call, self._exchange(call))))

    async def _edit(self, call: Call) -> Answer:
        exchange = self._exchange(call)
        message = self._message(call, exchange)
        self._interactions.edit(exchange, message, call.form, call.files)
        return Answer(body=payloads.message(message))

    async def _delete(self, call: Call) -> Answer:
        exchange = self._exchange(call)
        self._interactions.delete(exchange, self._message(call, exchange))
        return Answer(204)

    def _exchange(self, call: Call) -> Exchange:
        if call.path["application"] != str(self._world.application_id):
            raise unknown_webhook()
        return self._interactions.behind(call.path["token"])

    def _message(self, call: Call, exchange: Exchange) -> Message:
        if call.path["message"] == "@original":
            return self._interactions.original(exchange)
        return self._interactions.sent(exchange, call.number("message"))
