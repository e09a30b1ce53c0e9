"""What happened in many games, turn by turn: moments and propositions are read from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.content.dealt import undrawn
from game.content.lens import load_lens, seen_through
from game.content.load import load_scenario
from game.content.scenario import Scenario
from game.engine.play import expect, is_compiled, play
from game.futures.parallel import spread
from game.players.base import Player
from game.players.doctrine import DoctrinePlayer
from game.rules.luck import game_keys
from game.rules.outcome import Source
from game.rules.seats import Seat
from game.rules.state import Keys

from .placebos import Placebo, placebo_players
from .roster import doctrines

CHUNK = 1024
KEPT = (
    "ending", "deed", "word", "word_to", "whisper", "fire_attacks", "fire_us_killed",
    "fire_coalition_killed", "fire_us_wounded", "us_killed", "revised", "strike_iraqi_killed",
    "strike_civilians_killed", "detained", "show_of_force", "released", "new_ending", "new_rung",
    "mil_leaders", "iraq_momentum", "us_exposure",
)  # fmt: skip
"""What is looked at of every turn."""
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
    barrage: Whole
    """1 where the militia fired one."""
    strike_dead: Whole
    """Iraqi soldiers, police and civilians killed by an American strike."""
    missile: Whole
    """1 where Iran fired missiles in the open."""
    strike_iran: Whole
    """1 where American aircraft struck Iran itself."""
    us_justified: Whole
    """1 where Washington gave a reason for force in public."""
    iran_justified: Whole
    """1 where Tehran did."""
    iran_threatened: Whole
    iran_protested: Whole
    """1 where Tehran threatened, accused or condemned, appealed, or gave a reason for force."""
    sanction: Whole
    """1 where Washington tightened its sanctions."""
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
    placebo: Placebo | None = None
    """Who plays in place of the scenario's doctrines."""


def _players(scenario: Scenario, job: TrajectoryJob) -> dict[Seat, DoctrinePlayer]:
    return placebo_players(scenario, job.placebo) if job.placebo else doctrines(scenario)


def simulate_trajectories(job: TrajectoryJob, *, workers: int = 1) -> Trajectories:
    """Plays the games; the number of workers changes nothing but the time."""
    scenario = _opened(job)
    threads = is_compiled(_players(scenario, job))
    parts = spread(_part, job, job.games, chunk=CHUNK, workers=workers, threads=threads)
    return joined(parts)


def _opened(job: TrajectoryJob) -> Scenario:
    scenario = undrawn(seen_through(load_scenario(job.scenario), load_lens(job.lens)))
    expect(job.games * (job.turns or scenario.setting.turns))
    return scenario


def _part(job: TrajectoryJob, first: int, games: int) -> Trajectories:
    scenario = _opened(job)
    keys = game_keys(job.seed, range(first, first + games))
    return record_trajectories(scenario, _players(scenario, job), keys, job.turns)


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
    setting = scenario.setting
    until = setting.turns if turns is None else turns
    played = play(setting, players, keys, until=until, keep=KEPT)
    return watched(scenario, played.kept)


def watched(scenario: Scenario, kept: Mapping[str, NDArray[Any]]) -> Trajectories:
    """What games that were played show.

    Args:
        scenario: the rules and the names of the deeds.
        kept: the arrays of `KEPT` by name, (turns, ..., B), as they stood after every turn.
    """
    return Trajectories(**_Recorder(scenario).watch(kept))


class _Recorder:
    """Knows the rulebook's numbers of what it looks for."""

    def __init__(self, scenario: Scenario) -> None:
        book = scenario.setting.rulebook
        self._deed = book.deed
        self._strikes = [book.deed(Seat.US, d) for d in ("strike_depots", "strike_fighters")]
        self._strike_iran = book.deed(Seat.US, "strike_iran")
        self._reasons = [i for i, word in enumerate(book.words) if word.id.startswith("justify_")]
        self._threat = book.word("threaten")
        self._against = [
            self._threat,
            *(book.word(word) for word in ("accuse", "condemn", "appeal")),
            *self._reasons,
        ]
        self._sanction = book.deed(Seat.US, "sanction")
        self._claims = [book.word(w) for w in ("claim", "justify_revenge")]
        self._facade = book.word("claim_facade")
        self._notice = book.whisper("notice")
        self._protests = [book.word(w) for w in ("condemn", "appeal")]
        self._expulsion = [e.id for e in book.endings].index("expulsion") + 1

    def watch(self, kept: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
        """All turns of the games, from `KEPT`."""
        before = np.concatenate([np.zeros_like(kept["ending"][:1]), kept["ending"][:-1]])
        on = before == 0
        deed, word = kept["deed"], kept["word"]
        us_by, partners_by = kept["fire_us_killed"], kept["fire_coalition_killed"]
        rockets = list(ROCKETEERS)
        us = us_by[:, rockets].sum(axis=1)
        killed = us + partners_by[:, rockets].sum(axis=1)
        by_militia = us_by[:, Source.MILITIA] + partners_by[:, Source.MILITIA]
        barrage = deed[:, Seat.MILITIA] == self._deed(Seat.MILITIA, "barrage")
        missile = deed[:, Seat.IRAN] == self._deed(Seat.IRAN, "missile_strike")
        told = (kept["whisper"][:, Seat.IRAN] == self._notice) & missile
        spoke_to_us = kept["word_to"][:, Seat.IRAQ] == Seat.US
        condemned = np.isin(word[:, Seat.IRAQ], self._protests[:1]) & spoke_to_us
        condemned |= np.isin(word[:, Seat.IRAQ], self._protests[1:])
        whole = {
            "on": on,
            "attacks": kept["fire_attacks"][:, rockets].sum(axis=1),
            "deadly": killed > 0,
            "deadly_to_americans": us > 0,
            "killed": killed,
            "killed_by_barrage": by_militia * barrage,
            "barrage": barrage,
            "us_killed": kept["us_killed"],
            "missile_killed": us_by[:, Source.IRAN] * missile,
            "missile_wounded": kept["fire_us_wounded"][:, Source.IRAN] * missile,
            "revised": kept["revised"],
            "strike": np.isin(deed[:, Seat.US], self._strikes),
            "kill": deed[:, Seat.US] == self._deed(Seat.US, "kill_commander"),
            "strike_dead": kept["strike_iraqi_killed"] + kept["strike_civilians_killed"],
            "missile": missile,
            "strike_iran": deed[:, Seat.US] == self._strike_iran,
            "us_justified": np.isin(word[:, Seat.US], self._reasons),
            "iran_justified": np.isin(word[:, Seat.IRAN], self._reasons),
            "iran_threatened": word[:, Seat.IRAN] == self._threat,
            "iran_protested": np.isin(word[:, Seat.IRAN], self._against),
            "sanction": deed[:, Seat.US] == self._sanction,
            "notice": told,
            "claims": np.isin(word[:, Seat.MILITIA], self._claims),
            "facade": word[:, Seat.MILITIA] == self._facade,
            "condemned": condemned,
            "arrest": deed[:, Seat.IRAQ] == self._deed(Seat.IRAQ, "arrest"),
            "detained": kept["detained"],
            "shown": kept["show_of_force"],
            "released": kept["released"],
            "expelled": kept["new_ending"] == self._expulsion,
        }
        shares = {
            "leaderless": 1 - kept["mil_leaders"],
            "momentum": kept["iraq_momentum"],
            "rung": kept["new_rung"],
            "exposure": kept["us_exposure"],
        }
        return {name: (array * on).astype(np.int32) for name, array in whole.items()} | {
            name: (array * on).astype(np.float32) for name, array in shares.items()
        }
