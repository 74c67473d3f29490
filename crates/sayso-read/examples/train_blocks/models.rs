//! Both models, trained one on the other, and what they make of pages that they have not seen.

use super::pages::Page;
use super::trees::{Forest, Sample, Settings};
use sayso_read::document::html::training;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The settings of both models, and on how many parts the second learns the first one's errors.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) alone: Settings,
    pub(crate) together: Settings,
    pub(crate) parts: usize,
    pub(crate) seed: u64,
    pub(crate) threads: usize,
}

pub(crate) struct Models {
    pub(crate) alone: Forest,
    pub(crate) together: Forest,
}

/// Scores of a page's runs; none where rules decide.
pub(crate) type Scores = Vec<Option<f32>>;

/// The part that a site falls into.
pub(crate) fn part(site: &str, parts: usize, seed: u64) -> usize {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    (seed, site).hash(&mut hasher);
    (hasher.finish() % parts as u64) as usize
}

impl Models {
    pub(crate) fn train(pages: &[&Page], plan: &Plan) -> Models {
        // The second model must see the first as it is on pages that it was not trained on.
        let mut scores: Vec<Option<Scores>> = pages.iter().map(|_| None).collect();
        for held_out in 0..plan.parts {
            let is_out = |page: &Page| part(&page.site, plan.parts, plan.seed + 1000) == held_out;
            let seen: Vec<&Page> = pages.iter().filter(|page| !is_out(page)).copied().collect();
            let model = alone(&seen, plan, plan.seed + held_out as u64);
            for (page, scores) in pages.iter().zip(&mut scores).filter(|(page, _)| is_out(page)) {
                *scores = Some(first(&model, page));
            }
        }
        let again: Vec<Vec<Option<Vec<f32>>>> = (pages.iter().zip(&scores))
            .map(|(page, scores)| training::again(&page.html, scores.as_ref().expect("each is in one part")))
            .collect();
        let samples = (pages.iter().zip(&again)).flat_map(|(page, again)| {
            page.runs.iter().zip(again).filter_map(|(run, features)| {
                let (label, features) = (run.label?, features.as_ref()?);
                Some(Sample { features, label, weight: run.weight })
            })
        });
        let samples: Vec<Sample<'_>> = samples.collect();
        let together = Forest::grow(&samples, &plan.together, plan.seed);
        Models { alone: alone(pages, plan, plan.seed), together }
    }

    /// The scores of both models.
    pub(crate) fn scores(&self, page: &Page) -> [Scores; 2] {
        let first = first(&self.alone, page);
        let again = training::again(&page.html, &first);
        let second = (again.iter().zip(&first))
            .map(|(features, &first)| features.as_ref().map(|seen| self.together.score(seen)).or(first))
            .collect();
        [first, second]
    }
}

fn alone(pages: &[&Page], plan: &Plan, seed: u64) -> Forest {
    let samples = pages.iter().flat_map(|page| &page.runs).filter_map(|run| {
        let (label, features) = (run.label?, run.features.as_ref()?);
        Some(Sample { features, label, weight: run.weight })
    });
    Forest::grow(&samples.collect::<Vec<_>>(), &plan.alone, seed)
}

fn first(model: &Forest, page: &Page) -> Scores {
    page.runs.iter().map(|run| run.features.as_ref().map(|features| model.score(features))).collect()
}

/// The scores of each page by models that were trained on no page of its site.
pub(crate) fn cross_validate(pages: &[Page], folds: usize, plan: &Plan) -> Vec<[Scores; 2]> {
    let out: Mutex<Vec<Option<[Scores; 2]>>> = Mutex::new(pages.iter().map(|_| None).collect());
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..plan.threads {
            scope.spawn(|| {
                loop {
                    let fold = next.fetch_add(1, Ordering::Relaxed);
                    if fold >= folds {
                        return;
                    }
                    let is_out = |page: &Page| part(&page.site, folds, plan.seed) == fold;
                    let seen: Vec<&Page> = pages.iter().filter(|page| !is_out(page)).collect();
                    let models = Models::train(&seen, plan);
                    for (at, page) in pages.iter().enumerate().filter(|(_, page)| is_out(page)) {
                        if page.answer.is_some() {
                            let scores = models.scores(page);
                            out.lock().expect("no thread failed")[at] = Some(scores);
                        }
                    }
                }
            });
        }
    });
    let scores = out.into_inner().expect("no thread failed");
    scores.into_iter().map(Option::unwrap_or_default).collect()
}
