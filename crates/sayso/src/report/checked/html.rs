//! The report as a page to look at: what each citation is there for beside what the cited page has.

use crate::harmless::line;
use crate::report::STYLE as REPORT_STYLE;
use crate::report::alone::alone;
use crate::report::words::is_web;
use crate::{Check, CheckedCitation, CitedVerdict};
use maud::{Markup, html};

/// The look of what [`body`] gives, besides the look of other reports.
pub const STYLE: &str = include_str!("style.css");

/// The report as a page of HTML that needs nothing but itself: no script, no network.
pub fn page(check: &Check) -> String {
    let title = format!("Citations of {}", check.heading());
    let main = html! {
        h1 { "Citations of " bdi { (check.heading()) } }
        (body(check))
    };
    let footer = html! {
        "Made by sayso, which says what the cited pages have; never what is true. It may err: read the passages."
    };
    alone(&title, &format!("{REPORT_STYLE}{STYLE}"), &main, &footer)
}

/// The citations, each beside the passage that decides, then on what all of them rest.
pub fn body(check: &Check) -> Markup {
    let rests_on = check.rests_on();
    html! {
        p class="soft" { (check.counts()) }
        @if !check.citations.is_empty() {
            ol class="citations" {
                @for one in &check.citations { (citation(one)) }
            }
        }
        @if !rests_on.is_empty() {
            h2 { "What it rests on" }
            ul { @for line in &rests_on { li { bdi { (line) } } } }
        }
    }
}

fn citation(one: &CheckedCitation) -> Markup {
    let class = match (one.verdict, one.sure) {
        (CitedVerdict::Unread, _) => "unread",
        (_, false) => "possibly",
        (CitedVerdict::Says, true) => "says",
        (CitedVerdict::Otherwise, true) => "otherwise",
        _ => "lacking",
    };
    let cited = one.cited_in_words();
    html! {
        li class=(class) id={ "c-" (one.number) } {
            p class="verdict" {
                strong { (one.verdict_in_words()) }
                " " small { bdi { (line(&one.mark)) } ", paragraph " (one.paragraph) }
            }
            div class="beside" {
                div {
                    small { "Cited for" }
                    p { bdi { (line(&one.proposition)) } }
                }
                div {
                    small {
                        @match one.url.as_deref().filter(|url| is_web(url)) {
                            Some(url) => a href=(url) rel="noopener noreferrer nofollow" { bdi { (cited) } },
                            None => bdi { (cited) },
                        }
                    }
                    @match &one.passage {
                        Some(passage) => blockquote { bdi { (line(passage)) } },
                        None => p class="soft" { "No passage." },
                    }
                    @for remark in one.remarks() { p class="soft" { bdi { (remark) } } }
                }
            }
        }
    }
}
