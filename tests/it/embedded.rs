//! The embedded mock over sockets in real time is judged like the one in memory in virtual time.

use crate::judged::Judged;
use crate::orchspec::Orchspec;

#[test]
fn sockets_and_real_time_change_no_verdict() {
    let run = |how: &str| Judged::run(&Orchspec::new(&format!("embedded-{how}")), &["--embedded", how]);
    let (memory, sockets) = (run("memory"), run("tcp"));
    assert_eq!((memory.ended.code, sockets.ended.code), (0, 0), "{}{}", memory.ended, sockets.ended);
    assert!(!memory.ended.stderr.contains("waiting"), "nobody waits for virtual time: {}", memory.ended);
    let (memory, sockets) = (memory.verdicts(), sockets.verdicts());
    assert_eq!(sockets.symmetric_difference(&memory).collect::<Vec<_>>(), [""; 0]);
}
