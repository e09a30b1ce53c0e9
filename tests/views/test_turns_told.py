"""How a turn is told to a seat: what is at stake, its peaks, what came of its orders, a line from
each capital, a place, and the end. From what the seat learnt alone, in whole sentences.
"""

import ast
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

import game.views
from game.content.scenario import Scenario
from game.futures.cast import cast
from game.lab.benchmark import benchmark
from game.rules.account import account
from game.rules.endings import Ending
from game.rules.observe import observe
from game.rules.orders import HOLD, Order
from game.rules.outcome import Source
from game.rules.seats import SEATS, Seat
from game.rules.state import ESTIMATED, READY
from game.session.match import Match
from game.views.ending import compared, scene
from game.views.names import CAPITALS
from game.views.peaks import MOST, Kind, killed, peaks, t
from game.views.places import place_lines, readiness
from game.views.reckoning import STEPS, reckoning
from game.views.scoring import LEAST, moved
from game.views.situation import LABELS, total_mark
from game.views.stakes import running_score, sentences, stakes
from game.views.voices import voices
from tests.common import scenario

NAMES = ("the_article", "ten_days_in_january")
SEEDS = (0, 1, 3)


@cache
def whole(name: str, seed: int) -> Match:
    chosen = scenario(name)
    match = Match(chosen, cast(chosen, {}), seed)
    while match.ending is Ending.NONE:
        match.advance()
    return match


class Told:
    """One seat's turns of a game."""

    def __init__(self, match: Match, seat: Seat) -> None:
        self.scenario: Scenario = match.scenario
        rules, outcome = match.scenario.setting, None
        self.seen, self.accounts = [], []
        for turn in match.played:
            self.seen.append(observe(rules, turn.before, outcome, seat))
            outcome = turn.outcome
            self.accounts.append(account(rules, outcome, seat))
        self.seen.append(observe(rules, match.state, outcome, seat))
        self.ending = match.ending

    def turns(self):
        for place, learnt in enumerate(self.accounts):
            last = place + 1 == len(self.accounts)
            ending = self.ending if last else Ending.NONE
            yield place, learnt, self.seen[place], self.seen[place + 1], ending


def every_game():
    for name in NAMES:
        for seed in SEEDS:
            yield whole(name, seed)


def is_sentence(text: str) -> bool:
    return text[:1] == text[:1].upper() and text.endswith((".", "!", "?"))


# --- stakes


@pytest.mark.parametrize("seat", SEATS)
def test_a_seat_sees_every_figure_that_its_score_is_made_of(seat: Seat) -> None:
    for match in every_game():
        if match.state.turn < len(match.scenario.turns) or match.ending is not Ending.CALENDAR:
            continue
        seen = observe(match.scenario.setting, match.state, match.last_outcome, seat)
        score = running_score(match.scenario.setting, seen)
        assert score == pytest.approx(total_mark(match.scenario, match.state, seat), abs=0.01)


@pytest.mark.parametrize("seat", SEATS)
def test_debts_are_those_of_the_state_the_most_pressing_first(seat: Seat) -> None:
    for match in every_game():
        told = Told(match, seat)
        for place, turn in enumerate(match.played):
            now = told.seen[place]
            found = stakes(match.scenario.setting, now, None, 0)
            assert {debt.offender for debt in found.owed} == {
                rival for rival in seat.rivals if turn.before.debt[seat, rival, 0] > 0
            }
            assert [debt.days for debt in found.owed] == sorted(d.days for d in found.owed)
            assert all(is_sentence(line) for line in sentences(found, seat))


# --- peaks


