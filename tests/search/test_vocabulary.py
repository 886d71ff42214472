"""A vocabulary finds what it holds, and only that."""

from __future__ import annotations

from zlib import crc32

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.search.vocabulary import Vocabulary

terms = st.lists(st.text(max_size=8), unique=True, max_size=30)


@given(terms, st.text(max_size=8))
def test_every_term_has_its_place_as_id(held: list[str], other: str) -> None:
    found = Vocabulary.of(held)
    assert list(found) == held
    assert len(found) == len(held)
    assert [found[term] for term in held] == list(range(len(held)))
    assert (other in found) == (other in held)
    assert found.get(other) == (held.index(other) if other in held else None)
    asked = [other, *reversed(held)]
    assert found.ids(asked) == [found.get(term, -1) for term in asked]


def test_terms_of_one_checksum_are_told_apart() -> None:
    one, other = "plumless", "buckeroo"
    assert crc32(one.encode()) == crc32(other.encode())
    found = Vocabulary.of([one, other])
    assert (found[one], found[other]) == (0, 1)
    assert found.ids([other, one, "mill"]) == [1, 0, -1]
    assert Vocabulary.of([one]).get(other) is None
    assert Vocabulary.of([one]).ids([other]) == [-1]


@given(terms, terms)
def test_further_terms_come_after(held: list[str], more: list[str]) -> None:
    new = [term for term in more if term not in held]
    assert dict(Vocabulary.of(held).with_terms(new)) == dict(Vocabulary.of([*held, *new]))


@given(terms, st.data())
def test_only_some_are_counted_anew(held: list[str], data: st.DataObject) -> None:
    kept = [data.draw(st.booleans()) for _ in held]
    left = Vocabulary.of(held).only(np.flatnonzero(np.array(kept, dtype=bool)))
    assert list(left) == [term for term, keep in zip(held, kept, strict=True) if keep]
    assert dict(left) == {term: number for number, term in enumerate(left)}


@given(terms, terms, st.data())
def test_those_that_are_gone_are_not_found_and_the_others_keep_their_ids(
    held: list[str], more: list[str], data: st.DataObject
) -> None:
    gone = {term for term in held if data.draw(st.booleans())}
    ids = {term: number for number, term in enumerate(held)}
    left = Vocabulary.of(held).without(np.array([ids.pop(term) for term in gone], dtype=np.int64))
    assert dict(left) == ids
    assert (list(left), len(left), left.size) == (list(ids), len(ids), len(held))
    assert left.ids(held) == [ids.get(term, -1) for term in held]
    # One that comes back is a new one.
    new = [term for term in more if term not in ids]
    again = left.with_terms(new)
    assert dict(again) == {**ids, **{term: len(held) + n for n, term in enumerate(new)}}
    assert again.size == len(held) + len(new)
    anew = again.only(np.array(list(again.values()), dtype=np.int64))
    assert list(anew) == list(again)
    assert (anew.size, dict(anew)) == (len(again), {term: n for n, term in enumerate(again)})
