"""Every language has the same words, all of them used, and a further one is one more file."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib import resources
from pathlib import Path
from string import Formatter

import pytest

from bot.wording import BASE, Wording, read_wordings

WORDINGS = read_wordings()
ENGLISH = WORDINGS.languages[BASE]
BOT = Path(__file__).resolve().parents[2] / "bot"
COMMAND = re.compile(r"[-_'\w]{1,32}")
EVERY = pytest.mark.parametrize("wording", WORDINGS.languages.values(), ids=WORDINGS.languages)

# Keys that code puts together, and the parts that it has for them.
MADE = {
    "account": ("side", "third", "reporter"),
    "button": (
        *("context", "verify", "report", "more", "sides", "helpful", "unhelpful", "share"),
        *("earlier", "later", "previous", "next"),
    ),
    "disagree": ("amount", "date", "manner"),
    "help": ("ask", "passages", "views", "privacy"),
    "privacy": ("questions", "feedback", "gaps", "logs"),
    "wait": ("member", "channel"),
}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def written() -> set[str]:
    """Every string of the Discord edge that could be a key, and the keys that it puts together."""
    code = "\n".join(file.read_text("utf-8") for file in (BOT / "cogs").rglob("*.py"))
    found = set(re.findall(r"[\"']([a-z]+\.[a-z_.]+)[\"']", code))
    found = {one for one in found if not one.endswith((".png", ".json", ".yaml"))}
    return found | {f"{section}.{name}" for section, names in MADE.items() for name in names}


def made() -> tuple[str, ...]:
    """The beginnings of the moderators' keys that code puts together, as in `kb.field.`."""
    code = "\n".join(file.read_text("utf-8") for file in (BOT / "cogs").rglob("*.py"))
    return tuple(set(re.findall(r"f[\"'](kb(?:\.[a-z_]+)*\.)\{", code)))


def stem(key: str) -> str:
    return re.sub(r"\.(one|other)\Z", "", key)


@EVERY
def test_every_language_has_the_same_keys_with_the_same_values_to_put_in(wording: Wording) -> None:
    assert set(wording.texts) == set(ENGLISH.texts)
    differing = [
        key
        for key, text in wording.texts.items()
        if placeholders(text) != placeholders(ENGLISH.texts[key])
    ]
    assert differing == []
    assert [key for key, text in wording.texts.items() if not text.strip()] == []


def test_every_key_that_code_uses_exists() -> None:
    sections = {key.split(".")[0] for key in ENGLISH.texts}
    known = {stem(key) for key in ENGLISH.texts} | set(ENGLISH.texts)
    used = {key for key in written() if key.split(".")[0] in sections}
    assert used - known == set()


def test_every_key_is_used() -> None:
    told = {stem(key) for key in ENGLISH.texts if not key.startswith(("command.", "language."))}
    left = told - written()
    assert {key for key in left if not key.startswith(made())} == set()


@EVERY
def test_names_and_descriptions_of_commands_fit_discord(wording: Wording) -> None:
    for key, text in wording.texts.items():
        parts = key.split(".")
        if parts[0] != "command" or parts[-1] not in ("name", "description"):
            continue
        if parts[-1] == "description":
            assert 1 <= len(text) <= 100, key
        elif parts[1] in ("find", "add_message"):
            # In the menu of a message a name may have spaces and capitals.
            assert 1 <= len(text) <= 32, key
        else:
            assert COMMAND.fullmatch(text), key
            assert text == text.lower(), key


@EVERY
def test_no_two_commands_or_options_of_one_have_the_same_name(wording: Wording) -> None:
    named: dict[tuple[str, ...], list[str]] = {}
    for key, text in wording.texts.items():
        parts = tuple(key.split("."))
        if parts[0] == "command" and parts[-1] == "name":
            named.setdefault(parts[:-2], []).append(text)
    for names in named.values():
        assert len(names) == len(set(names))


@EVERY
def test_labels_of_buttons_and_forms_fit_discord(wording: Wording) -> None:
    for key, text in wording.texts.items():
        if key.startswith("button."):
            assert 1 <= len(text) <= 38, f"{key} would be cut off on a telephone"
    assert len(wording.say("report.title")) <= 45
    assert len(wording.say("report.reason")) <= 45
    assert len(wording.say("report.hint")) <= 100


@pytest.mark.parametrize(
    ("locales", "language"),
    [
        (("it",), "it"),
        (("en-GB",), "en"),
        (("it-CH",), "it"),
        (("xx", None, "it"), "it"),
        (("xx",), "en"),
        ((None,), "en"),
        ((), "en"),
        (("",), "en"),
    ],
)
def test_the_first_locale_that_there_are_words_for_is_taken(
    locales: tuple[str | None, ...], language: str
) -> None:
    assert WORDINGS.of(*locales).language == language


def test_one_and_several_are_told_apart() -> None:
    assert ENGLISH.count("sources.passages", 1) == "1 passage"
    assert ENGLISH.count("sources.passages", 2) == "2 passages"
    assert ENGLISH.count("sources.passages", 0) == "0 passages"


def test_a_language_that_nobody_named_is_told_by_its_code() -> None:
    assert (ENGLISH.language_name("it"), ENGLISH.language_name("xx")) == ("Italian", "xx")


def test_a_third_language_is_one_more_file(tmp_path: Path) -> None:
    package = Path(shutil.copytree(str(resources.files("bot.wording")), tmp_path / "wording"))
    (package / "fr.toml").write_text((package / "en.toml").read_text("utf-8"), encoding="utf-8")
    code = "import wording; print(sorted(wording.read_wordings().languages))"

    told = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    assert told.stdout.split("\n")[0] == str(sorted([*WORDINGS.languages, "fr"]))
