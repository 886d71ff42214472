"""The confidence, fitted and tested: questions asked with their answer present, and withheld.

Withholding the right passages leaves near-topic questions without an answer, withholding their
whole article leaves far ones. The model is a logistic regression (Hastie, Tibshirani, Friedman,
"The Elements of Statistical Learning", section 4.4); every figure is told for articles that the
coefficients were not fitted on. It must not know files or the terminal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from bot.answers.answerer import Answerer
from bot.answers.collection import Collection
from bot.answers.confidence import Signs
from bot.articles.questions import UNANSWERABLE, JudgedQuestion

Floats = npt.NDArray[np.float64]
Mode = Literal["present", "passage", "article", "foreign"]
"""The right passages are there, or withheld, or the whole articles that they stand in are; or the
question is about something else altogether."""

SHOWN = 3
JUDGED = "judged"
JUDGED_SHARE = 0.7
FOREIGN = 150
"""Questions of each collection that are asked of our own knowledge base."""
_RIDGE = 1.0
_STEPS = 30


@dataclass(frozen=True, slots=True)
class Sample:
    """One question asked once.

    Attributes:
        topic: the title of the right article; folds never share one.
        right: a right passage is among the candidates that an answer shows.
    """

    collection: str
    mode: Mode
    topic: str
    signs: Signs | None
    right: bool


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression over signs, on the signs' own scale."""

    coefficients: tuple[float, ...]
    intercept: float

    def probabilities(self, samples: Sequence[Sample]) -> Floats:
        """The confidence for each sample; 0 where there was no candidate."""
        values = _matrix(samples) @ np.array(self.coefficients) + self.intercept
        found = np.array([sample.signs is not None for sample in samples])
        confidence: Floats = found / (1 + np.exp(-values))
        return confidence


def sample_collection(
    collection: Collection,
    answerer: Answerer,
    every: int = 1,
    on_progress: Callable[[], None] = lambda: None,
) -> Iterable[Sample]:
    """Ask every n-th question of a collection three times: present, and withheld both ways."""
    titles = {passage.article.id: passage.article.title for passage in collection.passages}
    by_id: defaultdict[str, list[int]] = defaultdict(list)
    by_title: defaultdict[str, list[int]] = defaultdict(list)
    for number, passage in enumerate(collection.passages):
        by_id[passage.article.id].append(number)
        by_title[passage.article.title].append(number)
    for asked in collection.questions[::every]:
        topics = sorted({titles[name] for name in asked.relevant})
        withheld: dict[Mode, list[int]] = {
            "present": [],
            "passage": [number for name in asked.relevant for number in by_id[name]],
            "article": [number for topic in topics for number in by_title[topic]],
        }
        for mode, numbers in withheld.items():
            considered = answerer.consider(asked.question, withheld=numbers)
            first = considered.ranking.candidates[:SHOWN]
            right = any(one.passage.article.id in asked.relevant for one in first)
            yield Sample(collection.name, mode, topics[0], considered.signs, right)
        on_progress()


