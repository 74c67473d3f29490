//! The log: one entry a deed, the newest first, each with its words and a way to undo it.

use super::act::{changes, done_page};
use super::{Page, address};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::{page, your_name};
use crate::site::Site;
use crate::visitor::{Visitor, role_for};
use axum::body::Bytes;
use axum::extract::State;
use maud::{Markup, html};
use sayso::harmless::{in_address, line};
use sayso::report::day;
use sayso::{Deed, DeedsWanted, Logged, Wanted};
use sayso_record::{ActKind, Subject};
use std::sync::Arc;

/// So many entries are on a page.
const SHOWN: usize = 50;
/// So many acts are undone at once.
const AT_ONCE: usize = 200;

fn wanted(asked: &Asked) -> Result<DeedsWanted, Failure> {
    let time = |name: &str, parse: fn(&str) -> Option<i64>| {
        let time = asked.one(name).map(|date| parse(date).ok_or_else(|| Failure::bad("this is no date")));
        time.transpose()
    };
    let kind = match asked.one("kind") {
        None => None,
        Some(word) => Some(
            ActKind::ALL
                .iter()
                .copied()
                .find(|kind| kind.word() == word)
                .ok_or_else(|| Failure::bad(format!("{word} is no act")))?,
        ),
    };
    Ok(DeedsWanted {
        by: asked.one("by").map(str::to_owned),
        kind,
        from: time("from", sayso::first_second)?,
        until: time("until", sayso::last_second)?,
    })
}

pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked) -> Page {
    // Acts are numbered in the order of the log, so that a page that was kept stays as it was.
    let before = if asked.one("before").is_some() { asked.number("before")? } else { usize::MAX };
    let wanted = wanted(&asked)?;
    let kind = wanted.kind;
    let deeds = site.desks.read(move |desk| Ok(desk.deeds(&wanted, before, SHOWN)?)).await?;
    let mut kept = String::new();
    for name in ["by", "kind", "from", "until"] {
        if let Some(value) = asked.one(name) {
            kept += &format!("{name}={}&", in_address(value));
        }
    }
    Ok(page(
        "Log",
        html! {
            h1 { "Log" }
            p { "Every act, the newest first. Each holds the hash of the one before it, so that none can be changed or taken out unseen: " code { "sayso verify" } " checks." }
            form class="filters" action="/log" {
                label { "By " input name="by" value=[asked.one("by")]; }
                label { "What was done " select name="kind" {
                    option value="" { "anything" }
                    @for one in ActKind::ALL { option value=(one.word()) selected[kind == Some(*one)] { (what(*one)) } }
                } }
                label { "From " input type="date" name="from" value=[asked.one("from")]; }
                label { "Until " input type="date" name="until" value=[asked.one("until")]; }
                button { "Show" }
            }
            @if deeds.deeds.is_empty() {
                p role="status" { @if kept.is_empty() { "Nothing was done yet." } @else { "Nothing of this sort was done." } }
            }
            ol class="words" { @for deed in &deeds.deeds { (told(deed)) } }
            @if let Some(next) = deeds.next { p { a rel="next" href={ "/log?" (kept) "before=" (next) } { "Older acts" } } }
        },
    ))
}

/// What was done, for people.
pub(super) fn what(kind: ActKind) -> &'static str {
    match kind {
        ActKind::Withdraw => "taken back",
        ActKind::Discredit => "no longer believed",
        ActKind::Restore => "believed after all",
        ActKind::Undercut => "undercut",
        ActKind::Confirm => "confirmed",
        ActKind::Reject => "rejected",
        ActKind::Merge => "joined",
        ActKind::Split => "set apart",
        ActKind::Affiliate => "speaks for",
        ActKind::Disaffiliate => "does not speak for",
        ActKind::Flag => "flagged",
        ActKind::Rule => "ruled",
        ActKind::Keep => "kept as a question",
        ActKind::Note => "noted",
        ActKind::TakeDown => "taken down",
        ActKind::Undo => "undone",
    }
}

fn told(deed: &Deed) -> Markup {
    let first = &deed.acts[0].act;
    let is_undone = deed.acts.iter().all(|logged| logged.undone_by.is_some());
    let open: Vec<&Logged> = deed.acts.iter().filter(|logged| logged.undone_by.is_none()).collect();
    html! {
        li class=[is_undone.then_some("gone-words")] {
            @for logged in deed.acts.iter().skip(1) { span id={ "act-" (logged.act.id) } {} }
            p id={ "act-" (first.id) } {
                (day(&first.at)) ": " strong { (what(first.act)) } " by " bdi { (line(&first.by)) }
                @if first.notice.is_some() { ", in a notice on the page" }
                @if deed.acts.len() > 1 { ", " (deed.acts.len()) " together" }
            }
            ul class="about" {
                @for (logged, words) in deed.acts.iter().zip(&deed.about) {
                    li {
                        a href=(address(&logged.act.on)) { bdi { (line(words)) } }
                        @if let Some(with) = &logged.act.with { " with " a href=(address(with)) { bdi { (line(&with.to_string())) } } }
                    }
                }
                @if deed.acts.len() > deed.about.len() { li { "and " (deed.acts.len() - deed.about.len()) " more" } }
            }
            blockquote { bdi { (line(&first.because)) } }
            @if let Some(by) = &deed.acts[0].undone_by { p { a href={ "#act-" (by) } { "Undone" } } }
            @if !open.is_empty() && first.act != ActKind::Undo { (undo(&open)) }
            code { (first.id.short()) }
        }
    }
}

/// A button that takes all of a deed back.
fn undo(acts: &[&Logged]) -> Markup {
    html! {
        details class="deed" {
            summary { "Undo" @if acts.len() > 1 { " all " (acts.len()) } }
            form action="/log" method="post" {
                @for logged in acts { input type="hidden" name="on" value=(Subject::Act(logged.act.id)); }
                (your_name())
                label { "Why " input name="because" value="it was a mistake" required; }
                button { "Undo it" }
            }
        }
    }
}

/// Takes acts back, all at once.
pub(super) async fn undo_all(State(site): State<Arc<Site>>, form: Bytes) -> Page {
    let asked = Asked::parse(&form);
    let visitor = Visitor::now();
    visitor.must_be(role_for(ActKind::Undo))?;
    let (by, because) = (visitor.does(&asked)?, asked.must("because", "the reason")?.to_owned());
    let mut wanted = Vec::new();
    for on in asked.all("on").take(AT_ONCE) {
        let on: Subject = on.parse().map_err(|error| Failure::bad(format!("{error}")))?;
        wanted.push(Wanted { act: ActKind::Undo, on, with: None, by: by.clone(), because: because.clone() });
    }
    let (consequences, _) = site.desks.write(move |desk| Ok(desk.act_together(wanted)?)).await?;
    Ok(done_page(
        &by,
        html! {
            (changes(&consequences, false))
            p { a href="/log" { "Back to the log" } }
        },
    ))
}
