"""What a seat learnt of a turn: the part of an Outcome that reaches it, for one game.

An Outcome tells the truth; an Account leaves out, or leaves unsigned, what the seat cannot know.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from .observe import Sighting, sightings
from .outcome import Outcome
from .rulebook import NO_SEAT
from .seats import PAIRS, SEATS, Cause, Seat
from .setting import Setting
from .state import Bools


@dataclass(frozen=True, slots=True)
class SeenDeed:
    """A deed that the seat saw."""

    seat: Seat | None
    """Who did it; None where it was seen but not signed."""
    deed: int | None
    """Index into that seat's deeds. Fire is never listed here: it is a Sighting."""
    report: str
    """How the news tells it; `{site}` stands for the place."""
    site: int


@dataclass(frozen=True, slots=True)
class Spoken:
    """A public word."""

    seat: Seat | None
    """Who said it; None where it was said under a name that nobody can place."""
    word: int
    to: Seat | None
    rung: int


@dataclass(frozen=True, slots=True)
class Whispered:
    """A private message that the seat sent or received."""

    sender: Seat
    receiver: Seat
    whisper: int


@dataclass(frozen=True, slots=True)
class DealNews:
    """What became of a deal that the seat is a party of, or that everybody learnt of."""

    parties: tuple[Seat, Seat]
    whisper: int
    """Whose deal it is, as the number of a whisper."""
    signed: bool
    kept: bool
    """It ran to its end."""
    leaked: bool
    """Everybody learnt of it."""
    broken_by: tuple[Seat, ...]
    """Who broke it, as the partner sees it; told to the two alone."""


@dataclass(frozen=True, slots=True)
class StrikeToll:
    """What an American strike did, as far as the seat counts it; None where it does not know."""

    site: int
    militia_killed: int
    """The militia's own figure, which it publishes with the funerals."""
    iraqi_killed: int
    civilians_killed: int
    rockets: int | None


@dataclass(frozen=True, slots=True)
class Account:
    """One turn as one seat, or the public, learnt of it."""

    seat: Seat | None
    """None: what everybody learnt, and nothing that only some seats did."""
    turn: int
    deeds: tuple[SeenDeed, ...]
    own_deed: int
    """Index of the seat's own deed; 0 for the public."""
    words: tuple[Spoken, ...]
    whispers: tuple[Whispered, ...]
    deals: tuple[DealNews, ...]
    sightings: tuple[Sighting, ...]
    strike: StrikeToll | None
    us_wounded_reported: int
    revised: int
    protest: bool
    discredited: bool
    finding: Cause | None
    detained: int
    released: int
    show_of_force: bool
    vote_failed: bool
    cabinet_formed: bool
    right_answer: bool
    """It came out that Washington's answer had hit those who had fired, …"""
    wrong_answer: bool
    """… or those who had not."""
    aired: bool
    """It came out that Washington's accusation was false."""
    asked: int
    """Tehran and the militia only: what Tehran had asked when the militia gave its orders; 0 for
    nothing."""
    disobeyed: bool
    """Tehran only: it found out that the militia did not do as it was told."""
    found_out: bool
    """The militia only: Tehran found out."""
    tip_off_known: bool
    """The militia only: it learnt that Baghdad had warned the Americans."""
    notice_leaked: bool
    """The militia only: it learnt of an American strike beforehand."""
    evidence: Cause | None
    """The cause that the seat's own evidence pointed to."""
    revealed: Cause | None
    """The cause of the last attack that the seat read in others' systems."""
    crossed: tuple[Seat, ...]
    """Seats that crossed this seat's line, in the eyes of the world."""
    answered: tuple[Seat, ...]
    """Seats whose crossing it answered."""
    lapsed: tuple[Seat, ...]
    """Seats whose crossing it let pass."""
    others_answered: tuple[tuple[Seat, Seat], ...]
    """Who else answered whom: everybody watches."""
    others_lapsed: tuple[tuple[Seat, Seat], ...]
    """Who else let pass what whom had done."""
    attacks: int
    us_killed: int
    rung: int


