"""The peaks of a turn: what nobody may pass over. Each is told by itself, with a headline, place
and toll in plain words, before the rest of the news. Made of what the seat learnt alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from game.content.scenario import Scenario
from game.rules.account import Account, SeenDeed
from game.rules.endings import Ending
from game.rules.observe import Observation, Sighting
from game.rules.seats import Rung, Seat
from game.rules.state import NO_LINE

from .deals import title
from .names import CAPITALS, SEAT_NAMES, counted, listed, rung_name, sentence
from .stakes import least_answer
from .summary import DEAD
from .texts import Texts

t = Texts(Path(__file__).parent / "told")
MOST = 3
"""Peaks in a turn at the most: the gravest."""
OF_THE_FIRST_COMMANDER = 0.95
"""The stature from which on whoever leads the network is General Soleimani."""


class Kind(StrEnum):
    """What a peak is; the gravest first."""

    WAR = "war"
    BLOW = "blow"
    FIRST_DEATHS = "first deaths"
    VOTE = "vote"
    BROKEN = "broken deal"
    LAPSED = "lapsed line"

    @property
    def is_loud(self) -> bool:
        """Whether it breaks in; the others make everything else fall silent."""
        return self not in (Kind.FIRST_DEATHS, Kind.BROKEN, Kind.LAPSED)


class Peak(NamedTuple):
    """One peak."""

    kind: Kind
    headline: str
    site: int
    """Index of the place; -1 where it has none."""
    rung: int
    """Where it stands on the ladder; 0 for what stands nowhere on it."""
    toll: tuple[tuple[Seat, int], ...]
    """The dead, by whose mark they are shown."""
    told: tuple[str, ...]
    """What happened, in sentences."""
    aside: tuple[str, ...]
    """What it means for who owes whom, in sentences."""


def peaks(
    scenario: Scenario,
    learnt: Account,
    before: Observation,
    now: Observation,
    ending: Ending = Ending.NONE,
    earlier: Sequence[Account] = (),
) -> list[Peak]:
    """The peaks of one turn, in the order in which they are shown.

    Args:
        scenario: what is played.
        learnt: what the seat learnt of the turn.
        before: what it saw before it.
        now: what it sees after it.
        ending: how the game ended with it, as everybody knows.
        earlier: what it learnt of the turns before.
    """
    stage = _Stage(scenario, learnt, before, now, earlier)
    found = [
        *stage.blows(),
        *stage.first_deaths(),
        *stage.votes(),
        *stage.broken_deals(),
        *stage.lapses(),
    ]
    if ending is Ending.GENERAL_WAR:
        found.append(stage.war())
    order = list(Kind)
    kept = sorted(found, key=lambda peak: (order.index(peak.kind), -peak.rung))[:MOST]
    return [peak for peak in found if peak in kept]


def killed(before: Observation, now: Observation) -> list[tuple[str, int]]:
    """(column, number) of who died in a turn, in the order of `summary.DEAD`; none without dead."""
    return [
        (column, number)
        for column, _, _ in DEAD
        if (number := int(now.columns[column][0] - before.columns[column][0])) > 0
    ]


def the_killed(dead: Sequence[tuple[str, int]]) -> str:
    """Who died, with the verb, as a sentence: "Two Americans and one Iraqi policeman are dead."."""
    if not dead:
        return t("peaks.nobody")
    words = {column: (one, many) for column, one, many in DEAD}
    told = listed([counted(number, *words[column]) for column, number in dead])
    return sentence(f"{told} {'is' if sum(n for _, n in dead) == 1 else 'are'} dead")


_SIDES: dict[str, Seat] = {
    "us_dead": Seat.US,
    "coalition_dead": Seat.US,
    "iran_dead": Seat.IRAN,
    "militia_dead": Seat.MILITIA,
    "iraqi_dead": Seat.IRAQ,
    "civilians_dead": Seat.IRAQ,
}


def _of(seat: Seat) -> list[str]:
    """The columns of a seat's own dead."""
    return [column for column, side in _SIDES.items() if side is seat]


