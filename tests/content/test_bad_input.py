"""What a broken file is told: the file, the line, what is wrong and what to do, each in full.

Every case breaks a good file in one way; `at` is a piece of the broken text that shows on which
line the mistake must be reported.
"""

import time
from typing import NamedTuple

import pytest

from game.content.check import check_file
from game.content.load import load_base, load_rulebook
from game.content.problems import TOLD_AT_MOST


class Case(NamedTuple):
    """One way to break a file."""

    name: str
    old: str
    new: str
    at: str
    sentence: str
    file: str = ""
    """The part of the rulebook that it breaks; empty for the scenario."""
    also: str = ""
    """A second mistake that rightly follows from the same break."""


def line_of(text, at):
    """The line on which a piece of text begins, which must be the only such piece."""
    assert text.count(at) == 1, f"{at!r} stands {text.count(at)} times"
    return text.count("\n", 0, text.index(at)) + 1


def sentences(problems, also=""):
    """The problems as they are told, but for those that end on `also`, each once."""
    told = list(dict.fromkeys(map(str, problems)))
    return [line for line in told if not also or not line.endswith(also)]


SCENARIO = [
    # TOML itself
    Case(
        "no value",
        "minutes = 45",
        "minutes =",
        "minutes =",
        'the value cannot be read; write texts in straight quotation marks like "this", numbers '
        "like 0.5, days like 2020-01-31, and true or false in small letters",
    ),
    Case(
        "text without quotation marks",
        'title = "A Winter"',
        "title = A Winter",
        "title = A W",
        'the value cannot be read; write texts in straight quotation marks like "this", numbers '
        "like 0.5, days like 2020-01-31, and true or false in small letters",
    ),
    Case(
        "curly quotation marks",
        'title = "A Winter"',
        "title = “A Winter”",
        "title = “A W",
        '“ is no quotation mark of TOML; write texts in straight quotation marks like "this"',
    ),
    Case(
        "space that does not break",
        'title = "A Winter"',
        'title\u00a0= "A Winter"',
        "title\u00a0=",
        "a space of another kind (U+00A0, no-break space) stands in this line; type an ordinary "
        "space",
    ),
    Case(
        "space of no width",
        'title = "A Winter"',
        'title \u200b= "A Winter"',
        "title \u200b=",
        "an invisible sign (U+200B, zero width space) stands in this line; delete it",
    ),
    Case(
        "old line end",
        'title = "A Winter"',
        'title = "A Winter"\rmore = 1',
        "more = 1",
        "a line ends in a carriage return alone, as on very old computers; save the file with the "
        "line ends of Unix or Windows",
    ),
    Case(
        "text not closed",
        'title = "First"',
        'title = "First',
        'title = "First',
        'the text in this line is not closed; end it with ", or begin and end it with """ if it '
        "has several lines",
    ),
    Case(
        "long text not closed",
        'title = "A book"',
        'title = """A book',
        'title = """A book',
        'the text that begins here is never closed; end it with the same quotation marks, " or """',
    ),
    Case(
        "backslash",
        'title = "First"',
        'title = "Fir\\st"',
        'title = "Fir\\st"',
        "a backslash stands in a text; write it twice, or put the text in 'single quotes'",
    ),
    Case(
        "a key twice",
        "minutes = 45",
        "minutes = 45\nminutes = 46",
        "minutes = 46",
        "this key already has a value further up; keep one of the two",
    ),
    Case(
        "a table twice",
        "[[event]]\ndate = 2019-12-29",
        "[role.US]\ndate = 2019-12-29",
        "[role.US]\ndate",
        "this table is opened for the second time; gather its keys under one heading, or write "
        "[[name]] if it is an item of a list",
    ),
    Case(
        "comma missing",
        '"Was it read?",',
        '"Was it read?"',
        '"Was it refused?"',
        "a list does not end, or a comma is missing in it; put commas between its items and ] at "
        "its end, here or just above",
    ),
    Case(
        "no equals sign",
        "rung = 6",
        "rung 6",
        "rung 6",
        "a key stands here without a value; write key = value; a comment begins with #, and text "
        'of several lines with """',
    ),
    Case(
        "heading not closed",
        "[role.IRAQ]",
        "[role.IRAQ",
        "[role.IRAQ",
        "a heading does not end; write it like [name]",
    ),
    Case(
        "no such day",
        "date = 2020-01-05",
        "date = 2020-02-31",
        "date = 2020-02-31",
        "there is no such day or time; write days like 2020-01-31",
    ),
    Case(
        "no such month",
        "date = 2020-01-05",
        "date = 2020-13-41",
        "date = 2020-13-41",
        '"2020-13-41" cannot be read as a day; write days like 2020-01-31: the year, the month, '
        "the day",
    ),
    Case(
        "a day written otherwise",
        "date = 2020-01-05",
        "date = 5.1.2020",
        "date = 5.1.2020",
        '"5.1.2020" cannot be read as a day; write days like 2020-01-31: the year, the month, the '
        "day",
    ),
    Case(
        "a control character",
        "Nobody flies.",
        "Nobody\x01flies.",
        "Nobody\x01flies.",
        "an invisible control character stands in this line; delete it",
    ),
    Case(
        "brackets without end",
        "minutes = 45",
        "minutes = " + "[" * 5000 + "]" * 5000,
        "minutes = [",
        "brackets stand too deep inside each other; nothing here needs more than three levels",
    ),
    Case(
        "a number without end",
        "minutes = 45",
        "minutes = " + "9" * 5000,
        "minutes = 9",
        "a number has too many digits; write an ordinary number",
    ),
    Case(
        "a key without end",
        "minutes = 45",
        "minutes." + "a." * 50_000 + "a = 45",
        "minutes.a",
        "this key has too many parts; write it with few dots",
    ),
    # Keys and types
    Case(
        "unknown key",
        'blurb = "',
        'minuts = 45\nblurb = "',
        "minuts",
        'unknown key "minuts"; did you mean "minutes"?',
    ),
    Case(
        "unknown key in a table",
        'who = "You are the Iranians."',
        'who = "You are the Iranians."\nred_line = []',
        "red_line = []",
        'unknown key "red_line"; did you mean "red_lines"?',
    ),
    Case(
        "unknown key in a list of tables",
        "contested = true",
        "contested = true\nstory = 1",
        "story = 1",
        'unknown key "story"; write one of these: date, rung, text, source, contested',
    ),
    Case(
        "unknown heading",
        "[opening.suspicion]",
        "[opening.suspicions]",
        "[opening.suspicions]",
        'unknown key "suspicions"; did you mean "suspicion"?',
    ),
    Case(
        "key missing at the top",
        'title = "A Winter"\n',
        "",
        "# A small scenario",
        '"title" is missing; add it to this table',
    ),
    Case(
        "key missing in a table",
        'knows = ["Much, and 5\\u00a0names."]\n',
        "",
        "[role.IRAN]",
        '"knows" is missing; add it to this table',
    ),
    Case(
        "role missing",
        "[role.MILITIA]",
        "[role.UN]",
        "[role.US]",
        '"MILITIA" is missing; add it to this table',
        also='unknown key "UN"; write one of these: US, IRAN, MILITIA, IRAQ',
    ),
    Case(
        "unknown role",
        "[role.MILITIA]",
        "[role.UN]",
        "[role.UN]",
        'unknown key "UN"; write one of these: US, IRAN, MILITIA, IRAQ',
        also='"MILITIA" is missing; add it to this table',
    ),
    Case(
        "number in quotation marks",
        "minutes = 45",
        'minutes = "45"',
        "minutes =",
        '"minutes" must be a whole number, and "45" is none; write digits, without quotation '
        "marks and without a point",
    ),
    Case(
        "fraction where a whole number is due",
        "minutes = 45",
        "minutes = 45.0",
        "minutes =",
        '"minutes" must be a whole number, and 45.0 is none; write digits, without quotation '
        "marks and without a point",
    ),
    Case(
        "truth where a number is due",
        "minutes = 45",
        "minutes = true",
        "minutes =",
        '"minutes" must be a whole number, and true is none; write digits, without quotation '
        "marks and without a point",
    ),
    Case(
        "truth where a share is due",
        "anniversary = 0.5",
        "anniversary = true",
        "anniversary =",
        '"anniversary" must be a number, and true is none; write digits, without quotation '
        "marks, with a point where it needs one",
    ),
    Case(
        "number where truth is due",
        "contested = true",
        "contested = 1",
        "contested =",
        '"contested" must be true or false, and 1 is neither; write true or false, without '
        "quotation marks",
    ),
    Case(
        "number where a text is due",
        'title = "Third"',
        "title = 3",
        "title = 3",
        '"title" must be a text, and 3 is none; put it in quotation marks',
    ),
    Case(
        "text where a list is due",
        'goals = ["Wait."]',
        'goals = "Wait."',
        'goals = "Wait',
        '"goals" must be a list, and "Wait." is none; put it in [ and ]',
    ),
    Case(
        "number in a list of texts",
        '"Was it refused?",',
        "3,",
        "    3,",
        'item 2 of "questions" must be a text, and 3 is none; put it in quotation marks',
    ),
    Case(
        "list where a table is due",
        "effects = { iraq_unrest = 0.1 }",
        "effects = []",
        "effects = []",
        '"effects" must be a table, and a list is none; write { name = value }, or a heading of '
        "its own",
    ),
    Case(
        "text where a table is due",
        "[opening.suspicion]\nIRAQ = [0.1, 0.2, 0.3, 0.4]",
        '[opening]\nsuspicion = "IRAQ"',
        "suspicion =",
        '"suspicion" must be a table, and "IRAQ" is none; write { name = value }, or a heading '
        "of its own",
    ),
    Case(
        "day in quotation marks",
        "end = 2020-01-08",
        'end = "2020-01-08"',
        "end =",
        '"end" must be a day, and "2020-01-08" is none; write it like 2020-01-31, without '
        "quotation marks",
    ),
    Case(
        "day with a time",
        "end = 2020-01-08",
        "end = 2020-01-08T10:00:00",
        "end =",
        '"end" must be a day, and 2020-01-08 10:00:00 is none; write it like 2020-01-31, without '
        "quotation marks",
    ),
    Case(
        "day of another age",
        "end = 2020-01-08",
        "end = 9999-01-01",
        "end = 9999",
        "the year 9999 is out of reach; write one from 1900 to 2100",
        also="the turn before it lasts 2914266 days; let no turn last more than 366",
    ),
    # Ranges and sizes
    Case(
        "too small",
        "minutes = 45",
        "minutes = 0",
        "minutes = 0",
        '"minutes" is 0, too small; write 1 or more',
    ),
    Case(
        "too large",
        "minutes = 45",
        "minutes = 1_000_000_000_000_000_000_000",
        "minutes = 1",
        '"minutes" is a row of very many digits, too large; write 1000 or less',
    ),
    Case(
        "not a number",
        "anniversary = 0.5",
        "anniversary = nan",
        "anniversary =",
        '"anniversary" must be a finite number, and nan is none; write an ordinary number',
    ),
    Case(
        "infinite",
        "anniversary = 0.5",
        "anniversary = -inf",
        "anniversary =",
        '"anniversary" must be a finite number, and -inf is none; write an ordinary number',
    ),
    Case(
        "empty text",
        'title = "First"',
        'title = "  "',
        'title = "  "',
        "the text is empty; write it, or leave the key out if it is optional",
    ),
    Case(
        "hidden character in a text",
        "Nobody flies.",
        "Nobody \\u202e flies.",
        "Nobody \\u202e",
        "the text has an invisible control character; type the passage anew",
    ),
    Case(
        "text too long",
        'title = "First"',
        f'title = "{"First " * 100}"',
        'title = "First First',
        '"title" is too long; write 100 characters or fewer',
    ),
    Case(
        "list too long",
        'goals = ["Wait."]',
        "goals = [" + "'Wait.', " * 30 + "]",
        "goals = ['",
        '"goals" has too many items; write 20 or fewer',
    ),
    Case(
        "list empty",
        'goals = ["Wait."]',
        "goals = []",
        "goals = []",
        '"goals" has 0 items, too few; write 1 or more',
    ),
    Case(
        "id with capitals",
        'id = "storm"',
        'id = "Dust Storm"',
        'id = "Dust Storm"',
        '"Dust Storm" cannot be an id; use small letters, digits, - and _ between them',
    ),
    # The opening
    Case(
        "unknown column",
        "us_troops = 6000",
        "us_troop = 6000",
        "us_troop =",
        'unknown column "us_troop"; did you mean "us_troops"?',
    ),
    Case(
        "column out of its range",
        "brink = 0.1",
        "brink = 1.5",
        "brink = 1.5",
        '"brink" is 1.5, out of its range; write a number from 0 to 1',
    ),
    Case(
        "column not a number",
        "brink = 0.1",
        "brink = nan",
        "brink = nan",
        '"brink" is nan, out of its range; write a number from 0 to 1',
    ),
    Case(
        "column as a text",
        "brink = 0.1",
        'brink = "low"',
        "brink = ",
        '"brink" must be a number, and "low" is none; write digits, without quotation marks, '
        "with a point where it needs one",
    ),
    Case(
        "half a person",
        "us_troops = 6000",
        "us_troops = 6000.5",
        "us_troops =",
        '"us_troops" is 6000.5, and has no fractions; write a whole number',
    ),
    Case(
        "unknown pair column",
        "[opening.pairs.anger]",
        "[opening.pairs.angre]",
        "[opening.pairs.angre]",
        'unknown pair column "angre"; did you mean "anger"?',
    ),
    Case(
        "pair column as a number",
        "[opening.pairs.anger]",
        "[opening.pairs]\ndebt = 3\nangre = 1\n[opening.pairs.anger]",
        "debt = 3",
        '"debt" must be a table; write it like [opening.pairs.debt] and "US>IRAN" = 1 below',
        also='unknown pair column "angre"; did you mean "anger"?',
    ),
    Case(
        "unknown pair",
        '"IRAN>US" = 0.4',
        '"IRAN>USA" = 0.4',
        '"IRAN>USA"',
        'unknown pair of seats "IRAN>USA"; did you mean "IRAN>US"?',
    ),
    Case(
        "pair with itself",
        '"IRAN>US" = 0.4',
        '"US>US" = 0.4',
        '"US>US"',
        'unknown pair of seats "US>US"; write one of these: US>IRAN, US>MILITIA, US>IRAQ, '
        "IRAN>US, IRAN>MILITIA, IRAN>IRAQ, MILITIA>US, MILITIA>IRAN, MILITIA>IRAQ, IRAQ>US, "
        "IRAQ>IRAN, IRAQ>MILITIA",
    ),
    Case(
        "pair out of range",
        '"IRAN>US" = 0.4',
        '"IRAN>US" = -1',
        '"IRAN>US" = -1',
        '"IRAN>US" is -1, out of its range; write a number from 0 to 1',
    ),
    Case(
        "probabilities",
        "IRAQ = [0.1, 0.2, 0.3, 0.4]",
        "IRAQ = [0.1, 0.2, 0.3, 0.5]",
        "IRAQ = [",
        "the probabilities add up to 1.1; make them add up to 1",
    ),
    Case(
        "three probabilities",
        "IRAQ = [0.1, 0.2, 0.3, 0.4]",
        "IRAQ = [0.1, 0.2, 0.7]",
        "IRAQ = [",
        '"IRAQ" has 3 items, too few; write 4 or more',
    ),
    Case(
        "probability below nothing",
        "IRAQ = [0.1, 0.2, 0.3, 0.4]",
        "IRAQ = [-0.1, 0.4, 0.3, 0.4]",
        "IRAQ = [",
        'item 1 of "IRAQ" is -0.1, too small; write 0 or more',
    ),
    # The calendar
    Case(
        "calendar out of order",
        "date = 2020-01-05",
        "date = 2020-01-02",
        "date = 2020-01-02",
        "this turn is on 2020-01-02, not after 2020-01-03, where the turn before it begins; put "
        "the days in order, each later than the last",
    ),
    Case(
        "a day twice",
        "date = 2020-01-05",
        "date = 2020-01-03 # again",
        "date = 2020-01-03 #",
        "this turn is on 2020-01-03, not after 2020-01-03, where the turn before it begins; put "
        "the days in order, each later than the last",
    ),
    Case(
        "end before the last turn",
        "end = 2020-01-08",
        "end = 2020-01-04",
        "end = ",
        "the end is on 2020-01-04, not after 2020-01-05, where the turn before it begins; put "
        "the days in order, each later than the last",
    ),
    Case(
        "turn of many years",
        "end = 2020-01-08",
        "end = 2030-01-08",
        "end = ",
        "the turn before it lasts 3656 days; let no turn last more than 366",
    ),
    Case(
        "anniversary of nothing",
        'anniversary_of = "The day when something happened."\n',
        "",
        "[[turn]]\ndate = 2020-01-03",
        '"anniversary_of" is missing; say what the day recalls',
    ),
    Case(
        "anniversary without weight",
        "anniversary = 0.5\n",
        "",
        "anniversary_of",
        '"anniversary_of" stands without "anniversary"; add anniversary = 0.5, or another share '
        "up to 1, for how charged it is",
    ),
    # Names of other things
    Case(
        "id of another file",
        'id = "a-winter"',
        'id = "a-summer"',
        'id = "a-summer"',
        'the id is "a-summer", but the file is called "a-winter.toml"; give both the same name',
    ),
    Case(
        "unknown doctrine",
        'doctrine = "restraint"',
        'doctrine = "restrain"',
        'doctrine = "rest',
        'unknown doctrine of US "restrain"; did you mean "restraint"?',
    ),
    Case(
        "doctrine of another seat",
        'doctrine = "balancer"',
        'doctrine = "patience" # ours',
        'doctrine = "patience" #',
        'the doctrine "patience" plays IRAN; write one of these: balancer',
    ),
    Case(
        "unknown seat",
        'seat = "MILITIA"',
        'seat = "MILITA"',
        'seat = "MILITA"',
        'unknown seat "MILITA"; did you mean "MILITIA"?',
    ),
    Case(
        "seat in small letters",
        'seat = "MILITIA"',
        'seat = "militia"',
        'seat = "militia"',
        'unknown seat "militia"; did you mean "MILITIA"?',
    ),
    Case(
        "seat as a number",
        'seat = "MILITIA"',
        "seat = 2",
        "seat = 2",
        "2 is no seat; write its name in quotation marks",
    ),
    Case(
        "unknown deed",
        'deed = "harass"',
        'deed = "haras"',
        'deed = "haras"',
        'unknown deed of MILITIA "haras"; did you mean "harass"?',
    ),
    Case(
        "deed of another seat",
        'deed = "harass"',
        'deed = "strike-depots" # not theirs',
        'deed = "strike-depots" #',
        'unknown deed of MILITIA "strike-depots"; write one of these: hold, harass',
    ),
    Case(
        "unknown site",
        'site = "depot"',
        'site = "the depots"',
        'site = "the depots"',
        'unknown site "the depots"; did you mean "depot"?',
    ),
    Case(
        "site of another host",
        'site = "depot"',
        'site = "big-base"',
        'site = "big-base"',
        '"big-base" is not a site of MILITIA, where "strike-depots" is done; write one of these: '
        "depot",
    ),
    Case(
        "site of a deed that has none",
        'deed = "investigate"',
        'deed = "investigate"\nsite = "big-base"',
        'site = "big-base"',
        'the deed "investigate" names no site; leave "site" out',
    ),
    Case(
        "unknown word",
        'word = "deny"',
        'word = "denies"',
        'word = "denies"',
        'unknown word "denies"; did you mean "deny"?',
    ),
    Case(
        "word of others",
        'word = "deny"',
        'word = "threaten" # others do',
        'word = "threaten" #',
        'MILITIA does not say "threaten"; write one of these: silence, deny',
    ),
    Case(
        "word to nobody",
        'word_to = "IRAN"\n',
        "",
        "[[history]]\nturn = 1",
        'the word "threaten" needs "word_to"; add word_to = "US" or another',
    ),
    Case(
        "word to itself",
        'word_to = "IRAN"',
        'word_to = "US"',
        'word_to = "US"',
        "a seat does not speak to itself; name another seat",
    ),
    Case(
        "word to somebody without need",
        'word = "deny"',
        'word = "deny"\nword_to = "IRAQ"',
        'word_to = "IRAQ"',
        'the word "deny" has no "word_to"; leave "word_to" out',
    ),
    Case(
        "line missing",
        "word_rung = 5\n",
        "",
        "[[history]]\nturn = 1",
        'the word "threaten" needs "word_rung"; add word_rung = 5 or another',
    ),
    Case(
        "line without need",
        'word = "deny"',
        'word = "deny"\nword_rung = 4',
        "word_rung = 4",
        'the word "deny" has no "word_rung"; leave "word_rung" out',
    ),
    Case(
        "line off the ladder",
        "word_rung = 5",
        "word_rung = 11",
        "word_rung = 11",
        '"word_rung" is 11, too large; write 9 or less',
    ),
    Case(
        "unknown whisper",
        'whisper = "notice"',
        'whisper = "note"',
        'whisper = "note"',
        'unknown whisper "note"; did you mean "notice"?',
    ),
    Case(
        "whisper to the wrong seat",
        'whisper_to = "IRAQ"',
        'whisper_to = "IRAN"',
        "whisper_to",
        'US does not whisper "notice" to IRAN; it may go to: IRAQ',
    ),
    Case(
        "whisper of others",
        'whisper = "notice"',
        'whisper = "hold-back"',
        "whisper_to",
        'US does not whisper "hold-back" to IRAQ; choose another whisper: it does not send this '
        "one",
    ),
    Case(
        "whisper to nobody",
        'whisper_to = "IRAQ"\n',
        "",
        "[[history]]\nturn = 1",
        'the whisper "notice" needs "whisper_to"; add whisper_to = "IRAQ" or another',
    ),
    Case(
        "no whisper, but to somebody",
        'whisper = "notice"\n',
        "",
        "whisper_to",
        'the whisper "none" has no "whisper_to"; leave "whisper_to" out',
    ),
    Case(
        "turn after the last",
        "turn = 3",
        "turn = 4",
        "turn = 4",
        "there is no turn 4; write a number from 1 to 3",
    ),
    Case(
        "turn before the first",
        "turn = 2\neffects",
        "turn = 0\neffects",
        "turn = 0",
        "there is no turn 0; write a number from 1 to 3",
    ),
    Case(
        "a move twice",
        'turn = 2\nseat = "MILITIA"\ndeed = "harass"\nword',
        'turn = 3\nseat = "IRAQ"\ndeed = "hold"\n#',
        'seat = "IRAQ"\ndeed = "investigate"',
        'a second history with turn 3, seat "IRAQ"; the first is item 2: change or delete one of '
        "them",
    ),
    Case(
        "an inject twice",
        'id = "storm"',
        'id = "rumour" # again',
        'id = "rumour" #',
        'a second inject with id "rumour"; the first is item 1: change or delete one of them',
    ),
    Case(
        "a source twice",
        'id = "book"\ntitle',
        'id = "paper"\ntitle = "A copy"\nurl = "" # ',
        'id = "paper"\ntitle = "A copy"',
        'a second source with id "paper"; the first is item 1: change or delete one of them',
        also='unknown source "book"; write one of these: paper, archive, diary',
    ),
    Case(
        "a source that the record has",
        'id = "book"\ntitle',
        'id = "archive"\ntitle = "Another"\nurl = "" # ',
        'id = "archive"\ntitle = "Another"',
        'the record has a source "archive" already; leave this one out, or give it another id',
        also='unknown source "book"; write one of these: paper, archive, diary',
    ),
    Case(
        "an event that the record does not have",
        'events = ["raid"]\n\n[[turn]]',
        'events = ["raids"]\n\n[[turn]]',
        '"raids"',
        'unknown event of the record "raids"; did you mean "raid"?',
    ),
    Case(
        "an event on a morning that the record does not have",
        'events = "raid" ',
        'events = ["raid", "flood"] ',
        '"flood"',
        'unknown event of the record "flood"; write one of these: raid, thaw',
    ),
    Case(
        "an event of the record twice",
        'events = ["raid"]\n\n[[turn]]',
        'events = ["raid",\n  "raid"]\n\n[[turn]]',
        '  "raid"]',
        '"raid" stands twice; delete one of them',
    ),
    Case(
        "an event of the record after the end",
        'events = ["raid"]\n\n[[turn]]',
        'events = ["raid",\n  "thaw"]\n\n[[turn]]',
        '  "thaw"]',
        "this event is on 2020-02-01, after the scenario's end on 2020-01-08; correct the day, or "
        "leave the event out",
    ),
    Case(
        "an order of which nothing is told",
        'happened = "Rockets fell."\n',
        "",
        "[[history]]\nturn = 2",
        '"happened" is missing; tell what happened, or name events = ["…"] of the record',
    ),
    Case(
        "unknown source",
        'source = ["paper", "book"]\n\n',
        'source = ["paper", "books"]\n\n',
        '"books"',
        'unknown source "books"; did you mean "book"?',
    ),
    Case(
        "unknown source of the prologue",
        'prologue_source = ["book", "paper"]',
        'prologue_source = ["bok", "paper"]',
        '"bok"',
        'unknown source "bok"; did you mean "book"?',
    ),
    Case(
        "unknown source of a note",
        'source = "book"',
        'source = "boook"',
        'source = "boook"',
        'unknown source "boook"; did you mean "book"?',
    ),
    Case(
        "unknown source of a role",
        'source = ["book"]\ndoctrine',
        'source = ["bookk"]\ndoctrine',
        'source = ["bookk"]',
        'unknown source "bookk"; did you mean "book"?',
    ),
    Case(
        "no source in the list",
        'source = ["book"]\ndoctrine',
        "source = []\ndoctrine",
        "source = []",
        "the list of sources is empty; name a source, or leave the key out",
    ),
    Case(
        "unknown source on its own",
        'source = "paper"',
        'source = "papers"',
        'source = "papers"',
        'unknown source "papers"; did you mean "paper"?',
    ),
    Case(
        "effect on an unknown column",
        "{ iraq_unrest = 0.1 }",
        "{ iraq_unrst = 0.1 }",
        "iraq_unrst",
        'unknown column "iraq_unrst"; did you mean "iraq_unrest"?',
    ),
    Case(
        "effect that no column can bear",
        "{ iraq_unrest = 0.1 }",
        "{ iraq_unrest = 2 }",
        "iraq_unrest = 2",
        '"iraq_unrest" is 2, out of its range; write a number from -1 to 1',
    ),
    Case(
        "event off the ladder",
        "rung = 6",
        "rung = 12",
        "rung = 12",
        '"rung" is 12, too large; write 10 or less',
    ),
    Case(
        "address of nothing",
        'url = "https://example.org/paper"',
        'url = "https://"',
        "url = ",
        "this is no address on the web; begin it with https://, or leave it out for a book",
    ),
    Case(
        "address that cannot be taken apart",
        'url = "https://example.org/paper"',
        'url = "https://[example"',
        "url = ",
        "this is no address on the web; begin it with https://, or leave it out for a book",
    ),
    Case(
        "title that nobody sees",
        'title = "A Winter"',
        'title = "\u200d\u3164"',
        'title = "\u200d',
        "the text is empty; write it, or leave the key out if it is optional",
    ),
    Case(
        "title of two lines",
        'title = "A Winter"',
        'title = "A\\nWinter"',
        'title = "A\\n',
        "the name has more than one line; write it in one",
    ),
    Case(
        "address that is none",
        'url = "https://example.org/paper"',
        'url = "javascript:0"',
        "url = ",
        "this is no address on the web; begin it with https://, or leave it out for a book",
    ),
]


