//! Reads texts to statements and prints how many tokens and statements there were:
//! `cargo run --release --example read_texts -- FOLDER`, where each file of the folder is a text. `cargo xtask race
//! attributions` times that.

use sayso_read::text::tokens;
use sayso_read::{Carrier, Reader, document};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args_os().nth(1).ok_or("give a folder of texts")?;
    let reader = Reader::new();
    let (mut count, mut statements, mut cut) = (0, 0, Vec::new());
    for entry in std::fs::read_dir(folder)? {
        let page = document(&std::fs::read(entry?.path())?, &Carrier::default());
        statements += reader.statements(&page).len();
        cut.clear();
        tokens(&page.text, 0..page.text.len(), &mut cut);
        count += cut.len();
    }
    println!("{count} {statements}");
    Ok(())
}
