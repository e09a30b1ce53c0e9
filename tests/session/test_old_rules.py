"""Matches that were begun under other rules: kept ones, and some made by hand."""

import shutil
from pathlib import Path

import pytest

from game.content.lens import parameter_names, parameter_ranges
from game.futures.cast import cast
from game.report.match_sheets import SHEETS
from game.report.taking import taken
from game.rules.resolve import PHASES
from game.session import adapting
from game.session.errors import FileError, OtherVersionError
from game.session.forking import fork
from game.session.match import Match, Status
from game.session.match_players import playable
from game.session.places import summary
from game.session.replay import Replay
from game.session.versions import versions
from game.session.view import MatchView
from tests.session.ageing import PARAMETERS, without
from tests.session.common import begin, play, rewritten, standing
from tests.session.keep import JOURNALS, keep

KEPT = sorted(JOURNALS.glob("version_1*.match"))
"""Journals of rules that had no campaign, no agendas and no deals."""
SINCE = {
    "chance.splinter_restrained_by_truce",
    "minds.harm_of_tip_off",
    "politics.quorum_binding",
}
"""Parameters that an aged match does not know."""
UNKNOWN = '[minds.harm_of_rumours]\nvalue = 0.5\nunit = "anger"\nrange = [0, 1]\nmeaning = "old"\n'
UNKNOWN += 'source = "judgement"\n\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A match of which one turn has been played."""
    match = play(begin(tmp_path), 1)
    match.close()
    return match.path


@pytest.fixture
def aged(tmp_path: Path) -> Path:
    """A whole match of rules that have got some parameters since."""
    path = keep(tmp_path)
    for name in SINCE:
        without(path, name)
    return path


# --- kept journals


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.stem)
def test_a_journal_of_quite_other_rules_is_refused_in_a_sentence(
    kept: Path, tmp_path: Path
) -> None:
    """A journal of rules that today's referee cannot play is not taken for anything else; it is
    listed all the same, and left as it is."""
    old = shutil.copyfile(kept, tmp_path / kept.name)
    before = old.read_bytes()
    sentences = set()
    for use in (
        MatchView.read,
        lambda path: playable(path, cast),
        lambda path: Match.open(path, cast),
        lambda path: fork(path, 1, tmp_path / "fork.match"),
    ):
        with pytest.raises(OtherVersionError) as error:
            use(old)
        sentences.add(str(error.value))
    (told,) = sentences
    plain(old, told)
    assert "cannot play it" in told
    assert "with any SQLite tool" in told
    assert "\n" not in told
    assert not (tmp_path / "fork.match").exists()
    assert old.read_bytes() == before
    assert summary(old).played == 3


# --- a match of rules that have grown


def test_an_aged_match_is_as_usable_as_a_new_one(aged: Path, tmp_path: Path) -> None:
    kept, before = aged, aged.read_bytes()
    match = playable(kept, cast)
    assert match.status is Status.ENDED
    replay = Replay(match)
    assert len(replay.turns) == 3
    parting = replay.check()
    if parting is not None:
        assert replay.changed, "what parts is explained"
        assert parting.phase in {"orders", *(phase.__name__ for phase in PHASES)}
    assert all(list(sheet.rows(match)) for sheet in SHEETS if sheet.name != "fires")
    with taken(match) as game:
        assert len(game.turns) == 3
        told = [remark.text for remark in game.remarks if remark.by == "the game"]
    assert bool(told) == bool(replay.changed)
    for turn in (1, 2, 3):
        child = fork(kept, turn, tmp_path / f"{turn}.match")
        assert [t.hash for t in MatchView.read(child).match_state.turns] == [
            row.hash for row in match.match_state.turns[: turn - 1]
        ]
        opened = Match.open(child, cast)
        play(opened)
        opened.close()
        assert standing(MatchView.read(child)) == standing(opened)
    assert kept.read_bytes() == before


def test_an_aged_match_says_what_has_come_since(aged: Path) -> None:
    changes = MatchView.read(aged).changes
    assert set(changes.added) == SINCE
    told = str(changes)
    assert told.startswith("The rules have got ")
    assert "since this match began, with the values of today" in told
    assert Replay(MatchView.read(aged)).changed == told


def test_an_aged_match_can_be_taken_up_where_it_was(aged: Path, tmp_path: Path) -> None:
    copied = shutil.copyfile(aged, tmp_path / "old.match")
    match = Match.open(copied, cast)
    match.undo("once more")
    play(match)
    match.close()
    again = MatchView.read(copied)
    assert standing(again) == standing(match)
    assert set(again.changes.added) == SINCE, "nothing of it was written into the file"


def test_another_can_be_made_and_has_todays_rules(tmp_path: Path) -> None:
    made = MatchView.read(keep(tmp_path))
    assert not any(made.changes)
    assert str(made.changes) == Replay(made).changed == ""
    assert Replay(made).check() is None
    assert len(made.played) == 3


# --- made by hand


def test_a_parameter_that_is_missing_is_todays(path: Path) -> None:
    own = MatchView.read(path)
    without(path, "minds.anger_gain")
    match = MatchView.read(path)
    assert match.changes == (("minds.anger_gain",), ())
    assert "one parameter since this match began" in str(match.changes)
    assert standing(match) == standing(own)
    lensless = match.scenario.setting.rulebook.parameters
    assert lensless == own.scenario.setting.rulebook.parameters


