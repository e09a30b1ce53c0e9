"""`main.py whatif`: the same luck, another choice; what one deed did, under each theory."""

import math
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from game.content.lens import BALANCED, Lens, lens_ids
from game.content.scenario import Scenario
from game.content.wording import quoted, unknown
from game.futures.statistics import Estimate, Paired
from game.futures.whatif import Effect, Question, WhatIf, obstacles
from game.futures.whatif import run as run_parts
from game.players.library import HISTORY
from game.rules.rulebook import Deed
from game.rules.seats import SEATS, Seat
from game.views.names import CAPITALS, counted, number, sentence

from . import casting
from .briefing import day
from .errors import INTERRUPTED, UserError
from .files import STDOUT, check_writable, partial, write_json
from .progress import Progress, progress
from .screen import Screen, screen, table
from .simulate import Work

ALL = "all"
PLAYERS = "players"
BEFORE = {HISTORY: HISTORY, PLAYERS: ""}
"""What the command line calls those who play until the turn."""
LABELS: dict[str, str] = {
    "attacks": "Attacks",
    "us_dead": "US dead",
    "iraqi_dead": "Iraqi dead",
    "highest_rung": "Highest rung",
} | {f"mark_{seat.name}": f"Mark {seat.name}" for seat in SEATS}
"""What tables call the measures."""
MINUS = "\N{MINUS SIGN}"
SMALL = 0.05
"""A change by less than this share is called small, however clear it is."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with everything that its answer names."""

    scenario: Scenario
    what_if: WhatIf
    deed: Deed
    instead: Deed
    names: Mapping[Seat, str]

    @property
    def last(self) -> int:
        """The last turn that is compared, from 1."""
        question = self.what_if.question
        return min(len(self.scenario.turns), question.turn + question.horizon - 1)

    @property
    def days(self) -> int:
        """The days over which the lines are compared."""
        return sum(self.scenario.setting.days[self.what_if.question.turn - 1 : self.last])


@dataclass(slots=True)
class Answer:
    """What one lens says."""

    lens: Lens
    effect: Effect = field(default_factory=Effect)


def run(
    scenario: str,
    given: Mapping[Seat, str | None],
    work: Work,
    *,
    turn: int,
    seat: str,
    deed: str,
    instead: str,
    lenses: Sequence[str],
    horizon: int,
    before: str,
    json: str | None,
    plain: bool,
) -> int:
    """Compares two deeds with the same luck, prints the answer of each lens, and writes JSON.

    Args:
        scenario: a scenario's id or file.
        given: players other than the scenario's own, from the turn on.
        work: how many games for each lens, and how.
        turn: when, from 1.
        seat: the name of the seat that chooses.
        deed: the id of what it orders in one line.
        instead: the id of what it orders in the other.
        lenses: ids or files; `all` stands for every one of the game's own.
        horizon: turns that are compared, the turn itself included.
        before: a key of `BEFORE`.
        json: a file, `-` for stdout (the tables are then on stderr), or None.
        plain: without boxes, colours and tricks.

    Returns:
        0, or 130 after Ctrl-C: the answers are then of the games done so far.

    Raises:
        ContentError: the scenario, a lens or a doctrine has mistakes.
        UserError: something was named that does not exist, the question can be asked in no game,
            or the JSON cannot be written.
    """
    check_writable(json)
    asked = ask(scenario, given, work, (turn, seat, deed, instead, horizon, before))
    named = _spelt(lenses)
    answers = [Answer(casting.lens_called(name)) for name in named]
    out = screen(plain=plain, errors=json == STDOUT)
    _question(out, asked, len(answers))
    start = time.perf_counter()
    bar = progress(work.games * len(answers), plain=plain)
    whole = _gather(asked, list(zip(answers, named, strict=True)), work, bar)
    told = [answer for answer in answers if answer.effect.asked]
    if whole and not any(answer.effect.games for answer in told):
        raise UserError(_never(asked))
    for answer in told:
        _tell(out, asked, answer)
    if len(told) > 1:
        _side_by_side(out, asked, told)
    _fine_print(out, asked, told, time.perf_counter() - start)
    result = _as_json(asked, told, work, whole=whole)
    sys.stdout.flush()
    if not whole:
        kept = _keep_part(json, result, told)
        out.warn(f"\nStopped: these are partial results, of the games played so far{kept}.")
        return INTERRUPTED
    if json is not None:
        write_json(json, result)
    return 0


