"""How the seats answer each other: the best plan of every kind against given rivals, a player that
has learnt to read the board against them, and the same again once the rivals have adapted.
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

import numpy as np

from game.futures.plan import STRENGTHS, Planner
from game.rules.seats import SEATS, Seat
from game.rules.state import Floats

from .dull import Plan, Search
from .judging import Judged, judge
from .measure import Estimated, Goal, Measure
from .plans import Constant
from .readers import HEEDS, LESSONS, Hands, reader
from .sides import Side, Sides, all_along
from .situations import Moment, Valued, sample_moments, value_deeds
from .world import Values, World

ANSWER_LUCK, CHOICE_LUCK = 70_000, 71_000
Known = tuple[str, int]
"""The name of a hidden fact, and its code."""


class Study:
    """Everything that is found out about the seats against some rivals; each part once."""

    def __init__(self, world: World, sides: Sides) -> None:
        """`sides` are everybody's: a seat is studied against the other three."""
        self.world, self.sides = world, sides
        self._valued: dict[Seat, Valued] = {}
        self._judged: dict[Seat, Judged] = {}
        self._answers: dict[Seat, Answers] = {}

    @cached_property
    def moments(self) -> list[Moment]:
        """The decision situations."""
        return sample_moments(self.world, self.sides)

    def valued(self, seat: Seat) -> Valued:
        """What a seat's deeds are worth in them."""
        if seat not in self._valued:
            self._valued[seat] = value_deeds(self.world, self.sides, self.moments, seat)
        return self._valued[seat]

    def judged(self, seat: Seat) -> Judged:
        """What can be known of that."""
        if seat not in self._judged:
            self._judged[seat] = judge(self.valued(seat))
        return self._judged[seat]

    def answers(self, seat: Seat) -> "Answers":
        """How a seat can answer the others."""
        if seat not in self._answers:
            self._answers[seat] = Answers(self, seat)
        return self._answers[seat]

    def adapted(self) -> dict[Seat, Side]:
        """Every seat's best answer, among those that are played by machine code."""
        return {seat: self.answers(seat).best.side for seat in SEATS}


