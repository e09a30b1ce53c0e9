"""What somebody chose that is otherwise drawn: the theory that holds, what a seat wants most."""

from dataclasses import dataclass, field, replace

from game.rules.rulebook import Rulebook
from game.rules.seats import Seat

from .kinds import Id, SeatName, Table
from .scenario import Scenario
from .wording import unknown

DRAWN = "drawn"
"""The theory of a game whose luck draws it."""


class DealtError(Exception):
    """A theory or an agenda that there is not; the text says which, and what there is."""


@dataclass(frozen=True, slots=True)
class Dealt:
    """What was chosen; the rest is drawn."""

    theory: str = DRAWN
    """A theory's id. It is known to everybody: nobody has to find out."""
    agendas: tuple[tuple[Seat, str], ...] = field(default=())
    """An agenda's id for some seats. Each seat knows its own alone."""


NOTHING = Dealt()


class DealtSheet(Table):
    """`Dealt` as a match keeps it."""

    theory: Id = DRAWN
    agendas: dict[SeatName, Id] = {}

    def dealt(self) -> Dealt:
        """What was chosen."""
        return Dealt(self.theory, tuple(self.agendas.items()))


def as_toml(dealt: Dealt) -> str:
    """What `DealtSheet` reads."""
    agendas = "".join(f'{seat.name} = "{name}"\n' for seat, name in dealt.agendas)
    return f'theory = "{dealt.theory}"\n\n[agendas]\n{agendas}'


def with_dealt(scenario: Scenario, dealt: Dealt) -> Scenario:
    """The scenario with what was chosen.

    Raises:
        DealtError: there is no such theory or agenda.
    """
    if dealt == NOTHING:
        return scenario
    setting = scenario.setting
    theory, agendas = _theory(setting.rulebook, dealt.theory), dict(dealt.agendas)
    chosen = {seat: _agenda(setting.rulebook, seat, name) for seat, name in agendas.items()}
    return replace(scenario, setting=setting.dealt(theory, chosen))


def undrawn(scenario: Scenario) -> Scenario:
    """The scenario with the first theory and everybody's first agenda: nothing is drawn."""
    return replace(scenario, setting=scenario.setting.undrawn())


def _theory(book: Rulebook, name: str) -> int | None:
    if name == DRAWN:
        return None
    known = [theory.id for theory in book.theories]
    if name not in known:
        raise DealtError("; ".join(unknown("theory", name, [DRAWN, *known])))
    return known.index(name)


def _agenda(book: Rulebook, seat: Seat, name: str) -> int:
    known = [agenda.id for agenda in book.agendas[seat]]
    if name not in known:
        raise DealtError("; ".join(unknown(f"agenda of {seat.name}", name, known)))
    return known.index(name)
