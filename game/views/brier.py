"""The one scale of forecasts: Brier's score (Monthly Weather Review 78(1), 1950), halved as is
usual today, so that it runs from 0, perfect foresight, to 1, being always sure and always wrong.
"""


def score(odds: float, came: bool) -> float:
    """Of a forecast that something happens.

    Args:
        odds: 0 to 1.
        came: whether it did.
    """
    return (odds - came) ** 2
