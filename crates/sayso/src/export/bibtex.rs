//! BibTeX: every page as an entry.

use super::ExportError;
use super::cited::{Cited, Day};
use super::records::Walk;
use std::io::Write;

/// As BibTeX's own styles name the months.
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

pub(super) fn write(walk: &mut Walk, out: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
    let mut entries = 0;
    walk.pages(false, &mut |_, page| {
        out.write_all(entry(&Cited::of(page)).as_bytes())?;
        entries += 1;
        Ok(())
    })?;
    Ok(entries)
}

fn entry(cited: &Cited) -> String {
    let mut text = format!("@misc{{sayso:{},\n", cited.key);
    let mut add = |name: &str, value: &str| text += &format!("  {name} = {value},\n");
    // Twice in braces: no style changes the letters of a headline.
    add("title", &format!("{{{{{}}}}}", escaped(&cited.title)));
    if !cited.authors.is_empty() {
        let authors: Vec<String> =
            cited.authors.iter().map(|author| format!("{{{}}}", escaped(author))).collect();
        add("author", &format!("{{{}}}", authors.join(" and ")));
    }
    if let Some(outlet) = &cited.outlet {
        add("howpublished", &format!("{{{}}}", escaped(outlet)));
    }
    if let Some(Day { year, month, day }) = cited.date {
        add("year", &format!("{{{year:04}}}"));
        if let Some(name) = MONTHS.get((month - 1) as usize) {
            add("month", name);
        }
        add("day", &format!("{{{day}}}"));
    }
    if let Some(url) = &cited.url {
        add("url", &format!("{{{}}}", address(url)));
        if let Some(read) = cited.read {
            add("urldate", &format!("{{{}}}", read.iso()));
        }
    }
    if let Some(language) = &cited.language {
        add("language", &format!("{{{}}}", escaped(language)));
    }
    text + "}\n\n"
}

/// Words that TeX sets as they are.
fn escaped(words: &str) -> String {
    let mut safe = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' => safe.push_str("\\textbackslash{}"),
            '~' => safe.push_str("\\textasciitilde{}"),
            '^' => safe.push_str("\\textasciicircum{}"),
            // Escaped braces still count where BibTeX looks for the end of a field.
            '{' => safe.push_str("\\textbraceleft{}"),
            '}' => safe.push_str("\\textbraceright{}"),
            '&' | '%' | '$' | '#' | '_' => {
                safe.push('\\');
                safe.push(c);
            }
            c => safe.push(c),
        }
    }
    safe
}

/// An address without what would end its field, or begin a remark or a command.
fn address(url: &str) -> String {
    url.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_words_of_a_page_are_tex() {
        assert_eq!(escaped("50% & more_ #1 $x^2$"), "50\\% \\& more\\_ \\#1 \\$x\\textasciicircum{}2\\$");
        assert_eq!(
            escaped("\\input{/etc/passwd}"),
            "\\textbackslash{}input\\textbraceleft{}/etc/passwd\\textbraceright{}"
        );
        assert_eq!(address("https://pier.example/{a}\\"), "https://pier.example/%7Ba%7D%5C");
    }
}
