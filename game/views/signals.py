"""The gap between signal and action: what each seat said, and what it did."""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from game.rules.rulebook import NO_SEAT, Word
from game.rules.seats import SEATS, Cause, Seat

from .deterrence import lines_standing
from .happenings import OWN_FIRE, lowered
from .names import CAPITALS, CAUSE_NAMES, SEAT_NAMES, rung_name
from .played import PlayedGame, Turn
from .uses import claims_openly, used_force, uses_force

SOON = 1
"""Turns after an assurance in which force still breaks it, beside its own turn."""


class Verdict(Enum):
    """What came of something that was said."""

    KEPT = "kept"
    BROKEN = "not kept"
    UNTESTED = "never tested"
    OPEN = "open at the end"
    TRUE = "true"
    FALSE = "not true"


class Signal(NamedTuple):
    """Something that was said, and what was done."""

    turn: int
    """From 1; 0 for what stood before the first turn."""
    seat: Seat
    kind: str
    """line, threat, assurance, notice, denial, claim, accusation or justification."""
    said: str
    did: str
    verdict: Verdict
    private: bool = False


def signals(game: PlayedGame) -> list[Signal]:
    """Everything that was said and can be held against what was done, by seat, then by turn."""
    found = [
        signal
        for turn in game.turns
        for seat in SEATS
        for signal in (
            *_threat(game, turn, seat),
            *_assurances(game, turn, seat),
            *_notice(game, turn, seat),
            *_attribution(game, turn, seat),
            *_justification(game, turn, seat),
        )
    ]
    return sorted([*_lines_before(game), *found], key=lambda signal: (signal.seat, signal.turn))


def _said(game: PlayedGame, turn: Turn, seat: Seat) -> Word:
    return game.scenario.setting.rulebook.words[int(turn.outcome.orders.word[seat, 0])]


def _to(turn: Turn, seat: Seat) -> Seat | None:
    to = turn.orders.order(seat).word_to
    return None if to == NO_SEAT else Seat(to)


def _force_by(game: PlayedGame, turn: Turn, seat: Seat, on: Seat) -> bool:
    """Whether a seat used force in a turn that hit another openly, or fired on American sites."""
    book, out = game.scenario.setting.rulebook, turn.outcome
    if seat in OWN_FIRE and out.fire_attacks[OWN_FIRE[seat], 0] > 0 and on in (Seat.US, Seat.IRAQ):
        return True
    whole = book.deeds[seat][int(out.orders.deed[seat, 0])]
    return used_force(book, out, seat) and bool(whole.against.get(on))


# --- threats


def _threat(game: PlayedGame, turn: Turn, seat: Seat) -> Iterator[Signal]:
    word, to = _said(game, turn, seat), _to(turn, seat)
    if not word.to_rung or to is None:
        return
    rung = turn.orders.order(seat).word_rung
    said = f"would answer {SEAT_NAMES[to]} at rung {rung} ({rung_name(rung)}) or higher"
    did, verdict = _came_of(game, turn.number, seat, to)
    yield Signal(turn.number, seat, "threat", said, did, verdict)


def _lines_before(game: PlayedGame) -> Iterator[Signal]:
    """The lines that stood when the game opened."""
    for line in lines_standing(game.moments[0]):
        did, verdict = _came_of(game, 0, line.by, line.to)
        said = (
            f"had warned {SEAT_NAMES[line.to]} of an answer at rung {line.rung} "
            f"({rung_name(line.rung)}) or higher"
        )
        yield Signal(0, line.by, "line", said, did, verdict)


def _came_of(game: PlayedGame, turn: int, seat: Seat, to: Seat) -> tuple[str, Verdict]:
    """What became of a threat of one turn: its first crossing, and whether that was answered."""
    crossed = 0
    for later in game.turns[max(0, turn - 1) :]:
        if crossed and later.outcome.answered[seat, to, 0]:
            return f"crossed in turn {crossed}, answered in turn {later.number}", Verdict.KEPT
        if crossed and later.outcome.lapsed[seat, to, 0]:
            return f"crossed in turn {crossed}, let pass by turn {later.number}", Verdict.BROKEN
        if not crossed and later.number > turn and _threatens(game, later, seat, to):
            return "not crossed until it was drawn anew", Verdict.UNTESTED
        if not crossed and later.outcome.crossed[seat, to, 0]:
            crossed = later.number
    if crossed:
        return f"crossed in turn {crossed}, no answer yet", Verdict.OPEN
    return "not crossed as far as it saw", Verdict.UNTESTED


def _threatens(game: PlayedGame, turn: Turn, seat: Seat, to: Seat) -> bool:
    return _said(game, turn, seat).to_rung and _to(turn, seat) is to