@pytest.mark.parametrize("seat", SEATS)
def test_peaks_are_few_and_the_first_dead_are_first_once(seat: Seat) -> None:
    """The first of all, and the first of the seat's own where others had died before them."""
    loud = 0
    for match in every_game():
        firsts: list[bool] = []
        for _, learnt, before, now, ending in Told(match, seat).turns():
            found = peaks(match.scenario, learnt, before, now, ending)
            assert len(found) <= MOST
            first = [peak for peak in found if peak.kind is Kind.FIRST_DEATHS]
            firsts += ["Nobody of your own" in " ".join(peak.aside) for peak in first]
            assert not first or seat in dict(first[0].toll) or not firsts[-1]
            loud += sum(peak.kind.is_loud for peak in found)
            for peak in found:
                assert is_sentence(peak.headline)
                assert all(is_sentence(line) for line in (*peak.told, *peak.aside))
                if peak.kind in (Kind.BLOW, Kind.FIRST_DEATHS):
                    dead = sum(number for _, number in killed(before, now))
                    assert sum(number for _, number in peak.toll) == dead
        assert firsts in ([], [False], [True], [False, True])
    assert loud


def lived(deeds: Mapping[Seat, str], name: str = "the_article", seed: int = 7) -> Match:
    """A game of one turn in which some seats each do a deed."""
    chosen = scenario(name)
    match = Match(chosen, cast(chosen, {}, [other for other in SEATS if other not in deeds]), seed)
    book = chosen.setting.rulebook
    for seat, deed in deeds.items():
        assert not match.commit(seat, Order(deed=book.deed(seat, deed)))
    match.advance()
    return match


@pytest.mark.parametrize("reader", SEATS)
def test_the_general_is_named_to_everybody_while_he_leads(reader: Seat) -> None:
    match = lived({Seat.US: "kill_commander"})
    (_, learnt, before, now, ending), *_ = Told(match, reader).turns()
    found = peaks(match.scenario, learnt, before, now, ending)
    assert "General Qassem Soleimani is dead." in [peak.headline for peak in found]


def test_the_general_dies_once() -> None:
    """Whoever has come after him is told of as what he is, however much he has grown."""
    match = lived({Seat.US: "kill_commander"})
    (_, learnt, before, now, ending), *_ = Told(match, Seat.MILITIA).turns()
    (first,) = peaks(match.scenario, learnt, before, now, ending)
    (again,) = peaks(match.scenario, learnt, before, now, ending, [learnt])
    assert "Soleimani" in first.headline
    assert again.headline == "The successor of General Soleimani is dead, too."
    (third,) = peaks(match.scenario, learnt, before, now, ending, [learnt, learnt])
    assert third.headline == "The commander of the Quds Force is dead."


def test_the_first_open_blow_that_kills_is_shown_where_it_fell() -> None:
    shown = 0
    for seed in range(6):
        match = lived({Seat.US: "strike_depots", Seat.MILITIA: "hold"}, seed=seed)
        (_, learnt, before, now, ending), *_ = Told(match, Seat.IRAQ).turns()
        struck = next(done.site for done in learnt.deeds if done.seat is Seat.US)
        for peak in peaks(match.scenario, learnt, before, now, ending):
            if peak.kind is Kind.FIRST_DEATHS and "aircraft" in " ".join(peak.told):
                assert peak.site == struck >= 0
                shown += 1
    assert shown


def test_a_debt_says_what_answers_it() -> None:
    match = lived({Seat.US: "kill_commander"})
    rules = match.scenario.setting
    seen = Told(match, Seat.IRAN).seen[-1]
    (debt, *_) = stakes(rules, seen, None, 0).owed
    slack = rules.rulebook.parameters.minds.answer_slack
    assert debt.rung - slack <= debt.least < debt.rung - slack + 1


def test_a_blow_says_who_owes_whom_an_answer() -> None:
    match = lived({Seat.US: "kill_commander"})
    (_, learnt, before, now, ending), *_ = Told(match, Seat.IRAN).turns()
    told = " ".join(peaks(match.scenario, learnt, before, now, ending)[0].aside)
    assert "Your line stands at rung 7, and it was crossed." in told
    (_, learnt, before, now, ending), *_ = Told(match, Seat.US).turns()
    told = " ".join(peaks(match.scenario, learnt, before, now, ending)[0].aside)
    assert "Tehran (rung 7)" in told


