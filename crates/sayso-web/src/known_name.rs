//! The name that somebody gave when they last did something, so that it need not be typed anew each time. It proves nothing:
//! where the server knows users, theirs counts.

use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use sayso::harmless::{in_address, line};

const COOKIE: &str = "sayso-name";
/// For half a year.
const SECONDS: u32 = 15_552_000;
/// Names longer than this are not kept.
const LETTERS: usize = 120;

tokio::task_local! {
    static NAME: String;
}

/// The name that is known of whoever is being answered; empty where none is.
pub(crate) fn now() -> String {
    NAME.try_with(String::clone).unwrap_or_default()
}

/// Lets those who answer know the name.
pub(crate) async fn know(request: Request, next: Next) -> Response {
    let name = told(&request).unwrap_or_default();
    NAME.scope(name, next.run(request)).await
}

fn told(request: &Request) -> Option<String> {
    let cookies = request.headers().get(header::COOKIE)?.to_str().ok()?;
    let mut cookies = cookies.split(';').filter_map(|cookie| cookie.trim().split_once('='));
    let (_, value) = cookies.find(|(name, _)| *name == COOKIE)?;
    let (name, _) = form_urlencoded::parse(value.as_bytes()).next()?;
    Some(line(&name).chars().take(LETTERS).collect())
}

/// Keeps a name for the next time.
pub(crate) fn remembering(name: &str, mut response: Response) -> Response {
    let name = in_address(&name.chars().take(LETTERS).collect::<String>());
    let cookie = format!("{COOKIE}={name}; Path=/; Max-Age={SECONDS}; HttpOnly; SameSite=Strict");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
