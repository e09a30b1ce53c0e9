"""What the measured figures are called: the same words in the tables and on the model card."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from game.views.effects import Estimate, Range
from game.views.names import counted, listed, number, sentence
from game.views.phrasebook import (
    FITS,
    in_a_word,
    others,
    share,
    sign,
    signed,
    span,
    with_interval,
)

from .claims import Apart, Standing
from .record import Used
from .verdicts import Gain, Verdict

Data = Mapping[str, Any]
WHEN: dict[str, str] = {Used.FITTED: "to January", Used.TESTED: "from February"}
STANDING: dict[str, str] = {
    Standing.FITTED: "fitted",
    Standing.KNOWN: "known to the rules",
    Standing.TESTED: "tested",
}
REPRODUCED = (
    "The propositions show what the rules can reproduce, not what they foretell: whoever wrote the "
    "rules knew the events."
)
TEMPO = (
    "The model carries the tempo of autumn on into spring. What slowed the attacks after March, "
    "and what brought them back in June, it does not know."
)
USED: dict[str, str] = {Used.FITTED: "fitted", Used.PARTLY: "partly fitted", Used.TESTED: "tested"}
CALLED: dict[str, str] = {
    "uniform": "a blind choice",
    "repeat": "the last action again",
    "rates": "the seat's base rates",
    "so_far": "base rates that learn as they go",
    "window": "base rates of the same months",
}
"""What the baselines are called."""
ASKED: dict[str, str] = {
    "deeds": "what was done",
    "told": "what was done, where a source names it",
    "hold_or_act": "whether anything was done",
    "which_deed": "which action, given that there was one",
    "words": "what was said",
    "which_word": "which word, given that there was one",
}
"""What the questions of the scores are called."""
INTERVAL_OF_GAINS = (
    "of a gain is Student's, by how stretches of three neighbouring turns scatter. In simulated "
    "records of so many turns it held the true gain of all seats in 94 to 98 of 100, and of one "
    "seat alone, whose gains are more lopsided, in 85 to 98: less than it says where one turn "
    "outweighs the others"
)
"""How the interval of a gain is worked out, and how far it is to be trusted: by
`tests/benchmarks/gains.py`, which `tests/lab/test_coverage.py` holds to it."""
RARER = 0.5
"""A mean below this share of history's figure is told of as rarer."""
PRINTED = 0.005
"""Below which a figure of two digits is printed as 0.00."""
WHOLE = 10
"""Figures from here on are printed without decimals."""


def shown(value: float) -> str:
    """A figure with the digits that it deserves."""
    return f"{value:.0f}" if abs(value) >= WHOLE else f"{value:.2f}".replace("-0.00", "0.00")


def verdict(row: Data) -> str:
    """Where a proposition's figure lies; capitals where it is outside."""
    if not row["cases"]:
        return f"no case in {row['basis']}"
    if row["is_open"]:
        return "open (history cannot say)"
    word = Verdict(row["verdict"])
    if word is Verdict.OPEN:
        return f"{word} with {row['basis']}"
    if word is Verdict.OUTSIDE:
        return word.upper()
    return f"{word} (a weak test)" if row["is_weak_test"] else str(word)


def measured(row: Data) -> str:
    """A proposition's figure with its interval, or with the middle of its cases."""
    if row["history"] is not None and not row["history_cases"]:
        ends = f"{row['low']:.0f} to {row['high']:.0f}"
        return f"{row['figure']:.0f} in the middle case, {ends} in 90 of 100"
    return f"{shown(row['figure'])} ({shown(row['low'])} to {shown(row['high'])})"


def count_verdict(row: Data) -> str:
    """Where a count lies beside the games; a lower bound is reached or not, and by whom."""
    words = {
        Verdict.INSIDE: ("inside", "reached"),
        Verdict.OUTSIDE: ("OUTSIDE", "MISSED"),
        Verdict.OPEN: ("too close", "too close"),
    }
    word = words[Verdict(row["verdict"])][row["is_floor"]]
    if word == "reached" and row["mean"] < least(row):
        return "in reach, mean below"
    # Of what happened once or twice, hardly any rate is contradicted: that it is rarer is told.
    if "history" in row and word == "inside" and row["mean"] < RARER * least(row):
        return "inside, but rarer"
    return word


def least(row: Data) -> float:
    """The number that a row of history gives, by whatever name."""
    return float(next(row[key] for key in ("count", "history", "value") if key in row))


def count(row: Data) -> str:
    """A count as its compiler gave it: at least, about, or exact."""
    about = "about " if row["tolerance"] else ""
    return ("\N{GREATER-THAN OR EQUAL TO}" if row["is_floor"] else about) + str(row["count"])


def standing(row: Data) -> str:
    """How history's figure was known to the rules, with the parameters that cite it."""
    cited = f": {', '.join(row['cites'])}" if row["cites"] else ""
    return f"{STANDING[row['standing']]}{cited}"


