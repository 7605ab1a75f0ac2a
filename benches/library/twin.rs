//! A bare hyper server in this process: one answer to everything, or one to everybody who waits.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// Who waits, and for what.
#[derive(Default)]
pub(crate) struct Hall {
    pub(crate) waiting: AtomicUsize,
    pub(crate) release: Notify,
}

/// A server that answers everything with nothing; it ends with its task.
pub(crate) async fn start() -> (SocketAddr, JoinHandle<()>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            stream.set_nodelay(true).unwrap();
            tokio::spawn(serve(stream, |_| async { Ok(Response::new(Full::new(Bytes::new()))) }));
        }
    });
    (address, server)
}

/// Serves one stream on which somebody waits until all are released, or for a while.
pub(crate) async fn hold<I: AsyncRead + AsyncWrite + Unpin>(io: I, hall: Arc<Hall>) {
    let service = |_| async {
        let released = hall.release.notified();
        hall.waiting.fetch_add(1, Ordering::Relaxed);
        tokio::select! {
            () = released => {}
            () = tokio::time::sleep(Duration::from_mins(10)) => {}
        }
        Ok(Response::new(Full::new(Bytes::from_static(b"{\"ok\":true}"))))
    };
    serve(io, service).await;
}

async fn serve<I, F>(io: I, service: impl Fn(Request<hyper::body::Incoming>) -> F)
where
    I: AsyncRead + AsyncWrite + Unpin,
    F: Future<Output = Result<Response<Full<Bytes>>, Infallible>>,
{
    let builder = hyper::server::conn::http1::Builder::new();
    // A caller that leaves is no reason to say anything.
    let _ = builder.serve_connection(TokioIo::new(io), service_fn(service)).await;
}
