"""What happened in many games, turn by turn: moments and propositions are read from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from game.content.lens import load_lens, seen_through
from game.content.load import load_scenario
from game.content.scenario import Scenario
from game.futures.engine import expect
from game.futures.parallel import spread
from game.futures.play import play
from game.players.base import Player
from game.rules.luck import game_keys
from game.rules.outcome import Outcome, Source
from game.rules.seats import Seat
from game.rules.state import Keys, State

from .roster import doctrines

CHUNK = 1024
Whole = NDArray[np.int32]
Share = NDArray[np.float32]
ROCKETEERS = (Source.MILITIA, Source.SPLINTER, Source.THIRD_PARTY)


@dataclass(slots=True)
class Trajectories:
    """B games of one scenario; arrays are (turns, B). After a game's end everything is 0."""

    on: Whole
    """1 while the game was on."""
    attacks: Whole
    """By rockets, mortars and bombs on Americans and partners; Iran's missiles left out."""
    deadly: Whole
    """1 where such an attack killed an American or a partner."""
    deadly_to_americans: Whole
    killed: Whole
    """Americans and partners killed by such attacks."""
    killed_by_barrage: Whole
    """Of them, by a militia's barrage."""
    us_killed: Whole
    """Americans killed by anything."""
    missile_killed: Whole
    missile_wounded: Whole
    """Americans truly wounded by Iran's missiles."""
    revised: Whole
    """Wounded added to the reports of earlier turns."""
    strike: Whole
    """1 where American aircraft struck depots or fighters."""
    kill: Whole
    """1 where a commander was killed."""
    strike_dead: Whole
    """Iraqi soldiers, police and civilians killed by an American strike."""
    missile: Whole
    """1 where Iran fired missiles in the open."""
    notice: Whole
    """1 where it had told Baghdad or Washington."""
    claims: Whole
    """1 where the militia claimed an attack in its own name."""
    facade: Whole
    """1 where it claimed one under a new name."""
    leaderless: Share
    """The share of the militia's leadership lost, after the turn."""
    condemned: Whole
    """1 where Baghdad condemned Washington or took it to the United Nations."""
    momentum: Share
    """Parliament's momentum to expel, after the turn."""
    arrest: Whole
    detained: Whole
    shown: Whole
    """1 where armed men came to the gates."""
    released: Whole
    expelled: Whole
    """1 in the turn in which the foreign forces were expelled."""
    exposure: Share
    """American bases held, after the turn."""
    rung: Share
    """The highest rung of the turn."""

    @property
    def games(self) -> int:
        """B."""
        return int(self.on.shape[1])


@dataclass(frozen=True, slots=True)
class TrajectoryJob:
    """Which games to play. It can be sent to another process."""

    scenario: str
    games: int
    seed: int
    lens: str
    turns: int | None = None
    """Only the first turns; all of them if None."""


def simulate_trajectories(job: TrajectoryJob, *, workers: int = 1) -> Trajectories:
    """Plays the games; the number of workers changes nothing but the time."""
    parts = spread(_part, job, job.games, chunk=CHUNK, workers=workers)
    return joined(parts)


def _part(job: TrajectoryJob, first: int, games: int) -> Trajectories:
    scenario = seen_through(load_scenario(job.scenario), load_lens(job.lens))
    expect(job.games * (job.turns or scenario.setting.turns))
    keys = game_keys(job.seed, range(first, first + games))
    return record_trajectories(scenario, doctrines(scenario), keys, job.turns)


def joined(parts: Iterable[Trajectories]) -> Trajectories:
    """The games of several parts, in their order."""
    pieces = list(parts)
    return Trajectories(
        **{
            f.name: np.concatenate([getattr(p, f.name) for p in pieces], 1)
            for f in fields(Trajectories)
        }
    )


