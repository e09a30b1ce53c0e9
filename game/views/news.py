"""Last turn's news as it is read in one seat's own place, or by the public, in full sentences.

Made from an Account alone: what the seat cannot know is not in it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from game.content.scenario import Scenario
from game.rules.account import Account, DealNews, SeenDeed, Spoken, StrikeToll, Whispered
from game.rules.observe import Sighting
from game.rules.outcome import Source
from game.rules.rulebook import Rulebook
from game.rules.seats import Cause, Seat
from game.rules.state import NO_LINE

from .causes import claimed, judged
from .contradictions import contradicted
from .deals import title
from .names import CAPITALS, CAUSE_NAMES, SEAT_NAMES, counted, listed, number, rung_name, sentence
from .weapons import are_bombs


class NewsItem(NamedTuple):
    """One thing that reached the seat."""

    text: str
    """A sentence or two."""
    kind: str
    """strike, fire, toll, deed, politics, word, whisper, private or line."""
    site: int = -1
    """Index of the place; -1 where it has none."""
    by: Seat | None = None
    """Whose hand it was, where the seat knows."""
    rung: int = 0
    """Where an act stands on the ladder; 0 for what stands nowhere on it."""


def news(scenario: Scenario, account: Account, earlier: Sequence[Account] = ()) -> list[str]:
    """One sentence or two for each thing that reached the seat: force first, each act of it before
    what it did. `earlier` is what it learnt of the turns before.
    """
    return [item.text for item in news_items(scenario, account, earlier)] or [
        "Nothing happened that reached you."
    ]


def news_items(
    scenario: Scenario, account: Account, earlier: Sequence[Account] = ()
) -> list[NewsItem]:
    """The news, each item with its kind and its place; empty where nothing reached the seat.

    Args:
        scenario: what is played.
        account: what the seat learnt of the turn.
        earlier: the same of the turns before, for which line a crossing was of.
    """
    book = scenario.setting.rulebook
    items = [
        *_signed_force(book, account),
        *_attacks(book, account),
        *_plain("toll", _wounded(account)),
        *_deeds(book, account),
        *_plain("politics", _politics(account)),
        *_words(book, account),
        *_whispers(book, account),
        *_deals(book, account),
        *_plain("private", _private(account)),
        *_plain("line", _lines(scenario, account, earlier)),
    ]
    return [item._replace(text=sentence(item.text)) for item in items]


def _plain(kind: str, lines: Iterator[str]) -> Iterator[NewsItem]:
    return (NewsItem(line, kind) for line in lines)


def _signed_force(book: Rulebook, account: Account) -> Iterator[NewsItem]:
    """Strikes, missiles and raids that somebody signed, each with its toll behind it."""
    for seen in account.deeds:
        if not _is_force(book, seen):
            continue
        yield _deed_news(book, account.seat, seen, "strike")
        if seen.seat is Seat.US:
            yield from _plain("toll", _strike(account))
        for attack in account.sightings:
            if seen.seat is Seat.IRAN and attack.by is Source.IRAN:
                yield NewsItem(
                    _toll(attack, "missile"), "fire", attack.site, Seat.IRAN, attack.rung
                )


def _is_force(book: Rulebook, seen: SeenDeed) -> bool:
    """Whether it is an act of force that somebody signed."""
    if seen.seat is None or seen.deed is None:
        return False
    deed = book.deeds[seen.seat][seen.deed]
    return deed.signed and deed.group == "force"


_HANDS = {Source.IRAN: Seat.IRAN, Source.MILITIA: Seat.MILITIA}


def _attacks(book: Rulebook, account: Account) -> Iterator[NewsItem]:
    """All fire but the missiles that stand among signed force."""
    signed = any(_is_force(book, seen) and seen.seat is Seat.IRAN for seen in account.deeds)
    for seen in account.sightings:
        if not (signed and seen.by is Source.IRAN):
            hand = None if seen.by is None else _HANDS.get(seen.by)
            yield NewsItem(_attack(book, account, seen), "fire", seen.site, hand, seen.rung)


def _wounded(account: Account) -> Iterator[str]:
    if account.us_wounded_reported:
        hurt = counted(account.us_wounded_reported, "American")
        yield f"{hurt} {'is' if account.us_wounded_reported == 1 else 'are'} reported wounded"
    if account.revised:
        more = counted(account.revised, "more American")
        yield (
            f"{more} {_was(account.revised)} reported wounded in earlier attacks: first figures "
            "had been incomplete"
        )


def _was(count: int) -> str:
    return "was" if count == 1 else "were"


def _attack(book: Rulebook, account: Account, seen: Sighting) -> str:
    place = book.sites[seen.site].name
    who = {
        None: "",
        Source.IRAN: " by Iran",
        Source.MILITIA: " by your men",
    }.get(seen.by, "")
    if seen.by is Source.IRAN and account.seat is Seat.IRAN:
        who = " by your forces"
    if seen.by is Source.MILITIA and are_bombs(book.deeds[Seat.MILITIA][account.own_deed].fire):
        return _bombs(seen, place)
    if seen.attacks == 1:
        return f"an attack{who} on {place}: {_toll(seen)}"
    return f"{number(seen.attacks)} attacks{who}, the worst of them on {place}: {_toll(seen)}"


def _bombs(seen: Sighting, place: str) -> str:
    """What the militias' own bombs beside the road did."""
    bombs = counted(seen.rounds, "bomb of your men", "bombs of your men")
    worst = ", the worst of them" if seen.attacks > 1 else ""
    hits = f"{number(seen.hits) if seen.hits else 'none'} hit"
    convoys = "a convoy" if seen.rounds == 1 else "convoys"
    return f"{bombs} went off beside {convoys}{worst} near {place}, {hits}; {_dead(seen)}"


