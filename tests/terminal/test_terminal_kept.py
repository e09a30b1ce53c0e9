"""Matches that are kept: play, resume, matches, replay, fork and export, as a person types them."""

import csv
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import main
from game.futures.cast import cast
from game.report.match_sheets import SHEETS
from game.rules import resolve as referee
from game.rules.seats import Seat
from game.session.home import matches_folder
from game.session.match import Match, Seating
from game.session.view import MatchView, Status
from tests.session.common import forge, rewritten

PARAMETERS = "rulebook/parameters.toml"
OLD = Path(__file__).parents[1] / "session" / "journals" / "version_1.match"
DOOR = [sys.executable, main.__file__]
TURN = ["", "hold", "", "", "", ""]
"""One turn in which a seat holds: the deeds, hold, silence, no message, no forecast, commit."""
START = ["", ""]
PLAY = ["play", "turn_zero", "--seat", "US", "--seed", "3", "--text"]
posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and links")


def kept() -> list[Path]:
    """The files of all matches, by name."""
    return sorted(matches_folder().glob("*.match"))


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def over(run) -> Path:
    """A finished match of one person."""
    run(*PLAY, typed=[*START, *TURN * 3, "no"])
    (path,) = kept()
    return path


# --- play and resume


def test_a_game_is_kept_as_it_is_played(run, home):
    result = run(*PLAY, typed=[*START, *TURN, "", "harden", "", "", "50 - 10"])
    (path,) = kept()
    assert path.parent == home / "matches"
    assert path.name in one_line(result.out).replace(" ", "")
    match = MatchView.read(path)
    assert len(match.played) == 1
    assert match.status is Status.WAITING
    assert match.seating(Seat.US) == Seating.person()
    assert match.match_state.ordered[0].deed == "hold"
    assert not (home / "matches" / f"{path.name}-wal").exists()


def test_left_and_taken_up_again_it_is_the_same_game(run):
    whole = run(*PLAY, "--no-save", typed=[*START, *TURN * 3, "no"]).out
    left = run(*PLAY, typed=[*START, *TURN, "q", "yes"]).out
    assert "Leave the game? It is kept." in left
    command = re.search(r"python main.py (resume \S+)", one_line(left))[1]
    result = run(*command.split(), "--text", typed=["", *TURN * 2, "no", "no"])
    assert result.status == 0, result.err
    assert "The match goes on where it was left. One turn has been played." in result.out
    assert "Pass the keyboard" not in result.out  # she plays alone
    assert (
        result.out.split("== The end")[1].split("The same")[0]
        == (whole.split("== The end")[1].split("The same")[0])
    )
    assert MatchView.read(kept()[0]).status is Status.ENDED


def test_orders_that_were_in_are_not_asked_for_again(run):
    people = ["--seat", "IRAN"]
    run(*PLAY, *people, typed=["", "", "", *TURN])
    result = run("resume", "--text", typed=["", ""])
    out = one_line(result.out)
    assert "Orders of this turn that are in already: Washington (US)." in out
    assert "Pass the keyboard to Tehran (IRAN)." in out
    assert "Pass the keyboard to Washington" not in out


def test_without_a_name_the_last_one_not_over_goes_on(run):
    run(*PLAY, typed=START)
    run("play", "after_taji", "--seat", "IRAQ", "--text", typed=START)
    run(*PLAY, typed=[*START, *TURN * 3, "no"])
    assert "After Taji" in run("resume", "--text").out


