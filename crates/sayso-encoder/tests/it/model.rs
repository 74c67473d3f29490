//! A small model, made up at random, in the files in which models are published.

use half::f16;
use safetensors::Dtype;
use safetensors::tensor::TensorView;
use std::collections::BTreeMap;

pub(crate) const WIDTH: usize = 32;
pub(crate) const HEADS: usize = 2;
pub(crate) const INNER: usize = 80;
pub(crate) const LAYERS: usize = 2;
/// Few, so that long texts are cut.
pub(crate) const PLACES: usize = 64;
pub(crate) const WORDS: [&str; 18] = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "barrel", "##s", "were", "was", "empty", "ministry", "denied",
    "that", "on", "pier", ",", "said", "of",
];

#[derive(Clone)]
pub(crate) struct Model {
    pub(crate) tensors: BTreeMap<String, (Vec<usize>, Vec<f32>)>,
    half: bool,
}

impl Model {
    /// Weights by a generator that is the same everywhere.
    pub(crate) fn made_up(seed: u64) -> Model {
        let mut state = seed;
        let mut random = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / (1 << 23) as f32 - 1.0
        };
        let mut tensors = BTreeMap::new();
        let mut add = |name: String, shape: &[usize], by: f32, and: f32| {
            let values = (0..shape.iter().product()).map(|_| random() * by + and).collect();
            tensors.insert(name, (shape.to_vec(), values));
        };
        for (name, count) in [("word", WORDS.len()), ("position", PLACES), ("token_type", 2)] {
            add(format!("embeddings.{name}_embeddings.weight"), &[count, WIDTH], 1.0, 0.0);
        }
        let mut norms = vec!["embeddings.LayerNorm".to_owned()];
        let mut linears = Vec::new();
        for layer in 0..LAYERS {
            let name = |part: &str| format!("encoder.layer.{layer}.{part}");
            norms.extend([name("attention.output.LayerNorm"), name("output.LayerNorm")]);
            for part in ["self.query", "self.key", "self.value", "output.dense"] {
                linears.push((name(&format!("attention.{part}")), WIDTH, WIDTH));
            }
            linears.push((name("intermediate.dense"), INNER, WIDTH));
            linears.push((name("output.dense"), WIDTH, INNER));
        }
        for norm in norms {
            add(format!("{norm}.weight"), &[WIDTH], 0.3, 1.0);
            add(format!("{norm}.bias"), &[WIDTH], 0.1, 0.0);
        }
        for (linear, outputs, inputs) in linears {
            add(format!("{linear}.weight"), &[outputs, inputs], 0.25, 0.0);
            add(format!("{linear}.bias"), &[outputs], 0.1, 0.0);
        }
        Model { tensors, half: false }
    }

    /// The same in numbers of 16 bits.
    pub(crate) fn in_half(mut self) -> Model {
        self.half = true;
        self
    }

    /// The same with something before each name.
    pub(crate) fn named(mut self, prefix: &str) -> Model {
        self.tensors = self.tensors.into_iter().map(|(name, own)| (format!("{prefix}{name}"), own)).collect();
        self
    }

    pub(crate) fn without(&self, name: &str) -> Model {
        let mut model = self.clone();
        model.tensors.remove(name).expect("there was one");
        model
    }

    /// `model.safetensors`.
    pub(crate) fn file(&self) -> Vec<u8> {
        let bytes = |values: &[f32]| -> Vec<u8> {
            match self.half {
                true => values.iter().flat_map(|x| f16::from_f32(*x).to_le_bytes()).collect(),
                false => values.iter().flat_map(|x| x.to_le_bytes()).collect(),
            }
        };
        let dtype = if self.half { Dtype::F16 } else { Dtype::F32 };
        let all: Vec<(&String, &Vec<usize>, Vec<u8>)> =
            self.tensors.iter().map(|(name, (shape, values))| (name, shape, bytes(values))).collect();
        let views = all.iter().map(|(name, shape, bytes)| {
            (name.as_str(), TensorView::new(dtype, (*shape).clone(), bytes).expect("the bytes fit the shape"))
        });
        safetensors::serialize(views, None).expect("a model can be written")
    }

    /// `config.json`.
    pub(crate) fn config(&self) -> String {
        format!(
            "{{\"model_type\":\"bert\",\"hidden_act\":\"gelu\",\"hidden_size\":{WIDTH},\
             \"num_hidden_layers\":{LAYERS},\"num_attention_heads\":{HEADS},\"intermediate_size\":{INNER},\
             \"max_position_embeddings\":{PLACES},\"vocab_size\":{},\"type_vocab_size\":2,\
             \"layer_norm_eps\":1e-12}}",
            WORDS.len()
        )
    }

    /// `tokenizer.json`.
    pub(crate) fn tokenizer(&self) -> String {
        let words: Vec<String> =
            WORDS.iter().enumerate().map(|(at, word)| format!("\"{word}\":{at}")).collect();
        format!(
            "{{\"version\":\"1.0\",\"truncation\":null,\"padding\":null,\"added_tokens\":[],\
             \"normalizer\":{{\"type\":\"BertNormalizer\",\"clean_text\":true,\"handle_chinese_chars\":true,\
             \"strip_accents\":null,\"lowercase\":true}},\"pre_tokenizer\":{{\"type\":\"BertPreTokenizer\"}},\
             \"post_processor\":null,\"decoder\":null,\"model\":{{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\",\
             \"continuing_subword_prefix\":\"##\",\"max_input_chars_per_word\":100,\"vocab\":{{{}}}}}}}",
            words.join(",")
        )
    }
}
