//! Sentence models against a slow and simple way to get the same, and models that are none.

mod model;
mod slow;

use half::f16;
use model::Model;
use sayso_encoder::{EncoderError, SentenceModel};

const SENTENCES: [&str; 5] = [
    "the barrels were empty",
    "The ministry denied that the barrels were empty",
    "pier",
    "",
    "barrels on the pier , said the unknownword of the ministry ; the pier was empty , said the ministry of barrels",
];

fn open(model: &Model) -> Result<SentenceModel, EncoderError> {
    SentenceModel::new(model.config().as_bytes(), model.tokenizer().as_bytes(), &model.file())
}

#[test]
fn vectors_are_those_of_the_slow_way() {
    let model = Model::made_up(7);
    let own = open(&model).unwrap();
    assert_eq!(own.width(), model::WIDTH);
    for sentence in SENTENCES {
        let (vector, wanted) = (own.vector(sentence), slow::vector(&model, sentence));
        let length: f32 = vector.iter().map(|x| x * x).sum();
        assert!((length - 1.0).abs() < 1e-5);
        let cosine: f64 = vector.iter().zip(&wanted).map(|(own, wanted)| f64::from(*own) * wanted).sum();
        assert!(cosine > 0.9995, "{sentence:?}: {cosine}");
    }
    // Directions of a made-up model are not all the same, or the comparison would say nothing.
    let [first, second] = [own.vector(SENTENCES[0]), own.vector(SENTENCES[2])];
    assert!(first.iter().zip(&second).map(|(a, b)| a * b).sum::<f32>() < 0.95);
}

#[test]
fn vectors_are_the_same_bit_by_bit_however_they_are_asked_for() {
    let own = open(&Model::made_up(7)).unwrap();
    let alone: Vec<Vec<f32>> = SENTENCES.iter().map(|sentence| own.vector(sentence)).collect();
    std::thread::scope(|scope| {
        let asked: Vec<_> = (0..4).map(|_| scope.spawn(|| own.vectors(&SENTENCES))).collect();
        asked.into_iter().for_each(|asked| assert_eq!(asked.join().unwrap(), alone));
    });
    let digits: u64 = alone.iter().flatten().fold(0, |sum, x| sum.rotate_left(5) ^ u64::from(x.to_bits()));
    // What this was with AVX-512, with AVX2 and with neither: sums have one order on every machine.
    assert_eq!(format!("{digits:016x}"), "96068683025c584f");
}

#[test]
fn weights_of_sixteen_bits_and_names_that_say_bert_are_read() {
    let model = Model::made_up(7);
    let (whole, half) = (open(&model).unwrap(), open(&model.in_half().named("bert.")).unwrap());
    for sentence in SENTENCES {
        let cosine: f32 = whole.vector(sentence).iter().zip(half.vector(sentence)).map(|(a, b)| a * b).sum();
        assert!(cosine > 0.999, "{sentence:?}: {cosine}");
    }
    assert_ne!(whole.digits(), half.digits());
    assert_eq!(f16::from_f32(0.5).to_f32(), 0.5);
}

#[test]
fn what_is_no_model_is_told_so() {
    let refused = |model: &Model| open(model).unwrap_err().to_string();
    let model = Model::made_up(7);
    let refuse = |config: &str, tokenizer: &str, weights: &[u8]| {
        SentenceModel::new(config.as_bytes(), tokenizer.as_bytes(), weights).unwrap_err().to_string()
    };
    let (config, tokenizer, file) = (model.config(), model.tokenizer(), model.file());
    assert!(refuse("{}", &tokenizer, &file).contains("config.json"));
    assert!(refuse(&config.replace("\"bert\"", "\"mpnet\""), &tokenizer, &file).contains("mpnet"));
    assert!(refuse(&config.replace("\"gelu\"", "\"silu\""), &tokenizer, &file).contains("bert with gelu"));
    assert!(refuse(&config, "{}", &file).contains("tokenizer"));
    assert!(refuse(&config, &tokenizer, &file[..file.len() / 2]).len() > 5);
    assert!(refuse(&config, &tokenizer, b"").len() > 5);
    assert!(refused(&model.without("encoder.layer.1.output.dense.bias")).contains("is missing"));
    let wide = config.replace("\"hidden_size\":32", "\"hidden_size\":64");
    assert!(refuse(&wide, &tokenizer, &file).contains("is of shape"), "{}", refuse(&wide, &tokenizer, &file));
    let odd = config.replace("\"num_attention_heads\":2", "\"num_attention_heads\":5");
    assert!(refuse(&odd, &tokenizer, &file).contains("no encoder has this shape"));
    let small = config.replace(&format!("\"vocab_size\":{}", model::WORDS.len()), "\"vocab_size\":3");
    assert!(refuse(&small, &tokenizer, &file).contains("of another model"));
}

#[test]
fn only_the_start_of_what_is_long_is_looked_at() {
    let own = open(&Model::made_up(7)).unwrap();
    let long = "barrels on the pier ".repeat(2_000);
    assert_eq!(own.vector(&long), own.vector(&"barrels on the pier ".repeat(16)));
}
