"""`main.py cases`: a scenario's historical orders, each with the odds that the model gave it."""

from collections import Counter
from typing import Any

from game.lab.cases import Case, cases
from game.lab.record import covering, last_fitted_day
from game.lab.told import Attestation
from game.rules.seats import SEATS
from game.views.names import counted
from game.views.phrasebook import percent, share

from . import casting
from .briefing import day
from .console import Console, open_console
from .files import STDOUT, Output, check_writable, json_with, write_json
from .tables import table


def run(
    scenario: str,
    *,
    lens: str,
    seed: int,
    particles: int,
    output: Output,
) -> int:
    """Prints every historical move with its odds, and a sentence on the surprising ones.

    Args:
        scenario: a scenario's id or file.
        lens: a lens's id or file.
        seed: the luck.
        particles: games that follow the record at once.
        output: how the result is given.

    Returns:
        0.

    Raises:
        ContentError: the scenario or the lens has mistakes.
        UserError: there is no such lens, or the JSON cannot be written.
    """
    check_writable(output.json, json_with("scenario", "particles", "moves"), replace=output.replace)
    chosen = casting.seen(scenario, lens)
    told = cases(chosen, seed=seed, particles=particles)
    out = open_console(plain=output.plain, errors=output.json == STDOUT)
    out.title(f"{chosen.title}: what was done, and how likely the model finds it")
    out.say(
        f"Through the lens {casting.lens_called(lens).name!r}. History's orders are played; of the "
        "luck only what agrees with the record is kept. Before each turn the computer players tell "
        "how likely they were to order the same."
    )
    out.heading("All that the record tells of, holding included")
    out.table(
        table(
            ">Turn|weeks|Seat|What it did|>model|>blind|Likeliest|>its odds",
            [_row(case) for case in told if case.happened],
        )
    )
    out.aside(
        "Model: how likely the model found what was done. Blind: how likely it was by a choice "
        "among all legal actions alike. Likeliest: what the model looked for most, and how likely "
        "it found that. Weeks: fitted, if the turn had ended by the last day of the fit, "
        f"{day(last_fitted_day(covering()))}; the later ones are no part of it, but whoever wrote "
        "the rules knew them."
    )
    held = [case for case in told if not case.happened]
    if held:
        mean = sum(case.probability for case in held) / len(held)
        out.aside(
            f"In {counted(len(held), 'further case')} the scenario orders nothing, and holding is "
            f"assumed: none of these is called a surprise. {_known(held)} On average the model "
            f"gave holding {share(mean)}."
        )
    _surprises(out, told)
    if output.json is not None:
        write_json(output.json, _as_json(chosen.id, lens, seed, particles, told))
    return 0


def _known(held: list[Case]) -> str:
    """How the turns are known in which holding is assumed."""
    counts = Counter(case.standing for case in held)
    silent, unknown = counts[Attestation.SILENT], counts[Attestation.UNKNOWN]
    return (
        f"Of them sources tell of the seat in {len(held) - silent - unknown}, look at it and name "
        f"nothing in {silent}, and do not tell of it in {unknown}."
    )


def _row(case: Case) -> tuple[str, ...]:
    return (
        f"{case.turn}",
        "fitted" if case.is_fitted else "later",
        case.seat.name,
        case.deed,
        percent(case.probability),
        percent(case.blind),
        case.likeliest,
        percent(case.likeliest_probability),
    )


def _surprises(out: Console, told: list[Case]) -> None:
    surprising = sorted(
        (case for case in told if case.is_surprising), key=lambda case: case.probability
    )
    known = [case for case in told if not case.is_assumed]
    out.heading(f"The surprising ones: {len(surprising)} of {len(known)}")
    out.bullets(
        f"Turn {case.turn}, {day(case.date)}, {case.seat.name}: {case.happened} {case.sentence}"
        for case in surprising
    )
    for seat in SEATS:
        own = [case for case in known if case.seat is seat]
        surprised = sum(case.is_surprising for case in own)
        out.aside(f"{casting.SEAT_HEADINGS[seat]}: {surprised} of {len(own)} moves surprise.")


def _as_json(
    scenario: str, lens: str, seed: int, particles: int, told: list[Case]
) -> dict[str, Any]:
    return {
        "scenario": scenario,
        "lens": lens,
        "seed": seed,
        "particles": particles,
        "moves": [case.as_data() for case in told],
    }
