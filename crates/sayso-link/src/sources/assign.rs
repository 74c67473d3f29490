//! Who the mentions of a document stand for, across documents, and why.

use super::everyone::{Everyone, Reason};
use super::introduced::introduced;
use super::name::Name;
use super::office::{holder_in, holder_on, titled_holder};
use super::role::{Appearance, Heard};
use super::unnamed::{described, may_be};
use sayso_record::{Document, Mention, SourceKind, Statement};

/// A source, and why a mention was taken to stand for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLink {
    /// The source's name, or, where it has none, its description and the outlet. Equal names are one source.
    pub name: String,
    /// Whether nobody names it.
    pub unnamed: bool,
    /// Why.
    pub why: Why,
    /// Names of other sources that it may be one with, the likeliest first: nothing counts them as one, and nothing
    /// may count them as two.
    pub possibly: Vec<String>,
}

impl SourceLink {
    /// The page's own author.
    pub(crate) fn author(document: &Document) -> SourceLink {
        SourceLink { name: author(document), unnamed: false, why: Why::Author, possibly: Vec::new() }
    }

    /// The page's outlet.
    pub(crate) fn outlet(document: &Document) -> SourceLink {
        SourceLink { name: outlet(document), unnamed: false, why: Why::Author, possibly: Vec::new() }
    }
}

/// Why a mention was taken to stand for a source. All but the first three are suggestions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is the page's own author.
    Author,
    /// It is signed.
    Signed,
    /// Nobody is named: one source for each outlet and description.
    Described,
    /// It is a name, taken for one that we know.
    Name(Reason),
    /// The page names somebody right beside the same description, and nobody else so.
    Introduced,
    /// The document says who holds the office.
    Holder,
    /// A table says who held the office when the document was published.
    HolderThen,
}

impl Everyone {
    /// Learns the names of a document from its statements, and tells in what new roles and years people are heard.
    pub fn learn_document(&mut self, document: &Document, statements: &[Statement]) -> Vec<Appearance> {
        let mut appearances = Vec::new();
        if let Some(site) = &document.site {
            self.learn_name(Name::of(site), site);
        }
        let mut named: Vec<&Mention> =
            statements.iter().flat_map(mentions).filter(|one| is_name(one)).collect();
        // Full names first, so that a bare surname of the same page is nobody's name alone.
        named.sort_by_key(|mention| !mention.name.contains(' '));
        let mut heard: Vec<String> = Vec::new();
        for mention in named {
            let name = name_of(mention);
            if mention.kind == SourceKind::Person && !heard.contains(&name.key()) {
                self.persons.learn(&name, &mention.name, 1);
                heard.push(name.key());
            }
            if mention.kind == SourceKind::Person && name.words.len() > 1 {
                appearances.extend(self.roles.learn(&name.key(), &Heard::of(mention, document)));
            }
            self.learn_name(name, &mention.name);
        }
        appearances
    }

    /// Takes up in what role and year somebody was heard in an earlier document.
    pub(crate) fn remember_appearance(&mut self, appearance: &Appearance) {
        self.roles.take(appearance);
    }

    /// Learns a name as it was written in an earlier document.
    pub(crate) fn remember(&mut self, is_person: bool, written: &str) {
        let name = if is_person { Name::person(written) } else { Name::of(written) };
        if is_person {
            self.persons.learn(&name, written, 1);
        }
        self.learn_name(name, written);
    }

    /// Takes up in how many more documents a person was heard.
    pub(crate) fn remember_heard(&mut self, written: &str, documents: u32) {
        self.persons.learn(&Name::person(written), written, documents);
    }

    /// Who a mention stands for.
    pub fn source(&self, mention: &Mention, document: &Document, statements: &[Statement]) -> SourceLink {
        let outlet = outlet(document);
        let link =
            |name: String, unnamed: bool, why: Why| SourceLink { name, unnamed, why, possibly: Vec::new() };
        match mention.kind {
            SourceKind::Author => SourceLink::author(document),
            SourceKind::Commenter if mention.name.is_empty() => {
                link(format!("a reader of {outlet}"), true, Why::Described)
            }
            // The same signature under another outlet's pages may be somebody else.
            SourceKind::Commenter => link(format!("{} ({outlet})", mention.name), false, Why::Signed),
            SourceKind::Unnamed => {
                if let Some(person) = introduced(mention, document, statements) {
                    return SourceLink { why: Why::Introduced, ..self.known(&person, document, statements) };
                }
                let possibly = may_be(mention, statements).map(|other| described(other, document));
                SourceLink {
                    possibly: possibly.into_iter().collect(),
                    ..link(described(mention, document), true, Why::Described)
                }
            }
            SourceKind::Nobody => link(format!("nobody named ({outlet})"), true, Why::Described),
            SourceKind::Office => match holder(mention, document, statements) {
                Some((holder, why)) => SourceLink { why, ..self.known(&holder, document, statements) },
                None => match introduced(mention, document, statements) {
                    Some(person) => {
                        SourceLink { why: Why::Introduced, ..self.known(&person, document, statements) }
                    }
                    None => self.known(mention, document, statements),
                },
            },
            SourceKind::Person | SourceKind::Organisation => self.known(mention, document, statements),
        }
    }

