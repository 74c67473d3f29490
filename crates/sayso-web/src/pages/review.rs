//! What waits for a person: one decision at a time with the sentences around its words, and what comes after it.
//!
//! Yes, no, skip and undo are buttons and links with access keys, so that no script is needed for keys either.

use super::act::changes;
use super::{Page, address};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::{counted, page, page_line, your_name};
use crate::known_name::remembering;
use crate::site::Site;
use crate::visitor::{Visitor, role_for};
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect};
use maud::{Markup, html};
use sayso::harmless::{in_address, line};
use sayso::{Around, Consequences, Decision, Matter, MatterKind, PageOf, Told, Wanted};
use sayso_record::{ActKind, Subject};
use std::sync::Arc;

/// So many matters are looked at together, and put in order.
const TOGETHER: usize = 60;
/// So many matters of one decision are shown with what stands around their words; the rest with their words alone.
const AROUND: usize = 3;
/// So many decisions that come next are told.
const NEXT: usize = 12;
/// So many acts are done or undone at once.
const AT_ONCE: usize = TOGETHER;

/// The sorts, as an address names them.
const KINDS: [(&str, &str, MatterKind); 8] = [
    ("distrust", "Whether to believe a source", MatterKind::Distrust),
    ("withdrawal", "Whether a notice takes words back", MatterKind::Withdrawal),
    ("undercut", "Whether words take away another’s", MatterKind::Undercut),
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

/// A decision as it is put before a person.
struct Put {
    decision: Decision,
    /// For each statement of its first matters, what stands around it.
    around: Vec<Vec<Option<Around>>>,
    /// What each answer would change, where that was asked for.
    weighed: Option<(Consequences, Consequences)>,
}

pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked) -> Page {
    let kinds = kinds(&asked);
    let after = asked.after()?;
    let skip = asked.number("skip")?;
    let weighs = asked.one("weigh").is_some();
    let (put, next, following, left, more) = site
        .desks
        .read(move |desk| {
            let mut part = desk.waiting(&kinds, after, TOGETHER)?;
            let left = part.lines.len().saturating_sub(skip);
            let mut rest = part.lines.drain(skip.min(part.lines.len())..);
            let put = match rest.next() {
                None => None,
                Some(decision) => {
                    let mut around = Vec::new();
                    for matter in decision.matters.iter().take(AROUND) {
                        let told = matter.statements.iter().map(|(told, _)| desk.around(told.statement));
                        around.push(told.collect::<Result<Vec<_>, _>>()?);
                    }
                    let weighed = if weighs {
                        let all = |act| decided(&decision, act);
                        Some((desk.what_if(all(ActKind::Confirm))?, desk.what_if(all(ActKind::Reject))?))
                    } else {
                        None
                    };
                    Some(Put { decision, around, weighed })
                }
            };
            let following: Vec<Decision> = rest.take(NEXT).collect();
            Ok((put, part.next, following, left, part.next.is_some()))
        })
        .await?;
    let chosen = asked.one("kind").unwrap_or_default();
    let kept =
        format!("kind={}&after={}", in_address(chosen), in_address(asked.one("after").unwrap_or_default()));
    let onward = next.map(|next| format!("/review?kind={}&after={next}", in_address(chosen)));
    let skipping = if left > 1 { Some(format!("/review?{kept}&skip={}", skip + 1)) } else { onward.clone() };
    Ok(page(
        "Review",
        html! {
            h1 { "What waits for a person to decide" }
            (done(&asked, &kept))
            p role="status" {
                @if put.is_none() { "Nothing waits here." }
                @else {
                    (counted(left, "decision")) @if more { " here, and more behind them" }
                    ", those on which most hangs first."
                }
            }
            @if let Some(put) = &put { (before_a_person(put, &kept, skip, skipping.as_deref())) }
            @else if let Some(onward) = &onward { p { a rel="next" href=(onward) { "More that waits" } } }
            @if !following.is_empty() {
                section {
                    h2 { "Next" }
                    ul class="list" {
                        @for (number, decision) in following.iter().enumerate() {
                            li {
                                a href={ "/review?" (kept) "&skip=" (skip + number + 1) } { bdi { (line(&decision.matters[0].question)) } }
                                @if decision.matters.len() > 1 { " " small { (decision.matters.len()) " in one" } }
                                p class="soft" { (hangs(decision)) " " bdi { (cut(&decision.matters[0].because)) } }
                            }
                        }
                    }
                }
            }
            @if left > NEXT || onward.is_none() {} @else if let Some(onward) = &onward {
                p { a rel="next" href=(onward) { "More that waits" } }
            }
            form class="filters" action="/review" {
                label { "Only " select name="kind" {
                    option value="" { "everything" }
                    @for (name, label, _) in KINDS { option value=(name) selected[name == chosen] { (label) } }
                } }
                button { "Show" }
            }
        },
    ))
}

