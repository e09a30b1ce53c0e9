"""The fuzzer: random legal orders and broken ones, in random scenarios, at random moments.

    python tests/fuzz.py --minutes 5
    python tests/fuzz.py --minutes 5 --seed 7
    python tests/fuzz.py --minutes 120 --games 4096 --turns 10000000
    python tests/fuzz.py --reopen tests/crashes/0123456789abcdef.json

After every turn all promises of `tests/invariants.py` must hold, and news, situation and record
must be tellable. Orders that are not legal, judged here one by one from the rulebook's reasons,
must be refused with a reason, and change nothing. What goes wrong leaves a file with all that is
needed to step to it again: the scenario, the games, and every turn's orders.
"""

import argparse
import hashlib
import json
import math
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from game.players.base import assemble, decide
from game.rules.account import account
from game.rules.legal import (
    HIGHEST_LINE,
    LOWEST_LINE,
    IllegalOrderError,
    Refusal,
    refusals,
    why_not_deed,
    why_not_whisper,
    why_not_word,
)
from game.rules.luck import game_keys
from game.rules.observe import observe
from game.rules.orders import PARTS, Orders
from game.rules.outcome import Outcome
from game.rules.resolve import resolve
from game.rules.rulebook import ANY_SITE, NO_SEAT
from game.rules.seats import SEATS, Seat
from game.rules.setting import Setting
from game.rules.state import State
from game.views.news import news
from game.views.situation import ledger, mark_sheet, situation, suspicion
from game.views.transcript import ending_lines, turn_lines
from tests import common, invariants

CRASHES = Path(__file__).parent / "crashes"
MAIN = "python tests/fuzz.py"
SIZES = (1, 2, 16, 128)
"""How many games a batch has."""


class Failure(Exception):
    """A broken promise: what it is, and in which games of the batch."""

    def __init__(self, what: str, games: list[int] | None = None) -> None:
        super().__init__(what)
        self.games = games or []


@dataclass
class Case:
    """All that is needed to come to the same moment again."""

    scenario: str
    seed: int
    games: list[int]
    """Numbers of the games in the batch."""
    players: str
    """Who plays: a name of `tests.common.CASTS`."""
    orders: list[dict[str, Any]] = field(default_factory=list)
    """Each turn's orders, (4 seats, games) for each part."""
    tried: dict[str, Any] | None = None
    """Orders that were to be refused at the moment after those turns."""
    mishap: list[str] | None = None
    """The part of those orders that is of a wrong form, and the form."""
    what: str = ""
    """What went wrong."""

    @property
    def turn(self) -> int:
        """The turn, from 1, in which it went wrong."""
        return max(1, len(self.orders) + (self.tried is not None))

    def only(self, positions: Iterable[int]) -> "Case":
        """The case with some of its games only."""
        kept = list(positions)

        def pick(parts: dict[str, Any]) -> dict[str, Any]:
            return {name: [[row[k] for k in kept] for row in rows] for name, rows in parts.items()}

        return replace(
            self,
            games=[self.games[k] for k in kept],
            orders=[pick(parts) for parts in self.orders],
            tried=None if self.tried is None else pick(self.tried),
        )

    def write(self, folder: Path) -> Path:
        """Writes the file that reopens it."""
        text = json.dumps({f.name: getattr(self, f.name) for f in fields(self)} | {
            "turn": self.turn, "game": self.games[0] if len(self.games) == 1 else None,
        }, indent=1)  # fmt: skip
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.json"
        path.write_text(text, encoding="utf-8")
        return path

    @classmethod
    def read(cls, path: Path) -> "Case":
        """Reads such a file."""
        told = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{f.name: told[f.name] for f in fields(cls)})


def written(orders: Orders) -> dict[str, Any]:
    """Orders as lists."""
    return {part: getattr(orders, part).tolist() for part in PARTS}


def read_orders(parts: dict[str, Any]) -> Orders:
    return Orders(**{part: np.array(rows, np.intp) for part, rows in parts.items()})


# --- what is checked


def step(rules: Setting, before: State, orders: Orders, told: int | None = None) -> invariants.Step:
    """Adjudicates one turn, and checks all promises.

    Args:
        rules: the scenario's.
        before: B games.
        orders: B games' orders.
        told: also tells this game's news and record.

    Raises:
        Failure: a promise is broken.
    """
    common.lock((before, orders))
    earlier = common.bits((before, orders))
    after, outcome = resolve(rules, before, orders)
    if common.bits((before, orders)) != earlier:
        raise Failure("resolve changed its inputs")
    done = invariants.Step(rules, before, orders, after, outcome)
    for promise, games in invariants.broken(done).items():
        raise Failure(f"broken: {promise}", games.tolist())
    return done


