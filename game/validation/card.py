"""The model card: its words, filled from the measured figures, as a page of the handbook."""

import textwrap
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from game.rules.seats import SEATS

from .record import DATA
from .validate import IN, OUT

Data = Mapping[str, Any]
STRONG = 0.4
"""From this correlation on, two parameters are told of as hard to tell apart."""
TRIFLE = 0.005
"""A difference in log score below this is none, however sure it is."""
BARS = 6
"""Of the tornado's bars, how many the card tells of."""
TENTH = 10
"""The proposition that is about the moves themselves: no count of history bounds it."""
MEANT_BY: dict[str, str] = {
    "uniform": "a blind choice",
    "repeat": "the last deed again",
    "rates": "the seat's base rates",
}


def card(validation: Data, calibration: Data, sensitivity: Data) -> str:
    """The handbook's page about the model, as TOML.

    Args:
        validation: what `validate` measured.
        calibration: what `calibrate` found.
        sensitivity: what `sensitivity` found.
    """
    words = tomllib.loads((DATA / "model_card.toml").read_text(encoding="utf-8"))
    body = words["body"].format(
        command=validation["provenance"]["command"],
        made_on=validation["provenance"]["made_on"],
        fitted=len(calibration["parameters"]),
        draws=f"{calibration['draws']:,}",
        effective=round(calibration["effective_draws"]),
        fitted_to=calibration["data"]["fitted_to"],
        turns=calibration["data"]["turns"],
        moves=calibration["data"]["moves"],
        posterior=_points(_posterior(calibration)),
        correlated=_correlated(calibration),
        propositions=_points(_proposition(row) for row in validation["propositions"]),
        tempo=_points(_count(row) for row in validation["tempo"]),
        tempo_misses=_tempo_misses(validation["tempo"]),
        scores=_points(_scores(validation["scores"])),
        lenses=_points(_lenses(validation["lenses"])),
        answer=_effect(sensitivity["answer"]),
        tornado=_points(_bar(row) for row in sensitivity["tornado"][:BARS]),
        sobol="; ".join(_share(row) for row in sensitivity["sobol"]),
    )
    quoted = "\n".join(_wrapped(line) for line in body.strip().split("\n"))
    return (
        "# Written by `python main.py validate --adopt` from game/validation/data/model_card.toml\n"
        "# and the measured figures. Change those, not this.\n\n"
        f'[[page]]\nid = "model_card"\ntitle = "{words["title"]}"\nbody = """\n{quoted}\n"""\n'
        'see = ["limits", "how_it_works", "reading_numbers", "measuring_force"]\n'
    )


def _wrapped(line: str) -> str:
    """A line of the body, folded as TOML folds it."""
    plain = line.replace("\\", "\\\\").replace('"""', "'''")
    return " \\\n".join(textwrap.wrap(plain, 108, break_long_words=False)) or ""


def verdict(row: Data) -> str:
    """What is to be said of a proposition's figure: met, met weakly, or missed."""
    if not row["is_met"]:
        return "MISSED"
    low, high = row["allowed"]
    if row["number"] == TENTH:
        return "met"
    return "met weakly" if high is None or high - low > 0.5 else "met"


def figure(value: float) -> str:
    """A figure with the digits that it deserves."""
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.2f}"


def ranking(rows: list[Data]) -> str:
    """What the lenses' scores say from February on, and what they cannot."""
    best = max(rows, key=lambda row: float(row[OUT]["log"]))
    first = rows[0]["lens"]
    other = [r for r in rows[1:] if abs(r[OUT]["difference"]["mean"]) >= TRIFLE]
    better = [r["lens"] for r in other if r[OUT]["difference"]["low"] > 0]
    worse = [r["lens"] for r in other if r[OUT]["difference"]["high"] < 0]
    open_ = [r["lens"] for r in rows[1:] if r["lens"] not in (*better, *worse)]
    told = [f"From February on, {best['lens']} has the highest score."]
    if better:
        told.append(f"Clearly better than {first}: {', '.join(better)}.")
    if worse:
        told.append(f"Clearly worse than {first}: {', '.join(worse)}.")
    if open_:
        told.append(
            f"Against {', '.join(open_)} the difference is a trifle or its interval holds zero: so "
            f"few moves cannot tell {first} from {'it' if len(open_) == 1 else 'them'}."
        )
    return " ".join(told)


