//! The elements and attributes that the reader knows, and how each shapes the page.

/// What an element does to the text around it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shape {
    /// Begins and ends a block.
    Block,
    /// Runs on in the line.
    Inline,
    /// Has no content: `<br>`, `<img>`.
    Void,
    /// Its content is no text of the page: scripts, styles, drawings.
    Silent,
}

macro_rules! tags {
    ($($name:ident $text:literal $shape:ident),* $(,)?) => {
        /// An element's name.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
        #[repr(u8)]
        pub(crate) enum Tag {
            /// A run of characters.
            Text,
            /// The page itself, around all elements.
            Page,
            /// An element that we do not know; custom elements hold blocks more often than not.
            Other,
            $(#[allow(missing_docs)] $name,)*
        }

        impl Tag {
            /// The element of this name, in lower case.
            pub(crate) fn of(name: &[u8]) -> Tag {
                match name {
                    $($text => Tag::$name,)*
                    _ => Tag::Other,
                }
            }

            /// How the element shapes the text.
            pub(crate) fn shape(self) -> Shape {
                match self {
                    Tag::Text => Shape::Inline,
                    Tag::Page | Tag::Other => Shape::Block,
                    $(Tag::$name => Shape::$shape,)*
                }
            }
        }
    };
}

tags! {
    Html b"html" Block, Head b"head" Block, Body b"body" Block, Title b"title" Silent,
    Meta b"meta" Void, Link b"link" Void, Base b"base" Void, Script b"script" Silent, Style b"style" Silent,
    Noscript b"noscript" Silent, Template b"template" Silent, Iframe b"iframe" Silent, Svg b"svg" Silent,
    Math b"math" Inline, Object b"object" Silent, Embed b"embed" Void, Param b"param" Void, Canvas b"canvas" Silent,
    Audio b"audio" Silent, Video b"video" Silent, Source b"source" Void, Track b"track" Void, Map b"map" Silent,
    Area b"area" Void, Frame b"frame" Void, Noframes b"noframes" Silent, Noembed b"noembed" Silent,
    Article b"article" Block, Section b"section" Block, Main b"main" Block, Aside b"aside" Block, Nav b"nav" Block,
    Header b"header" Block, Footer b"footer" Block, Address b"address" Block, Div b"div" Block, P b"p" Block,
    H1 b"h1" Block, H2 b"h2" Block, H3 b"h3" Block, H4 b"h4" Block, H5 b"h5" Block, H6 b"h6" Block,
    Hgroup b"hgroup" Block, Ul b"ul" Block, Ol b"ol" Block, Li b"li" Block, Dl b"dl" Block, Dt b"dt" Block, Dd b"dd" Block,
    Menu b"menu" Block, Dir b"dir" Block, Blockquote b"blockquote" Block, Pre b"pre" Block, Listing b"listing" Block,
    Xmp b"xmp" Block, Plaintext b"plaintext" Block, Center b"center" Block, Hr b"hr" Void, Br b"br" Void, Wbr b"wbr" Void,
    Figure b"figure" Block, Figcaption b"figcaption" Block, Picture b"picture" Inline, Img b"img" Void, Image b"image" Void,
    Table b"table" Block, Caption b"caption" Block, Thead b"thead" Block, Tbody b"tbody" Block, Tfoot b"tfoot" Block,
    Tr b"tr" Block, Td b"td" Block, Th b"th" Block, Colgroup b"colgroup" Block, Col b"col" Void,
    Form b"form" Block, Fieldset b"fieldset" Block, Legend b"legend" Block, Label b"label" Inline, Input b"input" Void,
    Button b"button" Silent, Select b"select" Silent, Optgroup b"optgroup" Block, Option b"option" Block,
    Datalist b"datalist" Silent, Textarea b"textarea" Silent, Keygen b"keygen" Void, Output b"output" Inline,
    Progress b"progress" Silent, Meter b"meter" Silent, Details b"details" Block, Summary b"summary" Block,
    Dialog b"dialog" Block, Search b"search" Block, Slot b"slot" Inline,
    A b"a" Inline, Abbr b"abbr" Inline, Acronym b"acronym" Inline, B b"b" Inline, Bdi b"bdi" Inline, Bdo b"bdo" Inline,
    Big b"big" Inline, Cite b"cite" Inline, Code b"code" Inline, Data b"data" Inline, Del b"del" Inline, Dfn b"dfn" Inline,
    Em b"em" Inline, Font b"font" Inline, I b"i" Inline, Ins b"ins" Inline, Kbd b"kbd" Inline, Mark b"mark" Inline,
    Nobr b"nobr" Inline, Q b"q" Inline, Rp b"rp" Silent, Rt b"rt" Silent, Ruby b"ruby" Inline, S b"s" Inline,
    Samp b"samp" Inline, Small b"small" Inline, Span b"span" Inline, Strike b"strike" Inline, Strong b"strong" Inline,
    Sub b"sub" Inline, Sup b"sup" Inline, Time b"time" Inline, Tt b"tt" Inline, U b"u" Inline, Var b"var" Inline,
}

impl Tag {
    /// 1 to 6 for headings.
    pub(crate) fn heading(self) -> Option<u8> {
        (Tag::H1..=Tag::H6).contains(&self).then(|| self as u8 - Tag::H1 as u8 + 1)
    }

    /// Whether an open `<p>` ends where this element begins, by the HTML standard.
    pub(crate) fn ends_paragraph(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Center
                | Details
                | Dialog
                | Dir
                | Div
                | Dl
                | Fieldset
                | Figcaption
                | Figure
                | Footer
                | Form
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Header
                | Hgroup
                | Hr
                | Li
                | Dt
                | Dd
                | Listing
                | Main
                | Menu
                | Nav
                | Ol
                | P
                | Plaintext
                | Pre
                | Search
                | Section
                | Summary
                | Ul
                | Xmp
                | Table
        )
    }

    /// Whether end tags outside do not reach into this element, nor implied ends out of it.
    pub(crate) fn bounds_scope(self) -> bool {
        matches!(
            self,
            Tag::Page
                | Tag::Html
                | Tag::Table
                | Tag::Td
                | Tag::Th
                | Tag::Caption
                | Tag::Template
                | Tag::Object
        )
    }

    /// Whether the element marks up words rather than holding blocks; its end tag does not end the blocks inside.
    pub(crate) fn is_formatting(self) -> bool {
        use Tag::*;
        matches!(self, A | B | Big | Code | Em | Font | I | Nobr | S | Small | Strike | Strong | Tt | U)
    }
}

