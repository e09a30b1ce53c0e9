"""Work for another process; no pygame here."""

import os
import time


def count(last):
    yield from range(last)


def slow(last):
    for number in range(last):
        time.sleep(0.05)
        yield number


def stuck():
    yield "begun"
    time.sleep(600)
    yield "never"


def fails():
    yield 1
    raise ValueError("no such number")


def dies():
    yield 1
    time.sleep(0.2)
    os._exit(3)


def own_process():
    yield os.getpid()
