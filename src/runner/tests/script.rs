//! A server that answers by a script, and a case that runs against it on a paused clock.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};

use crate::diagnostic::render;
use crate::http::client::Network;
use crate::http::memory;
use crate::http::message::Failure;
use crate::outcome::event::Silent;
use crate::outcome::{CaseOutcome, Verdict};
use crate::plan::{self, Filter, SuiteFile, SuiteFiles};
use crate::runner::{self, Interrupt, Run, Settings, World};
use crate::source::SourceMap;
use crate::system::{Child, System, SystemFuture};
use crate::target::{self, Input};

/// What the server answers to a request, given its text and how many came before it.
pub(super) type Script = dyn Fn(&str, usize) -> Reply + Send + Sync;

/// One answer.
pub(super) enum Reply {
    /// These bytes, after that long.
    Answer(Duration, String),
    /// Nothing: the connection is closed.
    Close,
}

/// An answer at once.
pub(super) fn answer(status: u16, headers: &str, body: &str) -> Reply {
    let length = body.len();
    let head = format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n{headers}\r\n");
    Reply::Answer(Duration::ZERO, format!("{head}{body}"))
}

/// Everything that was sent, in order.
pub(super) type Sent = Arc<Mutex<Vec<String>>>;

struct Scripted {
    script: Arc<Script>,
    sent: Sent,
}

impl memory::Network for Scripted {
    fn connect(&self, authority: &str) -> Result<DuplexStream, Failure> {
        if authority == "nobody" {
            return Err(Failure::Refused);
        }
        let (near, far) = tokio::io::duplex(64 << 10);
        tokio::spawn(serve(far, Arc::clone(&self.script), Arc::clone(&self.sent)));
        Ok(near)
    }
}

async fn serve(mut stream: DuplexStream, script: Arc<Script>, sent: Sent) {
    while let Some(request) = read_request(&mut stream).await {
        let before = {
            let mut sent = sent.lock().unwrap();
            sent.push(request.clone());
            sent.len() - 1
        };
        match script(&request, before) {
            Reply::Close => return,
            Reply::Answer(after, text) => {
                tokio::time::sleep(after).await;
                if stream.write_all(text.as_bytes()).await.is_err() {
                    return;
                }
            }
        }
    }
}

async fn read_request(stream: &mut DuplexStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return Some(text);
            }
        }
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
        }
    }
}

/// A machine without files, variables or programs.
struct Nothing;

impl System for Nothing {
    fn variable(&self, _: &str) -> Option<String> {
        None
    }

    fn read(&self, _: &Path) -> std::io::Result<Vec<u8>> {
        Err(std::io::ErrorKind::NotFound.into())
    }

    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::UNIX_EPOCH
    }

    fn spawn<'a>(&'a self, _: &'a [String], _: &'a Path) -> SystemFuture<'a, std::io::Result<Child>> {
        Box::pin(async { Err(std::io::ErrorKind::NotFound.into()) })
    }
}

const REGISTRY: &str = include_str!("../../../requirements/uipath.yaml");

const TARGET: &str = r#"
target: 1
http: { base: "http://server/api" }
uipath:
  base: "http://server"
  principals: { owner: { bearer: "token-of-the-owner" } }
  redirect_auth: required
  hold: { at_least: 20s, at_most: 30s }
  cap: 15m
  jobs:
    quick: { path: /quick, verb: POST, mode: AsyncRequestReply, kind: echo, runs: { at_least: 0s, at_most: 1s }, echoes_at: /echo }
    slow: { path: /slow, verb: POST, mode: AsyncRequestReply, kind: sleep, runs: { at_least: 5s, at_most: 6s }, output: { ok: true } }
  capabilities: { call_mode: yes }
timing: { poll: 1s, prompt: 2s, lag: 1s, skew: 5s, margin: 1s }
limits: { jobs: 2 }
disturbances: { on: [502], max_per_case: 2 }
hooks: none
"#;

/// Runs the steps of a scenario against a script; gives back what came of the case and what was sent.
pub(super) fn run(
    needs_and_steps: &str,
    script: impl Fn(&str, usize) -> Reply + Send + Sync + 'static,
) -> (CaseOutcome, Vec<String>) {
    let text = format!("title: a test\nprofile: uipath\n{needs_and_steps}");
    let scenarios = vec![file("uipath/test.yaml", &text)];
    run_suite(&SuiteFiles { scenarios, ..SuiteFiles::default() }, script)
}

/// A file of a suite.
pub(super) fn file(path: &str, text: &str) -> SuiteFile {
    SuiteFile { path: path.to_owned(), name: path.to_owned(), bytes: text.as_bytes().to_vec().into() }
}

/// Runs the first case of a suite against a script; gives back what came of it and what was sent.
pub(super) fn run_suite(
    files: &SuiteFiles,
    script: impl Fn(&str, usize) -> Reply + Send + Sync + 'static,
) -> (CaseOutcome, Vec<String>) {
    let files = SuiteFiles { requirements: vec![file("uipath.yaml", REGISTRY)], ..files.clone() };
    let (mut sources, mut diagnostics) = (SourceMap::default(), Vec::new());
    let suite = plan::load(&files, &|_| true, &mut sources, &mut diagnostics);
    let source = sources.add("target.yaml", TARGET);
    let input = Input {
        source,
        text: TARGET,
        folder: Path::new(""),
        settings: &[],
        registries: &suite.registries,
        system: &Nothing,
    };
    let target = target::parse(&input, &mut diagnostics);
    let shown: Vec<String> = diagnostics.iter().map(|found| render(found, &sources, false)).collect();
    assert_eq!(shown.join("\n"), "");
    let target = target.unwrap();
    let plan = plan::build(&suite, &target, &Filter::default());
    let (script, sent): (Arc<Script>, Sent) = (Arc::new(script), Sent::default());
    let seen = Arc::clone(&sent);
    let start = move |_: &plan::TestCase| {
        Network::Memory(Arc::new(Scripted { script: Arc::clone(&script), sent: Arc::clone(&seen) })).into()
    };
    let world = World::Private {
        start: Arc::new(start),
        unmet_faults: Arc::new(Vec::new),
        epoch: jiff::Timestamp::UNIX_EPOCH,
    };
    let (_, interrupt) = Interrupt::new();
    let settings = Settings::default();
    let run = Run {
        plan: &plan,
        suite: &suite,
        target: &target,
        world,
        settings,
        sink: &Silent,
        system: &Nothing,
        interrupt,
    };
    let outcome = runner::run(&run).unwrap();
    let case = outcome.cases.into_iter().next().unwrap();
    let sent = sent.lock().unwrap().clone();
    (case, sent)
}

/// The verdict on a requirement.
pub(super) fn verdict(case: &CaseOutcome, id: &str) -> Verdict {
    let found = case.verdicts.iter().find(|verdict| verdict.requirement.as_str() == id);
    found.map(|verdict| verdict.verdict).unwrap()
}

/// Why the verdict on a requirement is what it is.
pub(super) fn because(case: &CaseOutcome, id: &str) -> String {
    let found = case.verdicts.iter().find(|verdict| verdict.requirement.as_str() == id);
    found.and_then(|verdict| verdict.because.clone()).unwrap_or_default()
}
