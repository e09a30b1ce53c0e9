"""What an order is likely to bring against holding, in words and figures that every face shows."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from game.rules.seats import Seat

from .effects import Estimate, Range
from .names import CAPITALS, sentence
from .phrasebook import MINUS, share, signed

MEASURES = ("believes", "anger", "harm", "war", "score")
"""In the order in which they are shown."""
OF_MINDS = ("believes", "anger")
"""Those of them that are of what a rival thinks."""
STEPS: Mapping[str, float] = {"believes": 1.0, "anger": 1.0, "harm": 0.1, "war": 1.0, "score": 1.0}
"""The last digit that is shown of each: points of 100, of harm attacks or dead."""
ENDS_NOW, ENDS_SOON = 0.05, 0.1
"""From which share of futures on that are over with the turn, or a few turns later, it is told."""
NOTHING = "No difference that the staff can see."
SURE = 0.995
"""From this share of futures on an order is told to pay, without an if."""
HARM: Mapping[Seat, str] = {
    Seat.US: "attacks on you",
    Seat.IRAN: "Iranians killed",
    Seat.MILITIA: "your men killed",
    Seat.IRAQ: "Iraqis killed",
}
"""What is counted as harm to a seat."""


class Change(NamedTuple):
    """One measure of an order against holding."""

    measure: str
    level: float
    """What it stands at, on average, where the seat holds."""
    change: Estimate
    """The order less holding."""
    band: Range
    """Where 90 of 100 futures lie."""

    @property
    def is_seen(self) -> bool:
        """Whether the staff can see a difference: luck has not made it, and it shows in print."""
        return self.change.luck.has_one_sign and abs(self.change.mean) >= STEPS[self.measure] / 2

    @property
    def digits(self) -> int:
        """How many are printed behind the point."""
        return 0 if STEPS[self.measure] >= 1 else 1


class Ends(NamedTuple):
    """How often the game is over before its calendar after an order."""

    now: float = 0.0
    """The share of futures that end with the turn."""
    soon: float = 0.0
    """Those that have ended where the staff stops looking."""
    held: float = 0.0
    """The same where the seat holds."""
    how: str = ""
    """How most of them end."""

    @property
    def told(self) -> str:
        """All of it in a clause; empty where it is rare."""
        if self.now < ENDS_NOW and self.soon < ENDS_SOON:
            return ""
        now, soon, held = (f"{round(100 * share)}" for share in (self.now, self.soon, self.held))
        with_it = f"with this turn in {now} of 100 futures"
        later = "within the turns that the staff looks ahead in"
        when = f"{later} {soon} of 100 futures" if self.now < ENDS_NOW else with_it
        if self.now >= ENDS_NOW and soon != now:
            when += f", {later} {soon}"
        against = f" ({held} where you hold)" if held != soon else ""
        return f"the game may be over {when}{against}; most often: {self.how}"


class Consequences(NamedTuple):
    """What one whole order is likely to bring against holding in silence."""

    deed: int
    """An index into the seat's deeds."""
    about: Seat
    """Whose belief and pressure are told of."""
    changes: tuple[Change, ...]
    """By `MEASURES`."""
    pays: float
    """The share of futures in which the order pays a debt of the seat at once; 0 without a debt."""
    pays_to: Seat | None = None
    """Whom it pays, where it pays anybody."""
    unpaid: tuple[tuple[Seat, int], ...] = ()
    """To whom a use of force pays nothing of what is owed, each with the rung that it takes."""
    ends: Ends = Ends()
    """How often the game is over early."""

    @property
    def seen(self) -> tuple[Change, ...]:
        """The differences that can be seen."""
        return tuple(change for change in self.changes if change.is_seen)

    def of(self, measure: str) -> Change:
        """One measure's."""
        return self.changes[MEASURES.index(measure)]


class Voice(NamedTuple):
    """What somebody expects who holds one theory for true."""

    theory: str
    """Its id."""
    attacks: Estimate
    """Attacks on Americans and partners, the order less holding."""


def heading(measure: str, seat: Seat) -> str:
    """What a measure is called at the head of a column."""
    return HARM[seat] if measure == "harm" else _HEADS[measure]


_HEADS = {
    "believes": "believes that you answer",
    "anger": "pressure to strike back",
    "war": "nearness of war",
    "score": "your score",
}


def told(change: Change) -> str:
    """A change in a few words: "+10 (5 to 15)", or that none is seen."""
    if not change.is_seen:
        return "no difference seen"
    low, high = (signed(end, change.digits) for end in change.band)
    mean = change.change.mean
    # A rare war lifts the mean out of where most futures lie.
    mostly = "" if change.band.holds(mean) else "mostly "
    span = (
        f"{low} to {high}"
        if low != high
        else "none"
        if not float(high.replace(MINUS, "-"))
        else low
    )
    told_mean = signed(mean, change.digits)
    return told_mean if span == told_mean else f"{told_mean} ({mostly}{span})"


def sentences(found: Consequences, seat: Seat) -> list[str]:
    """An order's consequences in sentences, for who reads them and for who hears them."""
    return [sentence(line) for line in _sentences(found, seat)]


def _sentences(found: Consequences, seat: Seat) -> Iterator[str]:
    seen = found.seen
    if not (seen or found.pays or found.unpaid or found.ends.told):
        yield NOTHING
        return
    for change in seen:
        yield f"{_about(change.measure, seat, found.about)}: {told(change)}"
    if found.pays_to is not None:
        how = "it pays" if found.pays >= SURE else f"in {share(found.pays)} futures it pays"
        yield f"{how} what you owe {CAPITALS[found.pays_to]}"
    for rival, least in found.unpaid:
        yield (
            f"it does not pay what you owe {CAPITALS[rival]}: that takes an act against "
            f"{CAPITALS[rival]} of rung {least} or more that is known to be yours"
        )
    if found.ends.told:
        yield found.ends.told
    if len(seen) < len(found.changes):
        rest = "In the rest" if seen else "Otherwise"
        yield f"{rest} no difference that the staff can see"


def _about(measure: str, seat: Seat, about: Seat) -> str:
    """What a measure is called in a sentence, with whose it is."""
    return {
        "believes": f"belief of {CAPITALS[about]} that you answer",
        "anger": f"pressure of {CAPITALS[about]} to strike back",
    }.get(measure) or heading(measure, seat)


USUAL: Mapping[Seat, Seat] = {
    Seat.US: Seat.IRAN,
    Seat.IRAN: Seat.US,
    Seat.MILITIA: Seat.US,
    Seat.IRAQ: Seat.MILITIA,
}
"""The rival that a seat looks at first."""
