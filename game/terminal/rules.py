"""`main.py rules`: the rulebook's index, and the page of whatever it has a name for."""

from game.content.doctrine import load_doctrine
from game.content.load import doctrine_ids, load_rulebook
from game.rules.rulebook import Rulebook
from game.rules.seats import SEATS
from game.views.handbook import orders, terms
from game.views.handbook.page import Entry
from game.views.handbook.topics import called, of_kind, topics, unknown_topic
from game.views.names import counted, sentence

from .casting import SEAT_LABELS
from .console import Console, open_console
from .errors import UserError
from .started import command


def run(name: str | None, *, plain: bool) -> int:
    """Prints the page of a name, or the index.

    Raises:
        UserError: the rulebook has no such page.
        ContentError: with all that is wrong with the rulebook.
    """
    out = open_console(plain=plain, paged=True)
    if name is None:
        index(out)
    else:
        show(out, name)
    return 0


def show(out: Console, name: str, book: Rulebook | None = None) -> None:
    """Every page with that name; for the name of a kind, such as "lens", what there is of it.

    Args:
        out: shows it.
        name: as somebody typed it.
        book: the rules of a match, whose scenario may have marks of its own.

    Raises:
        UserError: there is none.
    """
    found = called(name, book)
    if not found and (listed := of_kind(name)):
        out.title(f"Pages of the kind: {listed[0].kind}")
        out.entries(
            [Entry(topic.name, topic.name, next(iter(topic.others), "")) for topic in listed],
            first=None,
        )
        return
    if not found:
        raise UserError(unknown_topic(name, f"{command('rules')} lists what there is"))
    if len(found) > 1:
        which = ", ".join(f"{topic.name} ({topic.kind})" for topic in found)
        out.aside(f"The name stands for {counted(len(found), 'thing')}: {which}.")
    for topic in found:
        topic.show(out)


IN_A_GAME = (
    "an action, a statement, a message, a figure, a place or a rung will do; l lists the choices"
)


def explain(out: Console, name: str, book: Rulebook | None = None) -> None:
    """As `show`, for the middle of a game: a name that does not exist is told on the screen."""
    try:
        show(out, name, book)
    except UserError:
        out.warn(sentence(unknown_topic(name, IN_A_GAME)))


def index(out: Console) -> None:
    """What the rulebook has pages for."""
    book = load_rulebook()
    out.title("The rulebook")
    out.say(f"A page on any name below: {command('rules NAME')}")
    for seat in SEATS:
        deeds = book.deeds[seat]
        out.title(f"Actions of {SEAT_LABELS[seat]}")
        for group in orders.GROUPS:
            entries = [
                Entry(d.id, f"{seat.name.lower()}.{d.id}", d.sentence, f"Rung {d.rung}")
                for d in deeds
                if d.group == group
            ]
            if entries:
                out.heading(group.capitalize())
                out.entries(entries, first=None)
    out.title("Public statements")
    out.entries(
        [
            Entry(
                w.id,
                w.id,
                w.sentence.format(to="a seat", rung="that it names"),
                ", ".join(seat.name for seat in w.seats),
            )
            for w in book.words
        ],
        first=None,
    )
    out.title("Private messages, to one seat")
    out.entries(
        [
            Entry(
                w.id,
                w.id,
                w.sentence.format(to="a seat"),
                ", ".join(f"{by.name} to {to.name}" for by, to in w.links),
            )
            for w in book.whispers
        ],
        first=None,
    )
    terms.ladder(out)
    out.title("Endings")
    out.entries([Entry(e.id, e.id, e.sentence) for e in book.endings], first=None)
    out.title("Doctrines of the computer's players")
    doctrines = sorted(map(load_doctrine, doctrine_ids()), key=lambda d: d.seat)
    out.entries([Entry(d.id, d.id, f"{d.seat.name}. {d.school}.") for d in doctrines], None)
    _names(out, "On one page", "quick reference")
    _names(out, "Guides", "guide")
    _names(out, "Theories", "theory")
    _names(out, "Worlds that may be drawn", "world")
    _names(out, "Lenses", "lens")
    _names(out, "Places", "place")
    _names(out, "Figures", "figure")
    _names(out, "Figures of pairs", "figure of pairs")
    _names(out, "Agendas of the seats", "agenda")
    _names(out, "Objectives of the seats", "objective")
    _names(out, "Parameters, by group", "group of parameters")
    out.gap()


def _names(out: Console, title: str, kind: str) -> None:
    out.title(title)
    out.say(", ".join(topic.name for topic in topics() if topic.kind == kind) + ".")
