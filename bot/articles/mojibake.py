"""Repair of UTF-8 that was read as a single-byte encoding, also in places of a clean line.

ftfy, which repairs whole lines, cannot do that: a line that also holds clean letters cannot be
encoded back. Here each run of characters is judged by itself. A run is repaired only if its bytes
are valid UTF-8, what comes out is something that people write, and what stood there is not. Other
damage is left to ftfy. This module must not know articles.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from ftfy import fix_encoding_and_explain
from ftfy.badness import is_bad

ENCODINGS = ("windows-1252", "windows-1257", "windows-1250", "windows-1254")
"""Tried in this order where the evidence is equal; windows-1252 holds Latin-1 too."""

_JUDGED = frozenset({*ENCODINGS, "latin-1"})
_ENOUGH = 3
_SEQUENCE = re.compile(
    "[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    "|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}"
    "|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
# Letters of living European languages and Vietnamese; punctuation, currencies, symbols, emoji.
_WRITTEN = re.compile(
    "[\xa0-\u017e\u01a0\u01a1\u01af\u01b0\u0218-\u021b\u1e80-\u1e85\u1e9e\u1ea0-\u1ef9\u200b-\u200d"
    "\u2010-\u2027\u2030-\u205e\u2070-\u209c\u20a0-\u20bf\u2100-\u22ff\u2500-\u27bf\u2b00-\u2bff"
    "\ufb01\ufb02\ufe0f\ufeff\U0001f000-\U0001faff]"
)
# Other scripts: no clean line holds three of their letters by chance.
_SCRIPT = (
    "[\u0370-\u03ff\u1f00-\u1fff]", "[\u0400-\u052f]", "[\u0530-\u058f]", "[\u0590-\u05ff]",
    "[\u0600-\u06ff]", "[\u0900-\u097f]", "[\u0e00-\u0e7f]", "[\u10a0-\u10ff]",
    "[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]",
)  # fmt: skip
_FOREIGN = re.compile("|".join(_SCRIPT))
_FOREIGN_WORD = re.compile("|".join(f"{letters}{{3}}" for letters in _SCRIPT))
# What may stand behind a capital letter in clean text: quotes, dashes, footnote numbers, spaces.
_FOLLOWS_LETTERS = frozenset("”“„‘’‚»«›‹…–—\xa0°¹²³™®")
_TELLING_LETTERS = frozenset("ªºµ")
_LOST_QUOTE = re.compile(r"(“[^“”\n]*?[^“”\s])[āâ]€\ufffd?(?=[\s.,;:!?)\]—–-]|\Z)")
_LOST_SPACE = re.compile(r"(?<=[a-z])Ã(?=[ .,;:!?)»”]|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Run:
    start: int
    end: int
    repaired: str
    certain: bool
    foreign: bool = False


def repair(text: str) -> str:
    """The text with its damaged places repaired; clean text comes back as it is."""
    while True:
        better = _repair_runs(text)
        if better == text:
            break
        text = better
    text = _LOST_QUOTE.sub(r"\1”", text)
    text = _LOST_SPACE.sub("à", text)
    return "\n".join(map(_repair_line, text.split("\n")))


def _repair_runs(text: str) -> str:
    """Repair the runs of the one encoding that explains most."""
    best: list[_Run] = []
    for encoding in ENCODINGS:
        runs = _accepted(text, list(_runs(text, encoding)))
        if sum(run.end - run.start for run in runs) > sum(run.end - run.start for run in best):
            best = runs
    for run in reversed(best):
        text = text[: run.start] + run.repaired + text[run.end :]
    return text


def _accepted(text: str, runs: list[_Run]) -> list[_Run]:
    """Certain runs, and uncertain ones in their company: in the same line, or beside many.

    A letter or two of another script are believed only beside a word in such a script.
    """
    lines = Counter(_line(text, run) for run in runs if run.certain)
    many = lines.total() >= _ENOUGH
    foreign = any(run.certain and run.foreign for run in runs)
    return [
        run
        for run in runs
        if run.certain or ((many or lines[_line(text, run)]) and (foreign or not run.foreign))
    ]


def _line(text: str, run: _Run) -> int:
    return text.count("\n", 0, run.start)


def _runs(text: str, encoding: str) -> Iterator[_Run]:
    """The places of a text that are valid UTF-8 in an encoding, and could have been meant."""
    shadow = text.translate(_bytes_of(encoding))
    found: list[re.Match[str]] = []
    for match in _SEQUENCE.finditer(shadow):
        if found and found[-1].end() != match.start():
            yield from _judged(text, found)
            found = []
        found.append(match)
    if found:
        yield from _judged(text, found)


def _judged(text: str, found: list[re.Match[str]]) -> Iterator[_Run]:
    start, end = found[0].start(), found[-1].end()
    repaired = "".join(match.group() for match in found).encode("latin-1").decode()
    if _FOREIGN.search(repaired):
        certain = _FOREIGN_WORD.search(repaired) is not None
        yield _Run(start, end, repaired, certain, foreign=True)
    elif all(_WRITTEN.match(character) for character in repaired):
        pairs = zip(found, repaired, strict=True)
        certain = any(_certain(text, match.span(), meant) for match, meant in pairs)
        yield _Run(start, end, repaired, certain)


def _certain(text: str, span: tuple[int, int], meant: str) -> bool:
    """What stands in the text is not written by anyone, so that it must be damage."""
    start, end = span
    lead, rest = text[start], text[start + 1 : end]
    before, after = text[start - 1 : start], text[end : end + 1]
    if len(rest) == 3:
        return True
    if any(not c.isalpha() and c not in _FOLLOWS_LETTERS for c in rest):
        return True
    if any(c in _TELLING_LETTERS for c in rest):
        return True
    if meant == rest and meant in "°™®²³" and not before.isalpha():
        return True
    if len(rest) == 2:
        return all(map(str.isalpha, rest)) and "\u1e80" <= meant <= "\u1ef9"
    if before.islower() and lead.isupper():
        return True
    return lead == "Ã" and not before.isalpha() and after.islower()


@cache
def _bytes_of(encoding: str) -> Mapping[int, str]:
    """Each character of an encoding to its byte, as a character below U+0100.

    Bytes that the encoding leaves out are read as browsers do: as windows-1252, or as a control
    character. All other characters above ASCII stand for no byte.
    """

    class Table(dict[int, str]):
        def __missing__(self, character: int) -> str:
            return "." if character > 0x7F else chr(character)

    table = Table({byte: chr(byte) for byte in range(0x80, 0xA0)})
    for name in ("windows-1252", encoding):
        for byte in range(0x80, 0x100):
            character = bytes([byte]).decode(f"sloppy-{name}")
            if name == encoding or byte < 0xA0:
                table[ord(character)] = chr(byte)
    return table


def _repair_line(line: str) -> str:
    """What ftfy makes of a line that is damaged as a whole, if it needs no guessing for it.

    Of the encodings that are judged run by run, ftfy is not asked again.
    """
    if line.isascii() or not is_bad(line):
        return line
    fixed, steps = fix_encoding_and_explain(line)
    if not steps or any(step.action not in {"encode", "decode"} for step in steps):
        return line
    judged = any(step.parameter.removeprefix("sloppy-") in _JUDGED for step in steps)
    letters = (c.isascii() or _WRITTEN.match(c) or _FOREIGN.match(c) for c in fixed)
    return fixed if not judged and all(letters) and not is_bad(fixed) else line
