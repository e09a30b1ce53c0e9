"""A turn as the window tells and stages it: the strip, the peaks, the report, the map that answers,
consequences beside the orders, sounds.
"""

import re
from dataclasses import replace

import numpy as np
import pygame
import pytest

from game.desktop.map.markers import readiness_box
from game.desktop.map.view import MapView
from game.desktop.room.layout import ALL, SIDE
from game.desktop.room.leaves.intelligence import intelligence
from game.desktop.room.peak import LOUD, QUIET
from game.desktop.room.telling import Part
from game.desktop.screens.room import Mode
from game.desktop.shell.sound import RATE, SOUNDS, Sounds, samples
from game.futures.seen import Seen
from game.rules.orders import HOLD
from game.rules.seats import SEATS, Seat
from game.views.news import NewsItem
from tests.desktop.gallery_room import deal_offered, deal_signed, played, room, turn_with_peak
from tests.desktop.playing import (
    Keyboard,
    Mouse,
    bring,
    in_peak,
    match_of,
    named,
    room_of,
    settle_room,
    shown,
    there,
    while_the_staff_works,
)

from .common import click, drawn_by, key, settle, window, words


@pytest.fixture
def app():
    made = window(reduced_motion=True)
    yield made
    made.close()


def telling_of(app, turns, seat=Seat.US):
    """A room whose seat is told of its last turn."""
    screen = room(app, "orders", turns=turns, seat=seat)
    telling = screen.tell_again()
    app.frame()
    return telling


def words_of_peaks(app) -> str:
    """Everything that the peaks of a turn say, read one after the other; the report is next."""
    told = ""
    while in_peak(app):
        if there(app, "all"):
            click(app, named(app, "all"))
        told += words(app)
        click(app, named(app, "on"))
    return told


# --- the strip


@pytest.mark.parametrize(("size", "text_scale"), [((1280, 720), 100), ((1280, 720), 175)])
def test_the_strip_never_hides(size, text_scale) -> None:
    """Nearness of war, debts, the dead, the score: on every leaf, in peaks and in the report."""
    app = window(size, text_scale, reduced_motion=True)
    try:
        screen = room(app, "orders")
        for leaf in ALL if app.ui.units[0] < 940 else SIDE:
            screen.desk_of(Seat.US).open(app, leaf)
            for part in ("nearness", "debts", "dead", "score", "menu"):
                assert named(app, part).rect.bottom <= named(app, "strip").rect.bottom, leaf
        telling = screen.tell_again()
        assert there(app, "strip")
        telling.report()
        assert there(app, "strip")
    finally:
        app.close()


def test_the_strip_tells_what_is_owed_and_what_it_costs(app) -> None:
    room(app, "orders")
    told = words(app)
    assert "You owe Tehran an answer." in told
    assert "let it pass: belief in you" in told


def test_before_turn_1_the_strip_denies_nothing_of_the_prologue(app) -> None:
    """An American has been killed by then: that there was no turn yet is no news."""
    room(app, "orders", turns=0)
    assert "Turn 1 to come." in words(app)
    assert not re.search("(?i)no turn|nothing|nobody|no attack", words_of(named(app, "strip")))


def words_of(widget) -> str:
    """Every text in a widget, and every tip."""
    parts = [(getattr(w, "text", ""), w.tip) for w in widget.walk()]
    return "\n".join(text for pair in parts for text in pair if text)


def test_the_evidence_opens_where_somebody_contradicts_himself() -> None:
    """News of who said one thing and did another stand among the words, after all of them."""
    seen = Seen(played("the_article", 4, Seat.US), Seat.US)
    told = words_of(intelligence(seen))
    more = NewsItem("Tehran said one thing and did another.", "word", by=Seat.IRAN)
    seen.news = [[*items, more] for items in seen.news]
    assert words_of(intelligence(seen)) == told


# --- peaks


