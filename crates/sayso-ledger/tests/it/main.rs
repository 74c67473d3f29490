//! The ledger as the desk and a user with `sqlite3` meet it.
