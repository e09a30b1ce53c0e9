"""`main.py calibrate`: the balanced lens's free parameters, fitted to the record up to January."""

import time
from dataclasses import asdict
from typing import Any

from game.content.visible import visible
from game.lab import choices
from game.lab.adopt import (
    CALIBRATION,
    OTHER_NUMBERS,
    PARAMETERS,
    fitted_rows,
    provenance,
    put,
    rulebook_text,
    save_adopted,
)
from game.lab.calibrate import ENOUGH_DRAWS, Budget, calibrate, described
from game.lab.card import STRONG
from game.lab.checkpoint import Checkpoint
from game.lab.left_open import left_open
from game.lab.priors import priors
from game.views.names import counted, sentence
from game.views.phrasebook import signed

from .console import Console, open_console
from .errors import INTERRUPTED, UserError
from .files import STDOUT, check_adoptable, check_writable, json_with, write_json
from .side_files import Asked, carry_out, side_file
from .tables import table


def run(budget: Budget, asked: Asked) -> int:
    """Fits the parameters, prints what was found, and writes it; adopted, it becomes the balanced
    lens.

    Returns:
        0, or 130 after Ctrl-C.

    Raises:
        UserError: a file cannot be written, or holds another run.
    """
    check_writable(asked.json, json_with("parameters", "effective_draws"), replace=asked.replace)
    if asked.adopt:
        check_adoptable(CALIBRATION, OTHER_NUMBERS, PARAMETERS)
    kept = side_file(asked.side, lambda path: Checkpoint(path, budget), "calibration")
    out = open_console(plain=asked.plain, errors=asked.json == STDOUT)
    total = budget.rounds * budget.draws
    out.title(f"Calibration, seed {budget.seed}")
    sets = sentence(f"{counted(total, 'set')} of parameters in {counted(budget.rounds, 'round')}")
    out.say(
        f"{sets} Each is tried on {budget.games:,} simulated autumns and on {budget.particles:,} "
        "games along the record."
    )
    if kept.done:
        out.aside(
            f"Known already, from an interrupted run: {counted(kept.done, 'set')} of them, kept in "
            f"{visible(asked.side)}."
        )
    start = time.perf_counter()
    posterior = carry_out(
        asked,
        out,
        kept,
        (total, budget.games),
        lambda keep: calibrate(budget, kept.known, keep, workers=asked.workers),
    )
    if posterior is None:
        return INTERRUPTED
    result = posterior.as_data()
    fitted = {name: row["median"] for name, row in fitted_rows(result).items()}
    result |= {
        "budget": asdict(budget),
        "data": described(),
        "provenance": provenance(_command(budget), fitted),
    }
    _tell(out, result, time.perf_counter() - start)
    if asked.json is not None:
        write_json(asked.json, result)
    if asked.adopt:
        others = left_open(posterior.points, posterior.weight, posterior.choices, budget.seed)
        made = {key: result["provenance"][key] for key in ("command", "made_on", "model", "record")}
        _adopt(out, result, others | {"provenance": made})
    kept.drop()
    return 0


def _command(budget: Budget) -> str:
    named = " ".join(f"--{name} {value}" for name, value in asdict(budget).items())
    return f"python main.py calibrate {named}"


def _adopt(out: Console, result: dict[str, Any], others: dict[str, Any]) -> None:
    try:
        save_adopted(CALIBRATION, result)
        save_adopted(OTHER_NUMBERS, others)
        put(PARAMETERS, rulebook_text(PARAMETERS.read_text(encoding="utf-8"), result))
    except OSError as error:
        raise UserError(f"{error.filename}: cannot be written ({error.strerror})") from None
    renewed = f"{CALIBRATION.name}, {OTHER_NUMBERS.name} and {PARAMETERS.name}"
    out.say(f"The game now uses this: {renewed} are renewed.")


def _tell(out: Console, result: dict[str, Any], seconds: float) -> None:
    before = {prior.name: prior.middle_90 for prior in priors()}
    out.heading("What the record says of each parameter, beside what was thought possible before")
    out.table(
        table(
            "Parameter|>median|>90 %|>90 % before|>narrowed",
            [
                (
                    name,
                    f"{row['median']:g}",
                    f"{row['low_5']:g} to {row['high_95']:g}",
                    "{:.3g} to {:.3g}".format(*before[name]),
                    f"{round(100 * row['narrowed'])} %",
                )
                for name, row in result["parameters"].items()
            ],
        )
    )
    out.aside(
        "90 %: the middle of what the record leaves possible. Before: what was thought possible. "
        "Narrowed: how much shorter the middle 90 % is than the prior's middle 90 %, on the "
        "logarithmic scale for a prior that has one. Near 0, or below it, the record says nothing "
        "of the parameter: the median is the middle draw, and others would fit as well."
    )
    thought = choices.before(choices.DEEDS) | choices.before(choices.WORDS)
    out.heading("How people choose")
    out.table(
        table(
            "Parameter|>median|>90 %|>90 % before",
            [
                (
                    name,
                    f"{row['median']:g}",
                    f"{row['low_5']:g} to {row['high_95']:g}",
                    "{:.3g} to {:.3g}".format(*thought[name]),
                )
                for kind in result["choices"].values()
                for name, row in kind["parameters"].items()
            ],
        )
    )
    out.aside(
        "The sharpness of choice, and habits as logarithms of odds: fitted by penalised likelihood "
        "to what was done and said along the record."
    )
    out.heading("What it cannot tell apart")
    strong = [row for row in result["correlations"] if abs(row["correlation"]) >= STRONG]
    out.bullets(
        [f"{row['a']} and {row['b']}: correlation {signed(row['correlation'])}" for row in strong]
        or ["no pair of parameters is strongly correlated"]
    )
    data = result["data"]
    out.gap()
    out.aside(
        f"Fitted to {data['fitted_to']}: {counted(data['turns'], 'turn')}, "
        f"{counted(data['moves'], 'move')}. {result['draws']:,} sets of parameters, worth "
        f"{result['effective_draws']:.0f} equally weighed ones. {seconds:.0f} s."
    )
    if result["effective_draws"] < ENOUGH_DRAWS:
        out.warn(
            "So few are worth nothing: the ranges above are the luck of the draws. Try more sets "
            "of parameters (--draws, --rounds)."
        )