@pytest.mark.parametrize("pace", [LOUD, QUIET])
@pytest.mark.parametrize("still", [False, True])
def test_a_peak_waits_before_it_lets_one_go_on(pace, still) -> None:
    """Moving or still: the pause is the same, and Enter does not cut it short."""
    app = window(reduced_motion=still)
    try:
        telling = telling_of(app, turn_with_peak(loud=pace is LOUD))
        show = telling.show
        assert show is not None
        peak = show.peak
        app.screen.tick(100.0)
        key(app, pygame.K_RETURN)
        assert telling.show is show
        assert show.peak is peak
        app.screen.tick(100.0 + pace.go_on - 0.1)
        assert not there(app, "on")
        app.screen.tick(100.0 + pace.go_on + 0.1)
        assert there(app, "on")
        assert peak.headline in words(app)
        key(app, pygame.K_RETURN)
        assert telling.show is None or telling.show.peak is not peak
    finally:
        app.close()


@pytest.mark.parametrize("hands", [Keyboard, Mouse])
def test_who_does_not_want_to_wait_need_not(app, hands) -> None:
    telling = telling_of(app, turn_with_peak(loud=True))
    assert in_peak(app)
    hands().go_on(app)
    assert shown(app) is Mode.ROOM
    assert telling.part is Part.REPORT


def test_reduced_motion_leaves_nothing_out() -> None:
    """The same words at the end, whether they came one by one or at once."""
    told = []
    for still in (True, False):
        app = window(reduced_motion=still)
        telling = telling_of(app, turn_with_peak(loud=True))
        app.screen.tick(1.0)
        app.screen.tick(1.0 + LOUD.go_on)
        assert telling.show is not None
        told.append({*telling.show.peak.told, *telling.show.peak.aside})
        assert told[-1] <= set(words(app).split("\n"))
        app.close()
    assert told[0] == told[1]


def test_a_broken_deal_is_staged_for_its_two_parties_alone(monkeypatch) -> None:
    """Washington adds sanctions against its word. It and Tehran are told; the militias, at the same
    machine, are not.
    """
    people = (Seat.US, Seat.IRAN, Seat.MILITIA)
    match = deal_signed(*people)
    app = room_of(match)
    heard, told = [], {}
    monkeypatch.setattr(app, "sound", heard.append)
    hands = Mouse()
    try:
        for turn in range(2):
            for seat in people:
                hands.reveal(app)
                if turn:
                    told[seat] = words_of_peaks(app)
                hands.go_on(app)
                if seat is Seat.US and not turn:
                    bring(app, named(app, "deed-sanction").path)
                    click(app, named(app, "deed-sanction"))
                if not turn or seat is not people[-1]:
                    hands.commit(app)
            settle_room(app)
        assert "In the eyes of Tehran, you broke your deal." in told[Seat.US]
        assert "In your eyes, Washington broke your deal." in told[Seat.IRAN]
        for seat in (Seat.US, Seat.IRAN):
            assert "“relief for quiet”, is over; it had 28 days to run" in told[seat]
        assert "deal" not in told[Seat.MILITIA]
        assert heard.count("broken") == 2
    finally:
        app.close()


@pytest.mark.parametrize(("size", "text_scale"), [((1280, 720), 100), ((1280, 720), 175)])
def test_a_deal_on_the_table_is_signed_from_the_room(size, text_scale) -> None:
    match = deal_offered()
    app = room_of(match, size, text_scale)
    hands = Mouse()
    try:
        hands.reveal(app)
        hands.go_on(app)
        if text_scale > 100:
            click(app, named(app, "tabs").children[0])  # the map has a leaf of its own
        assert "On the table, from Tehran: “fair warning”" in words(app)
        click(app, named(app, "sign-IRAN"))
        hands.commit(app)
        hands.reveal(app)
        hands.go_on(app)
        assert "On the table" not in words(app)
        hands.commit(app)
        settle_room(app)
        hands.reveal(app)
        hands.go_on(app)
        if text_scale > 100:
            click(app, named(app, "tabs").children[0])
        assert "Your deal with Tehran, “fair warning”, holds for" in words(app)
    finally:
        app.close()


