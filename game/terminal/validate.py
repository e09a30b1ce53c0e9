"""`main.py validate`: how the model does against what happened."""

import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from game.content.lens import BALANCED
from game.rules.seats import SEATS
from game.validation.adopt import (
    CALIBRATION,
    CARD,
    SENSITIVITY,
    VALIDATION,
    keep,
    kept,
    provenance,
    put,
)
from game.validation.card import TRIFLE, card, figure, ranking, verdict
from game.validation.scores import BASELINES
from game.validation.sidefile import model_digest
from game.validation.validate import IN, OUT, Plan, validate

from . import casting
from .errors import UserError
from .files import STDOUT, check_writable, json_with, write_json
from .moved import moved
from .screen import Screen, screen, table
from .started import command

PERIODS: dict[str, str] = {IN: "to January (fitted)", OUT: "from February (tested)"}
SHORT: dict[str, str] = {"uniform": "blind", "repeat": "last again", "rates": "base rates"}
"""What tables call the baselines."""


def run(plan: Plan, *, json: str | None, replace: bool = False, adopt: bool, plain: bool) -> int:
    """Measures everything, prints it, and writes it.

    Args:
        plan: how much to play, through which lens.
        json: a file, `-` for stdout (the tables are then on stderr), or None.
        adopt: keeps the figures with the game and fills the model card from them.
        replace: write over a file of that name, whatever it is.
        plain: without boxes, colours and tricks.

    Returns:
        0.

    Raises:
        ContentError: the lens has mistakes.
        UserError: there is no such lens, or a file cannot be written.
    """
    check_writable(json, json_with("propositions", "provenance"), replace=replace)
    if adopt and plan.lens != BALANCED:
        raise UserError("--adopt: the card is of the balanced lens; leave --lens out")
    studies = _studies() if adopt else None
    lens = casting.lens_called(plan.lens)
    out = screen(plain=plain, errors=json == STDOUT)
    out.title("Does it hold?")
    out.say(
        f"The lens {lens.name!r} against the record of 28 October 2019 to the end of June 2020. "
        f"It was fitted to the events up to 31 January; what came after is the test."
    )
    start = time.perf_counter()
    result = validate(plan, lambda step: out.aside(f"… {step}"))
    result["provenance"] = provenance(_command(plan))
    _tell(out, result)
    if before := kept(VALIDATION):
        _moved(out, before, result)
    out.gap()
    if (fitted := kept(CALIBRATION)) and fitted["provenance"]["model"] != model_digest():
        out.warn(
            "The rules, players or record have changed since the lens was fitted. To fit it anew: "
            + command("calibrate --adopt")
        )
    out.aside(
        f"{plan.games:,} free games, {plan.pairs:,} pairs, {plan.particles:,} games along the "
        f"record for each lens, seed {plan.seed}; {time.perf_counter() - start:.0f} s."
    )
    if json is not None:
        write_json(json, result)
    if studies:
        _adopt(out, result, *studies)
    return 0


def _command(plan: Plan) -> str:
    return (
        f"python main.py validate --games {plan.games} --pairs {plan.pairs} "
        f"--particles {plan.particles} --seed {plan.seed}"
    )


def _studies() -> tuple[dict[str, Any], dict[str, Any]]:
    """The calibration and the sensitivity study that the card tells of beside the figures."""
    calibration, sensitivity = kept(CALIBRATION), kept(SENSITIVITY)
    if calibration is None or sensitivity is None:
        raise UserError(
            "--adopt: the card needs a calibration and a sensitivity study; run "
            f"{command('calibrate --adopt')} and {command('sensitivity --adopt')} first"
        )
    return calibration, sensitivity


def _adopt(
    out: Screen,
    result: dict[str, Any],
    calibration: Mapping[str, Any],
    sensitivity: Mapping[str, Any],
) -> None:
    try:
        keep(VALIDATION, result)
        put(CARD, card(result, calibration, sensitivity))
    except OSError as error:
        raise UserError(f"{error.filename}: cannot be written ({error.strerror})") from None
    out.say("The figures are kept with the game, and the model card is filled from them.")


def _tell(out: Screen, result: Mapping[str, Any]) -> None:
    _propositions(out, result["propositions"])
    _tempo(out, result["tempo"])
    _scores(out, result["scores"])
    _lenses(out, result["lenses"])
    _schools(out, result["schools"])


