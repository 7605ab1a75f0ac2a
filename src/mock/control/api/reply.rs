//! What the control API answers: JSON, a text, or events without end.

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full};
use hyper::header::{ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, SERVER};
use hyper::{Response, StatusCode};
use serde_json::{Value, json};
use std::convert::Infallible;

use super::events;
use crate::mock::server::Session;

/// The body of an answer.
pub(in crate::mock) type Body = UnsyncBoxBody<Bytes, Infallible>;

/// One answer.
pub(super) enum Reply {
    Json(StatusCode, Value),
    Text(&'static str, String),
    /// The path is served by these methods alone.
    NotAllowed(String, Vec<&'static str>),
    /// Everything that the journal gets behind this cursor.
    Events(Session, u64),
}

impl Reply {
    pub(super) fn ok(value: Value) -> Self {
        Self::Json(StatusCode::OK, value)
    }

    pub(super) fn refused(status: StatusCode, message: &str) -> Self {
        Self::Json(status, json!({ "error": message }))
    }

    /// The same without the secrets of this session: callers may have put them anywhere, into a job's arguments for one.
    pub(super) fn without_secrets(self, session: &Session) -> Self {
        match (self, session.shared().journal()) {
            (Self::Json(status, value), Some(journal)) => Self::Json(status, journal.mask().value(value)),
            (other, _) => other,
        }
    }

    /// The answer as it goes out.
    pub(super) fn into_response(self) -> Response<Body> {
        let (status, media_type, body) = match self {
            Self::Json(status, value) => (status, "application/json", whole(value.to_string())),
            Self::Text(media_type, text) => (StatusCode::OK, media_type, whole(text)),
            Self::NotAllowed(path, methods) => return not_allowed(&path, &methods),
            Self::Events(session, since) => {
                (StatusCode::OK, "text/event-stream", events::body(session, since))
            }
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(OWN_CONTENT));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(SERVER, HeaderValue::from_static("orchspec-mock"));
        response
    }
}

fn not_allowed(path: &str, methods: &[&str]) -> Response<Body> {
    let message = format!("{path} is served by {}", methods.join(" and "));
    let mut response = Reply::refused(StatusCode::METHOD_NOT_ALLOWED, &message).into_response();
    if let Ok(allow) = HeaderValue::from_str(&methods.join(", ")) {
        response.headers_mut().insert(ALLOW, allow);
    }
    response
}

/// The page loads nothing from elsewhere and is shown within no other.
const OWN_CONTENT: &str = "default-src 'none'; img-src data:; connect-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; frame-ancestors 'none'";

fn whole(text: String) -> Body {
    Full::new(Bytes::from(text)).boxed_unsync()
}
