//! Comment threads in the markup of the engines that make them.
//!
//! No engine is asked for by name. An element is a comment when its names say so (class, id, schema.org type), and
//! what it holds must bear that out: words, and an author or a time. Who answers whom is read from nesting, and where
//! a page only draws it (margins, rows with an indent), from depth.

use super::assemble::Comment;
use super::authors;
use super::fields;
use super::marks;
use super::order;
use super::posts;
use super::runs::{Run, Runs};
use super::tags::{Attribute, Tag};
use super::tree::{Place, Tree};
use crate::document::stamp;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use std::sync::LazyLock;

/// The comments of a page.
#[derive(Default)]
pub(crate) struct Thread {
    pub(crate) comments: Vec<Comment>,
    /// Elements whose words are the thread's, comments and all that stands around them, as ranges in order.
    zones: Vec<(Place, Place)>,
    /// The service that keeps the comments, where the page only leaves room for them.
    pub(crate) elsewhere: Option<&'static str>,
}

impl Thread {
    /// Whether a run belongs to the thread.
    pub(crate) fn holds(&self, run: &Run) -> bool {
        let at = self.zones.partition_point(|&(zone, _)| zone <= run.nodes.start);
        at > 0 && run.nodes.start < self.zones[at - 1].1
    }
}

impl Thread {
    /// Takes out the comment that holds an element, or is it: it is what the page is about.
    pub(super) fn leave_out(&mut self, tree: &Tree, content: Place) {
        let holds = |comment: &Comment| tree.holds(comment.place, content);
        let Some(at) = self.comments.iter().rposition(holds) else { return };
        self.comments.remove(at);
        for comment in &mut self.comments {
            comment.parent = match comment.parent {
                Some(parent) if parent == at => None,
                Some(parent) if parent > at => Some(parent - 1),
                parent => parent,
            };
        }
    }
}

/// An element, or a row of siblings, that could be one comment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) place: Place,
    /// One past the last node that belongs to it; nested comments are cut out later.
    pub(super) end: Place,
    /// What sort of name made it a candidate; only like is compared with like.
    sort: (Tag, Name),
    /// How deep the page draws it.
    depth: u32,
}

impl Candidate {
    /// A post of a forum, whatever its name.
    pub(super) fn post(tree: &Tree, place: Place, end: Place) -> Candidate {
        Candidate { place, end, sort: (tree.tag(place), Name::Post), depth: 0 }
    }
}

/// The ways in which elements say that they are comments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Name {
    Schema,
    Id,
    Class,
    /// "comment-body" and its like: more often a part of a comment than all of it.
    Part,
    Post,
    Term,
}

/// No page has more comments than this that anyone reads.
const MOST: usize = 20_000;

/// Finds the comments of a page.
pub(crate) fn read(tree: &Tree, runs: &Runs) -> Thread {
    let mut thread = Thread::default();
    let mut found = candidates(tree, runs);
    found.truncate(MOST);
    widen(tree, runs, &mut found);
    if !found.is_empty() {
        thread.comments = sift(tree, runs, &found);
    }
    // Where names say little, who signed tells more.
    let words = |comments: &[Comment]| -> u32 {
        comments.iter().flat_map(|comment| &comment.runs).map(|&index| runs.runs[index].words).sum()
    };
    let posts = posts::find(tree, runs);
    let mut forum = found.iter().any(|candidate| candidate.sort.1 == Name::Post);
    if !posts.is_empty() {
        let regions: Vec<(Candidate, Option<usize>)> = posts.into_iter().map(|post| (post, None)).collect();
        let starts: Vec<Place> = runs.runs.iter().map(|run| run.nodes.start).collect();
        let signed = build(tree, runs, &starts, &regions);
        if signed.len() > 1 && words(&signed) > 2 * words(&thread.comments) {
            thread.comments = signed;
            forum = true;
        }
    }
    order::settle(&mut thread.comments);
    thread.zones = zones(tree, runs, &thread.comments);
    // A forum's page says nothing but its posts, unless there is an article above them.
    let is_text = |run: &Run| {
        run.words >= 12
            && run.linked * 3 < run.words
            && runs.words(run).trim_end().ends_with(['.', '!', '?', '"', '”', ':', '…'])
    };
    if forum && thread.comments.len() > 1 && !runs.runs.iter().any(|run| is_text(run) && !thread.holds(run)) {
        thread.zones = vec![(Tree::PAGE, tree.nodes.len() as Place)];
    }
    if thread.comments.is_empty() {
        thread.elsewhere = elsewhere(tree);
    }
    thread
}