macro_rules! attributes {
    ($($name:ident $text:literal),* $(,)?) => {
        /// An attribute that the reader looks at; all others are dropped while the page is tokenized.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        #[repr(u8)]
        pub(crate) enum Attribute {
            $(#[allow(missing_docs)] $name,)*
        }

        impl Attribute {
            /// The attribute of this name, in lower case.
            pub(crate) fn of(name: &[u8]) -> Option<Attribute> {
                match name {
                    $($text => Some(Attribute::$name),)*
                    _ => None,
                }
            }
        }
    };
}

attributes! {
    Class b"class", Id b"id", Href b"href", Itemprop b"itemprop", Itemtype b"itemtype", Itemscope b"itemscope", Rel b"rel",
    Name b"name", Property b"property", Content b"content", Datetime b"datetime", Title b"title", Cite b"cite", Style b"style",
    Role b"role", Lang b"lang", Type b"type", Hidden b"hidden", AriaHidden b"aria-hidden", Width b"width", Indent b"indent",
    DataTime b"data-time", DataTimestamp b"data-timestamp", DataUtime b"data-utime", Typeof b"typeof", About b"about", For b"for",
    DataAuthor b"data-author", DataParent b"data-parent-id", DataReply b"data-in-reply-to", Src b"src", DataComponent b"data-component",
    DataTestid b"data-testid", AriaLabel b"aria-label", Value b"value", DataRole b"data-role", DataTippy b"data-tippy-content",
    Author b"author", ThingId b"thingid", PostTitle b"post-title", CreatedTimestamp b"created-timestamp",
    Permalink b"data-instgrm-permalink", PostPermalink b"data-text-post-permalink", DataHref b"data-href",
    EmbedUrl b"data-embed-url",
}
