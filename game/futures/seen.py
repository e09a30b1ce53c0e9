"""Everything that one seat has seen of a game, turn by turn: a face shows the seat nothing else."""

from collections.abc import Sequence
from functools import cached_property

from game.futures.theory_belief import Glance, glances
from game.players.base import Options
from game.rules.account import Account, account
from game.rules.observe import Observation, observe
from game.rules.seats import Seat
from game.session.view import MatchView
from game.views.news import NewsItem, news_items
from game.views.peaks import Peak, peaks
from game.views.reckoning import Reckoned, reckoning
from game.views.regard import Seen as Regarded
from game.views.stakes import Stakes, stakes
from game.views.voices import Voice, voices

from .regard import Past


class Seen:
    """A seat's own record of a game, as it stands before the coming turn. Make a new one when the
    game has moved on.
    """

    def __init__(self, match: MatchView, seat: Seat) -> None:
        self.match, self.seat = match, seat
        self.scenario = match.scenario
        self.turn = match.state.turn
        """Turns played."""

    @cached_property
    def now(self) -> Observation:
        """What the seat sees before the coming turn."""
        return self.match.observation(self.seat)

    @cached_property
    def options(self) -> Options:
        """What it may order."""
        return self.match.options(self.seat)

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        """What it learnt of each turn."""
        setting = self.scenario.setting
        return tuple(account(setting, played.outcome, self.seat) for played in self.match.played)

    @cached_property
    def observations(self) -> tuple[Observation, ...]:
        """What it saw before each turn that was played, and what it sees now."""
        setting, outcome, found = self.scenario.setting, None, []
        for played in self.match.played:
            found.append(observe(setting, played.before, outcome, self.seat))
            outcome = played.outcome
        return (*found, self.now)

    @property
    def before(self) -> Observation | None:
        """What it saw a turn ago; None before the second turn."""
        return self.observations[-2] if self.turn else None

    @cached_property
    def past(self) -> tuple[Past, ...]:
        """Every turn that was played, as it lived through it."""
        return tuple(map(Past, self.observations, self.accounts))

    @cached_property
    def stakes(self) -> Stakes:
        """What never leaves the screen."""
        highest = max((account.rung for account in self.accounts), default=0)
        return stakes(self.scenario.setting, self.now, self.before, highest, self.match.ending)

    @cached_property
    def peaks(self) -> tuple[Peak, ...]:
        """What nobody may pass over of the last turn."""
        if self.before is None or self.last is None:
            return ()
        ending, earlier = self.match.ending, self.accounts[:-1]
        return tuple(peaks(self.scenario, self.last, self.before, self.now, ending, earlier))

    @cached_property
    def voices(self) -> tuple[Voice, ...]:
        """A line from each capital after the last turn."""
        if self.before is None:
            return ()
        book, outcome = self.scenario.setting.rulebook, self.match.played[-1].outcome
        public = account(self.scenario.setting, outcome, None)
        return tuple(voices(book, public, self.before, self.now, self.match.ending))

    def reckoning(self, regarded: Regarded | None) -> list[Reckoned]:
        """What came of its last orders; `regarded` is what its staff makes of how the others see
        it, where it was asked.
        """
        if self.before is None:
            return []
        ending = self.match.ending
        return reckoning(self.scenario, self.accounts, self.before, self.now, regarded, ending)

    @cached_property
    def glances(self) -> list[Glance]:
        """What it saw of each turn, for its staff to judge the theories by."""
        match = self.match
        return glances(self.scenario.setting, self.seat, match.played, match.state)

    @cached_property
    def news(self) -> tuple[tuple[NewsItem, ...], ...]:
        """The news of each turn as it reached the seat, in the order of `in_order`."""
        accounts = self.accounts
        return tuple(
            tuple(in_order(tuple(news_items(self.scenario, one, accounts[:place]))))
            for place, one in enumerate(accounts)
        )

    @property
    def last(self) -> Account | None:
        """What it learnt of the last turn; None before the first."""
        return self.accounts[-1] if self.accounts else None


def in_order(items: Sequence[NewsItem]) -> list[NewsItem]:
    """As an adjudication is told: words first, then deeds and force, then what came of it."""
    order = ("word", "whisper", "deed", "strike", "fire", "toll", "politics", "private", "line")
    ranked = {kind: place for place, kind in enumerate(order)}
    held = [item for item in items if item.kind != "deed" or item.rung or item.site >= 0]
    rest = [item for item in items if item not in held]
    force = [item for item in held if item.kind in ("strike", "fire", "toll")]
    others = [item for item in held if item not in force]
    before = [i for i in others if ranked.get(i.kind, 9) < ranked["strike"]]
    after = [i for i in others if i not in before]
    before.sort(key=lambda item: ranked.get(item.kind, 9))
    return [*before, *force, *after, *rest]