# --- assurances and notice


def _assurances(game: PlayedGame, turn: Turn, seat: Seat) -> Iterator[Signal]:
    word, to = _said(game, turn, seat), _to(turn, seat)
    if word.soothes and to is not None:
        yield _assurance(game, turn, seat, to, private=False)
    order = turn.orders.order(seat)
    whisper = game.scenario.setting.rulebook.whispers[order.whisper]
    if whisper.soothes and order.whisper_to != NO_SEAT:
        yield _assurance(game, turn, seat, Seat(order.whisper_to), private=True)


def _assurance(game: PlayedGame, turn: Turn, seat: Seat, to: Seat, *, private: bool) -> Signal:
    soon = game.turns[turn.number - 1 : turn.number + SOON]
    struck = [later.number for later in soon if _force_by(game, later, seat, to)]
    did = f"used force in turn {struck[0]}" if struck else "held back in that turn and the next"
    verdict = Verdict.BROKEN if struck else Verdict.KEPT
    said = f"meant {SEAT_NAMES[to]} no further harm"
    return Signal(turn.number, seat, "assurance", said, did, verdict, private)


def _notice(game: PlayedGame, turn: Turn, seat: Seat) -> Iterator[Signal]:
    order, book = turn.orders.order(seat), game.scenario.setting.rulebook
    if book.whispers[order.whisper].id != "notice" or order.whisper_to == NO_SEAT:
        return
    struck = uses_force(book, seat, order.deed)
    name = lowered(book.deeds[seat][order.deed].name)
    yield Signal(
        turn.number,
        seat,
        "notice",
        f"told {SEAT_NAMES[Seat(order.whisper_to)]} beforehand what was coming",
        f"did it: {name}" if struck else f"used no force, but: {name}",
        Verdict.KEPT if struck else Verdict.BROKEN,
        private=True,
    )


# --- claims, denials, accusations

_OWN = {Seat.IRAN: Cause.TEHRAN, Seat.MILITIA: Cause.MILITIA}


def _attribution(game: PlayedGame, turn: Turn, seat: Seat) -> Iterator[Signal]:
    """Denials and claims of the last unsigned attack, and accusations, against the truth."""
    word, culprit = _said(game, turn, seat), int(turn.after.culprit[0])
    if culprit < 0:
        return
    truth = Cause(culprit)
    own = truth is _OWN.get(seat) or (seat is Seat.MILITIA and truth is Cause.TEHRAN)
    did = f"the last attack was by {CAUSE_NAMES[truth]}"
    verdict = Verdict.TRUE if own else Verdict.FALSE
    if word.id == "deny":
        true = Verdict.FALSE if own else Verdict.TRUE
        yield Signal(turn.number, seat, "denial", "said: it was not us", did, true)
    elif claims_openly(word) or word.facade:
        how = "under a new name" if word.facade else "openly"
        yield Signal(turn.number, seat, "claim", f"claimed the attack {how}", did, verdict)
    elif word.accuses and (to := _to(turn, seat)) is not None:
        guilty = truth is _OWN.get(to) or (to is Seat.MILITIA and truth is Cause.TEHRAN)
        right = Verdict.TRUE if guilty else Verdict.FALSE
        yield Signal(
            turn.number, seat, "accusation", f"said that {CAPITALS[to]} did it", did, right
        )


# --- justifications


def _justification(game: PlayedGame, turn: Turn, seat: Seat) -> Iterator[Signal]:
    """Washington's reasons for force: they stand until another is given or they are found out."""
    word = _said(game, turn, seat)
    if seat is not Seat.US or not word.case:
        return
    said = f"justified its force: {word.name.partition(': ')[2] or word.name}"
    for later in game.turns[turn.number :]:
        if later.outcome.discredited[0]:
            did = f"the reason did not hold, it came out in turn {later.number}"
            yield Signal(turn.number, seat, "justification", said, did, Verdict.FALSE)
            return
        if _said(game, later, seat).case:
            break
    yield Signal(
        turn.number, seat, "justification", said, "nobody showed it to be wrong", Verdict.UNTESTED
    )


class Tally(NamedTuple):
    """How many of a seat's signals of one kind came to what."""

    seat: Seat
    kind: str
    counts: dict[Verdict, int]


def tallies(found: list[Signal]) -> list[Tally]:
    """The signals counted, by seat and kind."""
    kinds = dict.fromkeys((signal.seat, signal.kind) for signal in found)
    return [
        Tally(
            seat,
            kind,
            {
                verdict: sum(
                    s.seat is seat and s.kind == kind and s.verdict is verdict for s in found
                )
                for verdict in Verdict
            },
        )
        for seat, kind in kinds
    ]
