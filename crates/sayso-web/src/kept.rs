//! Looks after kept questions while the server runs: whenever the ledger has grown, their answers are worked out anew beside
//! whoever reads, and what became another is stored in one short write.

use crate::site::Site;
use std::sync::Arc;
use std::time::Duration;

/// So often is looked whether the ledger has grown.
const EVERY: Duration = Duration::from_secs(2);

/// Answers kept questions anew for as long as it is let.
pub(crate) async fn look_after(site: Arc<Site>) {
    let mut answered = None;
    loop {
        tokio::time::sleep(EVERY).await;
        let seen = site.desks.read(|desk| Ok(desk.through()?)).await;
        let Ok(seen) = seen else { continue };
        if answered == Some(seen) {
            continue;
        }
        // A ledger that nobody may write to is answered from, and nothing of it is kept.
        let anew = site.desks.read(|desk| Ok(desk.answer_kept(&mut |_, _| {})?)).await;
        let Ok(anew) = anew else { continue };
        if anew.is_empty() || site.desks.write(move |desk| Ok(desk.store_answered(anew)?)).await.is_ok() {
            answered = Some(seen);
        }
    }
}
