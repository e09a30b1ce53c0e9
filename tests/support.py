"""Small positions for tests of the rules, and orders in short.

`one_game` opens a real scenario; `still` opens a middling position in which nothing happens by
itself, so that one order shows its own effect. Orders are written as the transcript writes them:

    turn(before, US=("strike_depots@jurf", "justify_defence", "notice>IRAQ"), MILITIA="barrage")

`lucky` and `either_side` choose games by what they will draw, so that a case can say what comes of
a draw, to the number.

A seat's first entry is its deed, with a site after @; the others are its word and its whisper, with
a seat after > and a threat's rung after a colon. A seat that is not named holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from game.content.load import load_rulebook, load_scenario
from game.rules.luck import REFEREE_STREAM, draw, game_keys, slot_constants
from game.rules.orders import Orders, holding
from game.rules.outcome import Outcome
from game.rules.parameters import GROUPS, Contingency, Parameters
from game.rules.resolve import resolve
from game.rules.rulebook import Agenda, Deed, Rulebook, Whisper, Word
from game.rules.seats import PAIRS, SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import COLUMNS, PAIR_COLUMNS, Keys, State, blank

US, IRAN, MILITIA, IRAQ = SEATS

QUIET: dict[str, float] = {
    "chance.splinter_hazard": 0,
    "chance.third_party_hazard": 0,
    "chance.protest_hazard": 0,
    "campaign.attacks_per_week": 0,
}
"""Nobody fires and nobody marches unasked."""

PLAIN: dict[str, float] = {
    "occasions.at_once": 1,
    "occasions.renewed_days": 1,
    "words.accusation_case": 0,
    "words.accusation_momentum": 0,
    "words.stood_down": 0,
    "chance.stirred_by_force": 0,
    "force.improvised": 1,
    "force.made_ready": 1,
    "force.ready_spent": 0,
    "force.wounds_tail": 0,
    "campaign.caution": 0,
    "campaign.quarrels": 0,
    "campaign.bursts": 0,
    "campaign.weakness_invites": 0,
    "campaign.serious_per_week": 1e6,
    "campaign.outlook_weeks": 0,
    "dread.assurance_weight": 2,
    "dread.unready": 1,
    "dread.ready_weight": 0,
    "dread.stake_weight": 0,
    "dread.most": 1e6,
    "upkeep.pressure_by_mood": 0,
    "upkeep.pressure_quarrels": 0,
    "theory.fear_restrains": 1,
    "theory.anger_drives": 1,
    "theory.answer_ends": 0,
} | {
    f"contingency.{name}": int(name.startswith("harm_"))
    for name in Contingency._fields
    if name not in ("assurance_half_life", "blow_rung", "just_momentum")
}
"""A blow is a blow, whether it answers or not; a deed works at once, and as well every time."""

AT_WILL: dict[str, float] = {
    "campaign.attacks_per_week": 1,
    "campaign.by_order": 1,
    "campaign.by_arsenal": 1e-9,
    "campaign.restrained_by_guard": 0,
}
"""The militias attack once a week where they are ordered to, and else never; see `at_will`."""

STILL: dict[str, float] = (
    QUIET
    | PLAIN
    | AT_WILL
    | {
        f"{group}.{name}": 1e12
        for group, kind in GROUPS.items()
        for name in kind._fields
        if name.endswith("half_life")
    }
    | {
        "campaign.effort_half_life": 1e-6,
        "contingency.just_momentum": 1,
        "upkeep.supply": 0,
        "upkeep.workshop": 0,
        "upkeep.missile_supply": 0,
        "upkeep.recruits": 0,
        "upkeep.leaders_rebuilt": 0,
        "politics.pressure_bites": 0,
    }
)
"""Nor does anything grow, fade or drift with the days; a campaign is at once as it is ordered."""

MIDDLE: dict[str, float] = {
    "us_troops": 5000,
    "us_protection": 0.5,
    "us_exposure": 0.6,
    "us_support": 0.5,
    "us_case": 0.5,
    "us_coalition": 0.7,
    "us_force_days": 100,
    "iran_missiles": 1500,
    "iran_pressure": 0.6,
    "iran_cohesion": 0.5,
    "iran_network": 0.5,
    "iran_commander": 1,
    "iran_grip": 0.5,
    "iran_nuclear": 4,
    "mil_rockets": 600,
    "mil_fighters": 20000,
    "mil_leaders": 0.5,
    "mil_standing": 0.5,
    "mil_concealment": 0.5,
    "mil_favour": 0.5,
    "iraq_authority": 0.5,
    "iraq_forces": 0.5,
    "iraq_guard": 0.5,
    "iraq_momentum": 0.5,
    "iraq_lean": 0.5,
    "iraq_unrest": 0.5,
    "iraq_chain": 0.5,
    "brink": 0.5,
    "attacks": 10,
    "quiet_days": 10,
}
"""Every column that has a middle, in the middle; what is not named is 0."""


@dataclass(frozen=True)
class Position:
    """B games and the rules that they are played by; the state's arrays are its own as well."""

    setting: Setting
    state: State

    def __getattr__(self, name: str) -> Any:
        return getattr(self.state, name)

    def take(self, games: Any) -> "Position":
        """Some of the games."""
        return Position(self.setting, self.state.take(games))

    @property
    def book(self) -> Rulebook:
        """The rulebook."""
        return self.setting.rulebook

    def with_(self, **columns: Any) -> "Position":
        """The position with some columns set, as for `one_game`."""
        return with_columns(self, **columns)


