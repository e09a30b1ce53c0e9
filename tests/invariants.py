"""What must hold after every turn, whatever was ordered: one function for each group of promises.

Each yields pairs of a promise and the games, (B,), that keep it. The property tests and the fuzzer
read the same list; a new promise is a new function in `PROMISES`.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields
from typing import NamedTuple

import numpy as np

from game.rules.digest import game_digests
from game.rules.endings import Ending, mark_parts, marks
from game.rules.observe import observe
from game.rules.orders import Orders
from game.rules.outcome import Outcome, Source, nothing
from game.rules.seats import SEATS, Cause
from game.rules.setting import Setting
from game.rules.state import COLUMNS, DRAWN, ESTIMATED, PAIR_COLUMNS, State, array_names


class Step(NamedTuple):
    """One adjudicated turn."""

    setting: Setting
    before: State
    orders: Orders
    after: State
    outcome: Outcome


Kept = Iterator[tuple[str, np.ndarray]]

_WHOLE_UNITS = (
    "0 or 1", "-1, 0 or 1", "number of a word", "attacks", "steps", "rung", "days",
)  # fmt: skip
_WHOLE_NAMES = ("_dead", "_wounded", "_unreported", "_detained")
_NEVER_FALLING = (
    "us_dead", "us_wounded", "coalition_dead", "iran_dead", "militia_dead", "iraqi_dead",
    "civilians_dead", "attacks", "highest_rung",
)  # fmt: skip
_FIRED = (f.name for f in fields(Outcome) if f.name.startswith(("fire_", "strike_")))
_COUNTED = (
    *(name for name in _FIRED if name not in ("fire_site", "strike_leaders")),
    *("revised", "detained", "released", "attacks", "us_killed", "us_wounded_reported", "rung"),
)


def is_whole(column: str) -> bool:
    """Whether a column of the state holds whole numbers only."""
    return COLUMNS[column].unit in _WHOLE_UNITS or column.endswith(_WHOLE_NAMES)


def _all(holds: np.ndarray) -> np.ndarray:
    """(B,) true where it holds in every row."""
    return holds.reshape(-1, holds.shape[-1]).all(axis=0)


def columns(step: Step) -> Kept:
    for name, spec in COLUMNS.items():
        value = getattr(step.after, name)
        low, high = np.float32(spec.low), np.float32(spec.high)
        yield f"{name} is from {spec.low} to {spec.high}", (value >= low) & (value <= high)
        if is_whole(name):
            yield f"{name} is whole", value == np.floor(value)
    for name in _NEVER_FALLING:
        yield f"{name} never falls", getattr(step.after, name) >= getattr(step.before, name)
    yield "the highest rung is the highest", step.after.highest_rung >= step.after.rung


def pairs(step: Step) -> Kept:
    for name, spec in PAIR_COLUMNS.items():
        value = getattr(step.after, name)
        low, high = np.float32(spec.low), np.float32(spec.high)
        yield f"{name} is from {spec.low} to {spec.high}", _all((value >= low) & (value <= high))
        if spec.unit in ("rung", "0 or 1", "days", "number of a message"):
            yield f"{name} is whole", _all(value == np.floor(value))
    for seat in SEATS:
        yield "nobody is angry at itself", step.after.anger[seat, seat] == 0
        yield "nobody owes itself an answer", step.after.debt[seat, seat] == 0
    owing = step.after.debt > 0
    yield "a debt and its days go together", _all(owing == (step.after.debt_days > 0))


def deals(step: Step) -> Kept:
    """Offers and deals, and what is told of them."""
    out, before, after = step.outcome, step.before, step.after
    for name in ("deal", "deal_days", "deal_known"):
        value = getattr(after, name)
        yield f"{name} is the same both ways", _all(value == value.swapaxes(0, 1))
    yield "a deal has days left", _all((after.deal > 0) == (after.deal_days > 0))
    yield "an offer has days left", _all((after.offer > 0) == (after.offer_days > 0))
    yield "who has a deal offers none", _all((after.deal == 0) | (after.offer == 0))
    yield "only a deal is known", _all((after.deal_known == 0) | (after.deal > 0))
    yield "a seat has no deal with itself", ~np.any([after.deal[s, s] > 0 for s in SEATS], axis=0)
    ended = out.deal_kept | out.breach | out.breach.swapaxes(0, 1)
    gone = (before.deal > 0) & (after.deal == 0)
    yield "a deal ends kept or broken", _all(gone == ended)
    yield "what is broken is not kept", _all(~(out.deal_kept & out.breach))
    made = (before.deal == 0) & (after.deal > 0)
    yield "a deal begins with two signatures", _all(made == out.deal_signed)


def minds(step: Step) -> Kept:
    state = step.after
    total = state.suspicion.sum(axis=1)
    share = (state.suspicion >= 0) & (state.suspicion <= 1)
    yield "suspicions are shares", _all(share)
    yield "a seat's suspicions add up to 1", _all(np.abs(total - 1) < 1e-4)
    for name in ("culprit", "debt_cause"):
        cause = getattr(state, name)
        yield f"the {name} is a cause", (cause >= -1) & (cause < len(Cause))
    for k, name in enumerate(ESTIMATED):
        spec, value = COLUMNS[name], state.estimates[:, k]
        holds = (value >= spec.low) & (value <= np.float32(spec.high))
        yield f"an estimate of {name} is from {spec.low} to {spec.high}", _all(holds)


def ledger(step: Step) -> Kept:
    """Answers, lapses and crossings, and the debts between them."""
    out, before, after = step.outcome, step.before, step.after
    on = before.ending == 0
    yield "what is answered is not let pass", ~(out.answered & out.lapsed).any(axis=(0, 1))
    settled = out.answered | out.lapsed
    yield "only debts are settled", _all(~settled | (before.debt > 0))
    yield "a crossing opens a debt", _all(~out.crossed | (after.debt > 0)) | ~on
    opened = (after.debt > before.debt) & ~out.crossed
    yield "only a crossing opens a debt", _all(~opened)
    prompt = (out.promptness >= 0) & (out.promptness <= out.answered)
    yield "only an answer is prompt", _all(prompt)
    diagonal = [out.crossed[s, s] | out.blow[s, s].astype(bool) for s in SEATS]
    yield "nobody crosses its own line", ~np.any(diagonal, axis=0)


def counts(step: Step) -> Kept:
    """The turn's numbers are whole, and they agree with one another and with the state."""
    out, before, after = step.outcome, step.before, step.after
    for name in _COUNTED:
        value = getattr(out, name)
        yield f"{name} is whole and not negative", _all((value >= 0) & (value == np.floor(value)))
    fired = out.fire_attacks > 0
    yield "no hits without rounds", _all(out.fire_hits <= out.fire_rounds)
    yield "every attack has its rounds", _all(out.fire_rounds >= out.fire_attacks)
    yield "an attack has a place", _all(fired == (out.fire_site >= 0))
    yield "an attack has a rung", _all(fired == (out.fire_rung > 0))
    hurt = out.fire_us_killed + out.fire_us_wounded + out.fire_coalition_killed
    hurt = hurt + out.fire_iraqi_killed
    yield "nobody is hurt without a hit", _all((hurt == 0) | (out.fire_hits > 0))
    yield "attacks add up", out.attacks == out.fire_attacks.sum(axis=0)
    yield "the dead add up", out.us_killed == out.fire_us_killed.sum(axis=0)
    on = before.ending == 0
    yield "the dead are remembered", after.us_dead - before.us_dead == out.us_killed
    yield "attacks are remembered", after.attacks - before.attacks == out.attacks
    ahead = np.where(out.ending > 0, after.outlook >= after.attacks, after.outlook == after.attacks)
    yield "the outlook is what happened, and at the end what comes", ahead | ~on
    known = before.us_wounded + before.us_wounded_unreported + out.fire_us_wounded.sum(axis=0)
    yield "no wounded is lost", after.us_wounded + after.us_wounded_unreported == known
    yield "the turn's rung is the state's", (after.rung == out.rung) | ~on
    quiet = (after.quiet_days == 0) == (out.attacks > 0)
    yield "only attacks end the quiet", quiet | ~on


