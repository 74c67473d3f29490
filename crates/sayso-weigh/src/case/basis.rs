//! On what a statement of a case file rests.

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// On what a statement rests: `"first"` hand, or a list of alternatives. No alternatives: its basis is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// At first hand.
    First,
    /// On any one of these.
    Alternatives(Vec<Alternative>),
}

impl Serialize for Basis {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Basis::First => serializer.serialize_str("first"),
            Basis::Alternatives(alternatives) => alternatives.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Basis {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Basis, D::Error> {
        struct BasisVisitor;
        impl<'de> Visitor<'de> for BasisVisitor {
            type Value = Basis;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("\"first\" or a list of alternatives, each a list of ids, such as [[\"a\", \"b\"], [\"c\"]]")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Basis, E> {
                if text == "first" {
                    Ok(Basis::First)
                } else {
                    Err(E::invalid_value(serde::de::Unexpected::Str(text), &self))
                }
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Basis, A::Error> {
                let mut alternatives = Vec::new();
                while let Some(alternative) = sequence.next_element()? {
                    alternatives.push(alternative);
                }
                Ok(Basis::Alternatives(alternatives))
            }
        }
        deserializer.deserialize_any(BasisVisitor)
    }
}

/// What a statement may rest on: statement ids and `claim:ID` that are needed together. One that needs nothing holds.
/// Written as the list of them, or as `{"all": [...], "possible": true}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternative {
    /// What is needed together.
    pub all: Vec<String>,
    /// It is only possible that it rests on these, so that nothing counts that needs it.
    pub possible: bool,
}

/// The long way to write an alternative.
#[derive(Serialize, Deserialize)]
struct AlternativeForm<L> {
    all: L,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    possible: bool,
}

impl Serialize for Alternative {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.possible {
            AlternativeForm { all: &self.all, possible: true }.serialize(serializer)
        } else {
            self.all.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Alternative {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Alternative, D::Error> {
        struct AlternativeVisitor;
        impl<'de> Visitor<'de> for AlternativeVisitor {
            type Value = Alternative;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str(
                    "a list of ids, such as [\"a\", \"b\"], or {\"all\": [\"a\", \"b\"], \"possible\": true}",
                )
            }

            fn visit_seq<A: SeqAccess<'de>>(self, sequence: A) -> Result<Alternative, A::Error> {
                let all = Vec::deserialize(SeqAccessDeserializer::new(sequence))?;
                Ok(Alternative { all, possible: false })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Alternative, A::Error> {
                let form = AlternativeForm::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Alternative { all: form.all, possible: form.possible })
            }
        }
        deserializer.deserialize_any(AlternativeVisitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Basis {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Basis".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "\"first\" hand, or alternatives: each a list of statement ids and claim:ID needed together, or an object with that list, which says that it is only possible.",
            "oneOf": [
                { "const": "first" },
                {
                    "type": "array",
                    "items": {
                        "oneOf": [
                            { "type": "array", "items": { "type": "string" } },
                            {
                                "type": "object",
                                "properties": {
                                    "all": { "type": "array", "items": { "type": "string" } },
                                    "possible": { "type": "boolean", "default": false }
                                },
                                "required": ["all"]
                            }
                        ]
                    }
                }
            ]
        })
    }
}