def test_an_offer_counts_down_and_is_told_of_when_it_lapses() -> None:
    match = match_of("the_article", Seat.US, Seat.IRAN)
    whisper = match.scenario.setting.rulebook.whisper("fair_warning")
    match.commit(Seat.US, replace(HOLD, whisper=whisper, whisper_to=Seat.IRAN))
    match.commit(Seat.IRAN, HOLD)
    match.advance()
    told = list[str]()
    while len(told) < 2 or "it stands" in told[-1]:
        app = room_of(match)
        try:
            Mouse().reveal(app)
            Mouse().go_on(app)
            told.append(words(app))
        finally:
            app.close()
        for seat in (Seat.US, Seat.IRAN):
            match.commit(seat, HOLD)
        match.advance()
    days = [re.search(r"“fair warning”; it stands (.*?)\.", one).group(1) for one in told[:-1]]
    assert len(set(days)) == len(days) > 1
    lapsed = "Your offer to Tehran, “fair warning”, has lapsed: Tehran did not sign it."
    assert lapsed in told[-1]


def test_the_room_does_not_open_on_the_news_that_was_just_read() -> None:
    app = room_of(match_of("the_article", Seat.US))
    hands = Mouse()
    try:
        for way in ("all-news", "leave"):
            hands.commit(app)
            settle_room(app)
            while there(app, "peak"):
                if there(app, "all"):
                    click(app, named(app, "all"))
                click(app, named(app, "on"))
            click(app, named(app, way))
            assert there(app, "news") == (way == "all-news")
        assert there(app, "orders")
    finally:
        app.close()


# --- the report


@pytest.mark.parametrize("seat", SEATS)
def test_the_report_accounts_for_every_order_and_hears_four_capitals(app, seat) -> None:
    telling = telling_of(app, 3, seat)
    telling.report()
    for part in ("action", "statement", "message"):
        assert there(app, part)
    for capital in SEATS:
        assert there(app, f"voice-{capital.name}")
    assert app.misfits == []


def test_what_moved_the_score_is_told_when_it_is_known_however_soon_one_goes_on() -> None:
    """The report says that the staff still works it out; who does not wait finds it in the news."""
    match = played("the_article", 2, Seat.US)
    app = room_of(match, estimate=True)
    staff = app.screen.desk_of(Seat.US).staff
    try:
        app.screen.tell_again().report()
        assert staff.regard is None
        assert "still reckons what moved" in words(app)
        assert app.misfits == []
        click(app, named(app, "all-news"))
        assert there(app, "reckons")
        while_the_staff_works(app, lambda: staff.regard is not None)
        assert not there(app, "reckons")
        moved = [w.text for w in named(app, "moved").walk() if hasattr(w, "text")]
        assert "Your score" in moved
        assert any("; of it " in line for line in moved)
        assert app.misfits == []
    finally:
        app.close()


def test_from_the_report_to_the_map_and_back(app) -> None:
    telling = telling_of(app, 3)
    telling.report()
    click(app, named(app, "watch"))
    assert telling.part is Part.PLAYBACK
    click(app, named(app, "leave"))
    assert telling.part is Part.REPORT
    click(app, named(app, "all-news"))
    assert shown(app) is Mode.ROOM
    assert app.screen.desk_of(Seat.US).leaf == "news"


# --- consequences


def test_every_legal_order_has_its_arrows_and_the_chosen_one_its_figures(app) -> None:
    screen = room(app, "orders")
    staff = screen.desk_of(Seat.US).staff
    app.frame()
    assert there(app, "heads")
    legal = screen.match.options(Seat.US).deed[:, 0].nonzero()[0].tolist()
    assert sorted(staff.consequences) == legal
    assert there(app, "hawk")
    assert there(app, "dove")


