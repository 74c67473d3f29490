//! What was copied, and what is only quoted by both.

use crate::linking::Quiet;
use sayso::{AsOf, Desk, Input};

fn page(site: &str, day: &str, body: &str) -> Input {
    let published = match day {
        "" => String::new(),
        day => format!("<meta property='article:published_time' content='{day}T08:00:00Z'>"),
    };
    let address = format!("https://{}.example/dam", site.to_lowercase().replace(' ', "-"));
    let page = format!(
        "<html><head><title>The dam</title><link rel='canonical' href='{address}'>
         <meta property='og:site_name' content='{site}'>{published}</head>
         <body><article><h1>The dam</h1>{body}</article></body></html>"
    );
    Input::bytes(site.to_owned(), page)
}

fn reads(pages: Vec<Input>) -> Desk {
    let mut desk = Desk::in_memory(|| "2026-11-23T08:00:00Z".to_owned()).unwrap();
    desk.read(pages, &mut Quiet).unwrap();
    desk
}

/// How many links of claims were taken from another page.
fn taken(desk: &Desk) -> usize {
    let claims = desk.claims(None).unwrap().into_iter();
    let answers = claims.filter_map(|id| desk.claim(id, AsOf::NOW).unwrap());
    let chains = answers.flat_map(|answer| answer.chains);
    let steps = chains.flat_map(|chain| chain.steps);
    steps.flat_map(|step| step.rests_on).filter(|one| one.because.contains("words are the same")).count()
}

const QUOTE: &str =
    "<p>“Nobody told us that the northern gate of the dam had been open for the whole night, and nobody
    came to close it until the water stood in our kitchens,” said Ilse Marwick, who lives below it.</p>";
const COPIED: &str = "<p>Engineers say that the northern gate of the dam had been open for the whole night before
    anybody noticed it, and that the wheel that closes it had been taken away for repair in the spring. According to
    the warden, the spare wheel was never fetched from the store in Tarn, which is open on market days only.</p>";

#[test]
fn two_pages_that_quote_the_same_words_have_not_copied_each_other() {
    let one = page("Dam Post", "2021-05-03", &format!("<p>The valley woke up wet.</p>{QUOTE}"));
    let other = page("Tarn Echo", "2021-05-05", &format!("<p>A long night has consequences.</p>{QUOTE}"));
    assert_eq!(taken(&reads(vec![one, other])), 0);
}

#[test]
fn the_later_page_took_the_words_whichever_is_read_first_and_on_one_day_neither_did() {
    let both = |days: [&str; 2]| vec![page("Dam Post", days[0], COPIED), page("Tarn Echo", days[1], COPIED)];
    for days in [["2021-05-03", "2021-05-05"], ["2021-05-05", "2021-05-03"]] {
        assert!(taken(&reads(both(days))) > 0, "{days:?}");
    }
    for days in [["2021-05-03", "2021-05-03"], ["", ""], ["", "2021-05-03"]] {
        assert_eq!(taken(&reads(both(days))), 0, "{days:?}");
    }
}
