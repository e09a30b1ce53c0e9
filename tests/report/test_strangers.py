"""What strangers wrote into a match or a scenario is text and nothing else; forks and parents."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from game.content.lens import load_lens, seen_through
from game.content.load import load_scenario
from game.futures.cast import cast
from game.futures.inquiry import inquire
from game.report.debrief import Subject
from game.report.page import LONGEST, page, theirs
from game.report.svg import Drawing, clean
from game.report.taking import Unfiled, computers_of, taken
from game.rules.orders import HOLD
from game.rules.seats import SEATS, Seat
from game.session.match import Match, Seating, Status
from game.session.view import MatchView
from game.views.summary import put_in, summary, the_dead
from tests.played import course, simulated

from . import made
from .reading import read


def test_hostile_names_and_notes_are_shown_as_they_were_typed() -> None:
    document = read(made.compared())
    names = [dd.text for dd in document.all("dd")]
    assert f"{made.HOSTILE} (a team)" in names
    assert f"{made.PERSIAN} (a person)" in names
    notes = [p.text for p in document.all("p") if p.text.startswith("Noted by")]
    assert f"Noted by Washington: {made.HOSTILE}" in notes
    assert any(f"A rumour: {made.HOSTILE}" in note for note in notes)
    assert "49" not in "".join(n for n in names if "{{" in n)


def test_a_hostile_scenario_is_text_too() -> None:
    game = simulated()
    bad = made.HOSTILE
    event = replace(game.scenario.events[0], text=bad, contested=True)
    source = replace(game.scenario.sources[0], title=bad, url="javascript:alert(1)")
    texts = [replace(turn, title=bad, note=bad) for turn in game.scenario.turns]
    scenario = replace(
        game.scenario,
        title=bad,
        questions=(bad,),
        turns=tuple(texts),
        events=(event, *game.scenario.events[1:]),
        sources=(source, *game.scenario.sources[1:]),
    )
    hostile = replace(game, title=bad, scenario=scenario, players=dict.fromkeys(Seat, bad))
    findings = made.finished(inquire(hostile, made.lenses("balanced"), {}, futures=5))
    document = read(page(Subject(hostile, findings), None, "1"))
    assert document.one("h1").text == bad
    assert not list(document.all("script"))
    assert len(list(document.all("style"))) == 1
    assert not [a for a in document.all("a") if "javascript" in a.attributes["href"]]
    assert not [e for e in document.all() if any(k.startswith("on") for k in e.attributes)]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\x00b", "a\ufffdb"),
        ("a\u202eb", "ab"),
        ("\u2066x\u2069", "x"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("\ud800", "\ufffd"),
        (made.PERSIAN, made.PERSIAN),
    ],
)
def test_characters_that_no_document_may_hold_are_replaced(typed: str, shown: str) -> None:
    assert clean(typed) == shown
    assert clean(typed).encode()


def test_long_texts_are_cut_and_empty_ones_are_a_dash() -> None:
    assert len(theirs("x" * 100_000)) < LONGEST + 40
    assert theirs(" ") == "<bdi>-</bdi>"


def test_a_drawing_escapes_its_texts() -> None:
    drawing = Drawing("a", "</title><script>", "</desc><b>", 20)
    drawing.text(0, 0, "</svg><script>\x00")
    (svg,) = read(str(drawing.markup())).children
    assert svg.tag == "svg"
    assert {child.tag for child in svg.all()} == {"title", "desc", "text"}


def test_a_fork_and_its_parent_stand_side_by_side() -> None:
    document = read(made.compared())
    text = document.one("main").text
    assert "from which it was forked after turn 2" in text
    assert "Their orders differ from turn 3 on." in text
    legend = [li.text for li in document.all("li") if li.parent.attributes.get("class") == "legend"]
    assert "the other game" in legend
    (chart,) = (
        svg for svg in document.all("svg") if "timeline-title" in str(svg.attributes.values())
    )
    assert "the other game: 1:" in chart.one("desc").text
    assert len(list(chart.all("polygon"))) == 5, "a triangle for each of its turns"
    captions = [c.text for c in document.all("caption")]
    assert sum("; in the other game " in caption for caption in captions) == 4


def test_a_match_is_taken_with_its_players_notes_and_lens() -> None:
    parent, child = (MatchView.read(path) for path in made.files())
    with taken(parent) as game, taken(child, "A fork") as other:
        assert game.title == "Ten Days in January"
        assert other.title == "A fork"
        assert (game.forked_after, other.forked_after) == (None, 2)
        assert game.players[Seat.IRAQ] == "a team"
        assert [r.seat for r in game.remarks] == [Seat.US, None]
        assert [t.number for t in game.turns] == list(range(1, len(game.turns) + 1))
        assert game.lens == "balanced"
        assert (game.final.attacks == parent.state.attacks).all()


def test_a_match_without_a_turn_cannot_be_taken() -> None:
    opened = made.match("turn_zero", 1)
    opened.match_state.played.clear()
    with pytest.raises(ValueError, match="no turn"), taken(opened):
        pass


def test_a_match_without_a_file_is_taken_through_the_lens_that_is_said() -> None:
    plain = load_scenario("turn_zero")
    seen = seen_through(plain, load_lens("spiral"))
    played = Match(seen, cast(seen, {}), 3)
    while played.status is not Status.ENDED:
        played.advance()
    with pytest.raises(ValueError, match="without a file is played by must"), taken(played):
        pass
    with taken(played, unfiled=Unfiled(plain, "spiral")) as game:
        assert game.lens == "spiral"
        assert game.scenario.setting.rulebook.parameters != game.plain.setting.rulebook.parameters
        assert game.plain is plain


def test_a_match_says_who_played_it() -> None:
    """With a file and without one; people's seats are missing, and a doctrine of the match's own
    is read from it.
    """
    plain = load_scenario("turn_zero")
    named = {Seat.IRAN: "people:strategic_patience", Seat.IRAQ: "uniform"}
    held = Match(plain, cast(plain, named, named), 3)
    assert {s: who.name for s, who in computers_of(held).items()} == named
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kept.match"
        seats = {seat: Seating.computer(name) for seat, name in named.items()}
        seats |= {seat: Seating.person() for seat in SEATS if seat not in named}
        Match.begin(path, "turn_zero", seats, cast, seed=4).close()
        found = computers_of(MatchView.read(path))
    assert {s: who.name for s, who in found.items()} == named


def test_what_a_facilitator_puts_in_is_counted_apart() -> None:
    setting = load_scenario("turn_zero").setting
    people = {seat: Seating.person() for seat in SEATS}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "led.match"
        with made.closed(Match.begin(path, "turn_zero", people, cast, seed=4)) as led:
            led.inject_own("Rockets", "Two Americans died.", {"attacks": 3, "us_dead": 2})
            for _ in range(2):
                for seat in SEATS:
                    led.commit(seat, HOLD)
                led.advance()
                if led.status is not Status.ENDED:
                    led.override("civilians_dead", float(led.state.civilians_dead[0]) + 1, "News")
            led.end("The bell")
        with taken(MatchView.read(path)) as game:
            pass
    assert game.moments[0].us_dead[0] == setting.opening.us_dead[0]
    assert game.moments[0].attacks[0] == setting.opening.attacks[0]
    ours = game.final.attacks[0] - setting.opening.attacks[0] - 3
    assert game.happened("attacks") == ours
    dead = dict(the_dead(game))
    assert dead["Americans"] == game.final.us_dead[0] - setting.opening.us_dead[0] - 2
    told = dict(put_in(game))
    assert told["Attacks on Americans and partners"] == 3
    assert (told["Americans killed"], told["Civilians killed"]) == (2, 1)
    story = " ".join(summary(game))
    assert "tells of three attacks, and of two Americans and one civilian killed." in story
    findings = made.finished(inquire(game, made.lenses("balanced"), {}, futures=5))
    text = read(page(Subject(game, findings), None, "1")).one("main").text
    assert "Americans killed: put in by the facilitator, not counted above" in text


def test_games_without_force_or_attacks_can_be_told_of() -> None:
    quiet = course({"US": "harden"}, {})
    findings = made.finished(inquire(quiet, made.lenses("balanced"), {}, futures=5))
    document = read(page(Subject(quiet, findings), None, "1"))
    text = document.one("main").text
    assert "Nobody ordered any use of force in this game" in text
    assert "there was nothing to guess about" in text
    assert "Nobody gave a forecast in this game" in text
