//! Whether two names may be of one source, for whoever must not count one mouth twice.

use super::name::Name;

/// Whether two names may be of one person or body: one is the other with more words, or the last words are the same and the
/// first ones do not rule it out. Where this says no, they are two.
pub fn may_be_one(a: &str, b: &str) -> bool {
    let (a, b) = (Name::of(a), Name::of(b));
    if a.key() == b.key() {
        return true;
    }
    let (short, long) = if a.words.len() <= b.words.len() { (&a, &b) } else { (&b, &a) };
    if short.words.is_empty() {
        return false;
    }
    if long.words.windows(short.words.len()).any(|part| part == short.words) {
        return true;
    }
    let (Some(last), Some(other_last)) = (short.words.last(), long.words.last()) else { return false };
    let first = &short.words[0];
    last == other_last
        && short.words.len() > 1
        && (*first == long.words[0] || initials_fit(first, &long.words[0]))
}

/// Whether one first name is an initial of the other.
fn initials_fit(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.chars().count() == 1 && long.starts_with(short)
}

#[cfg(test)]
mod tests {
    use super::may_be_one;

    #[test]
    fn one_mouth_under_two_names() {
        for (a, b) in [
            ("Robert Thorne", "Thorne"),
            ("Robert Q. Thorne", "Robert Thorne"),
            ("R. Thorne", "Robert Thorne"),
            ("the Harbour Office", "Harbour Office"),
        ] {
            assert!(may_be_one(a, b), "{a} {b}");
        }
        for (a, b) in [("Heidi Thorne", "Robert Thorne"), ("Ilse Marwick", "Robert Thorne")] {
            assert!(!may_be_one(a, b), "{a} {b}");
        }
    }
}
