"""What is remembered of sources is read again, and a damaged file costs a fetch, not a fault."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import RecordsError
from bot.moderation.source_state import PageState, SourceState, SourceStates, States

AT = datetime(2026, 3, 1, tzinfo=UTC)
STATES = States(
    {"https://a": PageState('"1"', "Mon", "a", "f" * 64, None, ("https://b",))},
    {"a": SourceState(AT, "It failed.")},
)


def test_what_is_remembered_is_read_again_and_added_to(tmp_path: Path) -> None:
    states = SourceStates(tmp_path / "data" / "sources.json")
    assert states.read() == States()
    states.remember(STATES)
    assert states.read() == STATES
    states.remember(States({"https://c": PageState()}, {"a": SourceState(AT)}))
    assert states.read() == States(
        {**STATES.pages, "https://c": PageState()}, {"a": SourceState(AT)}
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_file_is_nothing_remembered_or_what_it_says(
    tmp_path: Path, data: st.DataObject
) -> None:
    path = tmp_path / "sources.json"
    path.unlink(missing_ok=True)
    states = SourceStates(path)
    states.remember(STATES)
    content = path.read_bytes()
    at = data.draw(st.integers(0, len(content)))
    cut = data.draw(st.integers(at, len(content)))
    path.write_bytes(content[:at] + data.draw(st.binary(max_size=4)) + content[cut:])
    assert isinstance(states.read(), States)
    states.remember(STATES)
    assert states.read().sources["a"] == STATES.sources["a"]


@pytest.mark.parametrize(
    "content",
    [
        [],
        {"pages": [], "sources": {}},
        {"pages": {"a": {"etag": 1}}, "sources": {}},
        {"pages": {}, "sources": {"a": {"checked": "2026-03-01T00:00:00", "error": None}}},
    ],
)
def test_what_is_shaped_otherwise_is_nothing_remembered(tmp_path: Path, content: object) -> None:
    path = tmp_path / "sources.json"
    path.write_text(json.dumps(content))
    assert SourceStates(path).read() == States()


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(RecordsError, match="cannot be written"):
        SourceStates(tmp_path / "file" / "sources.json").remember(STATES)
