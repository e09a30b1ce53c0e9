"""`main.py score`: a lodged forecast against what came, or doctrines against what people did."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from game.content.load import load_scenario, scenario_ids
from game.content.problems import ContentError
from game.content.scenario import Scenario
from game.content.wording import quoted, unknown
from game.lab.adopt import CALIBRATION, fitted_rows, load_adopted
from game.lab.baselines import COUNT_BASELINES
from game.lab.forecast import changed_since, open_forecast
from game.lab.happened import Happened, of_history, of_match, of_timeline, same_turns
from game.lab.human_moves import HumanMove, human_moves, human_scores, is_human
from game.lab.lodged import SEAL, SHOWS, Basis, Forecast, read_forecast
from game.lab.measures import MEASURES
from game.lab.monthly import HONEST
from game.lab.periods import DAY
from game.lab.record import opening_days
from game.lab.score_forecast import OWN, PERIOD, TURN, WHOLE, score_forecast, unknown_deeds
from game.lab.scores import RATES, UNIFORM
from game.session.errors import FileError
from game.session.places import SUFFIX, is_file_of_match, matches
from game.session.view import MatchView, Status
from game.views.names import counted
from game.views.phrasebook import figure, signed

from .console import Console, open_console
from .errors import UserError
from .files import STDOUT, check_writable, json_with, write_json
from .match_paths import file_called, opened, refuse_spoiling
from .month_tables import SHORT
from .tables import table
from .validation_tables import day_of

EN_DASH = "\N{EN DASH}"
VOUCHED = "For the day only somebody can vouch who was given a copy then."
GRAINS: dict[str, str] = {PERIOD: "by period", TURN: "by turn"}
FORECAST = json_with("forecast", "by_measure", "by_seat")
"""An older result of `score FORECAST`."""
FORETOLD_PEOPLE = json_with("matches", "seats")
"""An older result of `score FOLDER`."""


def run(
    what: str,
    records: Sequence[str],
    *,
    until: date | None,
    seed: int,
    json: str | None,
    replace: bool = False,
    plain: bool,
) -> int:
    """Scores a forecast's file against records; without records, matches that people played.

    Args:
        what: a forecast's file; or a folder of matches, or one match.
        records: timelines, scenarios or matches.
        until: the last day that a timeline tells of; that of its last row if None.
        seed: the luck of the intervals.
        json: a file, `-` for stdout (the tables are then on stderr), or None.
        replace: write over a file of that name, whatever it is.
        plain: without boxes, colours and tricks.

    Returns:
        0.

    Raises:
        ContentError: a file has mistakes.
        UserError: the files do not fit each other.
        FileError: a match cannot be used.
    """
    out = open_console(plain=plain, errors=json == STDOUT)
    if records:
        check_writable(json, FORECAST, replace=replace)
        result = _forecast(out, Path(what), records, until)
    else:
        check_writable(json, FORETOLD_PEOPLE, replace=replace)
        result = _people(out, what, seed)
    if json is not None:
        write_json(json, result)
    return 0


# --- a forecast


def _forecast(
    out: Console, path: Path, records: Sequence[str], until: date | None
) -> dict[str, Any]:
    forecast = read_forecast(path)
    _refuse_unmade(path, forecast.made_on)
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
    digest = _digest(forecast, scenario)
    result |= {"records": list(records), "digest": digest}
    out.say(
        f"Made on {forecast.made_on}, by its own word, scored by {', '.join(records)}. "
        f"{' '.join(digest)}"
    )
    # The days of a match are those of its scenario, and tell not when it was played.
    played = any(map(is_file_of_match, records))
    if not played and (late := _hindsight(forecast, result["counts"])):
        out.say(late)
    _tell_counts(out, result)
    _tell_moves(out, result["by_seat"])
    left = result["not_scored"]
    if left["counts"] or left["moves"]:
        out.aside(
            f"Not scored, as no record here tells of them: {counted(left['counts'], 'count')} and "
            f"{counted(left['moves'], 'move')}."
        )
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


def _refuse_unmade(path: Path, made_on: date) -> None:
    """Refuses a day that has not come; it may be tomorrow already where the forecast was made, and
    a calendar that is behind the game's own fit is wrong.
    """
    fit = load_adopted(CALIBRATION)
    today = max(date.today(), _day_of(fit) if fit else date.min)
    if made_on > today + DAY:
        raise UserError(
            f"{path}: it says that it was made on {made_on}, a day that has not come yet; write "
            "the day on which it was made as made_on"
        )


def _day_of(fit: Mapping[str, Any]) -> date:
    return date.fromisoformat(fit["provenance"]["made_on"])


def _digest(forecast: Forecast, scenario: Scenario | None) -> list[str]:
    """Whether the file and the model are still what they were, in sentences."""
    if forecast.seal is None:
        return [
            "A hand wrote it: it carries no seal and no digest, and nothing here shows that it is "
            f"so old. {VOUCHED}"
        ]
    rests_on = forecast.rests_on
    if rests_on and (younger := _younger_fit(forecast.made_on, rests_on)):
        told = [f"{younger} Its {SEAL} fits all the same: anybody can make one anew."]
    else:
        told = [
            f"Its {SEAL} fits, {forecast.seal}: it {SHOWS}. For the day only somebody can vouch "
            f"who was given a copy, or this {SEAL}, then."
        ]
    if rests_on and scenario:
        told += changed_since(rests_on.model_dump(), scenario) or [
            "The rules, the scenario and the parameters are still those that it was made with."
        ]
    return told


def _younger_fit(made_on: date, basis: Basis) -> str:
    """That it rests on numbers which were found after its day; empty where it does not."""
    fit = load_adopted(CALIBRATION)
    if fit is None:
        return ""
    found = _day_of(fit)
    medians = {name: row["median"] for name, row in fitted_rows(fit).items()}
    if found <= made_on or any(basis.parameters.get(name) != medians[name] for name in medians):
        return ""
    return f"That day cannot be right: it rests on numbers that were fitted later, on {found}."


def _hindsight(forecast: Forecast, counts: Sequence[Mapping[str, Any]]) -> str:
    """That days were over when it was made; empty where none were."""
    made = str(forecast.made_on)
    over = sum(row["to"] < made for row in counts)
    begun = sum(row["from"] <= made <= row["to"] for row in counts)
    if not over and not begun:
        return ""
    if over == len(counts):
        return (
            "It was made after all the days that it tells of: this shows how well it fits what was "
            "known, not how well it foretells."
        )
    return (
        f"Of {counted(len(counts), 'count')}, the days of {over} were over when it was made, and "
        f"those of {begun} had begun: these show no foresight."
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
        "forecast, all alike: where those were quiet, or hardly recorded, the guesses are easy to "
        "beat.",
        "hindsight": "The record does not reach back before the forecast: the simple guesses know "
        "its other periods, which nobody could know then, and so are hard to beat.",
        "none": "The record has nothing that simple guesses could go by.",
    }
    return " ".join(told[kind] for kind in dict.fromkeys(row["by"] for row in rows))


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


# --- people's own moves


def _people(out: Console, what: str, seed: int) -> dict[str, Any]:
    path = Path(what)
    if path.suffix.lower() in (".json", ".toml"):
        raise UserError(
            f"{what}: a forecast is scored against a record; name one behind it, such as a "
            "timeline's CSV or a match"
        )
    files, unreadable = _files(what)
    found: list[HumanMove] = []
    names: list[str] = []
    left_out = list(unreadable)
    for file in files:
        try:
            match = opened(file, MatchView.read)
            moves = list(human_moves(len(names), match)) if _may_be_scored(match) else []
        except (FileError, ContentError, UserError) as error:
            if is_file_of_match(what):
                raise
            left_out.append(f"{file.name}: {str(error).splitlines()[0]}")
            continue
        if not moves:
            left_out.append(f"{file.name}: {_why_not(match)}")
            continue
        names.append(file.name)
        found += moves
    if not found:
        why = f": {'; '.join(left_out)}" if left_out else ""
        raise UserError(
            f"{what}: no match here that is over has moves of people{why}; name a folder of "
            "matches, or a forecast and a record"
        )
    rows = human_scores(found, seed)
    out.title("How well the doctrines foretell what people do")
    out.say(
        f"Played by people: {counted(len(names), 'match', 'matches')}, "
        f"{counted(len(found), 'move')}. Before each, every doctrine of the seat, by the book, "
        "tells from what the seat could see how likely it "
        "was to order the same."
    )
    _tell_people(out, rows)
    if left_out:
        out.heading("Left out")
        out.bullets(left_out)
    return {"matches": names, "left_out": left_out, "seats": rows}


def _files(what: str) -> tuple[list[Path], list[str]]:
    if is_file_of_match(what):
        return [file_called(what)], []
    folder = Path(what)
    if not folder.is_dir():
        raise UserError(
            f"{what}: this is neither a folder of matches nor a match ({SUFFIX}); a forecast's "
            "file wants a record behind it"
        )
    there, wrong = matches(folder)
    paths = sorted(summary.path for summary in there)
    return paths, [str(error).splitlines()[0] for error in wrong]


def _may_be_scored(match: MatchView) -> bool:
    return match.status is Status.ENDED and is_human(match)


def _why_not(match: MatchView) -> str:
    if match.status is not Status.ENDED:
        return "it is not over"
    return "no people play it" if not is_human(match) else "people ordered nothing in it"


def _tell_people(out: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    out.table(
        table(
            "Seat|>matches|>moves|>own|>blind|>rates|>over blind|>over rates",
            [
                (
                    row["seat"],
                    str(row["matches"]),
                    str(row["moves"]),
                    *(figure(row[name]) for name in ("own", UNIFORM, RATES)),
                    *(_gain(row["gain"][name]) for name in (UNIFORM, RATES)),
                )
                for row in rows
            ],
        )
    )
    out.heading("Each doctrine, the likeliest to do as people did first")
    out.bullets(
        f"{row['seat']}: " + ", ".join(f"{name} {figure(log)}" for name, log in _best(row))
        for row in rows
        if row["doctrines"]
    )
    out.aside(
        "Mean log score: the natural logarithm of the probability of what was done; 0 is perfect. "
        "Own: the doctrine that the scenario gives the seat. Blind: any legal action alike. Rates: "
        "the seat's legal actions as often as in all other moves here. In brackets the 95 % "
        "interval, by a bootstrap of whole matches; with few matches none is told."
    )


def _best(row: Mapping[str, Any]) -> list[tuple[str, float]]:
    return sorted(row["doctrines"].items(), key=lambda pair: -pair[1])


def _gain(found: Mapping[str, float | None]) -> str:
    mean, low, high = found["mean"], found["low"], found["high"]
    told = signed(mean or 0.0)
    return told if low is None or high is None else f"{told} [{signed(low)}, {signed(high)}]"
