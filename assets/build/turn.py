"""Draws assets/pictures/turn.svg, the README's picture: one turn as the terminal shows it.

    python -m assets.build.turn

The game is real: seed, scenario and the orders given are below. The picture names no font from
elsewhere; it takes what monospaced font the reader has.
"""

import io
import re
from pathlib import Path
from unittest.mock import patch

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from game.content.load import load_scenario
from game.players.base import holding_choice
from game.players.library import default_players
from game.rules.legal import why_not_deed
from game.rules.seats import Seat
from game.session.match import Match
from game.terminal import briefing
from game.terminal.rich_console import RichConsole

PICTURE = Path(__file__).parents[1] / "pictures" / "turn.svg"
SCENARIO, SEED, SEAT = "the_article", 7, Seat.US
DEEDS = ("strike_depots", "harden")
"""What the seat orders in the turns before the one that is shown."""
WIDTH = 88
FONTS = "'IBM Plex Mono', ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
NIGHT = TerminalTheme(
    (16, 22, 30),
    (214, 220, 228),
    [
        (16, 22, 30),
        (224, 108, 100),
        (140, 190, 120),
        (226, 183, 96),
        (110, 160, 220),
        (190, 140, 210),
        (96, 190, 200),
        (214, 220, 228),
    ],
)


class _Window(io.StringIO):
    """What the screen takes for a terminal."""

    def isatty(self) -> bool:
        return True


def main() -> None:
    """Plays up to the turn, and writes its page as a picture."""
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(_page()), encoding="utf-8", newline="\n")
    print(f"{PICTURE}: {PICTURE.stat().st_size:,} bytes")


def picture(page: str) -> str:
    """A page with a terminal's colours as an SVG that fetches nothing."""
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    console.print(Text.from_ansi(page))
    drawn = console.export_svg(title="Restoring Deterrence", theme=NIGHT, unique_id="turn")
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    return re.sub(r"font-family:[^;]*;", f"font-family: {FONTS};", drawn)


def _page() -> str:
    """The page of the first turn after `DEEDS`."""
    scenario = load_scenario(SCENARIO)
    players = default_players(scenario)
    del players[SEAT]
    match = Match(scenario, players, SEED)
    for deed in DEEDS:
        _order(match, deed)
    window = _Window()
    with patch.dict("os.environ", {"COLUMNS": str(WIDTH), "LINES": "200", "TERM": "xterm"}):
        console = RichConsole(window)
        briefing.turn_page(console, match, SEAT, {}, lambda: None)
    return window.getvalue().strip("\n")


def _order(match: Match, deed: str) -> None:
    book = match.scenario.setting.rulebook
    index = book.deed(SEAT, deed)
    if why := why_not_deed(match.scenario.setting, match.state, SEAT, index):
        raise SystemExit(f"{deed} is not legal here: {'; '.join(why)}")
    choice = holding_choice(1)
    choice.deed[0] = index
    if refused := match.commit(SEAT, choice):
        raise SystemExit("\n".join(map(str, refused)))
    match.advance()


if __name__ == "__main__":
    main()
