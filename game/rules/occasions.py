"""What the moment bears: by how much a deed of politics works, as the state stands.

An occasion is a base and so much for each feature, held between a backlash and a most. Deeds that
have one work by it, half at once and half in the next turn; whoever weighs such a deed weighs it by
the same rows, from what a seat sees.
"""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from .parameters import Occasions
from .rulebook import Deed
from .seats import SEATS
from .state import COLUMNS, Floats

FEATURES: dict[str, str] = {
    "base": "always 1",
    "calm": "days since American force, as a share of three weeks",
    "quiet": "days since the last attack, as a share of two",
    "owes": "1 where the doer owes somebody an answer",
    "debts": "1 where anybody owes anybody an answer",
    "us_firm": "1 where Washington, in the open, stood firm or struck in the turn before",
    "us_soft": "1 where it gave way",
    "iran_firm": "… Tehran …",
    "iran_soft": "…",
    "mil_firm": "… the militias …",
    "mil_soft": "…",
    "iraq_firm": "… Baghdad …",
    "iraq_soft": "…",
}
"""What an occasion can depend on, beside any column that is a share, or 0 or 1."""
SHARES: tuple[str, ...] = tuple(
    name for name, spec in COLUMNS.items() if spec.unit in ("share", "0 or 1")
)


STANCES = {
    f"{who}_{how}": (seat, sign)
    for seat, who in enumerate(("us", "iran", "mil", "iraq"))
    for how, sign in (("firm", 1), ("soft", -1))
}
"""By feature: whose stance, and which."""


def stance(deed: Deed) -> int:
    """1 for a deed done in the open that stands firm or strikes, -1 for one that gives way."""
    shown = sum(deed.resolve.values()) + (deed.group == "force")
    return deed.signed * ((shown > 0) - (shown < 0))


def stances(t: Any, last_deed: Any) -> list[Any]:
    """(4, B) 1 where a seat stood firm in the turn before, in the open, -1 where it gave way; by
    its deed, an index.
    """
    return [t.stance[seat].take(last_deed[seat]) for seat in SEATS]


def feature(
    name: str, p: Occasions, column: Callable[[str], Any], debt: Any, stance: Any, seat: int
) -> Any:
    """(B,) one feature.

    Args:
        name: of `FEATURES`, or a column of `SHARES`.
        p: the rulebook's numbers.
        column: gives a column by its name.
        debt: (4, 4, B) who owes whom an answer.
        stance: (4, B) as `stances` gives it.
        seat: the doer.
    """
    value: Any = 1
    if name == "calm":
        value = np.minimum(column("us_force_days") / p.calm_days, 1)
    elif name == "quiet":
        value = np.minimum(column("quiet_days") / p.quiet_days, 1)
    elif name == "owes":
        value = (debt[seat].max(axis=0) > 0).astype(np.float32)
    elif name == "debts":
        value = (debt.max(axis=0).max(axis=0) > 0).astype(np.float32)
    elif name in STANCES:
        who, sign = STANCES[name]
        value = (stance[who] == sign).astype(np.float32)
    elif name != "base":
        value = column(name)
    return value


def fresh(again: Any, renewed: Any) -> Floats | Any:
    """(B,) how much counts of what is done or said: all of it, or where it is `again` what was done
    or said in the turn before, the share that the days since then have renewed.
    """
    return np.where(again, renewed, np.float32(1))


def occasion(weights: Iterable[tuple[Any, Any]], p: Occasions) -> Floats | Any:
    """(B,) what the moment bears, from pairs of a weight and its feature."""
    bears: Any = 0
    for weight, value in weights:
        bears = bears + weight * value
    return np.minimum(np.maximum(bears, -p.backlash), p.most)
