"""What a team's page is made of: nothing but what its seat may know, from the same views as every
other face of the game.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from typing import Any, NamedTuple

from game.content.scenario import Role, TurnText
from game.rules.account import account
from game.rules.legal import HIGHEST_LINE, LOWEST_LINE
from game.rules.rulebook import Agenda
from game.rules.seats import Seat
from game.session.match import Status
from game.views.deals import (
    Proposal,
    breaks,
    in_force,
    offered_by,
    on_the_table,
    standing,
    would_break,
)
from game.views.handbook.players import scale
from game.views.names import rung_name, sentence
from game.views.news import NewsItem, news_items
from game.views.offers import (
    Offer,
    OrderTold,
    crossings,
    deeds,
    sense,
    sites,
    told_order,
    whispers,
    words,
)
from game.views.public import PublicPicture, public_picture
from game.views.secrets import has_secret, own_agenda, own_objectives
from game.views.situation import (
    Figure,
    LedgerRow,
    attack_in_question,
    ledger,
    situation,
    suspicion,
)
from game.views.stakes import least_answer
from game.views.summary import day

from .table import Table
from .texts import t

PEAK = 5
"""From this rung on what happened stands in a headline."""
LINES = tuple((rung, rung_name(rung)) for rung in range(LOWEST_LINE, HIGHEST_LINE + 1))
"""The rungs at which a line can be declared."""


class TurnNews(NamedTuple):
    """The news of one turn, as one seat reads it."""

    turn: int
    title: str
    peaks: tuple[NewsItem, ...]
    items: tuple[NewsItem, ...]


class DraftTold(NamedTuple):
    """A team's order, drafted or committed, in words."""

    order: OrderTold
    rung: int
    rung_name: str
    crosses: tuple[tuple[Seat, int], ...]
    owed: tuple[tuple[LedgerRow, int], ...]
    """What it owes an answer to, and the lowest rung of an act that is one."""
    why_not: tuple[str, ...]
    sense: tuple[str, ...]
    """Which deal it would break, and how it contradicts itself."""
    fires: bool
    """Its rung is that of what comes of it."""
    breaks: dict[Seat, bool]
    """Whose offers its action would break, and whether surely; see `breaks`."""


@dataclass(frozen=True, slots=True)
class SeatSeen:
    """One seat's picture before the coming turn."""

    seat: Seat
    role: Role
    agenda: Agenda | None
    """What it wants most; None where it has no choice of that."""
    marks: tuple[tuple[str, float, str], ...]
    """Of each part of its mark: the name, the points, how it is measured."""
    turn: TurnText | None
    """None once the calendar has run out."""
    number: int
    turns: int
    opens: str
    until: str
    picture: PublicPicture
    news: tuple[TurnNews, ...]
    """The last turn's first."""
    suspects: str
    """Who did the last attack, as it judges; empty where there was none."""
    figures: dict[str, list[Figure]]
    ledger: tuple[LedgerRow, ...]
    deals: tuple[str, ...]
    """What is agreed or offered between it and the others."""
    proposals: tuple[Proposal, ...]
    """The deals that are offered to it."""
    agreed: tuple[str, ...]
    """The deals that hold, and those that it offers."""
    deeds: tuple[tuple[str, list[Offer]], ...]
    sites: dict[int, list[tuple[int, str]]]
    """By deed: the places that it may name."""
    words: tuple[Offer, ...]
    whispers: tuple[Offer, ...]
    deal_forms: tuple[Offer, ...]
    """Those of its messages that offer a deal, or sign one, and that it may send now."""

    @property
    def debts(self) -> list[LedgerRow]:
        """What it owes an answer to."""
        return [row for row in self.ledger if row.debt]


