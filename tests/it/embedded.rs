//! The embedded mock over sockets in real time is judged like the one in memory in virtual time.

use std::collections::BTreeSet;

use crate::judged::Judged;
use crate::orchspec::Orchspec;

#[test]
fn sockets_and_real_time_change_no_verdict() {
    let run = |how: &str| Judged::run(&Orchspec::new(&format!("embedded-{how}")), &["--embedded", how]);
    let (memory, sockets) = (run("memory"), run("tcp"));
    assert_eq!((memory.ended.code, sockets.ended.code), (0, 0), "{}{}", memory.ended, sockets.ended);
    assert!(!memory.ended.stderr.contains("waiting"), "nobody waits for virtual time: {}", memory.ended);
    let (memory, sockets) = (memory.verdicts(), sockets.verdicts());
    let attained: BTreeSet<_> = sockets.into_iter().filter(|row| !row.ends_with("unattainable")).collect();
    let other: Vec<_> = attained.difference(&memory).collect();
    assert_eq!(other, [""; 0]);
    assert!(attained.len() * 10 > memory.len() * 9, "{} of {}", attained.len(), memory.len());
}