@posix
def test_a_killed_game_goes_on(outside, home):
    typed = "\n".join([*START, *TURN, "", "harden", "", ""]) + "\n"
    with subprocess.Popen(
        [*DOOR, *PLAY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        process.stdin.write(typed)
        process.stdin.flush()
        seen = ""
        while not re.search("Turn 2 of 3.*Your private message", seen, re.DOTALL):
            seen += process.stdout.read(1) or pytest.fail(seen)
        process.send_signal(signal.SIGKILL)
    result = outside("resume", "--text", typed="\n" * 40)
    assert result.status == 0, result.err
    assert "One turn has been played." in result.out
    assert "The end: " in result.out
    assert [path.suffix for path in (home / "matches").iterdir()] == [".match"]


def test_nothing_is_kept_when_nobody_wants_it(run):
    out = run(*PLAY, "--no-save", typed=[*START, "q", "yes"]).out
    assert kept() == []
    assert "Leave the game? It is not kept." in out
    assert "the game is not kept. To begin it again" in out
    assert "python main.py play turn_zero --seat US --seed 3" in out


def test_another_folder_can_be_named(run, tmp_path):
    out = run(*PLAY, "--folder", str(tmp_path), typed=START).out
    (path,) = tmp_path.glob("*.match")
    assert f"python main.py resume {path}" in one_line(out)
    assert kept() == []
    assert path.name in run("matches", "--folder", str(tmp_path), "--text").out
    assert run("resume", "--folder", str(tmp_path), "--text").status == 0


def test_where_nothing_can_be_written_it_says_how_to_play(run):
    result = run(*PLAY, "--folder", "/dev/null/here")
    assert result.status == 2
    assert "cannot be written" in result.err
    assert "--no-save" in result.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["resume"], "no match here waits to be gone on with"),
        (["resume", "none.match"], "there is no such file"),
        (["resume", "."], "this is a folder"),
        (["resume", main.__file__], "this is no match"),
        (["replay", "none.match"], "there is no such file"),
        (["replay", "turn_zero"], "name a match's file"),
        (["replay", "turn_zero", "--game", "1", "--turn", "2"], "--turn is for matches"),
        (["replay", "a.match", "--game", "0"], "leave out --game, which is for scenarios"),
        (["replay", "a.match", "--seed", "1"], "leave out --seed, which is for scenarios"),
        (["replay", "a.match", "--lens", "spiral", "--us", "planner"], "leave out --lens, --us"),
        (["report", "a.match", "-o", "a.html", "--game", "0"], "leave out --game"),
        (["report", "a.match", "-o", "a.html", "--seed", "1"], "leave out --seed"),
        (["report", "a.match", "-o", "a.html", "--history", "--iraq", "x"], "--history, --iraq"),
        (["fork", "none.match", "--turn", "1"], "there is no such file"),
        (["export", "none.match", "--csv", "x"], "there is no such file"),
        (["export", "none.match"], "name a folder with --csv or --parquet"),
    ],
)
def test_mistakes_get_a_sentence(run, arguments, sentence):
    result = run(*arguments)
    assert result.status == 2
    assert sentence in result.err
    assert "Traceback" not in result.err


def test_a_match_that_is_over_is_not_resumed(run, over):
    result = run("resume", over.name)
    assert result.status == 2
    assert "this match is over; look at it with replay" in result.err


def test_a_match_that_is_open_elsewhere(run):
    run(*PLAY, typed=START)
    match = Match.open(kept()[0], cast)
    result = run("resume")
    assert result.status == 2
    assert "open in another window; close it there first" in result.err
    match.close()


def test_what_a_facilitator_put_in_is_read_by_all(run):
    run(*PLAY, typed=START)
    match = Match.open(kept()[0], cast)
    match.inject_own("A rumour", "Somebody saw trucks.")
    match.pause()
    match.close()
    out = run("resume", "--text", typed=["yes", "", "", ""]).out
    assert "Just in, for everybody:\n- A rumour. Somebody saw trucks." in out


# --- forecasts, notes, undo


def test_a_forecast_is_asked_for_and_can_be_mended(run):
    typed = ["", "hold", "", "", "10 200 5", "ten", "10, 60%, -", "b", "", ""]
    out = run(*PLAY, typed=[*START, *typed]).out
    assert "Iran, the militias, the Iraqi government? [skip]" in out
    assert '"200" will not do; type whole numbers from 0 to 100.' in out
    assert "Please type 3 numbers" in out
    assert "Iran, the militias, the Iraqi government? [10 60 -]" in out, "it is shown again"
    assert "You expect force, of 100, from: Iran 10, the militias 60." in out
    match = MatchView.read(kept()[0])
    assert match.match_state.ordered[0].forecast == {Seat.IRAN: 0.1, Seat.MILITIA: 0.6}


@pytest.mark.parametrize("words", ["I fear the worst", "'; DROP TABLE note; --", "[red]x[/red] \\"])
def test_notes_are_written_down_anywhere(run, words):
    out = run(*PLAY, typed=[*START, f"+ {words}", "hold", "+", f"+{words}"]).out
    assert out.count("Noted, for the debrief.") == 2
    assert "A note is missing." in out
    notes = MatchView.read(kept()[0]).match_state.notes
    assert [(note.seat, note.words) for note in notes] == [(Seat.US, words)] * 2


