//! The callers, in processes of their own: many connections that say one request again and again, or that wait for the
//! answer to it. They read no more of an answer than where it ends.

#![expect(clippy::disallowed_types, reason = "callers and servers are processes, and share no other clock")]

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::process::{Child, Stdio};
use std::time::{Duration, SystemTime};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::host::{first_line, unbounded};

/// How many connections one process of callers makes: fewer than it may have, and than one address has ports.
const MOST: usize = 10_000;

/// How many connections come from one address of this machine.
const FROM_ONE: usize = 500;

/// How long so many requests take, over so many connections at once.
pub(super) fn polls(address: &str, request: &str, connections: usize, requests: usize) -> Duration {
    let counts = [connections, requests].map(|count| count.to_string());
    let mut callers = spawn(&["poll", address, &counts[0], &counts[1]], request);
    let took = first_line(&mut callers).parse().unwrap();
    assert!(callers.wait().unwrap().success());
    Duration::from_micros(took)
}

/// The callers' part of [`polls`].
pub(crate) fn poll(address: &str, connections: usize, requests: usize) {
    let request = standard_input();
    run(async {
        let mut streams = Vec::new();
        for _ in 0..connections {
            streams.push(connect(address, (1, 0)).await);
        }
        let start = Instant::now();
        let mut callers = JoinSet::new();
        for mut stream in streams {
            let request = request.clone();
            callers.spawn(async move {
                for _ in 0..requests / connections {
                    stream.write_all(&request).await.unwrap();
                    assert_eq!(answer(&mut stream).await, Some(200));
                }
            });
        }
        callers.join_all().await;
        println!("{}", start.elapsed().as_micros());
    });
}

/// Callers who wait for their answers.
pub(super) struct Waiting(Vec<Child>);

/// When a request was sent, when it was answered, and how; in microseconds by the wall clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waited {
    pub(super) sent: u64,
    pub(super) answered: u64,
    /// The status; 0 if the connection broke.
    pub(super) status: u16,
}

impl Waiting {
    /// So many callers, each over a connection of its own; returns once all have sent the request.
    pub(super) fn send(address: &str, request: &str, count: usize) -> Self {
        let processes = count.div_ceil(MOST);
        let callers = (0..processes).map(|number| {
            let share = count / processes + usize::from(number < count % processes);
            let words = [(number + 1).to_string(), share.to_string()];
            spawn(&["hold", address, &words[0], &words[1]], request)
        });
        let mut callers: Vec<Child> = callers.collect();
        for child in &mut callers {
            assert_eq!(first_line(child), "sent");
        }
        Self(callers)
    }

    /// Everybody's answer, once there are all of them.
    pub(super) fn answers(self) -> Vec<Waited> {
        let mut answers = Vec::new();
        for mut child in self.0 {
            let mut text = String::new();
            child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
            assert!(child.wait().unwrap().success());
            answers.extend(text.lines().map(parse));
        }
        answers
    }
}

fn parse(line: &str) -> Waited {
    let mut numbers = line.split(' ').map(|number| number.parse::<u64>().unwrap());
    let mut next = || numbers.next().unwrap();
    Waited { sent: next(), answered: next(), status: u16::try_from(next()).unwrap() }
}

/// The callers' part of [`Waiting`].
pub(crate) fn hold(address: &str, source: u8, count: usize) {
    let request = standard_input();
    run(async {
        let mut streams = Vec::new();
        for number in 0..count {
            streams.push(connect(address, (source, number / FROM_ONE)).await);
        }
        let mut callers = JoinSet::new();
        for mut stream in streams {
            let sent = now();
            stream.write_all(&request).await.unwrap();
            callers.spawn(async move {
                let status = answer(&mut stream).await.unwrap_or_default();
                (sent, now(), status)
            });
        }
        say("sent\n");
        let answers = callers.join_all().await.into_iter();
        say(&answers.map(|(sent, at, status)| format!("{sent} {at} {status}\n")).collect::<String>());
    });
}

/// The wall clock, which all processes share, in microseconds.
pub(super) fn now() -> u64 {
    let time = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    u64::try_from(time.as_micros()).unwrap()
}

fn spawn(arguments: &[&str], request: &str) -> Child {
    let mut command = unbounded(&std::env::current_exe().unwrap().display().to_string());
    let mut child = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(request.as_bytes()).unwrap();
    child
}

fn standard_input() -> Vec<u8> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).unwrap();
    bytes
}

fn say(text: &str) {
    let mut output = std::io::stdout();
    output.write_all(text.as_bytes()).unwrap();
    output.flush().unwrap();
}

fn run(future: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future);
}

/// Each address of this machine has its own ports, and is slow to find a free one among many that are taken.
async fn connect(address: &str, (source, part): (u8, usize)) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    let own = Ipv4Addr::new(127, 0, source, u8::try_from(part + 1).unwrap());
    socket.bind(SocketAddr::new(IpAddr::V4(own), 0)).unwrap();
    let stream = socket.connect(address.parse().unwrap()).await.unwrap();
    stream.set_nodelay(true).unwrap();
    stream
}

/// Reads one answer, and gives its status.
async fn answer(stream: &mut TcpStream) -> Option<u16> {
    let mut bytes = Vec::with_capacity(512);
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = std::str::from_utf8(&bytes[..end]).ok()?;
            if bytes.len() >= end + 4 + length(head) {
                return head.split(' ').nth(1)?.parse().ok();
            }
        }
        if stream.read_buf(&mut bytes).await.unwrap_or_default() == 0 {
            return None;
        }
    }
}

fn length(head: &str) -> usize {
    let value = head.split("\r\n").find_map(|line| line.strip_prefix("content-length: "));
    value.and_then(|value| value.parse().ok()).unwrap_or_default()
}
