"""Values that are no texts where a text is looked up by another: a mistake, and no fault."""

import pytest

from game.content.rulebook_checks import agenda_mistakes, named_mistakes, whisper_mistakes


@pytest.mark.parametrize("value", [["US"], {"US": 1}, 3, None])
@pytest.mark.parametrize(
    ("mistakes", "table"),
    [(agenda_mistakes, "agenda"), (named_mistakes, "deed"), (whisper_mistakes, "whisper")],
)
def test_what_is_no_text_names_nothing(mistakes, table, value) -> None:
    told = list(mistakes({table: [{"seat": value, "id": value}]}))
    assert told == list(mistakes({table: [{}]}))
    assert told
