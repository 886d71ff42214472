from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox import Description
from tests.support.wire import description

SMALL: dict[str, Any] = {
    "paths": {
        "/things/{thing_id}": {
            "post": {
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}
                    }
                },
                "responses": {
                    "200": {
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}
                        }
                    }
                },
            }
        },
        "/things/@all": {"post": {"responses": {}}},
    },
    "components": {
        "schemas": {
            "SnowflakeType": {"type": "string"},
            "Thing": {
                "type": "object",
                "required": ["id"],
                "properties": {
                    "id": {"$ref": "#/components/schemas/SnowflakeType"},
                    "name": {"type": "string", "maxLength": 3},
                },
            },
        }
    },
}


@pytest.fixture
def small() -> Description:
    return Description(SMALL)


def test_a_body_that_does_not_fit_is_told_with_its_place(small: Description) -> None:
    faults = small.request_faults("POST", "/things/7", {"id": "7", "name": "long"}, files=False)

    assert faults == ["name: 'long' is too long"]
    assert small.answer_faults("POST", "/things/7", 200, {}) == [
        "body: 'id' is a required property"
    ]


def test_numbers_may_be_written_as_numbers(small: Description) -> None:
    assert small.request_faults("POST", "/things/7", {"id": 7}, files=False) == []
    assert small.request_faults("POST", "/things/7", {"id": -7}, files=False) != []


def test_the_route_without_holes_is_the_one_that_counts(small: Description) -> None:
    assert small.request_faults("POST", "/things/@all", {"anything": 1}, files=False) == []


def test_what_is_not_described_is_a_fault(small: Description) -> None:
    assert small.request_faults("GET", "/things/7", None, files=False) == [
        "GET /things/7: not in the description"
    ]


@pytest.fixture
def real() -> Description:
    told = description()
    if told is None:
        pytest.skip("Discord's description is not here")
    return told


CALLBACK = "/interactions/1/token/callback"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/channels/1/messages", {"content": "x" * 4001}),
        (CALLBACK, {"type": 4, "data": {"content": "x" * 2001}}),
        (CALLBACK, {"type": 8, "data": {"choices": [{"name": "", "value": "a"}]}}),
        (CALLBACK, {"type": 99}),
        (CALLBACK, {"type": 9, "data": {"custom_id": "a", "title": "t" * 46, "components": []}}),
    ],
)
def test_discords_own_description_catches_what_it_can(
    real: Description, path: str, body: dict[str, Any]
) -> None:
    assert real.request_faults("POST", path, body, files=False) != []


def test_it_lets_pass_what_discord_py_sends(real: Description) -> None:
    body = {"content": "a", "message_reference": {"message_id": 1, "channel_id": 2}}

    assert real.request_faults("POST", "/channels/1/messages", body, files=False) == []
