-- The ledger of a store. What cannot be worked out again: articles, texts, withdrawn, rulings, choices, verdicts, and the
-- history of all that was done.
-- All else is derived from these, and kept so that one article is settled without a look at all others.

CREATE TABLE IF NOT EXISTS articles (
    n INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice
    id TEXT NOT NULL UNIQUE,
    published TEXT,                 -- ISO date
    original INTEGER,               -- n of the article whose text this one repeats; NULL: stands for itself
    record TEXT NOT NULL,           -- JSON: the article without its text, and what was read from it
    ended TEXT NOT NULL,            -- when it was read; xsd:dateTime
    names TEXT NOT NULL DEFAULT ''  -- where its names led when its claims were written: see `naming.led`
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

-- What curators said of single claims: written by graph/ledger/verdicts.py.
CREATE TABLE IF NOT EXISTS verdicts (
    article TEXT NOT NULL,          -- id of the article that claims it
    subject TEXT NOT NULL,          -- what it claims, as graph.facts.plain writes it
    predicate TEXT NOT NULL,
    object TEXT NOT NULL,
    verdict TEXT NOT NULL,          -- rejected or confirmed
    reason TEXT NOT NULL,
    decided TEXT NOT NULL,          -- point in time, ISO, UTC
    PRIMARY KEY (article, subject, predicate, object)
) WITHOUT ROWID;

-- What happened, in the order in which it did: written by graph/ledger/history.py. Nothing is worked out from it.
CREATE TABLE IF NOT EXISTS history (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    mark TEXT NOT NULL,             -- a UUID, for feeds
    at TEXT NOT NULL,               -- point in time, ISO, UTC
    kind TEXT NOT NULL,
    about TEXT NOT NULL,            -- `article/ID` or another kind and slug
    detail TEXT,                    -- JSON: what there is to tell, in words
    who TEXT,                       -- whose token it was; of what curators do
    reason TEXT,                    -- theirs; NULL where nobody decided it
    undo TEXT,                      -- JSON: what takes it back; NULL: nothing does
    undone INTEGER                  -- seq of the entry that took it back
);
CREATE INDEX IF NOT EXISTS history_of ON history (about);
CREATE INDEX IF NOT EXISTS history_deeds ON history (seq) WHERE reason IS NOT NULL;
CREATE TABLE IF NOT EXISTS history_about (  -- what an entry tells of, besides the articles that came
    thing TEXT NOT NULL,            -- kind and slug
    seq INTEGER NOT NULL,
    PRIMARY KEY (thing, seq)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS history_things ON history_about (seq);

-- Copies: written by graph/ledger/copying.py.
CREATE TABLE IF NOT EXISTS runs (
    n INTEGER PRIMARY KEY,          -- an article of more than a few words
    first INTEGER,                  -- n of the first article of its group, which may be itself; NULL: to be settled
    runs BLOB NOT NULL              -- the hashes of its runs of words, of 32 bits
);
CREATE INDEX IF NOT EXISTS groups ON runs (first);

CREATE TABLE IF NOT EXISTS threes (
    three INTEGER NOT NULL,         -- of its runs, by which the article is looked up
    n INTEGER NOT NULL,
    size INTEGER NOT NULL,          -- how many runs it has
    PRIMARY KEY (three, n)
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

-- ---- Names: graph/ledger/naming.py. `kind` is person, club or series; a name is its slug.

CREATE TABLE IF NOT EXISTS rulings (    -- a curator's on two names, or on who bears one name
    kind TEXT NOT NULL,
    one TEXT NOT NULL,
    other TEXT NOT NULL,            -- not less than `one`; the same where the ruling is on the bearers of one name
    article TEXT NOT NULL,          -- id of the article whose bearer is meant, or empty
    verdict TEXT NOT NULL,          -- merge, split, or the number of the bearer in the article
    reason TEXT NOT NULL,
    at TEXT NOT NULL,               -- ISO date and time
    PRIMARY KEY (kind, one, other, article)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS unsettled (  -- what articles say of names by now; empty but within a batch
    n INTEGER PRIMARY KEY,
    said TEXT                       -- JSON; NULL: nothing any more
);
CREATE TABLE IF NOT EXISTS reruled (    -- names on which there is a new ruling; empty but within a batch
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    PRIMARY KEY (kind, slug)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS witnesses (  -- what they said when names were settled last: all below is made of this
    n INTEGER PRIMARY KEY,
    said TEXT NOT NULL,
    since TEXT NOT NULL,            -- date and id of the article: text order is the order of time
    counted INTEGER NOT NULL        -- 0: a copy
);
CREATE TABLE IF NOT EXISTS bearers (
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    strand TEXT NOT NULL,           -- what the article says of the bearer: graph/identity/profiles.py
    PRIMARY KEY (n, kind, slug)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS bearers_of_strand ON bearers (kind, slug, strand);

CREATE TABLE IF NOT EXISTS strands (
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    strand TEXT NOT NULL,
    articles INTEGER NOT NULL,
    counted INTEGER NOT NULL,       -- of them, those that are no copies
    since TEXT NOT NULL,            -- the earliest
    PRIMARY KEY (kind, slug, strand)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS traits (
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    trait TEXT NOT NULL,
    strand TEXT NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (kind, slug, trait, strand)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS traits_at ON traits (trait) WHERE substr(trait, 1, 3) = 'at ';
CREATE TABLE IF NOT EXISTS together (   -- names with a key in common that stand in one article
    kind TEXT NOT NULL,
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (kind, one, other)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS name_keys (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    slug TEXT NOT NULL,
    PRIMARY KEY (kind, key, slug)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS candidates ( -- names that are alike, both ways round
    kind TEXT NOT NULL,
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    PRIMARY KEY (kind, one, other)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS links (      -- those of them that are one, as far as two names tell; both ways round
    kind TEXT NOT NULL,
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    rule TEXT NOT NULL,
    evidence TEXT NOT NULL,         -- JSON
    PRIMARY KEY (kind, one, other)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS renamed (    -- names that may lead elsewhere as a whole, or do so no more; empty but within a batch
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    PRIMARY KEY (kind, slug)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS contested (  -- names of which traits tell who bears them
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    PRIMARY KEY (kind, slug)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS leads (      -- strands whose bearer has another slug than the name
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    strand TEXT NOT NULL,
    target TEXT NOT NULL,
    PRIMARY KEY (kind, slug, strand)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS leads_to ON leads (kind, target);
