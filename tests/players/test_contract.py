"""Every player keeps the contract; no class of players is left out."""

import importlib
import inspect
import pkgutil

import numpy as np
import pytest

import game.futures
import game.players
from game.content.doctrine import PEOPLE
from game.futures.cast import PLANNER, cast
from game.futures.plan import Planner
from game.players.base import Choice, Dice, Options, Player, holding_choice
from game.players.doctrine import DoctrinePlayer
from game.players.library import HISTORY, UNIFORM
from game.players.scripted import Scripted
from game.players.uniform import Uniform
from game.rules.observe import Observation
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from tests.common import DOCTRINES, PLAYERS, scenario
from tests.players.contract import PlayerContract


class TestUniform(PlayerContract):
    of = Uniform
    players = tuple((UNIFORM, seat) for seat in SEATS)


class TestScripted(PlayerContract):
    of = Scripted
    players = tuple((HISTORY, seat) for seat in SEATS)


class TestDoctrines(PlayerContract):
    of = DoctrinePlayer
    players = tuple(DOCTRINES.items())


class TestPeople(PlayerContract):
    """Doctrines, as people choose."""

    of = DoctrinePlayer
    players = tuple((PEOPLE + name, seat) for name, seat in DOCTRINES.items())
    scenarios = ("turn_zero", "the_article")


class TestPlanner(PlayerContract):
    of = Planner
    players = tuple((f"{PLANNER}-novice", seat) for seat in SEATS)
    scenarios = ("turn_zero", "the_article")
    games = 9
    turns = slice(1, 8, 3)
    plans_with_its_key = True

    def make(self, name: str, seat: Seat, scenario_id: str) -> Player:
        return cast(scenario(scenario_id), {seat: name})[seat]


def player_classes() -> set[type]:
    """Every class of the game that can decide, but for the protocol itself."""
    found = set()
    rooms = [game.players, game.futures]
    for module in (
        m for room in rooms for m in pkgutil.walk_packages(room.__path__, room.__name__ + ".")
    ):
        for _, cls in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            own = cls.__module__.startswith("game.")
            if own and cls is not Player and callable(getattr(cls, "decide", None)):
                found.add(cls)
    return found


def test_every_player_has_a_contract() -> None:
    held = {contract.of for contract in PlayerContract.__subclasses__()}
    missing = player_classes() - held
    assert not missing, f"inherit PlayerContract, as above, for {missing}"


def test_every_name_in_the_library_is_held_to_one() -> None:
    held = {pair for contract in PlayerContract.__subclasses__() for pair in contract.players}
    missing = set(PLAYERS) - held
    assert not missing, f"name them in a contract: {missing}"


# --- the contract can be broken


class Cheat:
    """A player that breaks what it is told to break."""

    name = "cheat"

    def __init__(self, how: str) -> None:
        self.how = how
        self.asked = 0

    def decide(
        self, setting: Setting, observation: Observation, legal: Options, dice: Dice
    ) -> Choice:
        games = observation.anger.shape[1]
        choice = holding_choice(games)
        self.asked += 1
        match self.how:
            case "illegal":
                choice.deed += len(legal.deed)
            case "by its key":
                choice.word[:] = dice.keys % np.uint64(2) * np.uint64(setting.rulebook.word("deny"))
            case "by the batch":
                choice.whisper_to += games % 2
            case "from memory":
                choice.site += self.asked
            case "in place":
                observation.anger += 1
            case "a wrong shape":
                choice.deed = choice.deed[:1]
            case "another's secrets":
                suspicion = observation.suspicion.base[Seat.US, 0]
                choice.deed[:] = suspicion > suspicion.mean()
        return choice


class CheatContract(PlayerContract):
    of = Cheat

    players = ()

    def __init__(self, how: str) -> None:
        self.how = how

    def make(self, name: str, seat: Seat, scenario_id: str) -> Player:
        del name, seat, scenario_id
        return Cheat(self.how)


@pytest.mark.parametrize(
    ("how", "test", "more"),
    [
        ("illegal", "test_orders_are_legal_always", ("the_article",)),
        ("by its key", "test_never_peeks", ("the_article",)),
        ("by the batch", "test_the_cut_of_the_batch_does_not_matter", ("the_article",)),
        ("from memory", "test_the_same_dice_give_the_same_orders", ()),
        ("in place", "test_changes_nothing_that_it_is_given", ()),
        ("a wrong shape", "test_orders_have_the_shape_and_type_of_orders", ()),
        ("another's secrets", "test_never_peeks", ("the_article",)),
    ],
)
def test_a_cheat_is_noticed(how: str, test: str, more: tuple[str, ...]) -> None:
    contract = CheatContract(how)
    with pytest.raises((AssertionError, AttributeError, ValueError)):
        getattr(contract, test)("cheat", Seat.MILITIA, *more)


def test_an_honest_player_breaks_nothing() -> None:
    contract = CheatContract("not at all")
    contract.test_orders_are_legal_always("cheat", Seat.MILITIA, "the_article")
    contract.test_never_peeks("cheat", Seat.MILITIA, "the_article")
