"""`main.py validate`: how the model does against what happened."""

import time
from collections.abc import Mapping
from typing import Any

from game.content.lens import BALANCED, Lens
from game.lab.adopt import (
    CALIBRATION,
    CARD,
    RECOVERY,
    SENSITIVITY,
    VALIDATION,
    load_adopted,
    provenance,
    put,
    save_adopted,
)
from game.lab.card import card
from game.lab.changes import Changed, since
from game.lab.choices import DEEDS, WORDS
from game.lab.priors import priors
from game.lab.record import covering, last_fitted_day
from game.lab.run_comparison import compare_runs
from game.lab.validate import (
    LAYOUT,
    Plan,
    validate,
    validate_propositions,
    validate_scores,
)
from game.views.names import counted, number

from . import casting
from . import comparison_tables as moving
from .console import Console, open_console
from .errors import UserError
from .files import STDOUT, Output, check_adoptable, check_writable, json_with, write_json
from .started import command
from .validation_tables import tell, tell_propositions, tell_scores

SCORES, PROPOSITIONS = PARTS = ("scores", "propositions")
"""What can be measured alone."""


def run(
    plan: Plan,
    *,
    only: str | None = None,
    adopt: bool,
    output: Output,
) -> int:
    """Measures everything, prints it, and writes it.

    Args:
        plan: how much to play, through which lens.
        only: one of `PARTS`; None for everything.
        adopt: keeps the figures with the game and fills the model card from them.
        output: how the result is given.

    Returns:
        0.

    Raises:
        ContentError: the lens has mistakes.
        UserError: there is no such lens, or a file cannot be written.
    """
    key = PROPOSITIONS if only == PROPOSITIONS else SCORES
    check_writable(output.json, json_with(key, "provenance"), replace=output.replace)
    if adopt and only:
        raise UserError("--adopt: keeps everything or nothing; leave --only out")
    if adopt and plan.lens != BALANCED:
        raise UserError("--adopt: the card is of the balanced lens; leave --lens out")
    if adopt:
        check_adoptable(VALIDATION, CARD)
    studies = _studies() if adopt else None
    lens = casting.lens_called(plan.lens)
    out = open_console(plain=output.plain, errors=output.json == STDOUT)
    out.title("Does it hold?")
    changed = _since_fit()
    _head(out, lens, changed)
    start = time.perf_counter()
    if only:
        _only(out, only, plan, output.json, start)
        return 0
    result = validate(plan, lambda step: out.aside(f"… {step}"))
    result["since_fit"] = changed.as_data("the fit")
    result["provenance"] = provenance(_command(plan))
    tell(out, result)
    before = load_adopted(VALIDATION)
    if before and before.get("layout") != LAYOUT:
        out.aside("The figures that are kept with the game are laid out otherwise: not compared.")
    elif before:
        found, edited = compare_runs(before, result), since(before["provenance"])
        result["moved"] = found.as_data() | {"since": edited.as_data("they were kept")}
        moving.tell(out, found, edited, before, result)
    out.gap()
    if plan.is_small:
        out.warn(
            "This was a first look: with so few games the intervals are wide, and many a word is "
            f"too close to call. Figures to quote: {command('validate')}"
        )
    out.aside(
        f"{plan.games:,} free games, {plan.pairs:,} pairs and {plan.particles:,} games along the "
        f"record for each lens, seed {plan.seed}; {time.perf_counter() - start:.0f} s."
    )
    if output.json is not None:
        write_json(output.json, result)
    if studies:
        result.pop("moved", None)
        _adopt(out, result, studies)
    return 0


def _only(out: Console, part: str, plan: Plan, json: str | None, start: float) -> None:
    """One part, told and written."""
    if part == SCORES:
        result = validate_scores(plan)
        tell_scores(out, result)
        spent = f"{plan.particles:,} games along the record"
    else:
        result = validate_propositions(plan, lambda step: out.aside(f"… {step}"))
        tell_propositions(out, result["propositions"])
        spent = f"{plan.games:,} free games, and as many of each placebo"
    result["provenance"] = provenance(f"{_command(plan)} --only {part}")
    out.aside(f"{spent}, seed {plan.seed}; {time.perf_counter() - start:.0f} s.")
    if json is not None:
        write_json(json, result)


def _since_fit() -> Changed:
    fitted = load_adopted(CALIBRATION)
    return since(fitted["provenance"]) if fitted else Changed((), rules=False, record=False)


def _head(out: Console, lens: Lens, changed: Changed) -> None:
    """What is held against what, and whether it is still what was fitted."""
    last = last_fitted_day(covering())
    day = f"{last.day} {last:%B}"
    of_choice = number(sum(1 + len(kind.habits) for kind in (DEEDS, WORDS)))
    fit = (
        f"of which {counted(len(priors()), 'number')}, and {of_choice} of how people choose, "
        f"were fitted to the events up to {day}, and all others set by hand by people who knew the "
        "whole story. What came later is no part of the fit, and yet no forecast."
    )
    if lens.id == BALANCED:
        model = f"The lens {lens.name!r}, {fit}"
    else:
        model = (
            f"The lens {lens.name!r}: {counted(len(lens.parameters), 'number')} of it "
            f"{'is' if len(lens.parameters) == 1 else 'are'} its theory's; all others are the "
            f"balanced lens's, {fit}"
        )
    out.say(f"{model} It is held against the record of 28 October 2019 to the end of June 2020.")
    if told := changed.describe("the fit"):
        out.warn(f"This is not the model that was fitted. {' '.join(told)}")
        out.aside(f"To fit it anew: {command('calibrate --adopt')}")


def _command(plan: Plan) -> str:
    return (
        f"python main.py validate --games {plan.games} --pairs {plan.pairs} "
        f"--particles {plan.particles} --seed {plan.seed}"
    )


def _studies() -> dict[str, dict[str, Any]]:
    """The other studies that the card tells of beside the figures, by what it calls them."""
    studies = {
        "calibration": ("calibrate", CALIBRATION),
        "sensitivity": ("sensitivity", SENSITIVITY),
        "recovery": ("recovery", RECOVERY),
    }
    found = {}
    for name, (study, path) in studies.items():
        kept = load_adopted(path)
        if kept is None:
            raise UserError(
                f"--adopt: the card needs a {name} study; run {command(f'{study} --adopt')} first"
            )
        found[name] = kept
    return found


def _adopt(out: Console, result: dict[str, Any], studies: Mapping[str, dict[str, Any]]) -> None:
    try:
        save_adopted(VALIDATION, result)
        put(CARD, card(result, **studies))
    except OSError as error:
        raise UserError(f"{error.filename}: cannot be written ({error.strerror})") from None
    out.say("The figures are kept with the game, and the model card is filled from them.")
