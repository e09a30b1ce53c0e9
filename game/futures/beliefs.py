"""Hidden states that fit what one seat has seen.

A seat that plans ahead must imagine what it cannot see. It takes what it sees as it is, its own
estimates with the error that it knows them to have, and for the rest what everybody knew at the
opening, blurred. Only the Observation and the scenario's public opening go into it; no state does.
A staff that has followed the game knows the others better: it carries their minds from turn to turn
(`futures.regard`), and gives the theories odds of its own (`futures.theory_belief`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from game.players.base import Choice, holding_choice
from game.rules.account import Account
from game.rules.luck import draw
from game.rules.observe import Observation
from game.rules.orders import holding
from game.rules.outcome import Outcome, nothing
from game.rules.seats import SEATS, Cause, Seat
from game.rules.setting import Setting, picked
from game.rules.state import COLUMNS, ESTIMATED, Codes, Floats, Keys, State, array_names

ANGER_WIDTH = 0.15
"""Half-width of what a seat gets wrong about how angry the others are."""
ANGER_PER_RUNG = 0.04
"""What it takes an open blow of last turn to have added to the anger of whom it hit."""
RECORD_WIDTH = 0.3
"""Half-width, as a share, of what it gets wrong about what the others have seen of each other."""
Minds = Mapping[str, Floats]
"""What the others hold of each seat, (4, 4, worlds) each, by the names of `CARRIED`."""
CARRIED = ("kept", "broken", "anger")
"""What of the minds of others a seat can carry through the turns that it has seen."""
_NEVER_PLAYED = 10_000
"""A turn beyond every calendar, whose slots of luck are free for imagining."""


_ANGER = len(ESTIMATED)
_CULPRIT = _ANGER + 20
_THEORY = _CULPRIT + 1
_AGENDA = _THEORY + 1
_SLOTS = _AGENDA + 4
"""Slots of luck: one for each estimate, five for each seat's mind, one for the culprit, one for the
theory, and one for each seat's agenda."""


def imagine(setting: Setting, seen: Observation, games: Codes, keys: Keys) -> State:
    """States that the seat thinks possible, one for each of `games`.

    Args:
        setting: the scenario's rules and opening, which everybody knows.
        seen: what the seat saw of B games.
        games: (n,) which of the B games each imagined state belongs to; repeats are welcome.
        keys: (n,) the imagined games' luck, which decides what is imagined, too.

    Returns:
        n games at the turn that the seat is about to play.
    """
    opening = setting.opening
    state = State(
        turn=seen.turn,
        **{name: getattr(opening, name).repeat(games.size, axis=-1) for name in array_names()},
    )
    state.key = keys.copy()
    luck = draw(keys, _NEVER_PLAYED, np.arange(_SLOTS)[:, None])
    _columns(setting, seen, games, state, luck[:_ANGER])
    _minds(seen, games, state, luck[_ANGER:_CULPRIT])
    odds = np.add.accumulate(seen.suspicion, axis=0).take(games, axis=-1)
    named = (luck[_CULPRIT] * odds[-1] >= odds[:-1]).sum(axis=0)
    state.culprit = np.minimum(named, len(Cause) - 1).astype(np.int8)
    if setting.theory_odds is not None:
        state.theory = picked(luck[_THEORY], setting.theory_odds)
    for seat, odds in zip(SEATS, setting.agenda_odds, strict=True):
        state.agenda[seat] = picked(luck[_AGENDA + seat], odds)
    state.agenda[seen.seat] = seen.agenda[games]
    # What is known to have been done and said is what this turn's occasions build on.
    state.last_deed[:] = np.maximum(seen.deed, 0).take(games, axis=-1)
    state.last_word[:] = seen.word.take(games, axis=-1)
    return state


class Grounds(NamedTuple):
    """What a seat's staff has made of the turns that it has seen, before it looks ahead."""

    minds: Minds | None = None
    """Of the others, carried through those turns; None where nobody has followed them."""
    odds: Sequence[float] | None = None
    """What it gives each theory; None for the scenario's own odds."""


def imagine_on(
    setting: Setting, seen: Observation, games: Codes, keys: Keys, grounds: Grounds
) -> State:
    """As `imagine`, by what the staff has made of the game so far."""
    if grounds.odds is not None and setting.theory_odds is not None:
        running = np.add.accumulate(np.asarray(grounds.odds, np.float32))
        setting = replace(setting, theory_odds=running)
    state = imagine(setting, seen, games, keys)
    if grounds.minds is not None:
        worlds = np.arange(keys.size) % grounds.minds[CARRIED[0]].shape[-1]
        for name in CARRIED:
            array, carried = getattr(state, name), grounds.minds[name]
            for rival in seen.seat.rivals:
                array[rival] = carried[rival].take(worlds, axis=-1)
    return state


