//! Archives, feeds and JSON lines.

use flate2::Compression;
use flate2::write::GzEncoder;
use sayso_read::document::carriers::{self, Kind, kind, open};
use std::io::Write;

const MOST: usize = 1 << 20;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn record(url: &str, body: &str) -> Vec<u8> {
    let response = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}");
    format!("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Length: {}\r\n\r\n{response}\r\n\r\n", response.len()).into_bytes()
}

/// The addresses of the pages, "-" for a record that cannot be read.
fn urls(bytes: &[u8], name: &str) -> Vec<String> {
    open(bytes, Some(name), None, MOST)
        .map(|page| page.map_or("-".into(), |page| page.carrier.url.unwrap_or_default()))
        .collect()
}

#[test]
fn a_bad_record_does_not_spoil_an_archive() {
    let page = "<html><body><h1>The pier</h1><p>The pier is closed, the harbour board said on Monday.</p></body></html>";
    let (first, second) = (record("http://a.example/1", page), record("http://a.example/2", page));
    let bad = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\nxx\r\n\r\n".to_vec();
    let plain = [first.clone(), bad, second.clone()].concat();
    assert_eq!(kind(&plain, None), Kind::Warc);
    assert_eq!(urls(&plain, "a.warc"), ["http://a.example/1", "-", "http://a.example/2"]);
    let mut damaged = gzip(&first);
    damaged[20] ^= 0xff;
    let packed = [gzip(&first), damaged, gzip(&second)].concat();
    let found = urls(&packed, "a.warc.gz");
    assert_eq!(
        (found.first().unwrap().as_str(), found.last().unwrap().as_str()),
        ("http://a.example/1", "http://a.example/2")
    );
    let read = open(&*packed, None, None, MOST).next().unwrap().unwrap().read();
    assert_eq!(read.title.as_deref(), Some("The pier"));
    assert_eq!(read.url.as_deref(), Some("http://a.example/1"));
}

#[test]
fn feeds_keep_their_source_and_times() {
    let feed = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Quay Notes</title><link>http://q.example/</link><description>d</description>
<item><title>The pier</title><link>http://q.example/pier</link><pubDate>Mon, 02 Jul 2007 09:00:00 GMT</pubDate>
<description>&lt;p&gt;The pier is closed, the harbour board said.&lt;/p&gt;</description></item></channel></rss>"#;
    assert_eq!(kind(feed.as_bytes(), None), Kind::Feed);
    let read = open(feed.as_bytes(), None, None, MOST).next().unwrap().unwrap().read();
    assert_eq!(read.url.as_deref(), Some("http://q.example/pier"));
    assert_eq!(read.title.as_deref(), Some("The pier"));
    assert_eq!(read.site.as_deref(), Some("Quay Notes"));
    assert_eq!(read.published.as_ref().map(|stamp| stamp.at.as_str()), Some("2007-07-02T09:00:00Z"));
    assert_eq!(read.text, "The pier is closed, the harbour board said.");
    assert_eq!(read.clone().seal().id, read.id);
}

#[test]
fn an_entry_taken_from_another_feed_names_it() {
    let rss = r#"<rss version="2.0"><channel><title>Quay Notes</title><link>http://q.example/</link><description>d</description>
<item><title>One</title><link>http://q.example/1</link><source url="http://c.example/feed">Courier &amp; Sons</source><description>The pier is closed.</description></item>
<item><title>Two</title><link>http://q.example/2</link><description>&lt;video&gt;&lt;source src=a&gt;&lt;/video&gt; The pier is open.</description></item></channel></rss>"#;
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay Notes</title><id>q</id><updated>2007-07-02T09:00:00Z</updated>
<entry><title>One</title><id>1</id><updated>2007-07-02T09:00:00Z</updated><source><id>c</id><title>The Courier</title></source><content type="text">The pier is closed.</content></entry></feed>"#;
    let sites = |feed: &str| -> Vec<Option<String>> {
        open(feed.as_bytes(), None, None, MOST).map(|page| page.unwrap().read().site).collect()
    };
    assert_eq!(sites(rss), [Some("Courier & Sons".into()), Some("Quay Notes".into())]);
    assert_eq!(sites(atom), [Some("The Courier".into())]);
}

#[test]
fn json_lines_one_by_one() {
    let lines = "{\"url\": \"http://a.example/\", \"html\": \"<p>The pier is closed.</p>\"}\n\nnot json\n{\"text\": \"The pier is open.\"}\n{\"url\": \"x\"}\n";
    let found: Vec<_> = open(lines.as_bytes(), Some("a.jsonl"), None, MOST).collect();
    assert_eq!(found.len(), 4);
    assert_eq!(found[0].as_ref().unwrap().read().text, "The pier is closed.");
    assert_eq!(found[1].as_ref().unwrap_err().place, 3);
    assert_eq!(found[2].as_ref().unwrap().read().text, "The pier is open.");
    assert!(found[3].is_err());
}

