"""Arrays come back as they were saved, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.ragged import Numbers
from bot.search.saved_file import MAGIC, opened, save

ARRAYS: Mapping[str, Numbers] = {
    "numbers": np.arange(40, dtype=np.int32),
    "nothing": np.zeros(0, dtype=np.float32),
    "letters": np.frombuffer(b"mill", dtype=np.uint8),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "file.bin"
    assert save(path, {"key": "é"}, ARRAYS)
    return path.read_bytes()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damaged")


def test_what_is_saved_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file.bin"
    assert save(path, {"key": "é", "more": [1, 2]}, ARRAYS)
    found = opened(path)
    assert found is not None
    assert found.head == {"key": "é", "more": [1, 2]}
    assert set(found.arrays) == set(ARRAYS)
    for name, values in ARRAYS.items():
        assert found.arrays[name].dtype == values.dtype
        assert found.arrays[name].tolist() == values.tolist()


@given(st.lists(st.integers(0, 90_000), max_size=4), st.sampled_from(["<u2", "<f8", "|u1"]))
def test_what_is_saved_in_pieces_is_what_is_saved_whole(
    folder: Path, lengths: list[int], kind: str
) -> None:
    values = np.arange(sum(lengths)).astype(kind)
    pieces = np.split(values, np.cumsum(lengths, dtype=np.int64))
    assert save(folder / "whole.bin", {}, {"numbers": values})
    assert save(folder / "pieces.bin", {}, {"numbers": pieces})
    assert (folder / "pieces.bin").read_bytes() == (folder / "whole.bin").read_bytes()
    assert opened(folder / "pieces.bin") is not None


def test_what_is_opened_cannot_be_changed(tmp_path: Path) -> None:
    assert save(tmp_path / "file.bin", {}, ARRAYS)
    found = opened(tmp_path / "file.bin")
    assert found is not None
    with pytest.raises(ValueError, match="read-only"):
        found.arrays["numbers"][0] = 1


@given(data=st.data())
def test_a_file_that_differs_in_one_byte_is_none(
    data: st.DataObject, whole: bytes, folder: Path
) -> None:
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.integers(1, 255))
    path = folder / "file.bin"
    path.write_bytes(whole[:at] + bytes([whole[at] ^ other]) + whole[at + 1 :])
    assert opened(path) is None


@given(data=st.data())
def test_a_file_that_was_cut_or_added_to_is_none(
    data: st.DataObject, whole: bytes, folder: Path
) -> None:
    end = data.draw(st.integers(0, len(whole) - 1))
    more = data.draw(st.binary(min_size=1, max_size=70))
    path = folder / "file.bin"
    for content in (whole[:end], whole + more):
        path.write_bytes(content)
        assert opened(path) is None


def test_a_whole_file_of_another_form_is_none(whole: bytes, folder: Path) -> None:
    path = folder / "file.bin"
    path.write_bytes(b"RECEIPT0" + whole[8:])
    assert opened(path) is None


@pytest.mark.parametrize("kind", ["<i4", ">i4", "<f8", ">f8", "|u1"])
def test_numbers_are_read_in_the_order_of_bytes_they_were_written_in(
    tmp_path: Path, kind: str
) -> None:
    assert save(tmp_path / "file.bin", {}, {"numbers": np.arange(200).astype(kind)})
    found = opened(tmp_path / "file.bin")
    assert found is not None
    assert found.arrays["numbers"].dtype == np.dtype(kind)
    assert found.arrays["numbers"].tolist() == list(range(200))


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away"
)
def test_another_user_s_file_is_none_and_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "file.bin"
    assert save(path, {}, ARRAYS)
    os.chown(path, 12345, 12345)
    assert opened(path) is None
    assert save(path, {}, ARRAYS)
    assert opened(path) is not None


@pytest.mark.parametrize("content", [b"", MAGIC, b"%PDF-1.7" + bytes(100), bytes(4096)])
def test_a_foreign_file_is_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(content)
    assert opened(path) is None


def test_a_file_that_is_not_there_or_is_a_folder_is_none(tmp_path: Path) -> None:
    assert opened(tmp_path / "file.bin") is None
    assert opened(tmp_path) is None


def test_where_nothing_can_be_written_nothing_is_saved(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder is wanted")
    assert not save(tmp_path / "taken" / "file.bin", {}, ARRAYS)
    (tmp_path / "file.bin").mkdir()
    assert not save(tmp_path / "file.bin", {}, ARRAYS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file.bin", "taken"]


def test_of_processes_that_save_at_once_one_has_its_way_and_readers_meet_no_half(
    tmp_path: Path,
) -> None:
    path = tmp_path / "file.bin"
    program = (
        "import sys, numpy as np; from pathlib import Path;"
        " from bot.search.saved_file import save; n = int(sys.argv[2])\n"
        "for _ in range(60): assert save(Path(sys.argv[1]), {'key': n},"
        " {'numbers': np.full(20_000, n)})"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", program, str(path), str(number)])
        for number in (1, 2)
    ]
    met = set()
    while any(writer.poll() is None for writer in writers):
        there = path.exists()
        found = opened(path)
        if there:
            assert found is not None
            assert set(found.arrays["numbers"].tolist()) == {found.head["key"]}
            met.add(found.head["key"])
    assert [writer.returncode for writer in writers] == [0, 0]
    assert met <= {1, 2}
    assert [one.name for one in tmp_path.iterdir()] == ["file.bin"]


def test_a_writer_that_is_killed_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "file.bin"
    program = (
        "import sys, numpy as np; from itertools import count; from pathlib import Path;"
        " from bot.search.saved_file import save\n"
        "for n in count(): save(Path(sys.argv[1]), {'key': n}, {'numbers': np.full(500_000, n)})"
    )
    written = 0
    for _ in range(4):
        writer = subprocess.Popen([sys.executable, "-c", program, str(path)])
        # It has written one and is writing the next one.
        while not path.exists() or path.stat().st_mtime_ns == written:
            assert writer.poll() is None
        writer.kill()
        writer.wait()
        written = path.stat().st_mtime_ns
        found = opened(path)
        assert found is not None
        assert set(found.arrays["numbers"].tolist()) == {found.head["key"]}


def test_the_digest_stands_for_all_that_is_saved(tmp_path: Path) -> None:
    variants: list[tuple[dict[str, int], Mapping[str, Numbers]]] = [
        ({"key": 1}, ARRAYS),
        ({"key": 2}, ARRAYS),
        ({"key": 1}, {**ARRAYS, "numbers": np.arange(1, 41, dtype=np.int32)}),
        ({"key": 1}, {**ARRAYS, "numbers": np.arange(40, dtype=np.uint32)}),
        ({"key": 1}, dict(sorted(ARRAYS.items()))),
    ]
    digests = [save(tmp_path / "file.bin", head, arrays) for head, arrays in variants]
    assert None not in digests
    assert len(set(digests)) == len(variants)
    assert save(tmp_path / "other.bin", *variants[0]) == digests[0]


@given(data=st.data())
def test_a_file_with_two_parts_exchanged_is_none(
    data: st.DataObject, whole: bytes, folder: Path
) -> None:
    places = st.integers(0, len(whole) // 16 - 1).map(lambda number: 16 * number)
    one, two = sorted((data.draw(places), data.draw(places)))
    first, second = whole[one : one + 16], whole[two : two + 16]
    mixed = whole[:one] + second + whole[one + 16 : two] + first + whole[two + 16 :]
    path = folder / "file.bin"
    path.write_bytes(mixed if one < two else whole)
    assert (opened(path) is None) == (first != second)


@given(data=st.data())
def test_a_file_that_differs_in_many_bytes_is_none(
    data: st.DataObject, whole: bytes, folder: Path
) -> None:
    at = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.binary(min_size=1, max_size=200))[: len(whole) - at]
    path = folder / "file.bin"
    path.write_bytes(whole[:at] + other + whole[at + len(other) :])
    assert (opened(path) is None) == (other != whole[at : at + len(other)])


@pytest.mark.parametrize("zeroed", [slice(0, None), slice(48, None), slice(-64, None)])
def test_a_file_whose_end_was_never_written_is_none(
    whole: bytes, folder: Path, zeroed: slice
) -> None:
    content = bytearray(whole)
    content[zeroed] = bytes(len(content[zeroed]))
    path = folder / "file.bin"
    path.write_bytes(content)
    assert opened(path) is None


def test_what_was_just_written_is_known_by_its_digest(tmp_path: Path) -> None:
    path = tmp_path / "file.bin"
    digest = save(path, {"key": 1}, ARRAYS)
    assert digest == path.read_bytes()[8:40]
    found = opened(path, digest)
    assert found is not None
    assert (found.head, found.digest) == ({"key": 1}, digest)


def test_what_another_process_wrote_meanwhile_is_checked(tmp_path: Path, whole: bytes) -> None:
    path = tmp_path / "file.bin"
    digest = save(path, {"key": 1}, ARRAYS)
    path.write_bytes(whole)
    found = opened(path, digest)
    assert found is not None
    assert found.digest == whole[8:40] != digest
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert opened(path, digest) is None
