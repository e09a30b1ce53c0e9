"""What may be ordered. Masks and reasons come from the very same requirements.

Every requirement rests on columns that the seat itself sees, so that a refusal tells it nothing
that it could not know.
"""

from enum import Enum
from itertools import islice
from typing import Any, NamedTuple

import numpy as np

from .orders import Orders
from .rulebook import ANY_SITE, NO_SEAT, Requirement
from .seats import SEATS, Rung, Seat
from .setting import Setting
from .state import Bools, Codes, Floats, State

LOWEST_LINE = int(Rung.PRESSURE)
HIGHEST_LINE = int(Rung.MASS_CASUALTIES)


class Part(Enum):
    """The part of an order that was refused."""

    DEED = "deed"
    SITE = "site"
    WORD = "word"
    WORD_TO = "word's target"
    WORD_RUNG = "word's rung"
    WHISPER = "whisper"
    WHISPER_TO = "whisper's target"


class Refusal(NamedTuple):
    """Why one order cannot stand."""

    game: int
    seat: Seat
    part: Part
    name: str
    reason: str

    def __str__(self) -> str:
        return f"{self.seat.name}'s {self.part.value} {self.name}: {self.reason}"


class IllegalOrderError(ValueError):
    """An order that is not legal; nothing was changed. `refusal` says which and why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


def _holds(state: Any, requirement: Requirement) -> Bools:
    column: Floats = getattr(state, requirement.column)
    if requirement.at_most is None:
        return column >= np.float32(requirement.at_least or 0.0)
    holds = column <= np.float32(requirement.at_most)
    if requirement.at_least is not None:
        holds = holds & (column >= np.float32(requirement.at_least))
    return holds


def deed_mask(setting: Setting, state: State, seat: Seat) -> Bools:
    """(deeds of the seat, B): true where the deed may be ordered. Hold always may."""
    always = np.ones_like(state.us_troops, np.bool_)
    may = [always for _ in setting.rulebook.deeds[seat]]
    for deed, requirement in setting.tables.deed_requires[seat]:
        may[deed] = may[deed] & _holds(state, requirement)
    return np.stack(may)


def word_mask(setting: Setting, state: State, seat: Seat) -> Bools:
    """(words, B): true where the seat may say it. Silence always may be kept."""
    always = np.ones_like(state.us_troops, np.bool_)
    may = [always if speaks else ~always for speaks in setting.tables.speaks[seat]]
    for word, requirement in setting.tables.word_requires[seat]:
        may[word] = may[word] & _holds(state, requirement)
    return np.stack(may)


def whisper_mask(setting: Setting, state: State, seat: Seat) -> Bools:
    """(whispers, 4 receivers, B): true where the seat may whisper it to that receiver.

    Whisper 0, none, goes to nobody: its rows are false; it is legal with receiver -1. Two seats
    have one deal at a time, and nobody offers again what stands offered.
    """
    may: Bools = (state.channel[seat] > 0) & setting.tables.links[seat].T[:, :, None]
    deals = setting.tables.deals.nonzero()[0]
    codes = deals.astype(np.float32)[:, None, None]
    may[deals] &= (state.deal[seat] <= 0) & (state.offer[seat] != codes)
    return may


def site_mask(setting: Setting, state: State, seat: Seat, deed: int) -> Bools:
    """(sites, B): true where that deed may name the site."""
    tables = setting.tables
    right_host: Bools = tables.site_host == tables.deed_at[seat][deed]
    held: Bools = tables.site_held[:, None] < state.us_exposure
    return held & right_host[:, None]


def why_not_deed(setting: Setting, state: State, seat: Seat, deed: int) -> tuple[str, ...]:
    """The reasons why one game's seat may not order a deed; empty where it may.

    Args:
        setting: the scenario's rules.
        state: one game (B = 1).
        seat: who would order it.
        deed: index into the seat's deeds.
    """
    return tuple(
        requirement.because
        for index, requirement in setting.tables.deed_requires[seat]
        if index == deed and not _holds(state, requirement)[0]
    )


def why_not_word(setting: Setting, state: State, seat: Seat, word: int) -> tuple[str, ...]:
    """The reasons why one game's seat may not say a word; empty where it may."""
    if not setting.tables.speaks[seat, word]:
        return ("not a thing for this seat to say",)
    return tuple(
        requirement.because
        for index, requirement in setting.tables.word_requires[seat]
        if index == word and not _holds(state, requirement)[0]
    )


