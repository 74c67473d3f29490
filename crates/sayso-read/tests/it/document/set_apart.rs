//! What a page carries besides its article: labels of titles, struck words, links to other stories, toolbars of archives,
//! marks that nobody sees, and pages that say nothing.

use super::read;
use sayso_read::{Carrier, document};
use sayso_record::{BlockKind, Document, NoteKind, NoticeKind};

const BODY: &str = "<p>The lamp at Pellam has burnt since the winter of the great flood, and the keepers have \
    written down every ship that passed it.</p><p>“The glass is cracked,” Ilse Marwick said on Tuesday.</p>\
    <p>The harbour office will look at the tower next week, according to a letter that was read out at the meeting.</p>";

fn page(head: &str, title: &str, body: &str) -> String {
    format!("<html><head>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>")
}

fn at(url: &str, page: &str) -> Document {
    let carrier = Carrier { url: Some(url.into()), content_type: Some("text/html".into()) };
    let read = document(page.as_bytes(), &carrier);
    assert_eq!(read.faults(), vec![]);
    read
}

fn notices(read: &Document) -> Vec<(NoticeKind, &str)> {
    let blocks = read.blocks.iter();
    let notices = blocks.filter_map(|block| match &block.kind {
        BlockKind::Notice { notice, .. } => Some((*notice, block.span.of(&read.text))),
        _ => None,
    });
    notices.collect()
}

fn headline(read: &Document) -> Option<&str> {
    let is_headline = |kind: &BlockKind| *kind == BlockKind::Heading { level: 1 };
    read.blocks.iter().find(|block| is_headline(&block.kind)).map(|block| block.span.of(&read.text))
}

fn paragraphs(read: &Document) -> Vec<&str> {
    let is_paragraph = |kind: &BlockKind| *kind == BlockKind::Paragraph;
    read.blocks
        .iter()
        .filter(|block| is_paragraph(&block.kind))
        .map(|block| block.span.of(&read.text))
        .collect()
}

fn says(read: &Document, words: &str) -> bool {
    read.notes.iter().any(|note| note.text.contains(words))
}

#[test]
fn the_label_of_a_title_is_a_notice() {
    for (label, kind, notice) in [
        ("RETRACTED: ", NoticeKind::Retraction, "RETRACTED"),
        ("WITHDRAWN: ", NoticeKind::Retraction, "WITHDRAWN"),
        ("[Correction] ", NoticeKind::Correction, "Correction"),
        ("UPDATED: ", NoticeKind::Update, "UPDATED"),
    ] {
        let html = page("", &format!("{label}Keepers of the lamp"), BODY);
        let text = format!(
            "{label}Keepers of the lamp\n\nBy Ann Lee\n\nThe lamp at Pellam has burnt since the flood.\n"
        );
        for read in [read(&html), read(&text)] {
            assert_eq!(read.title.as_deref(), Some("Keepers of the lamp"), "{label}");
            assert_eq!(headline(&read), Some("Keepers of the lamp"), "{label}");
            assert_eq!(notices(&read), [(kind, notice)], "{label}: {}", read.text);
        }
    }
    // The label may stand only in the title of the window.
    let read = read(page(
        "<title>RETRACTED: Keepers of the lamp | Pellam Lamp</title>",
        "Keepers of the lamp",
        BODY,
    ));
    assert_eq!(notices(&read), [(NoticeKind::Retraction, "RETRACTED")]);
    assert_eq!(read.title.as_deref(), Some("Keepers of the lamp"));
}

#[test]
fn struck_words_are_not_said_any_more() {
    let struck = "<p>The lamp is <s>212</s> <ins>112</ins> years old, and <del>the mayor keeps it</del> the town keeps \
        it<strike> for now</strike>, Ann Lee said.</p><del><p>It was sold in May.</p></del>";
    let read = read(page("", "Keepers of the lamp", &format!("{struck}{BODY}")));
    let first = "The lamp is 112 years old, and the town keeps it, Ann Lee said.";
    assert_eq!(paragraphs(&read)[0], first);
    assert!(!read.text.contains("sold in May"));
    assert!(says(&read, "strikes through were left out, in 4 places"), "{:?}", read.notes);
    // A tag that nobody closed strikes the whole page.
    let open = super::read(page("", "Keepers of the lamp", &format!("<s>{BODY}")));
    assert!(open.text.contains("The glass is cracked") && says(&open, "were kept"), "{:?}", open.notes);
}

