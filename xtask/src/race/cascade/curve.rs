//! F1 against speed, as a picture.

use super::{BUILT_IN, Measured, Reader};
use std::fmt::Write;

/// The corners of the field in which the curves are drawn.
const FIELD: [f64; 4] = [60.0, 20.0, 570.0, 350.0];
/// Tokens a CPU second that are named below the field, on a logarithmic scale, and between which it ends.
const SPEEDS: [f64; 5] = [3e3, 1e4, 3e4, 1e5, 3e5];
const SPEED_SPAN: [f64; 2] = [2e3, 6e5];
/// Percent of F1 at the foot and at the head of the field.
const F1_SPAN: [f64; 2] = [62.0, 83.0];
/// Percent from one line to the next.
const F1_STEP: usize = 3;

/// Each curve, by its place among the one-to-one figures, with its colour.
const CURVES: [(usize, &str, &str); 3] =
    [(0, "content", "#0b5c8a"), (1, "+ source", "#a14a00"), (2, "+ source + cue", "#3f6b1f")];

/// The picture, as SVG.
pub(super) fn picture(all: &[Measured]) -> String {
    let mut out = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 400\" font-family=\"sans-serif\" \
         font-size=\"13\" role=\"img\" aria-label=\"One-to-one F1 of the cascade against its speed\">\n\
         <rect width=\"720\" height=\"400\" fill=\"#fff\"/>\n",
    );
    let mut line = |line: String| writeln!(out, "{line}").expect("a string takes all");
    let [left, _, right, foot] = FIELD;
    for f1 in (F1_SPAN[0] as usize..=F1_SPAN[1] as usize).step_by(F1_STEP) {
        let y = height(f1 as f64);
        line(format!("<path d=\"M{left} {y:.1}H{right}\" stroke=\"#ddd\"/>"));
        line(format!("<text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{f1}</text>", left - 8.0, y + 4.0));
    }
    for speed in SPEEDS {
        let (x, y) = (across(speed), foot + 20.0);
        line(format!("<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"middle\">{},000</text>", speed / 1e3));
    }
    let middle = (left + right) / 2.0;
    line(format!("<text x=\"{middle}\" y=\"392\" text-anchor=\"middle\">tokens a CPU second</text>"));
    for (which, name, colour) in CURVES {
        let places: Vec<(f64, f64)> =
            all.iter().map(|one| (across(one.tokens_per_cpu_s), height(one.one_to_one[which]))).collect();
        let path: Vec<String> = places.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        line(format!(
            "<path d=\"M{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            path.join(" L")
        ));
        for ((x, y), one) in places.iter().zip(all) {
            let built_in = one.reader == Reader::Cascade(BUILT_IN);
            let radius = if built_in { 6 } else { 3 };
            line(format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"{colour}\"/>"));
        }
        if let Some((x, y)) = places.first() {
            line(format!("<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{colour}\">{name}</text>", x + 8.0, y + 4.0));
        }
    }
    out.push_str("</svg>\n");
    out
}

fn across(speed: f64) -> f64 {
    let [least, most] = SPEED_SPAN;
    FIELD[0] + (speed / least).ln() / (most / least).ln() * (FIELD[2] - FIELD[0])
}

fn height(f1: f64) -> f64 {
    FIELD[3] - (f1 - F1_SPAN[0]) / (F1_SPAN[1] - F1_SPAN[0]) * (FIELD[3] - FIELD[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_faster_stands_to_the_right_and_what_is_better_above() {
        let one = |reader, f1: f64, speed| Measured {
            reader,
            exact: [0.0; 3],
            one_to_one: [f1, f1 - 5.0, f1 - 8.0],
            tokens_per_cpu_s: speed,
        };
        let picture = picture(&[one(Reader::Fast, 74.0, 3e5), one(Reader::Careful, 81.0, 5e3)]);
        assert!(across(3e5) > across(5e3) && height(81.0) < height(74.0));
        assert_eq!(picture.matches("<circle").count(), 6);
        assert!(picture.ends_with("</svg>\n"));
    }
}