def _toll(seen: Sighting, what: str = "round") -> str:
    """What was fired, what hit, and who died. What strangers used, only its hits tell."""
    if seen.by is None:
        fired = counted(seen.rounds, "rocket or bomb", "rockets or bombs")
    else:
        fired = counted(seen.rounds, what) + " fired"
    fired += " in all" if seen.attacks > 1 else ""
    hits = f"{number(seen.hits) if seen.hits else 'none'} on target"
    return f"{fired}, {hits}; {_dead(seen)}"


def _dead(seen: Sighting) -> str:
    dead = [
        counted(count, singular, plural)
        for count, singular, plural in (
            (seen.us_killed, "American", "Americans"),
            (seen.coalition_killed, "soldier of a partner", "soldiers of partners"),
            (seen.iraqi_killed, "Iraqi", "Iraqis"),
        )
        if count
    ]
    if not dead:
        return "nobody was killed"
    one = seen.us_killed + seen.coalition_killed + seen.iraqi_killed == 1
    return f"{listed(dead)} {'was' if one else 'were'} killed"


def _strike(account: Account) -> Iterator[str]:
    strike = account.strike
    if strike is None:
        return
    yield _toll_by_baghdad(strike, account.seat)
    if strike.militia_killed:
        killed = counted(strike.militia_killed, "man", "men")
        yield f"{_called(Seat.MILITIA, account.seat, SEAT_NAMES)} bury {killed}"
    if strike.rockets:
        yield f"the strike destroyed {counted(strike.rockets, 'rocket')} of yours"


def _toll_by_baghdad(strike: StrikeToll, seat: Seat | None) -> str:
    others = [
        counted(count, singular, plural)
        for count, singular, plural in (
            (strike.iraqi_killed, "soldier or policeman", "soldiers and police"),
            (strike.civilians_killed, "civilian", "civilians"),
        )
        if count
    ]
    strikes = "your strike" if seat is Seat.US else "the American strike"
    if not others:
        none = "no Iraqi soldier, policeman or civilian among the dead of"
        return f"{_counting(seat, 'count', 'counts')} {none} {strikes}"
    doubt = ", a figure that Washington does not confirm"
    if seat is Seat.US:
        doubt = ", a figure that your own command does not confirm"
    elif seat is Seat.IRAQ:
        doubt = ""
    return f"{_counting(seat, 'say', 'says')} that {strikes} killed {listed(others)}{doubt}"


def _counting(reader: Seat | None, own: str, other: str) -> str:
    """Baghdad, or where it reads itself its officials, with a verb."""
    return f"your officials {own}" if reader is Seat.IRAQ else f"Baghdad {other}"


def _deeds(book: Rulebook, account: Account) -> Iterator[NewsItem]:
    if account.seat is Seat.MILITIA:
        yield from _plain("deed", _campaign(book, account))
    for seen in account.deeds:
        if not _is_force(book, seen):
            yield _deed_news(book, account.seat, seen, "deed")


def _campaign(book: Rulebook, account: Account) -> Iterator[str]:
    """The campaign keeps its own pace: it may fire unasked, and an order to fire may come to
    nothing.
    """
    deed = book.deeds[Seat.MILITIA][account.own_deed]
    own = sum(seen.attacks for seen in account.sightings if seen.by is Source.MILITIA)
    if deed.fire is not None and not own:
        yield f"your action, “{deed.name}”: no attack came of it before the turn was over"
    if deed.fire is None and own:
        made = counted(own, "attack")
        yield f"you had ordered no fire: your campaign goes on at its own pace, and made {made}"


