"""Forecasts as people type them: how likely each rival is to use force this turn."""

from collections.abc import Mapping, Sequence

from game.rules.seats import Seat

QUESTION = (
    "How likely is each of the others to use force this turn? Type a number from 0 to 100 for "
    "each, such as 10 60 5, with a - where you will not say; Enter skips it."
)


def parse_forecast(typed: str, rivals: Sequence[Seat]) -> dict[Seat, float]:
    """The odds, 0 to 1, that a line names for rivals in their order.

    Raises:
        ValueError: the line is no such list; the text says what to type.
    """
    parts = typed.replace(",", " ").replace("%", " ").split()
    if len(parts) != len(rivals):
        raise ValueError(f"Please type {len(rivals)} numbers, such as 10 60 5, or Enter to skip.")
    odds: dict[Seat, float] = {}
    for seat, part in zip(rivals, parts, strict=True):
        if part in ("-", "?"):
            continue
        if not part.isascii() or not part.isdigit() or len(part) > 3 or int(part) > 100:
            raise ValueError(f'"{part[:20]}" will not do; type whole numbers from 0 to 100.')
        odds[seat] = int(part) / 100
    return odds


def format_forecast(
    forecast: Mapping[Seat, float], rivals: Sequence[Seat], names: Mapping[Seat, str] | None = None
) -> str:
    """A forecast as it is typed, or with names in a sentence; empty where there is none."""
    if not forecast:
        return ""
    odds = {seat: f"{forecast[seat] * 100:.0f}" for seat in rivals if seat in forecast}
    if names is not None:
        return ", ".join(f"{names[seat]} {number}" for seat, number in odds.items())
    return " ".join(odds.get(seat, "-") for seat in rivals)
