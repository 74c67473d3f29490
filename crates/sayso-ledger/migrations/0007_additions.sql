-- What each transaction added, under a hash that also covers what was added before: whatever is changed, taken out or
-- put in between afterwards is seen by hashing it again. Each row of `addition` is one transaction.

CREATE TABLE addition (
    key    INTEGER PRIMARY KEY,
    -- By table: the last key before, the last key after, and the SHA-256 of the rows in between, as hexadecimal digits.
    added  TEXT NOT NULL CHECK (json_valid(added)),
    -- SHA-256 of the digest before (nothing at first) and of `added`.
    digest BLOB NOT NULL CHECK (length(digest) = 32)
) STRICT;