def _deed_news(book: Rulebook, seat: Seat | None, seen: SeenDeed, kind: str) -> NewsItem:
    rung = 0
    if seen.seat is not None and seen.deed is not None:
        rung = book.deeds[seen.seat][seen.deed].rung
    return NewsItem(_deed(book, seat, seen), kind, seen.site, seen.seat, rung)


def _deed(book: Rulebook, seat: Seat | None, seen: SeenDeed) -> str:
    place = book.sites[seen.site].name if seen.site >= 0 else "an undisclosed place"
    told = seen.report.format(site=place)
    if seat is None or seen.seat is not seat or seen.deed is None:
        return told
    deed = book.deeds[seat][seen.deed]
    if seen.deed == 0:
        return f"you held: {told}" if deed.signed else "you held"
    return f"your action, “{deed.name}”: {'nobody saw it' if deed.visibility == 'covert' else told}"


def _politics(account: Account) -> Iterator[str]:
    reader = account.seat
    militia, iraq = reader is Seat.MILITIA, reader is Seat.IRAQ
    if account.protest:
        yield "a wave of protest filled the streets of Iraqi cities"
    if account.discredited:
        who, whose = ("you", "your") if reader is Seat.US else ("Washington", "its")
        yield (
            f"the reason that {who} gave for {whose} use of force did not hold: nobody could name "
            "the facts behind it"
        )
    if account.vote_failed:
        yield "the vote came to nothing: too few members of parliament were in the hall"
    if account.cabinet_formed:
        yield "Iraq has a government with full powers again: the caretaker has handed over"
    if account.finding is not None:
        whose = "your" if iraq else "Baghdad's"
        yield f"{whose} investigators point to {claimed(account.finding, reader)}"
    yield from _came_out(account.seat, account)
    if account.detained:
        forces = "your forces" if iraq else "Iraqi forces"
        one, many = ("of your men",) * 2 if militia else ("militiaman", "militiamen")
        yield f"{forces} took {counted(account.detained, one, many)} into custody"
    if account.show_of_force:
        whose, theirs = ("your armed men", "comrades") if militia else ("armed militiamen", "men")
        yield f"{whose} drove to the gates of the Green Zone and asked for their {theirs}"
    if account.released:
        one, many = ("militiaman", "militiamen")
        if militia:
            one, many = ("man of yours", "men of yours")
        freed = counted(account.released, f"detained {one}", f"detained {many}")
        yield f"{freed} {_was(account.released)} set free"


def _came_out(seat: Seat | None, account: Account) -> Iterator[str]:
    """What became known of whether Washington had named and struck the right ones."""
    washington = "you" if seat is Seat.US else "Washington"
    struck = "you" if seat is Seat.MILITIA else "the militias"
    if account.right_answer:
        yield f"it became known that {struck} had done what {washington} struck {struck} for"
    if account.wrong_answer:
        yield (
            f"it became known that {struck} had not done what {washington} struck {struck} for: it "
            "was a cell that asks nobody, or somebody else"
        )
    if account.aired:
        whose = "your" if seat is Seat.US else "Washington's"
        yield f"it came out that {whose} accusation was false"


def _words(book: Rulebook, account: Account) -> Iterator[NewsItem]:
    for spoken in account.words:
        yield NewsItem(_word(book, account.seat, spoken), "word", by=spoken.seat)
    for seat, text in contradicted(book, account):
        yield NewsItem(text, "word", by=seat)


def _word(book: Rulebook, seat: Seat | None, spoken: Spoken) -> str:
    return book.words[spoken.word].report.format(
        speaker="somebody" if spoken.seat is None else _called(spoken.seat, seat, CAPITALS),
        to="" if spoken.to is None else _called(spoken.to, seat, SEAT_NAMES),
        rung=f"{spoken.rung} ({rung_name(spoken.rung)})",
    )


def _called(who: Seat, reader: Seat | None, names: dict[Seat, str]) -> str:
    return "you" if who is reader else names[who]


def _whispers(book: Rulebook, account: Account) -> Iterator[NewsItem]:
    for sent in account.whispers:
        yield NewsItem(_whisper(book, account.seat, sent), "whisper", by=sent.sender)


def _whisper(book: Rulebook, seat: Seat | None, sent: Whispered) -> str:
    return book.whispers[sent.whisper].report.format(
        speaker=_called(sent.sender, seat, CAPITALS), to=_called(sent.receiver, seat, SEAT_NAMES)
    )


