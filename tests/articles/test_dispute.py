"""dispute.yaml is read strictly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.articles.dispute import dispute_of, plain_dispute, read_dispute, scan_dispute
from bot.articles.starter import borrowed, knowledge_folder, starter_folder
from bot.errors import KnowledgeError

GOOD = """
name: A dispute
sides:
  - {id: one, name: "One's side", people: [ann]}
entities:
  - id: ann
    name: Ann
    kind: person
    side: one
    aliases: {any: ["Ann B."], it: [Anna]}
  - {id: bob, name: Bob, kind: person}
"""


def put(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "dispute.yaml"
    path.write_text(content, encoding="utf-8")
    return path


def test_sides_and_entities_are_read(tmp_path: Path) -> None:
    dispute = read_dispute(put(tmp_path, GOOD))
    assert dispute.name == "A dispute"
    assert dispute.sides[0].people == ("ann",)
    ann, bob = dispute.entities
    assert ann.names == {"any": ("Ann B.",), "it": ("Anna",)}
    assert bob.side is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("people: [ann]", "people: [eve]", "no entity with the id `eve`"),
        ("side: one", "side: two", "no side with the id `two`"),
        ("id: bob", "id: ann", "entity `ann` stands twice"),
        ("name: Bob", "name: anna", "`anna` of `bob` is also one of `ann`"),
        ("it: [Anna]", "no: [Anna]", "not a plain field name"),
        ("it: [Anna]", "italian: [Anna]", "not the code of a language"),
        ("[Anna]", "[yes]", "truth value"),
        ("kind: person\n", "sort: person\n", "no `kind`"),
        ("name: A dispute", "title: A dispute", "no `name`"),
    ],
)
def test_mistakes_are_told(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = put(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(KnowledgeError) as caught:
        read_dispute(path)
    assert any(told in fault.problem and fault.line > 1 for fault in caught.value.faults)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    faults = scan_dispute(put(tmp_path, "sides: [{}]\nentities: no\n"))[1]
    assert len(faults) == 4


def test_the_shipped_dispute_has_no_faults() -> None:
    assert read_dispute(starter_folder() / "dispute.yaml").entities


def test_a_folder_borrows_what_it_lacks(tmp_path: Path) -> None:
    assert borrowed(tmp_path, "dispute.yaml") == starter_folder() / "dispute.yaml"
    own = put(tmp_path, GOOD)
    assert borrowed(tmp_path, "dispute.yaml") == own


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="There is no folder"):
        knowledge_folder(tmp_path / "none")
    assert knowledge_folder(None) == starter_folder()


def test_a_dispute_comes_back_from_json() -> None:
    found = read_dispute(starter_folder() / "dispute.yaml")
    assert found.entities
    assert dispute_of(json.loads(json.dumps(plain_dispute(found)))) == found