def test_a_war_is_a_peak_of_its_own() -> None:
    match = lived({Seat.US: "kill_commander"})
    (_, learnt, before, now, _), *_ = Told(match, Seat.US).turns()
    found = peaks(match.scenario, learnt, before, now, Ending.GENERAL_WAR)
    assert found[-1].kind is Kind.WAR


# --- what came of orders


@pytest.mark.parametrize("seat", SEATS)
def test_every_order_is_accounted_for_in_at_most_three_sentences(seat: Seat) -> None:
    for match in every_game():
        told = Told(match, seat)
        for place, _, before, now, _ in told.turns():
            found = reckoning(match.scenario, told.accounts[: place + 1], before, now)
            parts = [one.part for one in found]
            assert [part for part in parts if part not in ("earlier", "men", "deal")] == [
                "action",
                "statement",
                "message",
                "score",
            ]
            for one in found:
                assert 1 <= len(one.chain) <= STEPS
                assert all(is_sentence(step) for step in one.chain)
                assert one.chip


def test_a_debt_of_this_turn_is_not_owed_still() -> None:
    match = lived({Seat.US: "kill_commander", Seat.IRAN: "hold"})
    told = Told(match, Seat.IRAN)
    (_, _, before, now, _), *_ = told.turns()
    action = reckoning(told.scenario, told.accounts, before, now)[0]
    assert action.chain[-1].startswith("You owe Washington an answer now")


def test_no_figure_is_an_order_s_doing_that_moved_the_other_way() -> None:
    """What an order raises and what fell all the same was something else's doing; and none is told
    of two orders.
    """
    columns = {label: column for column, label in LABELS.items()}
    checked = 0
    for match in every_game():
        for seat in SEATS:
            told = Told(match, seat)
            for place, learnt, before, now, _ in told.turns():
                found = reckoning(match.scenario, told.accounts[: place + 1], before, now)
                orders = [one for one in found if one.part != "score"]
                steps = [step.partition(": ")[0] for one in orders for step in one.chain]
                figures = [columns[label] for label in steps if label in columns]
                assert len(figures) == len(set(figures))
                deed = match.scenario.setting.rulebook.deeds[seat][learnt.own_deed]
                effects = {**deed.effects, **deed.weekly, **deed.timely}
                action = [step.partition(": ")[0] for step in found[0].chain]
                for column in (columns[label] for label in action if label in columns):
                    by = now.columns[column][0] - before.columns[column][0]
                    assert by * effects[column] > 0
                    checked += 1
    assert checked


def ordered(match: Match, orders: Mapping[Seat, Order]) -> Match:
    """One more turn, in which these seats order this and the others hold."""
    for seat in SEATS:
        assert not match.commit(seat, orders.get(seat, HOLD))
    match.advance()
    return match


def test_a_blow_that_pays_no_debt_says_why() -> None:
    """By the referee's own rule: too low a rung, or aimed at somebody else."""
    chosen = scenario("the_article")
    book = chosen.setting.rulebook
    match = Match(chosen, {}, 11)
    ordered(match, {Seat.US: Order(deed=book.deed(Seat.US, "kill_commander"))})
    ordered(
        match,
        {
            Seat.IRAN: Order(deed=book.deed(Seat.IRAN, "cyber")),
            Seat.MILITIA: Order(deed=book.deed(Seat.MILITIA, "harass")),
        },
    )
    told = Told(match, Seat.MILITIA)
    assert told.seen[1].debt[Seat.MILITIA, Seat.US, 0] == 7
    assert not told.accounts[1].answered
    chain = " ".join(reckoning(chosen, told.accounts, *told.seen[1:])[0].chain)
    assert "It was no answer to Washington: it stood at rung " in chain
    assert "asks for rung 5 or more." in chain
    told = Told(match, Seat.US)
    ordered(match, {Seat.US: Order(deed=book.deed(Seat.US, "strike_depots"))})
    told = Told(match, Seat.US)
    for rival in (Seat.IRAN, Seat.MILITIA):
        owed = told.seen[2].debt[Seat.US, rival, 0]
        chain = " ".join(reckoning(chosen, told.accounts, *told.seen[2:])[0].chain)
        paid = rival in told.accounts[2].answered
        says = f"It was no answer to {CAPITALS[rival]}" in chain
        assert says == (owed > 0 and not paid)


