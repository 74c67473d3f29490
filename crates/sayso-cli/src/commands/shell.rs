//! `sayso completions` and `sayso man`: what shells and readers of manuals want, made from the command line's own definition.

use crate::failure::{Done, Ended, Failure};
use crate::harmless;
use crate::options::Options;
use crate::session::Session;
use clap::CommandFactory;
use clap_complete::Shell;

/// Print what a shell needs to complete the command line
///
/// For bash: sayso completions bash > ~/.local/share/bash-completion/completions/sayso; for zsh, into a file `_sayso` in a
/// folder of $fpath; for fish: sayso completions fish > ~/.config/fish/completions/sayso.fish
#[derive(Debug, clap::Args)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Options::command(), "sayso", &mut script);
        session.print(&String::from_utf8(script)?)?;
        Ok(Done::Whole)
    }
}

/// Print the manual page, of sayso or of one command
///
/// To look at it: sayso man | man -l -
#[derive(Debug, clap::Args)]
pub(crate) struct Man {
    /// The command [default: sayso itself]
    command: Option<String>,
}

impl Man {
    pub(crate) fn run(self, session: &mut Session) -> Ended {
        let mut all = Options::command();
        all.build();
        let (page, title) = match &self.command {
            None => (all, "sayso".to_owned()),
            Some(name) => {
                let found = all.get_subcommands().find(|command| command.get_name() == name).cloned();
                let unknown = || {
                    let what = format!("there is no command {}", harmless::line(name));
                    Failure::usage(what).hint("`sayso help` lists them")
                };
                (found.ok_or_else(unknown)?, format!("sayso-{name}"))
            }
        };
        let source = concat!("sayso ", env!("CARGO_PKG_VERSION"));
        let mut manual = Vec::new();
        clap_mangen::Man::new(page).title(title).source(source).render(&mut manual)?;
        session.print(&String::from_utf8(manual)?)?;
        Ok(Done::Whole)
    }
}
