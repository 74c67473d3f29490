//! The program as a user meets it: its output, its exit codes, and what it leaves in the ledger.

mod acts;
mod careful;
mod checking;
mod exports;
mod fetching;
mod imports;
mod killed;
mod listed;
mod mcp;
mod python;
mod questions;
mod reference;
mod report;
mod sealing;
mod sentences;
mod serving;
mod shell;
mod storage;
mod story;
mod usage;
mod weigh;
