"""Games played by typed input, from the first question to the end."""

import re
from itertools import groupby

import pytest

from game.content.load import load_rulebook, load_scenario, scenario_ids
from game.rules.legal import LOWEST_LINE
from game.rules.seats import SEATS, Seat
from game.views.handbook.orders import GROUPS
from game.views.names import number

US, IRAN, MILITIA, IRAQ = SEATS
BOOK = load_rulebook()
OF_US, OF_MILITIA = (load_scenario("turn_zero").roles[seat].doctrine for seat in (US, MILITIA))
TURN = ["", "hold", "", "", "", ""]
"""One turn in which a seat holds: the deeds, hold, silence, no message, no forecast, commit."""

# What each seat orders every turn: its answers by name, and how the story at the end tells it.
ORDERS = {
    US: (
        ["harden", "threaten", "iran", "5", "demand", "iran"],
        (
            "American bases were hardened",
            "Washington warned Iran: an act of rung 5 ",
            "Washington told Iran in private what must stop.",
        ),
    ),
    IRAN: (
        ["rally", "condemn", "us", "hold_back"],
        (
            "Great crowds were called onto the streets of Iran.",
            "Tehran condemned the United States.",
            "Tehran asked the militias in private to keep the launchers covered.",
        ),
    ),
    MILITIA: (
        ["harass", "embassy", "deny", "demand"],
        (
            # A campaign is driven by the day: a turn of three days may pass without an attack.
            r"The militias,?[ \w]*,? fired [\w ,]* the American embassy,"
            r"|An order of the militias led to no attack: harassing fire\.",
            "The militias denied any part in the attacks on the Americans.",
            "The militias told the Iraqi government in private what must stop.",
        ),
    ),
    IRAQ: (
        ["mediate", "accuse", "militia", "assure", "iran"],
        (
            "Baghdad offered itself as a go-between.",
            "Baghdad accused the militias of the last attack in public.",
            "Baghdad assured Iran in private that nothing more was meant.",
        ),
    ),
}


def numbers(seat):
    """The answers of `ORDERS` as the numbers that the lists show."""
    deeds, words = BOOK.deeds[seat], [w for w in BOOK.words if seat in w.seats]
    whispers = [w for w in BOOK.whispers if not w.links or any(by is seat for by, _ in w.links)]
    listed = [d for group in GROUPS for d in deeds if d.group == group]
    rivals = [s.name.lower() for s in seat.rivals]
    sites = [s for s in BOOK.sites if s.host == "US"]
    lists = {
        **{w.id: place for place, w in enumerate(whispers, 1)},
        **{w.id: place for place, w in enumerate(words, 1)},
        **{d.id: place for place, d in enumerate(listed, 1)},
        **{name: place for place, name in enumerate(rivals, 1)},
        **{s.id: place for place, s in enumerate(sites, 1)},
    }
    typed = [str(lists.get(answer, answer)) for answer in ORDERS[seat][0]]
    if seat is IRAQ:  # it can assure all three
        receivers = [s.name.lower() for s in seat.rivals]
        typed[-1] = str(receivers.index("iran") + 1)
    return typed


def story(out):
    """What the end tells of every turn, each in one line."""
    told = " ".join(out.split("See all that")[1].split("See what really")[0].split())
    return re.split(r"Turn \d+, \d+ \w+ \d{4}: ", told)[1:]


EVERY_SEAT = [("turn_zero", seat) for seat in SEATS]


