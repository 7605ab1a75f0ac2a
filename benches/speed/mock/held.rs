//! Thousands of calls wait for their jobs, and all jobs end at once.

use super::host::{Host, TRIGGERS};
use super::load::{Waited, Waiting, now};
use super::machine::descriptors;
use super::request::{self, Answer};
use super::twin::HELD;
use crate::table::{Row, Table, time};

const ROUNDS: usize = 3;

/// What a server has open besides its callers' connections.
const SPARE: usize = 200;

/// How much memory a waiting call costs, and how long it takes until everybody has the answer.
pub(crate) fn held(_: &str, table: &mut Table) {
    measure(table, 10_000);
    measure(table, 50_000);
}

fn measure(table: &mut Table, wanted: usize) {
    let (room, answer) = (descriptors().saturating_sub(SPARE), answer());
    let count = wanted.min(room);
    let twin = request::write("GET", &format!("{HELD}600000"), "");
    let ours = request::write("POST", &format!("{TRIGGERS}waited"), "{}");
    let round = || {
        let mock = round(&Host::mock(&["--hold", "10m"]), &ours, count);
        (mock, round(&Host::twin(&answer), &twin, count))
    };
    let rounds: Vec<_> = (0..ROUNDS).map(|_| round()).collect();
    let name = if count < wanted {
        format!("{count} calls (not {wanted}: a process has {} descriptors here)", descriptors())
    } else {
        format!("{count} calls")
    };
    let of = |of: fn(&Round) -> f64| -> Vec<_> {
        rounds.iter().map(|(ours, twin)| (of(ours), of(twin))).collect()
    };
    let kibibytes = |each: f64| format!("{each:.1} KiB");
    table.compare(
        &format!("mock, {name} held: memory of the server, each"),
        "1.2 (1.1)",
        &of(|own| own.memory),
        kibibytes,
    );
    table.compare(
        "the same: until all are answered once their jobs end",
        "2 (1.3)",
        &of(|own| own.release),
        time,
    );
    let broken = |own: &dyn Fn(&Round) -> usize| rounds.iter().map(|(ours, _)| own(ours)).sum::<usize>();
    let (failed, early) = (broken(&|own| own.failed), broken(&|own| own.early));
    let ours = format!("{failed} and {early}");
    table.add(Row {
        figure: "the same: failed, and answered early",
        ours,
        twin: "-".into(),
        ratio: None,
        goal: "0 and 0",
    });
}

/// What one round came to.
struct Round {
    /// KiB for each call.
    memory: f64,
    /// Seconds from the word to the last answer.
    release: f64,
    failed: usize,
    early: usize,
}

fn round(host: &Host, request: &str, count: usize) -> Round {
    let before = host.resident();
    let waiting = Waiting::send(&host.address, request, count);
    host.await_held(count);
    let memory = (host.resident() - before) / count as f64;
    let released = now();
    host.release();
    let answers = waiting.answers();
    assert_eq!(answers.len(), count);
    let last = answers.iter().map(|own| own.answered).max().unwrap();
    let many = |is: &dyn Fn(&Waited) -> bool| answers.iter().filter(|own| is(own)).count();
    Round {
        memory,
        release: (last - released) as f64 / 1e6,
        failed: many(&|own| own.status != 200),
        early: many(&|own| own.answered < released),
    }
}

/// What the mock answers to a call that waited.
fn answer() -> Answer {
    let mock = Host::mock(&[]);
    let address = mock.address.clone();
    let caller =
        std::thread::spawn(move || request::ask(&address, "POST", &format!("{TRIGGERS}waited"), "{}"));
    mock.await_held(1);
    mock.release();
    caller.join().unwrap()
}
