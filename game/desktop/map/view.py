"""The map itself: it is dragged, zoomed by wheel and keys, and its markers can be asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pygame

from game.rules.seats import Seat
from game.views.places import Readiness

from ..look.assets import Named, atlas
from ..look.ui import Ui
from ..texts import t
from ..widgets.base import Widget
from .camera import STEP, Camera
from .ground import Ground
from .labels import Label, Name, Sign, names
from .markers import (
    FORCES,
    Marker,
    clusters,
    draw_arc,
    draw_brackets,
    draw_marker,
    draw_readiness,
    draw_reticle,
    draw_site,
    readiness_box,
    ready_bars,
    size_of,
)
from .names import NAMED_FROM, Naming, place_at, point_of

PAN = 60
"""Units that an arrow key moves the map by."""
SITE_SIZE = 8
"""Units of a place's sign."""
TOWNS = ("", "capital")
"""Kinds of places that are nothing but towns."""
DOTS = (*TOWNS, "city", "place")
"""Kinds that have a dot for a sign."""


@dataclass(frozen=True, slots=True)
class Flight:
    """Missiles on their way, or a place that is pointed at."""

    point: tuple[float, float]
    """Where they go, on the plane."""
    origin: tuple[float, float] | None
    share: float
    """How far they have come, 0 to 1."""
    by: Seat | None = None


@dataclass(slots=True)
class MapState:
    """What a map keeps between two builds of its screen."""

    camera: Camera = field(default_factory=Camera)
    ground: Ground = field(default_factory=Ground)
    arabic: bool = False
    key: bool = False
    """Whether what the signs mean stands in the map's place."""
    names: list[Name] = field(default_factory=list)
    """As they were set last."""
    named_for: tuple[object, ...] = ()
    """What they were set for."""
    wanted: list[Label] = field(default_factory=list)
    wanted_for: tuple[object, ...] = ()
    """What these are the names for that are wanted."""


@dataclass(frozen=True, slots=True)
class Targets:
    """What can be picked on the map, and what is."""

    pick: Callable[[str], None]
    """Called with the id of a site of the rules."""
    allowed: frozenset[str] = frozenset()
    """Sites that may be struck now: they stand in brackets."""
    chosen: str = ""
    """The site that is looked at."""
    target: str = ""
    """The site that the orders name."""


