//! Whether what somebody denies is a clause: only that can be the same claim as what somebody else says.

/// Whether what somebody denies is a clause and no thing: "that the pier was sold", "he was there", "the claim that ...";
/// and not "a rule that counts no votes", "remarks about the mayor".
pub(super) fn is_denied_clause(words: &str) -> bool {
    const CLAUSES: &[&str] = &[
        "accusation",
        "accusations",
        "allegation",
        "allegations",
        "charge",
        "charges",
        "claim",
        "claims",
        "idea",
        "notion",
        "report",
        "reports",
        "rumours",
        "rumors",
        "suggestion",
        "suggestions",
    ];
    const AUXILIARIES: &[&str] =
        &["are", "can", "could", "did", "does", "had", "has", "have", "is", "was", "were", "will", "would"];
    let lower = words.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(8).collect();
    let that = words.iter().position(|word| *word == "that");
    that == Some(0)
        || that.is_some_and(|that| CLAUSES.contains(&words[that - 1]))
        || words.iter().skip(1).take(4).any(|word| AUXILIARIES.contains(word))
}