#[test]
fn links_to_other_stories_are_no_paragraphs() {
    let more = "<p>READ MORE: Ferry sold to a bidder from Ulmark</p><p><strong>Related:</strong> <a href=/2>Crane falls</a></p>\
        <p>WATCH: Waves break over the quay</p><h3>See also</h3><ul><li><a href=/3>Tide tables are wrong</a></li></ul>\
        <p>Sign up for our newsletter and have it in your inbox every week.</p><p>We use cookies to make this page better.</p>";
    let html = page("", "Keepers of the lamp", &format!("{BODY}{more}{BODY}").replace("next week", "soon"));
    let read = read(html);
    for away in ["Ferry", "Crane", "Waves", "Tide tables", "newsletter", "cookies", "See also"] {
        assert!(!read.text.contains(away), "{away}: {}", read.text);
    }
    assert!(read.text.contains("The glass is cracked"));
    // The name of a section of updates is no notice, where only links follow it.
    let updates = "<h2>Updates</h2><ul><li><a href=/3>Tide tables are wrong</a></li><li><a href=/4>Crane falls</a></li></ul>";
    let listed = super::read(page("", "Keepers of the lamp", &format!("{BODY}{updates}")));
    assert!(notices(&listed).is_empty() && !listed.text.contains("Updates"), "{}", listed.text);
    let noted = "<h2>Update</h2><p>The harbour office has answered: the tower will stay open.</p>";
    let noted = super::read(page("", "Keepers of the lamp", &format!("{BODY}{noted}")));
    assert_eq!(notices(&noted).len(), 1, "{}", noted.text);
    let text = "Keepers of the lamp\n\nThe lamp at Pellam has burnt since the flood.\n\nALSO READ: Ferry sold\n\nRelated\n\n“It is cracked,” Ann Lee said.\n";
    let read = super::read(text);
    assert_eq!(
        paragraphs(&read),
        ["The lamp at Pellam has burnt since the flood.", "“It is cracked,” Ann Lee said."]
    );
}

const WAYBACK: &str = "<!-- BEGIN WAYBACK TOOLBAR INSERT --><div id=wm-ipp-base><div id=wm-ipp><form><input name=url \
    value='https://lamp.example/keepers'></form><div>42 captures</div><table><tr><td>Feb<td>MAR<td>Apr</table>\
    <time datetime='2001-01-01'>1 Jan 2001</time></div></div><!-- END WAYBACK TOOLBAR INSERT -->";

#[test]
fn the_toolbar_of_an_archive_is_taken_off() {
    let prefix = "https://web.archive.org/web/20210310120000/";
    let linked = format!(
        "{BODY}<p class=date>March 4, 2021</p><p><a href='{prefix}https://northwire.example/lamp'>Northwire</a> and \
        <a href='/web/20210310120000/https://tide.example/'>the Tide</a> reported that the glass had gone.</p>"
    );
    let canonical = format!("<link rel=canonical href='{prefix}https://lamp.example/keepers'>");
    let copy =
        page(&canonical, "Keepers of the lamp", &linked).replace("<body>", &format!("<body>{WAYBACK}"));
    let fetched = format!("{prefix}https://lamp.example/keepers");
    let bare = copy.replace(&canonical, "");
    for (read, at_noon) in
        [(read(&copy), true), (at(&fetched, &copy), true), (at(&fetched, &bare), true), (read(&bare), false)]
    {
        assert_eq!(read.url.as_deref(), Some("https://lamp.example/keepers"));
        assert_eq!(read.published.as_ref().map(|stamp| stamp.at.as_str()), Some("2021-03-04"));
        assert!(!read.text.contains("MAR") && !read.text.contains("captures"), "{}", read.text);
        let links: Vec<&str> =
            read.blocks.iter().flat_map(|block| &block.links).map(|link| link.href.as_str()).collect();
        assert_eq!(links, ["https://northwire.example/lamp", "https://tide.example/"]);
        assert_eq!(says(&read, "at 2021-03-10T12:00:00Z"), at_noon, "{:?}", read.notes);
        assert!(says(&read, "copy that a web archive made"));
    }
    // On any other page a link to an archive leads to the archive.
    let read = at("https://lamp.example/keepers", &page("", "Keepers of the lamp", &linked));
    assert!(read.blocks.iter().flat_map(|block| &block.links).any(|link| link.href.starts_with(prefix)));
}