def book_with(rules: Mapping[str, float], book: Rulebook | None = None) -> Rulebook:
    """The rulebook with other parameters, each under the name "group.parameter"; and with other
    numbers of all its theories, each under the name "theory.number".
    """
    book = load_rulebook() if book is None else book
    changes: dict[str, dict[str, float]] = {}
    for name, value in rules.items():
        group, parameter = name.split(".")
        changes.setdefault(group, {})[parameter] = value
    told = changes.pop("theory", {})
    theories = [replace(row, values=row.values._replace(**told)) for row in book.theories]
    groups = {
        group: getattr(book.parameters, group)._replace(**values)
        for group, values in changes.items()
    }
    parameters = Parameters(**(book.parameters._asdict() | groups))
    return replace(book, theories=tuple(theories), parameters=parameters)


def at_will(book: Rulebook) -> Rulebook:
    """The rulebook with a campaign that is driven with all effort by the deeds that fire in it, and
    with none by all others.
    """
    rows = list(book.deeds)
    rows[MILITIA] = tuple(
        replace(row, effort=float(row.fire is not None and row.fire.campaign))
        for row in rows[MILITIA]
    )
    return replace(book, deeds=tuple(rows))


def idle(book: Rulebook) -> Rulebook:
    """The rulebook with holding and silence that do nothing."""
    moves = ("effects", "weekly", "timely", "harm", "occasion")
    nothing: dict[str, Any] = {key: {} for key in moves}
    rows = tuple((replace(row[0], **nothing), *row[1:]) for row in book.deeds)
    return replace(book, deeds=rows, words=(replace(book.words[0], effects={}), *book.words[1:]))


@cache
def _setting(name: str, rules: tuple[tuple[str, float], ...], days: tuple[int, ...]) -> Setting:
    setting = load_scenario(name).setting.undrawn()
    return rewritten(setting, book=book_with(dict(rules)), days=days or setting.days)


def rewritten(
    setting: Setting,
    *,
    book: Rulebook | None = None,
    days: tuple[int, ...] | None = None,
    anniversaries: tuple[float, ...] | None = None,
    opening: State | None = None,
) -> Setting:
    """A setting with another rulebook, calendar or opening."""
    days = setting.days if days is None else days
    if anniversaries is None:
        anniversaries = (*setting.anniversaries, *[0.0] * len(days))[: len(days)]
    made = Setting.of(book or setting.rulebook, days, anniversaries, opening or setting.opening)
    return replace(
        setting,
        rulebook=made.rulebook,
        tables=made.tables,
        days=made.days,
        anniversaries=made.anniversaries,
        moments=made.moments,
        opening=made.opening,
    )


def one_game(
    scenario: str = "the_article",
    *,
    rules: Mapping[str, float] | None = None,
    days: tuple[int, ...] = (),
    games: int = 1,
    seed: int = 1,
    **columns: Any,
) -> Position:
    """The opening of a scenario, or of many games of it, with some columns set.

    Args:
        scenario: its id.
        rules: other parameters, as for `book_with`.
        days: another calendar.
        games: how many; game k has the luck of game k of the seed.
        seed: the luck.
        columns: numbers or (games,) arrays, the theory and everybody's agenda being the first
            where nothing is said; for pairs, `{"US>IRAN": 5}`; for suspicion,
            `{"US": (0.7, 0.1, 0.1, 0.1)}`; for agendas, `{"US": 1}`; for what was done and said in
            the turn before, `last_deed={"US": "ease"}` and `last_word`; `culprit`, `debt_cause` and
            `theory`.
    """
    setting = _setting(scenario, tuple(sorted((rules or {}).items())), days)
    state = setting.open_games(game_keys(seed, range(games)))
    return with_columns(Position(setting, state), **columns)


