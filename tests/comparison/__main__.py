"""The comparison's command line. It must not know how anything is compared or shown."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.articles.starter import knowledge_folder
from bot.errors import ReceiptsError
from tests.comparison.ablation import read_rows, variants
from tests.comparison.columns import Column, collection_column, judged_column
from tests.comparison.comparing import compare
from tests.comparison.peers import all_peers, installed
from tests.comparison.table import lines

FAULT = 2

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def comparison(
    folders: Annotated[
        list[Path] | None, typer.Argument(metavar="FOLDER...", help="Collections.")
    ] = None,
    knowledge: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The knowledge base whose lexicon and articles are used."),
    ] = None,
    judged: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE[=DIR]",
            help="Judged questions, on the articles of DIR where it is given; may be repeated.",
        ),
    ] = None,
    every: Annotated[
        int, typer.Option(min=1, help="Ask only every n-th question of a collection.")
    ] = 1,
    most: Annotated[
        int | None,
        typer.Option(min=1, help="Ask every n-th of a larger collection, about so many."),
    ] = None,
    lexical: Annotated[
        bool, typer.Option("--lexical", help="Leave out the encoders, which take longest.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Score our default, each part switched off, and the peers, on the same passages."""
    columns = [_collection(folder, every, most) for folder in folders or ()]
    for given in judged or ():
        path, _, own = given.partition("=")
        columns.append(judged_column(Path(path), Path(own) if own else knowledge))
    if len({column.name for column in columns}) < len(columns):
        raise typer.BadParameter("Two of them have one name; give one of the two another.")
    if not columns:
        raise typer.BadParameter("Give a collection's folder, or --judged FILE.")
    there, left_out = installed(all_peers(encoders=not lexical))
    ours = variants(read_rows(knowledge_folder(knowledge)))
    result = compare(columns, [*ours, *((peer.name, peer.make) for peer in there)])
    result.left_out = left_out
    if as_json:
        print(json.dumps(result.figures(), ensure_ascii=False))
    else:
        print("\n".join(lines(result)))


def _collection(folder: Path, every: int, most: int | None) -> Column:
    whole = collection_column(folder, every)
    step = 1 if most is None else -(-len(whole.asked) // most)
    return Column(whole.name, whole.passages, whole.asked[:: max(1, step)])


def main() -> None:
    """Run the command line; what is wrong is told in one sentence."""
    try:
        app()
    except ReceiptsError as error:
        print(error, file=sys.stderr)
        sys.exit(FAULT)


if __name__ == "__main__":
    main()
