"""Forecasts from strangers, lodged or written by hand, and the records that they are scored by."""

import csv
import io
import json
import random
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import main
from game.lab.count_scores import Odds
from game.lab.lodged import Forecast, read_forecast, sealed
from game.lab.record import DATA
from game.rules.seats import Seat

from .matches import good, over
from .names import THINGS
from .trial import Failure, Trial, tried

CLASS = Path(main.__file__).parent / "scenarios" / "forecasts" / "a_class.toml"
TIMELINE = (DATA / "timeline.csv").read_text(encoding="utf-8")
VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1, 3, 7, 1000, 1001, 999_999, 1_000_000, 10**12, 2**63, 10**400, 0.5, -0.0,
    1e308, 1e-320, float("nan"), float("inf"), "", " ", "US", "hold", "attacks", "2020-01-01",
    "0001-01-01", "9999-12-31", "2020-02-30", "20200311", "2020-W11-3", "the_article", "turn_zero",
    "missing.toml", "../x.toml", "/dev/zero", "\x1b[2J", "\u202egnp", "a\nb", "\u200b", "\ud800",
    "9" * 400, "x" * 5000, [], {}, [[]], [0.5, 0.5], [1] * 3, {"hold": 1}, {"": 0.1}, {"a": {}},
)  # fmt: skip
CELLS = (
    "", " ", "0", "-1", "7", "1000000", "9" * 30, "9" * 5000, "0.5", "nan", "1e9", "٣", "US", "us",
    "IRAN", "rocket", "a\nb", "\x1b[2J", "\u202egnp", "\x00", '"', "2020-01-05", "0001-01-01",
    "9999-12-31", "2020-02-30", "20200311", "2020-W11-3", "x" * 200_000, "a;b", "(40 rockets)",
)  # fmt: skip
DAYS = ("2020-01-01", "0001-01-01", "9999-12-31", "2019-12-01", "2021-06-30")


def trials(luck: random.Random) -> Iterator[Trial]:
    """One forecast and its record after another, without an end."""
    while True:
        told, files = luck.choice((_by_hand, _lodged, _timeline))(luck)
        forecast = next((name for name in files if name.startswith("forecast")), "forecast.toml")
        records = [luck.choice(("the_article", "turn_zero", "b.match", "c.match"))]
        records = ["record.csv", *records] if luck.random() < 0.7 else records
        options = ["--until", luck.choice(DAYS)] if luck.random() < 0.3 else []
        things = {}
        if luck.random() < 0.1:
            things[luck.choice((forecast, *records))] = luck.choice(sorted(THINGS))
            told = str(things)
        base = {
            "forecast.toml": CLASS.read_bytes(),
            "b.match": over(),
            "c.match": good(),
            "record.csv": TIMELINE.encode(),
        }
        yield Trial(told, _scored(forecast, records, options, things), base | files)


@cache
def _class() -> Forecast:
    return read_forecast(CLASS)


def _as_lodged() -> dict[str, Any]:
    """The class's forecast as the game would have lodged it."""
    data = _class().model_dump(mode="json", by_alias=True, exclude_none=True)
    for row, count in zip(data["count"], _class().count, strict=True):
        odds: Odds = count.distribution()
        row |= {"mean": 5.0, "odds": [float(share) for share in odds]}
    for row in data["move"]:
        row["seat"] = Seat(row["seat"]).name
    rests: dict[str, Any] = dict.fromkeys(("model", "record", "figures", "scenario"), "0" * 16)
    rests["parameters"] = {"minds.anger_gain": 1.0, "gone.long_ago": 1.0}
    return data | {"games": 100, "seed": 1, "rests_on": rests}


def _lodged(luck: random.Random) -> tuple[str, dict[str, bytes]]:
    """One value of it is another, and the seal fits."""
    data = _as_lodged()
    inside, told = data, []
    while True:
        key = luck.choice(sorted(inside) if isinstance(inside, dict) else range(len(inside)))
        told.append(str(key))
        if not isinstance(inside[key], dict | list) or not inside[key] or luck.random() < 0.15:
            break
        inside = inside[key]
    new = luck.choice(VALUES)
    if luck.random() < 0.1 and isinstance(inside, dict):
        del inside[key]
        told.append("is gone")
    else:
        inside[key] = new
        told.append(f"is {str(new)[:40]!r}")
    raw = json.dumps(sealed(data)).encode()
    return f"lodged: {' '.join(told)}", {"forecast.json": raw}


def _by_hand(luck: random.Random) -> tuple[str, dict[str, bytes]]:
    lines = CLASS.read_text(encoding="utf-8").splitlines()
    at = luck.choice([n for n, line in enumerate(lines) if " = " in line and line[0] != "#"])
    key = lines[at].partition(" = ")[0]
    try:
        new = json.dumps(luck.choice(VALUES), ensure_ascii=False)
        lines[at] = f"{key} = {new}"
        raw = "\n".join(lines).encode()
    except UnicodeEncodeError:
        raw = b"\xff"
    return f"by hand: {lines[at][:60]!r}", {"forecast.toml": raw}


def _timeline(luck: random.Random) -> tuple[str, dict[str, bytes]]:
    rows = list(csv.reader(io.StringIO(TIMELINE)))
    at, column = luck.randrange(len(rows)), luck.randrange(len(rows[0]))
    rows[at][column] = cell = luck.choice(CELLS)
    if luck.random() < 0.1:
        rows[at] = rows[at] * 3 if luck.random() < 0.5 else rows[at][:column]
    text = io.StringIO()
    csv.writer(text, lineterminator=luck.choice(("\n", "\r\n", "\r"))).writerows(rows)
    raw = text.getvalue().encode(luck.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16")))
    return f"timeline: {cell[:40]!r} in column {column + 1} of row {at}", {"record.csv": raw}


def _scored(
    forecast: str, records: list[str], options: list[str], things: dict[str, str]
) -> Callable[[Path], None]:
    def go(folder: Path) -> None:
        for name, what in things.items():
            (folder / name).unlink(missing_ok=True)
            THINGS[what](folder / name)
        places = [str(folder / name) if "." in name else name for name in (forecast, *records)]
        answer = tried("score", *places, "--text", "--json", str(folder / "x.json"), *options)
        if not answer.status and "nan" in answer.out:
            raise Failure(f"nan is no figure: {answer.out}")

    return go