class _Stage:
    """One turn, looked through for its peaks."""

    def __init__(
        self,
        scenario: Scenario,
        learnt: Account,
        before: Observation,
        now: Observation,
        earlier: Sequence[Account],
    ) -> None:
        self._book = scenario.setting.rulebook
        self._opening = scenario.setting.opening
        self._learnt, self._before, self._now = learnt, before, now
        self._seat = now.seat
        self._dead = killed(before, now)
        self._earlier = earlier

    def blows(self) -> Iterator[Peak]:
        """Blows from rung 7 up: those that were signed, and fire that was not."""
        for done in self._learnt.deeds:
            if done.seat is not None and done.deed is not None:
                deed = self._book.deeds[done.seat][done.deed]
                if deed.group == "force" and deed.rung >= Rung.LEADERS_STRUCK:
                    yield self._signed(done, deed.rung)
        for seen in self._learnt.sightings:
            if seen.by is None and seen.rung >= Rung.LEADERS_STRUCK:
                told = (self._fell(seen), t("peaks.nobody_signed"))
                yield self._peak(
                    Kind.BLOW, the_killed(self._dead), seen.site, seen.rung, told, self._after()
                )

    def _signed(self, done: SeenDeed, rung: int) -> Peak:
        assert done.seat is not None
        assert done.deed is not None
        deed = self._book.deeds[done.seat][done.deed]
        known = t.below("peaks.deed")
        report = self._report(done)
        headline = known.get(deed.id, report)
        stature = float(self._before.columns.get("iran_commander", [0.0])[0])
        told = [] if headline == report else [report]
        if deed.id == "kill_commander":
            before = self._times_before(done)
            if before == 0 and stature >= OF_THE_FIRST_COMMANDER:
                headline = t("peaks.commander.headline")
            elif before == 1:
                headline = t("peaks.commander.successor")
                told.append(t("peaks.commander.in_history"))
        told.append(the_killed(self._dead))
        return self._peak(Kind.BLOW, headline, done.site, rung, tuple(told), self._after())

    def _times_before(self, done: SeenDeed) -> int:
        """How often the same was seen in the turns before."""
        return sum(
            (one.seat, one.deed) == (done.seat, done.deed)
            for learnt in self._earlier
            for one in learnt.deeds
        )

    def _after(self) -> tuple[str, ...]:
        """Who owes an answer now, and that nobody knows what will come of it."""
        return (*self._owing(), t("peaks.fear_and_anger"))

    def _owing(self) -> Iterator[str]:
        """Who owes an answer since this turn: the seat itself, then the others to it."""
        others: dict[int, list[str]] = {}
        for rival in self._seat.rivals:
            if (line := self._newly_owed(self._seat, rival)) is not None:
                days = self._days(self._seat, rival)
                yield t("peaks.you_owe", rung=line, days=counted(days, "day"))
            if (line := self._newly_owed(rival, self._seat)) is not None:
                told = t("peaks.with_line", who=CAPITALS[rival], rung=line)
                others.setdefault(self._days(rival, self._seat), []).append(told)
        for days, who in others.items():
            yield sentence(t("peaks.they_owe", who=listed(who), days=counted(days, "day")))

    def _newly_owed(self, debtor: Seat, offender: Seat) -> int | None:
        """The rung of the line behind a debt that is new, or higher than before; else None."""
        old, new = (float(one.debt[debtor, offender, 0]) for one in (self._before, self._now))
        line = float(self._before.line[debtor, offender, 0])
        return int(line) if new > old and line < NO_LINE else None

    def _days(self, debtor: Seat, offender: Seat) -> int:
        return int(self._now.debt_days[debtor, offender, 0])

    def first_deaths(self) -> Iterator[Peak]:
        """The first of the game who died, and the first of the seat's own, where no blow has told
        of them already.
        """
        new = [column for column, _ in self._dead]
        own = [column for column in new if _SIDES[column] is self._seat]
        none_yet = not self._died(_SIDES)
        if not (none_yet and new) and not (own and not self._died(_of(self._seat))):
            return
        if any(True for _ in self.blows()):
            return
        attack = max(self._learnt.sightings, key=lambda seen: seen.rung, default=None)
        told: list[str] = []
        aside = [t(f"peaks.first_deaths.{'aside' if none_yet else 'own'}")]
        site, rung = -1, self._learnt.rung
        if attack is not None and attack.rung >= Rung.DEADLY_ATTACK:
            site, rung = attack.site, attack.rung
            told.append(self._fell(attack))
            if attack.by is None:
                told.append(t("peaks.nobody_signed"))
        else:
            force = list(self._open_force())
            told += map(self._report, force)
            site = next((done.site for done in force if done.site >= 0), -1)
        aside += [*self._owing()]
        headline = the_killed(self._dead)
        yield self._peak(Kind.FIRST_DEATHS, headline, site, rung, tuple(told), tuple(aside))

    def _died(self, columns: Iterable[str]) -> bool:
        """Whether anybody counted in these columns died in the game before this turn."""
        return any(
            self._before.columns[column][0] > getattr(self._opening, column)[0]
            for column in columns
        )

    def _open_force(self) -> Iterator[SeenDeed]:
        """The strikes that somebody signed."""
        for done in self._learnt.deeds:
            if done.seat is not None and done.deed is not None:
                deed = self._book.deeds[done.seat][done.deed]
                if deed.group == "force":
                    yield done

    def _report(self, done: SeenDeed) -> str:
        assert done.seat is not None
        assert done.deed is not None
        place = self._book.sites[done.site].name if done.site >= 0 else "an undisclosed place"
        return sentence(self._book.deeds[done.seat][done.deed].report.format(site=place))

    def _fell(self, seen: Sighting) -> str:
        place = self._book.sites[seen.site].name
        rounds = counted(seen.rounds, "rocket or bomb", "rockets or bombs")
        hurt = self._learnt.us_wounded_reported
        wounded = f"; {counted(hurt, 'American')} wounded, as reported" if hurt else ""
        return sentence(f"{rounds} hit {place}{wounded}")

    def votes(self) -> Iterator[Peak]:
        """What parliament and the government put on paper against the foreign forces."""
        before, now = self._before.columns, self._now.columns
        if now["iraq_order_days"][0] > 0 and before["iraq_order_days"][0] <= 0:
            days = counted(int(now["iraq_order_days"][0]), "day")
            yield self._vote("order", t("peaks.vote.order_told", days=days))
        elif now["iraq_resolution"][0] > before["iraq_resolution"][0]:
            yield self._vote("resolution", t("peaks.vote.resolution_told"))

    def _vote(self, what: str, told: str) -> Peak:
        return Peak(Kind.VOTE, t(f"peaks.vote.{what}"), -1, 0, (), (told,), ())

    def broken_deals(self) -> Iterator[Peak]:
        """Deals of the seat's own that either of the two broke, as the other sees it."""
        for news in self._learnt.deals:
            if not news.broken_by:
                continue
            (rival,) = (party for party in news.parties if party is not self._seat)
            days = int(self._before.deal_days[rival, 0])
            deal = title(self._book.whispers[news.whisper])
            left = counted(days, "day")
            by_both, partner = len(news.broken_by) > 1, CAPITALS[rival]
            who = "both" if by_both else "you" if self._seat in news.broken_by else "rival"
            headline = sentence(t(f"peaks.broken.{who}", partner=partner))
            told = sentence(t("peaks.broken.over", partner=partner, deal=deal, days=left))
            aside = sentence(t(f"peaks.broken.{who}_aside", partner=partner))
            yield Peak(Kind.BROKEN, headline, -1, 0, (), (told,), (aside, t("peaks.broken.known")))

    def lapses(self) -> Iterator[Peak]:
        """Lines of the seat's own that it let pass."""
        for rival in self._learnt.lapsed:
            rung = int(self._before.debt[self._seat, rival, 0])
            told = [t("peaks.lapsed.told")]
            if rung:
                least, name = least_answer(self._book, rung), rung_name(rung)
                who = CAPITALS[rival]
                told.append(t("peaks.lapsed.what", rung=rung, name=name, rival=who, least=least))
            headline = t("peaks.lapsed.headline", rival=SEAT_NAMES[rival])
            yield Peak(Kind.LAPSED, headline, -1, rung, (), tuple(told), ())

    def war(self) -> Peak:
        """The war that nobody ordered."""
        return self._peak(
            Kind.WAR,
            t("peaks.war.headline"),
            -1,
            int(Rung.GENERAL_WAR),
            (t("peaks.war.told"), the_killed(self._dead)),
            (),
        )

    def _peak(
        self,
        kind: Kind,
        headline: str,
        site: int,
        rung: int,
        told: tuple[str, ...],
        aside: tuple[str, ...],
    ) -> Peak:
        sides: dict[Seat, int] = {}
        for column, number in self._dead:
            sides[_SIDES[column]] = sides.get(_SIDES[column], 0) + number
        return Peak(kind, headline, site, rung, tuple(sides.items()), told, aside)
