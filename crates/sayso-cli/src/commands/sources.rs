//! `sayso sources`: who is heard in the ledger.

use crate::account::{self, FAINT, SOURCE};
use crate::failure::{Done, Ended};
use crate::session::Session;
use crate::{harmless, ledger};
use sayso::Source;
use sayso_record::SourceKind;

/// List the sources, with how often each is heard
///
/// `says` counts statements by another's account and block quotes, `own` what authors and commenters say in their own
/// voice, `relays` statements by others that the source passed on, `pages` the documents in which it is heard.
///
/// Names are never merged: a full name or an organisation is one source; an office, a single name, a pen name or a
/// description ("a senior official") is one source for each outlet.
#[derive(Debug, clap::Args)]
pub(crate) struct Sources {}

impl Sources {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let sources = ledger::open(session)?.sources().map_err(ledger::failed)?;
        if !session.json() && !sources.is_empty() {
            session.print(&format!("{FAINT} says   own  relays  pages  source{FAINT:#}\n"))?;
        }
        for source in &sources {
            if session.json() {
                session.print_json(source)?;
            } else {
                let Source { statements, own_voice, relayed, documents, .. } = source;
                let name = in_words(source);
                session
                    .print(&format!("{statements:5} {own_voice:5} {relayed:7} {documents:6}  {name}\n"))?;
            }
        }
        if sources.is_empty() {
            session.say("nobody is heard in this ledger yet");
        }
        Ok(Done::Whole)
    }
}

/// A source by itself: its name, what sort it is, and its outlet where it has one.
pub(super) fn in_words(source: &Source) -> String {
    let name = harmless::line(&source.name);
    let kind = account::kind(source.kind);
    let outlet =
        source.outlet.as_ref().map(|outlet| format!(", {}", harmless::line(outlet))).unwrap_or_default();
    if name.is_empty() && source.kind == SourceKind::Nobody {
        return format!("{SOURCE}{kind}{SOURCE:#}{FAINT}{outlet}{FAINT:#}");
    }
    let name = if name.is_empty() { "(no name)" } else { &name };
    format!("{SOURCE}{name}{SOURCE:#}  {FAINT}{kind}{outlet}{FAINT:#}")
}
