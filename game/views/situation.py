"""A seat's own picture: its figures, its ledger of the others, whom it suspects, its marks."""

from collections.abc import Sequence
from typing import NamedTuple

from game.content.scenario import Scenario
from game.rules.account import Account
from game.rules.endings import Ending, mark_parts, marks
from game.rules.observe import Observation
from game.rules.outcome import Source
from game.rules.phases.campaign import attacks_a_week
from game.rules.seats import Cause, Seat
from game.rules.setting import Setting
from game.rules.state import COLUMNS, NO_LINE, State

from .causes import judged, own_hand
from .names import listed
from .phrasebook import share

_RULED_OUT = 0.005
"""Odds below this are not told."""
_SHOWN: dict[str, tuple[tuple[str, str], ...]] = {
    "The United States": (
        ("us_troops", "Troops in Iraq"),
        ("us_protection", "Protection of the bases"),
        ("us_exposure", "Bases held"),
        ("us_support", "Support at home"),
        ("us_case", "Case for force"),
        ("us_coalition", "Support of the coalition"),
        ("us_ready", "Forces made ready for a blow"),
        ("us_dead", "Americans killed"),
        ("us_wounded", "Americans wounded, as reported"),
        ("coalition_dead", "Partners' soldiers killed"),
    ),
    "Iran": (
        ("iran_missiles", "Missiles and drones"),
        ("iran_pressure", "Weight of sanctions"),
        ("iran_cohesion", "Standing at home"),
        ("iran_network", "Network of partners"),
        ("iran_grip", "Grip on the militias"),
        ("iran_ready", "Missile forces made ready"),
        ("iran_nuclear", "Nuclear steps"),
        ("iran_dead", "Iranians killed"),
    ),
    "The militias": (
        ("mil_rockets", "Rockets"),
        ("mil_fighters", "Fighters"),
        ("mil_leaders", "Leadership"),
        ("mil_standing", "Standing on the street"),
        ("mil_concealment", "Concealment"),
        ("mil_favour", "Tehran's favour"),
        ("mil_effort", "Attacks a week that their campaign makes now"),
        ("mil_ready", "Launchers and men made ready"),
        ("mil_truce", "Days of truce"),
        ("militia_dead", "Militiamen killed"),
    ),
    "Iraq": (
        ("iraq_authority", "The government's authority"),
        ("iraq_forces", "The state's forces"),
        ("iraq_guard", "Guard on bases and Green Zone"),
        ("iraq_momentum", "Momentum to expel the Americans"),
        ("iraq_lean", "Leaning, Washington 0 to Tehran 100"),
        ("iraq_unrest", "Unrest"),
        ("iraq_cabinet", "Agreement on a new government"),
        ("iraqi_dead", "Iraqi soldiers and police killed"),
        ("civilians_dead", "Civilians killed in strikes"),
    ),
    "The crisis": (
        ("attacks", "Attacks on Americans"),
        ("quiet_days", "Days since the last attack"),
        ("highest_rung", "Highest rung, the time before turn 1 included"),
        ("brink", "Nearness of war"),
    ),
}
_LOOKED_UP: dict[str, str] = {
    "us_claim": "Justification that Washington stands by",
    "us_evidence": "Proof behind that justification",
    "us_force_days": "Days since American force was used",
    "us_wounded_unreported": "Americans wounded, not yet reported",
    "iran_commander": "Stature of the network's leader",
    "mil_guidance": "Tehran's last word to the militias",
    "mil_facade": "Belief in a facade name",
    "iraq_caretaker": "Caretaker government",
    "iraq_resolution": "Nonbinding resolution passed",
    "iraq_order_days": "Days until a binding order to leave falls due",
    "iraq_chain": "Militias in the chain of command",
    "iraq_detained": "Militiamen in custody",
    "rung": "Highest rung of the last turn",
    "outlook": "Attacks, and those of the weeks after the last turn",
}
"""Columns that stand on no situation, but are told of where the rules are looked up."""
LABELS: dict[str, str] = {
    column: label for rows in _SHOWN.values() for column, label in rows
} | _LOOKED_UP
"""What screens call the columns."""
_COUNTS = ("attacks", "us_wounded", *(name for name in COLUMNS if name.endswith("_dead")))
"""Columns that count what happened: a seat is shown how much of it since the game opened."""
_OWN_HEADING = {
    Seat.US: "The United States",
    Seat.IRAN: "Iran",
    Seat.MILITIA: "The militias",
    Seat.IRAQ: "Iraq",
}


