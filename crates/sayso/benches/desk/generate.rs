//! A made-up ledger of any size: outlets and sources of very different size, claims that one page or hundreds make,
//! copies, denials, unnamed officials. Written through the ledger's own interface, and the same for the same seed.

use sayso_ledger::{
    ClaimKey, Ledger, LedgerError, Linking, NewClaim, NewLink, NewOrigin, Place, Reading, SourceName, Words,
};
use sayso_link::reuse::Shingles;
use sayso_link::sources::Name;
use sayso_record::{
    Block, BlockKind, ClaimId, Document, Manner, Mention, SourceKind, Span, Stamp, StampOrigin, Stance,
    Statement,
};

/// A small generator of random numbers (SplitMix64: Steele, Lea, Flood, OOPSLA 2014), so that runs are alike.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// Small numbers far more often than large ones: the share of number n falls about as 1/n.
    pub(crate) fn skewed(&mut self, limit: usize) -> usize {
        let unit = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((limit as f64).powf(unit) - 1.0) as usize
    }
}

const STATEMENTS_A_PAGE: usize = 20;
const OUTLETS: usize = 500;
const PEOPLE: usize = 40_000;
const VOCABULARY: usize = 40_000;
const DESCRIPTIONS: [&str; 6] = [
    "a senior official",
    "two people with knowledge of the talks",
    "a defence official",
    "an engineer at the site",
    "officials",
    "a diplomat",
];

/// A made-up word: syllables by its number, so that words are many and look like words.
pub(crate) fn word(number: usize) -> String {
    const STARTS: [&str; 20] = [
        "b", "br", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr",
        "v",
    ];
    const MIDDLES: [&str; 10] = ["a", "e", "i", "o", "u", "ai", "ea", "oo", "ou", "ie"];
    const ENDS: [&str; 10] = ["l", "m", "n", "nd", "r", "rk", "s", "st", "t", "x"];
    let mut rest = number;
    let mut word = String::new();
    loop {
        word += STARTS[rest % 20];
        word += MIDDLES[rest / 20 % 10];
        rest /= 200;
        if rest == 0 {
            return word + ENDS[number % 10];
        }
    }
}

fn outlet(number: usize) -> String {
    let name = word(number * 7 + 300);
    format!("The {}{} Post", name[..1].to_uppercase(), &name[1..])
}

fn person(number: usize) -> String {
    let capital = |word: String| format!("{}{}", word[..1].to_uppercase(), &word[1..]);
    format!("{} {}", capital(word(number % 211 + 200)), capital(word(number * 3 + 2_000)))
}

/// What a claim says, in eight to fourteen words.
pub(crate) fn claim_words(claim: usize) -> Vec<String> {
    let mut random = Random(claim as u64 ^ 0x5A15_0000);
    let length = 8 + random.below(7);
    (0..length).map(|_| word(random.skewed(VOCABULARY))).collect()
}

/// A page of the same world, as text for the reader: people who say what is said already, or something new.
pub(crate) fn page_text(random: &mut Random, claims: usize) -> String {
    let mut text = format!("{}\n\n", claim_words(random.below(claims)).join(" "));
    for at in 0..STATEMENTS_A_PAGE {
        let claim = if random.chance(60) {
            claims + random.below(claims)
        } else {
            claims - 1 - random.skewed(claims)
        };
        let said = claim_words(claim).join(" ");
        let speaker = person(random.below(PEOPLE));
        text += &format!(
            "\u{201c}{}{},\u{201d} said {speaker} in part {at}.\n\n",
            said[..1].to_uppercase(),
            &said[1..]
        );
    }
    text
}

/// What is remembered of a claim while the ledger grows.
#[derive(Clone, Copy)]
struct Said {
    exemplars: u8,
    last_report: Place,
}

/// Writes a ledger of so many statements.
pub(crate) fn generate(ledger: &Ledger, statements: usize, seed: u64) -> Result<(), LedgerError> {
    let mut world = World { random: Random(seed), claims: Vec::new() };
    let pages = statements / STATEMENTS_A_PAGE;
    let mut page = 0;
    while page < pages {
        let upto = pages.min(page + 512);
        ledger.atomically(|ledger| (page..upto).try_for_each(|page| world.page(ledger, page)))?;
        page = upto;
    }
    Ok(())
}

struct World {
    random: Random,
    claims: Vec<Said>,
}

