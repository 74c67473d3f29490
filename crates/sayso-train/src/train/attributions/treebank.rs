//! Sentences of a treebank (CoNLL-U, <https://universaldependencies.org/format.html>) as paragraphs with parts of
//! speech. Their tokens are cut otherwise than ours ("do" + "n't"): one of ours has the tag of the one it starts in.

use crate::json_lines;
use anyhow::{Context, Result};
use sayso_read::tagger::paragraph::{Paragraph, WordGroups};
use sayso_read::tagger::speech::from_penn;
use std::io::Read;
use std::path::Path;

/// The sentences of a file, with the tag of each token.
pub(super) fn read(path: &Path, groups: &WordGroups) -> Result<Vec<(Paragraph, Vec<u8>)>> {
    let bytes = json_lines::bytes(path)?;
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        flate2::read::MultiGzDecoder::new(&bytes[..]).read_to_string(&mut text)
    } else {
        bytes.as_slice().read_to_string(&mut text)
    }
    .with_context(|| format!("{} is no CoNLL-U text", path.display()))?;
    Ok(text
        .split("\n\n")
        .map(|sentence| read_sentence(sentence, groups))
        .filter(|(p, _)| !p.is_empty())
        .collect())
}

fn read_sentence(lines: &str, groups: &WordGroups) -> (Paragraph, Vec<u8>) {
    let mut text = String::new();
    let mut tags: Vec<(usize, u8)> = Vec::new();
    // A run of words that was written as one ("2-3 don't"): the last of them, and where the next one starts in the text.
    let (mut run_end, mut run_at) = (0, 0);
    for line in lines.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, form, _, _, penn, .., misc] = fields[..] else { continue };
        let spaced = if misc.contains("SpaceAfter=No") { "" } else { " " };
        let tag = from_penn(penn, &form.to_lowercase());
        if let Some((_, last)) = id.split_once('-') {
            (run_end, run_at) = (last.parse().unwrap_or(0), text.len());
        } else if id.parse().is_ok_and(|number: usize| number <= run_end) {
            // Its letters are in the text already; where the parts are spelt otherwise, they are one byte each.
            let rest = text.get(run_at..).unwrap_or_default();
            let start = rest.find(form).map_or(run_at, |at| run_at + at);
            tags.push((start, tag));
            run_at = start + if rest.contains(form) { form.len() } else { 1 };
            continue;
        } else {
            tags.push((text.len(), tag));
        }
        text.push_str(form);
        text.push_str(spaced);
    }
    let paragraph = Paragraph::new(&text, 0..text.len(), groups);
    let own = paragraph
        .tokens
        .iter()
        .map(|token| {
            tags.iter().rfind(|(start, _)| *start <= token.start as usize).map_or(0, |(_, tag)| *tag)
        })
        .collect();
    (paragraph, own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sayso_read::tagger::speech::TAGS;

    #[test]
    fn runs_written_as_one_are_taken_apart() {
        let lines = "# text = I don't.\n1\tI\tI\tPRON\tPRP\t_\t2\t_\t_\t_\n2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
                     2\tdo\tdo\tAUX\tVBP\t_\t0\t_\t_\t_\n3\tn't\tnot\tPART\tRB\t_\t2\t_\t_\t_\n4\t.\t.\tPUNCT\t.\t_\t2\t_\t_\t_";
        let (paragraph, tags) = read_sentence(lines, &WordGroups::default());
        let tags: Vec<&str> = tags.into_iter().map(|tag| TAGS[tag as usize]).collect();
        assert_eq!(paragraph.len(), 5);
        assert_eq!(tags, ["pronoun", "present", "negation", "negation", "mark"]);
    }
}
