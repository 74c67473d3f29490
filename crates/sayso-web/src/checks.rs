//! Checking pages on a server: few at a time, each within limits, and what was checked lately kept, since a page is looked
//! at again and again.

use crate::failure::Failure;
use crate::site::Site;
use crate::time_limit::TimeLimit;
use sayso::{AtHand, Check, CheckLimits, Citing, Desk, Through};
use sayso_record::DocumentId;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// So many pages are checked at a time: each may keep all cores busy.
const AT_ONCE: usize = 2;
/// Who has had no turn by then is sent away.
const TURN_WITHIN: Duration = Duration::from_secs(30);
/// No more citations of a page are looked up.
const CITATIONS: usize = 200;
/// No page is checked for longer.
const WITHIN: Duration = Duration::from_secs(20);
/// So many checked pages are kept.
const KEPT: usize = 64;

/// A checked page, as of how far the ledger went.
#[derive(Debug)]
struct Kept {
    document: DocumentId,
    as_of: Through,
    check: Arc<Check>,
}

/// The checks of a server.
#[derive(Debug)]
pub(crate) struct Checks {
    turns: Semaphore,
    kept: Mutex<Vec<Kept>>,
}

impl Checks {
    pub(crate) fn new() -> Checks {
        Checks { turns: Semaphore::new(AT_ONCE), kept: Mutex::default() }
    }

    /// What was found of a document when it was last checked, where nothing was added to the ledger since.
    pub(crate) fn known(&self, document: DocumentId, as_of: Through) -> Option<Arc<Check>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.iter().find(|one| one.document == document && one.as_of == as_of);
        found.map(|one| Arc::clone(&one.check))
    }

    fn keep(&self, document: DocumentId, as_of: Through, check: &Arc<Check>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|one| one.document != document);
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push(Kept { document, as_of, check: Arc::clone(check) });
    }
}

/// Checks the citations of a page that somebody gets from the desk.
pub(crate) async fn check(
    site: &Arc<Site>,
    citing: impl FnOnce(&mut Desk) -> Result<Citing, Failure> + Send + 'static,
) -> Result<Check, Failure> {
    let busy = || Failure::busy().hint("other pages are being checked; try again when they are done");
    let turn = timeout(TURN_WITHIN, site.checks.turns.acquire()).await;
    let _turn = turn.ok().and_then(Result::ok).ok_or_else(busy)?;
    let limit = TimeLimit::of(WITHIN);
    site.desks
        .read(move |desk| {
            let citing = citing(desk)?;
            let limits = CheckLimits { citations: CITATIONS, go_on: &|| limit.is_left() };
            Ok(desk.check_within(&citing, &AtHand::default(), None, &limits)?)
        })
        .await
}

/// Checks a document of the ledger, or says what is known of it since it was last checked.
pub(crate) async fn check_document(site: &Arc<Site>, document: DocumentId) -> Result<Arc<Check>, Failure> {
    let as_of = site.desks.read(|desk| Ok(desk.through()?)).await?;
    if let Some(known) = site.checks.known(document, as_of) {
        return Ok(known);
    }
    let checked = check(site, move |desk| {
        let record = crate::pages::shown_document(desk, document)?;
        Ok(desk.citing_of(record.document))
    });
    let checked = Arc::new(checked.await?);
    site.checks.keep(document, as_of, &checked);
    Ok(checked)
}
