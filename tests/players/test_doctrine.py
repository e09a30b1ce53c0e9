"""A doctrine's choices come as often as its odds say; what it explains is what it does."""

from collections import Counter

import numpy as np
import pytest

from game.content.doctrine import load_doctrine
from game.players.base import Dice, options
from game.players.doctrine import DoctrinePlayer
from game.players.features import Features
from game.players.library import player
from game.players.reasons import Reason, reasons
from game.players.utility import apart
from game.rules.legal import deed_mask
from game.rules.luck import game_keys
from game.rules.observe import observe
from game.rules.seats import Seat
from tests.common import DOCTRINES, Moment, random_film, scenario, setting
from tests.support import still, turn

RULES = setting("the_article").undrawn()


@pytest.mark.parametrize(("name", "seat"), DOCTRINES.items())
def test_orders_come_as_often_as_the_reasons_say(name: str, seat: Seat) -> None:
    somebody, games = player(name, seat, scenario("the_article")), 20_000
    state = RULES.open_games(game_keys(3, range(games)))
    seen, legal = observe(RULES, state, None, seat), options(RULES, state, seat)
    choice = somebody.decide(RULES, seen, legal, Dice.of(state, seat))
    book = RULES.rulebook
    commonest = int(np.bincount(choice.deed).argmax())
    alone = state.take(slice(0, 1))
    seen, legal = observe(RULES, alone, None, seat), options(RULES, alone, seat)
    told = reasons(somebody, RULES, seen, legal, commonest)
    assert_as_often([book.deeds[seat][d].id for d in choice.deed], told.deeds)
    with_it = np.flatnonzero(choice.deed == commonest)
    assert_as_often([book.words[w].id for w in choice.word[with_it]], told.words)
    whispers = [
        f"{book.whispers[w].id}>{Seat(to).name}" if w else "none"
        for w, to in zip(choice.whisper[with_it], choice.whisper_to[with_it], strict=True)
    ]
    assert_as_often(whispers, told.whispers)
    assert len(set(choice.deed.tolist())) > 2, "it has more than one idea"


def assert_as_often(chosen: list[str], weighed: tuple[Reason, ...]) -> None:
    """Each option within 4.5 standard deviations of its odds; no other option."""
    odds = {reason.option: reason.probability for reason in weighed}
    assert abs(sum(odds.values()) - 1) < 1e-4
    counts = Counter(chosen)
    assert counts.keys() <= odds.keys()
    for option, p in odds.items():
        share = counts[option] / len(chosen)
        assert abs(share - p) <= 4.5 * (p * (1 - p) / len(chosen)) ** 0.5 + 2e-4, option


@pytest.mark.parametrize(("name", "seat"), DOCTRINES.items())
def test_the_parts_of_a_reason_add_up(name: str, seat: Seat) -> None:
    somebody = player(name, seat, scenario("the_article"))
    for moment in random_film("the_article")[1:6]:
        alone = Moment(moment.state.take(slice(3, 4)), moment.outcome.take(slice(3, 4)))
        seen, legal = observe(RULES, *alone, seat), options(RULES, alone.state, seat)
        told = reasons(somebody, RULES, seen, legal, 0)
        for reason in (*told.deeds, *told.words, *told.whispers):
            assert abs(sum(reason.parts.values()) - reason.utility) < 1e-4, reason
        likely = [reason.probability for reason in told.deeds]
        assert likely == sorted(likely, reverse=True)
        may = {
            d.id for d, ok in zip(RULES.rulebook.deeds[seat], legal.deed[:, 0], strict=True) if ok
        }
        assert {reason.option for reason in told.deeds} == may


@pytest.mark.parametrize(("name", "seat"), DOCTRINES.items())
def test_a_doctrine_says_only_what_it_names(name: str, seat: Seat) -> None:
    somebody = player(name, seat, scenario("the_article"))
    words = {"silence", *somebody.doctrine.words}
    whispers = {(0, -1)} | {
        (RULES.rulebook.whisper(whisper), int(to)) for whisper, to in somebody.doctrine.whispers
    }
    for moment in random_film("the_article", 256)[:4]:
        seen, legal = observe(RULES, *moment, seat), options(RULES, moment.state, seat)
        choice = somebody.decide(RULES, seen, legal, Dice.of(moment.state, seat))
        assert {RULES.rulebook.words[w].id for w in choice.word} <= words
        assert (
            set(zip(choice.whisper.tolist(), choice.whisper_to.tolist(), strict=True)) <= whispers
        )


DUTIFUL = [
    ("proportionate_reply", Seat.US, Seat.MILITIA),
    ("proportionate_reply", Seat.US, Seat.IRAN),
    ("retribution", Seat.IRAN, Seat.US),
    ("sovereigntist", Seat.IRAQ, Seat.US),
]


@pytest.mark.parametrize("slack", [0, 1, 2, 5])
@pytest.mark.parametrize(("name", "debtor", "offender"), DUTIFUL)
def test_duty_asks_for_what_the_referee_takes_for_an_answer(
    name: str, debtor: Seat, offender: Seat, slack: int
) -> None:
    """An answer may stay as far below the crossing as the rules say, to referee and player alike:
    at every rung owed, duty speaks for just those open deeds that would settle the debt."""
    pair, rungs = f"{debtor.name}>{offender.name}", np.arange(1, 11)
    votes = {"politics.quorum": 0, "politics.quorum_binding": 0}
    before = still(rules={"minds.answer_slack": slack} | votes, games=rungs.size)
    before = before.with_(debt={pair: rungs}, debt_days={pair: 30})
    doctrine, book = load_doctrine(name), before.book
    player = DoctrinePlayer(doctrine, book)
    seen = observe(before.setting, before.state, None, debtor)
    worth = player.deed_worth(seen, Features(before.setting, seen))
    duty = apart(worth, len(book.deeds[debtor]), seen.us_killed)["duty"]
    answers = 0
    for index, deed in enumerate(book.deeds[debtor]):
        may = deed_mask(before.setting, before.state, debtor)[index].all()
        if deed.visibility != "public" or not may:
            continue
        _, out = turn(before, **{debtor.name: deed.id})
        answered = out.answered[debtor, offender]
        assert ((duty[index] > 0) == answered).all(), deed.id
        answers += int(answered.sum())
        given = deed.against.get(offender, 0)
        assert answered.sum() == (min(given + slack, rungs.size) if given else 0), deed.id
    assert answers > 0