fn candidates(tree: &Tree, runs: &Runs) -> Vec<Candidate> {
    let mut out = Vec::new();
    let mut at: Place = 1;
    while (at as usize) < tree.nodes.len() {
        let node = tree.node(at);
        if node.tag == Tag::Dt && runs.all[at as usize] & marks::COMMENT != 0 {
            // A list of terms: each author's term, and what follows up to the next.
            let list = node.parent;
            let end = tree.children(list).filter(|&child| child > at && tree.tag(child) == Tag::Dt).find(
                |&child| {
                    tree.attribute(child, Attribute::Class).is_some()
                        == tree.attribute(at, Attribute::Class).is_some()
                },
            );
            let end = end.unwrap_or(tree.node(list).end);
            out.push(Candidate { place: at, end, sort: (Tag::Dt, Name::Term), depth: 0 });
            at = end.max(at + 1);
            continue;
        }
        if node.tag != Tag::Text
            && let Some(name) = name(tree, runs, at)
        {
            out.push(Candidate { place: at, end: node.end, sort: (node.tag, name), depth: depth(tree, at) });
        }
        at += 1;
    }
    out
}

/// Where only the words of comments are called so, and who wrote them and when stands beside: takes in both.
fn widen(tree: &Tree, runs: &Runs, found: &mut [Candidate]) {
    const MOST_BESIDE: u32 = 25;
    let run_at = |place: Place| runs.runs.partition_point(|run| run.nodes.start < place);
    let wider = |index: usize| {
        let candidate = found[index];
        let holder = tree.node(candidate.place).parent;
        let end = tree.node(holder).end;
        let alone = candidate.sort.1 == Name::Class
            && matches!(
                tree.tag(holder),
                Tag::Div | Tag::Li | Tag::Blockquote | Tag::Article | Tag::Td | Tag::Other
            )
            && index.checked_sub(1).is_none_or(|before| found[before].place < holder)
            && found.get(index + 1).is_none_or(|next| next.place >= end);
        let beside = || {
            let (first, last) = (run_at(holder), run_at(end));
            let own = run_at(candidate.place)..run_at(candidate.end);
            if last - first > 12 + own.len() || own.is_empty() {
                return false;
            }
            let mut others = (first..own.start).chain(own.end..last).map(|at| &runs.runs[at]);
            let words: u32 = others.clone().map(|run| run.words).sum();
            words <= MOST_BESIDE && others.any(|run| stamp::find(runs.words(run)).is_some())
        };
        (alone && beside()).then_some((holder, end))
    };
    let wider: Vec<Option<(Place, Place)>> = (0..found.len()).map(wider).collect();
    // One alone may be anything.
    if wider.iter().flatten().count() >= 2 {
        for (candidate, (place, end)) in
            found.iter_mut().zip(wider).filter_map(|(c, wider)| Some((c, wider?)))
        {
            (candidate.place, candidate.end) = (place, end);
        }
    }
}

