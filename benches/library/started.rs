//! How long it takes until there is a mock.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use orchspec::mock::Mock;
use tokio::time::Instant;

use super::table::{Row, Table, time};
use super::{resident, twin};

const ROUNDS: usize = 301;
const MOCKS: u32 = 200;

/// One mock after the other: until it can be reached, and until it has answered once.
pub(crate) async fn alone(table: &mut Table) {
    let (mut started, mut answered) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let (ours, twin) = (of_a_mock().await, of_a_twin().await);
        started.push((ours.0.as_secs_f64(), twin.0.as_secs_f64()));
        answered.push((ours.1.as_secs_f64(), twin.1.as_secs_f64()));
    }
    table.compare("`Mock::start()`, until it returns", "1 ms", &started, time);
    table.compare("the same: until it has answered once", "-", &answered, time);
}

async fn of_a_mock() -> (Duration, Duration) {
    let begun = Instant::now();
    let mock = Mock::start().await.unwrap();
    let started = begun.elapsed();
    let address = mock.elma_url().trim_start_matches("http://").to_owned();
    ask(address).await;
    (started, begun.elapsed())
}

async fn of_a_twin() -> (Duration, Duration) {
    let begun = Instant::now();
    let (address, server) = twin::start().await;
    let started = begun.elapsed();
    ask(address.to_string()).await;
    let answered = begun.elapsed();
    server.abort();
    (started, answered)
}

/// Asks for anything, on a thread of its own.
async fn ask(address: String) {
    let asked = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
        stream.read_to_end(&mut Vec::new()).unwrap()
    });
    assert!(asked.await.unwrap() > 0);
}

/// Many mocks at once, none of which knows of the others.
pub(crate) async fn side_by_side(table: &mut Table) {
    let (before, begun) = (resident(), Instant::now());
    let mut mocks = Vec::new();
    for _ in 0..MOCKS {
        mocks.push(Mock::start().await.unwrap());
    }
    let took = (begun.elapsed() / MOCKS).as_secs_f64();
    for mock in &mocks {
        ask(mock.elma_url().trim_start_matches("http://").to_owned()).await;
    }
    let ours = format!("{}, {:.0} KiB", time(took), (resident() - before) / f64::from(MOCKS));
    let figure = "200 mocks side by side: each, and its memory";
    table.add(Row { figure, ours, twin: "-".into(), ratio: None, goal: "1 ms" });
}
