"""The contract of a player: inherit `PlayerContract`, say who plays, and it is held to all of it.

class TestPlanner(PlayerContract):
    of = Planner
    players = tuple(("planner", seat) for seat in SEATS)
"""

from typing import Any, ClassVar

import numpy as np

from game.players.base import Choice, Dice, Options, Player, assemble, decide, options
from game.players.library import player
from game.rules.legal import refusals
from game.rules.luck import PlayerDraw
from game.rules.observe import observe
from game.rules.orders import PARTS
from game.rules.resolve import resolve
from game.rules.seats import Seat
from game.rules.setting import Setting
from game.rules.state import Floats
from tests.common import SCENARIOS, Moment, difference, lock, random_film, scenario, setting
from tests.properties.anything import any_state, told_otherwise, without_looking


class OnlyDraws:
    """Dice that give nothing but draws: who asks for the key that they come from is a cheat."""

    def __init__(self, dice: Dice) -> None:
        self._Dice__dice = dice

    def draw(self, group: PlayerDraw) -> Floats:
        return self._Dice__dice.draw(group)


class PlayerContract:
    """What every player owes, whoever it is."""

    of: ClassVar[type]
    """The class that is held to the contract."""
    players: ClassVar[tuple[tuple[str, Seat], ...]]
    """Their names, with the seats that they play."""
    scenarios: ClassVar[tuple[str, ...]] = SCENARIOS
    """Where they are tried; fewer for those who think long."""
    games: ClassVar[int] = 48
    turns: ClassVar[slice] = slice(None)
    """Which turns of them."""
    plans_with_its_key: ClassVar[bool] = False
    """Whether it may make luck of its own from the key of its dice."""

    def make(self, name: str, seat: Seat, scenario_id: str) -> Player:
        """The player; override it for one that is not in the library."""
        return player(name, seat, scenario(scenario_id))

    def moments(self, scenario_id: str) -> list[Moment]:
        """Moments of random play, some of whose games are over."""
        return random_film(scenario_id, self.games)[:-1][self.turns]

    @property
    def spans(self) -> tuple[slice, ...]:
        """How the batches are cut."""
        last = self.games
        return (slice(0, 1), slice(last - 1, last), slice(0, 7), slice(5, last))

    def ask(self, somebody: Player, rules: Setting, moment: Moment, seat: Seat) -> Choice:
        return decide(somebody, rules, *moment, seat)

    def test_is_what_it_says(self, name: str, seat: Seat) -> None:
        somebody = self.make(name, seat, self.scenarios[0])
        assert isinstance(somebody, self.of)
        assert somebody.name == name

    def test_orders_are_legal_always(self, name: str, seat: Seat, scenario_id: str) -> None:
        rules, somebody = setting(scenario_id), self.make(name, seat, scenario_id)
        for moment in self.moments(scenario_id):
            choice = self.ask(somebody, rules, moment, seat)
            orders = assemble({seat: choice}, moment.state.games)
            assert refusals(rules, moment.state, orders) == []
        for seed in range(3):
            turn = seed % rules.turns
            state = any_state(rules, np.random.default_rng(seed), self.games, turn)
            choice = self.ask(somebody, rules, Moment(state, None), seat)
            assert refusals(rules, state, assemble({seat: choice}, self.games)) == []

    def test_orders_have_the_shape_and_type_of_orders(self, name: str, seat: Seat) -> None:
        somebody, moment = (
            self.make(name, seat, self.scenarios[0]),
            self.moments(self.scenarios[0])[-1],
        )
        choice = self.ask(somebody, setting(self.scenarios[0]), moment, seat)
        for part in PARTS:
            array = getattr(choice, part)
            assert array.shape == (self.games,), part
            assert np.issubdtype(array.dtype, np.integer), part

    def test_the_same_dice_give_the_same_orders(self, name: str, seat: Seat) -> None:
        for scenario_id in self.scenarios:
            rules, moments = setting(scenario_id), self.moments(scenario_id)
            first, second = (self.make(name, seat, scenario_id) for _ in range(2))
            told = [self.ask(first, rules, moment, seat) for moment in moments]
            # Asked in another order, and twice: nothing is remembered.
            again = [self.ask(second, rules, moment, seat) for moment in reversed(moments)][::-1]
            assert not difference(told, again)
            assert not difference(told[-1:], [self.ask(first, rules, moments[-1], seat)])

    def test_the_cut_of_the_batch_does_not_matter(
        self, name: str, seat: Seat, scenario_id: str
    ) -> None:
        rules, somebody = setting(scenario_id), self.make(name, seat, scenario_id)
        for moment in self.moments(scenario_id):
            whole = self.ask(somebody, rules, moment, seat)
            for games in self.spans:
                outcome = None if moment.outcome is None else moment.outcome.take(games)
                part = Moment(moment.state.take(games), outcome)
                found = difference(whole, self.ask(somebody, rules, part, seat), games)
                assert not found, f"turn {moment.state.turn + 1}, games {games}: {found}"

    def test_never_peeks(self, name: str, seat: Seat, scenario_id: str) -> None:
        """Its orders rest on observation, options and draws, and not on the draws' key."""
        rules, somebody = setting(scenario_id), self.make(name, seat, scenario_id)
        for moment in self.moments(scenario_id):
            luck = np.random.default_rng(moment.state.turn)
            choice = self.ask(somebody, rules, moment, seat)
            state = without_looking(moment.state, seat, luck, same_luck=True)
            outcome = moment.outcome and told_otherwise(rules, moment.outcome, seat, luck)
            found = difference(choice, self.ask(somebody, rules, Moment(state, outcome), seat))
            assert not found, f"turn {moment.state.turn + 1}: {found}"
            seen = observe(rules, *moment, seat)
            if self.plans_with_its_key:
                continue
            dice: Any = OnlyDraws(Dice.of(moment.state, seat))
            blind = somebody.decide(rules, seen, options(rules, moment.state, seat), dice)
            assert not difference(choice, blind)

    def test_changes_nothing_that_it_is_given(self, name: str, seat: Seat) -> None:
        rules, somebody = setting(self.scenarios[0]), self.make(name, seat, self.scenarios[0])
        for moment in self.moments(self.scenarios[0]):
            seen = observe(rules, *moment, seat)
            may: Options = options(rules, moment.state, seat)
            lock((seen, may))
            dice = Dice.of(moment.state, seat)
            somebody.decide(rules, seen, may, dice)

    def test_plays_on_where_games_have_ended(self, name: str, seat: Seat) -> None:
        """Ended games get orders too, which nobody looks at; the others are not disturbed."""
        rules, somebody = setting("the_article"), self.make(name, seat, "the_article")
        whole = random_film("the_article", 512)[-2]
        over, on = (np.flatnonzero(whole.state.ending > 0), np.flatnonzero(whole.state.ending == 0))
        some = np.concatenate([over[:4], on[: self.games]])
        moment = Moment(whole.state.take(some), whole.outcome.take(some))
        choice = self.ask(somebody, rules, moment, seat)
        after, _ = resolve(rules, moment.state, assemble({seat: choice}, moment.state.games))
        over = moment.state.ending > 0
        assert not difference(moment.state.take(over).anger, after.take(over).anger)
        on = np.flatnonzero(~over)
        part = Moment(moment.state.take(on), moment.outcome.take(on))
        assert not difference(choice, self.ask(somebody, rules, part, seat), on)
