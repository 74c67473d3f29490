//! What a site asks of programs that read it: its `robots.txt`, as RFC 9309 has it.
//!
//! Rules are matched by walking, never by regular expressions: they come from strangers.

use std::borrow::Cow;
use std::time::Duration;

/// So much of the file is read; RFC 9309 asks for 500 KiB at least.
pub(super) const CAP_BYTES: u64 = 512 << 10;
/// Longer rules than this are no paths of any page.
const RULE_CAP_BYTES: usize = 2048;

/// The rules of one site that are meant for us.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Robots {
    rules: Vec<Rule>,
    /// How long the site asks us to wait between two pages. Not in the RFC, but many sites ask it.
    pub(super) delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    allows: bool,
    path: String,
}

impl Robots {
    /// The rules for the program of this name; those for `*` where none names it.
    pub(super) fn parse(text: &str, program: &str) -> Robots {
        let (mut ours, mut everybodys) = (Robots::default(), Robots::default());
        let (mut named, mut is_ours, mut is_everybodys, mut in_names) = (false, false, false, false);
        for line in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            if key == "user-agent" {
                if !in_names {
                    (is_ours, is_everybodys) = (false, false);
                }
                in_names = true;
                is_ours |= is_called(value, program);
                is_everybodys |= value == "*";
                named |= is_ours;
                continue;
            }
            // Lines that no group may hold, such as `Sitemap`, end no list of names.
            if !matches!(key.as_str(), "allow" | "disallow" | "crawl-delay") {
                continue;
            }
            in_names = false;
            for (group, is_meant) in [(&mut ours, is_ours), (&mut everybodys, is_everybodys)] {
                if is_meant {
                    group.take(&key, value);
                }
            }
        }
        if named { ours } else { everybodys }
    }

    fn take(&mut self, key: &str, value: &str) {
        if key == "crawl-delay" {
            let seconds = value.parse::<f64>().ok().filter(|seconds| (0.0..=86_400.0).contains(seconds));
            self.delay = seconds.map(Duration::from_secs_f64).or(self.delay);
        } else if (value.starts_with(['/', '*'])) && value.len() <= RULE_CAP_BYTES {
            self.rules.push(Rule { allows: key == "allow", path: plain(value).into_owned() });
        }
    }

    /// Whether a page may be read; `path` is its path with its query, as it is sent. The longest rule decides, and of
    /// two that are as long the one that allows.
    pub(super) fn allows(&self, path: &str) -> bool {
        let path = plain(path);
        let fitting = self.rules.iter().filter(|rule| fits(rule.path.as_bytes(), path.as_bytes()));
        fitting.max_by_key(|rule| (rule.path.len(), rule.allows)).is_none_or(|rule| rule.allows)
    }
}

/// Whether a group is for the program: by the name alone, whatever version follows it.
fn is_called(value: &str, program: &str) -> bool {
    let ends = value.find(|letter: char| !(letter.is_ascii_alphabetic() || "-_".contains(letter)));
    value[..ends.unwrap_or(value.len())].eq_ignore_ascii_case(program)
}

/// Whether the rule fits the beginning of the path; `*` stands for anything, and `$` in the end for the path's end.
fn fits(rule: &[u8], path: &[u8]) -> bool {
    let (rule, to_the_end) = match rule {
        [rule @ .., b'$'] => (rule, true),
        rule => (rule, false),
    };
    let (mut at_rule, mut at_path) = (0, 0);
    // Where the last star stood, and how much of the path it has taken.
    let mut star: Option<(usize, usize)> = None;
    loop {
        match rule.get(at_rule) {
            Some(b'*') => {
                star = Some((at_rule, at_path));
                at_rule += 1;
                continue;
            }
            Some(letter) if path.get(at_path) == Some(letter) => {
                (at_rule, at_path) = (at_rule + 1, at_path + 1);
                continue;
            }
            None if !to_the_end || at_path == path.len() => return true,
            _ => {}
        }
        match star {
            Some((at, taken)) if taken < path.len() => {
                star = Some((at, taken + 1));
                (at_rule, at_path) = (at + 1, taken + 1);
            }
            _ => return false,
        }
    }
}

