//! Whatever the order, the company, the clock and the load: the same server gets the same verdicts.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};

use orchspec::cli::rounds::Rounds;
use orchspec::outcome::RunOutcome;
use serde_json::Value;

/// A server with nothing to complain about, and one with violations to find that no race decides: what a cancel that meets
/// the start of its task can show of a server hangs, over sockets, on which of them arrives first.
const SERVERS: [&[&str]; 2] =
    [&[], &["--defect", "UIP-ASYNC-12/no-location", "--defect", "ELMA-STATUS-11/failure-as-done"]];

fn run(rounds: &Rounds, server: &[&str], how: &[&str]) -> RunOutcome {
    rounds.run(&[server, how].concat()).unwrap()
}

fn verdicts(outcome: &RunOutcome) -> BTreeSet<String> {
    let rows = outcome.cases.iter().flat_map(|case| case.verdicts.iter().map(move |own| (case, own)));
    rows.map(|(case, own)| format!("{} {} {}", case.id, own.requirement, own.verdict)).collect()
}

/// The report without what may change from run to run.
fn lasting(rounds: &Rounds, outcome: &RunOutcome) -> String {
    let mut report: Value = serde_json::from_str(&rounds.report(outcome)).unwrap();
    report.as_object_mut().unwrap().remove("volatile").unwrap();
    report.to_string()
}

/// Keeps every core busy while something runs.
fn under_load<T>(work: impl FnOnce() -> T) -> T {
    let done = AtomicBool::new(false);
    let cores = std::thread::available_parallelism().unwrap().get();
    std::thread::scope(|scope| {
        let spin = || {
            while !done.load(Ordering::Relaxed) {
                std::hint::spin_loop();
            }
        };
        (0..cores).for_each(|_| drop(scope.spawn(spin)));
        let result = work();
        done.store(true, Ordering::Relaxed);
        result
    })
}

#[test]
fn neither_order_nor_company_nor_load_changes_a_report() {
    let rounds = Rounds::load().unwrap();
    for server in SERVERS {
        let serial = lasting(&rounds, &run(&rounds, server, &["--concurrency", "1"]));
        let parallel = lasting(&rounds, &run(&rounds, server, &[]));
        let loaded = lasting(&rounds, &under_load(|| run(&rounds, server, &[])));
        assert!(serial == parallel && serial == loaded, "{server:?}");
    }
}

#[test]
fn no_shuffle_changes_a_verdict() {
    let rounds = Rounds::load().unwrap();
    for server in SERVERS {
        let straight = verdicts(&run(&rounds, server, &[]));
        for seed in 1..=10 {
            let shuffled = verdicts(&run(&rounds, server, &[&format!("--shuffle={seed}")]));
            assert_eq!(
                shuffled.symmetric_difference(&straight).collect::<Vec<_>>(),
                [""; 0],
                "{seed} {server:?}"
            );
        }
    }
}

#[test]
fn neither_sockets_nor_real_time_nor_load_changes_a_verdict() {
    let rounds = Rounds::load().unwrap();
    let [_, server] = SERVERS;
    let memory = verdicts(&run(&rounds, server, &[]));
    let sockets = under_load(|| run(&rounds, server, &["--embedded", "tcp", "--shuffle=1"]));
    let sockets = verdicts(&sockets);
    assert_eq!(sockets.symmetric_difference(&memory).collect::<Vec<_>>(), [""; 0]);
}
