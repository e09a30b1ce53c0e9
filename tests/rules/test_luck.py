"""All chance: uniform, independent, stateless, and the same for good."""

from itertools import combinations

import numpy as np
import pytest

from game.rules.luck import (
    ESTIMATE_STREAM,
    Draw,
    PlayerDraw,
    draw,
    estimate_draws,
    game_keys,
    imagined_keys,
    player_draw,
    seat_keys,
    slot_constants,
)
from game.rules.seats import Seat
from tests.support import SEATS

KEYS = game_keys(2020, range(50_000))
GROUPS = [slot for slot in Draw if Draw.FIRE_ROUNDS <= slot < Draw.SPLINTER]
SLOTS = range(64)

PINNED_KEYS = [6791897765849424158, 17405687883870564846, 834844254806117752]
PINNED_DRAWS = {
    (0, Draw.CAMPAIGN): [0.2769216299057007, 0.39437299966812134],
    (0, Draw.SPLINTER): [0.38512563705444336, 0.9152365326881409],
    (0, Draw.WAR): [0.7937350869178772, 0.06145983934402466],
    (11, Draw.CAMPAIGN): [0.8162859082221985, 0.4228399991989136],
    (11, Draw.SPLINTER): [0.4539741277694702, 0.5077594518661499],
    (11, Draw.WAR): [0.4997931122779846, 0.15229660272598267],
}
PINNED_PLAYER = [0.28457558155059814, 0.8837724328041077]
PINNED_ESTIMATES = {
    (0, 0, 0): [0.9825592041015625, 0.0567169189453125],
    (3, 6, 0): [0.03277587890625, 0.638885498046875],
    (1, 2, 11): [0.741119384765625, 0.2823333740234375],
}
"""By seat, column and turn."""
PINNED_SLOTS = {
    "CAMPAIGN": 0,
    "CAMPAIGN_SITE": 1,
    "REVEALED": 2,
    "AIRED": 3,
    "FIRE_ROUNDS": 4,
    "FIRE_HITS": 8,
    "FIRE_LETHAL": 12,
    "FIRE_TOLL": 16,
    "FIRE_WOUNDED": 20,
    "DEED_SITE": 24,
    "SIGNAL": 28,
    "MISREAD": 32,
    "DEAL_LEAKED": 36,
    "SPLINTER": 40,
    "THIRD_PARTY": 41,
    "PROTEST": 42,
    "DISCREDIT": 43,
    "MONITOR": 44,
    "LOUD": 45,
    "NOTICE_PASSED": 46,
    "NOTICE_LEAKED": 47,
    "TIP_OFF": 48,
    "TIP_OFF_LEAKED": 49,
    "STRIKE_LUCK": 50,
    "COLLATERAL": 51,
    "CIVILIANS": 52,
    "ARRESTS": 53,
    "SPLINTER_SITE": 54,
    "THIRD_PARTY_SITE": 55,
    "PROOF": 56,
    "INVESTIGATION": 57,
    "SHOW_OF_FORCE": 58,
    "VOTE": 59,
    "REPORTING": 60,
    "WAR": 61,
    "PROLOGUE": 62,
    "QUARRELS": 63,
}

# ---------------------------------------------------------------- the definition, in whole numbers

GOLDEN = 0x9E3779B97F4A7C15
MASK = 2**64 - 1


def split_mix(z: int) -> int:
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def by_hand(seed: int, game: int, turn: int, slot: int, stream: int = 1) -> float:
    key = split_mix(((game + 1) * GOLDEN + split_mix((seed + GOLDEN) & MASK)) & MASK)
    counter = ((stream << 48) + (turn << 16) + 1 + slot) * GOLDEN
    return (split_mix((key + split_mix(counter & MASK)) & MASK) >> 40) / 2**24


def test_draws_follow_their_definition() -> None:
    """A draw is the top 24 bits of SplitMix64, of the game's key and the slot's constant."""
    for seed, game, turn, slot in (
        (1, 0, 0, 0),
        (1, 1, 11, 61),
        (2020, 4711, 5, 33),
        (-7, 3, 2, 59),
    ):
        drawn = draw(game_keys(seed, range(game, game + 1)), turn, slot)
        assert drawn.tolist() == [by_hand(seed, game, turn, slot)]


def test_a_seats_luck_follows_its_definition() -> None:
    """A seat's key folds two SplitMix64 numbers into one, so that there is no way back; its draws
    are SplitMix64 again, of the second stream."""
    keys = game_keys(8, range(6, 7))
    game = int(keys[0])
    one, other = (
        split_mix((game + split_mix(((5 << 48) + 1 + slot) * GOLDEN & MASK)) & MASK)
        for slot in (4, 5)
    )
    mine = seat_keys(keys, Seat.MILITIA)
    assert mine.tolist() == [one ^ other]
    slot = split_mix(((2 << 48) + (4 << 16) + 1 + PlayerDraw.WHISPER) * GOLDEN & MASK)
    bits = split_mix((int(mine[0]) + slot) & MASK) >> 40
    assert player_draw(mine, 4, PlayerDraw.WHISPER).tolist() == [bits / 2**24]


