"""The terminal's views of the knowledge base: `python -m bot timeline` and `sides`.

It must not know how statements are found, printed or drawn.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.config import read_settings
from bot.errors import InputError, why_not_written

FOUND, NOTHING = 0, 1


def timeline(
    topic: Annotated[
        str | None, typer.Argument(help="A person, a thing or a question; all without it.")
    ] = None,
    knowledge: Annotated[
        Path | None,
        typer.Option("--knowledge", metavar="DIR", help="The knowledge base's folder."),
    ] = None,
    top: Annotated[int, typer.Option(min=1, max=500, help="How many statements to show.")] = 20,
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a picture of it, a PNG.")
    ] = None,
    light: Annotated[bool, typer.Option("--light", help="Draw on white.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """List dated statements in order; exit status 0 if there are any, 1 if not, 2 a fault."""
    from bot.answers.timeline import timeline as about
    from bot.articles.occurrences import statements
    from bot.views_printing import print_object, print_timeline, timeline_object
    from bot.wiring import open_answerer

    answerer = open_answerer(knowledge or read_settings().knowledge)
    found = about(statements(answerer.passages), topic, answerer, most=top)
    if picture is not None:
        from bot.drawing import draw_timeline

        _write(picture, draw_timeline(found, dark=not light))
    if as_json:
        print_object(timeline_object(found))
    else:
        print_timeline(found)
    raise typer.Exit(FOUND if found.entries else NOTHING)


def sides(
    topic: Annotated[str, typer.Argument(help="A question, an event, a person.")],
    knowledge: Annotated[
        Path | None,
        typer.Option("--knowledge", metavar="DIR", help="The knowledge base's folder."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show what each side says, as much of each; exit status 0 if one does, 1 if not, 2 a fault."""
    from bot.views_printing import print_object, print_sides, sides_object
    from bot.wiring import open_knowledge_base

    found = open_knowledge_base(knowledge or read_settings().knowledge).sides(topic)
    if as_json:
        print_object(sides_object(found))
    else:
        print_sides(found)
    raise typer.Exit(NOTHING if found.empty else FOUND)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(f"{path} {why_not_written(error)}") from error
