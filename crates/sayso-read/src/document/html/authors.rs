//! Who wrote a comment: the elements that name its author, and the name without what pages put around it.

use super::comments::any_of;
use super::order;
use super::tags::{Attribute, Shape, Tag};
use super::tree::{Place, Tree, collapse};
use aho_corasick::AhoCorasick;
use std::sync::LazyLock;

/// The elements that surely name an author, in order.
pub(super) fn authors(tree: &Tree) -> Vec<Place> {
    let ranked = |least: u8| -> Vec<Place> {
        let named = |place: Place| {
            told_by(tree, place).is_some()
                || author_rank(tree, place, Tree::PAGE).is_some_and(|rank| rank >= least)
        };
        (0..tree.nodes.len() as Place).filter(|&place| tree.tag(place) != Tag::Text && named(place)).collect()
    };
    let sure = ranked(3);
    // Where nothing says that it is an author, links to members' pages do.
    if sure.is_empty() { ranked(2) } else { sure }
}

/// How surely an element inside `comment` names its author; `None` where it does not. 2 is a link to a member's page.
pub(super) fn author_rank(tree: &Tree, place: Place, comment: Place) -> Option<u8> {
    if place == comment && told_by(tree, place).is_some() {
        return Some(9);
    }
    let prop = |at: Place, name: &str| {
        tree.attribute(at, Attribute::Itemprop)
            .is_some_and(|prop| prop.split_whitespace().any(|word| word == name))
    };
    if prop(place, "author") || prop(place, "creator") {
        return Some(6);
    }
    if prop(place, "name") {
        // Of whom, or of what: the nearest thing around it that is described.
        let of = tree.above(place).take_while(|&at| at > comment).take(8).find(|&at| {
            tree.attribute(at, Attribute::Itemprop).is_some()
                || tree.attribute(at, Attribute::Itemtype).is_some()
        });
        let person = |at: Place| {
            prop(at, "author")
                || prop(at, "creator")
                || tree.attribute(at, Attribute::Itemtype).is_some_and(|kind| kind.contains("Person"))
        };
        return of.is_none_or(person).then_some(7);
    }
    if tree.attribute(place, Attribute::Property) == Some("foaf:name") {
        return Some(7);
    }
    if tree.attribute(place, Attribute::DataTestid) == Some("User-Name") {
        return Some(5);
    }
    let by_class = tree.attribute(place, Attribute::Class).and_then(|class| {
        class
            .split_ascii_whitespace()
            .filter_map(|word| {
                let lower = word.to_ascii_lowercase();
                let rank = match lower.as_str() {
                    "fn"
                    | "hnuser"
                    | "username"
                    | "comment-author-name"
                    | "author-name"
                    | "user-name"
                    | "bbp-author-name"
                    | "message-name"
                    | "person-listing"
                    | "comment__author-name" => 5,
                    "url" if tree.tag(place) == Tag::A => 4,
                    "author" | "commenter" | "user" | "nickname" | "creator" | "poster" | "comment-user"
                    | "display-name" | "screenname" | "ljuser" | "autor" => 4,
                    "comment-author" | "commentauthor" | "comment_author" | "comment-by" | "vcard"
                    | "comment-name" | "commentname" => 3,
                    _ if lower.ends_with("__author")
                        || lower.ends_with("-author")
                        || lower.ends_with("_author")
                        || lower.ends_with("username")
                        || lower.ends_with("user-name")
                        || lower.ends_with("author-name")
                        || lower.ends_with("authorname")
                        || lower.ends_with("-name") && lower.contains("comment") =>
                    {
                        4
                    }
                    "name" | "byline" => 2,
                    _ => return None,
                };
                Some(rank)
            })
            .max()
    });
    if by_class.is_some() {
        return by_class;
    }
    let by_id = tree.attribute(place, Attribute::Id).is_some_and(|id| {
        id.contains("author-user") || id.contains("-cite-") || id.contains("comment-author")
    });
    if by_id
        || tree.tag(place) == Tag::Cite
            && !tree.above(place).take(6).any(|at| tree.tag(at) == Tag::Blockquote || tree.tag(at) == Tag::P)
    {
        return Some(3);
    }
    let rel = tree.attribute(place, Attribute::Rel).is_some_and(|rel| rel.contains("author"));
    if rel {
        return Some(3);
    }
    let member = tree.tag(place) == Tag::A
        && tree.attribute(place, Attribute::Href).is_some_and(is_member)
        && !names_somebody_else(tree, place);
    member.then_some(2)
}

