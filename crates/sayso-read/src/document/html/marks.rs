//! What the names that authors of pages give their elements say about the words inside.

use super::tags::{Attribute, Tag};
use super::tree::{Place, Tree};

/// A set of marks, one bit each.
pub(crate) type Marks = u32;

macro_rules! marks {
    ($($(#[$doc:meta])* $name:ident: $($word:literal)|*;)*) => {
        marks!(@bits 0u32; $($(#[$doc])* $name;)*);

        /// The marks of one word of a class or id, in lower case.
        pub(crate) fn of_word(word: &[u8]) -> Marks {
            match word {
                $($($word)|* => $name,)*
                _ => 0,
            }
        }
    };
    (@bits $bit:expr; $(#[$doc:meta])* $name:ident; $($rest:tt)*) => {
        $(#[$doc])* pub(crate) const $name: Marks = 1 << $bit;
        marks!(@bits $bit + 1; $($rest)*);
    };
    (@bits $bit:expr;) => {
        /// How many marks there are.
        pub(crate) const MARKS: usize = $bit as usize;
    };
}

marks! {
    /// Readers' comments and what belongs to them.
    COMMENT: b"comment" | b"comments" | b"commentlist" | b"commentlisting" | b"disqus" | b"replies" | b"respond" | b"discussion" | b"livefyre" | b"commenting" | b"commentbox" | b"talkback" | b"responses" | b"viafoura" | b"coral" | b"spotim" | b"reactions" | b"reaction" | b"kommentar" | b"kommentare" | b"comentarios" | b"commentaires" | b"fbcomments";
    /// Ways around the site.
    NAV: b"nav" | b"menu" | b"navbar" | b"breadcrumb" | b"breadcrumbs" | b"topbar" | b"toolbar" | b"navigation" | b"pagination" | b"pager" | b"submenu" | b"nextprev" | b"prevnext" | b"paging" | b"crumb" | b"crumbs" | b"sitemap" | b"skip" | b"jump";
    /// The foot of the page.
    FOOTER: b"footer" | b"copyright" | b"legal" | b"bottom" | b"foot" | b"colophon" | b"disclaimer" | b"footnotes" | b"endnote" | b"tagline";
    /// The head of the page.
    HEADER: b"header" | b"masthead" | b"banner" | b"hdr" | b"head" | b"top" | b"hero";
    /// Columns beside the text.
    SIDE: b"sidebar" | b"side" | b"rail" | b"widget" | b"widgets" | b"secondary" | b"aside" | b"sidecar" | b"infobox" | b"factbox" | b"complementary" | b"column" | b"col" | b"module" | b"box" | b"panel" | b"card" | b"cards";
    /// Other pages that the reader may like.
    RELATED: b"related" | b"recommended" | b"recommendation" | b"recommendations" | b"recirc" | b"trending" | b"popular" | b"latest" | b"readnext" | b"outbrain" | b"taboola" | b"readmore" | b"mostread" | b"mostpopular" | b"seealso" | b"relatedposts" | b"jp" | b"yarpp" | b"zergnet" | b"recent" | b"suggested" | b"similar" | b"upnext" | b"onward" | b"further" | b"next" | b"previous" | b"prev" | b"also" | b"headlines" | b"links";
    /// Short forms of other articles.
    TEASER: b"teaser" | b"teasers" | b"promo" | b"promos" | b"promotion" | b"feed" | b"river" | b"listing" | b"grid" | b"archive" | b"blurb" | b"callout" | b"interstitial" | b"inline" | b"embed" | b"embedded" | b"cta" | b"more";
    /// Buttons for sharing.
    SHARE: b"share" | b"sharing" | b"social" | b"addthis" | b"follow" | b"twitter" | b"facebook" | b"sharedaddy" | b"sharebar" | b"addtoany" | b"whatsapp" | b"pinterest" | b"instagram" | b"like" | b"print" | b"email" | b"tools" | b"actions" | b"utility";
    /// Advertisements.
    AD: b"ad" | b"ads" | b"advert" | b"advertisement" | b"advertising" | b"sponsor" | b"sponsored" | b"dfp" | b"gpt" | b"adsense" | b"adslot" | b"adbox" | b"adunit" | b"affiliate" | b"commerce" | b"shop" | b"product" | b"deal" | b"deals";
    /// Words under pictures, and who took them.
    CAPTION: b"caption" | b"figcaption" | b"credit" | b"credits" | b"attribution" | b"cutline" | b"legend" | b"photographer" | b"imagecaption" | b"photocredit" | b"copyrighted" | b"wpcaption";
    /// Who wrote the page, and what else is known of them.
    BYLINE: b"byline" | b"author" | b"authors" | b"contributor" | b"bio" | b"vcard" | b"writer" | b"autor" | b"auteur" | b"about" | b"profile" | b"authorbox" | b"biography" | b"posted" | b"source" | b"fn";
    /// When it was written.
    DATE: b"date" | b"time" | b"timestamp" | b"published" | b"dateline" | b"pubdate" | b"updated" | b"datetime" | b"postdate" | b"modified" | b"created" | b"day" | b"calendar" | b"datum" | b"fecha";
    /// The article itself, by its own account.
    BODY: b"articlebody" | b"entry" | b"storybody" | b"bodytext" | b"articletext" | b"hentry" | b"storytext" | b"postbody" | b"body" | b"richtext" | b"paragraph" | b"paragraphs" | b"prose" | b"bodycopy" | b"copy" | b"texto" | b"texte" | b"postcontent" | b"articlecontent" | b"entrycontent" | b"wysiwyg" | b"rte" | b"graf";
    /// The article, or much else.
    CONTENT: b"content" | b"article" | b"story" | b"post" | b"text" | b"main" | b"primary" | b"single" | b"blog" | b"page" | b"news" | b"container" | b"wrapper";
    /// Words that the page is filed under.
    TAGS: b"tags" | b"tag" | b"categories" | b"category" | b"keywords" | b"topics" | b"topic" | b"taglist" | b"labels" | b"cat" | b"section" | b"kicker" | b"eyebrow" | b"rubric";
    /// Requests for money, an address, or consent.
    ASKING: b"newsletter" | b"subscribe" | b"signup" | b"subscription" | b"paywall" | b"login" | b"register" | b"consent" | b"cookie" | b"cookies" | b"gdpr" | b"modal" | b"popup" | b"overlay" | b"donate" | b"membership" | b"signin" | b"regwall" | b"optin" | b"form" | b"search" | b"alert" | b"notification" | b"support" | b"contact" | b"poll" | b"quiz" | b"survey";
    /// Headlines.
    TITLE: b"title" | b"headline" | b"heading" | b"hed" | b"titulo" | b"titre";
    /// Small print about the page.
    META: b"meta" | b"info" | b"postmeta" | b"metadata" | b"details" | b"data" | b"stats" | b"count" | b"views" | b"rating" | b"ratings" | b"score" | b"label";
    /// Pictures and films.
    MEDIA: b"gallery" | b"slideshow" | b"carousel" | b"video" | b"player" | b"image" | b"photo" | b"photos" | b"media" | b"figure" | b"thumb" | b"thumbnail" | b"picture" | b"slider" | b"slide" | b"img" | b"audio" | b"videos" | b"lightbox" | b"swiper";
    /// Words repeated large.
    PULLED: b"pullquote" | b"pull" | b"quote" | b"blockquote" | b"pq";
    /// What stands between headline and text.
    SUMMARY: b"summary" | b"deck" | b"dek" | b"subhead" | b"excerpt" | b"subtitle" | b"standfirst" | b"lead" | b"lede" | b"intro" | b"subheadline" | b"description" | b"highlights" | b"keypoints" | b"abstract" | b"bullets" | b"chapo" | b"sapo";
    /// What is not shown.
    UNSEEN: b"hidden" | b"hide" | b"sr" | b"screenreader" | b"offscreen" | b"invisible" | b"noprint" | b"collapsed" | b"tooltip" | b"dropdown" | b"offcanvas" | b"template" | b"hiddenfields";
    /// Words of the editors about the page.
    NOTICE: b"correction" | b"corrections" | b"editorsnote" | b"update" | b"updates" | b"clarification" | b"erratum" | b"retraction" | b"note" | b"notes";
}

/// The marks of an element's own class, id, role and properties.
pub(crate) fn of_element(tree: &Tree, place: Place) -> Marks {
    let mut marks = match tree.tag(place) {
        Tag::Nav | Tag::Menu => NAV,
        Tag::Footer => FOOTER,
        Tag::Header => HEADER,
        Tag::Aside => SIDE,
        Tag::Figcaption | Tag::Caption => CAPTION,
        Tag::Time => DATE,
        Tag::Address => BYLINE,
        Tag::Figure => MEDIA,
        Tag::Form => ASKING,
        _ => 0,
    };
    for name in
        [Attribute::Class, Attribute::Id, Attribute::Itemprop, Attribute::Role, Attribute::DataComponent]
    {
        if let Some(value) = tree.attribute(place, name) {
            marks |= of_names(value);
        }
    }
    if tree.attribute(place, Attribute::Hidden).is_some() {
        marks |= UNSEEN;
    }
    if let Some(style) = tree.attribute(place, Attribute::Style)
        && hides(style)
    {
        marks |= UNSEEN;
    }
    marks
}

/// Whether a style says that the element is not shown.
fn hides(style: &str) -> bool {
    let Some(at) = style.find("display") else { return false };
    style[at + "display".len()..].trim_start().trim_start_matches(':').trim_start().starts_with("none")
}

/// The marks of a class list, an id, or another name: of each word, and of each pair of words written as one.
pub(crate) fn of_names(names: &str) -> Marks {
    let mut marks = 0;
    each_word(names, |word| marks |= of_word(word));
    marks
}

/// Hands over each word of a class list, an id, or another name, in lower case, and each pair of words written as one:
/// "article-body" is "article", "body" and "articlebody".
pub(crate) fn each_word(names: &str, mut take: impl FnMut(&[u8])) {
    let mut word = [0u8; 24];
    let (mut length, mut before) = (0, 0u8);
    let mut compound = [0u8; 24];
    let mut compound_length = 0;
    let mut last_joint = b' ';
    // A class list can be as long as its author likes; what it is about stands at its front.
    let names = names.as_bytes();
    let names = &names[..names.len().min(400)];
    for &byte in names.iter().chain(b" ") {
        let letter = byte.is_ascii_alphanumeric();
        let camel = byte.is_ascii_uppercase() && before.is_ascii_lowercase();
        if (!letter || camel) && length > 0 {
            take(&word[..length]);
            // "article-body" is "articlebody", but "article body" are two classes.
            if compound_length > 0 && last_joint != b' ' {
                let joined = compound_length + length;
                if joined <= compound.len() {
                    compound[compound_length..joined].copy_from_slice(&word[..length]);
                    take(&compound[..joined]);
                }
            }
            compound[..length].copy_from_slice(&word[..length]);
            compound_length = length;
            last_joint = if camel { b'-' } else { byte };
            length = 0;
        }
        if letter {
            if length < word.len() {
                word[length] = byte.to_ascii_lowercase();
                length += 1;
            }
        } else if byte == b' ' {
            last_joint = b' ';
        }
        before = byte;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_and_joined() {
        assert_eq!(of_names("article-body"), BODY | CONTENT);
        assert_eq!(of_names("articleBody"), BODY | CONTENT);
        assert_eq!(of_names("side comment_list"), SIDE | COMMENT);
        assert_eq!(of_names("shadow"), 0);
        assert_eq!(of_names("pull-quote"), PULLED);
        assert_eq!(of_names("related posts"), RELATED);
    }
}