def record_trajectories(
    scenario: Scenario,
    players: Mapping[Seat, Player],
    keys: Keys,
    turns: int | None = None,
) -> Trajectories:
    """Plays one batch and keeps what happened.

    Args:
        scenario: the rules and the names of the deeds.
        players: who plays the four seats.
        keys: (B,) the games' luck.
        turns: how many turns; all of them if None.
    """
    eye, setting = _Recorder(scenario), scenario.setting
    last = setting.turns if turns is None else turns
    frames: list[dict[str, NDArray[np.generic]]] = []
    playing = np.ones(keys.size, np.bool_)
    for state, outcome in play(setting, players, keys):
        frames.append(eye.frame(state, outcome, playing))
        playing = state.ending == 0
        if len(frames) == last:
            break
    empty = {name: np.zeros_like(value) for name, value in frames[0].items()}
    frames += [empty] * (last - len(frames))
    return Trajectories(**{name: np.stack([frame[name] for frame in frames]) for name in empty})


class _Recorder:
    """Knows the rulebook's numbers of what it looks for."""

    def __init__(self, scenario: Scenario) -> None:
        book = scenario.setting.rulebook
        self._deed = book.deed
        self._strikes = [book.deed(Seat.US, d) for d in ("strike_depots", "strike_fighters")]
        self._claims = [book.word(w) for w in ("claim", "justify_revenge")]
        self._facade = book.word("claim_facade")
        self._notice = book.whisper("notice")
        self._protests = [book.word(w) for w in ("condemn", "appeal")]
        self._expulsion = [e.id for e in book.endings].index("expulsion") + 1

    def frame(
        self, state: State, out: Outcome, on: NDArray[np.bool_]
    ) -> dict[str, NDArray[np.generic]]:
        """One turn of the games."""
        orders = out.orders
        rockets = out.fire_attacks[list(ROCKETEERS)]
        us = out.fire_us_killed[list(ROCKETEERS)].sum(0)
        killed = us + out.fire_coalition_killed[list(ROCKETEERS)].sum(0)
        by_militia = out.fire_us_killed[Source.MILITIA] + out.fire_coalition_killed[Source.MILITIA]
        deed, word = orders.deed, orders.word
        missile = deed[Seat.IRAN] == self._deed(Seat.IRAN, "missile_strike")
        told = (orders.whisper[Seat.IRAN] == self._notice) & missile
        spoke_to_us = orders.word_to[Seat.IRAQ] == Seat.US
        condemned = np.isin(word[Seat.IRAQ], self._protests[:1]) & spoke_to_us
        condemned |= np.isin(word[Seat.IRAQ], self._protests[1:])
        seen = {
            "on": on,
            "attacks": rockets.sum(0),
            "deadly": killed > 0,
            "deadly_to_americans": us > 0,
            "killed": killed,
            "killed_by_barrage": by_militia
            * (deed[Seat.MILITIA] == self._deed(Seat.MILITIA, "barrage")),
            "us_killed": out.us_killed,
            "missile_killed": out.fire_us_killed[Source.IRAN] * missile,
            "missile_wounded": out.fire_us_wounded[Source.IRAN] * missile,
            "revised": out.revised,
            "strike": np.isin(deed[Seat.US], self._strikes),
            "kill": deed[Seat.US] == self._deed(Seat.US, "kill_commander"),
            "strike_dead": out.strike_iraqi_killed + out.strike_civilians_killed,
            "missile": missile,
            "notice": told,
            "claims": np.isin(word[Seat.MILITIA], self._claims),
            "facade": word[Seat.MILITIA] == self._facade,
            "condemned": condemned,
            "arrest": deed[Seat.IRAQ] == self._deed(Seat.IRAQ, "arrest"),
            "detained": out.detained,
            "shown": out.show_of_force,
            "released": out.released,
            "expelled": out.ending == self._expulsion,
        }
        whole: dict[str, NDArray[np.generic]] = {
            name: (np.asarray(value) * on).astype(np.int32) for name, value in seen.items()
        }
        whole["leaderless"] = ((1 - state.mil_leaders) * on).astype(np.float32)
        whole["momentum"] = (state.iraq_momentum * on).astype(np.float32)
        whole["rung"] = (out.rung * on).astype(np.float32)
        whole["exposure"] = (state.us_exposure * on).astype(np.float32)
        return whole
