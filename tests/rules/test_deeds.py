"""Every deed, word and whisper of the rulebook: effect, bound, visibility, requirement.

Parametrised over the data: a row that is added is checked from then on, and one whose effect needs
something else to show than a middling position fails here until that is written down.
"""

from dataclasses import astuple

import numpy as np
import pytest

from game.rules.account import account
from game.rules.legal import deed_mask, refusals, why_not_deed
from game.rules.observe import UNSEEN, observe
from game.rules.occasions import SHARES
from game.rules.rulebook import Deed, Requirement, Whisper, Word
from game.rules.seats import SEATS, Rung, Seat
from game.rules.state import COLUMNS, NO_LINE, PAIR_COLUMNS
from tests.support import IRAN, IRAQ, MILITIA, US, Position, one_game, orders, still, turn

GAMES = 200
BOOK = one_game().book
DEEDS = [pytest.param(d, id=f"{d.seat.name}-{d.id}") for deeds in BOOK.deeds for d in deeds]
ACTS = [p for p in DEEDS if p.values[0].id != "hold"]
NEEDS = [
    pytest.param(
        d, r, id=f"{d.seat.name}-{d.id}-{r.column}-{'most' if r.at_least is None else 'least'}"
    )
    for deeds in BOOK.deeds
    for d in deeds
    for r in d.requires
]
WORDS = [pytest.param(w, s, id=f"{s.name}-{w.id}") for w in BOOK.words[1:] for s in w.seats]
WHISPERS = [
    pytest.param(w, i, j, id=f"{i.name}-{w.id}-{j.name}") for w in BOOK.whispers for i, j in w.links
]


VOTES = {"politics.quorum": 0, "politics.quorum_binding": 0, "politics.show_of_force_odds": 0}
"""Parliament passes whatever it is asked to, and nobody comes to the gates."""


def changes(deed: Deed, borne: float = 0.0) -> dict[str, float]:
    """What the data says that a deed adds to each column in a week, where the moment bears so much
    of it.
    """
    added: dict[str, float] = {}
    for amounts, factor in (
        (deed.effects, 1.0),
        (deed.costs, -1.0),
        (deed.weekly, 1.0),
        (deed.timely, borne),
    ):
        for column, amount in amounts.items():
            added[column] = added.get(column, 0.0) + factor * amount
    return added


def borne_by(position: Position, deed: Deed) -> float:
    """How much of a deed a still position bears: nobody owes or did anything."""
    p = position.book.parameters.occasions
    told = {
        "base": 1.0,
        "calm": min(position.us_force_days[0] / p.calm_days, 1),
        "quiet": min(position.quiet_days[0] / p.quiet_days, 1),
    } | {name: getattr(position, name)[0] for name in SHARES}
    borne = sum(weight * told.get(name, 0.0) for name, weight in deed.occasion.items())
    return float(np.clip(borne, -p.backlash, p.most))


def allowing(deed: Deed, position: Position) -> Position:
    """The position, moved as little as the deed's requirements need."""
    for requirement in deed.requires:
        value = getattr(position, requirement.column)
        position = position.with_(
            **{requirement.column: np.clip(value, requirement.at_least, requirement.at_most)}
        )
    return position


def ordered(position: Position, deed: Deed) -> tuple[Position, Position]:
    """The position after a turn with the deed, and after one without, under the same luck."""
    return turn(position, **{deed.seat.name: deed.id})[0], turn(position)[0]


# ----------------------------------------------------------------------------------------- effects

DIRECTION_ONLY = {
    ("US", "kill_commander", "iraq_momentum"): "the breach of sovereignty adds to it",
    ("US", "kill_commander", "us_coalition"): "force without a case costs it as well",
    ("US", "strike_iran", "us_coalition"): "force without a case costs it as well",
    ("MILITIA", "roadside_bombs", "mil_standing"): "Iraqis killed by them cost it as well",
    ("MILITIA", "truce", "mil_truce"): "the truce's own clock runs on",
    ("IRAQ", "order_out", "iraq_order_days"): "the order's own clock runs down",
}
"""Columns that something else moves as well, in the same direction or less far; and what."""


USED_UP = {
    ("IRAQ", "form", "iraq_cabinet"): "the parties agree, and a government takes over",
    ("IRAN", "arm", "mil_effort"): "a campaign that orders alone drive goes where they say",
}
"""What is gone again at the end of the turn; cases of their own say what it does."""


