//! In which order a page puts day and month, by its language and its country.

use crate::document::stamp::Order;

/// Regions, as language tags and addresses name them, that put the month first.
const MONTH_FIRST: [&str; 8] = ["us", "gov", "mil", "ph", "fm", "mh", "pw", "um"];

/// Ends of addresses that are two letters long and tell of no country, as they are sold all over the world.
const SOLD: [&str; 14] = ["io", "co", "tv", "me", "ai", "fm", "ly", "cc", "ws", "to", "gg", "sh", "la", "im"];

/// The order that the languages given (the page's own first) and the address of a page tell.
pub(super) fn order<'a>(languages: impl Iterator<Item = &'a str>, address: Option<&str>) -> Order {
    let by_region = |region: &str| {
        let region = region.to_ascii_lowercase();
        if MONTH_FIRST.contains(&region.as_str()) { Order::MonthFirst } else { Order::DayFirst }
    };
    let country = address.and_then(country);
    let mut american = false;
    for language in languages {
        let mut parts = language.split(['-', '_']);
        let first = parts.next().unwrap_or_default().to_ascii_lowercase();
        let region =
            parts.find(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
        match (region, first.as_str()) {
            // The language that programs for sites are set to before anybody chooses one.
            (Some(region), "en") if region.eq_ignore_ascii_case("us") => american = true,
            (Some(region), _) => return by_region(region),
            (None, "en" | "") => {}
            (None, _) => return Order::DayFirst,
        }
    }
    match country {
        Some(country) => by_region(country),
        None if american => Order::MonthFirst,
        None => Order::Untold,
    }
}

/// The end of an address's host, where it stands for a country.
fn country(address: &str) -> Option<&str> {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = host.split(['/', '?', '#', ':']).next()?;
    let (_, top) = host.rsplit_once('.')?;
    let lower = top.to_ascii_lowercase();
    let fits = top.len() == 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic())
        || matches!(lower.as_str(), "gov" | "mil");
    (fits && !SOLD.contains(&lower.as_str())).then_some(top)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_and_countries() {
        let order = |languages: &[&str], address| super::order(languages.iter().copied(), address);
        assert_eq!(order(&["en-GB"], None), Order::DayFirst);
        assert_eq!(order(&["en", "en_IE"], None), Order::DayFirst);
        assert_eq!(order(&["nl"], None), Order::DayFirst);
        assert_eq!(order(&["en-US"], Some("https://gazette.example/a")), Order::MonthFirst);
        assert_eq!(order(&["en-US"], Some("https://gazette.co.uk/a")), Order::DayFirst);
        assert_eq!(order(&["en"], Some("https://www.gazette.com.au/a")), Order::DayFirst);
        assert_eq!(order(&["en"], Some("https://city.gov/a")), Order::MonthFirst);
        assert_eq!(order(&["en"], Some("https://gazette.com/a")), Order::Untold);
        assert_eq!(order(&[], Some("https://gazette.io/a")), Order::Untold);
    }
}
