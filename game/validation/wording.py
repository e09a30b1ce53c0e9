"""What the measured figures are called: the same words in the tables and on the model card."""

from collections.abc import Mapping
from typing import Any

from game.views.names import counted

from .record import Used
from .verdicts import Gain, Verdict

Data = Mapping[str, Any]
WHEN: dict[str, str] = {Used.FITTED: "to January", Used.TESTED: "from February"}
USED: dict[str, str] = {Used.FITTED: "fitted", Used.PARTLY: "partly fitted", Used.TESTED: "tested"}
CALLED: dict[str, str] = {
    "uniform": "a blind choice",
    "repeat": "the last deed again",
    "rates": "the seat's base rates",
}
"""What the baselines are called."""
WHOLE = 10
"""Figures from here on are printed without decimals."""


def shown(value: float) -> str:
    """A figure with the digits that it deserves."""
    return f"{value:.0f}" if abs(value) >= WHOLE else f"{value:.2f}".replace("-0.00", "0.00")


def verdict(row: Data) -> str:
    """Where a proposition's figure lies; capitals where it is outside."""
    if not row["cases"]:
        return f"no case in {row['basis']}"
    word = Verdict(row["verdict"])
    if word is Verdict.OPEN:
        return f"{word} with {row['basis']}"
    if word is Verdict.OUTSIDE:
        return word.upper()
    return f"{word} (a weak test)" if row["is_weak_test"] else str(word)


def measured(row: Data) -> str:
    """A proposition's figure with its interval, or with the middle of its cases."""
    ends = f"{shown(row['low'])} to {shown(row['high'])}"
    if row["history"] is not None and not row["history_cases"]:
        return f"{shown(row['figure'])} in the middle case, {ends} in 90 of 100"
    return f"{shown(row['figure'])} ({ends})"


def count_verdict(row: Data) -> str:
    """Where a count lies beside the games; a lower bound is reached or not."""
    words = {
        Verdict.INSIDE: ("inside", "reached"),
        Verdict.OUTSIDE: ("OUTSIDE", "MISSED"),
        Verdict.OPEN: ("too close", "too close"),
    }
    return words[Verdict(row["verdict"])][row["is_floor"]]


def gain_word(gain: Data) -> str:
    """How two log scores compare; capitals where the first is worse."""
    return str(gain["verdict"]).upper() if gain["verdict"] == Gain.WORSE else str(gain["verdict"])


def tally(rows: list[Data]) -> str:
    """How many propositions' figures lie where, and how many of them were really tested."""
    of = {word: [row for row in rows if row["verdict"] == word] for word in Verdict}
    inside = of[Verdict.INSIDE]
    weak = sum(row["is_weak_test"] for row in inside)
    told = ", ".join(f"{len(found)} {word}" for word, found in of.items())
    return (
        f"Of {counted(len(rows), 'figure')}: {told}. Of those inside, {weak} are weak tests: "
        "history has a case or two of the kind, or none, and could contradict hardly any figure."
    )


def tempo_tested(rows: list[Data]) -> str:
    """How the counts fared that were no part of the fit."""
    kinds = {use: [row for row in rows if row["period"] == use] for use in Used}
    exact, floors = ([r for r in kinds[Used.TESTED] if r["is_floor"] is b] for b in (False, True))
    told = [
        f"Weeks that the fit has not seen: {_inside(exact)} of {counted(len(exact), 'count')} "
        f"inside; {_inside(floors)} of {counted(len(floors), 'lower bound')} reached, which asks "
        "little."
    ]
    if partly := kinds[Used.PARTLY]:
        told.append(
            f"Weeks that it has seen in part ({counted(len(partly), 'count')}): wherever they lie, "
            "they pass no test."
        )
    if missed := [row for row in rows if row["verdict"] == Verdict.OUTSIDE]:
        named = ", ".join(f"{r['from']} to {r['to']} ({r['compiler']})" for r in missed)
        told.append(f"Outside of what the model shows: {named}.")
    return " ".join(told)


def _inside(rows: list[Data]) -> int:
    return sum(row["verdict"] == Verdict.INSIDE for row in rows)


def ranking(rows: list[Data]) -> str:
    """What the lenses' scores say of the weeks that were not fitted to, and what they cannot."""
    best = max(rows, key=lambda row: float(row[Used.TESTED]["log"]))
    first = rows[0]["lens"]
    of = {
        word: [r["lens"] for r in rows[1:] if r[Used.TESTED]["difference"]["verdict"] == word]
        for word in Gain
    }
    told = [f"From February on, {best['lens']} has the highest score."]
    if of[Gain.BETTER]:
        told.append(f"Better than {first}: {', '.join(of[Gain.BETTER])}.")
    if of[Gain.WORSE]:
        told.append(f"Worse than {first}: {', '.join(of[Gain.WORSE])}.")
    if of[Gain.AS_GOOD]:
        told.append(f"As good as {first}, to 2 % of a move's odds: {', '.join(of[Gain.AS_GOOD])}.")
    if of[Gain.UNCLEAR]:
        told.append(f"So few moves cannot tell {first} from {', '.join(of[Gain.UNCLEAR])}.")
    return " ".join(told)


def strike_word(row: Data) -> str:
    """Whether the strike of March made the next month's attacks more or fewer."""
    if row["low"] > 0:
        return "more attacks"
    return "fewer attacks" if row["high"] < 0 else str(Verdict.OPEN)