def test_holding_with_words_does_not_pass_for_holding_in_silence(app) -> None:
    """Where something is said, the row of Hold says that its arrows are the words'."""
    desk = room(app, "orders").desk_of(Seat.US)
    book = app.screen.match.scenario.setting.rulebook
    hold = named(app, "deed-hold")
    assert "Hold, and say it" not in drawn_by(app, lambda: hold.paint(app.ui, app.surface))
    spoken = next(
        number
        for number in app.screen.match.options(Seat.US).word[:, 0].nonzero()[0].tolist()
        if number and not book.words[number].to_seat
    )
    desk.ordering.change(deed=HOLD.deed, word=spoken)
    app.rebuild()
    hold = named(app, "deed-hold")
    assert "Hold, and say it" in drawn_by(app, lambda: hold.paint(app.ui, app.surface))
    assert "your words alone" in words(app)
    assert app.misfits == []


def test_the_teachers_switch_takes_consequences_and_voices_away() -> None:
    app = window(reduced_motion=True, estimate=False)
    try:
        room(app, "orders")
        assert not there(app, "heads")
        assert not there(app, "hawk")
        assert "how they see you" not in words(app)
    finally:
        app.close()


# --- the map


def site_spot(app, site):
    """The map, and where a site of the rules is on it."""
    chart = named(app, "chart")
    assert isinstance(chart, MapView)
    return chart, next(
        spot
        for spot, place in zip(chart._places, chart._sites, strict=True)
        if site in place.ids and spot.rect.width
    )


def test_a_place_that_is_clicked_tells_what_is_known_of_it_and_can_be_the_target(app) -> None:
    screen = room(app, "orders")
    book, desk = screen.match.scenario.setting.rulebook, screen.desk_of(Seat.US)
    _, spot = site_spot(app, "al_qaim")
    pos = spot.rect.center
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pygame.event.post(pygame.event.Event(kind, pos=pos, button=1))
        settle(app)
    assert there(app, "site-card")
    assert "held by the militias" in words(app)
    click(app, named(app, "site-aim"))
    assert book.sites[desk.ordering.draft.order.site].id in ("al_qaim", "albu_kamal")
    assert "your target" in words(app)
    click(app, named(app, "site-close"))
    assert not there(app, "site-card")


def test_dragging_the_map_picks_nothing(app) -> None:
    screen = room(app, "orders")
    _, spot = site_spot(app, "al_qaim")
    x, y = spot.rect.center
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(x, y), button=1))
    settle(app)
    for dx in (10, 30, 0):
        pygame.event.post(
            pygame.event.Event(pygame.MOUSEMOTION, pos=(x + dx, y), rel=(dx, 0), buttons=(1, 0, 0))
        )
        settle(app)
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=(x, y), button=1))
    settle(app)
    assert screen.desk_of(Seat.US).site < 0


def test_the_keyboard_picks_a_target_on_the_map(app) -> None:
    """Tab goes to the places that may be struck, and Enter picks one."""
    screen = room(app, "orders")
    _, spot = site_spot(app, "jurf")
    assert spot.focusable
    app.focus_on(spot.path)
    key(app, pygame.K_RETURN)
    book = screen.match.scenario.setting.rulebook
    assert book.sites[screen.desk_of(Seat.US).site].host == "MILITIA"


# --- sounds


@pytest.mark.parametrize("name", SOUNDS)
def test_every_sound_is_short_soft_at_its_ends_and_never_too_loud(name: str) -> None:
    wave = samples(name).astype(float)
    assert 0.02 * RATE < wave.size < 2.5 * RATE
    assert np.abs(wave).max() <= 0.76 * 32_767
    assert np.abs(wave[[0, -1]]).max() < 400
    assert wave.std() > 100


