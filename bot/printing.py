"""How things look in the terminal: for people through rich, for scripts as JSON objects.

It must not know how answers are found, nor read or write files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bot.answers.model import Answer, Citation, Claim, Disagreement
from bot.answers.quoting import quote_url
from bot.articles.model import Passage

if TYPE_CHECKING:
    from bot.answers.account_evaluation import AccountReport
    from bot.answers.evaluation import Report

_MOST_WORD = 40


def answer_object(answer: Answer) -> dict[str, object]:
    """An answer as the JSON object that scripts rely on (README, "For scripts")."""
    return {
        "question": answer.question,
        "answered": answer.answered,
        "confidence": round(answer.confidence, 4),
        "language": answer.language,
        "understood_as": answer.understood_as,
        "unknown_words": list(answer.unknown_words),
        "passages": [_passage_object(citation) for citation in answer.citations],
        "disagreements": [
            {"kind": one.kind, "claims": [_claim_object(claim) for claim in one.claims]}
            for one in answer.disagreements
        ],
    }


def _claim_object(claim: Claim) -> dict[str, object]:
    return {
        "value": claim.value,
        "text": claim.passage.text[claim.start : claim.end],
        "sentence": claim.passage.text[slice(*claim.sentence)],
        "start": claim.start,
        "end": claim.end,
        "passage": claim.passage.id,
        "title": claim.passage.article.title,
        "publisher": claim.passage.article.publisher,
    }


def _passage_object(citation: Citation) -> dict[str, object]:
    passage = citation.passage
    article = passage.article
    return {
        "rank": citation.rank,
        "score": round(citation.score, 6),
        "text": passage.text,
        "language": article.language,
        "start": passage.start,
        "end": passage.end,
        "number": passage.number,
        "of": passage.of,
        "highlights": [list(span) for span in citation.highlights],
        "best": list(citation.best),
        "also_in": [twin.id for twin in citation.also_in],
        "pinned": citation.pinned,
        "article": {
            "id": article.id,
            "title": article.title,
            "publisher": article.publisher,
            "url": article.url,
            "published": article.published.isoformat() if article.published else None,
            "language": article.language,
        },
    }


def print_answer(answer: Answer, *, explain: bool = False) -> None:
    """Print an answer, or say plainly that there is none."""
    out = console()
    if answer.understood_as:
        out.print(Text(f"Understood as: {answer.understood_as}", style="dim"))
    if not answer.answered:
        _print_refusal(out, answer)
    for citation in answer.citations if answer.answered or explain else ():
        _print_citation(out, citation, explain=explain)
    for disagreement in answer.disagreements if answer.answered else ():
        _print_disagreement(out, disagreement)
    if answer.answered or explain:
        out.print(Text(f"Confidence {answer.confidence:.2f}", style="dim"))


def _print_refusal(out: Console, answer: Answer) -> None:
    out.print(Text("No article answers this.", style="bold"))
    if answer.unknown_words:
        out.print(f"No article knows: {', '.join(map(_short, answer.unknown_words))}")
    if answer.nearest:
        out.print("Nearest titles, which are not an answer:")
    for passage in answer.nearest:
        out.print(Text(f"  · {passage.article.title}"))


def _short(word: str) -> str:
    return word if len(word) <= _MOST_WORD else word[: _MOST_WORD - 1] + "…"


def _print_citation(out: Console, citation: Citation, *, explain: bool) -> None:
    passage = citation.passage
    out.print(Text(f"{citation.rank}. {passage.article.title}", style="bold cyan"))
    out.print(Text("   " + " · ".join(_origin(passage)), style="dim"))
    if citation.pinned:
        out.print(Text("   Chosen by the moderators for this question.", style="dim"))
    out.print(Padding(_marked(citation), (0, 0, 0, 3)))
    if link := quote_url(citation):
        out.print(Text(f"   {link}", style="dim"), soft_wrap=True)
    if citation.also_in:
        names = dict.fromkeys(twin.article.title for twin in citation.also_in)
        out.print(Text(f"   Also in: {'; '.join(names)}", style="dim"))
    if explain:
        _print_explanation(out, citation)
    out.print()


def _print_disagreement(out: Console, disagreement: Disagreement) -> None:
    out.print(Text("Sources disagree", style="bold yellow"))
    for claim in disagreement.claims:
        start, end = claim.sentence
        sentence = Text(claim.passage.text[start:end])
        sentence.stylize("bold", claim.start - start, claim.end - start)
        article = claim.passage.article
        origin = " · ".join(filter(None, (article.title, article.publisher)))
        out.print(Padding(sentence, (0, 0, 0, 3)))
        out.print(Padding(Text(f"— {origin}", style="dim"), (0, 0, 0, 3)))
    out.print()


def _print_explanation(out: Console, citation: Citation) -> None:
    parts = ", ".join(f"{name} {value:.3f}" for name, value in citation.parts)
    out.print(Text(f"   score {citation.score:.3f}: {parts}", style="yellow"))
    best: dict[tuple[str, str, str], float] = {}
    for match in citation.matches:
        key = (match.word, match.met, match.through)
        best[key] = max(best.get(key, 0.0), match.score)
    for (word, met, through), score in best.items():
        out.print(Text(f"   {word} met {met} ({through}, {score:.2f})", style="yellow"))


def _origin(passage: Passage) -> Iterator[str]:
    article = passage.article
    if article.publisher:
        yield article.publisher
    if article.published:
        yield article.published.isoformat()
    yield article.language
    yield f"passage {passage.number} of {passage.of}"
    if not article.url:
        for source in article.sources:
            named = source.publisher or source.title
            if named:
                yield f"after {named}"
                break


def _marked(citation: Citation) -> Text:
    """The passage word for word; the best sentence stands out, words that matched are bold."""
    text = Text(citation.passage.text)
    text.stylize("italic", *citation.best)
    for start, end in citation.highlights:
        text.stylize("bold green", start, end)
    return text


def print_report(name: str, report: Report) -> None:
    """Print the figures of an evaluation as a table."""
    from rich.table import Table

    out = console()
    table = Table(
        "", "questions", "hit@1", "hit@3", "MRR", "nDCG", "answered", "and hit@1", title=name
    )
    groups = [("all", report.total), *sorted(report.groups.items())]
    for label, tally in groups:
        figures = tally.figures()
        names = ("hit@1", "hit@3", "mrr@10", "ndcg@10", "answered", "answered_hit@1")
        table.add_row(label, str(tally.questions), *(f"{figures[n]:.3f}" for n in names))
    out.print(table)
    if report.asked:
        out.print(f"refused {report.refused} of {report.asked} that no article answers")


def print_account_report(name: str, report: AccountReport) -> None:
    """Print precision and recall of each part, language and account as a table."""
    from rich.table import Table

    table = Table("", "account", "judged", "found", "right", "precision", "recall", title=name)
    for group, tallies in report.groups.items():
        for label, tally in tallies.items():
            counts = (str(count) for count in (tally.judged, tally.found, tally.right))
            shares = (f"{share:.3f}" for share in (tally.precision, tally.recall))
            table.add_row(group, label, *counts, *shares)
    console().print(table)


def print_calibration(found: Mapping[str, object]) -> None:
    """Print a fitted confidence and its held-out figures."""
    from rich.table import Table

    out = console()
    model = found["model"]
    out.print(f"Coefficients: {model}")
    rows = found["held_out"]
    table = Table("collection", "withheld", "AUROC", "at 90% refused", "at 80%", "at 70%")
    if isinstance(rows, list):
        for row in rows:
            table.add_row(*(f"{v:.3f}" if isinstance(v, float) else str(v) for v in row.values()))
    out.print(table)
    bins = Table("confidence", "answers", "right", title="Held out: what the confidence means")
    for row in found["bins"] if isinstance(found["bins"], list) else ():
        bins.add_row(
            f"{row['from']:.1f} to {row['from'] + 0.1:.1f}",
            str(row["count"]),
            f"{row['right']:.2f}",
        )
    out.print(bins)


def print_verification(count: int, wrong: Sequence[Passage]) -> None:
    """Say whether every passage is its article's text."""
    out = console()
    for passage in wrong:
        out.print(Text(f"{passage.id} differs from its stored article", style="red"))
    out.print(f"{count - len(wrong)} of {count} passages are word for word as stored")


@contextmanager
def progress(name: str, total: int) -> Iterator[Callable[[], None]]:
    """A progress bar on a terminal, nothing elsewhere; call what it yields for each step."""
    seen = Console(stderr=True)
    if not seen.is_terminal:
        yield lambda: None
        return
    from rich.progress import Progress

    with Progress(console=seen, transient=True) as bar:
        task = bar.add_task(name, total=total)
        yield lambda: bar.advance(task)


def console() -> Console:
    """The terminal; nothing that is printed is taken for markup."""
    return Console(markup=False, highlight=False, emoji=False)
