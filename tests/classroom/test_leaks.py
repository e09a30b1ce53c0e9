"""No byte that reaches a browser holds what its seat may not know.

Two ways of looking: a class is played, everything that anybody is sent is recorded, streams
included, and searched for what was somebody else's; and every part of every page is made twice,
with and without changes to all that the seat cannot know, and comes out the same to the last byte.
"""

import html
import threading
from pathlib import Path

import httpx
import numpy as np
import pytest

from game.classroom import team
from game.classroom.lesson import Lesson
from game.classroom.talk import channels
from game.rules.seats import SEATS, Seat

from .common import MILITIA, US, Hosted, Visitor, wait_for, word
from .leaks import Watched, changed, flipped

FLIPS = 12
"""Changes of everything hidden, for each seat and moment: some 250 figures each."""


class Recorded:
    """A viewer, and every byte that it was ever sent."""

    def __init__(self, visitor: Visitor, stream: str) -> None:
        self.visitor = visitor
        self.bytes: list[str] = []
        visitor.http.event_hooks["response"].append(self._keep)
        self._stream = threading.Thread(target=self._listen, args=(stream,), daemon=True)
        self._stream.start()

    def _keep(self, answer: httpx.Response) -> None:
        self.bytes.append(str(answer.headers))
        if "event-stream" not in answer.headers.get("content-type", ""):
            self.bytes.append(html.unescape(answer.read().decode("utf-8", "replace")))

    def _listen(self, path: str) -> None:
        try:
            with self.visitor.http.stream("GET", path) as answer:
                for piece in answer.iter_text():
                    self.bytes.append(html.unescape(piece))
        except httpx.HTTPError:
            return  # the class is closed

    @property
    def all(self) -> str:
        return "\n".join(self.bytes)


def test_what_is_one_seats_never_reaches_another(hosted: Hosted) -> None:
    teacher = hosted.host()
    lesson, book = hosted.lesson, hosted.table.match.scenario.setting.rulebook
    viewers = {
        seat: [
            Recorded(hosted.member(seat, role, f"{seat.name}{role}nick"), "/team/stream")
            for role in ("chair", "recorder")
        ]
        for seat in SEATS
    }
    public = Recorded(hosted.visitor(), f"/wall/{lesson.wall_key}/1/stream")
    teacher.does("begin", minutes=5)
    for turn in (1, 2, 3):
        private: dict[Seat, list[str]] = {}
        for seat in SEATS:
            chair, recorder = (one.visitor for one in viewers[seat])
            number = 1 + turn
            recorder.set("deed", number)
            recorder.set("word", word(hosted, "reassure"), word_to=seat.rivals[0].name)
            guess = {"theory": "spiral", f"agenda_{seat.rivals[1].name}": ""}
            chair.post("/team/predict", **{seat.rivals[1].name: 37}, **guess)
            chair.post("/team/talk", say=f"AMONG-{seat.name}-{turn}", **{"with": seat.name.lower()})
            two = "-".join(s.name.lower() for s in SEATS if s in (seat, seat.rivals[0]))
            chair.post("/team/talk", say=f"PAIR-{seat.name}-{turn}", **{"with": two})
            chair.commit()
            name, told = book.deeds[seat][number].name, book.deeds[seat][number].sentence
            private[seat] = [f"{name}: {told}", f"{name}, where"]
            teacher.does("hint", seat=seat.name, words=f"HINT-{seat.name}-{turn}")
        for seat in SEATS:
            for one in viewers[seat]:
                for leaf in team.LEAVES:
                    one.visitor.page(leaf)
                for channel in channels(seat):
                    key = team.channel_key(channel)
                    one.visitor.get(f"/team/talk?with={key}")
        public.visitor.get(f"/wall/{lesson.wall_key}/1")
        for seat in SEATS:
            others = [one for other in SEATS if other is not seat for one in viewers[other]]
            for one in (*others, public):
                for words in private[seat]:
                    assert words not in one.all, (seat, words)
        teacher.does("time")
    wait_for(lambda: len(hosted.table.match.played) == 3)
    _search(lesson, viewers)
    got = public.all
    for words in ("nick", "AMONG", "PAIR", "HINT", lesson.host_secret, "data-set"):
        assert words not in got.replace(lesson.wall_key, ""), words
    assert "Turn 3 of 5" in got


def _search(lesson: Lesson, viewers: dict[Seat, list[Recorded]]) -> None:
    """Whether what anybody got holds what was for others."""
    tokens = {one: one.visitor.http.cookies["seat"] for own in viewers.values() for one in own}
    for seat, own in viewers.items():
        for one in own:
            got = one.all
            assert lesson.host_secret not in got
            assert lesson.wall_key not in got.replace(f"passed={lesson.wall_key}", "")
            for other, token in tokens.items():
                assert other is one or token not in got
            for other in (s for s in SEATS if s is not seat):
                assert f"AMONG-{other.name}" not in got
                assert f"HINT-{other.name}" not in got
                assert f"{other.name}chairnick" not in got
                pair = {other, other.rivals[0]}
                assert seat in pair or f"PAIR-{other.name}" not in got
            assert f"AMONG-{seat.name}-1" in got, "the search does find what is there"
            assert f"HINT-{seat.name}-3" in got


@pytest.mark.parametrize("turns", [0, 1, 4])
def test_nothing_hidden_changes_a_byte(tmp_path: Path, turns: int) -> None:
    """In all some ten thousand changes of hidden figures for each seat; and of what other teams
    draft, write, predict and are told. `python -m tests.classroom.leaks` changes all of it 10,000
    times.
    """
    watched = Watched(tmp_path, "ten_days_in_january", turns + 3)
    try:
        for _ in range(turns):
            watched.turn()
        looked = 0
        for shows in flipped(watched, np.random.default_rng(turns), FLIPS):
            assert shows == []
            looked += 1
        assert looked == FLIPS * len(SEATS)
    finally:
        watched.lesson.close()


def test_what_a_seat_does_know_changes_its_pages(tmp_path: Path) -> None:
    """The comparison can fail: a figure that a seat sees shows, and so does its own draft."""
    watched = Watched(tmp_path, "ten_days_in_january", 3)
    try:
        before = watched.made(MILITIA, 0)
        state = watched.table.match.match_state.state.copy()
        state.mil_rockets += 50
        watched.put_back((state, []))
        assert changed(before, watched.made(MILITIA, 0)) == ["chair/briefing"]
        before = watched.made(MILITIA, 0)
        watched.mix(US, np.random.default_rng(1))
        assert "chair/sentence" in changed(before, watched.made(MILITIA, 0))
    finally:
        watched.lesson.close()