def test_who_plays_alone_can_take_a_turn_back(run):
    out = run(*PLAY, typed=[*START, "u", *TURN, "u", "no", "u", "yes", "", "harden"]).out
    assert "No turn has been played that could be taken back." in out
    assert out.count("Take the last turn back?") == 2
    assert out.count("== Turn 1 of 3") == 2
    match = MatchView.read(kept()[0])
    assert match.played == []
    assert [e.table for e in match.record.events].count("undo") == 1
    two = run(*PLAY, "--seat", "IRAN", typed=["", "", "", "u"]).out
    assert "Only somebody who plays alone can take a turn back." in two


# --- matches


def test_the_list(run, over):
    run(*PLAY, "--seat", "IRAN", typed=[""])
    run("fork", over.name, "--turn", "2")
    out = one_line(run("matches", "--text").out)
    assert "== Three matches in" in out
    assert (
        "Turn Zero; people play US; 3 of 3 turns played; ended: the days run out, unresolved."
        in out
    )
    assert "Turn Zero; people play US and IRAN; 0 of 3 turns played; not over." in out
    assert f"not over; forked from {over.name} at turn 2." in out
    drawn = run("matches").out
    assert all(path.name in drawn for path in kept()), "no name is cut"


def test_an_empty_list_says_how_to_begin(run):
    result = run("matches", "--text")
    assert result.status == 0
    assert "None yet. Begin one with: python main.py play" in result.out


def test_files_that_are_none_are_named(run, over):
    (over.parent / "other.match").write_text("hello", encoding="utf-8")
    result = run("matches", "--text")
    assert "== One match in" in result.out
    assert "other.match: this is no match of the game" in result.err


# --- replay


def test_a_replay_tells_the_record(run):
    run(
        *PLAY,
        typed=[*START, "+ a note", "harden", "", "", "90 0 0", "", *TURN * 2, "no"],
    )
    (path,) = kept()
    result = run("replay", str(path), "--text")
    assert result.status == 0, result.err
    out = one_line(result.out)
    assert "Played by: US a person, IRAN" in out
    assert "Washington: harden" in out
    assert "Washington gave 90 of 100 to force by Iran, which" in out
    assert "Note by Washington: a note" in out
    assert "Every turn, adjudicated again, comes out as it was recorded." in out
    assert out.count("digest ") == 3
    assert "Washington (US): " in out
    one = run("replay", str(path), "--turn", "2", "--explain", "--text").out
    assert one.count("digest ") == 1
    assert "Why Tehran (IRAN) did it" in one
    assert "Why Washington" not in one, "a person's reasons are its own"
    assert run("replay", str(path), "--turn", "9").status == 2


def test_a_replay_does_not_spoil_a_match_that_is_on(run):
    run(*PLAY, typed=[*START, *TURN])
    result = run("replay", kept()[0].name, "--text")
    assert result.status == 2
    assert "tells what its seats cannot know" in result.err
    assert "digest" not in result.out
    assert "digest" in run("replay", kept()[0].name, "--spoil", "--text").out


def test_what_the_facilitator_did_is_marked(run):
    run(*PLAY, typed=START)
    match = Match.open(kept()[0], cast)
    match.override("us_support", 0.25, "to see what happens")
    match.inject_own("A rumour", "Somebody saw trucks.", {"iraq_unrest": 0.1})
    match.close()
    run("resume", typed=[""] * 40)
    out = one_line(run("replay", kept()[0].name, "--text").out)
    assert "Set by the facilitator: us_support was 0.5 and was set to 0.25. To see what" in out
    assert "News put in: A rumour. Somebody saw trucks. It changed: iraq_unrest +0.1." in out


def test_a_replay_that_parts_says_where(run, over, monkeypatch):
    def other(g, t, now):
        g.brink += 0.25

    other.__name__ = "force"
    phases = [other if p.__name__ == "force" else p for p in referee.PHASES]
    monkeypatch.setattr(referee, "PHASES", tuple(phases))
    result = run("replay", over.name, "--text")
    assert result.status == 1
    assert "The replay parts from the record in turn 1, at the phase force" in one_line(result.out)


# --- fork


