"""What `main.py validate` measured, in tables."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from game.validation.record import Used
from game.validation.scores import BASELINES
from game.validation.verdicts import TRIFLE
from game.validation.wording import (
    USED,
    count_verdict,
    gain_word,
    measured,
    ranking,
    shown,
    strike_word,
    tally,
    tempo_tested,
    verdict,
)
from game.views.names import counted

from .screen import Screen, table

PERIODS: dict[str, str] = {
    Used.FITTED: "to January (fitted)",
    Used.TESTED: "from February (tested)",
}
SHORT: dict[str, str] = {"uniform": "blind", "repeat": "last again", "rates": "base rates"}
"""What tables call the baselines."""
OFF, EN_DASH = "difference", "\N{EN DASH}"


def tell(out: Screen, result: Mapping[str, Any]) -> None:
    """Tells everything that `validate` measured."""
    _propositions(out, result["propositions"])
    _tempo(out, result["tempo"])
    _strike(out, result["strike"])
    _scores(out, result["scores"])
    _lenses(out, result["lenses"])
    _schools(out, result["schools"])


def _propositions(out: Screen, rows: list[Mapping[str, Any]]) -> None:
    out.heading("The ten propositions")
    for number, group in groupby(rows, lambda row: int(row["number"])):
        parts = list(group)
        out.gap()
        out.say(f"{number}. {' '.join(dict.fromkeys(row['text'] for row in parts))}")
        out.bullets(_proposition(row) for row in parts)
    out.gap()
    out.say(tally(rows))
    out.aside(
        "Inside: the figure's whole interval lies where the words are true of the model and where "
        "history does not contradict it. OUTSIDE: none of it does. Too close to call: the edge "
        "runs through the interval; more games can only sharpen the word. What history allows is "
        "the exact 95 % interval of what happened. A figure in people is outside if fewer than 1 "
        "in 20 of the cases show as many as history, or as few."
    )


def _proposition(row: Mapping[str, Any]) -> str:
    cases = counted(row["cases"], "case")
    told = f"{verdict(row)}: {row['counted']}: {measured(row)}, {cases}"
    if row["history"] is not None and not row["history_cases"]:
        told += f"; history: {row['history']:g}"
    else:
        told += f". Asked: {_says(row['says'])}{_history(row)}"
    return f"{told} ({row['note']}; {_place(row['source'])})."


def _history(row: Mapping[str, Any]) -> str:
    if not row["history_cases"]:
        return ""
    low, high = (shown(end) for end in row["allowed"])
    return (
        f"; history: {row['history_happened']} of {row['history_cases']}, which allows {low} to "
        f"{high}"
    )


def _place(source: str) -> str:
    """A web page's host; other sources as they are. The JSON has the address."""
    return urlsplit(source).netloc.removeprefix("www.") or source


def _says(says: list[float | None]) -> str:
    low, high = says
    return f"more than {low:g}" if high in (1.0, None) else f"{low:g} to {high:g}"


def _tempo(out: Screen, rows: list[Mapping[str, Any]]) -> None:
    out.heading("The tempo of attacks")
    out.table(
        table(
            "Period|by|>count|>model|>90 %|weeks|it is",
            [
                (
                    f"{_date(row['from'])}{EN_DASH}{_date(row['to'])}",
                    row["compiler"].removesuffix(" tally").removesuffix(".csv"),
                    ("\N{GREATER-THAN OR EQUAL TO}" if row["is_floor"] else "") + str(row["count"]),
                    f"{row['mean']:.1f}",
                    f"{row['low_5']:.0f}{EN_DASH}{row['high_95']:.0f}",
                    USED[row["period"]],
                    count_verdict(row),
                )
                for row in rows
            ],
        )
    )
    out.say(tempo_tested(rows))
    out.aside(
        "Each count is held against its own period and scope: different compilers are not one "
        "series, and periods overlap. Model: the mean, and the middle 90 % of games. "
        '\N{GREATER-THAN OR EQUAL TO}: a lower bound, which says "at least" or was counted from '
        "the events known by name; more is no miss. OUTSIDE, or MISSED: fewer than 1 game in 20 "
        "shows it. Partly fitted: the period begins before the end of January and ends later."
    )


def _date(text: str) -> str:
    return day_of(date.fromisoformat(text))


def day_of(day: date) -> str:
    """Such as "9 Dec"."""
    return f"{day.day} {day:%b}"


def _strike(out: Screen, rows: list[Mapping[str, Any]]) -> None:
    out.heading("Did the strike on depots of March deter? The next month's attacks, by lens")
    out.table(
        table(
            "Lens|>without|>it adds|>95 % interval||>fewer|>more",
            [
                (
                    row["lens"],
                    f"{row['without']:.1f}",
                    f"{row['mean']:+.2f}",
                    f"{row['low']:+.2f} to {row['high']:+.2f}",
                    strike_word(row),
                    f"{100 * row['fewer']:.0f} %",
                    f"{100 * row['more']:.0f} %",
                )
                for row in rows
            ],
        )
    )
    out.aside(
        "Pairs of games with the same luck, one with the strike, one without it. Fewer, more: in "
        "how many of the pairs it made attacks so. The interval is luck's alone: what is not known "
        "of the parameters is far wider."
    )


def _scores(out: Screen, scores: Mapping[str, Any]) -> None:
    for period, title in PERIODS.items():
        out.heading(f"How well the players foretell the historical moves {title}")
        told = list(scores[period].items())
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
    low, high = (f"{gain[end]:+.{digits}f}" for end in ("low", "high"))
    return f"{gain['mean']:+.{digits}f}", f"{low} to {high}", gain_word(gain)


def _lenses(out: Screen, rows: list[Mapping[str, Any]]) -> None:
    first = rows[0]["lens"]
    for period, title in PERIODS.items():
        out.heading(f"Which theory foretells the next move best, {title}")
        out.table(
            table(
                f"Lens|>log score|>less {first}|>95 % interval|",
                [
                    (
                        row["lens"],
                        f"{row[period]['log']:.3f}",
                        *(("", "", "") if row is rows[0] else _interval(row[period][OFF], 3)),
                    )
                    for row in rows
                ],
            )
        )
    out.say(ranking(rows))
    out.aside(
        f"As good: the whole interval lies within {TRIFLE:g}, which is {100 * TRIFLE:.0f} % of a "
        "move's odds. Not clear: it holds zero, and more than that."
    )


def _schools(out: Screen, rows: list[Mapping[str, Any]]) -> None:
    out.heading("Which school foretells its seat best: log scores")
    out.table(
        table(
            "Seat|doctrine|>to Jan.|>after|>less own, 95 %|",
            [
                (
                    row["seat"],
                    row["doctrine"],
                    f"{row[Used.FITTED]['log']:.2f}",
                    f"{row[Used.TESTED]['log']:.2f}",
                    *(
                        ("", "own")
                        if row["is_default"]
                        else _interval(row[Used.TESTED][OFF], 2)[1:]
                    ),
                )
                for row in rows
            ],
        )
    )
    out.aside(
        "Own: the doctrine that the game gives the seat. Less own: the interval of the difference "
        "from it, from February on."
    )
