"""Reasons in a replay, and the staff estimate at the orders prompt."""

import json
import re

import pytest

from game.content.lens import lens_ids
from game.content.load import load_scenario
from game.futures.cast import cast
from game.players.reasons import Reasons
from game.rules.orders import HOLD
from game.rules.seats import SEATS, Seat
from game.session.match import Match
from game.terminal import estimate, explain

REPLAY = ["replay", "turn_zero", "--game", "5", "--seed", "7"]


def one_line(text):
    return " ".join(text.split())


def told(run, tmp_path, *arguments):
    """The JSON of a replay with reasons, and what it printed."""
    target = tmp_path / "game.json"
    result = run(*REPLAY, "--explain", *arguments, "--text", "--json", str(target))
    assert result.status == 0, result.err
    return json.loads(target.read_text(encoding="utf-8")), result.out


def test_every_order_of_a_doctrine_has_its_reasons(run, tmp_path):
    data, out = told(run, tmp_path)
    for turn in data["turns"]:
        assert list(turn["reasons"]) == [seat.name for seat in SEATS]
        for why in turn["reasons"].values():
            for part in ("deeds", "words", "whispers"):
                odds = [reason["probability"] for reason in why[part]]
                assert sum(odds) == pytest.approx(1, abs=1e-4)
                assert odds == sorted(odds, reverse=True)
                for reason in why[part]:
                    total = sum(reason["parts"].values())
                    assert total == pytest.approx(reason["utility"], abs=1e-4)
            assert why["deed"] in [reason["option"] for reason in why["deeds"]]
            assert why["word"] in [reason["option"] for reason in why["words"]]
            assert why["whisper"] in [reason["option"] for reason in why["whispers"]]
    turns = len(data["turns"])
    for heading in ("Why Washington (US) did it", "Why the militias (MILITIA) did it"):
        assert out.count(heading) == turns
    assert "How to read the reasons" in one_line(out)


def test_the_chosen_deed_is_marked_and_is_the_one_that_was_ordered(run, tmp_path):
    data, out = told(run, tmp_path)
    marked = re.findall(r"^ *> (\w+): chance", out, re.M)
    chosen = [why["deed"] for turn in data["turns"] for why in turn["reasons"].values()]
    assert marked == chosen
    for turn in data["turns"]:
        for seat, why in turn["reasons"].items():
            assert turn["orders"][seat].startswith(why["deed"])


def test_three_options_are_told_and_the_chosen_one(run, tmp_path):
    """A deed that was unlikely, and chosen, stands below the top three."""
    data, out = told(run, tmp_path)
    rows = len(re.findall(r"^ *(?:> )?\w+: chance [<>\d]", out, re.M))
    expected = sum(
        3 + (why["deed"] not in [reason["option"] for reason in why["deeds"][:3]])
        for turn in data["turns"]
        for why in turn["reasons"].values()
    )
    assert rows == expected


def test_reasons_change_nothing(run, tmp_path):
    data, _ = told(run, tmp_path)
    plain = tmp_path / "plain.json"
    assert run(*REPLAY, "--json", str(plain)).status == 0
    without = json.loads(plain.read_text())
    assert "reasons" not in without["turns"][0]
    for turn in data["turns"]:
        del turn["reasons"]
    assert data == without


def test_others_say_what_they_are(run, tmp_path):
    words = ["--us", "uniform", "--iran", "history", "--iraq", "planner-novice"]
    data, out = told(run, tmp_path, *words)
    why = data["turns"][0]["reasons"]
    assert why["US"] == {"player": "Plays at random: every legal order was as likely."}
    assert why["IRAN"]["player"].startswith("Follows history")
    assert why["IRAQ"]["player"].startswith("Looks ahead")
    assert "deeds" in why["MILITIA"]
    assert "Plays at random" in out


@pytest.mark.parametrize("lens", lens_ids())
def test_a_replay_through_a_lens_equals_its_row(run, lens):
    result = run(*REPLAY, "--lens", lens, "--explain", "--text")
    assert result.status == 0
    assert "They are: equal" in result.out


def test_an_unknown_lens_is_told(run):
    result = run(*REPLAY, "--lens", "spirl")
    assert result.status == 2
    assert '--lens: unknown lens "spirl"; did you mean "spiral"?' in result.err


