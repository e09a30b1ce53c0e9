"""Work for another process; no pygame here."""

import os
import time

from game.session.errors import MatchError


def count(last):
    yield from range(last)


def slow(last):
    for number in range(last):
        time.sleep(0.05)
        yield number


def rests(times):
    for _ in range(times):
        time.sleep(0.05)
        yield None
    yield "rested"


def stuck():
    yield "begun"
    time.sleep(600)
    yield "never"


def fails():
    yield 1
    raise ValueError("no such number")


def cannot_read():
    yield 1
    raise FileNotFoundError(2, "No such file or directory", "map.png")


def fails_in_words():
    yield 1
    raise MatchError("the game is over")


def dies():
    yield 1
    time.sleep(0.2)
    os._exit(3)


def own_process():
    yield os.getpid()
