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

fn items(feed: &[u8]) -> Vec<Result<sayso_record::Document, String>> {
    open(feed, Some("a.xml"), None, MOST)
        .map(|page| page.map(|page| page.read()).map_err(|fault| fault.reason))
        .collect()
}

fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\"><channel><title>Quay Notes</title>\
         <link>http://q.example/</link><description>News</description>{items}</channel></rss>"
    )
}

fn item(title: &str, words: &str) -> String {
    format!(
        "<item><title>{title}</title><link>http://q.example/1</link><description>{words}</description></item>"
    )
}

#[test]
fn a_feed_that_is_no_sound_xml_is_mended() {
    let sound = item("Ferry sold", "The ferry is sold, Ilsa Dorn said.");
    for (title, words, read_title, read_words) in [
        ("Pier & ferry < quay", "The pier is shut.", "Pier & ferry < quay", "The pier is shut."),
        (
            "Pier&nbsp;shut",
            "The caf&eacute; too &mdash; Ann said.",
            "Pier\u{a0}shut",
            "The café too — Ann said.",
        ),
        ("Pier", "The pier<br>is <b>shut.", "Pier", "The pier\nis shut."),
        (
            "Pier &#0; quay &foo; AT&T",
            "<![CDATA[Fish & <b>chips</b>]]> a < b",
            "Pier &#0; quay &foo; AT&T",
            "Fish & chips a < b",
        ),
    ] {
        let read = items(rss(&format!("{}{sound}", item(title, words))).as_bytes());
        let [Ok(first), Ok(second)] = read.as_slice() else { panic!("{title}: {read:?}") };
        assert_eq!((first.title.as_deref(), first.text.as_str()), (Some(read_title), read_words));
        assert_eq!(second.text, "The ferry is sold, Ilsa Dorn said.");
        assert_eq!(first.site.as_deref(), Some("Quay Notes"));
        assert!(
            first.notes.iter().any(|note| note.text.contains("no sound XML")),
            "{title}: {:?}",
            first.notes
        );
    }
    assert_eq!(items(rss(&sound).as_bytes())[0].as_ref().unwrap().notes, []);
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Quay Notes</title><entry><title>Pier & quay</title><id>1</id>\
        <author><name>Ann & Bo</name></author><link href=\"http://q.example/1?a=1&b=2\"/><content type=\"html\">The pier is shut.</content></entry></feed>";
    let read = items(atom.as_bytes());
    let first = read[0].as_ref().unwrap();
    assert_eq!((first.title.as_deref(), first.text.as_str()), (Some("Pier & quay"), "The pier is shut."));
    assert_eq!(first.url.as_deref(), Some("http://q.example/1?a=1&b=2"));
}

#[test]
fn a_feed_that_breaks_off_gives_what_is_whole() {
    let whole = rss(&format!("{}{}", item("One", "The pier is shut."), item("Two", "The ferry is sold.")));
    for end in ["The ferry", "<title>Two", "</item></channel>", "</description></item></channel>"] {
        let cut = &whole[..whole.rfind(end).unwrap() + 4];
        let read = items(cut.as_bytes());
        let first = read[0].as_ref().unwrap();
        assert_eq!(first.text, "The pier is shut.", "{end}");
        assert!(first.notes.iter().any(|note| note.text.contains("breaks off")), "{end}: {:?}", first.notes);
        assert!(read.len() == 2 && read[1].is_err(), "{end}: {read:?}");
    }
    // Nor does one in the middle cost the others.
    let broken = whole.replacen("</item>", "<", 1);
    let third = "<item><title>Three</title><description>The quay is wet.</description></item></channel>";
    let read = items(broken.replace("</channel>", third).as_bytes());
    let texts: Vec<_> = read.iter().map(|read| read.as_ref().map_or("-", |read| &read.text)).collect();
    assert_eq!(texts, ["-", "The ferry is sold.", "The quay is wet."]);
    // Between two entries nothing is lost but the end.
    let cut = &whole[..whole.find("</item>").unwrap() + 7];
    let read = items(cut.as_bytes());
    assert!(read.len() == 1 && !read[0].as_ref().unwrap().notes.is_empty(), "{read:?}");
}

