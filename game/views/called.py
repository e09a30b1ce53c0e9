"""What computer players and lenses are called where people read of them: by name, never by id."""

from game.content.doctrine import PEOPLE, load_doctrine
from game.content.lens import lens_ids, load_lens
from game.content.load import doctrine_ids

_OTHERS = {
    "planner": "Seasoned planner",
    "planner-seasoned": "Seasoned planner",
    "planner-novice": "Novice planner",
    "planner-master": "Master planner",
    "history": "History",
    "uniform": "Chance",
}


def player_name(player: str) -> str:
    """The name of a computer player; what it was cast as where the game does not know it."""
    if player in _OTHERS:
        return _OTHERS[player]
    bare = player.removeprefix(PEOPLE)
    name = load_doctrine(bare).name if bare in doctrine_ids() else bare
    return name if bare == player else f"{name}, as people choose"


def lens_name(lens: str) -> str:
    """The name of a lens; its id where the game does not know it."""
    return load_lens(lens).name if lens in lens_ids() else lens
