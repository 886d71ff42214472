"""What a whole question costs: `python -m tests.benchmarks.answering [FOLDER...] [--sizes N,N]`.

Analysis, search, evidence, citations and disagreements, over a knowledge base that was saved and
opened, one question after the other in one thread, none asked before. Garbage is collected as in
the running bot: what is young as it comes, all of it only while nobody asks. Folders are
collections; without any the shipped articles' sentences and questions are used.
"""

from __future__ import annotations

import gc
import os
import resource
import tempfile
import time
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.table import Table

from bot.printing import console, progress
from bot.wiring import Extras, open_answerer
from tests.benchmarks.bases import write_base
from tests.benchmarks.texts import read_material

_WARM_UP = 100
_NEVER = 1_000_000_000
GOALS = {10_000: (4.0, 12.0), 100_000: (8.0, 25.0)}
"""Milliseconds at p50 and p99, by size."""


def main(
    folders: Annotated[list[Path] | None, typer.Argument(help="Collections.")] = None,
    sizes: Annotated[str, typer.Option(help="How many passages, with commas.")] = "10000",
    questions: Annotated[int, typer.Option(min=1, help="How many are asked.")] = 500,
    fast: Annotated[bool, typer.Option("--fast", help="With the extra fast.")] = False,
) -> None:
    """Print p50 and p99 of whole questions, beside the goals."""
    material = read_material(folders or [])
    table = Table(title="A whole question")
    for heading in ("passages", "opened first, s", "p50, ms", "p99, ms", "goal, ms", "peak, MB"):
        table.add_column(heading, justify="right")
    with tempfile.TemporaryDirectory() as aside:
        os.environ["XDG_CACHE_HOME"] = str(Path(aside, "cache"))
        for size in map(int, sizes.split(",")):
            folder = Path(aside, str(size))
            write_base(folder, material, size)
            began = time.process_time()
            answerer = open_answerer(folder, extras=Extras(fast=fast), watch=progress)
            built = time.process_time() - began
            times = []
            gc.collect()
            gc.freeze()
            gc.set_threshold(*gc.get_threshold()[:2], _NEVER)
            warm_up = min(_WARM_UP, len(material.questions) // 2)
            for question in material.questions[:warm_up]:
                answerer.answer(question)
            for question in material.questions[warm_up : warm_up + questions]:
                began_at = time.perf_counter_ns()
                answerer.answer(question)
                times.append((time.perf_counter_ns() - began_at) / 1e6)
            p50, p99 = np.percentile(times, [50, 99])
            goal = "{:g} / {:g}".format(*GOALS[size]) if size in GOALS else ""
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            count = f"{len(answerer.passages):,}"
            table.add_row(count, f"{built:.1f}", f"{p50:.2f}", f"{p99:.1f}", goal, f"{peak:,.0f}")
    console().print(table)


if __name__ == "__main__":
    typer.run(main)