@pytest.mark.parametrize(
    ("scenario", "seat", "by"),
    [(name, SEATS[place % 4], "names") for place, name in enumerate(scenario_ids())]
    + [(*played, by) for played in EVERY_SEAT for by in ("names", "numbers")],
)
def test_a_game_is_played_to_its_end(run, scenario, seat, by):
    turns = len(load_scenario(scenario).turns)
    answers = ORDERS[seat][0] if by == "names" else numbers(seat)
    # A first answer at the first question saves the list; by numbers, the list is asked for.
    turn = ([""] if by == "numbers" else []) + answers + ["", "commit"]
    typed = ["", "", *turn * turns, "y"]
    for seed in (2, 4, 3, 7):  # in most scenarios the first of them lasts
        result = run(
            "play", scenario, "--seat", seat.name, "--seed", str(seed), "--text", typed=typed
        )
        assert result.status == 0, result.err
        # A game that ends early would take the orders left over for answers.
        if "== The end: The days run out, unresolved" in result.out:
            break
    assert "== The end: " in result.out
    assert "(MILITIA): " in result.out
    assert f"The seed of this game is {seed}." in result.out
    played = re.search(r"The game lasted (\w+) of", result.out)[1]
    if load_scenario(scenario).setting.theory_odds is not None:
        words = " ".join(result.out.split())
        assert re.search(r"staff gave “Force \w+” 50 in 100 at first and \d+ at the end", words)
        assert re.search(r"Turn 1 (spoke|told) .* “Force \w+”, \d+", words)
    told = story(result.out)
    assert number(len(told)) == played
    for turn_told in told:
        for sentence in ORDERS[seat][1]:
            assert re.search(sentence, turn_told), (sentence, turn_told)


@pytest.mark.parametrize("mode", [[], ["--text"]])
def test_enter_alone_plays_a_whole_game(run, mode):
    result = run("play", "turn_zero", "--seat", "IRAQ", *mode, typed=[""] * 40)
    assert result.status == 0
    assert "The end: " in result.out
    assert "\x1b" not in result.out


def test_the_same_seed_and_orders_are_the_same_game(run):
    games = [
        run("play", "turn_zero", "--seat", "US", "--seed", "8", "--no-save", typed=[""] * 40).out
        for _ in range(2)
    ]
    assert games[0] == games[1]


def test_a_seed_is_shown_where_none_was_given(run):
    seeds = {
        re.search(r"Seed (\d+)\.", run("play", "turn_zero", "--seat", "US").out)[1]
        for _ in range(3)
    }
    assert len(seeds) > 1


@pytest.mark.parametrize("typed", ["order_out", "Order the foreign forces out", "order the f"])
def test_what_is_illegal_is_refused_with_its_reason_and_changes_nothing(run, typed):
    turn = [typed, "", "", "", "", "commit"]
    out = run("play", "turn_zero", "--seat", "IRAQ", "--text", typed=["", "", *turn * 3, "y"]).out
    assert "Order the foreign forces out. Not now: parliament would not carry it;" in out
    assert len(story(out)) == 3
    assert all(re.search(r"Baghdad held\.", told) for told in story(out))


def test_illegal_deeds_are_listed_with_their_reason(run):
    out = run("play", "turn_zero", "--seat", "IRAQ", "--text", typed=["", "", ""]).out
    assert re.search(r"Pass a nonbinding resolution: .*Not\s+now: too few members", out, re.S)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("strike", "could be any of these: Strike depots, Strike fighters, Strike Iran"),
        (
            "harden the basis",
            'There is no action "harden the basis"; did you mean Harden the bases?',
        ),
        (
            "999",
            f"There is no action with the number 999; they go from 1 to {len(BOOK.deeds[US])}.",
        ),
        ("x" * 5000, "There is no action"),
        ("9" * 5000, "There is no action"),
        ("[bold]", 'There is no action "[bold]"'),
        ("\x1b[31m", 'There is no action "\N{REPLACEMENT CHARACTER}[31m"'),
    ],
)
def test_what_is_not_understood_is_told(run, typed, answer):
    out = run("play", "turn_zero", "--seat", "US", typed=["", "", "", typed]).out
    assert answer in " ".join(out.split())
    assert out.count("Your action?") == 2


def test_back_goes_back_one_step_at_a_time(run):
    typed = [
        "",
        "",
        "reinforce",
        "threaten",
        "iran",
        "b",
        "b",
        "silence",
        "assure",
        "b",
        "b",
        "b",
        "b",
        "",
        "harden",
        "",
        "none",
        "",
        "b",
        "",
        "",
        "commit",
    ]
    out = run("play", "turn_zero", "--seat", "US", "--text", typed=typed).out
    assert "Harden the bases: Bring in air defence" in out
    assert "Turn 2 of 3" in out
    assert out.count("Your public statement? [Threaten]") == 1
    assert out.count("Your action? [Reinforce]") == 2


