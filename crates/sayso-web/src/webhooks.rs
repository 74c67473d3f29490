//! Webhooks: addresses that are told of every change of a claim, in the order of the changes, until they have heard it.
//!
//! What is sent follows Standard Webhooks (<https://www.standardwebhooks.com>): an id, a time, and an HMAC-SHA256 of
//! both and of the body, by which the receiver knows who sent it. Webhooks are kept in a file beside the ledger, since
//! they hold secrets; how far each has heard is in another, which only the server writes.

use crate::private_file;
use crate::site::Site;
use crate::users::secret_bytes;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::join_all;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::Sha256;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// So often is looked for changes.
const EVERY: Duration = Duration::from_secs(2);
/// So many changes are told at once.
const CHANGES_AT_ONCE: usize = 100;
/// A receiver that did not answer well is left alone for so long, then for twice as long, and so on.
const FIRST_PAUSE_S: i64 = 10;
/// But never for longer.
const LONGEST_PAUSE_S: i64 = 3_600;
/// So many webhooks a ledger may have.
const AT_MOST: usize = 20;
/// Secrets begin so, as in Standard Webhooks.
const SECRET_START: &str = "whsec_";

/// An address that is told of changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    /// Where what is told goes.
    pub address: Url,
    /// The secret with which it is signed.
    secret: String,
    /// The number of the change of a claim after which it begins.
    after: i64,
    /// The number of the change of a kept question's answer after which it begins.
    #[serde(default)]
    after_kept: i64,
}

/// How far a webhook has heard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// The number of the last change of a claim that it took.
    pub through: i64,
    /// The number of the last change of a kept question's answer that it took.
    #[serde(default)]
    pub through_kept: i64,
    /// How often in a row it did not.
    pub failures: u32,
    /// Why not, the last time.
    pub last_failure: Option<String>,
    /// It is not tried before this second since 1970.
    pub not_before: i64,
}

impl Heard {
    /// How far a webhook has heard by what was kept of it, if anything was.
    pub fn by(webhook: &Webhook, kept: Option<&Heard>) -> Heard {
        let kept = kept.cloned().unwrap_or_default();
        Heard {
            through: kept.through.max(webhook.after),
            through_kept: kept.through_kept.max(webhook.after_kept),
            ..kept
        }
    }
}

/// Why webhooks cannot be read or changed.
#[derive(Debug, thiserror::Error)]
pub enum WebhooksError {
    /// The file cannot be read or written.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The file holds something else.
    #[error("{path} is no file of webhooks: {error}")]
    Form {
        /// The file.
        path: PathBuf,
        /// Why.
        error: serde_json::Error,
    },
    /// Nothing can be sent there.
    #[error("{0} is no address of a receiver: https://… or http://…, without a name and password")]
    Address(Url),
    /// There is one of this name already.
    #[error("there is a webhook called {0} already")]
    Known(String),
    /// There is none of this name.
    #[error("there is no webhook called {0}")]
    Unknown(String),
    /// A name must be shown in lists.
    #[error("a webhook's name has 1 to 100 characters, and none that cannot be seen")]
    Name,
    /// There are enough.
    #[error("a ledger has at most {AT_MOST} webhooks")]
    TooMany,
    /// The system gives no random numbers.
    #[error("the system cannot make secrets: {0}")]
    Secrets(String),
}

/// The webhooks of one ledger, by name.
#[derive(Clone, Debug)]
pub struct Webhooks {
    path: PathBuf,
    all: BTreeMap<String, Webhook>,
}

impl Webhooks {
    /// The webhooks of the ledger at a path; none where no file was written yet.
    pub fn of(ledger: &Path) -> Result<Webhooks, WebhooksError> {
        let path = private_file::beside(ledger, ".webhooks.json");
        let all = read(&path)?;
        Ok(Webhooks { path, all })
    }

    /// Every webhook by its name.
    pub fn all(&self) -> &BTreeMap<String, Webhook> {
        &self.all
    }

