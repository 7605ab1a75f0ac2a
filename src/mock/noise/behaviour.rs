//! The places at which noise may come in. Every default is silence.

use std::time::Duration;

use super::Scene;
use crate::mock::chance::Chance;
use crate::mock::defect::Patience;
use crate::mock::engine::{Job, Order};
use crate::mock::server::Exchange;
use crate::mock::server::message::Answer;

/// Where the gateway before the server gives up on a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mock) enum Edge {
    /// The call never reaches the server.
    Before,
    /// The server has done what was asked, and its answer is lost.
    After,
}

/// One kind of noise, in the order in which a call meets it.
pub(in crate::mock) trait Behaviour: Sync {
    /// Whether the gateway answers in the server's stead; `so_far` counts how often it did.
    fn edge(&self, _chance: &mut Chance, _scene: Scene, _so_far: u64) -> Option<Edge> {
        None
    }

    /// Time that passes before the server looks at the call.
    fn before(&self, _chance: &mut Chance) -> Duration {
        Duration::ZERO
    }

    /// Changes how long a job takes.
    fn order(&self, _chance: &mut Chance, _order: &mut Order) {}

    /// Changes how long a call is held.
    fn patience(&self, _chance: &mut Chance, _exchange: &Exchange<'_>, _patience: &mut Patience) {}

    /// Shows the job as it stood a little earlier.
    fn view(&self, _exchange: &Exchange<'_>, _job: &mut Job) {}

    /// Time that passes between the decision and the answer.
    fn after(&self, _chance: &mut Chance) -> Duration {
        Duration::ZERO
    }

    /// Writes the same answer in another way.
    fn answer(&self, _chance: &mut Chance, _scene: Scene, _answer: &mut Answer) {}
}
