//! News bodies of which many were taken from each other: ids are numbers, and nothing tells outlet or date.

use super::Told;
use anyhow::{Result, bail};

/// An invented outlet for each text, so that no two count as one.
pub(super) fn told(id: &str) -> Result<Told> {
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        bail!("the id {id:?} should be letters and digits");
    }
    Ok(Told {
        url: format!("https://outlet{id}.example/{id}"),
        site: format!("Outlet {id}"),
        published: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_has_an_outlet_of_its_own() {
        let told = told("17").unwrap();
        assert_eq!((told.url.as_str(), told.site.as_str()), ("https://outlet17.example/17", "Outlet 17"));
        assert!(super::told("a/b").is_err());
    }
}
