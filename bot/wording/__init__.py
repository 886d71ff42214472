"""Every word of ours that members read, in each language that has a file here.

A further language is one more file, named after its code, with the same keys. The words of articles
are never here, and nothing here knows Discord.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources

BASE = "en"
"""The language that everything is written in first, and that is used where there is no other."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Our words in one language.

    Attributes:
        language: ISO 639-1 code.
        texts: by key, with sections joined by a dot, as in `answer.none`.
    """

    language: str
    texts: Mapping[str, str] = field(repr=False)

    def say(self, key: str, **values: object) -> str:
        """The text under a key, with values in their places.

        Raises:
            KeyError: there is no such text, or it wants a value that is not given.
        """
        return self.texts[key].format_map(values)

    def count(self, key: str, number: int, **values: object) -> str:
        """The text for one or for several, as in `answer.more.one` and `answer.more.other`."""
        form = "one" if number == 1 else "other"
        return self.say(f"{key}.{form}", number=number, **values)

    def language_name(self, code: str) -> str:
        """What a language is called, or its code where that is not known."""
        return self.texts.get(f"language.{code}", code)


@dataclass(frozen=True, slots=True)
class Wordings:
    """Our words in all languages, by code."""

    languages: Mapping[str, Wording]

    def of(self, *locales: str | None) -> Wording:
        """The wording of the first of these locales, or language codes, that there is one for."""
        for locale in locales:
            found = self.languages.get((locale or "").split("-")[0])
            if found is not None:
                return found
        return self.languages[BASE]


def read_wordings() -> Wordings:
    """Read the files beside this module."""
    found: dict[str, Wording] = {}
    for file in resources.files(__package__).iterdir():
        if file.name.endswith(".toml"):
            language = file.name.removesuffix(".toml")
            found[language] = Wording(language, _flat(tomllib.loads(file.read_text("utf-8"))))
    return Wordings(found)


def _flat(table: Mapping[str, object], above: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{above}{name}.")
        else:
            found[above + name] = str(value)
    return found
