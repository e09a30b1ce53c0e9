-- A match of Restoring Deterrence: one file, one played game.
--
-- Any SQLite tool can read it:   sqlite3 FILE.match "SELECT turn, seat, deed, word FROM orders"
--
-- (While somebody plays the match, the file is locked. Copy it and read the copy: the one file is
-- the whole match at any time.)
--
-- Rows are only ever added. `n` counts all rows of all tables that have it, in the order in which
-- things happened, without a gap; what `at` says is for people, nothing depends on it. `turn` is
-- the turn that was being played, from 1. Deeds, words and places stand by their ids in the
-- rulebook, which is in `text`. `seal` is a digest of the row: a damaged row shows.
--
-- An undone turn stays on record: `undo` names the row of `turn` that counts no more. With it
-- fall the orders of that turn, and whatever was ordered, put in or set after it.

CREATE TABLE game (                 -- one row: what is played
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id TEXT NOT NULL,                 -- tells this match from all others
  created TEXT NOT NULL,            -- UTC
  scenario TEXT NOT NULL,           -- its id; its text is scenarios/ID.toml in `text`
  title TEXT NOT NULL,
  turns INTEGER NOT NULL,           -- length of the calendar
  lens TEXT NOT NULL,               -- its id; its text is lenses/ID.toml in `text`
  seed TEXT NOT NULL,               -- a whole number of any size
  game INTEGER NOT NULL,            -- the game's number among those of its seed
  parent TEXT,                      -- id of the match that it was forked from
  parent_file TEXT,                 -- the name of that match's file
  parent_turn INTEGER,              -- the first turn that is played anew
  seal TEXT NOT NULL
) STRICT;

CREATE TABLE text (                 -- the data files that the match is played by
  name TEXT PRIMARY KEY,            -- such as rulebook/deeds.toml
  body TEXT NOT NULL,
  seal TEXT NOT NULL
) STRICT;

CREATE TABLE sitting (              -- a program took the match up
  n INTEGER PRIMARY KEY, at TEXT NOT NULL, turn INTEGER NOT NULL,
  program TEXT NOT NULL,            -- version of the game
  referee TEXT NOT NULL,            -- digest of the rules' code
  python TEXT NOT NULL, numpy TEXT NOT NULL, sqlite TEXT NOT NULL,
  seal TEXT NOT NULL
) STRICT;

CREATE TABLE seat (                 -- who plays a seat from now on
  n INTEGER PRIMARY KEY, at TEXT NOT NULL, turn INTEGER NOT NULL,
  seat TEXT NOT NULL,               -- US, IRAN, MILITIA, IRAQ
  kind TEXT NOT NULL,               -- person, team, computer
  name TEXT NOT NULL,               -- of the person or team; of the computer's player
  seal TEXT NOT NULL
) STRICT;

CREATE TABLE orders (               -- committed orders; a later row of a turn replaces an earlier
  n INTEGER PRIMARY KEY, at TEXT NOT NULL, turn INTEGER NOT NULL,
  seat TEXT NOT NULL,
  given_by TEXT NOT NULL,           -- people, computer; clock: time was up and the seat holds
  deed TEXT NOT NULL,
  site TEXT,                        -- NULL: left to the referee
  word TEXT NOT NULL,
  word_to TEXT,                     -- a seat
  word_rung INTEGER,
  whisper TEXT NOT NULL,
  whisper_to TEXT,                  -- a seat
  forecast_us REAL, forecast_iran REAL, forecast_militia REAL, forecast_iraq REAL,
                                    -- odds, 0 to 1, that the seat uses force this turn
  seal TEXT NOT NULL
) STRICT;

CREATE TABLE take_back (            -- orders that do not count
  n INTEGER PRIMARY KEY, at TEXT NOT NULL, turn INTEGER NOT NULL,
  orders INTEGER NOT NULL REFERENCES orders (n),
  reason TEXT NOT NULL,
  seal TEXT NOT NULL
) STRICT;

CREATE TABLE note (                 -- something that somebody wrote down
  n INTEGER PRIMARY KEY, at TEXT NOT NULL, turn INTEGER NOT NULL,
  seat TEXT,                        -- NULL: the facilitator
  words TEXT NOT NULL,
  seal TEXT NOT NULL
) STRICT;

CREATE TABLE inject (               -- news that the facilitator put in
  n INTEGER PRIMARY KEY, at TEXT NOT NULL, turn INTEGER NOT NULL,
  inject TEXT,                      -- id of a prepared one; NULL: the facilitator's own
  title TEXT NOT NULL,
  words TEXT NOT NULL,
  effects TEXT NOT NULL,            -- JSON: what was added to columns of the state
  seal TEXT NOT NULL
) STRICT;

CREATE TABLE override (             -- a figure of the state that the facilitator set
  n INTEGER PRIMARY KEY, at TEXT NOT NULL, turn INTEGER NOT NULL,
  figure TEXT NOT NULL,             -- a column, such as us_troops
  pair TEXT,                        -- for figures between two seats, such as US>IRAN
  was REAL NOT NULL,
  value REAL NOT NULL,
  reason TEXT NOT NULL,
  seal TEXT NOT NULL
) STRICT;

CREATE TABLE control (              -- the clock and the course of the match
  n INTEGER PRIMARY KEY, at TEXT NOT NULL, turn INTEGER NOT NULL,
  what TEXT NOT NULL,               -- pause, go_on, end, limit, loosen
  seconds REAL,                     -- of limit (NULL: none) and loosen
  reason TEXT NOT NULL,
  seal TEXT NOT NULL
) STRICT;

CREATE TABLE turn (                 -- an adjudicated turn
  n INTEGER PRIMARY KEY, at TEXT NOT NULL, turn INTEGER NOT NULL,
  ending TEXT NOT NULL,             -- none while the game goes on
  hash TEXT NOT NULL,               -- digest of the state after it
  state TEXT NOT NULL,              -- JSON: the state after it
  outcome TEXT NOT NULL,            -- JSON: what happened
  phases TEXT NOT NULL,             -- JSON: a digest after each phase of adjudication
  seal TEXT NOT NULL
) STRICT;

CREATE TABLE undo (                 -- the last turn was taken back
  n INTEGER PRIMARY KEY, at TEXT NOT NULL, turn INTEGER NOT NULL,
  undone INTEGER NOT NULL REFERENCES turn (n),
  reason TEXT NOT NULL,
  seal TEXT NOT NULL
) STRICT;
