"""The debrief's first page: the world that it was, what each use of force did under each theory,
who fired, the decisive turn, three questions. The rest stands behind it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from game.futures.inquiry import Findings
from game.report.front import EQUAL, Front, front_page
from game.report.handout import own_force
from game.report.sections import UseDescription, decisive_turn, describe_uses, own_questions
from game.report.telling import lens_titles
from game.rules.seats import Seat
from game.views.effects import Way
from game.views.names import SEAT_TITLES
from game.views.phrasebook import LUCK_ALONE, signed
from game.views.played import PlayedGame
from game.views.secrets import revealed_agendas, revealed_theory, revealed_world
from game.views.theory_belief import TheoryBelief, held

from ...room.leaves.world import odds
from ...shell.app import CANNOT_TELL
from ...shell.frame import section
from ...texts import t
from ...texts.dates import short_day
from ...widgets.base import Widget
from ...widgets.boxes import Column, Flow, Panel, Row
from ...widgets.press import Button
from ...widgets.seat import SeatIcon
from ...widgets.table import Head, table
from ...widgets.text import Text, points
from .force import what_it_did

WIDE, WIDEST = 940, 1200
"""Units from which some parts stand beside each other, and from which all do."""
FEW = 5
"""Uses of force that leave room for the decisive turn below their table."""


class Minds(NamedTuple):
    """What was believed of the world."""

    beliefs: Mapping[Seat, TheoryBelief]
    """By the staffs of those who played."""
    guess: int = -1
    """By whoever played, when the game was over; see `Routes.finish`."""


def front(
    game: PlayedGame,
    findings: Findings,
    minds: Minds,
    people: Sequence[Seat],
    play_on: Callable[[int], None] | None,
    *,
    units: float,
) -> list[Widget]:
    """The page; in a wide window all of it is seen at once.

    Args:
        game: the game.
        findings: what its futures told.
        minds: what was believed of the world.
        people: the seats that people played: one alone is told of its own force first.
        play_on: plays on from before a turn; None where that cannot be.
        units: the window's width.
    """
    uses = describe_uses(findings)
    told = front_page(game, uses, own_questions(game, uses, decisive_turn(game, findings)))
    acts = _acts(game, findings, uses, told, wide=units >= WIDE)
    beliefs = minds.beliefs
    turn, asked = _decisive(game, findings, play_on), _questions(told)
    secret, which = [_fired(told), *_wanted(game)], _world(game, beliefs)
    below: list[Widget] = [acts, turn, *secret, asked]
    if units >= WIDEST:
        few = len(uses) <= FEW
        left = [acts, turn] if few else [acts]
        right = [Row(secret, gap=12, align="fill"), asked]
        columns = (
            Column(left, gap=10, grow=0.58),
            Column(right if few else [turn, *right], gap=10, grow=0.42),
        )
        below = [Row(columns, gap=12, align="top")]
    elif units >= WIDE:
        columns = (Column([turn, asked], gap=14, grow=1), Column(secret, gap=14, grow=1))
        below = [acts, Row(columns, gap=14, align="top")]
    head = Column(
        [
            *_heading(game, minds),
            *(
                Text(own_force(seat, uses), "lead", key="own")
                for seat in people[:1]
                if len(people) == 1
            ),
            Text(told.headline, "body" if len(people) == 1 else "lead", key="headline"),
            Text(told.dead, "body", "quiet"),
        ],
        gap=4,
    )
    if units >= WIDEST and len(beliefs) == 1:  # beside the headline: all of it is seen at once
        head.grow = 1
        beside = Column(_odds(game, beliefs), gap=2, width=400)
        return [Column([Row([head, beside], gap=24, align="top"), *below], gap=10)]
    return [head, *which, *below]


def waiting(game: PlayedGame, minds: Minds) -> list[Widget]:
    """What of the page needs no futures, while they are played."""
    told = front_page(game, [], ())
    head = [*_heading(game, minds), Text(told.dead, "lead")]
    return [*head, *_world(game, minds.beliefs), _fired(told), _questions(told)]


def _heading(game: PlayedGame, minds: Minds) -> list[Widget]:
    """Which world it was, and what it was taken for."""
    world = revealed_world(game.scenario, game.final, game.lens)
    told = t("debrief.front.world", world=world)
    return [Text(told, "scene-low"), *_guessed(game, minds.guess)]


def _world(game: PlayedGame, beliefs: Mapping[Seat, TheoryBelief]) -> list[Widget]:
    """Which world it was, and what the staffs believed turn by turn; nothing where it was known."""
    if not beliefs:
        return []
    body = [
        Text(revealed_theory(game.scenario, game.final).sentence, "small"),
        *_odds(game, beliefs),
    ]
    return [Panel(section(t("debrief.front.which"), *body), pad=12, key="which-world")]


def _guessed(game: PlayedGame, guess: int) -> list[Widget]:
    """What whoever played took the world for, before it was told."""
    if guess == CANNOT_TELL:
        return [Text(t("debrief.front.guessed_nothing"), "body", key="guessed")]
    if guess < 0:
        return []
    name = game.scenario.setting.rulebook.theories[guess].name
    right = guess == int(game.final.theory[0])
    told = t("debrief.front.guessed_right" if right else "debrief.front.guessed_wrong", name=name)
    return [Text(told, "body", key="guessed")]


def _odds(game: PlayedGame, beliefs: Mapping[Seat, TheoryBelief]) -> list[Widget]:
    """What each staff believed turn by turn, as a picture and in a sentence."""
    scenario, truth = game.scenario, int(game.final.theory[0])
    lines: list[Widget] = []
    for seat, belief in beliefs.items():
        told = Text(held(scenario, belief, seat, truth), "small", key=f"held-{seat.name}")
        lines += [odds(scenario, belief, truth, height=72), told]
    return lines


def _acts(
    game: PlayedGame,
    findings: Findings,
    uses: Sequence[UseDescription],
    told: Front,
    *,
    wide: bool,
) -> Widget:
    """A table of act by theory, with arrows, and how many more died."""
    if not uses:
        return Panel(section(t("debrief.front.acts"), Text(told.headline)), key="acts")
    names = lens_titles(findings)
    heads = [
        Head(t("debrief.front.day"), 0.85),
        Head(t("debrief.force.use"), 2.7),
        *(Head(name, 1.2) for name in names),
        Head(t("debrief.front.dead"), 0.75, right=True),
    ]
    rows = [
        (
            short_day(game.scenario.turns[use.found.use.turn - 1].date),
            use.found.use.sentence,
            *(_arrow(change.arrow, change.way) for change in act.ways),
            _more_dead(use),
        )
        for use, act in zip(uses, told.acts, strict=True)
    ]
    if not wide:  # the day goes before the deed
        heads = [Head(t("debrief.force.use"), 1.6), *(Head(name, 1.2) for name in names), heads[-1]]
        rows = [(f"{day}. {use}", *rest) for day, use, *rest in rows]
    body = section(
        t("debrief.front.acts"),
        table(heads, rows, key="acts-table", style="small"),
        Text(t("debrief.front.key"), "small", "quiet"),
        note=t("debrief.front.acts_note"),
    )
    return Panel(body, pad=12, key="acts")


def _arrow(arrow: str, way: str) -> str:
    """An arrow with its word: sign and word together, for no sign stands alone."""
    words = {
        Way.FEWER.value: t("debrief.front.fewer"),
        Way.MORE.value: t("debrief.front.more"),
        Way.OPEN.value: t("debrief.front.open"),
    }
    return f"{arrow} {words[way]}" if way in words else ("–" if arrow != EQUAL else EQUAL)


def _more_dead(use: UseDescription) -> str:
    if use.found.turns_after <= 0:
        return "–"
    change = use.lenses[0].pairs["all_dead"].difference
    if change.way is Way.FEW:
        return "–"
    if change.way is Way.OPEN and not change.stays_slight:
        return "?"
    return signed(change.mean, 1) if change.is_told_by_sign else "0"


def _fired(told: Front) -> Widget:
    lines: Widget = (
        points(told.fired, "small")
        if told.fired
        else Text(t("debrief.front.nobody_fired"), "small", "quiet")
    )
    return Panel(section(t("debrief.front.fired"), lines), pad=12, key="fired", grow=1)


def _wanted(game: PlayedGame) -> list[Widget]:
    """What each seat wanted most; nothing where nobody had a secret."""
    secrets = revealed_agendas(game.scenario, game.final)
    lines = [
        Row([SeatIcon(seat), Text(f"{SEAT_TITLES[seat]}: {agenda.name}", "small", grow=1)], gap=6)
        for seat, agenda in secrets.items()
    ]
    if not lines:
        return []
    body = section(t("debrief.front.wanted"), Column(lines, gap=4))
    return [Panel(body, pad=12, key="wanted", grow=1)]


def _decisive(
    game: PlayedGame, findings: Findings, play_on: Callable[[int], None] | None
) -> Widget:
    chosen = decisive_turn(game, findings)
    turn = chosen.turn
    swing = next(one.swing for one in chosen.swings if one.swing.turn == turn)
    plan = game.scenario.turns[turn - 1]
    text = t(
        "debrief.front.decisive_text",
        turn=turn,
        date=short_day(plan.date),
        title=plan.title,
        weight=f"{swing.weight:.0f}",
        error=f"{swing.error:.0f}",
        alone=LUCK_ALONE,
    )
    did = [
        told
        for found in findings.uses
        if found.use.turn == turn and (told := what_it_did(game, found.use))
    ]
    close = [Text(t("debrief.force.decisive_close"), "small", "quiet")] if chosen.is_close else []
    ways: list[Widget] = []
    if play_on is not None:
        way = play_on
        button = Button(
            t("debrief.front.play_on"), lambda: way(turn), key="play-on", icon="git-fork"
        )
        ways.append(Flow([button]))
    body = section(
        t("debrief.force.decisive"),
        Text(text, "small"),
        *(Text(line, "small", "quiet") for line in did),
        *close,
        *ways,
    )
    return Panel(body, pad=12, border="accent", key="decisive")


def _questions(told: Front) -> Widget:
    rows: list[Widget] = [
        Row(
            [
                Text(str(number), "number", "accent", width=22),
                Text(question, "small", grow=1),
            ],
            gap=8,
            align="top",
        )
        for number, question in enumerate(told.questions, 1)
    ]
    title = t("debrief.front.questions")
    return Panel(section(title, Column(rows, gap=6)), pad=12, key="three-questions")
