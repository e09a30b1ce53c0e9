"""The story of a whole game in half a page, in sentences that a good student could write."""

from collections.abc import Iterator, Mapping
from datetime import date

from game.rules.outcome import Source
from game.rules.seats import SEATS, Cause, Rung, Seat

from .beliefs import attacks_judged
from .deterrence import PairHistory, ledger_over_time
from .names import CAPITALS, CAUSE_NAMES, counted, listed, number, rung_name, sentence
from .played import PlayedGame, Turn
from .timeline import TimelineTurn, history, timeline
from .uses import claims_openly, users_of_force, uses_of_force

DEAD: tuple[tuple[str, str, str], ...] = (
    ("us_dead", "American", "Americans"),
    ("coalition_dead", "partner's soldier", "partners' soldiers"),
    ("iran_dead", "Iranian", "Iranians"),
    ("militia_dead", "militiaman", "militiamen"),
    ("iraqi_dead", "Iraqi soldier or policeman", "Iraqi soldiers and police"),
    ("civilians_dead", "civilian", "civilians"),
)
"""Columns, and what one and many of the people in them are called."""
_SHIFTED = 0.05
"""A change by less is told as none."""
_OFTEN = ("never", "once", "twice")


def day(day_of: date) -> str:
    """A day as people write it, the same on every system."""
    return f"{day_of.day} {day_of:%B %Y}"


def short_day(day_of: date) -> str:
    """The same without its year."""
    return f"{day_of.day} {day_of:%B}"


def often(count: int) -> str:
    """How often: never, once, twice, three times."""
    return _OFTEN[count] if count < len(_OFTEN) else f"{number(count)} times"


def at_the_start(text: str) -> str:
    """With a capital at its beginning."""
    return text[:1].upper() + text[1:]


def summary(game: PlayedGame) -> list[str]:
    """A few paragraphs."""
    turns = timeline(game)
    paragraphs = (
        _frame(game),
        _course(game, turns),
        _deterrence(game),
        _beliefs(game),
        _history(game, turns),
    )
    return [" ".join(sentence(s) for s in told) for it in paragraphs if (told := list(it))]


def the_dead(game: PlayedGame) -> list[tuple[str, int]]:
    """How many were killed in the game, by who they were. Those before its opening, and those whom
    a facilitator put in, are left out.
    """
    return [(at_the_start(many), game.happened(column)) for column, _, many in DEAD]


def put_in(game: PlayedGame) -> list[tuple[str, int]]:
    """The attacks, and the dead by who they were, that a facilitator put in."""
    told = [("Attacks on Americans and partners", game.put_in("attacks"))]
    return told + [
        (f"{at_the_start(many)} killed", game.put_in(column)) for column, _, many in DEAD
    ]


def killed_in(game: PlayedGame, turn: int) -> int:
    """How many were killed in one turn, counted from 1."""
    played = game.turns[turn - 1]
    return int(sum(getattr(played.after, c)[0] - getattr(played.before, c)[0] for c, _, _ in DEAD))


def _frame(game: PlayedGame) -> Iterator[str]:
    scenario, last = game.scenario, game.turns[-1].number
    of = len(scenario.turns)
    lasted = "all" if last == of else f"{number(last)} of"
    until = scenario.turns[last].date if last < of else scenario.end
    yield (
        f"The game lasted {lasted} {counted(of, 'turn')}, from {day(scenario.turns[0].date)} to "
        f"{day(until)}"
    )
    if game.ending:
        yield scenario.setting.rulebook.endings[game.ending - 1].sentence
    elif game.ended_early is not None:
        yield "It was ended early" + (f": {game.ended_early}" if game.ended_early else "")
    else:
        yield "It is not over: what follows is the story so far"
    attacks, counts = game.happened("attacks"), [count for _, count in the_dead(game)]
    dead = _counted(counts)
    verb = "was" if attacks == 1 else "were"
    yield f"There {verb} {counted(attacks, 'attack')} on Americans and their partners" + (
        "" if dead else "; nobody was killed"
    )
    if dead:
        yield f"{at_the_start(listed(dead))} {'was' if sum(counts) == 1 else 'were'} killed"
    if told := list(_put_in(game)):
        yield f"Beside these, what the facilitator put in tells {', and '.join(told)}"


