//! Headlines, bylines and times of pages, small and invented.

use sayso_read::{Carrier, document};
use sayso_record::Document;

const BODY: &str = "<p>The pier has stood for a hundred years, and the harbour board has spent little on it since the \
    storms of the last decade took two of its landing stages.</p><p>The mayor spoke on Monday about the pier, and \
    about who is to pay for it, as he has done every year since he was chosen.</p>";

/// A page of an outlet, with what is given in its head and around its headline.
fn page(head: &str, above: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>Pier at Ostrell to close | Ostrell Gazette</title>\
         <meta property=\"og:site_name\" content=\"Ostrell Gazette\">{head}</head>\
         <body><nav><a href=\"/\">Home</a> <a href=\"/news\">News</a></nav>{above}</body></html>"
    )
}

/// The same, with the headline and what stands below it.
fn below(head: &str, below: &str) -> String {
    page(head, &format!("<article><h1>Pier at Ostrell to close</h1>{below}{BODY}</article>"))
}

fn read_at(page: &str, url: Option<&str>) -> Document {
    let read = document(page.as_bytes(), &Carrier { url: url.map(str::to_owned), content_type: None });
    assert_eq!(read.faults(), vec![], "{}", read.text);
    read
}

#[track_caller]
fn by(page: &str, names: &[&str]) {
    assert_eq!(read_at(page, None).bylines, names, "{page}");
}

#[track_caller]
fn published(page: &str, at: Option<&str>) {
    assert_eq!(read_at(page, None).published.map(|stamp| stamp.at).as_deref(), at, "{page}");
}