def _columns(setting: Setting, seen: Observation, games: Codes, state: State, luck: Floats) -> None:
    p = setting.rulebook.parameters.evidence
    widths = (
        p.estimate_width_us,
        p.estimate_width_iran,
        p.estimate_width_militia,
        p.estimate_width_iraq,
    )
    width = np.float32(widths[seen.seat])
    for name in seen.exact:
        setattr(state, name, seen.columns[name].take(games))
    for row, name in enumerate(ESTIMATED):
        if name not in seen.exact:
            spec = COLUMNS[name]
            blurred = seen.columns[name].take(games) * (1 + width * (2 * luck[row] - 1))
            whole = np.floor(blurred) if spec.unit in ("rockets", "missiles", "people") else blurred
            setattr(state, name, np.clip(whole, spec.low, spec.high).astype(np.float32))
    for row, name in enumerate(ESTIMATED):
        state.estimates[:, row] = getattr(state, name)


def _minds(seen: Observation, games: Codes, state: State, luck: Floats) -> None:
    """Its own mind as it is; the others' as at the opening, blurred, and stirred by open blows.
    What happened before the world's eyes is known: lines, stakes, debts.
    """
    me = seen.seat
    for name in ("line", "stake", "debt", "debt_days"):
        setattr(state, name, getattr(seen, name).take(games, axis=-1))
    for other in SEATS:
        if other is not me:
            _other_mind(seen, games, state, other, luck[other * 5 : other * 5 + 5])
    for name in ("deal", "deal_days", "deal_known"):
        agreed = getattr(seen, name).take(games, axis=-1)
        getattr(state, name)[me] = getattr(state, name)[:, me] = agreed
    for name, offered in (("offer", seen.offered), ("offer_days", seen.offered_days)):
        getattr(state, name)[:, me] = offered.take(games, axis=-1)
        getattr(state, name)[me] = getattr(seen, name).take(games, axis=-1)
    for name in ("anger", "kept", "broken", "channel", "suspicion"):
        getattr(state, name)[me] = getattr(seen, name).take(games, axis=-1)


def _other_mind(seen: Observation, games: Codes, state: State, other: Seat, luck: Floats) -> None:
    hit = seen.struck[:, other].take(games, axis=-1)
    anger = state.anger[other] + np.float32(ANGER_PER_RUNG) * hit
    anger += np.float32(ANGER_WIDTH) * (2 * luck[:4] - 1)
    state.anger[other] = np.clip(anger, 0, 1) * (np.arange(4) != other)[:, None]
    blur = 1 + np.float32(RECORD_WIDTH) * (2 * luck[4] - 1)
    state.kept[other] *= blur


def recalled(seen: Observation, games: Codes) -> Outcome | None:
    """Last turn as far as the seat knows of it; what it did not see did not happen.

    Args:
        seen: what the seat saw of B games.
        games: (n,) which of them each recollection belongs to.

    Returns:
        n games' outcome; None before the first turn.
    """
    if seen.turn == 0:
        return None
    orders = holding(games.size)
    orders.deed[:] = np.maximum(seen.deed, 0).take(games, axis=-1)
    orders.word[:] = seen.word.take(games, axis=-1)
    orders.whisper[:] = seen.whispered.take(games, axis=-1)
    orders.whisper_to[:] = np.where(orders.whisper > 0, seen.seat, orders.whisper_to)
    last = nothing(seen.turn, orders)
    last.blow = seen.struck.take(games, axis=-1)
    last.attacks, last.us_killed = seen.attacks[games], seen.us_killed[games]
    last.rung = seen.rung[games]
    return last


def known_orders(learnt: Account) -> dict[Seat, Choice]:
    """The orders of a turn as far as a seat knows them; who was not seen to act holds."""
    chosen = {seat: holding_choice(1) for seat in SEATS}
    for done in learnt.deeds:
        if done.seat is not None and done.deed is not None:
            chosen[done.seat].deed[:], chosen[done.seat].site[:] = done.deed, done.site
    if learnt.seat is not None:
        chosen[learnt.seat].deed[:] = learnt.own_deed
    for said in learnt.words:
        if said.seat is not None:
            own = chosen[said.seat]
            own.word[:], own.word_rung[:] = said.word, said.rung
            if said.to is not None:
                own.word_to[:] = said.to
    for sent in learnt.whispers:
        chosen[sent.sender].whisper[:] = sent.whisper
        chosen[sent.sender].whisper_to[:] = sent.receiver
    return chosen
