"""Measures engines side by side in one process: `python -m tests.benchmarks [FOLDER...]`.

Each engine is asked some queries in a row, then the next one, in another order each time, so that
what else the machine does meets all alike; read the ratios. A row is asked twice, and the second
time is measured: warm. Of every query the median of some rounds counts. With `--cold` each query is
measured alone, when the processor's caches are full of what other engines had there.
Folders are collections; without any the shipped articles' sentences are used.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import numpy as np
import typer
from rich.table import Table

from bot.articles.starter import knowledge_folder
from bot.printing import console, progress
from bot.wiring import open_analyzer
from tests.benchmarks.engines import ENGINES, FEWEST, LARGEST, SLOW, Search
from tests.benchmarks.plot import plot
from tests.benchmarks.texts import Words, make_words, read_material

FLOOR = "bytes over bandwidth"
_POSTING = 8
"""Bytes: a passage's number and its score."""
_COPIED = 1 << 27

Times = dict[str, list[float]]


def main(
    folders: Annotated[list[Path] | None, typer.Argument(help="Collections.")] = None,
    sizes: Annotated[str, typer.Option(help="How many passages, with commas.")] = "1000,10000",
    queries: Annotated[int, typer.Option(min=1, help="How many are asked.")] = 300,
    row: Annotated[int, typer.Option(min=1, help="So many of them in a row.")] = 50,
    rounds: Annotated[int, typer.Option(min=1, help="How often each is measured.")] = 5,
    cold: Annotated[bool, typer.Option(help="Each alone, after other engines' queries.")] = False,
    picture: Annotated[Path | None, typer.Option(help="Where the plot is written, PNG.")] = None,
) -> None:
    """Print p50 and p99 of every engine, and each one's ratio to ours."""
    material = read_material(folders or [])
    analyzer = open_analyzer(knowledge_folder(None))
    wanted = [max(FEWEST, int(size)) for size in sizes.split(",")]
    found: dict[str, dict[int, float]] = {}
    for size in wanted:
        words = make_words(material, size, analyzer)
        times = _searched(words, size, _Order(queries, 1 if cold else row, rounds, not cold))
        _print(size, times, _floor(words, queries))
        for name, taken in times.items():
            found.setdefault(name, {})[size] = float(np.median(taken))
        found.setdefault(FLOOR, {})[size] = _floor(words, queries)
    if picture:
        plot(found, picture)


class _Order(NamedTuple):
    """How many queries are asked, how many in a row, how often, and whether warm."""

    queries: int
    row: int
    rounds: int
    warm: bool


def _searched(words: Words, size: int, order: _Order) -> Times:
    """Microseconds of every query by engine, the median of all rounds."""
    engines = _built(words, size, order.queries)
    asked = words.queries[: order.queries]
    rounds: dict[str, list[list[float]]] = {name: [] for name in engines}
    names, drawn = list(engines), random.Random(0)
    with progress("Asking", order.rounds * len(asked)) as step:
        for _ in range(order.rounds):
            for times in rounds.values():
                times.append([])
            for start in range(0, len(asked), order.row):
                drawn.shuffle(names)
                for name in names:
                    few = asked[start : min(start + order.row, SLOW.get(name, len(asked)))]
                    if order.warm:
                        _timed(engines[name], few)
                    rounds[name][-1] += _timed(engines[name], few)
                for _ in asked[start : start + order.row]:
                    step()
    return {name: np.median(times, axis=0).tolist() for name, times in rounds.items()}


def _built(words: Words, size: int, queries: int) -> dict[str, Search]:
    """Every engine that is installed and not too slow for the size, asked everything once."""
    out = console()
    engines = {}
    for name, build in ENGINES.items():
        if size > LARGEST.get(name, size):
            continue
        began = time.process_time()
        try:
            engines[name] = build(words)
        except ModuleNotFoundError as error:
            out.print(f"{name}: {error.name} is not installed")
            continue
        built = time.process_time() - began
        _timed(engines[name], words.queries[: SLOW.get(name, queries)])
        out.print(f"{name}: {size:,} passages built in {built:.1f} s")
    # Rank_bm25's lists are millions of objects, which the collector would walk in others' time.
    gc.collect()
    gc.freeze()
    return engines


def _timed(search: Search, queries: Sequence[Sequence[int]]) -> list[float]:
    """Microseconds of every query."""
    times = []
    for query in queries:
        began = time.perf_counter_ns()
        search(query)
        times.append((time.perf_counter_ns() - began) / 1000)
    return times


def _print(size: int, times: Mapping[str, list[float]], floor: float) -> None:
    table = Table(title=f"{size:,} passages, microseconds a query")
    for heading in ("engine", "p50", "p99", "p50 to ours", "p99 to ours"):
        table.add_column(heading, justify="left" if heading == "engine" else "right")
    own = np.percentile(times["ours"], [50, 99])
    for name, row in times.items():
        p50, p99 = np.percentile(row, [50, 99])
        ratios = (f"{p50 / own[0]:,.2f}", f"{p99 / own[1]:,.2f}")
        table.add_row(name, f"{p50:,.0f}", f"{p99:,.0f}", *ratios)
    table.add_row(FLOOR, f"{floor:,.1f}", "", f"{floor / own[0]:,.3f}", "")
    console().print(table)


def _floor(words: Words, most: int) -> float:
    """Microseconds in which the memory gives the postings of the median query."""
    content = np.ones(_COPIED, dtype=np.uint8)
    target = np.empty_like(content)
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        np.copyto(target, content)
        taken.append(time.perf_counter() - began)
    bandwidth = 2 * _COPIED / min(taken)
    pairs = np.unique(
        words.passages.values.astype(np.int64) * len(words.passages)
        + np.repeat(np.arange(len(words.passages)), words.passages.lengths)
    )
    often = np.bincount(pairs // len(words.passages), minlength=len(words.names))
    postings = np.median([sum(often[n] for n in query) for query in words.queries[:most]])
    return float(postings) * _POSTING / bandwidth * 1e6


if __name__ == "__main__":
    typer.run(main)
