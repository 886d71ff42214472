"""One request on its way through the stand-in, and what a route is."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.errors import ApiError, Problem, invalid_form
from bot.sandbox.model import File, Json


@dataclass(eq=False)
class Request:
    """A request as the log keeps it.

    `problems` are the rules it broke, for which it was refused; `faults` is what Discord's
    description holds against it, if there is one.
    """

    method: str
    path: str
    query: dict[str, str]
    authorized: bool
    body: Any = None
    files: list[File] = field(default_factory=list)
    status: int | None = None
    answer: Any = None
    problems: list[Problem] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Call:
    """What a handler gets: the numbers of the path, the query, and the parsed body."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    files: Mapping[int, File]

    def number(self, name: str) -> int:
        """A snowflake from the path."""
        text = self.path[name]
        if not text.isdigit():
            message = f'Value "{text}" is not snowflake.'
            raise invalid_form([Problem((f"{name}_id",), "NUMBER_TYPE_COERCE", message)])
        return int(text)

    @property
    def form(self) -> Json:
        """The body, which has to be an object."""
        if not isinstance(self.body, dict):
            raise ApiError(400, 50109, "The request body contains invalid JSON.")
        return self.body


@dataclass(frozen=True)
class Answer:
    """What a handler gives back."""

    status: int = 200
    body: Any = None


UNKNOWN = "application/octet-stream"
Handler = Callable[[Call], Awaitable[Answer]]


@dataclass(frozen=True)
class Route:
    """A method, a path as aiohttp writes it, and who handles it."""

    method: str
    path: str
    handler: Handler
    needs_token: bool = True


async def read_body(request: web.Request) -> tuple[Any, dict[int, File]]:
    """The JSON of a request and the files that came with it, by their number."""
    if not request.can_read_body:
        return None, {}
    if request.content_type != "multipart/form-data":
        return _parsed(await request.read()), {}
    body: Any = {}
    files: dict[int, File] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        data = bytes(await part.read(decode=True))
        name = part.name or ""
        if name == "payload_json":
            body = _parsed(data)
        elif name.startswith("files[") and name[6:-1].isdigit():
            files[int(name[6:-1])] = File(part.filename or "unknown", data, _kind(part))
    return body, files


def _kind(part: BodyPartReader) -> str:
    """What a file is; where the client does not know, its name tells, as on Discord."""
    told = part.headers.get("Content-Type", UNKNOWN)
    guessed = mimetypes.guess_type(part.filename or "")[0]
    return guessed if told == UNKNOWN and guessed else told


def _parsed(data: bytes) -> Any:
    if not data:
        return None
    try:
        return json.loads(data)
    except ValueError as broken:
        raise ApiError(400, 50109, "The request body contains invalid JSON.") from broken
