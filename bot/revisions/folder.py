"""What a folder of knowledge files would be called as a revision, without publishing it.

It must not know revisions that were published.
"""

from __future__ import annotations

from pathlib import Path

from bot.errors import KnowledgeError, why_not_read
from bot.revisions.model import digest, manifest_of
from bot.revisions.paths import wrong_with


def manifest_of_folder(folder: Path) -> str:
    """The manifest of the knowledge files in a folder, as a revision of them would have it.

    Raises:
        KnowledgeError: a file cannot be read.
    """
    files: dict[str, str] = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if wrong_with(name) is None and path.is_file():
            try:
                files[name] = digest(path.read_bytes())
            except OSError as error:
                raise KnowledgeError(f"{path} {why_not_read(error)}") from error
    return manifest_of(files)