def why_not_whisper(
    setting: Setting, state: State, seat: Seat, whisper: int, to: int
) -> tuple[str, ...]:
    """The reasons why one game's seat may not whisper that to a seat; empty where it may."""
    if whisper == 0:
        return () if to == NO_SEAT else ("no whisper goes to nobody",)
    if to not in SEATS or not setting.tables.links[seat, to, whisper]:
        return ("not a message that this seat can send there",)
    if state.channel[seat, to, 0] <= 0:
        return ("no channel between the two is open",)
    if setting.rulebook.whispers[whisper].deal is not None:
        if state.deal[seat, to, 0] > 0:
            return ("a deal between the two is in force",)
        if state.offer[seat, to, 0] == whisper:
            return ("that offer stands already",)
    return ()


def refusals(
    setting: Setting, state: State, orders: Orders, *, first_only: bool = False
) -> list[Refusal]:
    """Every order that is not legal in a game that is still on, by seat and game.

    Args:
        setting: the scenario's rules.
        state: B games.
        orders: B games' orders.
        first_only: stop at the first.
    """
    playing = state.ending == 0
    wrong = {
        part: [bad[seat] & playing for seat in SEATS]
        for part, bad in _violations(setting, state, orders).items()
    }
    found = (
        _explain(setting, state, orders, seat, part, int(game))
        for seat in SEATS
        for part, bad in wrong.items()
        for game in bad[seat].nonzero()[0]
    )
    return list(islice(found, 1 if first_only else None))


def _violations(setting: Setting, state: State, orders: Orders) -> dict[Part, list[Bools]]:
    """Each part of an order with where it is wrong, by seat, (B,) each.

    Of a deed, word or whisper that does not exist nothing else is said; look-ups of it are
    clipped to some other.
    """
    wrong: dict[Part, list[Bools]] = {part: [] for part in Part}
    for seat in SEATS:
        _wrong_deed(setting, state, orders, seat, wrong)
        _wrong_word(setting, state, orders, seat, wrong)
        _wrong_whisper(setting, state, orders, seat, wrong)
    return wrong


def _wrong_deed(
    setting: Setting, state: State, orders: Orders, seat: Seat, wrong: dict[Part, list[Bools]]
) -> None:
    t, deed, site = setting.tables, orders.deed[seat], orders.site[seat]
    known = _below(deed, len(setting.rulebook.deeds[seat]))
    may = known
    ordered = set(deed.tolist())
    for index, requirement in t.deed_requires[seat]:
        if index in ordered:
            may = may & ((deed != index) | _holds(state, requirement))
    wrong[Part.DEED].append(~may)
    right = _below(site, len(t.site_host))
    right = right & (t.site_held.take(site, mode="clip") < state.us_exposure)
    right = right & (t.site_host.take(site, mode="clip") == t.deed_at[seat].take(deed, mode="clip"))
    wrong[Part.SITE].append(known & (site != ANY_SITE) & ~right)


