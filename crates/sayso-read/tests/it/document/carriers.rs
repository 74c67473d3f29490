//! Archives, feeds and JSON lines.

use flate2::Compression;
use flate2::write::GzEncoder;
use sayso_read::document::carriers::{Kind, kind, open};
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
    let read = open(&packed, None, None, MOST).next().unwrap().unwrap().read();
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
fn a_packed_page_is_a_page() {
    let found: Vec<_> = open(&gzip(b"<p>The pier is closed.</p>"), Some("a.html.gz"), None, MOST).collect();
    assert_eq!(found[0].as_ref().unwrap().read().text, "The pier is closed.");
}
