"""A seat's belief over the theories: how well does each foretell what the seat has seen?

Nobody is told which theory holds. Under each that is possible, the staff plays on many games that
fit what the seat knew (a particle filter: Gordon, Salmond and Smith 1993): in each turn with the
seat's own orders and with what the others were seen to do, chance and the rest imagined. What the
seat then saw is held against what they came to: attacks, Americans killed, what only some seats see
and the others estimate, the others' choices. By Bayes' rule the better forecast gains, from the
scenario's odds. Games that came near what was seen are carried on. Only Observations go into it,
and the seat's own orders; no state does.
"""

import pickle
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from game.content.scenario import Scenario
from game.engine.play import play_on
from game.players.base import Choice, Dice, Options, choice_of, options
from game.players.doctrine import DoctrinePlayer
from game.players.features import Features
from game.players.library import default_players
from game.players.quantal import probabilities
from game.players.utility import total
from game.rules.luck import imagined_keys
from game.rules.observe import UNSEEN, Observation, observe
from game.rules.orders import Orders
from game.rules.outcome import Outcome
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import COLUMNS, ESTIMATED, PAIR_COLUMNS, Bools, Codes, Floats, Keys, State
from game.views.played import PlayedGame
from game.views.secrets import possible_theories
from game.views.theory_belief import ATTACKS, DEED, KILLED, Evidence, TheoryBelief

from .beliefs import imagine, recalled

FUTURES = 128
"""Games played on under each theory."""
_LEAST_ODDS = 0.02
"""Of a rival's choice: people do what no doctrine would."""
_LEAST_FIT = 0.01
"""Of anything seen: the model may be wrong."""
_FILTER_TURNS = 20_000
"""Turns beyond every calendar: luck apart from that of the planner's futures."""

_HELD_IN_MIND = tuple(n for n in ("anger", "kept", "broken", "assurance") if n in PAIR_COLUMNS)
"""What each seat holds of the others, and shows to nobody."""

_ESTIMATED = tuple(name for name in ESTIMATED if name != "mil_effort")
"""What estimates can speak for a theory: that of the campaign's effort says what attacks said."""

Values = NDArray[np.float64]


class Adjudicated(Protocol):
    """A turn as it was played."""

    @property
    def before(self) -> State:
        """At the moment of adjudication (B = 1)."""

    @property
    def orders(self) -> Orders:
        """All seats'; only the seat's own are looked at."""

    @property
    def outcome(self) -> Outcome:
        """Looked at through the seat's eyes."""


@dataclass(frozen=True, slots=True)
class Glance:
    """One turn as a seat lived through it, (B = 1)."""

    before: Observation
    own: Choice
    after: Observation


def glances(setting: Setting, seat: Seat, turns: Sequence[Adjudicated], now: State) -> list[Glance]:
    """What a seat saw of every turn that was played.

    Args:
        setting: the scenario's rules.
        seat: who looks.
        turns: that were played.
        now: what stands after the last of them.
    """
    found, outcome = [], None
    for turn, after in zip(turns, [*(turn.before for turn in turns), now][1:], strict=True):
        before = observe(setting, turn.before, outcome, seat)
        outcome = turn.outcome
        seen = observe(setting, after, outcome, seat)
        found.append(Glance(before, choice_of(turn.orders, seat), seen))
    return found


def staff_belief(
    scenario: Scenario, seen: Sequence[Glance], dice: Dice, futures: int = FUTURES
) -> TheoryBelief:
    """What a seat's staff believes after the turns that it has seen; it takes the scenario's own
    doctrines by the book for the others, whoever plays them, for nobody tells it. To take them for
    people found the theory that held no better, even where they did play as people.
    """
    *_, last = staff_beliefs(scenario, seen, dice, futures)
    return last


class Following:
    """What a seat's staff believes as the game goes on; see `staff_belief`. A turn that it has
    weighed it does not weigh again.
    """

    def __init__(self, scenario: Scenario, dice: Dice, futures: int = FUTURES) -> None:
        """Arguments as for `staff_belief`."""
        self._staff = scenario, dice, futures
        self._begin()

    def _begin(self) -> None:
        scenario, dice, futures = self._staff
        self._weighed: list[bytes] = []
        self._next: deque[Glance] = deque()
        beliefs = staff_beliefs(scenario, iter(self._next.popleft, None), dice, futures)
        self._belief, self._beliefs = next(beliefs), beliefs

    def after(self, seen: Sequence[Glance]) -> TheoryBelief:
        """The belief after these turns, as if it had seen no others."""
        turns = [pickle.dumps(glance) for glance in seen]
        if turns[: len(self._weighed)] != self._weighed:  # one was taken back, or set otherwise
            self._begin()
        for glance, turn in list(zip(seen, turns, strict=True))[len(self._weighed) :]:
            self._next.append(glance)
            self._belief = next(self._beliefs)
            self._weighed.append(turn)
        return self._belief


