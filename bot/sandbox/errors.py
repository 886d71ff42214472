"""How Discord says no: one exception, its codes, and the nested error body of code 50035."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.sandbox.model import Json


@dataclass(frozen=True)
class Problem:
    """One broken rule: where in the body, Discord's name for it, and the sentence it sends."""

    path: tuple[str | int, ...]
    code: str
    message: str

    def under(self, *prefix: str | int) -> Problem:
        """The same problem seen from further out."""
        return Problem((*prefix, *self.path), self.code, self.message)

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path))}: {self.message} ({self.code})"


class ApiError(Exception):
    """A request is turned down, with an HTTP status and one of Discord's codes."""

    def __init__(
        self, status: int, code: int, message: str, problems: Sequence[Problem] = ()
    ) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.message = message
        self.problems = list(problems)

    def body(self) -> Json:
        """The JSON a client gets."""
        payload: Json = {"message": self.message, "code": self.code}
        if self.problems:
            payload["errors"] = nested(self.problems)
        return payload


def nested(problems: Sequence[Problem]) -> Json:
    """Discord's tree of errors: keys follow the body, the leaves are lists under `_errors`."""
    tree: Json = {}
    for problem in problems:
        place = tree
        for key in problem.path:
            place = place.setdefault(str(key), {})
        leaf = {"code": problem.code, "message": problem.message}
        place.setdefault("_errors", []).append(leaf)
    return tree


def invalid_form(problems: Sequence[Problem]) -> ApiError:
    """50035, for a body that breaks rules."""
    return ApiError(400, 50035, "Invalid Form Body", problems)


def unauthorized() -> ApiError:
    """The token is missing or wrong."""
    return ApiError(401, 0, "401: Unauthorized")


def not_found() -> ApiError:
    """No such route."""
    return ApiError(404, 0, "404: Not Found")


def unknown_channel() -> ApiError:
    """10003."""
    return ApiError(404, 10003, "Unknown Channel")


def unknown_message() -> ApiError:
    """10008."""
    return ApiError(404, 10008, "Unknown Message")


def unknown_webhook() -> ApiError:
    """10015: also what an interaction's token gets before its first answer."""
    return ApiError(404, 10015, "Unknown Webhook")


def unknown_interaction() -> ApiError:
    """10062: never existed, or its three seconds are over."""
    return ApiError(404, 10062, "Unknown interaction")


def already_acknowledged() -> ApiError:
    """40060: a second first answer."""
    return ApiError(400, 40060, "Interaction has already been acknowledged.")


def expired_token() -> ApiError:
    """50027: an interaction's token after its quarter of an hour."""
    return ApiError(401, 50027, "Invalid Webhook Token")


def empty_message() -> ApiError:
    """50006."""
    return ApiError(400, 50006, "Cannot send an empty message")


def not_your_message() -> ApiError:
    """50005."""
    return ApiError(403, 50005, "Cannot edit a message authored by another user")


def missing_permissions() -> ApiError:
    """50013."""
    return ApiError(403, 50013, "Missing Permissions")


def missing_access() -> ApiError:
    """50001: a channel that the bot does not see."""
    return ApiError(403, 50001, "Missing Access")


def archived_thread() -> ApiError:
    """50083."""
    return ApiError(400, 50083, "Thread is archived")


def no_history_to_reply_to() -> ApiError:
    """160002."""
    return ApiError(403, 160002, "Cannot reply without permission to read message history")


def too_many_follow_ups() -> ApiError:
    """40094: the sixth where the app is installed for the person alone."""
    message = "This interaction has hit the maximum number of follow up messages."
    return ApiError(400, 40094, message)


def unknown_emoji() -> ApiError:
    """10014."""
    return ApiError(400, 10014, "Unknown Emoji")