def _put_in(game: PlayedGame) -> Iterator[str]:
    (_, attacks), *dead = put_in(game)
    if attacks:
        yield f"of {counted(attacks, 'attack')}"
    if told := _counted([count for _, count in dead]):
        yield f"of {listed(told)} killed"


def _counted(dead: list[int]) -> list[str]:
    """So many dead of each kind, in words; a kind without any is left out."""
    return [
        counted(count, one, many) for count, (_, one, many) in zip(dead, DEAD, strict=True) if count
    ]


def _course(game: PlayedGame, turns: list[TimelineTurn]) -> Iterator[str]:
    yield from _force(game)
    peak = max(turns, key=lambda turn: turn.rung)
    if not peak.happened or peak.rung < Rung.HARASSMENT:
        return
    yield (
        f"The crisis stood highest in turn {peak.turn} ({short_day(peak.opens)}), on rung "
        f"{peak.rung}, {rung_name(peak.rung)}: {_within(peak.happened[0].text)}"
    )
    peaks = [turn for turn in turns if turn.rung == peak.rung]
    if len(peaks) > 1:
        again = [f"turn {turn.turn} ({short_day(turn.opens)})" for turn in peaks[1:]]
        yield f"It stood as high again in {listed(again)}"
    calmer = [turn for turn in turns if turn.turn > peaks[-1].turn]
    if calmer:
        worst = max(turn.rung for turn in calmer)
        span = "turn" if len(calmer) == 1 else f"{number(len(calmer))} turns"
        yield f"In the {span} after that the worst was rung {worst}, {rung_name(worst)}"


def _force(game: PlayedGame) -> Iterator[str]:
    yield from _ordered(game)
    if told := _unordered(game):
        yield f"The militias' running campaign fired in {told} in which they had ordered no fire"


def _unordered(game: PlayedGame) -> str:
    """In how many turns the militias fired without an order of theirs; empty for none."""
    fired = sum(
        bool(turn.outcome.fire_attacks[Source.MILITIA, 0])
        and Seat.MILITIA not in users_of_force(game.scenario.setting.rulebook, turn.orders)
        for turn in game.turns
    )
    return counted(fired, "turn") if fired else ""


def _ordered(game: PlayedGame) -> Iterator[str]:
    uses = uses_of_force(game)
    if not uses:
        yield "Nobody ordered any use of force"
        return
    by_seat = {seat: sum(use.seat is seat for use in uses) for seat in SEATS}
    told = [f"{CAPITALS[seat]} {often(count)}" for seat, count in by_seat.items() if count]
    never = [CAPITALS[seat] for seat, count in by_seat.items() if not count]
    if len(told) == 1:
        alone = next(CAPITALS[seat] for seat, count in by_seat.items() if count)
        yield f"Force was ordered {often(len(uses))}, by {alone} alone"
    else:
        rest = f", {listed(never)} never" if never else ""
        yield f"Force was ordered {often(len(uses))}: by {listed(told)}{rest}"


def _within(text: str) -> str:
    """A sentence after a colon: names keep their capital."""
    known = ("American", "Iran", "Iraq", "Washington", "Tehran", "Baghdad", "ISIS")
    text = text.rstrip(".")
    return text if text.startswith(known) else text[:1].lower() + text[1:]


def _deterrence(game: PlayedGame) -> Iterator[str]:
    crossed, kept, passed = (
        sum(int(getattr(turn.outcome, name)[:, :, 0].sum()) for turn in game.turns)
        for name in ("crossed", "answered", "lapsed")
    )
    if crossed:
        yield f"Seats saw lines of their own crossed {often(crossed)}"
    else:
        yield "No seat saw a line of its own crossed"
    if kept or passed:
        yield (
            "What was owed for crossed lines, some of it from before the game, was answered "
            f"{often(kept)} and let pass {often(passed)}"
        )
    most = max(ledger_over_time(game), key=_net)
    if _net(most) >= _SHIFTED:
        yield (
            f"What changed most is how {CAPITALS[most.of]} saw {CAPITALS[most.at]}: "
            f"{listed(list(_shifts(most)))}"
        )