/// A path in one way of writing: letters that need no escape unescaped, all others escaped in capitals.
fn plain(path: &str) -> Cow<'_, str> {
    if path.bytes().all(|byte| byte.is_ascii() && byte != b'%') {
        return Cow::Borrowed(path);
    }
    let bytes = path.as_bytes();
    let mut plain = String::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let hex = (byte == b'%').then(|| path.get(at + 1..at + 3)).flatten();
        let escaped = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        at += if escaped.is_some() { 3 } else { 1 };
        match escaped.unwrap_or(byte) {
            letter if letter.is_ascii_alphanumeric() || b"-._~".contains(&letter) => {
                plain.push(letter.into())
            }
            letter if escaped.is_none() && letter.is_ascii() => plain.push(letter.into()),
            letter => plain.push_str(&format!("%{letter:02X}")),
        }
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(text: &str, path: &str) -> bool {
        Robots::parse(text, "sayso").allows(path)
    }

    #[test]
    fn the_group_that_names_us_is_ours_and_else_the_one_for_everybody() {
        let text = "User-agent: *\nDisallow: /\n\nUser-agent: otherbot\nUser-agent: Sayso/2.0 # us\nDisallow: /drafts\n\
                    Crawl-delay: 2.5\nSitemap: https://pier.example/map\n\nUser-agent: sayso\nDisallow: /old/\n";
        let robots = Robots::parse(text, "sayso");
        assert!(robots.allows("/news") && !robots.allows("/drafts/1") && !robots.allows("/old/2"));
        assert_eq!(robots.delay, Some(Duration::from_millis(2500)));
        assert!(!Robots::parse(text, "unknown").allows("/news"));
        assert!(Robots::parse(text, "otherbot").allows("/old/2"));
        assert!(!allows("user-agent: saysomething\ndisallow:\n\nuser-agent:*\ndisallow: /", "/"));
    }

    #[test]
    fn the_longest_rule_decides() {
        let text = "User-agent: *\r\nDisallow: /a\r\nAllow: /a/b\r\nDisallow: /a/b/c\r\nAllow: /a/b/c\r\n";
        assert!(
            !allows(text, "/a") && allows(text, "/a/b/x") && allows(text, "/a/b/c") && allows(text, "/z")
        );
        assert!(allows("User-agent: *\nDisallow:\n", "/anything"));
        assert!(!allows("\u{feff}User-agent: *\nDisallow: /\n", "/"));
        assert!(allows("<html>not found</html>", "/"));
    }

    #[test]
    fn stars_ends_and_escapes() {
        for (rule, path, is_fitting) in [
            ("/fish", "/fish.html", true),
            ("/fish*", "/fishheads/yummy", true),
            ("/fish/", "/fish", false),
            ("/*.php", "/folder/any.php.file?x", true),
            ("/*.php$", "/filename.php?x", false),
            ("/*.php$", "/a.php.php", true),
            ("/fish*.php", "/fish.asp/salmon.php", true),
            ("*/print/*", "/2019/print/1", true),
            ("/$", "/", true),
            ("/$", "/a", false),
            ("/*a*a*a*a*a*a*a*b", &"/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".repeat(40), false),
            ("/caf%c3%a9", "/caf%C3%A9", true),
            ("/café", "/caf%C3%A9", true),
            ("/%61bc", "/abc", true),
            ("/a%2Fb", "/a/b", false),
            ("/50%", "/50%", true),
        ] {
            let text = format!("User-agent: *\nDisallow: {rule}\n");
            assert_eq!(!allows(&text, path), is_fitting, "{rule} and {path}");
        }
    }
}
