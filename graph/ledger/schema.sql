-- The ledger of a store. What cannot be worked out again: articles, texts, withdrawn, rulings, choices.
-- All else is derived from these, and kept so that one article is settled without a look at all others.

CREATE TABLE IF NOT EXISTS articles (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    published TEXT,                 -- ISO date
    original INTEGER,               -- n of the article whose text this one repeats; NULL: stands for itself
    record TEXT NOT NULL,           -- JSON: the article without its text, and what was read from it
    ended TEXT NOT NULL             -- when it was read; xsd:dateTime
);
CREATE INDEX IF NOT EXISTS copies ON articles (original) WHERE original IS NOT NULL;

CREATE TABLE IF NOT EXISTS texts (
    name TEXT PRIMARY KEY,          -- the hex SHA-256 of its UTF-8 form
    text TEXT NOT NULL
) WITHOUT ROWID;

-- What curators chose: written by graph/ledger/choosing.py.
CREATE TABLE IF NOT EXISTS choices (
    subject TEXT NOT NULL,          -- whose value it is, as graph.facts.plain writes it
    predicate TEXT NOT NULL,        -- IRI of the property
    value TEXT NOT NULL,            -- what stands, as graph.facts.plain writes it
    reason TEXT NOT NULL,
    decided TEXT NOT NULL,          -- point in time, ISO, UTC
    PRIMARY KEY (subject, predicate)
) WITHOUT ROWID;

-- Copies: written by graph/ledger/copying.py.
CREATE TABLE IF NOT EXISTS runs (
    n INTEGER PRIMARY KEY,          -- an article of more than a few words
    first INTEGER,                  -- n of the first article of its group, which may be itself; NULL: to be settled
    runs BLOB NOT NULL              -- the hashes of its runs of words, of 32 bits
);
CREATE INDEX IF NOT EXISTS groups ON runs (first);

CREATE TABLE IF NOT EXISTS samples (
    run INTEGER NOT NULL,           -- a hash in the sample by which the article is looked up
    level INTEGER NOT NULL,         -- of the article's length
    spared INTEGER NOT NULL,        -- bit 2^k: so common that articles k levels up are found without it
    n INTEGER NOT NULL,
    PRIMARY KEY (run, level, spared, n)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS choices (
    subject TEXT NOT NULL,          -- whose value it is, as graph.facts.plain writes it
    predicate TEXT NOT NULL,        -- IRI of the property
    value TEXT NOT NULL,            -- what stands, as graph.facts.plain writes it
    reason TEXT NOT NULL,
    decided TEXT NOT NULL,          -- point in time, ISO, UTC
    PRIMARY KEY (subject, predicate)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS withdrawn (
    id TEXT PRIMARY KEY,            -- of the article
    at TEXT NOT NULL,               -- xsd:dateTime
    reason TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS readings ( -- who read which article
    extractor TEXT NOT NULL,
    n INTEGER NOT NULL,
    proposer INTEGER NOT NULL,      -- 1: an optional extractor, that was asked beside the rules
    PRIMARY KEY (extractor, n)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS readings_of ON readings (n);

-- ---- claims and what follows from them; all columns that hold things hold their number in `terms`

CREATE TABLE IF NOT EXISTS terms (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
);

CREATE TABLE IF NOT EXISTS claims (
    n INTEGER NOT NULL,             -- the article
    subject INTEGER NOT NULL,       -- as the article says it
    predicate INTEGER NOT NULL,
    object INTEGER NOT NULL,
    about INTEGER NOT NULL,         -- the subject and
    value INTEGER NOT NULL,         -- the object, partly known races replaced by those they were found to be
    race INTEGER,                   -- the partly known race that subject or object belong to
    confidence REAL NOT NULL,
    day INTEGER,                    -- for which the article speaks; days since 0001-01-01
    PRIMARY KEY (n, subject, predicate, object)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS claims_about ON claims (about, predicate, value);

CREATE TABLE IF NOT EXISTS uses (   -- what an article's claims need to be there: see graph/ledger/claiming.py
    key INTEGER NOT NULL,
    role INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (key, role, n)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS uses_of ON uses (n);

CREATE TABLE IF NOT EXISTS namings (
    entity INTEGER NOT NULL,
    name TEXT NOT NULL,
    alias INTEGER NOT NULL,         -- 1: a spelling that is only good for finding it
    n INTEGER NOT NULL,
    PRIMARY KEY (entity, name, alias, n)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS namings_of ON namings (n);

CREATE TABLE IF NOT EXISTS races (  -- partly known ones
    n INTEGER NOT NULL,
    race INTEGER NOT NULL,
    day INTEGER,
    identified INTEGER,             -- the full race by completion or calendar
    resolved INTEGER,               -- the same, or by corroboration
    candidates TEXT,                -- JSON: numbers of the full races, where several fit
    PRIMARY KEY (n, race)
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS races_race ON races (race);

CREATE TABLE IF NOT EXISTS contestants (  -- of partly known races
    who INTEGER NOT NULL,
    n INTEGER NOT NULL,
    race INTEGER NOT NULL,
    PRIMARY KEY (who, n, race)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS contestants_of ON contestants (n);

CREATE TABLE IF NOT EXISTS stated ( -- of somebody in a full race, or in one that was identified
    who INTEGER NOT NULL,
    race INTEGER NOT NULL,
    statement TEXT NOT NULL,        -- `place 1`, `mark t-206.00`
    n INTEGER NOT NULL,
    partial INTEGER NOT NULL,       -- the partly known race, or 0
    PRIMARY KEY (who, race, statement, n, partial)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS stated_of ON stated (n);

CREATE TABLE IF NOT EXISTS minted ( -- where the names of each article lead
    n INTEGER NOT NULL,
    slug TEXT NOT NULL,
    target TEXT NOT NULL,
    PRIMARY KEY (n, slug)
) WITHOUT ROWID;
