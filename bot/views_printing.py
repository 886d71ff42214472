"""How views of the knowledge base look in the terminal, and their JSON objects.

It must not know how they are made, nor read or write files.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from rich.padding import Padding
from rich.text import Text

from bot.answers.sides import SideBySide, SideStatement
from bot.answers.timeline import Entry, Timeline
from bot.articles.moments import in_words
from bot.printing import console


def timeline_object(timeline: Timeline) -> dict[str, object]:
    """A timeline as the JSON object that scripts rely on."""
    return {
        "topic": timeline.topic,
        "left_out": timeline.left_out,
        "statements": [_statement_object(entry) for entry in timeline.entries],
    }


def _statement_object(entry: Entry) -> dict[str, object]:
    statement = entry.statement
    passage = statement.passage
    article = passage.article
    return {
        "when": str(statement.when),
        "until": str(statement.until) if statement.until else None,
        "text": statement.text,
        "passage": passage.id,
        "start": statement.start,
        "end": statement.end,
        "dated": list(statement.dated) if statement.dated else None,
        "also_in": [other.id for other in entry.also_in],
        "article": {
            "id": article.id,
            "title": article.title,
            "publisher": article.publisher,
            "url": article.url,
            "language": article.language,
        },
    }


def print_timeline(timeline: Timeline) -> None:
    """Print dated statements in order, or say that there is none."""
    out = console()
    if not timeline.entries:
        out.print(Text("No article has a dated statement about that.", style="bold"))
    year = None
    for entry in timeline.entries:
        statement = entry.statement
        if statement.when.year != year:
            year = statement.when.year
            out.print(Text(str(year), style="bold cyan"))
        if statement.when.month is not None or statement.until is not None:
            out.print(Text(f"  {in_words(statement.when, 'en', statement.until)}", style="bold"))
        out.print(Padding(_marked(entry), (0, 0, 0, 4)))
        out.print(Padding(Text(_origin(entry), style="dim"), (0, 0, 0, 4)))
    if timeline.left_out:
        out.print(Text(f"{timeline.left_out} more left out", style="dim"))


def _marked(entry: Entry) -> Text:
    """The sentence word for word, its date bold."""
    statement = entry.statement
    text = Text(statement.text)
    if statement.dated:
        first, last = statement.dated
        text.stylize("bold green", first - statement.start, last - statement.start)
    return text


def _origin(entry: Entry) -> str:
    passage = entry.statement.passage
    article = passage.article
    parts = [article.publisher, article.title, f"passage {passage.number} of {passage.of}"]
    if entry.also_in:
        parts.append("also in " + ", ".join(other.id for other in entry.also_in))
    return " · ".join(filter(None, parts))


def sides_object(found: SideBySide) -> dict[str, object]:
    """What each side says as the JSON object that scripts rely on."""
    return {
        "topic": found.topic,
        "missing": [side.id for side in found.missing],
        "sides": [
            {"id": side.id, "name": side.name, "statements": list(map(_said_object, statements))}
            for side, statements in found.sides
        ],
    }


def _said_object(said: SideStatement) -> dict[str, object]:
    mark, article = said.attribution.mark, said.passage.article
    return {
        "text": said.text,
        "passage": said.passage.id,
        "start": said.start,
        "end": said.end,
        "rule": said.attribution.rule,
        "mark": said.passage.text[slice(*mark)] if mark else None,
        "article": {
            "id": article.id,
            "title": article.title,
            "publisher": article.publisher,
            "url": article.url,
            "language": article.language,
        },
    }


def print_sides(found: SideBySide) -> None:
    """Print what each side says, one after the other, and which side is missing."""
    out = console()
    if found.empty:
        out.print(Text("No article says what a side thinks about that.", style="bold"))
        return
    for side, statements in found.sides:
        out.print(Text(side.name, style="bold cyan"))
        if not statements:
            out.print("  No article gives this side's account of it.")
        for said in statements:
            out.print(Padding(Text(said.text), (0, 0, 0, 2)))
            passage, mark = said.passage, said.attribution.mark
            article = passage.article
            place = f"passage {passage.number} of {passage.of}"
            told = [article.publisher, article.title, place]
            if mark:
                told.append(f"by “{passage.text[slice(*mark)]}”")
            out.print(Padding(Text(" · ".join(filter(None, told)), style="dim"), (0, 0, 0, 2)))


def print_object(value: Mapping[str, object]) -> None:
    """Print one JSON object on a line."""
    line = json.dumps(value, ensure_ascii=False)
    if any("\ud800" <= letter <= "\udfff" for letter in line):
        # Half of a surrogate pair, from bytes that are no UTF-8, can be printed only escaped.
        line = json.dumps(value)
    print(line)
