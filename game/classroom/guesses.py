"""What members of teams guess of what a game keeps secret: the theory that holds, and what each of
their rivals wants most. Nobody sees a guess before the debrief, which counts those that were right.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from game.content.scenario import Scenario
from game.rules.rulebook import Agenda, Theory
from game.rules.seats import Seat
from game.views.secrets import possible_agendas, possible_theories

from .faults import Refused
from .texts import t


class Secrets(NamedTuple):
    """What a seat's members may guess: what may be one thing or another, as everybody knows."""

    theories: tuple[Theory, ...]
    """Empty where everybody knows which one holds."""
    agendas: Mapping[Seat, tuple[Agenda, ...]]
    """Of its rivals; without those of whom everybody knows what they want."""

    @classmethod
    def of(cls, scenario: Scenario, seat: Seat) -> "Secrets":
        """Those of a scenario."""
        theories = possible_theories(scenario)
        agendas = {rival: possible_agendas(scenario, rival) for rival in seat.rivals}
        return cls(
            theories if len(theories) > 1 else (),
            {rival: some for rival, some in agendas.items() if len(some) > 1},
        )


@dataclass(frozen=True, slots=True)
class Guess:
    """One member's, by ids."""

    theory: str = ""
    """Empty for none."""
    agendas: Mapping[Seat, str] = field(default_factory=dict)
    """Of those rivals that it has a guess of."""

    @property
    def is_given(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.theory or self.agendas)

    def body(self) -> dict[str, Any]:
        """What is kept of it."""
        agendas = {seat.name: agenda for seat, agenda in self.agendas.items()}
        return {"theory": self.theory, "agendas": agendas}

    @classmethod
    def kept(cls, body: Mapping[str, Any]) -> "Guess":
        """A guess that was kept."""
        agendas = {Seat[name]: str(agenda) for name, agenda in body["agendas"].items()}
        return cls(str(body["theory"]), agendas)


def read_guess(form: Mapping[str, str], secrets: Secrets) -> Guess:
    """A guess out of a form.

    Raises:
        Refused: something in it is none of what may be.
    """
    theory = _one_of([one.id for one in secrets.theories], form.get("theory", ""))
    agendas = {
        rival: _one_of([one.id for one in some], form.get(f"agenda_{rival.name}", ""))
        for rival, some in secrets.agendas.items()
    }
    return Guess(theory, {rival: agenda for rival, agenda in agendas.items() if agenda})


def _one_of(known: list[str], given: str) -> str:
    if given and given not in known:
        raise Refused(t("guard.form"))
    return given


def told_right(guessed: Iterable[str], truth: str) -> str:
    """How many of those who guessed were right, in a sentence; empty where nobody did."""
    given = [one for one in guessed if one]
    if not given:
        return ""
    return t("debrief.guessed", right=given.count(truth), all=len(given))
