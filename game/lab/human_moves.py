"""How well the doctrines foretell what people do: the log score of their moves in kept matches."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.content.load import doctrine_ids
from game.players.base import options
from game.players.library import player
from game.players.reasons import reasons
from game.rules.observe import observe
from game.rules.outcome import Outcome
from game.rules.seats import SEATS, Seat
from game.rules.state import State
from game.session.events import Kind, Ordered
from game.session.view import MatchView

from .intervals import mean_of_groups
from .scores import FAINTEST, HALF, RATES, UNIFORM

Values = NDArray[np.float64]
FEWEST = 5
"""With fewer matches no interval is told: moves of one match hang together."""


@dataclass(frozen=True, slots=True)
class HumanMove:
    """One deed that people ordered, and what each doctrine of the seat gave for it."""

    match: int
    """Its number among those that are scored."""
    seat: Seat
    turn: int
    deed: str
    legal: tuple[str, ...]
    """Every deed that the seat could order then."""
    own: str
    """The doctrine that the scenario gives to the seat."""
    odds: Mapping[str, float]
    """By doctrine, the probability of what was done."""


def human_moves(number: int, match: MatchView) -> Iterator[HumanMove]:
    """Every deed that people gave in a match, seen with the eyes of their seat alone.

    Args:
        number: what the match is called.
        match: as far as it was played.

    Raises:
        ContentError: the match's rules are not such as today's doctrines can play by.
    """
    scenario, setting = match.scenario, match.scenario.setting
    book = setting.rulebook
    schools = {
        seat: [player(name, seat, scenario) for name, of in doctrine_ids().items() if of is seat]
        for seat in match.people
    }
    by_people = {(row.turn, row.seat) for row in match.match_state.ordered if _is_theirs(row)}
    before: Outcome | None = None
    for turn, played in enumerate(match.played, 1):
        for seat, doctrines in schools.items():
            if (turn, seat) not in by_people:
                continue
            deed = int(played.orders.deed[seat, 0])
            name = book.deeds[seat][deed].id
            seen = _Eyes(match, played.before, before, seat)
            yield HumanMove(
                number,
                seat,
                turn,
                name,
                seen.legal,
                scenario.roles[seat].doctrine,
                {who.name: seen.odds(who, deed).get(name, 0.0) for who in doctrines},
            )
        before = played.outcome


def _is_theirs(row: Ordered) -> bool:
    return row.given_by == "people"


class _Eyes:
    """What one seat saw before a turn."""

    def __init__(self, match: MatchView, state: State, before: Outcome | None, seat: Seat) -> None:
        self._setting = match.scenario.setting
        self._seen = observe(self._setting, state, before, seat)
        self._may = options(self._setting, state, seat)
        deeds = self._setting.rulebook.deeds[seat]
        self.legal = tuple(d.id for d, may in zip(deeds, self._may.deed[:, 0], strict=True) if may)

    def odds(self, who: Any, deed: int) -> dict[str, float]:
        """A doctrine's probability of every deed."""
        weighed = reasons(who, self._setting, self._seen, self._may, deed)
        return {reason.option: reason.probability for reason in weighed.deeds}


# --- scores


def human_scores(moves: Sequence[HumanMove]) -> list[dict[str, Any]]:
    """The mean log scores of each seat's doctrines and of all seats' own ones, beside a choice
    among all legal deeds alike and the seat's base rates, which leave out the move that they
    foretell.

    Args:
        moves: of all matches.
    """
    rows = []
    for seat in (*SEATS, None):
        own = [move for move in moves if seat in (None, move.seat)]
        if not own:
            continue
        blind, rates = _blind(own), _base_rates(own, moves)
        theirs = _logs([move.odds[move.own] for move in own])
        matches = np.array([move.match for move in own])
        rows.append(
            {
                "seat": "all" if seat is None else seat.name,
                "matches": int(np.unique(matches).size),
                "moves": len(own),
                "own": round(float(theirs.mean()), 4),
                UNIFORM: round(float(blind.mean()), 4),
                RATES: round(float(rates.mean()), 4),
                "gain": {
                    UNIFORM: _gain(theirs - blind, matches),
                    RATES: _gain(theirs - rates, matches),
                },
                "doctrines": {} if seat is None else _schools(own),
            }
        )
    return rows


def _schools(own: Sequence[HumanMove]) -> dict[str, float]:
    return {
        name: round(float(_logs([move.odds[name] for move in own]).mean()), 4)
        for name in own[0].odds
    }


def _logs(given: Sequence[float]) -> Values:
    log: Values = np.log(np.maximum(np.array(given), FAINTEST))
    return log


def _blind(own: Sequence[HumanMove]) -> Values:
    return _logs([1 / len(move.legal) for move in own])


def _base_rates(own: Sequence[HumanMove], moves: Sequence[HumanMove]) -> Values:
    given = []
    for move in own:
        others = [m.deed for m in moves if m.seat is move.seat and m is not move]
        weights = [others.count(deed) + HALF for deed in move.legal]
        given.append((others.count(move.deed) + HALF) / sum(weights))
    return _logs(given)


def _gain(values: Values, matches: NDArray[np.int64]) -> dict[str, float | None]:
    """The mean difference, and its 95 % interval, by whole matches."""
    names, place = np.unique(matches, return_inverse=True)
    found: dict[str, float | None] = {"mean": round(float(values.mean()), 4)}
    if names.size < FEWEST:
        return found | {"low": None, "high": None}
    low, high = mean_of_groups(np.bincount(place, values).astype(np.float64), np.bincount(place))
    return found | {"low": round(low, 4), "high": round(high, 4)}


def is_human(match: MatchView) -> bool:
    """Whether people play any seat of it."""
    return any(match.seating(seat).kind is not Kind.COMPUTER for seat in SEATS)
