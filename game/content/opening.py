"""The opening: what stands in the columns before the first turn."""

from dataclasses import dataclass

from game.rules.seats import Seat
from game.rules.state import State, blank


@dataclass(frozen=True, slots=True)
class Opening:
    """Values by column, by pair column and pair, and by seat; what is not named is left alone."""

    columns: dict[str, float]
    pairs: dict[str, dict[tuple[Seat, Seat], float]]
    suspicion: dict[Seat, tuple[float, ...]]
    culprit: tuple[float, ...] | None = None
    """Odds of each cause of the attack that the prologue tells of; None where it tells of none."""

    def written_over(self, base: "Opening") -> "Opening":
        """This opening where it says something, and `base` elsewhere."""
        return Opening(
            columns=base.columns | self.columns,
            pairs={
                column: base.pairs.get(column, {}) | self.pairs.get(column, {})
                for column in base.pairs | self.pairs
            },
            suspicion=base.suspicion | self.suspicion,
            culprit=self.culprit or base.culprit,
        )

    def state(self) -> State:
        """One game (B = 1) that opens so; estimates and key are left at 0."""
        state = blank(1)
        for column, value in self.columns.items():
            getattr(state, column)[0] = value
        for column, values in self.pairs.items():
            for (i, j), value in values.items():
                getattr(state, column)[i, j, 0] = value
        for seat, shares in self.suspicion.items():
            state.suspicion[seat, :, 0] = shares
        return state
