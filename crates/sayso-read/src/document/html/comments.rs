//! Comment threads in the markup of the engines that make them.

use super::assemble::Comment;
use super::runs::{Run, Runs};
use super::tree::{Place, Tree};

/// The comments of a page.
#[derive(Default)]
pub(crate) struct Thread {
    pub(crate) comments: Vec<Comment>,
    /// Elements whose words are the thread's, comments and all that stands around them.
    pub(crate) zones: Vec<Place>,
    /// Ends of the zones.
    pub(crate) ends: Vec<Place>,
    /// The service that keeps the comments, where the page only leaves room for them.
    pub(crate) elsewhere: Option<&'static str>,
}

impl Thread {
    /// Whether a run belongs to the thread.
    pub(crate) fn holds(&self, run: &Run) -> bool {
        let at = self.zones.partition_point(|&zone| zone <= run.nodes.start);
        at > 0 && run.nodes.start < self.ends[at - 1]
    }
}

/// Finds the comments of a page.
pub(crate) fn read(_tree: &Tree, _runs: &Runs) -> Thread {
    Thread::default()
}