def test_there_is_nothing_before_the_first_step(run):
    out = run("play", "turn_zero", "--seat", "US", typed=["", "", "b"]).out
    assert "nothing to go back to" in out


def test_help_explains_the_commands_deeds_and_rungs(run):
    out = run(
        "play",
        "turn_zero",
        "--seat",
        "US",
        "--text",
        typed=[
            "",
            "",
            "?",
            "",
            "? harden",
            "? 1",
            "? ladder",
            "? ledger",
            "? force.protection_saves",
            "? nonsense",
            "help",
            "l",
        ],
    ).out
    assert "goes back one step" in out
    assert "== Harden the bases (us.harden) ==" in out
    assert "== Strike depots (us.strike_depots) ==" in out
    assert "== The ladder ==" in out
    assert "== The ledger of deterrence ==" in out
    assert "== force.protection_saves ==" in out
    assert 'The rulebook has no page "nonsense"' in out
    assert out.count("1. Strike depots") == 2


def test_situation_news_and_role_can_be_shown_again(run):
    first = run(
        "play",
        "turn_zero",
        "--seat",
        "IRAN",
        "--seed",
        "5",
        "--text",
        typed=["", "", *TURN, "n", "s", "r"],
    ).out.split("== Turn 2 of 3")[1]
    assert first.count("The news of the last turn") == 2
    assert first.count("How you stand with the others") == 2
    assert "Protection of the bases: about" in first
    assert "(IRAN): The Supreme National Security Council" in first


@pytest.mark.parametrize(
    "typed",
    [
        [],
        [""],
        ["", ""],
        ["", "", ""],
        ["", "", "", "hold"],
        ["", "", "", "hold", "threaten"],
        ["", "", "", "hold", "", ""],
        ["", "", "q"],
        ["", "", "", "harden", "q"],
    ],
)
def test_the_end_of_the_input_ends_the_game_politely(run, typed):
    result = run("play", "turn_zero", "--seat", "US", "--seed", "6", typed=typed)
    assert result.status == 0
    assert result.err == ""
    assert "You left in turn 1 of 3. The game is kept" in result.out
    assert re.search(r"python main.py resume \S+turn_zero_seed-6\.match", result.out)


def test_quitting_asks_first(run):
    out = run(
        "play",
        "turn_zero",
        "--seat",
        "US",
        "--text",
        typed=["", "", "q", "no", "harden", "q", "perhaps", "", "", "", "", "commit", "q", "y"],
    ).out
    assert "Please type yes or no." in out
    assert "You left in turn 2 of 3" in out


def test_scenario_and_seat_are_asked_for(run):
    out = run("play", typed=["turn zero", "militias", "", "", "q", "y"]).out
    assert "The Article" in out
    assert "You decide for the militias (MILITIA)" in " ".join(out.split())
    assert run("play").out.rstrip().endswith("No game was begun.")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ["the_artcle"],
            'unknown scenario "the_artcle"; did you mean "the_article"? There are: after',
        ),
        (
            ["turn_zero", "--seat", "FRANCE"],
            '--seat: there is no seat "FRANCE"; write one of these: US, IRAN, MILITIA, IRAQ',
        ),
        (["--seat", "US", "--seat", "us"], "--seat: US is named twice; name each seat once"),
        (["--us", "nosuch"], '--us: unknown player "nosuch"; write one of these: uniform'),
        (["--seat", "IRAN", "--iran", "uniform"], "--iran: a person plays IRAN"),
        (["turn_zero", "--seat", "US", "--us", "uniform"], "--us: a person plays US"),
        (["turn_zero", "--seat", "US", "--iran", OF_US], f'--iran: unknown player "{OF_US}"'),
        (["turn_zero", "--seat", "US", "--iran", "unifrom"], 'did you mean "uniform"?'),
        (["turn_zero", "--seat", "US", "--iran", "there/is/none.toml"], "there is no such file"),
    ],
)
def test_mistakes_in_what_is_asked_for(run, arguments, sentence):
    result = run("play", *arguments)
    assert result.status == 2
    assert sentence in result.err
    assert "Traceback" not in result.err
    assert result.out == "", "nothing is asked before all arguments have been looked at"


