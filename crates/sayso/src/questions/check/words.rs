//! A checked page in words, as every account and report of it says them.

use super::{Check, CheckedCitation, CitedVerdict, FoundIn};
use crate::harmless::line;

impl Check {
    /// What the page is called.
    pub fn heading(&self) -> String {
        line(self.title.as_deref().or(self.url.as_deref()).unwrap_or("A page"))
    }

    /// How many citations there are, and how many of each verdict: "3 citations · 2 say it · 1 could not be read".
    pub fn counts(&self) -> String {
        let all = self.citations.len();
        let mut parts = vec![format!("{all} citation{}", if all == 1 { "" } else { "s" })];
        for verdict in CitedVerdict::ALL {
            match self.count(verdict) {
                0 => {}
                1 => parts.push(format!("1 {}", verdict.words())),
                count => parts.push(format!("{count} {}", verdict.words_of_many())),
            }
        }
        match self.not_looked_up {
            0 => {}
            1 => parts.push("1 more was not looked up".to_owned()),
            more => parts.push(format!("{more} more were not looked up")),
        }
        parts.join(" · ")
    }

    /// On what all of it rests, a line each: its origins, and the cited pages that were changed.
    pub fn rests_on(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let held: usize = self.origins.iter().map(|origin| origin.citations.len()).sum();
        if held > 0 {
            let (least, most) = self.independence;
            let count = if least == most { least.to_string() } else { format!("{least} to {most}") };
            let origins = if (least, most) == (1, 1) { "origin" } else { "origins" };
            let plural = if held == 1 { "" } else { "s" };
            lines.push(format!("{count} independent {origins} behind {held} citation{plural}:"));
        }
        for origin in &self.origins {
            let unnamed = if origin.unnamed { ", unnamed" } else { "" };
            let numbers: Vec<String> = origin.citations.iter().map(usize::to_string).collect();
            let is_one = if origin.citations.len() > 1 { " (one source)" } else { "" };
            lines.push(format!("{}{unnamed}: {}{is_one}", line(&origin.name), numbers.join(", ")));
        }
        let changed = self.citations.iter().filter(|one| !one.changes.is_empty());
        let changed: Vec<String> = changed.map(|one| one.number.to_string()).collect();
        if !changed.is_empty() {
            lines.push(format!("cited pages that bear a notice or were changed: {}", changed.join(", ")));
        }
        lines
    }
}

impl CitedVerdict {
    /// The verdict in a few words, of several pages.
    fn words_of_many(self) -> &'static str {
        match self {
            CitedVerdict::Says => "say it",
            CitedVerdict::Partly => "say part of it",
            CitedVerdict::Otherwise => "say otherwise",
            CitedVerdict::OthersWords => "have it only as another's words",
            CitedVerdict::NotThere => "do not have it",
            CitedVerdict::Unread => "could not be read",
        }
    }
}

impl CheckedCitation {
    /// The verdict, with how likely it is that the page says it.
    pub fn verdict_in_words(&self) -> String {
        let words = self.verdict.words();
        let possibly = if self.sure { "" } else { "possibly " };
        match self.probability {
            Some(probability) => format!("{possibly}{words} (says it: {:.0} %)", probability * 100.0),
            None => words.to_owned(),
        }
    }

    /// The cited page: its outlet and date, else its title; its address; where it was found. Empty where nothing is known.
    pub fn cited_in_words(&self) -> String {
        let page = self.page.as_ref().map(|page| {
            let outlet = page.site.as_deref().or(page.url.as_deref()).map(line);
            let outlet = outlet.unwrap_or_else(|| format!("page {}", page.id.short()));
            let date = page.published.as_deref().map(line);
            std::iter::once(outlet).chain(date).collect::<Vec<_>>().join(" · ")
        });
        let page = page.or_else(|| self.title.as_deref().map(line));
        let found = self.found.as_ref().map(|found| match found {
            FoundIn::Ledger => "in the ledger",
            FoundIn::AtHand(_) => "at hand",
            FoundIn::Fetched => "fetched",
        });
        let parts = [page, self.url.as_deref().map(line), found.map(str::to_owned)];
        let mut parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        parts.dedup();
        parts.join(" · ")
    }

    /// What else is to be told: whose words they are, what is not there, why it could not be read, what became of the page.
    pub fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if let Some(whose) = &self.whose {
            remarks.push(format!("there in the words of: {}", line(whose)));
        }
        let tells = matches!(self.verdict, CitedVerdict::Partly | CitedVerdict::NotThere) || !self.sure;
        if tells && !self.missing.is_empty() && self.verdict != CitedVerdict::Unread {
            remarks.push(format!("not there: {}", line(&self.missing.join(", "))));
        }
        remarks.extend(self.why.as_deref().map(line));
        remarks.extend(self.changes.iter().map(|change| format!("the cited page: {}", line(change))));
        remarks
    }
}
