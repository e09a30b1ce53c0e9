"""Opens the window: at the title, or in a game."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from .look.faults import DesktopFault
from .shell import settings, window
from .texts import t

if TYPE_CHECKING:
    from game.content.dealt import Dealt
    from game.rules.seats import Seat

    from .screens.title import TitleScreen
    from .shell.app import App

SETTINGS = "settings.json"
PATIENCE = 10.0
"""Seconds that whoever closes the window at once waits at the most."""


def title() -> int:
    """The title screen, until the window is closed.

    Raises:
        DesktopFault: the window cannot be opened.
    """
    return _run(lambda app: None)


def play(
    scenario: str | None,
    people: "Sequence[Seat]",
    players: "Mapping[Seat, str]",
    seed: int | None,
    dealt: "Dealt | None" = None,
    *,
    led: bool = False,
) -> int:
    """A game at once, over the title, until the window is closed; what is not said is asked.

    Args:
        scenario: its id or the path of its file.
        people: the seats that people play.
        players: computer players, by name, where they are not the usual ones.
        dealt: what was chosen of what is otherwise drawn.
        seed: the game's luck.
        led: somebody leads it, with a PIN that is asked for.

    Raises:
        ContentError: the scenario has mistakes.
        DesktopFault: the window cannot be opened.
    """
    from game.content.load import load_scenario  # noqa: PLC0415

    if scenario is not None:
        load_scenario(scenario)

    def go(app: "App") -> None:
        from .screens.games.picking import Picked  # noqa: PLC0415
        from .screens.games.scenario import ScenarioScreen  # noqa: PLC0415

        picked = Picked.of(scenario, people, players, seed, dealt, led=led)
        screen = ScenarioScreen(app, picked)
        app.push(screen)
        if scenario is not None and people:
            screen.begin()

    return _run(go)


def resume(path: Path) -> int:
    """Goes on with a match over the title, or debriefs one that is over, until the window is
    closed; what stands in the way is told in the window.

    Raises:
        DesktopFault: the window cannot be opened.
    """

    def go(app: "App") -> None:
        from .screens.games.starting import open_and_begin  # noqa: PLC0415

        open_and_begin(app, path)

    return _run(go)


def _run(go: "Callable[[App], None]") -> int:
    """Opens the window at the title, lets `go` lead on, and runs it; returns 0. What keeps it from
    going on is told in a box on the screen, too, where there is one.
    """
    try:
        return _opened(go)
    except DesktopFault as fault:
        window.tell(str(fault))
        raise


def _opened(go: "Callable[[App], None]") -> int:
    path = settings.folder() / SETTINGS
    loaded = settings.load(path)
    surface = window.open_window(fullscreen=loaded.settings.fullscreen)
    from .flow import Flow  # noqa: PLC0415
    from .look import fonts  # noqa: PLC0415 (need pygame, which `open_window` has checked)
    from .screens.games import folders  # noqa: PLC0415 (need pygame, which `open_window` has checked)
    from .screens.title import TitleScreen  # noqa: PLC0415
    from .shell.app import App  # noqa: PLC0415

    folders.use(loaded.settings.folder)
    app = App(surface, loaded, Flow(), path)
    if lost := fonts.missing():
        app.toast(t("frame.fonts_missing", files=", ".join(lost)))
    title_screen = TitleScreen(app)
    app.push(title_screen)
    app.frame()
    warming = Thread(target=_warm_up, args=(app, title_screen), daemon=True)
    warming.start()
    go(app)
    app.run()
    warming.join(PATIENCE)  # to end in the middle of an import may be a crash
    return 0


def _warm_up(app: "App", title_screen: "TitleScreen") -> None:
    """Reads, while the title is looked at, what the next screens need, and whether there is a game
    to go on with.
    """
    from game.session.errors import FileError  # noqa: PLC0415
    from game.session.home import matches_folder  # noqa: PLC0415
    from game.session.places import last_unfinished  # noqa: PLC0415

    try:
        last = last_unfinished(matches_folder())
    except FileError:
        last = None  # the list of games tells why
    if last is not None:
        app.soon(lambda: title_screen.offer(last))
    from .screens.debrief import screen as debrief  # noqa: F401, PLC0415
    from .screens.explore import screen as explore  # noqa: F401, PLC0415
    from .screens.games import scenario  # noqa: F401, PLC0415
    from .screens.games.picking import scenarios  # noqa: PLC0415

    scenarios()
