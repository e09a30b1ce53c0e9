"""Each team's page tells what that team did, and what is true."""

import pytest

from game.content.lens import BALANCED
from game.report.handout import MOST_ACTS
from game.report.taking import Unfiled, taken
from game.rules.seats import SEATS, Seat
from game.views.beliefs import attacks_judged
from game.views.names import CAUSE_NAMES, sentence
from game.views.played import PlayedGame
from game.views.situation import total_mark
from game.views.summary import often
from game.views.uses import uses_of_force

from . import made
from .reading import Element, read

SCENARIO, SEED = "the_article", 7


@pytest.fixture(scope="module")
def game() -> PlayedGame:
    match = made.match(SCENARIO, SEED)
    with taken(match, unfiled=Unfiled(match.scenario, BALANCED)) as played:
        return played


@pytest.fixture(scope="module")
def pages() -> dict[Seat, Element]:
    document = read(made.simulated(SCENARIO, SEED))
    found = {div.attributes.get("id"): div for div in document.all("div")}
    return {seat: found[f"page-{seat.name.lower()}"] for seat in SEATS}


def rows(page: Element, caption: str) -> list[list[str]]:
    """A table's rows, cell by cell."""
    table = next(t for t in page.all("table") if t.one("caption").text.startswith(caption))
    return [[cell.text for cell in row.children] for row in table.one("tbody").all("tr")]


@pytest.mark.parametrize("seat", SEATS)
def test_a_team_s_own_force_comes_first(
    game: PlayedGame, pages: dict[Seat, Element], seat: Seat
) -> None:
    uses = uses_of_force(game)
    own = [use for use in uses if use.seat is seat]
    told = rows(pages[seat], "What each use of force did")
    assert len(told) == min(MOST_ACTS, len(uses))
    mine = [row for row in told if row[0].startswith("You.")]
    assert len(mine) == min(MOST_ACTS, len(own))
    turns = [int(row[0].split("Turn ")[1].split(":")[0].split(",")[0]) for row in told]
    assert turns == sorted(turns), "in the order of the game"
    for row in mine:
        assert any(
            f"Turn {use.turn}: " in row[0] and use.name.casefold() in row[0].casefold()
            for use in own
        )
    rest = len(uses) - len(told)
    assert (f"tells of {rest} more" in pages[seat].text) == (rest > 0)


@pytest.mark.parametrize("seat", SEATS)
def test_the_headline_counts_that_team_s_force_alone(
    game: PlayedGame, pages: dict[Seat, Element], seat: Seat
) -> None:
    last = len(game.turns)
    own = [use for use in uses_of_force(game) if use.seat is seat]
    told = sum(use.turn < last for use in own)
    text = pages[seat].text
    if not own:
        assert "You used no force." in text
    elif told:
        assert f"You used force {often(len(own))}" in text
    else:
        assert "You used force in the last turn only" in text


def test_the_first_page_joins_the_world_with_what_was_measured() -> None:
    text = read(made.simulated(SCENARIO, SEED)).text
    assert text.count("The column “This world” is the world “") == 1


@pytest.mark.parametrize("seat", SEATS)
def test_who_fired_is_told_beside_what_the_team_thought(
    game: PlayedGame, pages: dict[Seat, Element], seat: Seat
) -> None:
    first = attacks_judged(game)[0]
    told = rows(pages[seat], "Who fired in turn")
    assert [row[0] for row in told if row[2] == "this"] == [
        sentence(CAUSE_NAMES[first.truth]).rstrip(".")
    ]
    shares = [int(row[1].split(" of ")[0]) for row in told]
    assert shares == [round(share * 100) for share in first.suspected[seat].shares]


@pytest.mark.parametrize("seat", SEATS)
def test_each_page_has_its_own_score(
    game: PlayedGame, pages: dict[Seat, Element], seat: Seat
) -> None:
    mark = total_mark(game.scenario, game.final, seat)
    assert f"Your score: {mark:.0f} of 100" in pages[seat].text
