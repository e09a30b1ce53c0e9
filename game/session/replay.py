"""A match told again, and held against the referee of today."""

from dataclasses import dataclass

from game.rules.games import Games
from game.rules.legal import IllegalOrderError
from game.rules.orders import Orders
from game.rules.outcome import Outcome
from game.rules.resolve import PHASES, resolve
from game.rules.state import State

from .codec import digest, phase_digest, same_outcome, same_state
from .events import Adjudicated, Injected, Noted, Opened, Ordered, Overridden
from .versions import referee
from .view import MatchView


@dataclass(frozen=True, slots=True)
class ReplayTurn:
    """One turn of a match, as it was recorded."""

    number: int
    """From 1."""
    before: State
    """At the moment of adjudication, with all that the facilitator had put in or set."""
    orders: Orders
    outcome: Outcome
    after: State
    hash: str
    """The recorded digest of the state after it."""
    ordered: tuple[Ordered, ...]
    """The four seats' orders by name, with who gave them and their forecasts."""
    injects: tuple[Injected, ...]
    overrides: tuple[Overridden, ...]
    notes: tuple[Noted, ...]


@dataclass(frozen=True, slots=True)
class Parting:
    """Where today's referee comes to something else than the record."""

    turn: int
    phase: str
    """The first phase that comes out differently; "orders" where they are refused."""
    recorded: str
    """The recorded digest of the state after the turn."""
    found: str
    """Today's; empty where the orders are refused."""

    def __str__(self) -> str:
        if self.found == self.recorded:
            differs = "what happened on the way differs, the state after it does not"
        else:
            differs = f"recorded {self.recorded}, now {self.found or 'refused'}"
        return (
            f"The replay parts from the record in turn {self.turn}, at the phase {self.phase}: "
            f"{differs}."
        )


class Replay:
    """Every turn of a match, and what the referee of today makes of it."""

    def __init__(self, match: MatchView) -> None:
        self.match = match
        match_state = match.match_state
        self.turns: tuple[ReplayTurn, ...] = tuple(
            ReplayTurn(
                number=number,
                before=played.before,
                orders=played.orders,
                outcome=played.outcome,
                after=after,
                hash=row.hash,
                ordered=tuple(e for e in match_state.ordered if e.turn == number),
                injects=tuple(e for e in match_state.injects if e.turn == number),
                overrides=tuple(e for e in match_state.overrides if e.turn == number),
                notes=tuple(e for e in match_state.notes if e.turn == number),
            )
            for number, (played, after, row) in enumerate(
                zip(match_state.played, match_state.after, match_state.turns, strict=True), 1
            )
        )

    @property
    def changed(self) -> str:
        """What has changed in the rules since the match was played; empty where nothing has."""
        record = self.match.record
        sittings = [e for e in record.events if isinstance(e, Opened)] if record else []
        if not (told := str(self.match.changes)):
            if all(sitting.referee == referee() for sitting in sittings):
                return ""
            told = "The rules' code has changed since this match was played."
        return told

    def check(self) -> Parting | None:
        """Adjudicates every turn anew; where something else comes out, the turn and phase."""
        for turn, row in zip(self.turns, self.match.match_state.turns, strict=True):
            if parting := self._check(turn, row):
                return parting
        return None

    def _check(self, turn: ReplayTurn, row: Adjudicated) -> Parting | None:
        setting = self.match.scenario.setting
        try:
            after, outcome = resolve(setting, turn.before, turn.orders)
            if same_state(after, turn.after) and same_outcome(outcome, turn.outcome):
                return None
        except IllegalOrderError:
            return Parting(turn.number, "orders", turn.hash, "")
        phases: dict[str, str] = {}

        def look(name: str, games: Games) -> None:
            phases[name] = phase_digest(games)

        resolve(setting, turn.before, turn.orders, look)
        names = [phase.__name__ for phase in PHASES]
        parted = [name for name in names if phases[name] != row.phases.get(name)]
        return Parting(turn.number, parted[0] if parted else "end", turn.hash, digest(after))
