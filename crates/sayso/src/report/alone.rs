//! A page that stands by itself: its look is in it, and its policy lets it load and send nothing.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

/// The page as HTML.
pub(super) fn alone(title: &str, style: &str, main: &Markup, footer: &Markup) -> String {
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        STANDARD.encode(Sha256::digest(style.as_bytes()))
    );
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="generator" content="sayso";
                title { (title) }
                style { (PreEscaped(style)) }
            }
            body {
                main { (main) }
                footer { (footer) }
            }
        }
    };
    page.into_string()
}