@pytest.mark.parametrize("case", SCENARIO, ids=lambda case: case.name)
def test_broken_scenario(case, library, tmp_path, problems_of):
    text = library.scenario_text
    assert text.count(case.old) == 1, f"{case.old!r} stands {text.count(case.old)} times"
    text = text.replace(case.old, case.new)
    path = tmp_path / "a-winter.toml"
    path.write_text(text, encoding="utf-8")
    told = sentences(problems_of(lambda: library.load(path)), case.also)
    assert told == [f"{path}:{line_of(text, case.at)}: {case.sentence}"]


RULEBOOK = [
    Case(
        "unknown key",
        '\nat = "MILITIA"',
        '\natt = "MILITIA"',
        "att =",
        'unknown key "att"; did you mean "at"?',
        "deeds",
    ),
    Case(
        "unknown key in a sub-table",
        "fighters = 25",
        "fighter = 25",
        "fighter =",
        'unknown key "fighter"; did you mean "fighters"?',
        "deeds",
    ),
    Case(
        "unknown key in a condition",
        "at_least = 1000",
        "atleast = 1000",
        "atleast",
        'unknown key "atleast"; did you mean "at_least"?',
        "deeds",
    ),
    Case(
        "unknown column of a cost",
        "costs = { us_coalition",
        "costs = { us_colition",
        "costs =",
        'unknown column "us_colition"; did you mean "us_coalition"?',
        "deeds",
    ),
    Case(
        "negative cost",
        "us_coalition = 0.01",
        "us_coalition = -0.01",
        "costs =",
        '"us_coalition" is -0.01, out of its range; write a number from 0 to 1',
        "deeds",
    ),
    Case(
        "unknown column of a condition",
        '"us_case"',
        '"us_cases"',
        '"us_cases"',
        'unknown column "us_cases"; did you mean "us_case"?',
        "deeds",
    ),
    Case(
        "condition out of the column's range",
        "at_least = 1000",
        "at_least = 100_000",
        "at_least = 100_000",
        "100000 is out of its range; write a number from 0 to 20000",
        "deeds",
    ),
    Case(
        "condition without a bound",
        "at_least = 1000, ",
        "",
        "us_troops",
        "the condition has no bound; add at_least or at_most",
        "deeds",
    ),
    Case(
        "condition upside down",
        "at_least = 0.1, at_most = 1",
        "at_least = 0.9, at_most = 0",
        "at_least = 0.9",
        '"at_least" is above "at_most"; exchange the two',
        "deeds",
    ),
    Case(
        "condition on what the seat does not see",
        '"us_troops"',
        '"mil_rockets"',
        "mil_rockets",
        "US does not see mil_rockets; make it depend on something that the seat sees",
        "deeds",
    ),
    Case(
        "unknown seat against",
        "against = { MILITIA",
        "against = { MILITIAS",
        "against =",
        'unknown seat "MILITIAS"; did you mean "MILITIA"?',
        "deeds",
    ),
    Case(
        "harm to itself",
        "harm = { MILITIA",
        "harm = { US",
        "harm =",
        "a seat is named against itself; name other seats only",
        "deeds",
    ),
    *(
        Case(
            f"no deed {deed}",
            f'id = "{deed}"',
            'id = "other"',
            '[[deed]]\nid = "hold"\nseat = "US"',
            f'the referee needs the deed "{deed}" of IRAQ; add it, or give it its name back',
            "deeds",
        )
        for deed in ("resolution", "order_out")
    ),
    Case(
        "a deed that is another seat's",
        'id = "order_out"\nseat = "IRAQ"',
        'id = "order_out"\nseat = "IRAN"',
        '[[deed]]\nid = "hold"\nseat = "US"',
        'the referee needs the deed "order_out" of IRAQ; add it, or give it its name back',
        "deeds",
    ),
    *(
        Case(
            f"no whisper {whisper}",
            f'id = "{whisper}"',
            'id = "other"',
            '[[whisper]]\nid = "none"',
            f'the referee needs the whisper "{whisper}"; add it, or give it its name back',
            "whispers",
        )
        for whisper in ("notice", "tip_off")
    ),
    Case(
        "unknown group",
        'group = "politics"\nrung = 1',
        'group = "politic"\nrung = 1',
        'group = "politic"',
        'unknown group "politic"; did you mean "politics"?',
        "deeds",
    ),
    Case(
        "unknown visibility",
        'visibility = "deniable"',
        'visibility = "hidden"',
        '"hidden"',
        'unknown visibility "hidden"; write one of these: public, deniable, covert',
        "deeds",
    ),
    Case(
        "fire that is signed",
        'visibility = "deniable"',
        'visibility = "public"',
        "[deed.fire]",
        'the referee knows "fire" only of MILITIA (deniable) or IRAN (deniable) or IRAN (public); '
        'leave "fire" out, or change "seat" or "visibility"',
        "deeds",
    ),
    Case(
        "strike that nobody signed",
        'visibility = "public"\nreport = "American aircraft',
        'visibility = "deniable"\nreport = "American aircraft',
        "[deed.strike]",
        'the referee knows "strike" only of US (public); '
        'leave "strike" out, or change "seat" or "visibility"',
        "deeds",
    ),
    Case(
        "arrests in secret",
        'visibility = "public"\nreport = "Baghdad opened an inquiry."\ninvestigates = 0.6\n',
        'visibility = "covert"\nreport = "Baghdad opened an inquiry."\n',
        "detains = 3",
        'the referee knows "detains" only of IRAQ (public); '
        'leave "detains" out, or change "seat" or "visibility"',
        "deeds",
    ),
    Case(
        "inquiry by another seat",
        'seat = "MILITIA"\nname = "Harassing fire"',
        'seat = "MILITIA"\ninvestigates = 0.5\nname = "Harassing fire"',
        "investigates = 0.5",
        'the referee knows "investigates" only of IRAQ (public); '
        'leave "investigates" out, or change "seat" or "visibility"',
        "deeds",
    ),
    *(
        Case(
            f"secret that shows, in its {key}",
            'visibility = "public"\nreport = "The militias waited."',
            'visibility = "covert"\nreport = "The militias waited."\n'
            f"{key} = {{ mil_rockets = 0.1, mil_standing = 0.01 }}",
            f"{key} = {{ mil",
            "everybody sees mil_standing, so this deed would be no secret; choose another column, "
            'or make its "visibility" "deniable" or "public"',
            "deeds",
        )
        for key in ("costs", "effects", "weekly")
    ),
    Case(
        "secret that shows, in its timely",
        'visibility = "public"\nreport = "The militias waited."',
        'visibility = "covert"\nreport = "The militias waited."\n'
        "timely = { mil_standing = 0.01 }\noccasion = { base = 1 }",
        "timely = { mil",
        "everybody sees mil_standing, so this deed would be no secret; choose another column, "
        'or make its "visibility" "deniable" or "public"',
        "deeds",
    ),
    Case(
        "secret that shows resolve",
        'visibility = "public"\nreport = "The militias waited."',
        'visibility = "covert"\nreport = "The militias waited."\nresolve = { US = 0.1 }',
        "resolve = { US",
        "whoever reads the doer's resolve from it learns of this deed; "
        'leave "resolve" out, or make its "visibility" "deniable" or "public"',
        "deeds",
    ),
    Case(
        "resolve shown to itself",
        'report = "The Americans waited."',
        'report = "The Americans waited."\nresolve = { US = 0.1 }',
        "resolve = { US",
        "a seat is named against itself; name other seats only",
        "deeds",
    ),
    Case(
        "resolve out of its range",
        'report = "The Americans waited."',
        'report = "The Americans waited."\nresolve = { IRAN = 2 }',
        "resolve = { IRAN",
        '"IRAN" is 2, too large; write 1 or less',
        "deeds",
    ),
    Case(
        "campaign of another seat",
        'report = "The Americans waited."',
        'report = "The Americans waited."\neffort = 0',
        "effort = 0",
        'the referee knows "effort" only of MILITIA; leave "effort" out, or change "seat"',
        "deeds",
    ),
    Case(
        "campaign curbed by another seat",
        'report = "The militias waited."',
        'report = "The militias waited."\ncurbs = 0.5',
        "curbs = 0.5",
        'the referee knows "curbs" only of IRAQ; leave "curbs" out, or change "seat"',
        "deeds",
    ),
    Case(
        "heavy without forces to make ready",
        'report = "Parliament voted."',
        'report = "Parliament voted."\nheavy = true',
        "heavy = true",
        'the referee knows "heavy" only of US or IRAN or MILITIA; '
        'leave "heavy" out, or change "seat"',
        "deeds",
    ),
    Case(
        "campaign that is heavy",
        'report = "Rockets fell on {site}."',
        'report = "Rockets fell on {site}."\nheavy = true',
        "heavy = true",
        'fire of the campaign is never heavy; leave "heavy" out, or "campaign"',
        "deeds",
    ),
    Case(
        "campaign of Iran's",
        'seat = "MILITIA"\nname = "Harassing fire"',
        'seat = "IRAN"\nname = "Harassing fire"',
        "campaign = true",
        'only the militias have a campaign; leave "campaign" out',
        "deeds",
    ),
    Case(
        "moment that nothing waits for",
        'report = "The Americans waited."',
        'report = "The Americans waited."\noccasion = { base = 1 }',
        "occasion = { base",
        'nothing waits for this moment; add "timely", or leave it out',
        "deeds",
    ),
    Case(
        "waits for no moment",
        'report = "The Americans waited."',
        'report = "The Americans waited."\ntimely = { us_support = 0.1 }',
        "timely = { us_support",
        'nothing says what moment this waits for; add "occasion", or write "effects"',
        "deeds",
    ),
    Case(
        "moment that the doer does not see",
        'report = "The Americans waited."',
        'report = "The Americans waited."\ntimely = { us_support = 0.1 }\n'
        "occasion = { iran_grip = 1 }",
        "iran_grip = 1",
        "US does not see iran_grip; make it depend on something that the seat sees",
        "deeds",
    ),
    Case(
        "moment that comes out by what everybody sees",
        'report = "The militias waited."',
        'report = "The militias waited."\ntimely = { mil_standing = 0.1 }\n'
        "occasion = { iran_grip = 1 }",
        "iran_grip = 1",
        "everybody could work out iran_grip from what this deed moves; "
        "make it depend on something that everybody sees",
        "deeds",
    ),
    Case(
        "unknown feature of a moment",
        'report = "The militias waited."',
        'report = "The militias waited."\ntimely = { mil_standing = 0.1 }\n'
        "occasion = { us_firmm = 1 }",
        "us_firmm = 1",
        'unknown feature "us_firmm"; did you mean "us_firm"?',
        "deeds",
    ),
    Case(
        "moment that may not count so much",
        'report = "The militias waited."',
        'report = "The militias waited."\ntimely = { mil_standing = 0.1 }\n'
        "occasion = { base = 101 }",
        "base = 101",
        '"base" is 101, out of its range; write a number from -100 to 100',
        "deeds",
    ),
    Case(
        "unknown occasion of a word",
        'id = "silence"',
        'id = "silence"\noccasion = "newss"',
        'occasion = "newss"',
        'unknown occasion "newss"; did you mean "news"?',
        "words",
    ),
    Case(
        "unknown host",
        '\nat = "US"',
        '\nat = "USA"',
        'at = "USA"',
        'unknown host "USA"; did you mean "US"?',
        "deeds",
    ),
    Case(
        "host without sites",
        '\nat = "US"',
        '\nat = "GULF"',
        'at = "GULF"',
        "there are no sites of GULF; add one to sites.toml, or name another host",
        "deeds",
    ),
    Case(
        "braces that stand for nothing",
        "fell on {site}",
        "fell on {place}",
        "{place}",
        "the text has braces that stand for nothing; braces it may have: {site}",
        "deeds",
    ),
    Case(
        "rung as a fraction",
        "rung = 6",
        "rung = 6.5",
        "rung = 6.5",
        '"rung" must be a whole number, and 6.5 is none; write digits, without quotation marks '
        "and without a point",
        "deeds",
    ),
    Case(
        "rounds upside down",
        "rounds_high = 5",
        "rounds_high = 0.5",
        "rounds_high",
        '"rounds_high" is below "rounds_low"; exchange the two',
        "deeds",
    ),
    Case(
        "a deed twice",
        'id = "investigate"',
        'id = "hold" # again',
        'id = "hold" #',
        'a second deed with seat "IRAQ", id "hold"; the first is item 6: change or delete one of '
        "them",
        "deeds",
    ),
    Case(
        "hold is not first",
        'id = "hold"\nseat = "IRAN"',
        'id = "wait"\nseat = "IRAN"',
        'id = "wait"',
        'the first deed of IRAN must be "hold"; put "hold" before its others',
        "deeds",
    ),
    Case(
        "hold with conditions",
        'report = "Tehran waited."',
        'report = "Tehran waited."\nrequires = [{column="us_troops", at_least=1, because="no"}]',
        "requires = [{",
        'a seat may always hold; leave "requires" out',
        "deeds",
    ),
    Case(
        "seat without deeds",
        'id = "hold"\nseat = "IRAN"',
        'id = "pause"\nseat = "US"',
        '[[deed]]\nid = "hold"\nseat = "US"',
        'IRAN has no deed; give it "hold" at least',
        "deeds",
    ),
    Case(
        "silence is not first",
        'id = "silence"',
        'id = "quiet"',
        'id = "quiet"',
        'the first word must be "silence"; put "silence" before all others',
        "words",
    ),
    Case(
        "silence not for all",
        '["US", "IRAN", "MILITIA", "IRAQ"]',
        '["US", "IRAN"]',
        'seats = ["US", "IRAN"]\n\n',
        "some seat may not be silent; name all four",
        "words",
    ),
    Case(
        "word with a target that it does not have",
        "It was not us.",
        "It was {to}.",
        "{to}.",
        "the text has braces that stand for nothing; braces it may have: none here",
        "words",
    ),
    Case(
        "unknown seat in a list",
        '    "MILITIA",',
        '    "MILITIAS",',
        '"MILITIAS"',
        'unknown seat "MILITIAS"; did you mean "MILITIA"?',
        "words",
    ),
    Case(
        "odds of nothing",
        "odds.MILITIA = [0.8, 0.8, 1.2, 1.2]",
        "odds.MILITIA = [0, 0.8, 1.2, 1.2]",
        "odds.MILITIA =",
        'item 1 of "MILITIA" is 0, too small; write more than 0',
        "words",
    ),
    Case(
        "stake beyond all",
        "stake = 0.5",
        "stake = 1.5",
        "stake =",
        '"stake" is 1.5, too large; write 1 or less',
        "words",
    ),
    Case(
        "none goes to somebody",
        "links = []",
        'links = ["US>IRAN"]',
        'links = ["US>IRAN"]',
        "the whisper that is none goes to nobody; empty the list",
        "whispers",
    ),
    Case(
        "whisper from nobody",
        'links = ["IRAN>MILITIA"]',
        "links = [ ]",
        "links = [ ]",
        'nobody may send this whisper; add a link such as "US>IRAQ"',
        "whispers",
    ),
    Case(
        "whisper that moves a column",
        "guidance = -1\n",
        'guidance = -1\neffects."IRAN>MILITIA" = { mil_favour = 0.1 }\n',
        "effects",
        'unknown key "effects"; write one of these: id, name, sentence, report, links, guidance, '
        "soothes, stake, deal",
        "whispers",
    ),
    Case(
        "a deal that one side cannot sign",
        "guidance = -1\n",
        "guidance = -1\n[whisper.deal]\ndays = 14\n",
        "[whisper.deal]",
        "one side could offer this deal and the other could not sign it; link the two both ways, "
        'as in "US>IRAN" and "IRAN>US"',
        "whispers",
    ),
    Case(
        "a deal to spare oneself",
        "guidance = -1\n",
        "guidance = -1\n[whisper.deal]\ndays = 14\nforbears.IRAN = { IRAN = 3 }\n",
        "forbears.IRAN",
        "a seat is named against itself; name other seats only",
        "whispers",
    ),
    Case(
        "unknown link",
        '"IRAN>IRAQ"',
        '"IRAN-IRAQ"',
        '"IRAN-IRAQ"',
        'unknown pair of seats "IRAN-IRAQ"; did you mean "IRAN>IRAQ"?',
        "whispers",
    ),
    Case(
        "a site off the globe",
        "latitude = 34.4",
        "latitude = 344",
        "latitude = 344",
        '"latitude" is 344, too large; write 90 or less',
        "sites",
    ),
    Case(
        "a site twice",
        'id = "small-base"',
        'id = "big-base" # again',
        'id = "big-base" #',
        'a second site with id "big-base"; the first is item 1: change or delete one of them',
        "sites",
    ),
    Case(
        "no site for good",
        'confidence = "high"',
        'confidence = "high"\nheld_above = 0.2',
        '[[site]]\nid = "big-base"',
        "no site of US can always be chosen; give one of them a "
        '"habit" above 0 and no "held_above"',
        "sites",
    ),
    Case(
        "more than all are hit",
        "partners = 0.2",
        "partners = 0.8",
        "partners = 0.8",
        '"iraqis" and "partners" are more than all; let them add up to 1 at most',
        "sites",
    ),
    Case(
        "points",
        'column = "iran_cohesion"\nworst = 0\nbest = 1\npoints = 60',
        'column = "iran_cohesion"\nworst = 0\nbest = 1\npoints = 61',
        "points = 61",
        "the points of IRAN add up to 101; make them add up to 100",
        "marks",
    ),
    Case(
        "best and worst the same",
        'column = "iran_cohesion"\nworst = 0\nbest = 1',
        'column = "iran_cohesion"\nworst = 0\nbest = 0 # too',
        "best = 0 #",
        '"best" and "worst" are the same; set them apart',
        "marks",
    ),
    Case(
        "mark out of the column's range",
        'column = "iran_cohesion"\nworst = 0\nbest = 1',
        'column = "iran_cohesion"\nworst = 0\nbest = 2',
        "best = 2",
        "2 is out of its range; write a number from 0 to 1",
        "marks",
    ),
    Case(
        "endings out of order",
        'id = "collapse"',
        'id = "collaps"',
        'id = "collaps"',
        'ending 5 must be "collapse"; keep this order: calendar, general_war, expulsion, '
        "withdrawal, collapse, restraint",
        "endings",
    ),
    Case(
        "ending missing",
        '[[ending]]\nid = "restraint"\nname = "restraint"\nsentence = "So it ended."\n',
        "",
        '[[ending]]\nid = "calendar"',
        'the ending "restraint" is missing; add it at the end',
        "endings",
    ),
    Case(
        "reach on itself",
        'on = "IRAN"',
        'on = "US" # itself',
        'on = "US" #',
        '"of" and "on" are the same seat; name two seats',
        "reaches",
    ),
    Case(
        "unknown column of a reach",
        "mil_rockets =",
        "rockets =",
        "columns =",
        'unknown column "rockets"; did you mean "mil_rockets"?',
        "reaches",
    ),
    Case(
        "fire missing",
        "[third_party]",
        "[third]",
        "[splinter]",
        '"third_party" is missing; add it to this table',
        "fires",
        also='unknown key "third"; did you mean "third_party"?',
    ),
    Case(
        "agenda of an unknown objective",
        'points = { second = 3 }\n\n[[agenda]]\nseat = "IRAN"',
        'points = { secnd = 3 }\n\n[[agenda]]\nseat = "IRAN"',
        "points = { secnd",
        'unknown objective "secnd"; did you mean "second"?',
        "agendas",
    ),
    Case(
        "agenda that counts for nothing",
        'points = { second = 3 }\n\n[[agenda]]\nseat = "IRAN"',
        'points = { second = 0 }\n\n[[agenda]]\nseat = "IRAN"',
        "points = { second = 0",
        '"second" is 0, too small; write more than 0',
        "agendas",
    ),
    Case(
        "unknown number",
        "values = { anger_drives = 2 }",
        "values = { anger_drive = 2 }",
        "{ anger_drive =",
        'unknown number "anger_drive"; did you mean "anger_drives"?',
        "theories",
    ),
    Case(
        "number out of range",
        "values = { anger_drives = 2 }",
        "values = { anger_drives = 4 }",
        "{ anger_drives = 4",
        "4 is out of its range; write a number from -1 to 3",
        "theories",
    ),
    Case(
        "theory twice",
        'id = "gloomy"',
        'id = "balanced" # again',
        'id = "balanced" # again',
        'a second theory with id "balanced"; the first is item 1: change or delete one of them',
        "theories",
    ),
    Case(
        "first theory without a number",
        "fear_restrains = 1, ",
        "",
        "values = { anger_drives = 1",
        "the first theory has no value of fear_restrains; write one",
        "theories",
    ),
    Case(
        "number missing",
        '[number.answer_ends]\nunit = "none"\nrange = [-1, 3]\nmeaning = "a number"\n',
        "",
        "[number.fear_restrains]",
        "the number [number.answer_ends] is missing; add it with unit, range and meaning",
        "theories",
    ),
    Case(
        "base out of range",
        "us_support = 0.5",
        "us_support = 50",
        "us_support",
        '"us_support" is 50, out of its range; write a number from 0 to 1',
        "base",
    ),
]