def sample_foreign(
    collection: Collection, answerer: Answerer, most: int = FOREIGN
) -> Iterable[Sample]:
    """Ask questions of a collection where nothing answers them: of our own knowledge base."""
    every = max(1, len(collection.questions) // most)
    for number, asked in enumerate(collection.questions[::every]):
        signs = answerer.consider(asked.question).signs
        yield Sample(JUDGED, "foreign", f"{collection.name} {number}", signs, False)


def sample_judged(
    questions: Iterable[JudgedQuestion],
    answerer: Answerer,
    on_progress: Callable[[], None] = lambda: None,
) -> Iterable[Sample]:
    """Ask judged questions; those that no article answers count as withheld."""
    for judged in questions:
        considered = answerer.consider(judged.question, previous=judged.after)
        shown = considered.ranking.candidates[:SHOWN]
        right = any(judged.is_answered_by(one.passage.text) for one in shown)
        mode: Mode = "article" if judged.kind == UNANSWERABLE else "present"
        yield Sample(JUDGED, mode, judged.id, considered.signs, right)
        on_progress()


def fit(samples: Sequence[Sample]) -> Model:
    """Fit by Newton's method with a small ridge.

    Questions with and without answer weigh alike, and the judged questions of the knowledge base,
    which are few, weigh `JUDGED_SHARE` of all.
    """
    samples = [sample for sample in samples if sample.signs is not None]
    matrix = _matrix(samples)
    right = np.array([float(sample.right) for sample in samples])
    weights = _weights(samples) * len(samples)
    mean, spread = matrix.mean(axis=0), matrix.std(axis=0)
    spread[spread == 0] = 1.0
    scaled = np.hstack([(matrix - mean) / spread, np.ones((len(samples), 1))])
    ridge = np.diag([_RIDGE] * matrix.shape[1] + [0.0])
    beta = np.zeros(scaled.shape[1])
    for _ in range(_STEPS):
        expected = 1 / (1 + np.exp(-np.clip(scaled @ beta, -30, 30)))
        gradient = scaled.T @ (weights * (right - expected)) - ridge @ beta
        curvature = weights * expected * (1 - expected)
        beta = beta + np.linalg.solve((scaled.T * curvature) @ scaled + ridge, gradient)
    coefficients = beta[:-1] / spread
    intercept = float(beta[-1] - (coefficients * mean).sum())
    return Model(tuple(map(float, coefficients)), intercept)


def _weights(samples: Sequence[Sample]) -> Floats:
    """A weight for each sample; they add up to 1."""
    judged = np.array([sample.collection == JUDGED for sample in samples], dtype=bool)
    mode = np.array([sample.mode for sample in samples])
    weights = np.zeros(len(samples))
    for group, share in ((judged, JUDGED_SHARE), (~judged, 1 - JUDGED_SHARE)):
        absent = [one for one in ("passage", "article", "foreign") if (group & (mode == one)).any()]
        for one in ("present", *absent):
            part = share / 2 / (1 if one == "present" else len(absent))
            here = group & (mode == one)
            weights[here] = part / max(1, here.sum())
    return weights / (weights.sum() or 1.0)


def held_out(samples: Sequence[Sample], folds: int = 5) -> Floats:
    """The confidence of each sample from a model that has seen no question on its topic."""
    topics = sorted({sample.topic.casefold() for sample in samples})
    fold_of = {topic: number % folds for number, topic in enumerate(topics)}
    fold = np.array([fold_of[sample.topic.casefold()] for sample in samples])
    result = np.zeros(len(samples))
    for number in range(folds):
        model = fit([sample for sample, f in zip(samples, fold, strict=True) if f != number])
        here = [sample for sample, f in zip(samples, fold, strict=True) if f == number]
        result[fold == number] = model.probabilities(here)
    return result


def auroc(positive: Floats, negative: Floats) -> float:
    """The chance that a positive scores above a negative, ties halved (Mann and Whitney, 1947)."""
    both = np.concatenate([positive, negative])
    _, inverse, counts = np.unique(both, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    size = len(positive)
    return float((ranks[:size].sum() - size * (size + 1) / 2) / (size * len(negative)))


def answered_at(positive: Floats, negative: Floats, refused: float) -> float:
    """The share of positives above the cut that refuses this share of the negatives."""
    return float((positive > np.quantile(negative, refused)).mean())


def sign_names() -> tuple[str, ...]:
    """The signs' names, in the order of the coefficients."""
    return Signs._fields


def _matrix(samples: Sequence[Sample]) -> Floats:
    empty = (0.0,) * len(Signs._fields)
    rows = [sample.signs if sample.signs else empty for sample in samples]
    return np.array(rows, dtype=np.float64).reshape(len(samples), len(empty))


def summary(samples: Sequence[Sample]) -> dict[str, object]:
    """The fitted model, its held-out figures by collection, and what its confidence means."""
    model = fit(samples)
    sure = held_out(samples)
    modes = np.array([sample.mode for sample in samples])
    names = np.array([sample.collection for sample in samples])
    right = np.array([sample.right for sample in samples])
    rows: list[dict[str, object]] = []
    for name in dict.fromkeys(sample.collection for sample in samples):
        present = sure[(names == name) & (modes == "present")]
        for mode in ("article", "passage", "foreign"):
            absent = sure[(names == name) & (modes == mode)]
            if not len(absent):
                continue
            row: dict[str, object] = {"collection": name, "withheld": mode}
            row["auroc"] = round(auroc(present, absent), 4)
            for share in (0.9, 0.8, 0.7):
                row[f"answered_at_{share}"] = round(answered_at(present, absent, share), 4)
            rows.append(row)
    bins = []
    weight = _weights(samples)
    for low in np.arange(10) / 10:
        here = (sure >= low) & (sure < low + 0.1 + (low == 0.9))
        share = float((weight * right)[here].sum() / weight[here].sum()) if here.any() else 0.0
        bins.append({"from": float(low), "count": int(here.sum()), "right": round(share, 4)})
    coefficients = dict(zip(sign_names(), (round(c, 4) for c in model.coefficients), strict=True))
    return {
        "samples": len(samples),
        "model": {"coefficients": coefficients, "intercept": round(model.intercept, 4)},
        "held_out": rows,
        "bins": bins,
    }
