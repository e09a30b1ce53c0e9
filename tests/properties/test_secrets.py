"""What was done or said in secret leaves no trace that a third seat can see.

Each turn is resolved twice under the same luck, from states that random play reaches: once with one
covert deed or one whisper, and once without, all other orders alike; and the turn after it with the
same orders. Where the same then happens before the world's eyes, every seat that the secret does
not concern must see the same afterwards, to the last bit. Estimates are set aside, and games in
which an attack left other evidence: these are the channels by which secrets are meant to come out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
import pytest

from game.players.base import options
from game.rules.account import account
from game.rules.legal import deed_mask, refusals, whisper_mask
from game.rules.observe import observe
from game.rules.orders import Orders
from game.rules.outcome import Outcome
from game.rules.resolve import resolve
from game.rules.rulebook import ANY_SITE, NO_SEAT, Deed
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import State
from tests.common import Moment, bits, random_film, setting, unlocked
from tests.support import rewritten

US, IRAN, MILITIA, IRAQ = SEATS
BOOK = setting("the_article").rulebook
FILMS = ("the_article", "the_road_not_taken")
GAMES = 64
READ = 6
"""Accounts that are read of each turn; they are made game by game."""


@dataclass(frozen=True)
class Secret:
    """One covert deed or one whisper, and who may come to know of it."""

    doer: Seat
    deed: int = 0
    whisper: int = 0
    to: Seat | None = None

    def __str__(self) -> str:
        if self.to is None:
            return f"{self.doer.name}-{BOOK.deeds[self.doer][self.deed].id}"
        return f"{self.doer.name}-{BOOK.whispers[self.whisper].id}-{self.to.name}"


def covert(deed: Deed) -> bool:
    return deed.visibility == "covert" and deed.id != "hold"


SECRETS = [
    *(
        Secret(seat, deed=index)
        for seat in SEATS
        for index, deed in enumerate(BOOK.deeds[seat])
        if covert(deed)
    ),
    *(
        Secret(sender, whisper=index, to=receiver)
        for index, whisper in enumerate(BOOK.whispers)
        for sender, receiver in whisper.links
    ),
]

KNOWN: dict[tuple[str, Seat], dict[str, str]] = {
    ("US-cyber", IRAN): {
        "columns['iran_network']": "it sees its own network break down",
        "may.deed": "which may be too broken to carry arms",
        "columns['iran_missiles']": "and its own missiles fail",
        "anger": "and it is angry at whom it takes to have done it",
        "columns['mil_favour']": "and through it Tehran finds out less about the militia",
        "account.disobeyed": "in the turn in which it would have",
        "fear": "and what it is angry at, it fears less or more",
    },
    ("US-cyber", MILITIA): {
        "columns['mil_concealment']": "it sees that its own men are found",
        "columns['mil_rockets']": "it is sent less through a network that is disturbed",
        "columns['iran_grip']": "and drifts from Tehran with it",
        "fear": "and is easier to hit",
        "columns['mil_favour']": "and it is found out less often",
        "account.found_out": "in the turn in which it would have been",
    },
    ("IRAN-arm", MILITIA): {
        "columns['mil_rockets']": "it is given the rockets",
        "columns['mil_favour']": "and the favour that they are a sign of",
        "columns['iran_grip']": "and knows itself how far it heeds Tehran",
    },
    ("MILITIA-prepare", US): {
        "fear": "being ready is partly seen: it is among what Washington estimates",
        "assurance": "and who stands down what was ready is believed",
    },
    ("MILITIA-prepare", IRAN): {
        "fear": "Tehran estimates it, too",
        "assurance": "and is told as well when it is stood down",
    },
    ("MILITIA-prepare", IRAQ): {
        "fear": "Baghdad estimates it, too",
        "assurance": "and is told as well when it is stood down",
    },
    ("IRAQ-tip_off-US", MILITIA): {
        "account.tip_off_known": "a tip-off can leak",
        "anger": "and it is angry at who gave it",
    },
}
"""Of each secret, the third seats that see it, in what alone, and why."""
CONSEQUENCES = {
    "columns['outlook']",  # told of a game that is over, as the campaign then stands
    "columns['iran_pressure']",  # sanctions follow Washington's anger, which messages move, …
    "columns['iran_cohesion']",  # … and bite
}
"""What comes of a secret for everybody to see, without telling of it."""


def with_and_without(orders: Orders, secret: Secret) -> Orders:
    """Orders for games that stand twice: without the secret, and then with it."""
    half, orders = orders.games // 2, unlocked(orders)
    if secret.to is None:
        orders.deed[secret.doer], orders.site[secret.doer] = 0, ANY_SITE
        orders.deed[secret.doer, half:] = secret.deed
    else:
        orders.whisper[secret.doer], orders.whisper_to[secret.doer] = 0, NO_SEAT
        orders.whisper[secret.doer, half:] = secret.whisper
        orders.whisper_to[secret.doer, half:] = secret.to
    return orders


def may(rules: Setting, state: State, secret: Secret) -> np.ndarray:
    """(n,) the games that are on in which the secret is legal."""
    if secret.to is None:
        legal = deed_mask(rules, state, secret.doer)[secret.deed]
    else:
        legal = whisper_mask(rules, state, secret.doer)[secret.whisper, secret.to]
    return np.flatnonzero(legal & (state.ending == 0))


def same_in_public(both: Outcome) -> np.ndarray:
    """(n,) the games, of those that stand twice, in which all fire and every strike went alike, and
    left the same evidence.
    """
    half = both.orders.games // 2
    alike = np.ones(half, np.bool_)
    for name in (f.name for f in fields(both)):
        if name.startswith(("fire_", "strike_")) or name in ("signal", "finding"):
            array = getattr(both, name)
            alike &= (array[..., :half] == array[..., half:]).reshape(-1, half).all(axis=0)
    return np.flatnonzero(alike)


def pairs_of(rules: Setting, film: list[Moment], secret: Secret) -> Iterator[tuple[Moment, Moment]]:
    """The moments after each turn without the secret and with it, and after one turn more with the
    same orders for both, of the games that went alike. Both are played in one batch.
    """
    for before, *later in zip(film, film[1:], film[2:], strict=False):
        games = may(rules, before.state, secret)
        state = before.state.take(np.tile(games, 2))
        for step, moment in enumerate(later):
            given = moment.outcome.orders.take(np.tile(games, 2))
            if step:
                legal = both_may(rules, state, given)
                twice = np.concatenate([legal, legal + games.size])
                games, state, given = games[legal], state.take(twice), given.take(twice)
            else:
                given = with_and_without(given, secret)
            state, outcome = resolve(rules, state, given)
            alike = same_in_public(outcome)
            kept, told = (
                Moment(state.take(which), outcome.take(which))
                for which in (alike, alike + games.size)
            )
            games, state = games[alike], state.take(np.concatenate([alike, alike + games.size]))
            yield kept, told


def both_may(rules: Setting, state: State, orders: Orders) -> np.ndarray:
    """(n,) the games, of those that stand twice, in which the orders are legal both times."""
    half = orders.games // 2
    refused = {refusal.game % half for refusal in refusals(rules, state, orders)}
    return np.array([game for game in range(half) if game not in refused], np.intp)


def seen_by(rules: Setting, moment: Moment, seat: Seat, game: int | None = None) -> dict[str, Any]:
    """All that the seat is shown, and may order; or all that it is told of one game."""
    if game is None:
        shown = bits(observe(rules, *moment, seat)) | {
            f"may{name}": value for name, value in bits(options(rules, moment.state, seat)).items()
        }
        return {name.removeprefix("."): value for name, value in shown.items()}
    told = account(rules, moment.outcome, seat, game)
    return {f"account.{f.name}": getattr(told, f.name) for f in fields(told)}


def traces(rules: Setting, kept: Moment, told: Moment, seat: Seat) -> set[str]:
    """Where the seat can see that the two are not the same, estimates aside."""
    told = Moment(replace(told.state, estimates=kept.state.estimates), told.outcome)
    found = set()
    for game in (None, *range(min(READ, kept.state.games))):
        one, other = (seen_by(rules, moment, seat, game) for moment in (kept, told))
        assert one.keys() == other.keys()
        found |= {name for name in one if one[name] != other[name]}
    return found


@pytest.mark.parametrize("secret", SECRETS, ids=str)
def test_a_third_seat_sees_nothing_of_it(secret: Secret) -> None:
    compared, found = 0, {seat: set() for seat in SEATS if seat not in (secret.doer, secret.to)}
    for name in FILMS:
        rules = setting(name)
        for moments in pairs_of(rules, random_film(name, GAMES), secret):
            kept, told = (one_without_deals(moments, moment) for moment in moments)
            compared += kept.state.games
            for seat in found:
                found[seat] |= traces(rules, kept, told, seat)
    for seat, traced in found.items():
        seen = traced - CONSEQUENCES
        known = set(KNOWN.get((str(secret), seat), {}))
        assert seen <= known, f"{seat.name}: {seen - known}"
        assert bool(seen) == bool(known), f"{seat.name} needs no exemption"
    assert compared > 300


def in_force(moments: tuple[Moment, Moment]) -> np.ndarray:
    """(n,) the games in which a deal came of the secret, or is over by it."""
    kept, told = moments
    apart = (kept.state.deal != told.state.deal) | (
        kept.outcome.deal_code != told.outcome.deal_code
    )
    return apart.any(axis=(0, 1))


def one_without_deals(moments: tuple[Moment, Moment], moment: Moment) -> Moment:
    """The games of a moment in which no deal came of the secret."""
    games = np.flatnonzero(~in_force(moments))
    return Moment(*(part.take(games) for part in moment))


DEALS = [one for one in SECRETS if BOOK.whispers[one.whisper].deal is not None]


@pytest.mark.parametrize("secret", DEALS, ids=str)
def test_of_a_deal_a_third_seat_sees_what_is_given_and_what_leaks(secret: Secret) -> None:
    """A waiver that is granted, or a soldier who goes home, is seen by everybody, and nobody is
    told why; a leak is told to all."""
    own = BOOK.whispers[secret.whisper].deal
    # Without the message the two may have signed another deal instead.
    deals = [w.deal for w in BOOK.whispers if w.deal and (secret.doer, secret.to) in w.links]
    given = {f"columns['{name}']" for deal in deals for name in deal.weekly}
    leaked = {f"columns['{name}']" for deal in deals for name in deal.exposed}
    warned = {"account.tip_off_known", "anger"} if own.warns else set()
    shown, compared = set(), 0
    for name in FILMS:
        rules = setting(name)
        for moments in pairs_of(rules, random_film(name, GAMES), secret):
            games = np.flatnonzero(in_force(moments))
            kept, told = (Moment(*(part.take(games) for part in one)) for one in moments)
            leaks = kept.outcome.deal_leaked | told.outcome.deal_leaked
            untold = np.flatnonzero(~leaks.any(axis=(0, 1)))
            for seat in (seat for seat in SEATS if seat not in (secret.doer, secret.to)):
                seen = traces(rules, kept, told, seat)
                tips = warned if seat is MILITIA else set()  # as of a tip-off that leaks
                shown_to_all = {"account.deals", "fear"} | FOLLOWS | CONSEQUENCES
                assert seen <= given | leaked | shown_to_all | tips
                quiet = [Moment(*(p.take(untold) for p in one)) for one in (kept, told)]
                seen = traces(rules, *quiet, seat)
                assert seen <= given | {"fear"} | FOLLOWS | CONSEQUENCES | tips, seen
                shown |= seen
            compared += games.size
    assert compared > 30
    promised = {f"columns['{name}']" for name in own.weekly} - {"columns['mil_fighters']"}
    assert promised <= shown, "nobody saw what was given"


FOLLOWS = {
    "columns['iran_cohesion']",  # sanctions that are eased bite less
    "columns['mil_fighters']",  # recruits follow standing, the detained go free where rule is weak
    "columns['iraq_authority']",
}


@pytest.mark.parametrize("secret", SECRETS, ids=str)
def test_who_does_it_and_who_hears_it_know(secret: Secret) -> None:
    """Without this, the test above might compare turns in which nothing was secret."""
    rules, film = setting(FILMS[0]), random_film(FILMS[0], GAMES)
    kept, told = next(pairs_of(rules, film, secret))
    for seat in {secret.doer, secret.to} - {None}:
        trace = "account.own_deed" if secret.to is None else "account.whispers"
        assert trace in traces(rules, kept, told, seat)


def test_a_covert_deed_that_costs_standing_is_found_out() -> None:
    """The comparison finds a deed that moves what everybody sees."""
    secret = next(one for one in SECRETS if str(one) == "MILITIA-disperse")
    rules = setting(FILMS[0])
    own = list(rules.rulebook.deeds[MILITIA])
    own[secret.deed] = replace(own[secret.deed], costs={"mil_standing": 0.01})
    deeds = tuple(tuple(own) if seat is MILITIA else rules.rulebook.deeds[seat] for seat in SEATS)
    leaky = rewritten(rules, book=replace(rules.rulebook, deeds=deeds))
    kept, told = next(pairs_of(leaky, random_film(FILMS[0], GAMES), secret))
    for seat in MILITIA.rivals:
        assert "columns['mil_standing']" in traces(leaky, kept, told, seat)


def test_every_exemption_is_for_a_secret() -> None:
    assert {secret for secret, _ in KNOWN} <= set(map(str, SECRETS))
