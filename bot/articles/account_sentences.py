"""Judged sentences: whose account each gives, by a reader's judgement.

It must not know how accounts are found or scored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bot.articles.frontmatter import load_yaml
from bot.articles.language import is_language_code
from bot.articles.nodes import Fields
from bot.errors import Fault, KnowledgeError

KEY = "sentences"
PARTS = ("tuned", "held")


@dataclass(frozen=True, slots=True)
class JudgedSentence:
    """A sentence and its judgement.

    Attributes:
        text: one sentence, or a quotation of more that one person says.
        language: ISO 639-1.
        account: a side's id, `third` or `reporter`.
        part: one of `PARTS`; only `tuned` ones may be looked at while the finder is changed.
        before: what stands in front of it in its passage.
        heading: the heading above it.
        line: where it begins in its file, from 1.
    """

    text: str
    language: str
    account: str
    part: str
    before: str | None = None
    heading: str | None = None
    line: int = field(default=0, compare=False)


def holds_sentences(path: Path) -> bool:
    """Whether a YAML file is one of judged sentences, by its first field."""
    node, _ = load_yaml(path)
    return node is not None and KEY in (node.fields or {})


def read_sentences(path: Path, accounts: frozenset[str]) -> tuple[JudgedSentence, ...]:
    """Read a file of judged sentences.

    Args:
        accounts: the labels that there are.

    Raises:
        KnowledgeError: it has faults; it carries all of them.
    """
    sentences, faults = scan_sentences(path, accounts)
    if faults:
        raise KnowledgeError(f"{path} has faults:", faults)
    return sentences


def scan_sentences(
    path: Path, accounts: frozenset[str]
) -> tuple[tuple[JudgedSentence, ...], tuple[Fault, ...]]:
    """Read judged sentences as far as they can be read, and tell every fault."""
    node, unreadable = load_yaml(path)
    faults = list(unreadable)
    if node is None:
        return (), tuple(faults)
    fields = Fields(path, node, faults, "The file")
    sentences = [_sentence(one, accounts) for one in fields.mappings(KEY, "The sentence")]
    fields.finish()
    if not sentences and not faults:
        faults.append(Fault(path, 1, "It holds no sentence.", f"Write them below `{KEY}:`."))
    return tuple(sentences), tuple(sorted(faults, key=lambda fault: fault.line))


def _sentence(fields: Fields, accounts: frozenset[str]) -> JudgedSentence:
    sentence = JudgedSentence(
        text=fields.required_text("text"),
        language=fields.required_text("lang"),
        account=fields.required_text("account"),
        part=fields.required_text("part"),
        before=fields.text("before"),
        heading=fields.text("heading"),
        line=fields.line,
    )
    fields.finish()
    if sentence.language and not is_language_code(sentence.language):
        problem = f"`{sentence.language}` is not a language's code."
        fields.fault(fields.line_of("lang"), problem, "Use ISO 639-1, such as `it`.")
    for name, value, known in (
        ("account", sentence.account, sorted(accounts)),
        ("part", sentence.part, PARTS),
    ):
        if value and value not in known:
            problem = f"`{name}: {value}` is not known."
            fields.fault(fields.line_of(name), problem, f"Known are: {', '.join(known)}.")
    return sentence
