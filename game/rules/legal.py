"""What may be ordered. Masks and reasons come from the very same requirements.

Every requirement rests on columns that the seat itself sees, so that a refusal tells it nothing
that it could not know.
"""

from collections.abc import Iterator
from enum import Enum
from itertools import islice
from typing import NamedTuple

import numpy as np

from .orders import Orders
from .picking import flat, where
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
    links: Bools = setting.tables.links[seat].T[:, :, None]
    open_: Bools = state.channel[seat] > 0
    return links & open_


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
    playing = state.ending == 0
    wrong = {part: bad & playing for part, bad in _violations(setting, state, orders)}
    if not any(bad.any() for bad in wrong.values()):
        return []
    found = (
        _explain(setting, state, orders, seat, part, int(game))
        for seat in SEATS
        for part, bad in wrong.items()
        for game in where(bad[seat])
    )
    return list(islice(found, 1 if first_only else None))


def _violations(setting: Setting, state: State, orders: Orders) -> Iterator[tuple[Part, Bools]]:
    """Each part of an order with where it is wrong, (4 seats, B).

    Of a deed, word or whisper that does not exist nothing else is said; look-ups of it are
    clipped to some other.
    """
    tables = setting.tables
    yield Part.DEED, _wrong_deeds(setting, state, orders)
    yield Part.SITE, _wrong_sites(setting, state, orders)
    known = _below(orders.word, len(setting.rulebook.words))
    yield Part.WORD, ~(known & _may_be_said(setting, state, orders))
    takes_seat = tables.word_to_seat.take(orders.word, mode="clip")
    named = orders.word_to != NO_SEAT
    right = (takes_seat == named) & (_is_rival(orders.word_to) | ~named)
    yield Part.WORD_TO, known & ~right
    takes_rung = tables.word_to_rung.take(orders.word, mode="clip")
    named = orders.word_rung != 0
    in_range = _below(orders.word_rung - LOWEST_LINE, HIGHEST_LINE - LOWEST_LINE + 1)
    yield Part.WORD_RUNG, known & ~((takes_rung == named) & (in_range | ~named))
    known = _below(orders.whisper, len(setting.rulebook.whispers))
    yield Part.WHISPER, ~known
    yield Part.WHISPER_TO, known & ~_may_be_sent(setting, state, orders)


def _wrong_deeds(setting: Setting, state: State, orders: Orders) -> Bools:
    wrong, column = np.empty(orders.deed.shape, np.bool_), np.arange(state.games)
    for seat in SEATS:
        mask, deed = deed_mask(setting, state, seat), orders.deed[seat]
        allowed = flat(mask).take(deed * state.games + column, mode="clip")
        wrong[seat] = ~(allowed & _below(deed, len(mask)))
    return wrong


def _wrong_sites(setting: Setting, state: State, orders: Orders) -> Bools:
    tables = setting.tables
    wrong = np.zeros(orders.site.shape, np.bool_)
    for seat in SEATS:
        games = where(orders.site[seat] != ANY_SITE)
        if games.size:
            site, deed = orders.site[seat].take(games), orders.deed[seat].take(games)
            held = tables.site_held.take(site, mode="clip") < state.us_exposure.take(games)
            host = tables.deed_at[seat].take(deed, mode="clip")
            right_host = tables.site_host.take(site, mode="clip") == host
            right = _below(site, len(tables.site_host)) & held & right_host
            wrong[seat][games] = _below(deed, len(tables.deed_at[seat])) & ~right
    return wrong


def _may_be_said(setting: Setting, state: State, orders: Orders) -> Bools:
    allowed = np.empty(orders.word.shape, np.bool_)
    for seat in SEATS:
        word = orders.word[seat]
        allowed[seat] = setting.tables.speaks[seat].take(word, mode="clip")
        for index, requirement in setting.tables.word_requires[seat]:
            allowed[seat] &= np.not_equal(word, index) | _holds(state, requirement)
    return allowed


def _may_be_sent(setting: Setting, state: State, orders: Orders) -> Bools:
    """Whispers need a link and an open channel; no whisper goes to nobody."""
    sent = orders.whisper != 0
    allowed: Bools = sent == (orders.whisper_to != NO_SEAT)
    for seat in SEATS:
        games = where(sent[seat])
        if games.size:
            to, whisper = orders.whisper_to[seat].take(games), orders.whisper[seat].take(games)
            links = setting.tables.links[seat]
            linked = flat(links).take(to * links.shape[1] + whisper, mode="clip")
            rival = _below(to, len(SEATS)) & (to != seat)
            channel = flat(state.channel[seat]).take(to * state.games + games, mode="clip")
            allowed[seat][games] = linked & rival & (channel > 0)
    return allowed


def _below(codes: Codes, count: int) -> Bools:
    """True for codes from 0 to count - 1; in one comparison, for unsigned -1 is huge."""
    below: Bools = codes.view(np.uintp) < count
    return below


def _is_rival(to: Codes) -> Bools:
    """(4 seats, B) true where a seat names one of the other three."""
    another: Bools = to != np.arange(len(SEATS))[:, None]
    return another & _below(to, len(SEATS))


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
