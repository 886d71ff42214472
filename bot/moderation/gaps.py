"""Questions without an answer, those that ask the same together, and the article one still needs.

Questions are compared by their meaning: the concepts of their words, in any language, and the
words' terms where they have none. It must not know who asked, nor where gaps are kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.articles.language import is_language_code
from bot.articles.model import LONGEST_TITLE
from bot.records.model import Gap
from bot.search.analyzer import Analyzer

ALIKE = 0.5
"""The share of meanings that two questions have in common, of all that they have."""


@dataclass(frozen=True, slots=True)
class GapGroup:
    """Gaps that ask nearly the same, most frequent first."""

    gaps: tuple[Gap, ...]

    @property
    def count(self) -> int:
        """How often they were asked, together."""
        return sum(gap.count for gap in self.gaps)

    @property
    def question(self) -> str:
        """The one that was asked most."""
        return self.gaps[0].question


def grouped(gaps: Iterable[Gap], analyzer: Analyzer) -> tuple[GapGroup, ...]:
    """Gaps in groups, most frequent first.

    A gap joins the group whose most frequent question it is most like, if it is like enough.
    """
    groups: list[tuple[frozenset[str], list[Gap]]] = []
    for gap in sorted(gaps, key=lambda one: (-one.count, one.id)):
        mine = _meanings(gap, analyzer)
        near = max(groups, key=lambda group: _likeness(mine, group[0]), default=None)
        if near is not None and _likeness(mine, near[0]) >= ALIKE:
            near[1].append(gap)
        else:
            groups.append((mine, [gap]))
    found = [GapGroup(tuple(members)) for _, members in groups]
    return tuple(sorted(found, key=lambda group: -group.count))


def skeleton(group: GapGroup) -> str:
    """An article's file that lacks only what people have to write: its text, and who says so.

    As it is it cannot be published: it has no text.
    """
    from bot.articles.frontmatter import one_line, write_yaml
    from bot.articles.importing import slug

    title = one_line(group.question)[:LONGEST_TITLE]
    language = group.gaps[0].language
    fields = {
        "id": slug(title) or "article",
        "title": title,
        "language": language if is_language_code(language) else None,
    }
    asked = "".join(f"# {gap.count} × {one_line(gap.question)}\n" for gap in group.gaps)
    more = '# publisher: \n# url: https://\n# published: "2026-01-31"\n'
    return f"---\n# Asked and not answered:\n{asked}{write_yaml(fields)}{more}---\n\n"


def _meanings(gap: Gap, analyzer: Analyzer) -> frozenset[str]:
    units = analyzer.units(gap.question, gap.language, asked=True)
    return frozenset(name for unit in units for name in (unit.concepts or unit.terms))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    union = len(one | other)
    return len(one & other) / union if union else 0.0
