//! Hand-made answers to one document, as a `*.gold.json` file holds them.

use serde::{Deserialize, Deserializer};

/// An answer that a file may leave out: then it is not asked. `Some(None)` says that the page has none.
pub(super) type Asked<T> = Option<Option<T>>;

fn asked<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Asked<T>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// All answers to one document.
#[derive(Debug, Deserialize)]
pub(super) struct Gold {
    pub(super) id: String,
    /// The document, in the same folder.
    pub(super) text_file: String,
    #[serde(default, deserialize_with = "asked")]
    pub(super) site: Asked<String>,
    #[serde(default, deserialize_with = "asked")]
    pub(super) published: Asked<String>,
    #[serde(default, deserialize_with = "asked")]
    pub(super) modified: Asked<String>,
    pub(super) title: Option<String>,
    pub(super) section: Option<String>,
    #[serde(default)]
    pub(super) byline: Vec<String>,
    #[serde(default)]
    pub(super) comments: Vec<Comment>,
    #[serde(default)]
    pub(super) block_quotes: Vec<BlockQuote>,
    #[serde(default)]
    pub(super) attributions: Vec<Attribution>,
    #[serde(default)]
    pub(super) corrections: Vec<Correction>,
    #[serde(default)]
    pub(super) grounds: Vec<Ground>,
    #[serde(default)]
    pub(super) rivals: Vec<serde_json::Value>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Comment {
    pub(super) author: Option<String>,
    pub(super) url: Option<String>,
    #[serde(default, deserialize_with = "asked")]
    pub(super) published: Asked<String>,
    /// The place in the list, from 0, of the comment that it answers.
    #[serde(default, deserialize_with = "asked")]
    pub(super) parent: Asked<usize>,
}

#[derive(Debug, Deserialize)]
pub(super) struct BlockQuote {
    /// On whose word it stands.
    pub(super) from: Option<String>,
    #[serde(default, deserialize_with = "asked")]
    pub(super) href: Asked<String>,
    pub(super) first_words: String,
    pub(super) last_words: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Attribution {
    pub(super) id: String,
    #[serde(alias = "source_words")]
    pub(super) source: Vec<Place>,
    #[serde(alias = "cue_words")]
    pub(super) cue: Vec<Place>,
    #[serde(alias = "content_words")]
    pub(super) content: Vec<Place>,
    /// Who passed it on.
    pub(super) via: Option<String>,
    /// Who a pronoun, or a voice carried over, stands for.
    pub(super) speaker: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) stance: Option<String>,
    pub(super) named: Option<bool>,
    #[serde(default)]
    pub(super) optional: bool,
}

/// Where words stand: code points of the file as it is, or, for files with markup, the words themselves.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Place {
    Offsets([usize; 2]),
    Words(String),
}

#[derive(Debug, Deserialize)]
pub(super) struct Correction {
    /// The words that the notice starts with.
    pub(super) at_words: String,
    /// Which sort; where it is not given, any that takes words back is right.
    pub(super) kind: Option<String>,
    /// What it takes back, in words.
    pub(super) withdraws: Option<String>,
    /// Whom it no longer believes.
    #[serde(default)]
    pub(super) distrusts: Vec<String>,
}

/// A reason for something said, both by the ids of their answers.
#[derive(Debug, Deserialize)]
pub(super) struct Ground {
    pub(super) from: String,
    pub(super) to: String,
}
