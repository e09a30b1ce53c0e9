"""What seats, causes and rungs are called in sentences."""

from game.rules.seats import Cause, Rung, Seat

SEAT_NAMES: dict[Seat, str] = {
    Seat.US: "the United States",
    Seat.IRAN: "Iran",
    Seat.MILITIA: "the militias",
    Seat.IRAQ: "the Iraqi government",
}
SEAT_TITLES: dict[Seat, str] = {
    Seat.US: "United States",
    Seat.IRAN: "Iran",
    Seat.MILITIA: "Militias",
    Seat.IRAQ: "Iraqi government",
}
"""What lists call a seat."""
CAPITALS: dict[Seat, str] = {
    Seat.US: "Washington",
    Seat.IRAN: "Tehran",
    Seat.MILITIA: "the militias",
    Seat.IRAQ: "Baghdad",
}
CAUSE_NAMES: dict[Cause, str] = {
    Cause.TEHRAN: "the militias on Tehran's order, or Tehran itself",
    Cause.MILITIA: "the militias on their own",
    Cause.SPLINTER: "a splinter cell",
    Cause.THIRD_PARTY: "somebody else, such as ISIS",
}
RUNG_NAMES: dict[Rung, str] = {
    Rung.CALM: "calm",
    Rung.WORDS: "words",
    Rung.PRESSURE: "political or economic pressure",
    Rung.HARASSMENT: "harassment without casualties",
    Rung.ATTACK: "attack on forces",
    Rung.DEADLY_ATTACK: "attack that kills",
    Rung.MILITIA_STRUCK: "strike on the militia",
    Rung.LEADERS_STRUCK: "strike on leaders",
    Rung.STATES_STRIKE: "overt strike between states",
    Rung.MASS_CASUALTIES: "mass-casualty exchange",
    Rung.GENERAL_WAR: "general war",
}
_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)


def rung_name(rung: float) -> str:
    """The name of a rung of the ladder."""
    return RUNG_NAMES[Rung(int(rung))]


def number(count: float) -> str:
    """A whole number in words up to ten, in digits above."""
    whole = int(count)
    return _NUMBERS[whole] if 0 <= whole < len(_NUMBERS) else f"{whole:,}"


def counted(count: float, singular: str, plural: str | None = None) -> str:
    """A number with its noun: "one rocket", "31 rockets", "no rockets"."""
    return f"{number(count)} {singular if int(count) == 1 else plural or singular + 's'}"


def sentence(text: str) -> str:
    """The text with a capital at its start and a full stop at its end."""
    text = text.strip()
    ended = text if text.endswith((".", "!", "?", ":")) else text + "."
    return ended[:1].upper() + ended[1:]


def listed(items: list[str]) -> str:
    """Several things in a row: "a, b and c"."""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]
