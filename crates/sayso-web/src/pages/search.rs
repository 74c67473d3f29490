//! What was asked in words: claims with their answers, statements, or whole pages.

use super::Page;
use super::claim::moment;
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::{counted, page, page_line, source, standing, your_name};
use crate::site::Site;
use crate::visitor::{Visitor, role_for};
use axum::extract::State;
use maud::{Markup, html};
use sayso::Standing;
use sayso::harmless::{in_address, line};
use sayso::report::{self, Answered, Places};
use sayso::{
    Answer, AnswerLine, ClaimAnswer, Filters, Finds, FoundDocument, FoundStatement, KeptQuestion, Question,
    Reply, Sayings, Speaker,
};
use sayso_record::{ActId, ActKind, Subject};
use std::sync::Arc;

/// So many finds are shown at most.
const MOST: usize = 200;

/// What is looked for.
const SORTS: [(&str, &str); 3] = [("claims", "Claims"), ("statements", "Statements"), ("documents", "Pages")];

enum Found {
    Claims(Finds<ClaimAnswer>),
    Statements(Finds<FoundStatement>),
    Documents(Finds<FoundDocument>),
}

/// The question that an address asks.
pub(crate) fn question(asked: &Asked) -> Result<Question, Failure> {
    let time = |name: &str, last: bool| {
        let parse = if last { sayso::last_second } else { sayso::first_second };
        let time = asked.one(name).map(|date| parse(date).ok_or_else(|| Failure::bad("this is no date")));
        time.transpose()
    };
    Ok(Question {
        words: asked.one("q").unwrap_or_default().to_owned(),
        filters: Filters {
            source: asked.one("source").map(str::to_owned),
            outlet: asked.one("outlet").map(str::to_owned),
            from: time("from", false)?,
            until: time("until", true)?,
        },
        standings: standings(asked)?,
        as_of: asked.as_of()?,
        limit: asked.limit(20, MOST)?,
    })
}

/// The standings that an address asks for.
pub(crate) fn standings(asked: &Asked) -> Result<Vec<Standing>, Failure> {
    let named = |name: &str| Standing::ALL.into_iter().find(|standing| standing.name() == name);
    let parse = |name: &str| named(name).ok_or_else(|| Failure::bad(format!("{name} is no standing")));
    asked.all("standing").map(parse).collect()
}

pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked) -> Page {
    let question = question(&asked)?;
    let sort = asked.one("in").unwrap_or("claims").to_owned();
    let (answered, kept, found) = {
        let (question, sort) = (question.clone(), sort.clone());
        site.desks.read(move |desk| {
            let answered = if sort == "claims" { desk.reply(&question)? } else { None };
            let found = match sort.as_str() {
                "statements" => Found::Statements(desk.search_statements(&question)?),
                "documents" => Found::Documents(desk.search_documents(&question)?),
                _ => Found::Claims(desk.ask(&question)?),
            };
            let is_it = |one: &KeptQuestion| matches!(&answered, Some(Reply::Answer(answer)) if answer.question == one.question);
            let kept = desk.kept(0)?.into_iter().find(is_it).map(|one| one.id);
            Ok((answered, kept, found))
        })
    }
    .await?;
    let title = format!("Search: {}", question.words);
    Ok(page(
        &title,
        html! {
            @match &answered {
                Some(reply) => {
                    (self::reply(reply, moment(&asked, "as_of", "known_by").as_deref()))
                    @if let Reply::Answer(answer) = reply { (keeping(&answer.question, kept)) }
                    h2 { "Claims that hold these words" }
                }
                None => h1 { "Search" @if !question.words.is_empty() { ": " bdi { (line(&question.words)) } } },
            }
            details class="search-more" open[answered.is_none()] {
                summary { "Search with filters" }
                (form(&asked, &sort))
            }
            @match &found {
                Found::Claims(finds) => {
                    (how(finds.found.len(), finds.all_words, finds.more))
                    ol class="words" { @for claim in &finds.found { (claim_found(claim)) } }
                }
                Found::Statements(finds) => {
                    (how(finds.found.len(), finds.all_words, finds.more))
                    ol class="words" { @for statement in &finds.found { (statement_found(statement)) } }
                }
                Found::Documents(finds) => {
                    (how(finds.found.len(), finds.all_words, finds.more))
                    ol class="list" {
                        @for found in &finds.found {
                            li { (page_line(&found.page)) " " small { (counted(found.statements, "statement")) } }
                        }
                    }
                }
            }
        },
    ))
}

