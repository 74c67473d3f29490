//! A picture as SVG: boxes in layers, lines from each to those who took their words from it. No script, no style of its
//! own: the page's style sheet gives the colours, so that the same drawing serves in light and dark.

use super::layout::{Layout, Line, Room, layout};
use super::picture::{Fold, Left, Picture, Voice};
use crate::harmless;
use maud::{Markup, html};
use std::fmt::Write as _;

/// The size of a box in pixels, and what is between two.
const WIDE: f64 = 186.0;
const HIGH: f64 = 62.0;
const BETWEEN_LAYERS: f64 = 64.0;
/// Between two boxes of one layer; more where some of them stand in a frame, which has a name above it.
const GAP: f64 = 18.0;
const GAP_OF_FRAMES: f64 = 40.0;
/// How far a frame is from the boxes inside, and how high its name stands.
const FRAME: f64 = 7.0;
const FRAME_NAME: f64 = 15.0;
/// Room around the drawing, so that outlines and stacked boxes are not cut.
const MARGIN: f64 = 10.0;
/// About so many letters go on a line of a box, which has two lines for a name.
const LETTERS: usize = 25;
const LETTERS_BELOW: usize = 30;

/// The middle of a place in the layout, in pixels.
fn point((layer, across): (usize, f64), above: f64) -> (f64, f64) {
    (MARGIN + WIDE / 2.0 + layer as f64 * (WIDE + BETWEEN_LAYERS), MARGIN + above + across)
}

/// Draws a picture, words flowing from left to right. Each box links to `#PREFIX-NUMBER`, its number being its place in
/// the picture; `label` tells those who cannot see it what it shows.
pub fn draw(picture: &Picture, prefix: &str, label: &str) -> Markup {
    let is_framed = !picture.speaks_for.is_empty();
    let (gap, above) = if is_framed { (GAP_OF_FRAMES, FRAME + FRAME_NAME) } else { (GAP, 0.0) };
    let layout = layout(picture.voices.len(), &picture.edges, Room { node: HIGH, gap, line: 8.0 });
    let layers = layout.layers.max(1) as f64;
    let width = (2.0 * MARGIN + layers * WIDE + (layers - 1.0) * BETWEEN_LAYERS).ceil();
    let height = (2.0 * MARGIN + layout.across + above + if is_framed { FRAME } else { 0.0 }).ceil();
    let arrow = format!("arrow-{prefix}");
    html! {
        svg class="chain" role="group" aria-label=(label) xmlns="http://www.w3.org/2000/svg"
            viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height) {
            defs {
                marker id=(arrow) viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"
                    orient="auto-start-reverse" { path class="head" d="M0 .8 7 4 0 7.2z" {} }
            }
            @for (name, voices) in &picture.speaks_for {
                @for run in runs(voices, &layout) { (frame(name, run, above)) }
            }
            @for (line, &(from, _)) in layout.edges.iter().zip(&picture.edges) {
                path class=(line_class(line, &picture.voices[from])) d=(way_of(line, above))
                    marker-end={ "url(#" (arrow) ")" } {}
            }
            @for (number, (voice, &place)) in picture.voices.iter().zip(&layout.nodes).enumerate() {
                (node(voice, point(place, above), &format!("#{prefix}-{number}")))
            }
        }
    }
}

/// Those who speak for one, in runs of neighbours: the layer of each run, and from where to where it reaches across.
fn runs(voices: &[usize], layout: &Layout) -> Vec<(usize, f64, f64)> {
    let mut places: Vec<(usize, f64)> = voices.iter().map(|&voice| layout.nodes[voice]).collect();
    places.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut runs: Vec<(usize, f64, f64)> = Vec::new();
    for (layer, across) in places {
        match runs.last_mut().filter(|run| run.0 == layer && across - run.2 < HIGH + GAP_OF_FRAMES + 1.0) {
            Some(run) => run.2 = across,
            None => runs.push((layer, across, across)),
        }
    }
    runs
}

