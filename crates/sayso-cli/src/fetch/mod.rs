//! Pages from the network: only those that were asked for by address, from public servers that do not mind, one after
//! the other.

mod public;
mod resolve;
mod robots;
mod send;

use resolve::CheckedResolver;
use robots::Robots;
use sayso::{CAP_BYTES, Input, LeftOut};
pub(crate) use send::deliverer;
use std::collections::HashMap;
use std::fmt;
use std::io::{self, Read as _};
use std::thread;
use std::time::{Duration, Instant};
use ureq::http::header::{CONTENT_TYPE, LOCATION};
use ureq::http::{HeaderName, Response};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

/// The name by which sites may turn us away.
const PROGRAM: &str = "sayso";
const USER_AGENT: &str = concat!("sayso/", env!("CARGO_PKG_VERSION"));
const ACCEPT: &str =
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, text/plain, */*;q=0.5";
const CONNECT_WITHIN: Duration = Duration::from_secs(10);
/// From the first packet to the last of one page, or of one step on the way to it.
const ANSWER_WITHIN: Duration = Duration::from_secs(60);
const REDIRECTS_AT_MOST: usize = 10;
/// Between two pages of the same host, unless it asks for longer.
const PAUSE: Duration = Duration::from_secs(1);
/// A host that asks for longer than this is not waited for any longer.
const PAUSE_AT_MOST: Duration = Duration::from_secs(60);

/// What the user lets a fetch do.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Permissions {
    pub(crate) private: bool,
    pub(crate) against_robots: bool,
}

/// What two programs that ask others differ in.
struct Agents {
    within: Duration,
    accept: &'static str,
}

impl Agents {
    /// Asks public servers alone, unless the user lets it ask others.
    fn agent(self, permissions: Permissions) -> Agent {
        let config = Agent::config_builder()
            .user_agent(USER_AGENT)
            .accept(self.accept)
            .timeout_resolve(Some(CONNECT_WITHIN))
            .timeout_connect(Some(CONNECT_WITHIN))
            .timeout_global(Some(self.within))
            // Every step is checked before it is taken.
            .max_redirects(0)
            .http_status_as_error(false)
            // A proxy would look up names by itself, and reach what we refuse.
            .proxy(None)
            .build();
        let resolver =
            CheckedResolver { system: DefaultResolver::default(), allow_private: permissions.private };
        Agent::with_parts(config, DefaultConnector::default(), resolver)
    }
}

/// Fetches pages, and remembers what each host asked of it.
pub(crate) struct Fetcher {
    agent: Agent,
    permissions: Permissions,
    robots: HashMap<String, Result<Robots, LeftOut>>,
    pace: Pace,
}

/// A page as its server sent it.
struct Fetched {
    url: Url,
    content_type: Option<String>,
    bytes: Vec<u8>,
}

impl Fetcher {
    pub(crate) fn new(permissions: Permissions) -> Fetcher {
        let agent = Agents { within: ANSWER_WITHIN, accept: ACCEPT }.agent(permissions);
        Fetcher { agent, permissions, robots: HashMap::new(), pace: Pace::default() }
    }

    /// The page at an address, or the reason why it cannot be had.
    pub(crate) fn fetch(&mut self, address: &Url) -> Input {
        match self.page(address.clone()) {
            Ok(page) => Input::fetched(address.as_str(), page.url, page.content_type, page.bytes),
            Err(why) => Input::refused(address.as_str(), why),
        }
    }

    fn page(&mut self, mut url: Url) -> Result<Fetched, LeftOut> {
        url.set_fragment(None);
        let mut last_host = None;
        for _ in 0..=REDIRECTS_AT_MOST {
            let pause = self.welcome(&url)?;
            let host = url.host_str().unwrap_or_default().to_owned();
            // A host that sends us on to another of its own pages wants us there now.
            if last_host.as_ref() != Some(&host) {
                thread::sleep(self.pace.due(&host, pause, Instant::now()));
            }
            let response = self.get(&url);
            self.pace.asked(&host, Instant::now());
            let mut response = response?;
            if let Some(next) = sent_on(&url, &response)? {
                url = next;
                last_host = Some(host);
                continue;
            }
            let status = response.status();
            if !status.is_success() {
                return Err(unreadable(format_args!("its server answers {status}")));
            }
            let content_type = header(&response, CONTENT_TYPE);
            let bytes = body(&mut response, CAP_BYTES)?.ok_or(LeftOut::TooLong)?;
            return Ok(Fetched { url, content_type, bytes });
        }
        Err(unreadable(format_args!("it leads on to another address more than {REDIRECTS_AT_MOST} times")))
    }

    /// Makes sure that the page may be read, and says how long to wait between two of its host.
    fn welcome(&mut self, url: &Url) -> Result<Duration, LeftOut> {
        if self.permissions.against_robots {
            return Ok(PAUSE);
        }
        let site = url.origin().ascii_serialization();
        if !self.robots.contains_key(&site) {
            let robots = self.ask_robots(url);
            self.robots.insert(site.clone(), robots);
        }
        let robots = self.robots[&site].as_ref().map_err(Clone::clone)?;
        if !robots.allows(&url[url::Position::BeforePath..url::Position::AfterQuery]) {
            return Err(unreadable(
                "its site asks programs not to read it (robots.txt); --ignore-robots reads it",
            ));
        }
        Ok(robots.delay.unwrap_or(PAUSE).clamp(PAUSE, PAUSE_AT_MOST))
    }

    /// What a site's `robots.txt` says. Where there is none all may be read; where it cannot be had, nothing (RFC 9309).
    fn ask_robots(&self, page: &Url) -> Result<Robots, LeftOut> {
        let mut url = page.join("/robots.txt").map_err(unreadable)?;
        for _ in 0..=REDIRECTS_AT_MOST {
            let mut response = self.get(&url)?;
            if let Some(next) = sent_on(&url, &response)? {
                url = next;
                continue;
            }
            let status = response.status();
            if status.is_server_error() || status.as_u16() == 429 {
                return Err(unreadable(format_args!(
                    "its site answers {status} where its robots.txt should be, so that nobody knows whether it may \
                     be read; try again later, or --ignore-robots"
                )));
            }
            if !status.is_success() {
                return Ok(Robots::default());
            }
            let mut bytes = Vec::new();
            let reader = response.body_mut().as_reader();
            reader.take(robots::CAP_BYTES).read_to_end(&mut bytes).map_err(unreadable_io)?;
            return Ok(Robots::parse(&String::from_utf8_lossy(&bytes), PROGRAM));
        }
        Ok(Robots::default())
    }

    fn get(&self, url: &Url) -> Result<Response<Body>, LeftOut> {
        may_be_asked(url).map_err(unreadable)?;
        self.agent.get(url.as_str()).call().map_err(in_words)
    }
}

/// Says why an address is no address of a page.
pub(crate) fn may_be_asked(url: &Url) -> Result<(), &'static str> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err("its address leads on to one that is neither http nor https");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("there is a user's name or password in its address, which would be kept in the ledger");
    }
    if url.host_str().is_none_or(str::is_empty) { Err("its address names no host") } else { Ok(()) }
}

/// Where a response sends us on to.
fn sent_on(from: &Url, response: &Response<Body>) -> Result<Option<Url>, LeftOut> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let Some(location) = header(response, LOCATION) else { return Ok(None) };
    let mut next = from.join(&location).map_err(|error| {
        unreadable(format_args!("it leads on to {location:?}, which is no address: {error}"))
    })?;
    next.set_fragment(None);
    Ok(Some(next))
}

fn header(response: &Response<Body>, name: HeaderName) -> Option<String> {
    Some(response.headers().get(name)?.to_str().ok()?.to_owned())
}

/// The bytes of a page; nothing where there are more than `cap`, packed or unpacked.
fn body(response: &mut Response<Body>, cap: u64) -> Result<Option<Vec<u8>>, LeftOut> {
    let told = response.body().content_length();
    if told.is_some_and(|told| told > cap) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    response.body_mut().as_reader().take(cap + 1).read_to_end(&mut bytes).map_err(unreadable_io)?;
    Ok((bytes.len() as u64 <= cap).then_some(bytes))
}

fn unreadable(why: impl fmt::Display) -> LeftOut {
    LeftOut::Unreadable(why.to_string())
}

/// What stopped the page half-way, which is an error of the client behind one of the system.
fn unreadable_io(error: io::Error) -> LeftOut {
    in_words(error.into())
}

fn in_words(error: ureq::Error) -> LeftOut {
    match error {
        ureq::Error::Timeout(_) => unreadable(format_args!(
            "its server takes longer than {} s to answer; try again later",
            ANSWER_WITHIN.as_secs()
        )),
        ureq::Error::HostNotFound => unreadable("there is no such host"),
        error => unreadable(error),
    }
}

/// When each host was last asked for a page.
#[derive(Debug, Default)]
struct Pace {
    asked: HashMap<String, Instant>,
}

impl Pace {
    /// How long to wait before a host may be asked again.
    fn due(&self, host: &str, pause: Duration, now: Instant) -> Duration {
        let since = self.asked.get(host).map(|&last| now.saturating_duration_since(last));
        since.map_or(Duration::ZERO, |since| pause.saturating_sub(since))
    }

    fn asked(&mut self, host: &str, now: Instant) {
        self.asked.insert(host.to_owned(), now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_left_in_peace_between_two_pages() {
        let (mut pace, start) = (Pace::default(), Instant::now());
        let after = |ms| start + Duration::from_millis(ms);
        assert_eq!(pace.due("pier.example", PAUSE, start), Duration::ZERO);
        pace.asked("pier.example", start);
        assert_eq!(pace.due("pier.example", PAUSE, after(300)), Duration::from_millis(700));
        assert_eq!(pace.due("pier.example", PAUSE, after(1500)), Duration::ZERO);
        assert_eq!(pace.due("other.example", PAUSE, after(300)), Duration::ZERO);
    }

    #[test]
    fn only_plain_addresses_of_the_web_are_asked() {
        let asked = |address: &str| may_be_asked(&Url::parse(address).unwrap()).is_ok();
        assert!(asked("https://pier.example/1") && asked("http://[2001:db8::1]:8080/"));
        assert!(!asked("ftp://pier.example/1") && !asked("file:///etc/passwd"));
        assert!(!asked("https://ann@pier.example/") && !asked("https://:secret@pier.example/"));
    }
}