def tell(scenario_id: str, done: invariants.Step, game: int) -> None:
    """Everything that can be said of a turn can be said, in whole sentences."""
    scenario = common.scenario(scenario_id)
    lines = turn_lines(scenario, done.orders, done.outcome, done.after, game)
    lines += ending_lines(scenario, done.after, game)
    for seat in SEATS:
        told = news(scenario, account(done.setting, done.outcome, seat, game))
        for line in told:
            if line != line.strip() or line[-1] not in ".!?" or "{" in line or "None" in line:
                raise Failure(f"not a sentence for {seat.name}: {line!r}", [game])
        seen = observe(done.setting, done.after, done.outcome, seat)
        situation(seen, scenario.setting, game)
        ledger(seen, game)
        lines += [*told, suspicion(seen, game)]
        mark_sheet(scenario, done.after, seat, game)
    if not all(lines):
        raise Failure("an empty line was told", [game])


def complaints(rules: Setting, state: State, orders: Orders) -> list[tuple[Seat, str]]:
    """Why one game's orders (B = 1) are not legal, part by part, without the masks."""
    book, found = rules.rulebook, []
    for seat in SEATS:
        deed, word, to, rung, whisper, whisper_to, site = (
            int(getattr(orders, part)[seat, 0]) for part in PARTS
        )
        if not 0 <= deed < len(book.deeds[seat]):
            found.append((seat, "no such deed"))
        else:
            found += [(seat, why) for why in why_not_deed(rules, state, seat, deed)]
            found += [(seat, why) for why in _site_complaints(rules, state, seat, deed, site)]
        if not 0 <= word < len(book.words):
            found.append((seat, "no such word"))
        else:
            found += [(seat, why) for why in why_not_word(rules, state, seat, word)]
            if book.words[word].to_seat != (to in seat.rivals) or to not in (NO_SEAT, *seat.rivals):
                found.append((seat, "the word's target"))
            if book.words[word].to_rung != (LOWEST_LINE <= rung <= HIGHEST_LINE) or (
                rung != 0 and not book.words[word].to_rung
            ):
                found.append((seat, "the word's rung"))
        if not 0 <= whisper < len(book.whispers):
            found.append((seat, "no such whisper"))
        else:
            why_not = why_not_whisper(rules, state, seat, whisper, whisper_to)
            found += [(seat, why) for why in why_not]
    return found


def _site_complaints(rules: Setting, state: State, seat: Seat, deed: int, site: int) -> list[str]:
    book = rules.rulebook
    if site == ANY_SITE:
        return []
    host = book.deeds[seat][deed].at
    if host is None or not 0 <= site < len(book.sites) or book.sites[site].host != host:
        return ["no such site for that deed"]
    held = host != "US" or np.float32(book.sites[site].held_above) < state.us_exposure[0]
    return [] if held else ["the base is not held"]


def refuse(rules: Setting, before: State, orders: Orders, spoilt: Iterable[int]) -> bool:
    """Orders that are not legal must be refused, all others not; says whether they were.

    Args:
        rules: the scenario's.
        before: B games.
        orders: B games' orders.
        spoilt: the games whose orders may be illegal.

    Raises:
        Failure: they were wrongly taken or refused, without a reason, or something changed.
    """
    common.lock((before, orders))
    earlier = common.bits((before, orders))
    # What is written over games that have ended does not matter.
    wrong = {
        game: found
        for game in spoilt
        if before.ending[game] == 0
        and (found := complaints(rules, before.take(slice(game, game + 1)),
                                 orders.take(slice(game, game + 1))))
    }  # fmt: skip
    listed = refusals(rules, before, orders)
    raised: Refusal | None = None
    try:
        resolve(rules, before, orders)
    except IllegalOrderError as error:
        raised = error.refusal
        if not isinstance(error, ValueError) or str(raised) != str(error):
            raise Failure(f"the refusal does not tell itself: {error!r}", [raised.game]) from error
    if common.bits((before, orders)) != earlier:
        raise Failure("refused orders changed something")
    if bool(wrong) != (raised is not None):
        games = list(wrong) or ([raised.game] if raised else [])
        raise Failure(f"illegal: {wrong or 'nothing'}, but refused: {raised}", games)
    if {(r.game, r.seat) for r in listed} != {(g, s) for g, why in wrong.items() for s, _ in why}:
        raise Failure(f"illegal: {wrong}, but listed: {[str(r) for r in listed]}", list(wrong))
    for refusal in listed:
        if not refusal.name or not refusal.reason:
            raise Failure(f"refused without a name or reason: {refusal!r}", [refusal.game])
    if raised is not None and raised not in listed:
        raise Failure(f"raised {raised}, which is not listed", [raised.game])
    return raised is not None