@pytest.mark.parametrize("case", RULEBOOK, ids=lambda case: f"{case.file}: {case.name}")
def test_broken_rulebook(case, library, broken_folder, problems_of):
    path = broken_folder / f"{case.file}.toml"
    text = path.read_text()
    assert text.count(case.old) == 1, f"{case.old!r} stands {text.count(case.old)} times"
    text = text.replace(case.old, case.new)
    path.write_text(text)
    read = load_base if case.file == "base" else load_rulebook
    expected = [f"{path}:{line_of(text, case.at)}: {case.sentence}"]
    assert sentences(problems_of(lambda: read(broken_folder)), case.also) == expected
    if case.name not in ("host without sites", "agenda of an unknown objective"):
        # only the whole folder shows these
        assert sentences(check_file(path), case.also) == expected


def test_parameters_are_exactly_those_of_the_rules(broken_folder, problems_of):
    path = broken_folder / "parameters.toml"
    text = path.read_text()
    text = text.replace("[words.shift_cost]", "[words.shiftcost]")
    text = text.replace("[agency.monitoring]\nvalue = 1\n", "[agency.monitoring]\nvalue = 30\n")
    text = text.replace(
        '[minds.anger_half_life]\nvalue = 1\nunit = "none"\nrange = [0.5',
        '[minds.anger_half_life]\nvalue = 0\nunit = "none"\nrange = [0',
    )
    text += "[mind.anger]\nvalue = 1\nunit = ''\nrange = [2, 1]\nmeaning = 'm'\nsource = 's'\n"
    path.write_text(text)
    told = [str(problem) for problem in problems_of(lambda: load_rulebook(broken_folder))]

    def line(heading, further=0):
        return f"{path}:{line_of(text, heading) + further}"

    assert sorted(told) == sorted(
        [
            f"{line('[words.reassure_lowers_stake]')}: the parameter [words.shift_cost] is missing; add it with value, unit, range, "  # noqa: E501
            "meaning and source",
            f'{line("[words.shiftcost]")}: unknown parameter "shiftcost"; did you mean "shift_cost"?',  # noqa: E501
            f"{line('[agency.monitoring]', 1)}: 30 is out of its range; write a number from 0.5 to 20",  # noqa: E501
            f"{line('[minds.anger_half_life]', 1)}: a half-life cannot be 0; write the days after "
            "which half is left",
            f'{line("[mind.anger]")}: unknown group of parameters "mind"; did you mean "minds"?',
            f"{line('[mind.anger]', 2)}: the text is empty; write it, or leave the key out if it is "  # noqa: E501
            "optional",
            f"{line('[mind.anger]', 3)}: the range ends before it begins; write the smaller number "
            "first",
        ]
    )


