"""`main.py forecast SCENARIO`: what the model expects, lodged in a file before it is known."""

import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from game.content.scenario import Scenario
from game.content.visible import is_text, visible
from game.lab.forecast import Request, foretell, open_forecast
from game.lab.lodged import SEAL, SHOWS, default_name, lodge
from game.lab.measures import MEASURES
from game.lab.periods import DAY
from game.rules.seats import SEATS
from game.views.names import counted
from game.views.phrasebook import LUCK_ALONE, percent

from .console import Console, open_console
from .errors import UserError
from .started import command, quote
from .tables import table

EN_DASH = "\N{EN DASH}"
BY_MONTH: dict[str, str] = {
    "attacks": "attacks",
    "us_killed": "Americans killed",
    "strikes": "strikes",
    "missiles": "missiles",
}
"""What is told by month, and what the table calls it; the file has the rest."""


def run(asked: Request, *, out: str | None, workers: int, plain: bool) -> int:
    """Plays the scenario, tells what to expect, and writes it into a new file.

    Args:
        asked: what is to be foretold.
        out: the file; named for the scenario and the day if None.
        workers: processes; they change nothing but the time.
        plain: without boxes, colours and tricks.

    Returns:
        0.

    Raises:
        ContentError: the scenario has mistakes.
        UserError: there is a file of that name already, or it cannot be written, or the scenario
            cannot be named in it.
    """
    if not is_text(asked.scenario):
        raise UserError(
            f"{asked.scenario}: a forecast has to name its scenario, and this name is no text; "
            "move it to another folder"
        )
    scenario = open_forecast(asked.scenario)
    target = Path(out or default_name(asked.scenario, date.today()))
    _check(target)
    console = open_console(plain=plain)
    start = time.perf_counter()
    found = foretell(asked, workers=workers)
    try:
        seal = lodge(target, found)
    except FileExistsError:
        raise _taken(target) from None
    except OSError as error:
        raise _unwritable(target, error) from None
    _tell(console, scenario, found)
    console.aside(f"{counted(asked.games, 'game')}, {time.perf_counter() - start:.0f} s.")
    console.say(
        f"Lodged in {visible(target)}, with a digest of the rules, the scenario and the "
        f"parameters, and with the {SEAL} {seal}. A {SEAL} {SHOWS}. Who wants to be "
        f"believed publishes this {SEAL} today, or gives somebody else a copy now. To score it "
        "when the time has come: "
        f"{command(f'score {quote(str(target))} RECORD')}"
    )
    return 0


def _check(target: Path) -> None:
    """Refuses before long work what would be refused after it."""
    if target.suffix.lower() != ".json":
        raise UserError(f"{target}: a forecast is a JSON file; name one that ends in .json")
    try:
        if target.exists() or target.is_symlink():
            raise _taken(target)
        target.open("x").close()
        target.unlink()
    except OSError as error:
        raise _unwritable(target, error) from None


def _taken(target: Path) -> UserError:
    return UserError(
        f"{target}: there is a file of that name, and a forecast is never written over; name "
        "another with --out"
    )


def _unwritable(target: Path, error: OSError) -> UserError:
    reason = error.strerror or "its name cannot be used"
    return UserError(f"{target}: cannot be written ({reason}); name a file in a folder of yours")


def _tell(out: Console, scenario: Scenario, found: Mapping[str, Any]) -> None:
    out.title(f"{scenario.title}: what the model expects")
    rows = [row for row in found["count"] if "turn" not in row]
    first, last = str(scenario.turns[0].date), str(scenario.end - DAY)
    whole = {row["measure"]: row for row in rows if (row["from"], row["to"]) == (first, last)}
    out.heading(f"How many in all, {first} to {last}")
    out.table(
        table(
            "What|>mean|>middle|>90 %",
            [
                (
                    MEASURES[name].name,
                    f"{row['mean']:.2f}",
                    str(row["middle"]),
                    f"{row['low']}{EN_DASH}{row['high']}",
                )
                for name, row in whole.items()
            ],
        )
    )
    out.aside(
        f"90 %: the middle 90 % of games. {LUCK_ALONE} By those the ranges would be wider, and "
        "what comes may lie outside of these more often than once in ten."
    )
    out.heading("By month: the mean, and the middle 90 % of games")
    by_period: dict[tuple[str, str], dict[str, str]] = {}
    for row in rows:
        told = f"{row['mean']:.1f} ({row['low']}{EN_DASH}{row['high']})"
        by_period.setdefault((row["from"], row["to"]), {})[row["measure"]] = told
    months = [period for period in by_period if period != (first, last) or len(by_period) == 1]
    out.table(
        table(
            "From|" + "|".join(f">{called}" for called in BY_MONTH.values()),
            [(start, *(by_period[start, end][name] for name in BY_MONTH)) for start, end in months],
        )
    )
    out.heading("What each seat is likeliest to do, by turn")
    by_turn: dict[int, dict[str, str]] = {}
    for row in found["move"]:
        by_turn.setdefault(row["turn"], {})[row["seat"]] = _likeliest(row["odds"])
    out.table(
        table(
            ">Turn|date|" + "|".join(seat.name for seat in SEATS),
            [
                (
                    str(turn),
                    str(scenario.turns[turn - 1].date),
                    *(seats.get(seat.name, "") for seat in SEATS),
                )
                for turn, seats in by_turn.items()
            ],
        )
    )
    out.aside(
        "Middle: as many games have more as have fewer. By the balanced lens and the scenario's "
        "own doctrines, with nothing drawn: the first theory holds, and each seat has its first "
        "agenda. Odds are of games that were still on. The file has every distribution whole, by "
        "turn as well, and every action's odds."
    )


def _likeliest(odds: Mapping[str, float]) -> str:
    deed = max(odds, key=odds.__getitem__)
    return f"{deed} {percent(odds[deed])}"
