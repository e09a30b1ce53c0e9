"""What words and messages are worth, and whether a threat is heard."""

from collections.abc import Sequence

import numpy as np

from game.players.base import Choice
from game.rules.legal import whisper_mask, word_mask
from game.rules.luck import game_keys
from game.rules.orders import PARTS
from game.rules.outcome import Source
from game.rules.rulebook import NO_SEAT
from game.rules.seats import Rung, Seat
from game.rules.state import Bools, Codes

from .judging import Judged, best, judge
from .measure import Goal, Measure, by_group
from .plans import whispers_of, words_of
from .reading import shares_best
from .ridge import Values
from .sides import Sides, play_sides_on
from .situations import Moment, Options, Valued, ordinary, value
from .world import World

RUNGS = (int(Rung.DEADLY_ATTACK), int(Rung.STATES_STRIKE))
"""The lines that a threat is tried with."""
FIRES_BY = {Seat.MILITIA: (Source.MILITIA,), Seat.IRAN: (Source.IRAN,)}
KEPT, BROKEN = (4.0, 0.5), (0.5, 4.0)
"""A record of lines kept and lines let pass, and the other way round."""
EFFECT_LUCK = 40_000


class DeedsChosen:
    """The deed that looks best in each situation, by what is known of its futures."""

    def __init__(self, judged: Judged) -> None:
        valued = judged.valued
        deed = best((judged.means + judged.foreseen) / 2, valued.legal)
        keys = zip(valued.turn.tolist(), valued.game.tolist(), strict=True)
        self._deed = dict(zip(keys, deed.tolist(), strict=True))

    def at(self, moment: Moment) -> Codes:
        """(n,) at one moment."""
        return np.array([self._deed[moment.turn, game] for game in moment.games.tolist()], np.intp)


def value_words(
    world: World, sides: Sides, moments: list[Moment], seat: Seat, deeds: DeedsChosen
) -> tuple[Valued, list[str]]:
    """What every word is worth, beside the deed that is best there; and the words' ids."""
    book = world.setting.rulebook
    offered = words_of(book, seat, RUNGS)
    parts = np.array(offered, np.intp)

    def options(moment: Moment) -> Options:
        legal = word_mask(world.setting, moment.position.state, seat)[parts[:, 0]]
        base = ordinary(world, sides, moment, seat, deeds.at(moment))
        return Options(legal, lambda which, game: _with(base, game, word=parts[which]))

    valued = value(world, sides, moments, seat, options)
    return valued, [book.words[word].id for word, _, _ in offered]


def value_whispers(
    world: World, sides: Sides, moments: list[Moment], seat: Seat, deeds: DeedsChosen
) -> tuple[Valued, list[str]]:
    """What every message is worth, beside the deed that is best there; and the messages' ids."""
    book = world.setting.rulebook
    offered = whispers_of(book, seat)
    parts = np.array(offered, np.intp)

    def options(moment: Moment) -> Options:
        may = whisper_mask(world.setting, moment.position.state, seat)
        legal: Bools = may[parts[:, 0], parts[:, 1]]
        legal[0] = True
        base = ordinary(world, sides, moment, seat, deeds.at(moment))
        return Options(legal, lambda which, game: _with(base, game, whisper=parts[which]))

    valued = value(world, sides, moments, seat, options)
    return valued, [book.whispers[whisper].id for whisper, _ in offered]


def _with(
    base: Choice, game: Codes, *, word: Codes | None = None, whisper: Codes | None = None
) -> Choice:
    """Orders with another word or message, (m, parts)."""
    choice = Choice(*(getattr(base, part)[game] for part in PARTS))
    if word is not None:
        choice.word, choice.word_to, choice.word_rung = word.T
    if whisper is not None:
        choice.whisper, choice.whisper_to = whisper.T
    return choice


def best_by_name(valued: Valued, names: Sequence[str]) -> dict[str, float]:
    """The share of situations in which each name's best option is the best of all, of those in
    which one of them is legal.
    """
    judged = judge(valued)
    found: dict[str, float] = {}
    share, legal = shares_best(judged)
    for name in dict.fromkeys(names):
        mine = np.array([other == name for other in names])
        cases = int(valued.legal[:, mine].any(axis=1).sum())
        if cases:
            found[name] = float((share[mine] * legal[mine]).sum()) / cases
    return found


def threats(world: World, sides: Sides, moments: list[Moment], speaker: Seat) -> list[Measure]:
    """What a threat at rung 5 does to the fire of whom it names, in the turn after it, where the
    speaker has kept its lines and where it has let them pass.
    """
    book = world.setting.rulebook
    warning = [k for k, word in enumerate(book.words) if word.to_rung and speaker in word.seats]
    rows: list[Measure] = []
    for target, sources in FIRES_BY.items():
        if not warning or target is speaker:
            continue
        for name, record, goal in (
            ("kept record", KEPT, Goal(high=-0.15)),
            ("broken record", BROKEN, Goal(low=-0.05, high=0.05)),
        ):
            change, game = _changes(world, sides, moments, speaker, target, warning[0], record)
            rows.append(
                Measure(
                    f"signals: threat to {target.name}, {name}",
                    speaker,
                    by_group(change, game),
                    goal if (speaker, target) == (Seat.US, Seat.MILITIA) else Goal(),
                    "attacks by " + ", ".join(source.name.lower() for source in sources),
                )
            )
    return rows


def _changes(
    world: World,
    sides: Sides,
    moments: list[Moment],
    speaker: Seat,
    target: Seat,
    warning: int,
    record: tuple[float, float],
) -> tuple[Values, Codes]:
    """(n,) attacks of the next turn with the threat less those without, and their games."""
    futures = world.effort.futures
    last = world.setting.turns - 2

    def work(moments: list[Moment], first: int, count: int) -> list[Values]:
        return [change(moment) for moment in moments[first : first + count]]

    def change(moment: Moment) -> Values:
        state = moment.position.state.copy()
        state.kept[target, speaker], state.broken[target, speaker] = record
        changed = moment._replace(position=moment.position._replace(state=state))
        each = np.repeat(np.arange(moment.games.size), futures)
        numbers = (moment.games[:, None] * futures + np.arange(futures)).reshape(-1)
        base = ordinary(world, sides, changed, speaker, None)
        fired = []
        for word in ((warning, int(target), int(Rung.DEADLY_ATTACK)), (0, NO_SEAT, 0)):
            started = changed.position.take(each)
            started.state.key = game_keys(world.effort.seed + EFFECT_LUCK + moment.turn, numbers)
            given = {speaker: _with(base, each, word=np.tile(word, (each.size, 1)))}
            played = play_sides_on(
                world.setting, sides, started, until=moment.turn + 2, given=given
            )
            fire = played.array("fire_attacks")[list(FIRES_BY[target])].sum(axis=0)
            fired.append(fire.astype(np.float64).reshape(-1, futures).mean(axis=1))
        difference: Values = fired[0] - fired[1]
        return difference

    asked = [moment for moment in moments if 0 < moment.turn <= last]
    parts = [part for some in world.shared(work, asked, len(asked), 1) for part in some]
    return np.concatenate(parts), np.concatenate([m.games for m in asked])
