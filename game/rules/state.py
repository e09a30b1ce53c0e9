"""The state of B games: a record of arrays, each with its unit, range, meaning and readers.

Columns have shape (B,), float32. Arrays over ordered pairs have shape (4, 4, B): entry [i, j] is
what seat i holds of, or has declared toward, seat j. `resolve` returns a new State and leaves its
input as it was; nothing else writes to one.
"""

from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .seats import SEATS, Cause, Seat

Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]
Codes = NDArray[np.intp]
Keys = NDArray[np.uint64]

EVERYONE = SEATS
NOBODY: tuple[Seat, ...] = ()
US, IRAN, MILITIA, IRAQ = SEATS


class ColumnSpec(NamedTuple):
    """What a column means: its unit, closed range, meaning, and the seats that see it exactly."""

    unit: str
    low: float
    high: float
    meaning: str
    seen_by: tuple[Seat, ...]


def _column(
    unit: str, low: float, high: float, meaning: str, seen_by: tuple[Seat, ...] = EVERYONE
) -> Any:
    return field(metadata={"spec": ColumnSpec(unit, low, high, meaning, seen_by)})


def _array() -> Any:
    return field()


def _pair(unit: str, low: float, high: float, meaning: str) -> Any:
    return field(metadata={"pair": ColumnSpec(unit, low, high, meaning, NOBODY)})