def account(setting: Setting, outcome: Outcome, seat: Seat | None, game: int = 0) -> Account:
    """What `seat` learnt of one game's turn; with None, what the whole world did."""
    evidence = -1 if seat is None else int(outcome.signal[seat, game])
    revealed = -1 if seat is None else int(outcome.revealed[seat, game])
    finding = int(outcome.finding[game])
    iran, militia = seat is Seat.IRAN, seat is Seat.MILITIA
    return Account(
        seat=seat,
        turn=outcome.turn,
        deeds=_deeds(setting, outcome, seat, game),
        own_deed=0 if seat is None else int(outcome.orders.deed[seat, game]),
        words=_words(setting, outcome, seat, game),
        whispers=_whispers(outcome, seat, game),
        deals=tuple(_deals(outcome, seat, game)),
        sightings=tuple(sightings(setting, outcome, seat, game)),
        strike=_strike(setting, outcome, seat, game),
        us_wounded_reported=int(outcome.us_wounded_reported[game]),
        revised=int(outcome.revised[game]),
        protest=bool(outcome.protest[game]),
        discredited=bool(outcome.discredited[game]),
        finding=Cause(finding) if finding >= 0 else None,
        detained=int(outcome.detained[game]),
        released=int(outcome.released[game]),
        show_of_force=bool(outcome.show_of_force[game]),
        vote_failed=bool(outcome.vote_failed[game]),
        cabinet_formed=bool(outcome.cabinet_formed[game]),
        right_answer=bool(outcome.right_answer[game]),
        wrong_answer=bool(outcome.wrong_answer[game]),
        aired=bool(outcome.aired[game]),
        asked=int(outcome.asked[game]) if iran or militia else 0,
        disobeyed=iran and bool(outcome.caught[game]),
        found_out=militia and bool(outcome.caught[game]),
        tip_off_known=militia and bool(outcome.tip_off_known[game]),
        notice_leaked=militia and bool(outcome.leaked[game]),
        evidence=Cause(evidence) if evidence >= 0 else None,
        revealed=Cause(revealed) if revealed >= 0 else None,
        crossed=() if seat is None else _seats(outcome.crossed[seat, :, game]),
        answered=() if seat is None else _seats(outcome.answered[seat, :, game]),
        lapsed=() if seat is None else _seats(outcome.lapsed[seat, :, game]),
        others_answered=_pairs(outcome.answered[:, :, game], seat),
        others_lapsed=_pairs(outcome.lapsed[:, :, game], seat),
        attacks=int(outcome.attacks[game]),
        us_killed=int(outcome.us_killed[game]),
        rung=int(outcome.rung[game]),
    )


def _seats(flags: Bools) -> tuple[Seat, ...]:
    return tuple(seat for seat in SEATS if flags[seat])


def _pairs(flags: Bools, but: Seat | None) -> tuple[tuple[Seat, Seat], ...]:
    """The ordered pairs that a flag stands for, those of one seat left out."""
    return tuple((i, j) for i, j in PAIRS if i is not but and flags[i, j])


def _deeds(
    setting: Setting, outcome: Outcome, seat: Seat | None, game: int
) -> tuple[SeenDeed, ...]:
    seen = []
    for actor in SEATS:
        index = int(outcome.orders.deed[actor, game])
        deed = setting.rulebook.deeds[actor][index]
        own = actor is seat
        if deed.fire is not None and not deed.signed:
            continue
        if deed.visibility == "covert" and not own:
            continue
        site = int(outcome.deed_site[actor, game])
        if own or deed.signed:
            seen.append(SeenDeed(actor, index, deed.report, site))
        else:
            seen.append(SeenDeed(None, None, deed.report, site))
    return tuple(seen)


def _words(setting: Setting, outcome: Outcome, seat: Seat | None, game: int) -> tuple[Spoken, ...]:
    orders, spoken = outcome.orders, []
    for speaker in SEATS:
        word, to = int(orders.word[speaker, game]), int(orders.word_to[speaker, game])
        if word:
            placed = speaker is seat or not setting.rulebook.words[word].facade
            spoken.append(
                Spoken(
                    speaker if placed else None,
                    word,
                    None if to == NO_SEAT else Seat(to),
                    int(orders.word_rung[speaker, game]),
                )
            )
    return tuple(spoken)


def _whispers(outcome: Outcome, seat: Seat | None, game: int) -> tuple[Whispered, ...]:
    orders = outcome.orders
    return tuple(
        Whispered(sender, Seat(to), int(orders.whisper[sender, game]))
        for sender in SEATS
        if (to := int(orders.whisper_to[sender, game])) != NO_SEAT and seat in (sender, to)
    )


def _deals(outcome: Outcome, seat: Seat | None, game: int) -> Iterator[DealNews]:
    """The seat's own deals with what became of them; of others', that they have leaked."""
    for first, second in combinations(SEATS, 2):
        party, at = seat in (first, second), (first, second, game)
        leaked = bool(outcome.deal_leaked[at])
        both = ((first, second), (second, first))
        news = DealNews(
            parties=(first, second),
            whisper=int(outcome.deal_code[at]) if party or leaked else -1,
            signed=party and bool(outcome.deal_signed[at]),
            kept=party and bool(outcome.deal_kept[at]),
            leaked=leaked,
            broken_by=tuple(i for i, j in both if party and outcome.breach[i, j, game]),
        )
        if news.signed or news.kept or news.leaked or news.broken_by:
            yield news


def _strike(setting: Setting, outcome: Outcome, seat: Seat | None, game: int) -> StrikeToll | None:
    if not setting.tables.strikes[Seat.US][outcome.orders.deed[Seat.US, game]]:
        return None
    return StrikeToll(
        site=int(outcome.deed_site[Seat.US, game]),
        militia_killed=int(outcome.strike_militia_killed[game]),
        iraqi_killed=int(outcome.strike_iraqi_killed[game]),
        civilians_killed=int(outcome.strike_civilians_killed[game]),
        rockets=int(outcome.strike_rockets[game]) if seat is Seat.MILITIA else None,
    )
