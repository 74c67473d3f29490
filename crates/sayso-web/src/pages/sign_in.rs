//! Signing in and out, where the ledger has users.

use super::Page;
use super::act::is_ours;
use crate::admit::{cookie, from};
use crate::asked::Asked;
use crate::failure::Failure;
use crate::frame::page;
use crate::sessions::COOKIE;
use crate::site::Site;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::html;
use std::sync::Arc;

/// A form with a name and a password is no longer.
const FORM_BYTES: usize = 16 << 10;

pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked) -> Page {
    if !site.is_closed() {
        return Err(Failure::missing("nobody signs in here: the ledger has no users"));
    }
    Ok(page(
        "Sign in",
        html! {
            h1 { "Sign in" }
            form action="/sign-in" method="post" class="deed" {
                input type="hidden" name="to" value=(way_on(&asked));
                label { "Your name " input name="name" required autocomplete="username"; }
                label { "Your password " input type="password" name="password" required autocomplete="current-password"; }
                button { "Sign in" }
            }
        },
    ))
}

/// Where a visitor wanted to go; never to another site.
fn way_on(asked: &Asked) -> &str {
    asked.one("to").filter(|to| is_ours(to)).unwrap_or("/")
}

pub(super) async fn sign_in(State(site): State<Arc<Site>>, request: Request) -> Page {
    let address = from(&site, &request);
    if !site.sessions.may_try(address) {
        site.tell_sign_in(address, "", "tried too often");
        return Err(Failure::too_often());
    }
    let form = to_bytes(request.into_body(), FORM_BYTES).await;
    let asked = Asked::parse(&form.map_err(|_| Failure::bad("the form is too long"))?);
    let (name, password) = (asked.must("name", "your name")?, asked.must("password", "your password")?);
    if !site.sessions.may_try_as(name) {
        site.tell_sign_in(address, name, "tried too often");
        return Err(Failure::too_often());
    }
    let turn = site.passwords.acquire().await;
    let (users, known, tried) = (site.users(), name.to_owned(), password.to_owned());
    let looked = tokio::task::spawn_blocking(move || users.bound_by_password(&known, &tried)).await;
    drop(turn);
    let Some(bound) = looked.ok().flatten() else {
        site.tell_sign_in(address, name, "refused");
        return Err(Failure::unknown("the name or the password is wrong")
            .hint("whoever runs this server can give you another: sayso users password NAME"));
    };
    site.tell_sign_in(address, name, "done");
    let secret =
        site.sessions.begin(name, bound, site.now_s()).map_err(|error| Failure::ours(error.to_string()))?;
    let sealed = if site.is_sealed() { "; Secure" } else { "" };
    Ok(with_cookie(way_on(&asked), &format!("{COOKIE}={secret}; HttpOnly; SameSite=Lax; Path=/{sealed}")))
}

pub(super) async fn sign_out(State(site): State<Arc<Site>>, headers: HeaderMap) -> Page {
    if let Some(secret) = cookie(&headers) {
        site.sessions.end(secret);
    }
    Ok(with_cookie("/sign-in", &format!("{COOKIE}=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0")))
}

fn with_cookie(to: &str, cookie: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}
