"""What `main.py validate` measured, in tables."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from game.lab import wording
from game.lab.crisis import describe_answer, describe_happenings
from game.lab.record import DATA, Used
from game.lab.scores import BASELINES, RATES
from game.lab.shortfall import describe_shortfalls
from game.lab.tables import Question
from game.lab.told import Attestation
from game.lab.verdicts import TRIFLE
from game.views.effects import Range
from game.views.names import counted
from game.views.phrasebook import INTERVAL, OTHERS, figure, percent, signed, span

from .console import Console
from .month_tables import tell_another_period, tell_months
from .tables import table

PERIODS: dict[str, str] = {
    Used.FITTED: "to January (fitted)",
    Used.TESTED: "from February (tested)",
}
SHORT: dict[str, str] = {
    "uniform": "blind",
    "repeat": "last again",
    "rates": "base rates",
    "so_far": "so far",
    "window": "same months",
}
"""What tables call the baselines."""
OFF, EN_DASH = "difference", "\N{EN DASH}"


def tell(out: Console, result: Mapping[str, Any]) -> None:
    """Tells everything that `validate` measured."""
    tell_propositions(out, result["propositions"])
    _tempo(out, result["tempo"])
    tell_months(out, result["months"])
    tell_another_period(out, result["another_period"])
    _happens(out, result["happens"], result["missile_answer"])
    _moments(out, result["moments"], result["fitted_to"])
    _strike(out, result)
    tell_scores(out, result)
    _lenses(out, result["lenses"])
    _schools(out, result["schools"])


def tell_propositions(out: Console, rows: list[Mapping[str, Any]]) -> None:
    """Tells what the games show of every proposition, and the placebos."""
    out.heading("The ten propositions")
    for number, group in groupby(rows, lambda row: int(row["number"])):
        parts = list(group)
        out.gap()
        out.say(f"{number}. {' '.join(dict.fromkeys(row['text'] for row in parts))}")
        out.bullets(_proposition(row) for row in parts)
    out.gap()
    out.say(f"{wording.REPRODUCED} {wording.tally(rows)}")
    out.say(wording.tally_placebos(rows))
    out.aside(
        "Inside: the figure's whole interval lies where the words are true of the model and where "
        "history does not contradict it. OUTSIDE: none of it does. Too close to call: the edge "
        "runs through the interval; more games can only sharpen the word. What history allows is "
        "the exact 95 % interval of what happened. A figure in people is outside if fewer than 1 "
        "in 20 of the cases show as many as history, or as few. Fitted: its cases are among those "
        "that the fit was held against. Known to the rules: they were written with it in view; the "
        "parameters named cite the event itself. Placebos: passionless, the same doctrines and "
        "habits without anger, fear and the duty to answer; uniform, any legal action alike; "
        "lottery, each seat's actions as often as up to January, whatever happens. EMPTY: one of "
        "them is inside. No placebo shows it: each is outside, or has no case. Sources are named "
        f"by their host: the addresses stand in {_file('propositions.toml')}, "
        f"{_file('timeline.csv')} and {_file('counts.csv')}, and in --json."
    )


def _file(name: str) -> str:
    """Where a file of the record stands, from the game's own folder."""
    return (DATA / name).relative_to(DATA.parents[2]).as_posix()


def _proposition(row: Mapping[str, Any]) -> str:
    cases = counted(row["cases"], "case")
    told = f"{wording.verdict(row)} [{wording.standing(row)}; {wording.placebo_word(row)}]: "
    told += f"{row['counted']}: "
    told += f"{wording.measured(row)}, {cases}"
    if row["history"] is not None and not row["history_cases"]:
        told += f"; history: {row['history']:g}"
    else:
        told += f". Asked: {_says(row['says'])}{_history(row)}"
    others = f" Placebos: {wording.by_placebos(row)}." if row["placebos"] else ""
    return f"{told} ({row['note']}; {_place(row['source'])}).{others}"


def _history(row: Mapping[str, Any]) -> str:
    if not row["history_cases"]:
        return ""
    low, high = (wording.shown(end) for end in row["allowed"])
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


