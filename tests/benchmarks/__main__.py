"""Measures engines side by side in one process: `python -m tests.benchmarks [FOLDER...]`.

Each engine is asked some queries in a row, then the next one, each time in another order, so that
what else the machine does meets all alike; read the ratios. All have been asked everything once
before. With `--row 1` each query finds the processor's caches full of what other engines had there.
Folders are collections; without any the shipped articles' sentences are used.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.table import Table

from bot.articles.starter import knowledge_folder
from bot.printing import console, progress
from bot.wiring import open_analyzer
from tests.benchmarks.engines import ENGINES, FEWEST, LARGEST, SLOW
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
    picture: Annotated[Path | None, typer.Option(help="Where the plot is written, PNG.")] = None,
) -> None:
    """Print p50 and p99 of every engine, and each one's ratio to ours."""
    material = read_material(folders or [])
    analyzer = open_analyzer(knowledge_folder(None))
    wanted = [max(FEWEST, int(size)) for size in sizes.split(",")]
    found: dict[str, dict[int, float]] = {}
    for size in wanted:
        words = make_words(material, size, analyzer)
        times = _searched(words, size, queries, row)
        _print(size, times, _floor(words, queries))
        for name, taken in times.items():
            found.setdefault(name, {})[size] = float(np.median(taken))
        found.setdefault(FLOOR, {})[size] = _floor(words, queries)
    if picture:
        plot(found, picture)


def _searched(words: Words, size: int, most: int, row: int) -> Times:
    """Microseconds of every query by engine."""
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
        for query in words.queries[: SLOW.get(name, most)]:
            engines[name](query)
        out.print(f"{name}: {size:,} passages built in {built:.1f} s")
    times: Times = {name: [] for name in engines}
    asked = words.queries[:most]
    # Rank_bm25's lists are millions of objects, which the collector would walk in others' time.
    gc.collect()
    gc.freeze()
    order, drawn = list(engines), random.Random(0)
    with progress("Asking", len(asked)) as step:
        for start in range(0, len(asked), row):
            drawn.shuffle(order)
            for name in order:
                search = engines[name]
                for query in asked[start : min(start + row, SLOW.get(name, most))]:
                    began_at = time.perf_counter_ns()
                    search(query)
                    times[name].append((time.perf_counter_ns() - began_at) / 1000)
            for _ in asked[start : start + row]:
                step()
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
