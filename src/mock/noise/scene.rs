//! What an answer is about, as far as noise must know to stay harmless.

use hyper::StatusCode;
use hyper::header::CONTENT_TYPE;

use crate::mock::protocol::Operation;
use crate::mock::server::message::Answer;

/// The circumstances of one answer.
#[derive(Debug, Clone, Copy)]
pub(in crate::mock) struct Scene {
    /// None where the path is served to nobody.
    pub(in crate::mock) operation: Option<Operation>,
    pub(in crate::mock) refused: bool,
}

impl Scene {
    /// A call that no protocol serves.
    pub(in crate::mock) const NOWHERE: Self = Self { operation: None, refused: true };

    /// Whether the call is about triggers, where the documents speak of a gateway that may fail.
    pub(super) fn is_behind_gateway(self) -> bool {
        use Operation::{Invoke, Output, Poll, Wait};
        matches!(self.operation, Some(Invoke | Poll | Wait | Output))
    }

    /// Whether the job has still to be asked for after this answer.
    pub(super) fn is_pending(self, answer: &Answer) -> bool {
        let started = self.operation == Some(Operation::Invoke) && answer.status == StatusCode::ACCEPTED;
        let running = self.operation == Some(Operation::Poll) && answer.status == StatusCode::OK;
        started || running
    }

    /// Whether the body is the server's own words: not a file, not the result of a job, and not the answer that is to
    /// tell nothing.
    pub(super) fn is_servers_own(self) -> bool {
        use Operation::{Cancel, Create, Poll, Status};
        self.refused || matches!(self.operation, Some(Create | Status | Cancel | Poll))
    }
}

/// Whether the body is JSON, by its label.
pub(super) fn is_json(answer: &Answer) -> bool {
    answer.header(&CONTENT_TYPE).is_some_and(|label| label.contains("json")) && !answer.body.is_empty()
}
