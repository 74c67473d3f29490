//! Posts of other services that a page shows, and posts that a forum quotes: whose words they are.

use super::account;

/// A page of a newspaper around some markup.
fn page(inner: &str) -> String {
    format!(
        "<!DOCTYPE html><html><head><title>Slipway lights go out</title></head><body><article><h1>Slipway lights go out</h1>\
         <p>The lights on the slipway have been out since Tuesday, and the harbour board has known about it since \
         then.</p>{inner}<p>The board meets again on Friday, and the lights are the third matter on its list.</p>\
         </article></body></html>"
    )
}

#[test]
fn an_embedded_post_is_its_authors_wherever_it_is_signed() {
    let signed = [
        // Behind the words, in the quotation.
        r#"<blockquote class="twitter-tweet"><p>We lit it ourselves last night.</p>&mdash; Dagny Holt 🚤 (@dagnyholt) <a href="https://twitter.com/dagnyholt/status/7">May 3, 2021</a></blockquote>"#,
        // In a paragraph of its own.
        r#"<blockquote class="twitter-tweet"><p>We lit it ourselves last night.</p><p>— Dagny Holt (@dagnyholt) <a href="https://x.com/dagnyholt/status/7">May 3, 2021</a></p></blockquote>"#,
        // On the last line of the words.
        r#"<blockquote><p>We lit it ourselves last night.<br>— Dagny Holt (@dagnyholt) <a href="https://x.com/dagnyholt/status/7">3 May 2021</a></p></blockquote>"#,
        // Below the quotation.
        r#"<blockquote><p>We lit it ourselves last night.</p></blockquote><p>— Dagny Holt (@dagnyholt) <a href="https://x.com/dagnyholt/status/7">May 3, 2021</a></p>"#,
        // With no quotation around it.
        r#"<p>We lit it ourselves last night.</p><p>— Dagny Holt (@dagnyholt) <a href="https://x.com/dagnyholt/status/7">May 3, 2021</a></p>"#,
        // Other services.
        r#"<blockquote class="bluesky-embed" data-bluesky-uri="at://x"><p>We lit it ourselves last night.</p>&mdash; Dagny Holt (<a href="https://bsky.app/profile/d.example">@d.example</a>) <a href="https://bsky.app/profile/d.example/post/7">May 3, 2021 at 9:12 AM</a></blockquote>"#,
        r#"<div class="fb-post" data-href="https://www.facebook.com/dagny/posts/7"><blockquote cite="https://www.facebook.com/dagny/posts/7" class="fb-xfbml-parse-ignore"><p>We lit it ourselves last night.</p>Posted by <a href="https://www.facebook.com/dagny">Dagny Holt</a> on&nbsp;<a href="https://www.facebook.com/dagny/posts/7">Monday, May 3, 2021</a></blockquote></div>"#,
        r#"<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/7/"><p>We lit it ourselves last night.</p><p>A post shared by Dagny Holt (@dagnyholt) on <time>May 3, 2021 at 9:12am PST</time></p></blockquote>"#,
        r#"<blockquote class="mastodon-embed" data-embed-url="https://tide.example/@dagny/7/embed"><p>We lit it ourselves last night.</p><p>— Dagny Holt (@dagny@tide.example) <a href="https://tide.example/@dagny/7">May 3, 2021</a></p></blockquote>"#,
        // In a figure.
        r#"<figure class="wp-block-embed is-provider-twitter"><div class="wp-block-embed__wrapper"><blockquote class="twitter-tweet"><p>We lit it ourselves last night.</p>&mdash; Dagny Holt (@dagnyholt) <a href="https://twitter.com/dagnyholt/status/7">May 3, 2021</a></blockquote></div></figure>"#,
    ];
    for markup in signed {
        let account = account(&page(markup));
        // One statement: nothing is made of the signature.
        assert_eq!(account.lines().count(), 1, "{markup}\n{account}");
        for line in account.lines() {
            let right = line.starts_with("Dagny Holt [")
                && line.ends_with("BlockQuote] We lit it ourselves last night.");
            assert!(right, "{markup}\n{account}");
        }
    }
}

#[test]
fn a_handle_is_name_enough() {
    let post = r#"<blockquote class="twitter-tweet"><p>Nobody told us that the lights were out.</p>&mdash; skippers (@skippers) <a href="https://x.com/skippers/status/8">May 4, 2021</a></blockquote>"#;
    let account = account(&page(post));
    assert!(account.starts_with("skippers ["), "{account}");
}

#[test]
fn who_is_quoted_in_a_forum_said_it() {
    let quoted = [
        r#"<blockquote><div>mudlark77 said:</div><div>The piles are rotten below the water line.</div></blockquote>"#,
        r#"<div class="bbcode_quote"><div>Originally Posted by <strong>mudlark77</strong></div><div>The piles are rotten below the water line.</div></div>"#,
        r#"<blockquote><cite>mudlark77 wrote: <a href="/p1">↑</a></cite>The piles are rotten below the water line.</blockquote>"#,
        r#"<blockquote><div><cite><a href="/u/5">mudlark77</a> wrote: <span>Fri Mar 01, 2014 10:11 am</span></cite>The piles are rotten below the water line.</div></blockquote>"#,
        r#"<blockquote class="ipsQuote"><div>On 3/1/2014 at 10:11 AM, mudlark77 said:</div><div>The piles are rotten below the water line.</div></blockquote>"#,
    ];
    for quoted in quoted {
        let post = |id: u32, name: &str, words: &str| {
            format!(
                "<div id=p{id} class=post><p class=author><a href=/members/{name}>{name}</a> <time \
                 datetime=2014-03-0{id}T09:00Z>March {id}, 2014</time></p><div class=content>{words}</div></div>"
            )
        };
        let page = format!(
            "<html><body><h2>Piles</h2>{}{}</body></html>",
            post(1, "tidewrack", "I walked along the pier this morning and saw nothing odd."),
            post(2, "Capstan", &format!("{quoted}<p>I doubt that very much.</p>"))
        );
        let account = account(&page);
        assert!(account.contains("mudlark77 <- Capstan ["), "{quoted}\n{account}");
    }
}

#[test]
fn whose_words_are_quoted_is_told_by_the_thread() {
    let post = |id: u32, name: &str, words: &str| {
        format!(
            "<div id=p{id} class=post><p class=author><a href=/members/{name}>{name}</a> <time \
             datetime=2014-03-0{id}T09:00Z>March {id}, 2014</time></p><div class=content>{words}</div></div>"
        )
    };
    let quoted = "<blockquote><p>Reyes told me that the piles are rotten.</p></blockquote><p>I doubt that very much.</p>";
    let page = format!(
        "<html><body><h2>Piles</h2>{}{}</body></html>",
        post(1, "tidewrack", "<p>Reyes told me that the piles are rotten.</p><p>I believe him.</p>"),
        post(2, "Capstan", quoted)
    );
    let account = account(&page);
    assert!(account.contains("Reyes <- tidewrack <- Capstan ["), "{account}");
}
