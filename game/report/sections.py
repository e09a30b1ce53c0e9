"""The report's sections that need more than a view: uses of force, marks, the decisive turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from game.futures.inquiry import Findings, UseFound
from game.futures.statistics import Paired
from game.futures.turning import Swing, decisive
from game.rules.seats import SEATS, Rung, Seat
from game.views.deterrence import Move, PairHistory
from game.views.names import SEAT_NAMES, counted
from game.views.phrasebook import in_a_word
from game.views.played import PlayedGame
from game.views.situation import MarkLine, mark_sheet, total_mark
from game.views.timeline import TimelineTurn, timeline

from . import pictures
from .telling import (
    AIMS,
    SEAT_TITLES,
    Aim,
    across_lenses,
    aimed,
    disagree_about,
    in_futures,
    instead_of_it,
    lens_titles,
    on_average,
    reach_of,
    span,
)

MOST_GRAVE = 3
"""Things of the decisive turn that are told, at the most."""
LABELS = {
    "attacks": "Attacks",
    "force_against": "Force against it",
    "us_dead": "American dead",
    "all_dead": "All dead",
    "highest_rung": "Highest rung",
    "mark": "Its own score",
}
"""What tables call the measures that they show."""


_NOTABLE = {"attacks": 0.2, "force_against": 0.2, "us_dead": 0.2, "all_dead": 1.0}
"""From what mean change on a use of force is told at length, beside what it was to deter."""


class LensDescription(NamedTuple):
    """One use of force under one lens."""

    name: str
    direction: str
    pairs: dict[str, Paired]


@dataclass(frozen=True, slots=True)
class UseDescription:
    """One use of force, told."""

    found: UseFound
    aim: Aim
    heading: str
    verdict: str
    on_average: str
    """Under the first lens, with both widths; empty where nothing came after it."""
    in_futures: str
    caveat: str
    """Empty where none is needed."""
    lenses: tuple[LensDescription, ...]
    chart: Markup | None
    """None where nothing came after it."""

    @property
    def anchor(self) -> str:
        """Its id in the document."""
        return f"force-{self.found.use.turn}-{self.found.use.seat.name.lower()}"

    @property
    def is_notable(self) -> bool:
        """Under some lens it clearly changed attacks, force or deaths, and not only slightly."""
        return self.chart is not None and any(
            (change := lens.pairs[measure].difference).is_clear
            and (not change.is_slight if measure == self.aim.measure else abs(change.mean) >= least)
            for lens in self.lenses
            for measure, least in _NOTABLE.items()
        )

    @property
    def span(self) -> str:
        """The turns over which it was compared."""
        return span(self.found)

    @property
    def measures(self) -> list[tuple[str, str]]:
        """The columns of its table: the measure that matters most to its seat first."""
        return sorted(LABELS.items(), key=lambda label: label[0] != self.aim.measure)


def describe_uses(findings: Findings) -> list[UseDescription]:
    """Every use of force, in order; each chart has an axis of its own, which tells its ends."""
    return [_use(findings, found) for found in findings.uses]


def _use(findings: Findings, found: UseFound) -> UseDescription:
    aim = AIMS[found.use.seat]
    signature = "" if found.use.signed else " (claimed)" if found.use.claimed else " (unsigned)"
    after = found.turns_after > 0
    reach = reach_of([aimed(effect, aim) for effect in found.effects])
    return UseDescription(
        found=found,
        aim=aim,
        heading=f"Turn {found.use.turn}. {found.use.sentence}{signature}",
        verdict=across_lenses(findings, found),
        on_average=on_average(found) if after else "",
        in_futures=in_futures(found.effects[0], aim) if after else "",
        caveat=instead_of_it(found.effects[0], found.use.seat) if after else "",
        lenses=tuple(
            LensDescription(title, in_a_word(aimed(effect, aim)), effect.pairs)
            for title, effect in zip(lens_titles(findings), found.effects, strict=True)
        ),
        chart=pictures.use_chart(findings, found, reach) if after else None,
    )


# --- the ledger


class PairDescription(NamedTuple):
    """One relation of the ledger, told."""

    history: PairHistory
    heading: str
    chart: Markup
    moves: tuple[Move, ...]


def describe_pairs(game: PlayedGame, pairs: Sequence[PairHistory]) -> list[PairDescription]:
    """The relations with their charts."""
    return [
        PairDescription(
            pair,
            f"{SEAT_TITLES[pair.of]} toward {SEAT_NAMES[pair.at]}",
            pictures.pair_chart(game, pair),
            pair.moves,
        )
        for pair in pairs
    ]


# --- marks


class SeatMarks(NamedTuple):
    """One seat's mark and its parts."""

    seat: Seat
    total: float
    lines: list[MarkLine]


def marks_table(game: PlayedGame) -> list[SeatMarks]:
    """Every seat's."""
    return [
        SeatMarks(
            seat,
            total_mark(game.scenario, game.final, seat),
            mark_sheet(game.scenario, game.final, seat),
        )
        for seat in SEATS
    ]


# --- the decisive turn


class SwingDescription(NamedTuple):
    """One turn's weight."""

    swing: Swing
    title: str
    is_decisive: bool


class Decisive(NamedTuple):
    """The decisive turn and all others."""

    turn: int
    title: str
    happened: str
    """The gravest things of that turn; empty where nothing happened."""
    is_close: bool
    """Another turn weighs so nearly as much that luck may decide between them."""
    swings: tuple[SwingDescription, ...]


def decisive_turn(game: PlayedGame, findings: Findings) -> Decisive:
    """Which turn moved the expected marks most."""
    chosen = decisive(findings.swings)
    told = timeline(game)
    mine = told[chosen.turn - 1]
    others = [swing for swing in findings.swings if swing is not chosen]
    second = max(others, key=lambda swing: swing.weight, default=None)
    close = second is not None and chosen.weight - second.weight < chosen.error + second.error
    return Decisive(
        turn=chosen.turn,
        title=mine.title,
        happened=" ".join(_gravest(mine)),
        is_close=close,
        swings=tuple(
            SwingDescription(swing, turn.title, swing is chosen)
            for swing, turn in zip(findings.swings, told, strict=True)
        ),
    )


def _gravest(turn: TimelineTurn) -> list[str]:
    """The gravest thing of a turn, and with it all that stands as high or struck leaders."""
    least = min(turn.happened[0].rung, Rung.LEADERS_STRUCK) if turn.happened else Rung.CALM
    return [one.text for one in turn.happened if one.rung >= least][:MOST_GRAVE]


# --- questions


def own_questions(game: PlayedGame, uses: Sequence[UseDescription], chosen: Decisive) -> list[str]:
    """Questions that this game raises, beside the scenario's."""
    asked = [
        f"Turn {chosen.turn} moved what the seats could expect most. What did each of them know "
        "when it gave its orders? Which other order, legal and known at the time, would you "
        "defend?"
    ]
    split = [use for use in uses if disagree_about(use.found)]
    if split:
        asked.append(
            f"About “{split[0].heading.rstrip('.')}” one theory says that it calmed and another "
            "that it provoked. What would you have to observe to choose between them?"
        )
    passed = sum(int(turn.outcome.lapsed[:, :, 0].sum()) for turn in game.turns)
    if passed:
        asked.append(
            f"What was owed for a crossed line was let pass in {counted(passed, 'case')}. Was that "
            "weakness, wisdom or doubt about who had done it, and who could tell the difference?"
        )
    return asked
