"""What-ifs from the command line: what they print, what they refuse, how they are interrupted."""

import json
import re
from dataclasses import replace

import pytest

from game.content.lens import lens_ids, load_lens
from game.futures.whatif import MEASURES
from game.futures.whatif import run as run_parts
from game.terminal import whatif
from game.terminal.whatif_question import seen
from game.views.effects import Way

QUESTION = ["--turn", "2", "--seat", "US", "--deed", "strike_fighters", "--instead", "hold"]
FEW = ["--games", "60", "--seed", "3"]


def asked(run, tmp_path, *arguments, scenario="turn_zero", question=QUESTION):
    """The JSON of a what-if."""
    target = tmp_path / "answer.json"
    result = run("whatif", scenario, *question, *FEW, *arguments, "--json", str(target))
    assert result.status == 0, result.err
    return json.loads(target.read_text(encoding="utf-8"))


def one_line(text):
    return " ".join(text.split())


def test_the_json_has_its_fields(run, tmp_path):
    data = asked(run, tmp_path)
    assert data["scenario"] == "turn_zero"
    assert (data["turn"], data["seat"], data["deed"], data["instead"]) == (
        2,
        "US",
        "strike_fighters",
        "hold",
    )
    assert (data["games"], data["seed"], data["before"], data["partial"]) == (
        60,
        3,
        "history",
        False,
    )
    assert data["horizon"] == 2, "three turns are asked for, and the calendar has two left"
    assert list(data["lenses"]) == list(lens_ids())
    for answer in data["lenses"].values():
        assert answer["games_played"] == 60
        assert 0 < answer["games_asked"] <= 60
        assert list(answer["measures"]) == list(MEASURES)
        for measure in answer["measures"].values():
            assert measure["difference"] == pytest.approx(measure["with"] - measure["without"])
            low, high = measure["interval_95"]
            assert low <= measure["difference"] <= high
            low, high = measure["other_numbers_90"]
            assert low <= high
            assert measure["way"] in set(Way)
            assert measure["more"] + measure["same"] + measure["fewer"] == pytest.approx(1)
            assert measure["unpaired_ratio"] is None or measure["unpaired_ratio"] > 0


@pytest.mark.parametrize(
    "cut",
    [
        ["--chunk", "1"],
        ["--chunk", "7"],
        ["--chunk", "100000", "--workers", "61"],
        ["--chunk", "20", "--workers", "2"],
    ],
)
def test_chunk_and_workers_change_nothing(run, tmp_path, cut):
    lens = ["--lens", "balanced", "spiral"]
    assert asked(run, tmp_path, *lens, *cut) == asked(run, tmp_path, *lens)


def test_every_lens_names_its_theory(run):
    result = run("whatif", "turn_zero", *QUESTION, *FEW, "--text")
    assert result.status == 0
    out = one_line(result.out)
    for name in lens_ids():
        lens = load_lens(name)
        assert f"== Lens: {lens.name} ==" in out
        assert lens.theory.rstrip(".") in out
        assert f"Under {lens.name} 'Strike fighters' " in out
    assert "The lenses side by side" in out
    assert out.count("games") >= len(lens_ids())


def test_the_tables_tell_what_the_json_tells(run, tmp_path):
    measures = asked(run, tmp_path, "--lens", "proxy")["lenses"]["proxy"]["measures"]
    out = one_line(run("whatif", "turn_zero", *QUESTION, *FEW, "--lens", "proxy", "--text").out)
    dead = measures["iraqi_dead"]
    assert f"Iraqi dead: with {dead['with']:.2f}, without {dead['without']:.2f}, change +" in out
    assert "The lenses side by side" not in out, "there is only one"


def test_a_table_fits_eighty_columns(run):
    out = run("whatif", "turn_zero", *QUESTION, *FEW).out
    assert max(map(len, out.split("\n"))) <= 80
    rows = [line for line in out.split("\n") if re.match(r" +(Attacks|Mark MILITIA) ", line)]
    assert len(rows) == 2 * len(lens_ids())
    assert all(" to " in row for row in rows), "a row is one line"


def test_a_lens_that_is_named_twice_answers_once(run, tmp_path):
    data = asked(run, tmp_path, "--lens", "spiral", "all", "--lens", "spiral")
    assert list(data["lenses"]) == list(dict.fromkeys(["spiral", *lens_ids()]))


