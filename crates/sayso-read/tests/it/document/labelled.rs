//! The labelled pages: threads in the markup of real engines, notices and their look-alikes.
//!
//! The pages are invented and were generated from templates; a third was labelled before the reader was written.

use super::read;
use sayso_record::{BlockKind, Document};
use serde_json::Value;

fn lines(json: &'static str) -> impl Iterator<Item = Value> {
    json.lines().map(|line| serde_json::from_str(line).expect("the labelled pages are JSON lines"))
}

fn squeeze(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words_of(read: &Document, holder: usize) -> String {
    let inside = (holder + 1..read.blocks.len()).filter(|&at| read.blocks[at].within == Some(holder as u32));
    inside.map(|at| squeeze(read.blocks[at].span.of(&read.text))).collect::<Vec<_>>().join(" ")
}

/// Share of labelled comments whose words, author, address, day and parent come out as labelled.
#[test]
fn threads_keep_authors_times_and_parents() {
    let (mut all, mut words, mut authors, mut urls, mut parents, mut timed, mut times, mut extra) =
        (0, 0, 0, 0, 0, 0, 0, 0);
    let threads = concat!(
        include_str!("../../pages/threads-1.jsonl"),
        include_str!("../../pages/threads-2.jsonl"),
        include_str!("../../pages/threads-3.jsonl")
    );
    for page in lines(threads) {
        let read = read(page["html"].as_str().unwrap());
        let found: Vec<(usize, String)> = (0..read.blocks.len())
            .filter(|&at| matches!(read.blocks[at].kind, BlockKind::Comment { .. }))
            .map(|at| (at, words_of(&read, at)))
            .collect();
        let labelled = page["comments"].as_array().unwrap();
        extra += found.len().saturating_sub(labelled.len());
        let at_of = |index: usize| {
            let text = squeeze(labelled[index]["text"].as_str().unwrap());
            found.iter().find(|(_, words)| *words == text).map(|(at, _)| *at)
        };
        for (index, label) in labelled.iter().enumerate() {
            all += 1;
            timed += usize::from(label["published"].is_string());
            let Some(at) = at_of(index) else { continue };
            let BlockKind::Comment { author, author_url, published, parent } = &read.blocks[at].kind else {
                continue;
            };
            words += 1;
            authors += usize::from(author.as_deref() == label["author"].as_str());
            urls += usize::from(author_url.as_deref() == label["author_url"].as_str());
            times += usize::from(
                label["published"]
                    .as_str()
                    .is_some_and(|day| published.as_ref().is_some_and(|stamp| stamp.at.starts_with(day))),
            );
            let expected = label["parent"].as_u64().and_then(|parent| at_of(parent as usize));
            parents += usize::from(parent.map(|parent| parent as usize) == expected);
        }
    }
    let share = |part: usize, whole: usize| part as f64 / whole as f64;
    println!(
        "{all} comments: words {:.3} author {:.3} address {:.3} time {:.3} parent {:.3}, {extra} too many",
        share(words, all),
        share(authors, all),
        share(urls, all),
        share(times, timed),
        share(parents, all)
    );
    for (name, share) in [
        ("words", share(words, all)),
        ("author", share(authors, all)),
        ("address", share(urls, all)),
        ("time", share(times, timed)),
        ("parent", share(parents, all)),
    ] {
        assert!(share >= 0.95, "{name}: {share}");
    }
    assert!(extra * 50 <= all);
}

#[test]
fn notices_are_told_from_look_alikes() {
    let (mut hits, mut kinds, mut found, mut labelled, mut dated, mut days) = (0, 0, 0, 0, 0, 0);
    for page in lines(include_str!("../../pages/notices.jsonl")) {
        let read = read(page["html"].as_str().unwrap());
        let notices: Vec<_> =
            read.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Notice { .. })).collect();
        found += notices.len();
        for label in page["notices"].as_array().unwrap() {
            labelled += 1;
            let text = squeeze(label["text"].as_str().unwrap());
            let Some(block) = notices.iter().find(|block| squeeze(block.span.of(&read.text)).contains(&text))
            else {
                continue;
            };
            let BlockKind::Notice { notice, date } = &block.kind else { continue };
            hits += 1;
            kinds += usize::from(serde_json::to_value(notice).unwrap() == label["kind"]);
            if let Some(day) = label["date"].as_str() {
                dated += 1;
                days += usize::from(date.as_ref().is_some_and(|date| date.at.starts_with(day)));
            }
        }
    }
    let (precision, recall) = (hits as f64 / found as f64, hits as f64 / labelled as f64);
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!(
        "{labelled} notices: F1 {f1:.3} (precision {precision:.3}, recall {recall:.3}), kind {kinds} of {hits}, day {days} of {dated}"
    );
    assert!(f1 >= 0.95);
    assert!(kinds * 20 >= hits * 19);
    assert!(days * 20 >= dated * 19);
}
