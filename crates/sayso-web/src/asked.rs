//! What a request asks for: names with values, out of an address or a form. A name may come more than once.

use crate::failure::Failure;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use sayso::{AsOf, ListPlace, NoPlace};
use std::convert::Infallible;

/// Names with values, in the order in which they came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked(Vec<(String, String)>);

impl Asked {
    pub(crate) fn parse(form: &[u8]) -> Asked {
        Asked(form_urlencoded::parse(form).into_owned().collect())
    }

    pub(crate) fn of(pairs: Vec<(String, String)>) -> Asked {
        Asked(pairs)
    }

    /// The first value of a name that is not empty.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        let named = self.0.iter().filter(|(other, _)| other == name);
        named.map(|(_, value)| value.trim()).find(|value| !value.is_empty())
    }

    /// Every value of a name that is not empty.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(other, _)| other == name);
        named.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Every name with its value.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A value that must be there.
    pub(crate) fn must(&self, name: &str, what: &str) -> Result<&str, Failure> {
        self.one(name).ok_or_else(|| Failure::bad(format!("{what} is missing")))
    }

    /// As of when, by `as_of` and `known_by`.
    pub(crate) fn as_of(&self) -> Result<AsOf, Failure> {
        self.as_of_named("as_of", "known_by")
    }

    /// As of when, by two names.
    pub(crate) fn as_of_named(&self, published_by: &str, known_by: &str) -> Result<AsOf, Failure> {
        AsOf::parse(self.one(published_by), self.one(known_by)).ok_or_else(|| {
            Failure::bad("this is no date").hint("write 2011-07-14 or 2011-07-14T09:30:00+02:00")
        })
    }

    /// Where in a list the part begins that is asked for; none for the beginning.
    pub(crate) fn after<const N: usize>(&self) -> Result<Option<ListPlace<N>>, Failure> {
        let place = self.one("after").map(str::parse).transpose();
        place.map_err(|error: NoPlace| {
            Failure::bad(error.to_string())
                .hint("begin the list anew, and go on with what it gives as the next place")
        })
    }

    /// A number that is 0 where none is told.
    pub(crate) fn number(&self, name: &str) -> Result<usize, Failure> {
        let number = self.one(name).unwrap_or("0").parse();
        number.map_err(|_| Failure::bad(format!("{name} is no number")))
    }

    /// How many are wanted: `limit`, or `usual`; never more than `most`.
    pub(crate) fn limit(&self, usual: usize, most: usize) -> Result<usize, Failure> {
        let Some(asked) = self.one("limit") else { return Ok(usual) };
        let limit: usize = asked.parse().map_err(|_| Failure::bad("the limit is no number"))?;
        Ok(limit.clamp(1, most))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Asked, Infallible> {
        Ok(Asked::parse(parts.uri.query().unwrap_or_default().as_bytes()))
    }
}
