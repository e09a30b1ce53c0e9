"""`main.py score`: a lodged forecast against what came, or doctrines against what people did."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from game.content.load import load_scenario, scenario_ids
from game.content.scenario import Scenario
from game.content.wording import quoted, unknown
from game.lab.baselines import COUNT_BASELINES
from game.lab.forecast import open_forecast
from game.lab.happened import Happened, of_history, of_match, of_timeline, same_turns
from game.lab.lodged import Forecast, read_forecast
from game.lab.made_on import hindsight, not_made_yet, what_is_known
from game.lab.measures import MEASURES
from game.lab.monthly import HONEST
from game.lab.record import opening_days
from game.lab.score_forecast import OWN, PERIOD, TURN, WHOLE, score_forecast, unknown_deeds
from game.lab.scores import RATES, UNIFORM
from game.session.places import SUFFIX, is_file_of_match
from game.session.view import MatchView
from game.views.names import counted, listed
from game.views.phrasebook import figure

from .console import Console, open_console
from .errors import UserError
from .files import STDOUT, Output, check_writable, json_with, write_json
from .match_paths import file_called, opened, refuse_spoiling
from .month_tables import SHORT
from .score_people import FORETOLD_PEOPLE, tell_people
from .tables import table
from .validation_tables import day_of

EN_DASH = "\N{EN DASH}"
GRAINS: dict[str, str] = {PERIOD: "by period", TURN: "by turn"}
FORECAST = json_with("forecast", "by_measure", "by_seat")
"""An older result of `score FORECAST`."""


def run(
    what: str,
    records: Sequence[str],
    *,
    until: date | None,
    output: Output,
) -> int:
    """Scores a forecast's file against records; without records, matches that people played.

    Args:
        what: a forecast's file; or a folder of matches, or one match.
        records: timelines, scenarios or matches.
        until: the last day that a timeline tells of; that of its last row if None.
        output: how the result is given.

    Returns:
        0.

    Raises:
        ContentError: a file has mistakes.
        UserError: the files do not fit each other.
        FileError: a match cannot be used.
    """
    out = open_console(plain=output.plain, errors=output.json == STDOUT)
    if records:
        check_writable(output.json, FORECAST, replace=output.replace)
        result = _forecast(out, Path(what), records, until)
    else:
        check_writable(output.json, FORETOLD_PEOPLE, replace=output.replace)
        result = tell_people(out, what)
    if output.json is not None:
        write_json(output.json, result)
    return 0


# --- a forecast


def _forecast(
    out: Console, path: Path, records: Sequence[str], until: date | None
) -> dict[str, Any]:
    forecast = read_forecast(path)
    if wrong := not_made_yet(forecast.made_on):
        raise UserError(f"{path}: {wrong}; write the day on which it was made as made_on")
    scenario = _scenario(path, forecast.scenario)
    came = [_record(record, until) for record in records]
    if scenario:
        _refuse_unfit(path, forecast, scenario, list(zip(records, came, strict=True)))
    result = score_forecast(forecast, came, scenario)
    if not result["counts"] and not result["moves"]:
        raise UserError(
            f"{path}: nothing of it can be scored by {', '.join(records)}, which tell of "
            f"{' and '.join(f'{c.covered.start} to {c.covered.end}' for c in came)}; name a record "
            "of the days that it foretells, or say with --until how far a timeline goes"
        )
    out.title(forecast.forecast)
    digest = what_is_known(forecast, scenario)
    result |= {"records": list(records), "digest": digest}
    out.say(
        f"Made on {forecast.made_on}, by its own word, scored by {', '.join(records)}. "
        f"{' '.join(digest)}"
    )
    # The days of a match are those of its scenario, and tell not when it was played.
    played = any(map(is_file_of_match, records))
    if not played and (late := hindsight(forecast.made_on, result["counts"])):
        out.say(late)
    _tell_counts(out, result)
    _tell_moves(out, result["by_seat"])
    left = result["not_scored"]
    if missing := [
        counted(left[kind], kind.removesuffix("s")) for kind in ("counts", "moves") if left[kind]
    ]:
        out.aside(f"Not scored, as no record here tells of them: {listed(missing)}.")
    return result


def _scenario(path: Path, name: str | None) -> Scenario | None:
    """The scenario that a forecast names."""
    if name is None:
        return None
    if not name.endswith(".toml") and name not in scenario_ids():
        what, remedy = unknown("scenario", name, scenario_ids())
        raise UserError(f"{path}: {what}; {remedy}")
    return open_forecast(name)


def _record(record: str, until: date | None) -> Happened:
    """A record by its name: a timeline's CSV, a match, or a scenario."""
    path = Path(record)
    if path.suffix.lower() == ".csv":
        return of_timeline(path, until)
    if is_file_of_match(record):
        where = file_called(record)
        match = opened(where, MatchView.read)
        remedy = "finish it first by resume"
        refuse_spoiling(where, match, "a score tells", remedy)
        return of_match(match)
    if path.suffix.lower() == ".toml" or record in scenario_ids():
        return of_history(load_scenario(record))
    raise UserError(
        f"{record}: this is no record; name a timeline (.csv), a match ({SUFFIX}), or a scenario "
        f"({', '.join(scenario_ids())}, or a .toml)"
    )