/// A frame around those who speak for one, with the name above.
fn frame(name: &str, (layer, first, last): (usize, f64, f64), above: f64) -> Markup {
    let ((x, top), (_, bottom)) = (point((layer, first), above), point((layer, last), above));
    let (left, top) = (x - WIDE / 2.0 - FRAME, top - HIGH / 2.0 - FRAME);
    let high = bottom + HIGH / 2.0 + FRAME - top;
    html! {
        rect class="frame" x=(px(left)) y=(px(top)) width=(px(WIDE + 2.0 * FRAME)) height=(px(high)) rx="9" {}
        text class="below" x=(px(x)) y=(px(top - 4.0)) { (cut(&format!("for {}", harmless::line(name)), LETTERS_BELOW)) }
    }
}

fn line_class(line: &Line, from: &Voice) -> String {
    let mut class = "line".to_owned();
    if from.left != Left::Stands {
        class += " gone";
    }
    if line.is_back {
        class += " back";
    }
    class
}

/// A curve from the edge of one box to the edge of the next, through all the places between.
fn way_of(line: &Line, above: f64) -> String {
    let mut points: Vec<(f64, f64)> = line.through.iter().map(|&place| point(place, above)).collect();
    let turn = if line.is_back { -1.0 } else { 1.0 };
    let last = points.len() - 1;
    points[0].0 += turn * WIDE / 2.0;
    points[last].0 -= turn * (WIDE / 2.0 + 2.0);
    let mut way = format!("M{:.1} {:.1}", points[0].0, points[0].1);
    for pair in points.windows(2) {
        let ((x, y), (to_x, to_y)) = (pair[0], pair[1]);
        // A place between is passed straight, a box is left and entered at a right angle.
        let middle = (x + to_x) / 2.0;
        let _ = write!(way, "C{middle:.1} {y:.1} {middle:.1} {to_y:.1} {to_x:.1} {to_y:.1}");
    }
    way
}

fn node(voice: &Voice, (x, y): (f64, f64), link: &str) -> Markup {
    let (left, top) = (x - WIDE / 2.0, y - HIGH / 2.0);
    let class = class(voice);
    let lines = wrapped(&title(voice), LETTERS);
    let below = cut(&below(voice), LETTERS_BELOW);
    // The name in the middle, a little higher where something stands under it.
    let middle = if below.is_empty() { y + 5.0 } else { y - 4.0 };
    let first = middle - 8.0 * (lines.len() as f64 - 1.0);
    // An unnamed source is round at the ends, so that it is told apart without any colour.
    let round = if voice.unnamed { HIGH / 2.0 } else { 5.0 };
    html! {
        a class=(class) href=(link) aria-label=(told(voice)) {
            title { (told(voice)) }
            @if voice.names.len() > 1 {
                rect class="behind" x=(px(left + 6.0)) y=(px(top - 6.0)) width=(px(WIDE)) height=(px(HIGH))
                    rx="5" {}
                rect class="behind" x=(px(left + 3.0)) y=(px(top - 3.0)) width=(px(WIDE)) height=(px(HIGH))
                    rx="5" {}
            }
            rect class="box" x=(px(left)) y=(px(top)) width=(px(WIDE)) height=(px(HIGH)) rx=(px(round)) {}
            @for (number, line) in lines.iter().enumerate() {
                text class="name" x=(px(x)) y=(px(first + 16.0 * number as f64)) { (line) }
            }
            @if !below.is_empty() {
                text class="below" x=(px(x)) y=(px(y + HIGH / 2.0 - 9.0)) { (below) }
            }
        }
    }
}

