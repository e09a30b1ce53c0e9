"""The top level holds what it should, only the desktop imports pygame, rules know no history."""

import ast
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = {"game", "assets", "scenarios", "tests", ".ci"}
FILES = {
    "main.py", "pyproject.toml", "requirements.lock", "README.md", "LICENSE", "CHANGELOG.md",
    "CITATION.cff", ".gitignore", ".gitattributes", ".importlinter",
}  # fmt: skip
ROOMS = {
    "rules", "content", "players", "views", "session", "futures", "terminal", "report", "desktop",
    "classroom", "research", "lab", "door", "engine",
}  # fmt: skip


def ignored(path: Path) -> bool:
    """Whether git leaves it out: by the patterns of .gitignore, or because it is empty."""
    patterns = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    patterns = [line.strip("/") for line in patterns if line and not line.startswith("#")]
    empty = path.is_dir() and not any(p.is_file() for p in path.rglob("*"))
    return path.name == ".git" or empty or any(fnmatch(path.name, p) for p in patterns)


def test_the_top_level_holds_nothing_else() -> None:
    there = [path for path in ROOT.iterdir() if not ignored(path)]
    assert {path.name for path in there if path.is_dir()} <= FOLDERS
    assert {path.name for path in there if not path.is_dir()} <= FILES


def test_the_game_has_no_other_rooms() -> None:
    rooms = [path for path in (ROOT / "game").iterdir() if path.is_dir() and not ignored(path)]
    assert {path.name for path in rooms} <= ROOMS
    assert [path.name for path in (ROOT / "game").glob("*.py")] == ["__init__.py"]


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """The top names of all that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0]


def test_only_the_desktop_imports_pygame() -> None:
    others = [p for p in [*modules("game"), ROOT / "main.py"] if "desktop" not in p.parts]
    assert len(others) > 40
    assert [str(path) for path in others if "pygame" in imported(path)] == []


def test_the_rules_import_numpy_and_nothing_else_of_other_people() -> None:
    allowed = {
        "numpy", "collections", "dataclasses", "enum", "functools", "hashlib", "itertools",
        "typing",
    }  # fmt: skip
    for path in modules("game/rules"):
        assert set(imported(path)) <= allowed, path


NAMES = re.compile(
    r"\b(?:20(?:19|20)|soleimani|muhandis|khamenei|trump|pompeo|esper|milley|abdul.?mahdi|allawi|"
    r"kadhimi|kata.?ib|hezbollah|taji|k-1|balad|besmaya|quds|quayyarah|ain al.asad)\b",
    re.IGNORECASE,
)


def said_in_code(path: Path) -> Iterator[tuple[int, str]]:
    """Names, texts and numbers of a file, without its docstrings and the meanings of columns."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            told.add(id(node.value))
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_column", "_pair"):
            told |= {id(argument) for argument in node.args}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in told:
            yield node.lineno, str(node.value)
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr


def test_the_rules_know_no_history() -> None:
    """Names and dates are the scenarios' and the rulebook's."""
    found = [
        f"{path.name}:{line}: {text}"
        for path in modules("game/rules")
        for line, text in said_in_code(path)
        if NAMES.search(text)
    ]
    assert found == []


@pytest.mark.parametrize("folder", ["game", "scenarios", "tests", ".ci"])
def test_text_is_utf_8_and_ends_its_lines_with_a_line_feed(folder: str) -> None:
    for path in (ROOT / folder).rglob("*"):
        if path.suffix in (".py", ".toml", ".md", ".txt") and "__pycache__" not in path.parts:
            text = path.read_bytes().decode("utf-8")
            assert "\r" not in text, path
