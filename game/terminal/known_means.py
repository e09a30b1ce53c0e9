"""How far the means of many games are known: luck's width, and what other numbers leave open."""

import math
from collections.abc import Mapping
from typing import Any

from game.futures.ensemble import KNOWN, ByOthers, Ensemble, by_others
from game.futures.tally import Tally
from game.rules.seats import SEATS
from game.views.effects import FEWEST_GAMES, Estimate, Range
from game.views.phrasebook import INTERVAL, LUCK_ALONE, OTHERS, figure

from .console import Console
from .measures_called import MEASURES_CALLED
from .tables import table


def known_means(ensemble: Ensemble, tally: Tally, *, ask: bool = True) -> dict[str, Estimate]:
    """How far the mean of every measure is known.

    Args:
        ensemble: what was simulated.
        tally: all of its games.
        ask: other numbers are asked, too; some seconds where no machine code plays.
    """
    spreads = {name: getattr(tally, name) for name in KNOWN if not name.startswith("mark_")}
    spreads |= {f"mark_{seat.name}": tally.marks[seat] for seat in SEATS}
    others = by_others(ensemble) if ask else ByOthers({})
    errors = {name: math.nan if s.error is None else s.error for name, s in spreads.items()}
    return {
        name: others.known(name, spreads[name].mean, errors[name], tally.games) for name in KNOWN
    }


def tell_known(out: Console, known: Mapping[str, Estimate]) -> None:
    """A table of them; nothing where there is none."""
    if not known:
        return
    out.heading("How far the means are known")
    rows = []
    for name, mean in known.items():
        luck = _ends(mean.luck) if mean.is_told else "-"
        others = "-" if mean.left_open is None else _ends(mean.left_open)
        rows.append((MEASURES_CALLED[name], figure(mean.mean), luck, others))
    out.table(table(f"|>mean|>{INTERVAL}|>{OTHERS}", rows))
    if any(mean.is_told for mean in known.values()):
        out.aside(f"The {INTERVAL} is luck's: more games narrow it. {_of_others(known)}")
    else:
        out.aside(
            f"Of fewer than {FEWEST_GAMES} games no interval is told: they agree by accident."
        )


def _of_others(known: Mapping[str, Estimate]) -> str:
    if all(mean.left_open is None for mean in known.values()):
        return LUCK_ALONE
    return (
        f"{OTHERS.capitalize()}: nine of ten means by other numbers that may be as right lie "
        "there; see the page reading_numbers."
    )


def _ends(found: Range) -> str:
    return f"{figure(found.low)} to {figure(found.high)}"


def known_json(mean: Estimate) -> dict[str, Any]:
    """One of them for programs."""
    return {
        "mean": None if math.isnan(mean.mean) else mean.mean,
        "interval_95": list(mean.luck) if mean.is_told else None,
        "other_numbers_90": None if mean.left_open is None else list(mean.left_open),
        "other_numbers_error": None if mean.left_open is None else mean.left_open_error,
    }
