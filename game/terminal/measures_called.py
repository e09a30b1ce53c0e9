"""What tables call what is measured of games."""

from game.rules.seats import SEATS

MEASURES_CALLED: dict[str, str] = {
    "attacks": "Attacks",
    "us_dead": "US dead",
    "us_wounded": "US wounded",
    "iraqi_dead": "Iraqi dead",
    "highest_rung": "Highest rung",
    "over": "Over early",
} | {f"mark_{seat.name}": f"Mark {seat.name}" for seat in SEATS}
