"""Which world is this? What the staff believes of the theories, how it came to it, and what each
turn said. Only what the seat has seen goes into it.
"""

from game.content.scenario import Scenario
from game.futures.seen import Seen
from game.views.secrets import possible_theories
from game.views.theory_belief import TheoryBelief, leaning, leans, moved, of_100, said

from ...texts import t
from ...widgets.base import Widget
from ...widgets.boxes import Column, Padded, Panel, Row
from ...widgets.odds import Odds, Side
from ...widgets.scroll import Scroll
from ...widgets.text import Text, points


def is_drawn(scenario: Scenario) -> bool:
    """Whether there is anything to find out: several theories may hold."""
    return len(possible_theories(scenario)) > 1


def odds(scenario: Scenario, belief: TheoryBelief, truth: int = -1, height: float = 108) -> Odds:
    """The belief turn by turn, as a picture.

    Args:
        scenario: what is played.
        belief: what a staff held.
        truth: the theory that held, where that is known by now.
        height: in units.
    """
    theories = scenario.setting.rulebook.theories
    possible = [place for place, share in enumerate(belief.course[0]) if share > 0]
    course = [of_100([shares[place] for place in possible]) for shares in belief.course]
    names = {
        place: t("room.world_was", name=theories[place].name)
        if place == truth
        else theories[place].name
        for place in possible
    }
    sides = [Side(names[place], leans(theories[place])) for place in possible]
    told = "; ".join(
        f"{name}: {', '.join(str(one[place]) for one in course)}"
        for place, name in enumerate(names.values())
    )
    return Odds(
        sides,
        course,
        turns=len(scenario.turns),
        start=t("room.world_start"),
        tip=t("room.world_tip", told=told),
        height=height,
    )


def world(seen: Seen, belief: TheoryBelief | None) -> Widget:
    """The leaf."""
    scenario, body = seen.scenario, list[Widget]()
    drawn = is_drawn(scenario)
    if not drawn:
        body.append(Text(t("room.world_known"), "body", "quiet"))
    elif belief is None:
        body.append(Text(t("room.world_coming"), "body", "quiet"))
    else:
        body += [Text(leaning(scenario, belief), "heading", key="leaning"), odds(scenario, belief)]
        told = _spoke(scenario, belief, seen) or [Text(t("room.world_first"))]
        body.append(Panel(Column(told, gap=8), pad=12, key="said"))
        if why := moved(scenario, belief, seen.seat, belief.turn):
            body += [Text(t("room.world_before"), "subhead"), points(why, "small")]
    if drawn:
        body.append(Text(t("room.world_which"), "subhead"))
        body.append(Text(t("room.world_note"), "small", "quiet"))
    for theory in possible_theories(scenario):
        line = Column([Text(theory.name, "strong"), Text(theory.sentence, "small")], gap=2)
        edge = "accent" if leans(theory) == "anger" else "text"
        body.append(Panel(line, pad=10, edge=edge, key=theory.id))
    inner = Padded(Column(body, gap=10), right=6, bottom=8)
    return Column([Scroll(inner, key="world", focusable=True)], grow=1)


def told_in_report(seen: Seen, belief: TheoryBelief | None) -> Widget | None:
    """What the turn said about the world, for its report; its place is kept while the staff works
    it out. None where nothing is to be found out.
    """
    if not is_drawn(seen.scenario):
        return None
    lines: list[Widget] = [Text(t("room.world_said"), "heading")]
    if belief is None or belief.turn != seen.turn:
        lines.append(Text(t("room.world_coming"), "small", "quiet"))
    else:
        lines += [odds(seen.scenario, belief, height=96), *_spoke(seen.scenario, belief, seen)]
    return Panel(Column(lines, gap=8), pad=14, key="world-said")


def _spoke(scenario: Scenario, belief: TheoryBelief, seen: Seen) -> list[Widget]:
    """What the last turn said, and by what."""
    turn = said(scenario, belief, seen.seat)
    if turn is None:
        return []
    theories = scenario.setting.rulebook.theories
    lines: list[Widget] = [Text(turn.headline, "strong", key="world-headline")]
    for spoke in turn.spoke:
        colour = "accent" if leans(theories[spoke.toward]) == "anger" else "text"
        lines.append(
            Row(
                [
                    Text(spoke.text, "small", grow=1),
                    Text(spoke.verdict, "condensed", colour, width=150),
                ],
                gap=12,
                align="top",
            )
        )
    return [*lines, *([Text(turn.rest, "small", "quiet")] if turn.rest else [])]
