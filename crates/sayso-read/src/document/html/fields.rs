//! Who wrote a comment, when, and which of its words are the comment itself.

use super::comments::Candidate;
use super::runs::{Run, Runs, count_words};
use super::tags::{Attribute, Tag};
use super::tree::{Place, Tree};
use crate::document::{byline, stamp};
use sayso_record::{Stamp, StampOrigin};

/// What one comment says of itself.
pub(super) struct Fields {
    pub(super) author: Option<String>,
    pub(super) author_url: Option<String>,
    pub(super) published: Option<Stamp>,
    /// The runs that are its words.
    pub(super) runs: Vec<usize>,
}

/// Reads a comment from its own runs, `own`; those of comments inside it are left out already.
/// `None` where it holds no words, or neither an author nor a time.
pub(super) fn read(tree: &Tree, runs: &Runs, candidate: Candidate, own: &[usize]) -> Option<Fields> {
    let first = runs.runs[own[0]].nodes.start;
    // Elements of this comment: all from its own up to where its last own run ends.
    let last = own.iter().map(|&index| runs.runs[index].nodes.end).max().unwrap_or(first);
    let own_node = |place: Place| -> bool {
        // A node is the comment's own if some own run starts inside it, or it stands right beside them.
        let at = own.partition_point(|&index| runs.runs[index].nodes.end <= place);
        own.get(at).is_some_and(|&index| runs.runs[index].nodes.start < tree.node(place).end.max(place + 1))
    };
    let mut signed: Option<(u8, Place, String)> = None;
    let mut contents: Vec<(u8, Place)> = Vec::new();
    let mut exact: Option<(u8, Stamp)> = None;
    for place in candidate.place..last.min(candidate.end) {
        let tag = tree.tag(place);
        if tag == Tag::Text || !(own_node(place) || matches!(tag, Tag::Meta | Tag::Abbr | Tag::Time)) {
            continue;
        }
        if let Some(rank) = author_rank(tree, place)
            && signed.as_ref().is_none_or(|(best, _, _)| rank > *best)
        {
            let name = clean_name(&tree.words(place, 120));
            if !name.is_empty() && name.chars().count() <= 60 {
                signed = Some((rank, place, name));
            }
        }
        if let Some(rank) = content_rank(tree, place)
            && place != candidate.place
            && own.iter().any(|&index| tree.holds(place, runs.runs[index].nodes.start))
        {
            contents.push((rank, place));
        }
        if let Some((rank, stamp)) = time_at(tree, place)
            && exact.as_ref().is_none_or(|(best, _)| rank > *best)
        {
            exact = Some((rank, stamp));
        }
    }
    // Content that holds the author's own line is no content.
    if let Some((_, name, _)) = &signed {
        contents.retain(|(_, holder)| !tree.holds(*holder, *name));
    }
    let surest = contents.iter().map(|(rank, _)| *rank).max();
    contents.retain(|(rank, _)| Some(*rank) == surest);
    let in_content = |run: &Run| {
        contents.is_empty() || contents.iter().any(|(_, holder)| tree.holds(*holder, run.nodes.start))
    };
    let mut author = signed.as_ref().map(|(_, _, name)| name.clone());
    let mut published = exact.map(|(_, stamp)| stamp);
    let mut link_of_author = signed.as_ref().and_then(|&(_, place, _)| address(tree, place));
    let mut kept = Vec::with_capacity(own.len());
    for (order, &index) in own.iter().enumerate() {
        let run = &runs.runs[index];
        let text = runs.words(run);
        let sure = !contents.is_empty() && in_content(run);
        let edge = order < 3 || order + 1 == own.len();
        let line = signature(text, run, edge && author.is_none() && !sure);
        // A line that names the author is one, whatever its class.
        let names = author.is_none() && line.as_ref().is_some_and(|line| line.author.is_some());
        if !sure && !names && is_control(tree, runs, run) {
            continue;
        }
        if let Some(line) = line {
            if author.is_none() && line.author.is_some() {
                author = line.author;
                link_of_author = first_link(tree, runs, run);
            }
            published = published.or(line.published);
            continue;
        }
        let named = signed.as_ref().is_some_and(|(_, place, name)| {
            (tree.holds(*place, run.nodes.start) || tree.above(*place).any(|at| at == run.holder))
                && count_words(text) <= count_words(name) + 12
        });
        if named && !sure {
            if published.is_none() {
                published = dated(text);
            }
            continue;
        }
        if sure && is_control(tree, runs, run) {
            continue;
        }
        if in_content(run) {
            kept.push(index);
        }
    }
    let known = author.is_some() || published.is_some();
    (!kept.is_empty() && known).then_some(Fields {
        author,
        author_url: link_of_author,
        published,
        runs: kept,
    })
}

