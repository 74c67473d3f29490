//! HTML pages, small and invented.

use super::{outline, read};
use insta::assert_snapshot;
use sayso_record::BlockKind;

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

#[test]
fn structured_data_tells_of_comments_and_corrections() {
    let page = r##"<html><head><title>The silo was full</title><script type="application/ld+json">
{"@type":"NewsArticle","headline":"The silo was full","correction":{"@type":"CorrectionComment","datePublished":"2009-04-02","text":"The silo stands in Ulmark, not in Velm."},
"comment":[{"@type":"Comment","@id":"#c1","text":"I drove the lorry myself.<p>It was empty.","author":{"name":"Corin","url":"/u/corin"},"dateCreated":"2009-04-01T10:00:00Z"},
{"@type":"Comment","parentItem":{"@id":"#c1"},"text":"Which lorry would that be?","author":"Petra"},
{"@type":"Comment","text":"Nobody at the mill said so to us at all.","author":"Ina"}]}</script></head>
<body><h1>The silo was full</h1><article><p>The silo at the mill was full on Monday, the miller said, and the grain in it was dry.</p>
<p>Two lorries came from the coast on Tuesday, and both drove back before noon, according to the gate book.</p></article>
<div class="x7"><b>Ina</b><p>Nobody at the mill said so to us at all.</p></div></body></html>"##;
    assert_snapshot!(outline(&read(page)));
}

#[test]
fn a_correction_without_a_label_is_known_by_the_structured_data() {
    let page = r#"<html><head><script type="application/ld+json">{"@type":"Article","headline":"Grain","correction":"The mill stands in Ulmark and the silo stands in Velm."}</script></head>
<body><article><h1>Grain</h1><p>The silo at the mill was full on Monday, the miller said, and the grain in it was dry.</p>
<p>The mill stands in Ulmark and the silo stands in Velm.</p></article></body></html>"#;
    let read = read(page);
    let notices: Vec<_> = read
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, sayso_record::BlockKind::Notice { .. }))
        .map(|block| block.span.of(&read.text))
        .collect();
    assert_eq!(notices, ["The mill stands in Ulmark and the silo stands in Velm."]);
}

#[test]
fn entries_of_a_live_blog_keep_their_times() {
    let page = r#"<html><head><script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"The strike, hour by hour","liveBlogUpdate":[
{"@type":"BlogPosting","headline":"Gates shut","datePublished":"2012-05-03T09:15:00Z","articleBody":"The gates were shut at nine, the union said."},
{"@type":"BlogPosting","datePublished":"2012-05-03T11:40:00Z","articleBody":"The board asked for talks, its clerk told this page."}]}</script></head>
<body><h1>The strike, hour by hour</h1><p>We follow the strike at the harbour through the day, as it is told to us at the gates.</p></body></html>"#;
    assert_snapshot!(outline(&read(page)));
}

#[test]
fn who_wrote_a_comment_may_stand_beside_it() {
    let review = |name: &str, date: &str, words: &str| {
        format!(
            "<blockquote><div class=rating_block><small>{name} am {date}</small></div><p class=comment>{words}</p></blockquote>"
        )
    };
    let page = format!(
        "<h1>Ein Kasten für Kraken</h1><p>Der Kasten ist aus Holz und fasst zwei Kraken, sagt der Händler.</p><div>{}{}</div><p>Quay Notes</p>",
        review("Ulf Castell", "10.4.2020", "Die Kraken sind zufrieden, ich bin es auch."),
        review("Ann Lee", "19.2.2012", "Nach einer Woche war der Deckel weg.")
    );
    let read = read(page);
    let comments: Vec<_> = (read.blocks.iter())
        .filter_map(|block| match &block.kind {
            BlockKind::Comment { author, published, .. } => {
                Some((author.as_deref()?, published.as_ref()?.at.as_str(), block.span.of(&read.text)))
            }
            _ => None,
        })
        .collect();
    assert_eq!(
        comments,
        [
            ("Ulf Castell", "2020-04-10", "Die Kraken sind zufrieden, ich bin es auch."),
            ("Ann Lee", "2012-02-19", "Nach einer Woche war der Deckel weg.")
        ]
    );
}

#[test]
fn cards_that_unfold_over_a_line_are_none_of_its_words() {
    let page = "<h1>The pier</h1><p>The pier is shut, said <span><a href=/p/ann>Ann Lee</a><span><img src=a.jpg>\
        <a href=/p/ann>Ann Lee</a> <a href=/1>Crane falls into the dock</a> <a href=/2>More</a></span></span> of the board.</p>";
    assert!(read(page).text.contains("The pier is shut, said Ann Lee of the board."));
}

