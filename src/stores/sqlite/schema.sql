-- One file holds everything. What a person wrote comes here sealed: the store sees ids, times, hashes and counts.
-- A place orders mailbox, outbox and log: milliseconds * 1024 + sequence, from one counter that never goes back (places.ts).

-- 'partitions', 'place' (the last one given out), 'first-day' (secrets of earlier days are destroyed), 'quarantined' (bytes
-- of all bodies in quarantine).
CREATE TABLE settings (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- `last_day` is the UTC day since 1970 on which somebody asked for it last.
CREATE TABLE aliases (
  hash TEXT PRIMARY KEY,
  conversation TEXT NOT NULL,
  last_day INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX aliases_by_day ON aliases (last_day);

-- Hashes of message ids; a day goes as a whole.
CREATE TABLE seen (day INTEGER, hash BLOB, PRIMARY KEY (day, hash)) STRICT, WITHOUT ROWID;

-- Waiting events, with `body`, or with `timer` when a timer made them; and the attempts at each.
CREATE TABLE mailbox (
  place INTEGER PRIMARY KEY,
  partition INTEGER NOT NULL,
  conversation TEXT NOT NULL,
  at INTEGER NOT NULL,
  urgent INTEGER NOT NULL,
  body BLOB,
  timer TEXT,
  alone INTEGER NOT NULL DEFAULT 0,
  threw INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX mailbox_of_partition ON mailbox (partition);
CREATE INDEX mailbox_of_conversation ON mailbox (conversation);

-- Conversations with an urgent event.
CREATE TABLE hurry (conversation TEXT PRIMARY KEY, partition INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX hurry_of_partition ON hurry (partition);

-- `last_hour` is the hour that `expires_at` lies in: unlike that moment it seldom changes, so the index costs little.
CREATE TABLE states (
  id INTEGER PRIMARY KEY,
  conversation TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL,
  wrapped_key BLOB NOT NULL,
  body BLOB NOT NULL,
  expires_at INTEGER NOT NULL,
  last_hour INTEGER NOT NULL
) STRICT;
CREATE INDEX states_by_hour ON states (last_hour);

-- A conversation's log: how long it is, and its entries.
CREATE TABLE logs (
  conversation TEXT PRIMARY KEY,
  length INTEGER NOT NULL,
  last_timestamp INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  last_hour INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX logs_by_hour ON logs (last_hour);
CREATE TABLE log_entries (
  place INTEGER PRIMARY KEY,
  conversation TEXT NOT NULL,
  serial INTEGER NOT NULL,
  timestamp INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX log_entries_of_conversation ON log_entries (conversation, serial);

-- Entries to send; `attempt`, `marked_at` and `confirmed` are the mark, once there is one.
CREATE TABLE outbox (
  place INTEGER PRIMARY KEY,
  partition INTEGER NOT NULL,
  conversation TEXT NOT NULL,
  body BLOB NOT NULL,
  attempt INTEGER,
  marked_at INTEGER,
  confirmed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outbox_of_partition ON outbox (partition);

CREATE TABLE timers (
  conversation TEXT,
  name TEXT,
  partition INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  PRIMARY KEY (conversation, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX timers_by_due ON timers (partition, due_at);

-- `wrapped_key` is a copy: the state may go before the case does.
CREATE TABLE cases (
  conversation TEXT,
  id TEXT,
  rank INTEGER NOT NULL,
  opened_at INTEGER NOT NULL,
  body BLOB NOT NULL,
  wrapped_key BLOB NOT NULL,
  PRIMARY KEY (conversation, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY,
  source TEXT NOT NULL,
  at INTEGER NOT NULL,
  reason TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;

-- The last lease of each partition. `released` is 0 while it runs and after its owner crashed; `holder` names who held the
-- owner's lock then: without the lock the lease is dead (owner-lock.ts).
CREATE TABLE leases (
  partition INTEGER PRIMARY KEY,
  epoch INTEGER NOT NULL,
  token TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  released INTEGER NOT NULL,
  holder TEXT
) STRICT;

CREATE TABLE workers (worker TEXT PRIMARY KEY, beat_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE secrets (day INTEGER PRIMARY KEY, secret BLOB NOT NULL) STRICT;

-- Written by the health check.
CREATE TABLE probe (id INTEGER PRIMARY KEY, filler BLOB NOT NULL) STRICT;
