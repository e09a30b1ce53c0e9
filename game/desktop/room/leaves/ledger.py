"""The ledger of deterrence: how one seat stands with each rival, what moved, and every figure's
parts.
"""

from collections.abc import Iterator, Sequence

from game.futures.seen import Seen
from game.rules.observe import Observation
from game.rules.outcome import Source
from game.rules.rulebook import Reach
from game.rules.seats import Cause, Seat
from game.rules.state import READY
from game.views.deals import gone, standing
from game.views.handbook.amounts import label
from game.views.names import CAPITALS, SEAT_NAMES, SEAT_TITLES, counted, rung_name, sentence
from game.views.phrasebook import share, signed
from game.views.regard import Seen as Regarded
from game.views.regard import blow_sentence, change, headline
from game.views.situation import LedgerRow, ledger
from game.views.stakes import least_answer

from ...shell import overlays
from ...shell.app import App
from ...texts import t
from ...widgets.bars import Bar, Bars
from ...widgets.base import Widget
from ...widgets.beams import Beam, Track
from ...widgets.boxes import Column, Flow, Padded, Panel, Row
from ...widgets.press import Button
from ...widgets.scroll import Scroll
from ...widgets.text import Text, points

NOTICEABLE = 0.005
BESIDE, ALONE, WIDE = 1200, 700, 940
"""Units of the window from which a card has room for two halves beside each other: where the map
stands beside the leaf, and where it does not; and from which it does.
"""
PARTS = ("credible", "spared", "feared", "anger")


