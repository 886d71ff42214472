"""Judged sentences, scored: how often the account that is found is the right one.

Precision and recall as in Manning, Raghavan, Schütze, "Introduction to Information Retrieval",
chapter 8, micro-averaged over the sides. It must not know files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.articles.account_sentences import JudgedSentence
from bot.articles.accounts import REPORTER, THIRD, Accounts
from bot.articles.model import Article, Dispute, Passage

SIDES = "sides"
LABELS = (SIDES, THIRD, REPORTER)


@dataclass(slots=True)
class AccountTally:
    """Counts of sentences for one label: judged so, found so, and both at once."""

    judged: int = 0
    found: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Of the sentences given to the label, the share that is right; 1 where there is none."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Of the label's sentences, the share that was found; 1 where there is none."""
        return self.right / self.judged if self.judged else 1.0

    def figures(self) -> dict[str, float]:
        """The figures by name, rounded for people."""
        return {
            "judged": self.judged,
            "found": self.found,
            "right": self.right,
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
        }


@dataclass(slots=True)
class AccountReport:
    """Tallies of one evaluation: of each group, such as `held` or `held it`, for each label.

    Attributes:
        missed: sentences of the tuned part that were read wrongly, with what was found. Those of
            the held part are not told, so that nobody tunes on them.
    """

    groups: dict[str, dict[str, AccountTally]] = field(default_factory=dict)
    missed: list[tuple[JudgedSentence, str]] = field(default_factory=list)

    def figures(self) -> dict[str, object]:
        """Everything by name, ready for JSON."""
        return {
            "groups": {
                name: {label: tally.figures() for label, tally in tallies.items()}
                for name, tallies in self.groups.items()
            },
            "missed": [
                {"line": one.line, "sentence": one.text, "account": one.account, "found": found}
                for one, found in self.missed
            ],
        }


def evaluate_accounts(sentences: Iterable[JudgedSentence], dispute: Dispute) -> AccountReport:
    """Read judged sentences as passages of their own and compare the accounts."""
    accounts = Accounts(dispute)
    tallies: defaultdict[str, dict[str, AccountTally]] = defaultdict(
        lambda: {label: AccountTally() for label in LABELS}
    )
    report = AccountReport()
    for one in sentences:
        found = found_account(one, accounts)
        judged_label = one.account if one.account in LABELS else SIDES
        found_label = found if found in LABELS else SIDES
        for group in (one.part, f"{one.part} {one.language}"):
            tallies[group][judged_label].judged += 1
            tallies[group][found_label].found += 1
            tallies[group][found_label].right += found == one.account
        if found != one.account and one.part == "tuned":
            report.missed.append((one, found))
    report.groups = dict(sorted(tallies.items()))
    return report


def found_account(one: JudgedSentence, accounts: Accounts) -> str:
    """The account found for a judged sentence, in the passage that it and its context make."""
    lead = f"{one.before} " if one.before else ""
    article = Article("judged", "Judged", lead + one.text, one.language)
    passage = Passage(article, 0, len(article.text), 1, 1, one.heading)
    here = [found for found in accounts.attributions(passage) if found.end > len(lead)]
    longest = max(here, key=lambda found: found.end - max(found.start, len(lead)))
    return longest.account