def _deals(book: Rulebook, account: Account) -> Iterator[NewsItem]:
    """What became of the seat's own deals, and those of others that leaked."""
    for news in account.deals:
        one, other = (CAPITALS[party] for party in news.parties)
        deal = title(book.whispers[news.whisper])
        if news.leaked:
            yield NewsItem(f"it came out that {one} and {other} have a deal, {deal}", "politics")
        if account.seat in news.parties:
            yield from _plain("private", _own_deal(book, account.seat, news))


def _own_deal(book: Rulebook, seat: Seat, news: DealNews) -> Iterator[str]:
    """What became of a deal, for one of its parties."""
    whisper = book.whispers[news.whisper]
    (partner,) = (CAPITALS[party] for party in news.parties if party is not seat)
    deal = f"your deal with {partner}, {title(whisper)}"
    if news.signed and whisper.deal:
        yield f"{deal}, is signed: it holds from now on, for {counted(whisper.deal.days, 'day')}"
    if news.kept:
        yield f"{deal}, ran to its end: neither of you saw it broken"
    for breaker in news.broken_by:
        if breaker is seat:
            yield f"in the eyes of {partner}, you broke your deal, {title(whisper)}: it is over"
        else:
            yield f"in your eyes, {partner} broke your deal, {title(whisper)}: it is over"


def _private(account: Account) -> Iterator[str]:
    if account.asked and not account.disobeyed and account.seat is Seat.IRAN:
        asked = "to strike" if account.asked > 0 else "to hold back"
        yield f"as far as your officers can tell, the militias ordered what you had asked: {asked}"
    if account.disobeyed:
        yield "your officers report that the militias did not do as you had asked"
    if account.found_out:
        yield "Tehran knows that you did not do as it had asked, and is displeased"
    if account.notice_leaked:
        yield "a friend warned you that the Americans were coming"
    if account.tip_off_known:
        yield "you learnt that officers in Baghdad had warned the Americans of your fire"
    if account.revealed is not None:
        yield f"what your people read in broken systems points to {CAUSE_NAMES[account.revealed]}"
    if account.evidence is not None and account.seat is not Seat.MILITIA:
        yield f"your own evidence on the last attack points to {_judged(account)}"
    elif account.evidence in (Cause.SPLINTER, Cause.THIRD_PARTY):
        yield f"your own people lay the last attack at the door of {_judged(account)}"


def _judged(account: Account) -> str:
    """Whom the seat's own evidence points to."""
    assert account.seat is not None, "the public has no evidence of its own"
    assert account.evidence is not None, "asked only where there is evidence"
    return judged(account.evidence, account.seat)


def _lines(scenario: Scenario, account: Account, earlier: Sequence[Account]) -> Iterator[str]:
    for seat in account.answered:
        line = _line(scenario, seat, earlier, account.seat)
        yield f"in the eyes of the world, you answered {SEAT_NAMES[seat]}: {line} was kept"
    for seat in account.lapsed:
        line = _line(scenario, seat, earlier, account.seat)
        yield (
            f"in the eyes of the world, you let pass what {SEAT_NAMES[seat]} had done"
            f"{_crossed_in(seat, earlier)}: {line} counts for less"
        )
    for seat in account.crossed:
        line = _line(scenario, seat, (*earlier, account), account.seat)
        yield f"in the eyes of the world, {SEAT_NAMES[seat]} crossed {line}: you owe an answer"
    for debtor, offender in account.others_answered:
        whom = _called(offender, account.seat, SEAT_NAMES)
        yield f"in the eyes of the world, {CAPITALS[debtor]} answered {whom}: a line was kept"
    for debtor, offender in account.others_lapsed:
        whom = _called(offender, account.seat, SEAT_NAMES)
        yield f"{CAPITALS[debtor]} let pass what {whom} had done: all have seen a line not kept"


def _crossed_in(rival: Seat, earlier: Sequence[Account]) -> str:
    """In which turn a rival had crossed the seat's line; empty where it is not known."""
    crossed = [one.turn for one in earlier if rival in one.crossed]
    if crossed:
        return f" in turn {crossed[-1]}"
    return " before turn 1" if earlier and earlier[0].turn == 1 else ""


def _line(scenario: Scenario, rival: Seat, until: Sequence[Account], seat: Seat | None) -> str:
    """The line that a seat had drawn for a rival, with its rung where it is known."""
    drawn = NO_LINE if seat is None else float(scenario.setting.opening.line[seat, rival, 0])
    rung = 0 if drawn >= NO_LINE else int(drawn)
    book = scenario.setting.rulebook
    for one in until:
        for word in one.words:
            if word.seat is seat and word.to is rival and book.words[word.word].to_rung:
                rung = word.rung
    return f"your line at rung {rung} ({rung_name(rung)})" if rung else "your line"