@dataclass(slots=True)
class State:
    """B games at the start of one turn; shapes and units stand beside each field."""

    turn: int
    """Turns adjudicated so far; the same for the whole batch."""
    key: Keys
    """(B,) uint64: the game's own luck; see `luck`."""
    ending: NDArray[np.int8]
    """(B,) 0 while the game is on, else an `endings.Ending`."""
    ended_turn: NDArray[np.int16]
    """(B,) the turn in which the game ended; 0 while it is on."""

    # The United States
    us_troops: Floats = _column("people", 0, 20_000, "American troops in Iraq")
    us_protection: Floats = _column(
        "share", 0, 1, "air defence, shelters and warning at American bases", (US,)
    )
    us_exposure: Floats = _column("share", 0, 1, "bases held, of those of December 2019")
    us_support: Floats = _column("share", 0, 1, "support at home for the American course")
    us_case: Floats = _column("share", 0, 1, "how well its use of force is justified in public")
    us_claim: Floats = _column(
        "number of a word", 0, 40, "the justification that Washington stands by; 0 is none"
    )
    us_evidence: Floats = _column(
        "share", 0, 1, "what proof there is behind that justification", (US,)
    )
    us_coalition: Floats = _column("share", 0, 1, "partners' readiness to stay alongside")
    us_ready: Floats = _column("share", 0, 1, "how far American forces are made ready for a blow")
    us_force_days: Floats = _column("days", 0, 999, "days since American force was last used")
    us_dead: Floats = _column("people", 0, 100_000, "Americans killed, contractors included")
    us_wounded: Floats = _column("people", 0, 100_000, "Americans reported wounded so far")
    us_wounded_unreported: Floats = _column(
        "people", 0, 100_000, "wounded who are not yet in the reports", NOBODY
    )
    coalition_dead: Floats = _column("people", 0, 100_000, "partners' soldiers killed")

    # Iran
    iran_missiles: Floats = _column("missiles", 0, 3_000, "missiles and drones at hand", (IRAN,))
    iran_pressure: Floats = _column("share", 0, 1, "weight of the sanctions on the economy")
    iran_cohesion: Floats = _column("share", 0, 1, "the state's standing at home")
    iran_network: Floats = _column(
        "share", 0, 1, "the Quds Force's power to coordinate its partners", (IRAN,)
    )
    iran_commander: Floats = _column(
        "share", 0, 1, "stature of whoever leads the network, of that of General Soleimani"
    )
    iran_grip: Floats = _column("share", 0, 1, "how far the militias heed Tehran", (MILITIA,))
    iran_ready: Floats = _column(
        "share", 0, 1, "how far Iran's missile forces are made ready", (IRAN,)
    )
    iran_nuclear: Floats = _column("steps", 0, 12, "steps away from the nuclear agreement")
    iran_dead: Floats = _column("people", 0, 100_000, "Iranians killed")

    # The militias
    mil_rockets: Floats = _column("rockets", 0, 5_000, "rockets and mortar bombs", (MILITIA,))
    mil_fighters: Floats = _column("people", 0, 50_000, "fighters under arms", (MILITIA,))
    mil_leaders: Floats = _column("share", 0, 1, "leadership left, of that of December 2019")
    mil_standing: Floats = _column("share", 0, 1, "standing on the street and in parliament")
    mil_concealment: Floats = _column(
        "share", 0, 1, "how well men and depots are hidden", (MILITIA,)
    )
    mil_favour: Floats = _column(
        "share", 0, 1, "Tehran's favour, on which supplies depend", (IRAN, MILITIA)
    )
    mil_guidance: Floats = _column(
        "-1, 0 or 1", -1, 1, "Tehran's last word: hold back, free hand, strike", (IRAN, MILITIA)
    )
    mil_ready: Floats = _column(
        "share", 0, 1, "how far the militias' launchers and men are made ready", (MILITIA,)
    )
    mil_effort: Floats = _column(
        "share", 0, 1, "how hard the militias' factions drive their campaign of attacks", NOBODY
    )
    mil_truce: Floats = _column("days", 0, 999, "the day of a declared truce, from 1; 0 is none")
    mil_facade: Floats = _column("share", 0, 1, "how far a facade name is known and believed")
    militia_dead: Floats = _column("people", 0, 100_000, "militiamen killed")

    # Iraq
    iraq_authority: Floats = _column("share", 0, 1, "how far the government is obeyed")
    iraq_forces: Floats = _column("share", 0, 1, "strength and loyalty of the state's own forces")
    iraq_guard: Floats = _column("share", 0, 1, "guard on bases and the Green Zone")
    iraq_momentum: Floats = _column("share", 0, 1, "parliament's momentum to expel foreign forces")
    iraq_lean: Floats = _column("share", 0, 1, "from Washington (0) to Tehran (1)")
    iraq_unrest: Floats = _column("share", 0, 1, "protest in the streets")
    iraq_caretaker: Floats = _column("0 or 1", 0, 1, "the government acts only as caretaker")
    iraq_cabinet: Floats = _column("share", 0, 1, "how far parties have agreed on a new government")
    iraq_resolution: Floats = _column("0 or 1", 0, 1, "a nonbinding resolution has passed")
    iraq_order_days: Floats = _column(
        "days", 0, 999, "days until a binding order to leave falls due; 0 is none given"
    )
    iraq_chain: Floats = _column("share", 0, 1, "militias folded into the chain of command")
    iraq_detained: Floats = _column("people", 0, 5_000, "militiamen in custody")
    iraqi_dead: Floats = _column("people", 0, 100_000, "Iraqi soldiers and police killed")
    civilians_dead: Floats = _column("people", 0, 100_000, "civilians killed")

    # The crisis
    brink: Floats = _column("share", 0, 1, "how near the crisis is to slipping out of all hands")
    attacks: Floats = _column(
        "attacks",
        0,
        100_000,
        "attacks on Americans and partners so far, the time before turn 1 included",
    )
    outlook: Floats = _column(
        "attacks expected", 0, 100_000, "attacks so far, and at the end those of the weeks to come"
    )
    quiet_days: Floats = _column("days", 0, 999, "days since the last attack on Americans")
    rung: Floats = _column("rung", 0, 10, "highest rung of the last turn")
    highest_rung: Floats = _column(
        "rung", 0, 10, "highest rung so far, the time before turn 1 included"
    )

    # Minds, for every ordered pair
    kept: Floats = _pair("count", 0, 1_000, "alpha: weight of the lines and deals j kept, as i saw")
    broken: Floats = _pair(
        "count", 0, 1_000, "beta: … of the lines it let pass and the deals it broke"
    )
    anger: Floats = _pair("share", 0, 1, "i's anger at j")
    line: Floats = _pair("rung", 0, 11, "the rung that i warned j not to reach; 11 is none")
    assurance: Floats = _pair("share", 0, 1, "i's belief that j spares it if it behaves")
    stake: Floats = _pair("share", 0, 1, "how far i bound itself to that line in public")
    private_stake: Floats = _pair("share", 0, 1, "… and in private, toward j alone")
    debt: Floats = _pair("rung", 0, 10, "the highest crossing by j that i has not answered")
    debt_days: Floats = _pair("days", 0, 999, "days that i has left to answer j")
    channel: Floats = _pair("0 or 1", 0, 1, "i can pass a private message to j")
    offer: Floats = _pair("number of a message", 0, 40, "the deal that i has offered j; 0 is none")
    offer_days: Floats = _pair("days", 0, 999, "days that this offer still stands")
    deal: Floats = _pair(
        "number of a message", 0, 40, "the deal in force between i and j; 0 is none"
    )
    deal_days: Floats = _pair("days", 0, 999, "days that this deal has left")
    deal_known: Floats = _pair("0 or 1", 0, 1, "everybody has learnt of this deal")

    suspicion: Floats = _array()
    """(4 seats, 4 causes, B): each seat's probabilities over who did the last attack."""
    culprit: NDArray[np.int8] = _array()
    """(B,) hidden from all: the `Cause` of the last attack; -1 when there was none."""
    debt_cause: NDArray[np.int8] = _array()
    """(B,) hidden from all: the `Cause` of the attack for which Washington holds the militias
    to account; -1 when there is none."""
    last_deed: NDArray[np.int8] = _array()
    """(4, B) what each seat did in the turn before; 0 before the first."""
    last_fresh: Floats = _array()
    """(4, B) how fresh that was, from 0 to 1: less where the turn before had seen the same."""
    last_word: NDArray[np.int8] = _array()
    """(4, B) what each seat said in the turn before; 0 before the first."""
    theory: NDArray[np.int8] = _array()
    """(B,) hidden from all: which of the rulebook's theories holds in this game."""
    agenda: NDArray[np.int8] = _array()
    """(4, B) which of its agendas each seat follows; each sees its own."""
    estimates: Floats = _array()
    """(4 seats, 10, B): what each seat takes the columns of `ESTIMATED` to be."""

    @property
    def games(self) -> int:
        """B, the number of games in the batch."""
        return int(self.key.shape[0])

    def copy(self) -> "State":
        """A State that shares no memory with this one."""
        arrays: dict[str, Any] = {name: getattr(self, name).copy() for name in array_names()}
        return State(turn=self.turn, **arrays)

    def take(self, games: NDArray[np.intp] | slice) -> "State":
        """The chosen games, in the order given, as a State of its own."""
        arrays: dict[str, Any] = {
            name: chosen(getattr(self, name), games) for name in array_names()
        }
        return State(turn=self.turn, **arrays)