def test_a_fork_goes_on_from_its_turn(run, over):
    result = run("fork", over.name, "--turn", "2", "--text")
    assert result.status == 0, result.err
    assert "The new match begins at turn 2 of 3" in result.out
    command = re.search(r"python main.py (resume \S+)", result.out)[1]
    out = run(*command.split(), "--text", typed=["", "", *TURN * 2, "no"]).out
    assert "== Turn 2 of 3" in out
    assert "== The end" in out
    parent, child = (MatchView.read(path) for path in (over, over.with_stem(f"{over.stem}_2")))
    assert [t.hash for t in child.match_state.turns] == [t.hash for t in parent.match_state.turns]
    assert child.record.game.parent == parent.record.game.id
    refused = run("fork", over.name, "--turn", "4")
    assert refused.status == 2
    assert "name one from 1 to 3" in refused.err


# --- export


def test_an_export_is_whole_and_explained(run, over, tmp_path):
    folder = tmp_path / "deep" / "csv"
    result = run("export", over.name, "--csv", str(folder))
    assert result.status == 0, result.err
    assert {path.name for path in folder.iterdir()} == {
        *(f"{sheet.name}.csv" for sheet in SHEETS),
        "dictionary.csv",
    }
    explained = set()
    with (folder / "dictionary.csv").open(encoding="utf-8", newline="") as file:
        explained = {(row["sheet"], row["column"]) for row in csv.DictReader(file)}
    for sheet in SHEETS:
        with (folder / f"{sheet.name}.csv").open(encoding="utf-8", newline="") as file:
            names = next(csv.reader(file))
        assert all((sheet.name, name) in explained for name in names)
    assert run("export", over.name, "--csv", str(folder)).status == 0, "again, over the same"


def test_an_export_does_not_spoil_a_match_that_is_on(run, tmp_path):
    run(*PLAY, typed=[*START, *TURN])
    name, folder, copied = kept()[0].name, tmp_path / "csv", tmp_path / "given.match"
    result = run("export", name, "--csv", str(folder), "--match", str(copied))
    assert result.status == 2
    assert "its sheets tell what its seats cannot know" in result.err
    assert "add --spoil" in result.err
    assert not folder.exists()
    assert not copied.exists()
    assert run("export", name, "--match", str(copied)).status == 0, "a copy is no telling"
    assert run("export", name, "--csv", str(folder), "--spoil").status == 0
    assert (folder / "states.csv").exists()
    assert "it writes a folder of sheets" in run("export", name, "--csv", "-", "--spoil").err


