//! The limit of what is possible with hyper: its server alone, with one answer to everything. What is held waits for a
//! word or for a timer, whichever comes first.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// Where a call is held; behind it, for how many milliseconds at the most.
pub(super) const HELD: &str = "/held/";

#[derive(Default)]
struct State {
    status: StatusCode,
    head: HeaderMap,
    body: Bytes,
    held: AtomicUsize,
    release: Notify,
}

/// Gives this answer to everything until it is killed.
pub(crate) fn serve(status: &str, head: &str, body: &str) {
    let head: Vec<(HeaderName, HeaderValue)> = serde_json::from_str::<Vec<(String, String)>>(head)
        .unwrap()
        .into_iter()
        .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
        .collect();
    let state = State {
        status: status.parse().unwrap(),
        head: head.into_iter().collect(),
        body: Bytes::copy_from_slice(body.as_bytes()),
        ..State::default()
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(accept(Arc::new(state)));
}

async fn accept(state: Arc<State>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    println!("{}", listener.local_addr().unwrap());
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        tokio::spawn(connection(stream, Arc::clone(&state)));
    }
}

async fn connection(stream: TcpStream, state: Arc<State>) {
    stream.set_nodelay(true).unwrap();
    let service = service_fn(|request| answer(request, &state));
    let mut builder = hyper::server::conn::http1::Builder::new();
    // A client that leaves is no reason to say anything.
    let _ = builder.auto_date_header(false).serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(request: Request<Incoming>, state: &State) -> Result<Response<Full<Bytes>>, Infallible> {
    let path = request.uri().path().to_owned();
    let _ = request.into_body().collect().await;
    match path.as_str() {
        "/count" => {
            let count = format!(r#"{{"parked":{}}}"#, state.held.load(Ordering::Relaxed));
            return Ok(Response::new(Full::new(count.into())));
        }
        "/hooks" => state.release.notify_waiters(),
        path => {
            if let Some(time) = path.strip_prefix(HELD).and_then(|time| time.parse().ok()) {
                hold(state, Duration::from_millis(time)).await;
            }
        }
    }
    let mut response = Response::new(Full::new(state.body.clone()));
    *response.status_mut() = state.status;
    *response.headers_mut() = state.head.clone();
    Ok(response)
}

async fn hold(state: &State, time: Duration) {
    let released = state.release.notified();
    state.held.fetch_add(1, Ordering::Relaxed);
    tokio::select! {
        () = released => {}
        () = tokio::time::sleep(time) => {}
    }
    state.held.fetch_sub(1, Ordering::Relaxed);
}
