"""The player that gives the orders that history gave, where they are still legal."""

import numpy as np

from game.rules.observe import Observation
from game.rules.orders import Orders
from game.rules.rulebook import ANY_SITE, NO_SEAT
from game.rules.setting import Setting

from .base import Choice, Dice, Options, holding_choice


class Scripted:
    """Plays a fixed list of orders, one for each turn; after its end, or where the crisis has gone
    another way and an order is no longer legal, that part of the order is left out.
    """

    name = "history"

    def __init__(self, script: tuple[Orders, ...]) -> None:
        """`script` holds one game's Orders (B = 1) for each turn."""
        self._script = script

    def decide(
        self, setting: Setting, observation: Observation, legal: Options, dice: Dice
    ) -> Choice:
        """The script's orders of this turn."""
        games = legal.deed.shape[1]
        choice = holding_choice(games)
        if observation.turn >= len(self._script):
            return choice
        order = self._script[observation.turn].order(observation.seat)
        may = legal.deed[order.deed]
        choice.deed = order.deed * may.astype(np.intp)
        if order.site != ANY_SITE:
            held = setting.tables.site_held[order.site] < observation.columns["us_exposure"]
            choice.site = np.where(may & held, order.site, ANY_SITE)
        may = legal.word[order.word]
        choice.word = order.word * may.astype(np.intp)
        choice.word_to = np.where(may, order.word_to, NO_SEAT)
        choice.word_rung = order.word_rung * may.astype(np.intp)
        if order.whisper:
            may = legal.whisper[order.whisper, order.whisper_to]
            choice.whisper = order.whisper * may.astype(np.intp)
            choice.whisper_to = np.where(may, order.whisper_to, NO_SEAT)
        return choice