def test_one_that_is_not_known_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "spiral.match"
    begun = Match.begin(path, "turn_zero", {}, cast, seed=7, lens="spiral")
    play(begun, 1).close()
    rewritten(path, PARAMETERS, "[minds.anger_gain]", f"{UNKNOWN}[minds.anger_gain]")
    named = '"minds.harm_of_rumours" = 0.7'
    rewritten(path, "lenses/spiral.toml", "[parameters]\n", f"[parameters]\n{named}\n")
    match = MatchView.read(path)
    assert standing(match) == standing(begun)
    assert match.changes == ((), ("minds.harm_of_rumours",))
    assert "no longer know one parameter of its rulebook: minds.harm_of_rumours" in str(
        match.changes
    )
    before = MatchView.read(path).record.texts
    opened = play(Match.open(path, cast))
    opened.close()
    assert MatchView.read(path).record.texts == before


def test_a_lens_keeps_to_the_ranges_of_its_match(tmp_path: Path) -> None:
    """To their very ends, and not a step further."""
    path, lens = tmp_path / "spiral.match", "lenses/spiral.toml"
    Match.begin(path, "turn_zero", {}, cast, seed=7, lens="spiral").close()
    low, high = parameter_ranges()["minds.anger_gain"], parameter_ranges()["minds.anger_weight"]
    rewritten(path, lens, '"minds.anger_gain" = 2.0', f'"minds.anger_gain" = {low[0]}')
    rewritten(path, lens, '"minds.anger_weight" = 2.5', f'"minds.anger_weight" = {high[1]}')
    minds = MatchView.read(path).scenario.setting.rulebook.parameters.minds
    assert (minds.anger_gain, minds.anger_weight) == (low[0], high[1])
    for name, end, beyond in (
        ("minds.anger_weight", high[1], high[1] + 0.5),
        ("minds.anger_gain", low[0], low[0] - 0.5),
    ):
        rewritten(path, lens, f'"{name}" = {end}', f'"{name}" = {beyond}')
        with pytest.raises(OtherVersionError) as error:
            MatchView.read(path)
        plain(path, str(error.value))
        assert f'"{name}" is {beyond}, out of its range' in str(error.value)
        rewritten(path, lens, f'"{name}" = {beyond}', f'"{name}" = {end}')


def test_history_is_told_as_it_was_when_the_match_began(path: Path) -> None:
    """A correction of today does not change what an old match shows, nor how it is played."""
    own = MatchView.read(path)
    event = next(event for event in own.scenario.events if event.id == "al_asad_dec3")
    assert "Five rockets" in event.text
    rewritten(path, "record/events.toml", "Five rockets landed inside", "Six rockets fell on")
    match = MatchView.read(path)
    assert event.text.replace("Five rockets landed inside", "Six rockets fell on") in [
        event.text for event in match.scenario.events
    ]
    assert standing(match) == standing(own)


def test_an_event_that_its_own_record_lacks_is_told(path: Path) -> None:
    rewritten(path, "record/events.toml", 'id = "al_asad_dec3"', 'id = "al_asad_dec4"')
    with pytest.raises(OtherVersionError, match='unknown event of the record "al_asad_dec3"'):
        MatchView.read(path)


def test_many_are_counted_and_not_all_named(path: Path) -> None:
    names = [name for name in parameter_names() if name.startswith("upkeep.")]
    body = MatchView.read(path).record.texts[PARAMETERS]
    kept = adapting._TABLE.sub(lambda t: "" if t[1] in names else t[0], body)
    rewritten(path, PARAMETERS, body, kept)
    match = MatchView.read(path)
    assert sorted(names) == list(match.changes.added)
    assert str(match.changes).count("upkeep.") == 4
    assert f"and {len(names) - 4} more." in str(match.changes)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[minds.anger_gain]", "[minds.unheard_of"),
        ("[minds.anger_gain]", '[minds."anger gain"]'),
        ("[minds.anger_gain]", "[[minds.harm_of_rumours]]"),
        ("[words.", "[speech."),
    ],
)
def test_a_rulebook_that_cannot_be_mended_is_refused(path: Path, old: str, new: str) -> None:
    rewritten(path, PARAMETERS, old, new)
    before = path.read_bytes()
    if new == "[speech.":  # a whole group by another name: dropped and added
        assert len(MatchView.read(path).changes.dropped) == len(
            [name for name in parameter_names() if name.startswith("words.")]
        )
    else:
        with pytest.raises(FileError) as error:
            MatchView.read(path)
        plain(path, str(error.value))
    assert path.read_bytes() == before


def plain(path: Path, told: str) -> None:
    """The sentence names versions and no folder that is gone already."""
    assert f"version {versions()['program']}" in told
    assert "match-" not in told.replace(str(path), "")
    assert "/tmp" not in told.replace(str(path), "")


def test_a_deed_that_the_referee_needs_is_named(path: Path, tmp_path: Path) -> None:
    rewritten(path, "rulebook/deeds.toml", 'id = "resolution"', 'id = "motion"')
    before = path.read_bytes()
    sentences = set()
    for use in (
        MatchView.read,
        lambda path: playable(path, cast),
        lambda path: Match.open(path, cast),
        lambda path: fork(path, 1, tmp_path / "fork.match"),
    ):
        with pytest.raises(OtherVersionError) as error:
            use(path)
        sentences.add(str(error.value))
    (told,) = sentences
    plain(path, told)
    assert 'the referee needs the deed "resolution" of IRAQ' in told
    assert "with any SQLite tool" in told
    assert "add it, or give it" not in told, "advice for authors of rulebooks"
    assert not (tmp_path / "fork.match").exists()
    assert path.read_bytes() == before
    assert summary(path).played == 1, "it is listed all the same"


def test_a_doctrine_that_cannot_play_is_named_too(path: Path, tmp_path: Path) -> None:
    rewritten(path, "doctrines/pinprick.toml", 'seat = "MILITIA"', 'seat = "MILITIAS"')
    with pytest.raises(OtherVersionError) as error:
        playable(path, cast)
    plain(path, str(error.value))
    assert "doctrines/pinprick.toml" in str(error.value)
