"""dispute.yaml: what the knowledge base is about, its sides, and everybody and everything named.

It must not know how names are searched or shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.articles.language import is_language_code
from bot.articles.model import Dispute, Entity, Side
from bot.errors import Fault, KnowledgeError

if TYPE_CHECKING:
    from bot.articles.nodes import Fields

FILE = "dispute.yaml"
ANY_LANGUAGE = "any"


def read_dispute(path: Path) -> Dispute:
    """Read dispute.yaml.

    Raises:
        KnowledgeError: it has faults; it carries all of them.
    """
    dispute, faults = scan_dispute(path)
    if faults or dispute is None:
        raise KnowledgeError(f"{path} has faults:", faults)
    return dispute


def scan_dispute(path: Path) -> tuple[Dispute | None, tuple[Fault, ...]]:
    """Read dispute.yaml as far as it can be read, and tell every fault of it."""
    # Not needed where what the file said was kept.
    from bot.articles.frontmatter import load_yaml
    from bot.articles.nodes import Fields

    node, unreadable = load_yaml(path)
    faults = list(unreadable)
    if node is None:
        return None, tuple(faults)
    fields = Fields(path, node, faults, "The file")
    names = _Names()
    sides = [_side(one, names) for one in fields.mappings("sides", "The side")]
    entities = [_entity(one, names) for one in fields.mappings("entities", "The entity")]
    dispute = Dispute(fields.required_text("name"), tuple(sides), tuple(entities))
    fields.finish()
    names.check()
    return dispute, tuple(sorted(faults, key=lambda fault: fault.line))


def plain_dispute(dispute: Dispute) -> dict[str, Any]:
    """The same as JSON can hold it, for `dispute_of`."""
    return asdict(dispute)


def dispute_of(plain: Mapping[str, Any]) -> Dispute:
    """What `plain_dispute` took apart."""
    return Dispute(
        plain["name"],
        tuple(Side(**{**one, "people": tuple(one["people"])}) for one in plain["sides"]),
        tuple(
            Entity(**{**one, "names": {code: tuple(n) for code, n in one["names"].items()}})
            for one in plain["entities"]
        ),
    )


class _Names:
    """Who bears which id and name, and who is referred to, to be compared at the end."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, str], int] = {}
        self._aliases: dict[tuple[str, str], tuple[str, int]] = {}
        self._references: list[tuple[Fields, int, str, str]] = []

    def add_id(self, fields: Fields, kind: str, identity: str) -> None:
        line = fields.line_of("id")
        if identity and (kind, identity) in self._ids:
            problem = f"The {kind} `{identity}` stands twice, first in line"
            fields.fault(line, f"{problem} {self._ids[kind, identity]}.", "Keep one of the two.")
        self._ids.setdefault((kind, identity), line)

    def refer(self, fields: Fields, line: int, kind: str, identity: str) -> None:
        self._references.append((fields, line, kind, identity))

    def add_alias(self, fields: Fields, owner: str, language: str, alias: str, line: int) -> None:
        folded = " ".join(alias.casefold().split())
        taken = self._taken(language, folded)
        if taken is not None and taken[0] != owner:
            problem = f"The name `{alias}` of `{owner}` is also one of `{taken[0]}`"
            advice = "Leave it with the one that it always means."
            fields.fault(line, f"{problem} (line {taken[1]}).", advice)
        self._aliases.setdefault((language, folded), (owner, line))

    def _taken(self, language: str, folded: str) -> tuple[str, int] | None:
        if language == ANY_LANGUAGE:
            return next((who for (_, name), who in self._aliases.items() if name == folded), None)
        both = (self._aliases.get((key, folded)) for key in (language, ANY_LANGUAGE))
        return next((who for who in both if who), None)

    def check(self) -> None:
        for fields, line, kind, identity in self._references:
            if (kind, identity) not in self._ids:
                advice = f"Add the {kind}, or correct the id."
                fields.fault(line, f"There is no {kind} with the id `{identity}`.", advice)


def _side(fields: Fields, names: _Names) -> Side:
    side = Side(
        fields.required_text("id"),
        fields.required_text("name"),
        fields.texts("people"),
        dict(_translations(fields)),
    )
    names.add_id(fields, "side", side.id)
    for person in side.people:
        names.refer(fields, fields.line_of("people"), "entity", person)
    fields.finish()
    return side


def _translations(fields: Fields) -> Iterator[tuple[str, str]]:
    names = fields.mapping("names")
    if names is None:
        return
    for language in names.names():
        if not is_language_code(language):
            advice = "Use a language's ISO 639-1 code, such as `it`."
            names.fault(names.line_of(language), f"`{language}` is no language's code.", advice)
        yield language, names.text(language) or ""


def _entity(fields: Fields, names: _Names) -> Entity:
    entity = Entity(
        id=fields.required_text("id"),
        name=fields.required_text("name"),
        kind=fields.required_text("kind"),
        side=fields.text("side"),
        names=dict(_aliases(fields, names)),
    )
    names.add_id(fields, "entity", entity.id)
    names.add_alias(fields, entity.id, ANY_LANGUAGE, entity.name, fields.line_of("name"))
    if entity.side is not None:
        names.refer(fields, fields.line_of("side"), "side", entity.side)
    fields.finish()
    return entity


def _aliases(fields: Fields, names: _Names) -> Iterator[tuple[str, tuple[str, ...]]]:
    aliases = fields.mapping("aliases")
    if aliases is None:
        return
    owner = fields.text("id") or ""
    for language in aliases.names():
        given = aliases.texts(language)
        line = aliases.line_of(language)
        if language != ANY_LANGUAGE and not (language.isalpha() and len(language) in {2, 3}):
            advice = "Use `any` or a language's ISO 639-1 code, such as `it`."
            aliases.fault(line, f"`{language}` is not the code of a language.", advice)
        for alias in given:
            names.add_alias(aliases, owner, language, alias, line)
        yield language, given