/// The author that a comment's own element names in an attribute.
pub(super) fn told_by(tree: &Tree, place: Place) -> Option<&str> {
    let own = tree.attribute(place, Attribute::DataAuthor).or_else(|| {
        // "author" is an attribute of custom elements only.
        let custom = [Attribute::ThingId, Attribute::PostTitle];
        custom.iter().find(|&&name| tree.attribute(place, name).is_some())?;
        tree.attribute(place, Attribute::Author)
    })?;
    (!own.trim().is_empty()).then_some(own)
}

/// How addresses of members' pages are written.
static MEMBERS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    any_of([
        "/user/",
        "/users/",
        "/u/",
        "/member/",
        "/members/",
        "member.php",
        "memberlist.php",
        "profile.php",
        "action=profile",
        "viewprofile",
        "/profile/",
        "/profil/",
        "/profiles/",
        "/user-",
        "site=profile",
        "showuser=",
        "/mitglied",
        "/@",
        "userid=",
        "user?id=",
    ])
});

/// Whether an address is that of a member's page.
pub(super) fn is_member(href: &str) -> bool {
    let starts = ["members/", "member/", "users/", "user/"].iter().any(|start| href.starts_with(start));
    let other = ["login", "logout", "register", "signup", "/search"].iter().any(|word| href.contains(word));
    (starts || MEMBERS.is_match(href)) && !other
}

/// Whether a link to a member stands in the words of another: "@Ann, I doubt it".
fn names_somebody_else(tree: &Tree, link: Place) -> bool {
    let named = |at: Place| {
        tree.attribute(at, Attribute::Class).is_some_and(|class| {
            class.split_ascii_whitespace().any(|word| {
                let lower = word.to_ascii_lowercase();
                lower.contains("mention") || lower.contains("quote") || lower.contains("hashtag")
            })
        })
    };
    named(link)
        || tree.above(link).take(4).any(|at| matches!(tree.tag(at), Tag::Blockquote | Tag::P) || named(at))
}

/// The name that an element gives: of all its words those that are the name.
pub(super) fn name_in(tree: &Tree, place: Place) -> String {
    if let Some(told) = told_by(tree, place) {
        return clean_name(told);
    }
    if tree.tag(place) == Tag::Meta {
        return tree.attribute(place, Attribute::Content).map(clean_name).unwrap_or_default();
    }
    let whole = clean_name(&tree.words(place, 120));
    // A box about the author begins with the name, as a link or on a line of its own.
    let link = tree.inside(place).take(60).find(|&at| {
        tree.tag(at) == Tag::A && tree.attribute(at, Attribute::Href).is_some() && named(tree, at)
    });
    let link = link.map(|link| clean_name(&tree.words(link, 120)));
    if let Some(link) = link
        && !link.is_empty()
        && whole.starts_with(&link)
    {
        return link;
    }
    let first = clean_name(&first_line(tree, place));
    if first.is_empty() { whole } else { first }
}

fn named(tree: &Tree, place: Place) -> bool {
    !tree.words(place, 80).is_empty()
}

