"""Figures in words: shares are told in hundredths, as everywhere on screen."""

from collections.abc import Mapping

from game.rules.rulebook import Fire
from game.rules.state import COLUMNS, ColumnSpec
from game.views.situation import LABELS
from game.views.weapons import are_bombs

NAMES = ("American", "Iran", "Iraq", "Tehran", "Washington")
"""How words begin that keep their capital inside a sentence."""


def label(column: str) -> str:
    """What screens call a column, inside a sentence."""
    name = LABELS[column]
    return name if name.startswith(NAMES) else name[0].lower() + name[1:]


def plain(number: float) -> str:
    """A number without superfluous digits."""
    return f"{round(number, 4):g}"


def level(spec: ColumnSpec, value: float) -> str:
    """A value of a column with its unit."""
    if spec.unit == "share":
        return f"{plain(value * 100)} of 100"
    if spec.unit == "rung":
        return f"rung {plain(value)}"
    number = f"{value:,.0f}" if abs(value) >= 1000 else plain(value)
    return number if "0 or 1" in spec.unit else f"{number} {spec.unit}"


def change(column: str, amount: float) -> str:
    """What is added to a column or taken from it."""
    spec = COLUMNS[column]
    share = spec.unit == "share"
    sign = "+" if amount > 0 else ""
    return f"{sign}{plain(amount * 100 if share else amount)}" + (
        " of 100" if share else f" {spec.unit}"
    )


def costs(amounts: Mapping[str, float], fire: Fire | None, ammunition: str) -> str:
    """What a deed costs, in a few words; empty where it costs nothing."""
    told = [
        f"{plain(cost * 100)} {'point' if cost == 0.01 else 'points'} of {label(column)}"
        if COLUMNS[column].unit == "share"
        else f"{plain(cost)} {label(column)}"
        for column, cost in amounts.items()
    ]
    if fire is not None and ammunition and not are_bombs(fire):
        told.append(f"{rounds(fire)} {ammunition}" + "s" * (fire.rounds_high > 1))
    return "costs " + " and ".join(told) if told else ""


def rounds(fire: Fire) -> str:
    """How many rounds one attack has."""
    low, high = plain(fire.rounds_low), plain(fire.rounds_high)
    return low if low == high else f"{low} to {high}"
