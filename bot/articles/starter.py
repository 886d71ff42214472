"""Where the shipped knowledge base stands, and what a folder borrows from it.

A wheel holds it as `bot/starter`; a checkout has it as `knowledge/`, beside `bot/`. Nothing here
writes to it. It must not know what the files say.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from bot.errors import KnowledgeError, why_not_written

_PACKAGE = Path(__file__).resolve().parent.parent


def starter_folder() -> Path:
    """The folder of the shipped knowledge base.

    Raises:
        KnowledgeError: this installation holds none.
    """
    # An installed package's neighbour called `knowledge` is someone else's: look inside first.
    for folder in (_PACKAGE / "starter", _PACKAGE.parent / "knowledge"):
        if folder.is_dir():
            return folder
    advice = "install Receipts again, or name a folder with --knowledge DIR."
    raise KnowledgeError(f"This installation holds no knowledge base; {advice}")


def knowledge_folder(folder: Path | None) -> Path:
    """The folder to read: the one given, or that of the shipped knowledge base.

    Raises:
        KnowledgeError: there is no such folder.
    """
    if folder is None:
        return starter_folder()
    if not folder.is_dir():
        advice = "make it, or correct --knowledge or RECEIPTS_KNOWLEDGE."
        raise KnowledgeError(f"There is no folder {folder}; {advice}")
    return folder


def writable_folder(folder: Path | None) -> Path:
    """The folder to write: the one given, or the checkout's, but never the installed package's.

    Raises:
        KnowledgeError: none was given, and the shipped knowledge base is inside the package.
    """
    if folder is not None:
        return folder
    starter = starter_folder()
    if starter.is_relative_to(_PACKAGE):
        advice = "name a folder of your own with --knowledge DIR or RECEIPTS_KNOWLEDGE."
        raise KnowledgeError(f"The installed knowledge base is never changed; {advice}")
    return starter


def borrowed(folder: Path, name: str) -> Path:
    """A file or folder of a knowledge base, or the shipped one where that base lacks it.

    Raises:
        KnowledgeError: it is lacking, and this installation holds no knowledge base.
    """
    own = folder / name
    return own if own.exists() else starter_folder() / name


def plant(folder: Path) -> bool:
    """Make a knowledge folder from the shipped one, whole or not at all, unless it exists.

    Returns:
        whether it was made.

    Raises:
        KnowledgeError: it cannot be written.
    """
    if folder.exists():
        return False
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".") as aside:
            copy = Path(aside) / folder.name
            shutil.copytree(starter_folder(), copy)
            copy.rename(folder)
    except OSError as error:
        raise KnowledgeError(f"The knowledge folder {folder} {why_not_written(error)}") from error
    return True
