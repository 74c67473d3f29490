//! schema.org ClaimReview: every claim with its answer, as a data feed.
//!
//! The rating is a word for what is left of a claim, never a grade of its truth: `alternateName` is the standing, and
//! there is no `ratingValue`, which readers of such feeds take for a place between false and true.

use super::records::Walk;
use super::stream::List;
use super::{ExportError, iri};
use crate::questions::claim::{Because, Chain, ClaimAnswer, Speaker, answer};
use crate::time::AsOf;
use sayso_record::ActKind;
use serde_json::{Value, json};
use std::io::Write;

const HEAD: &str =
    "{\"@context\":\"https://schema.org\",\"@type\":\"DataFeed\",\"name\":\"Claims\",\"dataFeedElement\":[";

pub(super) fn write(walk: &mut Walk, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
    let mut list = List::start(out, HEAD, "]}\n")?;
    walk.claims(&mut |walk, key| {
        // A claim that has become part of another is answered there.
        if walk.decisions.claim(key) != key {
            return Ok(());
        }
        if let Some(answer) = answer(walk.ledger, walk.decisions, key, AsOf::NOW)? {
            let since = walk.ledger.weight(key)?.map(|change| change.known);
            let item = json!({ "@type": "DataFeedItem", "item": [review(&answer, since)] });
            list.add(&item)?;
        }
        Ok(())
    })?;
    list.finish()
}

fn review(answer: &ClaimAnswer, since: Option<i64>) -> Value {
    let claim = iri::claim(answer.id);
    let appearances: Vec<Value> = answer.chains.iter().map(appearance).collect();
    let mut item = json!({
        "@type": "Claim",
        "@id": format!("{claim}#claim"),
        "text": answer.words,
        "author": answer.origins.iter().map(source).collect::<Vec<_>>(),
        "appearance": appearances,
    });
    if let Some(first) = first(&answer.chains) {
        item["firstAppearance"] = work(first);
    }
    let mut review = json!({
        "@type": "ClaimReview",
        "@id": claim,
        "claimReviewed": answer.words,
        "author": { "@type": "Organization", "name": "sayso" },
        "reviewAspect": "what is left of the claim once all that is known is weighed; not whether it is true",
        "reviewRating": {
            "@type": "Rating",
            "alternateName": answer.standing.name(),
            "ratingExplanation": answer.sentence,
        },
        "itemReviewed": item,
    });
    if let Some(since) = since.and_then(|since| jiff::Timestamp::from_second(since).ok()) {
        review["datePublished"] = json!(since.to_string());
    }
    review
}

/// The appearance with the earliest date that is for the claim.
fn first(chains: &[Chain]) -> Option<&Chain> {
    let dated = chains.iter().filter(|chain| chain.for_it && chain.page.published.is_some());
    dated.min_by_key(|chain| {
        let published = chain.page.published.as_deref().unwrap_or_default();
        (crate::time::seconds(published), chain.statement)
    })
}

fn appearance(chain: &Chain) -> Value {
    let mut work = work(chain);
    let speaker = |step: &crate::questions::claim::Step| source(&step.source);
    work["text"] = json!(chain.words);
    // From the source to the page, as far as anybody is known.
    work["creditText"] =
        json!(chain.steps.iter().map(|step| step.source.name.as_str()).collect::<Vec<_>>().join(" <- "));
    work["author"] = chain.steps.first().map_or(Value::Null, speaker);
    if !chain.for_it {
        work["genre"] = json!("denial");
    }
    let (corrections, comments): (Vec<&Because>, Vec<&Because>) =
        chain.because.iter().partition(|because| because.kind == ActKind::Withdraw);
    let comment = |kind: &str, because: &&Because| {
        let mut comment = json!({
            "@type": kind,
            "@id": iri::act(because.act),
            "text": because.because,
            "author": { "@type": "Thing", "name": because.by },
            "dateCreated": because.at,
        });
        if kind == "Comment" {
            comment["name"] = json!(format!("{} {}", because.kind.word(), because.on));
        }
        comment
    };
    if !corrections.is_empty() {
        work["correction"] = corrections.iter().map(|act| comment("CorrectionComment", act)).collect();
    }
    if !comments.is_empty() {
        work["comment"] = comments.iter().map(|act| comment("Comment", act)).collect();
    }
    work
}

/// The page on which a statement stands.
fn work(chain: &Chain) -> Value {
    let page = &chain.page;
    let mut work = json!({
        "@type": "CreativeWork",
        "@id": iri::statement(chain.statement),
        "isPartOf": iri::document(page.id),
    });
    let mut set = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            work[name] = json!(value);
        }
    };
    set("name", page.title.as_deref());
    set("url", page.url.as_deref().filter(|url| iri::is_web(url)));
    set("datePublished", page.published.as_deref());
    if let Some(site) = &page.site {
        work["publisher"] = json!({ "@type": "Organization", "name": site });
    }
    work
}

/// A ledger does not know whether a source is a person or an organisation, so that neither is said.
fn source(speaker: &Speaker) -> Value {
    let mut source = json!({ "@type": "Thing", "@id": iri::source(&speaker.name), "name": speaker.name });
    if speaker.unnamed {
        source["disambiguatingDescription"] = json!("unnamed");
    }
    source
}
