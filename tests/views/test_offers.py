"""What a seat may order, and what it knows of a place: from positions made by hand."""

from typing import Any

import pytest

from game.rules.account import Account, account
from game.rules.legal import why_not_deed
from game.rules.observe import Observation, observe
from game.rules.outcome import Source
from game.rules.rulebook import WHISPERS_BY_NAME
from game.rules.seats import SEATS, Seat
from game.views.handbook.orders import GROUPS
from game.views.messages import when_heard
from game.views.names import SEAT_NAMES
from game.views.offers import deeds, sites, whispers, words
from game.views.places import place_lines
from game.views.telling import t
from tests.support import Position
from tests.views.handmade import BOOK, SCENARIO, position, site, turn_of

US, IRAN, MILITIA, IRAQ = SEATS


def seen(before: Position, seat: Seat) -> Observation:
    return observe(before.setting, before.state, None, seat)


# -------------------------------------------------------------------------------- what is offered


@pytest.mark.parametrize("seat", SEATS)
def test_every_deed_is_offered_once_in_its_group(seat: Seat) -> None:
    """With its own words; closed with all reasons where it is not legal."""
    before = position(us_troops=0, iran_missiles=0, mil_rockets=0, iraq_authority=0.05)
    offered = deeds(before.setting, before.state, seen(before, seat))
    assert [group for group, _ in offered] == [
        group for group in GROUPS if any(deed.group == group for deed in BOOK.deeds[seat])
    ]
    found = {offer.number: (group, offer) for group, own in offered for offer in own}
    assert sorted(found) == list(range(len(BOOK.deeds[seat])))
    for number, (group, offer) in found.items():
        deed = BOOK.deeds[seat][number]
        assert (offer.id, offer.name, offer.told) == (deed.id, deed.name, deed.sentence)
        assert (group, offer.rung) == (deed.group, deed.rung)
        reasons = why_not_deed(before.setting, before.state, seat, number)
        assert offer.closed == "; ".join(reasons)
    assert any(offer.closed for _, offer in found.values())


def test_the_places_that_a_deed_may_name() -> None:
    before = position(us_exposure=0.5)
    setting, state = before.setting, before.state
    named = dict(sites(setting, state, MILITIA, BOOK.deed(MILITIA, "harass")))
    assert named[site("taji")] == "Camp Taji"
    assert site("besmaya") not in named, "it was handed over"
    assert all(BOOK.sites[number].host == "US" for number in named)
    assert sites(setting, state, US, BOOK.deed(US, "harden")) == []


@pytest.mark.parametrize("seat", SEATS)
def test_every_word_that_a_seat_may_say(seat: Seat) -> None:
    """Silence first; with whom it may be said to, and no number in place of a rung."""
    before = position()
    offered = words(before.setting, before.state, seat)
    assert [offer.number for offer in offered] == [
        number for number, word in enumerate(BOOK.words) if seat in word.seats
    ]
    for offer in offered:
        word = BOOK.words[offer.number]
        assert (offer.id, offer.name, offer.to_rung) == (word.id, word.name, word.to_rung)
        assert offer.to_seats == (seat.rivals if word.to_seat else ())
        assert "{" not in offer.told
    (threat,) = (offer for offer in offered if offer.id == "threaten")
    assert "a rung" in threat.told
    assert "a seat" in threat.told


@pytest.mark.parametrize("seat", SEATS)
def test_every_message_that_a_seat_may_send(seat: Seat) -> None:
    """None first; to whom a link and an open channel lead; with when it is heard."""
    before = position()
    for to in seat.rivals:
        before.state.channel[seat, to] = 1
    offered = {offer.number: offer for offer in whispers(before.setting, before.state, seat)}
    links = {
        number: tuple(to for to in seat.rivals if (seat, to) in whisper.links)
        for number, whisper in enumerate(BOOK.whispers)
    }
    assert list(offered) == [number for number, to in links.items() if to or number == 0]
    for number, offer in offered.items():
        whisper = BOOK.whispers[number]
        assert (offer.id, offer.name, offer.closed) == (whisper.id, whisper.name, "")
        assert offer.to_seats == links[number]
        to = SEAT_NAMES[links[number][0]] if len(links[number]) == 1 else "a seat"
        assert offer.told.startswith(whisper.sentence.format(to=to)[:20])
        assert offer.notes == when_heard(whisper)
    shut = before.with_()
    shut.state.channel[seat] = 0
    for offer in whispers(shut.setting, shut.state, seat):
        assert offer.closed == ("no channel between the two is open" if offer.number else "")
        assert offer.to_seats == ()


