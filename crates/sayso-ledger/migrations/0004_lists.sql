-- What lists are read from, a part at a time, without looking at everything: who is heard most, what waits by kind, what a
-- source said last, which pages were stored more than once.

-- How often each source is heard in the newest linkings: derived, and its rows are replaced, as those of `claim_now` are.
CREATE TABLE heard (
    source    INTEGER PRIMARY KEY REFERENCES linked_source (key),
    said      INTEGER NOT NULL,
    own_voice INTEGER NOT NULL,
    passed_on INTEGER NOT NULL,
    documents INTEGER NOT NULL
) STRICT;

-- A source that is in a chain twice counts by its place nearest to the beginning.
INSERT INTO heard (source, said, own_voice, passed_on, documents)
SELECT source, sum(step = 0 AND NOT report), sum(step = 0 AND report), sum(step > 0), count(DISTINCT document)
FROM (SELECT c.source, l.document, min(n.step) AS step, c.report
      FROM chain_link c JOIN linking l ON l.key = c.linking JOIN node n ON n.key = c.node
      WHERE NOT EXISTS (SELECT 1 FROM linking later WHERE later.replaces = l.key)
      GROUP BY c.source, n.statement)
GROUP BY source;

CREATE INDEX heard_most ON heard (said, passed_on, own_voice, source) WHERE documents > 0;

CREATE INDEX chain_link_source_linking ON chain_link (source, linking);

CREATE INDEX suggestion_kind ON suggestion (kind);

-- The documents whose address was known before them.
CREATE TABLE revised (
    document INTEGER PRIMARY KEY REFERENCES document (key)
) STRICT;

INSERT INTO revised
SELECT key FROM document later
WHERE url IS NOT NULL AND EXISTS (SELECT 1 FROM document WHERE url = later.url AND key < later.key);

CREATE TRIGGER document_revises AFTER INSERT ON document
WHEN EXISTS (SELECT 1 FROM document WHERE url = NEW.url AND key < NEW.key)
BEGIN INSERT INTO revised VALUES (NEW.key); END;