def still(
    *,
    rules: Mapping[str, float] | None = None,
    days: int = 7,
    turns: int = 12,
    games: int = 1,
    seed: int = 1,
    **columns: Any,
) -> Position:
    """A middling position in which nothing happens by itself, with turns of a week: to hold and to
    say nothing does nothing.

    No line is drawn, no debt is open, every channel is, and everybody is a little angry. Arguments
    are as for `one_game`.
    """
    setting = _still_setting(tuple(sorted((STILL | dict(rules or {})).items())), (days,) * turns)
    state = setting.open_games(game_keys(seed, range(games)))
    return with_columns(Position(setting, state), **columns)


@cache
def _still_setting(rules: tuple[tuple[str, float], ...], days: tuple[int, ...]) -> Setting:
    opening = blank(1)
    for name, value in MIDDLE.items():
        getattr(opening, name)[:] = value
    for pair in PAIRS:
        opening.kept[pair] = opening.broken[pair] = opening.channel[pair] = 1
        opening.anger[pair] = 0.2
    setting = Setting.of(idle(at_will(book_with(dict(rules)))), days, (0.0,) * len(days), opening)
    return setting.undrawn()


def with_columns(position: Position, **columns: Any) -> Position:
    """The position with some columns set, as for `one_game`; estimates follow the truth no more."""
    state = position.state.copy()
    for name, value in columns.items():
        if name in PAIR_COLUMNS:
            for pair, number in value.items():
                i, j = (Seat[seat] for seat in pair.split(">"))
                getattr(state, name)[i, j] = number
        elif name == "suspicion":
            for seat, shares in value.items():
                state.suspicion[Seat[seat]] = np.array(shares, np.float32)[:, None]
        elif name in ("last_deed", "last_word"):
            for seat, entry in value.items():
                getattr(state, name)[Seat[seat]] = _code(position.book, name, Seat[seat], entry)
        elif name == "agenda":
            for seat, number in value.items():
                state.agenda[Seat[seat]] = number
        elif name in COLUMNS or name in ("culprit", "debt_cause", "theory"):
            getattr(state, name)[:] = value
        else:
            raise AttributeError(name)
    return Position(position.setting, state)


def _code(book: Rulebook, name: str, seat: Seat, entry: str) -> int:
    return book.deed(seat, entry) if name == "last_deed" else book.word(entry)


def with_agendas(position: Position, seat: Seat, *agendas: Agenda) -> Position:
    """The position with other agendas of a seat."""
    others = position.book.agendas
    book = replace(position.book, agendas=tuple(agendas if s is seat else others[s] for s in SEATS))
    setting, old = position.setting.under(book), position.setting
    odds = Setting.of(book, old.days, old.anniversaries, old.opening).agenda_odds
    return Position(replace(setting, agenda_odds=odds), position.state)


Luck = Mapping[int, float | tuple[float, float]]
"""Slots of luck, `Draw.X` or `Draw.X + member`, each with what is drawn there in the coming turn: a
number, which is passed by less than 0.002, or the numbers between which it lies."""


def lucky(position: Position, *games: Luck) -> Position:
    """The position's first game once for each mapping, under the luck that it names."""
    state = position.state.take(np.zeros(len(games), np.intp))
    state.key = np.array([_drawing(luck, state.turn) for luck in games], np.uint64)
    return Position(position.setting, state)


def _drawing(luck: Luck, turn: int) -> np.uint64:
    """The key of the first game of all that draws as it is wanted."""
    for size in (2**13, 2**17, 2**21):
        keys = _many_keys(size)
        for slot, wanted in luck.items():
            least, most = wanted if isinstance(wanted, tuple) else (wanted, wanted + 0.002)
            drawn = draw(keys, turn, int(slot))
            keys = keys[(drawn >= least) & (drawn < most)]
        if keys.size:
            return np.uint64(keys[0])
    raise LookupError(f"no game of two million draws {dict(luck)}")


@cache
def _many_keys(size: int) -> Keys:
    return game_keys(4, range(size))


def exactly(position: Position, slot: int, draws: Sequence[float]) -> Position:
    """The position's first game once for each draw of that slot, to the last bit of 24."""
    state = position.state.take(np.zeros(len(draws), np.intp))
    added = int(slot_constants(REFEREE_STREAM, state.turn)[int(slot)])
    mixed = [_before_mixing(int(value * 2**24) << 40) for value in draws]
    state.key = np.array([(x - added) % 2**64 for x in mixed], np.uint64)
    return Position(position.setting, state)


