//! On which line of a JSON text something stands.

use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// One step into a JSON text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

/// The line, counted from 1, on which the value at the end of a path starts; that of the last value found where
/// the path leads nowhere.
///
/// Only called once there is an error to report, so that reading a sound file keeps no positions.
pub(super) fn line_of(text: &str, path: &[Step]) -> usize {
    let mut at = text;
    for step in path {
        let next = match step {
            Step::Key(key) => serde_json::from_str::<BTreeMap<String, &RawValue>>(at)
                .ok()
                .and_then(|map| map.get(*key).copied()),
            Step::Index(index) => {
                serde_json::from_str::<Vec<&RawValue>>(at).ok().and_then(|list| list.get(*index).copied())
            }
        };
        let Some(next) = next else { break };
        at = next.get();
    }
    // `at` is a piece of `text`, so the difference of their addresses is its place in it.
    let offset = (at.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len());
    1 + text.as_bytes()[..offset].iter().filter(|&&byte| byte == b'\n').count()
}
