"""The seat's staff: what it was asked, what it has found so far, and the leaf that tells all of it
in words and figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from game.futures.beliefs import Grounds
from game.futures.consequences import NO_GROUNDS, may_be_said, said
from game.futures.seen import Seen
from game.players.base import Dice
from game.rules.orders import Order
from game.views.consequences import Consequences, Voice, sentences
from game.views.debate import Argument, arguments
from game.views.names import CAPITALS, counted
from game.views.phrasebook import LUCK_ALONE
from game.views.pledges import Pledge
from game.views.regard import Lapse
from game.views.regard import Seen as Regarded
from game.views.theory_belief import TheoryBelief, leans

from ...shell.app import App
from ...texts import t
from ...widgets.base import Widget
from ...widgets.boxes import Column, Gap, Padded, Panel, Row
from ...widgets.charts import Progress
from ...widgets.scroll import Scroll
from ...widgets.text import Text, points
from .estimating import FUTURES, Answer, Question, Said, consider, one_press_away

JOB = "staff"
SIDES = {"hawk": "text", "dove": "accent"}
"""The colours of the two voices: fear is white, anger is amber, everywhere."""
LEANS = {"hawk": "fear", "dove": "anger"}
"""What each holds to drive people more."""


@dataclass(slots=True)
class Found:
    """What the staff has found of what one draft says."""

    futures: int = 0
    """Imagined so far for each order; 0 before the first part."""
    consequences: dict[int, Consequences] = field(default_factory=dict)
    """By deed, each with what the draft says."""
    voices: dict[int, tuple[Voice, Voice]] = field(default_factory=dict)
    """What hawk and dove expect, by deed."""


@dataclass(slots=True)
class Staff:
    """One seat's staff, with what it has found for the coming turn."""

    regard: Regarded | None = None
    """How the others see the seat."""
    belief: TheoryBelief | None = None
    """About the theories; None while it is being worked out."""
    grounds: Grounds | None = None
    """From which it looks ahead; None while they are being worked out."""
    pledges: Sequence[Pledge] | None = None
    """How long deals and a truce may last; None while it is being worked out."""
    failed: str = ""
    _turn: tuple[int, int] | None = None
    """The seat and the turn that it works for."""
    _asked: tuple[bool, bool, Said] | None = None
    """Whether it was asked last of orders, and of how the others see the seat; and what the draft
    said. None where it was interrupted.
    """
    _found: dict[Said, Found] = field(default_factory=dict)
    """By what a draft may say, that which is one press away included."""
    _shown: Found = field(default_factory=Found)
    """Of the last draft of which anything is known."""

    @property
    def futures(self) -> int:
        """Imagined so far for each order; 0 before the first part."""
        return self._shown.futures

    @property
    def consequences(self) -> dict[int, Consequences]:
        """By deed, each with what the draft says."""
        return self._shown.consequences

    @property
    def voices(self) -> dict[int, tuple[Voice, Voice]]:
        """What hawk and dove expect, by deed."""
        return self._shown.voices

    @property
    def is_of_draft(self) -> bool:
        """Whether what is shown is of the draft that it was asked of last."""
        return self._asked is not None and self._shown is self._found.get(self._asked[2])

    def ask(
        self, app: App, seen: Seen, draft: Order, *, regard: bool = True, over: bool = False
    ) -> None:
        """Has it look at a draft, unless it does so already or has. What is known of it is shown
        at once.

        Args:
            app: the window.
            seen: what the seat sees.
            draft: the orders in the making.
            regard: whether to find out how the others see the seat, too.
            over: whether the game is: then nothing is ordered any more.
        """
        turn = (int(seen.seat), seen.turn)
        if self._turn != turn:
            self._begin(turn)
        orders = app.estimates(seen.match) and not over
        regard = regard and self.grounds is None
        spoken = may_be_said(seen.scenario.setting.rulebook, seen.options, draft)
        wanted = orders, regard, said(spoken)
        if not (orders or regard) or self._covers(*wanted):
            return
        self._asked = wanted
        known = self._found.get(said(spoken), Found())
        if known.futures:
            self._shown = known
        question = Question(
            seen.scenario,
            seen.now,
            seen.options,
            Dice.of(seen.match.state, seen.seat),
            spoken,
            seen.past if regard else (),
            orders,
            regard,
            seen.glances if regard else (),
            self.grounds or NO_GROUNDS,
            known.futures,
            bool(known.voices),
            self.pledges is not None,
        )
        if orders:
            near = {said(order): order for order in one_press_away(question)}
            unknown = [order for what, order in near.items() if what not in self._found]
            question = question._replace(next=unknown)

        def part(answer: Answer) -> None:
            if self._turn == turn and self.take(answer):
                app.rebuild()

        def failed(text: str) -> None:
            self.failed = text or t("room.estimate_lost")
            app.rebuild()

        app.worker.submit(JOB, consider, question, part=part, failed=failed)

    def _covers(self, orders: bool, regard: bool, spoken: Said) -> bool:
        """Whether it was asked all of this last."""
        if self._asked is None:
            return False
        of_orders, of_regard, last = self._asked
        return orders <= of_orders and regard <= of_regard and spoken == last

    def _begin(self, turn: tuple[int, int]) -> None:
        """Puts everything away for another turn."""
        self._turn, self._asked, self.failed = turn, None, ""
        self.regard = self.belief = self.grounds = self.pledges = None
        self._found, self._shown = {}, Found()

    def take(self, answer: Answer) -> bool:
        """Takes a part of what was found; whether anything of it is shown now."""
        found = self._found.setdefault(answer.said, Found())
        if answer.consequences is not None and answer.futures > found.futures:
            found.futures = answer.futures
            found.consequences = {one.deed: one for one in answer.consequences}
        if answer.voices is not None:
            found.voices = answer.voices
        if answer.regard is not None:
            self.regard = answer.regard
        if answer.belief is not None:
            self.belief = answer.belief
        if answer.grounds is not None:
            self.grounds = answer.grounds
        if answer.pledges is not None:
            self.pledges = answer.pledges
        of_draft = self._asked is not None and answer.said == self._asked[2]
        if of_draft and found.futures:
            self._shown = found
        return of_draft

    def known(self, seen: Seen, draft: Order, *answers: Answer) -> None:
        """Takes what was found elsewhere of a draft in a seat's turn."""
        self._begin((int(seen.seat), seen.turn))
        self._asked = True, True, said(draft)
        for answer in answers:
            self.take(answer)

    def forget(self) -> None:
        """Forgets what it has found: the game stands elsewhere now."""
        self._turn = None

    def drop(self, app: App) -> None:
        """Has it go no further: the seat has left its desk. What is whole is kept."""
        if app.worker.busy(JOB):
            self._asked = None
        app.worker.cancel(JOB)

    @property
    def lapses(self) -> tuple[Lapse, ...]:
        """What it would cost to let each debt pass, as far as it is known."""
        return self.regard.lapses if self.regard is not None else ()


