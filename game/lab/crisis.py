"""How often the crisis itself happens: deaths, strikes and missiles in free games beside history's.

The propositions ask what follows once something has happened; this asks whether it happens.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.content.scenario import Scenario
from game.views.names import counted
from game.views.phrasebook import share

from .intervals import middle
from .moments import moments, simulated
from .record import Incident, in_sample_turns, opening_days, timeline_of
from .samples import sample
from .sequences import followed
from .trajectories import Trajectories
from .verdicts import Verdict, ordinary

Values = NDArray[np.float64]
EARLY = 30
"""Days from the opening, in which Iran's opening line is still fresh."""


def happenings(scenario: Scenario, shown: Trajectories) -> list[dict[str, Any]]:
    """What happens in whole games, each figure beside the timeline's.

    Args:
        scenario: the calendar, and history's orders.
        shown: free games of it.
    """
    book = scenario.setting.rulebook
    rows = timeline_of(scenario)
    fire = [row for row in rows if row.is_attack]
    missiles = [row for row in rows if row.is_missile]
    force = [row for row in rows if row.actor == "US"]
    strikes = [row for row in force if row.action == "airstrike"]
    killings = [row for row in force if row.action == "targeted_killing"]
    deaths = [row for row in fire if row.us_killed]
    killed = [row for row in fire if (row.us_killed or 0) + (row.coalition_killed or 0)]
    rungs = [book.deeds[row.seat][row.order.deed].rung for row in scenario.history]
    return [
        _row("attacks", "attacks by rockets", len(fire), shown.attacks.sum(axis=0), fire, True),
        _row("strikes", "limited strikes", len(strikes), shown.strike.sum(axis=0), strikes),
        _row(
            "deaths",
            "turns with an American killed by rockets",
            _turns(scenario, deaths),
            shown.deadly_to_americans.sum(axis=0),
            deaths,
        ),
        _row("killings", "the commander killed", len(killings), shown.kill.sum(axis=0), killings),
        _row(
            "missiles",
            "turns with missiles from Iran",
            _turns(scenario, missiles),
            shown.missile.sum(axis=0),
            missiles,
        ),
        _row(
            "killed",
            "Americans and partners killed by rockets",
            sum((row.us_killed or 0) + (row.coalition_killed or 0) for row in killed),
            shown.killed.sum(axis=0),
            killed,
        ),
        _row(
            "wounded",
            "Americans wounded by missiles",
            sum(row.wounded or 0 for row in missiles),
            shown.missile_wounded.sum(axis=0),
            [row for row in missiles if row.wounded],
        ),
        _row("rung", "highest rung reached", max(rungs), shown.rung.max(axis=0), missiles),
    ]


def _turns(scenario: Scenario, rows: list[Incident]) -> int:
    """In how many turns they fell."""
    days = np.array(opening_days(scenario), "datetime64[D]")
    return len({int((days <= np.datetime64(row.date)).sum()) for row in rows})


def _row(
    measure: str,
    name: str,
    recorded: int,
    simulated_: NDArray[np.generic],
    rows: list[Incident],
    is_floor: bool = False,
) -> dict[str, Any]:
    values: Values = simulated_.astype(np.float64)
    likely = middle(values)
    # Attacks are too many to be named; of all else, the days stand for the rows.
    days = "" if is_floor else ", " + " and ".join(dict.fromkeys(str(row.date) for row in rows))
    return {
        "measure": measure,
        "name": name,
        "history": recorded,
        "is_floor": is_floor,
        "mean": round(float(values.mean()), 3),
        "low_5": round(likely.low, 2),
        "high_95": round(likely.high, 2),
        "as_many": round(float((values >= recorded).mean()), 4),
        "verdict": ordinary(recorded, values, is_floor=is_floor),
        "source": f"timeline.csv{days}",
        "sample": sample(values, np.ones(values.size)),
    }


def describe_happenings(rows: list[dict[str, Any]]) -> str:
    """What the rows come to, in two sentences."""
    of = {row["measure"]: row for row in rows}
    rare = [row for row in rows if not row["is_floor"] and row["mean"] < row["history"]]
    missed = [row["name"] for row in rows if row["verdict"] == Verdict.OUTSIDE]
    attacks, killings, missiles = (of[key] for key in ("attacks", "killings", "missiles"))
    text = (
        "The rockets are enough, the crisis is rarer. In free games, which follow no record, there "
        f"are {attacks['mean']:.0f} attacks, where the timeline names {attacks['history']}; but of "
        f"the {len(rows) - 1} other figures the model's mean lies below history's in {len(rare)}. "
        f"The commander is killed in {_share(killings)} games, and missiles fall in "
        f"{_share(missiles)}."
    )
    if missed:
        text += f" Fewer than 1 game in 20 shows what history did: {'; '.join(missed)}."
    return text


def _share(row: dict[str, Any]) -> str:
    return share(row["as_many"])


def missile_answer(scenario: Scenario, shown: Trajectories) -> dict[str, Any]:
    """How often Iran answers the killing of its commander with missiles, early and late."""
    days = opening_days(scenario)
    early = np.array([(day - days[0]).days < EARLY for day in days[:-1]])
    late = np.arange(early.size) >= in_sample_turns(scenario)
    found: dict[str, Any] = {"early_days": EARLY}
    for name, which in (("early", early), ("late", late)):
        killed = (shown.kill > 0) & which[:, None]
        answered = followed(killed, shown.missile > 0, days, 10, 1)
        found[name] = round(answered.measured()[0], 3)
        found[f"{name}_cases"] = answered.cases
    return found


def describe_answer(found: Mapping[str, Any]) -> str:
    """How often missiles answer the killing, early and late, beside history's single case."""
    return (
        f"Within ten days missiles follow a killing of the first {found['early_days']} days in "
        f"{_of(found, 'early')}, and one after the end of the fit in {_of(found, 'late')}. History "
        "has one such killing, which missiles followed; one case does not tell how often they "
        "would."
    )


def _of(found: Mapping[str, Any], when: str) -> str:
    if not found[f"{when}_cases"]:
        return "no case that was seen"
    return f"{share(found[when])} ({counted(found[f'{when}_cases'], 'case')})"


def fitted_moments(scenario: Scenario, shown: Trajectories) -> list[dict[str, Any]]:
    """How the model does on what it was fitted to: every moment beside the same free games."""
    rows = []
    for moment, values in zip(moments(), simulated(scenario, shown), strict=True):
        likely = middle(values)
        rows.append(
            {
                "id": moment.id,
                "measure": moment.measure,
                "from": str(moment.start),
                "to": str(moment.end),
                "value": moment.value,
                "is_floor": bool(np.isinf(moment.above)),
                "mean": round(float(values.mean()), 3),
                "low_5": round(likely.low, 2),
                "high_95": round(likely.high, 2),
                "verdict": ordinary(moment.value, values, is_floor=bool(np.isinf(moment.above))),
            }
        )
    return rows
