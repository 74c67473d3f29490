//! What people do to the record, and what waits for them: acts and their subjects, the queue of review, corrections.

pub(crate) mod act;
pub(crate) mod corrections;
pub(crate) mod deeds;
pub(crate) mod review;
pub(crate) mod subject;
pub(crate) mod waiting;
