"""Damage is repaired run by run; clean text comes back as it is."""

from __future__ import annotations

import ftfy  # noqa: F401 - it registers the sloppy encodings
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.mojibake import repair
from tests.articles.raw_files import raw_files

WORDS = {
    "it": "perché città però così è già più virtù dell’umanità PERCHÉ VERITÀ",
    "lt": "ąžuolas ėjo į žūklę čia šiąnakt ūkis ĄŽUOLAS gražūs žmonės Šiauliai įėjo",
    "lv": "ēdiens ģimene ķēniņš ļoti ņem šķēres žurka RĪGĀ Āzija cilvēks bērns dārzā",
    "pl": "łódź żółć gęś ćma źdźbło ŁÓDŹ TRUDNOŚĆ świat wszczęcie pięć ślad",
    "vi": "Cuộc chiến giữa và đối thủ lý tưởng NGƯỜI Việt ảnh ở được những",
    "fr": "élève où ça cœur naïf forêt À ÉTÉ déjà garçon Noël",
    "de": "Straße Spaß Übermut größer Ä Ö Ü ÄPFEL fünf Mädchen schön",
    "es": "España está señor ¿qué ¡año NIÑO corazón pingüino también",
    "en": "the rivalry café naïve it’s résumé over data “uncensored” don’t",
}
MARKS = ["…", "—", "–", "™", "®", "°", ".", ",", "!", "»", "”", "’"]
QUOTES = ["“”", "„“", "„”", "«»", "»«", "‘’", '""', "‚‘"]
SIGNS = ["😀", "❤️", "🇱🇹", "👍🏽", "€", "30 €", "5°", "½", "100 %", "→", "✓"]


def words(language: str) -> st.SearchStrategy[str]:
    word = st.sampled_from(WORDS[language].split())
    return st.one_of(
        word,
        word.map(str.upper),
        word.map(str.capitalize),
        st.builds(lambda w, q: q[0] + w + q[1], word, st.sampled_from(QUOTES)),
        st.builds(
            lambda w, m: w + m,
            word.flatmap(lambda w: st.sampled_from([w, w.upper()])),
            st.sampled_from(MARKS),
        ),
        st.sampled_from(SIGNS),
    )


def lines(language: str, fewest: int = 1) -> st.SearchStrategy[str]:
    joint = st.sampled_from([" ", " ", "\xa0"])
    return st.builds(str.join, joint, st.lists(words(language), min_size=fewest, max_size=12))


clean_text = st.lists(st.sampled_from(sorted(WORDS)).flatmap(lines), min_size=1, max_size=3).map(
    "\n".join
)


@given(clean_text)
def test_clean_text_is_never_altered(text: str) -> None:
    assert repair(text) == text


@given(st.text(alphabet=st.characters(max_codepoint=0x7F)))
def test_ascii_is_never_altered(text: str) -> None:
    assert repair(text) == text


@given(st.text(alphabet=st.sampled_from("aąāâÃÄįŗæ»§™¢€œ“”’ \nÅ\x9d\xa0")))
def test_repair_is_idempotent(text: str) -> None:
    once = repair(text)
    assert repair(once) == once


@given(
    st.sampled_from(sorted(WORDS)).flatmap(
        lambda language: st.lists(st.sampled_from(WORDS[language].split()), min_size=2, max_size=15)
    ),
    st.sampled_from(["windows-1252", "windows-1257", "windows-1250", "windows-1254"]),
)
def test_utf8_read_as_another_encoding_comes_back(text_words: list[str], encoding: str) -> None:
    """A sentence holds more than one hint; a lone capital before a quote is left alone."""
    text = f"“{' '.join(text_words)}” – così è"
    assert repair(text.encode().decode(f"sloppy-{encoding}")) == text


@pytest.mark.parametrize(
    ("damaged", "wanted"),
    [
        ("a movement to ā€œhumanize technologyā€ has", "a movement to “humanize technology” has"),
        ("of ā€œbetraying the mission,ā€ becoming", "of “betraying the mission,” becoming"),
        ("Cuį»™c chiįŗæn giữa Altman vĆ\xa0 Musk", "Cuộc chiến giữa Altman và Musk"),
        ("itâ€™s clean: “naïve” café", "it’s clean: “naïve” café"),
        ("perchÃ© la cittÃ\xa0 è", "perché la città è"),
        ("la cittÃ di Roma", "la città di Roma"),
        ("20Â°C", "20°C"),
        ("Itâ\x80\x99s", "It’s"),
        ("Ãœber", "Über"),
        ("Привет".encode().decode("latin-1"), "Привет"),
        ("ðŸ˜€", "😀"),
        ("perché la città è così".encode().decode("mac-roman"), "perché la città è così"),
        ("Ã¢â‚¬Å“twiceÃ¢â‚¬\x9d", "“twice”"),
    ],
)
def test_damaged_places_are_repaired(damaged: str, wanted: str) -> None:
    assert repair(damaged) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "„Spaß“, sagte er",
        "PERCHÉ…",
        "«ya está»…",
        "TRAWĘ°",
        "“PIÙ”",
        "ESPAÑ…",
        "Ä“ ist ein Laut",
        "5 Å²",
        "AUTOMATISÉ²",
    ],
)
def test_capitals_before_quotes_and_signs_are_no_damage(text: str) -> None:
    assert repair(text) == text


def test_the_raw_files_are_clean_after_repair_and_only_one_needs_it() -> None:
    texts = {path.name[:3]: path.read_text("utf-8") for path in raw_files()}
    changed = {
        name: [
            n
            for n, (a, b) in enumerate(
                zip(text.split("\n"), repair(text).split("\n"), strict=True), 1
            )
            if a != b
        ]
        for name, text in texts.items()
    }
    assert changed == {"000": [], "001": [], "002": [], "003": [], "004": [5, 11, 23, 27, 35]}
    repaired = repair(texts["004"])
    assert "“humanize technology” has" in repaired
    assert "Cuộc chiến giữa Altman và Musk" in repaired
    assert "“betraying the mission for humanity,” becoming" in repaired
    assert not any(mark in repaired for mark in "āįŗ€¢§™")
