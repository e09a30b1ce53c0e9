"""Everything that the rulebook has a page for, by the names that people may call it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial

from game.content.doctrine import load_doctrine
from game.content.lens import lens_ids, load_lens
from game.content.load import RULEBOOK, doctrine_ids, load_rulebook, read_part
from game.content.numbers_schema import ParametersFile, TheoriesFile
from game.content.wording import did_you_mean, quoted
from game.content.world_schema import SitesFile
from game.rules.rulebook import Rulebook
from game.rules.seats import SEATS, Rung
from game.rules.state import COLUMNS, PAIR_COLUMNS
from game.views.names import SEAT_TITLES, rung_name
from game.views.situation import LABELS

from . import essays, figures, orders, places, players, reference, terms
from .naming import key
from .page import Page

LEDGER_NAMES = ("the ledger", "credible", "spares you", "feared", "debt")


@dataclass(frozen=True, slots=True)
class Topic:
    """One page."""

    kind: str
    """What it is, such as "action"."""
    name: str
    """The one name that no other page has within its kind, such as us.harden."""
    others: tuple[str, ...]
    """Further names."""
    show: Callable[[Page], None]


@cache
def topics() -> tuple[Topic, ...]:
    """Every page, in the order of the index.

    Raises:
        ContentError: with all that is wrong with the rulebook.
    """
    book = load_rulebook()
    return (
        *_of(book),
        *_places(book),
        Topic("ladder", "ladder", ("rungs", "the ladder"), terms.ladder),
        *_rungs(),
        Topic("ledger", "ledger", LEDGER_NAMES, terms.ledger),
        *_doctrines(),
        *_lenses(),
        *_worlds(book),
        *(Topic(e.kind, e.id, (e.title,), partial(essays.write, e)) for e in essays.essays()),
    )


def called(name: str, book: Rulebook | None = None) -> list[Topic]:
    """The pages with that name; empty where there is none.

    Args:
        name: as somebody typed it.
        book: the rules of a match, where they are not the game's own.
    """
    wanted = key(name.replace(">", " "))
    exact, by_any_name = _index()
    found = exact.get(wanted, [])
    found = found if len(found) == 1 else by_any_name.get(wanted, [])
    if book is None:
        return list(found)
    own = {(topic.kind, topic.name): topic for topic in _of(book)}
    return [own.get((topic.kind, topic.name), topic) for topic in found]


def _of(book: Rulebook) -> Iterator[Topic]:
    """The pages that tell what one rulebook says."""
    yield from _seats(book)
    yield from _references(book)
    yield from _deeds(book)
    yield from _words(book)
    yield from _whispers(book)
    yield from _columns(book)
    yield from _parameters(book)
    yield from _ends(book)
    yield from _marks(book)
    yield from _agendas(book)


def of_kind(name: str) -> list[Topic]:
    """All pages of a kind, by its singular or plural; empty where there is no such kind."""
    wanted = key(name)
    return [t for t in topics() if wanted in (t.kind, f"{t.kind}s", f"{t.kind}es")]


@cache
def _index() -> tuple[dict[str, list[Topic]], dict[str, list[Topic]]]:
    """The pages by their own names, and by all their names."""
    exact: dict[str, list[Topic]] = {}
    by_any_name: dict[str, list[Topic]] = {}
    for topic in topics():
        exact.setdefault(key(topic.name), []).append(topic)
        for name in dict.fromkeys(map(key, (topic.name, *topic.others))):
            by_any_name.setdefault(name, []).append(topic)
    return exact, by_any_name


def unknown_topic(name: str, else_do: str) -> str:
    """What to say of a name that no page has; `else_do` where no other name is like it."""
    names = [n for topic in topics() for n in (topic.name, *topic.others)]
    guess = did_you_mean(name, names)
    remedy = f"did you mean {guess}?" if guess else else_do
    return f"the rulebook has no page {quoted(name)}; {remedy}"


def _seats(book: Rulebook) -> Iterator[Topic]:
    for seat in SEATS:
        yield Topic(
            "seat", seat.name.lower(), (SEAT_TITLES[seat],), partial(players.seat, book, seat)
        )


def _references(book: Rulebook) -> Iterator[Topic]:
    for seat in SEATS:
        yield Topic(
            "quick reference",
            f"reference {seat.name.lower()}",
            (f"reference {SEAT_TITLES[seat]}",),
            partial(reference.write, book, seat),
        )


def _deeds(book: Rulebook) -> Iterator[Topic]:
    for seat in SEATS:
        for deed in book.deeds[seat]:
            yield Topic(
                "action",
                f"{seat.name.lower()}.{deed.id}",
                (deed.id, deed.name),
                partial(orders.deed, book, deed),
            )


def _words(book: Rulebook) -> Iterator[Topic]:
    for word in book.words:
        yield Topic("statement", word.id, (word.name,), partial(orders.word, word))


def _whispers(book: Rulebook) -> Iterator[Topic]:
    for whisper in book.whispers:
        yield Topic("message", whisper.id, (whisper.name,), partial(orders.whisper, whisper))


def _places(book: Rulebook) -> Iterator[Topic]:
    sheet: SitesFile = read_part(RULEBOOK / "sites.toml")
    rows = {row.id: row for row in sheet.site}
    for site in book.sites:
        yield Topic("place", site.id, (site.name,), partial(places.site, rows[site.id]))


def _rungs() -> Iterator[Topic]:
    named = {Rung.WORDS, Rung.GENERAL_WAR}  # other pages have these names
    for rung in Rung:
        others = (f"{int(rung)}",) if rung in named else (f"{int(rung)}", rung_name(rung))
        yield Topic("rung", f"rung {int(rung)}", others, partial(terms.ladder, rung=rung))


def _columns(book: Rulebook) -> Iterator[Topic]:
    for name, spec in COLUMNS.items():
        label = LABELS.get(name)
        yield Topic(
            "figure", name, (label,) if label else (), partial(figures.column, book, name, spec)
        )
    for name, spec in PAIR_COLUMNS.items():
        yield Topic("figure of pairs", name, (), partial(figures.pair_column, name, spec))


def _parameters(book: Rulebook) -> Iterator[Topic]:
    sheet: ParametersFile = read_part(RULEBOOK / "parameters.toml")
    values = book.parameters._asdict()
    for group, written in sheet.root.items():
        rows = {
            name: row.model_copy(update={"value": float(getattr(values[group], name))})
            for name, row in written.items()
        }
        yield Topic(
            "group of parameters",
            f"parameters.{group}",
            (group,),
            partial(figures.parameters, group, rows),
        )
        for name, row in rows.items():
            full = f"{group}.{name}"
            yield Topic("parameter", full, (name,), partial(figures.parameter, full, row))


def _doctrines() -> Iterator[Topic]:
    for name in doctrine_ids():
        doctrine = load_doctrine(name)
        yield Topic("doctrine", name, (doctrine.name,), partial(players.doctrine, doctrine))


def _lenses() -> Iterator[Topic]:
    for name in lens_ids():
        lens = load_lens(name)
        yield Topic("lens", name, (lens.name,), partial(players.lens, lens))


def _worlds(book: Rulebook) -> Iterator[Topic]:
    sheet: TheoriesFile = read_part(RULEBOOK / "theories.toml")
    for theory in book.theories:
        name = f"world.{theory.id}"
        yield Topic("world", name, (theory.name,), partial(players.world, theory, sheet.number))


def _agendas(book: Rulebook) -> Iterator[Topic]:
    for seat in SEATS:
        for agenda in book.agendas[seat]:
            name = f"{seat.name.lower()}.{agenda.id}"
            yield Topic("agenda", name, (agenda.name,), partial(players.agenda, book, agenda))


def _ends(book: Rulebook) -> Iterator[Topic]:
    for ending in book.endings:
        yield Topic("ending", ending.id, (ending.name,), partial(players.ending, ending))


def _marks(book: Rulebook) -> Iterator[Topic]:
    for part in book.marks:
        yield Topic(
            "objective",
            f"{part.seat.name.lower()}.{part.id}",
            (part.id, part.name),
            partial(players.objective, book, part),
        )