fn px(pixels: f64) -> String {
    let text = format!("{pixels:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// The classes of a voice: what is left of it, and whether it is named, one, and heard itself.
pub(super) fn class(voice: &Voice) -> String {
    let left = match voice.left {
        Left::Stands => "stands",
        Left::Open => "open",
        Left::Withdrawn => "withdrawn",
        Left::Fallen => "fallen",
        Left::Groundless => "groundless",
    };
    let mut class = format!("voice {left}");
    for (is_so, word) in
        [(voice.unnamed, "unnamed"), (voice.names.len() > 1, "folded"), (!voice.held, "not-held")]
    {
        if is_so {
            class += " ";
            class += word;
        }
    }
    class
}

/// What stands in the box: the name, or how many there are.
pub(super) fn title(voice: &Voice) -> String {
    match (voice.names.as_slice(), voice.fold) {
        ([name], _) => harmless::line(name),
        (names, _) if voice.unnamed => format!("{} unnamed sources", names.len()),
        (names, _) => format!("{} sources", names.len()),
    }
}

/// The small line under it.
fn below(voice: &Voice) -> String {
    let mut facts = Vec::new();
    match voice.fold {
        Fold::One if voice.unnamed => facts.push("unnamed"),
        Fold::One if !voice.held => facts.push("heard through others"),
        Fold::One => {}
        Fold::Alike => facts.push("who pass on the same"),
        Fold::Row => facts.push("one after another"),
        Fold::Rest => facts.push("more, drawn as one"),
    }
    if voice.left != Left::Stands {
        facts.clear();
        if voice.unnamed {
            facts.push("unnamed");
        }
        facts.push(match voice.left {
            Left::Groundless => "on nothing that stands",
            left => left.word(),
        });
    }
    facts.join(" · ")
}

/// The whole of it, for those who hear it or point at it.
fn told(voice: &Voice) -> String {
    let mut told = title(voice);
    if voice.unnamed && voice.names.len() == 1 {
        told += ", unnamed";
    }
    if voice.names.len() > 1 {
        let names: Vec<String> = voice.names.iter().take(3).map(|name| harmless::line(name)).collect();
        told += &format!(": {}", names.join(", "));
        if voice.names.len() > names.len() {
            told += &format!(" and {} more", voice.names.len() - names.len());
        }
    }
    told + &format!("; {}", voice.left.word())
}

/// How much room a letter takes up, in letters: those of East Asia are twice as wide.
fn wide(c: char) -> usize {
    if matches!(c as u32, 0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1FAFF | 0x20000..=0x3FFFD)
    {
        2
    } else {
        1
    }
}

/// As much of a text as goes on a line.
fn cut(text: &str, letters: usize) -> String {
    if text.chars().map(wide).sum::<usize>() <= letters {
        return text.to_owned();
    }
    let mut room = letters - 1;
    let fits = |c: &char| {
        let fits = wide(*c) <= room;
        room = room.saturating_sub(wide(*c));
        fits
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{}…", kept.trim_end())
}

/// A text on two lines at most, broken between words where it can be.
fn wrapped(text: &str, letters: usize) -> Vec<String> {
    let width = |text: &str| text.chars().map(wide).sum::<usize>();
    if width(text) <= letters {
        return vec![text.to_owned()];
    }
    let mut first = String::new();
    for word in text.split(' ') {
        if width(&first) + 1 + width(word) > letters {
            break;
        }
        if !first.is_empty() {
            first.push(' ');
        }
        first += word;
    }
    let rest = match text.strip_prefix(first.as_str()) {
        Some(rest) if !first.is_empty() => rest.trim_start(),
        // One word that is longer than a line.
        _ => return vec![cut(text, letters)],
    };
    vec![first.clone(), cut(rest, letters)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_broken_between_words_and_cut() {
        assert_eq!(wrapped("Harbour Courier", 25), ["Harbour Courier"]);
        assert_eq!(wrapped("a senior environment official", 25), ["a senior environment", "official"]);
        assert_eq!(wrapped(&"x".repeat(60), 10), ["xxxxxxxxx…"]);
        assert_eq!(wrapped("水水水水水水", 10), ["水水水水…"]);
        for letters in 3..20 {
            for text in ["a b c d e f g h i j k l m", "", "one", "水 水水 水水水 水水水水"] {
                let lines = wrapped(text, letters);
                assert!(lines.len() <= 2);
                assert!(
                    lines.iter().all(|line| line.chars().map(wide).sum::<usize>() <= letters),
                    "{lines:?}"
                );
            }
        }
    }
}
