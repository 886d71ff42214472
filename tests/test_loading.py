"""What stays is loaded without a search for garbage, and never searched again."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from bot.loading import loading


@pytest.fixture(autouse=True)
def _searched() -> Iterator[None]:
    """The other tests' garbage is found as ever."""
    before = gc.isenabled()
    yield
    gc.unfreeze()
    (gc.enable if before else gc.disable)()


def test_nothing_is_searched_for_garbage_while_it_is_loaded() -> None:
    gc.enable()
    with loading():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_was_loaded_is_not_searched_later() -> None:
    with loading():
        loaded: list[object] = []
    made_later: list[object] = []
    searched = {id(one) for one in gc.get_objects()}
    assert id(loaded) not in searched
    assert id(made_later) in searched


def test_garbage_is_searched_for_again_where_loading_fails() -> None:
    with pytest.raises(ValueError, match="damaged"), loading():
        raise ValueError("damaged")
    assert gc.isenabled()
