//! Calls are held for a fixed time, and answered when it is over.

use super::host::{Host, TRIGGERS};
use super::load::Waiting;
use super::polling::Pair;
use super::request;
use super::twin::HELD;
use crate::table::{Row, Table, time};

const CALLS: usize = 2_000;
const HOLD: u64 = 20;

/// How much later than after their time the latest but one in a hundred of so many calls are answered.
pub(crate) fn lateness(_: &str, table: &mut Table) {
    let mock = Host::mock(&["--hold", &format!("{HOLD}s")]);
    let ours = late(&mock, &request::write("POST", &format!("{TRIGGERS}waited"), "{}"), 303);
    drop(mock);
    let twin = Pair::start().twin;
    let twin = late(&twin, &request::write("GET", &format!("{HELD}{}", HOLD * 1000), ""), 200);
    table.add(Row {
        figure: "mock, 2,000 calls held for 20 s: lateness of the latest but 1 %",
        ours: time(ours),
        twin: time(twin),
        ratio: Some(ours / twin),
        goal: "1.2 (1)",
    });
}

/// The 99th percentile of the seconds that answers came after their time.
fn late(host: &Host, request: &str, status: u16) -> f64 {
    let answers = Waiting::send(&host.address, request, CALLS).answers();
    let mut late: Vec<f64> = answers
        .iter()
        .map(|own| {
            assert_eq!(own.status, status);
            (own.answered - own.sent) as f64 / 1e6 - HOLD as f64
        })
        .collect();
    late.sort_by(f64::total_cmp);
    assert!(late[0] >= 0.0, "an answer came {} s early", -late[0]);
    late[CALLS * 99 / 100]
}
