"""The window: its loop, its frames and events, its settings, and the game that is open."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pygame

from ..look.theme import load_theme
from ..look.ui import Misfit, Ui
from ..texts import t
from ..work.worker import Message, Worker
from . import overlays, tips, window
from .hosting import HostedClass
from .keys import Keys, Shortcuts
from .layouts import english
from .pointer import Commands, Pointer
from .settings import TEXT_SCALES, Loaded, Settings, save
from .sound import Sounds
from .stack import Stack
from .toasts import Toasts
from .tree import WidgetTree
from .waiting import Waiting

if TYPE_CHECKING:
    from game.report.taking import Unfiled
    from game.session.match import Match
    from game.session.view import MatchView

FROM_WORKER = pygame.event.custom_type()
CALL = pygame.event.custom_type()
CANNOT_TELL = -2
"""In place of a world that was guessed: whoever was asked could not say."""


class Routes(Protocol):
    """The ways from one screen to another that those who take them do not know; `flow` does."""

    def begin(
        self, app: "App", match: "Match", path: Path | None, unfiled: "Unfiled | None" = None
    ) -> None:
        """Begins a game, or goes on with one; `unfiled` tells what one without a file is played
        by.
        """

    def end(self, app: "App", match: "Match") -> None:
        """The game has just ended: its last scene, and from there its debrief."""

    def finish(self, app: "App", match: "MatchView", path: Path | None, guess: int = -1) -> None:
        """The game is over: its debrief; `guess` is the world that it was taken for, by its place
        among the theories, `CANNOT_TELL` where nobody could say, -1 where nobody was asked.
        """

    def open_page(self, app: "App", page: str) -> None:
        """Opens a page of the handbook over the screen."""


class App(Stack):
    """The window and everything in it."""

    def __init__(
        self,
        surface: pygame.Surface,
        loaded: Loaded,
        routes: Routes,
        settings_path: Path | None = None,
    ) -> None:
        """
        Args:
            surface: the window's.
            loaded: the settings to begin with.
            routes: the ways between its screens.
            settings_path: where changes of them are kept; None keeps none.
        """
        super().__init__(Ui(load_theme(loaded.settings.theme), size=surface.get_size()))
        self.surface = surface
        self.settings: Settings = loaded.settings
        self.settings_path = settings_path
        self.ui.rebuild, self.ui.redraw = self.rebuild, self.redraw
        self.ui.open_page, self.ui.refuse = self.open_page, self.mention
        self.worker = Worker(wake=_post)
        self.hosted = HostedClass()
        self._sounds = Sounds()
        self.running = True
        self.match: Match | None = None
        """The game that is being played or debriefed, and where it is kept."""
        self.match_path: Path | None = None
        self.unfiled: Unfiled | None = None
        """What it is played by, where it has no file that tells."""
        self.tree = WidgetTree(self.ui)
        self.routes = routes
        self._closing: overlays.Overlay | None = None
        """The question whether to close the window, once it has been asked."""
        self.toasts = Toasts()
        self._stale = self._dirty = True
        self._typing = False
        """Whether the system sends letters."""
        self._tick_at: float | None = None
        self.pointer = Pointer(self.tree, Commands(self.put_away, self.dismiss, self.step_text))
        self._keys = Keys(self.tree, self._shortcuts(), self.focus_on, self._screen_key)
        self.waiting = Waiting()
        self._lost = ""
        """What was told of the match's file that is not where it was."""
        self._apply_settings()
        if loaded.kept_aside is not None:
            self.toast(t("frame.settings_aside", path=loaded.kept_aside))

    # --- the game that is open

    def hold(
        self,
        match: "Match | None",
        path: Path | None = None,
        unfiled: "Unfiled | None" = None,
    ) -> None:
        """Keeps a game open until another one is, or the window closes; what was before is put
        back on the disk. `unfiled` tells what one without a file is played by.
        """
        if self.match is not None and self.match is not match:
            self.match.close()
        self.match, self.match_path, self.unfiled = match, path, unfiled

    def estimates(self, match: "MatchView") -> bool:
        """Whether the staff estimate is offered in a match: whoever leads it decides, and where
        nobody does, or they allow it, the settings.
        """
        return match.may_estimate and self.settings.estimate

    # --- what is shown, and told

    def _entered(self) -> None:
        self._tick_at = 0.0
        super()._entered()

    def escape(self) -> None:
        """What Escape does: puts away what is told, or what lies over the screen, or goes back."""
        if not self.put_away() and not self.dismiss():
            self.screen.back()

    def toast(self, text: str) -> None:
        """Tells something that is to be read: it stays until Escape, or a click on it."""
        self.toasts.tell(text)
        self.redraw()

    def untell(self, text: str) -> None:
        """Takes away what was told and is no longer true."""
        if self.toasts.untell(text):
            self.redraw()

    def mention(self, text: str) -> None:
        """Tells something in passing."""
        self.toasts.mention(text)
        self.redraw()

    def sound(self, name: str) -> None:
        """Plays one of `sound.SOUNDS`, as loud as is set; nothing is told by it alone."""
        self._sounds.play(name, self.settings.volume)

    def put_away(self, at: tuple[int, int] | None = None) -> bool:
        """Puts away what is told, if it stands there; whether it did."""
        if self.toasts.put_away(at):
            self.redraw()
            return True
        return False

    def forget(self) -> None:
        """Puts away whatever lies over the screen or points at it, toasts and tips included: for
        somebody else, who may not see it.
        """
        self._overlays.clear()
        self.toasts.clear()
        self.pointer.hide_tip()
        self.ui.focus, self.ui.show_focus, self.ui.hover, self.ui.pressed = "", False, "", ""
        self.rebuild()

    def open_page(self, page: str) -> None:
        """Opens a page of the handbook over the screen."""
        self.routes.open_page(self, page)

    # --- settings

    def change_settings(self, **values: object) -> None:
        """Changes settings at once and keeps them."""
        for name, value in values.items():
            setattr(self.settings, name, value)
        self._apply_settings()
        if self.settings_path is not None:
            try:
                save(self.settings, self.settings_path)
            except OSError as error:
                self.toast(t("frame.settings_not_kept", path=self.settings_path, why=error))

    def _apply_settings(self) -> None:
        self.ui.theme = load_theme(self.settings.theme)
        self.ui.text_scale = self.settings.text_scale / 100
        self.ui.reduced_motion = self.settings.reduced_motion
        self.rebuild()

    # --- frames

    def rebuild(self) -> None:
        """Asks for the widgets to be built again before the next frame."""
        self._stale = self._dirty = True

    def redraw(self) -> None:
        """Asks for the next frame."""
        self._dirty = True

    @property
    def misfits(self) -> list[Misfit]:
        """What did not fit its place in the last frame."""
        return sorted(self.ui.misfits)

    def frame(self) -> None:
        """Builds what is stale and draws what has changed."""
        if self._stale:
            self._build()
        if self._dirty:
            self._dirty = False
            self._draw()
        self._take_text()

    def _build(self) -> None:
        self._stale = False
        self.ui.misfits.clear()
        self.ui.size = self.surface.get_size()
        screen = self.screen.build()
        above = [overlays.shaded(overlay.build()) for overlay in self._overlays]
        self.tree.root = root = overlays.root(screen, above)
        root.adopt("")
        root.place(self.ui, self.surface.get_rect())
        if self._overlays and self._overlays[-1].focus:
            self._focus_first(self._overlays[-1])
        self.pointer.laid_out()

    def _focus_first(self, overlay: overlays.Overlay) -> None:
        found = [widget.path for widget in self.tree.top.walk() if widget.key == overlay.focus]
        overlay.focus = ""
        for path in found[:1]:
            self.focus_on(path)

    def _draw(self) -> None:
        self.surface.set_clip(None)
        self.surface.fill(self.ui.theme["ground"])
        self.tree.root.draw(self.ui, self.surface)
        if (tipped := self.pointer.tip()) is not None:
            tips.draw(self.ui, self.surface, tipped, self.tree.top.walk())
        self.toasts.draw(self.ui, self.surface, self.tree.top.walk())
        pygame.display.flip()

    # --- the loop

    def run(self) -> None:
        """Until the window is closed."""
        try:
            while self.running:
                self.turn()
        finally:
            self.close()

    def turn(self) -> None:
        """One round of the loop: draws, waits for something to happen, and acts on it."""
        self.frame()
        for event in self._wait():
            self.handle(event)
        self._act_on_time()

    def close(self) -> None:
        """Ends everything that the window has started."""
        while self._screens:
            self._drop()
        self.worker.close()
        self._sounds.close()
        self.hold(None)

    def _wait(self) -> list[pygame.event.Event]:
        dues = (self._tick_at, self.pointer.tip_at, self.toasts.until)
        return self.waiting.events(min((due for due in dues if due is not None), default=None))

    def _act_on_time(self) -> None:
        now = time.monotonic()
        if self._tick_at is not None and now >= self._tick_at:
            again = self.screen.tick(now)
            self._tick_at = None if again is None else time.monotonic() + again
        self.pointer.act_on_time(now)
        if self.toasts.pass_by(now):
            self.redraw()

    def wake_in(self, seconds: float) -> None:
        """Has the screen's `tick` called after so many seconds."""
        when = time.monotonic() + seconds
        self._tick_at = when if self._tick_at is None else min(self._tick_at, when)

    # --- events

    def handle(self, event: pygame.event.Event) -> None:
        """Acts on one event."""
        if self._stale and event.type in (pygame.MOUSEBUTTONDOWN, pygame.KEYDOWN):
            self._build()  # it was meant for what is there now
        handler = {
            pygame.QUIT: self._quit,
            pygame.VIDEORESIZE: self._resized,
            pygame.WINDOWEXPOSED: self._exposed,
            pygame.WINDOWRESTORED: self._exposed,
            pygame.WINDOWFOCUSGAINED: self._come_to,
            pygame.WINDOWDISPLAYCHANGED: self._come_to,
            pygame.MOUSEMOTION: self.pointer.moved,
            pygame.WINDOWLEAVE: self.pointer.gone,
            pygame.MOUSEBUTTONDOWN: self.pointer.down,
            pygame.MOUSEBUTTONUP: self.pointer.up,
            pygame.MOUSEWHEEL: self.pointer.wheel,
            pygame.KEYDOWN: self._key_down,
            pygame.KEYUP: self._key_up,
            pygame.WINDOWFOCUSLOST: self._keys.lost,
            pygame.TEXTINPUT: self._typed,
            pygame.TEXTEDITING: self._composing,
            FROM_WORKER: self._from_worker,
            CALL: self._call,
        }.get(event.type)
        if handler is not None:
            handler(event)

    def _quit(self, _event: pygame.event.Event) -> None:
        self.quit()

    def quit(self) -> None:
        """Closes the window; where something would be left undone, asks first, and only once."""
        questions = self.questions
        if not questions:
            self.running = False
        elif self._closing not in self._overlays:
            self.ask(
                t("frame.close_title"),
                questions[0],
                [(t("frame.close"), self._stop), (t("frame.stay"), lambda: None)],
                dangerous=True,
            )
            self._closing = self._overlays[-1]

    def _stop(self) -> None:
        self.running = False

    def _resized(self, _event: pygame.event.Event) -> None:
        self.surface = pygame.display.get_surface() or self.surface
        self.rebuild()

    def _exposed(self, _event: pygame.event.Event) -> None:
        self.redraw()

    def _come_to(self, _event: pygame.event.Event) -> None:
        """Somebody has come back to the window, or screens have changed: is all where it was?"""
        window.bring_into_view()
        if self.match is not None:
            self._tell_whether_kept(self.match)
        self.redraw()

    def _tell_whether_kept(self, match: "Match") -> None:
        lost = match.lost
        if self._lost and self._lost != lost:
            self.untell(self._lost)
        if lost and lost != self._lost:
            self.toast(lost)
        self._lost = lost

    def _key_down(self, event: pygame.event.Event) -> None:
        if self.ui.composition:
            return  # the input method's
        self.pointer.hide_tip()
        self._keys.down(english(event))

    def _key_up(self, event: pygame.event.Event) -> None:
        self._keys.up(english(event))

    def _screen_key(self, event: pygame.event.Event) -> bool:
        """Gives a key to the screen, if nothing lies over it; whether it used it."""
        return not self.has_overlay and self.screen.key_down(event)

    def _shortcuts(self) -> Shortcuts:
        larger, smaller = partial(self.step_text, 1), partial(self.step_text, -1)
        return Shortcuts(
            plain={
                pygame.K_ESCAPE: self.escape,
                pygame.K_F1: partial(self.open_page, ""),
                pygame.K_F11: self.toggle_fullscreen,
            },
            with_ctrl={
                pygame.K_PLUS: larger,
                pygame.K_EQUALS: larger,
                pygame.K_KP_PLUS: larger,
                pygame.K_MINUS: smaller,
                pygame.K_KP_MINUS: smaller,
                pygame.K_q: self.quit,
            },
        )

    def _composing(self, event: pygame.event.Event) -> None:
        """An input method makes letters of several keys: what it has so far."""
        self.ui.composition = event.text if self.ui.focus else ""
        self.redraw()

    def _take_text(self) -> None:
        """Has the system send letters, and its input method work, only where some are typed."""
        widget = self.tree.find(self.ui.focus)
        typing = widget is not None and widget.takes_text
        if typing and widget is not None:
            pygame.key.set_text_input_rect(widget.rect)
        if typing != self._typing:
            self._typing, self.ui.composition = typing, ""
            (pygame.key.start_text_input if typing else pygame.key.stop_text_input)()

    def _typed(self, event: pygame.event.Event) -> None:
        self.ui.composition = ""
        for widget in reversed(self.tree.chain(self.ui.focus)):
            if widget.typed(self.ui, event.text):
                return

    def _from_worker(self, event: pygame.event.Event) -> None:
        self.worker.take(event.message)

    def soon(self, call: Callable[[], None]) -> None:
        """Has something called in the window's thread; the one method for other threads."""
        if pygame.display.get_init():
            pygame.event.post(pygame.event.Event(CALL, call=call))

    def _call(self, event: pygame.event.Event) -> None:
        event.call()

    # --- focus, size

    def focus_on(self, path: str) -> None:
        """Gives the keyboard to the widget with that path and brings it into view."""
        self.tree.focus_on(path)
        self.pointer.start_tip()

    def step_text(self, step: int) -> None:
        """Makes the text larger or smaller by one step."""
        place = TEXT_SCALES.index(self.settings.text_scale) + step
        if 0 <= place < len(TEXT_SCALES):
            self.change_settings(text_scale=TEXT_SCALES[place])
            told = "frame.text_cramped" if self.ui.is_cramped else "frame.text_size"
            self.mention(t(told, percent=self.settings.text_scale))

    def toggle_fullscreen(self) -> None:
        """Fills the screen, or goes back to a window."""
        fullscreen = not self.settings.fullscreen
        self.surface = window.fill_screen(fullscreen)
        self.change_settings(fullscreen=fullscreen)


def _post(message: Message) -> None:
    if pygame.display.get_init():
        pygame.event.post(pygame.event.Event(FROM_WORKER, message=message))