fn form(asked: &Asked, sort: &str) -> Markup {
    let chosen = asked.one("standing").unwrap_or_default();
    let field = |name: &'static str, label: &str, kind: &str| {
        html! { label { (label) " " input type=(kind) name=(name) value=[asked.one(name)]; } }
    };
    html! {
        form class="filters" action="/search" role="search" aria-label="Search with filters" {
            (field("q", "Words", "search"))
            label { "In " select name="in" {
                @for (value, name) in SORTS { option value=(value) selected[value == sort] { (name) } }
            } }
            (field("source", "Source", "text"))
            (field("outlet", "Outlet", "text"))
            label { "Standing " select name="standing" {
                option value="" { "any" }
                @for standing in Standing::ALL {
                    option value=(standing.name()) selected[standing.name() == chosen] { (standing.name()) }
                }
            } }
            (field("from", "Published since", "date"))
            (field("until", "Published until", "date"))
            (field("as_of", "As of", "date"))
            (field("known_by", "Known here by", "date"))
            button { "Search" }
        }
        p class="soft" {
            "Words in quotation marks must stand side by side; a word with a minus before it must not be there."
        }
    }
}

fn how(count: usize, all_words: bool, more: bool) -> Markup {
    html! {
        p role="status" {
            @if count == 0 { "Nothing matches. Other words or fewer filters may help." }
            @else {
                @if count == 1 { "1 match" } @else { (count) " matches" }
                @if more { ", and there are more" }
                @if !all_words { "; nothing has all the words, and these have some of them" }
                "."
            }
        }
    }
}

fn reply(reply: &Reply, moment: Option<&str>) -> Markup {
    match reply {
        Reply::Answer(answer) => self::answer(answer, moment),
        Reply::MayAnswer(answer) => may_answer(answer),
        Reply::Sayings(sayings) => self::sayings(sayings),
        Reply::Source(answer) => html! {
            h1 { (source(&Speaker { name: answer.name.clone(), unnamed: answer.unnamed })) }
            p class="answer" { "Heard on " (counted(answer.heard.documents, "page")) "." }
        },
    }
}

/// What may answer a question that is not whether something is so: no standing, since nothing was weighed together.
fn may_answer(answer: &Answer) -> Markup {
    html! {
        h1 { span class="kicker" { "The question" } bdi { (line(&answer.question)) } }
        section class="possible" aria-label="What may answer it" {
            p { (answer.not_weighed()) }
            ol class="words" { @for one in answer.lines() { (answer_line(one)) } }
        }
    }
}

/// What somebody says.
fn sayings(sayings: &Sayings) -> Markup {
    html! {
        h1 { span class="kicker" { "The question" } bdi { (line(&sayings.question)) } }
        section aria-label="What they say" {
            p class="answer" {
                "What " bdi { (line(&sayings.of)) } @if sayings.denials { " denies" } @else { " says" }
                @if !sayings.about.is_empty() {
                    ", with " @if !sayings.all_words { "some of " } "the words “" bdi { (line(&sayings.about)) } "”"
                }
                @if sayings.more { "; there is more" }
                "."
            }
            ol class="words" { @for statement in &sayings.statements { (statement_found(statement)) } }
        }
    }
}

/// How many independent origins, where there are any.
pub(super) fn on_origins((low, high): (u32, u32)) -> Markup {
    html! {
        @if high > 0 {
            ", on " (low) @if high > low { " to " (high) } @if high == 1 { " origin" } @else { " origins" }
        }
    }
}