/// What was decided last, with the way to take all of it back at once.
fn done(asked: &Asked, kept: &str) -> Markup {
    let Some(ids) = asked.one("did") else { return html! {} };
    let count = ids.split('.').count();
    html! {
        @if asked.one("undone").is_some() { p class="pending" role="status" { "Taken back: " (counted(count, "decision")) "." } }
        @else {
            form action="/review" method="post" class="pending decide" {
                span role="status" {
                    strong { "Done: " } (counted(count, "decision")) ", " (counted(asked.number("changed").unwrap_or(0), "claim")) " changed."
                }
                input type="hidden" name="do" value="undo";
                input type="hidden" name="back" value=(kept);
                @for id in ids.split('.').take(AT_ONCE) { input type="hidden" name="on" value={ "act:" (line(id)) }; }
                @if Visitor::now().role >= role_for(ActKind::Undo) {
                    (your_name())
                    button accesskey="u" class="other" { u { "U" } "ndo" }
                }
            }
        }
    }
}

fn before_a_person(put: &Put, kept: &str, skip: usize, skipping: Option<&str>) -> Markup {
    let Put { decision, around, weighed } = put;
    let first = &decision.matters[0];
    let many = decision.matters.len() > 1;
    let may = Visitor::now().role >= role_for(ActKind::Confirm);
    html! {
        section class="matter" aria-label="The decision" {
            h2 { bdi { (line(&first.question)) } }
            p class="soft" {
                (hangs(decision)) " The machine is " (format!("{:.0}", first.confidence * 100.0)) "% sure that yes. "
                @if many { "These " (decision.matters.len()) " are one decision; take out what is not." }
            }
            form action="/review" method="post" {
                @for (number, matter) in decision.matters.iter().enumerate() {
                    @if number == AROUND { details { summary { (decision.matters.len() - AROUND) " more of the same" }
                        @for matter in &decision.matters[AROUND..] { (one(matter, &[], many)) }
                    } }
                    @if number < AROUND { (one(matter, around.get(number).map_or(&[], Vec::as_slice), many)) }
                }
                input type="hidden" name="back" value={ (kept) "&skip=" (skip) };
                @if may {
                    div class="decide" {
                        (your_name())
                        label { "Why (may be left empty) " input name="because"; }
                        button name="do" value="confirm" accesskey="y" { u { "Y" } "es" }
                        button name="do" value="reject" accesskey="n" { u { "N" } "o" }
                        @if let Some(skipping) = skipping { a accesskey="s" href=(skipping) { u { "S" } "kip" } }
                    }
                } @else { p { "To decide takes a reviewer. " @if let Some(skipping) = skipping { a href=(skipping) { "To the next" } } } }
            }
            p class="soft" { "Keys: y, n, s and u, with Alt (in Firefox Alt and Shift, on a Mac Control and Option)." }
            @match weighed {
                Some((yes, no)) => {
                    div class="sides" {
                        section { h2 { "If yes" } (changes(yes, true)) }
                        section { h2 { "If no" } (changes(no, true)) }
                    }
                }
                None => p { a href={ "/review?" (kept) "&skip=" (skip) "&weigh=1" } { "What would change either way" } },
            }
        }
    }
}

