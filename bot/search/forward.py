"""The forward index: for each passage the terms it has, in which sentence, at which position.

The inverted index is built from it, and evidence is weighed on it without reading texts again.
It must not know scores, nor how texts are analysed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.articles.model import Passage
from bot.search.analyzer import Analyzer
from bot.search.ragged import Numbers, Ragged
from bot.search.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the texts of passages hold, as flat arrays that can be saved and mapped.

    Attributes:
        vocabulary: every term with its id.
        terms: for each passage the ids of its terms, in the order of the text.
        sentences: for each of these the number of its sentence in the passage, from 0.
        positions: for each of these the number of its token in the passage, from 0.
        cues: for each passage the kinds of answer that its sentences may hold, a bit set for each
            (see `cues`); there is at least one.
        titles: for each passage the ids of the terms in its article's title, ascending.
        spans: for each passage the start and the end of its first sentence in its text, then those
            of the next one, and so on.
    """

    vocabulary: Vocabulary
    terms: Ragged
    sentences: Numbers
    positions: Numbers
    cues: Ragged
    titles: Ragged
    spans: Ragged

    def arrays(self) -> dict[str, Numbers]:
        """All of it by name."""
        return {
            **self.vocabulary.arrays(),
            "terms": self.terms.values,
            "term_pointer": self.terms.pointer,
            "sentences": self.sentences,
            "positions": self.positions,
            "cues": self.cues.values,
            "cue_pointer": self.cues.pointer,
            "titles": self.titles.values,
            "title_pointer": self.titles.pointer,
            "spans": self.spans.values,
            "span_pointer": self.spans.pointer,
        }

    @staticmethod
    def of(arrays: Mapping[str, Numbers]) -> Analysis:
        """What those arrays hold."""
        return Analysis(
            vocabulary=Vocabulary.restored(arrays),
            terms=Ragged(arrays["terms"], arrays["term_pointer"]),
            sentences=arrays["sentences"],
            positions=arrays["positions"],
            cues=Ragged(arrays["cues"], arrays["cue_pointer"]),
            titles=Ragged(arrays["titles"], arrays["title_pointer"]),
            spans=Ragged(arrays["spans"], arrays["span_pointer"]),
        )


class ForwardIndex:
    """The terms of all passages.

    Args:
        passages: in the order that gives them their numbers.
        analysis: of their texts, or the analyzer that makes it.
        languages: of the passages, where they are known.
    """

    def __init__(
        self,
        passages: Sequence[Passage],
        analysis: Analysis | Analyzer,
        languages: Sequence[str] | None = None,
    ) -> None:
        # Analysing imports what an index that was saved can do without.
        if isinstance(analysis, Analyzer):
            from bot.search.analysing import analyse

            analysis = analyse(passages, analysis)
        if languages is None:
            languages = sorted({passage.article.language for passage in passages})
        self.passages = passages
        self.languages = tuple(languages)
        self.analysis = analysis
        self.vocabulary = analysis.vocabulary

    def __len__(self) -> int:
        return len(self.analysis.terms)
