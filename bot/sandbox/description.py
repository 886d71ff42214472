"""Checks bodies against Discord's own OpenAPI description, where that file is at hand.

Optional twice over: without the file there is nothing to check with, and the validator is imported
only when a description is loaded. It reports and never refuses: some of what Discord takes trips
its description (numeric ids, for one, which are allowed here).
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

from bot.sandbox.model import Json

CALLBACK = "/interactions/{interaction_id}/{interaction_token}/callback"
RESOURCE = "urn:discord"
SNOWFLAKE: Json = {"type": ["string", "integer"], "pattern": "^(0|[1-9][0-9]*)$", "minimum": 0}


class Description:
    """A loaded description; validators are made when first needed and kept."""

    def __init__(self, document: Json) -> None:
        from referencing import Registry, Resource
        from referencing.jsonschema import DRAFT202012

        relaxed = copy.deepcopy(document)
        relaxed["components"]["schemas"]["SnowflakeType"] = SNOWFLAKE
        self._document: Json = _absolute_references(relaxed)
        resource: Resource[Any] = DRAFT202012.create_resource(self._document)
        self._registry: Registry[Any] = Registry().with_resource(RESOURCE, resource)
        self._validators: dict[str, Draft202012Validator] = {}

    @classmethod
    def load(cls, file: Path) -> Description:
        """Reads an openapi.json."""
        return cls(json.loads(file.read_text(encoding="utf-8")))

    def request_faults(self, method: str, path: str, body: object, *, files: bool) -> list[str]:
        """What the description holds against a request; an unknown route is one fault."""
        template = self._template(method, path)
        if template is None:
            return [f"{method} {path}: not in the description"]
        operation = self._document["paths"][template][method.lower()]
        content = operation.get("requestBody", {}).get("content", {})
        if not content:
            return []
        kind = "multipart/form-data" if files and "multipart/form-data" in content else None
        schema = content[kind or "application/json"]["schema"]
        if template == CALLBACK and isinstance(body, dict):
            schema = self._callback_schema(schema, body.get("type"))
        return self._faults(f"{method} {template} {kind} {_type_of(template, body)}", schema, body)

    def answer_faults(self, method: str, path: str, status: int, body: object) -> list[str]:
        """What the description holds against an answer of the stand-in."""
        template = self._template(method, path)
        if template is None:
            return [f"{method} {path}: not in the description"]
        answers = self._document["paths"][template][method.lower()]["responses"]
        content = answers.get(str(status), {}).get("content", {}).get("application/json")
        if content is None:
            return [] if body is None else [f"{method} {path}: no body expected with {status}"]
        return self._faults(f"{method} {template} {status}", content["schema"], body)

    def _template(self, method: str, path: str) -> str | None:
        parts = path.strip("/").split("/")
        best: tuple[int, str] | None = None
        for template, operations in self._document["paths"].items():
            places = template.strip("/").split("/")
            if method.lower() not in operations or len(places) != len(parts):
                continue
            literal = sum(place == part for place, part in zip(places, parts, strict=True))
            holes = sum(place.startswith("{") for place in places)
            if literal + holes == len(parts) and (best is None or literal > best[0]):
                best = (literal, template)
        return best and best[1]

    def _callback_schema(self, union: Json, kind: object) -> Json:
        """The one branch for this type, for faults that say more than "none of them fits"."""
        for branch in union["anyOf"]:
            name = branch["$ref"].rsplit("/", 1)[1]
            schema: Json = self._document["components"]["schemas"][name]
            if kind in schema["properties"]["type"].get("enum", []):
                return dict(branch)
        return union

    def _faults(self, key: str, schema: Json, body: object) -> list[str]:
        from jsonschema import Draft202012Validator
        from jsonschema.exceptions import best_match

        if key not in self._validators:
            self._validators[key] = Draft202012Validator(schema, registry=self._registry)
        faults = []
        for error in self._validators[key].iter_errors(body):
            closest = best_match([error]) or error
            place = ".".join(str(step) for step in closest.absolute_path)
            faults.append(f"{place or 'body'}: {closest.message}"[:400])
        return faults


def _type_of(template: str, body: object) -> object:
    return body.get("type") if template == CALLBACK and isinstance(body, dict) else None


def _absolute_references(value: Any) -> Any:
    """The same document with each "#/..." made to point into one named resource."""
    if isinstance(value, dict):
        return {
            key: RESOURCE + inner
            if key == "$ref" and isinstance(inner, str) and inner.startswith("#")
            else _absolute_references(inner)
            for key, inner in value.items()
        }
    return [_absolute_references(part) for part in value] if isinstance(value, list) else value
