//! `UIP-GEN-19/quick-repetition-refused`: a poll that repeats another at once is refused as one too many.

use hyper::StatusCode;
use std::time::Duration;

use crate::mock::defect::{Arming, Aspect, Behaviour, Defect, Operation, Provenance};
use crate::mock::server::message::Answer;
use crate::mock::server::{Exchange, World};

pub(in crate::mock::defect) const DEFECT: Defect = Defect {
    id: "UIP-GEN-19/quick-repetition-refused",
    sentence: "a poll that repeats another at once is refused as one too many",
    requirements: &["UIP-GEN-19", "UIP-ASYNC-09"],
    affects: &[(Operation::Poll, Aspect::Status)],
    provenance: Provenance::Invented,
    arming: Arming::Always,
    behaviour: &Deviation,
};

struct Deviation;

impl Behaviour for Deviation {
    fn answer(&self, exchange: &Exchange<'_>, world: &World, answer: &mut Answer) {
        let polls = world.past(exchange.job).iter().filter(|past| past.operation == Operation::Poll);
        let last = polls.map(|past| past.at).max();
        let is_quick = last.is_some_and(|last| exchange.now.saturating_sub(last) < QUICK);
        if answer.status == StatusCode::OK && is_quick {
            *answer = Answer::empty(StatusCode::TOO_MANY_REQUESTS);
        }
    }
}

/// Polls that are nearer to each other count as one too many.
const QUICK: Duration = Duration::from_millis(50);
