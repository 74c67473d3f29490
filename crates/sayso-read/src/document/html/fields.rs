//! Who wrote a comment, when, and which of its words are the comment itself.

use super::authors::{address, author_rank, clean_name, first_author_link, name_in};
use super::comments::Candidate;
use super::embeds;
use super::order;
use super::quotations;
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
    let mut signed: Vec<(u8, Place, String)> = Vec::new();
    let mut contents: Vec<(u8, Place)> = Vec::new();
    let mut exact: Option<(u8, Stamp)> = None;
    for place in candidate.place..last.min(candidate.end) {
        let tag = tree.tag(place);
        let whole = place == candidate.place;
        if tag == Tag::Text || !(whole || own_node(place) || matches!(tag, Tag::Meta | Tag::Abbr | Tag::Time))
        {
            continue;
        }
        if let Some(rank) = author_rank(tree, place, candidate.place) {
            let best = signed.iter().map(|(rank, _, _)| *rank).max().unwrap_or(0);
            // Links to members are many where a thread is long; the first few tell.
            if rank > best || rank == MEMBER && best == MEMBER && signed.len() < 4 {
                let name = name_in(tree, place);
                if !name.is_empty() && name.chars().count() <= 60 {
                    signed.push((rank, place, name));
                }
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
    let surest = |contents: &[(u8, Place)]| contents.iter().map(|(rank, _)| *rank).max();
    // A link to a member inside the words speaks of somebody else.
    let text_at = surest(&contents);
    let in_text = |place: Place| {
        contents.iter().any(|&(rank, holder)| Some(rank) == text_at && tree.holds(holder, place))
    };
    let signed = signed
        .iter()
        .filter(|(rank, place, _)| *rank > MEMBER || !in_text(*place))
        .rev()
        .max_by_key(|(rank, _, _)| *rank)
        .cloned();
    // Content that holds the author's own line is no content.
    if let Some((_, name, _)) = &signed {
        contents.retain(|(_, holder)| !tree.holds(*holder, *name));
    }
    let surest = surest(&contents);
    contents.retain(|(rank, _)| Some(*rank) == surest);
    let is_quoted = |run: &Run| !quotations(tree, run, candidate.place).is_empty();
    let in_content = |run: &Run| {
        let within = |place: Place| tree.holds(place, run.nodes.start);
        contents.is_empty()
            || contents.iter().any(|&(_, holder)| within(holder))
            // Tables cannot stand in a line of words, so that some quotations stand beside them.
            || is_quoted(run) && contents.iter().any(|&(_, holder)| within(tree.node(holder).parent))
    };
    let mut author = signed.as_ref().map(|(_, _, name)| name.clone());
    let mut published = exact.map(|(_, stamp)| stamp);
    let mut link_of_author = signed.as_ref().and_then(|(_, place, name)| {
        address(tree, *place, candidate.place)
            .or_else(|| first_author_link(tree, candidate.place..last.min(candidate.end), name))
    });
    let mut kept = Vec::with_capacity(own.len());
    for (order, &index) in own.iter().enumerate() {
        let run = &runs.runs[index];
        let text = runs.words(run);
        let sure = !contents.is_empty() && in_content(run);
        if !sure && published.is_none() && text.starts_with("Posted") {
            published = dated(text);
        }
        // What stands under a line of strokes is the signature of every post by the same author.
        if is_stroke(text) {
            if !kept.is_empty() {
                break;
            }
            continue;
        }
        if is_furniture(text, run, sure) || in_signature(tree, run, candidate.place) {
            continue;
        }
        let edge = order < 3 || order + 1 == own.len();
        // "Ann said:" above a quotation hands over to Ann.
        let above = || own.get(order + 1).is_some_and(|&next| is_quoted(&runs.runs[next]));
        let quotes = embeds::introduces(text) && (!text.ends_with(':') || is_quoted(run) || above());
        if quotes && author.is_some() && !is_quoted(run) && above() {
            kept.push(index);
            continue;
        }
        let line = signature(text, run, edge && author.is_none() && !sure)
            .filter(|_| !(quotes && (sure || author.is_some())));
        // A line that names the author is one, whatever its class.
        let names = author.is_none() && line.as_ref().is_some_and(|line| line.author.is_some());
        if !sure && !names && is_control(tree, runs, run) {
            published = published.or_else(|| dated(text));
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
            *place != candidate.place
                && (tree.holds(*place, run.nodes.start) || tree.above(*place).any(|at| at == run.holder))
                && count_words(text) <= count_words(name) + 12
        });
        if !sure && kept.is_empty() && author.as_deref().is_some_and(|author| author == text.trim()) {
            continue;
        }
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
    if let [only] = kept[..]
        && is_gone(runs.words(&runs.runs[only]))
    {
        return None;
    }
    (!kept.is_empty() && known).then_some(Fields {
        author,
        author_url: link_of_author,
        published,
        runs: kept,
    })
}

/// The rank of a link to a member's page.
const MEMBER: u8 = 2;

/// A line of strokes, as forums draw above signatures.
fn is_stroke(text: &str) -> bool {
    text.len() >= 5 && text.bytes().take(5).all(|byte| byte == b'_')
}

/// What stands in the place of a comment that was taken away.
fn is_gone(text: &str) -> bool {
    let plain = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    const WHOLE: &[&str] = &[
        "removed",
        "deleted",
        "removed by reddit",
        "removed by moderator",
        "removed by mod",
        "deleted by user",
        "deleted by creator",
        "deleted by author",
        "comment deleted by user",
        "comment removed by moderator",
        "comment deleted",
        "comment removed",
        "post deleted",
        "post removed",
        "flagged",
        "dead",
    ];
    if WHOLE.contains(&plain.as_str()) {
        return true;
    }
    let thing = ["this comment ", "this post ", "this message ", "this reply "];
    let rest = thing.iter().find_map(|start| plain.strip_prefix(start));
    rest.is_some_and(|rest| {
        ["has been removed", "has been deleted", "was removed", "was deleted", "is no longer available"]
            .iter()
            .any(|fate| rest.starts_with(fate))
    }) && count_words(text) <= 30
}

/// Lines that the engine writes into a post: when it was edited last, how many posts its author has. `sure` where they
/// stand among the words themselves.
fn is_furniture(text: &str, run: &Run, sure: bool) -> bool {
    if run.words > 25 {
        return false;
    }
    const EDITED: &[&str] = &[
        "Last edited",
        "Last modified",
        "Edited by",
        "This post was edited",
        "This post has been edited",
        "This message was edited",
        "Post edited by",
        "Zuletzt bearbeitet",
        "Zuletzt geändert",
        "Geändert von",
        "Click to expand",
        "Reply With Quote",
    ];
    let starts = |with: &[&str]| with.iter().any(|start| text.starts_with(start));
    if starts(EDITED)
        || matches!(
            text,
            "Quote:" | "Quote" | "Zitat:" | "Zitat" | "Back to top" | "Report to moderator" | "Logged"
        )
        || text.starts_with("Edited ") && stamp::find(text).is_some()
    {
        return true;
    }
    const ABOUT: &[&str] = &[
        "Joined",
        "Join Date",
        "Join date",
        "Registered",
        "Member since",
        "Posts:",
        "Posts ",
        "Messages:",
        "Messages ",
        "Threads:",
        "Location:",
        "Location ",
        "Reputation:",
        "Reaction score",
        "Likes Received",
        "Post subject:",
        "Thread starter",
        "Registriert seit",
        "Beiträge:",
        "Mitglied seit",
        "dabei seit",
    ];
    !sure && run.words <= 12 && starts(ABOUT)
}

/// Whether a run stands in what an engine calls the author's signature or the author's box.
fn in_signature(tree: &Tree, run: &Run, comment: Place) -> bool {
    std::iter::once(run.holder)
        .chain(tree.above(run.holder))
        .take_while(|&place| place > comment)
        .take(12)
        .any(|place| {
            let named = tree.attribute(place, Attribute::Class).is_some_and(|class| {
                class.split_ascii_whitespace().any(|word| {
                    let lower = word.to_ascii_lowercase();
                    matches!(
                        lower.as_str(),
                        "signature"
                            | "signaturecontainer"
                            | "message-signature"
                            | "post-signature"
                            | "postsignature"
                            | "post_sig"
                            | "sig"
                            | "moderatorbar"
                            | "message-lastedit"
                            | "postprofile"
                            | "userinfo_extra"
                            | "author_statistics"
                            | "message-userextras"
                            | "author_info"
                    )
                })
            });
            named
                || tree.attribute(place, Attribute::Id).is_some_and(|id| {
                    id.strip_prefix("sig")
                        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
                })
        })
}

/// How surely an element holds the comment's words and nothing else.
pub(super) fn content_rank(tree: &Tree, place: Place) -> Option<u8> {
    let prop = tree.attribute(place, Attribute::Itemprop);
    if matches!(prop, Some("text" | "commentText" | "description" | "articleBody"))
        || tree
            .attribute(place, Attribute::Property)
            .is_some_and(|property| property.contains("content:encoded"))
    {
        return Some(5);
    }
    // Where the element with the words bears the post's number: "post_message_12", "msg_12", "pid_12".
    if let Some(id) = tree.attribute(place, Attribute::Id) {
        let tail = id.trim_end_matches(|c: char| c.is_ascii_digit());
        if tail.len() < id.len() && matches!(tail, "post_message_" | "msg_" | "pid_" | "post_text_") {
            return Some(5);
        }
    }
    if tree.attribute(place, Attribute::DataRole) == Some("commentContent")
        || tree.attribute(place, Attribute::DataTestid) == Some("tweetText")
        || tree.attribute(place, Attribute::AriaLabel) == Some("Message Body")
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
                | "comment_message"
                | "bbp-reply-content"
                | "bbp-topic-content"
                | "bbwrapper"
                | "messagetext"
                | "post-message"
                | "post_body"
                | "post-content-text"
                | "ipstype_richtext"
                | "cooked" => 4,
                "comment-body" | "commentbody" | "comment_body" | "comment__body" | "usertext-body"
                | "postcontent" | "post_message" | "post-body" | "posttext" | "post-text" | "md-div"
                | "message-body" | "messagecontent" | "post_content_text" => 3,
                "content" | "message" | "text" | "md" | "body" | "entry-content" | "bbcode" | "post"
                | "entry" => 2,
                "postbody" => 1,
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
pub(super) fn time_at(tree: &Tree, place: Place) -> Option<(u8, Stamp)> {
    let tag = tree.tag(place);
    let class = tree.attribute(place, Attribute::Class).unwrap_or_default().to_ascii_lowercase();
    let prop = tree
        .attribute(place, Attribute::Itemprop)
        .or_else(|| tree.attribute(place, Attribute::Property))
        .unwrap_or_default();
    if let Some(words) = tree.attribute(place, Attribute::CreatedTimestamp)
        && let Some(at) = stamp::read(words)
    {
        let words = words.chars().take(60).collect();
        return Some((3, Stamp { at, words, origin: StampOrigin::Time }));
    }
    let marked = prop.contains("date")
        || prop.contains("dc:created")
        || ["date", "time", "published", "age", "posted"].iter().any(|word| class.contains(word));
    let counted = [Attribute::DataTime, Attribute::DataUtime, Attribute::DataTimestamp]
        .iter()
        .find_map(|&name| tree.attribute(place, name).and_then(stamp_of_seconds));
    if !(tag == Tag::Time || tag == Tag::Abbr || marked || counted.is_some()) {
        return None;
    }
    let exact = [
        Attribute::Datetime,
        Attribute::Content,
        Attribute::Title,
        Attribute::DataTime,
        Attribute::DataTippy,
    ]
    .iter()
    .filter_map(|&name| tree.attribute(place, name))
    .find_map(|words| {
        let at = stamp::read(words)?;
        Some(Stamp { at, words: words.chars().take(60).collect(), origin: StampOrigin::Time })
    });
    if let Some(exact) = exact {
        return Some((3, exact));
    }
    if let Some(counted) = counted {
        return Some((2, counted));
    }
    let words = tree.words(place, 100);
    let (at, range) = order::find(&words)?;
    Some((
        2,
        Stamp {
            at,
            words: words[range].to_owned(),
            origin: if tag == Tag::Time { StampOrigin::Time } else { StampOrigin::Class },
        },
    ))
}

/// A time that is counted in seconds, or thousandths of them, since 1970.
fn stamp_of_seconds(words: &str) -> Option<Stamp> {
    let digits = words.trim();
    let digits = match digits.len() {
        10 => digits,
        13 => &digits[..10],
        _ => return None,
    };
    let seconds: i64 = digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())??;
    let at = jiff::Timestamp::from_second(seconds).ok()?.to_string();
    Some(Stamp { at, words: words.trim().to_owned(), origin: StampOrigin::Time })
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
    let (at, range) = order::find(text)?;
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
        "antworten",
        "zitieren",
        "melden",
        "teilen",
        "kommentieren",
        "répondre",
        "responder",
        "rispondi",
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
                "reply"
                    | "permalink"
                    | "report"
                    | "share"
                    | "like"
                    | "replies"
                    | "edit"
                    | "delete"
                    | "quote"
                    | "antworten"
                    | "zitieren"
                    | "melden"
                    | "répondre"
                    | "responder"
                    | "rispondi"
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
