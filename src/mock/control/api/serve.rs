//! One connection to the control API: requests within bounds to calls, and their answers back.

use std::convert::Infallible;
use std::pin::pin;

use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{HeaderMap, Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::timeout;

use super::calls::Asked;
use super::given::Given;
use super::reply::{Body, Reply};
use super::{Steering, guard, route};
use crate::mock::host::{DEFAULT_SESSION, Place, named};
use crate::mock::server;

/// Serves one connection until it closes, or until `stop`.
pub(in crate::mock) async fn serve<I>(io: I, steering: &Steering, stop: impl Future<Output = ()>)
where
    I: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(|request| async { Ok::<_, Infallible>(respond(steering, request).await) });
    let limits = *steering.sessions.limits();
    let mut builder = server::builder(Some(limits));
    builder.timer(TokioTimer::new()).header_read_timeout(limits.patience);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(io), service));
    tokio::select! {
        biased;
        // A connection that ends badly ends all the same: the caller sees it, nobody here does.
        _ = &mut connection => {}
        // Events have no end of their own.
        () = stop => {}
    }
}

/// Whether a path belongs to a control API that has no port of its own.
pub(in crate::mock) fn is_below_prefix(path: &str) -> bool {
    path.strip_prefix(Place::PREFIX).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The path of a call without the prefix of a control API that has no port of its own.
fn below_prefix(path: &str) -> &str {
    match path.strip_prefix(Place::PREFIX).filter(|_| is_below_prefix(path)) {
        Some("") => "/",
        Some(rest) => rest,
        None => path,
    }
}

/// Answers one request.
pub(in crate::mock) async fn respond(steering: &Steering, request: Request<Incoming>) -> Response<Body> {
    let (head, body) = request.into_parts();
    let reply = match guard::refuse(steering, below_prefix(head.uri.path()), &head.headers) {
        Some(refused) => refused,
        None => match read(steering, body).await {
            Ok(body) => call(steering, (&head.method, &head.uri), &head.headers, &body).await,
            Err((status, message)) => Reply::refused(status, message),
        },
    };
    reply.into_response()
}

async fn read(steering: &Steering, body: Incoming) -> Result<Bytes, (StatusCode, &'static str)> {
    const LARGEST_BODY: usize = 1 << 20;
    let limits = steering.sessions.limits();
    let body = timeout(limits.patience, Limited::new(body, limits.body.min(LARGEST_BODY)).collect()).await;
    let body = body.map_err(|_| (StatusCode::REQUEST_TIMEOUT, "the body did not come in in time"))?;
    let body = body.map_err(|error| match error.downcast_ref::<LengthLimitError>() {
        Some(_) => (StatusCode::PAYLOAD_TOO_LARGE, "the body is too long"),
        None => (StatusCode::BAD_REQUEST, "the body did not come in as HTTP wants it"),
    })?;
    Ok(body.to_bytes())
}

async fn call(
    steering: &Steering,
    (method, uri): (&Method, &hyper::Uri),
    headers: &HeaderMap,
    bytes: &[u8],
) -> Reply {
    let path = below_prefix(uri.path());
    let name = named(path);
    let path = name.map_or(path, |name| &path[name.len() + "/s/".len()..]);
    let session = name.unwrap_or(DEFAULT_SESSION);
    let Some(session) = steering.sessions.find(session) else {
        return Reply::refused(StatusCode::NOT_FOUND, &format!("there is no session `{session}`"));
    };
    let (call, id) = match route::find(method, path, name.is_some()) {
        Ok(found) => found,
        Err(methods) => return unserved(path, methods),
    };
    let own = session.clone();
    let given = (uri.query().unwrap_or_default(), headers, bytes);
    let reply = match Given::read(call, given) {
        Ok(given) => (call.run)(Asked { steering, session, id: id.map(str::to_owned), given, bytes }).await,
        Err(message) => Reply::refused(StatusCode::BAD_REQUEST, &message),
    };
    reply.without_secrets(&own)
}

fn unserved(path: &str, methods: Vec<&'static str>) -> Reply {
    if !methods.is_empty() {
        return Reply::NotAllowed(path.to_owned(), methods);
    }
    let meant = route::nearest_path(path).map_or_else(String::new, |near| format!("did you mean {near}? "));
    let message = format!("nothing is served at {path}; {meant}GET /openapi.json lists every call");
    Reply::refused(StatusCode::NOT_FOUND, &message)
}
