-- Documents, the readings of them, and the statements that each reading found.
-- Tables are singular and hold each fact once; the views are plural and made for people. See SCHEMA.md.

CREATE TABLE document (
    key             INTEGER PRIMARY KEY,
    id              BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    url             TEXT,
    site            TEXT,
    title           TEXT,
    section         TEXT,
    bylines         TEXT NOT NULL CHECK (json_valid(bylines)),
    published       TEXT GENERATED ALWAYS AS (json_extract(published_stamp, '$.at')) VIRTUAL,
    modified        TEXT GENERATED ALWAYS AS (json_extract(modified_stamp, '$.at')) VIRTUAL,
    published_stamp TEXT CHECK (json_valid(published_stamp)),
    modified_stamp  TEXT CHECK (json_valid(modified_stamp)),
    language        TEXT,
    text            TEXT NOT NULL,
    blocks          TEXT NOT NULL CHECK (json_valid(blocks))
) STRICT;

CREATE INDEX document_url ON document (url) WHERE url IS NOT NULL;

CREATE TABLE reader (
    key  INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE reading (
    key      INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (key),
    reader   INTEGER NOT NULL REFERENCES reader (key),
    read_at  TEXT NOT NULL,
    found_at TEXT NOT NULL,
    notes    TEXT NOT NULL CHECK (json_valid(notes)),
    UNIQUE (document, reader)
) STRICT;

CREATE TABLE source (
    key    INTEGER PRIMARY KEY,
    kind   TEXT NOT NULL,
    name   TEXT NOT NULL,
    outlet TEXT NOT NULL,
    UNIQUE (name, kind, outlet)
) STRICT;

CREATE TABLE statement (
    key          INTEGER PRIMARY KEY,
    id           BLOB NOT NULL CHECK (length(id) = 16),
    reading      INTEGER NOT NULL REFERENCES reading (key),
    block        INTEGER NOT NULL,
    source       INTEGER NOT NULL REFERENCES source (key),
    source_spans TEXT NOT NULL CHECK (json_valid(source_spans)),
    cue          TEXT NOT NULL CHECK (json_valid(cue)),
    content      TEXT NOT NULL CHECK (json_valid(content)),
    stance       TEXT NOT NULL,
    manner       TEXT NOT NULL,
    confidence   REAL NOT NULL,
    within       BLOB CHECK (length(within) = 16)
) STRICT;

CREATE INDEX statement_id ON statement (id);
CREATE INDEX statement_reading ON statement (reading);
CREATE INDEX statement_source ON statement (source);

CREATE TABLE go_between (
    statement INTEGER NOT NULL REFERENCES statement (key),
    position  INTEGER NOT NULL,
    source    INTEGER NOT NULL REFERENCES source (key),
    spans     TEXT NOT NULL CHECK (json_valid(spans)),
    PRIMARY KEY (statement, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX go_between_source ON go_between (source);

-- The newest reading of each document; older readings stay in the tables.
CREATE VIEW readings AS
SELECT r.key, lower(hex(d.id)) AS document, w.name AS reader, r.read_at, r.found_at, r.notes,
       r.key = (SELECT max(key) FROM reading WHERE document = r.document) AS is_newest
FROM reading r JOIN document d ON d.key = r.document JOIN reader w ON w.key = r.reader;

CREATE VIEW documents AS
SELECT lower(hex(d.id)) AS id, d.url, d.site, d.title, d.section, d.bylines, d.published, d.modified, d.language,
       d.text, r.read_at AS first_read_at, r.found_at AS first_found_at
FROM document d
JOIN reading r ON r.key = (SELECT min(key) FROM reading WHERE document = d.key);

-- Spans count bytes, and SQLite's substr() counts characters of TEXT but bytes of BLOB: hence the casts.
CREATE VIEW statements AS
SELECT lower(hex(st.id)) AS id, lower(hex(d.id)) AS document, d.site, d.title, d.published,
       so.name AS source, so.kind AS source_kind, so.outlet AS source_outlet,
       (SELECT group_concat(name, ' <- ') FROM (
            SELECT via.name FROM go_between g JOIN source via ON via.key = g.source
            WHERE g.statement = st.key ORDER BY g.position)) AS via,
       (SELECT group_concat(CAST(substr(CAST(d.text AS BLOB),
                   json_extract(value, '$[0]') + 1,
                   json_extract(value, '$[1]') - json_extract(value, '$[0]')) AS TEXT), ' … ')
          FROM json_each(st.content)) AS words,
       st.stance, st.manner, st.confidence, st.block, st.source_spans, st.cue, st.content,
       lower(hex(st.within)) AS within
FROM statement st
JOIN reading r ON r.key = st.reading
JOIN document d ON d.key = r.document
JOIN source so ON so.key = st.source
WHERE r.key = (SELECT max(key) FROM reading WHERE document = r.document);

CREATE VIEW sources AS
SELECT so.kind, so.name, nullif(so.outlet, '') AS outlet,
       count(st.key) AS statements, count(DISTINCT r.document) AS documents
FROM source so
JOIN statement st ON st.source = so.key
JOIN reading r ON r.key = st.reading
WHERE r.key = (SELECT max(key) FROM reading WHERE document = r.document)
GROUP BY so.key;