def _refuse_unfit(
    path: Path,
    forecast: Forecast,
    scenario: Scenario,
    records: Sequence[tuple[str, Happened]],
) -> None:
    if wrong := unknown_deeds(forecast, scenario):
        seat, deed = wrong[0]
        known = ", ".join(row.id for row in scenario.setting.rulebook.deeds[seat])
        raise UserError(
            f"{path}: {seat.name} has no action {quoted(deed)} in {forecast.scenario}; write one "
            f"of these: {known}"
        )
    last = max((row.turn for row in forecast.move), default=0)
    if last > len(scenario.turns):
        raise UserError(
            f"{path}: {forecast.scenario} has {len(scenario.turns)} turns, and a move is of turn "
            f"{last}; give each move its turn"
        )
    for name, came in records:
        if forecast.move and came.opening and not same_turns(came, opening_days(scenario)):
            raise UserError(
                f"{name}: its turns are not those of {forecast.scenario}, of which the forecast's "
                "moves are; name a record of the same calendar"
            )


def _tell_counts(out: Console, result: Mapping[str, Any]) -> None:
    names = (OWN, *COUNT_BASELINES)
    headings = "|".join(f">{SHORT.get(name, name)}" for name in names)
    periods = [row for row in result["counts"] if row["turn"] is None]
    if periods:
        out.heading("Period by period: how far off, by CRPS")
        out.table(
            table(
                f"What|>came|>mean|>90 %|>PIT|{headings}",
                [
                    (
                        f"{row['measure']}, {_days(row)}",
                        str(row["count"]),
                        f"{row['mean']:.1f}",
                        f"{row['low_5']}{EN_DASH}{row['high_95']}",
                        f"{row['pit']:.2f}",
                        *_scores(row["crps"], names),
                    )
                    for row in periods
                ],
            )
        )
    means = [row for row in result["by_measure"] if row["grain"] != WHOLE]
    if not means:
        return
    for score, called in (("crps", "CRPS, less is better"), ("log", "log score, more is better")):
        out.heading(f"On average: {called}")
        out.table(
            table(
                f"What|>inside 90 %|{headings}",
                [
                    (
                        f"{row['measure']}, {GRAINS[row['grain']]}",
                        f"{row['inside_90']} of {row['rows']}",
                        *_scores(row[score], names),
                    )
                    for row in means
                ],
            )
        )
    out.bullets(_honesty(result["by_measure"]))
    out.aside(f"{_guesses(result['counts'])} {_meanings(result['by_measure'])}")


def _days(row: Mapping[str, Any]) -> str:
    """Such as "1-29 Feb"."""
    first, last = (date.fromisoformat(row[end]) for end in ("from", "to"))
    start = str(first.day) if first.month == last.month else day_of(first)
    return f"{start}{EN_DASH}{day_of(last)}"


def _scores(found: Mapping[str, float], names: Sequence[str]) -> Iterator[str]:
    return (figure(found[name]) if name in found else "" for name in names)


def _honesty(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for row in rows:
        if row["honesty"] is not None and row["grain"] == PERIOD:
            word = (
                "too narrow, too wide or off" if row["honesty"] < HONEST else "not seen to be off"
            )
            yield (
                f"{MEASURES[row['measure']].name}: by where what came lies in them, the ranges are "
                f"{word} (p = {row['honesty']:.2f}, {counted(row['rows'], 'period')}, which would "
                "show gross faults alone)."
            )


def _guesses(rows: Sequence[Mapping[str, Any]]) -> str:
    told = {
        "before": "The simple guesses know what the record tells of the months before the "
        f"forecast{_since(rows)}, all alike: where those were quiet, or hardly recorded, the "
        "guesses are easy to beat.",
        "hindsight": "The record does not reach back before the forecast: the simple guesses know "
        "its other periods, which nobody could know then, and so are hard to beat.",
        "none": "The record has nothing that simple guesses could go by.",
    }
    return " ".join(told[kind] for kind in dict.fromkeys(row["by"] for row in rows))


def _since(rows: Sequence[Mapping[str, Any]]) -> str:
    """Such as ", from May 2018 on"."""
    first = min((row["known_since"] for row in rows if row["known_since"]), default=None)
    return f", from {date.fromisoformat(first):%B %Y} on" if first else ""


def _meanings(rows: Sequence[Mapping[str, Any]]) -> str:
    named = "; ".join(f"{n}: {MEASURES[n].name}" for n in dict.fromkeys(r["measure"] for r in rows))
    return (
        f"{named}. Mean, 90 %: of all that was foretold; where a hand wrote three numbers, of the "
        "distribution that is laid through them. CRPS is in the unit of the count, over the whole "
        "distribution that was foretold; 0 is perfect. PIT: where what came lies in it, 0 "
        "to 1; honest ranges put it anywhere alike. Constant: one rate for all; gamma: a rate "
        "drawn anew each month (gamma-Poisson)."
    )


def _tell_moves(out: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    out.heading("Moves: mean log score, more is better")
    out.table(
        table(
            "Seat|>moves|>forecast|>blind|>base rates",
            [
                (
                    row["seat"],
                    str(row["moves"]),
                    *(figure(row["log"][name]) for name in (OWN, UNIFORM, RATES)),
                )
                for row in rows
            ],
        )
    )
    out.aside(
        "The natural logarithm of the probability of what was done; 0 is perfect. Blind: any of "
        "the seat's actions alike. Base rates: its actions as often as in the record's other "
        "turns, in hindsight. Turns in which the record says nothing of a seat are not scored."
    )
