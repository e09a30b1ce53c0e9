"""What one seat may see. Everything a player or a screen is shown goes through here.

A column that a seat does not see exactly is replaced by its estimate, or left out. Changing
anything hidden from a seat changes no bit of its Observation.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .dread import dread
from .occasions import stances
from .outcome import Outcome, Source
from .seats import SEATS, Seat
from .setting import Setting
from .state import COLUMNS, ESTIMATED, READY, Codes, Floats, State, credibility

UNSEEN = -1


@dataclass(slots=True)
class Observation:
    """B games as one seat sees them before it gives orders."""

    seat: Seat
    turn: int
    """Turns played so far."""
    days: int
    """Length of the coming turn."""
    columns: dict[str, Floats]
    """What the seat takes each column to be: the truth where it sees it, else its estimate."""
    exact: frozenset[str]
    """The columns among them that it sees exactly."""
    anger: Floats
    """(4, B) its anger at each seat."""
    credibility: Floats
    """(4, B) its belief that each seat answers when its line is crossed."""
    kept: Floats
    """(4, B) the record behind that belief: the weight of lines and deals that each seat kept, …"""
    broken: Floats
    """(4, B) … and let pass or broke, as it saw it."""
    assurance: Floats
    """(4, B) its belief that each seat spares it if it behaves."""
    fear: Floats
    """(4, B) `dread` times what that seat can do to it, as far as it knows."""
    stance: Floats
    """(4, B) 1 where a seat stood firm in the open in the turn before, -1 where it gave way."""
    line: Floats
    """(4, 4, B) lines declared by i toward j: public."""
    stake: Floats
    """(4, 4, B) what i staked on that line, in public or, toward or by this seat, in private."""
    debt: Floats
    """(4, 4, B) the highest crossing by j that i has not answered yet: public."""
    debt_days: Floats
    """(4, 4, B) days that are left to answer it."""
    channel: Floats
    """(4, B) whom it can whisper to."""
    offer: Floats
    """(4, B) the deal that it has offered each seat, as the number of a whisper; 0 for none, …"""
    offer_days: Floats
    """(4, B) … and the days that the offer still stands."""
    offered: Floats
    """(4, B) the deal that each seat has offered it, …"""
    offered_days: Floats
    """(4, B) … and the days that the offer still stands."""
    deal: Floats
    """(4, B) the deal that it has in force with each seat, …"""
    deal_days: Floats
    """(4, B) … the days that it has left, …"""
    deal_known: Floats
    """(4, B) … and 1 where everybody has learnt of it."""
    agenda: NDArray[np.int8]
    """(B,) which of its agendas it follows."""
    suspicion: Floats
    """(4 causes, B) who did the last attack."""
    struck: Floats
    """(4, 4, B) rungs of last turn's blows as the world laid them at doors, [actor, victim]."""
    deed: Codes
    """(4, B) each seat's deed of last turn; -1 where it was not done in the open."""
    word: Codes
    """(4, B) each seat's word of last turn; 0 for what was said under another name."""
    whispered: Codes
    """(4, B) what each seat whispered to this one last turn; 0 for nothing."""
    attacks: Floats
    """(B,) attacks on Americans and partners last turn."""
    us_killed: Floats
    rung: Floats


def observe(setting: Setting, state: State, outcome: Outcome | None, seat: Seat) -> Observation:
    """The Observation of a seat before the coming turn.

    Args:
        setting: the scenario's rules.
        state: B games.
        outcome: of the turn before; None before the first.
        seat: who looks.
    """
    columns, exact = _columns(state, seat)
    kept, broken = state.kept[seat], state.broken[seat]
    believed = credibility(kept, broken)
    return Observation(
        seat=seat,
        turn=state.turn,
        days=setting.days[state.turn] if state.turn < setting.turns else 0,
        columns=columns,
        exact=exact,
        anger=state.anger[seat],
        credibility=believed,
        kept=kept,
        broken=broken,
        assurance=state.assurance[seat],
        fear=fear_of(setting, state, columns, seat, believed) * reach_on(setting, columns, seat),
        stance=np.stack(stances(setting.tables, state.last_deed.astype(np.intp))),
        line=state.line,
        stake=_stakes(state, seat),
        debt=state.debt,
        debt_days=state.debt_days,
        channel=state.channel[seat],
        offer=state.offer[seat],
        offer_days=state.offer_days[seat],
        offered=state.offer[:, seat],
        offered_days=state.offer_days[:, seat],
        deal=state.deal[seat],
        deal_days=state.deal_days[seat],
        deal_known=state.deal_known[seat],
        agenda=state.agenda[seat],
        suspicion=state.suspicion[seat],
        **_last_turn(setting, state, outcome, seat),
    )


def _columns(state: State, seat: Seat) -> tuple[dict[str, Floats], frozenset[str]]:
    exact = {name: getattr(state, name) for name, s in COLUMNS.items() if seat in s.seen_by}
    estimates = {
        name: state.estimates[seat, k] for k, name in enumerate(ESTIMATED) if name not in exact
    }
    return exact | estimates, frozenset(exact)