def beliefs_in(game: PlayedGame, seats: Collection[Seat]) -> dict[Seat, TheoryBelief]:
    """What the staffs of some seats believed in a game, to its end; none where everybody knew which
    theory held.
    """
    scenario, found = game.scenario, {}
    if len(possible_theories(scenario)) < len(("one", "other")):
        return {}
    for seat in seats:
        seen = glances(scenario.setting, seat, game.turns, game.final)
        found[seat] = staff_belief(scenario, seen, Dice.of(game.opening, seat))
    return found


def staff_beliefs(
    scenario: Scenario, seen: Iterable[Glance], dice: Dice, futures: int = FUTURES
) -> Iterator[TheoryBelief]:
    """As `theory_beliefs`, with the scenario's own doctrines."""
    usual = default_players(scenario).items()
    rollout = {seat: who for seat, who in usual if isinstance(who, DoctrinePlayer)}
    return theory_beliefs(scenario.setting, rollout, seen, dice, futures)


def theory_beliefs(
    setting: Setting,
    rollout: Mapping[Seat, DoctrinePlayer],
    seen: Iterable[Glance],
    dice: Dice,
    futures: int = FUTURES,
) -> Iterator[TheoryBelief]:
    """The belief before the first turn and after every one that the seat has seen, as it comes.

    Args:
        setting: the scenario's rules, with the odds that everybody knows.
        rollout: who is taken to play the seats.
        seen: the turns.
        dice: the seat's own luck; that of the games imagined is made from it.
        futures: games imagined under each theory.
    """
    odds = np.diff(setting.theory_odds, prepend=0) if setting.theory_odds is not None else None
    shares = np.eye(len(setting.rulebook.theories))[0] if odds is None else odds.astype(np.float64)
    possible = np.flatnonzero(shares)
    evidence: tuple[Evidence, ...] = ()
    course = [_plain(shares)]
    yield TheoryBelief(0, course[0], evidence, tuple(course))
    worlds: dict[int, State] = {}
    for glance in seen:
        turn = glance.before.turn
        luck = imagined_keys(dice.keys, _FILTER_TURNS + turn, futures)[:, 0]
        found: dict[str, list[tuple[float, float]]] = {}
        fits = np.ones(shares.size)
        for theory in np.flatnonzero(shares > 0):
            state = _known(setting, glance.before, worlds.get(int(theory)), int(theory), luck)
            world = _World(setting, rollout, glance, state)
            fits[theory] = world.fit
            worlds[int(theory)] = world.carried_on(luck)
            for what, told in world.told.items():
                found.setdefault(what, []).append(told)
        shares = shares * fits / (shares * fits).sum()
        new = [
            _evidence(setting, glance, what, dict(zip(possible, told, strict=True)))
            for what, told in found.items()
        ]
        evidence = (*evidence, *new)
        course.append(_plain(shares))
        yield TheoryBelief(turn + 1, course[-1], evidence, tuple(course))


def _plain(shares: Values) -> tuple[float, ...]:
    return tuple(float(share) for share in shares)


def _evidence(
    setting: Setting, glance: Glance, what: str, told: Mapping[int, tuple[float, float]]
) -> Evidence:
    nothing = (0.0, 0.0)
    by_theory = [told.get(k, nothing) for k in range(len(setting.rulebook.theories))]
    return Evidence(
        turn=glance.after.turn,
        what=what,
        seen=_figure(glance.after, what),
        foretold=tuple(mean for mean, _ in by_theory),
        weight=tuple(weight for _, weight in by_theory),
    )


def _figure(seen: Observation, what: str) -> float:
    """What the seat saw of the turn."""
    if what.startswith(DEED):
        return float(seen.deed[Seat[what.removeprefix(DEED)], 0])
    return float(_values(seen, what)[0])


def _known(
    setting: Setting, seen: Observation, before: State | None, theory: int, keys: Keys
) -> State:
    """The games imagined under a theory, with all that the seat knows set right.

    Args:
        setting: the scenario's rules.
        seen: what it saw before the turn.
        before: the games as they were carried on; None before the first turn.
        theory: which.
        keys: the turn's luck.
    """
    state = imagine(setting, seen, np.zeros(keys.size, np.intp), keys)
    state.theory[:] = theory
    if before is None:
        return state
    me = seen.seat
    for name in COLUMNS:
        if name not in seen.exact:
            setattr(state, name, getattr(before, name))
    rivals = list(me.rivals)
    for name in _HELD_IN_MIND:
        getattr(state, name)[rivals] = getattr(before, name)[rivals]
    state.agenda[rivals] = before.agenda[rivals]
    state.estimates[:] = before.estimates
    for row, name in enumerate(ESTIMATED):
        if name in seen.columns:
            state.estimates[me, row] = seen.columns[name][0]
    return state


