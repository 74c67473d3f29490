//! On how many origins a page's citations rest: who says so at the end of each, and which of these may be one.

use super::CitedVerdict;
use super::look::Looked;
use sayso_link::Page;
use sayso_link::questions::Part;
use sayso_link::reuse::Shingles;
use serde::Serialize;

/// From this share of the smaller of two pages on they are one text.
const ONE_TEXT: f32 = 0.5;

/// Who says so at the end of some citations.
#[derive(Clone, Debug, Serialize)]
pub struct CitedOrigin {
    /// Its name; of a page that speaks for itself its outlet or title.
    pub name: String,
    /// Whether nobody names it.
    pub unnamed: bool,
    /// The numbers of the citations that rest on it.
    pub citations: Vec<usize>,
    /// How many cited pages pass it on, or are it.
    pub pages: usize,
}

/// The origins of what the cited pages were found to say, and how many of them are independent: at least, at most.
pub(super) fn origins(looked: &[Looked], pages: &[Option<&Page>]) -> (Vec<CitedOrigin>, (u32, u32)) {
    let mut ends: Vec<(End, Vec<usize>)> = Vec::new();
    for (at, (looked, page)) in looked.iter().zip(pages).enumerate() {
        let is_held =
            matches!(looked.verdict, CitedVerdict::Says | CitedVerdict::Partly | CitedVerdict::OthersWords);
        let Some(page) = page.filter(|_| is_held) else { continue };
        let end = End::of(looked, page);
        match ends.iter_mut().find(|(other, _)| other.is(&end)) {
            Some((_, citations)) => citations.push(at),
            None => ends.push((end, vec![at])),
        }
    }
    let count = |some: &dyn Fn(&End) -> bool| ends.iter().filter(|(end, _)| some(end)).count() as u32;
    // Unnamed sources may be anybody, so all of them may be one; so may be pages that only pass on what nobody says.
    let named = count(&|end| !end.unnamed);
    let least = if named > 0 { named } else { u32::from(!ends.is_empty()) };
    let most = ends.len() as u32;
    let mut origins: Vec<CitedOrigin> = ends
        .into_iter()
        .map(|(end, citations)| {
            let mut held: Vec<_> = citations.iter().filter_map(|&at| Some(pages[at]?.document.id)).collect();
            held.sort_unstable();
            held.dedup();
            let citations: Vec<usize> = citations.into_iter().map(|at| at + 1).collect();
            CitedOrigin { name: end.name, unnamed: end.unnamed, pages: held.len(), citations }
        })
        .collect();
    origins.sort_by_key(|origin| std::cmp::Reverse(origin.citations.len()));
    (origins, (least, most))
}

/// The end of a chain.
struct End {
    name: String,
    label: String,
    unnamed: bool,
    /// The words of a page that speaks for itself.
    own: Option<Shingles>,
}

impl End {
    fn of(looked: &Looked, page: &Page) -> End {
        let credited = looked.chain.iter().find(|speaker| speaker.part == Part::Origin);
        let credited = credited.or_else(|| looked.chain.iter().find(|speaker| speaker.part == Part::Outlet));
        match credited {
            Some(speaker) => End {
                name: speaker.link.name.clone(),
                label: speaker.link.name.to_lowercase(),
                unnamed: speaker.link.unnamed,
                own: None,
            },
            None => {
                let document = &page.document;
                let outlet =
                    document.site.clone().or_else(|| document.title.clone()).or_else(|| document.url.clone());
                let name = outlet.unwrap_or_else(|| format!("page {}", document.id.short()));
                let label = name.trim_start_matches("The ").to_lowercase();
                End { name, label, unnamed: false, own: Some(Shingles::of(&document.text)) }
            }
        }
    }

    /// Whether two ends are one: the same source, or pages of which one was taken from the other.
    fn is(&self, other: &End) -> bool {
        let is_copy =
            || matches!((&self.own, &other.own), (Some(a), Some(b)) if a.containment(b) >= ONE_TEXT);
        self.label == other.label.trim_start_matches("the ") || self.label == other.label || is_copy()
    }
}
