"""What the rules' own page says of adding a deed, a mechanism, a doctrine and a scenario is done to
a copy of the game, and played there.
"""

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PAGE = "game/rules/README.md"
BLOCK = re.compile(r"^```(\w+) (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN = """
import json
import sys

from game.content.load import load_scenario
from game.engine import play
from game.players.library import default_players
from game.rules.luck import game_keys
from game.rules.legal import deed_mask
from tests.support import IRAQ, US, still, turn

read = load_scenario("last_flights")
players, keys = default_players(read), game_keys(3, range(64))
before = still()
quiet, curfew = turn(before)[0], turn(before, IRAQ="curfew")[0]
weak = still(iraq_forces=0.2)
row = before.book.deed(IRAQ, "curfew")
article = load_scenario("the_article")
four = default_players(article)
known = {seat: player.doctrine.deeds for seat, player in four.items()}
many = game_keys(3, range(4096))
done = play.play(article.setting, four, many, keep=("deed",)).kept["deed"]

told = {
    "may order": [bool(deed_mask(p.setting, p.state, IRAQ)[row, 0]) for p in (before, weak)],
    "unrest": [float(p.iraq_unrest[0]) for p in (before, quiet, curfew)],
    "evacuated": float(turn(before, US="evacuate")[0].us_evacuated[0]),
    "opens at": float(read.setting.opening.us_evacuated[0]),
    "plays": players[US].doctrine.id,
    "unnamed": ["curfew" not in known[IRAQ], "evacuate" not in known[US]],
    "done": [
        int((done[:, IRAQ] == row).sum()),
        int((done[:, US] == before.book.deed(US, "evacuate")).sum()),
    ],
}
keep = ("us_evacuated", "harm", "deed")
plain = play.play(read.setting, players, keys, keep=keep)
if play.use_compiled():
    compiled = play.play(read.setting, players, keys, keep=keep)
    told["by machine code"] = type(plain) is not type(compiled)
    told["alike"] = bool((plain.digests == compiled.digests).all()) and all(
        bool((plain.kept[name] == compiled.kept[name]).all()) for name in keep
    )
told["most"] = float(plain.kept["us_evacuated"].max())
json.dump(told, sys.stdout)
"""


class Block(NamedTuple):
    """A block of the page that names a file."""

    heading: str
    kind: str
    path: str
    text: str


def blocks() -> list[Block]:
    """Every block that names a file, with the heading that it stands under."""
    found = []
    for section in re.split(r"^## ", (ROOT / PAGE).read_text(encoding="utf-8"), flags=re.M)[1:]:
        heading = section.partition("\n")[0]
        found += [Block(heading, *block) for block in BLOCK.findall(section)]
    return found


def apply(block: Block, root: Path) -> None:
    """Does to the copy what the block says: lines with + come in, lines with - go out; any other
    block is added at the end of its file, which is made where there is none.
    """
    path = root / block.path
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    if block.kind == "diff":
        lines = block.text.splitlines(keepends=True)
        old = "".join(line[1:] for line in lines if line[0] in " -")
        new = "".join(line[1:] for line in lines if line[0] in " +")
        assert text.count(old) == 1, f"{block.path} has changed; {PAGE} must follow:\n{old}"
        text = text.replace(old, new)
    else:
        text += ("\n" if text else "") + block.text
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The game with everything added that the page adds."""
    root = tmp_path_factory.mktemp("copy")
    nothing_made = ignore_patterns("__pycache__")
    for folder in ("game", "scenarios", "assets", "tests/rules"):
        copytree(ROOT / folder, root / folder, ignore=nothing_made)
    for file in ("main.py", "pyproject.toml", "tests/__init__.py", "tests/support.py"):
        (root / file).write_bytes((ROOT / file).read_bytes())
    for block in blocks():
        apply(block, root)
    return root


def run(root: Path, *arguments: str) -> str:
    """What a Python in the copy says; it keeps its machine code there as well."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env=os.environ
        | {"PYTHONPATH": str(root), "XDG_CACHE_HOME": str(root / "cache"), "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_deed_a_doctrine_and_a_scenario_are_one_file_each_and_a_mechanism_six() -> None:
    touched: dict[str, set[str]] = {}
    for block in blocks():
        if block.path.startswith(("game/", "scenarios/")):
            touched.setdefault(block.heading, set()).add(block.path)
    assert touched["Adding a deed"] == {"game/content/rulebook/deeds.toml"}
    assert len(touched["Adding a mechanism"]) <= 6
    assert len(touched["Adding a doctrine"]) == len(touched["Adding a scenario"]) == 1


def test_what_the_page_adds_has_no_mistakes(copy: Path) -> None:
    assert "no mistakes" in run(copy, "main.py", "check")
    assert "Embassy staff flown out" in run(copy, "main.py", "rules", "us_evacuated")


def test_what_the_page_adds_is_played(copy: Path) -> None:
    told: dict[str, Any] = json.loads(run(copy, "-c", SHOWN))
    assert told["may order"] == [True, False]
    before, quiet, curfew = told["unrest"]
    assert before == quiet == pytest.approx(curfew + 0.10)
    assert told["evacuated"] == pytest.approx(0.7)
    assert told["opens at"] == pytest.approx(0.3)
    assert told["plays"] == "flag_down"
    assert told["unnamed"] == [True, True]
    assert min(told["done"]) > 0, "doctrines that do not name a deed do it by its group"
    assert told["most"] == 1
    if find_spec("llvmlite"):
        assert told["by machine code"]
        assert told["alike"]


def test_the_case_of_the_page_holds(copy: Path) -> None:
    told = run(
        copy, "-m", "pytest", "--numprocesses=0", "-p", "no:cacheprovider",
        "tests/rules/test_cases_embassy.py",
    )  # fmt: skip
    assert "2 passed" in told
