"""The command line: asks, scores, verifies, runs the bot. The terminal's edge.

Settings are read and resources opened here, errors told in one sentence here. It must not know how
questions are answered or how things look when printed (`printing`).
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Annotated, NoReturn

import typer

from bot import views_cli
from bot.config import read_settings
from bot.errors import InputError, ReceiptsError, why_not_read
from bot.loading import loading

ANSWERED, NOT_ANSWERED, FAULT = 0, 1, 2

app = typer.Typer(
    help="Answers about a public dispute with the exact passages, cited.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(views_cli.sides)
app.command()(views_cli.timeline)

Knowledge = Annotated[
    Path | None,
    typer.Option("--knowledge", metavar="DIR", help="The knowledge base's folder."),
]
Semantic = Annotated[
    bool,
    typer.Option("--semantic", help="Count nearness in meaning, too; needs the extra semantic."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    host: Annotated[
        str, typer.Option(help="The address to listen on; any but a loopback lets others in.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The page's port; 0 is any.")] = 0,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Do not open a browser at the page.")
    ] = False,
    faults: Annotated[
        bool, typer.Option("--faults", help="Make trouble now and then, as Discord does.")
    ] = False,
    description: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Discord's OpenAPI description, to check requests with."),
    ] = None,
) -> None:
    """Answers about a public dispute with the exact passages, cited.

    Without a command the bot runs: on Discord if DISCORD_TOKEN is set, and else on this machine,
    with a page in the browser to try it.
    """
    if context.invoked_subcommand is not None:
        return
    settings = read_settings()
    if settings.token is not None:
        run()
        return
    # Until the bot listens for it: what is open by then is closed, and no folder stays behind.
    signal.signal(signal.SIGTERM, _leave)
    with ExitStack() as opened:
        with loading():
            from tempfile import TemporaryDirectory

            from bot.trying import Trial, try_out
            from bot.wiring_desk import open_desk

            # What is said and published here is not kept: somebody is only trying it.
            data = Path(opened.enter_context(TemporaryDirectory()))
            folder = settings.knowledge or data / "knowledge"
            desk = opened.enter_context(open_desk(folder, replace(settings, data=data)))
        try_out(desk, Trial(host, port, not no_browser, faults, description), _say)


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(ANSWERED)


def _say(line: str) -> None:
    print(line, flush=True)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="What you want to know.")] = None,
    knowledge: Knowledge = None,
    top: Annotated[int, typer.Option(min=1, max=50, help="How many passages to show.")] = 3,
    after: Annotated[
        str | None, typer.Option(metavar="QUESTION", help="The question before this one.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show which word met which, and the score's parts.")
    ] = False,
    as_json: AsJson = False,
    semantic: Semantic = False,
    questions: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Read one question a line; - is standard input."),
    ] = None,
) -> None:
    """Answer a question with cited passages; exit status 0 answered, 1 not answered, 2 a fault."""
    if (question is None) == (questions is None):
        raise InputError('Give one question, as in: ask "Why did Musk leave OpenAI?"')
    if questions is not None and not as_json:
        raise InputError("--questions prints one JSON object a line; add --json.")
    with loading():
        from bot.answers.model import no_answer
        from bot.printing import answer_object, print_answer, progress
        from bot.wiring import Extras, open_answerer

        extras = Extras(_semantic(semantic))
        answerer = open_answerer(_knowledge(knowledge), extras=extras, watch=progress)
    if question is not None:
        answer = answerer.answer(question, top=top, previous=after)
        if as_json:
            _print_json(answer_object(answer))
        else:
            print_answer(answer, explain=explain)
        raise typer.Exit(ANSWERED if answer.answered else NOT_ANSWERED)
    status = ANSWERED
    for line in _lines(questions):
        try:
            answer = answerer.answer(line, top=top)
        except InputError as error:
            _print_json({**answer_object(no_answer(line)), "error": str(error)})
            status = FAULT
            continue
        _print_json(answer_object(answer))
        if not answer.answered:
            status = max(status, NOT_ANSWERED)
    raise typer.Exit(status)


@app.command("eval")
def evaluate(
    judged: Annotated[
        Path,
        typer.Argument(
            metavar="FILE|FOLDER", help="Judged questions or sentences, or a collection."
        ),
    ],
    knowledge: Knowledge = None,
    as_json: AsJson = False,
    semantic: Semantic = False,
) -> None:
    """Score judged questions or sentences (a YAML file) or a public collection (a folder)."""
    from bot.answers.account_evaluation import evaluate_accounts
    from bot.answers.collection import read_collection
    from bot.answers.evaluation import evaluate_collection, evaluate_questions
    from bot.articles.account_sentences import holds_sentences, read_sentences
    from bot.articles.accounts import known_accounts
    from bot.articles.dispute import FILE, read_dispute
    from bot.articles.questions import read_questions
    from bot.articles.starter import borrowed, knowledge_folder
    from bot.printing import print_account_report, print_report, progress
    from bot.wiring import Extras, build_answerer, open_analyzer, open_answerer, wanted_encoder

    folder = knowledge_folder(_knowledge(knowledge))
    if judged.is_dir():
        collection = read_collection(judged)
        encoder = wanted_encoder(_semantic(semantic))
        answerer = build_answerer(collection.passages, open_analyzer(folder), encoder)
        with progress(judged.name, len(collection.questions)) as step:
            report = evaluate_collection(collection.questions, answerer, step)
    elif holds_sentences(judged):
        dispute = read_dispute(borrowed(folder, FILE))
        sentences = read_sentences(judged, known_accounts(dispute))
        accounts = evaluate_accounts(sentences, dispute)
        if as_json:
            _print_json({"name": str(judged), **accounts.figures()})
        else:
            print_account_report(judged.name, accounts)
        return
    else:
        questions = read_questions(judged)
        answerer = open_answerer(folder, extras=Extras(_semantic(semantic)), watch=progress)
        with progress(judged.name, len(questions)) as step:
            report = evaluate_questions(questions, answerer, step)
    if as_json:
        _print_json({"name": str(judged), **report.figures()})
    else:
        print_report(judged.name, report)


@app.command()
def calibrate(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER...", help="Collections.")],
    knowledge: Knowledge = None,
    judged: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Judged questions on the knowledge base.")
    ] = None,
    every: Annotated[int, typer.Option(min=1, help="Ask only every n-th question.")] = 1,
    as_json: AsJson = False,
) -> None:
    """Fit the confidence on collections with answers withheld; print it and held-out figures."""
    from bot.answers.calibration import (
        Sample,
        sample_collection,
        sample_foreign,
        sample_judged,
        summary,
    )
    from bot.answers.collection import read_collection
    from bot.articles.questions import read_questions
    from bot.articles.starter import knowledge_folder
    from bot.printing import print_calibration, progress
    from bot.wiring import build_answerer, open_analyzer, open_answerer

    folder = knowledge_folder(_knowledge(knowledge))
    analyzer = open_analyzer(folder)
    samples: list[Sample] = []
    collections = [read_collection(path) for path in folders]
    for path, collection in zip(folders, collections, strict=True):
        answerer = build_answerer(collection.passages, analyzer)
        with progress(path.name, len(collection.questions[::every])) as step:
            samples += sample_collection(collection, answerer, every, step)
    if judged is not None:
        questions = read_questions(judged)
        with progress(judged.name, len(questions)) as step:
            own = open_answerer(folder)
            samples += sample_judged(questions, own, step)
        for collection in collections:
            samples += sample_foreign(collection, own)
    found = summary(samples)
    if as_json:
        print(json.dumps(found))
    else:
        print_calibration(found)


@app.command()
def verify(knowledge: Knowledge = None, as_json: AsJson = False) -> None:
    """Re-read every passage against its stored article; exit status 2 if one differs."""
    from bot.articles.split import split
    from bot.articles.starter import knowledge_folder
    from bot.articles.store import ArticleStore
    from bot.articles.verification import verify_passage
    from bot.printing import print_verification

    store = ArticleStore(knowledge_folder(_knowledge(knowledge)))
    passages = [passage for article in store.read() for passage in split(article)]
    wrong = [passage for passage in passages if not verify_passage(passage, store)]
    if as_json:
        print(json.dumps({"passages": len(passages), "differ": [p.id for p in wrong]}))
    else:
        print_verification(len(passages), wrong)
    raise typer.Exit(FAULT if wrong else ANSWERED)


@app.command()
def run(knowledge: Knowledge = None) -> None:
    """Run the Discord bot; needs DISCORD_TOKEN. A knowledge folder that is not there is made."""
    with ExitStack() as opened:
        with loading():
            from bot.client import run as run_client
            from bot.wiring_desk import open_desk

            settings = read_settings()
            desk = opened.enter_context(open_desk(knowledge or settings.knowledge, settings))
        run_client(desk, settings)


@app.command(
    "kb",
    add_help_option=False,
    context_settings={
        "allow_extra_args": True,
        "allow_interspersed_args": False,
        "ignore_unknown_options": True,
    },
)
def knowledge_base(context: typer.Context) -> None:
    """Add, refresh, check and publish articles."""
    # A command line of its own, so that a question need not wait until it is built.
    from bot import kb_cli

    kb_cli.app(context.args, prog_name=context.command_path)


def main() -> NoReturn:
    """Run the command line and leave with its exit status."""
    # What is wrong with a PDF file is said in our own words.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        try:
            app()
        finally:
            # What is still held back would fail only when nobody can tell it any more.
            if sys.stdout is not None:
                sys.stdout.flush()
    except ReceiptsError as error:
        print(error, file=sys.stderr)
        sys.exit(FAULT)
    except BrokenPipeError:
        # The reader of a pipe has gone, as with `| head`; rich and typer end with 1 then, too.
        _drop_output()
        sys.exit(NOT_ANSWERED)
    except OSError as error:
        what = f"{error.filename} cannot be used"
        if error.filename is None:
            what = "The output cannot be written"
            _drop_output()
        print(f"{what} ({error.strerror}).", file=sys.stderr)
        sys.exit(FAULT)
    sys.exit(ANSWERED)


def _drop_output() -> None:
    """Send what could not be written nowhere, so that the interpreter does not try it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _knowledge(given: Path | None) -> Path | None:
    return given or read_settings().knowledge


def _semantic(given: bool) -> bool:
    return given or read_settings().semantic


def _lines(path: Path | None) -> list[str]:
    try:
        text = sys.stdin.read() if str(path) == "-" else Path(str(path)).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        name = "Standard input" if str(path) == "-" else path
        raise InputError(f"{name} {why_not_read(error)}") from error
    # Not splitlines(): a question may hold U+2028 and its like, and is still one line.
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        raise InputError(f"{path} holds no question; write one a line.")
    return lines


def _print_json(value: Mapping[str, object]) -> None:
    line = json.dumps(value, ensure_ascii=False)
    if any("\ud800" <= letter <= "\udfff" for letter in line):
        # Half of a surrogate pair, from bytes that are no UTF-8, can be printed only escaped.
        line = json.dumps(value)
    print(line)
