//! The ledger as the desk and a user with `sqlite3` meet it.

mod durable;
mod files;
mod kept;
mod lists;
mod schema;
mod stored;
mod story;
mod tampered;