class Sight:
    """Makes what is shown of a table, once for each state of its match."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._made: dict[Any, tuple[tuple[int, int], Any]] = {}

    def _once(self, key: Any, make: Callable[[], Any], draft: int = 0) -> Any:
        now = self.table.version, draft
        version, made = self._made.get(key, ((-1, -1), None))
        if version != now:
            made = make()
            self._made[key] = (now, made)
        return made

    def public(self) -> PublicPicture:
        """What everybody sees."""
        picture: PublicPicture = self._once("public", self._public)
        return picture

    def _public(self) -> PublicPicture:
        match = self.table.match
        return public_picture(match.scenario, match.state, [p.outcome for p in match.played])

    def of(self, seat: Seat) -> SeatSeen:
        """What one seat sees."""
        picture: SeatSeen = self._once(seat, lambda: self._of(seat))
        return picture

    def _of(self, seat: Seat) -> SeatSeen:
        match = self.table.match
        scenario, state = match.scenario, match.state
        setting, observation = scenario.setting, match.observation(seat)
        accounts = [account(setting, played.outcome, seat) for played in match.played]
        on = match.status is not Status.ENDED and state.turn < len(scenario.turns)
        turn = scenario.turns[state.turn] if on else None
        attack = attack_in_question(scenario, accounts)
        offered = deeds(setting, state, observation) if on else []
        last = scenario.turns[-1]
        opens = turn.date if turn else last.date
        days = setting.days[state.turn] if on else 0
        own_whispers, book = (tuple(whispers(setting, state, seat)) if on else ()), setting.rulebook
        return SeatSeen(
            seat=seat,
            role=scenario.roles[seat],
            marks=tuple(
                (part.name, part.points, sentence(scale(part)))
                for part in own_objectives(scenario, observation)
            ),
            agenda=own_agenda(scenario, observation) if has_secret(scenario, seat) else None,
            turn=turn,
            number=match.turn,
            turns=self.table.turns,
            opens=day(opens),
            until=day(opens + timedelta(days=days)),
            picture=self.public(),
            news=tuple(self._news(accounts)),
            suspects=suspicion(observation, attack=attack) if attack else "",
            figures=situation(observation, setting),
            ledger=tuple(ledger(observation)),
            deals=tuple(chain(*standing(book, observation).values())),
            proposals=tuple(on_the_table(book, observation)) if on else (),
            agreed=(*in_force(book, observation), *offered_by(book, observation)),
            deeds=tuple(offered),
            sites={
                offer.number: sites(setting, state, seat, offer.number)
                for _, group in offered
                for offer in group
            },
            words=tuple(words(setting, state, seat)) if on else (),
            whispers=own_whispers,
            deal_forms=tuple(
                offer
                for offer in own_whispers
                if book.whispers[offer.number].deal and not offer.closed
            ),
        )

    def _news(self, accounts: Sequence[Any]) -> list[TurnNews]:
        scenario, news = self.table.match.scenario, list[TurnNews]()
        for index in reversed(range(len(accounts))):
            items = news_items(scenario, accounts[index], accounts[:index])
            peaks = tuple(item for item in items if item.rung >= PEAK)
            rest = tuple(item for item in items if item.rung < PEAK)
            text = scenario.turns[index]
            news.append(TurnNews(index + 1, f"{day(text.date)}. {text.title}", peaks, rest))
        return news

    def order(self, seat: Seat) -> DraftTold:
        """A team's order in words: what it has committed to, else its draft."""
        version = self.table.drafts[seat].version
        told: DraftTold = self._once(("order", seat), lambda: self._order(seat), version)
        return told

    def _order(self, seat: Seat) -> DraftTold:
        match, seen = self.table.match, self.of(seat)
        given, order = match.commitment(seat), self.table.order(seat)
        book = match.scenario.setting.rulebook
        deed = book.deeds[seat][order.deed]
        return DraftTold(
            order=told_order(book, seat, order),
            rung=deed.rung,
            rung_name=rung_name(deed.rung),
            crosses=tuple(crossings(book, match.observation(seat), order.deed)),
            owed=tuple((row, least_answer(book, row.debt)) for row in seen.debts),
            why_not=tuple(self.table.why_not(seat)) if given is None else (),
            sense=(
                *would_break(book, match.observation(seat), order.deed),
                *sense(match.scenario.setting, match.state, seat, order),
            ),
            fires=deed.fire is not None,
            breaks={
                one.rival: surely
                for one in seen.proposals
                if (surely := breaks(book, seat, order.deed, book.whispers[one.whisper]))
                is not None
            },
        )


def state_of(table: Table, seat: Seat) -> str:
    """What a team's page is in: paused, ended, computer, committed or drafting."""
    return "paused" if table.is_paused else work_of(table, seat)


def work_of(table: Table, seat: Seat) -> str:
    """How far a team's orders are, in a pause, too: ended, computer, committed or drafting."""
    match = table.match
    if match.status is Status.ENDED:
        return "ended"
    if not table.plays(seat):
        return "computer"
    return "drafting" if match.commitment(seat) is None else "committed"


def awaited(table: Table) -> int:
    """How many teams have not committed."""
    return len(table.match.waiting_for)


def seconds_left(table: Table) -> int | None:
    """Whole seconds that are left of the turn; None without a limit."""
    left = table.match.clock.look()
    return None if left is None else int(left + 0.999)


def clock_words(table: Table) -> str:
    """What stands in the clock's place while none runs; empty while one does."""
    status = table.match.status
    if status is Status.ENDED:
        return t("clock.over")
    if status is Status.PAUSED:
        return t("clock.paused")
    return "" if table.started or table.match.played else t("clock.before")


def shown_clock(seconds: int | None) -> str:
    """A clock as people read it."""
    return t("clock.none") if seconds is None else f"{seconds // 60}:{seconds % 60:02d}"


def so_far(sight: Sight, seat: Seat) -> list[str]:
    """A late joiner's few lines: what happened, the gravest of each turn, and what is drafted."""
    seen = sight.of(seat)
    lines = []
    for news in reversed(seen.news):
        first = (*news.peaks, *news.items)[:1]
        lines += [t("sofar.turn", turn=news.turn, told=item.text) for item in first]
    lines = lines[-3:]
    told, given = sight.order(seat).order, sight.table.match.commitment(seat)
    order = sight.table.order(seat)
    parts = [told.deed]
    parts += [t("sofar.says", words=told.word)] * bool(order.word)
    parts += [t("sofar.writes", words=told.whisper)] * bool(order.whisper)
    key = "sofar.now" if given is None else "sofar.given"
    return [*lines, t(key, order=" ".join(parts))]
