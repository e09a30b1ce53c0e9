"""What a seat imagines of what it cannot see: its own as it is, the rest as far as it knows it."""

from functools import cache

import numpy as np
import pytest

from game.futures.beliefs import (
    ANGER_PER_RUNG,
    ANGER_WIDTH,
    RECORD_WIDTH,
    imagine,
    recalled,
)
from game.rules.luck import game_keys
from game.rules.observe import Observation, observe
from game.rules.seats import PAIRS, SEATS, Cause, Seat
from game.rules.setting import Setting
from game.rules.state import COLUMNS, ESTIMATED, State
from tests.common import Moment, random_film, setting
from tests.support import one_game, orders, rewritten, still, turn

US, IRAN, MILITIA, IRAQ = SEATS
MANY = 4_000
WIDTHS = (
    "estimate_width_us",
    "estimate_width_iran",
    "estimate_width_militia",
    "estimate_width_iraq",
)
WHOLE = ("rockets", "missiles", "people")


def imagined(rules: Setting, seen: Observation, games: np.ndarray | None = None) -> State:
    games = np.zeros(MANY, np.intp) if games is None else games
    return imagine(rules, seen, games, game_keys(3, range(games.size)))


@cache
def opening(seat: Seat, anger: float = 0.5) -> tuple[Setting, Observation, State]:
    """Many games that a seat imagines in a still position in which all are as angry."""
    angry = {f"{i.name}>{j.name}": anger for i, j in PAIRS}
    at = still(anger=angry, kept={"US>IRAN": 4, "IRAN>US": 4}, games=1)
    rules = rewritten(at.setting, opening=at.state)
    seen = observe(rules, at.state, None, seat)
    return rules, seen, imagined(rules, seen)


@pytest.mark.parametrize("seat", SEATS)
def test_one_s_own_mind_is_copied_exactly(seat: Seat) -> None:
    games, differed = np.array([5, 0, 31, 5, 12]), 0
    for moment in random_film("the_article", 32)[:-1]:
        rules = setting("the_article")
        made = imagined(rules, observe(rules, *moment, seat), games)
        assert (made.turn, made.games) == (moment.state.turn, 5)
        for name in ("anger", "kept", "broken", "channel", "suspicion"):
            own = getattr(moment.state, name)[seat][..., games]
            assert getattr(made, name)[seat].tobytes() == own.tobytes(), name
            differed += bool((own != own[..., :1]).any())
    assert differed > 20, "the games differ in something"


@pytest.mark.parametrize("seat", SEATS)
def test_deals_that_were_offered_stand_as_the_seat_knows_them(seat: Seat) -> None:
    """Those that it made and those that were made to it, and how long; of others it knows none."""
    rules, _, fixed = opening(seat)
    state, luck = fixed.copy(), np.random.default_rng(3)
    state.offer[:] = luck.integers(1, 4, state.offer.shape)
    state.offer_days[:] = luck.integers(1, 9, state.offer_days.shape)
    world = imagined(rules, observe(rules, state, None, seat), np.arange(state.games))
    for name in ("offer", "offer_days"):
        found, true = getattr(world, name), getattr(state, name)
        assert (found[seat] == true[seat]).all()
        assert (found[:, seat] == true[:, seat]).all()
        assert not found[np.ix_(seat.rivals, seat.rivals)].any()


@pytest.mark.parametrize("seat", SEATS)
def test_what_a_seat_sees_exactly_is_copied_exactly(seat: Seat) -> None:
    rules, moment, games = setting("the_article"), random_film("the_article", 32)[6], np.arange(32)
    seen = observe(rules, *moment, seat)
    made = imagined(rules, seen, games[::-1])
    for name in seen.exact:
        assert (getattr(made, name) == getattr(moment.state, name)[::-1]).all(), name


@pytest.mark.parametrize("seat", SEATS)
def test_the_others_anger_is_centred_bounded_and_never_at_oneself(seat: Seat) -> None:
    """Spread evenly to both sides of what everybody knew at the opening."""
    _, _, made = opening(seat)
    for i, j in PAIRS:
        if i is not seat:
            anger = made.anger[i, j]
            assert anger.mean() == pytest.approx(0.5, abs=0.01), (i, j)
            assert 0.5 - ANGER_WIDTH <= anger.min() < 0.5 - 0.98 * ANGER_WIDTH
            assert 0.5 + 0.98 * ANGER_WIDTH < anger.max() <= 0.5 + ANGER_WIDTH
            assert anger.std() == pytest.approx(ANGER_WIDTH / 3**0.5, rel=0.03)
    for other in SEATS:
        assert (made.anger[other, other] == 0).all()


