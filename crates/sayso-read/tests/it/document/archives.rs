//! Archives in ZIP files, messages and books: WACZ, DOCX, EPUB, MHTML, newsletters.

use sayso_read::document::carriers::{self, Fault, Kind, Page, kind, open, open_file};
use sayso_record::Document;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const MOST: usize = 1 << 20;

fn packed(entries: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    packed(entries, CompressionMethod::Deflated)
}

/// What is in a file, the same whether it can be read from any place or only from its beginning.
fn found(bytes: &[u8], name: &str) -> Vec<Result<Page, Fault>> {
    let streamed: Vec<_> = open(bytes, Some(name), None, MOST).collect();
    let placed: Vec<_> = open_file(Cursor::new(bytes), Some(name), None, MOST).collect();
    let told = |all: &[Result<Page, Fault>]| -> Vec<String> {
        all.iter().map(|one| one.as_ref().map_or_else(Fault::to_string, |page| format!("{page:?}"))).collect()
    };
    assert_eq!(told(&streamed), told(&placed));
    placed
}

fn read(bytes: &[u8], name: &str) -> Vec<Document> {
    found(bytes, name)
        .into_iter()
        .map(|page| {
            let read = page.unwrap_or_else(|fault| panic!("{fault}")).read();
            assert_eq!(read.faults(), vec![]);
            read
        })
        .collect()
}

fn record(url: &str, body: &str) -> String {
    let response = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}");
    let length = response.len();
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Length: {length}\r\n\r\n{response}\r\n\r\n"
    )
}

const PIER: &str = "<article><h1>The pier is closed</h1><p>The pier at Pellam is closed, the harbour board said on Monday.</p></article>";

#[test]
fn a_web_archive_gives_the_pages_of_its_list() {
    let warc = [
        record("https://courier.example/pier", PIER),
        record("https://ads.example/frame", "<p>Buy a boat, said nobody.</p>"),
        record("https://www.courier.example/quay/", &PIER.replace("pier", "quay")),
    ]
    .concat();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(warc.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    let list = concat!(
        "{\"format\": \"json-pages-1.0\", \"id\": \"pages\", \"title\": \"All Pages\"}\n",
        "{\"url\": \"https://courier.example/pier#top\", \"title\": \"The pier\"}\n",
        "this line is damaged\n",
        "{\"url\": \"http://courier.example/quay\"}\n",
    );
    let listed: [(&str, &[u8]); 3] = [
        ("datapackage.json", b"{}"),
        ("archive/data.warc.gz", &gzip),
        ("pages/pages.jsonl", list.as_bytes()),
    ];
    for method in [CompressionMethod::Stored, CompressionMethod::Deflated] {
        let wacz = packed(&listed, method);
        assert_eq!(kind(&wacz, None), Kind::Zip);
        assert!(carriers::holds_many(&wacz[..wacz.len().min(carriers::HEAD_BYTES)], None));
        let pages = read(&wacz, "a.wacz");
        let urls: Vec<&str> = pages.iter().map(|page| page.url.as_deref().unwrap()).collect();
        assert_eq!(urls, ["https://courier.example/pier", "https://www.courier.example/quay/"]);
        assert_eq!(pages[0].title.as_deref(), Some("The pier is closed"), "the page's own title goes first");
    }
    // Without a list, every record that may be a page is one; archives are counted on.
    let unlisted = zip(&[("archive/1.warc", warc.as_bytes()), ("archive/2.warc.gz", &gzip)]);
    let places: Vec<usize> =
        found(&unlisted, "a.wacz").iter().map(|page| page.as_ref().unwrap().place).collect();
    assert_eq!(places, [1, 2, 3, 4, 5, 6]);
}

const CORE: &str = r#"<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:title>Barrels &amp; boats</dc:title><dc:creator>Ilse Marwick</dc:creator></cp:coreProperties>"#;

#[test]
fn a_docx_is_read_by_its_paragraphs() {
    let document = r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY bomb "boom">]>
<w:document xmlns:w="w" xmlns:r="r" xmlns:mc="m"><w:body>
<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Barrels &amp; boats</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">The barrels came by </w:t></w:r><w:del><w:r><w:delText>road</w:delText></w:r></w:del><w:r><w:t>boat&bomb;, </w:t></w:r><w:hyperlink r:id="r1"><w:r><w:t>Marten Quill said</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Afterwards</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="IntenseQuote"/></w:pPr><w:r><w:t>“Nobody saw &lt;b&gt;them&lt;/b&gt;,” she wrote.</w:t></w:r></w:p>
<w:p><mc:AlternateContent><mc:Choice><w:r><w:t>Once.</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>Twice.</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Forty-one barrels were counted in all.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:document>"#;
    let relations = r#"<Relationships><Relationship Id="r1" Target="https://radio.example/quill" TargetMode="External"/><Relationship Id="r2" Target="javascript:alert(1)"/></Relationships>"#;
    let docx = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("docProps/core.xml", CORE.as_bytes()),
    ]);
    let page = &read(&docx, "report.docx")[0];
    let links: Vec<&str> =
        page.blocks.iter().flat_map(|block| &block.links).map(|link| link.href.as_str()).collect();
    assert_eq!(links, ["https://radio.example/quill"]);
    assert_eq!(page.bylines, ["Ilse Marwick"]);
    insta::assert_snapshot!(super::outline(page));
    // What breaks off is read as far as it goes.
    let cut = &document[..document.find("Forty-one").unwrap()];
    let cut = zip(&[("word/document.xml", cut.as_bytes())]);
    assert!(read(&cut, "report.docx")[0].text.contains("Marten Quill said"));
}

