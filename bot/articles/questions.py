"""Judged questions: what people ask, and by which words the right passages are known.

It must not know how questions are answered or scored.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bot.articles.folding import folded
from bot.articles.language import is_language_code
from bot.errors import Fault, KnowledgeError

if TYPE_CHECKING:
    from bot.articles.nodes import Fields

UNANSWERABLE = "unanswerable"
KINDS = ("same", "paraphrase", "cross", "typo", "followup", UNANSWERABLE)


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question and its judgement.

    Attributes:
        kind: one of `KINDS`.
        language: of the question (ISO 639-1).
        relevant: a passage is right if its folded text contains one of these; none stands in any
            passage if the question cannot be answered.
        after: the question before it, for a follow-up.
        want: the language of the right passages, where only one has them.
        line: where it begins in its file, from 1.
    """

    id: str
    kind: str
    language: str
    question: str
    relevant: tuple[str, ...] = ()
    after: str | None = None
    want: str | None = None
    line: int = field(default=0, compare=False)

    def is_answered_by(self, text: str) -> bool:
        """Whether a passage of that text is right."""
        here = folded(text)
        return any(folded(words) in here for words in self.relevant)


def read_questions(path: Path) -> tuple[JudgedQuestion, ...]:
    """Read a file of judged questions.

    Raises:
        KnowledgeError: it has faults; it carries all of them.
    """
    questions, faults = scan_questions(path)
    if faults:
        raise KnowledgeError(f"{path} has faults:", faults)
    return questions


def plain_questions(questions: Iterable[JudgedQuestion]) -> list[list[str]]:
    """The kind of each question and what it asks, as JSON can hold it."""
    return [[one.kind, one.question] for one in questions]


def scan_questions(path: Path) -> tuple[tuple[JudgedQuestion, ...], tuple[Fault, ...]]:
    """Read judged questions as far as they can be read, and tell every fault."""
    from bot.articles.frontmatter import load_yaml
    from bot.articles.nodes import Fields

    node, unreadable = load_yaml(path)
    faults = list(unreadable)
    if node is None:
        return (), tuple(faults)
    fields = Fields(path, node, faults, "The file")
    questions = [_question(one) for one in fields.mappings("questions", "The question")]
    fields.finish()
    return tuple(questions), tuple(sorted(faults, key=lambda fault: fault.line))


def _question(fields: Fields) -> JudgedQuestion:
    question = JudgedQuestion(
        id=fields.required_text("id"),
        kind=fields.required_text("kind"),
        language=fields.required_text("lang"),
        question=fields.required_text("q"),
        relevant=fields.texts("relevant"),
        after=fields.text("after"),
        want=fields.text("want"),
        line=fields.line,
    )
    fields.finish()
    _check(question, fields)
    return question


def _check(question: JudgedQuestion, fields: Fields) -> None:
    """Report what would make the question's score mean something else than it says."""
    if question.kind and question.kind not in KINDS:
        problem = f"`{question.kind}` is not a kind of question."
        fields.fault(fields.line_of("kind"), problem, f"Known are: {', '.join(KINDS)}.")
    for name, language in (("lang", question.language), ("want", question.want)):
        if language and not is_language_code(language):
            problem = f"`{language}` is not a language's code."
            fields.fault(fields.line_of(name), problem, "Use ISO 639-1, such as `it`.")
    if question.question and not any(map(str.isprintable, question.question)):
        fields.fault(fields.line_of("q"), "The question has nothing to read.", "Write it out.")
    if bool(question.relevant) == (question.kind == UNANSWERABLE):
        advice = "Give `relevant:` to every question but those of the kind unanswerable."
        fields.fault(fields.line, "What answers the question is not clear.", advice)
