//! Web addresses: what a link means on the page where it stands (RFC 3986, section 5.2).

/// The address that `reference` means on the page `base`. Without a base, or where it is no web address, it is
/// returned as it stands, white space taken off.
pub(crate) fn resolve(base: Option<&str>, reference: &str) -> String {
    let reference = reference.trim();
    let Some((scheme, host, path)) = base.and_then(split) else { return reference.to_owned() };
    if has_scheme(reference) {
        return reference.to_owned();
    }
    if let Some(rest) = reference.strip_prefix("//") {
        return format!("{scheme}://{rest}");
    }
    let path_only = path.split(['?', '#']).next().unwrap_or_default();
    let joined = match reference.chars().next() {
        None => return format!("{scheme}://{host}{path}"),
        Some('#') => {
            return format!("{scheme}://{host}{}{reference}", path.split('#').next().unwrap_or_default());
        }
        Some('?') => return format!("{scheme}://{host}{path_only}{reference}"),
        Some('/') => reference.to_owned(),
        Some(_) => {
            let folder = path_only.rfind('/').map_or("/", |at| &path_only[..=at]);
            format!("{folder}{reference}")
        }
    };
    format!("{scheme}://{host}{}", without_dots(&joined))
}

/// Scheme, host with port, and the rest.
fn split(address: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = address.trim().split_once("://")?;
    if !scheme.starts_with("http") && scheme != "file" {
        return None;
    }
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    Some((scheme, host, path))
}

fn has_scheme(reference: &str) -> bool {
    let Some(colon) = reference.find(':') else { return false };
    let scheme = &reference[..colon];
    !scheme.is_empty()
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

fn without_dots(path: &str) -> String {
    let end = path.find(['?', '#']).unwrap_or(path.len());
    let (path, rest) = path.split_at(end);
    if !path.contains("/.") && !path.starts_with('.') {
        return format!("{path}{rest}");
    }
    let mut out: Vec<&str> = Vec::new();
    let mut parts = path.split('/').peekable();
    while let Some(part) = parts.next() {
        let last = parts.peek().is_none();
        match part {
            "." if last => out.push(""),
            "." => {}
            ".." => {
                if out.len() > 1 {
                    out.pop();
                }
                if last {
                    out.push("");
                }
            }
            part => out.push(part),
        }
    }
    format!("{}{rest}", out.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_of_the_standard() {
        let base = Some("http://a/b/c/d;p?q");
        for (reference, address) in [
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("#s", "http://a/b/c/d;p?q#s"),
            ("../g", "http://a/b/g"),
            ("../../../g", "http://a/g"),
            ("..", "http://a/b/"),
            ("", "http://a/b/c/d;p?q"),
            ("https://x/y", "https://x/y"),
            ("mailto:ann@example.org", "mailto:ann@example.org"),
        ] {
            assert_eq!(resolve(base, reference), address, "{reference}");
        }
        assert_eq!(resolve(None, " /x "), "/x");
    }
}
