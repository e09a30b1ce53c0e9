"""The player that picks any legal order alike: the baseline, and the fuzzer's hand."""

import numpy as np

from game.rules.legal import HIGHEST_LINE, LOWEST_LINE
from game.rules.luck import PlayerDraw
from game.rules.observe import Observation
from game.rules.rulebook import NO_SEAT
from game.rules.setting import Setting
from game.rules.state import Bools, Codes, Floats

from .base import Choice, Dice, Options, holding_choice


class Uniform:
    """Every legal deed, word and whisper with the same probability."""

    name = "uniform"

    def decide(
        self, setting: Setting, observation: Observation, legal: Options, dice: Dice
    ) -> Choice:
        """Random legal orders."""
        tables = setting.tables
        choice = holding_choice(observation.anger.shape[1])
        choice.deed = pick(legal.deed, dice.draw(PlayerDraw.DEED))
        choice.word = pick(legal.word, dice.draw(PlayerDraw.WORD))
        # One draw aims the word: its thirds are the rivals, its place in a third is the rung.
        aim = dice.draw(PlayerDraw.TARGET) * 3
        rivals = np.array(observation.seat.rivals, np.intp)
        third = aim.astype(np.intp)
        rung = LOWEST_LINE + ((aim - third) * (HIGHEST_LINE - LOWEST_LINE + 1)).astype(np.intp)
        choice.word_to = np.where(tables.word_to_seat.take(choice.word), rivals[third], NO_SEAT)
        choice.word_rung = rung * tables.word_to_rung.take(choice.word)
        pairs = legal.whisper.reshape(-1, legal.whisper.shape[2]).copy()
        pairs[0] = True  # no message
        pair = pick(pairs, dice.draw(PlayerDraw.WHISPER))
        choice.whisper = pair // 4
        choice.whisper_to = np.where(choice.whisper > 0, pair % 4, NO_SEAT)
        return choice


def pick(legal: Bools, draw: Floats) -> Codes:
    """(B,) the number of one true row of `legal` (rows, B), each as likely as the others."""
    rank = legal.cumsum(axis=0, dtype=np.int32)
    wanted = (draw * rank[-1]).astype(np.int32)
    chosen: Codes = (rank <= wanted).sum(axis=0)
    return chosen
