//! The scorers: predictions against answers, one task a file.
//!
//! Each takes the lines as they were read and knows nothing of the program that made them, so predictions of
//! another program can be measured by the same rule.

pub(crate) mod answers;
pub(crate) mod attributions;
pub(crate) mod claims;
pub(crate) mod comments;
mod days;
pub(crate) mod figures;
pub(crate) mod groups;
pub(crate) mod names;
pub(crate) mod pages;
pub(crate) mod polarity;
pub(crate) mod reuse;
mod rows;
pub(crate) mod says;
pub(crate) mod tokens;
pub(crate) mod words;

pub(crate) use figures::Figures;