def test_reasons_are_those_of_the_turn_before_the_orders():
    """They are worked out from what the seat saw when it chose."""
    chosen = load_scenario("turn_zero")
    match = Match(chosen, cast(chosen, {}), 7, 5)
    minds = explain.Minds(match, match.players)
    outcome = match.advance()
    before = minds.weighed(outcome.orders)
    assert all(isinstance(why, Reasons) for why in before.values())
    assert before == minds.weighed(outcome.orders)


def test_play_does_not_show_the_minds_of_others(run):
    result = run("play", "turn_zero", "--seat", "US", "--explain")
    assert result.status == 2
    assert "unrecognized arguments: --explain" in result.err


# --- the staff estimate


def at_the_orders(run, *typed, seat="US", text=True):
    words = ["play", "turn_zero", "--seat", seat, "--seed", "4", "--no-save"]
    return run(*words, *(["--text"] if text else []), typed=["", "", *typed])


@pytest.mark.parametrize("seat", ["US", "IRAN", "MILITIA", "IRAQ"])
def test_the_estimate_tells_of_every_legal_deed_in_the_rules_order(run, seat):
    """It is no sorted answer sheet; what does not differ is told of together."""
    result = at_the_orders(run, "e", "q", "yes", seat=seat)
    assert result.status == 0
    out = one_line(result.out.split("The staff estimate")[1])
    chosen = load_scenario("turn_zero")
    deeds = chosen.setting.rulebook.deeds[Seat[seat]]
    legal = Match(chosen, {}, 4).options(Seat[seat]).deed[:, 0]
    apart, _, together = out.partition("No difference that the staff can see: ")
    same = together.partition(".")[0]
    for deed, may in zip(deeds, legal, strict=True):
        is_told = f"{deed.name} (rung {deed.rung}): " in apart
        assert is_told + (deed.name in same) == int(may), deed.name
    assert "imagined 240 futures of three turns for each action" in out
    assert "It may be wrong" in out


def test_before_it_is_committed_the_staff_argues_about_the_whole_order(run):
    typed = ["", "strike depots", "", "", "", "", "q", "yes"]
    out = one_line(at_the_orders(run, *typed).out)
    assert "Against holding, as your staff sees it" in out
    assert "The hawk (fear restrains): " in out
    assert "The dove (anger drives): " in out


def test_a_turn_is_told_with_its_orders_and_voices(run):
    """What the window shows, in words: what is at stake, what came of each order, four capitals."""
    typed = ["", "hold", "", "", "", "", "q", "yes"]
    out = one_line(at_the_orders(run, *typed).out)
    assert "What is at stake" in out
    assert "Nearness of war: " in out
    assert "What came of your orders" in out
    assert "What the capitals say" in out
    assert all(f"{who} (" in out for who in ("Washington", "Tehran", "The militias", "Baghdad"))


def test_how_the_others_see_one_can_be_asked(run):
    out = one_line(at_the_orders(run, "v", "q", "yes").out)
    assert "How they see you" in out
    assert out.count("Belief that you answer: ") == 3


def test_asked_again_the_staff_says_the_same(run):
    result = at_the_orders(run, "e", "estimate", "q", "yes")
    first, second = result.out.split("The staff estimate")[1:]
    assert first.split("Your orders")[0] == second.split("Your orders")[0]


def test_the_estimate_orders_nothing(run):
    """The game goes on as it would have without it."""
    typed = ["", "hold", "", "", "", ""] * 3
    without = at_the_orders(run, *typed, "no").out
    with_it = at_the_orders(run, "e", *typed, "no").out
    assert without.split("The end:")[1] == with_it.split("The end:")[1]


def test_the_estimate_fits_eighty_columns(run):
    out = at_the_orders(run, "e", "q", "yes", text=False).out
    assert max(map(len, out.split("The staff estimate")[1].split("\n"))) <= 80


def test_the_estimate_is_made_of_what_the_seat_sees(monkeypatch):
    """Whatever the true state is, the estimate asks for the observation alone."""
    chosen = load_scenario("turn_zero")
    match = Match(chosen, {}, 4)
    before = estimate.expected(match, Seat.US, HOLD)
    match.state.mil_rockets[:] = 1
    match.state.anger[Seat.MILITIA] = 1
    match.state.culprit[:] = 2
    after = estimate.expected(match, Seat.US, HOLD)
    assert before == after


def test_help_names_the_estimate(run):
    assert "what your staff expects" in one_line(at_the_orders(run, "?", "q", "yes").out)