/// The elements that surely name an author, in order.
pub(super) fn authors(tree: &Tree) -> Vec<Place> {
    (0..tree.nodes.len() as Place)
        .filter(|&place| {
            tree.tag(place) != Tag::Text && author_rank(tree, place).is_some_and(|rank| rank >= 3)
        })
        .collect()
}

/// How surely an element names an author; `None` where it does not.
fn author_rank(tree: &Tree, place: Place) -> Option<u8> {
    let inside = |name: &str| {
        tree.attribute(place, Attribute::Itemprop)
            .is_some_and(|prop| prop.split_whitespace().any(|word| word == name))
    };
    if inside("author") || inside("creator") {
        return Some(6);
    }
    if inside("name") {
        return Some(7);
    }
    if tree.attribute(place, Attribute::Property) == Some("foaf:name") {
        return Some(7);
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
    rel.then_some(3)
}

/// How surely an element holds the comment's words and nothing else.
fn content_rank(tree: &Tree, place: Place) -> Option<u8> {
    let prop = tree.attribute(place, Attribute::Itemprop);
    if matches!(prop, Some("text" | "commentText" | "description" | "articleBody"))
        || tree
            .attribute(place, Attribute::Property)
            .is_some_and(|property| property.contains("content:encoded"))
    {
        return Some(5);
    }
    let class = tree.attribute(place, Attribute::Class)?;
    class
        .split_ascii_whitespace()
        .filter_map(|word| {
            let lower = word.to_ascii_lowercase();
            Some(match lower.as_str() {
                "comment-content"
                | "comment-text"
                | "commtext"
                | "comment_text"
                | "commenttext"
                | "comment-message"
                | "dsq-comment-message"
                | "comment_content"
                | "commentcontent"
                | "comment-body-text"
                | "comment__text"
                | "comment__content"
                | "comment-copy"
                | "comment_message" => 4,
                "comment-body" | "commentbody" | "comment_body" | "comment__body" | "usertext-body"
                | "postcontent" | "post_message" => 3,
                "content" | "message" | "text" | "md" | "body" | "entry-content" | "cooked" | "bbcode"
                | "post" | "entry" => 2,
                _ if lower.contains("comment")
                    && (lower.ends_with("body")
                        || lower.ends_with("content")
                        || lower.ends_with("text")
                        || lower.ends_with("message")) =>
                {
                    3
                }
                _ => return None,
            })
        })
        .max()
}

/// A time that an element gives by itself, and how surely.
fn time_at(tree: &Tree, place: Place) -> Option<(u8, Stamp)> {
    let tag = tree.tag(place);
    let class = tree.attribute(place, Attribute::Class).unwrap_or_default().to_ascii_lowercase();
    let prop = tree
        .attribute(place, Attribute::Itemprop)
        .or_else(|| tree.attribute(place, Attribute::Property))
        .unwrap_or_default();
    let marked = prop.contains("date")
        || prop.contains("dc:created")
        || ["date", "time", "published", "age", "posted"].iter().any(|word| class.contains(word));
    if !(tag == Tag::Time || tag == Tag::Abbr || marked) {
        return None;
    }
    let exact = [Attribute::Datetime, Attribute::Content, Attribute::Title, Attribute::DataTime]
        .iter()
        .filter_map(|&name| tree.attribute(place, name))
        .find_map(|words| {
            let at = stamp::read(words)?;
            Some(Stamp { at, words: words.chars().take(60).collect(), origin: StampOrigin::Time })
        });
    if let Some(exact) = exact {
        return Some((3, exact));
    }
    let words = tree.words(place, 100);
    let (at, range) = stamp::find(&words)?;
    Some((
        2,
        Stamp {
            at,
            words: words[range].to_owned(),
            origin: if tag == Tag::Time { StampOrigin::Time } else { StampOrigin::Class },
        },
    ))
}

/// The address that an author's name links to: of the name itself, inside it, or around it.
fn address(tree: &Tree, place: Place) -> Option<String> {
    let usable = |at: Place| {
        let href = tree.attribute(at, Attribute::Href).filter(|_| tree.tag(at) == Tag::A)?;
        let fits = !href.is_empty()
            && !href.starts_with('#')
            && !href.starts_with("javascript:")
            && !href.contains("replytocom");
        fits.then(|| href.to_owned())
    };
    let named = |at: Place| !tree.words(at, 80).is_empty();
    usable(place)
        .or_else(|| tree.inside(place).filter(|&at| named(at)).find_map(usable))
        .or_else(|| tree.above(place).take(2).filter(|&at| tree.tag(at) == Tag::A).find_map(usable))
}

fn first_link(tree: &Tree, runs: &Runs, run: &Run) -> Option<String> {
    runs.links[run.links.clone()].iter().find_map(|anchor| {
        let href = tree.attribute(anchor.place, Attribute::Href)?;
        (!href.starts_with('#')
            && !href.starts_with("javascript:")
            && stamp::read(&runs.text[anchor.text.clone()]).is_none())
        .then(|| href.to_owned())
    })
}

/// A name without what stands around it: "Posted by: Ann on July 3" is "Ann", "Ann says:" is "Ann".
pub(super) fn clean_name(words: &str) -> String {
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
    if let Some((_, range)) = stamp::find(name) {
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

struct Signature {
    author: Option<String>,
    published: Option<Stamp>,
}

/// A line that signs a comment: "Posted by: Ann at July 3, 2007 9:15 AM", "Submitted by Ann on ...", "Ann says:".
/// With `unsigned`, nothing better has named the author, and "Ann | July 3, 2007" counts too.
fn signature(text: &str, run: &Run, unsigned: bool) -> Option<Signature> {
    if run.words > 25 || text.len() > 200 {
        return None;
    }
    let signed =
        ["Posted by", "Submitted by", "Comment by", "Commented by", "posted by", "Written by", "Post by"]
            .iter()
            .any(|start| text.starts_with(start));
    let said =
        [" says:", " said...", " said:", " wrote:", " said…", " writes:", " schrieb:", " sagt:", " a dit :"]
            .iter()
            .any(|end| text.trim_end().ends_with(end))
            && run.words <= 8;
    let published = dated(text);
    let only_date =
        published.as_ref().is_some_and(|stamp| text.len() <= stamp.words.len() + 24 && run.words <= 14);
    let named_date = unsigned
        && published.as_ref().is_some_and(|stamp| text.len() <= stamp.words.len() + 60 && run.words <= 16);
    if !(signed && (published.is_some() || run.words <= 8) || said || only_date || named_date) {
        return None;
    }
    let name = || {
        let name = clean_name(text);
        let fits =
            !name.is_empty() && name.chars().count() <= 40 && (signed || said || byline::is_name(&name));
        fits.then_some(name)
    };
    let author = (signed || said || named_date).then(name).flatten();
    Some(Signature { author, published })
}

fn dated(text: &str) -> Option<Stamp> {
    let (at, range) = stamp::find(text)?;
    Some(Stamp { at, words: text[range].to_owned(), origin: StampOrigin::Text })
}

/// Buttons, counters and the like, which stand in every comment and are nobody's words.
fn is_control(tree: &Tree, runs: &Runs, run: &Run) -> bool {
    if run.words > 12 {
        return false;
    }
    const CONTROLS: &[&str] = &[
        "reply",
        "permalink",
        "report",
        "delete",
        "edit",
        "flag",
        "like",
        "likes",
        "share",
        "quote",
        "link",
        "parent",
        "embed",
        "save",
        "next",
        "prev",
        "vote",
        "up",
        "down",
        "points",
        "point",
        "replies",
        "log in to reply",
        "comment",
        "thread",
        "hide",
        "show",
        "abuse",
        "respond",
        "answer",
        "recommend",
        "more",
        "top",
        "joined",
        "posts",
        "logged",
        "in",
        "to",
        "log",
        "ago",
        "votes",
        "inappropriate",
        "this",
        "unread",
    ];
    let text = runs.words(run).to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    if words.peek().is_none() {
        return true;
    }
    let controls =
        words.all(|word| CONTROLS.contains(&word) || word.bytes().all(|byte| byte.is_ascii_digit()));
    if controls {
        // "Like this" is a control, "More" may be an answer; only links and lists of actions are taken.
        return run.linked > 0
            || run.words >= 2
            || text.starts_with(|c: char| c.is_ascii_digit())
            || matches!(
                text.trim(),
                "reply" | "permalink" | "report" | "share" | "like" | "replies" | "edit" | "delete" | "quote"
            );
    }
    let named = |place: Place| {
        tree.attribute(place, Attribute::Class).is_some_and(|class| {
            let lower = class.to_ascii_lowercase();
            [
                "reply",
                "signature",
                "postprofile",
                "actions",
                "controls",
                "moderation",
                "comment-links",
                "flat-list",
                "avatar",
                "subject",
                "badge",
                "likes",
                "rating",
            ]
            .iter()
            .any(|word| lower.contains(word))
                && !lower.contains("content")
        })
    };
    std::iter::once(run.holder).chain(tree.above(run.holder)).take(3).any(named)
        && !matches!(tree.tag(run.holder), Tag::Blockquote)
        && !within_text(tree, run)
}

/// Whether a run stands in an element that is named as text.
fn within_text(tree: &Tree, run: &Run) -> bool {
    std::iter::once(run.holder)
        .chain(tree.above(run.holder))
        .take(3)
        .any(|place| content_rank(tree, place).is_some())
}
