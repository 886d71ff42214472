"""contrasts.yaml: by which words texts tell one and the same thing in different ways.

A part `words`, by what they do around a number, a date or a way; and a list `contrasts`, each with
the words that a question asks by and the ways that exclude each other. It must not know stems, nor
how disagreements are found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.articles.language import is_language_code
from bot.errors import Fault, KnowledgeError

if TYPE_CHECKING:
    from bot.articles.nodes import Fields

FILE = "contrasts.yaml"
ROLES = ("differ", "tell", "source", "apart", "not", "mistake")
"""What words do: the text says that accounts differ, somebody says it, a text is named, a part or
a total or a repetition is meant, nothing is claimed, a mistake is spoken of."""

Phrases = Mapping[str, tuple[str, ...]]
"""Language code to words and phrases, as people write them."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """Ways in which one thing may have happened, of which only one can be.

    Attributes:
        about: words of a question that asks for it.
        ways: the name of each way to the words that tell it.
    """

    about: Phrases
    ways: Mapping[str, Phrases]


@dataclass(frozen=True, slots=True)
class Contrasts:
    """Everything that contrasts.yaml says; `roles` holds the phrases of some or all `ROLES`."""

    roles: Mapping[str, Phrases] = field(default_factory=dict)
    contrasts: tuple[Contrast, ...] = ()


def read_contrasts(path: Path) -> Contrasts:
    """Read contrasts.yaml.

    Raises:
        KnowledgeError: it has faults; it carries all of them.
    """
    contrasts, faults = scan_contrasts(path)
    if faults:
        raise KnowledgeError(f"{path} has faults:", faults)
    return contrasts


def scan_contrasts(path: Path) -> tuple[Contrasts, tuple[Fault, ...]]:
    """Read contrasts.yaml as far as it can be read, and tell every fault of it."""
    # Not needed where what the file said was kept.
    from bot.articles.frontmatter import load_yaml
    from bot.articles.nodes import Fields

    node, unreadable = load_yaml(path)
    faults = list(unreadable)
    if node is None:
        return Contrasts(), tuple(faults)
    fields = Fields(path, node, faults, "The file")
    roles: dict[str, Phrases] = {}
    if (words := fields.mapping("words")) is not None:
        roles = {role: phrases for role in ROLES if (phrases := _phrases(words, role))}
        words.finish()
    contrasts = tuple(map(_contrast, fields.mappings("contrasts", "The contrast")))
    fields.finish()
    return Contrasts(roles, contrasts), tuple(sorted(faults, key=lambda fault: fault.line))


def plain_contrasts(contrasts: Contrasts) -> dict[str, Any]:
    """The same as JSON can hold it, for `contrasts_of`."""
    return asdict(contrasts)


def contrasts_of(plain: Mapping[str, Any]) -> Contrasts:
    """What `plain_contrasts` took apart."""
    return Contrasts(
        {role: _tuples(phrases) for role, phrases in plain["roles"].items()},
        tuple(
            Contrast(
                _tuples(one["about"]),
                {name: _tuples(phrases) for name, phrases in one["ways"].items()},
            )
            for one in plain["contrasts"]
        ),
    )


def _tuples(phrases: Mapping[str, Iterable[str]]) -> Phrases:
    return {language: tuple(words) for language, words in phrases.items()}


def _contrast(fields: Fields) -> Contrast:
    about = _phrases(fields, "about")
    if not about:
        advice = "Add `about:` with the words that a question asks by, a line for each language."
        fields.fault(fields.line, "The contrast has no `about`.", advice)
    ways: dict[str, Phrases] = {}
    if (given := fields.mapping("ways")) is not None:
        ways = {name: _phrases(given, name) for name in given.names()}
    if len(ways) < 2:
        advice = "Add `ways:` with a name for each, and under it a line for each language."
        fields.fault(fields.line, "The contrast has less than two ways.", advice)
    fields.finish()
    return Contrast(about, ways)


def _phrases(fields: Fields, name: str) -> Phrases:
    here = fields.mapping(name)
    return {} if here is None else {code: _line(here, code) for code in here.names()}


def _line(fields: Fields, language: str) -> tuple[str, ...]:
    line = fields.line_of(language)
    if not is_language_code(language):
        advice = "Use ISO 639-1, such as `it`."
        fields.fault(line, f"`{language}` is not a language's code.", advice)
    written = (fields.text(language) or "").split(",")
    phrases = tuple(filter(None, (phrase.strip() for phrase in written)))
    if not phrases:
        fields.fault(line, "There is no word here.", "Write words with commas between them.")
    for phrase in dict.fromkeys(phrases):
        if not any(letter.isalnum() for letter in phrase):
            fields.fault(line, f"`{phrase}` has no letter.", "Remove it.")
        if phrases.count(phrase) > 1:
            fields.fault(line, f"`{phrase}` stands twice.", "Keep one of the two.")
    return phrases
