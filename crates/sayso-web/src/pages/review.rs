//! What waits for a person: the most consequential first, each with the words it rests on.

use super::Page;
use crate::asked::Asked;
use crate::frame::{page, page_line, your_name};
use crate::site::Site;
use axum::extract::State;
use maud::{Markup, html};
use sayso::harmless::{in_address, line};
use sayso::{Matter, MatterKind};
use std::sync::Arc;

/// So many matters are shown at once; the next come up as these are decided.
const SHOWN: usize = 20;

/// The sorts, as an address names them.
const KINDS: [(&str, &str, MatterKind); 8] = [
    ("distrust", "Whether to believe a source", MatterKind::Distrust),
    ("withdrawal", "Whether a notice takes words back", MatterKind::Withdrawal),
    ("undercut", "Whether words take away another's", MatterKind::Undercut),
    ("flagged", "Flagged by a reader", MatterKind::Flagged),
    ("origin", "Where words were taken from", MatterKind::Origin),
    ("same_source", "Whether two names are one source", MatterKind::SameSource),
    ("same_claim", "Whether a statement makes a claim", MatterKind::SameClaim),
    ("low_confidence", "Whether words were read rightly", MatterKind::LowConfidence),
];

/// The sorts that an address asks for.
pub(crate) fn kinds(asked: &Asked) -> Vec<MatterKind> {
    asked.all("kind").filter_map(|name| KINDS.iter().find(|kind| kind.0 == name)).map(|kind| kind.2).collect()
}

pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked) -> Page {
    let kinds = kinds(&asked);
    let chosen = asked.one("kind").unwrap_or_default();
    let after = asked.after()?;
    let part = site.desks.read(move |desk| Ok(desk.review_part(&kinds, after, SHOWN)?)).await?;
    Ok(page(
        "Review",
        html! {
            h1 { "What waits for a person to decide" }
            form class="filters" action="/review" {
                label { "Only " select name="kind" {
                    option value="" { "everything" }
                    @for (name, label, _) in KINDS { option value=(name) selected[name == chosen] { (label) } }
                } }
                button { "Show" }
            }
            p role="status" {
                @if part.lines.is_empty() { "Nothing waits here." }
                @else { "The gravest sorts come first, and of these the newest; of those shown together, those on which most hangs." }
            }
            ol class="words" { @for matter in &part.lines { (shown(matter)) } }
            @if let Some(next) = part.next {
                p { a rel="next" href={ "/review?kind=" (in_address(chosen)) "&after=" (next) } { "More that waits" } }
            }
        },
    ))
}

fn shown(matter: &Matter) -> Markup {
    html! {
        li {
            h2 { (line(&matter.question)) }
            p class="soft" {
                @if matter.hangs_at_least { "At least " }
                (matter.hangs) " claims hang on it; " (format!("{:.0}", matter.confidence * 100.0)) "% sure that yes."
            }
            p { "Because: " bdi { (line(&matter.because)) } }
            @for (told, page) in &matter.statements {
                blockquote { a href={ "/statements/" (told.statement) } { bdi { (line(&told.words)) } } }
                p { bdi { (line(&told.source)) } " · " (page_line(page)) }
            }
            form action="/acts" method="post" class="decide" {
                input type="hidden" name="on" value=(matter.on);
                input type="hidden" name="try" value="1";
                (your_name())
                label { "Why " input name="because" required; }
                button name="act" value="confirm" { "Yes" }
                button name="act" value="reject" { "No" }
            }
        }
    }
}
