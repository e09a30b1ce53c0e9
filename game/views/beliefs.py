"""What each seat believed against what was true: who did it, and how much there was of what it
could not see.
"""

from typing import NamedTuple

from game.rules.outcome import Source
from game.rules.seats import SEATS, Cause, Seat
from game.rules.state import COLUMNS, ESTIMATED

from .played import PlayedGame, Turn
from .situation import LABELS

_CALLED = {"mil_effort": "How hard the militias drive their campaign"}
"""Columns whose share itself is called otherwise than what the game shows of it."""


class Suspected(NamedTuple):
    """One seat's judgement after one attack that nobody signed."""

    shares: tuple[float, ...]
    """By `Cause`, 0 to 1."""

    @property
    def first(self) -> Cause:
        """The cause that it thought likeliest."""
        return Cause(max(range(len(self.shares)), key=lambda cause: self.shares[cause]))


class Fired(NamedTuple):
    """Who in truth stood behind an unsigned attack, and where it fell, or the worst of several."""

    cause: Cause
    site: str


class AttackJudged(NamedTuple):
    """A turn with an unsigned attack: the truth, and what each seat made of it."""

    turn: int
    """From 1."""
    truth: Cause
    suspected: dict[Seat, Suspected]
    fired: tuple[Fired, ...] = ()
    """All unsigned attacks of the turn; the first is the gravest, the one that was judged."""

    def on_truth(self, seat: Seat) -> float:
        """The share that a seat gave to what was true."""
        return self.suspected[seat].shares[self.truth]


def attacks_judged(game: PlayedGame) -> list[AttackJudged]:
    """Every turn whose worst attack was unsigned: a seat's own evidence exists only then."""
    found = []
    for turn in game.turns:
        if (turn.outcome.signal[:, 0] < 0).all():
            continue
        suspected = {
            seat: Suspected(tuple(float(share) for share in turn.after.suspicion[seat, :, 0]))
            for seat in SEATS
        }
        truth = Cause(int(turn.after.culprit[0]))
        found.append(AttackJudged(turn.number, truth, suspected, fired(game, turn, truth)))
    return found


def fired(game: PlayedGame, turn: Turn, judged: Cause) -> tuple[Fired, ...]:
    """Who fired in a turn without signing, whoever was `judged` first."""
    setting, outcome = game.scenario.setting, turn.outcome
    signed = setting.tables.signed[Seat.IRAN][int(outcome.orders.deed[Seat.IRAN, 0])] > 0
    unsigned_iran = not signed and outcome.fire_rounds[Source.IRAN, 0] > 0
    by_tehran = bool(outcome.asked[0] > 0)
    if not unsigned_iran and judged in (Cause.TEHRAN, Cause.MILITIA):
        by_tehran = judged is Cause.TEHRAN
    causes = {
        Source.MILITIA: Cause.TEHRAN if by_tehran else Cause.MILITIA,
        Source.SPLINTER: Cause.SPLINTER,
        Source.THIRD_PARTY: Cause.THIRD_PARTY,
        Source.IRAN: Cause.TEHRAN,
    }
    found = [
        Fired(cause, setting.rulebook.sites[int(outcome.fire_site[source, 0])].name)
        for source, cause in causes.items()
        if outcome.fire_rounds[source, 0] > 0 and (source is not Source.IRAN or unsigned_iran)
    ]
    return tuple(sorted(found, key=lambda one: one.cause is not judged))


class EstimateRow(NamedTuple):
    """One seat's estimates of one hidden figure over the game."""

    seat: Seat
    column: str
    label: str
    unit: str
    truth: tuple[float, ...]
    """Before the first turn and after every one."""
    taken_for: tuple[float, ...]
    """What the seat took it for."""

    @property
    def mean_error(self) -> float:
        """The mean of |estimate - truth| over the turns, as a share of the mean truth."""
        total = sum(abs(a - b) for a, b in zip(self.truth, self.taken_for, strict=True))
        mean = sum(self.truth)
        return total / mean if mean else 0.0


def estimates(game: PlayedGame) -> list[EstimateRow]:
    """Every figure that a seat could only estimate."""
    return [
        EstimateRow(
            seat=seat,
            column=column,
            label=_CALLED.get(column) or LABELS[column],
            unit=COLUMNS[column].unit,
            truth=tuple(float(getattr(moment, column)[0]) for moment in game.moments),
            taken_for=tuple(float(moment.estimates[seat, k, 0]) for moment in game.moments),
        )
        for seat in SEATS
        for k, column in enumerate(ESTIMATED)
        if seat not in COLUMNS[column].seen_by
    ]