def ask(
    scenario: str,
    given: Mapping[Seat, str | None],
    work: Work,
    words: tuple[int, str, str, str, int, str],
) -> Asked:
    """The question, if everything that it names exists.

    Args:
        scenario: a scenario's id or file.
        given: players other than the scenario's own.
        work: how many games, and how.
        words: turn, seat, deed, what instead of it, horizon and before, as they were typed.

    Raises:
        ContentError: the scenario or a doctrine has mistakes.
        UserError: something does not exist.
    """
    turn, seat_name, deed, instead, horizon, before = words
    chosen = casting.seen(scenario)
    turns = len(chosen.turns)
    if turn > turns:
        raise UserError(
            f"--turn: {chosen.title} has {counted(turns, 'turn')}, and {turn} is beyond its "
            f"calendar; write a number from 1 to {turns}"
        )
    (seat,) = casting.seats_called([seat_name])
    names = casting.casting(chosen, given)
    casting.players(chosen, names)  # refuses unknown ones before anything is played
    return Asked(
        chosen,
        WhatIf(
            scenario,
            Question(turn, seat, deed, instead, horizon),
            work.games,
            work.seed,
            BALANCED,
            tuple(names.items()),
            BEFORE[before],
        ),
        _deed(chosen, seat, "--deed", deed),
        _deed(chosen, seat, "--instead", instead),
        names,
    )


def _deed(scenario: Scenario, seat: Seat, option: str, name: str) -> Deed:
    book = scenario.setting.rulebook
    own = {deed.id: deed for deed in book.deeds[seat]}
    if name in own:
        return own[name]
    for other in SEATS:
        if name in (deed.id for deed in book.deeds[other]):
            raise UserError(
                f"{option}: {quoted(name)} is a deed of {other.name}, not of {seat.name}; "
                f"{seat.name} has {', '.join(own)}"
            )
    what, remedy = unknown("deed", name, own)
    raise UserError(f"{option}: {what}; {remedy}")


def _spelt(names: Sequence[str]) -> tuple[str, ...]:
    """The names, each once, with `all` spelt out."""
    spelt = [name for given in names for name in (lens_ids() if given == ALL else (given,))]
    return tuple(dict.fromkeys(spelt))


def _gather(asked: Asked, answers: Iterable[tuple[Answer, str]], work: Work, bar: Progress) -> bool:
    """Plays the games of every lens; whether all were played."""
    done = 0
    try:
        with bar:
            for answer, name in answers:
                parts = run_parts(seen(asked, name), chunk=work.chunk, workers=work.workers)
                with closing(parts):
                    for part in parts:
                        # In one step, so that an interrupt leaves the whole part in or out.
                        part.merge(answer.effect)
                        answer.effect = part
                        bar.advance_to(done + part.asked)
                done += work.games
    except KeyboardInterrupt:
        return False
    return True


def seen(asked: Asked, lens: str) -> WhatIf:
    """The question under a lens."""
    plain = asked.what_if
    return WhatIf(
        plain.scenario, plain.question, plain.games, plain.seed, lens, plain.players, plain.before
    )


def _never(asked: Asked) -> str:
    """Why the question could be asked in no game."""
    question = asked.what_if.question
    reasons = obstacles(asked.what_if)
    because = f": {'; '.join(reasons)}" if reasons else ""
    return (
        f"--turn {question.turn}: in none of the games could {question.seat.name} choose between "
        f"{question.deed} and {question.instead} then{because}. Name another turn or deed, or "
        f"other players with --before"
    )


# --- what is printed


def _question(out: Screen, asked: Asked, lenses: int) -> None:
    question = asked.what_if.question
    text = asked.scenario.turns[question.turn - 1]
    who = CAPITALS[question.seat]
    out.title(f"{asked.scenario.title}, turn {question.turn}, {day(text.date)}: what if?")
    out.say(
        f"{who[0].upper()}{who[1:]} orders {asked.deed.name!r}, or {asked.instead.name!r} "
        f"instead; all else is the same, the luck of every later day included. Compared over "
        f"{_span(asked)}."
    )
    until = "history's orders" if asked.what_if.before else "the same players"
    out.aside(
        f"Before that: {until}. From then on: {casting.shown(asked.names)}. In the turn itself "
        f"{question.seat.name} says nothing, in public or in private, in either line. "
        f"{asked.what_if.games:,} games under {counted(lenses, 'lens', 'lenses')}, seed "
        f"{asked.what_if.seed}."
    )


def _span(asked: Asked) -> str:
    first, days = asked.what_if.question.turn, counted(asked.days, "day")
    turns = f"turn {first}" if asked.last == first else f"turns {first} to {asked.last}"
    return f"{turns}, {days}"