def _points(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _posterior(calibration: Data) -> Iterable[str]:
    for name, row in calibration["parameters"].items():
        yield (
            f"{name}: {row['median']:g}, between {row['low_5']:g} and {row['high_95']:g} in 90 of "
            f"100; before, from {row['prior_low']:g} to {row['prior_high']:g}. The range is "
            f"{_narrowed(row['narrowed'])}."
        )


def _narrowed(share: float) -> str:
    if share < 0.1:
        return "as wide as before"
    return f"{round(100 * share)} in 100 shorter"


def _correlated(calibration: Data) -> str:
    strong = [row for row in calibration["correlations"] if abs(row["correlation"]) >= STRONG]
    if not strong:
        return "No two of them are strongly correlated in what the record leaves possible."
    told = "; ".join(f"{r['a']} and {r['b']} ({r['correlation']:+.2f})" for r in strong)
    return f"The record cannot tell apart: {told}. More of the one would do as well as the other."


def _proposition(row: Data) -> str:
    history = "" if row["history"] is None else f"; history {figure(row['history'])}"
    figures = f"{figure(row['figure'])} ({figure(row['low'])} to {figure(row['high'])})"
    return f"{row['number']}. {verdict(row)}: {row['counted']}: {figures}{history}."


def _count(row: Data) -> str:
    least = "at least " if row["is_floor"] else ""
    where = "fitted" if row["period"] == IN else "tested"
    miss = "" if row["is_inside"] else " OUTSIDE."
    return (
        f"{row['from']} to {row['to']}, {row['compiler']}: {least}{row['count']}; the model "
        f"{row['mean']:.1f}, {row['low_5']:.0f} to {row['high_95']:.0f} in 90 of 100 games "
        f"({where}).{miss}"
    )


def _tempo_misses(rows: list[Data]) -> str:
    missed = [row for row in rows if not row["is_inside"]]
    if not missed:
        return "All of them lie inside what the model shows."
    told = ", ".join(f"{row['from']} to {row['to']} ({row['compiler']})" for row in missed)
    return f"Outside of what the model shows: {told}."


def _scores(scores: Data) -> Iterable[str]:
    for period, when in ((IN, "to January"), (OUT, "from February")):
        for name in (*(seat.name for seat in SEATS), "all"):
            row = scores[period][name]
            gains = "; ".join(
                f"over {meant} {_gain(row['baselines'][b]['gain'])}"
                for b, meant in MEANT_BY.items()
            )
            who = "All seats" if name == "all" else name
            yield f"{who}, {when}: log score {row['players']['log']:.2f} a move; {gains}."


def _gain(gain: Data) -> str:
    clear = "" if gain["low"] > 0 else ", WORSE" if gain["high"] < 0 else ", not clear"
    return f"{gain['mean']:+.2f} [{gain['low']:+.2f}, {gain['high']:+.2f}]{clear}"


def _lenses(rows: list[Data]) -> Iterable[str]:
    for row in rows:
        told = f"{row['lens']}: {row[IN]['log']:.3f} to January, {row[OUT]['log']:.3f} after"
        if row is not rows[0]:
            told += f"; less that of {rows[0]['lens']} after: {_gain(row[OUT]['difference'])}"
        yield f"{told}."
    yield ranking(rows)


def _effect(answer: Data) -> str:
    return f"{answer['mean']:+.2f} [{answer['low']:+.2f}, {answer['high']:+.2f}]"


def _share(row: Data) -> str:
    share, error = (round(100 * row[key]) for key in ("with_others", "with_others_error"))
    return f"{row['name']} {share} of 100 (\N{PLUS-MINUS SIGN}{error})"


def _bar(row: Data) -> str:
    return (
        f"{row['name']}: {row['at_low']['mean']:+.2f} at {row['low']:g}, "
        f"{row['at_high']['mean']:+.2f} at {row['high']:g}."
    )
