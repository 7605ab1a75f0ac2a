//! Records that show the end of a job a moment after it.

use std::time::Duration;

use super::{Behaviour, Noise, Widening};
use crate::mock::chance::Chance;
use crate::mock::engine::{Job, State};
use crate::mock::protocol::Operation;
use crate::mock::server::Exchange;

struct LateEnd;

pub(super) const NOISE: Noise = Noise {
    id: "late-end",
    sentence: "a record shows the end of its job up to 0.8 s late; calls that wait for it are answered at once",
    allowed_by: "AMB-U18: nothing says how soon a status follows the end; the target file declares a lag",
    widening: Widening::None,
    behaviour: &LateEnd,
};

const LATEST: Duration = Duration::from_millis(800);

impl Behaviour for LateEnd {
    fn view(&self, exchange: &Exchange<'_>, job: &mut Job) {
        use Operation::{Cancel, Poll, Status};
        let lag = Chance::new(exchange.configuration.seed, NOISE.id, job.order.number).up_to(LATEST);
        let is_new = job.ended.is_some_and(|ended| exchange.now < ended + lag);
        if is_new && matches!(exchange.operation, Status | Poll | Cancel) && job.started.is_some() {
            job.history.retain(|entry| !entry.to.is_final());
            job.updated = job.history.last().map_or(job.created, |entry| entry.at);
            job.state = State::Running;
            job.ended = None;
        }
    }
}
