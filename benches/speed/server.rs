//! A bare hyper server: one fixed document, and jobs that end by themselves after a fixed time.

use std::convert::Infallible;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::Instant;

/// How long a job takes.
pub(crate) const JOB: Duration = Duration::from_millis(100);

/// A task as the ELMA queue shows it, about a kilobyte.
const DOCUMENT: &str = include_str!("document.json");

/// The server in a process of its own; it ends with the value.
pub(crate) struct Server {
    process: Child,
    /// Where it listens.
    pub(crate) origin: String,
}

/// Starts this program as a server, and waits until it listens.
pub(crate) fn start() -> Server {
    let mut command = Command::new(std::env::current_exe().unwrap());
    let mut process = command.arg("serve").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    Server { process, origin: line.trim().to_owned() }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Serves until standard input closes.
pub(crate) fn serve() {
    let (leave, left) = oneshot::channel();
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        let _ = leave.send(());
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        tokio::select! {
            biased;
            _ = left => {}
            () = accept() => {}
        }
    });
}

async fn accept() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    let start = Instant::now();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        tokio::spawn(connection(stream, start));
    }
}

async fn connection(stream: TcpStream, start: Instant) {
    stream.set_nodelay(true).unwrap();
    let service = service_fn(move |request| answer(request, start));
    // A client that leaves is no reason to say anything.
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(request: Request<Incoming>, start: Instant) -> Result<Response<Full<Bytes>>, Infallible> {
    let path = request.uri().path().to_owned();
    let _ = request.into_body().collect().await;
    let now = start.elapsed();
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    Ok(match parts.as_slice() {
        ["document"] => json(200, DOCUMENT, None),
        ["t", _] => json(202, "{}", Some(format!("/jobs/{}/status", (now + JOB).as_micros()))),
        ["jobs", end, "status"] if now.as_micros() >= end.parse().unwrap_or(0) => {
            json(303, "", Some(format!("/jobs/{end}/output")))
        }
        ["jobs", _, "status"] => json(200, r#"{"state":"Running"}"#, None),
        ["jobs", _, "output"] => json(200, r#"{"ok":true}"#, None),
        _ => json(404, "", None),
    })
}

fn json(status: u16, body: &'static str, location: Option<String>) -> Response<Full<Bytes>> {
    let mut response = Response::builder().status(status).header("content-type", "application/json");
    if let Some(location) = location {
        response = response.header("location", location);
    }
    response.body(Full::new(Bytes::from_static(body.as_bytes()))).unwrap()
}
