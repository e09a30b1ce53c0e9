"""A seat's quick reference: all that it can do and say, when each of it works, and how its score is
made, on one page.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from game.rules.rulebook import Deed, Rulebook, Whisper, Word
from game.rules.seats import Seat
from game.rules.state import READY
from game.views.messages import when_heard
from game.views.names import SEAT_NAMES, SEAT_TITLES, listed, sentence
from game.views.occasions import best_and_worst, manner
from game.views.phrasebook import MINUS
from game.views.telling import t

from .amounts import label, rounds
from .orders import GROUPS
from .page import Page
from .players import scale

HALF = 0.5
"""Of what a campaign can be: a deed that asks for more raises it."""
_SEEN = {"public": "", "deniable": "unsigned", "covert": "unseen"}
_BEST, _WORST, _MOVES = 3, 2, 5
"""How many reasons, and how many figures, a deed is told with at the most."""


class DeedLine(NamedTuple):
    """One deed in short."""

    deed: Deed
    marks: tuple[str, ...]
    """How it is done and read: heavy, unsigned, stands firm, …"""
    moves: str
    """What it moves, the largest first; its sentence where it moves no figure."""
    best: str
    worst: str


class Reference(NamedTuple):
    """All that stands on the page of one seat."""

    seat: Seat
    deeds: tuple[tuple[str, tuple[DeedLine, ...]], ...]
    """By group."""
    words: tuple[tuple[str, str], ...]
    """Names, with when they count and what they do."""
    messages: tuple[tuple[str, str], ...]
    scores: tuple[tuple[str, str], ...]
    rules: tuple[str, ...]
    """How it all works, in a few sentences."""


def reference(book: Rulebook, seat: Seat) -> Reference:
    """A seat's quick reference, by a rulebook."""
    lines = [_deed(deed) for deed in book.deeds[seat]]
    grouped = ((group, tuple(x for x in lines if x.deed.group == group)) for group in GROUPS)
    return Reference(
        seat,
        tuple((group, own) for group, own in grouped if own),
        tuple((word.name, _word(word, seat)) for word in book.words[1:] if seat in word.seats),
        tuple(_messages(book.whispers[1:], seat)),
        tuple(_scores(book, seat)),
        tuple(t.below("reference.rules").values()),
    )


def _deed(deed: Deed) -> DeedLine:
    heavy = "heavy" if deed.heavy else ""
    campaign = "" if deed.effort is None else t(f"reference.{_pull(deed.effort)}")
    marks = (_SEEN[deed.visibility], heavy, manner(deed), campaign)
    best, worst = best_and_worst(deed) if deed.timely else ((), ())
    return DeedLine(
        deed,
        tuple(mark for mark in marks if mark),
        "; ".join(_moves(deed)) or deed.sentence.rstrip("."),
        ", ".join(best[:_BEST]),
        ", ".join(worst[:_WORST]),
    )


def _pull(effort: float) -> str:
    return "raises" if effort > 0.5 else "lowers"


def _moves(deed: Deed) -> Iterator[str]:
    if deed.fire is not None:
        each = "one" if deed.fire.rounds_high <= 1 else "fires"
        yield t(f"reference.{each}", rounds=rounds(deed.fire))
    if deed.strike is not None:
        yield deed.sentence.rstrip(".")
    sums: dict[str, float] = {}
    for amounts, sign in (
        (deed.timely, 1), (deed.effects, 1), (deed.weekly, 1), (deed.costs, -1),
    ):  # fmt: skip
        for column, amount in amounts.items():
            sums[column] = sums.get(column, 0.0) + sign * amount
    moved = [(column, amount) for column, amount in sums.items() if amount]
    for column, amount in moved[:_MOVES]:
        yield f"{'+' if amount > 0 else MINUS}\N{NO-BREAK SPACE}{label(column)}"
    if deed.curbs:
        yield t("reference.curbs")
    if deed.investigates or deed.reveals:
        yield t("reference.evidence")


def _word(word: Word, seat: Seat) -> str:
    told = [
        t(f"reference.word.{what}")
        for what, given in (
            ("line", word.to_rung), ("soothes", word.soothes),
            ("stands_down", word.soothes and seat in READY), ("offends", word.offends),
            ("case", word.case), ("credit", word.credit), ("facade", word.facade),
            ("odds", seat in word.odds),
        )
        if given
    ]  # fmt: skip
    told += [
        f"{'+' if amount > 0 else MINUS}\N{NO-BREAK SPACE}{label(column)}"
        for column, amount in word.effects.get(seat, {}).items()
    ]
    when = t(f"reference.when.{word.occasion}") if word.occasion else ""
    return "; ".join((*told, *((when,) if when else ())))


def _messages(whispers: Sequence[Whisper], seat: Seat) -> Iterator[tuple[str, str]]:
    for whisper in whispers:
        to = [SEAT_NAMES[receiver] for sender, receiver in whisper.links if sender is seat]
        if to:
            heard = when_heard(whisper)
            if whisper.deal is not None:
                heard = whisper.sentence.partition(": ")[2].rstrip(".") or heard
            yield whisper.name, t("reference.to", to=listed(to), heard=heard)


def _scores(book: Rulebook, seat: Seat) -> Iterator[tuple[str, str]]:
    """The objectives, with their points under each of the seat's agendas."""
    agendas = book.agendas[seat]
    weighed = [book.parts(seat, number) for number, _ in enumerate(agendas)]
    if len(agendas) > 1:
        yield t("reference.agendas"), ", ".join(agenda.name for agenda in agendas)
    for parts in zip(*weighed, strict=True):
        points = "/".join(f"{part.points:.0f}" for part in parts)
        yield f"{parts[0].name}, {points}", scale(parts[0])


def write(book: Rulebook, seat: Seat, out: Page) -> None:
    """A seat's quick reference as a page of the handbook."""
    made = reference(book, seat)
    out.title(t("reference.title", seat=SEAT_TITLES[seat]))
    for group, lines in made.deeds:
        out.heading(t("reference.deeds", group=group))
        out.figures(
            (f"{line.deed.name}, rung {line.deed.rung}", sentence(_told(line))) for line in lines
        )
    out.heading(t("reference.words"))
    out.figures(made.words)
    out.heading(t("reference.messages"))
    out.figures(made.messages)
    out.heading(t("reference.scores"))
    out.figures(made.scores)
    out.heading(t("reference.how"))
    out.bullets(made.rules)


def _told(line: DeedLine) -> str:
    parts = [", ".join(line.marks), line.moves]
    if line.best:
        parts.append(t("reference.best", when=line.best))
    if line.worst:
        parts.append(t("reference.worst", when=line.worst))
    return ". ".join(sentence(part).rstrip(".") for part in parts if part)