    /// Adds one that is told of changes after those with these numbers, of claims and of the answers to kept questions, and
    /// gives its secret.
    pub fn add(
        &mut self,
        name: &str,
        address: Url,
        (after, after_kept): (i64, i64),
    ) -> Result<String, WebhooksError> {
        let shown = name.trim() == name && sayso::harmless::line(name) == name;
        if !shown || !(1..=100).contains(&name.chars().count()) {
            return Err(WebhooksError::Name);
        }
        let bare = address.username().is_empty() && address.password().is_none();
        if !matches!(address.scheme(), "https" | "http") || !address.has_host() || !bare {
            return Err(WebhooksError::Address(address));
        }
        let _lock = self.anew()?;
        if self.all.contains_key(name) {
            return Err(WebhooksError::Known(name.to_owned()));
        }
        if self.all.len() >= AT_MOST {
            return Err(WebhooksError::TooMany);
        }
        let bytes = secret_bytes().map_err(|error| WebhooksError::Secrets(error.to_string()))?;
        let secret = format!("{SECRET_START}{}", STANDARD.encode(bytes));
        self.all.insert(name.to_owned(), Webhook { address, secret: secret.clone(), after, after_kept });
        self.write()?;
        Ok(secret)
    }

    /// Takes one out.
    pub fn remove(&mut self, name: &str) -> Result<(), WebhooksError> {
        let _lock = self.anew()?;
        self.all.remove(name).ok_or_else(|| WebhooksError::Unknown(name.to_owned()))?;
        self.write()
    }

    /// Reads them anew, and lets no other program change them as long as what is given is kept.
    fn anew(&mut self) -> Result<File, WebhooksError> {
        let failed = |error| WebhooksError::File { path: self.path.clone(), error };
        let lock = private_file::lock(&self.path).map_err(failed)?;
        self.all = read(&self.path)?;
        Ok(lock)
    }

    fn write(&self) -> Result<(), WebhooksError> {
        write(&self.path, &self.all)
    }
}

/// How far each webhook of a ledger has heard, by name.
pub fn heard(ledger: &Path) -> Result<BTreeMap<String, Heard>, WebhooksError> {
    read(&heard_path(ledger))
}

fn heard_path(ledger: &Path) -> PathBuf {
    private_file::beside(ledger, ".webhooks.heard.json")
}

fn read<T: serde::de::DeserializeOwned + Default>(path: &Path) -> Result<T, WebhooksError> {
    match std::fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .map_err(|error| WebhooksError::Form { path: path.to_owned(), error }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(T::default()),
        Err(error) => Err(WebhooksError::File { path: path.to_owned(), error }),
    }
}

fn write(path: &Path, what: &impl Serialize) -> Result<(), WebhooksError> {
    private_file::replace(path, what).map_err(|error| WebhooksError::File { path: path.to_owned(), error })
}

/// What is sent to a receiver.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Where it goes.
    pub address: Url,
    /// Its headers, by name.
    pub headers: Vec<(&'static str, String)>,
    /// Its body, as JSON.
    pub body: String,
}

type Sending = dyn Fn(&Delivery) -> Result<(), String> + Send + Sync;

/// Sends what webhooks are told; says why where it did not arrive.
#[derive(Clone)]
pub struct Deliver(Arc<Sending>);

impl Deliver {
    /// By a function that may take its time. It is called from several threads.
    pub fn by(deliver: impl Fn(&Delivery) -> Result<(), String> + Send + Sync + 'static) -> Deliver {
        Deliver(Arc::new(deliver))
    }
}

impl fmt::Debug for Deliver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Deliver")
    }
}