def _net(pair: PairHistory) -> float:
    """The greatest change of a relation from the opening to the end."""
    first, last = pair.standings[0], pair.standings[-1]
    return max(abs(b - a) for a, b in zip(first, last, strict=True))


def _shifts(pair: PairHistory) -> Iterator[str]:
    first, last = pair.standings[0], pair.standings[-1]
    answers = "answer" if pair.at is Seat.MILITIA else "answers"
    for name, told in (
        ("credible", f"belief that {CAPITALS[pair.at]} {answers}"),
        ("feared", "fear"),
        ("anger", "anger"),
    ):
        a, b = getattr(first, name), getattr(last, name)
        if abs(b - a) < _SHIFTED:
            yield f"{told} stayed near {b * 100:.0f} of 100"
        else:
            yield f"{told} {'rose' if b > a else 'fell'} from {a * 100:.0f} to {b * 100:.0f} of 100"


def _beliefs(game: PlayedGame) -> Iterator[str]:
    judged = attacks_judged(game)
    if not judged:
        return
    truths = {cause: sum(one.truth is cause for one in judged) for cause in Cause}
    told = [f"{CAUSE_NAMES[cause]}, {often(count)}" for cause, count in truths.items() if count]
    right = {
        seat: sum(one.suspected[seat].first is one.truth for one in judged)
        for seat in (Seat.US, Seat.IRAQ)
    }
    turns = counted(len(judged), "turn")
    yield f"In {turns} fire fell on Americans, and who had fired could not be seen{_claimed(game)}"
    whose = "did it" if len(judged) == 1 else "did the worst of each turn"
    yield f"Who really {whose}: {'; '.join(told)}"
    if len(judged) == 1:
        yield from _suspected_once(right)
    else:
        yield (
            f"The one whom Washington suspected most had really done it {often(right[Seat.US])}; "
            f"the one whom Baghdad suspected most, {often(right[Seat.IRAQ])}"
        )


def _claimed(game: PlayedGame) -> str:
    """How often somebody said openly that it had been he; empty for never."""
    words = game.scenario.setting.rulebook.words
    claims = sum(
        any(claims_openly(words[int(code)]) for code in turn.outcome.orders.word[:, 0])
        for turn in game.turns
    )
    return f"; an attack was openly claimed {often(claims)}" if claims else ""


def _suspected_once(right: Mapping[Seat, int]) -> Iterator[str]:
    """Whether two seats suspected the right one, after the only attack to be judged."""
    us, iraq = bool(right[Seat.US]), bool(right[Seat.IRAQ])
    if us and iraq:
        yield "Washington and Baghdad both suspected the right one most"
    elif not us and not iraq:
        yield "Washington and Baghdad both suspected somebody else most"
    elif us:
        yield "Washington suspected the right one most, Baghdad somebody else"
    else:
        yield "Baghdad suspected the right one most, Washington somebody else"


def _history(game: PlayedGame, turns: list[TimelineTurn]) -> Iterator[str]:
    last = turns[-1].turn
    real = [turn for turn in history(game.scenario) if turn.turn <= last and turn.events]
    if not real:
        return
    top = max(real, key=lambda turn: turn.rung or 0)
    event = max(top.events, key=lambda event: event.rung)
    ours = max(turn.rung for turn in turns)
    theirs = top.rung or 0
    where = "as high" if ours == theirs else "higher" if ours > theirs else "less high"
    yield (
        f"In history the same days reached rung {theirs}, {rung_name(theirs)}, on "
        f"{day(event.date)}; this game went {where}"
    )


def parting(game: PlayedGame, other: PlayedGame) -> int | None:
    """The first turn, from 1, in which two games were ordered to differ; None where they never
    did, in the turns that both played.
    """
    for ours, theirs in zip(game.turns, other.turns, strict=False):
        if not _same_orders(ours, theirs):
            return ours.number
    return None


def _same_orders(ours: Turn, theirs: Turn) -> bool:
    return all(ours.orders.order(seat) == theirs.orders.order(seat) for seat in SEATS)
