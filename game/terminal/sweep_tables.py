"""A sweep on screen: its cells where they are few, and what each setting accounts for."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.futures.sweep import Row, Sweep
from game.views.phrasebook import LUCK_ALONE

from .console import Console
from .tables import table

SHOWN = {
    "attacks": "attacks",
    "us_dead": "US dead",
    "highest_rung": "rung",
    "mark_us": "US",
    "mark_iran": "Iran",
    "mark_militia": "militia",
    "mark_iraq": "Iraq",
}
"""The measures of the tables, and what they are called; the last four are marks."""
FEW = 24
"""So many cells are listed."""
BINS = 5
"""Parts of a range that are compared with one another."""

Numbers = NDArray[np.float64]
Means = list[tuple[list[Any], list[float]]]
"""Of each cell its settings, and the means of the measures that are shown."""


def means_of(sweep: Sweep, rows: Iterable[Row]) -> Means:
    """What the tables need of the rows."""
    return [
        (
            [row[axis.name] for axis in sweep.design.axes],
            [float(row[f"{measure}_mean"] or 0) for measure in SHOWN],
        )
        for row in rows
    ]


def tables(page: Console, sweep: Sweep, kept: Means) -> None:
    """The cells, if they are few, and the settings' shares in the differences between them."""
    axes = sweep.design.axes
    heads = "|".join(f">{label}" for label in SHOWN.values())
    if len(kept) <= FEW:
        page.heading("Means of each cell; the last four are marks")
        page.table(table(f"Cell|{heads}", (_cell(*cell) for cell in kept)))
        page.aside(f"How far luck may have moved a mean stands in the file (se). {LUCK_ALONE}")
    if len(axes) < 2:
        return
    means = np.array([measured for _, measured in kept], np.float64)
    page.heading("What each setting accounts for by itself, of 100")
    page.table(
        table(
            f"Setting|{heads}",
            (
                (axis.name, *_shares(_groups([s[k] for s, _ in kept], axis.is_range), means))
                for k, axis in enumerate(axes)
            ),
        )
    )
    page.aside(
        "Of the differences between the cells' means. What settings do only together is in none of "
        "them. A dash: the cells do not differ, or are too few to tell."
    )


def _cell(settings: Sequence[Any], measured: Sequence[float]) -> tuple[str, ...]:
    return (
        ", ".join(v if isinstance(v, str) else f"{v:g}" for v in settings),
        *(f"{mean:.2f}" for mean in measured[:3]),
        *(f"{mean:.1f}" for mean in measured[3:]),
    )


def _groups(values: Sequence[Any], is_range: bool) -> NDArray[np.intp]:
    """(cells,) which of the setting's values, or parts of its range, each cell has."""
    if not is_range:
        return np.unique(np.array(values), return_inverse=True)[1].astype(np.intp)
    order = np.argsort(np.array(values, np.float64), kind="stable")
    groups = np.empty(order.size, np.intp)
    groups[order] = np.arange(order.size) * BINS // order.size
    return groups


def _shares(groups: NDArray[np.intp], means: Numbers) -> list[str]:
    """The share of each measure's variance that lies between the groups, corrected for how many
    there are (epsilon squared: Kelley, PNAS 21, 1935).
    """
    cells, kinds = groups.size, int(groups.max()) + 1
    if not 2 <= kinds < cells:
        return ["-"] * means.shape[1]
    sizes = np.bincount(groups)
    told = []
    for measured in means.T:
        apart = measured - (np.bincount(groups, measured) / sizes)[groups]
        within = float((apart**2).sum()) / (cells - kinds)
        total = float(((measured - measured.mean()) ** 2).sum()) / (cells - 1)
        told.append(f"{100 * max(0.0, 1 - within / total):.0f}" if total > 0 else "-")
    return told
