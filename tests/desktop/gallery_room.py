"""The situation room in the pictures of every screen, and what lies around it."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from functools import cache

from game.desktop.room.codes import ask_passcode
from game.desktop.room.layout import ALL
from game.desktop.room.leaves.estimating import Answer, Question, consider
from game.desktop.screens.leading import LeadingScreen
from game.desktop.screens.room import RoomScreen
from game.desktop.screens.watch import WatchScreen
from game.desktop.shell.app import App
from game.futures.cast import cast
from game.futures.seen import Seen
from game.players.base import Dice, decide
from game.rules.endings import Ending
from game.rules.orders import HOLD
from game.rules.seats import SEATS, Seat
from game.session.match import Match
from tests.common import scenario as read
from tests.desktop.playing import Keyboard, match_of

PICKED = {Seat.US: "strike_depots", Seat.IRAN: "deniable_strike", Seat.MILITIA: "siege"}
"""The deeds that lie in the drafts."""


def played(scenario: str, turns: int, *people: Seat, seed: int = 7) -> Match:
    """A game in which people have so far done as their doctrines would."""
    match = _played(scenario, turns, people, seed)
    return deepcopy(match, {id(match.scenario): match.scenario})


@cache
def _played(scenario: str, turns: int, people: tuple[Seat, ...], seed: int) -> Match:
    """The game itself, played once: copies of it are made in a tenth of the time."""
    chosen = read(scenario)
    players = cast(chosen, {})
    match = Match(chosen, {s: players[s] for s in SEATS if s not in people}, seed)
    for _ in range(turns):
        if match.ending is not Ending.NONE:
            break
        for seat in people:
            made = decide(players[seat], chosen.setting, match.state, match.last_outcome, seat)
            match.commit(seat, made.order())
        match.advance()
    return match


def room(
    app: App,
    leaf: str,
    orders: int = 0,
    *,
    scenario: str = "the_article",
    turns: int = 4,
    seat: Seat = Seat.US,
) -> RoomScreen:
    """A room with a leaf open, its staff's papers ready."""
    match, made = played(scenario, turns, seat), _found(scenario, turns, seat)
    screen = RoomScreen(app, match)
    desk = screen.desk_of(seat)
    desk.staff.known(Seen(match, seat), HOLD, *made)
    desk.leaf, desk.ordering.leaf = leaf, orders
    book = match.scenario.setting.rulebook
    desk.ordering.draft.pick(deed=book.deed(seat, PICKED.get(seat, "hold")))
    app.push(screen)
    return screen


@cache
def turn_with_peak(*, loud: bool) -> int:
    """The first turn of The Article whose first peak, as Washington sees it, is such a one."""
    for turns in range(1, len(read("the_article").turns)):
        peaks = Seen(played("the_article", turns, Seat.US), Seat.US).peaks
        if peaks and peaks[0].kind.is_loud == loud:
            return turns
    raise AssertionError("no such peak")


def deal_signed(*people: Seat) -> Match:
    """The Article after a turn in which Washington and Tehran have signed relief for quiet."""
    match = match_of("the_article", *people)
    whisper = match.scenario.setting.rulebook.whisper("relief_for_quiet")
    said = {
        Seat.US: replace(HOLD, whisper=whisper, whisper_to=Seat.IRAN),
        Seat.IRAN: replace(HOLD, whisper=whisper, whisper_to=Seat.US),
    }
    for seat in people:
        assert not match.commit(seat, said.get(seat, HOLD))
    match.advance()
    return match


def deal_offered() -> Match:
    """The Article after a turn in which Tehran has offered Washington fair warning."""
    match = match_of("the_article", Seat.US, Seat.IRAN)
    whisper = match.scenario.setting.rulebook.whisper("fair_warning")
    match.commit(Seat.US, HOLD)
    assert not match.commit(Seat.IRAN, replace(HOLD, whisper=whisper, whisper_to=Seat.US))
    match.advance()
    return match


def _table(app: App) -> None:
    app.push(RoomScreen(app, deal_offered()))
    hand = Keyboard()
    hand.reveal(app)
    hand.go_on(app)


def _peak_broken(app: App) -> None:
    match = deal_signed(Seat.US, Seat.IRAN)
    deed = match.scenario.setting.rulebook.deed(Seat.US, "sanction")
    match.commit(Seat.US, replace(HOLD, deed=deed))
    match.commit(Seat.IRAN, HOLD)
    match.advance()
    app.push(RoomScreen(app, match))
    Keyboard().reveal(app)


