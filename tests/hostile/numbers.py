"""Every number of every data file, replaced by numbers of all kinds: what is accepted must play."""

import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import numpy as np

from game.content.check import check_file
from game.content.lens import load_lens, seen_through
from game.content.load import (
    RULEBOOK,
    SCENARIOS,
    load_base,
    load_record,
    load_rulebook,
    load_scenario,
)
from game.content.scenario import Scenario
from game.futures.cast import cast
from game.players.base import assemble, decide
from game.rules.endings import marks
from game.rules.luck import game_keys
from game.rules.resolve import resolve
from game.rules.seats import SEATS, Seat
from game.terminal.check import own_files
from tests.common import arrays

from .trial import Failure, Trial, tried

_NUMBER = re.compile(
    r"""(?<![\w"'.:+-]) [+-]?\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)? (?![\w"'.:-])""", re.VERBOSE
)
_PROSE = re.compile(r"""\"{3}.*?\"{3}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\#[^\n]*""", re.DOTALL)
STRANGE = (
    "0", "-0.0", "1", "-1", "2", "0.5", "-0.5", "1e-9", "1e-8", "1e-4", "5e-324", "1e-38", "1e-45",
    "1e9", "-1e9", "999999999", "1e10", "3.4e38", "1e39", "1e308", "-1e308", "inf", "-inf", "nan",
    "9223372036854775807", "9223372036854775808", "1" + "0" * 400, "-" + "9" * 400, "0x7fffffff",
    "16777217", "0.1", "0.999999999", "1.000000001", "10", "20", "100", "1000", "100000", "true",
)  # fmt: skip
GAMES = 3
PLAYED = "after_taji"
"""What is played under another rulebook, lens or doctrine: all that can happen happens in it."""


def trials(luck: random.Random) -> Iterator[Trial]:
    """One number after another, in random order, without an end."""
    places = [
        (path, number.start(), number.end())
        for path in own_files()
        for number in numbers_in(path.read_text(encoding="utf-8"))
    ]
    while True:
        path, start, end = luck.choice(places)
        text = path.read_text(encoding="utf-8")
        new = luck.choice(STRANGE)
        if luck.random() < 0.3:
            new = repr(float(text[start:end].replace("_", "")) * 10 ** luck.uniform(-3, 3))
        line = text.count("\n", 0, start) + 1
        told = f"{path.parent.name}/{path.name}:{line}: {text[start:end]} becomes {new[:60]}"
        yield Trial(told, _checked(path, luck), _files(path, text[:start] + new + text[end:]))


def numbers_in(text: str) -> Iterator[re.Match[str]]:
    """The numbers outside of texts and comments."""
    hidden = _PROSE.sub(lambda found: '"' * len(found[0]), text)
    return _NUMBER.finditer(hidden)


@cache
def _rulebook() -> dict[str, bytes]:
    return {f"rulebook/{path.name}": path.read_bytes() for path in RULEBOOK.glob("*.toml")}


def _files(path: Path, text: str) -> dict[str, bytes]:
    """The changed file where `check` looks for its kind, a rulebook's with its neighbours."""
    place = f"{path.parent.name}/{path.name}"
    return (_rulebook() if path.parent == RULEBOOK else {}) | {place: text.encode()}


def _checked(path: Path, luck: random.Random) -> Callable[[Path], None]:
    seed, thorough = luck.randrange(1000), luck.random() < 0.02

    def go(folder: Path) -> None:
        changed = folder / path.parent.name / path.name
        answer = tried("check", str(changed))
        if answer.status:
            if f"{changed}:" not in answer.out:
                raise Failure(f"the mistake does not name its file: {answer.out}")
            return
        if check_file(changed):
            raise Failure("found by the library, and not by the command")
        scenario, named = _scenario(changed)
        _play(scenario, named, seed)
        if thorough and path.parent == SCENARIOS:
            _commands(changed, folder)

    return go


def _scenario(changed: Path) -> tuple[Scenario, dict[Seat, str]]:
    """What is to be played to try a good file, and by whom."""
    match changed.parent.name:
        case "rulebook":
            book, base = load_rulebook(changed.parent), load_base(changed.parent)
            return load_scenario(PLAYED, book, base=base), {}
        case "doctrines":
            seat = next(d for d in SEATS if f'seat = "{d.name}"' in changed.read_text("utf-8"))
            return load_scenario(PLAYED), {seat: str(changed)}
        case "lenses":
            return seen_through(load_scenario(PLAYED), load_lens(changed)), {}
        case "record":
            return load_scenario(PLAYED, record=load_record(changed)), {}
    return load_scenario(changed), {}


def _play(scenario: Scenario, named: dict[Seat, str], seed: int) -> None:
    """A few games to their end, every figure of them finite."""
    setting, players = scenario.setting, cast(scenario, named)
    state, outcome = setting.open_games(game_keys(seed, np.arange(GAMES))), None
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        while state.turn < setting.turns and not (state.ending > 0).all():
            choices = {s: decide(p, setting, state, outcome, s) for s, p in players.items()}
            state, outcome = resolve(setting, state, assemble(choices, GAMES))
        told = marks(setting, state)
    for path, array in [*arrays(state), ("marks", told)]:
        if array.dtype.kind == "f" and not np.isfinite(array).all():
            raise Failure(f"{path} is no number")


def _commands(path: Path, folder: Path) -> None:
    """All that a scenario can be asked for."""
    own = str(path)
    tried("simulate", own, "--games", "3", "--json", "-", allowed=(0,))
    tried("replay", own, "--game", "1", "--seed", "3", "--text", allowed=(0,))
    tried("play", own, "--seat", "US", "--text", "--no-save", typed="\n" * 300, allowed=(0,))
    tried(
        "report", own, "-o", str(folder / "report.html"), "--lens", "balanced",
        "--futures", "2", "--horizon", "1", allowed=(0,),
    )  # fmt: skip
