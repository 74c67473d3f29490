//! Addresses of the web: which of them lead to one page.

/// Marks that campaigns put into an address, by which no page is another.
const OF_CAMPAIGNS: [&str; 5] = ["utm_", "fbclid=", "gclid=", "mc_cid=", "mc_eid="];

/// An address without what does not change the page: its scheme, "www.", the fragment, a slash at the end, marks of campaigns.
/// The host is in small letters; in what comes behind it, capitals may make another page.
pub fn bare_address(address: &str) -> String {
    let address = address.trim();
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or_default();
    let (before, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = match before.find('/') {
        Some(at) => before.split_at(at),
        None => (before, ""),
    };
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let path = path.trim_end_matches('/');
    let is_kept = |one: &&str| !one.is_empty() && !OF_CAMPAIGNS.iter().any(|mark| one.starts_with(mark));
    let kept: Vec<&str> = query.split('&').filter(is_kept).collect();
    if kept.is_empty() { format!("{host}{path}") } else { format!("{host}{path}?{}", kept.join("&")) }
}

/// Whether two addresses lead to one page.
pub fn is_same_page(one: &str, other: &str) -> bool {
    bare_address(one) == bare_address(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_change_the_page_is_left_out_and_nothing_else() {
        let page = "https://courier.example/Pier?id=7";
        for same in [
            "http://www.courier.example/Pier/?id=7#top",
            "HTTPS://Courier.Example/Pier?utm_source=mail&id=7&fbclid=x",
            " courier.example/Pier?id=7 ",
        ] {
            assert!(is_same_page(page, same), "{same}: {}", bare_address(same));
        }
        for other in [
            "https://courier.example/Pier?id=8",
            "https://courier.example/pier?id=7",
            "https://courier.example/",
        ] {
            assert!(!is_same_page(page, other), "{other}");
        }
        assert_eq!(bare_address("https://courier.example"), bare_address("http://courier.example/"));
    }
}