def test_a_lens_can_be_a_file(run, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(
        'id = "own"\nname = "Own"\ntheory = "Nobody, 2020"\nclaim = "It is as I say."\n'
        '[parameters]\n"minds.anger_gain" = 4.0\n'
    )
    data = asked(run, tmp_path, "--lens", str(own), "--workers", "2", "--chunk", "30")
    assert data["lenses"]["own"]["theory"] == "Nobody, 2020"
    assert (
        data["lenses"]["own"]["measures"]
        != (asked(run, tmp_path, "--lens", "balanced")["lenses"]["balanced"]["measures"])
    )


def test_what_has_no_effect_makes_no_difference(run, tmp_path, monkeypatch):
    """The same deed in both lines, which the command itself refuses to be asked for."""
    same = lambda asked, name: replace(  # noqa: E731
        seen(asked, name), question=replace(asked.what_if.question, instead="strike_fighters")
    )
    monkeypatch.setattr(whatif, "seen", same)
    for answer in asked(run, tmp_path)["lenses"].values():
        assert "made no difference to attacks over " in answer["answer"]
        assert ", in any game. American dead: no difference; Iraqi dead" in answer["answer"]
        for measure in answer["measures"].values():
            assert measure["difference"] == measure["standard_error"] == 0
            assert measure["interval_95"] == measure["other_numbers_90"] == [0, 0]
            assert measure["way"] == "the same"
            assert (measure["more"], measure["same"], measure["fewer"]) == (0, 1, 0)
            assert measure["unpaired_ratio"] is None


def test_the_players_before_the_turn_can_be_those_after_it(run, tmp_path):
    history = asked(run, tmp_path, "--lens", "balanced")
    players = asked(run, tmp_path, "--lens", "balanced", "--before", "players")
    assert players["before"] == "players"
    assert players["lenses"] != history["lenses"]


@pytest.mark.parametrize("games", [1, 2, 29])
def test_too_few_games_are_told_without_interval_and_sign(run, tmp_path, games):
    """… however alike they are: a barrage makes attacks in every one of them."""
    target = tmp_path / "few.json"
    asked = ["whatif", "turn_zero", "--turn", "2", "--seat", "MILITIA", "--deed", "barrage"]
    words = [*asked, "--games", str(games), "--lens", "balanced"]
    result = run(*words, "--text", "--json", str(target))
    assert result.status == 0, result.err
    told = one_line(result.out)
    assert "too few games to say what it did to attacks; at least 30 are needed" in told
    assert "American dead: too few games to say" in told
    assert not re.search("raised|lowered|no difference|no clear|of 100 futures|misses", told)
    measures = json.loads(target.read_text())["lenses"]["balanced"]["measures"]
    for measure in measures.values():
        assert measure["interval_95"] is None
        assert measure["other_numbers_90"] is None
        assert measure["way"] == "too few games to say"
    assert (measures["attacks"]["standard_error"] is None) == (games == 1)


def test_enough_games_are_told_with_both_widths(run):
    """… and that a barrage's own attacks are counted is said where it is said to raise them."""
    asked = ["whatif", "turn_zero", "--turn", "2", "--seat", "MILITIA", "--deed", "barrage"]
    told = one_line(run(*asked, "--games", "30", "--lens", "balanced", "--text").out)
    assert "The attacks that 'Barrage' itself makes are counted among these." in told
    assert "on average 0.45" in told
    assert "nine judgements, those that the study of sensitivity varies" in told


def test_json_on_stdout_stands_alone(run):
    result = run("whatif", "turn_zero", *QUESTION, *FEW, "--json", "-")
    assert list(json.loads(result.out)["lenses"]) == list(lens_ids())
    assert "The lenses side by side" in result.err


def test_planners_can_be_named(run, tmp_path):
    words = ["--lens", "balanced", "--games", "6", "--militia", "planner-novice"]
    data = asked(run, tmp_path, *words)
    assert data["players"]["MILITIA"] == "planner-novice"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (["--turn", "4"], "Turn Zero has three turns, and 4 is beyond its calendar"),
        (["--turn", "0"], "write a whole number from 1"),
        (["--turn", "x"], "write a whole number from 1"),
        (["--seat", "UN"], '"UN"; write one of these: US, IRAN, MILITIA, IRAQ'),
        (["--deed", "strike_fighter"], '"strike_fighter"; did you mean "strike_fig'),
        (["--instead", "strike_fighters"], "nothing would differ; name two actions to compare"),
        (["--deed", "hold"], '--instead: "hold" is what --deed names, too'),
        (["--instead", "holt"], '"holt"; did you mean "hold"?'),
        (
            ["--deed", "barrage"],
            '"barrage" is an action of MILITIA, not of US; US has hold, harden',
        ),
        (["--lens", "spirl"], '"spirl"; did you mean "spiral"?'),
        (["--lens", "none.toml"], "none.toml: there is no such file"),
        (["--games", "0"], "write a whole number from 1 to"),
        (["--games", "many"], '"many" will not do'),
        (["--horizon", "0"], "write a whole number from 1"),
        (["--workers", "0"], "write a whole number from 1 to 61"),
        (["--before", "nobody"], "invalid choice: 'nobody'"),
        (["--us", "plannr"], '"plannr"; did you mean "planner"?'),
        (["--us", "vanguard"], '"vanguard"'),
        (["--json", "no/such/folder/x.json"], "cannot be written"),
        (["--json", "."], "this is a folder"),
    ],
)
def test_mistakes_are_told_before_anything_is_played(run, monkeypatch, changed, sentence):
    monkeypatch.setattr(whatif, "run_parts", lambda *_, **__: pytest.fail("it was played"))
    result = run("whatif", "turn_zero", *QUESTION, *changed)
    assert result.status == 2
    assert sentence in one_line(result.err)
    assert "Traceback" not in result.err


