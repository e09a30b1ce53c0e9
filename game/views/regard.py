"""How the others see a seat: an estimate, with its width, of what each rival believes of it and
feels, and what the seat's last blow did to that. Made from what the seat can know alone.
"""

from typing import NamedTuple

from game.rules.seats import Seat

from .effects import Estimate, Range
from .names import CAPITALS, sentence
from .phrasebook import signed

NOTICEABLE = 2.0
"""Points of 100 below which a change is told as none."""
HIGH, LOW = 60.0, 35.0
ANGRY, CALM = 45.0, 30.0
"""Pressures from which on a rival is angry, and below which it has little quarrel."""


class Guess(NamedTuple):
    """What the staff takes a figure to be, of 100."""

    mean: float
    band: Range
    """Where it lies in 90 of 100 worlds that fit what the seat has seen."""
    before: float
    """What it took it to be a turn ago."""

    @property
    def moved(self) -> float:
        """By how much it moved in the last turn."""
        return self.mean - self.before


class Regard(NamedTuple):
    """How one rival sees the seat."""

    rival: Seat
    believes: Guess
    """That the seat answers when its line is crossed."""
    pressure: Guess
    """Its pressure to strike back at the seat: its anger."""


class Blow(NamedTuple):
    """What a seat's last use of force did to how one rival sees it, against holding that turn."""

    rival: Seat
    turn: int
    """From 1."""
    deed: str
    """Its name."""
    fear: Estimate
    """Points of belief that the seat answers."""
    anger: Estimate

    @property
    def verdict(self) -> str:
        """Which of the two it raised more, in a few words."""
        fear, anger = self.fear.mean, self.anger.mean
        if max(abs(fear), abs(anger)) < NOTICEABLE:
            return "Neither, as far as it shows."
        if fear < NOTICEABLE <= anger:
            return "Anger, and no fear to speak of."
        if anger < NOTICEABLE <= fear:
            return "Fear, and no anger to speak of."
        if not Range(self.fear.low - self.anger.high, self.fear.high - self.anger.low).holds(0):
            return "More fear than anger." if fear > anger else "More anger than fear."
        return "Either may be the larger."


class Cause(NamedTuple):
    """What one cause moved of a figure in the last turn, against its not being there."""

    seat: Seat | None
    """Whose act it was, or whose deal with the seat."""
    what: str
    """The action's, statement's or message's name, where it is one."""
    column: str
    by: float
    """In the column's own unit."""
    kind: str = "act"
    """act; earlier, an act of the turn before: much of what is done takes effect in two parts;
    unsigned and earlier_unsigned, the same of what nobody signed for; fire that nobody signed, and
    own_fire; protest; discredited; lapsed, a crossing that the seat left unanswered; deal; days,
    what the days move by themselves; to_come, the weeks after the end.
    """


class Seen(NamedTuple):
    """Everything that the staff makes of how the others see the seat."""

    regards: tuple[Regard, ...]
    blows: tuple[Blow, ...]
    """The last use of force, by rival; empty where the seat has used none in the game."""
    lapses: tuple["Lapse", ...]
    causes: tuple[Cause, ...] = ()
    """Of the last turn."""


class Lapse(NamedTuple):
    """What it would cost to let a debt of the seat pass."""

    rival: Seat
    believes: Estimate
    """Points of the rival's belief that the seat answers, letting it pass less owing nothing."""
    score: float
    """Points of the seat's own score."""


def headline(found: Regard) -> str:
    """How a rival sees the seat, in a clause: "believes you, and is angry"."""
    many = found.rival is Seat.MILITIA
    believes, pressure = round(found.believes.mean), round(found.pressure.mean)  # as printed
    belief = (
        "believe that you answer"
        if believes >= HIGH
        else "doubt that you answer"
        if believes < LOW
        else "are not sure that you answer"
    )
    feeling = (
        "want to strike back"
        if pressure >= HIGH
        else "are angry"
        if pressure >= ANGRY
        else "bear you a grudge"
        if pressure >= CALM
        else "have little quarrel with you"
    )
    told = f"{belief}, and {feeling}"
    return told if many else _one(told)


def _one(told: str) -> str:
    """The same of one alone."""
    for plural, single in (
        ("believe that", "believes that"),
        ("doubt that", "doubts that"),
        ("are not", "is not"),
        ("want to", "wants to"),
        ("have little", "has little"),
        ("bear you", "bears you"),
        ("are angry", "is angry"),
    ):
        told = told.replace(plural, single)
    return told


def change(guess: Guess) -> str:
    """How a figure moved in the last turn: "+14", or that it did not."""
    moved = round(guess.mean) - round(guess.before)  # as the two are printed
    return "no change" if abs(guess.moved) < NOTICEABLE else signed(moved, 0)


def sentences(seen: Seen) -> list[str]:
    """All of it, line by line, for who reads it as a list and for who hears it."""
    lines = []
    for found in seen.regards:
        lines.append(sentence(f"{CAPITALS[found.rival]} {headline(found)}"))
        for name, guess in (
            ("Belief that you answer", found.believes),
            ("Pressure to strike back", found.pressure),
        ):
            low, high = guess.band
            lines.append(
                sentence(
                    f"{name}: {guess.mean:.0f} of 100 ({low:.0f} to {high:.0f}), {change(guess)}"
                )
            )
    for blow in seen.blows:
        lines.append(blow_sentence(blow))
    return lines


def blow_sentence(blow: Blow) -> str:
    """What the last use of force did to one rival, in a sentence."""
    return (
        f"What “{blow.deed}” in turn {blow.turn} did to {CAPITALS[blow.rival]}: fear "
        f"{signed(blow.fear.mean, 0)}, anger {signed(blow.anger.mean, 0)}. {blow.verdict}"
    ).replace(" -", " −")
