"""What the host's forms say."""

from game.rules.seats import Seat

from ..faults import Refused
from ..texts import t

Form = dict[str, str]


def seat_of(form: Form, name: str = "seat") -> Seat:
    """The seat that a field names.

    Raises:
        Refused: it names none.
    """
    given = form.get(name, "")
    if given not in Seat.__members__:
        raise Refused(t("guard.form"))
    return Seat[given]
