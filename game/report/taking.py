"""A played game, taken from a match: what the report and other debriefs look back on."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import NamedTuple

from game.content.scenario import Scenario
from game.futures.cast import cast
from game.players.base import Player
from game.rules.seats import SEATS, Seat
from game.session.events import Kind
from game.session.match import Match
from game.session.match_players import players_of
from game.session.replay import Replay, ReplayTurn
from game.session.texts import compiled, for_casting
from game.session.view import MatchView, Seating
from game.views.called import player_name
from game.views.names import CAPITALS, sentence
from game.views.played import PlayedGame, Remark, Turn

_KINDS = {Kind.PERSON: "a person", Kind.TEAM: "a team", Kind.COMPUTER: "the computer"}


class Unfiled(NamedTuple):
    """What only the file of a match tells: whoever has a match without one must say it."""

    plain: Scenario
    """What is played, as it is written: seen through no lens."""
    lens: str
    """The id of the lens through which it is played."""


@contextmanager
def taken(
    match: MatchView, title: str = "", *, unfiled: Unfiled | None = None
) -> Iterator[PlayedGame]:
    """The game of a match, at least one turn of it. Its doctrines can be read within the context
    only.

    Args:
        match: the match; its file, where it has one, is left alone.
        title: what it is called; its own title where nothing is said.
        unfiled: for a match without a file, and only for one.

    Raises:
        ContentError: this version of the game cannot play its texts.
        ValueError: no turn has been played, or a match without a file lacks `unfiled`.
    """
    if not match.played:
        raise ValueError("no turn has been played")
    file = match.record
    if file is None:
        if unfiled is None:
            raise ValueError("what a match without a file is played by must be said")
        yield _game(match, match.scenario, unfiled.plain, title, unfiled.lens)
        return
    with for_casting(file.texts, compiled(file.texts, lensed=False)) as (written, _):
        through = replace(match.scenario, roles=written.roles)
        yield _game(match, through, written, title, file.game.lens)


def _game(
    match: MatchView, scenario: Scenario, plain: Scenario, title: str, lens: str
) -> PlayedGame:
    replay, file = Replay(match), match.record
    parent = None if file is None else file.game.parent_turn
    return PlayedGame(
        title=title or (file.game.title if file is not None else "") or scenario.title,
        scenario=scenario,
        plain=plain,
        opening=scenario.setting.open_games(match.state.key),
        turns=tuple(
            Turn(turn.before, turn.orders, turn.outcome, turn.after) for turn in replay.turns
        ),
        players={seat: who(match.seating(seat)) for seat in SEATS},
        seed=match.seed,
        number=match.game,
        lens=lens,
        remarks=(
            *_of_the_rules(replay),
            *(remark for turn in replay.turns for remark in _remarks(turn)),
        ),
        forked_after=None if parent is None else parent - 1,
        ended_early=match.ended_early,
    )


def computers_of(match: MatchView) -> Mapping[Seat, Player]:
    """The computer's players of a match, as its seats are held at last.

    Raises:
        ContentError: this version of the game cannot make one of them.
    """
    if match.record is not None:
        return players_of(match, cast)
    return match.players if isinstance(match, Match) else {}


def who(seating: Seating) -> str:
    """Who plays a seat, in words."""
    kind = _KINDS[seating.kind]
    name = player_name(seating.name) if seating.kind is Kind.COMPUTER else seating.name
    return f"{name} ({kind})" if name else kind


def _of_the_rules(replay: Replay) -> Iterator[Remark]:
    """What must be known of an old match: its turns are as they were recorded, but whatever is
    worked out anew, such as other courses of events, follows the rules of today.
    """
    if told := replay.changed:
        anew = "The turns are told as they were recorded; comparisons are made by today's rules."
        yield Remark(1, "the game", None, f"{told} {anew}")


def _remarks(turn: ReplayTurn) -> Iterator[Remark]:
    """What people noted and what the facilitator did before the turn was adjudicated."""
    for note in turn.notes:
        by = "the facilitator" if note.seat is None else CAPITALS[note.seat]
        yield Remark(turn.number, by, note.seat, note.words)
    for inject in turn.injects:
        yield Remark(
            turn.number, "the facilitator", None, f"{sentence(inject.title)} {inject.words}"
        )
    for override in turn.overrides:
        of = f" ({override.pair})" if override.pair else ""
        yield Remark(
            turn.number,
            "the facilitator",
            None,
            f"Set {override.figure}{of} from {override.was:g} to {override.value:g}. "
            f"{override.reason}",
        )
