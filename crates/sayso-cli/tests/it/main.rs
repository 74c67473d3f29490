//! The program as a user meets it: its output, its exit codes, and what it leaves in the ledger.

mod storage;
mod usage;
mod weigh;
