//! What is found at a path: pages, and what is no page.

use sayso::{Desk, Input, LeftOut, Outcome, Report, Watch, intake};
use std::ops::ControlFlow;
use std::path::Path;

#[derive(Default)]
struct Ends(Vec<(String, Option<LeftOut>)>);

impl Watch for Ends {
    fn report(&mut self, report: Report) -> ControlFlow<()> {
        let why = match report.outcome {
            Outcome::Read { .. } => None,
            Outcome::LeftOut(why) => Some(why),
        };
        self.0.push((report.input, why));
        ControlFlow::Continue(())
    }
}

/// Reads what is found at a path, and tells what became of each input, named from there.
fn ends(path: &Path) -> Vec<(String, Option<LeftOut>)> {
    let mut ends = Ends::default();
    Desk::without_ledger().read(intake([path]).inputs, &mut ends).unwrap();
    let shorten =
        |name: String| name.strip_prefix(&format!("{}/", path.display())).map_or(name.clone(), str::to_owned);
    ends.0.into_iter().map(|(name, why)| (shorten(name), why)).collect()
}

#[test]
fn a_folder_is_read_in_the_order_of_its_names() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for name in ["b.html", "a/z.TXT", "a/y.htm", "c.css", ".hidden.html", ".git/page.html", "page"] {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "Words.").unwrap();
    }
    let found = intake([root]);
    let names: Vec<&str> = found.inputs.iter().map(|input| input.name.as_str()).collect();
    let expected: Vec<String> =
        ["a/y.htm", "a/z.TXT", "b.html"].iter().map(|name| root.join(name).display().to_string()).collect();
    assert_eq!((names, found.passed_over), (expected.iter().map(String::as_str).collect(), 2));
    assert_eq!(intake([root.join("page")]).inputs.len(), 1, "a file that is named is a page");
}

#[cfg(unix)]
#[test]
fn circles_pipes_and_missing_files_are_left_out() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    std::fs::create_dir(root.join("round")).unwrap();
    symlink(root, root.join("round/again")).unwrap();
    symlink(root.join("nowhere"), root.join("gone.html")).unwrap();
    std::fs::write(root.join("page.html"), "<p>Words.</p>").unwrap();
    assert!(std::process::Command::new("mkfifo").arg(root.join("pipe.html")).status().unwrap().success());
    let ends = ends(root);
    let why = |name: &str| {
        ends.iter().find(|(other, _)| other == name).unwrap_or_else(|| panic!("{ends:?}")).1.clone()
    };
    assert_eq!(why("page.html"), None);
    assert_eq!(why("pipe.html"), Some(LeftOut::NoFile));
    assert_eq!(why("round/again"), Some(LeftOut::Loop));
    assert!(matches!(why("gone.html"), Some(LeftOut::Unreadable(_))));
    assert_eq!(ends.len(), 4);
}

#[test]
fn a_file_that_is_too_long_is_not_read_into_memory() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.txt");
    // A hole of a tebibyte takes no room on the disk, and could never be read.
    std::fs::File::create(&path).unwrap().set_len(1 << 40).unwrap();
    assert_eq!(ends(folder.path()), [("long.txt".to_owned(), Some(LeftOut::TooLong))]);
}

#[test]
fn bytes_without_words_are_left_out_and_said_to_be() {
    let mut ends = Ends::default();
    let inputs = [Input::bytes("picture", *b"\x89PNG\r\n\x1a\n\0\0\0"), Input::bytes("nothing", "")];
    Desk::without_ledger().read(inputs, &mut ends).unwrap();
    let whys: Vec<String> = ends.0.iter().filter_map(|(_, why)| Some(why.as_ref()?.to_string())).collect();
    assert_eq!(whys.len(), 2);
    assert!(whys[0].contains("no text"), "{whys:?}");
    assert!(whys[1].contains("no words"), "{whys:?}");
}
