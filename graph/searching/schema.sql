-- The index of names and sentences. Everything in it follows from the quads: graph/searching/indexing.py.

CREATE TABLE IF NOT EXISTS search_names (
    id INTEGER PRIMARY KEY,
    iri TEXT NOT NULL,              -- whose name it is
    kind TEXT NOT NULL,             -- person, club, race ...
    name TEXT NOT NULL,             -- as written
    key TEXT NOT NULL,              -- folded: words.loose
    UNIQUE (iri, name)
);
CREATE INDEX IF NOT EXISTS search_names_key ON search_names (key);

CREATE VIRTUAL TABLE IF NOT EXISTS search_keys USING fts5 ( -- rowid: search_names.id; the kind is a word of its own, `_person`
    key, content = '', detail = 'none', prefix = '1 2 3', tokenize = "unicode61 tokenchars '_'"
);

CREATE TABLE IF NOT EXISTS search_weights ( -- of how many articles speak of it, if any
    iri TEXT PRIMARY KEY,
    articles INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS search_words (   -- of keys, those that may be mistyped
    word TEXT PRIMARY KEY,
    names INTEGER NOT NULL          -- how many have it
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS search_near (    -- what a word that is typed with an error has in common with the right one
    key TEXT NOT NULL,              -- the beginning without one of its letters: words.keys_of
    beginning TEXT NOT NULL,        -- of words in search_words
    PRIMARY KEY (key, beginning)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS search_sentences (
    id INTEGER PRIMARY KEY,         -- the newer its article, the greater: indexing.sentence_id
    article TEXT NOT NULL,          -- its id
    day INTEGER NOT NULL,           -- of the article; days since 0001-01-01, 0: unknown
    start INTEGER NOT NULL,         -- code points of the article's text
    end INTEGER NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS search_sentences_of ON search_sentences (article);

CREATE VIRTUAL TABLE IF NOT EXISTS search_texts USING fts5 ( -- rowid: search_sentences.id; text folded
    text, content = '', tokenize = "unicode61"
);
CREATE VIRTUAL TABLE IF NOT EXISTS search_vocabulary USING fts5vocab (search_texts, row);
