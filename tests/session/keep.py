"""Makes a journal to keep, by the rules of today: later versions open it, or say why not.

    uv run python tests/session/keep.py

It writes `journals/version_N_rules_DATE.match` (N: the version of the schema) and leaves every
other file alone. The match has one of everything: people, a team, computers, words, notes, a
forecast, news, a figure that was set, a turn that was taken back, a PIN and a passcode.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from game.session import schema
from tests.session.common import IRAN, US, begin, commit_all, play

JOURNALS = Path(__file__).parent / "journals"


def keep(folder: Path = JOURNALS) -> Path:
    """Plays the match and writes it; returns its file.

    Raises:
        FileExistsError: one was made today already.
    """
    today = datetime.now(UTC).date()
    match = begin(folder, name=f"version_{schema.version()}_rules_{today}.match")
    match.lead("2468")
    match.choose_passcode(US, "red")
    match.allow_estimate(True)
    match.note("before anything", US)
    match.inject(match.scenario.injects[0].id)
    commit_all(match)
    match.take_back(US)
    play(match, 2)
    match.undo("a slip")
    match.override("anger US>IRAN", 0.5, "the class asked for it")
    match.note("from the chair")
    play(match, 1)
    match.note("in the last turn", IRAN)
    play(match)
    match.close()
    assert match.path is not None, "it is kept in a file"
    return match.path


if __name__ == "__main__":
    print(keep())
