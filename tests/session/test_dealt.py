"""What is drawn in a match follows from its seed; what somebody chose is kept with it."""

from pathlib import Path

import pytest

from game.content.dealt import DRAWN, NOTHING, Dealt, DealtError, DealtSheet, as_toml, with_dealt
from game.content.load import load_scenario
from game.content.reading import read_toml
from game.futures.cast import cast
from game.futures.ensemble import Ensemble, opened
from game.rules.seats import Seat
from game.session.errors import FileError
from game.session.forking import fork
from game.session.match import Match
from game.session.texts import DEALT
from game.session.view import MatchView
from tests.session.test_old_rules import rewritten

CHOSEN = Dealt("spiral", ((Seat.US, "troops_home"), (Seat.IRAQ, "monopoly")))


def begin(folder: Path, seed: int = 7, dealt: Dealt = NOTHING) -> Match:
    path = folder / f"{seed}-{dealt.theory}.match"
    return Match.begin(path, "the_article", {}, cast, seed=seed, dealt=dealt)


def secrets(match: MatchView) -> tuple[str, list[str]]:
    book, state = match.scenario.setting.rulebook, match.state
    agendas = [book.agendas[seat][state.agenda[seat, 0]].id for seat in Seat]
    return book.theories[state.theory[0]].id, agendas


def test_what_is_drawn_follows_from_the_seed(tmp_path: Path) -> None:
    drawn = {seed: secrets(begin(tmp_path, seed)) for seed in range(12)}
    assert {theory for theory, _ in drawn.values()} == {"deterrence", "spiral"}
    assert len({tuple(agendas) for _, agendas in drawn.values()}) > 6
    again = begin(tmp_path / "again", 3)
    assert secrets(again) == drawn[3]
    assert DEALT not in again.record.texts, "the journal says nothing of it"


def test_what_was_chosen_is_kept_and_holds_to_the_end(tmp_path: Path) -> None:
    match = begin(tmp_path, dealt=CHOSEN)
    for _ in range(2):
        match.advance()
    told, (us, _, _, iraq) = secrets(match)
    assert (told, us, iraq) == ("spiral", "troops_home", "monopoly")
    match.close()
    assert secrets(MatchView.read(match.path)) == secrets(match)
    child = MatchView.read(fork(match.path, 2, tmp_path / "child.match"))
    assert secrets(child) == secrets(match)


def test_a_dealt_game_is_the_same_as_one_of_an_ensemble(tmp_path: Path) -> None:
    match = begin(tmp_path, dealt=CHOSEN)
    setting = opened("the_article", "balanced", CHOSEN).setting
    games = setting.open_games(match.state.key)
    assert (games.theory == match.state.theory).all()
    assert (games.agenda == match.state.agenda).all()
    assert Ensemble("the_article", 1, 7).dealt == NOTHING


def test_a_dealt_agenda_is_no_surer_to_the_others() -> None:
    """What the others may think of it is what they think of one that is drawn; a theory that was
    dealt is known."""
    read = load_scenario("the_article")
    dealt = with_dealt(read, CHOSEN).setting
    for before, after in zip(read.setting.agenda_odds, dealt.agenda_odds, strict=True):
        assert (before == after).all()
    assert dealt.theory_odds.tolist() == [0, 0, 1]


@pytest.mark.parametrize(
    ("dealt", "told"),
    [
        (Dealt("spirals"), 'unknown theory "spirals"; did you mean "spiral"?'),
        (
            Dealt(DRAWN, ((Seat.IRAN, "deals"),)),
            'unknown agenda of IRAN "deals"; did you mean "deal"?',
        ),
    ],
)
def test_what_there_is_not_is_refused(dealt: Dealt, told: str, tmp_path: Path) -> None:
    with pytest.raises(DealtError) as caught:
        with_dealt(load_scenario("the_article"), dealt)
    assert str(caught.value) == told


def test_the_text_of_it_reads_back(tmp_path: Path) -> None:
    (tmp_path / "dealt.toml").write_text(as_toml(CHOSEN), encoding="utf-8")
    assert read_toml(tmp_path / "dealt.toml", DealtSheet).dealt() == CHOSEN


def test_a_strange_one_is_refused_in_a_sentence(tmp_path: Path) -> None:
    match = begin(tmp_path, dealt=CHOSEN)
    match.close()
    rewritten(match.path, DEALT, '"spiral"', '"sparrow"')
    with pytest.raises(FileError) as caught:
        MatchView.read(match.path)
    assert 'unknown theory "sparrow"' in str(caught.value)
