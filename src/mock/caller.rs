//! A caller for the mock's own tests: raw HTTP/1.1 over an in-memory stream, one connection each call.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::Instant;

use crate::mock::{Configuration, Listener, Mock};

pub(super) const OWNER: &str = "Authorization: Bearer embedded-owner-token\r\n";
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

    pub(super) fn location(&self) -> String {
        self.header("location").expect("a location").to_owned()
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
    pub(super) mock: Mock,
}

impl Caller {
    pub(super) fn new(configuration: Configuration) -> Self {
        Self { mock: Mock::new(configuration) }
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
        let (mut near, far) = tokio::io::duplex(1 << 16);
        let mock = self.mock.clone();
        let served = tokio::spawn(async move { mock.serve(far, listener).await });
        near.write_all(request(method, target, headers, body).as_bytes()).await.unwrap();
        let mut bytes = Vec::new();
        near.read_to_end(&mut bytes).await.unwrap();
        served.await.unwrap();
        parse(&bytes, begun.elapsed())
    }

    /// Begins a call and hangs up after a while, unanswered.
    pub(super) async fn hang_up(&self, target: &str, headers: &str, after: Duration) {
        let (mut near, far) = tokio::io::duplex(1 << 16);
        let mock = self.mock.clone();
        let served = tokio::spawn(async move { mock.serve(far, Listener::Protocol).await });
        let method = if target.ends_with("/wait") || target.contains("/wait?") { "GET" } else { "POST" };
        near.write_all(request(method, target, headers, "{}").as_bytes()).await.unwrap();
        tokio::time::sleep(after).await;
        drop(near);
        served.await.unwrap();
    }

    pub(super) async fn invoke(&self, trigger: &str, arguments: &Value) -> Reply {
        self.call("POST", &format!("{TRIGGERS}{trigger}"), OWNER, &arguments.to_string()).await
    }

    pub(super) async fn get(&self, target: &str) -> Reply {
        self.call("GET", path(target), OWNER, "").await
    }

    /// One operation of the task queue by its last path part.
    pub(super) async fn elma(&self, operation: &str, body: &Value) -> Reply {
        let family = if operation == "download" { "repository" } else { "orchestra" };
        self.call("POST", &format!("/v1/{family}/task/{operation}"), "", &body.to_string()).await
    }

    /// Creates a task of the process with this number.
    pub(super) async fn create(&self, process: u8, inputs: &Value) -> Reply {
        let process = format!("c39f99de-cb8f-4661-a206-0000000000{process:02}");
        let task = json!({ "process": process, "version": 0, "ctx": inputs.to_string() });
        self.elma("create", &json!({ "auth_tkn": SYSTEM, "task": task })).await
    }

    pub(super) async fn status(&self, id: &Value) -> Reply {
        self.elma("status", &json!({ "auth_tkn": SYSTEM, "id": id })).await
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

fn parse(bytes: &[u8], took: Duration) -> Reply {
    let end = bytes.windows(4).position(|window| window == b"\r\n\r\n").expect("a whole head");
    let head = std::str::from_utf8(&bytes[..end]).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap().parse().unwrap();
    let headers =
        lines.filter_map(|line| line.split_once(": ")).map(|(k, v)| (k.to_lowercase(), v.to_owned()));
    Reply { status, headers: headers.collect(), body: bytes[end + 4..].to_vec(), took }
}
