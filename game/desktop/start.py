"""Opens the window: at the title, in a game, or to take pictures of every screen."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from . import settings, window

if TYPE_CHECKING:
    from game.rules.seats import Seat

    from .app import App
    from .screens.title import TitleScreen

SETTINGS = "settings.json"


def title() -> int:
    """The title screen, until the window is closed.

    Raises:
        DesktopFault: the window cannot be opened.
    """
    return _run(lambda app: None)


def play(
    scenario: str | None, people: "Sequence[Seat]", players: "Mapping[Seat, str]", seed: int | None
) -> int:
    """A game at once, over the title, until the window is closed; what is not said is asked.

    Args:
        scenario: its id or the path of its file.
        people: the seats that people play.
        players: computer players, by name, where they are not the usual ones.
        seed: the game's luck.

    Raises:
        ContentError: the scenario has mistakes.
        DesktopFault: the window cannot be opened.
    """
    from game.content.load import load_scenario  # noqa: PLC0415

    if scenario is not None:
        load_scenario(scenario)

    def go(app: "App") -> None:
        from .picking import Picked  # noqa: PLC0415
        from .screens.scenario import ScenarioScreen  # noqa: PLC0415

        screen = ScenarioScreen(app, Picked.of(scenario, people, players, seed))
        app.push(screen)
        if scenario is not None and people:
            screen.begin()

    return _run(go)


def pictures(folder: Path) -> int:
    """Pictures of every screen at every size, as PNG in a folder.

    Returns:
        0, or 1 where something does not fit.

    Raises:
        DesktopFault: packages or assets are not right.
    """
    import os  # noqa: PLC0415

    os.environ["SDL_VIDEODRIVER"] = "dummy"
    window.open_window()
    from .gallery import SHOTS  # noqa: PLC0415
    from .shots import pictures as taken  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    wrong = False
    for name, misfits in taken(SHOTS, folder):
        print(f"{name}.png" + (f": {len(misfits)} do not fit" if misfits else ""))
        for misfit in misfits:
            print(f"    {misfit.where}: {misfit.what}")
        wrong = wrong or bool(misfits)
    return int(wrong)


def _run(go: "Callable[[App], None]") -> int:
    """Opens the window at the title, lets `go` lead on, and runs it; returns 0."""
    path = settings.folder() / SETTINGS
    loaded = settings.load(path)
    surface = window.open_window(fullscreen=loaded.settings.fullscreen)
    from .app import App  # noqa: PLC0415 (needs pygame, which `open_window` has checked)
    from .screens.title import TitleScreen  # noqa: PLC0415

    app = App(surface, loaded, path)
    app.page_opener = _open_page
    title_screen = TitleScreen(app)
    app.push(title_screen)
    app.frame()
    Thread(target=_warm_up, args=(app, title_screen), daemon=True).start()
    go(app)
    app.run()
    return 0


def _warm_up(app: "App", title_screen: "TitleScreen") -> None:
    """Reads, while the title is looked at, what the next screens need, and whether there is a game
    to go on with.
    """
    from game.session.errors import FileError  # noqa: PLC0415
    from game.session.places import last_unfinished, matches_folder  # noqa: PLC0415

    try:
        last = last_unfinished(matches_folder())
    except FileError:
        last = None  # the list of games tells why
    if last is not None:
        app.soon(lambda: title_screen.offer(last))
    from .picking import scenarios  # noqa: PLC0415
    from .screens import debrief, explore, scenario  # noqa: F401, PLC0415

    scenarios()


def _open_page(app: "App", name: str) -> None:
    from .screens.handbook import open_handbook  # noqa: PLC0415

    open_handbook(app, name)