#[test]
fn frames_of_other_archives_are_taken_off() {
    let today = format!(
        "<html><head><meta property=og:url content=http://archive.today/aB3dE><link rel=canonical \
         href='https://archive.ph/2021.03.10-120000/https://lamp.example/keepers'><meta property=article:modified_time \
         content=2021-03-10T12:00:00Z></head><body><div id=HEADER><table><tr><td>archive.today webpage capture<td>Saved from \
         <input value='https://lamp.example/keepers'><td><time datetime=2021-03-10T12:00:00Z>10 Mar 2021</time></table></div>\
         <div id=CONTENT><h1>Keepers of the lamp</h1>{BODY}<p><a href='https://archive.ph/o/aB3dE/https://northwire.example/lamp'>\
         Northwire</a> reported that the glass had gone, and that nobody would pay for it.</p></div></body></html>"
    );
    let perma = format!(
        "<html><head><title>Perma.cc | Keepers of the lamp</title></head><body><header><a href=https://perma.cc/>Perma.cc</a> \
         <a href=https://lamp.example/keepers>View the live page</a> Captured March 10, 2021</header>\
         <article><h1>Keepers of the lamp</h1>{BODY}</article></body></html>"
    );
    for (url, page) in [("https://archive.ph/aB3dE", today), ("https://perma.cc/AB12-CD34", perma)] {
        let read = at(url, &page);
        assert_eq!(read.url.as_deref(), Some("https://lamp.example/keepers"), "{url}");
        assert_eq!(read.title.as_deref(), Some("Keepers of the lamp"), "{url}");
        assert!(!read.text.contains("apture") && !read.text.contains("Saved"), "{url}: {}", read.text);
        assert_eq!((&read.published, &read.modified), (&None, &None), "{url}");
        let mut links = read.blocks.iter().flat_map(|block| &block.links);
        assert!(links.all(|link| link.href == "https://northwire.example/lamp"));
    }
}

#[test]
fn ligatures_are_letters_and_unseen_marks_none() {
    let odd =
        "The \u{fb01}rst o\u{fb03}ce of the har\u{ad}bour was emp\u{200b}ty, Ann Lee\u{e0041}\u{e0042} said.";
    let plain = "The first office of the harbour was empty, Ann Lee said.";
    let escaped =
        odd.replace('\u{200b}', "&#8203;").replace('\u{fb01}', "&#xfb01;").replace('\u{ad}', "&shy;");
    for (read, count) in
        [(read(odd), 3), (read(format!("<p>{odd}</p>")), 3), (read(format!("<p>{escaped}</p>")), 3)]
    {
        assert_eq!(read.text, plain);
        assert!(says(&read, &format!("{count} invisible marks")), "{:?}", read.notes);
    }
    assert_eq!(read("<p>The har&shy;bour was empty, Ann Lee said.</p>").notes, []);
    let persian = "<p>\u{645}\u{6cc}\u{200c}\u{631}\u{648}\u{62f} \u{1f468}\u{200d}\u{1f469}</p>";
    let read = read(persian);
    assert!(read.text.contains('\u{200c}') && read.text.contains('\u{200d}') && read.notes.is_empty());
}

#[test]
fn a_page_that_says_nothing_says_so() {
    let script = format!(
        "self.push([1,\"{}\"])",
        "The glass is cracked and the lamp is dark, Ilse Marwick said on Tuesday. ".repeat(20)
    );
    let scripted = format!(
        "<html><head><title>Keepers of the lamp</title></head><body><div id=root><h1>Keepers of the lamp</h1></div><script>{script}</script></body></html>"
    );
    let kinds = |read: &Document| read.notes.iter().map(|note| note.kind).collect::<Vec<_>>();
    let found = read(scripted);
    assert_eq!(kinds(&found), [NoteKind::Stub]);
    assert!(says(&found, "its words are in a script"));
    let short = read(page("", "Keepers of the lamp", "<p>The glass is cracked.</p>"));
    assert_eq!(kinds(&short), [NoteKind::Stub]);
    assert!(says(&short, "nearly no text"));
    assert_eq!(kinds(&read(page("", "Keepers of the lamp", BODY))), []);
    assert_eq!(kinds(&read("<p>The glass is cracked.</p>")), [], "a fragment may be short");
}
