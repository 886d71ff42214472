from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FetchRefused
from bot.fetching.charsets import charset_named, decode

LONG = (
    "Перед судом выступили обе стороны, и ни одна не сказала, что предложила другая. Через неделю"
    " судья, который прочёл письма, попросил ещё и список имён, которых в первых бумагах не было."
)


@pytest.mark.parametrize(
    ("text", "encoded", "declared", "charset"),
    [
        ("Perché", "utf-8", "utf-8", "utf-8"),
        ("Perché", "utf-8", None, "utf-8"),
        ("Perché", "utf-8-sig", None, "utf-8"),
        ("Perché", "utf-16", None, "utf-16-le"),
        ("Perché", "utf-16-be", "utf-16be", "utf-16-be"),
        ("\ua9c3a", "utf-16-le", "utf-16le", "utf-16-le"),
        ("“Perché” costa 5 €", "cp1252", "iso-8859-1", "cp1252"),
        ("Plain", "ascii", "us-ascii", "cp1252"),
        ("Plain", "ascii", None, "utf-8"),
        ("日本語", "iso2022_jp", "iso-2022-jp", "iso2022_jp"),
        ("日本語", "euc_jp", '"EUC-JP"', "euc_jp"),
        ('<meta charset="cp1251">Суд', "cp1251", None, "cp1251"),
        ('<meta content="text/html; charset=koi8-r">Суд', "koi8-r", None, "koi8-r"),
        ('<?xml version="1.0" encoding="iso-8859-2"?>ł', "iso8859-2", None, "iso8859-2"),
        ('<meta charset="utf-8">Суд', "cp1251", "windows-1251", "cp1251"),
    ],
)
def test_a_text_is_read_as_it_is_declared(
    text: str, encoded: str, declared: str | None, charset: str
) -> None:
    read = decode(text.encode(encoded), declared)
    assert (read.text, read.charset, read.note) == (text, charset, "")


@pytest.mark.parametrize(
    ("text", "encoded", "declared", "charset", "note"),
    [
        ("Perché", "utf-8", "iso-8859-1", "utf-8", "declared as cp1252"),
        ('<meta charset="iso-8859-1">Perché', "utf-8", None, "utf-8", "declared as cp1252"),
        ('<meta charset="cp1252">Perché', "cp1252", "utf-8", "cp1252", "declared as utf-8"),
        (LONG, "cp1251", "utf-8", "cp1251", "declared as utf-8, but was read as cp1251"),
        (LONG, "cp1251", None, "cp1251", "declared as nothing, but was read as cp1251"),
        ("Perché", "utf-8", "utf-7", "utf-8", ""),
        ("Perché", "utf-8", "no-such", "utf-8", ""),
    ],
)
def test_what_is_declared_wrongly_is_mended_and_told(
    text: str, encoded: str, declared: str | None, charset: str, note: str
) -> None:
    read = decode(text.encode(encoded), declared)
    assert (read.text, read.charset) == (text, charset)
    assert note in read.note
    assert bool(note) == bool(read.note)


@pytest.mark.parametrize("label", ["utf-7", "hex", "rot13", "idna", "unicode_escape", "x\x00", "é"])
def test_what_is_no_encoding_of_the_web_is_not_used(label: str) -> None:
    assert charset_named(label) is None


@given(st.text())
def test_utf_8_stays_what_it_is(text: str) -> None:
    body = text.encode()
    if not body.startswith((b"\xef\xbb\xbf",)) and b"\x00" not in body:
        assert decode(body, "utf-8").text == text


@given(st.binary(max_size=60), st.none() | st.sampled_from(["utf-8", "cp1252", "big5", "utf-16"]))
def test_any_bytes_are_read_or_refused(body: bytes, declared: str | None) -> None:
    try:
        read = decode(body, declared)
    except FetchRefused:
        return
    assert charset_named(read.charset) == read.charset
