-- What the answer to a kept question came to, each time it became another one. `act` is the act by which it is kept.
CREATE TABLE answered (
    key      INTEGER PRIMARY KEY,
    act      INTEGER NOT NULL REFERENCES act (key),
    known    INTEGER NOT NULL,
    -- The page that changed it, where one did.
    document INTEGER REFERENCES document (key),
    -- Everything up to this document, this reading and this act was taken into account.
    through_document INTEGER NOT NULL,
    through_reading  INTEGER NOT NULL,
    through_act      INTEGER NOT NULL,
    standing TEXT NOT NULL,
    for_low      INTEGER NOT NULL,
    for_high     INTEGER NOT NULL,
    against_low  INTEGER NOT NULL,
    against_high INTEGER NOT NULL,
    -- So many sentences say it, deny it, doubt it, and may do one of these.
    says     INTEGER NOT NULL,
    denies   INTEGER NOT NULL,
    doubts   INTEGER NOT NULL,
    possible INTEGER NOT NULL
) STRICT;

CREATE INDEX answered_act ON answered (act, key);
