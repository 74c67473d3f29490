//! How wide the letters of the standard fonts are (ISO 32000-1, 9.6.2.2), which files need not tell.
//!
//! The bold and slanted cuts are taken to be as wide as the upright ones, which is near enough to tell where a line ends.

use memchr::memmem;

/// From the space to the tilde, in thousandths of the font's size.
const SANS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];
const SERIF: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333,
    389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469,
    500, 333, 444, 500, 444, 500, 500, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389,
    278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];
const FIXED: f32 = 600.0;

/// How wide what a code of a standard font says is; nothing for fonts of other names.
pub(super) fn width(font: &[u8], said: &str) -> Option<f32> {
    let is = |name: &str| memmem::find(font, name.as_bytes()).is_some();
    let table = match () {
        () if is("Courier") => return Some(FIXED),
        () if is("Helvetica") || is("Arial") => &SANS,
        () if is("Times") => &SERIF,
        () => return None,
    };
    let letter = said.chars().next()?;
    let alike = match letter {
        '‘' | '’' => '!',
        '“' | '”' => 'r',
        '–' | '•' => '0',
        '—' | '…' => 'W',
        letter => letter,
    };
    let at = (alike as u32).checked_sub(32)?;
    Some(table.get(at as usize).map_or(f32::from(table[usize::from(b'o' - b' ')]), |&width| f32::from(width)))
}
