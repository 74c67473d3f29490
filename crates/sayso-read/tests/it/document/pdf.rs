//! PDF files, made here letter by letter, and such as mean harm.

use super::{outline, read};
use sayso_record::NoteKind;
use std::fmt::Write;

/// A file of these objects, numbered from 1, the first of them the catalogue.
fn file(objects: &[String]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let start = out.len();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    for place in &places {
        let _ = writeln!(out, "{place:010} 00000 n ");
    }
    let _ = write!(out, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", places.len() + 1);
    out.into_bytes()
}

fn stream(dictionary: &str, words: &str) -> String {
    format!("<< {dictionary} /Length {} >>\nstream\n{words}\nendstream", words.len())
}

/// A file with a page for each content. Font `F1` is plain, and the codes of `F2` are two bytes, told by a table.
fn pages(contents: &[&str]) -> Vec<u8> {
    let kids: String = (0..contents.len()).map(|at| format!("{} 0 R ", 6 + 2 * at)).collect();
    let table = "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Odd def\n\
                 1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n\
                 2 beginbfrange\n<0003> <001C> <0061>\n<0020> <0039> <0041>\nendbfrange\n\
                 2 beginbfchar\n<0001> <0020>\n<0002> <00E9>\nendbfchar\nendcmap\nend\nend";
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", contents.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Odd /Encoding /Identity-H /ToUnicode 5 0 R >>".to_owned(),
        stream("", table),
    ];
    for (at, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R \
             /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
            7 + 2 * at
        ));
        objects.push(stream("", content));
    }
    file(&objects)
}

const LEAFLET: &str = "BT /F1 20 Tf 50 780 Td (Barrels on the pier) Tj ET\n\
    BT /F1 10 Tf 12 TL 50 700 Td (\\223The barrels are empty,\\224 said Ilse Marwick, who counted) Tj\n\
    T* [(them on the pi) -20 (er before) -300 (the tide came) -300 (in on Mon-)] TJ\n\
    T* (day.) Tj ET\n\
    q 1 0 0 1 0 -20 cm BT /F1 10 Tf 50 660 Td (Nobody at the ministry had read the re) Tj (port, two officials said.) Tj ET Q\n\
    BT /F2 10 Tf 50 600 Td <0022000300080002000100060007001400010035000700070014> Tj ET";

/// A file for others to damage.
pub(super) fn leaflet() -> Vec<u8> {
    pages(&[LEAFLET, LEAFLET])
}

#[test]
fn letters_become_paragraphs() {
    insta::assert_snapshot!(outline(&read(pages(&[LEAFLET]))));
}

#[test]
fn pages_go_on() {
    let first = "BT /F1 10 Tf 50 100 Td (The harbour minister, Anselm Roke, said that nobody in the) Tj ET";
    let second = "BT /F1 10 Tf 50 780 Td (ministry had read the report before it was printed.) Tj ET";
    let read = read(pages(&[first, second]));
    assert!(read.text.contains("nobody in the ministry had read"), "{}", read.text);
}

#[test]
fn a_file_without_letters_says_so() {
    let kinds = |bytes: Vec<u8>| read(bytes).notes.into_iter().map(|note| note.kind).collect::<Vec<_>>();
    assert_eq!(kinds(pages(&["q 100 0 0 100 0 0 cm /Im1 Do Q"])), [NoteKind::Empty]);
    assert_eq!(kinds(b"%PDF-1.7\nnothing follows".to_vec()), [NoteKind::Other]);
}

#[test]
fn damaged_files_are_read_or_noted() {
    let whole = leaflet();
    for end in (0..whole.len()).step_by(7) {
        read(&whole[..end]);
    }
    // A generator of Marsaglia's (2003), so that a failure can be had again.
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    for _ in 0..400 {
        let mut odd = whole.clone();
        for _ in 0..6 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let at = state as usize % odd.len();
            odd[at] = (state >> 32) as u8;
        }
        read(&odd);
    }
}

/// A table of a few bytes whose runs are of four thousand million codes.
#[test]
fn a_table_of_endless_runs_is_not_written_out() {
    let table = format!("{}<00000000> <FFFFFFFF> <0041>\nendbfrange", "1 beginbfrange\n");
    let page =
        "<< /Type /Page /Parent 2 0 R /Contents 6 0 R /Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>";
    let simple = |kind: &str| format!("<< /Type /Font /Subtype /{kind} /BaseFont /Odd /ToUnicode 7 0 R >>");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        page.to_owned(),
        simple("Type1"),
        format!("{} /Encoding /Identity-H >>", simple("Type0").trim_end_matches(" >>")),
        stream("", "BT /F1 10 Tf 50 700 Td (ab) Tj /F2 10 Tf (ab) Tj ET"),
        stream("", &table),
    ];
    crate::HEAP.reset_peak_usage();
    let before = crate::HEAP.current_usage();
    read(file(&objects));
    // Other tests run beside it.
    let taken = crate::HEAP.peak_usage().saturating_sub(before);
    assert!(taken < 512 << 20, "{taken} bytes");
}