#[test]
fn an_author_may_be_told_by_the_address_of_a_person() {
    let data = |json: &str| below(&format!("<script type=\"application/ld+json\">{json}</script>"), "");
    by(
        &data(
            r##"{"@graph":[{"@type":"Article","headline":"Pier at Ostrell to close","author":{"@id":"#p1"}},{"@type":["Person"],"@id":"#p1","name":"Mara Lindqvist"}]}"##,
        ),
        &["Mara Lindqvist"],
    );
    by(
        &data(
            r##"[{"@type":"Person","@id":"#a","name":"Bo Ek"},{"@type":"NewsArticle","author":[{"@id":"#b"},{"@id":"#a"}]},{"@type":"Person","@id":"#b","givenName":"Ann","familyName":"Lee"}]"##,
        ),
        &["Ann Lee", "Bo Ek"],
    );
    by(
        &data(
            r##"{"@graph":[{"@type":"WebPage","author":{"@id":"#p"},"datePublished":"2021-03-04"},{"@type":"Person","@id":"#p","name":"Mara Lindqvist"}]}"##,
        ),
        &["Mara Lindqvist"],
    );
    by(&data(r#"{"@type":"BlogPosting","author":{"name":["Ann Lee","Bo Ek"]}}"#), &["Ann Lee", "Bo Ek"]);
    by(&data(r##"{"@graph":[{"@type":"Article","author":{"@id":"#nobody"}}]}"##), &[]);
    // A quotation mark too many makes no JSON, but tells what it tells.
    let broken = data(
        r#"{"@type":"Article","description":"The "pier","datePublished":"2021-03-04","author":{"@type":"Person","name":"Ann Lee"}}"#,
    );
    by(&broken, &["Ann Lee"]);
    published(&broken, Some("2021-03-04"));
}

#[test]
fn classes_of_layout_hide_neither_byline_nor_date() {
    let signed = "<div class=meta><a rel=author href=/author/m/>Mara Lindqvist</a> <time datetime=\"2021-03-04T09:30:00Z\">4 March</time></div>";
    for class in [
        "col-md-8",
        "box",
        "card",
        "column main-column",
        "module",
        "widget",
        "grid",
        "more",
        "inline",
        "latest",
        "content-sidebar-wrap",
        "panel links",
    ] {
        for page in [
            page(
                "",
                &format!(
                    "<div class=\"{class}\"><article><h1>Pier at Ostrell to close</h1>{signed}{BODY}</article></div>"
                ),
            ),
            page(
                "",
                &format!("<h1>Pier at Ostrell to close</h1><div class=\"{class}\">{signed}{BODY}</div>"),
            ),
        ] {
            by(&page, &["Mara Lindqvist"]);
            published(&page, Some("2021-03-04T09:30:00Z"));
        }
    }
}

#[test]
fn what_stands_beside_the_article_signs_nothing() {
    let other = "<a rel=author href=/author/x/>Corin Dale</a> <time datetime=2009-01-01>1 January</time>";
    for beside in [
        format!("<aside><h3>Crane sold</h3>{other}</aside>"),
        format!("<div class=\"related-posts\"><h3>Crane sold</h3>{other}</div>"),
        format!("<div class=\"latest-news\"><h3>Crane sold</h3>{other}</div>"),
        format!("<footer>{other}</footer>"),
        "<div id=comments><div class=comment><span class=author>Corin Dale</span> <time datetime=2009-01-01>1 January</time><p>Nobody uses it anyway.</p></div></div>".to_owned(),
        "<div itemprop=review><span itemprop=author>Corin Dale</span> <time datetime=2009-01-01>1 January</time><p>It holds.</p></div>".to_owned(),
        format!("<div class=card><h3>Crane sold</h3>{other}</div>"),
    ] {
        let page = page(
            "",
            &format!(
                "<article><h1>Pier at Ostrell to close</h1>{BODY}{BODY}{BODY}{BODY}{BODY}{BODY}</article>{beside}"
            ),
        );
        by(&page, &[]);
        published(&page, None);
    }
    by(
        &below(
            "",
            "<p>The pier was built by <a href=/people/corin-dale>Corin Dale</a>, who has never been paid for it and says so.</p>",
        ),
        &[],
    );
}

#[test]
fn bylines_without_by() {
    for line in [
        "<span class=byline><a href=/author/m title=\"Mara Lindqvist\">Mara Lindqvist</a></span>",
        "<div class=\"article-author\"><img src=a.jpg><span>Mara Lindqvist</span></div>",
        "<p class=byline>Mara Lindqvist, Senior Writer</p>",
        "<div class=author-name><span>Mara Lindqvist</span></div>",
        "<div class=byline>Mara Lindqvist in Ostrell</div>",
        "<p class=author>Mara Lindqvist<br>Harbour correspondent</p>",
        "<p>Written by Mara Lindqvist</p>",
        "<p>Words by Mara Lindqvist</p>",
        "<p>Text: Mara Lindqvist</p>",
        "<p>Story by <b>Mara Lindqvist</b></p>",
        "<p>Posted by: Mara Lindqvist on March 4, 2021</p>",
        "<div>By</div><div class=author>Mara Lindqvist</div>",
        "<ul itemprop=author itemscope><li class=head><a rel=author href=/w/m><img src=m.png></a></li><li>by <span itemprop=name>Mara Lindqvist</span></li></ul>",
        "<span itemprop=author><meta itemprop=name content=\"Mara Lindqvist\"></span>",
        "<div class=signed><a href=\"https://gazette.example/authors/mara-lindqvist\">Mara Lindqvist</a></div>",
    ] {
        by(&below("", line), &["Mara Lindqvist"]);
    }
    by(
        &below(
            "",
            "<p class=byline><a rel=author href=/a>Ann Lee</a> and <a rel=author href=/b>Bo Ek</a></p>",
        ),
        &["Ann Lee", "Bo Ek"],
    );
    by(&below("", "<p class=byline>By <a href=/a>Ann Lee</a> and Bo Ek</p>"), &["Ann Lee", "Bo Ek"]);
    by(&below("", "<p class=author>Share this story</p>"), &[]);
}

#[test]
fn names_end_with_degrees_and_initials() {
    for (content, name) in [
        ("Elle Panning M.P.H., R.D.", "Elle Panning"),
        ("Elle Panning, PhD", "Elle Panning"),
        ("Robert Downs Jr.", "Robert Downs Jr."),
        ("Robert Downs, Jr.", "Robert Downs Jr."),
        ("Priya S.", "Priya S."),
        ("Ursula von der Aue", "Ursula von der Aue"),
        ("Luigi di Maro", "Luigi di Maro"),
        ("Jan van der Berg", "Jan van der Berg"),
    ] {
        by(&below(&format!("<meta name=author content=\"{content}\">"), ""), &[name]);
        by(&below("", &format!("<p class=byline>By {content}</p>")), &[name]);
    }
}

#[test]
fn a_person_goes_before_an_address_and_the_outlet() {
    let line = "<p class=line>By <a rel=author href=/a>Mara Lindqvist</a></p>";
    for content in [
        "m.lindqvist@gazette.example",
        "Ostrell Gazette (www.gazette.example)",
        "gazette.example",
        "https://gazette.example/authors/7",
        "The Ostrell Gazette",
        "Gazette Staff",
        "admin",
    ] {
        by(&below(&format!("<meta name=author content=\"{content}\">"), line), &["Mara Lindqvist"]);
    }
    for agency in ["Reuters", "AP", "Associated Press", "Staff"] {
        by(&below(&format!("<meta name=author content=\"{agency}\">"), ""), &[agency]);
        by(&below("", &format!("<p class=byline>By {agency}</p>")), &[agency]);
    }
    by(
        &below(
            "<meta name=author content=\"m.lindqvist@gazette.example\"><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"author\":{\"@type\":\"Person\",\"name\":\"Mara Lindqvist\"}}</script>",
            "",
        ),
        &["Mara Lindqvist"],
    );
}

#[test]
fn authors_in_meta_elements() {
    for name in [
        "author",
        "article:author",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "byl",
        "citation_author",
    ] {
        by(&below(&format!("<meta name=\"{name}\" content=\"Mara Lindqvist\">"), ""), &["Mara Lindqvist"]);
    }
    by(
        &below(
            "<meta name=\"twitter:label1\" content=\"Written by\"><meta name=\"twitter:data1\" content=\"Mara Lindqvist\">",
            "",
        ),
        &["Mara Lindqvist"],
    );
    by(
        &below(
            "<meta name=\"twitter:label1\" content=\"Reading time\"><meta name=\"twitter:data1\" content=\"Four Minutes\">",
            "",
        ),
        &[],
    );
    by(
        &below(
            "<meta name=citation_author content=\"Lee, Ann\"><meta name=citation_author content=\"Ek, Bo\">",
            "",
        ),
        &["Ann Lee", "Bo Ek"],
    );
}

#[test]
fn the_post_of_an_account_is_by_whoever_has_it() {
    let page = |title: &str| {
        format!(
            "<html><head><title>A post</title><meta property=\"og:title\" content=\"{title}\"></head>\
             <body><div class=status><a class=display-name href=/@orla><strong>Orla Venn</strong> <span>@orla@social.example</span></a>\
             <p>The pier will open again in May, and not a day later.</p></div></body></html>"
        )
    };
    by(&page("Orla Venn (@orla@social.example)"), &["Orla Venn"]);
    by(&page("Orla Venn (@orla.social.example)"), &["Orla Venn"]);
    by(&page("Orla Venn on X: The pier will open again"), &["Orla Venn"]);
}

#[test]
fn a_year_with_a_clock_is_no_date() {
    let line = |words: &str| below("", &format!("<div class=date>{words}</div>"));
    published(&line("4 mei 2021, 9:30"), Some("2021-05-04T09:30:00"));
    published(&line("4 maja 2021, 9:30"), Some("2021-05-04T09:30:00"));
    published(&line("4 Nisan 2021 09:30"), Some("2021-04-04T09:30:00"));
    published(&line("2021年3月4日 09:30"), Some("2021-03-04T09:30:00"));
    published(&line("4 blorp 2021, 9:30"), None);
    published(&line("Copyright 2019, 10:15"), None);
}

#[test]
fn slashes_are_read_as_the_country_writes_them() {
    let page = |lang: &str| {
        format!(
            "<html lang=\"{lang}\"><head><title>Pier at Ostrell to close</title></head><body><article><h1>Pier at Ostrell to close</h1><p class=date>04/03/2021</p>{BODY}</article></body></html>"
        )
    };
    let at = |lang: &str, url: &str| {
        let read = read_at(&page(lang), Some(url));
        (read.published.map(|stamp| stamp.at).unwrap_or_default(), read.notes.len())
    };
    let (march, april) = ("2021-03-04".to_owned(), "2021-04-03".to_owned());
    assert_eq!(at("en-GB", "https://gazette.example/a"), (march.clone(), 0));
    assert_eq!(at("en", "https://gazette.co.uk/a"), (march.clone(), 0));
    assert_eq!(at("en", "https://gazette.com.au/a"), (march.clone(), 0));
    assert_eq!(at("fr", "https://gazette.com/a"), (march.clone(), 0));
    assert_eq!(at("en-US", "https://gazette.com/a"), (april.clone(), 0));
    assert_eq!(at("en", "https://gazette.us/a"), (april.clone(), 0));
    assert_eq!(at("en", "https://gazette.com/a"), (april.clone(), 1));
    // The address tells which it is.
    assert_eq!(at("en", "https://gazette.com/2021/03/04/a"), (march, 0));
    assert_eq!(at("en", "https://gazette.com/2021/04/03/a"), (april, 0));
}

#[test]
fn lines_that_nothing_marks_tell_author_and_date() {
    for (line, names, at) in [
        ("<p>Mara Lindqvist | July 2, 2021</p>", &["Mara Lindqvist"][..], Some("2021-07-02")),
        ("<p>Mara Lindqvist | Senior Writer | July 2, 2021</p>", &["Mara Lindqvist"], Some("2021-07-02")),
        ("<p>July 2, 2021 • Mara Lindqvist</p>", &["Mara Lindqvist"], Some("2021-07-02")),
        ("<p>By Mara Lindqvist — July 2, 2021</p>", &["Mara Lindqvist"], Some("2021-07-02")),
        ("<div>Mar 04, 2021</div>", &[], Some("2021-03-04")),
        ("<div><a href=/p>Mara Lindqvist</a></div><div>Mar 04, 2021</div>", &[], Some("2021-03-04")),
        ("<div>Mara Lindqvist</div><div>Mar 04, 2021</div>", &["Mara Lindqvist"], Some("2021-03-04")),
        ("<p>4 March 2021, 9:30am</p>", &[], Some("2021-03-04T09:30:00")),
        ("<p>2021年3月4日</p>", &[], Some("2021-03-04")),
        ("<p>04.03.2021, 9:30 Uhr</p>", &[], Some("2021-03-04T09:30:00")),
        ("<p>Published: 4 March 2021 | Updated: 5 March 2021</p>", &[], Some("2021-03-04")),
        ("<p>Updated 5 March 2021</p>", &[], None),
        ("<p>Published 3 hours ago</p>", &[], None),
        (
            "<p>Mara Lindqvist, Ostrell Gazette</p><p>4 March 2021</p>",
            &["Mara Lindqvist"],
            Some("2021-03-04"),
        ),
        ("<p>Mara Lindqvist • Senior Writer • Updated July 2, 2021</p>", &["Mara Lindqvist"], None),
        ("<p>Published 2 days ago by Mara Lindqvist</p>", &["Mara Lindqvist"], None),
        ("<p>First printed: July 2, 1921</p><p>By Mara Lindqvist</p>", &["Mara Lindqvist"], None),
        (
            "<p>4 März 2021 · von Mara</p><p class=author><a rel=author href=/m>Mara</a></p>",
            &["Mara"],
            Some("2021-03-04"),
        ),
        ("<p>AP | July 2, 2021</p>", &["AP"], Some("2021-07-02")),
        ("<p>Photo: Corin Dale | July 2, 2021</p>", &[], None),
        ("<p>World News | July 2, 2021</p>", &[], Some("2021-07-02")),
        ("<p>New York | July 2, 2021</p>", &[], Some("2021-07-02")),
        ("<p>The pier was opened on July 2, 1921 by the king.</p>", &[], None),
    ] {
        let page = below("", line);
        by(&page, names);
        published(&page, at);
    }
    let above = page(
        "",
        &format!("<div>2 July 2021</div><h1>Pier at Ostrell to close</h1><p>By Mara Lindqvist</p>{BODY}"),
    );
    by(&above, &["Mara Lindqvist"]);
    published(&above, Some("2021-07-02"));
}

#[test]
fn dates_in_meta_elements_and_addresses() {
    for name in [
        "article:published_time",
        "datePublished",
        "dc.date",
        "parsely-pub-date",
        "sailthru.date",
        "pubdate",
        "citation_publication_date",
        "og:published_time",
    ] {
        published(&below(&format!("<meta name=\"{name}\" content=\"2021-03-04\">"), ""), Some("2021-03-04"));
    }
    let both =
        "<meta itemprop=dateCreated content=2021-03-02><meta itemprop=datePublished content=2021-03-04>";
    published(&below(both, ""), Some("2021-03-04"));
    let changed = read_at(&below("<meta name=last-modified content=2021-03-05>", ""), None);
    assert_eq!(changed.published, None);
    assert_eq!(changed.modified.map(|stamp| stamp.at).as_deref(), Some("2021-03-05"));
    for (address, at) in [
        ("https://gazette.example/2021/03/04/pier", Some("2021-03-04")),
        ("https://gazette.example/2021/mar/04/pier", Some("2021-03-04")),
        ("https://gazette.example/news/pier-closes-2021-03-04", Some("2021-03-04")),
        ("https://gazette.example/pier-closes-20210304/", Some("2021-03-04")),
        ("https://gazette.example/news/48210304", None),
    ] {
        let read = read_at(&below("", ""), Some(address));
        assert_eq!(read.published.map(|stamp| stamp.at).as_deref(), at, "{address}");
    }
}

#[test]
fn the_headline_is_the_one_that_readers_see() {
    let seo = |body: &str| {
        format!(
            "<html><head><title>Best closings on the coast you should know | Ostrell Gazette</title><meta property=\"og:site_name\" content=\"Ostrell Gazette\">\
             <meta property=\"og:title\" content=\"Best closings on the coast you should know\"></head><body>{body}</body></html>"
        )
    };
    let title = |page: &str| {
        let read = read_at(page, None);
        let title = read.title.clone().unwrap_or_default();
        assert!(read.blocks.iter().any(|block| block.span.of(&read.text) == title), "{title}");
        title
    };
    let shown = "Pier shuts its gates until spring, harbour master says";
    assert_eq!(title(&seo(&format!("<article><h1>{shown}</h1>{BODY}</article>"))), shown);
    assert_eq!(
        title(&seo(&format!("<div class=\"header\"><h1 class=\"entry-title\">{shown}</h1></div>{BODY}"))),
        shown
    );
    assert_eq!(
        title(&seo(&format!(
            "<h1 class=logo><a href=/>The Gazette of Ostrell and Velm</a></h1><h1>{shown}</h1>{BODY}"
        ))),
        shown
    );
    // The site's name, a section's, or several that are not the page's are none of its headline.
    let told = "Best closings on the coast you should know";
    for heading in [
        "<h1>Ostrell Gazette</h1>",
        "<h1><a href=\"https://gazette.example/\">News of the coast since 1911</a></h1>",
        "<div id=masthead><h1>News of the coast since 1911</h1></div>",
        "<h1>Local News</h1>",
        "<aside><h1>What others read on the coast</h1></aside>",
        "<h1>What the board has said so far</h1><h1>What the union has said so far</h1>",
    ] {
        assert_eq!(title(&seo(&format!("{heading}<div>{BODY}</div>"))), told, "{heading}");
    }
    // What the page's title speaks of goes before what it does not.
    assert_eq!(title(&seo(&format!("<h1>News of the coast since 1911</h1><h2>{told}</h2>{BODY}"))), told);
    let short = "<html><head><title>About bugs – Ostrell Harbour Entertainment</title></head><body><h1>About bugs</h1>";
    assert_eq!(title(&format!("{short}{BODY}")), "About bugs");
}