def _tell(out: Screen, asked: Asked, answer: Answer) -> None:
    """One lens: its theory, its table, its sentence."""
    out.title(f"Lens: {answer.lens.name}")
    out.say(answer.lens.claim)
    out.aside(f"{answer.lens.theory.rstrip('.')}.")
    effect = answer.effect
    if not effect.games:
        out.warn("The question could be asked in no game under this lens.")
        return
    out.table(
        table(
            "Per game|>with|>without|>change|>95 % interval|>more|>same|>fewer",
            [_row(LABELS[name], paired) for name, paired in effect.pairs.items()],
        )
    )
    out.gap()
    out.say(verdict(asked, answer))
    ratio = _ratio(effect.pairs["attacks"])
    luck = (
        "" if ratio is None else f" Independent luck would have needed {ratio:.1f} times as many "
        "games for this interval of attacks."
    )  # fmt: skip
    out.aside(f"Asked in {effect.games:,} of {effect.asked:,} games{_left_out(effect)}.{luck}")


def _left_out(effect: Effect) -> str:
    return (
        "; in the others the game was over or a deed not legal"
        if effect.games < effect.asked
        else ""
    )


def _row(label: str, paired: Paired) -> tuple[str, ...]:
    change = paired.difference
    same = paired.games - paired.more - paired.less
    return (
        label,
        f"{paired.mean_a:.2f}",
        f"{paired.mean_b:.2f}",
        _signed(change.mean),
        _interval(change),
        *(f"{100 * count / paired.games:.0f}" for count in (paired.more, same, paired.less)),
    )


def _signed(value: float) -> str:
    """A change with its sign, which is told even where it is too small for the digits."""
    if math.isnan(value):
        return "-"
    sign = "" if not value else "+" if value > 0 else MINUS
    return f"{sign}{abs(value):.2f}"


def _interval(change: Estimate) -> str:
    return "-" if math.isnan(change.low) else f"{_signed(change.low)} to {_signed(change.high)}"


def verdict(asked: Asked, answer: Answer) -> str:
    """What a lens says of attacks, and of lives, in as many words as it warrants."""
    pairs, who = answer.effect.pairs, _named(asked)
    attacks = pairs["attacks"]
    name, change = answer.lens.name, attacks.difference
    if math.isnan(change.low):
        told = f"Under {name} one game is too few to tell what {who} did."
    elif not any(p.squares_of_difference for p in pairs.values()):
        told = f"Under {name} {who} made no difference at all, in any game."
    elif change.is_clear:
        verb = "raised" if change.mean > 0 else "lowered"
        told = (
            f"Under {name} {who} {verb} attacks by {abs(change.mean):.2f} "
            f"[{abs_interval(change)}] over {counted(asked.days, 'day')}, from "
            f"{attacks.mean_b:.2f} to {attacks.mean_a:.2f}{_how_much(attacks)}: more of them in "
            f"{_share(attacks.more, attacks)} of 100 futures, fewer in "
            f"{_share(attacks.less, attacks)}."
        )
    else:
        told = (
            f"Under {name} {who} had no clear effect on attacks over "
            f"{counted(asked.days, 'day')}: {_signed(change.mean)} [{_interval(change)}], which "
            f"fits {'a little more, a little less,' if change.low < 0 < change.high else 'more'} "
            "and no change."
        )
    return f"{told} {_lives(pairs)}"


def abs_interval(change: Estimate) -> str:
    """The interval of a clear change as sizes, the smaller first: the verb has the sign."""
    low, high = sorted((abs(change.low), abs(change.high)))
    return f"{low:.2f}, {high:.2f}"


def _how_much(paired: Paired) -> str:
    """The change as a share of what there was without it."""
    if not paired.mean_b:
        return ""
    share = abs(paired.difference.mean) / paired.mean_b
    percent = f"{share * 100:.0f} %" if share >= 0.01 else "less than 1 %"
    return f", {percent}" + (": clear, but small" if share < SMALL else "")


def _share(count: int, paired: Paired) -> str:
    return f"{100 * count / paired.games:.0f}"


def _lives(pairs: Mapping[str, Paired]) -> str:
    """What it did to lives."""
    told = []
    for name, label in (("us_dead", "American dead"), ("iraqi_dead", "Iraqi dead")):
        change = pairs[name].difference
        if not pairs[name].squares_of_difference:
            told.append(f"{label}: no difference")
        elif change.is_clear:
            told.append(f"{label}: {_signed(change.mean)} a game")
        else:
            told.append(f"{label}: no clear effect")
    return sentence("; ".join(told))