def _tempo(out: Console, rows: list[Mapping[str, Any]]) -> None:
    out.heading("The tempo of attacks")
    out.table(
        table(
            "Period|by|>count|>by name|>model|>90 %|weeks|it is",
            [
                (
                    f"{_date(row['from'])}{EN_DASH}{_date(row['to'])}",
                    row["compiler"].removesuffix(" tally").removesuffix(".csv"),
                    wording.count(row),
                    str(row["named"]) if row["named"] > row["count"] else "",
                    f"{row['mean']:.1f}",
                    f"{row['low_5']:.0f}{EN_DASH}{row['high_95']:.0f}",
                    wording.USED[row["period"]],
                    wording.count_verdict(row),
                )
                for row in rows
            ],
        )
    )
    out.say(f"{wording.TEMPO} {wording.tempo_tested(rows)}")
    out.aside(
        "Each count is held against its own period and scope: different compilers are not one "
        "series, and periods overlap. Model: the mean, and the middle 90 % of games. "
        '\N{GREATER-THAN OR EQUAL TO}: a lower bound, which says "at least" or was counted from '
        "the events known by name; more is no miss. OUTSIDE, or MISSED: fewer than 1 game in 20 "
        "shows it. In reach: a game may well show as many, but the model's mean lies below. "
        "About: the source's words, a few more or less. By name: how many the timeline itself "
        "names, where that is more than the compiler counts. Partly fitted: the period begins "
        "before the last fitted day and ends later."
    )


def _happens(out: Console, rows: list[dict[str, Any]], answer: Mapping[str, Any]) -> None:
    out.heading("How often it happens: whole free games, beside history")
    out.table(
        table(
            "In a game|>history|>model|>90 %|>as many|it is",
            [
                (
                    row["name"],
                    ("\N{GREATER-THAN OR EQUAL TO}" if row["is_floor"] else "")
                    + str(row["history"]),
                    wording.shown(row["mean"]),
                    f"{row['low_5']:.0f}{EN_DASH}{row['high_95']:.0f}",
                    percent(row["as_many"]),
                    wording.count_verdict(row),
                )
                for row in rows
            ],
        )
    )
    out.say(f"{describe_happenings(rows)} {describe_answer(answer)}")
    out.aside(
        "Model: the mean, and the middle 90 % of games; as many: the share of games that show as "
        "many as history, or more. Rarer: the model's mean is less than half of history's figure, "
        "which so few cases cannot contradict. History: the rows of "
        f"{_file('timeline.csv')}; in the JSON with their days."
    )


def _moments(out: Console, rows: list[Mapping[str, Any]], fitted_to: str) -> None:
    out.heading(f"What it was fitted to, up to {_date(fitted_to)}, in the same games")
    out.table(
        table(
            "Moment of the fit|>record|>model|>90 %|it is",
            [
                (
                    f"{row['measure'].replace('_', ' ')}, "
                    f"{_date(row['from'])}{EN_DASH}{_date(row['to'])}",
                    ("\N{GREATER-THAN OR EQUAL TO}" if row["is_floor"] else "")
                    + f"{row['value']:g}",
                    f"{row['mean']:.2f}",
                    f"{row['low_5']:.0f}{EN_DASH}{row['high_95']:.0f}",
                    wording.count_verdict(row),
                )
                for row in rows
            ],
        )
    )
    out.aside(f"What each may be off by, and why: {_file('moments.toml')}.")


def _date(text: str) -> str:
    return day_of(date.fromisoformat(text))


def day_of(day: date) -> str:
    """Such as "9 Dec"."""
    return f"{day.day} {day:%b}"


def _strike(out: Console, result: Mapping[str, Any]) -> None:
    rows: list[Mapping[str, Any]] = result["strike"]
    out.heading("Did the strike on depots of March deter? The next month's attacks, by lens")
    out.table(
        table(
            f"Lens|>without|>it adds|>luck, 95 %|>fit, 90 %|>{OTHERS}",
            [
                (
                    row["lens"],
                    f"{row['without']:.1f}",
                    signed(row["mean"]),
                    span(Range(row["low"], row["high"])),
                    wording.over_fit(row),
                    wording.over_others(row),
                )
                for row in rows
            ],
        )
    )
    out.gap()
    out.table(
        table(
            "Lens|so attacks are|>fewer|>more|>same",
            [
                (
                    row["lens"],
                    wording.strike_word(row),
                    percent(row["fewer"]),
                    percent(row["more"]),
                    percent(row["same"]),
                )
                for row in rows
            ],
        )
    )
    out.say(wording.describe_strike(rows, result["strike_month"]))
    out.aside(
        "Luck: how far the mean may be off by the number of pairs. Fit: the middle 90 % of the "
        "effects at sets of values drawn from what the fit leaves possible; a lens's own values "
        "stay. By other numbers: nine of ten effects lie there, where the numbers that were set by "
        "hand and the players' feelings are others, too, as `whatif` has it; the word is by this. "
        "Pairs of games with the same luck, one with the strike, one without it. Fewer, "
        "more, same: in how many of the pairs it made attacks so. Whether the rules are "
        "right at all is in none of these."
    )


