//! The desk: reads into a ledger and answers from it.
