//! What the control API answers: JSON, a text, or events without end.

use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::Frame;
use hyper::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, SERVER};
use hyper::{Response, StatusCode};
use serde_json::{Value, json};
use std::convert::Infallible;

use crate::mock::server::Session;

/// The body of an answer.
pub(super) type Body = UnsyncBoxBody<Bytes, Infallible>;

/// One answer.
pub(super) enum Reply {
    Json(StatusCode, Value),
    Text(&'static str, String),
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

    /// The answer as it goes out.
    pub(super) fn into_response(self) -> Response<Body> {
        let (status, media_type, body) = match self {
            Self::Json(status, value) => (status, "application/json", whole(value.to_string())),
            Self::Text(media_type, text) => (StatusCode::OK, media_type, whole(text)),
            Self::Events(session, since) => {
                (StatusCode::OK, "text/event-stream", StreamBody::new(events(session, since)).boxed_unsync())
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

/// The page loads nothing from elsewhere and is shown within no other.
const OWN_CONTENT: &str = "default-src 'none'; connect-src 'self'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; frame-ancestors 'none'";

fn whole(text: String) -> Body {
    Full::new(Bytes::from(text)).boxed_unsync()
}

/// Server-sent events: each is an entry of the journal, and its id is the cursor behind it.
fn events(session: Session, since: u64) -> impl Stream<Item = Result<Frame<Bytes>, Infallible>> + Send {
    const AT_ONCE: usize = 100;
    let pages = stream::unfold((session, since), async |(session, since)| {
        session.journal_grows(since).await;
        let page = session.journal(since, AT_ONCE);
        let write =
            |entry: &crate::mock::Entry| format!("id: {}\ndata: {}\n\n", entry.number, entry.to_json());
        let text: String = page.entries.iter().map(write).collect();
        Some((Ok(Frame::data(Bytes::from(text))), (session, page.next)))
    });
    // The head goes out at once, so that whoever listens knows that he does.
    stream::once(async { Ok(Frame::data(Bytes::from_static(b": listening\n\n"))) }).chain(pages)
}