def places(step: Step) -> Kept:
    """American bases are hit only where they are still held: by whoever got orders, those that were
    held when they were given; by others, those that are held after the turn's own moves.
    """
    tables, out = step.setting.tables, step.outcome
    for source in Source:
        fired = out.fire_site[source] >= 0
        site = out.fire_site[source] * fired
        ordered = source in (Source.MILITIA, Source.IRAN)
        exposure = (step.before if ordered else step.after).us_exposure
        held = tables.site_held.take(site) < np.maximum(exposure, 0.01)
        yield f"fire by {source.name} is at a base that is held", ~fired | held
        american = tables.site_host.take(site) == 0
        yield f"fire by {source.name} is at an American base", ~fired | american


def endings(step: Step) -> Kept:
    after, over = step.after, step.after.ending > 0
    yield "an ending is one of the list", (after.ending >= 0) & (after.ending < len(Ending))
    yield "ended games have a last turn", over == (after.ended_turn > 0)
    yield "no game ends in the future", after.ended_turn <= after.turn
    if after.turn == step.setting.turns:
        yield "the calendar ends every game", over
    now = over & (step.before.ending == 0)
    yield "a game ends in the turn that it ends in", ~now | (after.ended_turn == after.turn)
    yield "the outcome tells the ending", step.outcome.ending == after.ending * now
    for name in ("key", *DRAWN):
        same = getattr(after, name) == getattr(step.before, name)
        yield f"a game keeps its {name}", _all(same)


