//! Finding one's way in JSON-LD as it is found in the wild: a value may be a string, an object or a list of either.

use serde_json::Value;

/// What can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    ClaimReview,
    Annotation,
}

impl Kind {
    pub(super) fn word(self) -> &'static str {
        match self {
            Kind::ClaimReview => "ClaimReview",
            Kind::Annotation => "Annotation",
        }
    }
}

/// Something that can be imported.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'v> {
    pub(super) kind: Kind,
    pub(super) value: &'v Value,
}

impl Item<'_> {
    pub(super) fn id(&self) -> Option<&str> {
        text(self.value, &["@id", "id"])
    }

    /// What to call it: its id, its address, or the start of its words.
    pub(super) fn name(&self) -> String {
        let name = self.id().or_else(|| text(self.value, &["url", "claimReviewed", "bodyValue"]));
        name.unwrap_or("without a name").chars().take(120).collect()
    }
}

/// The members in which items may be held.
const HOLDERS: &[&str] = &[
    "@graph",
    "dataFeedElement",
    "item",
    "itemListElement",
    "items",
    "first",
    "mainEntity",
    "hasPart",
    "review",
    "claimReview",
];

/// Everything in a file that can be imported, in its order.
pub(super) fn items(value: &Value) -> Vec<Item<'_>> {
    let mut found = Vec::new();
    gather(value, &mut found);
    found
}

// As deep as the JSON is nested, which its reader bounds.
fn gather<'v>(value: &'v Value, found: &mut Vec<Item<'v>>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| gather(value, found)),
        Value::Object(members) => {
            for kind in [Kind::ClaimReview, Kind::Annotation] {
                if is(value, kind.word()) {
                    found.push(Item { kind, value });
                    return;
                }
            }
            for holder in HOLDERS {
                if let Some(held) = members.get(*holder) {
                    gather(held, found);
                }
            }
        }
        _ => {}
    }
}

/// Whether a value is of a type, under whatever prefix.
pub(super) fn is(value: &Value, kind: &str) -> bool {
    let named =
        |name: &Value| name.as_str().is_some_and(|name| name.rsplit(['/', '#', ':']).next() == Some(kind));
    ["@type", "type"].iter().filter_map(|member| value.get(member)).any(|types| match types {
        Value::Array(types) => types.iter().any(named),
        name => named(name),
    })
}

/// The values of a member: none, one, or each of a list.
pub(super) fn each<'v>(value: &'v Value, member: &str) -> &'v [Value] {
    match value.get(member) {
        None | Some(Value::Null) => &[],
        Some(Value::Array(values)) => values,
        Some(value) => std::slice::from_ref(value),
    }
}

/// The first of these members that holds a text that is not empty.
pub(super) fn text<'v>(value: &'v Value, members: &[&str]) -> Option<&'v str> {
    members.iter().flat_map(|member| each(value, member)).find_map(plain)
}

/// A value as text: itself, or its `@value`.
pub(super) fn plain(value: &Value) -> Option<&str> {
    let text = value.as_str().or_else(|| value.get("@value")?.as_str())?.trim();
    (!text.is_empty()).then_some(text)
}

/// A number, also one that is written as text.
pub(super) fn number(value: &Value, member: &str) -> Option<f64> {
    let value = each(value, member).first()?;
    value.as_f64().or_else(|| plain(value)?.parse().ok()).filter(|number: &f64| number.is_finite())
}

/// What somebody is called who may be given as an object or as a bare name.
pub(super) fn name_of(value: &Value) -> Option<&str> {
    plain(value).or_else(|| text(value, &["name", "nickname", "nick", "@id", "id"]))
}