def test_an_unknown_scenario_is_told(run):
    result = run("whatif", "turn_sero", *QUESTION)
    assert result.status == 2
    assert 'did you mean "turn_zero"?' in result.err


def test_a_deed_that_is_never_legal_is_told_with_its_reasons(run, tmp_path):
    target = tmp_path / "answer.json"
    words = ["--turn", "1", "--seat", "IRAQ", "--deed", "order_out", "--games", "50"]
    result = run("whatif", "turn_zero", *words, "--json", str(target))
    assert result.status == 2
    told = one_line(result.err)
    assert "in none of the games could IRAQ choose between order_out and hold then" in told
    assert "order_out: parliament would not carry it" in told
    assert "order_out: a caretaker government cannot give it" in told
    assert list(tmp_path.iterdir()) == []


def interrupted_after(monkeypatch, chunks):
    """Ctrl-C after so many chunks."""
    left = iter(range(chunks))

    def some(*arguments, **options):
        for part in run_parts(*arguments, **options):
            if next(left, None) is None:
                raise KeyboardInterrupt
            yield part

    monkeypatch.setattr(whatif, "run_parts", some)


@pytest.mark.parametrize(("chunks", "lenses"), [(0, []), (1, ["balanced"]), (5, None)])
def test_an_interrupt_keeps_what_there_is_and_names_it(run, monkeypatch, tmp_path, chunks, lenses):
    interrupted_after(monkeypatch, chunks)
    target = tmp_path / "answer.json"
    words = ["whatif", "turn_zero", *QUESTION, *FEW, "--chunk", "20"]
    result = run(*words, "--text", "--json", str(target))
    assert result.status == 130
    assert "Stopped: these are partial results" in one_line(result.out)
    assert not target.exists()
    kept = tmp_path / "answer.partial.json"
    assert kept.exists() is (chunks > 0)
    assert "Traceback" not in result.err
    if chunks:
        assert str(kept) in result.out.replace("\n", "")
        data = json.loads(kept.read_text())
        assert data["partial"] is True
        assert list(data["lenses"]) == (lenses or ["balanced", "deterrence"])
        assert [a["games_played"] for a in data["lenses"].values()] == (
            [20] if lenses else [60, 20]
        )


def test_in_the_first_turn_nothing_was_before(run):
    asked = ["whatif", "turn_zero", "--seat", "US", "--deed", "harden", "--games", "4"]
    asked += ["--lens", "balanced", "--text"]
    assert "Before that" not in run(*asked, "--turn", "1").out
    assert "Before that: history's orders." in " ".join(run(*asked, "--turn", "2").out.split())