/// Whether an element's names say that it is one comment.
fn name(tree: &Tree, runs: &Runs, place: Place) -> Option<Name> {
    let tag = tree.tag(place);
    let fits = matches!(
        tag,
        Tag::Div
            | Tag::Li
            | Tag::Article
            | Tag::Section
            | Tag::Tr
            | Tag::Table
            | Tag::Other
            | Tag::Dd
            | Tag::P
            | Tag::Blockquote
            | Tag::Td
    );
    if !fits {
        return None;
    }
    for kind in [Attribute::Itemtype, Attribute::Typeof] {
        if let Some(value) = tree.attribute(place, kind)
            && value.split([' ', '/', ':']).any(|word| matches!(word, "Comment" | "UserComments"))
        {
            return Some(Name::Schema);
        }
    }
    if tree.attribute(place, Attribute::Itemprop) == Some("comment")
        && tree.attribute(place, Attribute::Itemscope).is_some()
    {
        return Some(Name::Schema);
    }
    let in_thread = runs.all[place as usize] & marks::COMMENT != 0;
    if let Some(id) = tree.attribute(place, Attribute::Id)
        && let Some(name) = name_of_id(id, in_thread)
    {
        return Some(name);
    }
    let custom = |name: Attribute| tag == Tag::Other && tree.attribute(place, name).is_some();
    if custom(Attribute::Author) && (custom(Attribute::ThingId) || custom(Attribute::PostTitle)) {
        return Some(Name::Post);
    }
    let class = tree.attribute(place, Attribute::Class)?;
    if is_post(tree, place, class) {
        return Some(Name::Post);
    }
    let own = class.split_ascii_whitespace().take(12).filter_map(name_of_class);
    own.min_by_key(|name| *name == Name::Part).or_else(|| {
        // A forum's posts are called "post", and numbered.
        let id = tree.attribute(place, Attribute::Id)?.strip_prefix(['p', 't'])?;
        let post = class.split_ascii_whitespace().any(|word| word == "post" || word == "message");
        (post && id.len() >= 2 && id.bytes().all(|byte| byte.is_ascii_digit())).then_some(Name::Post)
    })
}

/// Whether the classes are those that an engine gives to its posts, and to nothing else.
fn is_post(tree: &Tree, place: Place, class: &str) -> bool {
    let has = |word: &str| class.split_ascii_whitespace().any(|own| own == word);
    let signed = tree.attribute(place, Attribute::DataAuthor).is_some();
    has("message") && signed
        || has("message--post")
        || has("js-post")
        || has("postcontainer")
        || has("post_block")
        || has("cPost")
        || has("topic-post")
        || has("crawler-post")
        || has("comments-body")
        || has("MessageTable")
        || has("post-listing")
        || has("thing") && has("link") && has("self")
        || tree.attribute(place, Attribute::DataTestid) == Some("tweet")
}

/// "comment-12", "div-comment-12", "dsq-comment-12", "c12" in a thread, "thing_t1_ab12".
fn name_of_id(id: &str, in_thread: bool) -> Option<Name> {
    let lower = id.to_ascii_lowercase();
    if !lower.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // "p12" of a forum's posts, "bb_message_12", "review-12".
    let tail = lower.trim_end_matches(|c: char| c.is_ascii_digit());
    if matches!(
        tail,
        "bb_message_"
            | "message-"
            | "message_"
            | "review-"
            | "review_"
            | "kommentar-"
            | "kommentar_"
            | "kommentar"
            | "reply-"
            | "reply_"
    ) {
        return Some(Name::Id);
    }
    if let Some(at) = lower.find("comment") {
        let (before, after) = (&lower[..at], &lower[at + "comment".len()..]);
        let after = after.trim_start_matches(['-', '_', ':', '.']);
        // "comment-6a00d834", but not "comment-form-12" or "comment-body-12".
        let number = after.starts_with(|c: char| c.is_ascii_digit())
            && after.len() <= 40
            && !after.contains(['-', '_']);
        let inner =
            ["body", "content", "text", "message", "header", "author", "form", "count", "meta", "date"]
                .iter()
                .any(|part| before.contains(part));
        if number && !inner && before.len() <= 8 {
            return Some(if before.starts_with("div") { Name::Part } else { Name::Id });
        }
        return None;
    }
    let short = lower
        .strip_prefix('c')
        .or_else(|| lower.strip_prefix("cmt"))
        .or_else(|| lower.strip_prefix("thing_t1_"));
    let number = short.is_some_and(|rest| {
        rest.len() >= 2
            && rest.trim_start_matches(['-', '_']).bytes().all(|byte| byte.is_ascii_alphanumeric())
            && rest.bytes().any(|byte| byte.is_ascii_digit())
    });
    (in_thread
        && number
        && short.is_some_and(|rest| {
            rest.trim_start_matches(['-', '_']).bytes().all(|byte| byte.is_ascii_digit())
        }))
    .then_some(Name::Id)
}