def gain_word(gain: Data) -> str:
    """How two log scores compare; capitals where the first is worse, and "barely" where the
    interval as it is printed touches zero.
    """
    word = str(gain["verdict"])
    if gain["verdict"] not in (Gain.BETTER, Gain.WORSE):
        return word
    word = word.upper() if gain["verdict"] == Gain.WORSE else word
    nearest = min(abs(gain["low"]), abs(gain["high"]))
    return f"barely {word}" if nearest < PRINTED else word


def gain_digits(gain: Data, digits: int = 2) -> int:
    """How many digits a gain is printed with: one more where an end beside zero would be printed as
    zero, whose side the word tells.
    """
    ends = (gain["low"], gain["high"])  # None of too few turns
    return 3 if any(end and not float(f"{end:.{digits}f}") for end in ends) else digits


def placebo_word(row: Data) -> str:
    """What the placebos say of a figure: capitals where it tests nothing."""
    word = Apart(row["apart"])
    if word is not Apart.EMPTY:
        return str(word)
    named = [who for who, found in row["placebos"].items() if found["verdict"] == Verdict.INSIDE]
    return f"EMPTY ({listed(named)} {'show' if len(named) > 1 else 'shows'} it too)"


def by_placebos(row: Data) -> str:
    """What each placebo shows."""
    return ", ".join(
        f"{who} {shown(found['figure'])}" if found["cases"] else f"{who} no case"
        for who, found in row["placebos"].items()
    )


def tally_placebos(rows: list[Data]) -> str:
    """How many figures only the game's players show, and how many test nothing."""
    asked = [row for row in rows if row["apart"] != Apart.UNTESTED]
    inside = [row for row in asked if row["verdict"] == Verdict.INSIDE and not row["is_open"]]
    of = {word: [row for row in inside if row["apart"] == word] for word in Apart}
    empty = [row for row in asked if row["apart"] == Apart.EMPTY]
    caseless = sum(any(not p["cases"] for p in r["placebos"].values()) for r in of[Apart.APART])
    without = f" (in {caseless} of them one placebo never comes to a case)" if caseless else ""
    beaten = [row["name"] for row in empty if row["verdict"] == Verdict.OUTSIDE]
    text = (
        f"Placebos played the same games. Of {counted(len(inside), 'figure')} inside, "
        f"{len(of[Apart.APART])} are shown by the game's players and by no placebo{without}; "
        f"{len(of[Apart.UNSURE])} may be shown by one; {len(of[Apart.EMPTY])} are empty: a placebo "
        "shows them as well, so that they test the rules at most, and not the players. "
        f"Of all {len(asked)} that placebos were asked, {len(empty)} are empty."
    )
    if beaten:
        text += f" Missed by the players and shown by a placebo: {'; '.join(beaten)}."
    return text


