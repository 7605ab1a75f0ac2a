//! More calls wait than a process may have connections: over streams in memory.

use std::fmt;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use orchspec::mock::{Awaited, Configuration, Listener, Mock};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::resident;
use super::table::{Row, Table, time};
use super::twin::{self, Hall};

const CALLS: usize = 50_000;

/// One word that ends every job.
const END_ALL: &str = "POST /hooks HTTP/1.1\r\nhost: localhost\r\ncontent-length: 31\r\n\r\n\
                       {\"op\":\"fail\",\"job\":\"cap-below\"}";

/// One way of a stream.
const BUFFER: usize = 1 << 10;

/// The names of the parts that this program plays in a process of its own, whose memory nobody used before.
pub(crate) const MOCK: &str = "held-by-the-mock";
pub(crate) const TWIN: &str = "held-by-the-twin";

/// What came of it.
pub(crate) struct Held {
    /// KiB for each call, with both ends of its stream.
    memory: f64,
    /// Seconds until all were answered.
    release: f64,
    /// How many were answered otherwise than they should be.
    wrong: usize,
}

impl fmt::Display for Held {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} {}", self.memory, self.release, self.wrong)
    }
}

/// How much memory a waiting call takes, and how long it takes to answer all of them.
pub(crate) fn held(table: &mut Table) {
    let (ours, twin) = (play(MOCK), play(TWIN));
    let kibibytes = |each: f64| format!("{each:.1} KiB");
    let figure = "50,000 calls held in memory: memory, each";
    table.compare(figure, "1.2 (1.1)", &[(ours.memory, twin.memory)], kibibytes);
    let figure = "the same: until all are answered once their jobs end";
    table.compare(figure, "2 (1.3)", &[(ours.release, twin.release)], time);
    let (ours, twin) = (ours.wrong.to_string(), twin.wrong.to_string());
    table.add(Row { figure: "the same: answered otherwise", ours, twin, ratio: None, goal: "0" });
}

fn play(part: &str) -> Held {
    let output = Command::new(std::env::current_exe().unwrap()).arg(part).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let numbers: Vec<&str> = text.split_whitespace().collect();
    let [memory, release, wrong] = numbers[..] else { panic!("{text}") };
    Held { memory: memory.parse().unwrap(), release: release.parse().unwrap(), wrong: wrong.parse().unwrap() }
}

pub(crate) async fn of_a_mock() -> Held {
    let configuration = Configuration { hold: Duration::from_mins(10), ..Configuration::embedded() };
    let mock = Mock::builder().configuration(configuration).start().await.unwrap();
    let session = mock.session().clone();
    let before = resident();
    let bearer = mock.bearer("owner").unwrap();
    let request = format!(
        "POST /acme/prod/orchestrator_/t/cap-below HTTP/1.1\r\nhost: localhost\r\n\
         authorization: Bearer {bearer}\r\ncontent-length: 2\r\n\r\n{{}}"
    );
    let mut callers = JoinSet::new();
    for _ in 0..CALLS {
        let (near, far) = tokio::io::duplex(BUFFER);
        let session = session.clone();
        tokio::spawn(async move { session.serve(far, Listener::Protocol).await });
        callers.spawn(call(near, request.clone()));
    }
    let awaited = Awaited { parked: Some(CALLS), ..Awaited::default() };
    assert!(mock.session().wait(awaited, Duration::from_mins(1)).await);
    let memory = (resident() - before) / CALLS as f64;
    let begun = Instant::now();
    let (near, far) = tokio::io::duplex(BUFFER);
    tokio::spawn(async move { session.serve(far, Listener::Hooks).await });
    assert_eq!(call(near, END_ALL.to_owned()).await, 200);
    let wrong = callers.join_all().await.into_iter().filter(|status| *status != 200).count();
    Held { memory, release: begun.elapsed().as_secs_f64(), wrong }
}

pub(crate) async fn of_a_twin() -> Held {
    let (hall, before) = (Arc::new(Hall::default()), resident());
    let mut callers = JoinSet::new();
    for _ in 0..CALLS {
        let (near, far) = tokio::io::duplex(BUFFER);
        tokio::spawn(twin::hold(far, Arc::clone(&hall)));
        callers.spawn(call(near, "GET / HTTP/1.1\r\nhost: localhost\r\n\r\n".to_owned()));
    }
    while hall.waiting.load(Ordering::Relaxed) < CALLS {
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let memory = (resident() - before) / CALLS as f64;
    let begun = Instant::now();
    hall.release.notify_waiters();
    let wrong = callers.join_all().await.into_iter().filter(|status| *status != 200).count();
    Held { memory, release: begun.elapsed().as_secs_f64(), wrong }
}

/// Sends a request, and gives the status of its answer, whose head comes in one piece.
async fn call(mut stream: DuplexStream, request: String) -> u16 {
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = [0; 512];
    let size = stream.read(&mut bytes).await.unwrap_or_default();
    let line = String::from_utf8_lossy(&bytes[..size]);
    line.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default()
}
