"""What building an index costs: `python -m tests.benchmarks.building [FOLDER...] [--passages N]`.

A knowledge base of real sentences is written and its index built, whole and then stage by stage,
each in a process of its own, so that none finds what another one left in memory. Times are CPU's.
With `--refresh`, also what it costs to open it again, as it is and after one article has changed,
until it answers and is saved: the median of some changes of that kind, each of another article.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Annotated, TypeVar

import typer

from bot.articles.duplicates import numbered
from bot.articles.grouping import near_rows
from bot.articles.model import Article
from bot.articles.split import split
from bot.articles.starter import knowledge_folder
from bot.articles.store import ArticleStore
from bot.printing import console
from bot.search.analysing import analyse
from bot.search.cache import Cache
from bot.search.opening import open_index
from bot.search.postings import Postings
from bot.search.saved_file import save
from bot.search.shelf import Columns
from bot.search.similar import similar_arrays
from bot.wiring import open_analyzer
from tests.benchmarks.bases import with_new_word, without_paragraph, write_base, written_anew
from tests.benchmarks.texts import Material, read_material

_MEGABYTE = 1_000_000
_ROUNDS = 5

Change = Callable[[Article, Material], Article]
CHANGES: dict[str, Change] = {
    "without a paragraph": without_paragraph,
    "with a new word": with_new_word,
    "written anew": written_anew,
}

_A = TypeVar("_A")
_T = TypeVar("_T")


def main(
    folders: Annotated[list[Path] | None, typer.Argument(help="Collections.")] = None,
    passages: Annotated[int, typer.Option(min=1, help="About how many.")] = 10_000,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Also open it again, and with one article changed.")
    ] = False,
) -> None:
    """Print the CPU seconds of building an index and the most memory that it took."""
    out = console()
    with tempfile.TemporaryDirectory() as aside:
        base, cache = Path(aside) / "knowledge", Path(aside) / "cache"
        material = read_material(folders or [])
        write_base(base, material, passages)
        count, taken, most = apart(opened, base, cache)
        out.print(f"{count:,} passages built and saved in {taken:.2f} s, {most:,.0f} MB at most")
        for name, seconds in apart(stages, base, Path(aside)):
            out.print(f"  {name:24}{seconds:8.2f} s")
        if refresh:
            _, again, most = apart(opened, base, cache)
            out.print(f"opened again as it is in {again:.3f} s, {most:,.0f} MB at most")
            for name, change in CHANGES.items():
                after, alone, most = refreshed(base, cache, material, change)
                out.print(
                    f"opened with one article {name} in {after:.3f} s, {most:,.0f} MB at most;"
                    f" analysing that article alone takes {alone:.3f} s"
                )


def refreshed(
    base: Path, cache: Path, material: Material, change: Change, rounds: int = _ROUNDS
) -> tuple[float, float, float]:
    """The seconds to open it after such a change, and to analyse that article alone; megabytes."""
    store, found = ArticleStore(base), []
    for number in range(rounds):
        article = f"article-{number}"
        store.write(change(store.get(article), material))
        _, after, most = apart(opened, base, cache)
        found.append((after, apart(analysed_alone, base, article), most))
    after, alone, most = (median(one) for one in zip(*found, strict=True))
    return after, alone, most


def apart(work: Callable[[Path, _A], _T], base: Path, further: _A) -> _T:
    """What work tells, done in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(work, base, further).result()


def opened(base: Path, cache: Path) -> tuple[int, float, float]:
    """How many passages there are, the seconds to open their index, the most megabytes taken."""
    analyzer = open_analyzer(knowledge_folder(None))
    began = time.process_time()
    found = open_index(ArticleStore(base), analyzer, "benchmark", Cache(cache))
    return len(found.passages), time.process_time() - began, most_memory() / _MEGABYTE


def analysed_alone(base: Path, article_id: str) -> float:
    """The seconds to read, cut, number and analyse one article."""
    analyzer = open_analyzer(knowledge_folder(None))
    began = time.process_time()
    passages = split(ArticleStore(base).get(article_id))
    numbered(passage.text for passage in passages)
    analyse(passages, analyzer)
    return time.process_time() - began


def stages(base: Path, aside: Path) -> list[tuple[str, float]]:
    """The seconds of all that is done to build an index, one after the other."""
    analyzer = open_analyzer(knowledge_folder(None))
    times: list[tuple[str, float]] = []

    def timed(name: str, work: Callable[[], _T]) -> _T:
        began = time.process_time()
        found = work()
        times.append((name, time.process_time() - began))
        return found

    articles = timed("read", lambda: list(ArticleStore(base).read()))
    rows = timed("split", lambda: [split(article) for article in articles])
    passages = [passage for row in rows for passage in row]
    columns = timed("columns", lambda: Columns.of(articles, rows))
    shingles = timed("shingles", lambda: numbered(passage.text for passage in passages))
    timed("near-identical", lambda: near_rows(*shingles))
    analysis = timed("analysis", lambda: analyse(passages, analyzer))
    postings = timed("postings", lambda: Postings.of(analysis.terms, analysis.vocabulary.size))
    languages = sorted({article.language for article in articles})
    similar = timed("similar words", lambda: similar_arrays(analysis.vocabulary, languages))
    arrays = {**columns.arrays(), **analysis.arrays(), **postings.arrays(), **similar}
    timed("save", lambda: save(aside / "index", {}, arrays))
    return times


def most_memory() -> float:
    """The most bytes that this process has had in memory."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return taken if sys.platform == "darwin" else taken * 1024
    # Unlike the number above, not that of the process from which this one was started.
    return next(float(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


if __name__ == "__main__":
    typer.run(main)
