"""States that need not be reachable, and changes to what one seat cannot know.

What a seat may know is told here once more, apart from the code that is tested: of the state by the
specs of its columns, of an outcome by `LEARNT`. An array that is told of in neither is refused, so
that nobody can add one without saying who sees it.
"""

from collections.abc import Callable
from dataclasses import fields

import numpy as np

from game.content.load import load_rulebook
from game.rules.endings import Ending
from game.rules.outcome import Outcome, Source
from game.rules.rulebook import NO_SEAT
from game.rules.seats import SEATS, Cause, Seat
from game.rules.setting import Setting
from game.rules.state import (
    AGREED,
    COLUMNS,
    ESTIMATED,
    PAIR_COLUMNS,
    ColumnSpec,
    State,
    array_names,
)
from tests.common import unlocked
from tests.invariants import is_whole

Luck = np.random.Generator
EVERYBODY, NOBODY = tuple(SEATS), ()
IRAN_AND_MILITIA = (Seat.IRAN, Seat.MILITIA)

PUBLIC_PAIRS = ("line", "stake", "debt", "debt_days")
PRIVATE_PAIRS = ("private_stake", *AGREED)
"""Arrays over pairs that everybody sees, and that only the two of a pair see; of the others, each
seat sees its own row."""
OTHER_ARRAYS: dict[str, tuple[Seat, ...] | str] = {
    "key": NOBODY,
    "ending": EVERYBODY,
    "ended_turn": EVERYBODY,
    "suspicion": "own row",
    "culprit": NOBODY,
    "debt_cause": NOBODY,
    "last_deed": "own row",
    "last_fresh": "own row",
    "last_word": "own row",
    "theory": NOBODY,
    "agenda": "own row",
    "estimates": "own row",
}
LEARNT: dict[str, tuple[Seat, ...] | str] = {
    "turn": EVERYBODY,
    "orders": "orders",
    "deed_site": "orders",
    **dict.fromkeys(("fire_attacks", "fire_rounds", "fire_hits", "fire_site"), "by source"),
    **dict.fromkeys(("fire_us_killed", "fire_coalition_killed"), "by source"),
    **dict.fromkeys(("fire_iraqi_killed", "fire_rung"), "by source"),
    "fire_us_wounded": NOBODY,
    "strike_militia_killed": EVERYBODY,
    "strike_rockets": (Seat.MILITIA,),
    "strike_leaders": NOBODY,
    "strike_iraqi_killed": EVERYBODY,
    "strike_civilians_killed": EVERYBODY,
    "warned": NOBODY,
    "leaked": (Seat.MILITIA,),
    "tip_off_known": (Seat.MILITIA,),
    "asked": IRAN_AND_MILITIA,
    "shirked": NOBODY,
    "caught": IRAN_AND_MILITIA,
    **dict.fromkeys(("protest", "discredited", "revised", "detained", "released"), EVERYBODY),
    **dict.fromkeys(("show_of_force", "vote_failed", "cabinet_formed", "finding"), EVERYBODY),
    **dict.fromkeys(("aired", "right_answer", "wrong_answer"), EVERYBODY),
    **dict.fromkeys(("deal_code", "deal_signed", "deal_kept", "breach"), "own row and column"),
    "deal_leaked": EVERYBODY,
    "signal": "own row",
    "revealed": "own row",
    "harm": NOBODY,
    **dict.fromkeys(("blow", "crossed", "answered", "lapsed", "promptness"), EVERYBODY),
    **dict.fromkeys(("attacks", "us_killed", "us_wounded_reported", "rung", "ending"), EVERYBODY),
}
"""Who learns what of an Outcome. Of "by source", a seat learns what was fired, but not by whom."""

UNSIGNED: list[list[int]] = [
    [index for index, deed in enumerate(deeds) if not deed.signed]
    for deeds in load_rulebook().deeds
]
"""By seat: the deeds that it does not do in the open."""

_RANDOM: dict[type, Callable[[Luck, tuple[int, ...]], np.ndarray]] = {
    np.bool_: lambda luck, shape: luck.random(shape) < 0.5,
    np.float32: lambda luck, shape: luck.integers(0, 50, shape).astype(np.float32),
    np.intp: lambda luck, shape: luck.integers(-1, len(Cause), shape),
}


def values(spec: ColumnSpec, whole: bool, luck: Luck, shape: tuple[int, ...]) -> np.ndarray:
    """Random values of a column's range, its two ends among them."""
    drawn = luck.uniform(spec.low, spec.high, shape)
    ends = luck.choice([spec.low, spec.high], shape)
    drawn = np.where(luck.random(shape) < 0.1, ends, drawn)
    drawn = np.floor(drawn) if whole else drawn
    return np.clip(drawn.astype(np.float32), np.float32(spec.low), np.float32(spec.high))


def _shares(luck: Luck, shape: tuple[int, ...]) -> np.ndarray:
    weights = luck.random(shape) + 0.01
    return (weights / weights.sum(axis=-2, keepdims=True)).astype(np.float32)


