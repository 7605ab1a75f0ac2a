//! A server in this process that answers as a test says.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

/// A request as it came: the request line, the header lines and the body.
pub(super) struct Asked {
    /// `POST /t/quick`.
    pub what: String,
    /// Header lines, names in lower case.
    pub headers: Vec<String>,
    /// The body.
    pub body: String,
}

impl Asked {
    /// The value of a header; empty if there is none.
    pub(super) fn header(&self, name: &str) -> &str {
        let value = self.headers.iter().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        value.unwrap_or_default()
    }
}

/// Starts a server and gives its origin; `answer` gets each request, and the origin again.
pub(super) fn start(answer: impl Fn(&Asked, &str) -> String + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let (answer, own) = (Arc::new(answer), origin.clone());
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (answer, own) = (Arc::clone(&answer), own.clone());
            std::thread::spawn(move || {
                if let Some(asked) = read(&stream) {
                    let _ = (&stream).write_all(answer(&asked, &own).as_bytes());
                }
            });
        }
    });
    origin
}

/// An answer with these lines in its head.
pub(super) fn answer(status: &str, headers: &[&str], body: &str) -> String {
    let lines: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{lines}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}")
}

fn read(stream: &TcpStream) -> Option<Asked> {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|length| *length > 0)?;
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            break;
        }
        lines.push(line);
    }
    let what = lines.remove(0).rsplit_once(' ')?.0.to_owned();
    let lower = |line: String| match line.split_once(':') {
        Some((name, value)) => format!("{}:{value}", name.to_lowercase()),
        None => line,
    };
    let mut asked = Asked { what, headers: lines.into_iter().map(lower).collect(), body: String::new() };
    let length = asked.header("content-length").parse().unwrap_or(0);
    reader.take(length).read_to_string(&mut asked.body).ok()?;
    Some(asked)
}
