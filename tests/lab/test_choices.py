"""How people choose, fitted to the record."""

import json

import numpy as np
import pytest

from game.content.load import load_rulebook
from game.lab.adopt import CALIBRATION, load_adopted
from game.lab.choices import DEEDS, WORDS, Faced, Fit, before, by_name, fit, from_data, priors_of
from game.lab.priors import earlier
from game.players.habits import HABITS, SILENCES
from game.rules.seats import SEATS, Seat

TRUE = np.array([np.log(0.4), 1.0, 2.0, 0.5, 1.5, 1.0, -0.5, 0.3, 1.2, 0.8])


def made_up(truth: np.ndarray, choices: int, seed: int = 3) -> list[Faced]:
    """Choices made by people of these numbers among six deeds of random worth."""
    luck, found = np.random.default_rng(seed), []
    for number in range(choices):
        seat = SEATS[number % 4]
        worth = luck.normal(0, 3, (6, 1))
        bears = np.zeros((len(DEEDS.habits), 6, 1))
        for row, habit in enumerate(DEEDS.habits):
            if habit.seat is seat:
                option = 0 if habit.options == ("hold",) else 1 + row % 5
                bears[row, option] = 1 if habit.feature == "base" else luck.integers(2)
        score = np.exp(truth[0]) * worth[:, 0] + np.tensordot(truth[1:], bears[..., 0], 1)
        odds = np.exp(score) / np.exp(score).sum()
        found.append(Faced(seat, np.eye(6)[luck.choice(6, p=odds)], worth, bears))
    return found


def test_many_choices_tell_the_numbers_that_made_them() -> None:
    """With thousands of choices the priors no longer matter, and the intervals hold the truth."""
    found = fit(DEEDS, made_up(TRUE, 4000), weeks_before=False)
    error = (found.centre - TRUE) / np.sqrt(np.diag(found.covariance))
    assert np.abs(error).max() < 4
    assert np.sqrt(np.diag(found.covariance)).max() < 0.35


def test_no_choices_leave_what_was_thought_before() -> None:
    """One choice among options that nothing tells apart moves nothing, and narrows nothing."""
    blind = Faced(Seat.US, np.eye(6)[1], np.zeros((6, 1)), np.zeros((len(DEEDS.habits), 6, 1)))
    found = fit(DEEDS, [blind], weeks_before=False)
    thought = priors_of(DEEDS)
    assert found.centre == pytest.approx([prior.mean for prior in thought])
    assert np.sqrt(np.diag(found.covariance)) == pytest.approx([p.sd for p in thought], rel=1e-3)
    assert found.gain == pytest.approx(0)


def test_weeks_of_holding_before_the_record_speak_for_holding() -> None:
    """The weeks of 2018 and 2019, in which few deeds are known, make holding likelier."""
    choices = made_up(TRUE, 80)
    alone, with_them = fit(DEEDS, choices, weeks_before=False), fit(DEEDS, choices)
    held = slice(1, 5)
    assert (with_them.centre[held] > alone.centre[held]).all()


def test_the_weeks_before_are_counted_from_the_timeline() -> None:
    """77 weeks from May 2018 on, and in how many of them a deed of each seat is known."""
    before_it = earlier()
    assert before_it.weeks == 77
    assert before_it.acted == {"US": 13, "IRAN": 6, "MILITIA": 7, "IRAQ": 1}
    assert before_it.held(Seat.US) == pytest.approx(64 / 77)


def test_what_is_kept_is_what_was_found() -> None:
    """A fit is read back from its data, and its draws follow its own spread."""
    found = fit(DEEDS, made_up(TRUE, 200))
    again = from_data(DEEDS, json.loads(json.dumps(found.as_data())))
    assert isinstance(again, Fit)
    assert again.centre == pytest.approx(found.centre, abs=0.01)
    drawn = found.draws(2000, seed=1)
    assert drawn == found.draws(2000, seed=1)
    holds = np.array([row["choice.hold_us"] for row in drawn])
    assert holds.mean() == pytest.approx(found.centre[1], abs=0.05)
    assert holds.std() == pytest.approx(np.sqrt(found.covariance[1, 1]), rel=0.1)


def test_deeds_and_words_are_drawn_by_luck_of_their_own() -> None:
    """Else the one's draws would follow the other's, which nothing in the record says."""
    deeds, words = (
        Fit(kind, np.zeros(size), np.eye(size), 0.0).draws(2000, seed=1)
        for kind, size in ((DEEDS, 1 + len(HABITS)), (WORDS, 1 + len(SILENCES)))
    )
    held = [row["choice.hold_us"] for row in deeds]
    silent = [row["choice.silent_us"] for row in words]
    assert abs(np.corrcoef(held, silent)[0, 1]) < 0.1


def test_the_game_has_the_numbers_that_were_fitted() -> None:
    """The rulebook's numbers of choice are the calibration's."""
    kept, book = load_adopted(CALIBRATION), load_rulebook().parameters.choice
    assert kept is not None
    for kind in (DEEDS, WORDS):
        rows = kept["choices"][kind.sharpness]["parameters"]
        assert list(rows) == list(before(kind)) == list(by_name(kind, np.zeros(len(rows))))
        for name, row in rows.items():
            assert getattr(book, name.removeprefix("choice.")) == row["median"], name
