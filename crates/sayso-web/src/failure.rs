//! What goes wrong, as the one who asked is told.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sayso::harmless::line;
use sayso::{ActError, HypothesesError, LedgerError, SubjectError};
use sayso_record::Act;

/// Why there is no answer, and what to do about it.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) status: StatusCode,
    pub(crate) what: String,
    pub(crate) hint: Option<String>,
}

impl Failure {
    pub(crate) fn new(status: StatusCode, what: impl Into<String>) -> Failure {
        Failure { status, what: line(&what.into()), hint: None }
    }

    /// The request makes no sense.
    pub(crate) fn bad(what: impl Into<String>) -> Failure {
        Failure::new(StatusCode::BAD_REQUEST, what)
    }

    /// There is no such thing.
    pub(crate) fn missing(what: impl Into<String>) -> Failure {
        Failure::new(StatusCode::NOT_FOUND, what)
    }

    /// It was here, and its words may not be shown any more.
    pub(crate) fn taken_down(act: &Act) -> Failure {
        let Act { by, because, at, .. } = act;
        let day = sayso::report::in_words(at);
        let what = format!("this page was taken down by {by} on {day}: {because}");
        Failure::new(StatusCode::GONE, what)
            .hint("what it said still counts where it did, without its words; the log has the act, which can be undone")
    }

    /// The one who asks may not have it.
    pub(crate) fn forbidden(what: impl Into<String>) -> Failure {
        Failure::new(StatusCode::FORBIDDEN, what)
    }

    /// Whoever asks must tell who they are.
    pub(crate) fn unknown(what: impl Into<String>) -> Failure {
        Failure::new(StatusCode::UNAUTHORIZED, what)
    }

    /// Too much was asked in too short a time.
    pub(crate) fn too_often() -> Failure {
        Failure::new(StatusCode::TOO_MANY_REQUESTS, "this was asked too often").hint("try again in a minute")
    }

    /// Others are being answered, and have been for too long.
    pub(crate) fn busy() -> Failure {
        Failure::new(StatusCode::SERVICE_UNAVAILABLE, "too much is asked of this server at a time")
            .hint("try again in a moment")
    }

    /// We are at fault.
    pub(crate) fn ours(what: impl Into<String>) -> Failure {
        Failure::new(StatusCode::INTERNAL_SERVER_ERROR, what)
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Failure {
        self.hint = Some(line(&hint.into()));
        self
    }
}

impl From<LedgerError> for Failure {
    fn from(error: LedgerError) -> Failure {
        match error {
            LedgerError::Busy { .. } => {
                Failure::new(StatusCode::SERVICE_UNAVAILABLE, "another program is writing to the ledger")
                    .hint("try again in a moment")
            }
            error => Failure::ours(error.to_string()),
        }
    }
}

impl From<ActError> for Failure {
    fn from(error: ActError) -> Failure {
        match error {
            ActError::Ledger(error) => error.into(),
            error @ ActError::NothingThere(_) => Failure::missing(error.to_string()),
            error @ (ActError::UndoneBefore { .. } | ActError::KeptBefore { .. }) => {
                Failure::new(StatusCode::CONFLICT, error.to_string())
            }
            error => Failure::bad(error.to_string()),
        }
    }
}

impl From<SubjectError> for Failure {
    fn from(error: SubjectError) -> Failure {
        match error {
            SubjectError::Ledger(error) => error.into(),
            SubjectError::Unknown { ref alike, .. } => {
                let failure = Failure::missing(error.to_string());
                if alike.is_empty() {
                    return failure;
                }
                failure.hint(format!("it may be called {}", alike.join(" or ")))
            }
            error => Failure::bad(error.to_string()),
        }
    }
}

impl From<HypothesesError> for Failure {
    fn from(error: HypothesesError) -> Failure {
        match error {
            HypothesesError::Ledger(error) => error.into(),
            error => Failure::bad(error.to_string()),
        }
    }
}

impl IntoResponse for Failure {
    /// The bare response; [`crate::dress`] makes a page or JSON of it, by who asked.
    fn into_response(self) -> Response {
        let mut response = (self.status, self.what.clone()).into_response();
        response.extensions_mut().insert(self);
        response
    }
}
