//! Linking with a model of sentences: which ones are taken, and that what they say is looked at.

use sayso_link::Models;
use sayso_link::claims::{Claims, JoinBy};
use sayso_link::learned::{ModelError, Senses, Sentences};

/// Gives sentences with the same first word the same vector, and others unlike ones.
#[derive(Debug)]
struct ByFirstWord(usize);

impl Sentences for ByFirstWord {
    fn vector(&self, sentence: &str) -> Vec<f32> {
        let first = sentence.split_whitespace().next().unwrap_or_default();
        let mut vector = vec![0.0; self.0];
        vector[first.bytes().map(usize::from).sum::<usize>() % self.0] = 1.0;
        vector
    }

    fn width(&self) -> usize {
        self.0
    }

    fn digits(&self) -> &str {
        "first words"
    }
}

fn models(width: usize) -> Result<Models, ModelError> {
    Models::with_sentences(Senses::new(Box::new(ByFirstWord(width))))
}

#[test]
fn a_model_of_another_width_is_refused() {
    assert!(matches!(models(8), Err(ModelError::Width { model: 8, program: 384 })));
}

#[test]
fn texts_are_sensed_and_claims_still_grow_one_by_one() {
    let models = models(384).unwrap();
    let (a, b) =
        (models.wordings.sensed("Nine barrels stood there."), models.wordings.sensed("Nobody knew."));
    assert_eq!((a.senses.len(), b.senses.len()), (1, 1));
    assert!(models.wordings.of("Nine barrels stood there.").senses.is_empty());
    let mut claims = Claims::new();
    let first = claims
        .add("the dye works shipped barrels to the coast", false, true, JoinBy::Words, &models)
        .unwrap();
    let again = claims
        .add("The dye works shipped the barrels to the coast.", false, true, JoinBy::Words, &models)
        .unwrap();
    let other = claims
        .add("the mayor will open a swimming pool in autumn", false, true, JoinBy::Words, &models)
        .unwrap();
    assert!(first.founded && again.claim == first.claim && other.claim != first.claim);
}
