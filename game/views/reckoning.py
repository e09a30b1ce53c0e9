"""What came of a seat's orders: each of them accounted for, in a chain of short sentences, with
whether it was obeyed and when it counts. Made of what the seat learnt and of nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from game.content.scenario import Scenario
from game.rules.account import Account, Spoken, Whispered
from game.rules.endings import Ending
from game.rules.observe import Observation, Sighting
from game.rules.rulebook import WHISPERS_BY_NAME, Deed
from game.rules.seats import Seat
from game.rules.state import COLUMNS

from .deals import breaks, title
from .happenings import OWN_FIRE
from .names import CAPITALS, SEAT_NAMES, counted, listed, sentence
from .peaks import t, the_killed
from .phrasebook import signed
from .regard import Cause, Seen, change
from .scoring import caused, counted_points, named
from .scoring import moved as moved_score
from .situation import LABELS, level
from .stakes import ending_points, least_answer, running_score

STEPS = 3
"""Sentences of a chain at the most."""
SHIELDS = ("us_protection", "iraq_guard")
"""Figures that make fire less deadly; what raised them is told of again when fire falls."""
LOOKED_BACK = 3
"""Turns for which a shield is told of."""
_SHOWN = 0.005
"""A smaller move of a share is told as none."""


class Reckoned(NamedTuple):
    """One order, and what came of it."""

    part: str
    """action, earlier, men, statement, message, deal or score."""
    name: str
    chip: str
    """In a word or two: whether it was done, believed, obeyed."""
    chain: tuple[str, ...]
    """One to three sentences, the outcome last."""
    turn: int
    """In which it was ordered, from 1."""
    is_silence: bool = False
    """Whether nothing was said: its chip tells all of it."""


def reckoning(
    scenario: Scenario,
    accounts: Sequence[Account],
    before: Observation,
    now: Observation,
    seen: Seen | None = None,
    ending: Ending = Ending.NONE,
) -> list[Reckoned]:
    """What came of the last turn's orders.

    Args:
        scenario: what is played.
        accounts: what the seat learnt of every turn so far; at least one.
        before: what it saw before the last of them.
        now: what it sees after it.
        seen: what its staff makes of how the others see it; None where it was not asked.
        ending: how the game has ended with it.
    """
    told = _Reckoning(scenario, accounts, before, now, seen)
    orders = [told.action(), *told.earlier(), *told.unordered(), told.statement(), told.message()]
    return [*orders, *told.broken(), told.score(ending)]


def lines(found: Sequence[Reckoned]) -> list[str]:
    """All of it, one line an order, for who reads it as a list and for who hears it."""
    return [f"{one.name} ({one.chip}). {' '.join(one.chain)}" for one in found]


class _Reckoning:
    def __init__(
        self,
        scenario: Scenario,
        accounts: Sequence[Account],
        before: Observation,
        now: Observation,
        seen: Seen | None,
    ) -> None:
        self._scenario, self._book = scenario, scenario.setting.rulebook
        self._accounts, self._learnt = accounts, accounts[-1]
        self._before, self._now, self._seen = before, now, seen
        self._seat = now.seat
        self._told_of = set[str]()
        """Figures that one of the orders was told to have moved: none is told of twice."""

    # --- the action

    def action(self) -> Reckoned:
        """The deed: what was done, who died of it, what it paid or opened."""
        deed = self._deed(self._learnt)
        covert = deed.visibility == "covert"
        is_unseen = covert and deed.fire is not None  # of other deeds a sentence says it
        chip = "held" if not self._learnt.own_deed else "unseen" if is_unseen else "done"
        if self._learnt.answered and self._learnt.own_deed:
            chip = "answered"
        chain = list(self._done(deed))[:STEPS]
        return self._told("action", deed.name, chip, chain)

    def _deed(self, learnt: Account) -> Deed:
        return self._book.deeds[self._seat][learnt.own_deed]

    def _done(self, deed: Deed) -> Iterator[str]:
        if not self._learnt.own_deed:
            yield t("reckoning.action.held")
            yield from self._paid()
            yield from self._still()
            return
        fired = OWN_FIRE.get(self._seat) if deed.fire else None
        own = [seen for seen in self._learnt.sightings if fired is not None and seen.by is fired]
        if own:
            yield self._fell("own_fire", own[0])
        elif fired is not None and not deed.signed:
            yield t("reckoning.action.no_fire")
        elif deed.visibility == "covert":
            yield t("reckoning.action.unseen")
        else:
            done = next((d for d in self._learnt.deeds if d.seat is self._seat), None)
            at = done.site if done is not None else -1
            place = self._book.sites[at].name if at >= 0 else "an undisclosed place"
            yield sentence(deed.report.format(site=place))
        if deed.group == "force":
            if deed.strike is not None or own:
                yield the_killed(self._dead_of(own[0] if own else None))
            yield from self._debts() or (t("reckoning.action.nothing"),)
            return
        if self._learnt.cabinet_formed and "iraq_cabinet" in deed.timely:
            yield t("reckoning.action.cabinet")
        effects = {**deed.effects, **deed.weekly, **deed.timely}
        moved = [*self._figures(effects), *self._debts()]
        yield from moved or (t("reckoning.action.nothing"),)

    def _debts(self) -> list[str]:
        """What the deed paid and opened, else what is owed still."""
        return [*self._paid(), *self._short()] or [*self._opened()] or self._still()

    def _short(self) -> Iterator[str]:
        """Why the deed did not pay what was owed when it was ordered, by the referee's own rule."""
        deed = self._deed(self._learnt)
        for rival in self._seat.rivals:
            debt = float(self._before.debt[self._seat, rival, 0])
            if not debt or rival in self._learnt.answered or deed.group != "force":
                continue
            least, struck = (
                least_answer(self._book, debt),
                int(self._now.struck[self._seat, rival, 0]),
            )
            key = "short" if struck else "not_at"
            yield t(f"reckoning.action.{key}", who=CAPITALS[rival], rung=struck, least=least)

    def _dead_of(self, fire: Sighting | None) -> list[tuple[str, int]]:
        """Who died of the seat's own fire or strike alone: columns and numbers."""
        strike = self._learnt.strike
        if fire is not None:
            found = {
                "us_dead": fire.us_killed,
                "coalition_dead": fire.coalition_killed,
                "iraqi_dead": fire.iraqi_killed,
            }
        elif strike is not None:
            iranians = self._now.columns["iran_dead"][0] - self._before.columns["iran_dead"][0]
            found = {
                "iran_dead": int(iranians),
                "militia_dead": strike.militia_killed,
                "iraqi_dead": strike.iraqi_killed,
                "civilians_dead": strike.civilians_killed,
            }
        else:
            found = {}
        return [(column, number) for column, number in found.items() if number]

    def _fell(self, how: str, seen: Sighting) -> str:
        hits = f"{counted(seen.hits, 'hit')}" if seen.hits else "none hit"
        return t(
            f"reckoning.action.{how}",
            place=self._book.sites[seen.site].name,
            rounds=counted(seen.rounds, "round"),
            hits=hits,
        )

    def _paid(self) -> Iterator[str]:
        if self._learnt.answered:
            yield t("reckoning.action.paid", who=_all(self._learnt.answered))

    def _opened(self) -> Iterator[str]:
        crossed = [
            rival
            for rival in self._seat.rivals
            if self._now.debt[rival, self._seat, 0] > self._before.debt[rival, self._seat, 0]
        ]
        if crossed:
            yield t("reckoning.action.owed", who=_all(crossed))

    def _still(self) -> list[str]:
        owed = [rival for rival in self._seat.rivals if self._now.debt[self._seat, rival, 0] > 0]
        if not owed:
            return []
        days = min(int(self._now.debt_days[self._seat, rival, 0]) for rival in owed)
        left = f"{counted(days, 'day')} left"
        before = self._before.debt[self._seat]
        how = "still" if all(before[rival, 0] > 0 for rival in owed) else "owes"
        return [t(f"reckoning.action.{how}", who=_all(owed), days=left)]

    def _figures(self, effects: Mapping[str, float]) -> Iterator[str]:
        """The figure among these that moved most, as far as the seat sees it exactly, the way that
        the order moves it: what moved it the other way was something else.
        """
        moved = {
            column: float(self._now.columns[column][0] - self._before.columns[column][0])
            / (COLUMNS[column].high - COLUMNS[column].low)
            for column, effect in effects.items()
            if column in self._now.exact and column in LABELS and column not in self._told_of
        }
        moved = {column: by for column, by in moved.items() if by * effects[column] > 0}
        column = max(moved, key=lambda name: abs(moved[name]), default="")
        if not column:
            return
        self._told_of.add(column)
        old, new = (
            level(column, float(one.columns[column][0])) for one in (self._before, self._now)
        )
        if old == new:
            return
        causes = self._seen.causes if self._seen is not None else ()
        parts = caused(column, causes)
        own = sum(by for one, by in parts if self._is_own(one))
        if not own:
            yield t("reckoning.action.figure", label=LABELS[column], old=old, new=new)
            return
        told = t(
            "reckoning.action.figure_by", label=LABELS[column], old=old, new=new, by=signed(own, 0)
        )
        others = (pair for pair in parts if not self._is_own(pair[0]))
        if other := next(others, None):
            named_by = {"cause": named(other[0], self._seat), "by": signed(other[1], 0)}
            told += t("reckoning.action.figure_most", **named_by)
        yield f"{told}."

    def _is_own(self, cause: Cause) -> bool:
        """Whether it is something that the seat did or said in this very turn."""
        return cause.seat is self._seat and cause.kind == "act"

    def earlier(self) -> Iterator[Reckoned]:
        """Shields that were put up in the turns before, when fire has fallen on them now."""
        fire = [seen for seen in self._learnt.sightings if seen.rounds]
        if not fire:
            return
        worst = max(fire, key=lambda seen: (seen.us_killed + seen.coalition_killed, seen.rounds))
        for learnt in reversed(self._accounts[-1 - LOOKED_BACK : -1]):
            deed = self._deed(learnt)
            if any(deed.effects.get(column, 0) > 0 for column in SHIELDS):
                dead = worst.us_killed + worst.coalition_killed + worst.iraqi_killed
                told = self._fell("not_shielded" if dead else "shielded", worst)
                yield Reckoned(
                    "earlier", deed.name, t("reckoning.chip.in_effect"), (told,), learnt.turn
                )
                return

    def unordered(self) -> Iterator[Reckoned]:
        """Fire of the seat's own men that it had not ordered."""
        fired = OWN_FIRE.get(self._seat)
        own = [seen for seen in self._learnt.sightings if seen.by is fired and seen.rounds]
        if fired is None or not own or self._deed(self._learnt).fire is not None:
            return
        worst = max(own, key=lambda seen: (seen.us_killed + seen.coalition_killed, seen.rounds))
        chain = [self._fell("unordered_fire", worst), the_killed(self._dead_of(worst))]
        chain.append(t("reckoning.unordered.why"))
        name = t("reckoning.unordered.name")
        yield Reckoned("men", name, t("reckoning.chip.unordered"), tuple(chain), self._learnt.turn)

    def broken(self) -> Iterator[Reckoned]:
        """Deals that are over because the partner holds that the seat broke them, and by what."""
        for news in self._learnt.deals:
            if self._seat not in news.broken_by:
                continue
            (rival,) = (party for party in news.parties if party is not self._seat)
            deal, number = self._book.whispers[news.whisper], self._learnt.own_deed
            own_fire = OWN_FIRE.get(self._seat)
            fired = any(one.by is own_fire and one.rounds for one in self._learnt.sightings)
            if breaks(self._book, self._seat, number, deal):
                how = "deed"
            elif own_fire is not None and fired:
                how = "fire" if self._deed(self._learnt).fire is not None else "men"
            else:
                how = "laid"
            told = t(f"reckoning.broken.{how}", who=CAPITALS[rival])
            name = t("reckoning.broken.name", deal=title(deal), who=CAPITALS[rival])
            chip = t("reckoning.chip.broken")
            yield Reckoned("deal", name, chip, (told,), self._learnt.turn)

    # --- what was said

    def statement(self) -> Reckoned:
        """The public word: what stands since, and what it moved."""
        said = next((one for one in self._learnt.words if one.seat is self._seat), None)
        if said is None:
            name = self._book.words[0].name
            told = self._told("statement", name, "silent", [t("reckoning.statement.silent")])
            return told._replace(is_silence=True)
        word = self._book.words[said.word]
        chip = "doubted" if word.case and self._learnt.discredited else "said"
        name = word.name + (f", to {SEAT_NAMES[said.to]}" if said.to is not None else "")
        return self._told("statement", name, chip, list(self._came_of(said))[:STEPS])

    def _came_of(self, said: Spoken) -> Iterator[str]:
        word = self._book.words[said.word]
        if word.to_rung and said.to is not None:
            crossed = "crossed" if said.to in self._learnt.crossed else "uncrossed"
            stake = round(float(self._now.stake[self._seat, said.to, 0]) * 100)
            yield t("reckoning.statement.line", who=CAPITALS[said.to], rung=said.rung)
            yield t("reckoning.statement.stake", stake=stake)
            yield t(f"reckoning.statement.{crossed}")
            return
        yield t("reckoning.statement.heard")
        effects = {"us_case": 1.0 if word.case else 0.0, **word.effects.get(self._seat, {})}
        moved = list(self._figures(effects))
        if word.case and self._learnt.discredited:
            moved.append(t("reckoning.statement.discredited"))
        if said.to is not None and (word.soothes or word.offends):
            moved += self._pressure(said.to)
        yield from moved or (t("reckoning.statement.nothing"),)

    def _pressure(self, rival: Seat) -> list[str]:
        """How the rival's pressure moved, as far as the staff can make it out."""
        if self._seen is None:
            return []
        found = next(one for one in self._seen.regards if one.rival is rival)
        told = change(found.pressure)
        return [t("reckoning.statement.pressure", who=CAPITALS[rival], change=told)]

    # --- the private message

    def message(self) -> Reckoned:
        """The private message: who read it, and whether what it asked for was done."""
        sent = next((one for one in self._learnt.whispers if one.sender is self._seat), None)
        if sent is None:
            name = self._book.whispers[0].name
            told = self._told("message", name, "none", [t("reckoning.message.none")])
            return told._replace(is_silence=True)
        name = f"{self._book.whispers[sent.whisper].name}, to {SEAT_NAMES[sent.receiver]}"
        chip, chain = self._heeded(sent)
        return self._told("message", name, chip, chain)

    def _heeded(self, sent: Whispered) -> tuple[str, list[str]]:
        whisper = self._book.whispers[sent.whisper]
        chain = [t("reckoning.message.read", who=CAPITALS[sent.receiver])]
        if whisper.guidance is None:
            gives = "give" if sent.receiver is Seat.MILITIA else "gives"
            who, at_once = CAPITALS[sent.receiver], whisper.id in WHISPERS_BY_NAME
            when = "now" if at_once else "next"
            chain.append(t(f"reckoning.message.{when}", who=who, gives=gives))
            if whisper.soothes:
                chain += self._pressure(sent.receiver)
            return "heard", chain
        fire = [seen for seen in self._learnt.sightings if seen.by is None]
        place = self._book.sites[fire[0].site].name if fire else ""
        if self._learnt.disobeyed:
            return "not_obeyed", [*chain, t("reckoning.message.not_obeyed")]
        if whisper.guidance < 0 and fire:
            told = t("reckoning.message.fire_all_the_same", place=place)
            return "doubted", [*chain, told]
        if whisper.guidance > 0 and fire:
            return "it_seems", [*chain, t("reckoning.message.fire_came", place=place)]
        chip = "it_seems" if whisper.guidance < 0 else "heard"
        return chip, [*chain, *(() if fire else (t("reckoning.message.quiet"),))]

    # --- the seat's own score

    def score(self, ending: Ending) -> Reckoned:
        """Which of its objectives moved the seat's score, and by which figures; and what the ending
        did to it.
        """
        setting = self._scenario.setting
        old = round(running_score(setting, self._before))
        new = round(running_score(setting, self._now, ending))
        chip = t(
            "reckoning.score.same" if old == new else "reckoning.score.moved",
            new=new,
            old=old,
            by=signed(new - old, 0),
        )
        causes = self._seen.causes if self._seen is not None else ()
        moved = moved_score(self._scenario, self._before, self._now, causes)
        chain = [one.sentence for one in moved[:STEPS]]
        if points := ending_points(setting, self._now, ending):
            name = self._book.endings[ending - 1].name
            by = counted_points(points)
            chain = [*chain[: STEPS - 1], t("reckoning.score.ending", name=name, by=by)]
        chain = chain or [t("reckoning.score.nothing")]
        return Reckoned("score", t("reckoning.score.name"), chip, tuple(chain), self._learnt.turn)

    def _told(self, part: str, name: str, chip: str, chain: Sequence[str]) -> Reckoned:
        return Reckoned(part, name, t(f"reckoning.chip.{chip}"), tuple(chain), self._learnt.turn)


def _all(seats: Sequence[Seat]) -> str:
    return listed([CAPITALS[seat] for seat in seats])
