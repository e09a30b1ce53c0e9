"""Machine code, tapes and the rules' own code play the same games, to the bit."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from game.content.load import load_scenario
from game.content.scenario import Scenario
from game.engine import play as engine
from game.engine.code import CODE, FLOAT, WIDTH, Kind
from game.engine.games import Given, Played
from game.engine.layout import BEYOND, Group, rows
from game.engine.plain import Arrays, turn_by_turn
from game.engine.play import Way
from game.engine.taped import Taped
from game.players.base import Player, holding_choice, options
from game.players.library import HISTORY, UNIFORM, default_players, player
from game.rules.games import NEW
from game.rules.luck import game_keys
from game.rules.orders import PARTS
from game.rules.outcome import EMPTY
from game.rules.parameters import Parameters
from game.rules.resolve import PHASES
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import array_names
from tests.common import DOCTRINES, SCENARIOS, cast, difference, scenario, setting
from tests.futures.by_hand import go_on

EVERYTHING = (*array_names(), *(NEW.get(name, name) for name in EMPTY), *PARTS)
Players = Mapping[Seat, Player]
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def by_the_rules() -> Iterator[None]:
    """Each test says for itself when something else plays."""
    engine.use(Way.RULES)
    yield
    engine.use(Way.WHAT_PAYS)


@pytest.fixture
def compiler() -> None:
    pytest.importorskip("llvmlite", reason="the extra `fast` is not installed")


@pytest.fixture(params=[Way.TAPES, Way.MACHINE], ids=lambda way: way.name.lower())
def way(request: pytest.FixtureRequest) -> Way:
    """What is held against the rules' own code."""
    chosen: Way = request.param
    use(chosen)
    engine.use(Way.RULES)
    return chosen


def use(way: Way) -> None:
    """Goes on that way, if it can."""
    if way is Way.MACHINE:
        pytest.importorskip("llvmlite", reason="the extra `fast` is not installed")
    engine.use(way)


def differing(ours: Played, theirs: Played) -> list[str]:
    """The arrays in which two ways of playing differ."""
    names = [
        name for name in EVERYTHING if not np.array_equal(ours.array(name), theirs.array(name))
    ]
    names += [f"kept {k}" for k in theirs.kept if not np.array_equal(ours.kept[k], theirs.kept[k])]
    names += [] if np.array_equal(ours.scores, theirs.scores) else ["scores"]
    names += [] if np.array_equal(ours.digests, theirs.digests) else ["digests"]
    return names


def both_ways(way: Way, rules: Setting, players: Players, games: int, **asked: Any) -> list[str]:
    """Plays the same games by the rules' own code and another way; where the two differ."""
    keys = game_keys(asked.pop("seed", 3), range(games))
    plain = engine.play(rules, players, keys, **asked)
    engine.use(way)
    other = engine.play(rules, players, keys, **asked)
    engine.use(Way.RULES)
    assert isinstance(other, Taped) == (way is Way.TAPES)
    assert not isinstance(other, Arrays)
    return differing(other, plain)


# --- machine code and tapes against the rules' own code


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_to_the_bit(way: Way, name: str) -> None:
    """Every array after the last turn, what was kept of each turn, scores and digests."""
    keep = ("new_attacks", "ending", "deed", "blow", "suspicion", "signal", "warned")
    assert both_ways(way, setting(name), cast(name, "default"), 300, keep=keep) == []


@pytest.mark.parametrize(("name", "seat"), DOCTRINES.items())
def test_every_doctrine_to_the_bit(way: Way, name: str, seat: Seat) -> None:
    read = scenario("the_article")
    players = cast("the_article", "default") | {seat: player(name, seat, read)}
    assert both_ways(way, read.setting, players, 130) == []


def anything(read: Scenario, luck: np.random.Generator) -> Setting:
    """The scenario under parameters from half to one and a half times their own."""
    groups = {
        name: type(group)(*(value * luck.uniform(0.5, 1.5) for value in group))
        for name, group in read.setting.rulebook.parameters._asdict().items()
    }
    return read.setting.under(replace(read.setting.rulebook, parameters=Parameters(**groups)))


@pytest.mark.parametrize(
    ("way", "seed"),
    [*((Way.MACHINE, seed) for seed in range(12)), *((Way.TAPES, seed) for seed in range(4))],
    indirect=["way"],
)
def test_any_parameters_to_the_bit(way: Way, seed: int) -> None:
    """The numbers are given to the code: no other code is made for them."""
    read = load_scenario("the_article")
    rules = anything(read, np.random.default_rng(seed))
    seen = replace(read, setting=rules)
    assert both_ways(way, rules, default_players(seen), 200, seed=seed) == []


