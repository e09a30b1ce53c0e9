"""The propositions that say what comes after what: force after deaths, missiles after a killing."""

from collections.abc import Callable
from datetime import date

import numpy as np

from game.content.scenario import Scenario

from .counting import Counted, Flags, difference, share
from .moments import force
from .record import opening_days
from .trajectories import Trajectories

TEN_DAYS, A_MONTH, TWO_MONTHS, A_QUARTER = 10, 31, 60, 92

# Arrays are (turns, B).


def followed(
    cause: Flags, effect: Flags, days: tuple[date, ...], within: int, first: int
) -> Counted:
    """Of the turns with a cause, those followed by the effect in a turn that opens within so many
    days; `first` is 0 where the same turn counts, and 1 where only later ones do.

    Turns whose time the calendar cuts short are left out.
    """
    opened = np.array([(day - days[0]).days for day in days])
    happened, cases = np.zeros((2, cause.shape[1]), np.int64)
    for turn in range(cause.shape[0]):
        if opened[turn] + within > opened[-1]:
            continue
        reach = [
            later
            for later in range(turn + first, cause.shape[0])
            if opened[later] - opened[turn] <= within or later == turn + first
        ]
        if not reach:
            continue
        cases += cause[turn]
        happened += cause[turn] & effect[reach].any(axis=0)
    return Counted(happened, cases)


def recent(cause: Flags, days: tuple[date, ...], within: int) -> Flags:
    """(turns, B) the cause was there in an earlier turn that ended within so many days before."""
    found = np.zeros_like(cause, np.bool_)
    for turn in range(cause.shape[0]):
        near = [e for e in range(turn) if (days[turn] - days[e + 1]).days <= within]
        found[turn] = cause[near].any(axis=0)
    return found


def _calm(cause: Flags, days: tuple[date, ...]) -> Flags:
    """(turns, B) the cause is in neither this turn nor the ten days before or after it."""
    near = cause | recent(cause, days, TEN_DAYS)
    for turn in range(cause.shape[0]):
        after = [
            later
            for later in range(turn + 1, cause.shape[0])
            if (days[later] - days[turn]).days <= TEN_DAYS
        ]
        near[turn] |= cause[after].any(axis=0)
    return ~near


def _provoked(happened: Flags, cause: Flags, scenario: Scenario) -> Counted:
    """Of the turns in which it happened, those with the cause in the ten days before."""
    return share(recent(cause, opening_days(scenario), TEN_DAYS), happened)


def _oftener(
    cause: Flags, calm: Flags, effect: Flags, scenario: Scenario, first: int = 1
) -> Counted:
    """How much oftener the effect follows the cause within ten days than it follows a calm turn."""
    days = opening_days(scenario)
    return difference(*(followed(turns, effect, days, TEN_DAYS, first) for turns in (cause, calm)))


def _oftener_before(
    happened: Flags, cause: Flags, scenario: Scenario, shown: Trajectories
) -> Counted:
    """How much oftener the cause was in the ten days before it than before a turn without it."""
    before = recent(cause, opening_days(scenario), TEN_DAYS)
    return difference(share(before, happened), share(before, ~happened & (shown.on > 0)))


# --- after limited strikes


def _resumed(scenario: Scenario, shown: Trajectories) -> Counted:
    return followed(shown.strike > 0, shown.attacks > 0, opening_days(scenario), 6, 1)


def _not_stopped(scenario: Scenario, shown: Trajectories) -> Counted:
    return followed(shown.strike > 0, shown.attacks > 0, opening_days(scenario), A_MONTH, 1)


# --- American force and American dead


def _answered(scenario: Scenario, shown: Trajectories) -> Counted:
    dead, days = shown.deadly_to_americans > 0, opening_days(scenario)
    return followed(dead, force(shown) > 0, days, TEN_DAYS, 1)


def _unanswered(scenario: Scenario, shown: Trajectories) -> Counted:
    dead, used = shown.us_killed > 0, force(shown) > 0
    harmless = (shown.attacks > 0) & ~dead & ~recent(dead, opening_days(scenario), TEN_DAYS)
    cases = harmless[:-1] & (shown.on[1:] > 0)
    return share(~used[1:], cases)


def _answered_rise(scenario: Scenario, shown: Trajectories) -> Counted:
    dead, harmless = shown.deadly_to_americans > 0, _harmless(scenario, shown)
    return _oftener(dead, harmless, force(shown) > 0, scenario)


def _harmless(scenario: Scenario, shown: Trajectories) -> Flags:
    """(turns, B) attacks, and no American dead within ten days."""
    harmless: Flags = (shown.attacks > 0) & _calm(shown.us_killed > 0, opening_days(scenario))
    return harmless


def _answered_at_once(scenario: Scenario, shown: Trajectories) -> Counted:
    """In the very next turn."""
    used = force(shown)[1:] > 0
    dead, harmless = shown.deadly_to_americans > 0, _harmless(scenario, shown)
    return difference(*(share(used, turns[:-1]) for turns in (dead, harmless)))


def _strikes_rise(scenario: Scenario, shown: Trajectories) -> Counted:
    dead, harmless = shown.deadly_to_americans > 0, _harmless(scenario, shown)
    return _oftener(dead, harmless, shown.strike > 0, scenario)


def _reasons_rise(scenario: Scenario, shown: Trajectories) -> Counted:
    dead, harmless = shown.deadly_to_americans > 0, _harmless(scenario, shown)
    return _oftener(dead, harmless, shown.us_justified > 0, scenario)


def _barrages_answered(scenario: Scenario, shown: Trajectories) -> Counted:
    fired = shown.barrage > 0
    lesser = (shown.attacks > 0) & _calm(fired, opening_days(scenario))
    return _oftener(fired, lesser, force(shown) > 0, scenario)


