-- The ledger of a store. What cannot be worked out again: articles, texts, withdrawn, rulings, choices.
-- All else is derived from these, and kept so that one article is settled without a look at all others.

CREATE TABLE IF NOT EXISTS articles (
    n INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    published TEXT,                 -- ISO date
    original INTEGER,               -- n of the article whose text this one repeats; NULL: stands for itself
    record TEXT NOT NULL            -- JSON: the article without its text, and what was read from it
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
