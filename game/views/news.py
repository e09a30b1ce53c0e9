"""Last turn's news as it is read in one seat's own place, in full sentences.

Made from an Account alone: what the seat cannot know is not in it.
"""

from collections.abc import Iterator

from game.content.scenario import Scenario
from game.rules.account import Account, SeenDeed, Spoken, StrikeToll, Whispered
from game.rules.observe import Sighting
from game.rules.outcome import Source
from game.rules.rulebook import Rulebook
from game.rules.seats import Cause, Seat

from .names import CAPITALS, CAUSE_NAMES, SEAT_NAMES, counted, listed, number, rung_name, sentence


def news(scenario: Scenario, account: Account) -> list[str]:
    """One sentence or two for each thing that reached the seat, gravest first."""
    book = scenario.setting.rulebook
    lines = [
        *_attacks(book, account),
        *_strike(account),
        *_deeds(book, account),
        *_politics(account),
        *_words(book, account),
        *_whispers(book, account),
        *_private(account),
        *_lines(account),
    ]
    return [sentence(line) for line in lines] or ["Nothing happened that reached you."]


def _attacks(book: Rulebook, account: Account) -> Iterator[str]:
    for seen in account.sightings:
        yield _attack(book, account, seen)
    if account.us_wounded_reported:
        hurt = counted(account.us_wounded_reported, "American")
        yield f"{hurt} {_was(account.us_wounded_reported)} reported wounded so far"
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
    fired = counted(seen.rounds, "round")
    hits = f"{number(seen.hits) if seen.hits else 'none'} on target"
    who = {
        None: "",
        Source.IRAN: " by Iran",
        Source.MILITIA: " by your men",
    }.get(seen.by, "")
    if seen.by is Source.IRAN and account.seat is Seat.IRAN:
        who = " by your forces"
    times = "An attack" if seen.attacks == 1 else f"{number(seen.attacks).capitalize()} attacks"
    if seen.attacks == 1:
        text = f"{times}{who} on {place}: {fired} fired, {hits}"
    else:
        text = f"{times}{who}, the worst of them on {place}: {fired} fired in all, {hits}"
    return text + "; " + _dead(seen)


def _dead(seen: Sighting) -> str:
    dead = [
        counted(count, singular, plural)
        for count, singular, plural in (
            (seen.us_killed, "American", "Americans"),
            (seen.coalition_killed, "partner's soldier", "partners' soldiers"),
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
        yield f"the militias bury {counted(strike.militia_killed, 'man', 'men')}"
    if strike.rockets:
        yield f"the strike destroyed {counted(strike.rockets, 'rocket')} of yours"


def _toll_by_baghdad(strike: StrikeToll, seat: Seat) -> str:
    others = [
        counted(count, singular, plural)
        for count, singular, plural in (
            (strike.iraqi_killed, "soldier or policeman", "soldiers and police"),
            (strike.civilians_killed, "civilian", "civilians"),
        )
        if count
    ]
    if not others:
        return "Baghdad counts no Iraqi soldier, policeman or civilian among the dead of the strike"
    doubt = ", a figure that Washington does not confirm" if seat is not Seat.IRAQ else ""
    return f"Baghdad says that the American strike killed {listed(others)}{doubt}"


def _deeds(book: Rulebook, account: Account) -> Iterator[str]:
    for seen in account.deeds:
        yield _deed(book, account.seat, seen)


def _deed(book: Rulebook, seat: Seat, seen: SeenDeed) -> str:
    place = book.sites[seen.site].name if seen.site >= 0 else "an undisclosed place"
    told = seen.report.format(site=place)
    if seen.seat is not seat or seen.deed is None:
        return told
    deed = book.deeds[seat][seen.deed]
    if deed.signed:
        return f"your deed, “{deed.name}”: {told}"
    if seen.deed == 0:
        return "you held"
    unseen = "nobody saw it" if deed.visibility == "covert" else "nobody saw whose hand it was"
    return f"your deed, “{deed.name}”: {unseen}"


def _politics(account: Account) -> Iterator[str]:
    if account.protest:
        yield "a wave of protest filled the streets of Iraqi cities"
    if account.discredited:
        yield (
            "the reason that Washington gave for its use of force did not hold: nobody could name "
            "the facts behind it"
        )
    if account.vote_failed:
        yield "the vote came to nothing: too few members of parliament were in the hall"
    if account.finding is not None:
        yield f"Baghdad's investigators point to {CAUSE_NAMES[account.finding]}"
    if account.detained:
        taken = counted(account.detained, "militiaman", "militiamen")
        yield f"Iraqi forces took {taken} into custody"
    if account.show_of_force:
        yield "armed militiamen drove to the gates of the Green Zone and asked for their men"
    if account.released:
        freed = counted(account.released, "detained militiaman", "detained militiamen")
        yield f"{freed} {'was' if account.released == 1 else 'were'} set free"


def _words(book: Rulebook, account: Account) -> Iterator[str]:
    for spoken in account.words:
        yield _word(book, account.seat, spoken)


def _word(book: Rulebook, seat: Seat, spoken: Spoken) -> str:
    return book.words[spoken.word].report.format(
        speaker="somebody" if spoken.seat is None else _called(spoken.seat, seat, CAPITALS),
        to="" if spoken.to is None else _called(spoken.to, seat, SEAT_NAMES),
        rung=f"{spoken.rung} ({rung_name(spoken.rung)})",
    )


def _called(who: Seat, reader: Seat, names: dict[Seat, str]) -> str:
    return "you" if who is reader else names[who]


def _whispers(book: Rulebook, account: Account) -> Iterator[str]:
    for sent in account.whispers:
        yield _whisper(book, account.seat, sent)


def _whisper(book: Rulebook, seat: Seat, sent: Whispered) -> str:
    return book.whispers[sent.whisper].report.format(
        speaker=_called(sent.sender, seat, CAPITALS), to=_called(sent.receiver, seat, SEAT_NAMES)
    )


def _private(account: Account) -> Iterator[str]:
    if account.disobeyed:
        yield "your officers report that the militias did not do as you had asked"
    if account.found_out:
        yield "Tehran knows that you did not do as it had asked, and is displeased"
    if account.notice_leaked:
        yield "a friend in Baghdad warned you that the Americans were coming"
    if account.tip_off_known:
        yield "you learnt that officers in Baghdad had warned the Americans of your fire"
    if account.evidence is not None and account.seat is not Seat.MILITIA:
        yield f"your own evidence on the last attack points to {CAUSE_NAMES[account.evidence]}"
    elif account.evidence in (Cause.SPLINTER, Cause.THIRD_PARTY):
        yield f"your own people lay the last attack at the door of {CAUSE_NAMES[account.evidence]}"


def _lines(account: Account) -> Iterator[str]:
    for seat in account.answered:
        yield f"you answered {SEAT_NAMES[seat]}: the world takes note that your line was kept"
    for seat in account.lapsed:
        yield f"you let what {SEAT_NAMES[seat]} had done pass: your line counts for less"
    for seat in account.crossed:
        yield f"as you see it, {SEAT_NAMES[seat]} crossed your line: you owe an answer"
