//! Reads every page of a folder with `dom_smoothie`, as `cargo xtask race pages` times it; without a folder, does nothing.

use dom_smoothie::Readability;
use std::io::Read as _;

fn main() -> std::io::Result<()> {
    let Some(folder) = std::env::args_os().nth(1) else { return Ok(()) };
    let (mut pages, mut read) = (0, 0);
    for entry in std::fs::read_dir(folder)? {
        let mut bytes = std::fs::read(entry?.path())?;
        if bytes.starts_with(b"\x1f\x8b") {
            let mut page = Vec::new();
            flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_end(&mut page)?;
            bytes = page;
        }
        let page = String::from_utf8_lossy(&bytes);
        let article = Readability::new(page.as_ref(), None, None).and_then(|mut page| page.parse());
        pages += 1;
        read += usize::from(article.is_ok());
    }
    println!("{read} of {pages}");
    Ok(())
}
