-- In what roles and years people were heard, a row for whatever was new when it was linked: by this a linker tells whether a
-- surname on a later page can stand for somebody. `name` is a full name in lower case without titles; `field` is the
-- role in one word and `year` the year, each null where the page does not say.
CREATE TABLE appearance (
    key   INTEGER PRIMARY KEY,
    name  TEXT NOT NULL,
    field TEXT,
    year  INTEGER
) STRICT;