class Answers:
    """One seat's."""

    def __init__(self, study: Study, seat: Seat) -> None:
        self.study, self.seat = study, seat
        self._planned: dict[str, Values] = {}
        self._lessons: dict[Hands, Valued] = {}

    @cached_property
    def search(self) -> Search:
        """For plans that need no thought."""
        return Search(self.study.world, self.study.sides, self.seat)

    @cached_property
    def constant(self) -> Plan:
        """The best constant order."""
        return self.search.constant()

    @cached_property
    def memorised(self) -> Plan:
        """The best list of deeds."""
        return self.search.list_of_deeds()

    @cached_property
    def rule(self) -> Plan:
        """The best rule of one line."""
        return self.search.rule()

    @cached_property
    def reader(self) -> Plan:
        """Who has learnt to read the board."""
        return Plan("reader", self.hands)

    @cached_property
    def hands(self) -> Hands:
        """The reader's: its own doctrine's, taught for as long as that helps."""
        hands, mark = self._doctrine, self._trial(self._doctrine)
        for _ in range(LESSONS):
            better, taught = max(
                ((self._trial(side), side) for side in self.taught(hands)), key=lambda two: two[0]
            )
            if better <= mark:
                break
            hands, mark = taught, better
        return hands

    def taught(self, hands: Hands, known: Known | None = None) -> Iterator[Hands]:
        """What hands become by one more lesson: a reader for each of `HEEDS`. They may be told
        something that is hidden from the seat.
        """
        book, valued = self.study.world.setting.rulebook, self._lesson(hands)
        holds = None if known is None else valued.hidden[known[0]] == known[1]
        return (reader(valued, hands, book, heed, holds) for heed in HEEDS)

    def _lesson(self, hands: Hands) -> Valued:
        if hands not in self._lessons:
            world, sides = self.study.world, {**self.study.sides, self.seat: hands}
            own = sides == self.study.sides
            study = self.study if own else Study(world.with_games(world.effort.games // 2), sides)
            self._lessons[hands] = study.valued(self.seat)
        return self._lessons[hands]

    @property
    def _doctrine(self) -> Hands:
        world = self.study.world
        return (world.schools[self.seat][0],) * world.setting.turns

    def _trial(self, side: Side) -> float:
        games = self.study.world.effort.games // 2
        return float(self.marks(side, games, CHOICE_LUCK).mean())

    @cached_property
    def speaking_reader(self) -> Plan:
        """The same, saying what the best constant order says."""
        said = self.constant.side[0]
        if not isinstance(said, Constant):
            return self.reader
        side = tuple(Constant(hand, said.saying) for hand in self.hands)
        return Plan("reader, with the constant order's words", side)

    @cached_property
    def best(self) -> Plan:
        """The best that machine code plays: the reader, a list or a rule, or the side as it is."""
        own = Plan("as before", self.study.sides[self.seat])
        trials = [own, self.reader, self.memorised, self.rule]
        return max(trials, key=lambda plan: self._trial(plan.side))

    def planner(self, strength: str) -> Plan:
        """The planner, who imagines the scenario's own players whoever plays."""
        world = self.study.world
        rollout = {seat: world.schools[seat][0] for seat in SEATS}
        player = Planner(rollout, self.seat, strength)
        return Plan(player.name, all_along(world.setting, player))

    def marks(self, side: Side, games: int, luck: int = ANSWER_LUCK) -> Floats:
        """(games,) the seat's marks with a side of its own against the study's rivals."""
        sides = {**self.study.sides, self.seat: side}
        marks: Floats = self.study.world.marks(sides, luck, games)[self.seat]
        return marks

    def planned(self, strength: str) -> Values:
        """(planned games,) marks of the planner."""
        if strength not in self._planned:
            games = self.study.world.effort.planned
            marks = self.marks(self.planner(strength).side, games)
            self._planned[strength] = marks.astype(np.float64)
        return self._planned[strength]

    @cached_property
    def master(self) -> tuple[str, Values]:
        """The best player that there is, and its marks in the first of the games."""
        games, strongest = self.study.world.effort.games, list(STRENGTHS)[-1]
        found: dict[str, Values] = {
            plan.name: self.marks(plan.side, games).astype(np.float64)
            for plan in (self.reader, self.speaking_reader)
        }
        found[f"planner-{strongest}"] = self.planned(strongest)
        fewest = min(marks.size for marks in found.values())
        name = max(found, key=lambda name: float(found[name][:fewest].mean()))
        return name, found[name]

    def over(self, plan: Plan, other: Values) -> Estimated:
        """How far a plan's mean mark is above other marks, game by game with the same luck."""
        games = self.study.world.effort.games
        marks = self.marks(plan.side, games).astype(np.float64)[: other.size]
        return Estimated.mean(marks - other)


def dullness(answers: Answers) -> Iterator[Measure]:
    """The best constant order less the best player, and less the default doctrine."""
    plan, seat = answers.constant, answers.seat
    name, best = answers.master
    yield Measure(
        "dullness: constant over best player",
        seat,
        answers.over(plan, best),
        Goal(high=-3.0),
        f"{plan.name} over {name}",
    )
    own = answers.marks(answers.study.sides[seat], answers.study.world.effort.games)
    yield Measure(
        "dullness: constant over default doctrine",
        seat,
        answers.over(plan, own.astype(np.float64)),
        Goal(high=2.0),
        plan.name,
    )


def dull_plans(answers: Answers, rivals: str) -> Measure:
    """The best of all dull plans less the best player."""
    games = answers.study.world.effort.games
    plans = (answers.constant, answers.memorised, answers.rule)
    plan = max(plans, key=lambda plan: float(answers.marks(plan.side, games, CHOICE_LUCK).mean()))
    name, best = answers.master
    return Measure(
        f"dull plans, {rivals}",
        answers.seat,
        answers.over(plan, best),
        Goal(high=-3.0),
        f"{plan.name} over {name}",
    )


def skill(answers: Answers) -> Iterator[Measure]:
    """What each strength of the planner is worth over the one below."""
    names = list(STRENGTHS)
    for below, above in pairwise(names):
        yield Measure(
            f"skill: {above} over {below}",
            answers.seat,
            Estimated.mean(answers.planned(above) - answers.planned(below)),
            Goal(low=2.0),
        )


def replies(answers: Answers, number: int) -> Measure:
    """What a seat's best answer gains over what it did before."""
    games = answers.study.world.effort.games
    before = answers.marks(answers.study.sides[answers.seat], games).astype(np.float64)
    return Measure(
        f"answer, round {number}",
        answers.seat,
        answers.over(answers.best, before),
        note=answers.best.name,
    )
