//! What is measured: one function a figure, one line of the registry each.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::measure::{Cost, mebibytes, run};
use crate::mock;
use crate::table::{Row, Table, time};

/// Something to measure.
pub(crate) struct Figure {
    pub(crate) name: &'static str,
    pub(crate) measure: fn(&str, &mut Table),
}

/// Everything, in the order of the table.
pub(crate) const FIGURES: [Figure; 11] = [
    Figure { name: "start", measure: start },
    Figure { name: "sequential", measure: sequential },
    Figure { name: "flows", measure: flows },
    Figure { name: "suite", measure: suite },
    Figure { name: "mutants", measure: mutants },
    Figure { name: "lint", measure: lint },
    Figure { name: "mock-ready", measure: mock::ready },
    Figure { name: "mock-polling", measure: mock::polling },
    Figure { name: "mock-growth", measure: mock::growth },
    Figure { name: "mock-held", measure: mock::held },
    Figure { name: "mock-lateness", measure: mock::lateness },
];

const ROUNDS: usize = 7;
const REQUESTS: u32 = 1000;
const FLOWS: u32 = 200;

/// The program that is measured.
pub(crate) const ORCHSPEC: &str = env!("CARGO_BIN_EXE_orchspec");

/// One scenario that asks once.
fn start(origin: &str, table: &mut Table) {
    let suite = Suite::write("start", origin, ONE_REQUEST);
    let pairs = alternate(|| run(&mut suite.command(), 20), || run(&mut twin("sequential", 1, origin), 20));
    compare(table, "start-up with one request: CPU", "2.9 (2)", &pairs, |cost| cost.cpu.as_secs_f64());
    let peaks = |cost: &Cost| f64::from(cost.peak);
    compare_in(table, "the same: memory at the peak", "3.6 (2.9)", &pairs, peaks, mebibytes);
}

/// Many requests one after the other, three checks on each answer.
fn sequential(origin: &str, table: &mut Table) {
    let suite = Suite::write("sequential", origin, &document(REQUESTS));
    let once = Suite::write("once", origin, &document(1));
    let pairs =
        alternate(|| run(&mut suite.command(), 3), || run(&mut twin("sequential", REQUESTS, origin), 3));
    compare(table, "1,000 requests, three checks each: CPU", "5 (2)", &pairs, |cost| cost.cpu.as_secs_f64());
    compare(table, "the same: wall", "3 (1.5)", &pairs, |cost| cost.wall.as_secs_f64());
    let (many, one) = (run(&mut suite.command(), 3), run(&mut once.command(), 3));
    let growth = f64::from(many.peak.saturating_sub(one.peak)) / f64::from(REQUESTS);
    let ours = format!("{growth:.1} KiB");
    table.add(Row {
        figure: "the same: memory for each request",
        ours,
        twin: "-".into(),
        ratio: None,
        goal: "4 KiB",
    });
}

/// Many jobs at once, each polled to its end.
fn flows(origin: &str, table: &mut Table) {
    let rounds = Suite::write("rounds", origin, &flow_rounds());
    let cases = Suite::write("cases", origin, &flow_cases());
    let twin = || run(&mut twin("flows", FLOWS, origin), 3);
    let pairs = alternate(|| run(&mut rounds.command(), 3), twin);
    compare(table, "200 polling flows in one case: wall", "2 (1.3)", &pairs, |cost| cost.wall.as_secs_f64());
    compare(table, "the same: CPU", "4 (2)", &pairs, |cost| cost.cpu.as_secs_f64());
    let pairs = alternate(|| run(&mut cases.command(), 3), twin);
    compare(table, "200 polling flows in 200 cases: wall", "2 (1.3)", &pairs, |cost| cost.wall.as_secs_f64());
    compare(table, "the same: CPU", "4 (2)", &pairs, |cost| cost.cpu.as_secs_f64());
}

/// The built-in suite on the embedded mock, against as many bare requests as it makes.
fn suite(origin: &str, table: &mut Table) {
    let requests = requests_of_the_suite();
    let pairs = alternate(
        || run(Command::new(ORCHSPEC).arg("run"), 3),
        || run(&mut twin("sequential", requests, origin), 3),
    );
    let name = format!("embedded suite, {requests} requests: wall");
    compare(table, &name, "1 s (0.3 s)", &pairs, |cost| cost.wall.as_secs_f64());
}

/// The kill matrix, in multiples of the suite once.
fn mutants(_origin: &str, table: &mut Table) {
    let once = run(Command::new(ORCHSPEC).arg("run"), 3);
    let all = run(Command::new(ORCHSPEC).arg("mutants"), 1);
    let ratio = all.wall.as_secs_f64() / once.wall.as_secs_f64();
    let (ours, twin) =
        (time(all.wall.as_secs_f64()), format!("{} (the suite once)", time(once.wall.as_secs_f64())));
    table.add(Row { figure: "kill matrix: wall", ours, twin, ratio: Some(ratio), goal: "10 s (5 s)" });
}

/// Reading and checking every file of the suite.
fn lint(origin: &str, table: &mut Table) {
    let pairs = alternate(
        || run(Command::new(ORCHSPEC).arg("lint"), 10),
        || run(&mut twin("sequential", 1, origin), 10),
    );
    let name = "parse and lint the whole suite: CPU (beside one request)";
    compare(table, name, "-", &pairs, |cost| cost.cpu.as_secs_f64());
}

