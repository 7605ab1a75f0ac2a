//! A caller for the mock's own checks: raw HTTP/1.1 over an in-memory stream, one connection each call.
//!
//! It knows nothing of what a right answer is.

#[cfg(test)]
mod shorthand;

use std::io;
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::Instant;

use crate::mock::{Configuration, Listener, Session};

pub(super) const OWNER: &str = "Authorization: Bearer embedded-owner-token\r\n";
#[cfg(test)]
pub(super) const NOVIEW: &str = "Authorization: Bearer embedded-noview-token\r\n";
pub(super) const ANONYMOUS: &str = "";
pub(super) const TRIGGERS: &str = "/acme/prod/orchestrator_/t/";
pub(super) const SYSTEM: &str = "5d5ec66f-357d-4c2d-bbc1-2012278d2361";
pub(super) const STRANGER: &str = "5d5ec66f-357d-4c2d-bbc1-2012278d2362";

/// What came back, and how long it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
    pub(super) took: Duration,
}

impl Reply {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    pub(super) fn at(&self, pointer: &str) -> Value {
        self.json().pointer(pointer).cloned().unwrap_or_default()
    }
}

/// Calls one mock.
#[derive(Clone)]
pub(super) struct Caller {
    pub(super) mock: Session,
}

impl Caller {
    pub(super) fn new(configuration: Configuration) -> Self {
        Self { mock: Session::new(configuration) }
    }

    /// One call; `headers` are whole lines.
    pub(super) async fn call(&self, method: &str, target: &str, headers: &str, body: &str) -> Reply {
        self.call_at(Listener::Protocol, method, target, headers, body).await
    }

    async fn call_at(
        &self,
        listener: Listener,
        method: &str,
        target: &str,
        headers: &str,
        body: &str,
    ) -> Reply {
        let begun = Instant::now();
        let bytes = self.exchange(listener, &request(method, target, headers, body)).await;
        parse(&bytes.unwrap_or_default(), begun.elapsed())
    }

    /// Sends a request and reads until the mock closes the connection.
    async fn exchange(&self, listener: Listener, request: &str) -> io::Result<Vec<u8>> {
        let (mut near, far) = tokio::io::duplex(1 << 16);
        let mock = self.mock.clone();
        let served = tokio::spawn(async move { mock.serve(far, listener).await });
        near.write_all(request.as_bytes()).await?;
        let mut bytes = Vec::new();
        near.read_to_end(&mut bytes).await?;
        served.await?;
        Ok(bytes)
    }

    /// Begins a call and hangs up after a while, unanswered.
    pub(super) async fn hang_up(&self, target: &str, headers: &str, after: Duration) {
        let (mut near, far) = tokio::io::duplex(1 << 16);
        let mock = self.mock.clone();
        let served = tokio::spawn(async move { mock.serve(far, Listener::Protocol).await });
        let method = if target.ends_with("/wait") || target.contains("/wait?") { "GET" } else { "POST" };
        // The other end is a task of this process: nobody hangs up before this caller does.
        let _ = near.write_all(request(method, target, headers, "{}").as_bytes()).await;
        tokio::time::sleep(after).await;
        drop(near);
        let _ = served.await;
    }

    pub(super) async fn invoke(&self, trigger: &str, arguments: &Value) -> Reply {
        self.call("POST", &format!("{TRIGGERS}{trigger}"), OWNER, &arguments.to_string()).await
    }

    pub(super) async fn hook(&self, message: &Value) -> Value {
        self.call_at(Listener::Hooks, "POST", "/hooks", "", &message.to_string()).await.json()
    }
}

fn request(method: &str, target: &str, headers: &str, body: &str) -> String {
    let length = if body.is_empty() { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
    format!(
        "{method} {target} HTTP/1.1\r\nHost: mock.test\r\nConnection: close\r\n{headers}{length}\r\n{body}"
    )
}

/// The path and query of an absolute or relative reference.
pub(super) fn path(reference: &str) -> &str {
    reference.strip_prefix("http://mock.test").unwrap_or(reference)
}

/// The answer; one without status, headers and body if there is none.
fn parse(bytes: &[u8], took: Duration) -> Reply {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
    let (head, body) = end.map_or((bytes, &b""[..]), |end| (&bytes[..end], &bytes[end + 4..]));
    let head = String::from_utf8_lossy(head);
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
    let headers =
        lines.filter_map(|line| line.split_once(": ")).map(|(k, v)| (k.to_lowercase(), v.to_owned()));
    Reply { status: status.unwrap_or_default(), headers: headers.collect(), body: body.to_vec(), took }
}
