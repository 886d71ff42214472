"""The knowledge base that is served: one reference, replaced whole when a new revision is ready.

Must not know where knowledge bases come from.
"""

from __future__ import annotations

from bot.answers.knowledge_base import KnowledgeBase


class Served:
    """Holds the knowledge base that answers now. Safe to use from any thread.

    Whoever is answering keeps the one that they took; the next one takes the new.
    """

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._current = knowledge

    @property
    def current(self) -> KnowledgeBase:
        """The one to answer from."""
        return self._current

    def swap(self, knowledge: KnowledgeBase) -> None:
        """Answers from another one from now on."""
        self._current = knowledge