/// The words of an element up to where its first line ends.
fn first_line(tree: &Tree, place: Place) -> String {
    let mut out = String::new();
    let mut at = place + 1;
    let end = tree.node(place).end;
    let mut block = end;
    while at < end.min(block) && out.len() < 120 {
        let node = tree.node(at);
        let shape = node.tag.shape();
        let edge = shape == Shape::Block || node.tag == Tag::Br;
        if edge && !out.trim().is_empty() {
            break;
        }
        if shape == Shape::Silent {
            at = node.end;
            continue;
        }
        if node.tag == Tag::Text {
            collapse(tree.characters(at), &mut out);
        }
        if node.tag == Tag::Text && !tree.characters(at).trim().is_empty() {
            // Where the block that holds these words ends, so does the line.
            let holder = tree.above(at).find(|&above| tree.tag(above).shape() == Shape::Block);
            block = holder.map_or(end, |holder| tree.node(holder).end.max(at + 1));
        }
        at += 1;
    }
    out.truncate(out.trim_end().len());
    out
}

/// The address that the author's name links to somewhere in these elements, where the name itself bears none.
pub(super) fn first_author_link(tree: &Tree, places: std::ops::Range<Place>, name: &str) -> Option<String> {
    places
        .filter(|&at| tree.tag(at) == Tag::A)
        .take(40)
        .filter(|&at| tree.words(at, 120) == name)
        .find_map(|at| usable(tree, at))
}

/// The address that an author's name links to: of the name itself, inside it, or around it.
pub(super) fn address(tree: &Tree, place: Place, comment: Place) -> Option<String> {
    if place == comment {
        return None;
    }
    usable(tree, place)
        .or_else(|| tree.inside(place).filter(|&at| named(tree, at)).find_map(|at| usable(tree, at)))
        .or_else(|| {
            let near = tree.above(place).take(2).filter(|&at| tree.tag(at) == Tag::A);
            near.filter_map(|at| usable(tree, at)).next()
        })
}

fn usable(tree: &Tree, at: Place) -> Option<String> {
    let href = tree.attribute(at, Attribute::Href).filter(|_| tree.tag(at) == Tag::A)?;
    let fits = !href.is_empty()
        && !href.starts_with('#')
        && !href.starts_with("javascript:")
        && !href.contains("replytocom");
    fits.then(|| href.to_owned())
}

/// A name without what stands around it: "Posted by: Ann on July 3" is "Ann", "Ann says:" is "Ann".
pub(super) fn clean_name(words: &str) -> String {
    let name = without_furniture(without_frame(words));
    // What a form asks for is no name.
    const ASKED: &[&str] = &["name", "name *", "name*", "your name", "e-mail", "email", "website"];
    if ASKED.contains(&name.to_lowercase().as_str()) { String::new() } else { name }
}

/// What forums write behind a name: ranks, counts and handles.
fn without_furniture(name: String) -> String {
    let mut kept = name.as_str();
    // "Ann Lee 2,099 posts · Joined 2021", "Ann Lee @annlee".
    for stop in [
        " · ",
        " • ",
        " | ",
        " Joined",
        " Join Date",
        " Registered",
        " Member since",
        " Posts:",
        " Location:",
        " @",
        " (@",
        " u/",
    ] {
        if let Some((before, _)) = kept.split_once(stop) {
            kept = before;
        }
    }
    let counts =
        [" posts", " Posts", " messages", " Messages", " points", " Beiträge", " comments", " Comments"];
    for count in counts {
        if let Some(before) = kept.strip_suffix(count) {
            let digits = before
                .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '+' | 'k' | 'K'));
            if digits.len() < before.len() {
                kept = digits.trim_end();
            }
        }
    }
    const RANKS: &[&str] = &[
        "well-known member",
        "active member",
        "new member",
        "senior member",
        "junior member",
        "full member",
        "hero member",
        "sr. member",
        "jr. member",
        "premium member",
        "registered user",
        "super moderator",
        "global moderator",
        "moderator",
        "administrator",
        "site admin",
        "forum staff",
        "staff member",
        "topic author",
        "topic starter",
        "thread starter",
        "participant",
        "keymaster",
        "newbie",
        "op",
        "mod",
        "author",
        "verified",
        "subscriber",
        "offline",
        "online",
        "is offline",
        "is online",
    ];
    if let Some((name, rank)) = kept.strip_suffix(')').and_then(|kept| kept.rsplit_once(" ("))
        && RANKS.contains(&rank.to_lowercase().as_str())
    {
        kept = name;
    }
    loop {
        let before = kept;
        for rank in RANKS {
            // A rank is set apart from the name by its capital or brackets; a name that is one stays.
            let Some(at) = kept.len().checked_sub(rank.len()).filter(|&at| kept.is_char_boundary(at)) else {
                continue;
            };
            let (name, tail) = kept.split_at(at);
            let set_apart = name.ends_with(' ') || name.ends_with('(') || name.ends_with('[');
            let capital =
                tail.starts_with(char::is_uppercase) || rank.starts_with("is ") || rank.ends_with("line");
            let short = matches!(*rank, "op" | "mod" | "author" | "verified" | "subscriber");
            let sure = !short || tail.chars().all(char::is_uppercase) || name.ends_with(['(', '[']);
            if tail.eq_ignore_ascii_case(rank) && set_apart && capital && sure && !name.trim().is_empty() {
                kept = name.trim_end_matches([' ', '(', '[', '-', '–', ',']);
            }
        }
        if kept == before {
            break;
        }
    }
    let kept = kept.trim();
    // A handle alone is a name.
    let kept = kept.strip_prefix("u/").unwrap_or(kept);
    kept.to_owned()
}