#[test]
fn each_entry_of_a_live_blog_stands_under_its_time() {
    let entry = |time: &str, head: &str, words: &str| {
        format!(
            "<div class=entry><time datetime=2024-03-01T{time}Z>{time}</time><h3>{head}</h3><p>{words}</p></div>"
        )
    };
    let page = format!(
        "<article><h1>Storm at the pier</h1>{}{}{}</article>",
        entry(
            "10:15",
            "Pier closed",
            "The harbour board has closed the pier, a spokesman said this morning."
        ),
        entry("09:40", "Ferries stop", "No ferry will leave before noon, according to the company."),
        entry("08:05", "A warning", "The storm will reach the coast at noon, the weather office says.")
    );
    let text = read(page).text;
    assert!(["10:15", "09:40", "08:05"].iter().all(|time| text.contains(time)), "{text}");
}

#[test]
fn the_last_post_of_a_forum_may_end_with_the_page() {
    let post = |id: u32, name: &str, words: &str| {
        format!(
            "<div id=p{id} class=\"post bg1\"><p class=author>by <a href=u{id}>{name}</a> » Mar 03, 2014 9:15 am</p>\
             <div class=content>{words}</div></div>"
        )
    };
    let page = format!(
        "<html><body><h2>Who shut the pier?</h2>{}{}</body></html>",
        post(101, "annlee", "I think that the board shut it, and nobody else."),
        post(102, "boek", "No, it was the storm, as everybody saw.")
    );
    let comments =
        read(page).blocks.iter().filter(|block| matches!(block.kind, BlockKind::Comment { .. })).count();
    assert_eq!(comments, 2);
}

/// The comments of a page, as author, day and words.
fn comments(page: &str) -> Vec<String> {
    let read = read(page);
    let mut out = Vec::new();
    for (at, block) in read.blocks.iter().enumerate() {
        let BlockKind::Comment { author, published, .. } = &block.kind else { continue };
        let words: Vec<&str> = (at + 1..read.blocks.len())
            .filter(|&inner| read.blocks[inner].within == Some(at as u32))
            .map(|inner| read.blocks[inner].span.of(&read.text))
            .collect();
        let day = published.as_ref().and_then(|stamp| stamp.at.get(..10)).unwrap_or("no day");
        out.push(format!("{} {day}: {}", author.as_deref().unwrap_or("nobody"), words.join(" / ")));
    }
    out
}

#[test]
fn what_was_taken_away_is_no_comment() {
    let comment = |id: u32, name: &str, words: &str| {
        format!(
            "<div class=comment id=comment-{id}><span class=author>{name}</span> \
             <time datetime=2021-03-05T09:00Z>March 5</time><div class=comment-text><p>{words}</p></div></div>"
        )
    };
    let page = format!(
        "<html><body><h1>Barrels</h1>{}{}{}{}</body></html>",
        comment(11, "Lotte", "There were four of them, and all were empty."),
        comment(12, "[deleted]", "[removed]"),
        comment(13, "Rook", "This comment has been removed by a moderator."),
        comment(14, "Ines", "Removed on Monday, as far as I know.")
    );
    assert_eq!(
        comments(&page),
        [
            "Lotte 2021-03-05: There were four of them, and all were empty.",
            "Ines 2021-03-05: Removed on Monday, as far as I know."
        ]
    );
}

#[test]
fn posts_are_known_by_who_signed_them() {
    // An engine that nobody knows: no class says what anything is.
    let post = |day: u32, name: &str, words: &str| {
        format!(
            "<div class=zq><div class=k1><a class=w href=/members/{name}>{name}</a> <i>{day}.03.2014 - 22:40</i></div>\
             <div class=k2>{words}</div></div>"
        )
    };
    let page = format!(
        "<html><body><div class=top><a href=/>Home</a></div><h1>The crane</h1>{}{}{}</body></html>",
        post(14, "kelpie42", "It was sold for scrap in the spring of last year."),
        post(15, "Rook", "Not sold. It was given away, and the minutes say so."),
        post(16, "kelpie42", "Then the minutes are wrong, because I saw the bill.")
    );
    assert_eq!(
        comments(&page),
        [
            "kelpie42 2014-03-14: It was sold for scrap in the spring of last year.",
            "Rook 2014-03-15: Not sold. It was given away, and the minutes say so.",
            "kelpie42 2014-03-16: Then the minutes are wrong, because I saw the bill."
        ]
    );
}

#[test]
fn articles_in_a_list_are_no_posts() {
    let teaser = |day: u32, name: &str, title: &str, words: &str| {
        format!(
            "<div class=zq><h2><a href=/news/{day}>{title}</a></h2><a class=author href=/profile/{name}>{name}</a> \
             <time datetime=2014-03-{day}>March {day}</time><p>{words}</p></div>"
        )
    };
    let page = format!(
        "<html><body><h1>Harbour news</h1>{}{}{}</body></html>",
        teaser(
            14,
            "Mara",
            "Crane sold for scrap",
            "The old crane was sold for scrap on Friday, the board said."
        ),
        teaser(
            15,
            "Bo",
            "Lights out on the slipway",
            "The lights on the slipway have been out since Tuesday."
        ),
        teaser(
            16,
            "Mara",
            "Barrels found on the beach",
            "Four barrels were found on the north beach, all empty."
        )
    );
    assert_eq!(comments(&page), Vec::<String>::new());
}