def test_a_message_that_signs_says_so() -> None:
    deal = BOOK.whisper("relief_for_quiet")
    before = position(offer={"IRAN>US": deal}, offer_days={"IRAN>US": 9})
    told = {offer.number: offer.told for offer in whispers(before.setting, before.state, US)}
    signs = "Offered to you by Tehran: to send it is to sign it."
    assert told[deal].endswith(signs)
    assert sum(signs in text for text in told.values()) == 1


def test_when_a_message_is_heard() -> None:
    """Guidance, deals, what is heard at once, and the rest."""
    heard = {whisper.id: when_heard(whisper) for whisper in BOOK.whispers}
    assert heard[BOOK.whispers[0].id] == ""
    for whisper in BOOK.whispers[1:]:
        key = (
            "guidance"
            if whisper.guidance is not None
            else "deal"
            if whisper.deal is not None
            else "at_once"
            if whisper.id in WHISPERS_BY_NAME
            else "later"
        )
        assert heard[whisper.id] == t(f"messages.{key}")
    assert len(set(heard.values())) == 5


# --------------------------------------------------------------------------------- places


def lines(seat: Seat, where: str, *accounts: Account, **columns: Any) -> dict[str, list[str]]:
    """What a seat knows of a place, by label."""
    before = position(**columns)
    found: dict[str, list[str]] = {}
    for line in place_lines(SCENARIO, seen(before, seat), accounts, site(where)):
        found.setdefault(line.label, []).append(line.text)
    return found


@pytest.mark.parametrize(
    ("where", "exposure", "told"),
    [
        ("al_asad", 1, "a large base"),
        ("taji", 1, "a large base; some Iraqi; a third partners"),
        ("embassy", 1, "a small post; some Iraqi"),
        ("besmaya", 1, "some hundreds; a third Iraqi; a half partners"),
        ("balad", 1, "a small post; a half Iraqi"),
        ("balad", 0.46, "a small post; a half Iraqi"),
        ("balad", 0.45, "handed over to Iraqi forces"),
        ("embassy", 0, "a small post; some Iraqi"),
    ],
)  # fmt: skip
def test_who_is_at_a_base(where: str, exposure: float, told: str) -> None:
    assert lines(US, where, us_exposure=exposure)["People"] == [told]


def test_what_is_told_of_a_place_of_each_host() -> None:
    """The stocks, the guard and the readiness of whose it is, as surely as the seat knows them."""
    told = lines(MILITIA, "jurf", mil_rockets=600, mil_fighters=20000, mil_ready=0.4)
    assert [line.split(":")[0] for line in told["Stock"]] == ["rockets", "fighters"]
    assert told["Stock"][0].startswith("rockets: 600")
    assert told["Stock"][0].endswith(", in all")
    assert "about" not in "".join(told["Stock"])
    assert told["Ready"][0].startswith("launchers and men made ready: 40")
    assert "People" not in told
    from_afar = lines(US, "jurf")
    assert all(": about " in line for line in from_afar["Stock"])
    base = lines(US, "taji", us_protection=0.25, iraq_guard=0.5)
    assert [line.split(":")[0] for line in base["Guard"]] == [
        "protection of the bases",
        "guard on bases and green zone",
    ]
    assert "Stock" not in base


def test_when_a_place_was_struck() -> None:
    """By fire that fell on it, or by a strike that somebody signed; the last time with its day."""
    fire = {
        "fire_rounds": {Source.MILITIA: 9},
        "fire_attacks": {Source.MILITIA: 1},
        "fire_site": {Source.MILITIA: site("taji")},
    }
    rules = SCENARIO.setting
    first = account(rules, turn_of(number=1, **fire).outcome, US)
    quiet = account(rules, turn_of(number=2).outcome, US)
    third = account(rules, turn_of(number=3, **fire).outcome, US)
    opens = {number: SCENARIO.turns[number - 1].date for number in (1, 3)}
    day = {number: f"{one.day} {one:%B}" for number, one in opens.items()}
    assert lines(US, "taji", first, quiet)["Fire"] == [f"last in turn 1, {day[1]}"]
    assert lines(US, "taji", first, quiet, third)["Fire"] == [
        f"two turns of fire, last in turn 3, {day[3]}"
    ]
    assert lines(US, "embassy", first, third)["Fire"] == ["never struck in this game"]
    strike = turn_of({"US": "strike_depots"}, deed_site={US: site("jurf")})
    struck = account(rules, strike.outcome, IRAQ)
    assert lines(IRAQ, "jurf", struck)["Fire"] == [f"last in turn 1, {day[1]}"]
    peaceful = turn_of({"US": "harden"}, deed_site={US: site("taji")})
    calm = account(rules, peaceful.outcome, US)
    assert lines(US, "taji", calm)["Fire"] == ["never struck in this game"]
