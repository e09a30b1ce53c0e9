"""`main.py whatif`: the same luck, another choice; what one deed did, under each theory."""

import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from typing import Any

from game.content.lens import lens_ids
from game.content.visible import visible
from game.futures.whatif import run as run_parts
from game.rules.seats import Seat

from . import casting
from .console import open_console
from .errors import INTERRUPTED, UserError
from .files import STDOUT, Output, check_writable, json_with, partial, write_json
from .progress import Progress, progress
from .simulate import Work
from .whatif_json import as_json
from .whatif_page import tell_answer, tell_fine_print, tell_question, tell_side_by_side
from .whatif_question import Answer, Query, ask, never, seen


def run(
    scenario: str,
    given: Mapping[Seat, str | None],
    work: Work,
    *,
    turn: int,
    seat: str,
    deed: str,
    instead: str,
    lenses: Sequence[str],
    horizon: int,
    before: str,
    output: Output,
) -> int:
    """Compares two deeds with the same luck, prints the answer of each lens, and writes JSON.

    Args:
        scenario: a scenario's id or file.
        given: players other than the scenario's own, from the turn on.
        work: how many games for each lens, and how.
        turn: when, from 1.
        seat: the name of the seat that chooses.
        deed: the id of what it orders in one line.
        instead: the id of what it orders in the other.
        lenses: ids or files; `all` stands for every one of the game's own.
        horizon: turns that are compared, the turn itself included.
        before: a key of `BEFORE`.
        output: how the result is given.

    Returns:
        0, or 130 after Ctrl-C: the answers are then of the games done so far.

    Raises:
        ContentError: the scenario, a lens or a doctrine has mistakes.
        UserError: something was named that does not exist, the question can be asked in no game,
            or the JSON cannot be written.
        FuturesError: the cluster cannot be used.
    """
    check_writable(output.json, json_with("scenario", "instead", "horizon"), replace=output.replace)
    query = ask(scenario, given, work, (turn, seat, deed, instead, horizon, before))
    named = casting.spelt(lenses, lens_ids())
    answers = [Answer(casting.lens_called(name)) for name in named]
    out = open_console(plain=output.plain, errors=output.json == STDOUT)
    tell_question(out, query, len(answers))
    start = time.perf_counter()
    bar = progress(work.games * len(answers), plain=output.plain)
    whole = _gather(query, list(zip(answers, named, strict=True)), work, bar)
    told = [answer for answer in answers if answer.effect.asked]
    if whole and not any(answer.effect.games for answer in told):
        raise UserError(never(query))
    for answer in told:
        tell_answer(out, query, answer)
    if len(told) > 1:
        tell_side_by_side(out, query, told)
    tell_fine_print(out, query, told, time.perf_counter() - start)
    result = as_json(query, told, work, whole=whole)
    sys.stdout.flush()
    if not whole:
        kept = _keep_part(output.json, result, told)
        out.warn(f"\nStopped: these are partial results, of the games played so far{kept}.")
        return INTERRUPTED
    if output.json is not None:
        write_json(output.json, result)
    return 0


def _gather(
    query: Query,
    answers: Iterable[tuple[Answer, str]],
    work: Work,
    bar: AbstractContextManager[Progress],
) -> bool:
    """Plays the games of every lens; whether all were played."""
    done = 0
    try:
        with bar as shown:
            for answer, name in answers:
                parts = run_parts(
                    seen(query, name),
                    chunk=work.chunk,
                    workers=work.workers,
                    scheduler=work.scheduler,
                )
                with closing(parts):
                    for part in parts:
                        # In one step, so that an interrupt leaves the whole part in or out.
                        part.merge(answer.effect)
                        answer.effect = part
                        shown.advance_to(done + part.asked)
                done += work.games
    except KeyboardInterrupt:
        return False
    return True


def _keep_part(json: str | None, result: dict[str, Any], told: Sequence[Answer]) -> str:
    """Keeps what there is of the JSON; says where."""
    if json is None or json == STDOUT or not told:
        return "; no JSON was written" if json else ""
    write_json(partial(json), result)
    return f"; the JSON of them is in {visible(partial(json))}"
