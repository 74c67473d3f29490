//! What a form sends, with files or without.

use crate::asked::Asked;
use crate::failure::Failure;
use axum::body::to_bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;

/// So many files are taken of one form.
const FILES: usize = 50;

/// A file that was sent, with the name that it had.
#[derive(Debug)]
pub(crate) struct SentFile {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// The fields of a form, and its files.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    pub(crate) asked: Asked,
    pub(crate) files: Vec<SentFile>,
}

impl Sent {
    /// Takes a form whose length was limited before.
    pub(crate) async fn of(request: Request) -> Result<Sent, Failure> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            let form = to_bytes(request.into_body(), crate::UPLOAD_BYTES).await;
            let form = form.map_err(|_| Failure::bad("the form could not be read"))?;
            return Ok(Sent { asked: Asked::parse(&form), files: Vec::new() });
        }
        let wrong =
            |error: &dyn std::fmt::Display| Failure::bad(format!("the form could not be read: {error}"));
        let mut parts = Multipart::from_request(request, &()).await.map_err(|error| wrong(&error))?;
        let (mut pairs, mut files) = (Vec::new(), Vec::new());
        while let Some(part) = parts.next_field().await.map_err(|error| wrong(&error))? {
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(str::to_owned);
            match file {
                None => pairs.push((name, part.text().await.map_err(|error| wrong(&error))?)),
                Some(file) => {
                    let bytes = part.bytes().await.map_err(|error| wrong(&error))?;
                    // A browser sends a nameless empty file where none was chosen.
                    if bytes.is_empty() {
                        continue;
                    }
                    if files.len() == FILES {
                        return Err(Failure::bad(format!("more than {FILES} files"))
                            .hint("send them in several goes, or let `sayso read` read the folder"));
                    }
                    files.push(SentFile { name: plain(&file), bytes: bytes.to_vec() });
                }
            }
        }
        Ok(Sent { asked: Asked::of(pairs), files })
    }
}

/// The name of a file without the folders that some browsers send with it.
fn plain(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = sayso::harmless::line(name).chars().take(120).collect();
    if name.is_empty() { "a file".to_owned() } else { name }
}