@pytest.mark.parametrize("seat", SEATS)
def test_what_moved_the_score_adds_up(seat: Seat) -> None:
    """The objectives that are told move the score by as much as it moved, to their rounding."""
    told_of = 0
    for match in every_game():
        told = Told(match, seat)
        for place, _, before, now, _ in told.turns():
            found = moved(match.scenario, before, now)
            rules = match.scenario.setting
            by = running_score(rules, now) - running_score(rules, before)
            parts = len(rules.rulebook.objectives(seat, int(now.agenda[0])))
            assert abs(sum(one.points for one in found) - by) <= LEAST * (parts - len(found)) + 0.01
            (*_, score) = reckoning(match.scenario, told.accounts[: place + 1], before, now)
            assert score.part == "score"
            assert list(score.chain[: len(found)]) == [one.sentence for one in found[:STEPS]] or (
                not found and len(score.chain) == 1
            )
            told_of += len(found)
    assert told_of


def test_own_fire_is_told_with_its_own_dead_alone() -> None:
    """The dead of an American strike or of Iran's missiles in the same turn are not those of the
    militias' rockets.
    """
    deeds = {Seat.US: "strike_depots", Seat.IRAN: "missile_strike", Seat.MILITIA: "harass"}
    checked = 0
    for seed in range(20):
        told = Told(lived(deeds, seed=seed), Seat.MILITIA)
        ((_, learnt, before, now, _),) = told.turns()
        own = [seen for seen in learnt.sightings if seen.by is Source.MILITIA]
        if not own or not killed(before, now):
            continue
        dead = own[0].us_killed + own[0].coalition_killed + own[0].iraqi_killed
        action = reckoning(told.scenario, told.accounts, before, now)[0]
        assert ("Nobody was killed" in " ".join(action.chain)) == (dead == 0)
        checked += any(seen.by is Source.IRAN for seen in learnt.sightings)
    assert checked


def test_a_message_that_was_not_obeyed_says_so() -> None:
    chips = set()
    for match in every_game():
        told = Told(match, Seat.IRAN)
        for place, learnt, before, now, _ in told.turns():
            *_, message = reckoning(match.scenario, told.accounts[: place + 1], before, now)
            chips.add(message.chip)
            asked = any(sent.sender is Seat.IRAN for sent in learnt.whispers)
            if learnt.disobeyed and asked and "militias" in message.name:
                assert message.chip == t("reckoning.chip.not_obeyed")
    assert len(chips) > 2


# --- voices, places, endings


def test_each_capital_says_one_line_a_turn_in_its_own_words() -> None:
    for match in every_game():
        told = Told(match, Seat.US)
        for place, _, before, now, ending in told.turns():
            public = account(match.scenario.setting, match.played[place].outcome, None)
            found = voices(match.scenario.setting.rulebook, public, before, now, ending)
            assert [voice.seat for voice in found] == list(SEATS)
            assert len({voice.line for voice in found}) == 4
            for voice in found:
                assert is_sentence(voice.line)
                assert "{" not in voice.line
                assert 1 <= len(voice.did) <= 2


def test_nobody_asks_who_fired_what_was_signed() -> None:
    """After missiles that Tehran has signed, Washington does not look for the culprit."""
    asks = 0
    for seed in range(8):
        match = lived({Seat.IRAN: "missile_strike"}, seed=seed)
        public = account(match.scenario.setting, match.played[0].outcome, None)
        told = Told(match, Seat.US)
        us, *_ = voices(match.scenario.setting.rulebook, public, *told.seen)
        if us.did[0] == "mourns":
            asks += 1
            assert us.line in t.below("voices.US.mourns_known").values()
    assert asks


def test_who_has_not_answered_says_whom() -> None:
    match = lived({Seat.US: "kill_commander", Seat.IRAN: "hold"})
    public = account(match.scenario.setting, match.played[0].outcome, None)
    _, iran, *_ = voices(match.scenario.setting.rulebook, public, *Told(match, Seat.US).seen)
    assert "has not answered Washington yet" in iran.did


