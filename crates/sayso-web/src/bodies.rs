//! What is sent to us, taken whole before anything is done with it: within limits of length and of time.

use crate::UPLOAD_BYTES;
use crate::failure::Failure;
use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// A form or an act is no longer.
const FORM_BYTES: usize = 256 << 10;
/// A form with a name and a password is no longer.
const SIGN_IN_BYTES: usize = 16 << 10;
/// All of it arrives within this time.
const WITHIN: Duration = Duration::from_secs(60);
/// A name and a password do.
const SIGN_IN_WITHIN: Duration = Duration::from_secs(10);
/// So much of long ones is kept at a time, in pieces of [`FORM_BYTES`].
static ROOM: Semaphore = Semaphore::const_new((128 << 20) / FORM_BYTES);

/// Where pages are sent to be read; nothing else that is sent is long.
const UPLOADS: [&str; 4] = ["/add", "/check", "/api/v1/check", "/api/v1/documents"];

/// Takes what is sent, and hands on the request with it.
pub(crate) async fn take(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (most, within) = match request.uri().path() {
        "/sign-in" => (SIGN_IN_BYTES, SIGN_IN_WITHIN),
        path if UPLOADS.contains(&path) => (UPLOAD_BYTES, WITHIN),
        _ => (FORM_BYTES, WITHIN),
    };
    let (parts, body) = request.into_parts();
    let told = body.size_hint();
    let longest = told.upper().unwrap_or(u64::MAX).min(most as u64) as usize;
    if told.lower() > most as u64 {
        return too_long(most).into_response();
    }
    let pieces = if longest > FORM_BYTES { longest.div_ceil(FORM_BYTES) } else { 0 };
    let Ok(_room) = ROOM.try_acquire_many(pieces as u32) else {
        return Failure::busy().into_response();
    };
    match timeout(within, to_bytes(body, most)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        // Of its length or of the connection; the latter nobody hears.
        Ok(Err(_)) => too_long(most).into_response(),
        Err(_) => {
            let what = format!("it did not arrive within {} seconds", within.as_secs());
            Failure::new(StatusCode::REQUEST_TIMEOUT, what).into_response()
        }
    }
}

fn too_long(most: usize) -> Failure {
    Failure::new(StatusCode::PAYLOAD_TOO_LARGE, format!("this is longer than {} KB", most >> 10))
}
