"""The attacks of each month beside what was foretold, in tables."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from game.lab.another_period import describe_days, describe_truce
from game.lab.baselines import COUNT_BASELINES
from game.lab.monthly import MODEL, describe_guesses, describe_months
from game.views.phrasebook import figure

from .console import Console
from .tables import table

EN_DASH = "\N{EN DASH}"
SHORT: dict[str, str] = {"constant_rate": "constant", "gamma_poisson": "gamma"}
"""What tables call the simple guesses."""


def tell_months(out: Console, found: Mapping[str, Any]) -> None:
    """What `monthly` measured."""
    out.heading("The attacks of each month, and how far off each guess at them was")
    _months(out, found)
    counts = ", ".join(map(str, found["before"]["counts"]))
    out.aside(
        "The last three columns are the continuous ranked probability score (CRPS) of a guess's "
        "whole distribution, in attacks: 0 is perfect, less is better; of the log score, more is. "
        f"{describe_guesses(found)}. The counts of those months: {counts}. Constant: one rate for "
        "all; gamma: a rate drawn anew each month by a gamma law. PIT: where the count lies among "
        "what was foretold, 0 to 1; honest ranges put it anywhere alike. Free games follow no "
        "record, so the model's months do not know the months before."
    )


def tell_another_period(out: Console, found: Mapping[str, Any]) -> None:
    """What `another_period` measured."""
    out.heading("Another period, by data alone")
    out.say(
        "A teacher's scenario of the same months, which opens as things stood on the first of "
        "February and knows no event; nothing was fitted to it."
    )
    _months(out, found["months"])
    out.bullets([*map(describe_truce, found["truces"]), describe_days(found["days"])])
    out.aside(
        f"{found['games']} games. Behind each difference stands luck's 95 % interval. What is told "
        "of truces and of the calendar tells how the rules work: the record cannot."
    )


def _months(out: Console, found: Mapping[str, Any]) -> None:
    names = (MODEL, *COUNT_BASELINES)
    out.table(
        table(
            "Month|>named|>model|>90 %|>PIT|" + "|".join(f">{SHORT.get(n, n)}" for n in names),
            [
                *(
                    (
                        f"{date.fromisoformat(row['from']):%B %Y}",
                        str(row["count"]),
                        f"{row['mean']:.1f}",
                        f"{row['low_5']}{EN_DASH}{row['high_95']}",
                        f"{row['pit']:.2f}",
                        *(f"{row['crps'][name]:.2f}" for name in names),
                    )
                    for row in found["rows"]
                ),
                ("all, CRPS", "", "", "", "", *(f"{found['crps'][n]:.2f}" for n in names)),
                ("all, log score", "", "", "", "", *(figure(found["log"][n]) for n in names)),
            ],
        )
    )
    out.say(describe_months(found))