impl World {
    fn page(&mut self, ledger: &Ledger, page: usize) -> Result<(), LedgerError> {
        let outlet_number = self.random.skewed(OUTLETS);
        let (site, byline) = (outlet(outlet_number), person(outlet_number * 5 + self.random.below(5)));
        let day = page * 1_800 / 50_000 % 1_800;
        let published = format!("20{:02}-{:02}-{:02}", 18 + day / 360, day / 30 % 12 + 1, day % 28 + 1);
        let mut drafts: Vec<(usize, bool, bool)> = Vec::new();
        let mut text = String::new();
        let mut blocks = Vec::new();
        let mut spans = Vec::new();
        let known = self.claims.len();
        let mut founded = 0;
        for _ in 0..STATEMENTS_A_PAGE {
            let is_new = known == 0 || self.random.chance(60);
            // What was said lately is repeated most.
            let claim = if is_new { known + founded } else { known - 1 - self.random.skewed(known) };
            founded += usize::from(is_new);
            let start = text.len() as u32;
            let mut words = claim_words(claim);
            if !is_new && self.random.chance(50) {
                words.remove(self.random.below(words.len()));
            }
            text += &words.join(" ");
            let span = Span { start, end: text.len() as u32 };
            spans.push(span);
            text += ".\n";
            blocks.push(Block { span, kind: BlockKind::Paragraph, within: None, links: vec![] });
            drafts.push((claim, is_new, self.random.chance(5)));
        }
        let stamp = Stamp { at: published.clone(), words: published.clone(), origin: StampOrigin::Meta };
        let document = Document {
            url: Some(format!("https://page.example/{page}")),
            site: Some(site.clone()),
            title: Some(claim_words(drafts[0].0).join(" ")),
            bylines: vec![byline.clone()],
            published: Some(stamp),
            text,
            blocks,
            ..Document::default()
        }
        .seal();
        let mut linking = Linking {
            linker: "made up".into(),
            known: 1_700_000_000 + page as i64,
            published: sayso_weigh::first_second(&published),
            outlet: named(&site, false),
            author: named(&byline, false),
            claims: Vec::new(),
            exemplars: Vec::new(),
            links: Vec::new(),
            origins: Vec::new(),
            suggestions: Vec::new(),
            appearances: Vec::new(),
            affiliations: Vec::new(),
            fingerprints: Shingles::of(&document.text).fingerprints(),
        };
        let mut statements = Vec::new();
        for (at, (claim, is_new, denies)) in drafts.into_iter().enumerate() {
            let (mention, source) = self.source(&site);
            let statement = Statement {
                id: Default::default(),
                document: document.id,
                block: at as u32,
                source: mention,
                via: Vec::new(),
                within: None,
                cue: Vec::new(),
                content: vec![spans[at]],
                stance: if denies { Stance::Denies } else { Stance::Asserts },
                manner: Manner::Indirect,
                confidence: 0.9,
            }
            .seal();
            let words = document.words(&statement.content);
            let place = |step| Place { statement: statement.id, step };
            if is_new {
                linking.claims.push(NewClaim { id: ClaimId::of(&[&statement.id.0]), words: words.clone() });
                self.claims.push(Said { exemplars: 0, last_report: place(2) });
            }
            let said = &mut self.claims[claim];
            let key = ClaimKey::from_number(claim as u32);
            if said.exemplars < 3 {
                said.exemplars += 1;
                linking.exemplars.push(Words { claim: key, for_it: true, words });
            }
            let speakers = [source, named(&byline, false), named(&site, false)];
            for (step, source) in speakers.into_iter().enumerate() {
                linking.links.push(NewLink {
                    place: place(step as u8),
                    source,
                    claim: key,
                    for_it: !denies,
                    held: step == 2,
                    report: step == 2,
                    of_page: step > 0,
                    needs: (step > 0).then(|| vec![vec![place(step as u8 - 1)]]),
                    confidence: 0.9,
                });
            }
            if !is_new && self.random.below(100) < 15 {
                linking.origins.push(NewOrigin {
                    of: place(2),
                    original: self.claims[claim].last_report,
                    because: "12 words are the same, and the copy credits the original by name".into(),
                    suggestion: None,
                });
            }
            self.claims[claim].last_report = place(2);
            statements.push(statement);
        }
        ledger.store_reading(&Reading {
            document: &document,
            statements: &statements,
            reader: "made up",
            read_at: "2025-01-01T00:00:00Z",
            found_at: "nowhere",
        })?;
        ledger.store_linking(document.id, &linking)
    }

    fn source(&mut self, site: &str) -> (Mention, SourceName) {
        let mention = |kind, name: &str| Mention { spans: vec![], kind, name: name.to_owned() };
        if self.random.chance(15) {
            let description = DESCRIPTIONS[self.random.skewed(DESCRIPTIONS.len())];
            let name = named(&format!("{description} ({site})"), true);
            return (mention(SourceKind::Unnamed, description), name);
        }
        let name = person(self.random.skewed(PEOPLE));
        (mention(SourceKind::Person, &name), named(&name, false))
    }
}

fn named(name: &str, unnamed: bool) -> SourceName {
    SourceName { name: name.to_owned(), key: Name::of(name).key(), unnamed }
}
