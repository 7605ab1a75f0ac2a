//! The mock's journal as exchanges: what was opened, decided and closed, put together again.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;

use crate::mock::{Closed, Decided, Entry, Event, Nowhere, Opened};
use crate::rule::course::{Answer, Exchange, Operation};

/// The exchanges of the orchestrator's journal and of another origin's, in the order of arrival.
pub fn exchanges(here: &[Entry], elsewhere: &[Entry]) -> Vec<Exchange> {
    let Some(begun) = here.iter().chain(elsewhere).map(|entry| entry.wall).min() else { return Vec::new() };
    let mut exchanges = read(here, begun);
    exchanges.extend(read(elsewhere, begun).into_iter().map(|exchange| Exchange {
        number: exchange.number + ELSEWHERE,
        elsewhere: true,
        ..exchange
    }));
    exchanges.sort_by_key(|exchange| exchange.at);
    exchanges
}

/// The numbers of another origin's exchanges begin here, so that none is given twice.
const ELSEWHERE: u64 = 1_000_000;

fn read(entries: &[Entry], begun: Timestamp) -> Vec<Exchange> {
    let mut exchanges = BTreeMap::new();
    for entry in entries {
        let at = Duration::try_from(entry.wall.duration_since(begun)).unwrap_or_default();
        match (&entry.event, exchanges.get_mut(&entry.exchange)) {
            (Event::Opened(opened), _) => {
                exchanges.insert(entry.exchange, opened_at(entry.exchange, at, opened));
            }
            (Event::Decided(decided), Some(exchange)) => decide(exchange, at, decided),
            (Event::Closed(closed), Some(exchange)) => close(exchange, *closed),
            _ => {}
        }
    }
    // What a browser asks of its own accord before a call is no call of the client's.
    exchanges.into_values().filter(|exchange: &Exchange| exchange.method != "OPTIONS").collect()
}

fn opened_at(number: u64, at: Duration, opened: &Opened) -> Exchange {
    Exchange {
        number,
        elsewhere: opened.foreign,
        at,
        connection: opened.connection,
        secure: opened.scheme == "https",
        method: opened.method.clone(),
        target: opened.target.clone(),
        headers: lines(&opened.head),
        body: String::from_utf8_lossy(&opened.body).into_owned(),
        length: opened.length,
        ..Exchange::default()
    }
}

fn decide(exchange: &mut Exchange, at: Duration, decided: &Decided) {
    exchange.answered = Some(at);
    exchange.operation = decided.operation.and_then(operation).filter(|_| !leads_nowhere(decided));
    exchange.invents_job = decided.nowhere == Some(Nowhere::Job);
    exchange.job = decided.job;
    exchange.misled = !decided.defects.is_empty();
    exchange.fault = decided.fault.as_deref().map(str::to_owned);
    exchange.answer = Some(Answer {
        status: decided.status,
        headers: lines(&decided.head),
        body: String::from_utf8_lossy(&decided.body).into_owned(),
        length: decided.length,
        whole: true,
    });
}

/// Every path below that of all triggers might be a trigger's; one that is none is a guess.
fn leads_nowhere(decided: &Decided) -> bool {
    decided.nowhere == Some(Nowhere::Trigger) && decided.fault.is_none()
}

/// An answer of which nothing left is none. That a caller went away is his own affair, and shows in what he does next.
fn close(exchange: &mut Exchange, closed: Closed) {
    if exchange.fault.is_none() || closed.whole {
        return;
    }
    match &mut exchange.answer {
        Some(_) if closed.bytes == 0 => exchange.answer = None,
        Some(answer) => answer.whole = false,
        None => {}
    }
}

fn operation(word: &str) -> Option<Operation> {
    use Operation::{Cancel, Create, Download, Invoke, Output, Poll, Status, Wait};
    let all = [
        ("create", Create),
        ("status", Status),
        ("cancel", Cancel),
        ("download", Download),
        ("invoke", Invoke),
        ("poll", Poll),
        ("wait", Wait),
        ("output", Output),
    ];
    all.into_iter().find(|(own, _)| *own == word).map(|(_, operation)| operation)
}

/// Names and values of header lines, in their order.
fn lines(head: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(head);
    let pairs = text.lines().filter_map(|line| line.split_once(": "));
    pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}
