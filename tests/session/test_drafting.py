"""Orders in the making."""

from game.rules.orders import HOLD, Order
from game.session.drafting import Draft


def test_what_is_picked_joins_what_was_picked_before() -> None:
    draft = Draft()
    draft.pick(deed=3, site=2)
    draft.pick(word=1, word_to=2)
    draft.pick(deed=4, site=-1)
    assert draft.order == Order(deed=4, word=1, word_to=2)
    assert Draft().order == HOLD