def debate(staff: Staff, seen: Seen, order: Order) -> tuple[Argument, Argument] | None:
    """What hawk and dove say of an order; None while they are not heard."""
    heard, found = staff.voices.get(order.deed), staff.consequences.get(order.deed)
    if heard is None or found is None:
        return None
    book = seen.scenario.setting.rulebook
    return arguments(book, seen.now, order, found, heard)


def debaters(staff: Staff, seen: Seen, order: Order, *, wide: bool) -> Widget | None:
    """The two voices beside each other, or one below the other; None while they are not heard."""
    heard = debate(staff, seen, order)
    if heard is None:
        return None
    cards = [_voice(argument, _odds_of(staff, seen, argument)) for argument in heard]
    return Row(cards, gap=8, align="fill") if wide else Column(cards, gap=8)


def _odds_of(staff: Staff, seen: Seen, one: Argument) -> str:
    """What the staff gives the theory that a voice holds for true, as far as anything has told it;
    empty before that.
    """
    belief = staff.belief
    if belief is None or not belief.evidence or len(belief.leading) < len(SIDES):
        return ""
    theories = seen.scenario.setting.rulebook.theories
    shares = [
        belief.shares[place]
        for place in belief.leading
        if leans(theories[place]) == LEANS[one.side]
    ]
    return f"{100 * sum(shares):.0f}" if shares else ""


def _voice(one: Argument, odds: str) -> Widget:
    theory = t("room.voice_odds", theory=one.theory, odds=odds) if odds else one.theory
    head = Row([Text(one.name, "strong"), Text(theory, "condensed", "quiet", grow=1)], gap=8)
    body = Column(
        [head, Text(f"“{one.text}”", "small"), Text(one.expects, "condensed", "quiet")], gap=2
    )
    return Panel(body, pad=10, edge=SIDES[one.side], key=one.side, grow=1)


class StaffPanel:
    """Builds the leaf of the staff: the order that is picked, in words."""

    def __init__(self, app: App, seen: Seen, staff: Staff) -> None:
        self._app, self._seen, self._staff = app, seen, staff
        self._deeds = seen.scenario.setting.rulebook.deeds[seen.seat]

    def build(self, order: Order) -> Widget:
        """The leaf; `order` is what is picked."""
        staff = self._staff
        match = self._seen.match
        if not self._app.estimates(match):
            off = t("room.estimate_off" if match.may_estimate else "room.estimate_led")
            return Column([Text(off, "body", "quiet"), Gap(grow=1)], grow=1)
        rows: list[Widget] = []
        if staff.failed:
            rows.append(Text(staff.failed, "small", "bad"))
        elif staff.futures < FUTURES[-1]:
            rows.append(Progress(staff.futures / FUTURES[-1]))
        found = staff.consequences.get(order.deed)
        if found is not None:
            name = self._deeds[order.deed].name
            rows += [
                Text(
                    t("room.staff_head", order=name) if order.deed else t("room.staff_hold"),
                    "heading",
                ),
                Text(t("room.staff_about", who=CAPITALS[found.about]), "small", "quiet"),
                points(sentences(found, self._seen.seat)),
            ]
        elif not staff.failed:
            rows.append(Text(t("room.estimate_coming"), "small", "quiet"))
        voices = debaters(staff, self._seen, order, wide=False)
        if voices is not None:
            rows.append(voices)
        futures = staff.futures or FUTURES[0]
        ahead = counted(min(3, len(self._seen.scenario.turns) - self._seen.turn), "turn")
        rows += [
            Text(t("room.sure_head"), "subhead"),
            Text(t("room.sure", turns=ahead, futures=futures, alone=LUCK_ALONE), "small", "quiet"),
        ]
        inner = Padded(Column(rows, gap=10), right=6, bottom=8)
        return Column([Scroll(inner, key="staff", focusable=True)], grow=1)