#[test]
fn an_epub_is_read_chapter_by_chapter() {
    let container = r#"<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>"#;
    let book = r#"<package xmlns:dc="d"><metadata><dc:title>The Halden Papers</dc:title><dc:creator>Orla Pender</dc:creator>
<dc:publisher>Quay Press</dc:publisher><dc:date>2019-06-04</dc:date></metadata><manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="two" href="text/chapter%202.xhtml#start" media-type="application/xhtml+xml"/>
<item id="one" href="text/one.xhtml" media-type="application/xhtml+xml"/>
<item id="gone" href="text/gone.xhtml" media-type="application/xhtml+xml"/>
<item id="map" href="map.png" media-type="image/png"/></manifest>
<spine><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/><itemref idref="map"/><itemref idref="gone"/></spine></package>"#;
    let chapter = |title: &str, words: &str| {
        format!(
            "<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><title>{title}</title></head><body><h1>{title}</h1><p>{words}</p></body></html>"
        )
    };
    let one = chapter("The stamps", "The stamps were of April, said Tobias Rennick.");
    let two = chapter("The boats", "Nobody counted the boats that year, wrote the toll keeper.");
    let epub = zip(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container.as_bytes()),
        ("OPS/book.opf", book.as_bytes()),
        ("OPS/text/one.xhtml", one.as_bytes()),
        ("OPS/text/chapter 2.xhtml", two.as_bytes()),
    ]);
    let found = found(&epub, "book.epub");
    assert_eq!(found.len(), 3);
    assert_eq!(found[2].as_ref().unwrap_err().to_string(), "record 3: this chapter of the book is missing");
    let pages: Vec<Document> = found.into_iter().flatten().map(|page| page.read()).collect();
    assert!(pages[0].text.contains("said Tobias Rennick") && pages[1].text.contains("the toll keeper"));
    assert_eq!(pages[1].site.as_deref(), Some("Quay Press"));
    assert_eq!(pages[1].bylines, ["Orla Pender"]);
    assert_eq!(pages[1].published.as_ref().unwrap().at, "2019-06-04");
}

