"""The rules, one broken limit after the other: field by field what Discord refuses."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.errors import Problem, nested
from bot.sandbox.rules import answers, commands, messages

Json = dict[str, Any]
V2 = 1 << 15


def button(**changes: object) -> Json:
    return {"type": 2, "style": 1, "label": "A", "custom_id": "a"} | changes


def row(*parts: Json) -> Json:
    return {"type": 1, "components": list(parts)}


def select(**changes: object) -> Json:
    options = [{"label": "A", "value": "a"}]
    return {"type": 3, "custom_id": "s", "options": options} | changes


def text(content: str) -> Json:
    return {"type": 10, "content": content}


def link(**changes: object) -> Json:
    return {"type": 2, "style": 5, "label": "Open", "url": "https://a.b/c"} | changes


def v2(*components: Json) -> Json:
    return {"flags": V2, "components": list(components)}


def places(problems: list[Problem]) -> set[str]:
    return {".".join(map(str, problem.path)) for problem in problems}


FINE_MESSAGES: list[Json] = [
    {"content": "x" * 2000},
    {"embeds": [{"title": "t" * 256, "description": "d" * 4096, "footer": {"text": "f" * 1648}}]},
    {"content": "a", "components": [row(*(button(custom_id=str(n)) for n in range(5)))]},
    {"content": "a", "components": [row(select())]},
    {"content": "a", "components": [row(link())]},
    v2(text("x" * 4000)),
    v2(*(text("x") for _ in range(40))),
    v2({"type": 17, "components": [{"type": 9, "components": [text("a")], "accessory": link()}]}),
    v2({"type": 12, "items": [{"media": {"url": "attachment://a.png"}}]}),
    v2({"type": 13, "file": {"url": "attachment://a.png"}}, {"type": 14, "spacing": 2}),
]


@pytest.mark.parametrize("body", FINE_MESSAGES)
def test_a_message_at_its_limits_is_fine(body: Json) -> None:
    assert messages.message(body, ["a.png"]) == []


BROKEN_MESSAGES: list[tuple[str, Json, str]] = [
    ("2001 characters", {"content": "x" * 2001}, "content"),
    ("a long nonce", {"content": "a", "nonce": "n" * 26}, "nonce"),
    ("eleven embeds", {"embeds": [{"title": "t"}] * 11}, "embeds"),
    ("embed title", {"embeds": [{"title": "t" * 257}]}, "embeds.0.title"),
    ("embed text", {"embeds": [{"description": "d" * 4097}]}, "embeds.0.description"),
    ("embeds together", {"embeds": [{"description": "d" * 3001}] * 2}, "embeds"),
    ("26 fields", {"embeds": [{"fields": [{"name": "n", "value": "v"}] * 26}]}, "embeds.0.fields"),
    (
        "a field without a name",
        {"embeds": [{"fields": [{"name": "", "value": "v"}]}]},
        "embeds.0.fields.0.name",
    ),
    ("footer", {"embeds": [{"footer": {"text": "f" * 2049}}]}, "embeds.0.footer.text"),
    ("author", {"embeds": [{"author": {"name": "a" * 257}}]}, "embeds.0.author.name"),
    ("six rows", {"components": [row(button(custom_id=str(n))) for n in range(6)]}, "components"),
    ("an empty row", {"components": [row()]}, "components.0.components"),
    (
        "six buttons",
        {"components": [row(*(button(custom_id=str(n)) for n in range(6)))]},
        "components.0.components",
    ),
    (
        "a button beside a select",
        {"components": [row(select(), button())]},
        "components.0.components",
    ),
    ("text in a plain message", {"components": [text("a")]}, "components.0.type"),
    ("label", {"components": [row(button(label="x" * 81))]}, "components.0.components.0.label"),
    ("no label", {"components": [row(button(label=None))]}, "components.0.components.0"),
    ("style", {"components": [row(button(style=7))]}, "components.0.components.0.style"),
    (
        "custom_id",
        {"components": [row(button(custom_id="x" * 101))]},
        "components.0.components.0.custom_id",
    ),
    (
        "the same custom_id twice",
        {"components": [row(button(), button())]},
        "components.0.components.1.custom_id",
    ),
    ("no address", {"components": [row(link(url=None))]}, "components.0.components.0.url"),
    (
        "a strange address",
        {"components": [row(link(url="ftp://a"))]},
        "components.0.components.0.url",
    ),
    ("no host", {"components": [row(link(url="https:a"))]}, "components.0.components.0.url"),
    (
        "a long address",
        {"components": [row(link(url="https://a/" + "b" * 503))]},
        "components.0.components.0.url",
    ),
    ("address and id", {"components": [row(link(custom_id="a"))]}, "components.0.components.0"),
    (
        "26 options",
        {"components": [row(select(options=[{"label": "a", "value": str(n)} for n in range(26)]))]},
        "components.0.components.0.options",
    ),
    (
        "the same value twice",
        {"components": [row(select(options=[{"label": "a", "value": "a"}] * 2))]},
        "components.0.components.0.options.1.value",
    ),
    (
        "placeholder",
        {"components": [row(select(placeholder="x" * 151))]},
        "components.0.components.0.placeholder",
    ),
    ("V2 with content", v2(text("a")) | {"content": "a"}, "content"),
    ("V2 with embeds", v2(text("a")) | {"embeds": [{"title": "a"}]}, "embeds"),
    ("V2 with 4001 characters", v2(text("x" * 2001), text("x" * 2000)), "components"),
    ("41 components", v2(*(text("x") for _ in range(41))), "components"),
    ("41 nested", v2({"type": 17, "components": [text("x") for _ in range(40)]}), "components"),
    ("a button at the top", v2(button()), "components.0.type"),
    ("an empty text", v2(text("")), "components.0.content"),
    ("an empty container", v2({"type": 17, "components": []}), "components.0.components"),
    (
        "a container in a container",
        v2({"type": 17, "components": [{"type": 17, "components": [text("a")]}]}),
        "components.0.components.0.type",
    ),
    (
        "a section with nothing beside",
        v2({"type": 9, "components": [text("a")]}),
        "components.0.accessory",
    ),
    (
        "four texts in a section",
        v2({"type": 9, "components": [text("a")] * 4, "accessory": button()}),
        "components.0.components",
    ),
    (
        "eleven pictures",
        v2({"type": 12, "items": [{"media": {"url": "https://a.b/c"}}] * 11}),
        "components.0.items",
    ),
    (
        "a picture nobody sent",
        v2({"type": 12, "items": [{"media": {"url": "attachment://b.png"}}]}),
        "components.0.items.0.media.url",
    ),
    (
        "a file by address",
        v2({"type": 13, "file": {"url": "https://a.b/c"}}),
        "components.0.file.url",
    ),
    ("spacing", v2({"type": 14, "spacing": 3}), "components.0.spacing"),
    (
        "colour",
        v2({"type": 17, "accent_color": 1 << 24, "components": [text("a")]}),
        "components.0.accent_color",
    ),
    (
        "pinging all and some",
        {"content": "a", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "allowed_mentions",
    ),
]


@pytest.mark.parametrize(
    ("body", "place"), [b[1:] for b in BROKEN_MESSAGES], ids=[b[0] for b in BROKEN_MESSAGES]
)
def test_a_message_beyond_a_limit_is_refused_at_its_field(body: Json, place: str) -> None:
    assert places(messages.message(body)) == {place}


@pytest.mark.parametrize(
    ("body", "empty"),
    [
        ({}, True),
        ({"content": " \n"}, True),
        ({"components": [row(button())]}, True),
        ({"content": "a"}, False),
        ({"embeds": [{"title": "a"}]}, False),
        (v2(text("a")), False),
        ({"flags": V2}, True),
    ],
)
def test_a_message_that_shows_nothing_is_empty(body: Json, empty: bool) -> None:
    assert messages.is_empty(body) is empty


def test_a_file_alone_is_not_empty() -> None:
    assert not messages.is_empty({}, ["a.txt"])


def command(**changes: object) -> Json:
    return {"name": "ask", "description": "Asks", "type": 1} | changes


def option(**changes: object) -> Json:
    return {"name": "question", "description": "What", "type": 3} | changes


FINE_COMMANDS: list[Json] = [
    command(name="frag-mich_1", description="d" * 100),
    command(name="पूछो"),
    command(name="質問", name_localizations={"de": "frag"}),
    command(options=[option(required=True), option(name="b")]),
    command(options=[option(choices=[{"name": "A", "value": "a"}] * 25)]),
    command(options=[{"type": 1, "name": "sub", "description": "S", "options": [option()]}]),
    command(
        options=[
            {
                "type": 2,
                "name": "group",
                "description": "G",
                "options": [{"type": 1, "name": "sub", "description": "S"}],
            }
        ]
    ),
    {"name": "Quote This", "type": 3},
]


@pytest.mark.parametrize("definition", FINE_COMMANDS)
def test_a_proper_command_is_fine(definition: Json) -> None:
    assert commands.command(definition) == []


BROKEN_COMMANDS: list[tuple[str, Json, str]] = [
    ("upper case", command(name="Ask"), "name"),
    ("a space", command(name="ask me"), "name"),
    ("33 letters", command(name="a" * 33), "name"),
    ("no description", command(description=""), "description"),
    ("101 characters", command(description="d" * 101), "description"),
    ("an unknown language", command(name_localizations={"xx": "a"}), "name_localizations.xx"),
    (
        "an upper-case translation",
        command(name_localizations={"de": "Frag"}),
        "name_localizations.de",
    ),
    ("an unknown place", command(contexts=[3]), "contexts.0"),
    ("26 options", command(options=[option(name=f"o{n}") for n in range(26)]), "options"),
    ("the same option twice", command(options=[option(), option()]), "options.1.name"),
    (
        "required after optional",
        command(options=[option(), option(name="b", required=True)]),
        "options.1",
    ),
    ("an unknown type", command(options=[option(type=12)]), "options.0.type"),
    (
        "26 choices",
        command(options=[option(choices=[{"name": "A", "value": "a"}] * 26)]),
        "options.0.choices",
    ),
    (
        "a choice of the wrong type",
        command(options=[option(type=4, choices=[{"name": "A", "value": "a"}])]),
        "options.0.choices.0.value",
    ),
    (
        "choices and autocompletion",
        command(options=[option(autocomplete=True, choices=[{"name": "A", "value": "a"}])]),
        "options.0.autocomplete",
    ),
    ("max_length", command(options=[option(max_length=6001)]), "options.0.max_length"),
    (
        "a sub-command beside an option",
        command(options=[{"type": 1, "name": "sub", "description": "S"}, option()]),
        "options",
    ),
    (
        "a menu entry with a description",
        {"name": "Quote", "type": 3, "description": "Q"},
        "description",
    ),
    (
        "8000 characters",
        command(
            options=[
                option(
                    name=f"o{n}",
                    choices=[{"name": "n" * 90, "value": f"{m}" * 40} for m in range(10, 35)],
                )
                for n in range(3)
            ]
        ),
        "",
    ),
]


@pytest.mark.parametrize(
    ("definition", "place"), [b[1:] for b in BROKEN_COMMANDS], ids=[b[0] for b in BROKEN_COMMANDS]
)
def test_an_improper_command_is_refused_at_its_field(definition: Json, place: str) -> None:
    assert places(commands.command(definition)) == {place}


def test_a_list_of_commands_has_each_name_once_and_only_so_many() -> None:
    assert places(commands.all_commands([command(), command()])) == {"1.name"}
    assert commands.all_commands([command(), {"name": "ask", "type": 3}]) == []
    many = [command(name=f"ask{n}") for n in range(101)]
    assert places(commands.all_commands(many)) == {""}


@pytest.mark.parametrize(
    ("offered", "place"),
    [
        ([{"name": "a", "value": "a"}] * 26, "choices"),
        ([{"name": "a" * 101, "value": "a"}], "choices.0.name"),
        ([{"name": "", "value": "a"}], "choices.0.name"),
        ([{"name": "a", "value": "a" * 101}], "choices.0.value"),
        ([{"name": "a", "value": 1}], "choices.0.value"),
    ],
)
def test_choices_beyond_a_limit_are_refused_at_their_field(offered: list[Json], place: str) -> None:
    assert places(answers.autocomplete({"choices": offered}, 3)) == {place}


def test_a_file_that_no_component_shows_is_refused() -> None:
    gallery = {"type": 12, "items": [{"media": {"url": "attachment://a.png"}}]}
    thumbnail = {"type": 11, "media": {"url": "attachment://c.png"}}
    section = {"type": 9, "components": [text("a")], "accessory": thumbnail}
    inside = {"type": 17, "components": [{"type": 13, "file": {"url": "attachment://b.csv"}}]}
    body, names = v2(gallery, inside, section), ["a.png", "b.csv", "c.png"]

    assert messages.message(body, names, names) == []
    assert places(messages.message(body, [*names, "d.png"], ["d.png"])) == {"attachments"}
    assert messages.message(body, [*names, "kept.png"], names) == []


def test_a_description_of_a_file_has_a_limit() -> None:
    body = {"content": "a", "attachments": [{"id": 0, "description": "d" * 1025}]}

    assert places(messages.message(body, ["a"], ["a"])) == {"attachments.0.description"}


def test_problems_are_told_as_a_tree_along_the_body() -> None:
    problem = Problem(("embeds", 0, "title"), "CODE", "Wrong.")

    assert nested([problem]) == {
        "embeds": {"0": {"title": {"_errors": [{"code": "CODE", "message": "Wrong."}]}}}
    }
