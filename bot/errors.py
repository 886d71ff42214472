"""The tree of errors. Each edge (terminal, Discord) handles `ReceiptsError` once, as one sentence.

    ReceiptsError                 anything that a person can be told in one sentence
    ├── SettingsError             a setting is wrong, or cannot be met here
    ├── InputError                what the asker gave cannot be used (an empty question, a bad file)
    │   └── ImportRefused         a file that cannot become an article, with the reason
    ├── FetchRefused              an address or what it holds must not be fetched, now or later
    ├── FetchFailed               it could not be fetched this time; another time it may
    │   └── PageGone              nothing is there any more (404, 410)
    ├── KnowledgeError            the knowledge base has faults; it carries all of them
    │   └── ArticleNotFound       no article has that id
    ├── RecordsError              the records cannot be opened, read or written; answers go on
    └── RevisionsError            the store of revisions cannot be read or written
        └── RevisionConflict      somebody else published first; it carries the files in question

This module must not know any other module of the project.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class ReceiptsError(Exception):
    """A fault that has a sentence for the person who meets it: `str(error)`."""


class SettingsError(ReceiptsError):
    """A setting cannot be used; the environment's wrong values are told at once."""


class InputError(ReceiptsError):
    """What the asker gave cannot be used; the sentence says what to give instead."""


class ImportRefused(InputError):
    """A file that cannot become an article; the sentence says why."""


class FetchRefused(ReceiptsError):
    """An address, or what it holds, must not be fetched; the sentence says why."""


class FetchFailed(ReceiptsError):
    """What an address holds could not be fetched this time; the sentence says why."""


class PageGone(FetchFailed):
    """The server says that nothing is at this address any more."""


class RecordsError(ReceiptsError):
    """The records cannot be opened, read or written; answers do not need them."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a knowledge file: where it stands, what is wrong, what to do about it."""

    path: Path
    line: int
    problem: str
    advice: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem} {self.advice}"


def why_not_read(error: OSError | UnicodeError) -> str:
    """Why a file cannot be read, and what to do about it: the rest of a sentence on the file."""
    if isinstance(error, UnicodeError):
        return "is not UTF-8; save it again as UTF-8."
    if isinstance(error, PermissionError):
        return "cannot be read; check its permissions."
    if isinstance(error, IsADirectoryError):
        return "cannot be read; it is a folder, name a file."
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "cannot be read; check its name."
    return f"cannot be read ({error.strerror or type(error).__name__})."


def why_not_written(error: OSError) -> str:
    """Why a file or folder cannot be written, and what to do about it."""
    if isinstance(error, NotADirectoryError | FileExistsError):
        return "cannot be written; a file stands where its folder should be, name another folder."
    reason = error.strerror or type(error).__name__
    return f"cannot be written ({reason}); check the folder's permissions and the space left."


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


class RevisionsError(ReceiptsError):
    """The store of revisions cannot be read or written; the knowledge files are as they were."""


class RevisionConflict(RevisionsError):
    """Somebody else published first, and it touches the same files.

    Attributes:
        head: the number of the revision that is the last one now.
        paths: the files that both changed.
    """

    def __init__(self, message: str, head: int, paths: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.head = head
        self.paths = tuple(paths)