def tally(rows: list[Data]) -> str:
    """How many propositions' figures lie where, and how many of them were really tested."""
    inside = [row for row in rows if row["verdict"] == Verdict.INSIDE and not row["is_open"]]
    weak = sum(row["is_weak_test"] for row in inside)
    missed = [row for row in rows if row["verdict"] == Verdict.OUTSIDE]
    left = len(rows) - len(inside) - len(missed)
    stand = {word: sum(row["standing"] == word for row in rows) for word in Standing}
    cited = sum(bool(row["cites"]) for row in rows)
    return (
        f"Of {counted(len(rows), 'figure')}, {len(inside) - weak} lie inside where history could "
        f"have contradicted them; {weak} lie inside but are weak, since history has a case or two "
        f"of the kind, or none; {len(missed)} are missed; {left} are open. Of the {len(rows)}, "
        f"{stand[Standing.FITTED]} were fitted to, {stand[Standing.KNOWN]} were known when the "
        f"rules were written (for {cited} of all, single parameters cite the very event), and "
        f"{stand[Standing.TESTED]} were "
        "tested on anything new."
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
    if short := [row for row in floors if row["mean"] < row["count"]]:
        told.append(f"In {len(short)} of these the model's mean lies below the bound.")
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


def over_base_rates(scores: Data) -> list[str]:
    """Each question's gain over each seat's base rates on the turns that were not fitted to."""
    return [
        f"{asked}: {_gained(scores[question][Used.TESTED]['all'], 'rates')}"
        for question, asked in ASKED.items()
    ]


def gain_interval(gain: Data, digits: int = 2) -> str:
    """The 95 % interval of a gain; a dash where it is of too few turns to have one."""
    if gain["verdict"] == Gain.FEW:
        return "-"
    return span(Range(gain["low"], gain["high"]), gain_digits(gain, digits))


def gain_told(gain: Data, digits: int = 2) -> str:
    """A gain with its interval, as far as it has one: "+0.14 [+0.11, +0.18]"."""
    if gain["verdict"] == Gain.FEW:
        return signed(gain["mean"], gain_digits(gain, digits))
    return with_interval(_estimate(gain), gain_digits(gain, digits))


def describe_scores(scores: Data, comparisons: int) -> str:
    """What else there is to say of these gains.

    Args:
        scores: by question.
        comparisons: how many gains are told beside this.
    """
    seats = scores["deeds"][Used.TESTED]
    below = [
        side
        for side, row in seats.items()
        if side != "all" and row["moves"] and row["baselines"]["rates"]["gain"]["mean"] < 0
    ]
    return (
        f"{describe_sign(seats['all']['baselines']['rates']['gain'])} "
        "Of what was done, over base rates that go on learning, turn by turn, where the players "
        f"learn nothing after January: {_gained(seats['all'], 'so_far')}; over such as know the "
        f"same months, later turns included: {_gained(seats['all'], 'window')}. Seats that do "
        "worse than the base rates of before: "
        f"{', '.join(below) or 'none'}. {describe_silence(scores)} These are {comparisons} "
        "comparisons: where nothing differs, about one in twenty looks clear by luck alone."
    )


_SIGNS: dict[str, str] = {
    Gain.BETTER: "From February on the players foretell what was done better than base rates do.",
    Gain.WORSE: "From February on the players foretell what was done WORSE than base rates do.",
    Gain.AS_GOOD: "From February on the players foretell what was done as well as base rates do, "
    "and no better.",
}
"""What the headline comes to, where its sign is known."""


def describe_sign(gain: Data) -> str:
    """Whether the players foretell what was done better than base rates, in a sentence.

    Args:
        gain: over the base rates of before, of all seats.
    """
    return _SIGNS.get(gain["verdict"]) or (
        "Whether the players foretell what was done better than base rates or worse: the sign is "
        f"not known from these weeks. The gain is {gain_told(gain)}, and its interval holds zero."
    )


def describe_silence(scores: Data) -> str:
    """How much of the gain comes from silence of the sources that is scored as holding."""
    whole, told = (scores[asked][Used.TESTED]["all"] for asked in ("deeds", "told"))
    silent = whole["moves"] - told["moves"]
    if not silent:
        return "In none of these turns is silence of the sources taken for holding."
    sums = [row["moves"] * row["baselines"]["rates"]["gain"]["mean"] for row in (whole, told)]
    alone = (sums[0] - sums[1]) / silent
    part = ""
    if 0 <= sums[1] <= sums[0] and sums[0]:
        part = f", {share(1 - sums[1] / sums[0])} of the whole gain"
    sure = told["baselines"]["rates"]["gain"]["verdict"] == Gain.BETTER
    rest = "stays above zero" if sure else "cannot be told from none"
    return (
        f"How much hangs on silence: in {silent} of the {counted(whole['moves'], 'turn')} from "
        "February on sources look at the seat and name nothing, which is scored as holding. Over "
        f"all {whole['moves']} the gain over the base rates of before is "
        f"{_gained(whole, 'rates')}; over the {told['moves']} of which a source tells it is "
        f"{_gained(told, 'rates')}; on the silent ones alone it comes to {signed(alone)} a "
        f"turn{part}. For whoever does not take silence for holding, the gain {rest}."
        f"{_silence_by_seat(scores)}"
    )


def _silence_by_seat(scores: Data) -> str:
    """What is left of the seats that do better, where silence is not scored."""
    whole, told = (scores[asked][Used.TESTED] for asked in ("deeds", "told"))
    better = [
        f"{side} {_gained(told[side], 'rates')} ({counted(told[side]['moves'], 'turn')})"
        for side, row in whole.items()
        if side != "all"
        and row["baselines"]["rates"]["gain"]["verdict"] == Gain.BETTER
        and told[side]["moves"] < row["moves"]
    ]
    if not better:
        return ""
    return (
        " The seats that do better than their base rates over all turns, over those alone of which "
        f"a source tells: {'; '.join(better)}."
    )


def _gained(row: Data, baseline: str) -> str:
    gain = row["baselines"][baseline]["gain"]
    return f"{gain_told(gain)}, {gain_word(gain)}"


def _estimate(gain: Data) -> Estimate:
    return Estimate(gain["mean"], math.nan, gain["low"], gain["high"])


def describe_standings(standings: Data) -> str:
    """How much of the record is known, and how."""
    told = []
    for period, when in WHEN.items():
        row = standings[period]["all"]
        told.append(
            f"{when}, of {sum(row.values())} turns of a seat an action is told in {row['acted']}, "
            f"holding back in {row['held']}, only words in {row['spoke']}; in {row['silent']} "
            f"sources look at the seat and name nothing, which is scored as holding; in "
            f"{row['unknown']} nothing is known, and nothing is scored"
        )
    return sentence(f"{'; '.join(told)}.")


def describe_variants(variants: Data) -> str:
    """How many variants of the choice model were tried on the test, how they did, and what choosing
    among them means.
    """
    named = variants["named"]
    kept = [row for row in named if row["kept"]]
    tried = counted(variants["number"], "variant")
    told = [
        sentence(
            f"{tried} of the choice model were tried on the weeks from February on; of "
            f"{number(variants['without_figure'])} of them no figure was kept"
        ),
        f"Over all {number(len(named))} others the gain over base rates goes from {_gains(named)}.",
    ]
    for row in kept:
        alike = [other for other in named if other["scored_on"] == row["scored_on"]]
        better = sum(other["gain"] > row["gain"] for other in named)
        told.append(
            f"The game has this one: {row['name']}. Its gain was {signed(row['gain'])}; "
            f"{number(better) if better else 'none'} of them had more. Over the "
            f"{counted(len(alike), 'variant')} that were scored on the same turns as it, it goes "
            f"from {_gains(alike)}."
        )
    told.append(
        "Who tries so many on so few turns finds one that does well by luck: the gain of the one "
        "that was kept is a gain that was picked, and no interval here allows for that."
    )
    return " ".join(told)


def _gains(rows: Sequence[Data]) -> str:
    """The lowest and the highest gain among variants."""
    gains = [row["gain"] for row in rows]
    return span(Range(min(gains), max(gains)))


def ranking(rows: list[Data]) -> str:
    """What the lenses' scores say of the weeks that were not fitted to, and what they cannot."""
    best = max(rows, key=lambda row: float(row[Used.TESTED]["log"]))
    first = rows[0]["lens"]
    of = {
        word: [r["lens"] for r in rows[1:] if r[Used.TESTED]["difference"]["verdict"] == word]
        for word in Gain
    }
    by = "" if best["lens"] in (first, *of[Gain.BETTER]) else ", by less than can be told"
    told = [f"From February on, {best['lens']} has the highest score{by}."]
    if of[Gain.BETTER]:
        told.append(f"Better than {first}: {', '.join(of[Gain.BETTER])}.")
    if of[Gain.WORSE]:
        told.append(f"Worse than {first}: {', '.join(of[Gain.WORSE])}.")
    if of[Gain.AS_GOOD]:
        told.append(f"As good as {first}, to 2 % of a move's odds: {', '.join(of[Gain.AS_GOOD])}.")
    if unclear := of[Gain.UNCLEAR] + of[Gain.FEW]:
        told.append(f"So few moves cannot tell {first} from {', '.join(unclear)}.")
    return " ".join(told)


def strike_effect(row: Data) -> Estimate:
    """What the strike of March did to the next month's attacks, with both widths."""
    found = row["by_others"]
    luck = Estimate(row["mean"], math.nan, row["low"], row["high"], row["without"])
    return luck._replace(
        left_open=_middle_90(found), left_open_error=found["error"] if found else 0.0
    )


def _middle_90(found: Data | None) -> Range | None:
    return Range(found["low_5"], found["high_95"]) if found else None


def strike_word(row: Data) -> str:
    """Whether the strike of March made the next month's attacks more or fewer."""
    return in_a_word(strike_effect(row))


def describe_strike(rows: list[Data], month: Data) -> str:
    """How much of the strike's answer is luck, and how much is what the fit cannot say."""
    first = rows[0]
    named = counted(month["named"], "attack")
    told = (
        f"The timeline names {named} from {_day(month['from'])} to {_day(month['to'])}, after the "
        f"strike that was made. With it the model has {first['without'] + first['mean']:.1f} in "
        f"the same weeks, and {first['without']:.1f} without it."
    )
    if leeway := first["over_fit"]:
        told += (
            f" Luck's interval comes from the number of pairs alone. Over what the fit leaves "
            f"possible ({leeway['draws']} draws, {leeway['pairs']} pairs each, lens "
            f"{first['lens']}), the strike adds {over_fit(first)} {FITS}; in "
            f"{leeway['draws_with_fewer']} of {leeway['draws']} it lowers attacks."
        )
    if asked := first["by_others"]:
        told += (
            f" By {counted(asked['sets'], 'set')} of other numbers, those that were set by hand "
            f"and the players' feelings among them ({asked['pairs']} pairs each), it adds "
            f"{over_others(first)}: {sign(strike_effect(first))}."
        )
    return told


def over_fit(row: Data) -> str:
    """The middle 90 % of the strike's effect over what the fit leaves possible."""
    found = _middle_90(row["over_fit"])
    return span(found) if found else "-"


def over_others(row: Data) -> str:
    """Where nine of ten of its effects lie by other numbers, those set by hand as well."""
    return others(strike_effect(row))


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B}"
