"""The model card: its words, filled from the measured figures, as a page of the handbook."""

import math
import textwrap
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from game.views.effects import Estimate
from game.views.names import counted, listed, sentence
from game.views.phrasebook import FITS, OTHERS, figure, of_hundred, share, signed, with_interval

from . import choices
from .another_period import describe_days, describe_truce
from .crisis import describe_answer, describe_happenings
from .monthly import describe_guesses, describe_months
from .priors import priors
from .record import DATA, Used
from .recovery import STUDIES, describe_recovery
from .scores import RATES
from .shortfall import describe_shortfalls
from .tables import ALL, Question
from .wording import (
    ASKED,
    INTERVAL_OF_GAINS,
    REPRODUCED,
    TEMPO,
    USED,
    WHEN,
    by_placebos,
    count,
    count_verdict,
    describe_scores,
    describe_standings,
    describe_strike,
    describe_variants,
    gain_told,
    gain_word,
    measured,
    over_fit,
    over_others,
    placebo_word,
    ranking,
    shown,
    standing,
    strike_word,
    tally,
    tally_placebos,
    tempo_tested,
    verdict,
)

Data = Mapping[str, Any]
STRONG = 0.4
"""From this correlation on, two parameters are told of as hard to tell apart."""
BARS = 6
"""Of the tornado's bars, how many the card tells of."""
IN, OUT = Used.FITTED, Used.TESTED
AS_FITTED = "The figures were measured with the parameters and rules that were fitted."


def card(validation: Data, calibration: Data, sensitivity: Data, recovery: Data) -> str:
    """The handbook's page about the model, as TOML.

    Args:
        validation: what `validate` measured.
        calibration: what `calibrate` found.
        sensitivity: what `sensitivity` found.
        recovery: what `recovery` found.
    """
    scores = list(_scores(validation["scores"]))
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
        choosing=_points(_choosing(calibration["choices"])),
        gain=signed(calibration["choices"]["sharpness"]["gain_over_priors"]),
        times=f"{math.exp(calibration['choices']['sharpness']['gain_over_priors']):.1f}",
        gain_of_words=signed(calibration["choices"]["word_sharpness"]["gain_over_priors"]),
        noise=_noise(calibration),
        correlated=_correlated(calibration),
        recovered=_points(_recovered(recovery)),
        recovery_told=f"{_recovery_study(validation, recovery)} {describe_recovery(recovery)}",
        propositions=_points(_proposition(row) for row in validation["propositions"]),
        tempo=_points(_count(row) for row in validation["tempo"]),
        months=_points(_month(row) for row in validation["months"]["rows"]),
        months_told=describe_months(validation["months"]),
        guesses_told=describe_guesses(validation["months"]),
        another_period=_points(_another_period(validation["another_period"])),
        another_games=validation["another_period"]["games"],
        another_told=describe_months(validation["another_period"]["months"]),
        study=_study(validation, sensitivity),
        tally=f"{REPRODUCED} {tally(validation['propositions'])}",
        tally_placebos=tally_placebos(validation["propositions"]),
        happens=_points(_happening(row) for row in validation["happens"]),
        happens_told=f"{describe_happenings(validation['happens'])} "
        f"{describe_answer(validation['missile_answer'])}",
        moments=_points(_moment(row) for row in validation["moments"]),
        since_fit=" ".join(validation["since_fit"]["told"]) or AS_FITTED,
        tempo_tested=f"{TEMPO} {tempo_tested(validation['tempo'])}",
        strike_told=describe_strike(validation["strike"], validation["strike_month"]),
        strike=_points(_struck(row) for row in validation["strike"]),
        standings=describe_standings(validation["standings"]),
        scores=_points(scores),
        interval=INTERVAL_OF_GAINS,
        scores_told=describe_scores(validation["scores"], len(scores) * len(WHEN)),
        shortfalls=describe_shortfalls(validation["shortfalls"]),
        variants=describe_variants(validation["variants"]),
        lenses=_points(_lenses(validation["lenses"])),
        answer=_effect(sensitivity["answer"]),
        tornado=_points(_bar(row) for row in sensitivity["tornado"][:BARS]),
        sobol=_sobol(sensitivity["sobol"]),
    )
    quoted = "\n".join(_wrapped(line) for line in body.strip().split("\n"))
    return (
        "# Written by `python main.py validate --adopt` from game/lab/data/model_card.toml\n"
        "# and the measured figures. Change those, not this.\n\n"
        f'[[page]]\nid = "model_card"\ntitle = "{words["title"]}"\nbody = """\n{quoted}\n"""\n'
        'see = ["limits", "how_it_works", "reading_numbers", "measuring_force"]\n'
        f"{_measured_with(validation['provenance'])}"
    )