#[test]
fn a_line_may_know_the_outlet_and_the_time() {
    let lines = r#"{"url": "http://a.example/", "site": "The Courier", "published": "2011-07-14", "text": "The pier is closed."}
{"site": " ", "published": "some day", "text": "The pier is open."}
{"site": "The Herald", "html": "<meta property='og:site_name' content='The Courier'><p>The pier is closed.</p>"}
"#;
    let read = |page: Result<carriers::Page, _>| page.unwrap().read();
    let found: Vec<_> = open(lines.as_bytes(), Some("a.jsonl"), None, MOST).map(read).collect();
    assert_eq!(found[0].site.as_deref(), Some("The Courier"));
    assert_eq!(found[0].published.as_ref().unwrap().at, "2011-07-14");
    assert_eq!((found[1].site.as_ref(), found[1].published.as_ref()), (None, None));
    assert_eq!(found[2].site.as_deref(), Some("The Courier"), "what the page says itself goes first");
}

#[test]
fn a_packed_page_is_a_page() {
    let found: Vec<_> = open(&*gzip(b"<p>The pier is closed.</p>"), Some("a.html.gz"), None, MOST).collect();
    assert_eq!(found[0].as_ref().unwrap().read().text, "The pier is closed.");
}

/// A reader that gives a few bytes at a time, and counts those it has given.
struct Trickle<'b> {
    bytes: &'b [u8],
    given: &'b std::cell::Cell<usize>,
}

impl std::io::Read for Trickle<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let count = out.len().min(777).min(self.bytes.len());
        out[..count].copy_from_slice(&self.bytes[..count]);
        self.bytes = &self.bytes[count..];
        self.given.set(self.given.get() + count);
        Ok(count)
    }
}

#[test]
fn an_archive_is_read_as_far_as_its_pages_are_asked_for() {
    let records: Vec<Vec<u8>> = (0..5_000)
        .map(|number| record(&format!("http://a.example/{number}"), "The pier is closed."))
        .collect();
    let packed: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    for file in [records.concat(), packed] {
        let given = std::cell::Cell::new(0);
        let mut pages = open(Trickle { bytes: &file, given: &given }, None, None, MOST);
        for number in 0..100 {
            let page = pages.next().unwrap().unwrap();
            assert_eq!(
                (page.place, page.carrier.url.unwrap()),
                (number + 1, format!("http://a.example/{number}"))
            );
        }
        assert!(given.get() < file.len() / 2, "{} of {}", given.get(), file.len());
        assert_eq!(pages.count(), 4_900);
    }
}

#[test]
fn what_is_too_long_is_passed_over_and_the_rest_read() {
    let page = "The pier is closed. ".repeat(MOST / 20 + 100);
    let file = [record("http://a.example/1", &page), record("http://a.example/2", "x")].concat();
    assert_eq!(urls(&file, "a.warc"), ["-", "http://a.example/2"]);
    assert_eq!(urls(&gzip(&file), "a.warc.gz"), ["-", "http://a.example/2"]);
    let lines = format!("{{\"text\": \"{page}\"}}\n{{\"url\": \"http://a.example/2\", \"text\": \"x\"}}\n");
    assert_eq!(urls(lines.as_bytes(), "a.jsonl"), ["-", "http://a.example/2"]);
}

#[test]
fn a_length_that_is_a_lie_costs_one_record() {
    let lie =
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900000\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx\r\n\r\n";
    let far = b"WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 18446744073709551615\r\n\r\n";
    let (first, last) = (record("http://a.example/1", "x"), record("http://a.example/2", "y"));
    assert_eq!(
        urls(&[&first[..], lie, &last].concat(), "a"),
        ["http://a.example/1", "-", "http://a.example/2"]
    );
    assert_eq!(urls(&[&first[..], far, &last].concat(), "a"), ["http://a.example/1"]);
}

#[test]
fn a_bomb_is_given_up() {
    // Two gigabytes of empty lines, packed a thousand times over.
    let member = gzip(&vec![b'\n'; 64 << 20]);
    let bomb = member.repeat(32);
    assert!(bomb.len() < 16 << 20);
    let found: Vec<_> = open(&bomb[..], Some("a.jsonl.gz"), None, MOST).collect();
    assert_eq!(found.len(), 1);
    assert!(found[0].as_ref().unwrap_err().reason.contains("100 times its size"), "{found:?}");
    let page = open(&bomb[..], Some("a.html.gz"), None, MOST).next().unwrap().unwrap();
    assert_eq!(page.bytes.len(), MOST);
}

#[test]
fn a_file_of_nothing_but_faults_is_given_up() {
    let found: Vec<_> = open("no json\n".repeat(5_000).as_bytes(), Some("a.jsonl"), None, MOST).collect();
    assert_eq!(found.len(), 1001);
    assert!(found[1000].as_ref().unwrap_err().reason.starts_with("the rest was left out"));
}
