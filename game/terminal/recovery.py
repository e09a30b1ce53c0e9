"""`main.py recovery`: whether the fit finds the parameters of records that the model made."""

import time
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from game.content.visible import visible
from game.lab.adopt import RECOVERY, provenance, save_adopted
from game.lab.checkpoint import RecoveryCheckpoint
from game.lab.recovery import (
    CHOICES,
    RULES,
    STUDIES,
    Effort,
    describe_recovery,
    measured,
)
from game.views.names import counted
from game.views.phrasebook import figure, percent, signed

from .console import Console, open_console
from .errors import INTERRUPTED, UserError
from .files import STDOUT, check_adoptable, check_writable, json_with, write_json
from .side_files import Asked, carry_out, side_file
from .tables import table

EN_DASH = "\N{EN DASH}"
HEADINGS: dict[str, str] = {RULES: "the rules", CHOICES: "how people choose"}


def run(effort: Effort, asked: Asked) -> int:
    """Makes the records, fits them all, prints what was found, and writes it; adopted, it is kept
    with the game.

    Returns:
        0, or 130 after Ctrl-C.

    Raises:
        UserError: a file cannot be written, or holds another run.
    """
    check_writable(asked.json, json_with(*STUDIES), replace=asked.replace)
    if asked.adopt:
        check_adoptable(RECOVERY)
    kept = side_file(asked.side, lambda path: RecoveryCheckpoint(path, effort), "study")
    out = open_console(plain=asked.plain, errors=asked.json == STDOUT)
    out.title(f"Does the fit find what is there? Seed {effort.seed}")
    out.say(
        f"Twice {counted(effort.records, 'autumn')} played by the model itself: by the rules' "
        "parameters drawn from what was thought possible, then by ways of choosing drawn "
        f"likewise; each fitted as the record is, with {counted(effort.draws, 'set')} of the "
        f"rules' parameters, {effort.games:,} autumns for each, and {effort.particles:,} games "
        "along every record."
    )
    if kept.done:
        out.aside(
            f"{counted(kept.done, 'part')} of an interrupted run are known already, from "
            f"{visible(asked.side)}."
        )
    start = time.perf_counter()
    found = carry_out(
        asked,
        out,
        kept,
        (effort.draws + effort.records, effort.games),
        lambda keep: measured(effort, kept.known, keep, workers=asked.workers),
    )
    if found is None:
        return INTERRUPTED
    result = found | {"provenance": provenance(_command(effort))}
    _tell(out, result, time.perf_counter() - start)
    if asked.json is not None:
        write_json(asked.json, result)
    if asked.adopt:
        _adopt(out, result)
    kept.drop()
    return 0


def _command(effort: Effort) -> str:
    named = " ".join(f"--{name} {value}" for name, value in asdict(effort).items())
    return f"python main.py recovery {named}"


def _adopt(out: Console, result: Mapping[str, Any]) -> None:
    try:
        save_adopted(RECOVERY, result)
    except OSError as error:
        raise UserError(f"{error.filename}: cannot be written ({error.strerror})") from None
    out.say("The figures are kept with the game; validate --adopt brings them to the model card.")


def _tell(out: Console, result: Mapping[str, Any], seconds: float) -> None:
    for study, heading in HEADINGS.items():
        out.heading(f"How often the 90 % interval holds the truth: {heading}")
        out.table(
            table(
                "Parameter|>holds it|>by luck|>narrowed|>median and truth",
                [
                    (
                        row["name"],
                        percent(row["covered"]),
                        f"{percent(row['low'])}{EN_DASH}{percent(row['high'])}",
                        f"{figure(100 * row['narrowed'], 0)} %",
                        signed(row["correlation"]),
                    )
                    for row in result[study]["parameters"]
                ],
            )
        )
    out.say(describe_recovery(result))
    out.aside(
        "Holds it: in how many records the interval holds the value that made the record. By luck: "
        "the 95 % interval of that, of so many records. Narrowed: how much shorter the interval is "
        "than before the record was seen; at 0 a record of such a length says nothing. Median and "
        "truth: how the medians go with the values that made the records, as a correlation. The "
        "records tell every move, which the real one does not."
    )
    out.aside(
        f"The sets of the rules' parameters are worth {result[RULES]['effective_draws']:.0f} "
        f"equally weighed ones to a record, in the middle case. {seconds:.0f} s."
    )