def errors_of_estimates(keys: np.ndarray, turn: int) -> np.ndarray:
    """(4 seats, 12, len(keys))."""
    slots = slot_constants(ESTIMATE_STREAM, turn)
    return np.array([estimate_draws(keys, slots, seat) for seat in SEATS])


def test_errors_of_estimates_follow_their_definition() -> None:
    """Sixteen bits of SplitMix64 for each seat and column: three constants of the fourth stream
    for each seat give four of them each."""
    drawn = errors_of_estimates(game_keys(2020, range(4711, 4712)), 5)
    key = split_mix((4712 * GOLDEN + split_mix((2020 + GOLDEN) & MASK)) & MASK)
    by_definition = []
    for slot in (0, 1, 8, 2, 3, 9, 4, 5, 10, 6, 7, 11):
        counter = ((4 << 48) + (5 << 16) + 1 + slot) * GOLDEN
        bits = split_mix((key + split_mix(counter & MASK)) & MASK)
        by_definition += [(bits >> shift & 0xFFFF) / 2**16 for shift in (0, 16, 32, 48)]
    assert drawn.shape == (4, 12, 1)
    assert drawn.reshape(-1).tolist() == by_definition


def chi_square(values: np.ndarray, cells: int) -> float:
    counts = np.bincount((values * cells).astype(np.intp), minlength=cells)
    expected = values.size / cells
    return float(((counts - expected) ** 2 / expected).sum())


def test_keys_never_change() -> None:
    """A seed's games have had the same luck since the first release, and will have."""
    assert game_keys(1, range(3)).tolist() == PINNED_KEYS


def test_draws_never_change() -> None:
    """Nor will any draw: replays and published seeds stand on it."""
    keys = game_keys(1, range(2))
    for (turn, slot), values in PINNED_DRAWS.items():
        assert draw(keys, turn, slot).tolist() == values
    assert player_draw(seat_keys(keys, Seat.US), 0, PlayerDraw.DEED).tolist() == PINNED_PLAYER


def test_errors_of_estimates_never_change() -> None:
    """What a seat misjudges in a published game, it misjudged in the first release."""
    keys = game_keys(1, range(2))
    for (seat, column, turn), values in PINNED_ESTIMATES.items():
        assert errors_of_estimates(keys, turn)[seat, column].tolist() == values


def test_slots_keep_their_numbers() -> None:
    """A slot keeps its number for good; a group of four reaches to the next one."""
    assert {slot.name for slot in Draw} == PINNED_SLOTS.keys()
    assert {slot.name: int(slot) for slot in Draw if slot.name in PINNED_SLOTS} == PINNED_SLOTS
    taken = [int(slot) + member for slot in GROUPS for member in range(4)]
    taken += [int(slot) for slot in Draw if slot not in GROUPS]
    assert len(taken) == len(set(taken))
    assert max(taken) < 64


@pytest.mark.parametrize("slot", [*Draw])
def test_draws_are_uniform(slot: Draw) -> None:
    """Over many games, every slot fills a hundred cells evenly (chi-square, 99 degrees: 99.99%)."""
    values = draw(KEYS, 3, slot)
    assert values.dtype == np.float32
    assert values.min() >= 0
    assert values.max() < 1
    assert chi_square(values, 100) < 161


def test_successive_seeds_and_turns_are_uniform() -> None:
    """One game over many turns, and one game of many seeds, are uniform too."""
    key = KEYS[:1]
    over_turns = np.concatenate([draw(key, turn, Draw.SPLINTER) for turn in range(5_000)])
    assert chi_square(over_turns, 50) < 97  # 49 degrees: 99.99%
    seeds = np.concatenate([game_keys(seed, range(1)) for seed in range(5_000)])
    assert chi_square(draw(seeds, 0, Draw.SPLINTER), 50) < 97


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    return float(np.corrcoef(a, b)[0, 1])


def test_games_turns_and_slots_are_independent() -> None:
    """Neighbours in any direction tell nothing of each other."""
    bound = 4.5 / np.sqrt(KEYS.size)
    slots = np.array([draw(KEYS, 3, slot) for slot in SLOTS])
    matrix = np.corrcoef(slots)
    np.fill_diagonal(matrix, 0)
    assert np.abs(matrix).max() < bound
    here = draw(KEYS, 3, Draw.VOTE)
    assert abs(correlation(here[:-1], here[1:])) < bound  # the next game
    for turn in (2, 4, 14):
        assert abs(correlation(here, draw(KEYS, turn, Draw.VOTE))) < bound
    for seed in (2019, 2021):
        other = draw(game_keys(seed, range(KEYS.size)), 3, Draw.VOTE)
        assert abs(correlation(here, other)) < bound
    player = player_draw(seat_keys(KEYS, Seat.US), 3, PlayerDraw.DEED)
    assert abs(correlation(player, draw(KEYS, 3, 0))) < bound


