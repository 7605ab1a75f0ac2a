//! The places at which a defect may decide otherwise. Every default is what a conformant server does.

use std::time::Duration;

use crate::mock::engine::{Job, Order};
use crate::mock::fixture::{Mode, Trigger};
use crate::mock::protocol::{Operation, Refusal};
use crate::mock::server::message::{Answer, Request};
use crate::mock::server::{Exchange, World};

/// How long a call waits for its job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Patience {
    /// The instant at which the call is answered anyway; `None`: it waits for the job alone.
    pub(crate) until: Option<Duration>,
    /// Whether the end of the job is noticed.
    pub(crate) notices: bool,
}

impl Patience {
    pub(crate) fn none(now: Duration) -> Self {
        Self::until(now)
    }

    pub(crate) fn until(until: Duration) -> Self {
        Self { until: Some(until), notices: true }
    }

    /// Whether nothing is waited for at this instant.
    pub(crate) fn ends(self, now: Duration) -> bool {
        self.until.is_some_and(|until| until <= now)
    }
}

/// One way to violate the protocol, in the order in which a call meets the decisions.
pub(crate) trait Behaviour: Sync {
    /// Why nobody can tell it from what the protocol allows, if that is so.
    fn equivalent(&self) -> Option<&'static str> {
        None
    }

    /// The operation as which an unknown path is served.
    fn reroute(&self, _request: &Request) -> Option<Operation> {
        None
    }

    /// Reads the request as something else.
    fn receive(&self, _exchange: &mut Exchange<'_>, _world: &World) {}

    /// Demands what the protocol does not demand.
    fn refuses(&self, _exchange: &Exchange<'_>) -> Option<Refusal> {
        None
    }

    /// Looks away where a call must be refused.
    fn waives(&self, _exchange: &Exchange<'_>, _refusal: &Refusal) -> bool {
        false
    }

    /// Says yes without doing what was asked.
    fn skips(&self, _exchange: &Exchange<'_>) -> bool {
        false
    }

    /// Ignores the tenant's switch for calls that follow a redirect.
    fn ignores_switch(&self, _exchange: &Exchange<'_>) -> bool {
        false
    }

    /// Starts the job in another mode.
    fn mode(&self, _exchange: &Exchange<'_>, _trigger: &Trigger, mode: Mode) -> Mode {
        mode
    }

    /// Changes what is ordered.
    fn order(&self, _exchange: &Exchange<'_>, _world: &World, _order: &mut Order) {}

    /// Waits longer or shorter, or sleeps through the end of the job.
    fn patience(&self, _exchange: &Exchange<'_>, _world: &World, _patience: &mut Patience) {}

    /// Time that passes before the answer, whatever the job does.
    fn delay(&self, _exchange: &Exchange<'_>) -> Duration {
        Duration::ZERO
    }

    /// Shows the job as something that it is not.
    fn view(&self, _exchange: &Exchange<'_>, _world: &World, _job: &mut Job) {}

    /// Changes the answer.
    fn answer(&self, _exchange: &Exchange<'_>, _world: &World, _answer: &mut Answer) {}

    /// Does something to the jobs once the answer is decided.
    fn act(&self, _exchange: &Exchange<'_>, _world: &mut World) {}

    /// The caller went away while it waited.
    fn abandoned(&self, _exchange: &Exchange<'_>, _world: &mut World) {}
}