#[test]
fn a_page_of_one_post_is_its_authors() {
    let pages = [
        r#"<html><head><title>Dagny Holt: "We lit it ourselves." - Tide</title><meta property="og:title" content="Dagny Holt (@dagny@tide.example)"><meta property="profile:username" content="dagny@tide.example"></head><body><div class="detailed-status"><span class="display-name"><strong>Dagny Holt</strong> @dagny@tide.example</span><div class="status__content"><p>We lit it ourselves last night.</p></div><span>12 boosts</span></div></body></html>"#,
        r#"<html><head><title>Dagny Holt on X: "We lit it ourselves last night." / X</title><meta property="og:site_name" content="X (formerly Twitter)"><meta property="og:title" content="Dagny Holt on X"></head><body><article data-testid="tweet"><div data-testid="User-Name"><a href="/dagny">Dagny Holt</a> <a href="/dagny">@dagny</a></div><div data-testid="tweetText">We lit it ourselves last night.</div><a href="/dagny/status/7"><time datetime="2021-05-03T09:00:00Z">May 3, 2021</time></a></article></body></html>"#,
        r#"<html><head><title>Dagny Holt (@d.example) — Bluesky</title><meta property="og:site_name" content="Bluesky Social"><meta property="og:title" content="Dagny Holt (@d.example)"></head><body><h3>Dagny Holt (@d.example)</h3><div data-testid="postThreadItem-by-d.example"><div data-testid="postText">We lit it ourselves last night.</div></div></body></html>"#,
        // What is drawn before any script runs.
        r#"<html><head><title>Dagny Holt (@d.example) — Bluesky</title><meta property="og:site_name" content="Bluesky Social"><meta property="og:title" content="Dagny Holt (@d.example)"></head><body><div id="bsky_post_summary"><h3>Post</h3><p id="bsky_display_name">Dagny Holt</p><p id="bsky_handle">d.example</p><p id="bsky_did">did:plc:x</p><p id="bsky_post_text">We lit it ourselves last night.</p><p id="bsky_post_indexedat">2021-05-03T09:00:00Z</p></div></body></html>"#,
        // Only the head has the words.
        r#"<html><head><title>Dagny Holt (@dagny@tide.example)</title><meta property="og:title" content="Dagny Holt (@dagny@tide.example)"><meta property="profile:username" content="dagny@tide.example"><meta property="og:description" content="We lit it ourselves last night."></head><body><div id="mastodon"></div></body></html>"#,
        // The head has nothing, and somebody answers.
        r#"<html><head><title>Tide</title></head><body><div class="detailed-status"><a class="detailed-status__display-name" href="/@dagny"><strong class="display-name__html">Dagny Holt</strong> <span>@dagny@tide.example</span></a><div class="status__content"><p>We lit it ourselves last night.</p></div><time datetime="2021-05-03T09:00:00Z">May 3</time></div><div class="status"><a href="/@bo"><strong class="display-name__html">Bo Reyes</strong></a><time datetime="2021-05-03T10:00:00Z">May 3</time><div class="status__content"><p>Thank you for that.</p></div></div></body></html>"#,
    ];
    for page in pages {
        let read = read(page);
        assert_eq!(read.bylines, ["Dagny Holt"], "{page}");
        assert!(read.text.ends_with("We lit it ourselves last night."), "{}", read.text);
        assert_eq!(comments(page), Vec::<String>::new());
    }
}

#[test]
fn a_thread_is_as_old_as_its_first_post() {
    let post = |id: u32, name: &str, date: &str, words: &str| {
        format!(
            "<li class=\"postbitlegacy postcontainer\" id=\"post_{id}\"><div class=posthead><span class=date>{date}, 10:11 AM</span></div>\
             <div class=userinfo><a class=username href=\"member.php?u={id}\"><strong>{name}</strong></a><span class=rank>Senior \
             Member</span></div><div class=content><div id=\"post_message_{id}\"><blockquote class=\"postcontent\">{words}</blockquote></div></div></li>"
        )
    };
    let page = format!(
        "<html><body><h1>Who shut the slipway?</h1><ol id=posts>{}{}</ol></body></html>",
        post(1, "annlee", "06-02-2023", "I think that the board shut it, and nobody else."),
        post(2, "boek", "06-03-2023", "No, it was the storm, as everybody saw that day.")
    );
    let read = read(&page);
    assert_eq!(read.published.map(|stamp| stamp.at).as_deref(), Some("2023-06-02T10:11:00"));
    assert_eq!(read.notes, vec![]);
}

#[test]
fn the_time_of_a_post_within_is_not_the_pages() {
    let page = r#"<html><body><article><h1>Slipway lights go out again</h1><p>The lights on the slipway have been out since Tuesday, and the board has known of it.</p><blockquote class="instagram-media"><p>We lit it ourselves last night.</p><p>A post shared by Dagny Holt (@dagnyholt) on <time datetime="2021-05-03T09:12:00+00:00">May 3, 2021</time></p></blockquote></article></body></html>"#;
    assert_eq!(read(page).published, None);
}
