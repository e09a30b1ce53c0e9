"""`main.py sensitivity`: which assumptions the answer to "did the strike deter?" rests on."""

import math
import time
from dataclasses import asdict
from typing import Any

from game.lab.adopt import (
    CALIBRATION,
    SENSITIVITY,
    fitted_ranges,
    load_adopted,
    provenance,
    save_adopted,
)
from game.lab.changes import since
from game.lab.sensitivity import NoLibraryError, Spending, sensitivity
from game.views.effects import Estimate
from game.views.phrasebook import signed, with_interval

from .console import Console, open_console
from .errors import UserError
from .files import STDOUT, Output, check_adoptable, check_writable, json_with, write_json
from .tables import table


def run(spending: Spending, *, adopt: bool, output: Output) -> int:
    """Measures the sensitivity, prints it, and writes it.

    Args:
        spending: how hard to look.
        adopt: keeps the figures with the game.
        output: how the result is given.

    Returns:
        0.

    Raises:
        UserError: SALib is missing, or a file cannot be written.
    """
    check_writable(output.json, json_with("tornado", "sobol"), replace=output.replace)
    if adopt:
        check_adoptable(SENSITIVITY)
    out = open_console(plain=output.plain, errors=output.json == STDOUT)
    out.title("What does the answer rest on?")
    out.say(
        "The question: did the strike on depots of March 2020 make the attacks of the next month "
        "fewer or more than without it, all luck the same? Each parameter goes through the range "
        "that the record leaves it, or, where the record was not asked, that judgement gives it."
    )
    if (fit := load_adopted(CALIBRATION)) and (
        told := since(fit["provenance"]).describe("the fit")
    ):
        out.warn(f"The ranges are of a fit of another model. {' '.join(told)}")
    start = time.perf_counter()
    try:
        found = sensitivity(spending, fitted_ranges(), lambda step: out.aside(f"… {step}"))
    except NoLibraryError:
        raise UserError(
            "sensitivity: this needs the package SALib; to install it: pip install 'SALib>=1.5,<2'"
        ) from None
    spent = {name: value for name, value in asdict(spending).items() if name != "workers"}
    found |= {"spending": spent, "provenance": provenance(_command(spent))}
    _tell(out, found)
    out.gap()
    out.aside(f"Seed {spending.seed}; {time.perf_counter() - start:.0f} s.")
    if output.json is not None:
        write_json(output.json, found)
    if adopt:
        try:
            save_adopted(SENSITIVITY, found)
        except OSError as error:
            raise UserError(f"{error.filename}: cannot be written ({error.strerror})") from None
        out.say("The figures are kept with the game.")
    return 0


def _command(spent: dict[str, int]) -> str:
    named = " ".join(f"--{name.replace('_', '-')} {value}" for name, value in spent.items())
    return f"python main.py sensitivity {named}"


def _tell(out: Console, found: dict[str, Any]) -> None:
    answer = found["answer"]
    out.say(
        "With every parameter of the balanced lens, the change in attacks: "
        f"{with_interval(Estimate(answer['mean'], math.nan, answer['low'], answer['high']))}."
    )
    out.heading("One at a time: the effect of the strike at either end of the range")
    out.table(
        table(
            "Parameter|>from|>effect|>to|>effect|>swing",
            [
                (
                    row["name"],
                    f"{row['low']:g}",
                    signed(row["at_low"]["mean"]),
                    f"{row['high']:g}",
                    signed(row["at_high"]["mean"]),
                    f"{row['swing']:.2f}",
                )
                for row in found["tornado"]
            ],
        )
    )
    out.aside(
        f"Each effect is known to about {(answer['high'] - answer['low']) / 2:.2f} either way: a "
        "smaller swing says little."
    )
    out.heading("All together: elementary effects (Morris)")
    out.table(
        table(
            "Parameter|>size|>+/-|>mean|>spread",
            [
                (
                    row["name"],
                    *(
                        f"{row[key]:.3f}".replace("-0.000", "0.000")
                        for key in ("mean_absolute_effect", "error", "mean_effect", "spread")
                    ),
                )
                for row in found["morris"]
            ],
        )
    )
    out.aside(
        "Size: how much the answer changes, either way, when the parameter goes through its whole "
        "range while the others stand anywhere in theirs. Mean: the same with its sign. Spread: "
        "how much that depends on the others."
    )
    out.heading("The few that matter most: shares of the variance (Sobol)")
    out.table(
        table(
            "Parameter|>alone|>+/-|>with others|>+/-",
            [
                (
                    row["name"],
                    *(
                        f"{row[key]:.2f}"
                        for key in ("alone", "alone_error", "with_others", "with_others_error")
                    ),
                )
                for row in found["sobol"]
            ],
        )
    )
    out.aside(
        "The share of what the answer varies by when all of them vary at once: by the parameter "
        "alone, and with all that it does together with others: these overlap, and may add up to "
        "more than 1. A share that is not twice its error says nothing."
    )
