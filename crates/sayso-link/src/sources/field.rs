//! Which sport a document is about: "England" is another team in each.

/// Sports and words that only their reports use.
const SPORTS: &[(&str, &[&str])] = &[
    (
        "cricket",
        &[
            "cricket", "wicket", "wickets", "innings", "bowled", "lbw", "batsman", "bowler", "lords",
            "umpire", "overs", "toss", "ashes", "test",
        ],
    ),
    (
        "soccer",
        &[
            "soccer",
            "midfielder",
            "striker",
            "goalkeeper",
            "penalty",
            "halftime",
            "fifa",
            "uefa",
            "goals",
            "qualifier",
            "premier",
            "defender",
            "equaliser",
            "equalised",
        ],
    ),
    (
        "rugby",
        &[
            "rugby",
            "try",
            "tries",
            "scrum",
            "lock",
            "flanker",
            "fly-half",
            "springbok",
            "springboks",
            "prop",
            "lineout",
        ],
    ),
    (
        "baseball",
        &[
            "baseball",
            "inning",
            "pitcher",
            "homer",
            "homered",
            "rbi",
            "bullpen",
            "shortstop",
            "homers",
            "pitched",
        ],
    ),
    ("football", &["nfl", "touchdown", "quarterback", "yards", "touchdowns", "49ers"]),
    ("basketball", &["basketball", "nba", "rebounds"]),
    ("hockey", &["hockey", "nhl", "puck"]),
];
/// The least number of such words that make a report.
const LEAST: usize = 3;

/// The sport that a text reports on, if any.
pub(super) fn sport(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    // Its own name at the start, as in "SOCCER - ...", settles it.
    let count = |terms: &[&str]| {
        words.iter().filter(|word| terms.contains(word)).count()
            + LEAST * usize::from(words.first() == terms.first())
    };
    let (sport, found) =
        SPORTS.iter().map(|(sport, terms)| (*sport, count(terms))).max_by_key(|(_, found)| *found)?;
    (found >= LEAST).then_some(sport)
}
