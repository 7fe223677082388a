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