/// A name without "Posted by" before it and "says" behind it.
fn without_frame(words: &str) -> String {
    let mut name = words.trim();
    for start in [
        "Posted by:",
        "Posted by",
        "Submitted by",
        "Comment by",
        "By:",
        "by ",
        "By ",
        "From:",
        "Written by",
        "Commented by",
        "Post by",
    ] {
        if let Some(rest) = name.strip_prefix(start) {
            name = rest.trim_start();
        }
    }
    if let Some((_, range)) = order::find(name) {
        name = name[..range.start].trim_end();
    }
    let ends = [':', '.', '…', ',', '|', '—', '–', '·', '•', ' ', '\u{bb}', '»', '('];
    loop {
        let before = name;
        name = name.trim_end_matches(ends);
        for end in [
            " says",
            " said",
            " wrote",
            " writes",
            " on",
            " at",
            " am",
            " le",
            " el",
            " commented",
            " replied",
            " permalink",
            " Reply",
            " reports",
        ] {
            name = name.strip_suffix(end).unwrap_or(name);
        }
        if name == before {
            // "J.T." keeps its stop.
            if words.trim_start().starts_with(name)
                && words.trim_start()[name.len()..].starts_with('.')
                && name.len() >= 3
                && name.chars().rev().nth(1) == Some('.')
            {
                return words.trim_start()[..=name.len()].to_owned();
            }
            return name.trim_start_matches(['»', '#', '-', '—', '–', ' ']).to_owned();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_without_furniture() {
        for (words, name) in [
            ("Tidewrack 2,099 posts · Joined 2021", "Tidewrack"),
            ("mudlark77 Well-known member", "mudlark77"),
            ("Bo Larkin Moderator", "Bo Larkin"),
            ("Bo Larkin (Moderator)", "Bo Larkin"),
            ("Ines OP", "Ines"),
            ("Dagny Holt @dagny@tide.example", "Dagny Holt"),
            ("Dagny Holt (@dagny)", "Dagny Holt"),
            ("u/Lotte", "Lotte"),
            ("Rook says:", "Rook"),
            ("Posted by: Petra V on March 3, 2021", "Petra V"),
            ("Moderator", "Moderator"),
            ("@kelpie", "@kelpie"),
            ("Name *", ""),
        ] {
            assert_eq!(clean_name(words), name, "{words}");
        }
    }

    #[test]
    fn members_have_pages() {
        for href in [
            "/members/rook.12/",
            "member.php?u=4",
            "https://forum.example/u/rook",
            "index.php?action=profile;u=3",
        ] {
            assert!(is_member(href), "{href}");
        }
        for href in ["/news/harbour", "/login?next=/members/", "https://lantern.example/2014/crane"] {
            assert!(!is_member(href), "{href}");
        }
    }
}
