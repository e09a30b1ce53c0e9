"""Where each array of a turn stands in the scratch memory of a block of games.

The referee works on a block of games at a time, copied into rows beside each other: small enough
for the processor's cache, whatever the size of the batch. `FLOATS` has a row for each column of the
state, for each entry of its other arrays, and for each of the outcome's; `FLAGS` and `CODES` hold
the outcome's and the orders' truth values and indices. Entry [i, j] of an array over pairs is row
4 * i + j of its rows, and so on.
"""

from collections.abc import Iterable, Mapping

from game.rules.state import COLUMNS, ESTIMATED, PAIR_COLUMNS

Rows = dict[str, int]
"""The first row of each array."""


def _laid_out(sizes: Mapping[str, int] | Iterable[tuple[str, int]], first: int = 0) -> Rows:
    rows = {}
    for name, size in dict(sizes).items():
        rows[name] = first
        first += size
    return rows


PAIRS: tuple[str, ...] = tuple(name for name in PAIR_COLUMNS if name != "channel")
"""The arrays over pairs that a turn changes."""
STATE: Rows = _laid_out(
    dict.fromkeys(COLUMNS, 1)
    | dict.fromkeys(PAIRS, 16)
    | {"suspicion": 16, "estimates": 4 * len(ESTIMATED)}
)
STATE_ROWS = STATE["estimates"] + 4 * len(ESTIMATED)
OUTCOME_FLOATS: dict[str, int] = {
    "fire_attacks": 4,
    "fire_rounds": 4,
    "fire_hits": 4,
    "fire_us_killed": 4,
    "fire_us_wounded": 4,
    "fire_coalition_killed": 4,
    "fire_iraqi_killed": 4,
    "fire_rung": 4,
    "strike_militia_killed": 1,
    "strike_rockets": 1,
    "strike_leaders": 1,
    "strike_iraqi_killed": 1,
    "strike_civilians_killed": 1,
    "revised": 1,
    "detained": 1,
    "released": 1,
    "blow": 16,
    "harm": 16,
    "attacks": 1,
    "us_killed": 1,
    "us_wounded_reported": 1,
    "rung": 1,
}
"""Rows of each of the outcome's arrays of numbers."""
OUTCOME: Rows = _laid_out(OUTCOME_FLOATS, STATE_ROWS)
OUTCOME_ROWS = sum(OUTCOME_FLOATS.values())
STOOD = STATE_ROWS + OUTCOME_ROWS
"""The row of the justification that stood before the turn."""
CHANNEL = STOOD + 1
"""Who can whisper to whom: a turn reads it only."""
FLOAT_ROWS = CHANNEL + 16
OUTCOME_FLAGS: dict[str, int] = {
    "warned": 4,
    "leaked": 1,
    "tip_off_known": 1,
    "shirked": 1,
    "caught": 1,
    "protest": 1,
    "discredited": 1,
    "show_of_force": 1,
    "vote_failed": 1,
    "crossed": 16,
    "answered": 16,
    "lapsed": 16,
}
FLAGS: Rows = _laid_out(OUTCOME_FLAGS)
FLAG_ROWS = sum(OUTCOME_FLAGS.values())
OUTCOME_CODES: dict[str, int] = {"deed_site": 4, "fire_site": 4, "signal": 4, "finding": 1}
ORDERS: tuple[str, ...] = (
    "deed",
    "word",
    "word_to",
    "word_rung",
    "whisper",
    "whisper_to",
    "site",
)
CODES: Rows = _laid_out(OUTCOME_CODES | dict.fromkeys(ORDERS, 4) | {"done": 4})
OUTCOME_CODE_ROWS = sum(OUTCOME_CODES.values())
CODE_ROWS = CODES["done"] + 4