@pytest.mark.parametrize("deed", ACTS)
def test_a_deed_moves_its_columns(deed: Deed) -> None:
    """From a middling position, each column of a deed moves by what the data says for a week; what
    waits for its moment, by as much as the moment bears."""
    before = allowing(deed, still(rules=VOTES, games=GAMES, iran_commander=0))
    after, out = turn(before, **{deed.seat.name: deed.id})
    held, _ = turn(before)
    plain = ~(out.show_of_force | out.vote_failed)  # what these cost is for other cases
    assert plain.any()
    for column, amount in changes(deed, borne_by(before, deed)).items():
        if (deed.seat.name, deed.id, column) in USED_UP:
            continue
        moved = (getattr(after, column) - getattr(held, column))[plain]
        if (deed.seat.name, deed.id, column) in DIRECTION_ONLY:
            assert (np.sign(moved) == np.sign(amount)).all(), column
            continue
        low, high = COLUMNS[column].low, COLUMNS[column].high
        start = getattr(before, column)[plain]
        expected = np.clip(start + amount, low, high) - start
        assert moved == pytest.approx(expected, rel=1e-4, abs=1e-4), column


@pytest.mark.parametrize("deed", [p for p in ACTS if p.values[0].weekly])
def test_weekly_effects_grow_with_the_turn(deed: Deed) -> None:
    """What a deed adds for each week is twice as much in two weeks."""

    def one(days: int) -> Position:
        return ordered(allowing(deed, still(days=days, iran_commander=0)), deed)[0]

    short, long = one(7), one(14)
    for column, amount in deed.weekly.items():
        more = getattr(long, column)[0] - getattr(short, column)[0]
        assert more == pytest.approx(amount, rel=1e-3, abs=1e-4), column


@pytest.mark.parametrize("deed", [p for p in ACTS if p.values[0].fire])
def test_fire_is_fired(deed: Deed) -> None:
    """A deed with fire fires rounds within its range, wounds and sometimes kills."""
    before = allowing(deed, still(games=2000, us_protection=0))
    _, out = turn(before, **{deed.seat.name: deed.id})
    rounds = out.fire_rounds.sum(axis=0)
    assert rounds.min() >= deed.fire.rounds_low
    assert rounds.max() <= deed.fire.rounds_high
    assert (out.attacks == 1).all()
    assert out.fire_hits.sum() > 0
    assert out.fire_us_wounded.sum() > 0
    assert out.us_killed.sum() > 0
    assert (out.rung >= deed.fire.rung).all()


@pytest.mark.parametrize("deed", [p for p in ACTS if p.values[0].strike])
def test_strikes_strike(deed: Deed) -> None:
    """A deed with a strike takes from the militia what the data names, and kills bystanders if it
    says so."""
    before = allowing(deed, still(games=2000, mil_concealment=0))
    _, out = turn(before, **{deed.seat.name: deed.id})
    strike = deed.strike
    assert out.strike_militia_killed.mean() == pytest.approx(strike.fighters, rel=0.15, abs=0.3)
    assert (out.strike_rockets / 600).mean() == pytest.approx(strike.rockets, rel=0.1, abs=0.005)
    assert out.strike_leaders.mean() == pytest.approx(strike.leaders, rel=0.1)
    hidden = before.with_(mil_concealment=1)
    _, out = turn(hidden, **{deed.seat.name: deed.id})
    assert out.strike_iraqi_killed.any() == (strike.collateral > 0)
    assert out.strike_civilians_killed.any() <= (strike.civilians > 0)


@pytest.mark.parametrize("deed", ACTS)
def test_every_deed_does_something(deed: Deed) -> None:
    """No deed of the rulebook is without any consequence."""
    before = allowing(deed, still(games=20, culprit=2))
    after, held = ordered(before, deed)
    names = (*COLUMNS, "anger", "suspicion")
    assert any((getattr(after, n) != getattr(held, n)).any() for n in names)