def any_state(setting: Setting, luck: Luck, games: int, turn: int) -> State:
    """Games in states within all ranges that play need never lead to."""
    keys = luck.integers(0, 2**64, games, dtype=np.uint64)
    state = unlocked(setting.open_games(keys))
    state.turn = turn
    for name, spec in COLUMNS.items():
        getattr(state, name)[:] = values(spec, is_whole(name), luck, (games,))
    # Sums are cut at the end of their range: leave room to add.
    for name in ("us_dead", "us_wounded", "us_wounded_unreported", "coalition_dead", "attacks"):
        getattr(state, name)[:] = np.floor(getattr(state, name) / 4)
    np.maximum(state.highest_rung, state.rung, out=state.highest_rung)
    words = len(setting.rulebook.words)
    state.us_claim[:] = luck.integers(0, words, games)
    for name in ("kept", "broken"):
        getattr(state, name)[:] = luck.uniform(0, 40, (4, 4, games))
    state.anger[:] = luck.random((4, 4, games))
    state.assurance[:] = luck.random((4, 4, games))
    state.line[:] = luck.choice([2, 3, 4, 5, 6, 7, 8, 9, 11], (4, 4, games))
    state.stake[:] = luck.random((4, 4, games))
    state.private_stake[:] = luck.random((4, 4, games))
    state.debt[:] = luck.integers(0, 11, (4, 4, games)) * (luck.random((4, 4, games)) < 0.3)
    state.debt_days[:] = luck.integers(1, 40, (4, 4, games)) * (state.debt > 0)
    state.channel[:] = luck.random((4, 4, games)) < 0.7
    _deals(setting, state, luck)
    for seat in SEATS:
        for name in ("anger", "debt", "debt_days", "stake", "private_stake"):
            getattr(state, name)[seat, seat] = 0
        state.line[seat, seat] = 11
    state.suspicion[:] = _shares(luck, state.suspicion.shape)
    state.culprit[:] = luck.integers(-1, len(Cause), games)
    state.debt_cause[:] = luck.integers(-1, len(Cause), games)
    for seat, deeds in zip(SEATS, setting.rulebook.deeds, strict=True):
        state.last_deed[seat] = luck.integers(0, len(deeds), games)
    state.last_fresh[:] = luck.random((4, games))
    state.last_word[:] = luck.integers(0, words, (4, games))
    state.theory[:] = luck.integers(0, len(setting.rulebook.theories), games)
    for seat, agendas in zip(SEATS, setting.rulebook.agendas, strict=True):
        state.agenda[seat] = luck.integers(0, len(agendas), games)
    for k, name in enumerate(ESTIMATED):
        state.estimates[:, k] = values(COLUMNS[name], False, luck, (4, games))
    over = luck.random(games) < 0.1
    state.ending[:] = over * luck.integers(1, len(Ending), games)
    state.ended_turn[:] = over * luck.integers(1, turn + 1, games) if turn else 0
    state.ending[:] *= state.ended_turn > 0
    return state


def _deals(setting: Setting, state: State, luck: Luck) -> None:
    """Offers, and deals in force between some two; a deal is the same both ways."""
    for i, j in setting.tables.deal_pairs:
        codes = [c for c, w in enumerate(setting.rulebook.whispers) if w.deal and (i, j) in w.links]
        stage = luck.integers(0, 4, state.games)  # nothing, one offer, both, a deal
        for pair, offers in (((i, j), stage % 3 > 0), ((j, i), stage == 2)):
            state.offer[pair] = luck.choice(codes, state.games) * (offers & (stage < 3))
            state.offer_days[pair] = luck.integers(1, 30, state.games) * (state.offer[pair] > 0)
        deal, days = luck.choice(codes, state.games), luck.integers(1, 60, state.games)
        known = luck.random(state.games) < 0.3
        for pair in ((i, j), (j, i)):
            state.deal[pair] = deal * (stage == 3)
            state.deal_days[pair] = days * (stage == 3)
            state.deal_known[pair] = known & (stage == 3)


def hidden_arrays(seat: Seat) -> list[str]:
    """The arrays of a State of which the seat may not know everything."""
    columns = [name for name, spec in COLUMNS.items() if seat not in spec.seen_by]
    rows = [name for name in PAIR_COLUMNS if name not in PUBLIC_PAIRS]
    others = [n for n, who in OTHER_ARRAYS.items() if who == "own row" or seat not in who]
    return columns + rows + others


