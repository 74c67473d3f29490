//! HTML pages, small and invented.

use super::{outline, read};
use insta::assert_snapshot;

#[test]
fn an_article_with_everything() {
    let page = r##"<!DOCTYPE html><html lang="en-GB"><head><title>Crates were new, board says | Harbour Lantern</title>
<meta property="og:site_name" content="Harbour Lantern"><meta property="article:section" content="Port">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Crates were new, board says","author":[{"name":"Mara Voss"},{"name":"Bo Ek"}],"datePublished":"2007-01-30T09:00:00+01:00","dateModified":"2007-01-31"}</script>
<base href="http://lantern.example/port/"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/port">Port</a></li></ul></nav>
<article><h1>Crates were new, board says</h1><p class="byline">By Mara Voss and Bo Ek</p>
<figure><img src="a.jpg"><figcaption>The crates on the quay. Photo: Bo Ek</figcaption></figure>
<p>The harbour board says that the crates on the east quay were new, and that it has the stamps to prove it.</p>
<p>From <a href="../gazette">the Harbour Gazette</a>:</p>
<blockquote><p>The crates were stamped in spring, a clerk said.</p><blockquote><p>Nobody else has such stamps.</p></blockquote></blockquote>
<h2>What the union says</h2>
<p>The union of dockers does not believe it, and says so in <a href="letter.html">a letter</a> to the board.</p>
<p><em>Correction (31 January 2007): The crates came by rail. An earlier version of this article said that they came by sea.</em></p>
</article>
<aside><h3>Most read</h3><ul><li><a href="/1">Ferry late again</a></li><li><a href="/2">Crane sold</a></li></ul></aside>
<div id="disqus_thread"></div><footer><p>&copy; Harbour Lantern. All rights reserved.</p></footer></body></html>"##;
    assert_snapshot!(outline(&read(page)));
}

#[test]
fn an_old_page_of_tables_without_end_tags() {
    let page = "<html><head><title>Quay Notes</title></head><body bgcolor=white><table><tr><td><a href=/>Home</a><br><a href=/old>Old</a>\
        <td><font size=5>The pier is closed</font><p>The pier was closed on Monday, the harbour board said, and will not open before spring.\
        <p>Nobody knows who ordered it, and nobody on the board would say so<br>when asked.</table></body></html>";
    assert_snapshot!(outline(&read(page)));
}

#[test]
fn stubs_are_called_stubs() {
    let read = read(
        "<html><head><title>Page not found</title></head><body><h1>Page not found</h1><p>Sorry, that page is gone.</p></body></html>",
    );
    assert_eq!(read.notes.iter().map(|note| note.kind).collect::<Vec<_>>(), [sayso_record::NoteKind::Stub]);
}
