//! The models that are built in, each with a card beside it in `models/`.

use crate::claims::{Denial, Grouper, Ranker};
use crate::judge::Judge;
use crate::learned::Senses;
use crate::learned::{ModelError, Vectors};
use crate::words::Wordings;
use std::sync::LazyLock;

/// Everything learned that linking needs. Make one and share it.
#[derive(Debug)]
pub struct Models {
    /// Word lists and word vectors.
    pub wordings: Wordings,
    /// Orders the claims that an index found for a text.
    pub ranker: Ranker,
    /// Tells which statements make the same claim.
    pub grouper: Grouper,
    /// Tells denials from paraphrases.
    pub denial: Denial,
    /// Says of a text what it does to a proposition. Opened when it is first asked: that takes a tenth of a second.
    pub judge: LazyLock<Judge>,
}

impl Models {
    /// The models that are built in.
    pub fn built_in() -> Models {
        let read = || -> Result<Models, ModelError> {
            Ok(Models {
                wordings: Wordings::new(Vectors::read(include_bytes!("../models/words.bin"))?),
                ranker: Ranker::read(include_bytes!("../models/claims.json"))?,
                grouper: Grouper::read(include_bytes!("../models/groups.json"))?,
                denial: Denial::read(include_bytes!("../models/polarity.json"))?,
                judge: LazyLock::new(Judge::built_in),
            })
        };
        read().expect("the models that are built in were opened by the tests")
    }

    /// The models that are built in, with those that look at what a model of sentences says too.
    pub fn with_sentences(senses: Senses) -> Result<Models, ModelError> {
        let words = Models::built_in();
        let grouper = Grouper::read_sensed(include_bytes!("../models/groups.sentences.json"))?;
        let (model, program) = (senses.width(), grouper.sense_width());
        if model != program {
            return Err(ModelError::Width { model, program });
        }
        Ok(Models {
            wordings: words.wordings.with_senses(senses),
            ranker: Ranker::read_sensed(include_bytes!("../models/claims.sentences.json"))?,
            grouper,
            denial: words.denial,
            judge: words.judge,
        })
    }
}
