"""The project as a whole: clean, typed, built, and fit to be shown."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
# Imported by a package that does not ask for it; read as files, not imported.
NOT_IMPORTED = {"fontpkg-inter", "lxml-html-clean"}
WRITTEN = {".md", ".py", ".toml", ".yaml", ".yml", ".txt", ".jsonl", ".example", ""}
# Paths of somebody's machine, and where somebody's packages come from.
FOREIGN = re.compile(
    r"(?<![\w./])/(?:home|opt|root|tmp|Users|work)\b|(?:pypi|pythonhosted)\.(?:org|io)"
)


def run(*command: str | Path, cwd: Path = PROJECT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "tool", [("ruff", "check"), ("ruff", "format", "--check"), ("mypy",)], ids=" ".join
)
def test_the_tools_find_nothing(tool: tuple[str, ...]) -> None:
    done = run(sys.executable, "-m", *tool)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_version_is_the_changelogs_newest() -> None:
    changelog = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    [newest, *_] = re.findall(
        r"^## \[([^\]]+)\] - (?:Unreleased|\d{4}-\d\d-\d\d)$", changelog, re.M
    )
    assert newest == PYPROJECT["project"]["version"]


def normal(requirement: str) -> str:
    """A distribution's name, without version and spelling."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=~! \[]", requirement, maxsplit=1)[0]).lower()


def test_what_is_imported_is_asked_for_and_what_is_asked_for_is_imported() -> None:
    asked = {normal(one) for one in PYPROJECT["project"]["dependencies"]}
    extra = {normal(one) for one in PYPROJECT["project"]["optional-dependencies"]["dev"]}
    holders = packages_distributions()
    used: set[str] = set()
    for path in (PROJECT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [str(node.module)] if isinstance(node, ast.ImportFrom) else []
            tops = {one.partition(".")[0] for one in names} - sys.stdlib_module_names - {"bot"}
            for top in tops:
                used.update(map(normal, holders.get(top, [top])))
    assert used - asked - extra == set()
    assert asked - used == NOT_IMPORTED


def test_every_part_is_named_with_its_licence() -> None:
    told = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\w., -]+?) \| [\w., -]+ \| .+ \|$", told, re.M)
    named = {normal(one) for row in rows for one in row.split(", ")} - {"package"}
    asked = [
        *PYPROJECT["project"]["dependencies"],
        *PYPROJECT["project"]["optional-dependencies"]["dev"],
    ]
    assert {normal(one) for one in asked} <= named


def published() -> list[Path]:
    """The project's own files, as git would take them."""
    done = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    if done.returncode != 0:
        pytest.skip("this is not a git checkout")
    names = [PROJECT / name for name in done.stdout.split("\0") if name]
    return [path for path in names if path.is_file() and path.suffix in WRITTEN]


def test_no_file_names_the_machine_that_it_was_written_on() -> None:
    found = [
        f"{path.relative_to(PROJECT)}:{number}"
        for path in published()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if FOREIGN.search(line)
    ]
    assert found == []


def test_the_further_material_is_whole_where_it_is_there() -> None:
    """So that no test which needs a part of it can be skipped there."""
    shared = Path(os.environ.get("RECEIPTS_SHARED", PROJECT.parent / "shared"))
    if not shared.is_dir():
        pytest.skip("RECEIPTS_SHARED names the folder of the further material")
    assert len(list((shared / "articles").glob("*.txt"))) == 5
    for part in ("eval/dev.yaml", "eval/public/en/questions.jsonl", "discord/openapi.json"):
        assert (shared / part).is_file(), part


def test_the_wheel_holds_the_knowledge_base_and_answers_from_anywhere(tmp_path: Path) -> None:
    built = run(
        sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", "-w", tmp_path, PROJECT
    )
    assert built.returncode == 0, built.stderr
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        held = set(opened.namelist())
        opened.extractall(tmp_path / "site")
    ours = {
        f"bot/starter/{path.relative_to(PROJECT / 'knowledge').as_posix()}"
        for path in (PROJECT / "knowledge").rglob("*")
        if path.is_file()
    }
    assert any(name.startswith("bot/starter/articles/") for name in ours)
    assert ours <= held

    # The unpacked wheel comes before the checkout that is installed here, and stands elsewhere.
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); import bot, bot.cli;"
        " print(bot.__file__); sys.argv[1:] = ['ask', 'Why did Musk leave OpenAI?']; bot.cli.main()"
    )
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = run(sys.executable, "-c", code, cwd=elsewhere)
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "site") in done.stdout.replace("\n", "")
    assert "2018" in done.stdout
