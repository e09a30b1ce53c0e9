"""Command lines as nobody should type them: options of all commands, values of all kinds."""

import argparse
import random
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path

from game.door.command_line import reader

from .matches import good, over
from .trial import Trial, tried

WORDS = (
    "", " ", "-", "--", "0", "1", "-1", "2", "3", "1.5", "nan", "inf", "1e9", "9" * 30, "9" * 5000,
    "US", "us", "IRAN", "all", "history", "uniform", "planner", "balanced", "spiral", "restraint",
    "retribution", "turn_zero", "the_article", "turn_zero.toml", "hold", "strike_depots", "a.match",
    "b.match", "none.match", "folder", "missing/x", "x.csv", "x.json", "x.html", "x.txt", "/",
    "/dev/null", "/dev/full", "~nosuchuser", "minds.anger_gain=1,2", "us_troops=1:2:2", "=", "a=b",
    "\x1b[31m", "\u202e", "\udcff", "é", "x" * 5000, "%s", "{0}", "--help", "--text", "@x",
    "5e-324", "tcp://127.0.0.1:1", "18446744073709551615", "18446744073709551616", "None", "True",
)  # fmt: skip
COSTLY = frozenset(
    {"validate", "calibrate", "recovery", "sensitivity", "cases", "depth", "forecast", "host"}
)
"""Commands of minutes, or without an end: only those of their lines are tried that ask for nothing
sensible.
"""


def trials(luck: random.Random) -> Iterator[Trial]:
    """One command line after another, without an end."""
    parsers = _parsers()
    while True:
        name = luck.choice(sorted(parsers))
        line = [name, *_line(parsers[name], luck)]
        if (name in COSTLY or "--pdf" in line) and "" not in line:
            line.append("")
        if name in ("simulate", "explore", "sweep", "whatif") and "--games" not in line:
            line += ["--games", "2"]
        if name == "report":
            line += ["--futures", "2", "--horizon", "1"]
        if name in ("play", "resume", "replay") and luck.random() < 0.8:
            line.append("--text")
        typed = "".join(luck.choice((*WORDS, "", "", "help", "?")) + "\n" for _ in range(60))
        yield Trial(" ".join(map(repr, line))[:500], _go(line, typed + "\n" * 200))


def _parsers() -> dict[str, argparse.ArgumentParser]:
    """The reader of every command."""
    for action in reader("python main.py")._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise LookupError("no commands")


def _line(parser: argparse.ArgumentParser, luck: random.Random) -> Iterator[str]:
    """Some options and arguments, each with something."""
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction):
            continue
        wanted = action.required or not action.option_strings
        if luck.random() > (0.95 if wanted else 0.2):
            continue
        if action.option_strings:
            yield luck.choice(action.option_strings)
        if action.nargs == 0:
            continue
        for _ in range(luck.choice((1, 1, 1, 2, 3)) if action.nargs in ("+", "*") else 1):
            yield _value(action, luck)


def _value(action: argparse.Action, luck: random.Random) -> str:
    if luck.random() < 0.5:
        return luck.choice(WORDS)
    fitting = {
        "scenario": "turn_zero", "name": luck.choice(("turn_zero", "b.match", "a.match")),
        "file": "b.match", "files": "turn_zero", "out": luck.choice(("x.csv", "x.html")),
        "seat": "US", "deed": "strike_depots", "turn": "1", "games": "2", "workers": "1",
        "seed": "5", "folder": "folder", "json": "x.json", "csv": "x.csv", "match": "c.match",
        "parquet": "folder", "lens": "spiral", "instead": "hold", "sample": "3",
        "vary": "minds.anger_gain=0.5,1", "horizon": "2", "futures": "2", "game": "1",
    }  # fmt: skip
    return fitting.get(action.dest, luck.choice(WORDS))


def _go(line: list[str], typed: str) -> Callable[[Path], None]:
    def go(folder: Path) -> None:
        (folder / "a.match").write_bytes(good())
        (folder / "b.match").write_bytes(over())
        (folder / "folder").mkdir()
        allowed = (0, 1, 2) if line[0] == "replay" else (0, 2)
        with chdir(folder):
            tried(*line, typed=typed, allowed=allowed)

    return go