@cache
def _found(scenario: str, turns: int, seat: Seat) -> tuple[Answer, ...]:
    """What a seat's staff finds in a game that was played so far, worked out once."""
    match = played(scenario, turns, seat)
    seen = Seen(match, seat)
    dice = Dice.of(match.state, seen.seat)
    question = Question(
        match.scenario,
        seen.now,
        seen.options,
        dice,
        HOLD,
        seen.past,
        orders=True,
        regard=True,
        glances=seen.glances,
    )
    return tuple(part for part in consider(question) if part is not None)


def _room(leaf: str, orders: int = 0, seat: Seat = Seat.US) -> Callable[[App], None]:
    def make(app: App) -> None:
        room(app, leaf, orders, seat=seat)

    return make


def _site(app: App) -> None:
    screen = room(app, "orders")
    book = screen.match.scenario.setting.rulebook
    screen.desk_of(Seat.US).site = book.site("jurf")
    screen.desk_of(Seat.US).ordering.draft.pick(site=book.site("jurf"))
    app.rebuild()


def _word(app: App) -> None:
    screen = room(app, "orders", 1)
    draft = screen.desk_of(Seat.US).ordering.draft
    draft.pick(word=screen.match.scenario.setting.rulebook.word("threaten"))
    app.rebuild()


def _coach(app: App) -> None:
    room(app, "orders", scenario="turn_zero", turns=0)


def _history(app: App) -> None:
    room(app, "timeline").desk_of(Seat.US).history = True


def _why(app: App) -> None:
    room(app, "ledger").open_why(Seat.IRAN)


def _adjudication(app: App) -> None:
    screen = room(app, "news", turns=3)
    screen.tell_again().watch(step=3)


def _peak(*, loud: bool) -> Callable[[App], None]:
    def make(app: App) -> None:
        room(app, "news", turns=turn_with_peak(loud=loud)).tell_again()

    return make


def _telling(turns: int, seat: Seat = Seat.US, *, to_report: bool = False) -> Callable[[App], None]:
    def make(app: App) -> None:
        screen = room(app, "news", turns=turns, seat=seat)
        telling = screen.tell_again()
        if to_report:
            telling.report()

    return make


def _curtain(app: App) -> None:
    app.push(RoomScreen(app, played("ten_days_in_january", 2, *SEATS)))


def _led(*, paused: bool = False) -> Match:
    match = played("ten_days_in_january", 2, Seat.US, Seat.IRAN)
    match.lead("2468")
    match.choose_passcode(Seat.US, "red")
    match.limit(420)
    if paused:
        match.pause()
    return match


def _leading(app: App) -> None:
    app.push(LeadingScreen(app, _led(), app.pop))


def _paused(app: App) -> None:
    app.push(RoomScreen(app, _led(paused=True)))


def _passcode(app: App) -> None:
    match = _led()
    app.push(RoomScreen(app, match))
    ask_passcode(app, match, Seat.US, app.pop)


@cache
def _finished() -> Match:
    return played("ten_days_in_january", 9)


def _ending(*people: Seat, scenario: str = "the_article", turns: int = 12) -> Callable[[App], None]:
    def make(app: App) -> None:
        app.routes.end(app, _over(scenario, turns, *people))

    return make


@cache
def _over(scenario: str, turns: int, *people: Seat) -> Match:
    return played(scenario, turns, *people)


def _watch(app: App) -> None:
    screen = WatchScreen(app, _finished())
    app.push(screen)
    screen.step(3)


def _clock(app: App) -> None:
    screen = room(app, "news", scenario="ten_days_in_january", turns=1)
    screen.match.clock.limit, screen.match.clock.spent = 420.0, 371.0
    app.rebuild()


ROOM_SHOTS: dict[str, Callable[[App], None]] = {
    **{f"room-{leaf}": _room(leaf) for leaf in ALL},
    "room-orders-militia": _room("orders", seat=Seat.MILITIA),
    "room-site": _site,
    "room-word": _word,
    "room-whisper": _room("orders", 2),
    "room-forecast": _room("orders", 3),
    "room-coach": _coach,
    "room-history": _history,
    "room-table": _table,
    "room-why": _why,
    "room-clock": _clock,
    "adjudication": _adjudication,
    "peak-loud": _peak(loud=True),
    "peak-quiet": _peak(loud=False),
    "peak-broken": _peak_broken,
    "report": _telling(2, to_report=True),
    "report-iran": _telling(3, Seat.IRAN, to_report=True),
    "ending": _ending(Seat.US),
    "ending-four": _ending(*SEATS),
    "ending-practice": _ending(Seat.US, scenario="turn_zero", turns=3),
    "curtain": _curtain,
    "leading": _leading,
    "paused": _paused,
    "passcode": _passcode,
    "watch": _watch,
}
"""What is drawn: a name, and what sets the screen up."""