def _deadly_barrages(scenario: Scenario, shown: Trajectories) -> Counted:
    """Barrages that killed an American, less those with none killed within ten days."""
    fired, days = shown.barrage > 0, opening_days(scenario)
    kinds = fired & (shown.deadly_to_americans > 0), fired & _harmless(scenario, shown)
    used = force(shown) > 0
    return difference(*(followed(kind, used, days, TEN_DAYS, 1) for kind in kinds))


def _force_provoked_rise(scenario: Scenario, shown: Trajectories) -> Counted:
    return _oftener_before(force(shown) > 0, shown.us_killed > 0, scenario, shown)


def _killings_provoked_rise(scenario: Scenario, shown: Trajectories) -> Counted:
    return _oftener_before(shown.kill > 0, shown.us_killed > 0, scenario, shown)


def _killings_provoked(scenario: Scenario, shown: Trajectories) -> Counted:
    return _provoked(shown.kill > 0, shown.us_killed > 0, scenario)


# --- Iran and its commander


def _revenged(scenario: Scenario, shown: Trajectories) -> Counted:
    return followed(shown.kill > 0, shown.missile > 0, opening_days(scenario), TEN_DAYS, 1)


def _revenged_rise(scenario: Scenario, shown: Trajectories) -> Counted:
    killed = shown.kill > 0
    calm = (shown.on > 0) & _calm(killed, opening_days(scenario))
    return _oftener(killed, calm, shown.missile > 0, scenario)


def _beyond_strikes(scenario: Scenario, shown: Trajectories) -> Counted:
    """After a killing, less after a limited strike."""
    missiles, days = shown.missile > 0, opening_days(scenario)
    return difference(
        *(followed(cause > 0, missiles, days, TEN_DAYS, 1) for cause in (shown.kill, shown.strike))
    )


def _iran_reasons_rise(scenario: Scenario, shown: Trajectories) -> Counted:
    killed = shown.kill > 0
    calm = (shown.on > 0) & _calm(killed, opening_days(scenario))
    return _oftener(killed, calm, shown.iran_justified > 0, scenario)


def _missiles_provoked(scenario: Scenario, shown: Trajectories) -> Counted:
    return _provoked(shown.missile > 0, shown.kill > 0, scenario)


def _threatened(scenario: Scenario, shown: Trajectories) -> Counted:
    """In the turn of the killing or within ten days after it."""
    threat, days = shown.iran_threatened > 0, opening_days(scenario)
    return followed(shown.kill > 0, threat, days, TEN_DAYS, 0)


def _spoke_rise(scenario: Scenario, shown: Trajectories) -> Counted:
    killed = shown.kill > 0
    calm = (shown.on > 0) & _calm(killed, opening_days(scenario))
    return _oftener(killed, calm, shown.iran_protested > 0, scenario, first=0)


def _let_be(scenario: Scenario, shown: Trajectories) -> Counted:
    """No American force in the two months after missiles that killed no American."""
    harmless = (shown.missile > 0) & (shown.missile_killed == 0)
    used = (force(shown) > 0) | (shown.strike_iran > 0)
    return _never(followed(harmless, used, opening_days(scenario), TWO_MONTHS, 1))


def _stepped_down(scenario: Scenario, shown: Trajectories) -> Counted:
    """No open blow between Washington and Tehran in the quarter of a year after missiles."""
    open_blow = (shown.missile > 0) | (shown.strike_iran > 0)
    again = followed(shown.missile > 0, open_blow, opening_days(scenario), A_QUARTER, 1)
    return _never(again)


def _never(found: Counted) -> Counted:
    return Counted(found.under - found.top, found.under)


def _sanctioned_rise(scenario: Scenario, shown: Trajectories) -> Counted:
    fired = shown.missile > 0
    calm = (shown.on > 0) & _calm(fired, opening_days(scenario))
    return _oftener(fired, calm, shown.sanction > 0, scenario, first=0)


# --- Baghdad after American force


def _protested_rise(scenario: Scenario, shown: Trajectories) -> Counted:
    used = force(shown) > 0
    calm = (shown.on > 0) & _calm(used, opening_days(scenario))
    return _oftener(used, calm, shown.condemned > 0, scenario, first=0)


SEQUENCES: dict[str, Callable[[Scenario, Trajectories], Counted]] = {
    "resumed": _resumed,
    "not_stopped": _not_stopped,
    "answered": _answered,
    "unanswered": _unanswered,
    "answered_rise": _answered_rise,
    "answered_at_once": _answered_at_once,
    "strikes_rise": _strikes_rise,
    "reasons_rise": _reasons_rise,
    "barrages_answered": _barrages_answered,
    "deadly_barrages": _deadly_barrages,
    "force_provoked_rise": _force_provoked_rise,
    "killings_provoked_rise": _killings_provoked_rise,
    "killings_provoked": _killings_provoked,
    "killings_justified": lambda _, shown: share(shown.us_justified > 0, shown.kill > 0),
    "revenged": _revenged,
    "revenged_rise": _revenged_rise,
    "beyond_strikes": _beyond_strikes,
    "iran_reasons_rise": _iran_reasons_rise,
    "missiles_provoked": _missiles_provoked,
    "missiles_justified": lambda _, shown: share(shown.iran_justified > 0, shown.missile > 0),
    "threatened": _threatened,
    "spoke_rise": _spoke_rise,
    "sanctioned_rise": _sanctioned_rise,
    "let_be": _let_be,
    "stepped_down": _stepped_down,
    "protested_rise": _protested_rise,
}
"""What is counted over free games, by the name of the measure."""