def _stakes(state: State, seat: Seat) -> Floats:
    """(4, 4, B) every public stake, and the private ones that the seat made or was told of."""
    stake = state.stake.copy()
    for rival in seat.rivals:
        for pair in ((seat, rival), (rival, seat)):
            stake[pair] = known_stake(state, pair)
    return stake


def known_stake(state: State, pair: tuple[Seat, Seat]) -> Floats:
    """(B,) what the pair's first staked on its line toward the second, as those two know it."""
    public = state.stake[pair]
    known: Floats = public + state.private_stake[pair] * (1 - public)
    return known


def fear_of(
    setting: Setting, state: State, columns: dict[str, Floats], seat: Seat, believed: Floats
) -> Floats:
    """(4, B) `dread` of each seat, by what the seat knows."""
    nothing = np.zeros_like(columns["us_troops"])
    fears = [
        dread(
            setting.tables.dread,
            believed[rival],
            state.assurance[seat, rival],
            columns[READY[rival]] if rival in READY else nothing,
            known_stake(state, (rival, seat)),
        )
        if rival is not seat
        else nothing
        for rival in SEATS
    ]
    return np.stack(fears)


def reach_on(setting: Setting, columns: dict[str, Floats], seat: Seat) -> Floats:
    """(4, B) what each seat can do to `seat`, 0 to 1, from the columns given."""
    nothing = np.zeros_like(columns["us_troops"])
    reach = [nothing for _ in SEATS]
    for row in setting.tables.reach:
        if row.on is seat:
            reach[row.of] = reach[row.of] + np.float32(row.base)
            for column, coefficient in row.columns.items():
                if column in columns:
                    part = columns[column] * np.float32(coefficient)
                    reach[row.of] = reach[row.of] + part
    return np.stack([np.minimum(np.maximum(each, 0), 1) for each in reach])


def _last_turn(
    setting: Setting, state: State, outcome: Outcome | None, seat: Seat
) -> dict[str, Any]:
    if outcome is None:
        games = state.games
        return {
            "struck": np.zeros((4, 4, games), np.float32),
            "deed": np.full((4, games), UNSEEN, np.intp),
            "word": np.zeros((4, games), np.intp),
            "whispered": np.zeros((4, games), np.intp),
            "attacks": np.zeros(games, np.float32),
            "us_killed": np.zeros(games, np.float32),
            "rung": np.zeros(games, np.float32),
        }
    orders, t = outcome.orders, setting.tables
    deeds = [
        deed if actor is seat else np.where(t.signed[actor].take(deed) > 0, deed, UNSEEN)
        for actor, deed in zip(SEATS, orders.deed, strict=True)
    ]
    # What is said under a name that nobody can place is heard from nobody.
    words = orders.word * (t.word.facade.take(orders.word) <= 0)
    words[seat] = orders.word[seat]
    return {
        "struck": outcome.blow,
        "deed": np.stack(deeds),
        "word": words,
        "whispered": orders.whisper * (orders.whisper_to == seat),
        "attacks": outcome.attacks,
        "us_killed": outcome.us_killed,
        "rung": outcome.rung,
    }


class Sighting(NamedTuple):
    """One attack on Americans or partners, as a seat sees it."""

    site: int
    attacks: int
    rounds: int
    hits: int
    us_killed: int
    coalition_killed: int
    iraqi_killed: int
    rung: int
    by: Source | None
    """Who fired, where this seat knows: its own men, or fire that was signed."""


def sightings(
    setting: Setting, outcome: Outcome, seat: Seat | None, game: int = 0
) -> list[Sighting]:
    """The attacks of one game's turn as a seat, or with None the public, sees them: gravest first;
    the order tells nothing of who fired.
    """
    own: Source | None = None
    if seat is not None:
        own = {Seat.MILITIA: Source.MILITIA, Seat.IRAN: Source.IRAN}.get(seat)
    iran_signed = setting.tables.signed[Seat.IRAN][outcome.orders.deed[Seat.IRAN, game]] > 0
    seen = []
    for source in Source:
        if outcome.fire_attacks[source, game] <= 0:
            continue
        known = source is own or (source is Source.IRAN and iran_signed)
        at = (source, game)
        seen.append(
            Sighting(
                site=int(outcome.fire_site[at]),
                attacks=int(outcome.fire_attacks[at]),
                rounds=int(outcome.fire_rounds[at]),
                hits=int(outcome.fire_hits[at]),
                us_killed=int(outcome.fire_us_killed[at]),
                coalition_killed=int(outcome.fire_coalition_killed[at]),
                iraqi_killed=int(outcome.fire_iraqi_killed[at]),
                rung=int(outcome.fire_rung[at]),
                by=source if known else None,
            )
        )
    return sorted(seen, key=_gravest_first)


def _gravest_first(seen: Sighting) -> tuple[int, ...]:
    """Compares everything that is seen, so that nothing unseen is left to decide the order."""
    known = -1 if seen.by is None else int(seen.by)
    return (-seen.rung, -seen.us_killed, -seen.rounds, *(-x for x in seen[:-1]), known)
