//! Claims that grow: denials, no chaining, what a person parts and joins; models against damage.

use sayso_link::Models;
use sayso_link::claims::{Claims, JoinBy, Ranker, Relation};
use sayso_link::learned::{Forest, Vectors};
use std::sync::LazyLock;

static MODELS: LazyLock<Models> = LazyLock::new(Models::built_in);

fn relation(a: &str, b: &str) -> Relation {
    let (a, b) = (MODELS.wordings.of(a), MODELS.wordings.of(b));
    MODELS.denial.relation(&a, &b, &MODELS.wordings).0
}

#[test]
fn a_denial_is_told_from_a_paraphrase() {
    assert_eq!(
        relation("The man is mending the fence", "The man is not mending the fence"),
        Relation::Contradiction
    );
    assert_ne!(relation("The man is mending the fence", "A man is mending a fence"), Relation::Contradiction);
    assert_eq!(relation("The man is mending the fence", "Two dogs are asleep on a boat"), Relation::Neutral);
}

#[test]
fn the_same_words_make_one_claim_and_a_denial_counts_against_it() {
    let mut claims = Claims::new();
    let first = claims
        .add("the dye works shipped barrels to the coast", false, true, JoinBy::Words, &MODELS)
        .unwrap();
    let again = claims
        .add("The dye works shipped the barrels to the coast.", false, true, JoinBy::Words, &MODELS)
        .unwrap();
    let denied = claims
        .add("that the dye works shipped barrels to the coast", true, true, JoinBy::Words, &MODELS)
        .unwrap();
    let other = claims
        .add("the mayor will open a swimming pool in autumn", false, true, JoinBy::Words, &MODELS)
        .unwrap();
    assert!(first.founded && first.for_it);
    assert_eq!((again.claim, again.for_it), (first.claim, true));
    assert_eq!((denied.claim, denied.for_it), (first.claim, false));
    assert_ne!(other.claim, first.claim);
}

#[test]
fn another_number_is_another_claim() {
    let mut claims = Claims::new();
    let twelve =
        claims.add("the flood killed 12 people in Pellam", false, true, JoinBy::Words, &MODELS).unwrap();
    let again =
        claims.add("The flood killed 12 people in Pellam town", false, true, JoinBy::Words, &MODELS).unwrap();
    let none = claims.add("The flood killed people in Pellam", false, true, JoinBy::Words, &MODELS).unwrap();
    let fifteen =
        claims.add("the flood killed 15 people in Pellam", false, true, JoinBy::Words, &MODELS).unwrap();
    assert_eq!((again.claim, none.claim), (twelve.claim, twelve.claim));
    assert!(fifteen.founded && fifteen.claim != twelve.claim);
}

#[test]
fn own_voice_joins_and_does_not_found() {
    let mut claims = Claims::new();
    assert_eq!(claims.add("the ferry sank off the cape", false, false, JoinBy::Words, &MODELS), None);
    let founded = claims.add("the ferry sank off the cape", false, true, JoinBy::Words, &MODELS).unwrap();
    let joined = claims.add("The ferry sank off the cape", false, false, JoinBy::Words, &MODELS).unwrap();
    assert_eq!(joined.claim, founded.claim);
}

#[test]
fn a_person_joins_and_parts() {
    let mut claims = Claims::new();
    let a = claims.add("the ferry sank off the cape", false, true, JoinBy::Words, &MODELS).unwrap().claim;
    let b =
        claims.add("inspectors found rust in every bolt", false, true, JoinBy::Words, &MODELS).unwrap().claim;
    claims.merge(a, b);
    let later =
        claims.add("inspectors found rust in every bolt", false, true, JoinBy::Words, &MODELS).unwrap().claim;
    assert_eq!((later, claims.place(b)), (a, a));
    let parted = claims.split("inspectors found rust in every bolt", a, &MODELS);
    assert_ne!(parted, a);
    assert_eq!(claims.parted(), [(a, parted)]);
}

#[test]
fn what_is_remembered_is_joined_like_what_was_added() {
    let mut claims = Claims::new();
    claims.remember("the ferry sank off the cape", 0, true, &MODELS);
    claims.remember("inspectors found rust in every bolt", 1, true, &MODELS);
    let joined =
        claims.add("inspectors found rust in every bolt", true, true, JoinBy::Words, &MODELS).unwrap();
    assert_eq!((joined.claim, joined.for_it, claims.len()), (1, false, 2));
}

#[test]
fn damaged_models_are_refused() {
    let features = ["a", "b"];
    let read =
        |json: &str| Forest::read(json.as_bytes(), &features).map(|_| ()).map_err(|error| error.to_string());
    assert_eq!(read(r#"{"features":["a","b"],"base":0,"trees":[[[1,0.5,1,2],[1.0],[2.0]]]}"#), Ok(()));
    // A node that points back would loop for ever, one that points outside would panic.
    for tree in ["[[1,0.5,0,1],[1.0]]", "[[1,0.5,1,9],[1.0]]", "[[2,0.5,1,2],[1.0],[2.0]]", "[]"] {
        let model = format!(r#"{{"features":["a","b"],"base":0,"trees":[{tree}]}}"#);
        assert_eq!(read(&model), Err("tree 0 of the model is damaged".to_owned()), "{tree}");
    }
    assert!(read(r#"{"features":["a"],"base":0,"trees":[]}"#).is_err());
    assert!(Ranker::read(b"not json").is_err());
    for bytes in [
        &b""[..],
        b"sayso-words 1 2 9\nab\n",
        b"sayso-words 1 2 1\nab\n\x01\x02",
        b"other 1 2 1\nab\n\x01\x02\x03",
    ] {
        assert!(Vectors::read(bytes).is_err());
    }
}

#[test]
fn stop_words_are_sorted() {
    // They are looked up by halving; every one must be found.
    for word in ["a", "about", "the", "their", "yourselves", "not", "don"] {
        assert!(sayso_link::words::is_stop(word), "{word}");
    }
    assert!(!sayso_link::words::is_stop("barrel"));
}
