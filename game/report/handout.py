"""A page for each team, to be handed out: what its choices did, on one sheet."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from game.rules.seats import SEATS, Cause, Seat
from game.views.beliefs import AttackJudged, attacks_judged
from game.views.happenings import lowered
from game.views.names import CAPITALS, CAUSE_NAMES, listed, number, sentence
from game.views.played import PlayedGame
from game.views.signals import Signal, Verdict
from game.views.summary import often
from game.views.uses import Use

from . import pictures
from .front import Change, Front, harmed, told_ways
from .sections import UseDescription

MOST_ACTS = 5
"""Uses of force that fit on a page: a team's own before others', and clear ones before unclear."""
MOST_SAID = 3
MOST_TURNS = 6
"""Games of no more turns than this have room for what the team ordered."""


class Believed(NamedTuple):
    """How sure a team was of one answer to who had fired."""

    cause: str
    share: float
    """0 to 1."""
    is_true: bool


class OwnAct(NamedTuple):
    """A use of force, and whether the team itself used it."""

    what: str
    """When, what and where; and who, unless it is the team itself."""
    ways: tuple[Change, ...]
    is_own: bool


class Handout(NamedTuple):
    """What one team's page tells beside its score and its orders."""

    headline: str
    acts: tuple[OwnAct, ...]
    more: int
    """Uses of force that found no room."""
    fired: int
    """The turn of the attack whose author is told; 0 where every attack was signed."""
    believed: tuple[Believed, ...]
    said: tuple[Signal, ...]
    """What it said and did; what was not kept, or not true, first."""
    shows_orders: bool
    chart: Markup
    """How high it went."""


def handouts(
    game: PlayedGame, uses: Sequence[UseDescription], front: Front, told: Sequence[Signal]
) -> Mapping[Seat, Handout]:
    """All four pages.

    Args:
        game: the game.
        uses: every use of force in it, as the report tells them.
        front: the report's first page, with the same uses.
        told: everything that the seats said, held against what they did.
    """
    judged = attacks_judged(game)
    return {seat: _handout(game, seat, uses, front, told, judged) for seat in SEATS}


def _handout(
    game: PlayedGame,
    seat: Seat,
    uses: Sequence[UseDescription],
    front: Front,
    told: Sequence[Signal],
    judged: Sequence[AttackJudged],
) -> Handout:
    acts = [
        OwnAct(_what(use.found.use, seat), act.ways, use.found.use.seat is seat)
        for act, use in zip(front.acts, uses, strict=True)
    ]
    weighed = sorted(
        range(len(acts)), key=lambda k: (not acts[k].is_own, not acts[k].ways[0].way, k)
    )
    kept = weighed[:MOST_ACTS]
    said = sorted((one for one in told if one.seat is seat), key=_is_good)
    first = judged[0] if judged else None
    return Handout(
        headline=own_force(seat, uses),
        acts=tuple(acts[k] for k in sorted(kept)),
        more=len(acts) - len(kept),
        fired=first.turn if first else 0,
        believed=tuple(_believed(first, seat)) if first else (),
        said=tuple(sorted(said[:MOST_SAID], key=lambda one: one.turn)),
        shows_orders=len(game.turns) <= MOST_TURNS,
        chart=pictures.timeline_chart(game, None, name=f"rungs-{seat.name.lower()}", height=115),
    )


def _what(use: Use, reader: Seat) -> str:
    at = f", {use.at}" if use.at else ""
    if use.seat is reader:
        return f"Turn {use.turn}: {lowered(use.name)}{at}"
    return f"Turn {use.turn}, {CAPITALS[use.seat]}: {lowered(use.name)}{at}"


def _is_good(signal: Signal) -> int:
    order = (Verdict.BROKEN, Verdict.FALSE, Verdict.KEPT, Verdict.TRUE)
    return order.index(signal.verdict) if signal.verdict in order else len(order)


def _believed(judged: AttackJudged, seat: Seat) -> list[Believed]:
    shares = judged.suspected[seat].shares
    return [
        Believed(sentence(CAUSE_NAMES[cause]).rstrip("."), shares[cause], cause is judged.truth)
        for cause in Cause
        if cause < len(shares)
    ]


def own_force(seat: Seat, uses: Sequence[UseDescription]) -> str:
    """What came of the team's own force, told to it."""
    own = [use for use in uses if use.found.use.seat is seat]
    told = [use for use in own if use.found.turns_after > 0]
    if not own:
        return "You used no force."
    if not told:
        return "You used force in the last turn only: nothing came after it that could tell."
    ways = told_ways(told)
    if len(own) == 1:
        (did,) = (did for did, count in ways.items() if count)
        words = f"You used force once, and it {did}"
    else:
        parts = [f"{number(count)} {did}" for did, count in ways.items() if count]
        if late := len(own) - len(told):
            parts.append(f"{number(late)} came too late to tell")
        words = f"You used force {often(len(own))}: {listed(parts)}"
    cost = harmed(told)
    harm = ""
    if cost:
        harm = " It clearly cost lives." if len(own) == 1 else (
            f" {number(cost).capitalize()} clearly cost lives."
        )  # fmt: skip
    return sentence(words) + harm