#[test]
fn files_that_mean_harm_end() {
    read(pages(&[&"[".repeat(100_000)]));
    read(pages(&[&"(".repeat(100_000)]));
    read(pages(&[&"q ".repeat(100_000)]));
    read(pages(&[&"BT /F1 1e38 Tf 1e38 1e38 Td (x) Tj -1e38 0 Td (y) Tj ET ".repeat(1000)]));
    let catalogue = "<< /Type /Catalog /Pages 2 0 R >>".to_owned();
    // A tree of pages that is its own branch, one of a page that stands there a million times, and one with no end.
    read(file(&[catalogue.clone(), "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>".to_owned()]));
    let page = "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>".to_owned();
    let often = format!("<< /Type /Pages /Kids [{}] /Count 1000000 >>", "3 0 R ".repeat(1_000_000));
    let content = stream("", &"BT (x) Tj ET ".repeat(1000));
    let read_often = read(file(&[catalogue.clone(), often, page, content]));
    assert!(read_often.text.is_empty(), "there is no font");
    read(file(&[catalogue, "[".repeat(100_000)]));
}

/// A page of lines, each with the place where it begins.
fn drawn(lines: &[(f32, f32, &str)]) -> String {
    let show = |&(x, y, words): &(f32, f32, &str)| format!("BT /F1 10 Tf {x} {y} Td ({words}) Tj ET\n");
    lines.iter().map(show).collect()
}

#[test]
fn columns_that_are_drawn_row_by_row_are_read_one_by_one() {
    for gutter in [300.0, 270.0] {
        let page = drawn(&[
            (50.0, 780.0, "Lamps of the coast"),
            (50.0, 700.0, "The lamp at Pellam will be dark for the win-"),
            (gutter, 700.0, "Ilsa Dorn, who trims it, called the plan a"),
            (50.0, 688.0, "ter, said Otto Brandt, who keeps the tower."),
            (gutter, 688.0, "disgrace for the town and for its ships."),
            (50.0, 676.0, "\\223The glass is cracked,\\224 Brandt told the"),
            (gutter, 676.0, "\\223We wrote to them in May,\\224 she said, and"),
            (50.0, 664.0, "council. Nobody asked him who would pay for"),
            (gutter, 664.0, "nobody ever wrote back to her."),
            (50.0, 652.0, "a new one."),
        ]);
        let text = read(pages(&[&page])).text;
        assert!(text.contains("dark for the winter, said Otto Brandt, who keeps the tower."), "{text}");
        assert!(text.contains("told the council. Nobody asked him who would pay for a new one."), "{text}");
        assert!(text.find("a new one").unwrap() < text.find("Ilsa Dorn").unwrap(), "{text}");
        assert!(text.contains("she said, and nobody ever wrote back to her."), "{text}");
    }
}

#[test]
fn heads_and_numbers_of_two_pages_are_left_out() {
    let page = |number: usize, words: [&str; 2]| {
        drawn(&[
            (50.0, 800.0, &format!("Pellam Lamp, March {number}")),
            (50.0, 700.0, words[0]),
            (50.0, 688.0, words[1]),
            (50.0, 30.0, &format!("Page {number} of 2")),
        ])
    };
    let first = page(1, ["The lamp is dark", "and the tower is shut, the harbour office said."]);
    let second = page(2, ["The stairs are wet, says the Anglo-", "Saxon society that owns the tower."]);
    let read = read(pages(&[&first, &second]));
    assert!(!read.text.contains("Pellam Lamp") && !read.text.contains("Page"), "{}", read.text);
    assert!(read.text.contains("The lamp is dark and the tower is shut"), "{}", read.text);
    assert!(read.text.contains("says the Anglo-Saxon society"), "{}", read.text);
}

#[test]
fn three_columns_and_a_table() {
    let columns: Vec<(f32, f32, String)> = (0..5)
        .flat_map(|row| {
            let y = 700.0 - 12.0 * row as f32;
            ["first", "second", "third"].iter().enumerate().map(move |(at, name)| {
                (50.0 + 170.0 * at as f32, y, format!("and row {row} of the {name} goes on"))
            })
        })
        .collect();
    let columns: Vec<(f32, f32, &str)> =
        columns.iter().map(|(x, y, words)| (*x, *y, words.as_str())).collect();
    let text = read(pages(&[&drawn(&columns)])).text;
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
    assert!(at("row 4 of the first") < at("row 0 of the second"), "{text}");
    assert!(at("row 4 of the second") < at("row 0 of the third"), "{text}");
    let cells: Vec<(f32, f32, &str)> = (0..5)
        .flat_map(|row| {
            let y = 700.0 - 12.0 * row as f32;
            [(50.0, y, "Pellam"), (200.0, y, "40 lamps"), (300.0, y, "lit")]
        })
        .collect();
    let text = read(pages(&[&drawn(&cells)])).text;
    assert!(text.starts_with("Pellam\n\n40 lamps\n\nlit"), "{text}");
}