# --- what is tried


def mangled(
    rules: Setting, orders: Orders, luck: np.random.Generator, parts: int | None = None
) -> Orders:
    """Orders with one to three parts, or so many, written over by numbers that may mean anything
    or nothing.
    """
    other = common.unlocked(orders)
    other.forecast = None
    book = rules.rulebook
    sizes = {
        "deed": max(len(deeds) for deeds in book.deeds), "word": len(book.words), "word_to": 4,
        "word_rung": 11, "whisper": len(book.whispers), "whisper_to": 4, "site": len(book.sites),
    }  # fmt: skip
    far = [-(2**63), -(2**31), -1000, -2, 1000, 2**31, 2**63 - 1]
    for _ in range(int(luck.integers(1, 4)) if parts is None else parts):
        part = PARTS[luck.integers(len(PARTS))]
        value = luck.integers(-2, sizes[part] + 2) if luck.random() < 0.8 else luck.choice(far)
        getattr(other, part)[luck.integers(4), luck.integers(orders.games)] = value
    return other


FORMS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "one game more": lambda rows: np.concatenate([rows, rows[:, :1]], axis=1),
    "one game less": lambda rows: rows[:, 1:],
    "a seat less": lambda rows: rows[1:],
    "one row": lambda rows: rows[0],
    "fractions": lambda rows: rows + 0.5,
    "no numbers": lambda rows: np.full(rows.shape, np.nan),
    "truths": lambda rows: rows > 0,
    "short numbers": lambda rows: rows.astype(np.int32),
}
"""Wrong forms that an array of orders can have."""


def refuse_misshapen(rules: Setting, before: State, orders: Orders, part: str, form: str) -> None:
    """Orders of the wrong form must be refused by a ValueError that says what is wrong."""
    wrong = common.unlocked(orders)
    setattr(wrong, part, FORMS[form](getattr(orders, part)))
    earlier = common.bits((before, wrong))
    try:
        resolve(rules, before, wrong)
    except ValueError as error:
        if not str(error):
            raise Failure(f"{part}, {form}: refused without a reason") from error
    except Exception as error:
        raise Failure(f"{part}, {form}: {error!r} instead of a ValueError") from error
    else:
        raise Failure(f"{part}, {form}: taken")
    if common.bits((before, wrong)) != earlier:
        raise Failure(f"{part}, {form}: changed something")


class Fuzzer:
    """Plays one game batch after another until it is told to stop."""

    def __init__(self, seed: int, crashes: Path = CRASHES, sizes: Sequence[int] = SIZES) -> None:
        self.seed = seed
        self.crashes = crashes
        self.sizes = sizes
        """How many games a batch may have."""
        self.turns = 0
        """Game-turns adjudicated."""
        self.refused = 0
        self.files: list[Path] = []
        self._round = 0

    def round(self) -> Path | None:
        """One batch from its opening to its end; the file that reopens it if something broke."""
        luck = np.random.default_rng([self.seed, self._round])
        self._round += 1
        scenario_id = str(luck.choice(common.SCENARIOS))
        games = luck.integers(0, 2**31, int(luck.choice(self.sizes))).tolist()
        players = str(luck.choice([*common.CASTS, "uniform", "uniform"]))
        case = Case(scenario_id, int(luck.integers(2**63)), games, players)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                self._play(case, luck)
        except Exception as error:  # whatever it is, it is written down
            return self._record(case, error)
        return None

    def _play(self, case: Case, luck: np.random.Generator) -> None:
        rules = common.setting(case.scenario)
        state, outcome = opening(case), None
        while state.turn < rules.turns and not (state.ending > 0).all():
            orders = ordered(case, state, outcome)
            for _ in range(2):
                wrong = mangled(rules, orders, luck)
                case.tried = written(wrong)
                spoilt = np.any(
                    [getattr(wrong, p) != getattr(orders, p) for p in PARTS], axis=(0, 1)
                )
                self.refused += refuse(rules, state, wrong, np.flatnonzero(spoilt).tolist())
            case.tried = written(orders)
            case.mishap = [str(luck.choice(PARTS)), str(luck.choice(list(FORMS)))]
            refuse_misshapen(rules, state, orders, *case.mishap)
            case.tried = case.mishap = None
            case.orders.append(written(orders))
            done = step(rules, state, orders)
            tell(case.scenario, done, int(luck.integers(state.games)))
            self.turns += int((state.ending == 0).sum())
            state, outcome = done.after, done.outcome

    def _record(self, case: Case, error: Exception) -> Path:
        """Writes the smallest case that still breaks."""
        case.what = describe(error)
        first = error.games[:1] if isinstance(error, Failure) else []
        if first:
            case = _smaller(case, [first]) or case
        while len(case.games) > 1:  # half of them, as long as it breaks
            games, half = range(len(case.games)), len(case.games) // 2
            smaller = _smaller(case, [games[:half], games[half:]])
            if smaller is None:
                break  # it takes games of both halves
            case = smaller
        path = case.write(self.crashes)
        self.files.append(path)
        return path