#[test]
fn a_page_that_a_browser_saved_is_that_page() {
    let mhtml = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://courier.example/pier\r\nSubject: The pier\r\n\
Date: Tue, 4 Jun 2019 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n\
--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://courier.example/pier\r\n\r\n\
<article><h1>The pier is closed</h1><p>The pier is closed, the harbour =\r\nboard said on Monday, =E2=80=9Cfor good=E2=80=9D.</p></article>\r\n\
--b\r\nContent-Type: text/html\r\nContent-Location: https://ads.example/frame\r\n\r\n<p>Buy a boat.</p>\r\n--b--\r\n";
    assert_eq!(kind(mhtml.as_bytes(), None), Kind::Message);
    let page = &read(mhtml.as_bytes(), "pier.mhtml")[0];
    assert_eq!(page.url.as_deref(), Some("https://courier.example/pier"));
    assert!(
        page.text.contains("the harbour board said on Monday, “for good”") && !page.text.contains("boat")
    );
    // When it was saved is not when it was published, and no browser is an author.
    assert_eq!((page.published.as_ref(), page.bylines.len(), page.site.as_ref()), (None, 0, None));
}

#[test]
fn a_newsletter_is_a_page_of_its_sender() {
    let eml = "Received: from mail.example\r\nFrom: The Pellam Lamp <letters@lamp.example>\r\nTo: reader@example.org\r\n\
Subject: =?utf-8?q?Barrels_=E2=80=93_again?=\r\nDate: Tue, 4 Jun 2019 10:00:00 +0200\r\nMIME-Version: 1.0\r\n\
Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n\
The barrels are caf\u{e9} tins, says Petra V.\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n\
PGFydGljbGU+PHA+VGhlIGJhcnJlbHMgYXJlIHRpbnMsIHNheXMgUGV0cmEgVi48L3A+PC9hcnRpY2xlPg==\r\n--b--\r\n";
    let page = &read(eml.as_bytes(), "letter.eml")[0];
    assert_eq!(page.text.trim(), "The barrels are tins, says Petra V.");
    assert_eq!(page.site.as_deref(), Some("The Pellam Lamp"));
    assert_eq!(page.title.as_deref(), Some("Barrels – again"));
    assert_eq!(page.published.as_ref().unwrap().at, "2019-06-04T10:00:00+02:00");
    // A page that was pasted as text, head and all, is read as text.
    assert_eq!(kind(eml.as_bytes(), Some("letter.txt")), Kind::Page);
    assert_eq!(kind(b"Note: the pier is closed.\n\nIt is.", None), Kind::Page);
}

#[test]
fn a_bomb_and_a_lie_cost_nothing_but_themselves() {
    // 64 MiB of one letter, which unpack to far more than a record may have.
    let bomb = vec![b'a'; 64 << 20];
    let docx = zip(&[("word/document.xml", &bomb)]);
    assert!(docx.len() < 1 << 20);
    for page in found(&docx, "bomb.docx").into_iter().flatten() {
        assert!(page.bytes.len() <= MOST + 64, "{}", page.bytes.len());
    }
    let archive = format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n", bomb.len());
    let wacz = zip(&[("archive/a.warc", &[archive.as_bytes(), &bomb].concat())]);
    assert!(found(&wacz, "bomb.wacz").iter().all(Result::is_err));
    // Not one of ours, cut off in the middle, and a directory that lies about where things are.
    let other = zip(&[("notes.txt", b"The pier is closed.")]);
    let told = |bytes: &[u8]| found(bytes, "a.zip")[0].as_ref().unwrap_err().reason.clone();
    assert_eq!(told(&other), "this ZIP file is no web archive (WACZ), DOCX or EPUB");
    assert!(told(&other[..other.len() / 2]).starts_with("the ZIP file cannot be read"));
    let sound = zip(&[("archive/a.warc", record("https://courier.example/pier", PIER).as_bytes())]);
    for at in 0..sound.len() {
        let mut damaged = sound.clone();
        damaged[at] ^= 0xff;
        let _ = open(&damaged[..], Some("a.wacz"), None, MOST).count();
    }
}
