"""What stays is loaded without a search for garbage, never searched again, and by one thread."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.loading import loading

TASKS = Path("/proc/self/task")
LOAD_NUMPY = f"""
import os
from bot.loading import loading
with loading():
    import numpy
print(len(os.listdir("{TASKS}")))
"""


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


@pytest.mark.skipif(not TASKS.exists(), reason="counts threads as Linux tells them")
def test_numpy_is_loaded_without_threads_of_its_own() -> None:
    env = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    assert subprocess.check_output([sys.executable, "-c", LOAD_NUMPY], env=env) == b"1\n"


def test_who_wants_threads_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "4")
    with loading():
        pass
    assert os.environ["OPENBLAS_NUM_THREADS"] == "4"