def test_without_a_volume_no_loudspeaker_is_opened() -> None:
    pygame.mixer.quit()
    sounds = Sounds()
    sounds.play("loud", 0)
    assert not pygame.mixer.get_init()
    sounds.close()


def test_a_machine_without_a_loudspeaker_plays_on(monkeypatch) -> None:
    def none(*_arguments) -> None:
        raise pygame.error("no audio device")

    monkeypatch.setattr(pygame.mixer, "init", none)
    sounds = Sounds()
    sounds.play("loud", 50)
    sounds.play("quiet", 50)
    sounds.close()


def test_the_last_minute_ticks_each_ten_seconds(monkeypatch) -> None:
    match = played("the_article", 1, Seat.US)
    match.limit(300)
    app = room_of(match)
    heard = []
    monkeypatch.setattr(app, "sound", heard.append)
    try:
        for spent in (200.0, 245.0, 246.0, 255.0, 299.0, 301.0):
            match.clock.spent = spent
            app.screen.tick(1.0)
        assert heard == ["tick", "tick"]
    finally:
        app.close()


def test_sound_is_off_until_somebody_turns_it_up() -> None:
    app = room_of(played("turn_zero", 1, Seat.US))
    try:
        assert app.settings.volume == 0
    finally:
        app.close()


# --- readiness on the map


def ready_sign(app, site: str):
    """The map's pixels where the bars of a place would stand, and its tip."""
    _, spot = site_spot(app, site)
    box = readiness_box(spot.rect.center, app.ui.px(8)).inflate(2, 2)
    return pygame.image.tobytes(app.surface.subsurface(box), "RGB"), spot.tip


def test_forces_made_ready_stand_on_the_map_where_the_seat_may_know() -> None:
    """Iran makes its missiles ready. Tehran sees it to the figure; Washington sees its estimate."""
    match = match_of("the_article", Seat.US, Seat.IRAN)
    deed = match.scenario.setting.rulebook.deed(Seat.IRAN, "prepare")
    app = room_of(match)
    hands, tips = Keyboard(), {}
    try:
        for turn in range(2):
            for seat in (Seat.US, Seat.IRAN):
                hands.reveal(app)
                if turn:
                    hands.go_on(app)
                else:
                    key(app, pygame.K_RETURN)  # the briefing
                tips[seat, turn] = ready_sign(app, "kermanshah")
                if seat is Seat.IRAN and not turn:
                    app.screen.desk_of(seat).ordering.draft.pick(deed=deed)
                if not (turn and seat is Seat.IRAN):
                    hands.commit(app)
            settle_room(app)
        truth = round(float(match.state.iran_ready[0]) * 100)
        assert truth >= 5
        before, after = tips[Seat.IRAN, 0], tips[Seat.IRAN, 1]
        assert f"missile forces made ready: {truth} of 100" in after[1]
        assert after[0] != before[0]
        guess = match.observation(Seat.US).columns["iran_ready"][0]
        expected = f"missile forces made ready: about {guess * 100:.0f} of 100"
        assert (expected in tips[Seat.US, 1][1]) == (guess >= 0.05)
        assert f"ready: {truth} of 100" not in tips[Seat.US, 1][1]
    finally:
        app.close()


def test_a_small_window_tells_the_voices_in_short_and_leads_to_them() -> None:
    app = window((800, 600))
    try:
        screen = room(app, "orders")
        assert not there(app, "hawk")
        assert re.search(r"Attacks, if the hawk is right: [^;]+; if the dove is: ", words(app))
        click(app, named(app, "hear"))
        assert screen.desk_of(Seat.US).leaf == "staff"
        assert there(app, "hawk")
    finally:
        app.close()


def test_the_report_tells_of_fire_that_nobody_ordered(app) -> None:
    """The militias' campaign goes on at its own pace: what it fired is told where orders are."""
    telling_of(app, 8, Seat.MILITIA).report()
    assert "You had ordered none of it" in words(app)