class LedgerPanel:
    """Builds the leaf with a card for each rival."""

    def __init__(self, app: App, seen: Seen, regard: Regarded | None = None) -> None:
        """`regard` is what the staff makes of how the others see the seat, once it is known."""
        self._app, self._seen = app, seen
        self._regard = {one.rival: one for one in regard.regards} if regard else {}
        self._blows = {one.rival: one for one in regard.blows} if regard else {}
        book = seen.scenario.setting.rulebook
        self._deals = standing(book, seen.now)
        self._gone = gone(book, seen.before, seen.now) if seen.before is not None else {}

    def build(self) -> Widget:
        """The leaf."""
        rows = ledger(self._seen.now)
        before = ledger(self._seen.before) if self._seen.before else [None] * len(rows)
        note = t("room.regard_coming")
        if self._regard:
            note = t("room.regard_note" if self._seen.turn else "room.regard_first")
        cards: list[Widget] = [Text(note, "small", "quiet")]
        cards += [self._card(row, old) for row, old in zip(rows, before, strict=True)]
        body = Padded(Column(cards, gap=10), right=6, bottom=8)
        return Column([Scroll(body, key="ledger")], grow=1)

    def open(self, rival: Seat) -> None:
        """Opens the parts of the figures about one rival."""
        rows = ledger(self._seen.now)
        before = ledger(self._seen.before) if self._seen.before else [None] * len(rows)
        for row, old in zip(rows, before, strict=True):
            if row.rival is rival:
                self._open(row, old)

    def _card(self, row: LedgerRow, old: LedgerRow | None) -> Widget:
        name = SEAT_TITLES[row.rival]
        bars = [
            Bar(t(f"room.ledger.{part}"), getattr(row, part), _figure(row, old, part), "text")
            for part in PARTS
        ]
        why = Button(
            t("room.why"),
            lambda: self._open(row, old),
            kind="quiet",
            key=f"why-{row.rival.name}",
            tip=t("room.why_tip", seat=SEAT_NAMES[row.rival]),
        )
        found = self._regard.get(row.rival)
        told = Text(headline(found) if found else "", "strong", grow=1)
        lines: list[Widget] = [
            Row([Text(name, "subhead", row.rival.name), told]),
            *self._sees_you(row.rival),
            Row([Text(t("room.you_see"), "tiny", "quiet", grow=1), why]),
            self._beside(_bars(bars[:2], "others"), _bars(bars[2:], "own")),
            *(Text(text, "small", "quiet") for text in [" ".join(self._lines(row))] if text),
            *(Text(text, "small") for text in self._deals.get(row.rival, [])),
            *(Text(text, "small", "warn") for text in self._gone.get(row.rival, [])),
        ]
        if row.debt:
            lines.append(
                Text(
                    t(
                        "room.debt",
                        seat=CAPITALS[row.rival],
                        rung=row.debt,
                        name=rung_name(row.debt),
                        least=least_answer(self._seen.scenario.setting.rulebook, row.debt),
                        days=row.days_left,
                    ),
                    "small",
                    "warn",
                )
            )
        return Panel(Column(lines, gap=6), pad=12, edge=row.rival.name, key=row.rival.name)

    def _sees_you(self, rival: Seat) -> list[Widget]:
        """What the staff makes of how a rival sees the seat, and what its last blow did to that."""
        found, blow = self._regard.get(rival), self._blows.get(rival)
        if found is None:
            return []
        tracks: list[Widget] = [
            Track(t(f"room.regard.{name}"), guess.mean, guess.before, guess.band, change(guess))
            for name, guess in (("believes", found.believes), ("pressure", found.pressure))
        ]
        if blow is None:
            return tracks
        reach = max(
            (max(one.fear.high, one.anger.high) for one in self._blows.values()), default=1.0
        )
        names = (t("room.fear"), t("room.anger"))
        beam = Beam(blow.fear, blow.anger, names, reach=reach, tip=blow_sentence(blow))
        told = t("room.blow", deed=blow.deed, turn=blow.turn)
        did = [Text(told, "condensed", "quiet"), beam, Text(blow.verdict, "small")]
        return [self._beside(Column(tracks, gap=6), Column(did, gap=2), share=1.5)]

    def _beside(self, one: Widget, other: Widget, share: float = 1) -> Widget:
        """Two halves of a card, beside each other where the leaf has room; `share` is how much
        wider the one is.
        """
        units = self._app.ui.units[0]
        if units >= BESIDE or ALONE <= units < WIDE:
            one.grow, other.grow = share, 1
            return Row([one, other], gap=20, align="top")
        return Column([one, other], gap=0)

    def _lines(self, row: LedgerRow) -> Iterator[str]:
        """The lines between the two, in one sentence each."""
        if row.its_line:
            yield t("room.its_line", seat=_first(row.rival), rung=row.its_line)
        if row.own_line:
            yield t("room.own_line", seat=SEAT_NAMES[row.rival], rung=row.own_line)

    def _open(self, row: LedgerRow, old: LedgerRow | None) -> None:
        """Every figure's parts, and what moved it."""

        def build() -> Widget:
            parts: list[Widget] = []
            for part in PARTS:
                head = f"{t(f'room.ledger.{part}')}: {_figure(row, old, part)}"
                parts += [Text(head, "subhead"), points(self._why(row, part))]
            body = Column([*parts, Flow([Text(t("room.ledger_more"))])], gap=10)
            title = t("room.ledger_title", seat=SEAT_NAMES[row.rival])
            return overlays.sheet(title, body, self._app.close_overlay, t("room.close"))

        self._app.open_overlay(build)

    def _why(self, row: LedgerRow, part: str) -> list[str]:
        found = {
            "credible": self._credible,
            "spared": self._spared,
            "feared": self._feared,
            "anger": self._angry,
        }[part]
        return [sentence(text) for text in found(row.rival)]

    def _credible(self, rival: Seat) -> Iterator[str]:
        now, was = self._seen.now, self._seen.before
        kept, broken = float(now.kept[rival, 0]), float(now.broken[rival, 0])
        yield t(
            "room.why_credible",
            kept=f"{kept:.1f}",
            broken=f"{broken:.1f}",
            share=f"{100 * kept / (kept + broken + 1e-6):.0f}",
        )
        if was is not None:
            more_kept = kept - float(was.kept[rival, 0])
            more_broken = broken - float(was.broken[rival, 0])
            if more_kept > NOTICEABLE:
                yield t("room.why_kept", seat=CAPITALS[rival], weight=f"{more_kept:.1f}")
            if more_broken > NOTICEABLE:
                yield t("room.why_broken", seat=CAPITALS[rival], weight=f"{more_broken:.1f}")
            if more_kept <= NOTICEABLE and more_broken <= NOTICEABLE:
                yield t("room.why_still")

    def _spared(self, rival: Seat) -> Iterator[str]:
        now = self._seen.now
        yield t("room.why_spared", spared=f"{float(now.assurance[rival, 0]) * 100:.0f}")
        if int(now.struck[rival, self._seen.seat, 0]):
            yield t("room.why_spared_blow")

    def _feared(self, rival: Seat) -> Iterator[str]:
        now, seat = self._seen.now, self._seen.seat
        ready = now.columns[READY[rival]][0] if rival in READY else 0.0
        shares = {
            "credible": now.credibility[rival, 0],
            "spared": now.assurance[rival, 0],
            "ready": ready,
            "stake": now.stake[rival, seat, 0],
            "fear": now.fear[rival, 0],
        }
        told = {name: f"{float(value) * 100:.0f}" for name, value in shares.items()}
        yield t("room.why_feared", **told)
        book = self._seen.scenario.setting.rulebook
        for rule in book.reaches:
            if rule.of is rival and rule.on is self._seen.seat:
                yield from _reach_parts(rule, now)

    def _angry(self, rival: Seat) -> Iterator[str]:
        now, was, last = self._seen.now, self._seen.before, self._seen.last
        yield t("room.why_anger", anger=f"{float(now.anger[rival, 0]) * 100:.0f}")
        blow = int(now.struck[rival, self._seen.seat, 0])
        if blow:
            yield t("room.why_blow", rung=blow, name=rung_name(blow), seat=SEAT_NAMES[rival])
        if last is None or was is None:
            return
        book = self._seen.scenario.setting.rulebook
        to_us = [w for w in last.words if w.seat is rival and w.to is self._seen.seat]
        if any(book.words[w.word].soothes for w in to_us):
            yield t("room.why_soothed", seat=CAPITALS[rival])
        if any(book.words[w.word].offends for w in to_us):
            yield t("room.why_offended", seat=CAPITALS[rival])
        yield from self._moved(rival, now, was)

    def _moved(self, rival: Seat, now: Observation, was: Observation) -> Iterator[str]:
        """What time took off an anger, and what happened added to it: together its move."""
        setting, turn = self._seen.scenario.setting, self._seen.turn - 1
        before, after = (round(float(one.anger[rival, 0]) * 100) for one in (was, now))
        # The rules add what a turn brings, and let time pass over the whole.
        faded = round(before * setting.moments[turn].decays.anger) - before
        brought = after - before - faded
        if faded:
            yield t(
                "room.why_time", days=counted(setting.days[turn], "day"), points=signed(faded, 0)
            )
        if brought:
            told = ", ".join(self._brought(rival)) if brought > 0 else ""
            key = "room.why_brought" if told else "room.why_brought_alone"
            yield t(key, points=signed(brought, 0), told=told)

    def _brought(self, rival: Seat) -> Iterator[str]:
        """What of the last turn a seat may hold against a rival, as far as it knows of it."""
        last, seat = self._seen.last, self._seen.seat
        if last is None:
            return
        book = self._seen.scenario.setting.rulebook
        for seen in last.deeds:
            if seen.seat is rival and seen.deed is not None:
                deed = book.deeds[rival][seen.deed]
                if deed.group == "force" or deed.harm.get(seat, 0) > 0:
                    yield t("room.brought_deed", deed=deed.name)
        blamed = {Seat.IRAN: Cause.TEHRAN, Seat.MILITIA: Cause.MILITIA}.get(rival)
        unsigned = any(one.by is None for one in last.sightings)
        if blamed is not None and unsigned and seat in (Seat.US, Seat.IRAQ):
            odds = float(self._seen.now.suspicion[blamed, 0])
            yield t("room.brought_attack", odds=share(odds))
        if rival is Seat.IRAN and any(one.by is Source.IRAN for one in last.sightings):
            yield t("room.brought_missiles")


def _bars(bars: Sequence[Bar], key: str) -> Bars:
    return Bars(bars, most=1.0, names=90, key=f"bars-{key}")


def _first(seat: Seat) -> str:
    name = CAPITALS[seat]
    return name[0].upper() + name[1:]


def _figure(row: LedgerRow, old: LedgerRow | None, part: str) -> str:
    """A share of 100, with what it moved by since the last turn."""
    value = float(getattr(row, part))
    told = f"{value * 100:.0f}"
    if old is not None:
        moved = round(value * 100) - round(float(getattr(old, part)) * 100)
        if moved:
            told += f" ({signed(moved, 0)})"
    return told


def _reach_parts(rule: Reach, now: Observation) -> Iterator[str]:
    """What a seat can do to another: the base, and what each column adds."""
    yield t("room.why_reach", base=signed(rule.base * 100, 0))
    for column, coefficient in rule.columns.items():
        if column in now.columns:
            value = float(now.columns[column][0]) * coefficient * 100
            sure = "" if column in now.exact else t("room.as_far_as_known")
            yield t("room.why_reach_part", points=signed(value, 0), what=label(column), sure=sure)
