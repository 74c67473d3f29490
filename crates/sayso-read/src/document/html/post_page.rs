//! Pages of one post: what stands on them is the words of whoever posted it.

use super::runs::Runs;
use super::tags::{Attribute, Tag};
use super::tree::{Place, Tree};

/// A page of one post.
#[derive(Debug)]
pub(super) struct PostPage {
    pub(super) author: String,
    /// Whether the page's title is nothing but the author's name and handle.
    pub(super) is_title: bool,
    /// The element with the words of the post, where it is known by its name.
    pub(super) content: Option<Place>,
    /// The words of the post as the page's head has them.
    pub(super) told: String,
}

/// Nodes of a page's head that are looked at.
const HEAD: Place = 4_000;

/// Services whose pages are known by the names they give themselves.
const SERVICES: &[&str] = &[
    "x",
    "x (formerly twitter)",
    "twitter",
    "bluesky",
    "bluesky social",
    "threads",
    "mastodon",
    "truth social",
];

/// Finds whose post a page shows.
pub(super) fn read(tree: &Tree, runs: &Runs) -> Option<PostPage> {
    let mut head = Head::default();
    let mut detailed = None;
    let mut content = None;
    let mut name = None;
    for place in 1..tree.nodes.len() as Place {
        match tree.tag(place) {
            Tag::Text => {}
            Tag::Meta if place < HEAD => head.meta(tree, place),
            Tag::Title if place < HEAD && head.page.is_empty() => head.page = tree.script(place).trim(),
            _ if head.page.is_empty() && head.title.is_empty() && place > HEAD => return None,
            _ => {
                let class = tree.attribute(place, Attribute::Class).unwrap_or_default();
                let test = tree.attribute(place, Attribute::DataTestid).unwrap_or_default();
                let has = |word: &str| class.split_ascii_whitespace().any(|own| own == word);
                let whole =
                    has("status--detailed") || has("detailed-status") || test.starts_with("postThreadItem");
                let id = tree.attribute(place, Attribute::Id).unwrap_or_default();
                if whole || test == "tweet" || id == "bsky_post_summary" {
                    detailed.get_or_insert(place);
                }
                let words = has("status__content")
                    || matches!(test, "tweetText" | "postText")
                    || id == "bsky_post_text";
                let own = detailed.is_some_and(|detailed| tree.holds(detailed, place));
                if words && content.is_none() && own {
                    content = Some(place);
                }
                if name.is_none() && own && (has("display-name__html") || id == "bsky_display_name") {
                    name = Some(place);
                }
            }
        }
    }
    let own = || name.and_then(|name| fits(&tree.words(name, 100)).map(|name| (name.to_owned(), false)));
    let (author, is_title) = head.author(detailed.is_some()).or_else(own)?;
    let content = content.filter(|&content| runs.runs.iter().any(|run| tree.holds(content, run.nodes.start)));
    let told = head.told.trim_matches(['“', '”', '"', ' ']).to_owned();
    Some(PostPage { author, is_title, content, told })
}

/// What a page's head says of it.
#[derive(Default)]
struct Head<'a> {
    page: &'a str,
    title: &'a str,
    site: &'a str,
    kind: &'a str,
    user: &'a str,
    told: &'a str,
}

impl<'a> Head<'a> {
    fn meta(&mut self, tree: &'a Tree, place: Place) {
        let name =
            tree.attribute(place, Attribute::Property).or_else(|| tree.attribute(place, Attribute::Name));
        let Some(content) = tree.attribute(place, Attribute::Content) else { return };
        let slot = match name.unwrap_or_default() {
            "og:title" => &mut self.title,
            "og:site_name" => &mut self.site,
            "og:type" => &mut self.kind,
            "profile:username" => &mut self.user,
            "og:description" => &mut self.told,
            _ => return,
        };
        *slot = content.trim();
    }

    /// The author's name, and whether the title says nothing else. `detailed` where the page marks a post as its own.
    fn author(&self, detailed: bool) -> Option<(String, bool)> {
        let site = self.site.to_lowercase();
        let known = detailed || !self.user.is_empty() || SERVICES.contains(&site.as_str());
        if !known || self.kind == "profile" && !detailed {
            return None;
        }
        [self.title, self.page].iter().find_map(|title| {
            named(title).map(|name| (name.to_owned(), true)).or_else(|| {
                // "Orla Venn on X: ...", "Orla Venn (@orlavenn) on Threads".
                let on = [" on X", " on Twitter", " on Threads", " on Bluesky", " on Mastodon", " (@"];
                let at = on.iter().filter_map(|on| title.find(on)).min()?;
                // Without words behind it the title says no more than whose post it is.
                let is_title = !title[at..].contains([':', '“', '"']);
                fits(&title[..at]).map(|name| (name.to_owned(), is_title))
            })
        })
    }
}

/// "Orla Venn (@orlavenn@tide.example)" and nothing else.
fn named(title: &str) -> Option<&str> {
    let (name, handle) = title.strip_suffix(')')?.split_once(" (@")?;
    let plain = handle.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '@'));
    fits(name).filter(|_| plain)
}

fn fits(name: &str) -> Option<&str> {
    let name = name.trim();
    (!name.is_empty() && name.chars().count() <= 60).then_some(name)
}
