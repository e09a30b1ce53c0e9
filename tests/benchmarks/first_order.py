"""How long it takes somebody new to give the first order: `python -m tests.benchmarks.first_order`.

On a real display (`DISPLAY`, such as an Xvfb) the window is driven by mouse, with `xdotool`, from
the title to the first order committed: in The Article by the shortest way, and in the practice game
that one press begins, its coach heard out. What is drawn on the way, tips included, is read at
READING words a minute, each press takes PRESS seconds of a hand, and to both comes what one waits
for the program: until a screen is there, and until the staff's figures and voices are.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

os.environ["SDL_VIDEODRIVER"] = "x11"
os.environ["RESTORING_DETERRENCE_HOME"] = tempfile.mkdtemp()

import pygame

from game.desktop.flow import Flow
from game.desktop.look.ui import Ui
from game.desktop.room.leaves.staff import Staff
from game.desktop.screens.room import RoomScreen
from game.desktop.screens.title import TitleScreen
from game.desktop.shell.app import App
from game.desktop.shell.settings import Loaded, Settings
from game.desktop.shell.window import open_window
from game.desktop.widgets.base import Widget
from game.rules.seats import Seat
from tests.benchmarks.desktop import start_to_title

READING, PRESS = 240, 1.5
SENTENCE = 5
"""Words from which on a text is read as a sentence; shorter ones name what can be pressed."""
MOST_WORDS, MOST_SECONDS = 250, 90.0


@dataclass
class Way:
    """One way to the first order."""

    name: str
    presses: int = 0
    waited: float = 0.0
    texts: list[str] = field(default_factory=list)
    """Everything that was drawn."""

    @property
    def sentences(self) -> int:
        """Words of the sentences among it, each text once."""
        return sum(len(text.split()) for text in {*self.texts} if len(text.split()) >= SENTENCE)

    @property
    def all_words(self) -> int:
        """The same with all names and figures."""
        return sum(len(text.split()) for text in {*self.texts})

    def seconds(self, words: int) -> float:
        """How long it takes with so many words to read."""
        return words * 60 / READING + self.presses * PRESS + self.waited


class Person:
    """Somebody before the window."""

    def __init__(self, app: App, way: Way) -> None:
        self.app, self.way = app, way
        self._corner = pygame.Window.from_display_module().position

    def until(self, is_so: Callable[[], bool]) -> None:
        """Waits for the program, which is counted."""
        begun = time.perf_counter()
        while not is_so():
            pygame.time.set_timer(pygame.USEREVENT, 10, 1)  # something to wait for
            self.app.turn()
        self.app.frame()
        self.way.waited += time.perf_counter() - begun

    def click(self, widget: Callable[[Widget], bool], done: Callable[[], bool]) -> None:
        """Clicks on something, until something is so."""
        found = next(one for one in self.app.tree.top.walk() if widget(one))
        x, y = (a + b for a, b in zip(found.rect.center, self._corner, strict=True))
        self._hand("mousemove", str(x), str(y), "click", "1")
        self.until(done)

    def _hand(self, *does: str) -> None:
        self.way.presses += 1
        subprocess.run(["xdotool", *does], check=True)

    def shows(self, screen: str) -> Callable[[], bool]:
        """Whether a screen is there."""
        return lambda: self.app.screen.name == screen

    def has_drawn(self, before: int) -> bool:
        """Whether more has been drawn since."""
        return len(self.way.texts) > before

    @property
    def staff(self) -> Staff:
        """The staff of the room."""
        assert isinstance(self.app.screen, RoomScreen)
        return self.app.screen.desk_of(Seat.US).staff

    def advised(self) -> bool:
        """Whether the staff has told all that stands beside the orders."""
        return bool(self.staff.is_of_draft and self.staff.voices and self.staff.futures)

    def committed(self) -> bool:
        """Whether the first turn has been adjudicated."""
        return self.app.match is not None and self.app.match.state.turn > 0


def _key(name: str) -> Callable[[Widget], bool]:
    return lambda widget: widget.key == name


def _label(text: str) -> Callable[[Widget], bool]:
    return lambda widget: getattr(widget, "label", "") == text


def article_by_mouse(one: Person) -> None:
    """Title, scenario, role sheet in short, room, an action, commit."""
    one.click(_label("Play"), one.shows("scenario"))
    one.click(_label("Begin"), one.shows("briefing"))
    one.click(_label("To the situation room"), one.shows("room"))
    one.until(lambda: bool(one.staff.futures))
    one.click(_key("deed-strike_depots"), one.advised)
    one.click(_key("commit"), one.committed)


def practice(one: Person) -> None:
    """One press on the title; the coach is heard out; then whatever is picked goes."""
    one.click(_label("Begin"), one.shows("room"))
    one.until(one.advised)
    while any(map(_key("coach-next"), one.app.tree.top.walk())):
        one.click(_key("coach-next"), partial(one.has_drawn, len(one.way.texts)))
    one.click(_key("commit"), one.committed)


WAYS = {
    "The Article, by mouse": article_by_mouse,
    "practice, by mouse": practice,
}


def measured(name: str, go: Callable[[Person], None]) -> Way:
    """Goes one way in a new window."""
    way, surface = Way(name), open_window()
    plain = Ui.draw_text

    def draw(ui: Ui, on: pygame.Surface, text: str, *rest: object, **more: object) -> object:
        way.texts.append(text)
        return plain(ui, on, text, *rest, **more)  # type: ignore[arg-type]

    app = App(surface, Loaded(Settings()), Flow())
    Ui.draw_text = draw  # type: ignore[method-assign, assignment]
    try:
        app.push(TitleScreen(app))
        app.frame()
        go(Person(app, way))
    finally:
        Ui.draw_text = plain  # type: ignore[method-assign]
        app.close()
    return way


def main() -> int:
    """Prints each way's figures; 1 where one is over a bar."""
    started, _ = start_to_title()
    missed = False
    for name, go in WAYS.items():
        way = measured(name, go)
        way.waited += started
        read, whole = way.seconds(way.sentences), way.seconds(way.all_words)
        missed |= way.sentences > MOST_WORDS or read > MOST_SECONDS
        print(
            f"{name}: {way.sentences} words in sentences (aim: at most {MOST_WORDS}), "
            f"{way.presses} presses, {way.waited:.1f} s of waiting: {read:.0f} s (aim: under "
            f"{MOST_SECONDS:.0f}); with every name and figure that was drawn, {way.all_words} "
            f"words, {whole:.0f} s",
            flush=True,
        )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