class _World:
    """One turn, played under one theory in many imagined games."""

    def __init__(
        self,
        setting: Setting,
        rollout: Mapping[Seat, DoctrinePlayer],
        glance: Glance,
        state: State,
    ) -> None:
        self._setting, self._rollout, self._glance = setting, rollout, glance
        me, games = glance.before.seat, state.games
        recollection = recalled(glance.before, np.zeros(games, np.intp))
        orders: dict[Seat, Choice] = {me: glance.own}
        weight = np.ones(games)
        self.told: dict[str, tuple[float, float]] = {}
        """What was foretold of each thing that was seen, after those before it; and the logarithm
        of its odds then: together they are the whole.
        """
        for rival in me.rivals:
            orders[rival], chances = self._rival(rival, state, recollection)
            self._tell(f"{DEED}{rival.name}", weight, chances, chances)
            weight *= chances
        played = play_on(
            setting, {}, state, recollection, until=state.turn + 1, given={state.turn: orders}
        )
        self._after = played.state
        foretold = observe(setting, self._after, played.outcome, me)
        for what, fit in self._fits(foretold):
            self._tell(what, weight, _values(foretold, what), fit)
            weight *= fit
        self._weight = weight
        self.fit = float(weight.mean())

    def _tell(self, what: str, weight: Values, values: Values, fit: Values) -> None:
        """Keeps what was foretold of something, in games that weigh so much by now."""
        mean = float(np.average(values, weights=weight))
        self.told[what] = (mean, float(np.log(np.average(fit, weights=weight))))

    def _rival(
        self, rival: Seat, state: State, recollection: Outcome | None
    ) -> tuple[Choice, Values]:
        """A rival's orders, of the deeds that fit what was seen; and the odds of these, (B,)."""
        setting, player = self._setting, self._rollout[rival]
        legal = options(setting, state, rival)
        seen = observe(setting, state, recollection, rival)
        worth = player.deed_worth(seen, Features(setting, seen))
        utility = total(worth, len(legal.deed), seen.us_killed)
        odds = probabilities(utility, legal.deed, player.deed_temper).astype(np.float64)
        fits = self._fitting(rival)[:, None]
        chances = np.maximum((odds * fits).sum(axis=0), _LEAST_ODDS)
        may = fits & (legal.deed | ~(legal.deed & fits).any(axis=0))
        left = Options(may, legal.word, legal.whisper)
        return player.decide(setting, seen, left, Dice.of(state, rival)), chances

    def _fitting(self, rival: Seat) -> Bools:
        """(deeds,) which deeds the rival may have done, after what was seen of it."""
        seen = int(self._glance.after.deed[rival, 0])
        signed = self._setting.tables.signed[rival]
        return signed <= 0 if seen == UNSEEN else np.arange(signed.size) == seen

    def _fits(self, foretold: Observation) -> Iterator[tuple[str, Values]]:
        """How near each game came to each figure that was seen, (B,), 0 to 1."""
        real = self._glance.after
        for what in (ATTACKS, KILLED, *_ESTIMATED):
            values, seen = _values(foretold, what), _figure(real, what)
            if what in (ATTACKS, KILLED):  # counts: the root makes their noise alike everywhere
                values, seen, scale = np.sqrt(values + 0.4), float(np.sqrt(seen + 0.4)), 0.3
            else:
                spec = COLUMNS[what]
                scale = 0.15 * abs(seen) + 0.02 * min(spec.high - spec.low, max(seen, 1.0))
            yield what, np.maximum(np.exp(-0.5 * ((values - seen) / scale) ** 2), _LEAST_FIT)

    def carried_on(self, keys: Keys) -> State:
        """As many games again, those that fitted better more often."""
        edges = np.add.accumulate(self._weight)
        places = (np.arange(keys.size) + 0.5) / keys.size * edges[-1]
        chosen: Codes = np.searchsorted(edges, places)
        return self._after.take(chosen)


def _values(seen: Observation, what: str) -> Values:
    known: dict[str, Floats] = {ATTACKS: seen.attacks, KILLED: seen.us_killed}
    values: Any = known[what] if what in known else seen.columns[what]
    return np.asarray(values, np.float64)
