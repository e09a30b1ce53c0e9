"""One exact exchange for each doctrine: a fixed situation, and what the doctrine makes of it.

The situation is written down here, so that it moves only with the columns and the rulebook: the day
after an attack that killed an American, with an answer owed and anger on all sides.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from game.content.load import doctrine_ids, load_scenario
from game.players.base import Dice, options
from game.players.library import player
from game.players.reasons import reasons
from game.rules.luck import game_keys
from game.rules.observe import Observation, observe
from game.rules.seats import SEATS, Rung, Seat
from game.rules.setting import Setting
from game.rules.state import COLUMNS, State

FOLDER = Path(__file__).parent / "exchanges"
GAMES = 8
NOT_HALF = {
    "us_troops": 5200, "us_claim": 0, "us_force_days": 2, "us_dead": 1, "us_wounded": 4,
    "us_wounded_unreported": 0, "coalition_dead": 0, "iran_missiles": 1200, "iran_commander": 1,
    "iran_nuclear": 4, "iran_dead": 0, "mil_rockets": 600, "mil_fighters": 9000, "mil_guidance": 0,
    "mil_truce": 0, "militia_dead": 25, "iraq_caretaker": 1, "iraq_resolution": 0,
    "iraq_order_days": 0, "iraq_detained": 0, "iraqi_dead": 2, "civilians_dead": 1, "brink": 0.1,
    "attacks": 11, "quiet_days": 0, "rung": 6, "highest_rung": 6,
}  # fmt: skip
"""Every other column, a share, is at one half."""


def names() -> list[str]:
    """The names of the files that there must be, none else."""
    return [f"{doctrine}.txt" for doctrine in sorted(doctrine_ids())]


def situation(setting: Setting, seat: Seat) -> tuple[State, Observation]:
    """GAMES times the same situation, each with its own luck."""
    state = setting.open_games(game_keys(1, range(GAMES)))
    state.turn = 1
    for name in COLUMNS:
        getattr(state, name)[:] = NOT_HALF.get(name, 0.5)
    state.anger[:] = np.array(
        [[0, 0.5, 0.6, 0.1], [0.7, 0, 0.1, 0.2], [0.8, 0.1, 0, 0.3], [0.4, 0.2, 0.3, 0]]
    )[:, :, None]
    state.kept[:], state.broken[:] = 2, 1
    state.line[:], state.stake[:] = 11, 0
    state.line[Seat.US, Seat.IRAN] = state.line[Seat.IRAN, Seat.US] = Rung.DEADLY_ATTACK
    state.line[Seat.US, Seat.MILITIA] = Rung.DEADLY_ATTACK
    state.stake[Seat.US, Seat.IRAN] = state.stake[Seat.IRAN, Seat.US] = 0.7
    state.debt[:] = state.debt_days[:] = 0
    for debtor, offender, rung in (
        (Seat.US, Seat.IRAN, Rung.DEADLY_ATTACK), (Seat.US, Seat.MILITIA, Rung.DEADLY_ATTACK),
        (Seat.IRAN, Seat.US, Rung.MILITIA_STRUCK), (Seat.MILITIA, Seat.US, Rung.MILITIA_STRUCK),
    ):  # fmt: skip
        state.debt[debtor, offender], state.debt_days[debtor, offender] = rung, 9
    state.channel[:] = 1
    seen = observe(setting, state, None, seat)
    for name in seen.columns:
        seen.columns[name] = np.full(GAMES, NOT_HALF.get(name, 0.5), np.float32)
    seen.struck = np.zeros((4, 4, GAMES), np.float32)
    seen.struck[[Seat.IRAN, Seat.MILITIA], Seat.US] = Rung.DEADLY_ATTACK
    seen.struck[Seat.US, Seat.US.rivals] = Rung.MILITIA_STRUCK
    seen.attacks, seen.us_killed = np.ones(GAMES, np.float32), np.ones(GAMES, np.float32)
    seen.days = 3
    return state, seen


def exchange(name: str) -> str:
    """What the file of that name should hold."""
    return "\n".join(_lines(name.removesuffix(".txt"))) + "\n"


def _lines(doctrine: str) -> Iterator[str]:
    seat, scenario = doctrine_ids()[doctrine], load_scenario("the_article")
    setting, somebody = scenario.setting, player(doctrine, seat, scenario)
    state, seen = situation(setting, seat)
    legal, book = options(setting, state, seat), setting.rulebook
    choice = somebody.decide(setting, seen, legal, Dice.of(state, seat))
    deed = int(choice.deed[0])
    weighed = reasons(somebody, setting, seen, legal, deed)
    yield f"{doctrine} ({seat.name}), the day after a deadly attack"
    for heading, options_ in (
        ("Deeds", weighed.deeds),
        (f"Words with {book.deeds[seat][deed].id}", weighed.words),
        (f"Whispers with {book.deeds[seat][deed].id}", weighed.whispers),
    ):
        yield ""
        yield f"{heading}: odds and utility"
        for reason in sorted(options_, key=lambda r: r.option):
            yield f"  {reason.option}: {reason.probability:.4f} ({reason.utility:.3f})"
    yield ""
    yield f"Orders in {GAMES} games"
    for game in range(GAMES):
        parts = [book.deeds[seat][choice.deed[game]].id]
        to, rung = int(choice.word_to[game]), int(choice.word_rung[game])
        parts.append(book.words[choice.word[game]].id)
        parts[-1] += (f" {SEATS[to].name}" if to >= 0 else "") + (f" {rung}" if rung else "")
        if choice.whisper[game]:
            whisper = book.whispers[choice.whisper[game]].id
            parts.append(f"{whisper} > {SEATS[choice.whisper_to[game]].name}")
        yield f"  {game}: " + "; ".join(parts)