def _measured_with(provenance: Data) -> str:
    """What the page tells by whether it is still of the rules as they are."""
    rows = "".join(f'"{name}" = {value!r}\n' for name, value in provenance["parameters"].items())
    return (
        f'\n[page.measured_with]\nfigures = "{provenance["figures"]}"\n'
        f"\n[page.measured_with.parameters]\n{rows}"
    )


def _wrapped(line: str) -> str:
    """A line of the body, folded as TOML folds it."""
    plain = line.replace("\\", "\\\\").replace('"""', "'''")
    # A line that ends in a hyphen would be read with a space behind it.
    folded = textwrap.wrap(plain, 108, break_long_words=False, break_on_hyphens=False)
    return " \\\n".join(folded)


def _points(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _posterior(calibration: Data) -> Iterable[str]:
    before = {prior.name: prior for prior in priors()}
    for name, row in calibration["parameters"].items():
        prior = before[name]
        low, middle, high = (float(prior.value(np.array(share))) for share in (0.05, 0.5, 0.95))
        scale = ", on the logarithmic scale" if prior.is_log else ""
        yield (
            f"{name}: {row['median']:g}, between {row['low_5']:g} and {row['high_95']:g} in 90 of "
            f"100; before, {middle:.3g}, between {low:.3g} and {high:.3g} in 90 of 100. The range "
            f"is {_narrowed(row['narrowed'])}{scale}."
        )


def _choosing(fitted: Data) -> Iterable[str]:
    thought = choices.before(choices.DEEDS) | choices.before(choices.WORDS)
    for kind in fitted.values():
        for name, row in kind["parameters"].items():
            low, high = thought[name]
            yield (
                f"{name}: {row['median']:g}, between {row['low_5']:g} and {row['high_95']:g} in 90 "
                f"of 100; before, between {low:.3g} and {high:.3g}."
            )


def _narrowed(share: float) -> str:
    if share < 0.1:
        return "as wide as before"
    return f"{round(100 * share)} in 100 shorter"


def _noise(calibration: Data) -> str:
    """How far each median may be off by the number of draws alone: 1.25 standard deviations over
    the root of the draws, as for a normal law.
    """
    root = math.sqrt(calibration["effective_draws"])
    told = "; ".join(
        f"{name} \N{PLUS-MINUS SIGN}{1.2533 * (row['high_95'] - row['low_5']) / 3.29 / root:.2g}"
        for name, row in calibration["parameters"].items()
    )
    return f"the standard error of each, by the number of draws alone, is about: {told}"


def _correlated(calibration: Data) -> str:
    strong = [row for row in calibration["correlations"] if abs(row["correlation"]) >= STRONG]
    if not strong:
        return "No two of them are strongly correlated in what the record leaves possible."
    told = "; ".join(f"{r['a']} and {r['b']} ({signed(r['correlation'])})" for r in strong)
    return f"The record cannot tell apart: {told}. More of the one would do as well as the other."


def _recovered(recovery: Data) -> Iterable[str]:
    for study in STUDIES:
        for row in recovery[study]["parameters"]:
            yield (
                f"{row['name']}: held by {share(row['covered'])} of the intervals, between "
                f"{share(row['low'])} and {share(row['high'])} by luck; the interval is "
                f"{_narrowed(row['narrowed'])}."
            )


def _recovery_study(validation: Data, recovery: Data) -> str:
    """Whether the study of recovery is of the model that was validated."""
    its, ours = (data["provenance"] for data in (recovery, validation))
    if all(its[key] == ours[key] for key in ("model", "parameters")):
        return "A study of its own fitted records that the model itself had made."
    return (
        "A study of its own, made before the rules were last changed, fitted records that the "
        "model itself had made."
    )


def _proposition(row: Data) -> str:
    history = "" if row["history"] is None else f"; history {_history(row)}"
    others = f"; placebos: {by_placebos(row)}" if row["placebos"] else ""
    return (
        f"{row['number']}. {verdict(row)} [{standing(row)}; {placebo_word(row)}]: "
        f"{row['counted']}: {measured(row)}{history}{others}."
    )


def _history(row: Data) -> str:
    if row["history_cases"]:
        return f"{row['history_happened']} of {row['history_cases']}"
    return shown(row["history"])


def _count(row: Data) -> str:
    named = f" (by name {row['named']})" if row["named"] > row["count"] else ""
    return (
        f"{row['from']} to {row['to']}, {row['compiler']}: {count(row)}{named}; the model "
        f"{row['mean']:.1f}, {row['low_5']:.0f} to {row['high_95']:.0f} in 90 of 100 games. "
        f"{USED[row['period']].capitalize()}; {count_verdict(row)}."
    )


def _month(row: Data) -> str:
    return (
        f"{row['from']} to {row['to']}: {row['count']} by name; the model {row['mean']:.1f}, "
        f"{row['low_5']} to {row['high_95']} in 90 of 100 games; {100 * row['pit']:.0f} of 100 "
        "games lie lower."
    )


def _another_period(found: Data) -> Iterable[str]:
    yield from (_month(row) for row in found["months"]["rows"])
    yield from (describe_truce(row) for row in found["truces"])
    yield describe_days(found["days"])


def _happening(row: Data) -> str:
    least = "at least " if row["is_floor"] else ""
    return (
        f"{row['name']}: {least}{row['history']}; the model {shown(row['mean'])}, "
        f"{row['low_5']:.0f} to {row['high_95']:.0f} in 90 of 100 games; as many or more in "
        f"{share(row['as_many'])}. {count_verdict(row)}."
    )


def _moment(row: Data) -> str:
    least = "at least " if row["is_floor"] else ""
    return (
        f"{row['measure'].replace('_', ' ')}, {row['from']} to {row['to']}: {least}"
        f"{row['value']:g}; the model {row['mean']:.2f}, {row['low_5']:.0f} to "
        f"{row['high_95']:.0f} in 90 of 100 games. {count_verdict(row)}."
    )


def _struck(row: Data) -> str:
    pairs = [round(row[way] * row["pairs"]) for way in ("fewer", "same", "more")]
    fewer, same, more = of_hundred(pairs)
    return (
        f"{row['lens']}: {_effect(row)} attacks, beside {row['without']:.1f} without it: "
        f"{strike_word(row)}. Of 100 pairs of games, {fewer} had fewer with it, {more} had more, "
        f"and in {same} it made no difference. Over what the fit leaves possible, {over_fit(row)} "
        f"{FITS}; {OTHERS}, those set by hand as well, {over_others(row)}."
    )


def _scores(scores: Data) -> Iterable[str]:
    """Every question, to January and after side by side, over base rates; of what was done, every
    seat.
    """
    for question, asked in ASKED.items():
        before, after = (scores[question][period] for period in (IN, OUT))
        for side, row in after.items():
            if side != ALL and question != Question.DEEDS:
                continue
            who = "all seats" if side == ALL else side
            gains = [_gain(r[side]["baselines"][RATES]["gain"]) for r in (before, after)]
            yield sentence(
                f"{asked}, {who}: over base rates {gains[0]} to January "
                f"({counted(before[side]['moves'], 'turn')}), {gains[1]} after "
                f"({counted(row['moves'], 'turn')})."
            )


def _gain(gain: Data, digits: int = 2) -> str:
    return f"{gain_told(gain, digits)} {gain_word(gain)}"


def _lenses(rows: list[Data]) -> Iterable[str]:
    for row in rows:
        before, after = (figure(row[period]["log"], 3) for period in (IN, OUT))
        told = f"{row['lens']}: {before} to January, {after} after"
        if row is not rows[0]:
            off = _gain(row[OUT]["difference"], 3)
            told += f"; less that of {rows[0]['lens']} after: {off}"
        yield f"{told}."
    yield ranking(rows)


def _study(validation: Data, sensitivity: Data) -> str:
    """Whether the sensitivity study is of the model that was validated."""
    its, ours = (data["provenance"] for data in (sensitivity, validation))
    if all(its[key] == ours[key] for key in ("model", "parameters")):
        return "A study of its own moved the parameters."
    return "A study of its own, made before the rules were last changed, moved the parameters."


def _effect(found: Data, digits: int = 2) -> str:
    change = Estimate(found["mean"], math.nan, found["low"], found["high"])
    return with_interval(change, digits)


def _sobol(rows: list[Data]) -> str:
    """The shares of variance, none of them where the error leaves it open."""
    clear = [row for row in rows if row["with_others"] > 2 * row["with_others_error"]]
    told = [
        f"{row['name']} carries between "
        f"{_hundred(row['with_others'] - row['with_others_error'])} and "
        f"{_hundred(row['with_others'] + row['with_others_error'])} of 100"
        for row in clear
    ]
    rest = [row["name"] for row in rows if row not in clear]
    text = f"of the answer's variance {'; '.join(told)}. " if told else ""
    if rest:
        text += f"Of {listed(rest)} too few points were tried to tell how much each carries. "
    return sentence(f"{text}Shares with interactions overlap, and may add up to more than 100.")


def _hundred(share: float) -> int:
    return round(100 * min(1.0, max(0.0, share)))


def _bar(row: Data) -> str:
    return (
        f"{row['name']}: {signed(row['at_low']['mean'])} at {row['low']:g}, "
        f"{signed(row['at_high']['mean'])} at {row['high']:g}."
    )