def test_mistakes_in_several_files_of_a_rulebook_are_told_together(broken_folder, problems_of):
    for name, old, new in [
        ("deeds", "rung = 6", "rung = 66"),
        ("sites", "33.8", "338"),
        ("words", "stake = 0.5", "stake = "),
    ]:
        path = broken_folder / f"{name}.toml"
        path.write_text(path.read_text().replace(old, new))
    told = problems_of(lambda: load_rulebook(broken_folder))
    assert [problem.path.name for problem in told] == ["deeds.toml", "words.toml", "sites.toml"]


def test_rulebook_file_missing(broken_folder, problems_of):
    (broken_folder / "fires.toml").unlink()
    told = problems_of(lambda: load_rulebook(broken_folder))
    assert [str(problem) for problem in told] == [
        f"{broken_folder / 'fires.toml'}: there is no such file; check its name and folder"
    ]


def test_rulebook_folder_missing(tmp_path, problems_of):
    folder = tmp_path / "rules"
    assert [str(problem) for problem in problems_of(lambda: load_rulebook(folder))] == [
        f"{folder}: there is no such folder; name one that holds a rulebook"
    ]


def test_all_mistakes_of_a_scenario_are_told_at_once(library, tmp_path, problems_of):
    breaks = [
        ("minutes = 45", "minutes = -1"),
        ("date = 2020-01-05", "date = 2020-01-01"),
        ("brink = 0.1", "brnk = 0.1"),
        ('doctrine = "patience"', 'doctrine = "patient"'),
        ('goals = ["Survive."]', 'goal = ["Survive."]'),
        ('id = "storm"', 'id = "rumour"'),
        ('deed = "strike-depots"', 'deed = "strike-depot"'),
        ('word = "deny"', 'word = "threaten"'),
        ("rung = 6", "rung = 60"),
    ]
    text = library.scenario_text
    for number, (old, new) in enumerate(breaks):
        assert text.count(old) == 1
        text = text.replace(old, f"{new}  # broken {number}")
    path = tmp_path / "a-winter.toml"
    path.write_text(text)
    told = problems_of(lambda: library.load(path))
    broken_lines = {line_of(text, f"# broken {number}") for number in range(len(breaks))}
    assert broken_lines <= {problem.line for problem in told}
    assert [problem.line for problem in told] == sorted(problem.line for problem in told)
    assert len(told) == len(breaks) + 1  # "goals" is missing as well


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("# A small scenario for the loader's own tests.\n", "titles"),
        ("[opening.columns]\n", "us_troops"),
        ("[opening.pairs.anger]\n", "US-IRAN"),
        ("[role.US]\n", "goals"),
    ],
)
def test_a_flood_of_mistakes_is_cut_off(heading, key, library, tmp_path, problems_of):
    path = tmp_path / "a-winter.toml"
    flood = "".join(f"{key}-{{}} = {{}}\n".format(i, i) for i in range(50_000))
    path.write_text(library.scenario_text.replace(heading, heading + flood))
    started = time.perf_counter()
    told = problems_of(lambda: library.load(path))
    assert time.perf_counter() - started < 10
    assert len(told) == TOLD_AT_MOST + 1
    assert str(told[-1]) == f"{path}: there are more mistakes; put these right first"
