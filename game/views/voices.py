"""A line from each capital after each turn, in its own register, chosen by what the world saw it
do, say or suffer. Made from the public's account alone: all seats read the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from game.rules.account import Account, Spoken
from game.rules.endings import Ending
from game.rules.observe import Observation
from game.rules.rulebook import Rulebook
from game.rules.seats import SEATS, Seat

from .names import CAPITALS, counted, listed
from .peaks import killed, t
from .uses import claims_openly

MOST = 2
"""What is told beside a capital's line: so many words at the most."""
_WORDS: Mapping[str, str] = {
    "threaten": "threatens",
    "accuse": "accuses",
    "condemn": "condemns",
    "claim": "claims",
    "praise": "praises",
    "deny": "denies",
    "reassure": "reassures",
    "appeal": "appeals",
}
"""What saying each word is, by its id; a justification is any word that begins with it."""
_DEEDS: Mapping[str, str] = {
    "truce": "truce",
    "seek_talks": "talks",
    "mediate": "talks",
    "dialogue": "talks",
    "ease": "talks",
    "parliament": "votes",
    "resolution": "votes",
    "order_out": "votes",
    "aid": "gives",
    "rally": "gathers",
    "work_baghdad": "visits",
    "form": "forms",
}
_OWN_DEAD: Mapping[Seat, tuple[str, ...]] = {
    Seat.US: ("us_dead", "coalition_dead"),
    Seat.IRAN: ("iran_dead",),
    Seat.MILITIA: ("militia_dead",),
    Seat.IRAQ: ("iraqi_dead", "civilians_dead"),
}


class Voice(NamedTuple):
    """What is heard from one capital."""

    seat: Seat
    did: tuple[str, ...]
    """Words for what it did or suffered, such as "mourns"; at least one."""
    line: str
    """One or two sentences."""


def voices(
    book: Rulebook,
    public: Account,
    before: Observation,
    now: Observation,
    ending: Ending = Ending.NONE,
) -> list[Voice]:
    """A line from each capital.

    Args:
        book: the rules.
        public: what the whole world learnt of the turn.
        before: what anybody saw before it; only the dead and the debts are read, which all see.
        now: what it sees after it.
        ending: how the game ended with the turn.
    """
    dead = dict(killed(before, now))
    return [_voice(book, public, now, seat, dead, ending) for seat in SEATS]


def _voice(
    book: Rulebook,
    public: Account,
    now: Observation,
    seat: Seat,
    dead: Mapping[str, int],
    ending: Ending,
) -> Voice:
    own_dead = sum(dead.get(column, 0) for column in _OWN_DEAD[seat])
    said = next((one for one in public.words if one.seat is seat), None)
    kinds = list(dict.fromkeys(_kinds(book, public, now, seat, said, own_dead, ending)))
    spoken = next(kind for kind in kinds if f"voices.{seat.name}.{kind}.1" in t.all)
    lines = list(t.below(f"voices.{seat.name}.{spoken}").values())
    line = lines[(public.turn + seat) % len(lines)]
    owed = [CAPITALS[rival] for rival in seat.rivals if now.debt[seat, rival, 0] > 0]
    told = line.format(
        to=_to(said),
        act=t(f"voices.act.{said.rung}") if said is not None and said.rung else "",
        dead=counted(own_dead, "man", "men"),
    )
    return Voice(
        seat,
        tuple(
            _did(seat, kind).format(whom=listed(owed) if owed else "")
            for kind in dict.fromkeys(kind.partition("_")[0] for kind in kinds)
            if kind == spoken or kind != "quiet"
        )[:MOST],
        told[:1].upper() + told[1:],
    )


def _did(seat: Seat, kind: str) -> str:
    """What a seat did, in a word or two, of one or of several."""
    many = f"voices.did_many.{kind}"
    return t(many if seat is Seat.MILITIA and many in t.all else f"voices.did.{kind}")


def _to(said: Spoken | None) -> str:
    return "" if said is None or said.to is None else CAPITALS[said.to]


def _kinds(
    book: Rulebook,
    public: Account,
    now: Observation,
    seat: Seat,
    said: Spoken | None,
    own_dead: int,
    ending: Ending,
) -> Iterator[str]:
    """What a seat did, said and suffered, the gravest first; "quiet" always comes last."""
    if ending is Ending.GENERAL_WAR:
        yield "war"
    if own_dead:
        if _is_known(book, public, seat):
            yield "mourns_known"
        yield "mourns"
    deeds = _deeds(book, public, seat)
    if any(group == "force" for _, group in deeds):
        yield "struck"
    if said is not None:
        word = book.words[said.word].id
        if word.startswith("justify"):
            yield "justifies"
        elif word in _WORDS:
            yield _WORDS[word]
    for name, _ in deeds:
        if name in _DEEDS:
            yield _DEEDS[name]
    if any(now.debt[seat, rival, 0] > 0 for rival in seat.rivals):
        yield "owes"
    if any(name != "hold" for name, _ in deeds):
        yield "acts"
    yield "quiet"


def _is_known(book: Rulebook, public: Account, seat: Seat) -> bool:
    """Whether who killed is no question: another has used force in the open, or has claimed it."""
    struck = any(
        done.seat is not None
        and done.seat is not seat
        and done.deed is not None
        and book.deeds[done.seat][done.deed].group == "force"
        for done in public.deeds
    )
    claimed = any(
        one.seat not in (None, seat) and claims_openly(book.words[one.word]) for one in public.words
    )
    return struck or claimed


def _deeds(book: Rulebook, public: Account, seat: Seat) -> Sequence[tuple[str, str]]:
    """The deeds that the world saw a seat do: id and group."""
    return [
        (book.deeds[seat][done.deed].id, book.deeds[seat][done.deed].group)
        for done in public.deeds
        if done.seat is seat and done.deed is not None
    ]