class Spot(Widget):
    """A marker or place on the map that tells what it is. The map is dragged on it, too."""

    def __init__(
        self,
        text: str,
        chart: "MapView",
        *,
        key: str,
        focusable: bool,
        pick: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(tip=text, key=key)
        self.focusable, self._pick, self._chart = focusable, pick, chart
        self._by_mouse = False

    def measure(self, ui: Ui, width: int) -> int:
        """See `Widget`."""
        return 0

    def down(self, ui: Ui, pos: tuple[int, int]) -> None:
        """See `Widget`."""
        self._by_mouse = True
        self._chart.down(ui, pos)

    def drag(self, ui: Ui, pos: tuple[int, int]) -> None:
        """See `Widget`."""
        self._chart.drag(ui, pos)

    def press(self, ui: Ui) -> None:
        """See `Widget`."""
        if self._by_mouse:
            self._chart.press(ui)
        else:
            self.pick()

    def pick(self) -> None:
        """Picks it, if it can be picked."""
        if self._pick is not None:
            self._pick()


class MapView(Widget):
    """The map in a box."""

    focusable = True

    def __init__(
        self,
        state: MapState,
        markers: Sequence[Marker] = (),
        *,
        flights: Sequence[Flight] = (),
        targets: Targets | None = None,
        readiness: Mapping[Seat, Readiness] | None = None,
    ) -> None:
        """
        Args:
            state: the screen's, so that the view stays where it is.
            markers: what happened; the newest are drawn on top.
            flights: what moves at this moment.
            targets: what can be picked; None where nothing can.
            readiness: whose forces are made ready, as far as the seat that looks may know.
        """
        self._targets, self._readiness = targets, readiness or {}
        self._markers = sorted(markers, key=lambda marker: -marker.age)
        self._sites = (*atlas().cities, *atlas().sites)
        self._spots = [
            Spot(marker.text, self, key=f"mark{k}", focusable=marker.age == 0)
            for k, marker in enumerate(self._markers)
        ]
        self._places = [
            Spot(
                _describe_place(named, self._ready_at(named)),
                self,
                key=f"site{k}",
                focusable=self._may_be_struck(named),
                pick=self._picking(named),
            )
            for k, named in enumerate(self._sites)
        ]
        super().__init__([*self._places, *self._spots], key="chart")
        self._state, self._flights = state, flights
        self._dragged_from: tuple[int, int] | None = None
        self._down_at: tuple[int, int] | None = None
        """Where the button went down; None once the map was dragged."""
        self._ui: Ui | None = None
        self._drawn_at: list[tuple[int, int]] = []

    def _ready_at(self, named: Named) -> Readiness | None:
        """What is shown of the readiness of the forces at a place; None where that is nothing."""
        seat = FORCES.get(named.kind)
        found = self._readiness.get(seat) if seat is not None and named.ids else None
        return found if found and ready_bars(found.share) else None

    def _may_be_struck(self, named: Named) -> bool:
        return self._targets is not None and bool(self._targets.allowed & set(named.ids))

    def _picking(self, named: Named) -> Callable[[], None] | None:
        """What picks a place, or the one of its sites that may be struck; None where nobody asks
        for it, or it is none of the rules' sites.
        """
        targets = self._targets
        if targets is None or not named.ids:
            return None
        allowed = [site for site in named.ids if site in targets.allowed]
        site = (allowed or list(named.ids))[0]
        return lambda: targets.pick(site)

    def arrange(self, ui: Ui, rect: pygame.Rect) -> None:
        """See `Widget`."""
        self._ui = ui
        self._state.camera.look(rect.size)
        self._place_spots(ui)

    def _place_spots(self, ui: Ui) -> None:
        camera, view = self._state.camera, self.rect
        pixels = [camera.pixel(view, marker.point) for marker in self._markers]
        self._drawn_at = clusters(self._markers, pixels, ui.scale)
        for marker, spot, middle in zip(self._markers, self._spots, self._drawn_at, strict=True):
            size = size_of(marker, ui.scale)
            box = pygame.Rect(0, 0, size, size)
            box.center = middle
            spot.rect = box.clip(view)
        size = ui.px(SITE_SIZE + 6)
        for named, spot in zip(self._sites, self._places, strict=True):
            box = pygame.Rect(0, 0, size, size)
            box.center = camera.pixel(view, point_of(named))
            spot.rect = box.clip(view) if self._is_shown(named) else pygame.Rect(0, 0, 0, 0)

    def _is_shown(self, named: Named) -> bool:
        """Places of the crisis have their signs a little before they are named, towns when."""
        zoom = self._state.camera.zoom / (self._ui.scale if self._ui else 1)
        if named.kind not in TOWNS:
            return named.rank <= 2 or zoom >= NAMED_FROM[named.rank] * 0.75
        return zoom >= NAMED_FROM[named.rank]

    # --- drawing

    def paint(self, ui: Ui, surface: pygame.Surface) -> None:
        """See `Widget`."""
        state, theme, view = self._state, ui.theme, self.rect
        before = surface.get_clip()
        surface.set_clip(view.clip(before))
        fresh = [marker for marker in self._markers if marker.age == 0]
        state.ground.blit(surface, view, state.camera, theme)
        for name in self._names(ui):
            name.draw(surface)
        around = view.inflate(2 * ui.px(SITE_SIZE), 2 * ui.px(SITE_SIZE))
        for named in self._sites:
            if self._is_shown(named):
                middle = state.camera.pixel(view, point_of(named))
                if not around.collidepoint(middle):
                    continue
                draw_site(surface, theme, named.kind, middle, ui.px(SITE_SIZE))
                if (ready := self._ready_at(named)) is not None:
                    box = readiness_box(middle, ui.px(SITE_SIZE))
                    seat = FORCES[named.kind]
                    draw_readiness(surface, theme, seat, ready.share, box, rough=ready.estimate)
                self._mark_target(ui, surface, named, middle)
        for marker in fresh:
            if marker.origin is not None and not self._flights:
                self._arc(ui, surface, marker.origin, marker.point, 1.0, marker.by)
        for marker, middle in zip(self._markers, self._drawn_at, strict=True):
            draw_marker(surface, theme, marker, middle, ui.scale)
        for flight in self._flights:
            self._fly(ui, surface, flight)
        pygame.draw.rect(surface, theme["line"], view, ui.px(1))
        surface.set_clip(before)

    def _mark_target(
        self, ui: Ui, surface: pygame.Surface, named: Named, middle: tuple[int, int]
    ) -> None:
        """Brackets around what may be struck, a ring around what is looked at, a reticle on the
        target.
        """
        targets = self._targets
        if targets is None or not named.ids:
            return
        if self._may_be_struck(named):
            draw_brackets(surface, ui.theme["accent"], middle, ui.px(SITE_SIZE + 4), ui.scale)
        if targets.chosen in named.ids:
            pygame.draw.aacircle(
                surface, ui.theme["text"], middle, ui.px(SITE_SIZE + 3), max(1, ui.px(1.5))
            )
        if targets.target in named.ids:
            draw_reticle(surface, ui.theme["accent"], middle, ui.px(SITE_SIZE + 5), ui.scale)

    def _names(self, ui: Ui) -> list[Name]:
        """The names for what is seen now, set anew only where that has changed."""
        state, view, camera = self._state, self.rect, self._state.camera
        wanted_for = (
            (camera.x, camera.y, camera.zoom, *view),
            (ui.theme.id, ui.scale, state.arabic),
            tuple((marker.point, marker.age) for marker in self._markers),
            tuple(seat for seat, ready in self._readiness.items() if ready_bars(ready.share)),
            None if self._targets is None else (self._targets.allowed, *self._aimed()),
        )
        if state.named_for != wanted_for:
            halo, wanted = ui.theme.map["land"], self._wanted(ui)
            state.names = names(wanted, halo, view, camera, self.signs(ui))
            state.named_for = wanted_for
        return state.names

    def _wanted(self, ui: Ui) -> list[Label]:
        """The names that are wanted, made anew only where that has changed."""
        state = self._state
        hit = {place_at(marker.point) for marker in self._markers if marker.age == 0}
        hit |= {named.name for named in self._sites if self._may_be_struck(named)}
        naming = Naming(ui.theme, state.camera.zoom / ui.scale, ui.scale, state.arabic)
        aimed = self._aimed()
        found = tuple(sorted(hit))
        wanted_for = (ui.theme.id, naming.zoom, naming.scale, naming.arabic, found, aimed)
        if state.wanted_for != wanted_for:
            state.wanted, state.wanted_for = list(naming.wanted(found, aimed)), wanted_for
        return state.wanted

    def _aimed(self) -> tuple[str, ...]:
        """The names of what the orders name and of what is looked at."""
        if self._targets is None:
            return ()
        picked = (self._targets.target, self._targets.chosen)
        return tuple(named.name for named in self._sites if set(picked) & set(named.ids))

    def _half(self, ui: Ui, named: Named) -> float:
        """How far the sign of a place reaches from its middle, with what marks it as a target."""
        if named.name in self._aimed():
            return 1.6 * ui.px(SITE_SIZE + 5)
        if self._may_be_struck(named):
            return ui.px(SITE_SIZE + 4) + 1
        return ui.px(SITE_SIZE / 2 if named.kind in DOTS else SITE_SIZE) / 2 + 1

    def signs(self, ui: Ui) -> list[Sign]:
        """Where places and markers are drawn, in the window: no name may lie there. What happened
        last stands first.
        """
        found = []
        drawn = zip(self._markers, self._drawn_at, strict=True)
        for marker, middle in sorted(drawn, key=lambda pair: pair[0].age):
            size = size_of(marker, ui.scale) + 4
            found.append(Sign(_box(middle, size), place_at(marker.point)))
        for named in self._sites:
            if self._is_shown(named):
                middle = self._state.camera.pixel(self.rect, point_of(named))
                box = _box(middle, round(2 * self._half(ui, named)))
                if self._ready_at(named) is not None:
                    box.union_ip(readiness_box(middle, ui.px(SITE_SIZE)))
                found.append(Sign(box, named.name))
        return found

    def _arc(
        self,
        ui: Ui,
        surface: pygame.Surface,
        origin: tuple[float, float],
        point: tuple[float, float],
        share: float,
        by: Seat | None,
    ) -> None:
        camera = self._state.camera
        colour = ui.theme["accent"] if by is None else ui.theme.seat(by)
        start, end = camera.pixel(self.rect, origin), camera.pixel(self.rect, point)
        draw_arc(surface, colour, start, end, share, ui.px(2))

    def _fly(self, ui: Ui, surface: pygame.Surface, flight: Flight) -> None:
        if flight.origin is not None:
            self._arc(ui, surface, flight.origin, flight.point, flight.share, flight.by)
        middle = self._state.camera.pixel(self.rect, flight.point)
        radius = ui.px(12) + round(ui.px(26) * flight.share)
        pygame.draw.aacircle(surface, ui.theme["accent"], middle, radius, ui.px(2))

    # --- use

    def down(self, ui: Ui, pos: tuple[int, int]) -> None:
        """See `Widget`."""
        self._dragged_from = self._down_at = pos

    def press(self, ui: Ui) -> None:
        """See `Widget`: a place that was clicked, and not dragged from, is picked."""
        at, self._down_at = self._down_at, None
        if at is None:
            return
        for spot in reversed(self._places):
            if spot.rect.width and spot.rect.inflate(ui.px(6), ui.px(6)).collidepoint(at):
                spot.pick()
                return

    def drag(self, ui: Ui, pos: tuple[int, int]) -> None:
        """See `Widget`."""
        if self._dragged_from is None:
            self._dragged_from = pos
        dx, dy = pos[0] - self._dragged_from[0], pos[1] - self._dragged_from[1]
        self._dragged_from = pos
        if self._down_at is not None and max(
            abs(pos[0] - self._down_at[0]), abs(pos[1] - self._down_at[1])
        ) > ui.px(4):
            self._down_at = None
        self._state.camera.pan(self.rect.size, dx, dy)
        self._moved(ui)

    def wheel(self, ui: Ui, steps: float) -> bool:
        """See `Widget`."""
        pointer = pygame.mouse.get_pos()
        self._zoom(ui, STEP**steps, pointer if self.rect.collidepoint(pointer) else None)
        return True

    def key_down(self, ui: Ui, event: pygame.event.Event) -> bool:
        """See `Widget`."""
        step = ui.px(PAN)
        ways = {
            pygame.K_LEFT: (step, 0),
            pygame.K_RIGHT: (-step, 0),
            pygame.K_UP: (0, step),
            pygame.K_DOWN: (0, -step),
        }
        if event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META):
            return False
        if event.key in ways:
            self._state.camera.pan(self.rect.size, *ways[event.key])
            self._moved(ui)
        elif event.key in (pygame.K_PLUS, pygame.K_KP_PLUS, pygame.K_EQUALS):
            self._zoom(ui, STEP, None)
        elif event.key in (pygame.K_MINUS, pygame.K_KP_MINUS):
            self._zoom(ui, 1 / STEP, None)
        elif event.key in (pygame.K_HOME, pygame.K_0):
            self.home()
        else:
            return False
        return True

    def _zoom(self, ui: Ui, factor: float, at: tuple[int, int] | None) -> None:
        middle = at or self.rect.center
        inside = (middle[0] - self.rect.x, middle[1] - self.rect.y)
        self._state.camera.zoom_by(self.rect.size, factor, inside)
        self._moved(ui)

    def _moved(self, ui: Ui) -> None:
        self._place_spots(ui)
        ui.redraw()

    def closer(self) -> None:
        """Shows less, larger."""
        if self._ui is not None:
            self._zoom(self._ui, STEP**2, None)

    def farther(self) -> None:
        """Shows more, smaller."""
        if self._ui is not None:
            self._zoom(self._ui, STEP**-2, None)

    def home(self) -> None:
        """Shows the whole theatre."""
        if self._ui is not None:
            self._state.camera.fit(self.rect.size)
            self._moved(self._ui)

    def letters(self) -> None:
        """Writes the names in Arabic letters, or in Latin ones again."""
        self._state.arabic = not self._state.arabic
        if self._ui is not None:
            self._ui.rebuild()


def _describe_place(named: Named, ready: Readiness | None) -> str:
    told = "city" if named.kind in TOWNS else named.kind
    place = f"{named.name}: {t(f'map.kind.{told}')}"
    return f"{place}; {ready.text}" if ready else place


def _box(middle: tuple[int, int], size: int) -> pygame.Rect:
    box = pygame.Rect(0, 0, size, size)
    box.center = middle
    return box