_TO_ITS_OWN: dict[tuple[str, Seat], str] = {
    ("mil_effort", Seat.MILITIA): "Attacks a week that your campaign makes now",
}
"""What a seat reads of its own where others read of another's."""


class Figure(NamedTuple):
    """One line of the situation."""

    column: str
    label: str
    value: str
    estimate: bool


def situation(observation: Observation, setting: Setting, game: int = 0) -> dict[str, list[Figure]]:
    """What the seat knows, under headings, its own first; estimates are marked "about".

    Args:
        observation: what the seat sees.
        setting: the scenario's rules; the dead, the wounded and the attacks are counted from its
            opening, which everybody knows.
        game: which of the batch.
    """
    own = _OWN_HEADING[observation.seat]
    headings = [own, *(h for h in _SHOWN if h != own)]
    return {
        heading: [
            _figure(observation, setting, column, label, game)
            for column, label in _SHOWN[heading]
            if column in observation.columns
        ]
        for heading in headings
    }


def since_turn_1(label: str) -> str:
    """What a count is called that leaves out what was before the game."""
    head, comma, rest = label.partition(",")
    return f"{head} since turn 1{comma}{rest}"


def campaign_rate(observation: Observation, setting: Setting, game: int = 0) -> float:
    """Attacks a week that the militias' campaign makes at its present effort, as the seat sees it;
    splinter cells and others come on top.
    """
    columns = ("mil_effort", "mil_rockets", "iraq_guard")
    effort, rockets, guard = (float(observation.columns[name][game]) for name in columns)
    return float(attacks_a_week(setting.rulebook.parameters.campaign, effort, rockets, guard))


def _figure(
    observation: Observation, setting: Setting, column: str, label: str, game: int
) -> Figure:
    value = float(observation.columns[column][game])
    if column in _COUNTS:
        value = max(0.0, value - float(getattr(setting.opening, column)[0]))
        label = since_turn_1(label)
    label = _TO_ITS_OWN.get((column, observation.seat), label)
    estimate = column not in observation.exact
    if column == "mil_effort":
        shown = f"{campaign_rate(observation, setting, game):.1f}"
    else:
        shown = level(column, value, estimate=estimate)
    return Figure(column, label, f"about {shown}" if estimate else shown, estimate)


def level(column: str, value: float, *, estimate: bool = False) -> str:
    """A figure as people read it: "55 of 100", "5,200"; an estimate of many in hundreds."""
    if COLUMNS[column].unit == "share":
        return f"{value * 100:.0f} of 100"
    return f"{round(value, -2):,.0f}" if estimate and value >= 100 else f"{value:,.0f}"


class LedgerRow(NamedTuple):
    """How a seat stands with one rival, 0 to 1 each; the ledger of deterrence."""

    rival: Seat
    credible: float
    spared: float
    """Assurance: the seat's belief that the rival spares it if it behaves."""
    feared: float
    anger: float
    its_line: int | None
    """The rung that the rival warned this seat not to reach."""
    own_line: int | None
    debt: int
    """The rung of a crossing that this seat has yet to answer; 0 for none."""
    days_left: int


def ledger(observation: Observation, game: int = 0) -> list[LedgerRow]:
    """One row for each rival."""
    seat = observation.seat

    def line(by: Seat, at: Seat) -> int | None:
        rung = float(observation.line[by, at, game])
        return None if rung >= NO_LINE else int(rung)

    return [
        LedgerRow(
            rival=rival,
            credible=float(observation.credibility[rival, game]),
            spared=float(observation.assurance[rival, game]),
            feared=float(observation.fear[rival, game]),
            anger=float(observation.anger[rival, game]),
            its_line=line(rival, seat),
            own_line=line(seat, rival),
            debt=int(observation.debt[seat, rival, game]),
            days_left=int(observation.debt_days[seat, rival, game]),
        )
        for rival in seat.rivals
    ]


