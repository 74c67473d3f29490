//! What somebody tells of a page who hands it in: it takes the place of what the page says of itself.

use sayso_record::{Document, Note, NoteKind, Stamp, StampOrigin};

/// What is told of a page; whatever is not told stays as the page has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// Its title.
    pub title: Option<String>,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When it was published, as a date or a time ([`Details::is_date`]).
    pub published: Option<String>,
    /// In which language it is written, as `en` or `de-AT`.
    pub language: Option<String>,
}

impl Details {
    /// Whether a date is one.
    pub fn is_date(date: &str) -> bool {
        sayso_weigh::first_second(date).is_some()
    }

    /// Authors as people write them: "Orla Pender; Bo Larkin".
    pub fn authors_of(text: &str) -> Vec<String> {
        let names = text.split(';').map(str::trim);
        names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    /// The document with what is told of it. What is not told of it and unknown stays unknown.
    pub(crate) fn onto(self, mut document: Document) -> Document {
        if self == Details::default() {
            return document;
        }
        let mut told: Vec<&str> = Vec::new();
        let Details { title, outlet, authors, published, language } = self;
        for (name, new, old) in [
            ("title", title, &mut document.title),
            ("outlet", outlet, &mut document.site),
            ("language", language, &mut document.language),
        ] {
            if new.is_some() {
                *old = new;
                told.push(name);
            }
        }
        if !authors.is_empty() {
            document.bylines = authors;
            told.push("author");
        }
        if let Some(at) = published.filter(|date| Details::is_date(date)) {
            document.published = Some(Stamp { words: at.clone(), at, origin: StampOrigin::Carrier });
            told.push("date");
        }
        let text = format!("told by whoever added the page, and not by the page: {}", told.join(", "));
        document.notes.push(Note::new(NoteKind::Other, text));
        document.seal()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_takes_the_place_of_what_the_page_says() {
        let page = Document {
            title: Some("Home | Pellam Lamp".to_owned()),
            site: Some("Pellam Lamp".to_owned()),
            ..Document::default()
        }
        .seal();
        let details = Details {
            title: Some("The pier is sold".to_owned()),
            authors: Details::authors_of(" Orla Pender ; Bo Larkin;"),
            published: Some("2019-06-04".to_owned()),
            ..Details::default()
        };
        let told = details.onto(page.clone());
        assert_eq!(told.title.as_deref(), Some("The pier is sold"));
        assert_eq!(told.site, page.site);
        assert_eq!(told.bylines, ["Orla Pender", "Bo Larkin"]);
        assert_eq!(told.published.unwrap().at, "2019-06-04");
        assert_ne!(told.id, page.id);
        assert_eq!(Details::default().onto(page.clone()).id, page.id);
        let wrong = Details { published: Some("soon".to_owned()), ..Details::default() };
        assert_eq!(wrong.onto(page).published, None);
    }
}
