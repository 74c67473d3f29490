//! The pages that were compared last, kept at hand: copies come in flocks.

use super::known::{Known, Page};
use crate::reuse::Shingles;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// So many pages that were compared are kept at hand.
const RECENT: usize = 512;

/// The pages that were compared last.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    pages: FxHashMap<u32, (Arc<(Page, Shingles)>, u64)>,
    turn: u64,
}

impl Recent {
    pub(crate) fn page<K: Known>(
        &mut self,
        number: u32,
        known: &K,
    ) -> Result<Arc<(Page, Shingles)>, K::Error> {
        self.turn += 1;
        if let Some((page, last)) = self.pages.get_mut(&number) {
            *last = self.turn;
            return Ok(Arc::clone(page));
        }
        let page = known.page(number)?;
        let shingles = Shingles::of(&page.document.text);
        let page = Arc::new((page, shingles));
        self.keep(number, Arc::clone(&page));
        Ok(page)
    }

    fn keep(&mut self, number: u32, page: Arc<(Page, Shingles)>) {
        if self.pages.len() >= RECENT {
            // Half at once, so that this is rare.
            let mut turns: Vec<u64> = self.pages.values().map(|(_, last)| *last).collect();
            let (_, &mut middle, _) = turns.select_nth_unstable(RECENT / 2);
            self.pages.retain(|_, (_, last)| *last > middle);
        }
        self.pages.insert(number, (page, self.turn));
    }
}