def test_players_can_be_named(run):
    result = run(
        "play",
        "turn_zero",
        "--seat",
        "us",
        "--iran",
        "uniform",
        "--iraq",
        "history",
        "--militia",
        OF_MILITIA,
        typed=[""] * 40,
    )
    assert "--seat US --iran uniform" in " ".join(result.out.split())


def test_a_seat_that_a_computer_was_given_cannot_be_taken(run):
    out = run("play", "turn_zero", "--us", "uniform", "--text", typed=["us", "", "", ""]).out
    assert "uniform plays it, by your --us" in " ".join(out.split())
    assert "Tehran (IRAN): " in out
    given = [part for seat in SEATS for part in (f"--{seat.name.lower()}", "uniform")]
    result = run("play", "turn_zero", *given)
    assert result.status == 2
    assert "leave one of them to yourself" in result.err


def test_sources_are_shown_where_they_are_asked_for(run):
    typed = ["", "", "p", "r"]
    out = run("play", "turn_zero", "--seat", "US", "--text", typed=typed).out
    first, by_p, by_r = out.split("Enter lists your actions")[:3]
    assert "http" not in first
    assert "Hathalyoum (Reuters), more than 400 dead in Iraq's protests" in by_p
    assert "https://english.hathalyoum.net/" in by_p
    assert "Where this is known from" in by_r
    assert "Radio Farda" in by_r


def test_the_coaching_names_nothing_that_the_terminal_has_not():
    for turn in load_scenario("turn_zero").turns:
        for word in ("greyed", "intelligence", "pointer", "click", "panel"):
            assert word not in turn.note


# --- several people at one keyboard


def segments(out):
    """What stands on the screen between two curtains, with the seat that looks at it."""
    parts = re.split(r"== Hand over ==\nPass the keyboard to .*?\((\w+)\)\.\n", out)
    return list(zip(map(Seat.__getitem__, parts[1::2]), parts[2::2], strict=True))


def hot_seat(run, us_turn, seats=("US", "IRAN", "MILITIA", "IRAQ")):
    typed = [""]
    for turn in range(3):
        for seat in seats:
            typed += ["", *([""] if turn == 0 else []), *(us_turn if seat == "US" else TURN)]
    chosen = [part for seat in seats for part in ("--seat", seat)]
    result = run("play", "turn_zero", *chosen, "--seed", "5", "--text", typed=typed)
    assert result.status == 0, result.err
    assert "== The end: " in result.out
    return segments(result.out)


def test_every_seat_gets_its_curtain_in_turn(run):
    assert [seat for seat, _ in hot_seat(run, TURN)] == list(SEATS) * 3


def test_nothing_of_the_last_seat_is_seen_behind_the_curtain(run):
    """Whatever Washington orders and whispers this turn, Tehran reads the same before it orders."""
    quiet = hot_seat(run, TURN)
    loud = hot_seat(run, ["", "reinforce", "threaten", "iran", "4", "notice", "", ""])
    for (seat, before), (_, after) in zip(quiet[:4], loud[:4], strict=True):
        if seat is not US:
            assert before == after


def test_what_a_seat_sees_exactly_others_do_not_read(run):
    by_seat = groupby(sorted(hot_seat(run, TURN)), key=lambda pair: pair[0])
    pages = {seat: "".join(page for _, page in parts) for seat, parts in by_seat}
    for heading, owner in (
        ("Protection of the bases", US),
        ("Missiles and drones", IRAN),
        ("Rockets", MILITIA),
    ):
        for seat, page in pages.items():
            exact = re.search(rf"{heading}: \d", page)
            assert bool(exact) is (seat is owner)


def test_commands_do_not_look_behind_the_curtain(run):
    typed = ["", "", "", *TURN, "s", "n", "r", "", "", "s"]
    out = run("play", "turn_zero", "--seat", "US", "--seat", "IRAN", "--text", typed=typed).out
    curtain = segments(out)[1][1].split("Tehran (IRAN): The Supreme")[0]
    assert "Troops in Iraq" not in curtain
    assert "Washington" not in curtain


def test_the_lowest_line_is_the_first_number(run):
    out = run(
        "play", "turn_zero", "--seat", "US", "--text", typed=["", "", "hold", "threaten", "iran"]
    ).out
    assert f"\n  {LOWEST_LINE}. political or economic pressure" in out