US_TROOPS = STATE["us_troops"]
US_PROTECTION = STATE["us_protection"]
US_EXPOSURE = STATE["us_exposure"]
US_SUPPORT = STATE["us_support"]
US_CASE = STATE["us_case"]
US_CLAIM = STATE["us_claim"]
US_EVIDENCE = STATE["us_evidence"]
US_COALITION = STATE["us_coalition"]
US_FORCE_DAYS = STATE["us_force_days"]
US_DEAD = STATE["us_dead"]
US_WOUNDED = STATE["us_wounded"]
US_WOUNDED_UNREPORTED = STATE["us_wounded_unreported"]
COALITION_DEAD = STATE["coalition_dead"]
IRAN_MISSILES = STATE["iran_missiles"]
IRAN_PRESSURE = STATE["iran_pressure"]
IRAN_COHESION = STATE["iran_cohesion"]
IRAN_NETWORK = STATE["iran_network"]
IRAN_COMMANDER = STATE["iran_commander"]
IRAN_GRIP = STATE["iran_grip"]
MIL_ROCKETS = STATE["mil_rockets"]
MIL_FIGHTERS = STATE["mil_fighters"]
MIL_LEADERS = STATE["mil_leaders"]
MIL_STANDING = STATE["mil_standing"]
MIL_CONCEALMENT = STATE["mil_concealment"]
MIL_FAVOUR = STATE["mil_favour"]
MIL_GUIDANCE = STATE["mil_guidance"]
MIL_TRUCE = STATE["mil_truce"]
MIL_FACADE = STATE["mil_facade"]
MILITIA_DEAD = STATE["militia_dead"]
IRAQ_AUTHORITY = STATE["iraq_authority"]
IRAQ_FORCES = STATE["iraq_forces"]
IRAQ_GUARD = STATE["iraq_guard"]
IRAQ_MOMENTUM = STATE["iraq_momentum"]
IRAQ_LEAN = STATE["iraq_lean"]
IRAQ_UNREST = STATE["iraq_unrest"]
IRAQ_CARETAKER = STATE["iraq_caretaker"]
IRAQ_ORDER_DAYS = STATE["iraq_order_days"]
IRAQ_CHAIN = STATE["iraq_chain"]
IRAQ_DETAINED = STATE["iraq_detained"]
IRAQI_DEAD = STATE["iraqi_dead"]
CIVILIANS_DEAD = STATE["civilians_dead"]
BRINK = STATE["brink"]
ATTACKS_SO_FAR = STATE["attacks"]
QUIET_DAYS = STATE["quiet_days"]
RUNG_OF_STATE = STATE["rung"]
HIGHEST_RUNG = STATE["highest_rung"]
KEPT = STATE["kept"]
BROKEN = STATE["broken"]
ANGER = STATE["anger"]
LINE = STATE["line"]
STAKE = STATE["stake"]
PRIVATE_STAKE = STATE["private_stake"]
DEBT = STATE["debt"]
DEBT_DAYS = STATE["debt_days"]
SUSPICION = STATE["suspicion"]
ESTIMATES = STATE["estimates"]

FIRE_ATTACKS = OUTCOME["fire_attacks"]
FIRE_ROUNDS = OUTCOME["fire_rounds"]
FIRE_HITS = OUTCOME["fire_hits"]
FIRE_US_KILLED = OUTCOME["fire_us_killed"]
FIRE_US_WOUNDED = OUTCOME["fire_us_wounded"]
FIRE_COALITION_KILLED = OUTCOME["fire_coalition_killed"]
FIRE_IRAQI_KILLED = OUTCOME["fire_iraqi_killed"]
FIRE_RUNG = OUTCOME["fire_rung"]
STRIKE_MILITIA_KILLED = OUTCOME["strike_militia_killed"]
STRIKE_ROCKETS = OUTCOME["strike_rockets"]
STRIKE_LEADERS = OUTCOME["strike_leaders"]
STRIKE_IRAQI_KILLED = OUTCOME["strike_iraqi_killed"]
STRIKE_CIVILIANS_KILLED = OUTCOME["strike_civilians_killed"]
REVISED = OUTCOME["revised"]
DETAINED = OUTCOME["detained"]
RELEASED = OUTCOME["released"]
BLOW = OUTCOME["blow"]
HARM = OUTCOME["harm"]
ATTACKS = OUTCOME["attacks"]
US_KILLED = OUTCOME["us_killed"]
US_WOUNDED_REPORTED = OUTCOME["us_wounded_reported"]
RUNG = OUTCOME["rung"]

WARNED = FLAGS["warned"]
LEAKED = FLAGS["leaked"]
TIP_OFF_KNOWN = FLAGS["tip_off_known"]
SHIRKED = FLAGS["shirked"]
CAUGHT = FLAGS["caught"]
PROTEST = FLAGS["protest"]
DISCREDITED = FLAGS["discredited"]
SHOW_OF_FORCE = FLAGS["show_of_force"]
VOTE_FAILED = FLAGS["vote_failed"]
CROSSED = FLAGS["crossed"]
ANSWERED = FLAGS["answered"]
LAPSED = FLAGS["lapsed"]

DEED_SITE = CODES["deed_site"]
FIRE_SITE = CODES["fire_site"]
SIGNAL = CODES["signal"]
FINDING = CODES["finding"]
DEED = CODES["deed"]
WORD = CODES["word"]
WORD_TO = CODES["word_to"]
WORD_RUNG = CODES["word_rung"]
WHISPER = CODES["whisper"]
WHISPER_TO = CODES["whisper_to"]
SITE = CODES["site"]
DONE = CODES["done"]
"""The deeds that are done: those ordered, but for a vote that fails."""
