-- What is made of statements: claims, sources across documents, chains; what was done about them; what they weigh.
-- Times are seconds since 1970 UTC: `known` is when this ledger knew, `published` when the page appeared.

-- Who a mention stands for, across documents; the table `source` holds the mentions as their pages write them.
CREATE TABLE linked_source (
    key      INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,
    name_key TEXT NOT NULL,
    unnamed  INTEGER NOT NULL CHECK (unnamed IN (0, 1))
) STRICT;

CREATE INDEX linked_source_name_key ON linked_source (name_key);

CREATE TABLE claim (
    key   INTEGER PRIMARY KEY,
    id    BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    words TEXT NOT NULL,
    known INTEGER NOT NULL
) STRICT;

-- The words of a claim with which new statements are compared.
CREATE TABLE exemplar (
    key    INTEGER PRIMARY KEY,
    claim  INTEGER NOT NULL REFERENCES claim (key),
    for_it INTEGER NOT NULL CHECK (for_it IN (0, 1)),
    words  TEXT NOT NULL
) STRICT;

CREATE INDEX exemplar_claim ON exemplar (claim);

-- Each time a document was linked. The newest answers; older ones answer for their time.
CREATE TABLE linking (
    key       INTEGER PRIMARY KEY,
    document  INTEGER NOT NULL REFERENCES document (key),
    reading   INTEGER NOT NULL REFERENCES reading (key),
    linker    TEXT NOT NULL,
    replaces  INTEGER REFERENCES linking (key),
    outlet    INTEGER NOT NULL REFERENCES linked_source (key),
    author    INTEGER NOT NULL REFERENCES linked_source (key),
    published INTEGER,
    known     INTEGER NOT NULL
) STRICT;

CREATE INDEX linking_document ON linking (document);
CREATE UNIQUE INDEX linking_replaces ON linking (replaces) WHERE replaces IS NOT NULL;

CREATE TABLE fingerprint (
    document INTEGER PRIMARY KEY REFERENCES document (key),
    prints   BLOB NOT NULL
) STRICT;

-- A place in a chain: a statement, and how many steps it is from its source.
CREATE TABLE node (
    key       INTEGER PRIMARY KEY,
    statement BLOB NOT NULL CHECK (length(statement) = 16),
    step      INTEGER NOT NULL,
    UNIQUE (statement, step)
) STRICT;

CREATE TABLE chain_link (
    linking    INTEGER NOT NULL REFERENCES linking (key),
    node       INTEGER NOT NULL REFERENCES node (key),
    source     INTEGER NOT NULL REFERENCES linked_source (key),
    claim      INTEGER NOT NULL REFERENCES claim (key),
    for_it     INTEGER NOT NULL CHECK (for_it IN (0, 1)),
    held       INTEGER NOT NULL CHECK (held IN (0, 1)),
    report     INTEGER NOT NULL CHECK (report IN (0, 1)),
    of_page    INTEGER NOT NULL CHECK (of_page IN (0, 1)),
    first      INTEGER NOT NULL CHECK (first IN (0, 1)),
    confidence REAL NOT NULL,
    PRIMARY KEY (linking, node)
) STRICT, WITHOUT ROWID;

CREATE INDEX chain_link_node ON chain_link (node);
CREATE INDEX chain_link_claim ON chain_link (claim);
CREATE INDEX chain_link_source ON chain_link (source, claim, of_page, for_it);

-- What a link rests on by its page's own account: all nodes of any one alternative.
CREATE TABLE need (
    linking     INTEGER NOT NULL,
    node        INTEGER NOT NULL,
    alternative INTEGER NOT NULL,
    needs       INTEGER NOT NULL REFERENCES node (key),
    PRIMARY KEY (linking, node, alternative, needs),
    FOREIGN KEY (linking, node) REFERENCES chain_link (linking, node)
) STRICT, WITHOUT ROWID;

CREATE INDEX need_needs ON need (needs);

-- Words that were taken from somewhere else: these replace the link's own account.
CREATE TABLE origin (
    key        INTEGER PRIMARY KEY,
    linking    INTEGER NOT NULL REFERENCES linking (key),
    of         INTEGER NOT NULL REFERENCES node (key),
    original   INTEGER NOT NULL REFERENCES node (key),
    because    TEXT NOT NULL,
    suggestion BLOB CHECK (length(suggestion) = 16),
    known      INTEGER NOT NULL,
    UNIQUE (of, original)
) STRICT;

CREATE INDEX origin_original ON origin (original);

CREATE TABLE suggestion (
    key        INTEGER PRIMARY KEY,
    id         BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    kind       TEXT NOT NULL,
    what       TEXT NOT NULL CHECK (json_valid(what)),
    because    TEXT NOT NULL,
    document   INTEGER NOT NULL REFERENCES document (key),
    confidence REAL NOT NULL,
    known      INTEGER NOT NULL
) STRICT;

CREATE INDEX suggestion_document ON suggestion (document);

-- The log: what was done to the record, each act chained to the one before by its id.
CREATE TABLE act (
    key       INTEGER PRIMARY KEY,
    id        BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    previous  BLOB UNIQUE CHECK (length(previous) = 16),
    kind      TEXT NOT NULL,
    target    TEXT NOT NULL,
    target_with TEXT,
    by        TEXT NOT NULL,
    because   TEXT NOT NULL,
    at        TEXT NOT NULL,
    published TEXT,
    notice    BLOB CHECK (length(notice) = 16)
) STRICT;

CREATE INDEX act_target ON act (target);

-- What each claim weighed from when on, and what changed it: a reading, or the act with this key.
CREATE TABLE weighed (
    key      INTEGER PRIMARY KEY,
    claim    INTEGER NOT NULL REFERENCES claim (key),
    known    INTEGER NOT NULL,
    act      INTEGER REFERENCES act (key),
    document INTEGER REFERENCES document (key),
    standing TEXT NOT NULL,
    pro      INTEGER NOT NULL,
    con      INTEGER NOT NULL,
    pro_low  INTEGER NOT NULL,
    pro_high INTEGER NOT NULL,
    con_low  INTEGER NOT NULL,
    con_high INTEGER NOT NULL
) STRICT;

CREATE INDEX weighed_claim ON weighed (claim);
CREATE INDEX weighed_known ON weighed (known);
CREATE INDEX weighed_act ON weighed (act) WHERE act IS NOT NULL;

-- The newest row of `weighed` for each claim: derived, and the only table whose rows are replaced.
CREATE TABLE claim_now (
    claim    INTEGER PRIMARY KEY REFERENCES claim (key),
    weighed  INTEGER NOT NULL REFERENCES weighed (key),
    standing TEXT NOT NULL
) STRICT;

CREATE INDEX claim_now_standing ON claim_now (standing, claim);

-- For people.
CREATE VIEW claims AS
SELECT lower(hex(c.id)) AS id, c.words, w.standing, w.pro, w.con, w.pro_low, w.pro_high, w.con_low, w.con_high
FROM claim c LEFT JOIN claim_now n ON n.claim = c.key LEFT JOIN weighed w ON w.key = n.weighed;

CREATE VIEW acts AS
SELECT lower(hex(id)) AS id, kind, target, target_with, by, because, at, published, lower(hex(notice)) AS notice
FROM act ORDER BY key;