def _named(asked: Asked) -> str:
    question = asked.what_if.question
    return f"{asked.deed.name!r} in place of {asked.instead.name!r}" if (
        question.instead != "hold"
    ) else f"{asked.deed.name!r}"  # fmt: skip


def _side_by_side(out: Screen, asked: Asked, answers: Sequence[Answer]) -> None:
    """Every lens in one table: what the argument is about."""
    seat = asked.what_if.question.seat
    out.title("The lenses side by side")
    rows = [
        (
            answer.lens.name,
            *(
                _cell(answer.effect.pairs[name])
                for name in ("attacks", "us_dead", f"mark_{seat.name}")
            ),
            direction(answer.effect.pairs["attacks"]),
        )
        for answer in answers
        if answer.effect.games
    ]
    out.table(
        table(
            f"Change|>attacks|>American dead|>mark of {seat.name}|so attacks are",
            rows,
        )
    )


def _cell(paired: Paired) -> str:
    change = paired.difference
    if math.isnan(change.low):
        return _signed(change.mean)
    return f"{_signed(change.mean)} ±{(change.high - change.low) / 2:.2f}"


def direction(paired: Paired) -> str:
    """Whether the deed raised or lowered a measure, as far as the games tell."""
    change = paired.difference
    if math.isnan(change.low) or not change.is_clear:
        return "unclear" if paired.squares_of_difference else "the same"
    return "more" if change.mean > 0 else "fewer"


def _fine_print(out: Screen, asked: Asked, answers: Sequence[Answer], seconds: float) -> None:
    intervals = len(answers) * len(LABELS)
    luck = max(1, round(intervals * 0.05))
    out.gap()
    out.aside(
        f"How to read it: with is {asked.deed.name!r}, without is {asked.instead.name!r}; what "
        f"the deed itself does, its rung ({asked.deed.rung}) and whom it kills, is counted. More, "
        "same, fewer count pairs of futures with the same luck, of 100. An interval tells how "
        "much the luck of the draw may have moved a mean, not whether the model is right; of "
        f"{intervals} such intervals about {number(luck)} "
        f"{'misses' if luck == 1 else 'miss'} by luck alone. {seconds:.1f} s."
    )


# --- JSON


def _keep_part(json: str | None, result: dict[str, Any], told: Sequence[Answer]) -> str:
    """Keeps what there is of the JSON; says where."""
    if json is None or json == STDOUT or not told:
        return "; no JSON was written" if json else ""
    write_json(partial(json), result)
    return f"; the JSON of them is in {partial(json)}"


def _as_json(asked: Asked, answers: Sequence[Answer], work: Work, *, whole: bool) -> dict[str, Any]:
    question = asked.what_if.question
    return {
        "scenario": asked.scenario.id,
        "turn": question.turn,
        "date": asked.scenario.turns[question.turn - 1].date.isoformat(),
        "seat": question.seat.name,
        "deed": question.deed,
        "instead": question.instead,
        "horizon": asked.last - question.turn + 1,
        "days": asked.days,
        "before": HISTORY if asked.what_if.before else PLAYERS,
        "players": {seat.name: name for seat, name in asked.names.items()},
        "games": work.games,
        "seed": work.seed,
        "partial": not whole,
        "lenses": {answer.lens.id: _lens_json(asked, answer) for answer in answers},
    }


def _lens_json(asked: Asked, answer: Answer) -> dict[str, Any]:
    effect = answer.effect
    return {
        "name": answer.lens.name,
        "theory": answer.lens.theory,
        "games_played": effect.asked,
        "games_asked": effect.games,
        "answer": verdict(asked, answer) if effect.games else None,
        "measures": {
            name: _measure_json(paired) for name, paired in effect.pairs.items() if effect.games
        },
    }


def _measure_json(paired: Paired) -> dict[str, Any]:
    change, games = paired.difference, paired.games
    return {
        "with": paired.mean_a,
        "without": paired.mean_b,
        "difference": change.mean if games > 1 else paired.mean_a - paired.mean_b,
        "standard_error": _number(change.error),
        "interval_95": None if games < 2 else [change.low, change.high],
        "more": paired.more / games,
        "same": (games - paired.more - paired.less) / games,
        "fewer": paired.less / games,
        "unpaired_ratio": _ratio(paired),
    }


def _ratio(paired: Paired) -> float | None:
    """How many times the games independent luck would need; None where nothing varies."""
    ratio = paired.unpaired_ratio
    return ratio if math.isfinite(ratio) else None


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None