def test_a_phase_that_asks_for_the_theory_to_the_bit(
    way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each game is adjudicated by the numbers of its own theory."""

    def stirred(g: Any, t: Any, now: Any) -> None:
        for (some,) in g.only(g.fire_rounds[0] > 0):
            some.us_case = some.us_case * t.theory.anger_drives.take(some.theory)

    monkeypatch.setattr("game.rules.resolve.PHASES", (*PHASES, stirred))
    monkeypatch.setattr("game.engine.machine.kept", lambda _: None)
    monkeypatch.setattr("game.engine.machine.keep", lambda _, __: None)
    rules = load_scenario("the_article").setting
    first, *others = rules.rulebook.sites
    book = replace(rules.rulebook, sites=(replace(first, name="Here"), *others))  # no known code
    values = [theory.values._replace(anger_drives=0.5**k) for k, theory in enumerate(book.theories)]
    theories = zip(book.theories, values, strict=True)
    told = rules.under(replace(book, theories=tuple(replace(t, values=v) for t, v in theories)))
    assert both_ways(way, told, cast("the_article", "default"), 200) == []
    keys = game_keys(3, range(200))
    plain = [engine.play(made, cast("the_article", "default"), keys) for made in (rules, told)]
    assert (plain[0].array("us_case") != plain[1].array("us_case")).any()


@pytest.mark.parametrize("games", [64, 65, 79, 80, 81])
def test_groups_that_are_not_full(way: Way, games: int) -> None:
    assert both_ways(way, setting("turn_zero"), cast("turn_zero", "default"), games) == []


def test_games_that_end_early_stay_as_they_are(way: Way) -> None:
    """War and the other endings leave a game untouched for the rest of the calendar."""
    name = "autumn_to_summer"
    rules, keys = setting(name), game_keys(5, range(400))
    engine.use(way)
    played = engine.play(rules, cast(name, "default"), keys, keep=("ending", "attacks"))
    ending, attacks = played.kept["ending"], played.kept["attacks"]
    over = ending[:-1] > 0
    assert over.any()
    assert (ending[1:][over] == ending[:-1][over]).all()
    assert (attacks[1:][over] == attacks[:-1][over]).all()


def random_orders(rules: Setting, turns: int, games: int) -> Given:
    """Legal orders of random players, turn by turn, from games of their own."""
    given: dict[int, dict[Seat, Any]] = {}
    players = cast("the_article", UNIFORM)
    played = turn_by_turn(rules, players, game_keys(9, range(games)))
    for turn, (_, outcome) in zip(range(turns), played, strict=False):
        orders = outcome.orders
        given[turn] = {
            seat: type(holding_choice(1))(*(getattr(orders, part)[seat] for part in PARTS))
            for seat in SEATS
        }
    return given


def test_given_orders_to_the_bit(way: Way) -> None:
    """Orders of every kind, whatever a random player may legally order, in all games and turns."""
    rules = setting("the_article")
    given = random_orders(rules, rules.turns, 500)
    keep = tuple(name for name in EVERYTHING if name not in ("key", "ended_turn"))
    assert both_ways(way, rules, {}, 500, seed=9, given=given, keep=keep) == []


def test_orders_given_to_one_seat_in_one_turn(way: Way) -> None:
    """The others go on deciding for themselves."""
    rules, players = setting("the_article"), cast("the_article", "default")
    harden = holding_choice(1)
    harden.deed[:] = rules.rulebook.deed(Seat.US, "harden")
    given = {2: {Seat.US: harden}}
    assert both_ways(way, rules, players, 128, given=given, keep=("deed",)) == []


# --- what the engine is asked for


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("until", [0, 1, 3, 5, 12, 99])
def test_so_many_turns_are_played_and_no_more(until: int, way: Way) -> None:
    """Counted from the opening, and no further than the calendar goes; the same to the bit as the
    referee and the players one turn after the other.
    """
    use(way)
    rules, players = setting("the_article"), cast("the_article", "default")
    opened = rules.open_games(game_keys(2, range(70)))
    played = engine.play_on(rules, players, opened, None, until=until, keep=("new_rung",))
    by_hand = [(opened, None), *go_on(rules, players, (opened, None), until)]
    assert played.state.turn == min(until, rules.turns)
    assert len(played.kept["new_rung"]) == played.state.turn
    assert not difference(played.state, by_hand[-1][0])
    if until:
        assert not difference(played.outcome, by_hand[-1][1])
    if until == 5:
        rest = engine.play_on(rules, players, *by_hand[3], until=5)
        assert not difference(rest.state, played.state)
        assert not difference(rest.outcome, played.outcome)


@pytest.mark.parametrize("way", Way)
def test_nothing_happens_once_every_game_is_over(way: Way) -> None:
    use(way)
    rules, players = setting("turn_zero"), cast("turn_zero", "default")
    opened = rules.open_games(game_keys(2, range(96)))
    opened.ending[:] = 1 + np.arange(96) % 6
    played = engine.play_on(rules, players, opened, None, until=3)
    assert played.state.turn == 3
    for name in array_names():
        assert np.array_equal(getattr(played.state, name), getattr(opened, name)), name
    assert (played.outcome.orders.deed == 0).all()
    assert (played.outcome.rung == 0).all()


def test_who_waits_is_not_made_to_wait_for_tapes() -> None:
    """A few games that are asked for at once are played by the rules' own code, whatever is played
    otherwise; to the same bits.
    """
    rules, players = setting("the_article"), cast("the_article", "default")
    opened = rules.open_games(game_keys(2, range(96)))
    engine.use(Way.TAPES)
    at_once = engine.play_on(rules, players, opened, None, until=2, at_once=True)
    in_time = engine.play_on(rules, players, opened, None, until=2)
    assert isinstance(at_once, Arrays)
    assert isinstance(in_time, Taped)
    assert not difference(at_once.state, in_time.state)


def test_seats_without_a_player_hold() -> None:
    outcome = engine.play(setting("turn_zero"), {}, game_keys(1, range(4)), until=1).outcome
    assert (outcome.orders.deed == 0).all()
    assert (outcome.orders.word == 0).all()


@pytest.mark.parametrize("way", Way)
def test_a_seat_is_left_with_one_deed_for_one_turn(way: Way) -> None:
    """It does that deed, in the coming turn alone, and what it says goes with it."""
    use(way)
    rules, players = setting("the_article"), cast("the_article", "default")
    opened = rules.open_games(game_keys(4, range(160)))
    may = options(rules, opened, Seat.US).deed
    deed = np.arange(160) % len(may)
    deed = np.where(may[deed, np.arange(160)], deed, 0)
    played = engine.play_on(
        rules, players, opened, None, until=2, forced={Seat.US: deed}, keep=("deed", "word")
    )
    assert (played.kept["deed"][0, Seat.US] == deed).all()
    assert not (played.kept["deed"][1, Seat.US] == deed).all()
    engine.use(Way.RULES)
    again = engine.play_on(
        rules, players, opened, None, until=2, forced={Seat.US: deed}, keep=("deed", "word")
    )
    assert differing(played, again) == []


# --- who plays


def test_without_the_extra_numpy_plays(monkeypatch: pytest.MonkeyPatch) -> None:
    """A little of it by the rules' own code, at once; much by tapes, and all that comes after."""
    monkeypatch.setattr(engine, "find_spec", lambda name: None)
    assert not engine.use_compiled()
    engine.use(Way.WHAT_PAYS)
    rules, players, keys = (
        setting("turn_zero"),
        cast("turn_zero", "default"),
        game_keys(1, range(100)),
    )
    assert isinstance(engine.play(rules, players, keys), Arrays)
    engine.expect(10**9)
    played = engine.play(rules, players, keys)
    assert isinstance(played, Taped)
    assert played.state.turn == rules.turns
    assert isinstance(engine.play(rules, players, keys[:8]), Arrays)


def test_tapes_are_used_once_many_games_have_been_played(monkeypatch: pytest.MonkeyPatch) -> None:
    """However small the batches are that were asked for."""
    engine.use(Way.WHAT_PAYS)
    monkeypatch.setattr(engine._Engine, "played", 0)
    monkeypatch.setattr(engine, "WORTH_A_TAPE", 300)
    rules, players, keys = (
        setting("turn_zero"),
        cast("turn_zero", "default"),
        game_keys(1, range(64)),
    )
    ways = [type(engine.play(rules, players, keys, until=1)) for _ in range(6)]
    assert ways == [Arrays] * 4 + [Taped] * 2


@pytest.mark.usefixtures("compiler")
@pytest.mark.parametrize("name", ["the_article", "autumn_to_summer"])
def test_who_follows_no_doctrine_decides_for_itself_to_the_bit(name: str) -> None:
    """Scripts and random players, beside doctrines, in the place of one, and left with a deed;
    machine code plays all else.
    """
    read, keys = scenario(name), game_keys(4, range(130))
    rules, doctrines = read.setting, cast(name, "default")
    history = player(HISTORY, Seat.US, read)
    anybody = {seat: player(UNIFORM, seat, read) for seat in SEATS}
    mixed = {**doctrines, Seat.US: history, Seat.MILITIA: anybody[Seat.MILITIA]}
    harden = holding_choice(1)
    harden.deed[:] = rules.rulebook.deed(Seat.US, "harden")
    given = {1: {Seat.US: harden, Seat.IRAN: history}, 4: {Seat.IRAQ: anybody[Seat.IRAQ]}}
    opened = rules.open_games(keys)
    begun = [*go_on(rules, mixed, (opened, None), 2)][-1]
    left = {Seat.MILITIA: np.zeros(130, np.intp), Seat.IRAN: np.zeros(130, np.intp)}
    keep = tuple(name for name in EVERYTHING if name not in ("key", "ended_turn"))
    found = []
    for way in (Way.RULES, Way.MACHINE):
        engine.use(way)
        found.append(
            (
                engine.play(rules, anybody, keys, keep=keep),
                engine.play(rules, mixed, keys, given=given, keep=("deed", "attacks")),
                engine.play(rules, doctrines, keys, given=given, until=6),
                engine.play_on(rules, mixed, *begun, until=6, forced=left, keep=("deed",)),
                engine.play_on(rules, mixed, *begun, until=2, keep=("deed",)),
            )
        )
    for plain, ours in zip(*found, strict=True):
        assert isinstance(plain, Arrays)
        assert not isinstance(ours, Arrays)
        assert differing(ours, plain) == []


def test_threads_play_side_by_side(way: Way) -> None:
    """Threads that begin at once, in a process that has made nothing yet."""
    program = f"""
from concurrent.futures import ThreadPoolExecutor
from game.content.load import load_scenario
from game.engine import play as engine
from game.engine.code import CODE, FLOAT, WIDTH, Kind
from game.players.library import default_players
from game.rules.luck import game_keys

engine.use(engine.Way.{way.name})
read = load_scenario("turn_zero")

def digests(seed):
    keys = game_keys(seed, range(200))
    return engine.play(read.setting, default_players(read), keys).digests.tolist()

with ThreadPoolExecutor(4) as pool:
    together = list(pool.map(digests, range(8)))
assert together == [digests(seed) for seed in range(8)]
"""
    for _ in range(3 if way is Way.MACHINE else 1):
        subprocess.run([sys.executable, "-c", program], cwd=ROOT, timeout=120, check=True)


@pytest.mark.usefixtures("compiler")
@pytest.mark.parametrize("kind", [FLOAT, CODE], ids=lambda kind: kind.name)
@pytest.mark.parametrize("length", [1, 8, 9, 16, 17, 32, 33, 64, 65])
def test_a_table_of_any_length_is_read_alike_from_lanes_and_from_memory(
    kind: Kind, length: int, compiler: None
) -> None:
    from game.engine.assembly import Function, in_parts  # noqa: PLC0415 - the extra
    from game.engine.machine import call, machine  # noqa: PLC0415

    name, games = "anger" if kind is FLOAT else "done", 2 * WIDTH
    codes = np.arange(games) * 7 % length
    table = np.arange(5 + length, dtype=np.float32 if kind is FLOAT else np.int32) * 3
    padded = np.concatenate([table, np.zeros(BEYOND, table.dtype)])
    for picks in {lanes for lanes in (0, 8, 16) if lanes <= machine().picks}:
        group = Group(games)
        group.put("deed", np.stack([codes] * 4))
        code = Function("part", picks)
        index = code.read(CODE, rows()["deed"].first)
        found = code.look_up("float_tables", kind, 5, length, index)
        code.write(rows()[name].first, found)
        key = f"a table of {length} {kind.name} {picks}"
        address = machine().address(key, partial(in_parts, parts=[code]))
        call(address, group.groups, group.memory.ctypes.data, 0, 0, padded.ctypes.data, 0, 0, 0)
        read = group.get(name).reshape(-1, games)[0]
        np.testing.assert_array_equal(read, table[5:].take(codes))


@pytest.mark.parametrize("way", list(Way), ids=lambda way: way.name.lower())
def test_games_are_played_further_where_they_are_held(way: Way) -> None:
    name = "autumn_to_summer"  # in which some games end early
    rules, players, keys = setting(name), cast(name, "default"), game_keys(5, range(100))
    whole = engine.play(rules, players, keys, until=9)
    use(way)
    played = engine.play(rules, players, keys, until=2)
    assert played.state.turn == 2
    assert played.scores.shape == (4, 100)
    for until in (6, 6, 9):
        engine.go_on(rules, played, players, until=until)
    assert played.state.turn == 9
    assert differing(played, whole) == []
    engine.go_on(rules, played, players, until=1000)
    assert played.state.turn == rules.turns


def test_every_array_can_be_kept_turn_by_turn(way: Way) -> None:
    rules, players = setting("turn_zero"), cast("turn_zero", "default")
    assert both_ways(way, rules, players, 65, keep=EVERYTHING) == []
