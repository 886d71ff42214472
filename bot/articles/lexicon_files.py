"""The lexicon's files: `lexicon/*.yaml`, a row for each concept, a line for each language.

    leave:
      en: leave, left, quit
      it: lasciare, andarsene

A row of the same name in another file adds its words. It must not know stems or scores.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from bot.articles.language import is_language_code
from bot.errors import Fault, KnowledgeError

if TYPE_CHECKING:
    from bot.articles.nodes import Fields

Rows = Mapping[str, Mapping[str, tuple[str, ...]]]


def read_lexicon(folder: Path) -> Iterator[tuple[str, Mapping[str, tuple[str, ...]]]]:
    """Yield every concept with its words by language, a concept once.

    Raises:
        KnowledgeError: a file has faults; it carries all of them.
    """
    yield from read_lexicon_files(lexicon_files(folder))


def read_lexicon_files(
    paths: Iterable[Path],
) -> Iterator[tuple[str, Mapping[str, tuple[str, ...]]]]:
    """Yield every concept of some files of a lexicon, a concept once.

    For speed the values are read as they are written: one that YAML would take for another type,
    such as `en: no`, is a fault that only `scan_lexicon` tells, and with it `kb check`.

    Raises:
        KnowledgeError: a file has faults; it carries those of its whole folder.
    """
    rows: dict[str, dict[str, tuple[str, ...]]] = {}
    for path in paths:
        for concept, languages in _table(path).items():
            row = rows.setdefault(concept, {})
            for language, words in languages.items():
                row[language] = (*row.get(language, ()), *_split(words))
    yield from rows.items()


def lexicon_files(folder: Path) -> list[Path]:
    """The files of a lexicon, in the order of their names; a folder that is not there has none."""
    return sorted(folder.glob("*.yaml"))


def scan_lexicon(folder: Path) -> tuple[Fault, ...]:
    """Every fault of every file, with its line."""
    from bot.articles.frontmatter import load_yaml
    from bot.articles.nodes import Fields

    faults: list[Fault] = []
    for path in lexicon_files(folder):
        node, unreadable = load_yaml(path)
        faults.extend(unreadable)
        if node is None:
            continue
        rows = Fields(path, node, faults, "The lexicon")
        for concept in rows.names():
            if not concept.strip():
                advice = "Write the concept's name before the colon."
                rows.fault(rows.line_of(concept), "A row has no name.", advice)
            row = rows.mapping(concept)
            if row is None:
                advice = "Write a line for each language, or remove the row."
                rows.fault(rows.line_of(concept), f"`{concept}` has no words.", advice)
                continue
            for language in row.names():
                _check(row, language)
            row.finish()
        rows.finish()
    return tuple(faults)


def _check(row: Fields, language: str) -> None:
    line = row.line_of(language)
    if not is_language_code(language):
        row.fault(line, f"`{language}` is not a language's code.", "Use ISO 639-1, such as `it`.")
    words = _split(row.text(language) or "")
    if not words:
        row.fault(line, "There is no word here.", "Write words with commas between them.")
    for word in words:
        if not any(letter.isalnum() for letter in word):
            row.fault(line, f"`{word}` has no letter.", "Remove it.")
        if words.count(word) > 1:
            row.fault(line, f"`{word}` stands twice.", "Keep one of the two.")


def _table(path: Path) -> Mapping[str, Mapping[str, str]]:
    # Not needed where what the files said was kept.
    from bot.articles.frontmatter import load_table

    table = load_table(path)
    if table is None or not _is_sound(table):
        raise KnowledgeError("The lexicon has faults:", scan_lexicon(path.parent))
    return table


def _is_sound(table: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether the names in a table are what `scan_lexicon` lets pass."""
    languages = set().union(*table.values())
    return all(map(is_language_code, languages)) and all(map(str.strip, table))


def _split(words: str) -> tuple[str, ...]:
    return tuple(filter(None, (word.strip() for word in words.split(","))))
