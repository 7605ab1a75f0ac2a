//! Faults as a caller meets them on the wire, on the second request of a connection that is kept.

use std::time::Duration;

use rstest::rstest;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::mock::fault::{CountBy, Damage, Fault, FaultPlan};
use crate::mock::{Event, Mock, Operation};

/// What comes back to two equal calls on one connection, of which the second meets the fault, and what the journal
/// says of its end.
async fn second(fault: Fault) -> (String, Option<bool>) {
    let plan = FaultPlan::new([fault.nth(2).count_by(CountBy::Session)]).unwrap();
    let mock = Mock::builder().faults(plan).start().await.unwrap();
    let mut stream = TcpStream::connect(mock.elma_url().trim_start_matches("http://")).await.unwrap();
    let call = "POST /v1/orchestra/task/status HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n{}";
    stream.write_all(call.as_bytes()).await.unwrap();
    let mut buffer = [0; 4096];
    let first = stream.read(&mut buffer).await.unwrap();
    assert!(buffer[..first].starts_with(b"HTTP/1.1 200 "), "{:?}", String::from_utf8_lossy(&buffer[..first]));
    stream.write_all(call.as_bytes()).await.unwrap();
    let rest = tokio::time::timeout(Duration::from_millis(300), async {
        let mut text = Vec::new();
        let _ = stream.read_to_end(&mut text).await;
        text
    });
    let text = match rest.await {
        Ok(text) => String::from_utf8_lossy(&text).into_owned(),
        Err(_) => "kept open".to_owned(),
    };
    let entries = mock.session().journal(0, 100).entries;
    let named = |entry: &&crate::mock::Entry| matches!(&entry.event, Event::Decided(own) if own.fault.is_some() && own.phase.is_some());
    assert_eq!(entries.iter().filter(named).count(), 1);
    assert_eq!(mock.session().faults()[0].fired, 1);
    let mut closed = entries.iter().filter_map(|entry| match entry.event {
        Event::Closed(closed) if entry.exchange == 2 => Some(closed.whole),
        _ => None,
    });
    (text, closed.next_back())
}

fn status() -> Fault {
    Fault::on(Operation::Status)
}

#[rstest]
#[case(Damage::Empty, "")]
#[case(Damage::of("truncate").unwrap(), "HTTP/1.1 200 OK")]
#[tokio::test]
async fn a_broken_connection_is_seen_and_written_down(#[case] damage: Damage, #[case] begins: &str) {
    let (text, whole) = second(status().wire(damage)).await;
    assert!(text.starts_with(begins) && text.is_empty() == begins.is_empty(), "{text}");
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or_default();
    let promised = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    assert!(promised.is_none_or(|promised| body.len() < promised), "{text}");
    assert_eq!(whole, Some(false));
}

#[rstest]
#[case(status().status(502).before_commit())]
#[case(status().status(502).after_commit())]
#[case(status().status(404))]
#[tokio::test]
async fn an_answer_of_somebody_else_leaves_the_connection_open(#[case] fault: Fault) {
    assert_eq!(second(fault).await, ("kept open".to_owned(), Some(true)));
}
