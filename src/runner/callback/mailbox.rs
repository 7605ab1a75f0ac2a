//! What came in at one address of a case, and what is answered there.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::clock::Instant;
use crate::http::listener::{Inbound, Outbound};
use crate::http::message::{Request, Response};
use crate::scenario::MOST_CALLS;

/// A call of the server.
#[derive(Debug, Clone)]
pub(super) struct Call {
    /// What was asked.
    pub(super) request: Request,
    /// What was answered.
    pub(super) response: Response,
    /// When it came, from the start of the case.
    pub(super) came: Duration,
    /// When its answer was given.
    pub(super) answered: Duration,
    /// Why it could not be read, in words.
    pub(super) unread: Option<&'static str>,
    /// Its number in the record, once it has one.
    pub(super) number: Option<usize>,
    /// Whether a step has taken it.
    pub(super) is_taken: bool,
}

/// An address of a case.
#[derive(Debug)]
pub(super) struct Mailbox {
    /// Its name in the scenario.
    pub(super) name: String,
    /// What the server is told.
    pub(super) url: String,
    epoch: Instant,
    /// Each answer with how many calls get it.
    answers: Vec<(Outbound, u64)>,
    calls: Mutex<Vec<Call>>,
    came: Notify,
}

impl Mailbox {
    /// An address at which nothing has come in yet.
    pub(super) fn new(name: &str, url: String, epoch: Instant, answers: Vec<(Outbound, u64)>) -> Self {
        let (calls, came) = (Mutex::default(), Notify::new());
        Self { name: name.to_owned(), url, epoch, answers, calls, came }
    }

    /// Keeps a call and says what it is answered.
    pub(super) fn take(&self, inbound: &Inbound) -> Outbound {
        let mut calls = self.calls();
        if calls.len() as u64 > MOST_CALLS {
            return at_once(Response::plain(503, "this address has been called too often"));
        }
        let read = calls.iter().filter(|call| call.unread.is_none()).count();
        let outbound = match inbound.unread {
            Some(reason) => at_once(Response::plain(400, reason)),
            None => self.answer(read as u64),
        };
        let answered = Instant::now().saturating_duration_since(self.epoch) + outbound.delay;
        calls.push(Call {
            request: inbound.request.clone(),
            response: outbound.response.clone(),
            came: inbound.came.saturating_duration_since(self.epoch),
            answered,
            unread: inbound.unread,
            number: None,
            is_taken: false,
        });
        drop(calls);
        self.came.notify_waiters();
        outbound
    }

    /// The answer to the call before which so many were read.
    fn answer(&self, mut before: u64) -> Outbound {
        for (outbound, times) in &self.answers {
            if before < *times {
                return outbound.clone();
            }
            before -= times;
        }
        let last = self.answers.last().map(|(outbound, _)| outbound.clone());
        last.unwrap_or_else(|| at_once(Response::plain(200, "")))
    }

    /// Everything that came, in order.
    pub(super) fn calls(&self) -> MutexGuard<'_, Vec<Call>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is ready as soon as something more has come, counted from the moment of asking.
    pub(super) fn more(&self) -> tokio::sync::futures::Notified<'_> {
        self.came.notified()
    }
}

/// An answer that is not kept back.
pub(super) fn at_once(response: Response) -> Outbound {
    Outbound { response, delay: Duration::ZERO }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::message::{Headers, Url};

    fn inbound(unread: Option<&'static str>) -> Inbound {
        let url = Url::parse("http://127.0.0.1:1/a").unwrap();
        let request = Request { method: "POST".to_owned(), url, headers: Headers::default(), body: None };
        Inbound { request, came: Instant::now(), unread }
    }

    fn mailbox(answers: &[(u16, u64)]) -> Mailbox {
        let answers =
            answers.iter().map(|(status, times)| (at_once(Response::plain(*status, "")), *times)).collect();
        Mailbox::new("done", "http://127.0.0.1:1/a".to_owned(), Instant::now(), answers)
    }

    #[tokio::test]
    async fn answers_are_given_in_order_and_the_last_one_from_then_on() {
        let mailbox = mailbox(&[(503, 2), (204, 1)]);
        let given: Vec<u16> = (0..4).map(|_| mailbox.take(&inbound(None)).response.status).collect();
        assert_eq!(given, [503, 503, 204, 204]);
        assert_eq!(mailbox.calls().len(), 4);
    }

    #[tokio::test]
    async fn a_call_that_cannot_be_read_uses_up_no_answer() {
        let mailbox = mailbox(&[(503, 1), (200, 1)]);
        let given = [Some("broken"), None, None].map(|unread| mailbox.take(&inbound(unread)).response.status);
        assert_eq!(given, [400, 503, 200]);
    }

    #[tokio::test]
    async fn a_flood_is_not_kept() {
        let mailbox = mailbox(&[]);
        let last = (0..MOST_CALLS + 3).map(|_| mailbox.take(&inbound(None)).response.status).last();
        assert_eq!((last, mailbox.calls().len() as u64), (Some(503), MOST_CALLS + 1));
    }
}
