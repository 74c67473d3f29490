//! What the codes of a font say, and how wide their letters are.

use super::{standard, table};
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId};
use std::collections::HashMap;

/// The table of a font's letters may unpack to so much.
const TABLE_CAP_BYTES: usize = 4 << 20;
/// Widths that a font may list; no script has more letters.
const WIDTHS_CAP: usize = 1 << 16;
/// A letter whose width is not told: half as wide as high, as in most fonts.
const USUAL_WIDTH: f32 = 500.0;

/// A font, as far as words need it.
pub(super) struct Font {
    letters: Letters,
    /// In thousandths of the font's size, by code.
    widths: HashMap<u32, f32>,
    usual_width: f32,
    /// Codes of two bytes, as fonts of many letters have.
    is_wide: bool,
}

/// What each code says. The library's own table borrows the file; this one is asked of it once.
enum Letters {
    /// Of codes of one byte.
    Few(Box<[String; 256]>),
    /// Of codes of two.
    Many(HashMap<u32, String>),
}

impl Font {
    pub(super) fn read(file: &Document, font: &Dictionary) -> Font {
        let is_wide = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type0");
        // The library writes out every code of a table's runs, be they four thousand million.
        let mut bare = font.clone();
        bare.remove(b"ToUnicode");
        let own = bare.get_font_encoding_with_limit(file, TABLE_CAP_BYTES).ok().filter(|_| !is_wide);
        // Where a file has a table of what its letters say, that holds before the names of their shapes.
        let table = font.get_deref(b"ToUnicode", file).and_then(Object::as_stream);
        let table = table.and_then(|table| table.get_plain_content_with_limit(TABLE_CAP_BYTES));
        let mut table = table.map_or_else(|_| HashMap::new(), |table| table::read(&table));
        let letters = if is_wide {
            if table.is_empty() {
                table = wide_letters(font);
            }
            Letters::Many(table)
        } else {
            Letters::Few(Box::new(std::array::from_fn(|code| {
                let told = table.remove(&(code as u32));
                told.or_else(|| says(own.as_ref()?, &[code as u8])).unwrap_or_default()
            })))
        };
        let mut read = Font { letters, widths: HashMap::new(), usual_width: USUAL_WIDTH, is_wide };
        if is_wide {
            read.take_wide_widths(file, font)
        } else {
            read.take_widths(file, font)
        }
        read
    }

    /// The codes of a shown string: what each says, how wide it is, and whether it is the space of one byte that is
    /// widened to fill lines.
    pub(super) fn codes<'a>(&'a self, shown: &'a [u8]) -> impl Iterator<Item = (&'a str, f32, bool)> {
        let step = if self.is_wide { 2 } else { 1 };
        shown.chunks(step).map(move |code| {
            let number = code.iter().fold(0u32, |number, &byte| number << 8 | u32::from(byte));
            let text = match &self.letters {
                Letters::Few(letters) => letters.get(number as usize).map(String::as_str),
                Letters::Many(letters) => letters.get(&number).map(String::as_str),
            };
            let width = self.widths.get(&number).copied().unwrap_or(self.usual_width);
            (text.unwrap_or_default(), width, !self.is_wide && number == 32)
        })
    }

    fn take_widths(&mut self, file: &Document, font: &Dictionary) {
        let first = font.get_deref(b"FirstChar", file).and_then(Object::as_i64).unwrap_or(0);
        let Ok(widths) = font.get_deref(b"Widths", file).and_then(Object::as_array) else {
            let name = font.get(b"BaseFont").and_then(Object::as_name).unwrap_or_default();
            if let Letters::Few(letters) = &self.letters {
                let told = letters.iter().enumerate();
                let told = told.filter_map(|(code, said)| Some((code as u32, standard::width(name, said)?)));
                self.widths = told.collect();
            }
            return;
        };
        for (at, width) in widths.iter().take(256).enumerate() {
            if let (Ok(code), Some(width)) =
                (u32::try_from(first.saturating_add(at as i64)), number(file, width))
            {
                self.widths.insert(code, width);
            }
        }
    }

    /// The widths of a font of many letters: runs of `first [width ...]` and `first last width`.
    fn take_wide_widths(&mut self, file: &Document, font: &Dictionary) {
        self.usual_width = 1000.0;
        let descendants = font.get_deref(b"DescendantFonts", file).and_then(Object::as_array);
        let Some(below) = descendants.ok().and_then(|all| all.first()) else { return };
        let Ok(below) = file.dereference(below).and_then(|(_, below)| below.as_dict()) else { return };
        if let Ok(usual) = below.get_deref(b"DW", file).and_then(Object::as_float) {
            self.usual_width = usual;
        }
        let Ok(runs) = below.get_deref(b"W", file).and_then(Object::as_array) else { return };
        let mut runs = runs.iter();
        while let (Some(first), Some(next)) = (runs.next(), runs.next()) {
            let Some(first) = number(file, first).filter(|first| (0.0..=65535.0).contains(first)) else {
                return;
            };
            let next = file.dereference(next).map_or(next, |(_, next)| next);
            if let Ok(widths) = next.as_array() {
                for (at, width) in widths.iter().enumerate() {
                    self.widths.extend(number(file, width).map(|width| (first as u32 + at as u32, width)));
                }
            } else if let (Some(last), Some(width)) =
                (number(file, next), runs.next().and_then(|width| number(file, width)))
            {
                let last = (last.min(65535.0) as u32).min(first as u32 + 65535);
                self.widths.extend((first as u32..=last).map(|code| (code, width)));
            }
            if self.widths.len() > WIDTHS_CAP {
                return;
            }
        }
    }
}

/// What codes of two bytes say where they are Unicode themselves; all others are the font's own.
fn wide_letters(font: &Dictionary) -> HashMap<u32, String> {
    let name = font.get(b"Encoding").and_then(Object::as_name).unwrap_or_default();
    let is_unicode = |kind: &[u8]| memchr::memmem::find(name, kind).is_some();
    if !(name.starts_with(b"Uni") && (is_unicode(b"UCS2") || is_unicode(b"UTF16"))) {
        return HashMap::new();
    }
    (1..=0xffff).filter_map(|code| Some((code, char::from_u32(code)?.to_string()))).collect()
}

/// What a code says, where it says anything.
fn says(encoding: &Encoding, code: &[u8]) -> Option<String> {
    let text = Document::decode_text(encoding, code).ok()?;
    (!text.is_empty() && !text.contains(['\u{fffd}', '\0'])).then_some(text)
}

fn number(file: &Document, object: &Object) -> Option<f32> {
    let object = file.dereference(object).map_or(object, |(_, object)| object);
    object.as_float().ok().filter(|number| number.is_finite())
}

/// Which objects the fonts of a page are, so that each is read once for all pages.
pub(super) fn ids(file: &Document, page: ObjectId) -> HashMap<Vec<u8>, ObjectId> {
    let mut ids = HashMap::new();
    let Ok((own, others)) = file.get_page_resources(page) else { return ids };
    let others = others.iter().filter_map(|&id| file.get_dictionary(id).ok());
    for resources in own.into_iter().chain(others) {
        let Ok(fonts) = resources.get_deref(b"Font", file).and_then(Object::as_dict) else { continue };
        for (name, font) in fonts {
            if let Ok(id) = font.as_reference() {
                ids.entry(name.clone()).or_insert(id);
            }
        }
    }
    ids
}
