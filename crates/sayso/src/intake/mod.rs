//! From bytes to linked pages: what is to be read, who reads it, how it is linked, and doing that again.

pub(crate) mod anew;
pub(crate) mod details;
pub(crate) mod input;
pub(crate) mod link_by;
pub(crate) mod linking;
pub(crate) mod outcome;
pub(crate) mod reading;
pub(crate) mod revisions;
