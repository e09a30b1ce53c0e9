"""The README's links lead somewhere, and its picture fetches nothing from elsewhere."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from assets.build.turn import PICTURE, picture

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    """`.ci/readme.py`, which is no package."""
    spec = importlib.util.spec_from_file_location("ci_readme", ROOT / ".ci" / "readme.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["ci_readme"] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "path",
    ["README.md", "tests/README.md", "game/content/README.md", "game/rules/README.md"],
)
def test_links_lead_somewhere(checker: ModuleType, path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    assert list(checker.broken_links(text, (ROOT / path).parent)) == []


def test_a_broken_link_is_told_with_its_line(checker: ModuleType) -> None:
    text = "\n".join(
        (
            "[here](README.md#start) [web](https://example.org) [above](#start)",
            "![a picture over",
            "two lines](assets/pictures/none.svg)",
            "```sh",
            "echo [not](a/link)",
            "```",
            "[gone](no/such.md)",
        )
    )
    assert list(checker.broken_links(text, ROOT)) == [
        'README line 3: the link leads to "assets/pictures/none.svg", which is not there',
        'README line 7: the link leads to "no/such.md", which is not there',
    ]


def test_the_picture_is_shown_and_fetches_nothing() -> None:
    assert "(assets/pictures/room.png)" in (ROOT / "README.md").read_text(encoding="utf-8")
    shown = (ROOT / "game" / "terminal" / "README.md").read_text(encoding="utf-8")
    assert f"(../../{PICTURE.relative_to(ROOT).as_posix()})" in shown
    for drawn in (PICTURE.read_text(encoding="utf-8"), picture("\x1b[1mA turn\x1b[0m\n")):
        assert "url(" not in re.sub(r"url\(#[\w-]+\)", "", drawn)
        assert "@font-face" not in drawn
        assert "@import" not in drawn
        assert not re.search(r"(?:href|src)\s*=", drawn)
