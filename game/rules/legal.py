"""What may be ordered. Masks and reasons come from the very same requirements.

Every requirement rests on columns that the seat itself sees, so that a refusal tells it nothing
that it could not know.
"""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

import numpy as np

from .orders import Orders
from .rulebook import ANY_SITE, NO_SEAT, Requirement
from .seats import SEATS, Rung, Seat
from .setting import Setting
from .state import Bools, Codes, Floats, State
from .tables import HOSTS

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


def _holds(state: State, requirement: Requirement) -> Bools:
    column: Floats = getattr(state, requirement.column)
    if requirement.at_most is None:
        return column >= np.float32(requirement.at_least or 0.0)
    holds = column <= np.float32(requirement.at_most)
    if requirement.at_least is not None:
        holds &= column >= np.float32(requirement.at_least)
    return holds


def deed_mask(setting: Setting, state: State, seat: Seat) -> Bools:
    """(deeds of the seat, B): true where the deed may be ordered. Hold always may."""
    mask = np.ones((len(setting.rulebook.deeds[seat]), state.games), np.bool_)
    for deed, requirement in setting.tables.deed_requires[seat]:
        mask[deed] &= _holds(state, requirement)
    return mask


def word_mask(setting: Setting, state: State, seat: Seat) -> Bools:
    """(words, B): true where the seat may say it. Silence always may be kept."""
    mask = np.repeat(setting.tables.speaks[seat][:, None], state.games, axis=1)
    for word, requirement in setting.tables.word_requires[seat]:
        mask[word] &= _holds(state, requirement)
    return mask


def whisper_mask(setting: Setting, state: State, seat: Seat) -> Bools:
    """(whispers, 4 receivers, B): true where the seat may whisper it to that receiver.

    Whisper 0, none, goes to nobody: its rows are false; it is legal with receiver -1.
    """
    links = setting.tables.links[seat].T[:, :, None]
    return links & (state.channel[seat] > 0)[None]


def site_mask(setting: Setting, state: State, seat: Seat, deed: int) -> Bools:
    """(sites, B): true where that deed may name the site."""
    tables = setting.tables
    right_host = tables.site_host == tables.deed_at[seat][deed]
    return right_host[:, None] & (tables.site_held[:, None] < state.us_exposure[None])


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
        return (f"no channel to {Seat(to).name} is open",)
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
    found: list[Refusal] = []
    playing = state.ending == 0
    for seat in SEATS:
        for part, bad in _violations(setting, state, orders, seat):
            for game in np.flatnonzero(bad & playing):
                found.append(_explain(setting, state, orders, seat, part, int(game)))
                if first_only:
                    return found
    return found


def _violations(
    setting: Setting, state: State, orders: Orders, seat: Seat
) -> Iterator[tuple[Part, Bools]]:
    """Each part of a seat's orders with where it is wrong; later parts trust earlier ones."""
    tables = setting.tables
    deeds, words = len(setting.rulebook.deeds[seat]), len(setting.rulebook.words)
    deed, word, site = orders.deed[seat], orders.word[seat], orders.site[seat]
    known = (deed >= 0) & (deed < deeds)
    deed = deed * known
    bad = ~known
    for index, requirement in tables.deed_requires[seat]:
        bad |= np.equal(deed, index) & ~_holds(state, requirement)
    yield Part.DEED, bad

    named = np.flatnonzero(site != ANY_SITE)
    if named.size:
        bad = np.zeros(state.games, np.bool_)
        known_site = (site[named] >= 0) & (site[named] < tables.site_host.shape[0])
        place = site[named] * known_site
        held = tables.site_held.take(place) < state.us_exposure[named]
        right_host = tables.site_host.take(place) == tables.deed_at[seat].take(deed[named])
        bad[named] = ~(known_site & held & right_host)
        yield Part.SITE, bad

    known = (word >= 0) & (word < words)
    word = word * known
    bad = ~(known & tables.speaks[seat].take(word))
    for index, requirement in tables.word_requires[seat]:
        bad |= np.equal(word, index) & ~_holds(state, requirement)
    yield Part.WORD, bad
    to = orders.word_to[seat]
    takes_seat = tables.word_to_seat.take(word)
    yield Part.WORD_TO, (takes_seat & ~_is_rival(to, seat)) | (~takes_seat & (to != NO_SEAT))
    rung = orders.word_rung[seat]
    in_range = (rung >= LOWEST_LINE) & (rung <= HIGHEST_LINE)
    takes_rung = tables.word_to_rung.take(word)
    yield Part.WORD_RUNG, (takes_rung & ~in_range) | (~takes_rung & (rung != 0))

    whisper, to = orders.whisper[seat], orders.whisper_to[seat]
    known = (whisper >= 0) & (whisper < len(setting.rulebook.whispers))
    yield Part.WHISPER, ~known
    sent = np.flatnonzero((whisper != 0) & known)
    bad = (whisper == 0) & (to != NO_SEAT)
    if sent.size:
        rival = _is_rival(to[sent], seat)
        receiver = np.where(rival, to[sent], 0)
        linked = tables.links[seat, receiver, whisper[sent]]
        bad[sent] = ~(rival & linked & (state.channel[seat, receiver, sent] > 0))
    yield Part.WHISPER_TO, bad


def _is_rival(to: Codes, seat: Seat) -> Bools:
    return (to >= 0) & (to < len(SEATS)) & (to != seat)


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
            f"name a rung from {LOWEST_LINE} to {HIGHEST_LINE}" if takes
            else "that word names no rung"
        )
    else:
        known = 0 <= whisper < len(book.whispers)
        name = book.whispers[whisper].id if known else str(whisper)
        to = int(order.whisper_to[seat, 0])
        reason = (
            "; ".join(why_not_whisper(setting, alone, seat, whisper, to)) if known
            else "no such whisper"
        )
    return Refusal(game, seat, part, name, reason)


__all__ = [
    "HIGHEST_LINE", "HOSTS", "LOWEST_LINE", "IllegalOrderError", "Part", "Refusal", "deed_mask",
    "refusals", "site_mask", "whisper_mask", "why_not_deed", "why_not_whisper", "why_not_word",
    "word_mask",
]
