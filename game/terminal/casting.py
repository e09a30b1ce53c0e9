"""Who plays which seat: from the names of a command line to players."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from game.content.dealt import DRAWN, Dealt, DealtError, with_dealt
from game.content.doctrine import PEOPLE, Doctrine
from game.content.lens import BALANCED, Lens, lens_ids, load_lens, seen_through
from game.content.load import doctrine_ids, load_scenario
from game.content.scenario import Scenario
from game.content.wording import quoted, unknown
from game.futures.cast import PLANNERS, cast
from game.futures.plan import Planner
from game.players.base import Player
from game.players.doctrine import DoctrinePlayer
from game.players.library import HISTORY, UNIFORM, usual
from game.players.uniform import Uniform
from game.rules.seats import SEATS, Seat
from game.views.names import CAPITALS

from .console import Console
from .errors import UserError
from .started import command

ALL = "all"
SEAT_LABELS: dict[Seat, str] = {seat: f"{CAPITALS[seat]} ({seat.name})" for seat in SEATS}
"""What sentences call a seat: its place, and the name to type."""
SEAT_HEADINGS: dict[Seat, str] = {
    seat: label[0].upper() + label[1:] for seat, label in SEAT_LABELS.items()
}
"""The same at the beginning of a line."""


class Premises(NamedTuple):
    """By which world games are played."""

    lens: str
    """A lens's id or file."""
    theory: str
    """One that everybody knows to hold, or `drawn`."""
    agendas: Sequence[str]
    """Those that some seats have, as "SEAT=AGENDA"; the others are drawn."""


def seats_called(names: Sequence[str], option: str = "--seat") -> tuple[Seat, ...]:
    """The seats of these names, in the order of the game.

    Raises:
        UserError: there is no such seat, or one is named twice.
    """
    given = [name.upper() for name in names]
    for name in names:
        if name.upper() not in Seat.__members__:
            listed = ", ".join(seat.name for seat in SEATS)
            raise UserError(
                f"{option}: there is no seat {quoted(name)}; write one of these: {listed}"
            )
        if given.count(name.upper()) > 1:
            raise UserError(f"{option}: {name.upper()} is named twice; name each seat once")
    return tuple(seat for seat in SEATS if seat.name in given)


def spelt(names: Sequence[str], everything: Sequence[str]) -> tuple[str, ...]:
    """The names, each once, with `all` spelt out."""
    each = (name for given in names for name in (everything if given == ALL else (given,)))
    return tuple(dict.fromkeys(each))


def casting(
    scenario: Scenario,
    given: Mapping[Seat, str | None],
    *,
    history: bool = False,
    people: bool = False,
) -> dict[Seat, str]:
    """The name of every seat's computer player.

    Args:
        scenario: names the players of the seats that nothing is said of.
        given: players named for seats.
        history: the other seats give the historical orders.
        people: seats that nothing is said of choose as people do, and not by the book.
    """
    return {
        seat: given.get(seat) or (HISTORY if history else usual(scenario, seat, people=people))
        for seat in SEATS
    }


def players(scenario: Scenario, names: Mapping[Seat, str]) -> dict[Seat, Player]:
    """The players of these names.

    Raises:
        UserError: there is no such player for a seat.
        ContentError: a doctrine's file has mistakes.
    """
    refuse_unknown(names)
    return cast(scenario, names, names)


def refuse_unknown(names: Mapping[Seat, str | None]) -> None:
    """Looks at every player that is named, before anything is asked or played.

    Raises:
        UserError: there is no such player for a seat.
    """
    for seat, name in names.items():
        if name is None:
            continue
        own = [n for n, of in doctrine_ids().items() if of is seat]
        known = [UNIFORM, HISTORY, *own, *PLANNERS, *(PEOPLE + n for n in own)]
        if not name.endswith(".toml") and name not in known:
            what, remedy = unknown("player", name, known)
            raise UserError(f"--{seat.name.lower()}: {what}; {remedy}")


def seen(scenario: str, lens: str = BALANCED) -> Scenario:
    """A scenario, its rules as a lens sees them.

    Raises:
        UserError: there is no such lens.
        ContentError: the scenario or the lens has mistakes.
    """
    return seen_through(load_scenario(scenario), lens_called(lens))


def dealt(scenario: Scenario, theory: str, agendas: Sequence[str]) -> Dealt:
    """What was chosen of what is otherwise drawn, agendas as "SEAT=AGENDA".

    Raises:
        UserError: there is no such theory, seat or agenda, or a seat is named twice.
    """
    chosen: dict[Seat, str] = {}
    for text in agendas:
        name, _, agenda = text.partition("=")
        (seat,) = seats_called([name], "--agenda")
        if seat in chosen:
            raise UserError(f"--agenda: {seat.name} is named twice; name each seat once")
        chosen[seat] = agenda.strip()
    made = Dealt(theory, tuple(chosen.items()))
    for option, part in (("--theory", Dealt(theory)), ("--agenda", replace(made, theory=DRAWN))):
        try:
            with_dealt(scenario, part)
        except DealtError as error:
            raise UserError(f"{option}: {error}") from None
    return made


def told_dealt(made: Dealt) -> str:
    """What a heading adds about what was chosen; nothing where nothing was."""
    told = "" if made.theory == DRAWN else f"; the theory {made.theory} holds"
    agendas = ", ".join(f"{seat.name} {name}" for seat, name in made.agendas)
    return told + (f"; agendas: {agendas}" if agendas else "")


def lens_called(name: str) -> Lens:
    """The lens of that name, or of that file.

    Raises:
        UserError: there is no such lens.
        ContentError: it has mistakes.
    """
    if not name.endswith(".toml") and name not in lens_ids():
        what, remedy = unknown("lens", name, lens_ids())
        raise UserError(f"--lens: {what}; {remedy}")
    return load_lens(name)


def tell_manner(out: Console, names: Mapping[Seat, str]) -> None:
    """Says what the names' "people:" means, where one has it."""
    if any(name.startswith(PEOPLE) for name in names.values()):
        out.aside(
            f"{PEOPLE} a doctrine's aims, but chosen as the record shows people to choose, who "
            "hold in most turns; without it a doctrine plays by the book, nearly always for what "
            f"suits it best. More: {command('rules choosing')}."
        )


def through(lens: str) -> str:
    """What a heading adds about a lens; nothing for the balanced one."""
    return "" if lens == BALANCED else f"; seen through the lens {lens}"


def described(player: Player) -> str:
    """A player's name and behaviour, in a sentence or two."""
    if isinstance(player, DoctrinePlayer):
        doctrine: Doctrine = player.doctrine
        manner = "as people choose" if player.is_as_people else "by the book"
        return f"{doctrine.name} ({doctrine.id}), {manner}. {doctrine.behaviour}"
    if isinstance(player, Planner):
        return (
            f"Planner ({player.name}). Imagines futures that fit what it knows, all seats in them "
            "played by the scenario's doctrines, and takes the action with the best mean mark."
        )
    if isinstance(player, Uniform):
        return "Chance (uniform). Gives any legal order, each as likely as the others."
    return "History (history). Gives the orders of history as long as they are legal."


def shown(names: Mapping[Seat, str]) -> str:
    """All players in one line."""
    return ", ".join(f"{seat.name} {name}" for seat, name in names.items())