def tell_scores(out: Console, result: Mapping[str, Any]) -> None:
    """Tells how well the players foretell the historical moves."""
    out.heading("What is known of the historical moves")
    out.table(
        table(
            "Turns of a seat|" + "|".join(f">{how}" for how in Attestation),
            [
                (f"{side}, {wording.WHEN[period]}", *(f"{row[how]}" for how in Attestation))
                for period, sides in result["standings"].items()
                for side, row in sides.items()
            ],
        )
    )
    out.aside(
        "Acted: a source names an action of the game. Held: a source says that the seat held back. "
        "Spoke: only words are told of, or an action that the game does not have. Silent: sources "
        "look at the seat in these weeks and name nothing. Held, spoke, silent: holding is scored. "
        "Unknown: nothing was read of it, and nothing is scored."
    )
    out.heading("How well the players foretell them")
    out.say("From February on, gain over each seat's base rates of the weeks before, a turn:")
    out.bullets(wording.over_base_rates(result["scores"]))
    rows = sum(
        len(sides) * len(_baselines(question))
        for question, periods in result["scores"].items()
        for sides in periods.values()
    )
    out.say(wording.describe_scores(result["scores"], rows))
    if reason := describe_shortfalls(result["shortfalls"]):
        out.say(reason)
    out.say(wording.describe_variants(result["variants"]))
    for question, asked in wording.ASKED.items():
        _question(out, question, asked, result["scores"][question])
    out.aside(
        "Gain: by how much the players' mean natural logarithm of the probability of what was done "
        "is higher, for a turn; a turn of several actions counts the mean over them. The interval "
        f"{wording.INTERVAL_OF_GAINS}. Blind: any legal option alike. Last again: "
        "what the seat last did. Base rates: whether the seat did anything, and what, as often as "
        "to January; to foretell a turn of then, that turn is left out. So far: as often as in all "
        "turns before, each learnt from once it is over. Same months: as often as in the other "
        "turns from February on, later ones too, which nobody could know; to January "
        "it is the same as base rates. Brier score: 0 is perfect, 1 the worst."
    )


def _question(out: Console, question: str, asked: str, periods: Mapping[str, Any]) -> None:
    before, after = (periods[period] for period in (Used.FITTED, Used.TESTED))
    out.heading(f"Foretold: {asked}")
    out.table(
        table(
            f"Seat|over|>to Jan.|>{INTERVAL}|>after|>{INTERVAL}|after it is",
            [
                (side, SHORT[name], *_interval(old, 2)[:2], *_interval(new, 2))
                for side in after
                for name in _baselines(question)
                for old, new in [
                    [p[side]["baselines"][name]["gain"] for p in (before, after)],
                ]
            ],
        )
    )
    out.gap()
    out.table(
        table(
            "Seat|>turns to Jan.|>log score|>Brier|>turns after|>log score|>Brier",
            [(side, *_level(before[side]), *_level(after[side])) for side in after],
        )
    )


def _baselines(question: str) -> tuple[str, ...]:
    """What a question's scores are held against in its table."""
    return tuple(BASELINES) if question == Question.DEEDS else (RATES,)


def _level(row: Mapping[str, Any]) -> tuple[str, str, str]:
    players = row["players"]
    return f"{row['moves']}", figure(players["log"]), f"{players['brier']:.2f}"


def _interval(gain: Mapping[str, Any], digits: int) -> tuple[str, str, str]:
    luck = wording.gain_interval(gain, digits)
    return signed(gain["mean"], wording.gain_digits(gain, digits)), luck, wording.gain_word(gain)


def _lenses(out: Console, rows: list[Mapping[str, Any]]) -> None:
    first = rows[0]["lens"]
    for period, title in PERIODS.items():
        out.heading(f"Which theory foretells the next move best, {title}")
        out.table(
            table(
                f"Lens|>log score|>less {first}|>{INTERVAL}|",
                [
                    (
                        row["lens"],
                        figure(row[period]["log"], 3),
                        *(("", "", "") if row is rows[0] else _interval(row[period][OFF], 3)),
                    )
                    for row in rows
                ],
            )
        )
    out.say(wording.ranking(rows))
    out.aside(
        f"As good: the whole interval lies within {TRIFLE:g}, which is {100 * TRIFLE:.0f} % of a "
        "move's odds. Not clear: it holds zero, and more than that."
    )


def _schools(out: Console, rows: list[Mapping[str, Any]]) -> None:
    out.heading("Which school foretells its seat best: log scores")
    out.table(
        table(
            "Seat|doctrine|>to Jan.|>after|>less own, 95 %|",
            [
                (
                    row["seat"],
                    row["doctrine"],
                    figure(row[Used.FITTED]["log"]),
                    figure(row[Used.TESTED]["log"]),
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
