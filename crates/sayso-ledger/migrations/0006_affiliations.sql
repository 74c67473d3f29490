-- For whom sources speak, by the words of the pages that say so: a row for each source and organisation of a linking. Both are
-- sources, since either may be heard. Rows of a linking that was replaced no longer hold.
CREATE TABLE affiliation (
    key          INTEGER PRIMARY KEY,
    linking      INTEGER NOT NULL REFERENCES linking (key),
    source       INTEGER NOT NULL REFERENCES linked_source (key),
    organisation INTEGER NOT NULL REFERENCES linked_source (key),
    words        TEXT NOT NULL,
    known        INTEGER NOT NULL
) STRICT;
-- Of a person who is on thousands of pages the organisations are few: these indexes are leapt through, not walked.
CREATE INDEX affiliation_source ON affiliation (source, organisation, key);
CREATE INDEX affiliation_organisation ON affiliation (organisation, source, key);
CREATE INDEX affiliation_linking ON affiliation (linking);
