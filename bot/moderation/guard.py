"""How much a change loses, and whether a person has to look at it for that.

Pure. It must not know where a change comes from.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.articles.duplicates import likeness, shingles
from bot.articles.meeting import NEAR
from bot.articles.model import Article, Passage
from bot.articles.split import split
from bot.revisions.diff import RevisionDiff


def lost_by_article(diff: RevisionDiff) -> dict[str, int]:
    """How many passages each article loses; those that lose none are left out.

    A passage is not lost where a new one of its article says nearly the same
    (`duplicates.NEAR`): a mended comma loses nothing.
    """
    lost = {article.id: len(split(article)) for article in diff.gone}
    for change in diff.changed:
        lost[change.before.id] = _without_heir(change.minus, change.plus)
    return {article_id: count for article_id, count in lost.items() if count}


def share(lost: int, before: int) -> float:
    """The share that is lost, 0 to 1; of nothing nothing is lost."""
    return min(1.0, lost / before) if before > 0 else 0.0


def why_held(what: str, lost: int, before: int, lose_at_most: float) -> str | None:
    """Why a person has to look, as a sentence, or None where it is not for what is lost.

    Args:
        what: what loses them, as the beginning of the sentence.
        before: how many passages there were.
        lose_at_most: the share, 0 to 1, whose loss is still allowed.
    """
    lose = share(lost, before)
    if not lost or lose <= lose_at_most:
        return None
    return f"{what} loses {lost} of {before} passages, more than {lose_at_most:.0%}."


def passages_of(articles: Iterable[Article]) -> int:
    """How many passages articles have."""
    return sum(len(split(article)) for article in articles)


def _without_heir(minus: Iterable[Passage], plus: Iterable[Passage]) -> int:
    heirs = [shingles(passage.text) for passage in plus]
    lost = 0
    for passage in minus:
        mine = shingles(passage.text)
        heir = next((one for one in heirs if likeness(mine, one) >= NEAR), None)
        if heir is None:
            lost += 1
        else:
            heirs.remove(heir)
    return lost