def test_parquet_holds_the_same(run, over, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    run("resume", over.name)
    assert run("export", over.name, "--parquet", str(tmp_path), "--csv", str(tmp_path)).status == 0
    for sheet in SHEETS:
        with (tmp_path / f"{sheet.name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        table = duckdb.read_parquet(str(tmp_path / f"{sheet.name}.parquet"))
        assert table.columns == list(sheet.columns)
        assert len(table.fetchall()) == len(rows)


@pytest.mark.parametrize("words", ['=HYPERLINK("http://x","y")', "@SUM(1)", "-1+1", 'a "b", c\nd'])
def test_a_spreadsheet_takes_no_note_for_a_formula(run, tmp_path, words):
    run(*PLAY, typed=START)
    match = Match.open(kept()[0], cast)
    match.note(words)
    match.close()
    run("export", kept()[0].name, "--csv", str(tmp_path), "--spoil")
    with (tmp_path / "notes.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["words"] == (words if words[0] == "a" else f"'{words}")


def test_without_duckdb_a_sentence_says_so(run, over, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    result = run("export", over.name, "--parquet", str(tmp_path))
    assert result.status == 2
    assert "Parquet needs the package of the extra `export`" in result.err


def test_a_match_is_one_file(run, over, tmp_path):
    copied = tmp_path / "given.match"
    assert run("export", over.name, "--match", str(copied)).status == 0
    assert run("replay", str(copied), "--text").status == 0
    result = run("export", over.name, "--match", str(copied))
    assert result.status == 2
    assert "there is such a file already" in result.err


# --- rules of another day


@pytest.fixture
def old() -> Path:
    """A match of rules that today's referee cannot play."""
    matches_folder().mkdir(parents=True)
    return Path(shutil.copyfile(OLD, matches_folder() / "old.match"))


def test_a_match_of_rules_that_have_grown_is_usable_and_says_so(run, over, tmp_path):
    body = MatchView.read(over).record.texts[PARAMETERS]
    own, _, rest = body.partition("[minds.anger_gain]")
    rewritten(over, PARAMETERS, body, own + rest[rest.index("\n[") + 1 :])
    since = "since this match began, with the values of today: minds.anger_gain."
    result = run("replay", over.name, "--text")
    assert result.status == 0, result.err
    assert since in one_line(result.out)
    assert since in one_line(run("fork", over.name, "--turn", "3").out)
    assert since in one_line(run("resume", "--text", typed=["", "", "", *TURN]).out)
    assert since in one_line(run("export", over.name, "--csv", str(tmp_path)).out)
    report = tmp_path / "old.html"
    assert run("report", over.name, "-o", str(report), "--futures", "2").status == 0
    assert since in one_line(report.read_text(encoding="utf-8"))
    assert "cannot open it" not in run("matches", "--text").out


def test_a_match_of_quite_other_rules_is_marked_and_refused(run, old, tmp_path):
    refused(run, old, tmp_path, 'cannot play it (rulebook/deeds.toml: unknown key "per_week")')


def test_a_match_that_can_only_be_read_is_marked_and_refused(run, over, tmp_path):
    rewritten(over, "rulebook/deeds.toml", 'id = "resolution"', 'id = "motion"')
    why = 'cannot play it (rulebook/deeds.toml: the referee needs the deed "resolution" of IRAQ)'
    refused(run, over, tmp_path, why)


def refused(run, match: Path, tmp_path: Path, why: str) -> None:
    """It is listed with the reason, every use of it is refused in one same line, and the file may
    be copied."""
    listed = run("matches", "--text")
    assert listed.status == 0
    assert why in one_line(listed.out)
    said = set()
    for command in (
        ["fork", match.name, "--turn", "1"],
        ["resume", match.name],
        ["replay", match.name],
        ["export", match.name, "--csv", str(tmp_path)],
        ["report", match.name, "-o", str(tmp_path / "a.html")],
    ):
        result = run(*command)
        assert result.status == 2
        said.add(result.err)
    (told,) = said
    assert why in told
    assert len(told.splitlines()) == 1
    assert "/tmp/match-" not in told
    assert kept() == [match]
    assert run("export", match.name, "--match", str(tmp_path / "copy.match")).status == 0


# --- damage


def test_a_damaged_match_is_saved_elsewhere_and_said_so(run):
    run(*PLAY, typed=[*START, *TURN])
    (path,) = kept()
    hurt = path.read_bytes()[:-20_000]
    path.write_bytes(hurt)
    for command in ("resume", "replay", "export"):
        more = ["--csv", "x"] if command == "export" else []
        result = run(command, path.name, *more)
        assert result.status == 2
        said = one_line(result.err)
        assert "the file is damaged, and was left as it is." in said
        assert "one turn of 3, is in the new file" in said
        assert "python main.py resume" in said
    assert path.read_bytes() == hurt
    saved = path.with_stem(f"{path.stem}_saved")
    result = run("resume", saved.name, "--text", typed=["", "", *TURN * 2, "no"])
    assert "One turn has been played." in result.out
    assert "The end: " in result.out


# --- what others changed


def test_a_record_of_orders_that_nobody_could_give_is_not_played_on(run, over, tmp_path):
    forge(over, "orders", first=True, deed="strike_depots", site="k1")
    result = run("report", str(over), "--out", str(tmp_path / "x.html"), "--futures", "2")
    assert result.status == 2
    assert f"{over}: the replay parts from the record in turn 1, at the phase orders" in result.err
    assert not list(tmp_path.iterdir())
    assert "parts from the record in turn 1" in one_line(run("replay", str(over)).out)


def test_a_match_that_cannot_be_read_is_told_of_where_no_other_can_be_gone_on_with(run, tmp_path):
    (tmp_path / "a.match").write_bytes(b"nonsense")
    result = run("resume", "--text", "--folder", str(tmp_path))
    assert result.status == 2
    assert f"{tmp_path / 'a.match'}: this is no match of the game" in result.err


def test_the_command_for_a_name_like_an_option_can_be_typed(run, over):
    named = over.with_name("-rf.match")
    run("fork", str(over), "--turn", "3")
    (other,) = [path for path in kept() if path != over]
    other.rename(named)
    left = run("resume", "--text", typed=[""]).out
    typed = re.search(r"python main.py (resume \S+)", one_line(left))[1]
    assert typed == "resume ./-rf.match"
    assert run(*typed.split(), "--text", typed=[""]).status == 0
