"""`main.py recovery`: whether the fit finds the parameters of records that the model made."""

import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from game.lab.adopt import RECOVERY, provenance, save_adopted
from game.lab.checkpoint import OtherRunError, RecoveryCheckpoint
from game.lab.recovery import Effort, Judged, describe_recovery, judge_all, make_records, recovered
from game.views.names import counted
from game.views.phrasebook import percent, signed

from .console import Console, open_console
from .errors import INTERRUPTED, UserError
from .files import STDOUT, check_adoptable, check_writable, json_with, write_json
from .progress import progress
from .tables import table

EN_DASH = "\N{EN DASH}"


def run(
    effort: Effort,
    *,
    side: str,
    workers: int,
    json: str | None,
    replace: bool = False,
    adopt: bool,
    plain: bool,
) -> int:
    """Makes the records, fits them all, prints what was found, and writes it.

    Args:
        effort: how hard to look.
        side: the file that keeps what was found so far; removed when the run is whole.
        workers: processes; they change nothing but the time.
        json: a file, `-` for stdout, or None.
        replace: write over a file of that name, whatever it is.
        adopt: keeps the figures with the game.
        plain: without boxes, colours and tricks.

    Returns:
        0, or 130 after Ctrl-C: the same command then goes on from there.

    Raises:
        UserError: a file cannot be written, or holds another run.
    """
    check_writable(json, json_with("pooled", "effective_draws"), replace=replace)
    if adopt:
        check_adoptable(RECOVERY)
    kept_so_far = _side_file(side, effort)
    out = open_console(plain=plain, errors=json == STDOUT)
    done = sum(part.free.shape[0] for part in kept_so_far.known.values())
    out.title(f"Does the fit find what is there? Seed {effort.seed}")
    out.say(
        f"{counted(effort.records, 'autumn')} played by the model itself, each by parameters drawn "
        f"from the priors, and each fitted as the record is: {counted(effort.draws, 'set')} of "
        f"parameters, tried on {effort.games:,} autumns and on {effort.particles:,} games along "
        "every record."
    )
    if done:
        out.aside(f"{counted(done, 'set')} of an interrupted run are known already, from {side}.")
    start = time.perf_counter()
    try:
        made = make_records(effort)
        with progress(effort.draws * effort.games, plain=plain) as bar:

            def keep_part(first: int, judged: Judged) -> None:
                nonlocal done
                kept_so_far.keep(first, judged)
                done += judged.free.shape[0]
                bar.advance_to(done * effort.games)

            points, judged = judge_all(effort, made, kept_so_far.known, keep_part, workers=workers)
    except KeyboardInterrupt:
        kept_so_far.close()
        out.warn(f"\nStopped; {side} keeps what was done. The same command goes on from there.")
        return INTERRUPTED
    result = recovered(effort, made, points, judged) | {"provenance": provenance(_command(effort))}
    _tell(out, result, time.perf_counter() - start)
    if json is not None:
        write_json(json, result)
    if adopt:
        _adopt(out, result)
    kept_so_far.drop()
    return 0


def _side_file(side: str, effort: Effort) -> RecoveryCheckpoint:
    try:
        return RecoveryCheckpoint(Path(side), effort)
    except OtherRunError:
        raise UserError(
            f"{side}: this keeps another study, of other settings or other rules; remove it, or "
            "name another file with --side"
        ) from None
    except OSError as error:
        raise UserError(
            f"{side}: cannot be written ({error.strerror}); name a file in a folder of yours"
        ) from None


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
    out.heading("How often the interval holds the truth")
    out.table(
        table(
            "Parameter|>of 90 %|>95 % interval|>of 50 %|>narrowed|>median and truth",
            [
                (
                    row["name"],
                    percent(row["covered"]["0.9"]),
                    f"{percent(row['low'])}{EN_DASH}{percent(row['high'])}",
                    percent(row["covered"]["0.5"]),
                    f"{100 * row['narrowed']:.0f} %",
                    signed(row["correlation"]),
                )
                for row in result["parameters"]
            ],
        )
    )
    out.say(describe_recovery(result))
    out.aside(
        "Of 90 %, of 50 %: in how many records that interval holds the value that made the record; "
        "the 95 % interval of the first is luck's, of so many records. Narrowed: how much shorter "
        "the middle 90 % is than the prior's; at 0 a record of such a length says nothing of the "
        "parameter, and its interval holds the truth because it is as wide as before. Median and "
        "truth: how the medians go with the values that made the records, as a correlation. The "
        "records tell every move, which the real one does not."
    )
    out.aside(
        f"A record's sets of parameters are worth {result['effective_draws']:.0f} equally weighed "
        f"ones, in the middle case. {seconds:.0f} s."
    )
