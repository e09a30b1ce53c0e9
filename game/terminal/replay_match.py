"""`main.py replay FILE`: a kept match, turn by turn, held against the referee of today."""

from pathlib import Path

from game.content.visible import visible
from game.futures.cast import cast
from game.rules.seats import SEATS
from game.session.errors import MatchError
from game.session.forecasts import ScoredForecast, scored_forecasts
from game.session.match_players import playable, players_of
from game.session.replay import Replay, ReplayTurn
from game.session.view import MatchView, Status
from game.views.names import CAPITALS, SEAT_NAMES, sentence
from game.views.phrasebook import share
from game.views.transcript import ending_lines, turn_lines

from . import explain
from .casting import through
from .console import Console, open_console
from .debrief import mark_tables, tell
from .match_paths import file_called, opened, refuse_spoiling

PARTED = 1
"""The exit status where the referee of today comes to something else than the record."""


def run(file: str, *, turn: int | None, reasons: bool, spoil: bool, plain: bool) -> int:
    """Tells what was recorded, hidden things included.

    Args:
        file: the match.
        turn: tells this turn only; all if None.
        reasons: tell also why the computers ordered what they did.
        spoil: tell of a match that is not over, too.
        plain: without boxes, colours and tricks.

    Returns:
        0, or 1 where the record and the referee of today part.

    Raises:
        UserError: the match is not over, or has no such turn.
        FileError: its file cannot be used.
    """
    path = file_called(file)
    match = opened(path, lambda path: playable(path, cast) if reasons else MatchView.read(path))
    if not spoil:
        remedy = "finish it first by resume, or add --spoil to see everything all the same"
        refuse_spoiling(path, match, "a replay tells", remedy)
    replay = Replay(match)
    if turn is not None and turn > len(replay.turns):
        raise MatchError(f"{path}: the match has {len(replay.turns)} turns; name one of these")
    out = open_console(plain=plain, paged=True)
    _heading(out, path, match)
    if reasons:
        out.aside(explain.HOW_TO_READ)
    odds = scored_forecasts(match)
    for played in replay.turns:
        if turn in (None, played.number):
            _tell(out, match, played, [row for row in odds if row.turn == played.number], reasons)
    if turn is None:
        _end(out, match)
    return _compare(out, replay)


def _heading(out: Console, path: Path, match: MatchView) -> None:
    out.title(f"{match.scenario.title}: {visible(path.name)}")
    seats = [(seat.name, match.seating(seat)) for seat in SEATS]
    told = ", ".join(f"{seat} {who.name or f'a {who.kind}'}" for seat, who in seats)
    game = match.record.game if match.record else None
    out.aside(f"Played by: {told}. Seed {match.seed}{through(game.lens) if game else ''}.")
    if game and game.parent:
        out.aside(f"Forked from {visible(game.parent_file)} at turn {game.parent_turn}.")


def _tell(
    out: Console, match: MatchView, turn: ReplayTurn, odds: list[ScoredForecast], reasons: bool
) -> None:
    tell(out, turn_lines(match.scenario, turn.orders, turn.outcome, turn.after))
    for news in turn.injects:
        effects = ", ".join(f"{name} {amount:+g}" for name, amount in news.effects.items())
        out.say(f"News put in: {news.title}. {sentence(news.words)}")
        if effects:
            out.aside(f"It changed: {effects}.")
    for change in turn.overrides:
        figure = f"{change.figure} {change.pair or ''}".strip()
        told = f"{figure} was {change.was:.4g} and was set to {change.value:.4g}"
        out.warn(f"Set by the facilitator: {told}. {sentence(change.reason)}")
    for row in odds:
        came = "did" if row.came else "did not"
        told = f"{CAPITALS[row.seat]} gave {share(row.odds)} to force by "
        out.aside(sentence(f"{told}{SEAT_NAMES[row.about]}, which {came} use it"))
    for note in turn.notes:
        by = "the facilitator" if note.seat is None else CAPITALS[note.seat]
        out.say(f"Note by {by}: {note.words}")
    if reasons:
        then = match.at(turn.number)
        weighed = explain.Minds(then, players_of(then, cast)).weighed(turn.orders)
        explain.tell_reasons(out, match.scenario, turn.orders, weighed)


def _end(out: Console, match: MatchView) -> None:
    out.title("The end" if match.status is Status.ENDED else "So far")
    if match.ended_early is not None:
        out.say(f"The facilitator ended the match early: {match.ended_early}")
    out.say("\n".join(ending_lines(match.scenario, match.state)))
    mark_tables(out, match.scenario, match.state, match.people)


def _compare(out: Console, replay: Replay) -> int:
    parting = replay.check()
    out.heading("The record and the referee")
    if replay.changed:
        out.say(f"{replay.changed} What you read is what was recorded.")
    if parting is None:
        out.say("Every turn, adjudicated again, comes out as it was recorded.")
        return 0
    out.warn(str(parting))
    if not replay.changed:
        out.say(
            "By its own account it was played by these very rules: the file was changed, or this "
            "computer calculates otherwise."
        )
    return PARTED