def frozen(step: Step) -> Kept:
    """Games that had ended stay as they are, and nothing happens in them."""
    over = step.before.ending > 0
    if not over.any():
        return
    for name in array_names():
        old, new = getattr(step.before, name), getattr(step.after, name)
        yield f"{name} of ended games is frozen", _all(_same_bits(old, new)) | ~over
    empty = nothing(step.outcome.turn, step.orders)
    for f in fields(Outcome):
        if f.name not in ("turn", "orders"):
            told, none = getattr(step.outcome, f.name), getattr(empty, f.name)
            yield f"{f.name} of ended games is empty", _all(_same_bits(told, none)) | ~over


def _same_bits(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    if left.dtype == np.float32:
        return left.view(np.uint32) == right.view(np.uint32)
    return left == right


def scores(step: Step) -> Kept:
    result = marks(step.setting, step.after)
    yield "marks are from 0 to 100", _all((result >= 0) & (result <= 100))
    for seat in SEATS:
        parts = list(mark_parts(step.setting, step.after, seat).items())
        tables = step.setting.tables.mark_points[seat]
        for (part, value), points in zip(parts, tables, strict=True):
            most = points[step.after.agenda[seat]]
            yield f"{part} is from 0 to its points", (value >= 0) & (value <= most)


def sights(step: Step) -> Kept:
    """What seats see is finite; beliefs are shares, and fear has its most."""
    most = step.setting.rulebook.parameters.dread.most
    for seat in SEATS:
        seen = observe(step.setting, step.after, step.outcome, seat)
        for name, value in seen.columns.items():
            yield f"{seat.name} sees a finite {name}", np.isfinite(value)
        for name in ("credibility", "assurance", "anger", "suspicion"):
            value = getattr(seen, name)
            yield f"{seat.name}'s {name} is a share", _all((value >= 0) & (value <= 1))
        fear = seen.fear
        yield f"{seat.name}'s fear has its most", _all((fear >= 0) & (fear <= np.float32(most)))


def digests(step: Step) -> Kept:
    same = game_digests(step.after) == game_digests(step.after.copy())
    yield "a copy has the same digest", same
    yield "the turn is counted", np.full(step.after.games, step.after.turn == step.before.turn + 1)


PROMISES: list[Callable[[Step], Kept]] = [
    columns, pairs, deals, minds, ledger, counts, places, endings, frozen, scores, sights, digests,
]  # fmt: skip


def broken(step: Step) -> dict[str, np.ndarray]:
    """The promises that some game broke, with the positions in the batch of those games."""
    return {
        promise: np.flatnonzero(~kept)
        for group in PROMISES
        for promise, kept in group(step)
        if not kept.all()
    }
