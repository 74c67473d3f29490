//! Reads pages and prints what each said, as an outline: `cargo run --example read_page -- PAGE.html ...`
//!
//! With `--count` it reads the files of the folders that follow and prints only how many; `cargo xtask race pages`
//! times that.

use sayso_read::document::carriers;
use sayso_record::{BlockKind, Document};
use std::path::PathBuf;

/// The most that one compressed file may unpack to.
const MOST_BYTES: usize = 256 << 20;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let count = paths.first().is_some_and(|first| first.as_os_str() == "--count");
    if count {
        let folders: Vec<PathBuf> = paths.drain(..).skip(1).collect();
        for folder in folders {
            for entry in std::fs::read_dir(folder)? {
                paths.push(entry?.path());
            }
        }
    }
    let mut pages = 0;
    for path in &paths {
        let bytes = std::fs::read(path)?;
        let name = path.file_name().and_then(|name| name.to_str());
        for page in carriers::open(&bytes[..], name, None, MOST_BYTES) {
            match page {
                Ok(page) => {
                    let read = page.read();
                    pages += 1;
                    if !count {
                        print(&read);
                    }
                }
                Err(fault) => eprintln!("{}: {fault}", path.display()),
            }
        }
    }
    if count {
        println!("{pages}");
    }
    Ok(())
}

fn print(read: &Document) {
    println!("{}", read.title.as_deref().unwrap_or("(no headline)"));
    for (index, block) in read.blocks.iter().enumerate() {
        let kind = match &block.kind {
            BlockKind::Heading { .. } => "heading",
            BlockKind::Paragraph => "paragraph",
            BlockKind::Caption => "caption",
            BlockKind::Quotation { .. } => "quotation",
            BlockKind::Notice { .. } => "notice",
            BlockKind::Comment { .. } => "comment",
        };
        let words: String = block.span.of(&read.text).chars().take(60).collect();
        println!(
            "{:indent$}{kind}: {}",
            "",
            words.replace('\n', " "),
            indent = 2 * read.enclosing(index).count()
        );
    }
}