/// A form that keeps a question, or the way to it where it is kept.
fn keeping(question: &str, kept: Option<ActId>) -> Markup {
    html! {
        @match kept {
            Some(id) => p { a href={ "/kept/" (id) } { "This question is kept" } },
            None if Visitor::now().role >= role_for(ActKind::Keep) => details class="deed" {
                summary { "Keep this question" }
                form action="/acts" method="post" {
                    p class="soft" { "Pages that are read later are held against it too: it gets a page, a history and a feed." }
                    input type="hidden" name="act" value="keep";
                    input type="hidden" name="on" value=(Subject::Question(question.to_owned()));
                    input type="hidden" name="back" value="/kept";
                    (your_name())
                    label { "Why " textarea name="because" required rows="2" { "to be told when the answer becomes another" } }
                    button { "Keep it" }
                }
            },
            None => {}
        }
    }
}

/// A question with its answer, as the page of a claim shows it.
pub(super) fn answer(answer: &Answer, moment: Option<&str>) -> Markup {
    let answered = Answered::from(answer);
    html! {
        (report::head(&answered, moment, Places::Asked))
        (report::sides(&answered, Places::Asked))
        (reasons(answer))
        (report::possible(&answered, Places::Asked, &|_| html! {}))
        (report::passed_on(&answered, Places::Asked, &[], html! {}))
        (report::times(&answered, Places::Asked))
    }
}

/// On what evidence: the reasons that pages give, each with its kind, and the accounts that they put aside.
fn reasons(answer: &Answer) -> Markup {
    let shown = |kind: &str| if kind == "assertion" { "somebody’s word" } else { kind }.to_owned();
    html! {
        @if !answer.reasons.is_empty() {
            section aria-label="Reasons given" {
                h2 { "Reasons given" }
                ul class="list" {
                    @for one in &answer.reasons {
                        li {
                            strong { (shown(one.kind)) } @if !one.for_it { ", against it" } ": “" bdi { (line(&one.words)) } "”"
                            p class="soft" { (searched(&one.source)) ", " (page_line(&one.page)) }
                        }
                    }
                }
            }
        }
        @if !answer.rivals.is_empty() {
            section aria-label="Accounts put aside" {
                h2 { "Accounts put aside" }
                ul class="list" {
                    @for one in &answer.rivals {
                        li {
                            "“" bdi { (line(&one.put_aside)) } "”, for “" bdi { (line(&one.put_forward)) } "”"
                            p class="soft" { (searched(&one.source)) ", " (page_line(&one.page)) }
                        }
                    }
                }
            }
        }
    }
}

fn answer_line(one: &AnswerLine) -> Markup {
    html! {
        li {
            blockquote {
                @match one.statement {
                    Some(id) => a href={ "/statements/" (id) } { bdi { (line(&one.words)) } },
                    None => bdi { (line(&one.words)) },
                }
            }
            p {
                (searched(&one.source))
                @if one.own_voice { " in the page’s own voice" }
                @for step in &one.via { " → " (searched(step)) }
                @if one.stands.is_false() { " " strong { "does not stand" } }
            }
            p { (page_line(&one.page)) }
        }
    }
}

/// Whoever answers: their name need not be that of a source, and is searched for.
fn searched(speaker: &Speaker) -> Markup {
    html! {
        a class=[speaker.unnamed.then_some("who-unnamed")] href={ "/search?in=statements&source=" (in_address(&speaker.name)) } {
            bdi { (line(&speaker.name)) }
        }
        @if speaker.unnamed { small { " (unnamed)" } }
    }
}

fn claim_found(claim: &ClaimAnswer) -> Markup {
    html! {
        li {
            blockquote { a href={ "/claims/" (claim.id) } { bdi { (line(&claim.title)) } } }
            p { (standing(claim.standing.name())) " " (line(&claim.sentence)) }
        }
    }
}

fn statement_found(found: &FoundStatement) -> Markup {
    html! {
        li {
            blockquote { a href={ "/statements/" (found.id) } { bdi { (line(&found.words)) } } }
            p {
                @for (number, step) in found.chain.iter().enumerate() {
                    @if number > 0 { " → " }
                    (source(step))
                }
            }
            p {
                (page_line(&found.page))
                @if let Some((claim, for_it)) = &found.claim {
                    ", " @if *for_it { "for" } @else { "against" } " " a href={ "/claims/" (claim) } { "this claim" }
                }
                @if let Some(name) = &found.standing { " " (standing(name.name())) }
            }
        }
    }
}