def _smaller(case: Case, parts: Iterable[Iterable[int]]) -> Case | None:
    """The case with the first of these parts of its games that still breaks."""
    for positions in parts:
        part = case.only(positions)
        if (found := reopen(part)) is not None:
            part.what = describe(found)
            return part
    return None


def describe(error: Exception) -> str:
    if isinstance(error, Failure):
        return str(error)
    return "".join(traceback.format_exception_only(error)).strip()


# --- coming back to it


def opening(case: Case) -> State:
    """The games of a case before their first turn."""
    keys = game_keys(case.seed, np.array(case.games, np.int64))
    return common.setting(case.scenario).open_games(keys)


def ordered(case: Case, state: State, outcome: Outcome | None) -> Orders:
    """What the case's players order, which must be legal."""
    rules, players = common.setting(case.scenario), common.cast(case.scenario, case.players)
    choices = {s: decide(p, rules, state, outcome, s) for s, p in players.items()}
    orders = assemble(choices, state.games)
    if refused := refusals(rules, state, orders):
        games = [refusal.game for refusal in refused]
        raise Failure(f"the {case.players} players' order is illegal: {refused[0]}", games)
    return orders


def reopen(case: Case) -> Exception | None:
    """Steps through a case with every check; what goes wrong on the way, or None."""
    rules, state, outcome = common.setting(case.scenario), opening(case), None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for parts in case.orders:
                done = step(rules, state, read_orders(parts))
                for game in range(state.games):
                    tell(case.scenario, done, game)
                state, outcome = done.after, done.outcome
            if case.mishap is not None:
                refuse_misshapen(rules, state, read_orders(case.tried), *case.mishap)
            elif case.tried is not None:
                refuse(rules, state, read_orders(case.tried), range(state.games))
            elif state.turn < rules.turns:
                ordered(case, state, outcome)
    except Exception as error:  # it is handed back
        return error
    return None


def show(path: Path) -> int:
    """Steps to the crash that a file was left by; 1 if it still crashes."""
    case = Case.read(path)
    scenario, rules, state = (
        common.scenario(case.scenario),
        common.setting(case.scenario),
        opening(case),
    )
    print(f"{case.scenario}, seed {case.seed}, games {case.games}, turn {case.turn}: {case.what}\n")
    for parts in case.orders[:-1] if case.tried is None else case.orders:
        before, orders = state, read_orders(parts)
        try:
            state, outcome = resolve(rules, before, orders)
        except Exception:
            break
        print("\n".join(turn_lines(scenario, orders, outcome, state)), "\n")
    error = reopen(case)
    if error is None:
        print("It does not go wrong any more.")
        return 0
    traceback.print_exception(error)
    print(f"\nIt goes wrong still: {describe(error)}")
    return 1


def run(
    fuzzer: Fuzzer, seconds: float, *, most_turns: float = math.inf, most_files: int = 10
) -> None:
    """Fuzzes for so long, or until it has played so many game-turns or left so many files."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and fuzzer.turns < most_turns and len(fuzzer.files) < most_files:
        path = fuzzer.round()
        if path is not None:
            case = Case.read(path)
            print(f"{case.scenario}, turn {case.turn}: {case.what}\n  {MAIN} --reopen {path}")


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Random legal and illegal play, with every check.")
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=None, help="default: a new one every time")
    parser.add_argument(
        "--turns", type=int, default=math.inf, metavar="N", help="stop after so many game-turns"
    )
    parser.add_argument(
        "--games", type=int, default=None, metavar="N", help="also batches of so many games"
    )
    parser.add_argument("--reopen", type=Path, default=None, metavar="FILE")
    asked = parser.parse_args(arguments)
    if asked.reopen is not None:
        return show(asked.reopen)
    seed = time.time_ns() % 2**32 if asked.seed is None else asked.seed
    print(f"seed {seed}")
    fuzzer = Fuzzer(seed, sizes=SIZES if asked.games is None else (*SIZES, asked.games))
    run(fuzzer, asked.minutes * 60, most_turns=asked.turns)
    print(
        f"{fuzzer.turns:,} game-turns, {fuzzer.refused:,} orders refused, "
        f"{len(fuzzer.files)} files left in {fuzzer.crashes}"
    )
    return 1 if fuzzer.files else 0


if __name__ == "__main__":
    sys.exit(main())
