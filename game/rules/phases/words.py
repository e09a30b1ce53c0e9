"""Phase 1: words are posted, whispers delivered.

A threat draws a line and stakes the speaker's name on keeping it (Fearon 1994, 1997: a public
threat ties hands; a private one is cheaper to make and to drop). A justification builds the case
for force while it lasts. What a word does to publics and to attribution waits until there is news.
"""

import numpy as np

from ..games import Games, clip01, draw
from ..luck import Draw
from ..moment import Moment
from ..seats import PAIRS, Seat
from ..state import MILITIA, NO_LINE, READY, US
from ..tables import Tables
from .doing import uses_force_openly


def words(g: Games, t: Tables, now: Moment) -> None:
    """Posts the words and delivers the whispers."""
    for speaker, listener in PAIRS:
        for (some,) in g.only(g.word_to[speaker] == listener):
            speak(some, t, now, speaker, listener)
    for speaker, listener in PAIRS:
        for (some,) in g.only(g.whisper_to[speaker] == listener):
            whisper(some, t, speaker, listener)
    g.mil_facade += t.word.facade.take(g.word[MILITIA])
    justify(g, t, now)


def speak(g: Games, t: Tables, now: Moment, speaker: Seat, listener: Seat) -> None:
    """What is said to a seat by name may draw a line, reassure or offend."""
    ours, theirs = (speaker, listener), (listener, speaker)
    word = g.word[speaker]
    # The line stands where the speaker put it; the stake on it never falls by a threat.
    for some, said in g.only(t.word.line.take(word) > 0, word):
        some.line[ours] = some.word_rung[speaker].astype(np.float32)
        some.stake[ours] = np.maximum(t.word.stake.take(said), some.stake[ours])
    # Reassured, the listener is less angry, and less is staked on the speaker's line.
    for some, said in g.only(t.word.soothes.take(word) > 0, word):
        # Who stands down what was ready means it.
        if speaker in READY:
            ready = getattr(some, READY[speaker])
            some.assurance[theirs] += now.p.words.stood_down * ready * (1 - some.assurance[theirs])
            setattr(some, READY[speaker], ready * 0.5)
        left = 1 - now.p.words.reassure_lowers_stake
        some.stake[ours] *= left
        some.private_stake[ours] *= left
        some.anger[theirs] *= 1 - t.word.soothes.take(said)
    g.harm[theirs] = t.word.offends.take(word)


def whisper(g: Games, t: Tables, speaker: Seat, listener: Seat) -> None:
    """A private demand binds a little to the line that stands; an assurance soothes. Nothing that a
    third seat can see moves: only the two know.
    """
    ours, theirs = (speaker, listener), (listener, speaker)
    said = g.whisper[speaker]
    bound, drawn = g.private_stake[ours], g.line[ours] < NO_LINE
    g.private_stake[ours] = bound + t.whisper_stake.take(said) * (1 - bound) * drawn
    g.anger[theirs] *= 1 - t.whisper_soothes.take(said)


def justify(g: Games, t: Tables, now: Moment) -> None:
    """The American case rises with a fresh justification; changing it shows, and costs."""
    p, word = now.p.words, g.word[US]
    fresh = (t.word.case.take(word) > 0) & (g.us_claim != word.astype(np.float32))
    timely = uses_force_openly(g, t, US) | (g.us_force_days <= p.recent_days)
    for some, said in g.only(fresh & timely, word):
        case = some.us_case + t.word.case.take(said) * (1 - some.us_case)
        some.us_case = clip01(case - (some.us_claim > 0) * p.shift_cost)
        proof = draw(some, now, Draw.PROOF)
        some.us_evidence = proof * proof * p.proof_scale
        some.us_claim = said.astype(np.float32)