@pytest.mark.parametrize("deed", ACTS)
def test_a_deed_harms_whom_it_says(deed: Deed) -> None:
    """What a deed is to each seat in anger has the sign that its data gives."""
    before = allowing(deed, still(rules=VOTES))
    after, held = ordered(before, deed)
    for victim, harm in deed.harm.items():
        felt = after.anger[victim, deed.seat, 0] - held.anger[victim, deed.seat, 0]
        assert np.sign(felt) == np.sign(harm), victim


@pytest.mark.parametrize("deed", ACTS)
def test_a_deed_is_a_blow_where_it_says(deed: Deed) -> None:
    """An open deed touches each seat at its rung, and crosses a line that is drawn there."""
    before = allowing(deed, still(rules=VOTES))
    for victim, rung in deed.against.items():
        drawn = before.with_(line={f"{victim.name}>{deed.seat.name}": rung})
        _, out = turn(drawn, **{deed.seat.name: deed.id})
        assert out.blow[deed.seat, victim, 0] >= rung
        assert out.crossed[victim, deed.seat, 0]


# ------------------------------------------------------------------------------------------ bounds


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("end", ["low", "high"])
def test_a_deed_stays_within_bounds(deed: Deed, end: str) -> None:
    """From a position in which every column is at its limit, every column stays within its
    range."""
    extreme = {name: getattr(spec, end) for name, spec in COLUMNS.items()}
    extreme["us_claim"] = 0 if end == "low" else BOOK.word("justify_imminent")
    before = allowing(deed, one_game(games=50, days=(14,) * 3, **extreme))
    after, out = turn(before, **{deed.seat.name: deed.id})
    for name, spec in COLUMNS.items():
        values = getattr(after, name)
        assert np.isfinite(values).all(), name
        assert values.min() >= spec.low, name
        assert values.max() <= spec.high, name
    for name, spec in PAIR_COLUMNS.items():
        values = getattr(after, name)
        assert values.min() >= spec.low, name
        assert values.max() <= spec.high, name
    assert out.rung.max() <= Rung.GENERAL_WAR
    assert after.suspicion.sum(axis=1) == pytest.approx(1, abs=1e-5)


# -------------------------------------------------------------------------------------- visibility


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_is_seen_as_its_visibility_says(deed: Deed) -> None:
    """A public deed is named, a deniable one is unsigned, a covert one is not seen at all."""
    before = allowing(deed, still())
    after, out = turn(before, **{deed.seat.name: deed.id})
    index = before.book.deed(deed.seat, deed.id)
    for seat in SEATS:
        told = account(before.setting, out, seat)
        own = seat is deed.seat
        listed = [astuple(seen)[:3] for seen in told.deeds if seen.seat in (deed.seat, None)]
        reported = observe(after.setting, after.state, out, seat).deed[deed.seat, 0]
        assert not own or told.own_deed == index
        assert reported == (index if own or deed.visibility == "public" else UNSEEN)
        if deed.fire is not None:
            (sighting,) = told.sightings
            known = own or deed.visibility == "public"
            assert (sighting.by is not None) == known
            assert bool(listed) == (deed.visibility == "public")
        elif own or deed.visibility == "public":
            assert listed == [(deed.seat, index, deed.report)]
        elif deed.visibility == "deniable":
            assert listed == [(None, None, deed.report)]
        else:
            assert listed == []


@pytest.mark.parametrize("deed", [p for p in DEEDS if p.values[0].visibility == "covert"])
def test_a_covert_deed_changes_no_news(deed: Deed) -> None:
    """Of a rival's covert deed, nothing at all is told: the news is that of a turn without it."""
    before = allowing(deed, still())
    _, done = turn(before, **{deed.seat.name: deed.id})
    _, held = turn(before)
    for seat in deed.seat.rivals:
        told, without = (account(before.setting, out, seat) for out in (done, held))
        assert {seen.seat for seen in told.deeds}.isdisjoint({deed.seat, None})
        assert told == without


# ------------------------------------------------------------------------------------ requirements


