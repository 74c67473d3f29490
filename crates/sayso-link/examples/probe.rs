use sayso_link::Models;
fn main() {
    let models = Models::built_in();
    let v = models.wordings.vectors();
    for pair in std::env::args().skip(1) {
        let (a, b) = pair.split_once('/').unwrap();
        let n = match (v.place(a), v.place(b)) {
            (Some(x), Some(y)) => format!("{:.2}", v.nearness(x, y)),
            (x, y) => format!("missing {x:?} {y:?}"),
        };
        let r = |w: &str| {
            let w = models.wordings.of(w);
            w.words.first().map(|w| models.wordings.rarity(w.stem))
        };
        println!("{a} {:?} {b} {:?}: {n}", r(a), r(b));
    }
}