/// Tells all webhooks of what changes, for as long as it is let.
pub(crate) async fn tell(site: Arc<Site>, ledger: PathBuf, deliver: Deliver) {
    let mut heard = heard(&ledger).unwrap_or_default();
    loop {
        // Where the file cannot be read, nobody is told until it can be.
        let webhooks = Webhooks::of(&ledger).map(|webhooks| webhooks.all).unwrap_or_default();
        let turns = webhooks.into_iter().map(|(name, webhook)| {
            let so_far = Heard::by(&webhook, heard.get(&name));
            let (site, deliver) = (Arc::clone(&site), deliver.clone());
            async move { (name, turn(site, webhook, so_far, deliver).await) }
        });
        let next: BTreeMap<String, Heard> = join_all(turns).await.into_iter().collect();
        if next != heard && write(&heard_path(&ledger), &next).is_ok() {
            heard = next;
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// What a webhook is told next.
struct Told {
    /// The same changes bear the same id, so that who hears them twice can tell.
    id: String,
    kind: &'static str,
    changes: serde_json::Value,
    /// How far it has heard once it has taken them.
    heard: Heard,
}

/// The next changes: those of claims first, then those of the answers to kept questions.
async fn next(site: &Arc<Site>, so_far: &Heard) -> Option<Told> {
    let (through, through_kept) = (so_far.through, so_far.through_kept);
    let told = site.desks.read(move |desk| {
        let after = through.to_string().parse().ok();
        let claims = desk.changes_part(after, CHANGES_AT_ONCE)?.lines;
        let ends = claims.first().zip(claims.last()).map(|(first, last)| (first.number, last.number));
        if let Some((first, last)) = ends {
            let heard = Heard { through: last, through_kept, ..Heard::default() };
            let (id, changes) = (format!("changes_{first}_{last}"), json!(claims));
            return Ok(Some(Told { id, kind: "claims.changed", changes, heard }));
        }
        let kept = desk.kept_changes(through_kept, CHANGES_AT_ONCE as u32)?;
        let ends = kept.first().zip(kept.last()).map(|(first, last)| (first.number, last.number));
        Ok(ends.map(|(first, last)| Told {
            id: format!("kept_{first}_{last}"),
            kind: "kept.changed",
            changes: json!(kept),
            heard: Heard { through, through_kept: last, ..Heard::default() },
        }))
    });
    told.await.ok().flatten()
}

/// Tells one webhook of the next changes, where there are any and it may be asked.
async fn turn(site: Arc<Site>, webhook: Webhook, so_far: Heard, deliver: Deliver) -> Heard {
    let now_s = site.now_s();
    if now_s < so_far.not_before {
        return so_far;
    }
    let Some(next) = next(&site, &so_far).await else { return so_far };
    let (id, kind, changes) = (next.id, next.kind, next.changes);
    let body = json!({ "type": kind, "ledger": site.base(), "changes": changes }).to_string();
    let headers = vec![
        ("content-type", "application/json".to_owned()),
        ("webhook-signature", signature(&webhook.secret, &id, now_s, &body)),
        ("webhook-id", id),
        ("webhook-timestamp", now_s.to_string()),
    ];
    let delivery = Delivery { address: webhook.address, headers, body };
    let sent = tokio::task::spawn_blocking(move || (deliver.0)(&delivery)).await;
    match sent.unwrap_or_else(|_| Err("it could not be sent".to_owned())) {
        Ok(()) => next.heard,
        Err(why) => {
            let pause_s = FIRST_PAUSE_S << so_far.failures.min(10);
            Heard {
                failures: so_far.failures.saturating_add(1),
                last_failure: Some(sayso::harmless::line(&why)),
                not_before: now_s + pause_s.min(LONGEST_PAUSE_S),
                ..so_far
            }
        }
    }
}

/// The signature of Standard Webhooks, version 1.
fn signature(secret: &str, id: &str, at_s: i64, body: &str) -> String {
    let key = STANDARD.decode(secret.trim_start_matches(SECRET_START)).unwrap_or_default();
    let mut code = Hmac::<Sha256>::new_from_slice(&key).expect("a key of any length will do");
    code.update(format!("{id}.{at_s}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(code.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_the_standard() {
        // The example that the documentation of Standard Webhooks works through.
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let signed =
            signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        assert_eq!(signed, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
