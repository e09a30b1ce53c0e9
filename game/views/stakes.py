"""What is at stake now, in the few figures that never leave the screen: nearness of war, debts, the
dead, the seat's own score. Made of what the seat sees and of nothing else.
"""

import math
from typing import NamedTuple

import numpy as np

from game.rules.endings import Ending, parts_of
from game.rules.observe import Observation
from game.rules.rulebook import Rulebook
from game.rules.seats import PAIRS, Seat
from game.rules.setting import Setting
from game.rules.state import NO_LINE, State

from .names import CAPITALS, counted, rung_name, sentence
from .regard import Lapse

DEAD: tuple[tuple[Seat, str, tuple[str, ...]], ...] = (
    (Seat.US, "Americans and partners", ("us_dead", "coalition_dead")),
    (Seat.IRAQ, "Iraqis", ("militia_dead", "iraqi_dead", "civilians_dead")),
    (Seat.IRAN, "Iranians", ("iran_dead",)),
)
"""By whose mark the dead are told, what they are called, and where they are counted."""


class Debt(NamedTuple):
    """A crossed line that has not been answered yet."""

    debtor: Seat
    """Whose line it is: it owes an answer."""
    offender: Seat
    """Who crossed it."""
    rung: int
    days: int
    least: int = 1
    """The rung from which on an act against the offender is an answer."""

    @property
    def turns_note(self) -> str:
        """How long there is, in words."""
        return f"{counted(self.days, 'day')} left" if self.days else "due now"


class Dead(NamedTuple):
    """So many dead of one side since the game opened."""

    seat: Seat
    """By whose mark they are told."""
    name: str
    number: int


class Stakes(NamedTuple):
    """Everything on the strip but the clock."""

    rung: int
    """What the last turn reached."""
    highest: int
    """The highest since turn 1."""
    lines: tuple[tuple[int, Seat], ...]
    """Rungs that a seat has drawn a line at, each with the seat, lowest first."""
    war: int
    """Nearness of war, of 100."""
    war_before: int
    owed: tuple[Debt, ...]
    """Answers that the seat owes, the most pressing first."""
    due: tuple[Debt, ...]
    """Answers that others owe to what the seat did."""
    dead: tuple[Dead, ...]
    score: int
    moved: int
    """By how much the score moved in the last turn."""


def stakes(
    setting: Setting,
    now: Observation,
    before: Observation | None,
    highest: int,
    ending: Ending = Ending.NONE,
) -> Stakes:
    """The figures as a seat sees them.

    Args:
        setting: the scenario's rules and its opening, which everybody knows.
        now: what the seat sees.
        before: what it saw a turn ago; None before the second turn.
        highest: the highest rung of the turns played; 0 before the first.
        ending: how the game has ended.
    """
    score = running_score(setting, now, ending)
    old = score if before is None else running_score(setting, before)
    lines = {(int(now.line[i, j, 0]), i) for i, j in PAIRS if now.line[i, j, 0] < NO_LINE}
    war = _of_100(now.columns["brink"][0])
    return Stakes(
        rung=int(now.rung[0]),
        highest=highest,
        lines=tuple(sorted(lines)),
        war=war,
        war_before=war if before is None else _of_100(before.columns["brink"][0]),
        owed=_debts(setting.rulebook, now, own=True),
        due=_debts(setting.rulebook, now, own=False),
        dead=the_dead(setting.opening, now),
        score=round(score),
        moved=round(score) - round(old),
    )


def _of_100(share: float) -> int:
    return round(float(share) * 100)


def least_answer(book: Rulebook, rung: float) -> int:
    """The rung from which on an act answers a line that was crossed at `rung`."""
    return max(1, math.ceil(rung - book.parameters.minds.answer_slack))


def _debts(book: Rulebook, now: Observation, *, own: bool) -> tuple[Debt, ...]:
    found = [
        Debt(i, j, int(rung), int(now.debt_days[i, j, 0]), least_answer(book, rung))
        for i, j in PAIRS
        if (rung := float(now.debt[i, j, 0])) > 0 and (i if own else j) is now.seat
    ]
    return tuple(sorted(found, key=lambda debt: (debt.days, -debt.rung, debt)))


def the_dead(opening: State, now: Observation) -> tuple[Dead, ...]:
    """The dead of each side since the game opened, as far as the seat knows of them."""
    return tuple(
        Dead(
            seat,
            name,
            sum(
                max(0, int(now.columns[column][0] - getattr(opening, column)[0]))
                for column in columns
                if column in now.columns
            ),
        )
        for seat, name, columns in DEAD
    )


def running_score(setting: Setting, now: Observation, ending: Ending = Ending.NONE) -> float:
    """The seat's score as it stands, from what it sees: its parts, and what an ending did to it."""
    parts = parts_of(setting, now.columns, now.agenda.astype(np.intp), now.seat)
    whole = sum(float(points[0]) for points in parts.values())
    return float(min(100.0, max(0.0, whole + ending_points(setting, now, ending))))


def ending_points(setting: Setting, now: Observation, ending: Ending) -> float:
    """What an ending adds to the seat's score, or takes from it."""
    if ending is Ending.NONE:
        return 0.0
    by_agenda = setting.tables.ending_marks[now.seat][ending - 1]
    return float(by_agenda[int(now.agenda[0])])


def owes(debt: Debt, seat: Seat) -> str:
    """A debt in a clause, for the seat that reads it: "You owe the militias an answer"."""
    if debt.debtor is seat:
        return f"You owe {CAPITALS[debt.offender]} an answer"
    verb = "owe" if debt.debtor is Seat.MILITIA else "owes"
    name = CAPITALS[debt.debtor]
    due = "an answer" if debt.debtor is Seat.IRAQ else "a blow"  # Baghdad's may be a vote
    return f"{name[0].upper()}{name[1:]} {verb} you {due}"


def price(lapse: Lapse | None) -> str:
    """What letting a debt pass costs, in a few words; empty where nobody has reckoned it."""
    if lapse is None:
        return ""
    points = round(lapse.believes.mean)
    told = f"let it pass: belief in you {points:+d}" if points else "let it pass: little is lost"
    score = round(lapse.score)
    return (told + (f", score {score:+d}" if score else "")).replace("-", "−")


def sentences(found: Stakes, seat: Seat, lapses: tuple[Lapse, ...] = ()) -> list[str]:
    """All of it line by line, for who reads it as a list and for who hears it."""
    lines = [
        f"The last turn reached rung {found.rung}, {rung_name(found.rung)}",
        f"Nearness of war: {found.war} of 100{_was(found.war, found.war_before)}",
    ]
    prices = {lapse.rival: lapse for lapse in lapses}
    for debt in found.owed:
        cost = price(prices.get(debt.offender))
        lines.append(
            f"{owes(debt, seat)} at rung {debt.rung} ({rung_name(debt.rung)}): {debt.turns_note}"
            + (f"; {cost}" if cost else "")
        )
    lines += [f"{owes(debt, seat)}: {debt.turns_note}" for debt in found.due]
    if not found.owed:
        lines.append("You owe nobody an answer")
    lines.append("The dead: " + ", ".join(f"{dead.name} {dead.number}" for dead in found.dead))
    lines.append(f"Your score: {found.score} of 100{_was(found.score, found.score - found.moved)}")
    return [sentence(line) for line in lines]


def _was(now: int, before: int) -> str:
    return "" if now == before else f", it was {before}"
