"""The tree of errors. Each edge (terminal, Discord) handles `ReceiptsError` once, as one sentence.

    ReceiptsError                 anything that a person can be told in one sentence
    ├── SettingsError             the environment holds a wrong value
    ├── InputError                what the asker gave cannot be used (an empty question, a bad file)
    │   └── ImportRefused         a file that cannot become an article, with the reason
    └── KnowledgeError            the knowledge base has faults; it carries all of them
        └── ArticleNotFound       no article has that id

This module must not know any other module of the project.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class ReceiptsError(Exception):
    """A fault that has a sentence for the person who meets it: `str(error)`."""


class SettingsError(ReceiptsError):
    """The environment holds a value that cannot be used; all such values are told at once."""


class InputError(ReceiptsError):
    """What the asker gave cannot be used; the sentence says what to give instead."""


class ImportRefused(InputError):
    """A file that cannot become an article; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a knowledge file: where it stands, what is wrong, what to do about it."""

    path: Path
    line: int
    problem: str
    advice: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem} {self.advice}"


class KnowledgeError(ReceiptsError):
    """The knowledge base has faults.

    Attributes:
        faults: every fault that was found, in the order of the files.
    """

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__("\n".join([message, *map(str, faults)]))
        self.faults = tuple(faults)


class ArticleNotFound(KnowledgeError):
    """No article of the knowledge base has the id that was asked for."""
