"""What the game needs of the machine and of where it is started, told before anything is tried."""

import os

SQLITE = (3, 37)
"""The first version that knows the tables of a match's file."""


def objection() -> str:
    """What keeps the game from running here, as a sentence; empty where nothing does."""
    try:
        import sqlite3
    except ImportError:
        return "This Python was built without SQLite, which keeps the games; use another one."
    if sqlite3.sqlite_version_info < SQLITE:
        return (
            f"The game needs SQLite {'.'.join(map(str, SQLITE))} or newer, and this Python has "
            f"{sqlite3.sqlite_version}; use a newer Python, which brings one."
        )
    try:
        os.getcwd()
    except OSError:
        return "The current folder is not there any more; go to another one and try again."
    return ""
