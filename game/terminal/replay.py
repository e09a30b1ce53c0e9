"""`main.py replay`: one game of an ensemble, alone, turn by turn, held against its row."""

from collections.abc import Mapping
from typing import Any

from game.content.dealt import with_dealt
from game.content.scenario import Scenario
from game.futures.ensemble import Ensemble, run_chunk
from game.rules.digest import game_digests
from game.rules.endings import Ending
from game.rules.seats import SEATS, Seat
from game.session.match import Match
from game.views.situation import total_mark
from game.views.transcript import ending_lines, order_line, turn_lines

from . import casting, explain
from .console import open_console
from .debrief import mark_tables, tell
from .files import STDOUT, Output, check_writable, json_with, write_json
from .match_paths import refuse_live_luck

AROUND = 64
"""How many games on either side of it are played with it, to compare."""
DIFFERENT = 1
"""The exit status where the game is not equal to its row: a fault of the referee."""


def run(
    scenario: str,
    given: Mapping[Seat, str | None],
    *,
    game: int,
    seed: int,
    history: bool,
    premises: casting.Premises,
    reasons: bool,
    spoil: bool = False,
    output: Output,
) -> int:
    """Plays game number `game` of an ensemble alone and tells it, with `reasons` also why each seat
    ordered what it did, and with `spoil` also where a match of the user's own that is not over
    has its luck; the other arguments as for `simulate`.

    Returns:
        0, or 1 where the game differs from its row in a batch.

    Raises:
        ContentError: the scenario, the lens or a doctrine has mistakes.
        UserError: there is no such player or lens, or the JSON cannot be written.
    """
    lens = premises.lens
    check_writable(output.json, json_with("scenario", "game", "turns"), replace=output.replace)
    written = casting.seen(scenario, lens)
    dealt = casting.dealt(written, premises.theory, premises.agendas)
    chosen = with_dealt(written, dealt)
    names = casting.casting(chosen, given, history=history, people=True)
    if not spoil:
        refuse_live_luck(chosen.id, seed, game, "--spoil")
    match = Match(chosen, casting.players(chosen, names), seed, game)
    out = open_console(plain=output.plain, errors=output.json == STDOUT)
    out.title(f"{chosen.title}: game {game} of seed {seed}")
    out.aside(f"Players: {casting.shown(names)}{casting.through(lens)}{casting.told_dealt(dealt)}")
    if reasons:
        out.aside(explain.HOW_TO_READ)
    told: list[dict[str, Any]] = []
    while match.ending is Ending.NONE:
        minds = explain.Minds(match, match.players) if reasons else None
        outcome = match.advance()
        tell(out, turn_lines(chosen, outcome.orders, outcome, match.state))
        if minds is not None:
            weighed = minds.weighed(outcome.orders)
            explain.tell_reasons(out, chosen, outcome.orders, weighed)
            told.append(explain.as_json(chosen, outcome.orders, weighed))
    out.title("The end")
    out.say("\n".join(ending_lines(chosen, match.state)))
    mark_tables(out, chosen, match.state)
    alone = f"{int(game_digests(match.state)[0]):016x}"
    ensemble = Ensemble(scenario, game + 1, seed, tuple(names.items()), lens, dealt)
    row = row_digest(ensemble, game)
    equal = alone == row
    out.heading("The same game in the ensemble")
    out.figures([("This game", alone), (f"Row {game}", row), ("They are", _verdict(equal))])
    if output.json is not None:
        result = _as_json(chosen, match, names, (alone, row)) | {"lens": lens}
        for turn, why in zip(result["turns"], told, strict=False):
            turn["reasons"] = why
        write_json(output.json, result)
    return 0 if equal else DIFFERENT


def row_digest(ensemble: Ensemble, game: int) -> str:
    """The digest that a game ends with when it is played among its neighbours."""
    first = max(0, game - AROUND)
    chunk = run_chunk(ensemble, first, game - first + 1 + AROUND)
    return f"{int(chunk.digests[game - first]):016x}"


def _verdict(equal: bool) -> str:
    return "equal" if equal else "DIFFERENT: please report this"


def _as_json(
    scenario: Scenario, match: Match, names: Mapping[Seat, str], digests: tuple[str, str]
) -> dict[str, Any]:
    alone, row = digests
    after = match.match_state.after
    return {
        "scenario": scenario.id,
        "seed": match.seed,
        "game": match.game,
        "players": {seat.name: name for seat, name in names.items()},
        "turns": [
            {
                "date": scenario.turns[turn].date.isoformat(),
                "orders": {seat.name: order_line(scenario, played.orders, seat) for seat in SEATS},
                "told": turn_lines(scenario, played.orders, played.outcome, state),
                "digest": f"{int(game_digests(state)[0]):016x}",
            }
            for turn, (played, state) in enumerate(zip(match.played, after, strict=True))
        ],
        "ending": match.ending.name.lower(),
        "marks": {seat.name: round(total_mark(scenario, match.state, seat), 2) for seat in SEATS},
        "digest": alone,
        "row_digest": row,
        "equal": alone == row,
    }