@pytest.mark.parametrize(("deed", "requirement"), NEEDS)
def test_a_requirement_binds(deed: Deed, requirement: Requirement) -> None:
    """Where one requirement fails, the deed is masked, and the reason is the one that the data
    gives."""
    before = allowing(deed, still())
    index = before.book.deed(deed.seat, deed.id)
    assert deed_mask(before.setting, before.state, deed.seat)[index, 0]
    assert why_not_deed(before.setting, before.state, deed.seat, index) == ()
    spec = COLUMNS[requirement.column]
    step = 0.01 if spec.unit == "share" else 1
    bound = requirement.at_least if requirement.at_most is None else requirement.at_most
    just = before.with_(**{requirement.column: bound})
    assert deed_mask(just.setting, just.state, deed.seat)[index, 0]
    beyond = bound - step if requirement.at_most is None else bound + step
    barred = before.with_(**{requirement.column: beyond})
    assert not deed_mask(barred.setting, barred.state, deed.seat)[index, 0]
    reasons = why_not_deed(barred.setting, barred.state, deed.seat, index)
    assert reasons == (requirement.because,)
    (refusal,) = refusals(barred.setting, barred.state, orders(barred, **{deed.seat.name: deed.id}))
    assert str(refusal) == f"{deed.seat.name}'s deed {deed.id}: {requirement.because}"


@pytest.mark.parametrize("seat", SEATS, ids=lambda seat: seat.name)
def test_hold_needs_nothing(seat: Seat) -> None:
    """The first deed of every seat is to hold: it asks for nothing, costs nothing and touches
    nobody."""
    hold = BOOK.deeds[seat][0]
    assert hold.id == "hold"
    assert not hold.requires
    assert not hold.costs
    assert not hold.against
    assert not hold.harm


# ------------------------------------------------------------------------------------------- words


def spoken(word: Word) -> str:
    return word.id + (">{}" if word.to_seat else "") + (":5" if word.to_rung else "")


OCCASION = {
    None: {},
    "news": {"quiet_days": 0},
    "blow": {"us_force_days": 0},
    "deed": {"quiet_days": 0},
    "force": {},
}
"""By occasion: what stands in the columns where a word has it, beside its speaker's own force."""


@pytest.mark.parametrize(("word", "seat"), WORDS)
def test_a_word_moves_its_columns(word: Word, seat: Seat) -> None:
    """Each column that a word moves for that speaker moves by what the data says, and no other
    does; none, where the word has no occasion."""
    said = spoken(word).format(seat.rivals[0].name)
    idle = still(rules={"endings.war_odds": 0}, games=20)
    before = idle.with_(**OCCASION[word.occasion])
    act = "missile_strike" if word.occasion == "force" and seat is IRAN else "hold"
    silent, _ = turn(before, **{seat.name: act})
    after, out = turn(before, **{seat.name: (act, said)})
    amounts = dict(word.effects.get(seat, {}))
    if word.occasion:
        unheard, _ = turn(idle, **{seat.name: ("hold", said)})
        nothing, _ = turn(idle)
        for column in amounts:
            assert (getattr(unheard, column) == getattr(nothing, column)).all(), column
    if word.facade:
        amounts["mil_facade"] = amounts.get("mil_facade", 0) + word.facade
    for column in COLUMNS:
        if column in ("rung", "highest_rung"):
            spoke = float(word.id != "silence")
            assert (getattr(after, column) == np.maximum(spoke, out.fire_rung.max(axis=0))).all()
            continue
        moved = getattr(after, column) - getattr(silent, column)
        assert moved == pytest.approx(amounts.get(column, 0), abs=1e-5), column


@pytest.mark.parametrize(("word", "seat"), WORDS)
def test_a_word_touches_the_mind_that_it_names(word: Word, seat: Seat) -> None:
    """What a word soothes or offends, it does in the seat that it names, toward its speaker,
    alone."""
    to = seat.rivals[-1]
    before = still()
    after, _ = turn(before, **{seat.name: ("hold", spoken(word).format(to.name))})
    moved = after.anger[..., 0] - before.anger[..., 0]
    felt = moved[to, seat]
    moved[to, seat] = 0
    assert not moved.any()
    if word.to_seat and word.soothes:
        assert felt == pytest.approx(-0.2 * word.soothes, abs=1e-5)
    elif word.to_seat and word.offends:
        gain = before.book.parameters.minds.anger_gain
        assert felt == pytest.approx(word.offends * gain * 0.8, abs=1e-5)
    else:
        assert felt == 0
    drawn = (after.line[..., 0] != NO_LINE).sum()
    assert drawn == (1 if word.to_rung else 0)
    assert after.stake[seat, to, 0] == pytest.approx(word.stake if word.to_rung else 0)