def _wrong_word(
    setting: Setting, state: State, orders: Orders, seat: Seat, wrong: dict[Part, list[Bools]]
) -> None:
    t, word = setting.tables, orders.word[seat]
    to, rung = orders.word_to[seat], orders.word_rung[seat]
    known = _below(word, len(setting.rulebook.words))
    may = known & t.speaks[seat].take(word, mode="clip")
    said = set(word.tolist())
    for index, requirement in t.word_requires[seat]:
        if index in said:
            may = may & ((word != index) | _holds(state, requirement))
    wrong[Part.WORD].append(~may)
    rival = _below(to, len(SEATS)) & (to != seat)
    right = np.where(t.word_to_seat.take(word, mode="clip"), rival, to == NO_SEAT)
    wrong[Part.WORD_TO].append(known & ~right)
    a_line = (rung >= LOWEST_LINE) & (rung <= HIGHEST_LINE)
    right = np.where(t.word_to_rung.take(word, mode="clip"), a_line, rung == 0)
    wrong[Part.WORD_RUNG].append(known & ~right)


def _wrong_whisper(
    setting: Setting, state: State, orders: Orders, seat: Seat, wrong: dict[Part, list[Bools]]
) -> None:
    """Whispers need a link and an open channel, and a deal that it is not made already; no whisper
    goes to nobody.
    """
    t, whisper, to = setting.tables, orders.whisper[seat], orders.whisper_to[seat]
    known = _below(whisper, len(setting.rulebook.whispers))
    may = (whisper == 0) & (to == NO_SEAT)
    named = set(to.tolist())
    for receiver in (rival for rival in seat.rivals if rival in named):
        linked = t.links[seat, receiver].take(whisper, mode="clip") & (whisper != 0)
        open_ = state.channel[seat, receiver] > 0
        free = (state.deal[seat, receiver] <= 0) & (state.offer[seat, receiver] != whisper)
        free = free | ~t.deals.take(whisper, mode="clip")
        may = may | ((to == receiver) & linked & open_ & free)
    wrong[Part.WHISPER].append(~known)
    wrong[Part.WHISPER_TO].append(known & ~may)


def _below(codes: Codes, count: int) -> Bools:
    """True for codes from 0 to count - 1."""
    return (codes >= 0) & (codes < count)


def _explain(
    setting: Setting, state: State, orders: Orders, seat: Seat, part: Part, game: int
) -> Refusal:
    book, alone = setting.rulebook, state.take(slice(game, game + 1))
    order = orders.take(slice(game, game + 1))
    deed, word, whisper = (int(a[seat, 0]) for a in (order.deed, order.word, order.whisper))
    name, reason = "", ""
    if part is Part.DEED:
        known = 0 <= deed < len(book.deeds[seat])
        name = book.deeds[seat][deed].id if known else str(deed)
        reason = "; ".join(why_not_deed(setting, alone, seat, deed)) if known else "no such deed"
    elif part is Part.SITE:
        site = int(order.site[seat, 0])
        name = book.sites[site].id if 0 <= site < len(book.sites) else str(site)
        host = book.deeds[seat][deed].at
        if host is None:
            reason = "that deed names no site"
        elif name == str(site) or book.sites[site].host != host:
            reason = f"that deed needs a site of {host}"
        else:
            reason = "that base has been handed over"
    elif part is Part.WORD:
        known = 0 <= word < len(book.words)
        name = book.words[word].id if known else str(word)
        reason = "; ".join(why_not_word(setting, alone, seat, word)) if known else "no such word"
    elif part is Part.WORD_TO:
        name = book.words[word].id
        takes = book.words[word].to_seat
        reason = "name one of the other three seats" if takes else "that word names no seat"
    elif part is Part.WORD_RUNG:
        name = book.words[word].id
        takes = book.words[word].to_rung
        reason = (
            f"name a rung from {LOWEST_LINE} to {HIGHEST_LINE}"
            if takes
            else "that word names no rung"
        )
    else:
        known = 0 <= whisper < len(book.whispers)
        name = book.whispers[whisper].id if known else str(whisper)
        to = int(order.whisper_to[seat, 0])
        reason = (
            "; ".join(why_not_whisper(setting, alone, seat, whisper, to))
            if known
            else "no such whisper"
        )
    return Refusal(game, seat, part, name, reason)