def chosen(array: NDArray[Any], games: NDArray[np.intp] | slice) -> NDArray[Any]:
    """(…, n) the chosen games of a (…, B) array, as an array of its own."""
    return array[..., games].copy() if isinstance(games, slice) else array.take(games, axis=-1)


COLUMNS: dict[str, ColumnSpec] = {
    f.name: f.metadata["spec"] for f in fields(State) if "spec" in f.metadata
}
PAIR_COLUMNS: dict[str, ColumnSpec] = {
    f.name: f.metadata["pair"] for f in fields(State) if "pair" in f.metadata
}
ESTIMATED: tuple[str, ...] = (
    "us_protection",
    "iran_network",
    "iran_grip",
    "mil_rockets",
    "mil_fighters",
    "mil_concealment",
    "iran_missiles",
    "iran_ready",
    "mil_ready",
    "mil_effort",
)
"""Hidden columns of which every seat keeps an estimate; the order of `estimates`."""
DRAWN: tuple[str, ...] = ("theory", "agenda")
"""Arrays that are drawn when a game opens and stay as they are: they follow from its key and its
setting, so that digests and journals do without them.
"""
AGREED = ("offer", "offer_days", "deal", "deal_days", "deal_known")
"""Columns over pairs that only the two seats' own messages open and close."""
NO_LINE = 11.0
READY = {US: "us_ready", IRAN: "iran_ready", MILITIA: "mil_ready"}
"""The column with the readiness of each seat that has forces for a heavy deed."""


def blank(games: int) -> State:
    """A State of zeros for `games` games: what a scenario's opening is written into."""
    arrays: dict[str, Any] = {name: np.zeros(games, np.float32) for name in COLUMNS} | {
        name: np.zeros((4, 4, games), np.float32) for name in PAIR_COLUMNS
    }
    arrays["line"][:] = NO_LINE
    arrays["assurance"][:] = 0.5
    return State(
        turn=0,
        key=np.zeros(games, np.uint64),
        ending=np.zeros(games, np.int8),
        ended_turn=np.zeros(games, np.int16),
        suspicion=np.full((4, len(Cause), games), 1 / len(Cause), np.float32),
        culprit=np.full(games, -1, np.int8),
        debt_cause=np.full(games, -1, np.int8),
        last_deed=np.zeros((4, games), np.int8),
        last_fresh=np.ones((4, games), np.float32),
        last_word=np.zeros((4, games), np.int8),
        theory=np.zeros(games, np.int8),
        agenda=np.zeros((4, games), np.int8),
        estimates=np.zeros((4, len(ESTIMATED), games), np.float32),
        **arrays,
    )


def credibility(kept: Floats, broken: Floats) -> Floats:
    """Alpha / (alpha + beta): the belief that somebody answers when its line is crossed."""
    believed: Floats = kept / (kept + broken + np.float32(1e-6))
    return believed


@cache
def array_names() -> tuple[str, ...]:
    """Every array of a State in declared order: what a comparison must cover."""
    return tuple(f.name for f in fields(State) if f.name != "turn")


@cache
def changing_names() -> tuple[str, ...]:
    """The arrays but those that are `DRAWN`, in declared order: what a digest covers."""
    return tuple(name for name in array_names() if name not in DRAWN)