def _moved(out: Screen, before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    out.heading("What moved, against the figures that are kept with the game")
    found = moved(before, now)
    if found:
        out.table(
            table(
                "Figure|>kept|>now|",
                [
                    (
                        row.name,
                        figure(row.before),
                        figure(row.now),
                        "beyond its interval" if row.is_clear else "",
                    )
                    for row in found
                ],
            )
        )
    else:
        out.say("Nothing.")
    if any(before[key] != now[key] for key in ("games", "pairs", "particles", "seed")):
        out.aside(f"The kept ones were made with: {before['provenance']['command']}")


def _propositions(out: Screen, rows: Iterable[Mapping[str, Any]]) -> None:
    out.heading("The ten propositions")
    for number, group in groupby(rows, lambda row: int(row["number"])):
        parts = list(group)
        out.gap()
        out.say(f"{number}. {' '.join(dict.fromkeys(row['text'] for row in parts))}")
        out.bullets(_proposition(row) for row in parts)
    out.gap()
    out.aside(
        "Met: the words are true of the model, and history does not contradict its figure. What "
        "history allows is the exact 95 % interval of what happened; where it happened once or "
        "twice that is nearly everything, and a claim is met weakly: history could not contradict "
        "it. A figure in people must have history's within the middle 90 % of the cases."
    )


def _proposition(row: Mapping[str, Any]) -> str:
    told = (
        f"{verdict(row)}: {row['counted']}: {figure(row['figure'])} ({figure(row['low'])} to "
        f"{figure(row['high'])}, {row['cases']:,} cases)"
    )
    if row["allowed"][0] is not None and row["allowed"][0] == row["allowed"][1]:
        told += f". History's {figure(row['history'])} must lie in that, the middle 90 %"
    else:
        told += f". The words ask for {_says(row['says'])}"
    if row["history"] is not None and row["history_cases"]:
        told += f"; history: {figure(row['history'])}{_allowed(row['allowed'])}"
    return f"{told} ({row['note']}; {_place(row['source'])})."


def _place(source: str) -> str:
    """A web page's host; other sources as they are. The JSON has the address."""
    return urlsplit(source).netloc.removeprefix("www.") or source


def _says(says: list[float | None]) -> str:
    low, high = says
    return f"more than {low:g}" if high in (1.0, None) else f"{low:g} to {high:g}"


def _allowed(allowed: list[float | None]) -> str:
    low, high = allowed
    if low is None or high is None or low == high:
        return ""
    return f", which allows {figure(low)} to {figure(high)}"


def _tempo(out: Screen, rows: list[Mapping[str, Any]]) -> None:
    out.heading("The tempo of attacks")
    out.table(
        table(
            "Period|Counted by|>count|>model's mean|>5 % to 95 %|used|inside",
            [
                (
                    f"{_day(row['from'])} to {_day(row['to'])}",
                    row["compiler"].removesuffix(" tally").removesuffix(".csv"),
                    ("\N{GREATER-THAN OR EQUAL TO}" if row["is_floor"] else "") + str(row["count"]),
                    f"{row['mean']:.1f}",
                    f"{row['low_5']:.0f} to {row['high_95']:.0f}",
                    "fitted" if row["period"] == IN else "tested",
                    "yes" if row["is_inside"] else "NO",
                )
                for row in rows
            ],
        )
    )
    out.aside(
        "Each count is held against its own period and scope: different compilers are not one "
        "series. \N{GREATER-THAN OR EQUAL TO}: a lower bound, counted from the events that are "
        "known by name; it is outside only where the model shows fewer in 95 of 100 games."
    )


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%b}"


def _scores(out: Screen, scores: Mapping[str, Any]) -> None:
    names = (*(seat.name for seat in SEATS), "all")
    for period, title in PERIODS.items():
        out.heading(f"How well the players foretell the historical moves {title}")
        told = [(name, scores[period][name]) for name in names]
        out.table(
            table(
                "Seat|>moves|>log score|less that of|>gain|>95 % interval|",
                [row for name, seat in told for row in _gains(name, seat)],
            )
        )
        out.gap()
        out.table(
            table(
                "Seat|>Brier score|" + "|".join(f">{SHORT[b]}" for b in BASELINES),
                [
                    (
                        name,
                        f"{row['players']['brier']:.2f}",
                        *(f"{row['baselines'][b]['brier']:.2f}" for b in BASELINES),
                    )
                    for name, row in told
                ],
            )
        )
    out.aside(
        "Log score: the mean natural logarithm of the probability of what was done; 0 is perfect. "
        "Gain: by how much the players' is higher, for a move; the interval is a bootstrap's, of "
        "blocks of three turns. Brier score: 0 is perfect, 2 the worst. Blind: any legal deed "
        "alike. Last again: the seat's last deed. Base rates: its deeds as often as to January, "
        "from which the odds of repeating are learnt as well."
    )


def _gains(name: str, row: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    for place, baseline in enumerate(BASELINES):
        first = not place
        gain = row["baselines"][baseline]["gain"]
        yield (
            name if first else "",
            f"{row['moves']}" if first else "",
            f"{row['players']['log']:.2f}" if first else "",
            SHORT[baseline],
            *_interval(gain, 2),
        )


def _interval(gain: Mapping[str, Any], digits: int) -> tuple[str, str, str]:
    sure = "better" if gain["low"] > 0 else "WORSE" if gain["high"] < 0 else "not clear"
    if abs(gain["mean"]) < TRIFLE:
        sure = "as good"
    low, high = (f"{gain[end]:+.{digits}f}" for end in ("low", "high"))
    return f"{gain['mean']:+.{digits}f}", f"{low} to {high}", sure


def _lenses(out: Screen, rows: list[Mapping[str, Any]]) -> None:
    out.heading("Which theory foretells the next move best")
    first = rows[0]["lens"]
    out.table(
        table(
            f"Lens|moves|>log score|>less {first}|>95 % interval|",
            [
                (
                    row["lens"] if period == IN else "",
                    "to January" if period == IN else "after",
                    f"{row[period]['log']:.3f}",
                    *(("", "", "") if place == 0 else _interval(row[period]["difference"], 3)),
                )
                for place, row in enumerate(rows)
                for period in PERIODS
            ],
        )
    )
    out.say(ranking(rows))


def _schools(out: Screen, rows: list[Mapping[str, Any]]) -> None:
    out.heading("Which school foretells its seat best: log scores")
    out.table(
        table(
            "Seat|Doctrine|>to January|>after|default",
            [
                (
                    row["seat"],
                    row["doctrine"],
                    f"{row[IN]:.2f}",
                    f"{row[OUT]:.2f}",
                    "yes" if row["is_default"] else "",
                )
                for row in rows
            ],
        )
    )