/// One matter: the words that made us ask, and each side with the sentences around it.
fn one(matter: &Matter, around: &[Option<Around>], many: bool) -> Markup {
    html! {
        div class="side-by-side" {
            @if many {
                label class="tick" { input type="checkbox" name="on" value=(matter.on) checked; " " bdi { (cut(&matter.because)) } }
            } @else {
                input type="hidden" name="on" value=(matter.on);
                @if !matter.because.is_empty() { p { "Because: “" bdi { (line(&matter.because)) } "”" } }
            }
            div class="sides" {
                @for (number, (told, page)) in matter.statements.iter().enumerate() {
                    (in_its_place(told, page, around.get(number).and_then(Option::as_ref)))
                }
            }
        }
    }
}

fn in_its_place(told: &Told, page: &PageOf, around: Option<&Around>) -> Markup {
    html! {
        figure {
            blockquote {
                @match around {
                    Some(around) => {
                        span class="soft" { (line(&around.before)) " " }
                        mark { bdi { (line(&around.words)) } }
                        span class="soft" { " " (line(&around.after)) }
                    }
                    None => bdi { (line(&told.words)) },
                }
            }
            figcaption {
                bdi { (line(&told.source)) } " · " (page_line(page)) " · "
                a href=(address(&Subject::Statement(told.statement))) { "its chain" }
            }
        }
    }
}

fn hangs(decision: &Decision) -> Markup {
    let at_least = decision.matters.iter().any(|matter| matter.hangs_at_least);
    html! {
        @if at_least { "At least " }
        (counted(decision.hangs, "claim")) @if decision.hangs == 1 { " hangs" } @else { " hang" } " on it."
    }
}

/// The beginning of some words.
pub(super) fn cut(words: &str) -> String {
    const LETTERS: usize = 160;
    let words = line(words);
    match words.char_indices().nth(LETTERS) {
        Some((at, _)) => {
            format!("{}…", words[..at].rsplit_once(' ').map_or(&words[..at], |(whole, _)| whole))
        }
        None => words,
    }
}

/// The acts that say the same of all matters of a decision.
fn decided(decision: &Decision, act: ActKind) -> Vec<Wanted> {
    let wanted = |matter: &Matter| Wanted {
        act,
        on: matter.on.clone(),
        with: None,
        by: "nobody".to_owned(),
        because: "only tried".to_owned(),
    };
    decision.matters.iter().map(wanted).collect()
}

/// Decides what was put, or takes back what was decided last; and goes on.
pub(super) async fn decide(State(site): State<Arc<Site>>, form: Bytes) -> Page {
    let asked = Asked::parse(&form);
    let (act, because) = match asked.must("do", "the decision")? {
        "confirm" => (ActKind::Confirm, "as reviewed"),
        "reject" => (ActKind::Reject, "as reviewed"),
        "undo" => (ActKind::Undo, "decided by mistake"),
        other => return Err(Failure::bad(format!("{other} is no decision"))),
    };
    let visitor = Visitor::now();
    visitor.must_be(role_for(act))?;
    let by = visitor.does(&asked)?;
    let because = asked.one("because").unwrap_or(because).to_owned();
    let mut wanted = Vec::new();
    for on in asked.all("on").take(AT_ONCE) {
        let on: Subject = on.parse().map_err(|error| Failure::bad(format!("{error}")))?;
        wanted.push(Wanted { act, on, with: None, by: by.clone(), because: because.clone() });
    }
    if wanted.is_empty() {
        return Err(Failure::bad("nothing was chosen").hint("leave at least one of them ticked"));
    }
    let (consequences, ids) = site.desks.write(move |desk| Ok(desk.act_together(wanted)?)).await?;
    let Consequences { fell, revived, changed, .. } = &consequences;
    let changed = fell.len() + revived.len() + changed.len();
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let undone = if act == ActKind::Undo { "&undone=1" } else { "" };
    let back = asked.one("back").unwrap_or_default();
    let on = Asked::parse(back.as_bytes());
    let mut to = "/review?".to_owned();
    for name in ["kind", "after", "skip"] {
        if let Some(value) = on.one(name) {
            to += &format!("{name}={}&", in_address(value));
        }
    }
    let to = format!("{to}did={}&changed={changed}{undone}", ids.join("."));
    Ok(remembering(&by, Redirect::to(&to).into_response()))
}
