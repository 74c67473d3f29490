//! The labels of both taggers. A label at an even place below starts a span, the next one goes on with it.

/// Labels of the paragraph tagger: spans tell on which side their cue stands.
pub mod paragraph {
    /// No role.
    pub const OUTSIDE: u8 = 0;
    /// A source whose cue comes after it.
    pub const SOURCE_BEFORE: u8 = 1;
    /// A source whose cue comes before it.
    pub const SOURCE_AFTER: u8 = 3;
    /// A cue.
    pub const CUE: u8 = 5;
    /// Content whose cue comes after it.
    pub const CONTENT_BEFORE: u8 = 7;
    /// Content whose cue comes before it.
    pub const CONTENT_AFTER: u8 = 9;
    /// How many labels there are.
    pub const COUNT: usize = 11;
}

/// Labels of the frame tagger, which is given the cue.
pub mod frame {
    /// No role for this cue.
    pub const OUTSIDE: u8 = 0;
    /// The source.
    pub const SOURCE: u8 = 1;
    /// The content.
    pub const CONTENT: u8 = 3;
    /// How many labels there are.
    pub const COUNT: usize = 5;
}

/// The spans of a labelling: the label that starts each, and its tokens. A label that goes on with nothing starts a span.
pub fn spans(labels: &[u8]) -> Vec<(u8, std::ops::Range<usize>)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < labels.len() {
        if labels[at] == 0 {
            at += 1;
            continue;
        }
        let start = at;
        let begins = labels[at] - (labels[at] + 1) % 2;
        at += 1;
        while at < labels.len() && labels[at] == begins + 1 {
            at += 1;
        }
        out.push((begins, start..at));
    }
    out
}
