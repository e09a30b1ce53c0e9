"""Intelligence: who probably did it, on what evidence, and what everybody says about it."""

from collections.abc import Iterator

from game.futures.seen import Seen
from game.rules.account import Account
from game.rules.seats import Seat
from game.views.causes import claimed, judged
from game.views.names import number, sentence
from game.views.phrasebook import share
from game.views.situation import attack_in_question, own_doing, suspects

from ...texts import t
from ...texts.dates import short_day
from ...widgets.bars import Bar, Bars
from ...widgets.base import Widget
from ...widgets.boxes import Column, Padded, Panel
from ...widgets.scroll import Scroll
from ...widgets.text import Text, points


def intelligence(seen: Seen) -> Widget:
    """The leaf."""
    body: list[Widget]
    attack = attack_in_question(seen.scenario, seen.accounts)
    if not attack:
        body = [Text(t("room.intel_none"), "body", "quiet")]
    else:
        known = own_doing(seen.now)
        if known:
            body = [Text(t("room.intel_known", attack=attack, who=known))]
        else:
            body = [Text(t("room.intel_head", attack=attack), "subhead"), _suspects(seen)]
            body.append(Text(t("room.intel_note"), "small", "quiet"))
        evidence = [(a, list(_evidence(seen, a))) for a in reversed(seen.accounts)]
        for account, lines in evidence:
            if lines:
                body.append(_turn(seen, account, lines))
        if not known and not any(lines for _, lines in evidence):
            body.append(Text(t("room.intel_no_evidence"), "body", "quiet"))
    inner = Padded(Column(body, gap=10), right=6, bottom=8)
    return Column([Scroll(inner, key="intelligence", focusable=True)], grow=1)


def _suspects(seen: Seen) -> Widget:
    """The odds of each cause, as the seat judges them now."""
    bars = [
        Bar(
            sentence(one.name).rstrip("."),
            one.odds,
            share(one.odds),
            "text" if place else "accent",
        )
        for place, one in enumerate(suspects(seen.now))
    ]
    return Bars(bars, most=1.0, names=170, key="suspects")


def _turn(seen: Seen, account: Account, lines: list[str]) -> Widget:
    turn = seen.scenario.turns[account.turn - 1]
    head = t("room.intel_turn", turn=account.turn, date=short_day(turn.date))
    return Panel(
        Column([Text(head, "label", "accent"), points(lines, "small")], gap=6),
        pad=12,
        key=f"turn{account.turn}",
    )


def _evidence(seen: Seen, account: Account) -> Iterator[str]:
    """What bears on who fired in one turn."""
    book = seen.scenario.setting.rulebook
    unsigned = [fire for fire in account.sightings if fire.by is None]
    for fire in account.sightings:
        place = book.sites[fire.site].name
        where = t("room.intel_worst", attacks=number(fire.attacks), site=place)
        key = "room.intel_signed" if fire.by is not None else "room.intel_unsigned"
        yield t(key, where=where if fire.attacks > 1 else t("room.intel_fire", site=place))
    if len(unsigned) > 1:
        yield t("room.intel_several")
    if account.evidence is not None:
        own = "room.intel_own_people" if seen.seat is Seat.MILITIA else "room.intel_own"
        yield t(own, cause=judged(account.evidence, seen.seat))
    if account.finding is not None:
        yield t("room.intel_finding", cause=claimed(account.finding, seen.seat))
    told = [item.text for item in seen.news[account.turn - 1] if item.kind == "word"]
    # What contradicts a word is news of words, too, after all of them.
    for spoken, text in zip(account.words, told, strict=False):
        word = book.words[spoken.word]
        if word.odds or word.facade:
            yield text