#[test]
fn a_feed_is_read_as_what_its_bytes_are() {
    for name in ["us-ascii", "iso-8859-1", "windows-1252", "utf-8"] {
        let feed =
            rss(&item("Pier – “shut”", "“The piles are rotten,” Otto Brandt said.")).replace("utf-8", name);
        let read = items(feed.as_bytes());
        let first = read[0].as_ref().unwrap();
        assert_eq!(first.title.as_deref(), Some("Pier – “shut”"), "{name}");
        assert_eq!(first.text, "“The piles are rotten,” Otto Brandt said.", "{name}");
    }
    let latin = rss(&item("Caf\u{e9}", "The caf\u{e9} is shut.")).replace("utf-8", "iso-8859-1");
    let bytes: Vec<u8> = latin.chars().map(|c| c as u8).collect();
    assert_eq!(items(&bytes)[0].as_ref().unwrap().text, "The café is shut.");
}

#[test]
fn feeds_that_mean_harm_end() {
    for part in [
        "<item>",
        "<item><title>",
        "<item></item>",
        "&",
        "<",
        "<![CDATA[",
        "<!--",
        "&#",
        "<title>",
        "<item a='",
    ] {
        items(rss(&part.repeat(200_000)).as_bytes());
        items(format!("<rss>{}", part.repeat(200_000)).as_bytes());
    }
    let nested = format!("<item>{}</title></item>", "<title><![CDATA[a]]>".repeat(50_000));
    items(rss(&nested).as_bytes());
}

#[test]
fn the_label_of_an_entry_is_a_notice() {
    let read = items(rss(&item("RETRACTED: The pier", "The pier is shut, the board said.")).as_bytes());
    let first = read[0].as_ref().unwrap();
    assert_eq!(first.title.as_deref(), Some("The pier"));
    assert!(first.text.starts_with("RETRACTED\n\nThe pier\n\n"), "{}", first.text);
}

#[test]
fn damage_is_noted_and_the_rest_read() {
    let words = "<p>The pier is shut, the harbour board said on Monday.</p>".repeat(3_000);
    let mut page = gzip(words.as_bytes());
    let end = page.len() - 8;
    page.truncate(end - 20);
    let read = open(&*page, Some("a.html.gz"), None, MOST).next().unwrap().unwrap().read();
    assert!(read.notes.iter().any(|note| note.text.contains("before the damage")), "{:?}", read.notes);
    assert!(read.text.contains("harbour board"));
    // A page that is packed by itself within an archive.
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n";
    let start = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/1\r\nContent-Length: {}\r\n\r\n{head}",
        head.len() + page.len()
    );
    let archive = [start.as_bytes(), &page, b"\r\n\r\n", &record("http://a.example/2", "x")].concat();
    let pages: Vec<_> = open(&*archive, None, None, MOST).map(Result::unwrap).collect();
    assert_eq!(pages.len(), 2);
    assert!(!pages[0].notes.is_empty() && pages[1].notes.is_empty());
    // Whatever byte of a member is damaged, the one before and the one after are read.
    let (first, second, third) =
        (gzip(&record("1", "x")), gzip(&record("2", &words)), gzip(&record("3", "y")));
    for at in [0, 1, 4, 12, second.len() / 2, second.len() - 6] {
        let mut damaged = second.clone();
        damaged[at] ^= 0x5a;
        let found = urls(&[&first[..], &damaged, &third].concat(), "a.warc.gz");
        assert!(found.first().unwrap() == "1" && found.last().unwrap() == "3", "{at}: {found:?}");
        assert!(found.iter().any(|url| url == "-") || found.len() == 3, "{at}: {found:?}");
    }
    // A line of JSON in an old encoding is read, and says so.
    let lines =
        b"{\"text\": \"The caf\xe9 is shut.\"}\n{\"text\": \"broken\n{\"text\": \"The pier is open.\"}\n";
    let found: Vec<_> = open(&lines[..], Some("a.jsonl"), None, MOST).collect();
    assert_eq!(found[0].as_ref().unwrap().read().text, "The café is shut.");
    assert!(!found[0].as_ref().unwrap().notes.is_empty());
    assert!(found[1].is_err());
    assert_eq!(found[2].as_ref().unwrap().read().text, "The pier is open.");
}