def without_looking(state: State, seat: Seat, luck: Luck, *, same_luck: bool = False) -> State:
    """The same games with other values in all that the seat cannot know.

    Args:
        state: B games.
        seat: whose knowledge is left as it is.
        luck: for the new values.
        same_luck: leave the games' keys, which a player's own dice come from.
    """
    strangers = set(array_names()) - set(COLUMNS) - set(PAIR_COLUMNS) - set(OTHER_ARRAYS)
    assert not strangers, f"say in tests/properties/anything.py who sees {strangers}"
    other, games = unlocked(state), state.games
    for name, spec in COLUMNS.items():
        if seat not in spec.seen_by:
            getattr(other, name)[:] = values(spec, is_whole(name), luck, (games,))
    rivals = list(seat.rivals)
    for name, spec in PAIR_COLUMNS.items():
        if name in PRIVATE_PAIRS:
            cells = np.ix_(rivals, rivals)
            getattr(other, name)[cells] = values(spec, False, luck, (3, 3, games))
        elif name not in PUBLIC_PAIRS:
            getattr(other, name)[rivals] = values(spec, False, luck, (3, 4, games))
    other.suspicion[rivals] = _shares(luck, (3, 4, games))
    other.estimates[rivals] = luck.random((3, len(ESTIMATED), games)) * 100
    for k, name in enumerate(ESTIMATED):
        if seat in COLUMNS[name].seen_by:  # it has no use for an estimate of what it sees
            other.estimates[seat, k] = luck.random(games) * 100
    other.culprit[:] = luck.integers(-1, len(Cause), games)
    other.debt_cause[:] = luck.integers(-1, len(Cause), games)
    for rival in rivals:  # of what was done unsigned, nobody knows what it was
        done = np.isin(state.last_deed[rival], UNSIGNED[rival])
        others = luck.choice(UNSIGNED[rival] or [0], games)
        other.last_deed[rival] = np.where(done, others, state.last_deed[rival])
    other.last_fresh[rivals] = luck.random((3, games))
    other.last_word[rivals] = luck.integers(0, int(state.last_word.max()) + 1, (3, games))
    other.theory[:] = luck.integers(0, int(state.theory.max()) + 1, games)
    most = state.agenda.max(axis=1, keepdims=True) + 1
    other.agenda[rivals] = luck.integers(0, most, (4, games))[rivals]
    if not same_luck:
        other.key[:] = luck.integers(0, 2**64, games, dtype=np.uint64)
    return other


def told_otherwise(setting: Setting, outcome: Outcome, seat: Seat, luck: Luck) -> Outcome:
    """The same turn as far as the seat can know of it, and another one beyond that."""
    strangers = {f.name for f in fields(Outcome)} ^ set(LEARNT)
    assert not strangers, f"say in tests/properties/anything.py who learns {strangers}"
    other, rivals = unlocked(outcome), list(seat.rivals)
    for name, who in LEARNT.items():
        array = getattr(other, name)
        if who == "own row":
            array[rivals] = _RANDOM[array.dtype.type](luck, array[rivals].shape)
        elif who == "own row and column":
            cells = np.ix_(rivals, rivals)
            drawn = _RANDOM[array.dtype.type](luck, array[cells].shape)
            told = other.deal_leaked[cells] & (name == "deal_code")
            array[cells] = np.where(told, array[cells], drawn)
        elif isinstance(who, tuple) and seat not in who:
            array[:] = _RANDOM[array.dtype.type](luck, array.shape)
    for game in range(other.orders.games):
        _shuffle_sources(setting, other, seat, luck, game)
        for rival in rivals:
            _order_otherwise(setting, other, seat, rival, luck, game)
    orders = other.orders
    orders.site[rivals] = luck.integers(-1, len(setting.rulebook.sites), orders.site[rivals].shape)
    orders.forecast = np.full((4, 4, orders.games), np.nan, np.float32)
    orders.forecast[rivals] = luck.random((3, 4, orders.games))
    return other


def _shuffle_sources(setting: Setting, outcome: Outcome, seat: Seat, luck: Luck, game: int) -> None:
    """Exchanges the fire whose origin the seat does not know among those who may have fired."""
    iran = setting.rulebook.deeds[Seat.IRAN][outcome.orders.deed[Seat.IRAN, game]]
    known = {Seat.MILITIA: {Source.MILITIA}, Seat.IRAN: {Source.IRAN}}.get(seat, set())
    if iran.visibility == "public":
        known = known | {Source.IRAN}
    unknown = [source for source in Source if source not in known]
    shuffled = luck.permutation(unknown)
    for name, who in LEARNT.items():
        if who == "by source":
            array = getattr(outcome, name)
            array[unknown, game] = array[shuffled, game]


def unseen(setting: Setting, seat: Seat) -> list[int]:
    """A seat's deeds that nobody else sees it do; what it fires unsigned is seen apart."""
    return [
        index
        for index, deed in enumerate(setting.rulebook.deeds[seat])
        if deed.visibility == "covert" or (deed.visibility == "deniable" and deed.fire is not None)
    ]


def _order_otherwise(
    setting: Setting, outcome: Outcome, seat: Seat, rival: Seat, luck: Luck, game: int
) -> None:
    """Exchanges a rival's unseen deed for another, and what it whispered to a third seat."""
    orders, book = outcome.orders, setting.rulebook
    if (hidden := unseen(setting, rival)) and orders.deed[rival, game] in hidden:
        orders.deed[rival, game] = luck.choice(hidden)
        outcome.deed_site[rival, game] = luck.integers(-1, len(book.sites))
    if orders.whisper_to[rival, game] != seat:
        messages = [(0, NO_SEAT)] + [
            (index, int(to))
            for index, whisper in enumerate(book.whispers)
            for by, to in whisper.links
            if by is rival and to is not seat
        ]
        whisper, to = messages[luck.integers(len(messages))]
        orders.whisper[rival, game], orders.whisper_to[rival, game] = whisper, to