def test_pairs_fill_the_square() -> None:
    """Two slots together fill the square evenly, not only each by itself."""
    one, other = draw(KEYS, 3, Draw.FIRE_HITS), draw(KEYS, 3, Draw.FIRE_LETHAL)
    cells = (one * 10).astype(np.intp) * 10 + (other * 10).astype(np.intp)
    counts = np.bincount(cells, minlength=100)
    assert ((counts - 500) ** 2 / 500).sum() < 161


def test_errors_of_estimates_are_independent() -> None:
    """No seat's error in any column tells of another one, of another turn's, or of any draw: two
    together fill the square evenly, three the cube."""
    keys = KEYS[:20_000]
    errors = errors_of_estimates(keys, 3).reshape(48, -1)
    assert errors.min() >= 0
    assert errors.max() < 1
    others = np.array([draw(keys, 3, slot) for slot in SLOTS])
    everything = np.concatenate([errors, errors_of_estimates(keys, 4).reshape(48, -1), others])
    matrix = np.corrcoef(everything)
    np.fill_diagonal(matrix, 0)
    assert np.abs(matrix).max() < 5 / np.sqrt(keys.size)
    cell = (errors * 8).astype(np.intp)
    expected = keys.size / 8**3
    for error in errors:
        assert chi_square(error, 100) < 161
    for one, other in combinations(range(48), 2):
        together = (cell[one] * 8 + cell[other]) * 8
        for third in range(other + 1, 32):
            counts = np.bincount(together + cell[third], minlength=8**3)
            assert ((counts - expected) ** 2 / expected).sum() < 713  # 511 degrees: 1 in 10**8


def test_a_draw_is_stateless() -> None:
    """A draw is the same however often it is asked for, in whatever order and company."""
    alone = [draw(KEYS[k : k + 1], 7, Draw.WAR)[0] for k in (0, 17, 49_999)]
    together = draw(KEYS, 7, Draw.WAR)
    assert alone == together[[0, 17, 49_999]].tolist()
    draw(KEYS, 1, Draw.PROTEST)
    assert (draw(KEYS, 7, Draw.WAR) == together).all()
    assert (draw(KEYS[::-1].copy(), 7, Draw.WAR)[::-1] == together).all()


def test_drawing_leaves_the_keys_alone() -> None:
    """The games' keys are what they were."""
    keys = game_keys(5, range(100))
    copy = keys.copy()
    draw(keys, 0, Draw.VOTE)
    draw(keys, 0, Draw.SIGNAL + np.zeros(100, np.intp))
    assert (keys == copy).all()


def test_groups_are_slots_side_by_side() -> None:
    """The member of a group is the slot as many places on, whatever the other games ask for."""
    keys, member = KEYS[:100], np.arange(100) % 4
    grouped = draw(keys, 2, Draw.FIRE_TOLL + member)
    for k in range(4):
        single = draw(keys, 2, Draw.FIRE_TOLL + k)
        assert (grouped[member == k] == single[member == k]).all()
    table = draw(keys, 2, Draw.FIRE_TOLL + np.arange(4)[:, None])
    assert table.shape == (4, 100)
    assert (table[member, np.arange(100)] == grouped).all()


def test_players_have_luck_of_their_own() -> None:
    """No player's draw is another's, another part's, or the referee's."""
    keys = KEYS[:1000]
    streams = [player_draw(seat_keys(keys, seat), 0, what) for what in PlayerDraw for seat in SEATS]
    streams += [draw(keys, 0, slot) for slot in SLOTS]
    for k, one in enumerate(streams):
        for other in streams[k + 1 :]:
            assert (one == other).sum() <= 1


def test_game_keys_belong_to_the_game() -> None:
    """Game k of a seed has one key, in whatever company it is asked for; no two games share one."""
    assert game_keys(9, range(10, 12)).tolist() == game_keys(9, range(20))[10:12].tolist()
    assert game_keys(9, np.array([11, 3])).tolist() == game_keys(9, range(12))[[11, 3]].tolist()
    many = np.concatenate([game_keys(seed, range(20_000)) for seed in range(10)])
    assert np.unique(many).size == many.size
    assert game_keys(9, range(0)).size == 0


def test_any_integer_is_a_seed() -> None:
    """Negative and huge seeds are taken by their low 64 bits."""
    assert game_keys(-1, range(2)).tolist() == game_keys(2**64 - 1, range(2)).tolist()
    assert game_keys(2**64, range(2)).tolist() == game_keys(0, range(2)).tolist()
    assert game_keys(0, range(1)) != game_keys(1, range(1))


def test_imagined_games_have_luck_of_their_own() -> None:
    """What a planner imagines tells nothing of what will be drawn, and is the same in any
    company."""
    keys = KEYS[:2000]
    imagined = imagined_keys(keys, 3, 4)
    assert imagined.shape == (4, 2000)
    everything = np.concatenate([keys, imagined.reshape(-1), imagined_keys(keys, 4, 4).reshape(-1)])
    assert np.unique(everything).size == everything.size
    assert (imagined_keys(keys[7:9], 3, 2) == imagined[:2, 7:9]).all()
    real = draw(keys, 3, Draw.WAR)
    for thought in imagined:
        assert abs(correlation(real, draw(thought, 3, Draw.WAR))) < 4.5 / np.sqrt(2000)