def _before_mixing(x: int) -> int:
    """What SplitMix64's output function makes x of: its steps undone, the last first."""
    for shift, factor in ((31, 0x94D049BB133111EB), (27, 0xBF58476D1CE4E5B9), (30, 1)):
        x ^= x >> shift ^ x >> 2 * shift
        x = x * pow(factor, -1, 2**64) % 2**64
    return x


def either_side(
    position: Position, slot: int, edge: float, others: Luck | None = None, width: float = 0.001
) -> Position:
    """The position twice, drawing just below an edge in the first game and just above it in the
    second, by less than `width`; `others` are draws that both games have, as for `lucky`.
    """
    below, above = (edge - width, edge - 1e-7), (edge + 1e-7, edge + width)
    return lucky(position, *({slot: side, **(others or {})} for side in (below, above)))


def with_book(position: Position, book: Rulebook) -> Position:
    """The position under another rulebook."""
    return Position(rewritten(position.setting, book=book), position.state)


def with_deed(position: Position, seat: Seat, deed_id: str, **changes: Any) -> Position:
    """The position under a rulebook in which that deed's data are others."""
    book = position.book
    rows = list(book.deeds)
    rows[seat] = _changed(rows[seat], book.deed(seat, deed_id), changes)
    return with_book(position, replace(book, deeds=tuple(rows)))


def with_word(position: Position, word_id: str, **changes: Any) -> Position:
    """The position under a rulebook in which that word's data are others."""
    book = position.book
    return with_book(
        position, replace(book, words=_changed(book.words, book.word(word_id), changes))
    )


def with_whisper(position: Position, whisper_id: str, **changes: Any) -> Position:
    """The position under a rulebook in which that whisper's data are others."""
    book = position.book
    whispers = _changed(book.whispers, book.whisper(whisper_id), changes)
    return with_book(position, replace(book, whispers=whispers))


def with_site(position: Position, site_id: str, **changes: Any) -> Position:
    """The position under a rulebook in which that site's data are others."""
    book = position.book
    return with_book(
        position, replace(book, sites=_changed(book.sites, book.site(site_id), changes))
    )


def with_habits(position: Position, **habits: float) -> Position:
    """The position under a rulebook in which these sites are chosen as often as is said, and no
    others of their hosts ever.
    """
    book = position.book
    hosts = {site.host for site in book.sites if site.id in habits}
    sites = tuple(
        replace(site, habit=habits.get(site.id, 0.0)) if site.host in hosts else site
        for site in book.sites
    )
    return with_book(position, replace(book, sites=sites))


def _changed(rows: tuple[Any, ...], index: int, changes: Mapping[str, Any]) -> tuple[Any, ...]:
    return (*rows[:index], replace(rows[index], **changes), *rows[index + 1 :])


def deed(seat: Seat, deed_id: str) -> Deed:
    """A deed of the rulebook: what the data says of it."""
    book = load_rulebook()
    return book.deeds[seat][book.deed(seat, deed_id)]


def word(word_id: str) -> Word:
    """A word of the rulebook."""
    book = load_rulebook()
    return book.words[book.word(word_id)]


def whisper(whisper_id: str) -> Whisper:
    """A whisper of the rulebook."""
    book = load_rulebook()
    return book.whispers[book.whisper(whisper_id)]


def orders(position: Position, **by_seat: str | tuple[str, ...]) -> Orders:
    """Orders for every game of a position, alike in all."""
    book = position.setting.rulebook
    given = holding(position.state.games)
    words = {row.id for row in book.words}
    for name, entries in by_seat.items():
        seat = Seat[name]
        act, *signals = (entries,) if isinstance(entries, str) else entries
        act, _, site = act.partition("@")
        given.deed[seat] = book.deed(seat, act)
        if site:
            given.site[seat] = book.site(site)
        for signal in signals:
            text, _, rung = signal.partition(":")
            text, _, to = text.partition(">")
            if text in words:
                given.word[seat] = book.word(text)
                if to:
                    given.word_to[seat] = Seat[to]
                if rung:
                    given.word_rung[seat] = int(rung)
            else:
                given.whisper[seat] = book.whisper(text)
                given.whisper_to[seat] = Seat[to]
    return given


def turn(
    position: Position, given: Orders | None = None, **by_seat: str | tuple[str, ...]
) -> tuple[Position, Outcome]:
    """The position after one turn, and what happened in it."""
    given = orders(position, **by_seat) if given is None else given
    after, outcome = resolve(position.setting, position.state, given)
    return Position(position.setting, after), outcome


def turns(position: Position, count: int, **by_seat: str | tuple[str, ...]) -> Position:
    """The position after some turns with the same orders in each."""
    for _ in range(count):
        position, _outcome = turn(position, **by_seat)
    return position
