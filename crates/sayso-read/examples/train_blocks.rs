//! Trains and cross-validates `models/blocks.forest`, and writes it; see `models/blocks.md`.
//!
//! `cargo run --release -p sayso-read --features train --example train_blocks -- pages PAGES seeds 1 aug 3 trees 220 depth 5 lr 0.07 fs 0.2 [out FILE]`
//! PAGES holds `body.json`, `body/`, `comments.json` and `comments/` (pages as `*.html.gz`). `seeds 0` only trains.

fn dump(h: &str) -> Vec<(String, u8, Vec<f32>)> {
    sayso_read::document::html::training::examples(h)
        .into_iter()
        .map(|e| (e.words, e.decided as u8, e.features))
        .collect()
}
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
struct Row {
    x: Vec<f32>,
    y: f64,
    w: f64,
    page: usize,
    toks: Vec<u32>,
    text: String,
}
impl Row {
    fn cl(&self) -> Row {
        Row { x: self.x.clone(), y: self.y, w: self.w, page: self.page, toks: vec![], text: String::new() }
    }
}
fn toks(t: &str, voc: &mut HashMap<String, u32>) -> Vec<u32> {
    t.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|s| !s.is_empty())
        .map(|s| {
            let n = voc.len() as u32;
            *voc.entry(s.to_owned()).or_insert(n)
        })
        .collect()
}
fn sh(t: &[u32]) -> HashMap<[u32; 4], i32> {
    let mut m = HashMap::new();
    if t.is_empty() {
        return m;
    }
    if t.len() < 4 {
        let mut k = [u32::MAX; 4];
        k[..t.len()].copy_from_slice(t);
        m.insert(k, 1);
        return m;
    }
    for w in t.windows(4) {
        *m.entry([w[0], w[1], w[2], w[3]]).or_insert(0) += 1;
    }
    m
}
struct Rng(u64);
impl Rng {
    fn n(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn f(&mut self) -> f64 {
        (self.n() >> 11) as f64 / (1u64 << 53) as f64
    }
}
#[derive(Clone)]
struct T {
    f: Vec<u16>,
    th: Vec<f32>,
    l: Vec<u16>,
    r: Vec<u16>,
    v: Vec<f32>,
}
struct P {
    trees: usize,
    depth: usize,
    lr: f64,
    l2: f64,
    minh: f64,
    fs: f64,
    rs: f64,
}
fn fit(rows: &[Row], idx: &[usize], p: &P, seed: u64) -> Vec<T> {
    let nf = rows[0].x.len();
    let mut rng = Rng(seed * 7919 + 12345);
    // bins
    let mut cuts: Vec<Vec<f32>> = vec![];
    for f in 0..nf {
        let mut v: Vec<f32> = idx.iter().map(|&i| rows[i].x[f]).collect();
        v.sort_by(f32::total_cmp);
        v.dedup();
        let c = if v.len() <= 48 {
            v.windows(2).map(|w| (w[0] + w[1]) / 2.0).collect()
        } else {
            let mut a: Vec<f32> = idx.iter().map(|&i| rows[i].x[f]).collect();
            a.sort_by(f32::total_cmp);
            let mut c: Vec<f32> = (1..48).map(|q| a[a.len() * q / 48]).collect();
            c.dedup();
            c
        };
        cuts.push(c);
    }
    let bins: Vec<Vec<u8>> = (0..nf)
        .map(|f| idx.iter().map(|&i| cuts[f].partition_point(|&c| c < rows[i].x[f]) as u8).collect())
        .collect();
    let n = idx.len();
    let mut s = vec![0f64; n];
    let mut out = vec![];
    for _ in 0..p.trees {
        let mut g = vec![0f64; n];
        let mut h = vec![0f64; n];
        let used: Vec<usize> = (0..n).filter(|_| rng.f() < p.rs).collect();
        for &k in &used {
            let r = &rows[idx[k]];
            let q = 1.0 / (1.0 + (-s[k]).exp());
            g[k] = (r.y - q) * r.w;
            h[k] = (q * (1.0 - q)).max(1e-6) * r.w;
        }
        let feats: Vec<usize> = (0..nf).filter(|&f| !cuts[f].is_empty() && rng.f() < p.fs).collect();
        let mut t = T { f: vec![], th: vec![], l: vec![], r: vec![], v: vec![] };
        // node queue
        let mut q: Vec<(usize, Vec<usize>, usize)> = vec![];
        let add = |t: &mut T| {
            t.f.push(u16::MAX);
            t.th.push(0.);
            t.l.push(0);
            t.r.push(0);
            t.v.push(0.);
            t.f.len() - 1
        };
        let root = add(&mut t);
        q.push((root, used, 0));
        while let Some((node, ks, d)) = q.pop() {
            let (gs, hs) = ks.iter().fold((0., 0.), |a, &k| (a.0 + g[k], a.1 + h[k]));
            t.v[node] = (p.lr * gs / (hs + p.l2)) as f32;
            if d >= p.depth || ks.len() < 20 {
                continue;
            }
            let base = gs * gs / (hs + p.l2);
            let mut best = (1e-3, 0usize, 0usize);
            for &f in &feats {
                let nb = cuts[f].len() + 1;
                let mut hg = [0f64; 64];
                let mut hh = [0f64; 64];
                let b = &bins[f];
                for &k in &ks {
                    hg[b[k] as usize] += g[k];
                    hh[b[k] as usize] += h[k];
                }
                let (mut a, mut c) = (0., 0.);
                for j in 0..nb - 1 {
                    a += hg[j];
                    c += hh[j];
                    if c < p.minh || hs - c < p.minh {
                        continue;
                    }
                    let gain = a * a / (c + p.l2) + (gs - a) * (gs - a) / (hs - c + p.l2) - base;
                    if gain > best.0 {
                        best = (gain, f, j)
                    }
                }
            }
            if best.0 <= 1e-3 {
                continue;
            }
            let (f, j) = (best.1, best.2);
            let (lk, rk): (Vec<usize>, Vec<usize>) = ks.into_iter().partition(|&k| bins[f][k] as usize <= j);
            let l = add(&mut t);
            let r = add(&mut t);
            t.f[node] = f as u16;
            t.th[node] = cuts[f][j];
            t.l[node] = l as u16;
            t.r[node] = r as u16;
            q.push((l, lk, d + 1));
            q.push((r, rk, d + 1));
        }
        for k in 0..n {
            s[k] += pred1(&t, &rows[idx[k]].x) as f64;
        }
        out.push(t);
    }
    out
}
fn pred1(t: &T, x: &[f32]) -> f32 {
    let mut n = 0;
    while t.f[n] != u16::MAX {
        n = if x[t.f[n] as usize] <= t.th[n] { t.l[n] } else { t.r[n] } as usize;
    }
    t.v[n]
}
fn pred(m: &[T], x: &[f32]) -> f32 {
    m.iter().map(|t| pred1(t, x)).sum()
}
/// The folder that follows the word "pages" on the command line.
fn folder() -> std::path::PathBuf {
    let arguments: Vec<String> = std::env::args().collect();
    let at = arguments.iter().position(|word| word == "pages").expect("name the folder: pages FOLDER");
    arguments.get(at + 1).expect("name the folder: pages FOLDER").into()
}

fn unpacked(set: &str, name: &str) -> Vec<u8> {
    use std::io::Read;
    let file = std::fs::File::open(folder().join(set).join(name)).expect("the page is there");
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).expect("the page can be unpacked");
    bytes
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let ans: serde_json::Value =
        serde_json::from_slice(&std::fs::read(folder().join("body.json")).unwrap()).unwrap();
    let mut rows = vec![];
    let mut voc = HashMap::new();
    let mut gold = vec![];
    let mut host = vec![];
    let mut files = vec![];
    let mut names: Vec<_> = ans.as_object().unwrap().keys().cloned().collect();
    names.sort();
    for (pi, name) in names.iter().enumerate() {
        let a = &ans[name];
        let body = a["body"].as_str().unwrap();
        let g = toks(body, &mut voc);
        let gs0 = sh(&g);
        let mut gs = gs0.clone();
        let u = a["url"].as_str().unwrap().split('/').nth(2).unwrap();
        let dom: Vec<&str> = u.split('.').collect();
        host.push(dom[dom.len().saturating_sub(2)..].join("."));
        let lines: std::collections::HashSet<Vec<u32>> =
            body.split('\n').map(|l| toks(l, &mut voc)).collect();
        let b = unpacked("body", name);
        let s = String::from_utf8_lossy(&b);
        let start = rows.len();
        let mut tot = 0;
        for (t, out, x) in dump(&s) {
            let tk = toks(&t, &mut voc);
            if tk.is_empty() {
                continue;
            }
            let y = if tk.len() < 4 {
                lines.contains(&tk)
            } else {
                let m = sh(&tk);
                let (mut hit, mut all) = (0, 0);
                for (k, c) in &m {
                    all += c;
                    hit += (*c).min(*gs.get(k).unwrap_or(&0));
                }
                let y = hit * 2 > all;
                if y {
                    for (k, c) in &m {
                        if let Some(z) = gs.get_mut(k) {
                            *z -= c;
                        }
                    }
                }
                y
            };
            if y && out > 0 && args.iter().any(|a| a == "lost") {
                println!("LOST {} {out} {}", &name[..8], t.chars().take(100).collect::<String>());
            }
            if out > 0 {
                continue;
            }
            if y {
                tot += tk.len()
            }
            rows.push(Row { x, y: y as u8 as f64, w: tk.len() as f64 + 3.0, page: pi, toks: tk, text: t });
        }
        for r in &mut rows[start..] {
            r.w = (r.w / (tot as f64 + 50.0) * 50.0).min(20.0);
        }
        gold.push(gs0);
        files.push(name.clone());
    }
    let np = gold.len();
    let main_rows = rows.len();
    let mut extra: Vec<Row> = vec![];
    {
        let mut rng = Rng(99);
        let g0: f64 = args
            .iter()
            .position(|a| a == "aug")
            .and_then(|i| args.get(i + 1))
            .and_then(|x| x.parse().ok())
            .unwrap_or(3.0);
        let esc = |t: &str| t.replace('&', "&amp;").replace('<', "&lt;");
        for (pi, name) in names.iter().enumerate() {
            let paras: Vec<&str> = ans[name]["body"]
                .as_str()
                .unwrap()
                .split('\n')
                .filter(|l| l.split_whitespace().count() > 3)
                .collect();
            if paras.is_empty() {
                continue;
            }
            for v0 in 0..(g0 as usize) {
                let v = v0 % 3;
                let n = (2 + (rng.n() % 9) as usize).min(paras.len());
                let at = (rng.n() as usize) % (paras.len() - n + 1);
                let mut b = String::new();
                let mut goldl = std::collections::HashSet::new();
                for (k, p) in paras[at..at + n].iter().enumerate() {
                    let p: String = if rng.n() % 3 == 0 {
                        let w: Vec<&str> = p.split_whitespace().collect();
                        let c = 4 + (rng.n() % 12) as usize;
                        w[..c.min(w.len())].join(" ") + "."
                    } else {
                        p.to_string()
                    };
                    goldl.insert(p.split_whitespace().collect::<Vec<_>>().join(" "));
                    let e = esc(&p);
                    b += &match rng.n() % 8 {
                        0 if k > 0 => format!("<blockquote><p>{e}</p></blockquote>"),
                        1 => format!("<p><b>{}</b></p>", e),
                        2 => {
                            format!("<p><a href='/x'>{}</a></p>", e.chars().take(0).collect::<String>() + &e)
                        }
                        _ => format!("<p>{e}</p>"),
                    };
                }
                let t = ["Harbour news", "What became of the pier", "Minister answers critics"][v];
                let foot = [
                    "<footer>Copyright 2012 The Lantern. All rights reserved.</footer>",
                    "<div id=footer><p>&copy; Quay Notes</p></div>",
                    "",
                ][(rng.n() % 3) as usize];
                let nav = [
                    "<nav><a href='/'>Home</a> <a href='/p'>Politics</a></nav>",
                    "<div id=nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></div>",
                    "",
                ][(rng.n() % 3) as usize];
                let side = [
                    "<div id=sidebar><h3>Archives</h3><ul><li><a href='/1'>May 2007</a></li><li><a href='/2'>June 2007</a></li></ul></div>",
                    "<aside><h2>Related</h2><ul><li><a href='/r'>Ferry runs late again, says company</a></li><li><a href='/s'>Crane falls into the dock</a></li></ul></aside>",
                    "",
                ][(rng.n() % 3) as usize];
                let by = [
                    "<p class=byline>By Ann Lee | May 3, 2011</p>",
                    "<div class=meta>Posted by Ann at 9:15 am</div>",
                    "",
                ][(rng.n() % 3) as usize];
                let h = match v {
                    0 => format!(
                        "<html><head><title>{t}</title></head><body>{nav}<article><h1>{t}</h1>{by}{b}</article>{side}{foot}</body></html>"
                    ),
                    1 => format!(
                        "<html><head><title>{t} | Lantern</title></head><body>{nav}<div id=main><div class='post hentry'><h2 class=entry-title>{t}</h2>{by}<div class=entry-content>{b}</div></div></div>{side}{foot}</body></html>"
                    ),
                    _ => format!("<html><body>{nav}<h1>{t}</h1>{by}{b}{foot}</body></html>"),
                };
                for (tx, out, x) in dump(&h) {
                    if out > 0 {
                        continue;
                    }
                    let y = goldl.contains(&tx.split_whitespace().collect::<Vec<_>>().join(" "));
                    let w = tx.split_whitespace().count();
                    extra.push(Row {
                        x,
                        y: y as u8 as f64,
                        w: if y { 0.3 + w as f64 / 40.0 } else { 0.6 },
                        page: pi,
                        toks: vec![],
                        text: tx,
                    });
                }
            }
        }
        let cans: serde_json::Value =
            serde_json::from_slice(&std::fs::read(folder().join("comments.json")).unwrap()).unwrap();
        let sq = |t: &str| t.split_whitespace().collect::<Vec<_>>().join(" ");
        for (name, c) in cans.as_object().unwrap() {
            let b = unpacked("comments", name);
            let s = String::from_utf8_lossy(&b);
            let l = |k: &str| -> Vec<String> {
                c[k].as_array()
                    .unwrap()
                    .iter()
                    .map(|v| sq(v.as_str().unwrap()))
                    .filter(|s| s.len() > 5)
                    .collect()
            };
            let (pos, neg) = (l("in_body"), l("not_in_body"));
            for (tx, out, x) in dump(&s) {
                if out > 0 {
                    continue;
                }
                let t = sq(&tx);
                let y = pos.iter().any(|p| t.contains(p.as_str()));
                let n = neg.iter().any(|p| t.contains(p.as_str()));
                if y != n {
                    extra.push(Row {
                        x,
                        y: y as u8 as f64,
                        w: 4.0,
                        page: usize::MAX,
                        toks: vec![],
                        text: tx,
                    });
                }
            }
        }
        println!("extra {}", extra.len());
    }
    let score = |keep: &dyn Fn(usize, &Row) -> bool, show: bool| -> (f64, f64, f64) {
        let mut by: Vec<Vec<u32>> = vec![vec![]; np];
        for (i, r) in rows.iter().enumerate() {
            if keep(i, r) {
                by[r.page].extend(&r.toks)
            }
        }
        let (mut ps, mut pn, mut rs, mut rn) = (0., 0., 0., 0.);
        let mut per = vec![];
        for p in 0..np {
            let m = sh(&by[p]);
            let tp: i32 = m.iter().map(|(k, c)| (*c).min(*gold[p].get(k).unwrap_or(&0))).sum();
            let pr: i32 = m.values().sum();
            let tr: i32 = gold[p].values().sum();
            if pr > 0 {
                ps += tp as f64 / pr as f64;
                pn += 1.
            }
            if tr > 0 {
                rs += tp as f64 / tr as f64;
                rn += 1.
            }
            per.push((
                2.0 * tp as f64 / (pr + tr) as f64,
                tp as f64 / pr.max(1) as f64,
                tp as f64 / tr as f64,
                p,
            ));
        }
        if show {
            per.sort_by(|a, b| a.0.total_cmp(&b.0));
            for x in per.iter().take(45) {
                println!(
                    "{:.3} p{:.3} r{:.3} {} {}",
                    x.0,
                    x.1,
                    x.2,
                    &files[x.3][..12],
                    ans[&files[x.3]]["url"].as_str().unwrap()
                );
            }
        }
        let (p, r) = (ps / pn, rs / rn);
        (2.0 * p * r / (p + r), p, r)
    };
    println!("rows {} feats {} oracle {:?}", rows.len(), rows[0].x.len(), score(&|_, r| r.y > 0.5, false));
    let g =
        |k: &str, d: f64| args.iter().position(|a| a == k).map(|i| args[i + 1].parse().unwrap()).unwrap_or(d);
    let p = P {
        trees: g("trees", 160.) as usize,
        depth: g("depth", 4.) as usize,
        lr: g("lr", 0.08),
        l2: g("l2", 5.0),
        minh: g("minh", 3.0),
        fs: g("fs", 0.3),
        rs: g("rs", 0.8),
    };
    let folds = 8;
    let seeds = g("seeds", 1.) as u64;
    for seed in 1..=seeds {
        let mut s = vec![0f32; rows.len()];
        let fold: Vec<usize> = rows
            .iter()
            .map(|r| {
                let mut h = std::collections::hash_map::DefaultHasher::new();
                (seed, &host[r.page]).hash(&mut h);
                (h.finish() % folds) as usize
            })
            .collect();
        for k in 0..folds as usize {
            let idx: Vec<usize> = (0..rows.len()).filter(|&i| fold[i] != k).collect();
            let m = if args.iter().any(|a| a == "aug") {
                let test: std::collections::HashSet<usize> =
                    (0..rows.len()).filter(|&i| fold[i] == k).map(|i| rows[i].page).collect();
                let mut all: Vec<Row> = idx.iter().map(|&i| rows[i].cl()).collect();
                all.extend(extra.iter().filter(|r| !test.contains(&r.page)).map(|r| r.cl()));
                let ix: Vec<usize> = (0..all.len()).collect();
                fit(&all, &ix, &p, seed + k as u64)
            } else {
                fit(&rows, &idx, &p, seed + k as u64)
            };
            for i in 0..rows.len() {
                if fold[i] == k {
                    s[i] = pred(&m, &rows[i].x);
                }
            }
        }
        {
            let pa = g("pa", 0.0) as f32;
            let pb = g("pb", 0.0) as f32;
            let mut seen: std::collections::HashSet<(usize, Vec<u32>)> = Default::default();
            for i in 0..rows.len() {
                let r = &rows[i];
                if r.x[78] > 0.5 {
                    s[i] -= pa;
                }
                if r.x[79] > 0.5 {
                    s[i] -= pb;
                }
                if s[i] > -0.3 && r.toks.len() >= 8 && !seen.insert((r.page, r.toks.clone())) {
                    s[i] -= 6.0;
                }
            }
        }
        let mut mx = vec![f32::MIN; np];
        for (i, r) in rows.iter().enumerate() {
            if r.page < np {
                mx[r.page] = mx[r.page].max(s[i]);
            }
        }
        for i in 0..rows.len() {
            let m = mx[rows[i].page];
            if m < -0.5 {
                s[i] += -m;
            }
        }
        for th in [0.0, 0.3, 0.6, 0.9, 1.2] {
            println!("seed {seed} th {th} {:.4?}", score(&|i, _| s[i] > th, false));
        }
        if args.iter().any(|a| a == "show") {
            score(&|i, _| s[i] > -0.3, true);
            if let Some(at) = args.iter().position(|a| a == "page") {
                for (i, r) in rows.iter().enumerate() {
                    if files[r.page].starts_with(&args[at + 1]) && (r.y > 0.5) != (s[i] > -0.3) {
                        println!(
                            "{} y={} s={:.2} {}",
                            i,
                            r.y,
                            s[i],
                            r.text.chars().take(150).collect::<String>().replace('\n', "|")
                        );
                    }
                }
            }
        }
    }
    if let Some(at) = args.iter().position(|a| a == "out") {
        let _ = main_rows;
        let mut all: Vec<Row> = rows.iter().map(|r| r.cl()).collect();
        all.extend(extra.iter().map(|r| r.cl()));
        let idx: Vec<usize> = (0..all.len()).collect();
        let m = fit(&all, &idx, &p, 1);
        let mut b: Vec<u8> = vec![];
        b.extend((m.len() as u32).to_le_bytes());
        for t in &m {
            b.extend((t.f.len() as u16).to_le_bytes());
            for n in 0..t.f.len() {
                b.extend(t.f[n].to_le_bytes());
                b.extend((if t.f[n] == u16::MAX { t.v[n] } else { t.th[n] }).to_le_bytes());
                b.extend(t.l[n].to_le_bytes());
                b.extend(t.r[n].to_le_bytes());
            }
        }
        std::fs::write(&args[at + 1], &b).unwrap();
        println!("wrote {} bytes", b.len());
    }
}
