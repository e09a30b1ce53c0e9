"""Players that know less than those of the game: a proposition's figure that one of them shows as
well tests nothing of what the game's players know.
"""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cache

import numpy as np

from game.content.doctrine import AGENDA, Doctrine, Weights
from game.content.scenario import Scenario
from game.players.doctrine import DoctrinePlayer
from game.rules.rulebook import Rulebook
from game.rules.seats import SEATS, Seat

from . import roster
from .record import covering, in_sample_turns
from .scores import HALF, Table, base_rates
from .told import told


class Placebo(StrEnum):
    """Who plays in place of the game's players."""

    PASSIONLESS = "passionless"
    """The same doctrines and the same habits, without anger, fear and the duty to answer."""
    UNIFORM = "uniform"
    """Any legal deed alike."""
    LOTTERY = "lottery"
    """Each seat's deeds as often as up to January, whatever happens."""


def placebo_players(scenario: Scenario, placebo: Placebo) -> dict[Seat, DoctrinePlayer]:
    """A placebo in all four seats.

    Args:
        scenario: its rules, and the doctrines of its roles.
        placebo: which.
    """
    book, own = scenario.setting.rulebook, roster.doctrines(scenario)
    return {seat: _placebo(player, placebo, book) for seat, player in own.items()}


def _placebo(own: DoctrinePlayer, placebo: Placebo, book: Rulebook) -> DoctrinePlayer:
    if placebo is Placebo.PASSIONLESS:
        return own.under(book, replace(own.doctrine, anger=0.0, fear=0.0, duty=0.0))
    # Habits are the players' own: who takes any deed alike, or by lot, has none.
    if placebo is Placebo.UNIFORM:
        return DoctrinePlayer(replace(own.doctrine, temper=0.0), book)
    return DoctrinePlayer(_lottery(own.doctrine, book), book)


def _lottery(own: Doctrine, book: Rulebook) -> Doctrine:
    """Every field is named: whatever else a doctrine learns to weigh, a lottery must not."""
    drawn = _drawn()[own.seat]
    agendas = {AGENDA + agenda.id: 0.0 for agenda in book.agendas[own.seat]}
    deeds = {
        deed.id: {"base": odds} | agendas
        for deed, odds in zip(book.deeds[own.seat], drawn.deeds, strict=True)
    }
    return Doctrine(
        id=own.id,
        seat=own.seat,
        name=own.name,
        school=own.school,
        behaviour=own.behaviour,
        weakness=own.weakness,
        temper=1.0,
        line=own.line,
        anger=0.0,
        fear=0.0,
        duty=0.0,
        bond=0.0,
        values={},
        groups={},
        deeds=deeds,
        words={
            word.id: {"base": odds}
            for word, odds in zip(book.words, drawn.words, strict=True)
            if own.seat in word.seats
        },
        whispers=drawn.whispers,
    )


class _Drawn:
    """The logarithms of how often a seat's options were taken up to January."""

    def __init__(self, seat: Seat) -> None:
        scenario, known = covering(), told(covering())[seat]
        turns = in_sample_turns(scenario)
        book = scenario.setting.rulebook
        may_say = np.array([seat in word.seats for word in book.words], np.float64)
        self.deeds = _rates(known.deeds[:turns], np.ones(known.deeds.shape[1]))
        self.words = _rates(known.words[:turns], may_say)
        sent: dict[tuple[str, Seat], int] = {}
        for row in scenario.history:
            if row.seat is seat and row.turn <= turns and row.order.whisper:
                key = book.whispers[row.order.whisper].id, Seat(row.order.whisper_to)
                sent[key] = sent.get(key, 0) + 1
        silent = turns - sum(sent.values()) + HALF
        self.whispers: dict[tuple[str, Seat], Weights] = {
            key: {"base": float(np.log(count / silent))} for key, count in sent.items()
        }


def _rates(done: Table, may: Table) -> list[float]:
    """(options,) of a turn that is foretold from all these turns."""
    asked = np.concatenate([done, np.zeros_like(done[:1])])
    legal = np.broadcast_to(may / may.sum(), asked.shape)
    rates = base_rates(asked, legal, np.ones(len(asked), np.bool_))[-1]
    return [float(odds) for odds in np.log(np.maximum(rates, 1e-9))]


@cache
def _drawn() -> Mapping[Seat, _Drawn]:
    return {seat: _Drawn(seat) for seat in SEATS}
