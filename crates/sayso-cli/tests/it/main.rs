//! The program as a user meets it: its output, its exit codes, and what it leaves in the ledger.

mod reference;
mod storage;
mod story;
mod usage;
mod weigh;