@pytest.mark.parametrize(("anger", "low", "high"), [(0.05, 0, 0.2), (0.95, 0.8, 1)])
def test_the_others_anger_stays_within_its_range(anger: float, low: float, high: float) -> None:
    _, _, made = opening(US, anger)
    for i, j in PAIRS:
        if i is not US:
            assert made.anger[i, j].min() == pytest.approx(low, abs=0.01)
            assert made.anger[i, j].max() == pytest.approx(high, abs=0.01)
            assert ((made.anger[i, j] >= 0) & (made.anger[i, j] <= 1)).all()


def test_open_blows_of_last_turn_have_made_whom_they_hit_angrier() -> None:
    """A strike of rung 8 on Iran: 8 x 0.04 more, at who struck and at nobody else. That it may
    have made the striker's own friends angrier is not known."""
    at = still(days=3)
    after, outcome = turn(at, US="strike_iran")
    seen = observe(at.setting, after.state, outcome, MILITIA)
    assert seen.struck[US, IRAN, 0] == 8
    made, before = imagined(at.setting, seen), at.setting.opening.anger
    for i, j in PAIRS:
        if i is not MILITIA:
            more = ANGER_PER_RUNG * float(seen.struck[j, i, 0])
            assert more == pytest.approx(0.32 if (i, j) == (IRAN, US) else more)
            expected = float(before[i, j, 0]) + more
            assert made.anger[i, j].mean() == pytest.approx(expected, abs=0.01), (i, j)
    assert made.anger[IRAN, US].mean() > made.anger[US, IRAN].mean() + 0.25


@pytest.mark.parametrize("seat", SEATS)
def test_what_is_known_of_last_turn_is_what_this_turn_builds_on(seat: Seat) -> None:
    """Occasions look back a turn: an imagined past holds what was done in the open and said under
    a name, and one's own; the rest is taken for holding and silence."""
    at = still(days=3)
    given = orders(
        at, US=("cyber", "appeal"), IRAN=("arm", "accuse>US"), MILITIA=("harass", "claim_facade"),
        IRAQ=("guard", "appeal"),
    )  # fmt: skip
    after, outcome = turn(at, given)
    made = imagined(at.setting, observe(at.setting, after.state, outcome, seat), np.zeros(3, int))
    for by in SEATS:
        done = given.deed[by] if by in (seat, IRAQ) else 0
        said = given.word[by] if by is seat or by is not MILITIA else 0
        assert (made.last_deed[by] == done).all(), by
        assert (made.last_word[by] == said).all(), by


@pytest.mark.parametrize("seat", SEATS)
def test_the_others_record_is_blurred_around_what_was_known(seat: Seat) -> None:
    rules, _, made = opening(seat)
    for i, j in PAIRS:
        if i is not seat:
            known = float(rules.opening.kept[i, j, 0])
            share = made.kept[i, j] / known
            assert share.mean() == pytest.approx(1, abs=0.02)
            assert 1 - RECORD_WIDTH <= share.min() < 1 - 0.98 * RECORD_WIDTH
            assert 1 + 0.98 * RECORD_WIDTH < share.max() <= 1 + RECORD_WIDTH + 1e-6
            assert (made.broken[i, j] == rules.opening.broken[i, j]).all()


@pytest.mark.parametrize("seat", SEATS)
def test_every_seat_s_mind_is_imagined_apart(seat: Seat) -> None:
    """What is imagined of one tells nothing of another."""
    _, _, made = opening(seat)
    unseen = [name for name in ESTIMATED if seat not in COLUMNS[name].seen_by]
    unseen = [name for name in unseen if getattr(made, name).any()]  # nothing is around 0
    rows = [made.anger[i, j] for i, j in PAIRS if i is not seat]
    rows += [made.kept[i, i.rivals[0]] for i in seat.rivals]
    rows += [getattr(made, name) for name in unseen]
    varying = np.array([row for row in rows if row.std() > 0], np.float64)
    assert len(varying) >= 12 + len(unseen) - 2
    apart = np.corrcoef(varying) - np.eye(len(varying))
    assert abs(apart).max() < 0.08


@pytest.mark.parametrize("seat", SEATS)
def test_estimates_are_taken_with_their_error(seat: Seat) -> None:
    """Around the estimate, evenly to both sides by the seat's own width; people, rockets and
    missiles are whole, and every estimate is within the range of its column.
    """
    columns = {"mil_rockets": 640, "iran_missiles": 1500}
    at = one_game("the_article", **columns)
    for row, name in enumerate(ESTIMATED):
        at.state.estimates[:, row] = getattr(at.state, name)
    seen = observe(at.setting, at.state, None, seat)
    made = imagined(at.setting, seen)
    width = float(getattr(at.setting.rulebook.parameters.evidence, WIDTHS[seat]))
    for row, name in enumerate(ESTIMATED):
        value, spec = getattr(made, name), COLUMNS[name]
        centre = float(seen.columns[name][0])
        assert (made.estimates[:, row] == value).all(), "nobody is imagined to be mistaken"
        if seat in spec.seen_by:
            assert (value == centre).all()
            continue
        assert ((value >= spec.low) & (value <= spec.high)).all()
        whole = spec.unit in WHOLE
        assert (value == np.floor(value)).all() == (whole or centre == 0)
        if 0 < centre * (1 + width) <= spec.high:
            step = 1 if whole else 0
            assert value.mean() == pytest.approx(
                centre - step / 2, abs=0.02 * centre * width + 0.02
            )
            assert value.min() >= centre * (1 - width) - step - 1e-4
            assert value.max() <= centre * (1 + width) + 1e-4
            reach = (float(value.max()) - float(value.min())) / centre
            assert reach == pytest.approx(2 * width, rel=0.03, abs=2 * step / max(centre, 1))


