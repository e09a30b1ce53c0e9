"""All the measures, one after the other, as they are found."""

from collections.abc import Callable, Collection, Iterator

from game.rules.seats import SEATS, Seat

from .adopted import shares_elsewhere
from .answers import Study, dull_plans, dullness, replies, skill
from .knowing import information
from .measure import Measure
from .reading import board_value, commonest, contingency, liveness, shares_best, stakes
from .saying import DeedsChosen, best_by_name, threats, value_whispers, value_words
from .telling import telling
from .whole import ENDING_LUCK, Ends, by_the_day, opposition, own_shares
from .world import World

Rows = Iterator[Measure]
Seats = Collection[Seat]
Tell = Callable[[str], None]


def _board(study: Study, seats: Seats) -> Rows:
    for seat in seats:
        yield from board_value(study.judged(seat))


def _stakes(study: Study, seats: Seats) -> Rows:
    for seat in seats:
        yield stakes(study.judged(seat))


def _own(study: Study, seats: Seats) -> Rows:
    yield from (row for row in own_shares(study.world) if row.seat in seats)


def _dull(study: Study, seats: Seats) -> Rows:
    for seat in seats:
        yield from dullness(study.answers(seat))


def _alive(study: Study, seats: Seats) -> Rows:
    world, sides, moments = study.world, study.sides, study.moments

    def rows(kind: str, seat: Seat, shares: dict[str, float]) -> Rows:
        return liveness(kind, seat, shares, shares_elsewhere(world.scenario.id, kind, seat))

    for seat in seats:
        judged = study.judged(seat)
        names = [deed.id for deed in world.setting.rulebook.deeds[seat]]
        share, legal = shares_best(judged)
        yield from rows(
            "deed", seat, {name: float(share[k]) for k, name in enumerate(names) if legal[k]}
        )
        yield commonest(judged, names)
        chosen = DeedsChosen(judged)
        words = value_words(world, sides, moments, seat, chosen)
        yield from rows("word", seat, best_by_name(*words))
        whispers = value_whispers(world, sides, moments, seat, chosen)
        yield from rows("whisper", seat, best_by_name(*whispers))


def _contingency(study: Study, seats: Seats) -> Rows:
    world = study.world
    people = Study(world, world.people)
    for seat in seats:
        if any(deed.strike for deed in world.setting.rulebook.deeds[seat]):
            yield from contingency(world, study.judged(seat))
            yield from contingency(world, people.judged(seat), ", as people choose")


def _signals(study: Study, seats: Seats) -> Rows:
    if Seat.US in seats:
        yield from threats(study.world, study.sides, study.moments, Seat.US)


def _information(study: Study, seats: Seats) -> Rows:
    for seat in seats:
        yield from information(study, seat)


def _worlds(study: Study, seats: Seats) -> Rows:
    for seat in seats:
        yield from telling(study.world, seat)


def _endings(study: Study, _seats: Seats) -> Rows:
    yield from Ends(study.world).rows()


def _opposition(study: Study, _seats: Seats) -> Rows:
    world = study.world
    yield opposition(world, world.marks(world.defaults, ENDING_LUCK, world.effort.games))


def _skill(study: Study, seats: Seats) -> Rows:
    for seat in seats:
        yield from skill(study.answers(seat))


def _day(study: Study, _seats: Seats) -> Rows:
    yield from by_the_day(study.world)


def _plans(study: Study, seats: Seats) -> Rows:
    rivals = "default rivals"
    for number in range(1, study.world.effort.rounds + 1):
        for seat in seats:
            yield dull_plans(study.answers(seat), rivals)
        for seat in seats:
            yield replies(study.answers(seat), number)
        if number < study.world.effort.rounds:
            rivals = "adapted rivals" + (f", round {number + 1}" if number > 1 else "")
            study = Study(study.world, study.adapted())


GROUPS: dict[str, Callable[[Study, Seats], Rows]] = {
    "board": _board,
    "stakes": _stakes,
    "own": _own,
    "dull": _dull,
    "alive": _alive,
    "contingency": _contingency,
    "signals": _signals,
    "information": _information,
    "worlds": _worlds,
    "endings": _endings,
    "opposition": _opposition,
    "skill": _skill,
    "day": _day,
    "plans": _plans,
}
"""What can be measured, by the names that `--only` takes."""


def measured(
    world: World, seats: Seats = SEATS, only: Collection[str] = (), tell: Tell = print
) -> Rows:
    """Every row of the table, as it is found.

    Args:
        world: what is measured.
        seats: whose rows.
        only: some of `GROUPS`; all where none is named.
        tell: is told what is measured next.
    """
    study = Study(world, world.defaults)
    for name, rows in GROUPS.items():
        if not only or name in only:
            tell(name)
            yield from rows(study, seats)