_HANDS = {Seat.IRAN: Source.IRAN, Seat.MILITIA: Source.MILITIA}
"""Whose fire a seat knows for its own."""


def attack_in_question(scenario: Scenario, accounts: Sequence[Account]) -> str:
    """The attack on Americans that a seat's odds of who did it are about, inside a sentence: the
    last one that nobody signed or that was its own, in the game or before it; empty where there was
    none.

    Args:
        scenario: what is played.
        accounts: what the seat learnt of each turn.
    """
    for one in reversed(accounts):
        hand = None if one.seat is None else _HANDS.get(one.seat)
        own = [seen for seen in one.sightings if hand is not None and seen.by is hand]
        if one.sightings and (own or one.evidence is not None):
            unsigned = [seen for seen in one.sightings if seen.by is None] or one.sightings
            asked = own if one.evidence is None else unsigned
            site = scenario.setting.rulebook.sites[asked[0].site].name
            opens = scenario.turns[one.turn - 1].date
            return f"the attack on {site} in turn {one.turn}, of {opens.day} {opens:%B %Y}"
    if not scenario.setting.opening.attacks[0]:
        return ""
    return "the last attack before turn 1"


class Suspect(NamedTuple):
    """Somebody who may stand behind an attack."""

    name: str
    """Inside a sentence, as the seat calls it."""
    odds: float
    """Those that the seat gives, 0 to 1."""


def own_doing(observation: Observation, game: int = 0) -> str:
    """Whose hand in the last attack the seat knows, for it was its own, inside a sentence; empty
    where it was not.
    """
    odds = observation.suspicion[:, game]
    known = [own_hand(cause, observation.seat, float(odds[cause])) for cause in Cause]
    return next(filter(None, known), "")


def suspects(observation: Observation, game: int = 0) -> list[Suspect]:
    """Who may have done the last attack, as a seat judges it, the likeliest first."""
    odds = observation.suspicion[:, game]
    order = sorted(Cause, key=lambda cause: -float(odds[cause]))
    return [Suspect(judged(cause, observation.seat), float(odds[cause])) for cause in order]


def suspicion(observation: Observation, game: int = 0, attack: str = "the last attack") -> str:
    """Who did `attack`, as the seat sees it, in a sentence; not what it rules out."""
    if known := own_doing(observation, game):
        return f"Who did {attack}? You know it: {known}."
    told = [
        f"{one.name} ({share(one.odds)})"
        for one in suspects(observation, game)
        if one.odds >= _RULED_OUT
    ]
    return f"Who did {attack}? As you judge it: {listed(told)}."


class MarkLine(NamedTuple):
    """One objective and what it brought."""

    name: str
    points: float
    of: float


def mark_sheet(scenario: Scenario, state: State, seat: Seat, game: int = 0) -> list[MarkLine]:
    """A seat's mark in its parts, the ending's own effect last; they add up to the mark, which is
    held between 0 and 100.
    """
    setting = scenario.setting
    parts = setting.rulebook.objectives(seat, int(state.agenda[seat, game]))
    named = {part.id: part for part in parts}
    lines = [
        MarkLine(named[part].name, float(points[game]), named[part].points)
        for part, points in mark_parts(setting, state, seat).items()
        if part in named
    ]
    ending = Ending(int(state.ending[game]))
    if ending is not Ending.NONE:
        book, agenda = setting.rulebook, int(state.agenda[seat, game])
        if effect := book.ending_mark(seat, agenda, ending):
            lines.append(MarkLine(f"Ending: {book.endings[ending - 1].name}", effect, 0.0))
    return lines


def total_mark(scenario: Scenario, state: State, seat: Seat, game: int = 0) -> float:
    """A seat's mark, 0 to 100."""
    return float(marks(scenario.setting, state)[seat, game])