def test_an_estimate_beyond_its_range_is_held_there() -> None:
    at = one_game("the_article")
    row = ESTIMATED.index("mil_concealment")
    at.state.estimates[US, row] = 1
    made = imagined(at.setting, observe(at.setting, at.state, None, US))
    assert made.mil_concealment.max() == 1
    assert 0.4 < (made.mil_concealment == 1).mean() < 0.6


@pytest.mark.parametrize(
    "shares", [(0.1, 0.2, 0.3, 0.4), (0.7, 0.3, 0, 0), (0, 0, 0, 1), (1, 0, 0, 0)]
)
def test_the_culprit_is_drawn_from_the_seat_s_suspicion(shares: tuple[float, ...]) -> None:
    at = one_game("the_article", suspicion={"US": shares, "IRAN": (0.25, 0.25, 0.25, 0.25)})
    made = imagined(at.setting, observe(at.setting, at.state, None, US))
    found = np.bincount(made.culprit, minlength=len(Cause)) / MANY
    assert found == pytest.approx(shares, abs=0.03)
    assert all(found[k] == 0 for k, share in enumerate(shares) if share == 0)


def test_the_same_luck_imagines_the_same() -> None:
    rules, moment = setting("the_article"), random_film("the_article", 32)[4]
    seen = observe(rules, *moment, US)
    one = imagine(rules, seen, np.array([2, 3]), game_keys(3, range(2)))
    other = imagine(rules, seen, np.array([3, 2]), game_keys(3, range(2))[::-1].copy())
    assert (one.anger[..., ::-1] == other.anger).all()
    assert (one.mil_rockets[::-1] == other.mil_rockets).all()
    assert (one.key == game_keys(3, range(2))).all()
    twice = imagine(rules, seen, np.array([2, 2]), game_keys(3, range(2)))
    assert twice.anger[IRAN, US, 0] != twice.anger[IRAN, US, 1]


def test_before_the_first_turn_nothing_is_recalled() -> None:
    seen = observe(setting("the_article"), *random_film("the_article", 32)[0], US)
    assert recalled(seen, np.arange(3)) is None


@pytest.mark.parametrize("seat", SEATS)
def test_what_was_not_seen_of_last_turn_did_not_happen(seat: Seat) -> None:
    """Unsigned deeds and others' messages are not recalled; what was whispered to it, is."""
    at = still(days=3)
    given = orders(
        at, US=("cyber", "appeal", "notice>IRAQ"), IRAN=("arm", "silence", "strike>MILITIA"),
        MILITIA=("harass", "claim_facade"), IRAQ=("guard", "silence", "tip_off>US"),
    )  # fmt: skip
    after, outcome = turn(at, given)
    last = recalled(observe(at.setting, after.state, outcome, seat), np.zeros(2, np.intp))
    assert last is not None
    assert last.turn == outcome.turn == 1
    said = {by: by is seat or by is not MILITIA for by in SEATS}
    messages = {US: IRAQ, IRAN: MILITIA, IRAQ: US}
    for by in SEATS:
        signed = by is seat or by is IRAQ
        assert (last.orders.deed[by] == (given.deed[by] if signed else 0)).all()
        assert (last.orders.word[by] == (given.word[by] if said[by] else 0)).all()
        heard = messages.get(by) is seat
        assert (last.orders.whisper[by] == (given.whisper[by] if heard else 0)).all()
        assert (last.orders.whisper_to[by] == (seat if heard else -1)).all()
    for name in ("attacks", "us_killed", "rung"):
        assert (getattr(last, name) == getattr(outcome, name)).all(), name
    assert (last.blow == outcome.blow).all()


def test_a_moment_is_recalled_game_by_game() -> None:
    rules, moment = setting("the_article"), random_film("the_article", 32)[5]
    assert isinstance(moment, Moment)
    seen, games = observe(rules, *moment, IRAQ), np.array([30, 2])
    last = recalled(seen, games)
    assert last is not None
    for name in ("attacks", "us_killed", "rung", "blow"):
        assert (getattr(last, name) == getattr(moment.outcome, name)[..., games]).all(), name
