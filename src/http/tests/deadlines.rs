//! When the client gives up, and what its timings say.

use std::time::Duration;

use rstest::rstest;

use super::script::*;
use crate::http::client::How;
use crate::http::message::{Exchange, Failure};

const SECOND: Duration = Duration::from_secs(1);

fn sent(script: Vec<Act>, adjust: impl FnOnce(&mut How)) -> Exchange {
    run(async {
        let mut how = how();
        tokio::time::sleep(SECOND).await;
        adjust(&mut how);
        Server::new([script]).client().send(get(), how).await
    })
}

#[test]
fn timings_count_from_the_epoch() {
    let head = say("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n");
    let script = vec![Act::Read, Act::Pause(2 * SECOND), head, Act::Pause(3 * SECOND), say("x"), Act::Hold];
    let timing = sent(script, |_| ()).timing;
    assert_eq!((timing.sent, timing.first_byte, timing.complete), (SECOND, Some(3 * SECOND), 6 * SECOND));
}

#[test]
fn no_answer_within_the_first_deadline() {
    let exchange = sent(vec![Act::Read, Act::Hold], |_| ());
    assert_eq!((exchange.timing.first_byte, exchange.timing.total()), (None, 10 * SECOND));
    assert_eq!(failure(exchange), Failure::Silence { after: 10 * SECOND, begun: false });
}

#[test]
fn an_informational_answer_does_not_begin_one() {
    let exchange = sent(vec![Act::Read, say("HTTP/1.1 102 Processing\r\n\r\n"), Act::Hold], |_| ());
    assert_eq!(exchange.timing.first_byte, None);
    assert_eq!(failure(exchange), Failure::Silence { after: 10 * SECOND, begun: false });
}

#[rstest]
#[case::in_the_head("HTTP/1.1 200 OK\r\nContent-")]
#[case::in_the_body("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n123")]
fn an_answer_that_stalls(#[case] beginning: &str) {
    let script = vec![Act::Read, Act::Pause(4 * SECOND), say(beginning), Act::Hold];
    let exchange = sent(script, |_| ());
    assert_eq!((exchange.timing.held(), exchange.timing.total()), (4 * SECOND, 30 * SECOND));
    assert_eq!(failure(exchange), Failure::Silence { after: 30 * SECOND, begun: true });
}

#[test]
fn a_head_that_ends_after_the_first_deadline_is_in_time() {
    let rest = say(" 200 OK\r\nContent-Length: 0\r\n\r\n");
    let script = vec![Act::Read, say("HTTP/1.1"), Act::Pause(20 * SECOND), rest];
    assert_eq!(response(sent(script, |_| ())).status, 200);
}

#[test]
fn the_whole_deadline_may_be_the_earlier_one() {
    let exchange = sent(vec![Act::Read, Act::Hold], |how| how.total = 2 * SECOND);
    assert_eq!(failure(exchange), Failure::Silence { after: 2 * SECOND, begun: false });
}

#[rstest]
#[case::before_the_answer("")]
#[case::within_the_answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n123")]
fn the_harness_cuts(#[case] beginning: &str) {
    let exchange = sent(vec![Act::Read, say(beginning), Act::Hold], |how| how.cut_after = Some(7 * SECOND));
    assert_eq!(exchange.timing.total(), 7 * SECOND);
    assert_eq!(failure(exchange), Failure::CutByHarness);
}

#[test]
fn an_answer_before_the_cut_stands() {
    let script = vec![Act::Read, say("HTTP/1.1 204 No Content\r\n\r\n"), Act::Hold];
    assert_eq!(response(sent(script, |how| how.cut_after = Some(SECOND))).status, 204);
}

#[test]
fn an_endless_deadline_is_none() {
    let script = vec![Act::Read, Act::Pause(60 * 60 * SECOND), say("HTTP/1.1 204 \r\n\r\n")];
    let exchange = sent(script, |how| (how.total, how.first_byte) = (Duration::MAX, Duration::MAX));
    assert_eq!(response(exchange).status, 204);
}
