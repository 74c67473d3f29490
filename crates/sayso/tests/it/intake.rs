//! What is found at a path: pages, and what is no page.

use flate2::{Compression, write::GzEncoder};
use sayso::{Desk, Input, LeftOut, Outcome, Report, Tally, Watch, intake};
use std::io::Write;
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

/// Whoever made the folder may have put a link to a file of ours into it.
#[cfg(unix)]
#[test]
fn links_that_lead_out_of_a_folder_are_followed_where_that_is_wanted() {
    use std::os::unix::fs::symlink;
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (root, own) = (folder.path(), elsewhere.path());
    std::fs::create_dir(own.join("letters")).unwrap();
    for page in [root.join("page.html"), own.join("secret.html"), own.join("letters/one.txt")] {
        std::fs::write(page, "<p>Words.</p>").unwrap();
    }
    symlink(root.join("page.html"), root.join("inside.html")).unwrap();
    symlink(own.join("secret.html"), root.join("outside.html")).unwrap();
    symlink(own.join("letters"), root.join("outside")).unwrap();
    symlink(own.join("secret.html"), root.join("picture.png")).unwrap();
    let left = Some(LeftOut::LeadsOut);
    assert_eq!(
        ends(root),
        [
            ("inside.html".to_owned(), None),
            ("outside".to_owned(), left.clone()),
            ("outside.html".to_owned(), left),
            ("page.html".to_owned(), None),
        ]
    );
    let followed = sayso::intake_following([root]);
    let names: Vec<&str> = followed.inputs.iter().filter_map(|input| input.name.rsplit('/').next()).collect();
    assert_eq!(names, ["inside.html", "one.txt", "outside.html", "page.html"]);
    // A link that is named itself was meant.
    assert_eq!(ends(&root.join("outside"))[0].1, None);
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

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn words(number: usize) -> String {
    format!("\"Barrel {number} was empty,\" said Ilse Marwick on Monday.")
}

fn warc_record(number: usize) -> Vec<u8> {
    let page = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{}</p>", words(number));
    let head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://quay.example/";
    format!("{head}{number}\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n", page.len()).into_bytes()
}

#[test]
fn every_carrier_is_opened_and_its_records_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    let lines = |from: usize| {
        format!("{{\"text\": {:?}}}\nno json\n{{\"html\": {:?}}}\n", words(from), words(from + 1))
    };
    let item = |number| format!("<item><description>{}</description></item>", words(number));
    let feed =
        format!("<rss version='2.0'><channel><title>Quay</title>{}{}</channel></rss>", item(70), item(71));
    write("a.html.gz", &gzip(words(1).as_bytes()));
    write("b.txt.gz", &gzip(words(2).as_bytes()));
    write("c.warc", &[warc_record(3), warc_record(4)].concat());
    write("d.warc.gz", &[gzip(&warc_record(5)), gzip(&warc_record(6))].concat());
    write("e.jsonl", lines(30).as_bytes());
    write("f.jsonl.gz", &gzip(lines(40).as_bytes()));
    write("g.rss", feed.as_bytes());
    write("h.warc", b"WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 0\r\n\r\n\r\n\r\n");
    let bad = Some(LeftOut::Unreadable("it is no JSON: expected ident at line 1 column 2".to_owned()));
    let expected = [
        ("a.html.gz", None),
        ("b.txt.gz", None),
        ("c.warc, record 1", None),
        ("c.warc, record 2", None),
        ("d.warc.gz, record 1", None),
        ("d.warc.gz, record 2", None),
        ("e.jsonl, record 1", None),
        ("e.jsonl, record 2", bad.clone()),
        ("e.jsonl, record 3", None),
        ("f.jsonl.gz, record 1", None),
        ("f.jsonl.gz, record 2", bad),
        ("f.jsonl.gz, record 3", None),
        ("g.rss, record 1", None),
        ("g.rss, record 2", None),
        ("h.warc", Some(LeftOut::NoWords("no record in it is a page".to_owned()))),
    ];
    assert_eq!(ends(folder.path()), expected.map(|(name, why)| (name.to_owned(), why)));
}

#[test]
fn reading_an_archive_again_adds_nothing() {
    struct Urls(Vec<String>);
    impl Watch for Urls {
        fn report(&mut self, report: Report) -> ControlFlow<()> {
            let Outcome::Read { document, .. } = report.outcome else { panic!("left out") };
            self.0.extend(document.url);
            ControlFlow::Continue(())
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.warc.gz");
    let records: Vec<u8> = (0..600).flat_map(|number| gzip(&warc_record(number))).collect();
    std::fs::write(&path, records).unwrap();
    let mut desk = Desk::in_memory(|| "2026-11-23T08:00:00Z".to_owned()).unwrap();
    let mut urls = Urls(Vec::new());
    let first = desk.read(intake([&path]).inputs, &mut urls).unwrap();
    assert_eq!((first.new, first.left_out), (600, 0));
    assert_eq!(urls.0[599], "http://quay.example/599");
    let again = desk.read(intake([&path]).inputs, &mut urls).unwrap();
    assert_eq!(again, Tally { known: 600, new: 0, ..first });
}
