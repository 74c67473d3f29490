//! What is asked of a ledger, and its answers: of a claim, a source, a page, a chain, or in plain words.

pub(crate) mod answer;
pub(crate) mod around;
pub(crate) mod ask;
pub(crate) mod browsing;
pub(crate) mod chain;
pub(crate) mod changes;
pub(crate) mod check;
pub(crate) mod claim;
pub(crate) mod claims;
pub(crate) mod document;
pub(crate) mod history;
pub(crate) mod hypotheses;
pub(crate) mod kept;
pub(crate) mod lately;
pub(crate) mod morning;
pub(crate) mod pending;
pub(crate) mod sentence;
pub(crate) mod source;
pub(crate) mod title;
pub(crate) mod trace;
pub(crate) mod understood;
