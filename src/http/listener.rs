//! Requests that others send to the harness: read whole and within bounds, and answered as told.
//!
//! Over plain TCP; whoever needs TLS puts something in front of it that speaks it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::message::{Headers, Request, Response, Url};
use crate::clock::Instant;

/// Connections at the same time; further ones wait.
const MOST_CONNECTIONS: usize = 64;

/// The longest head.
const LONGEST_HEAD: usize = 64 << 10;

/// So many bytes tell what is spoken instead of HTTP.
const FIRST_BYTES: usize = 24;

/// Neither a head nor a body may take longer to come.
const PATIENCE: Duration = Duration::from_secs(30);

/// After a failure to take a connection, such as too many open files, this is how long the next one waits.
const PAUSE: Duration = Duration::from_millis(50);

/// A request that came.
#[derive(Debug)]
pub struct Inbound {
    /// What was asked, at the address that the caller knows; its body is empty if it did not come whole.
    pub request: Request,
    /// When its head was there.
    pub came: Instant,
    /// Why its body is not whole, in words.
    pub unread: Option<&'static str>,
}

/// What the caller is answered, and after how long.
#[derive(Debug, Clone)]
pub struct Outbound {
    /// The answer.
    pub response: Response,
    /// How long it is kept back.
    pub delay: Duration,
}

/// Says what a caller is answered.
pub type Answering = dyn Fn(Inbound) -> Outbound + Send + Sync;

/// Is told with which bytes a connection began that brought no HTTP.
pub type Hearing = dyn Fn(&[u8]) + Send + Sync;

/// Where requests come in.
pub struct Listener {
    /// The address that callers know, without a slash at its end.
    pub base: String,
    /// Bytes of a body.
    pub longest_body: u64,
    /// Who answers.
    pub answering: Box<Answering>,
    /// Who hears of what is no request.
    pub hearing: Box<Hearing>,
}

impl Listener {
    /// Takes requests for as long as it is polled.
    pub async fn serve(self: Arc<Self>, socket: TcpListener) -> Infallible {
        let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));
        loop {
            let permit = Arc::clone(&room).acquire_owned().await.ok();
            match socket.accept().await {
                Ok((stream, _)) => drop(tokio::spawn(Arc::clone(&self).converse(stream, permit))),
                Err(_) => tokio::time::sleep(PAUSE).await,
            }
        }
    }

    async fn converse(self: Arc<Self>, stream: TcpStream, _room: Option<OwnedSemaphorePermit>) {
        let _ = stream.set_nodelay(true);
        let mut first = [0; FIRST_BYTES];
        let came = tokio::time::timeout(PATIENCE, stream.peek(&mut first)).await;
        let service = service_fn(|request| {
            let listener = Arc::clone(&self);
            async move { Ok::<_, Infallible>(listener.answer(request).await) }
        });
        let mut connection = http1::Builder::new();
        connection
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE)
            .max_buf_size(LONGEST_HEAD)
            .half_close(true);
        // A caller that breaks off has called nobody.
        let served = connection.serve_connection(TokioIo::new(stream), service).await;
        if let (Ok(Ok(length)), true) = (came, served.is_err_and(|error| error.is_parse())) {
            (self.hearing)(&first[..length]);
        }
    }

    async fn answer(&self, request: http::Request<Incoming>) -> http::Response<Full<Bytes>> {
        let came = Instant::now();
        let (head, body) = request.into_parts();
        let target = head.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
        let Ok(url) = Url::parse(&format!("{}{target}", self.base)) else {
            return reply(&Response::plain(400, "the request names no path"));
        };
        let mut headers = Headers::default();
        for (name, value) in &head.headers {
            headers.push(name.as_str(), value.as_bytes());
        }
        let (body, unread) = self.read(body).await;
        let request = Request { method: head.method.as_str().to_owned(), url, headers, body: Some(body) };
        let Outbound { response, delay } = (self.answering)(Inbound { request, came, unread });
        tokio::time::sleep(delay).await;
        reply(&response)
    }

    async fn read(&self, body: Incoming) -> (Bytes, Option<&'static str>) {
        let limit = usize::try_from(self.longest_body).unwrap_or(usize::MAX);
        match tokio::time::timeout(PATIENCE, Limited::new(body, limit).collect()).await {
            Ok(Ok(body)) => (body.to_bytes(), None),
            Ok(Err(error)) if error.is::<LengthLimitError>() => {
                (Bytes::new(), Some("its body is longer than `limits.body` of the target file"))
            }
            Ok(Err(_)) => (Bytes::new(), Some("its body broke off")),
            Err(_) => (Bytes::new(), Some("its body took more than 30s to come")),
        }
    }
}

fn reply(response: &Response) -> http::Response<Full<Bytes>> {
    let mut reply = http::Response::new(Full::new(response.body.clone()));
    *reply.status_mut() = StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in response.headers.iter() {
        let line = HeaderName::from_bytes(name.as_bytes()).ok().zip(HeaderValue::from_bytes(value).ok());
        if let Some((name, value)) = line {
            reply.headers_mut().append(name, value);
        }
    }
    reply
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    /// What is answered to these bytes by a listener that says what it got.
    async fn ask(bytes: &str) -> String {
        ask_and_hear(bytes, Box::new(|bytes| panic!("{bytes:?} is a request"))).await
    }

    async fn ask_and_hear(bytes: &str, hearing: Box<Hearing>) -> String {
        let socket = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = socket.local_addr().unwrap();
        let told = |inbound: Inbound| {
            let Inbound { request, unread, .. } = inbound;
            let body = request.body.unwrap_or_default();
            let text = format!("{} {} {} {unread:?}", request.method, request.url.as_str(), body.len());
            Outbound { response: Response::plain(503, &text), delay: Duration::ZERO }
        };
        let listener = Listener {
            base: "http://ci:1/in".to_owned(),
            longest_body: 4,
            answering: Box::new(told),
            hearing,
        };
        let serving = tokio::spawn(Arc::new(listener).serve(socket));
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(bytes.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        serving.abort();
        answer
    }

    #[tokio::test]
    async fn a_request_is_read_whole_and_answered_as_told() {
        let answer =
            ask("POST /a?b=c HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}").await;
        assert!(answer.starts_with("HTTP/1.1 503 "), "{answer}");
        assert!(answer.ends_with("POST http://ci:1/in/a?b=c 2 None"), "{answer}");
    }

    #[tokio::test]
    async fn a_body_that_is_too_long_is_not_read() {
        let answer =
            ask("POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\nconnection: close\r\n\r\n12345").await;
        assert!(
            answer.ends_with("0 Some(\"its body is longer than `limits.body` of the target file\")"),
            "{answer}"
        );
    }

    #[tokio::test]
    async fn what_is_no_http_is_no_call() {
        let (told, heard) = std::sync::mpsc::channel();
        let hearing = Box::new(move |bytes: &[u8]| told.send(bytes.to_vec()).unwrap());
        let answer = ask_and_hear("hello\r\n\r\n", hearing).await;
        assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
        assert_eq!(heard.try_iter().collect::<Vec<_>>(), [b"hello\r\n\r\n"]);
    }
}