/// Ours and the twin's, in turn.
fn alternate(ours: impl Fn() -> Cost, twin: impl Fn() -> Cost) -> Vec<(Cost, Cost)> {
    (0..ROUNDS).map(|_| (ours(), twin())).collect()
}

fn compare(table: &mut Table, figure: &str, goal: &str, pairs: &[(Cost, Cost)], of: impl Fn(&Cost) -> f64) {
    compare_in(table, figure, goal, pairs, of, time);
}

fn compare_in(
    table: &mut Table,
    figure: &str,
    goal: &str,
    pairs: &[(Cost, Cost)],
    of: impl Fn(&Cost) -> f64,
    unit: fn(f64) -> String,
) {
    let pairs: Vec<_> = pairs.iter().map(|(ours, twin)| (of(ours), of(twin))).collect();
    table.compare(figure, goal, &pairs, unit);
}

fn twin(what: &str, count: u32, origin: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["twin", what, &count.to_string(), origin]);
    command
}

/// How many requests the built-in suite makes.
fn requests_of_the_suite() -> u32 {
    let output = Command::new(ORCHSPEC).args(["run", "--report", "json=-"]).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let evidence = report["volatile"]["evidence"].as_object().unwrap();
    let exchanges = evidence.values().map(|case| case.as_array().unwrap().len());
    u32::try_from(exchanges.sum::<usize>()).unwrap()
}

/// A suite of one scenario, and the target file of the server.
struct Suite(PathBuf);

impl Suite {
    fn write(name: &str, origin: &str, scenario: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("speed").join(name);
        std::fs::create_dir_all(folder.join("scenarios")).unwrap();
        std::fs::write(folder.join("scenarios/speed.yaml"), scenario).unwrap();
        std::fs::write(folder.join("target.yaml"), target(origin)).unwrap();
        Self(folder)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(ORCHSPEC);
        command.current_dir(&self.0).args(["run", "--suite", ".", "--target", "target.yaml"]);
        command
    }
}

fn target(origin: &str) -> String {
    let job = crate::server::JOB.as_millis();
    let poll = crate::twin::POLL.as_millis();
    let long = Duration::from_mins(1).as_secs();
    format!(
        r#"target: 1
identity: {{ organization: hyper, product: bare }}
elma:
  base: "{origin}"
  principals: {{ owner: {{ token: "a-token-of-the-owner" }} }}
uipath:
  base: "{origin}"
  principals: {{ owner: {{ bearer: "a-token-of-the-owner" }} }}
  jobs:
    flow: {{ path: /t/flow, verb: POST, mode: AsyncRequestReply, kind: sleep, runs: {{ at_least: {job}ms, at_most: {long}s }}, output: {{ ok: true }} }}
timing: {{ poll: {poll}ms, prompt: 2s, lag: 2s, skew: 5s, margin: 1s }}
limits: {{ concurrency: {FLOWS}, jobs: 2000, longest_case: 10m }}
"#
    )
}

const ONE_REQUEST: &str = "title: A document is there
profile: elma
steps:
  - name: ask
    request: { raw: /document, method: GET }
    expect: [ { covers: [ELMA-GEN-10], status: 200 } ]
";

fn document(times: u32) -> String {
    format!(
        "title: A document is what it is
profile: elma
steps:
  - name: ask again and again
    repeat: {{ times: {times} }}
    steps:
      - name: ask
        request: {{ raw: /document, method: GET }}
        expect:
          - {{ covers: [ELMA-GEN-10], status: 200 }}
          - {{ covers: [ELMA-STATUS-01], body: {{ at: {{ /task/status: DONE, /task/id: 955, /status: 200 }} }} }}
          - {{ covers: [ELMA-GEN-10], body: {{ schema: elma/envelope }} }}
"
    )
}

const FLOW: &str = r#"- name: invoke
  request: { invoke: job, mode: AsyncRequestReply }
  expect: [ { covers: [UIP-ASYNC-02], status: 202 } ]
  capture: { status_uri: location }
- name: poll until the job ends
  poll: "${{ status_uri }}"
  within: "${{ job.latest_end + target.lag + target.margin }}"
  pending: { covers: [UIP-ASYNC-09], status: 200 }
  until: { covers: [UIP-ASYNC-11], status: 303 }
  capture: { output_uri: location }
- name: read the output
  request: { get: "${{ output_uri }}" }
  expect: [ { covers: [UIP-ASYNC-13], result: output } ]
"#;

const HEAD: &str = "title: Many jobs are done at the same time\nprofile: uipath\n\
                    needs: { jobs: { job: { kind: sleep, mode: AsyncRequestReply } } }\n";

fn flow_rounds() -> String {
    let steps = indented(FLOW, 6);
    format!(
        "{HEAD}steps:\n  - name: rounds\n    repeat: {{ times: {FLOWS}, at_once: true }}\n    steps:\n{steps}"
    )
}

fn flow_cases() -> String {
    let rows = (1..=FLOWS).map(|number| format!("  flow-{number}: {{ number: {number} }}\n"));
    format!("{HEAD}cases:\n{}steps:\n{}", rows.collect::<String>(), indented(FLOW, 2))
}

fn indented(text: &str, by: usize) -> String {
    text.lines().map(|line| format!("{:by$}{line}\n", "")).collect()
}