@pytest.mark.parametrize(("word", "seat"), WORDS)
def test_a_word_shifts_the_odds_of_others(word: Word, seat: Seat) -> None:
    """A word multiplies the odds that the other seats hold, by what its data says; never its
    speaker's."""
    before = still(suspicion={s.name: (0.25,) * 4 for s in SEATS}, quiet_days=0)
    after, _ = turn(before, **{seat.name: ("hold", spoken(word).format(seat.rivals[0].name))})
    odds = np.array(word.odds.get(seat, (1.0,) * 4))
    for other in seat.rivals:
        assert after.suspicion[other, :, 0] == pytest.approx(odds / odds.sum(), abs=1e-5)
    assert after.suspicion[seat, :, 0] == pytest.approx(0.25, abs=1e-6)


@pytest.mark.parametrize(
    "word", [pytest.param(w, id=w.id) for w in BOOK.words if w.case or w.doubt]
)
def test_a_justification_builds_the_case(word: Word) -> None:
    """A justification with force adds its share of the room that the case has left."""
    before = still(us_force_days=0)
    after, _ = turn(before, US=("hold", word.id))
    assert after.us_case[0] == pytest.approx(0.5 + word.case * 0.5, abs=1e-5)
    assert after.us_claim[0] == BOOK.word(word.id)


@pytest.mark.parametrize("word", [pytest.param(w, id=w.id) for w in BOOK.words])
def test_a_word_is_for_its_own_speakers(word: Word) -> None:
    """Only the seats that the data names may say a word."""
    before = still()
    for seat in SEATS:
        given = orders(before, **{seat.name: ("hold", spoken(word).format(seat.rivals[0].name))})
        refused = refusals(before.setting, before.state, given)
        assert bool(refused) == (seat not in word.seats)


# ---------------------------------------------------------------------------------------- whispers


@pytest.mark.parametrize(("whisper", "sender", "receiver"), WHISPERS)
def test_a_whisper_does_what_it_says(whisper: Whisper, sender: Seat, receiver: Seat) -> None:
    """A whisper soothes its receiver, binds its sender in private, and guides, as its data says. It
    moves nothing that anybody else can see.
    """
    before = still(
        line={f"{sender.name}>{receiver.name}": 5}, stake={f"{sender.name}>{receiver.name}": 0.2}
    )
    silent, _ = turn(before)
    after, out = turn(before, **{sender.name: ("hold", f"{whisper.id}>{receiver.name}")})
    for column in COLUMNS:
        moved = getattr(after, column) - getattr(silent, column)
        guides = whisper.guidance if column == "mil_guidance" else None
        assert moved[0] == (guides or 0), column
    assert after.anger[receiver, sender, 0] == pytest.approx(0.2 * (1 - whisper.soothes), abs=1e-5)
    assert after.private_stake[sender, receiver, 0] == pytest.approx(whisper.stake, abs=1e-5)
    after.private_stake[sender, receiver] = 0
    assert not after.private_stake.any()
    assert (after.stake == silent.stake).all()
    assert out.rung[0] == 0  # private: nobody else sees that anything was said


@pytest.mark.parametrize(("whisper", "sender", "receiver"), WHISPERS)
def test_a_whisper_is_heard_by_two(whisper: Whisper, sender: Seat, receiver: Seat) -> None:
    """Sender and receiver know of it; to the others the turn looks as it would without it."""
    before = still(rules={"force.tip_off_leak": 0})
    _, silent = turn(before)
    _, said = turn(before, **{sender.name: ("hold", f"{whisper.id}>{receiver.name}")})
    for seat in SEATS:
        one, other = (account(before.setting, out, seat) for out in (said, silent))
        if seat in (sender, receiver):
            (heard,) = one.whispers
            assert (heard.sender, heard.receiver) == (sender, receiver)
            assert BOOK.whispers[heard.whisper] is whisper
        else:
            assert one == other


def test_the_lists_are_complete() -> None:
    """Every seat has deeds, words and whispers of its own."""
    for seat in (US, IRAN, MILITIA, IRAQ):
        assert sum(p.values[0].seat is seat for p in DEEDS) == len(BOOK.deeds[seat]) >= 10
        assert any(p.values[1] is seat for p in WORDS)
        assert any(p.values[1] is seat for p in WHISPERS)