def test_all_seats_hear_the_same_voices() -> None:
    match = whole("the_article", 0)
    public = account(match.scenario.setting, match.played[1].outcome, None)
    book = match.scenario.setting.rulebook
    heard = {tuple(voices(book, public, *Told(match, seat).seen[1:3])) for seat in SEATS}
    assert len(heard) == 1


@pytest.mark.parametrize("seat", SEATS)
def test_every_place_tells_what_fell_on_it(seat: Seat) -> None:
    match = whole("the_article", 0)
    told = Told(match, seat)
    sites = match.scenario.setting.rulebook.sites
    hit = {seen.site for learnt in told.accounts for seen in learnt.sightings}
    for number in range(len(sites)):
        lines = place_lines(match.scenario, told.seen[-1], told.accounts, number)
        fire = next(line.text for line in lines if line.label == "Fire")
        if number in hit:
            assert "last in turn" in fire


def test_the_last_scene_is_told_of_every_ending() -> None:
    match = whole("the_article", 0)
    seen = set()
    for ending in Ending:
        final = match.state.copy()
        final.ending[:] = int(ending)
        found = scene(match.scenario, final)
        assert is_sentence(found.headline)
        assert all(is_sentence(line) for line in found.told)
        seen.add(found.headline)
    assert len(seen) == len(Ending)


def test_a_score_is_held_against_others_of_its_seat() -> None:
    for seat in SEATS:
        kept = benchmark("the_article", seat)
        assert kept is not None
        worse = [kept.better_than(score) for score in range(101)]
        assert worse == sorted(worse)
        assert worse[0] == 0
        assert kept.better_than(max(kept.scores) + 1) == 10
        assert compared(7) == "better than 7 of 10 who played this seat"
        assert "hold" in {plan.id for plan in kept.plans}
        means = [plan.mean for plan in kept.plans]
        assert means == sorted(means, reverse=True)
    assert benchmark("no_such_scenario", Seat.US) is None


# --- the texts


def test_every_text_of_them_is_asked_for_and_is_there() -> None:
    """Keys that are built of what happened stand for all that begin so."""
    folder = Path(game.views.__file__).parent.parent
    asked = set()
    for path in folder.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "told" not in source and "peaks import" not in source and "Texts(" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                asked.add(re.escape(node.value))
            elif isinstance(node, ast.JoinedStr):
                asked.add(
                    "".join(
                        re.escape(part.value) if isinstance(part, ast.Constant) else r"[\w.]+"
                        for part in node.values
                    )
                )
    below = "|".join(sorted(pattern for pattern in asked if "\\." in pattern))
    known = re.compile(rf"(?:{below})(?:\.[\w.]+)?")
    unused = [key for key in t.all if not known.fullmatch(key)]
    assert not unused


def test_hold_is_an_order_like_any_other() -> None:
    match = lived({Seat.US: "hold"})
    told = Told(match, Seat.US)
    found = reckoning(match.scenario, told.accounts, told.seen[0], told.seen[1])
    assert found[0].chain[0] == "You held."
    assert HOLD.deed == 0


@pytest.mark.parametrize("seat", SEATS)
def test_readiness_is_told_as_surely_as_the_seat_knows_it(seat: Seat) -> None:
    """Its own exactly, as everybody's who hides nothing; another's as the estimate that it has."""
    match = whole("the_article", 0)
    now = Told(match, seat).seen[-1]
    found = readiness(now)
    assert set(found) == {Seat.US, Seat.IRAN, Seat.MILITIA}
    hidden = {Seat.IRAN, Seat.MILITIA} - {seat}
    for whose, ready in found.items():
        assert ready.estimate == (whose in hidden)
        assert ("about" in ready.text) == ready.estimate
        told = float(getattr(match.state, READY[whose])[0])
        if whose in hidden:
            told = float(match.state.estimates[seat, ESTIMATED.index(READY[whose])][0])
        assert ready.share == pytest.approx(told)