/// Words that classes of comments are made of ...
const BASES: [&str; 13] = [
    "comment",
    "kommentar",
    "commentaire",
    "comentario",
    "commento",
    "leserbrief",
    "review",
    "rev",
    "talkback",
    "reactie",
    "komentarz",
    "komentar",
    "yorum",
];
/// ... and what others call them.
const WHOLE: [&str; 2] = ["comtr", "ljcmt_full"];

/// Most words of class lists hold none of these.
static COMMENT_WORDS: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(BASES.iter().chain(&WHOLE)));

/// Whether one word of a class list names a comment.
fn name_of_class(word: &str) -> Option<Name> {
    if word.len() > 48 || !COMMENT_WORDS.is_match(word) {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    match lower.as_str() {
        "comment" | "commententry" | "kommentar" | "comentario" | "commentaire" => return Some(Name::Class),
        "comment-body" | "commentbody" | "comment_body" | "comment-inner" | "comment-block" => {
            return Some(Name::Part);
        }
        whole if WHOLE.contains(&whole) => return Some(Name::Class),
        _ => {}
    }
    // "c-comment", "comment--level-2", "commentItem", "reader-comment" are comments; "comment-list", "comment-form",
    // "comment-author", "recent-comment" are what belongs to them.
    const AFTER: &[&str] = &[
        "item",
        "single",
        "box",
        "wrap",
        "wrapper",
        "container",
        "entry",
        "node",
        "row",
        "li",
        "full",
        "level",
        "depth",
        "root",
        "card",
        "component",
        "js",
        "is",
        "top",
        "unit",
        "view",
        "main",
        "bubble",
        "default",
        "even",
        "odd",
        "first",
        "last",
        "parent",
        "child",
        "post",
        "thread",
        "block",
        "element",
        "teaser",
        "lvl",
    ];
    const BEFORE_NOT: &[&str] = &[
        "recent", "latest", "no", "has", "add", "new", "show", "hide", "toggle", "all", "count", "num",
        "load", "view", "write", "report", "leave", "most", "popular", "form", "respond", "guest", "author",
        "btn", "button", "by",
    ];
    let parts = split_name(word);
    let at = parts.iter().position(|part| BASES.contains(&part.as_str()))?;
    // "rev" alone is a release; shops write "jdgm-rev".
    if parts[at] == "rev" && at == 0 {
        return None;
    }
    let number = |part: &String| part.bytes().any(|byte| byte.is_ascii_digit());
    let fits = parts[at + 1..].iter().all(|part| number(part) || AFTER.contains(&part.as_str()));
    (fits && !parts[..at].iter().any(|part| BEFORE_NOT.contains(&part.as_str()))).then_some(Name::Class)
}

/// A class in its words: at signs that are no letters, and where small letters turn to capitals.
fn split_name(name: &str) -> Vec<String> {
    let mut out: Vec<String> = vec![String::new()];
    let mut before = '-';
    for c in name.chars() {
        if !c.is_ascii_alphanumeric() || (c.is_ascii_uppercase() && before.is_ascii_lowercase()) {
            out.push(String::new());
        }
        if c.is_ascii_alphanumeric()
            && let Some(last) = out.last_mut()
        {
            last.push(c.to_ascii_lowercase());
        }
        before = c;
    }
    out.retain(|part| !part.is_empty());
    out
}

/// How deep the page draws a comment, in steps of its own making: only more and less matter.
fn depth(tree: &Tree, place: Place) -> u32 {
    // Rows of a table carry an indent in their first cells.
    if matches!(tree.tag(place), Tag::Tr | Tag::Table) {
        for inner in tree.inside(place).take(12) {
            if let Some(indent) =
                tree.attribute(inner, Attribute::Indent).and_then(|indent| indent.trim().parse::<u32>().ok())
            {
                return indent.min(500);
            }
            if tree.tag(inner) == Tag::Img
                && let Some(width) =
                    tree.attribute(inner, Attribute::Width).and_then(|width| width.trim().parse::<u32>().ok())
            {
                return width.min(2000);
            }
        }
    }
    let named = tree.attribute(place, Attribute::Class).and_then(|class| {
        class.split_ascii_whitespace().find_map(|word| {
            let rest = ["depth-", "level-", "depth", "level", "comment-level-", "comment--level-"]
                .iter()
                .find_map(|start| word.strip_prefix(start))?;
            rest.parse::<u32>().ok()
        })
    });
    if let Some(named) = named {
        return named.min(500);
    }
    let mut depth = 0;
    for at in std::iter::once(place).chain(tree.above(place)).take(60) {
        if let Some(style) = tree.attribute(at, Attribute::Style) {
            depth += margin(style);
        }
        if at != place
            && let Some(class) = tree.attribute(at, Attribute::Class)
            && class.split_ascii_whitespace().any(|word| {
                matches!(
                    word,
                    "indented"
                        | "children"
                        | "replies"
                        | "child"
                        | "responses"
                        | "comment-replies"
                        | "sub-comments"
                )
            })
        {
            depth += 1;
        }
    }
    depth
}

/// The left margin of a style, in pixels or its like.
fn margin(style: &str) -> u32 {
    let found = ["margin-left:", "padding-left:"].iter().find_map(|name| style.split_once(name));
    let Some((_, rest)) = found else { return 0 };
    let digits: String = rest.trim_start().chars().take_while(char::is_ascii_digit).take(4).collect();
    digits.parse().unwrap_or(0)
}

/// Joins the candidates that are one comment, drops those that bear nothing out, and tells who answers whom.
fn sift(tree: &Tree, runs: &Runs, found: &[Candidate]) -> Vec<Comment> {
    let starts: Vec<Place> = runs.runs.iter().map(|run| run.nodes.start).collect();
    let words_between = |from: Place, to: Place| {
        let (from, to) = (starts.partition_point(|&at| at < from), starts.partition_point(|&at| at < to));
        from < to
    };
    // Found once: asked of each candidate anew, nested comments would take the square of their number.
    let authors = authors::authors(tree);
    let signed = |from: Place, to: Place| {
        let next = authors.partition_point(|&at| at < from);
        authors.get(next).is_some_and(|&at| at < to)
    };
    let frames: Vec<Place> = (0..tree.nodes.len() as Place)
        .filter(|&at| matches!(tree.tag(at), Tag::H1 | Tag::Body | Tag::Main))
        .collect();
    // What each candidate stands in, and whether it is the same comment as that, a list, or a comment of its own.
    let mut holder: Vec<Option<usize>> = vec![None; found.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, candidate) in found.iter().enumerate() {
        while open.last().is_some_and(|&at| found[at].end <= candidate.place) {
            open.pop();
        }
        holder[index] = open.last().copied();
        open.push(index);
    }
    // A candidate that holds two of one sort before any words of its own is a list of comments.
    let mut first_inner: Vec<Option<usize>> = vec![None; found.len()];
    let mut is_list = vec![false; found.len()];
    for index in 0..found.len() {
        let Some(outer) = holder[index] else { continue };
        match first_inner[outer] {
            None => first_inner[outer] = Some(index),
            Some(first) => {
                let bare = !words_between(found[outer].place, found[first].place);
                if found[first].sort == found[index].sort
                    && (bare
                        || found[first].sort != found[outer].sort
                            && !signed(found[outer].place, found[first].place))
                {
                    is_list[outer] = true;
                }
            }
        }
    }
    let mut comment_of: Vec<Option<usize>> = vec![None; found.len()];
    let mut regions: Vec<(Candidate, Option<usize>)> = Vec::new();
    for index in 0..found.len() {
        let candidate = found[index];
        if is_list[index] || holds_article(tree, candidate, &frames) {
            comment_of[index] = holder[index].and_then(|outer| comment_of[outer]);
            continue;
        }
        let outer = holder[index].filter(|&outer| !is_list[outer]);
        let whole = outer.and_then(|outer| comment_of[outer].map(|comment| (outer, comment)));
        if let Some((outer, comment)) = whole {
            let first = first_inner[outer] == Some(index);
            let part = candidate.sort.1 == Name::Part && found[outer].sort.1 != Name::Part
                || (first && !words_between(found[outer].place, candidate.place));
            let unsigned = candidate.sort.1 != Name::Schema
                && candidate.sort.1 != Name::Id
                && !signed(candidate.place, candidate.end);
            if unsigned || (part && (first || candidate.sort.1 == Name::Part)) {
                comment_of[index] = Some(comment);
                continue;
            }
        }
        comment_of[index] = Some(regions.len());
        regions.push((candidate, whole.map(|(_, comment)| comment)));
    }
    build(tree, runs, &starts, &regions)
}

/// A page's own frame is no comment, whatever its class.
fn holds_article(tree: &Tree, candidate: Candidate, frames: &[Place]) -> bool {
    let end = candidate.end.min(tree.node(candidate.place).end);
    let next = frames.partition_point(|&at| at <= candidate.place);
    // The first post of a thread may hold the thread's title.
    let next = if candidate.sort.1 == Name::Post {
        next + frames[next..].iter().take_while(|&&at| tree.tag(at) == Tag::H1).count()
    } else {
        next
    };
    // What is open to the end of the page and began near its start was never closed.
    let whole = candidate.end as usize == tree.nodes.len() && candidate.place as usize * 3 < tree.nodes.len();
    whole || frames.get(next).is_some_and(|&at| at < end)
}

fn build(tree: &Tree, runs: &Runs, starts: &[Place], regions: &[(Candidate, Option<usize>)]) -> Vec<Comment> {
    // The runs of each region without those of the regions inside it.
    let mut own: Vec<Vec<usize>> = vec![Vec::new(); regions.len()];
    let mut open: Vec<usize> = Vec::new();
    let mut next = 0;
    for (index, &start) in starts.iter().enumerate() {
        while next < regions.len() && regions[next].0.place <= start {
            open.push(next);
            next += 1;
        }
        while open.last().is_some_and(|&at| regions[at].0.end <= start) {
            open.pop();
        }
        if let Some(&at) = open.last() {
            own[at].push(index);
        }
    }
    let mut out: Vec<Comment> = Vec::new();
    let mut place_of: Vec<Option<usize>> = vec![None; regions.len()];
    let mut levels: Vec<(u32, usize)> = Vec::new();
    for (index, (candidate, parent)) in regions.iter().enumerate() {
        if own[index].is_empty() {
            continue;
        }
        let Some(found) = fields::read(tree, runs, *candidate, &own[index]) else { continue };
        while levels.last().is_some_and(|&(level, _)| level >= candidate.depth) {
            levels.pop();
        }
        let nested = parent.and_then(|parent| place_of[parent]);
        let drawn = levels.last().map(|&(_, comment)| comment);
        levels.push((candidate.depth, out.len()));
        place_of[index] = Some(out.len());
        let fields::Fields { author, author_url, published, runs } = found;
        out.push(Comment {
            place: candidate.place,
            author,
            author_url,
            published,
            parent: nested.or(drawn),
            runs,
        });
    }
    out
}

/// The elements around the comments that hold little else.
fn zones(tree: &Tree, runs: &Runs, comments: &[Comment]) -> Vec<(Place, Place)> {
    let mut out: Vec<(Place, Place)> = Vec::new();
    let mut words_before = vec![0u32; tree.nodes.len() + 1];
    for run in &runs.runs {
        words_before[run.nodes.start as usize + 1] += run.words;
    }
    for at in 1..words_before.len() {
        words_before[at] += words_before[at - 1];
    }
    let words = |from: Place, to: Place| words_before[to as usize] - words_before[from as usize];
    let mut is_comment = vec![false; runs.runs.len()];
    comments.iter().flat_map(|comment| &comment.runs).for_each(|&index| is_comment[index] = true);
    // Running text that is nobody's comment: the article, most likely.
    let running: Vec<Place> = (runs.runs.iter().zip(&is_comment))
        .filter(|(run, comment)| !**comment && run.words >= 25 && run.linked * 3 < run.words)
        .map(|(run, _)| run.nodes.start)
        .collect();
    let mut commented = vec![0u32; tree.nodes.len() + 1];
    for comment in comments {
        for &index in &comment.runs {
            commented[runs.runs[index].nodes.start as usize + 1] += runs.runs[index].words;
        }
    }
    for at in 1..commented.len() {
        commented[at] += commented[at - 1];
    }
    for comment in comments {
        if out.last().is_some_and(|&(_, end)| comment.place < end) {
            continue;
        }
        // Climb while most words are comments; the names of the thread's own elements are trusted further.
        let mut best = comment.place;
        for place in tree.above(comment.place) {
            if place == Tree::PAGE
                || matches!(tree.tag(place), Tag::Body | Tag::Html | Tag::Main)
                || tree.attribute(place, Attribute::Itemprop) == Some("articleBody")
            {
                break;
            }
            let end = tree.node(place).end;
            let (all, inside) = (words(place, end), commented[end as usize] - commented[place as usize]);
            let named = runs.own[place as usize] & marks::COMMENT != 0;
            let from = running.partition_point(|&at| at < place);
            let holds_text = running.get(from).is_some_and(|&at| at < end);
            if (!holds_text && (inside * 2 >= all || all - inside <= 40))
                || (named && (inside * 4 >= all || all - inside <= 120))
            {
                best = place;
            } else if inside * 5 < all || (holds_text && !named) {
                break;
            }
        }
        let end = tree.node(best).end.max(comment.runs.last().map_or(0, |&index| runs.runs[index].nodes.end));
        out.push((best, end));
    }
    // What stands between two zones of one list is theirs.
    out.dedup_by(|b, a| {
        a.1 >= b.0 && {
            a.1 = a.1.max(b.1);
            true
        }
    });
    out
}

/// Services that keep comments for other sites, by what they leave on the page.
const SERVICES: [(&str, &str); 15] = [
    ("disqus", "Disqus"),
    ("fb-comments", "Facebook"),
    ("livefyre", "Livefyre"),
    ("viafoura", "Viafoura"),
    ("coral_talk", "Coral"),
    ("coral-talk", "Coral"),
    ("spot-im", "OpenWeb"),
    ("spotim", "OpenWeb"),
    ("intensedebate", "IntenseDebate"),
    ("giscus", "giscus"),
    ("utterances", "utterances"),
    ("utteranc.es", "utterances"),
    ("commento", "Commento"),
    ("hypercomments", "HyperComments"),
    ("hyvor-talk", "Hyvor Talk"),
];

static SIGNS: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(SERVICES.iter().map(|(sign, _)| sign)));

/// Finds words in any case, all in one pass.
pub(super) fn any_of<W: AsRef<[u8]>>(words: impl IntoIterator<Item = W>) -> AhoCorasick {
    let mut builder = AhoCorasick::builder();
    builder.ascii_case_insensitive(true).kind(Some(AhoCorasickKind::DFA));
    builder.build(words).expect("the words are few and short")
}

/// The service that keeps the page's comments.
fn elsewhere(tree: &Tree) -> Option<&'static str> {
    (0..tree.nodes.len() as Place).find_map(|place| {
        let tag = tree.tag(place);
        if tag == Tag::Text {
            return None;
        }
        let names: &[Attribute] = if tag == Tag::Script {
            &[Attribute::Src, Attribute::Id]
        } else {
            &[Attribute::Id, Attribute::Class]
        };
        names.iter().filter_map(|&name| tree.attribute(place, name)).find_map(|value| {
            let found = SIGNS.find(value)?;
            // How many there are, or the way to them.
            let lower = value.to_ascii_lowercase();
            let counts = lower.contains("count") || lower.contains("link");
            (!counts).then(|| SERVICES[found.pattern().as_usize()].1)
        })
    })
}