    fn known(&self, mention: &Mention, document: &Document, statements: &[Statement]) -> SourceLink {
        let named = name_of(mention);
        let (name, reason, possibly) = if mention.kind == SourceKind::Person {
            let on_page: Vec<Name> = statements
                .iter()
                .flat_map(mentions)
                .filter(|other| other.kind == SourceKind::Person && other.name.contains(' '))
                .map(name_of)
                .collect();
            let heard = Heard::of(mention, document);
            let found = self.person(&named, &mention.name, &on_page, &heard);
            let day = document.published.as_ref().and_then(|stamp| stamp.at.get(..10));
            let bare = named.words.len() == 1 && found.1 == Reason::Written;
            let holder =
                day.filter(|_| bare).and_then(|day| titled_holder(&document.text, &mention.name, day));
            if let Some(holder) = holder {
                let (name, _, possibly) = self.person(&Name::person(holder), holder, &[], &heard);
                return SourceLink { name, unnamed: false, why: Why::HolderThen, possibly };
            }
            found
        } else {
            let (name, reason) = self.shown(&named, &mention.name, &Heard::default());
            (name, reason, Vec::new())
        };
        SourceLink { name, unnamed: false, why: Why::Name(reason), possibly }
    }
}

/// All mentions of a statement: its source, and who passed it on.
pub fn mentions(statement: &Statement) -> impl Iterator<Item = &Mention> {
    std::iter::once(&statement.source).chain(&statement.via)
}

fn is_name(mention: &Mention) -> bool {
    matches!(mention.kind, SourceKind::Person | SourceKind::Organisation | SourceKind::Office)
}

fn name_of(mention: &Mention) -> Name {
    match mention.kind {
        SourceKind::Person => Name::person(&mention.name),
        _ => Name::of(&mention.name),
    }
}

/// The name a page goes by: its outlet, else its address, else what there is.
pub fn outlet(document: &Document) -> String {
    let given = document.site.clone().or_else(|| document.url.clone()).or_else(|| document.title.clone());
    given.unwrap_or_else(|| format!("page {}", document.id.short()))
}

/// Who a page's own words are by.
pub fn author(document: &Document) -> String {
    match document.bylines.as_slice() {
        [] if document.site.is_some() => outlet(document),
        [] => format!("the author of {}", outlet(document)),
        bylines => bylines.join(" and "),
    }
}

/// Who holds an office: a person whom the page names beside it, else whom it says to hold it, else who held it on the
/// day of the page.
fn holder(office: &Mention, document: &Document, statements: &[Statement]) -> Option<(Mention, Why)> {
    let person = |name: String| Mention { spans: office.spans.clone(), kind: SourceKind::Person, name };
    let here = named_beside(office, document, statements)
        .or_else(|| holder_in(&document.text, &office.name).map(person))
        .map(|holder| (holder, Why::Holder));
    here.or_else(|| {
        let day = document.published.as_ref()?.at.get(..10)?;
        holder_on(&office.name, day).map(|name| (person(name.to_owned()), Why::HolderThen))
    })
}

/// The person among the sources whose name stands beside an office: "James Jeffrey, the U.S. Ambassador to Iraq".
fn named_beside(office: &Mention, document: &Document, statements: &[Statement]) -> Option<Mention> {
    let bare = office.name.trim().trim_start_matches("the ").trim_start_matches("The ");
    let mut holders = statements.iter().flat_map(mentions).filter(|mention| {
        let stands_beside = |between: &str| {
            document.text.contains(&format!("{}{between}{bare}", mention.name))
                || document.text.contains(&format!("{bare}{between}{}", mention.name))
        };
        mention.kind == SourceKind::Person
            && !mention.name.is_empty()
            && !bare.is_empty()
            && [", the ", ", ", " "].into_iter().any(stands_beside)
    });
    let first = holders.next()?;
    holders.all(|other| other.name == first.name).then(|| first.clone())
}
