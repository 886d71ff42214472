"""Languages are told from texts; what is too short or mixed is undetermined."""

from __future__ import annotations

import pytest

from bot.articles.language import language_of
from bot.articles.model import UNDETERMINED


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The court said that the company had broken its promise to the public.", "en"),
        ("Il tribunale ha detto che l’azienda non ha mantenuto la sua promessa al pubblico.", "it"),
        ("El tribunal dijo que la empresa no había cumplido su promesa con el público.", "es"),
        ("Das Gericht sagte, dass die Firma ihr Versprechen nicht gehalten habe.", "de"),
        ("Le tribunal a déclaré que l’entreprise n’avait pas tenu sa promesse.", "fr"),
        ("Tòa án nói rằng công ty đã không giữ lời hứa với công chúng.", "vi"),
    ],
)
def test_a_sentence_or_two_are_enough(text: str, language: str) -> None:
    assert language_of(text * 2) == language


@pytest.mark.parametrize(
    "text", ["", "Stargate", "12 34 56 2025-02-26 " * 20, "https://example.org/a " * 9]
)
def test_what_cannot_be_told_is_undetermined(text: str) -> None:
    assert language_of(text) == UNDETERMINED
