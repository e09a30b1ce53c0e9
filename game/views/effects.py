"""Measured effects, and the one judgement of them: what is clear, what is slight, what is open."""

import math
from enum import StrEnum
from typing import NamedTuple

PRINTED = 0.01
"""The last digit that faces print of an effect."""
FEWEST_GAMES = 30
"""Of fewer games than these nothing is told but their mean: no interval, and no sign."""
SLIGHT = 0.1
"""An effect by less than one in ten games is slight, …"""
SLIGHT_SHARE = 0.05
"""… and so is one by less than this share of what there was without it, however clear it is."""


class Range(NamedTuple):
    """From low to high, both included."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value lies in it."""
        return self.low <= value <= self.high

    @property
    def has_one_sign(self) -> bool:
        """Whether it leaves zero out, in the digits that are printed, too; false where an end is
        NaN.
        """
        return self.low >= PRINTED / 2 or self.high <= -PRINTED / 2

    @property
    def has_both_signs(self) -> bool:
        """Whether it reaches below zero and above it, in the digits that are printed."""
        return self.low <= -PRINTED / 2 and self.high >= PRINTED / 2


class Way(StrEnum):
    """Where an effect went, as far as can be told."""

    FEWER = "fewer"
    MORE = "more"
    UNCLEAR = "unclear"
    """Luck may have made it: its interval holds zero."""
    SAME = "the same"
    """Nothing differed in any game."""
    OPEN = "sign not known"
    """By other numbers that may be as right it may be the other way round."""
    FEW = "too few games to say"


class Estimate(NamedTuple):
    """A mean change, with it less without it, and how far it may be off."""

    mean: float
    error: float
    """Its standard error, by luck; NaN where it was not kept."""
    low: float
    """From here …"""
    high: float
    """… to here: 95 %, by luck alone; NaN where there are too few games to say."""
    without: float = math.nan
    """The mean without it; NaN where that is not known."""
    left_open: Range | None = None
    """Where nine of ten such effects lie by other numbers, which the fit or nobody's measuring
    leaves open; None where that was not asked.
    """
    left_open_error: float = 0.0
    """The standard error of its ends, by the luck of the games and the sets that were drawn."""

    @property
    def luck(self) -> Range:
        """The 95 % interval of luck."""
        return Range(self.low, self.high)

    @property
    def drawn(self) -> Range:
        """What a chart draws of it: luck's interval, or of too few games the mean alone."""
        return self.luck if self.is_told else Range(self.mean, self.mean)

    @property
    def is_told(self) -> bool:
        """There were enough games to say how far it may be off."""
        return not math.isnan(self.low)

    @property
    def is_clear(self) -> bool:
        """Luck has not made it: its interval leaves zero out."""
        return self.luck.has_one_sign

    @property
    def way(self) -> Way:
        """Where it went, as far as both widths tell."""
        if not self.is_told:
            return Way.FEW
        left_open = self.left_open or Range(self.mean, self.mean)
        if self.mean == self.low == self.high == left_open.low == left_open.high == 0:
            return Way.SAME
        # An end that is no surer than this might as well lie on the other side of zero.
        reach = Range(left_open.low - self.left_open_error, left_open.high + self.left_open_error)
        if Range(min(reach.low, self.mean), max(reach.high, self.mean)).has_both_signs:
            return Way.OPEN
        if not self.is_clear:
            return Way.UNCLEAR
        return Way.MORE if self.mean > 0 else Way.FEWER

    @property
    def is_told_by_sign(self) -> bool:
        """Neither width leaves open whether there was more or fewer."""
        return self.way in (Way.MORE, Way.FEWER)

    @property
    def is_on_the_edge(self) -> bool:
        """Its sign is open for no more than that an end of what is left open might lie beyond
        zero.
        """
        surely = self._replace(left_open_error=0.0)
        return self.way is Way.OPEN and surely.way is not Way.OPEN

    @property
    def stays_slight(self) -> bool:
        """It is small, whatever luck or other numbers make of it."""
        return all(abs(end) < SLIGHT for end in (*self.luck, *(self.left_open or ())))

    @property
    def is_slight(self) -> bool:
        """It is small, however clear: by itself, or beside what there was without it."""
        size = abs(self.mean)
        return size < SLIGHT or size < SLIGHT_SHARE * self.without
