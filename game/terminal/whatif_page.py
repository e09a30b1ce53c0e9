"""A what-if on screen: the question, a table for each lens, and all lenses side by side."""

import math
from collections.abc import Sequence

from game.futures.other_numbers import judgements, other_numbers
from game.futures.statistics import Paired
from game.futures.whatif import MEASURES, Effect
from game.views.effects import FEWEST_GAMES
from game.views.names import CAPITALS, counted, number
from game.views.phrasebook import INTERVAL, OTHERS, in_a_word, interval, others, signed, varied

from . import casting
from .briefing import day
from .console import Console
from .measures_called import MEASURES_CALLED
from .tables import table
from .whatif_question import Answer, Query
from .whatif_words import verdict


def tell_question(out: Console, query: Query, lenses: int) -> None:
    """What is asked, of how many games, and who plays in them."""
    question = query.what_if.question
    text = query.scenario.turns[question.turn - 1]
    out.title(f"{query.scenario.title}, turn {question.turn}, {day(text.date)}: what if?")
    out.say(
        f"The order of {CAPITALS[question.seat]} is {query.deed.name!r}, or "
        f"{query.instead.name!r} instead; all else is the same, the luck of every later day "
        f"included. Compared over {_span(query)}."
    )
    until = "history's orders" if query.what_if.before else "the same players"
    before = f"Before that: {until}. From then on" if question.turn > 1 else "Who plays"
    out.aside(
        f"{before}: {casting.shown(query.names)}. In the turn itself "
        f"{question.seat.name} says nothing, in public or in private, in either line. "
        f"{query.what_if.games:,} games under {counted(lenses, 'lens', 'lenses')}, seed "
        f"{query.what_if.seed}."
    )
    casting.tell_manner(out, query.names)


def _span(query: Query) -> str:
    first, days = query.what_if.question.turn, counted(query.days, "day")
    turns = f"turn {first}" if query.last == first else f"turns {first} to {query.last}"
    return f"{turns}, {days}"


def tell_answer(out: Console, query: Query, answer: Answer) -> None:
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
            f"Per game|>with|>without|>change|>{INTERVAL}|>{OTHERS}",
            [_row(name, paired) for name, paired in effect.pairs.items()],
        )
    )
    out.gap()
    out.say(verdict(query, answer))
    ratio = effect.pairs["attacks"].unpaired_ratio
    luck = (
        f" Independent luck would have needed {ratio:.1f} times as many games for this interval of "
        "attacks."
        if math.isfinite(ratio) and effect.pairs["attacks"].difference.is_told
        else ""
    )
    out.aside(f"Asked in {effect.games:,} of {effect.asked:,} games{_left_out(effect)}.{luck}")


def _left_out(effect: Effect) -> str:
    return (
        "; in the others the game was over or an action not legal"
        if effect.games < effect.asked
        else ""
    )


def _row(name: str, paired: Paired) -> tuple[str, ...]:
    change, digits = paired.difference, _digits(name)
    return (
        MEASURES_CALLED[name],
        f"{paired.mean_a:.{digits}f}",
        f"{paired.mean_b:.{digits}f}",
        signed(change.mean, digits),
        interval(change, digits),
        others(change, digits),
    )


def tell_side_by_side(out: Console, query: Query, answers: Sequence[Answer]) -> None:
    """Every lens in one table: what the argument is about."""
    seat = query.what_if.question.seat
    out.title("The lenses side by side")
    rows = [
        (
            answer.lens.name,
            *(
                _cell(name, answer.effect.pairs[name])
                for name in ("attacks", "us_dead", f"mark_{seat.name}")
            ),
            in_a_word(answer.effect.pairs["attacks"].difference),
        )
        for answer in answers
        if answer.effect.games
    ]
    out.table(
        table(
            f"Change|>attacks|>American dead|>score of {seat.name}|so attacks are",
            rows,
        )
    )
    out.aside(f"±: half of the {INTERVAL}, luck's alone.")


def _cell(name: str, paired: Paired) -> str:
    change, digits = paired.difference, _digits(name)
    if not change.is_told:
        return signed(change.mean, digits)
    return f"{signed(change.mean, digits)} ±{(change.high - change.low) / 2:.{digits}f}"


def _digits(name: str) -> int:
    """Decimals of a measure: a mark is of a hundred."""
    return 1 if name.startswith("mark_") else 2


def tell_fine_print(out: Console, query: Query, answers: Sequence[Answer], seconds: float) -> None:
    """How to read it all."""
    intervals = len(answers) * len(MEASURES)
    out.gap()
    out.aside(
        f"How to read it: with is {query.deed.name!r}, without is {query.instead.name!r}; what "
        f"the action itself does, its rung ({query.deed.rung}) and whom it kills, is counted. "
        "Attacks, the dead and the rung are counted as long as the game goes on both with it and "
        "without it; over early: the share of games that ended before the calendar did."
    )
    if not any(answer.effect.pairs["attacks"].difference.is_told for answer in answers):
        out.aside(f"Of fewer than {FEWEST_GAMES} games no interval is told. {seconds:.1f} s.")
        return
    out.aside(
        f"The {INTERVAL} tells how far luck may have moved a mean: one in twenty misses by luck "
        f"alone, of these {intervals} on average {intervals / 20:g}."
    )
    out.aside(
        f"{OTHERS.capitalize()}: nobody knows the numbers of such a crisis. The question was "
        f"asked again by {number(len(other_numbers(query.what_if.games)))} other sets of them: "
        f"{varied(judgements())}, and so do a lens's own numbers; the world may be any theory's. "
        "Nine of ten such answers lie in this range, as far as so few sets tell; the luck of the "
        "few games that they are asked in is in it, too. What rules and players of another kind, "
        "or another scenario of the same days, would give, it does not tell. "
        f"{seconds:.1f} s."
    )
