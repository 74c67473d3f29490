//! The same vectors in 64 bits, as the papers have them, without a thought for speed.

use crate::model::{HEADS, LAYERS, Model, PLACES, WIDTH, WORDS};

type Row = Vec<f64>;

pub(crate) fn vector(model: &Model, sentence: &str) -> Row {
    let tensor = |name: &str| &model.tensors[name].1;
    let row = |name: &str, at: usize| tensor(name)[at * WIDTH..][..WIDTH].iter().map(|x| f64::from(*x));
    let pieces = pieces(sentence);
    let mut x: Vec<Row> = Vec::new();
    for (at, &piece) in pieces.iter().enumerate() {
        let word = row("embeddings.word_embeddings.weight", piece);
        let place = row("embeddings.position_embeddings.weight", at);
        let kind = row("embeddings.token_type_embeddings.weight", 0);
        let sum = word.zip(place).zip(kind).map(|((word, place), kind)| word + place + kind).collect();
        x.push(norm(model, "embeddings.LayerNorm", sum));
    }
    for layer in 0..LAYERS {
        let name = |part: &str| format!("encoder.layer.{layer}.{part}");
        let through = |part: &str, x: &[Row]| -> Vec<Row> {
            x.iter().map(|row| linear(model, &name(part), row)).collect()
        };
        let [query, key, value] =
            ["query", "key", "value"].map(|of| through(&format!("attention.self.{of}"), &x));
        let seen = through("attention.output.dense", &attend(&query, &key, &value));
        x = added(&x, &seen)
            .into_iter()
            .map(|row| norm(model, &name("attention.output.LayerNorm"), row))
            .collect();
        let mut inner = through("intermediate.dense", &x);
        inner.iter_mut().flatten().for_each(|x| *x = gelu(*x));
        let outer = through("output.dense", &inner);
        x = added(&x, &outer).into_iter().map(|row| norm(model, &name("output.LayerNorm"), row)).collect();
    }
    let mut mean = vec![0.0; WIDTH];
    x.iter().for_each(|row| mean.iter_mut().zip(row).for_each(|(mean, x)| *mean += x));
    let length = mean.iter().map(|x| x * x).sum::<f64>().sqrt();
    mean.iter().map(|x| x / length).collect()
}

/// The longest pieces first, word by word.
fn pieces(sentence: &str) -> Vec<usize> {
    let place = |piece: &str| WORDS.iter().position(|word| *word == piece);
    let mut pieces = vec![place("[CLS]").unwrap()];
    for word in sentence.to_lowercase().split_whitespace() {
        let whole = place(word).map(|piece| vec![piece]);
        let two = || word.strip_suffix('s').and_then(|stem| Some(vec![place(stem)?, place("##s")?]));
        pieces.extend(whole.or_else(two).unwrap_or(vec![place("[UNK]").unwrap()]));
    }
    pieces.truncate(PLACES - 1);
    pieces.push(place("[SEP]").unwrap());
    pieces
}

fn linear(model: &Model, name: &str, row: &Row) -> Row {
    let weight = &model.tensors[&format!("{name}.weight")].1;
    let bias = &model.tensors[&format!("{name}.bias")].1;
    let outputs = weight.chunks(row.len()).zip(bias);
    outputs
        .map(|(weight, bias)| {
            row.iter().zip(weight).map(|(x, weight)| x * f64::from(*weight)).sum::<f64>() + f64::from(*bias)
        })
        .collect()
}

fn norm(model: &Model, name: &str, row: Row) -> Row {
    let mean = row.iter().sum::<f64>() / row.len() as f64;
    let spread = row.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / row.len() as f64;
    let weight = &model.tensors[&format!("{name}.weight")].1;
    let bias = &model.tensors[&format!("{name}.bias")].1;
    let each = row.iter().zip(weight).zip(bias);
    each.map(|((x, weight), bias)| {
        (x - mean) / (spread + 1e-12).sqrt() * f64::from(*weight) + f64::from(*bias)
    })
    .collect()
}

fn attend(query: &[Row], key: &[Row], value: &[Row]) -> Vec<Row> {
    let own = WIDTH / HEADS;
    let mut out = vec![vec![0.0; WIDTH]; query.len()];
    for head in (0..WIDTH).step_by(own) {
        for (query, out) in query.iter().zip(&mut out) {
            let score = |key: &Row| {
                let both = query[head..head + own].iter().zip(&key[head..head + own]);
                (both.map(|(a, b)| a * b).sum::<f64>() / (own as f64).sqrt()).exp()
            };
            let scores: Vec<f64> = key.iter().map(score).collect();
            let sum: f64 = scores.iter().sum();
            for (score, value) in scores.iter().zip(value) {
                for at in head..head + own {
                    out[at] += score / sum * value[at];
                }
            }
        }
    }
    out
}

fn added(a: &[Row], b: &[Row]) -> Vec<Row> {
    a.iter().zip(b).map(|(a, b)| a.iter().zip(b).map(|(a, b)| a + b).collect()).collect()
}

/// By Simpson's rule, so that no formula is tested against itself.
fn gelu(x: f64) -> f64 {
    const STEPS: usize = 400;
    let end = x.abs().min(8.0);
    let step = end / STEPS as f64;
    let density = |x: f64| (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let sum: f64 = (1..STEPS).map(|at| density(at as f64 * step) * if at % 2 == 1 { 4.0 } else { 2.0 }).sum();
    let area = (density(0.0) + density(end) + sum) * step / 3.0;
    x * (0.5 + area.copysign(x))
}
