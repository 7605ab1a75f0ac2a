//! Single requests over a connection of their own, for what is asked for before and after a measurement.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

/// Whoever calls the mock here.
const BEARER: &str = "a-token-of-the-owner";

/// An answer as it came.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    /// Its header lines, without those that the HTTP library writes by itself.
    pub(super) head: Vec<(String, String)>,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> &str {
        let found = self.head.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).unwrap()
    }
}

/// A request as clients write it.
pub(super) fn write(method: &str, path: &str, body: &str) -> String {
    let length = if body.is_empty() { String::new() } else { format!("content-length: {}\r\n", body.len()) };
    format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {BEARER}\r\n\
         user-agent: speed\r\naccept: */*\r\n{length}\r\n{body}"
    )
}

/// Sends a request and reads its answer.
pub(super) fn ask(address: &str, method: &str, path: &str, body: &str) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = write(method, path, body).replacen("user-agent", "connection: close\r\nuser-agent", 1);
    stream.write_all(request.as_bytes()).unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    parse(&text)
}

fn parse(text: &str) -> Answer {
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).unwrap();
    let pairs = lines.filter_map(|line| line.split_once(": "));
    let pairs = pairs.map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let head = pairs.filter(|(name, _)| !["connection", "content-length"].contains(&name.as_str()));
    Answer { status, head: head.collect(), body: body.to_owned() }
}

/// The path of an absolute reference, with its query.
pub(super) fn path(reference: &str) -> &str {
    let behind = reference.strip_prefix("http://").unwrap();
    &behind[behind.find('/').unwrap()..]
}
