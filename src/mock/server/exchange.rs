//! One request on its way to its answer, with the defects that are armed for it.

use std::borrow::Cow;
use std::time::Duration;

use crate::mock::configuration::Configuration;
use crate::mock::defect::{Defect, Patience};
use crate::mock::engine::{Job, JobKey, Order};
use crate::mock::fixture::{Mode, Trigger};
use crate::mock::noise::{Noises, Scene};
use crate::mock::protocol::{Operation, Refusal};
use crate::mock::server::message::{Answer, Request};
use crate::mock::server::world::World;

/// One exchange. What is decided first is written here, for the answer to be made of.
pub(crate) struct Exchange<'a> {
    pub(crate) configuration: &'a Configuration,
    pub(crate) operation: Operation,
    /// In a box, since it goes through many hands, each of which would keep room for it while the call waits.
    pub(crate) request: Box<Request>,
    pub(crate) now: Duration,
    /// The mode in which an invoking call is answered.
    pub(crate) mode: Option<Mode>,
    /// The job that the call created or named.
    pub(crate) job: Option<JobKey>,
    /// The job as it stood at the decision, where the answer must show just that.
    pub(crate) decided: Option<Box<Job>>,
    /// Why the call was refused, if it was.
    pub(crate) refusal: Option<Refusal>,
    pub(crate) defects: Vec<&'static Defect>,
    pub(in crate::mock) noises: Noises,
}

impl Exchange<'_> {
    /// What the noise must know of the call.
    pub(in crate::mock) fn scene(&self) -> Scene {
        Scene { operation: Some(self.operation), refused: self.refusal.is_some() }
    }

    /// Lets the defects read the request, and refuses what one of them demands too much.
    pub(crate) fn receive(&mut self, world: &World) -> Result<(), Refusal> {
        for defect in self.defects.clone() {
            defect.behaviour.receive(self, world);
        }
        let refusal = self.defects.iter().find_map(|defect| defect.behaviour.refuses(self));
        refusal.map_or(Ok(()), Err)
    }

    /// Refuses the call unless `holds`, or unless a defect looks away.
    pub(crate) fn demand(&self, holds: bool, refusal: Refusal) -> Result<(), Refusal> {
        if holds || self.waives(&refusal) { Ok(()) } else { Err(refusal) }
    }

    pub(crate) fn waives(&self, refusal: &Refusal) -> bool {
        self.defects.iter().any(|defect| defect.behaviour.waives(self, refusal))
    }

    /// Whether a defect says yes to what was asked without doing it.
    pub(crate) fn skips(&self) -> bool {
        self.defects.iter().any(|defect| defect.behaviour.skips(self))
    }

    /// Whether a defect asks every waiting call for its bearer, whatever the tenant set.
    pub(crate) fn ignores_switch(&self) -> bool {
        self.defects.iter().any(|defect| defect.behaviour.ignores_switch(self))
    }

    /// The mode in which the job is started.
    pub(crate) fn chosen_mode(&self, trigger: &Trigger, mode: Mode) -> Mode {
        self.defects.iter().fold(mode, |mode, defect| defect.behaviour.mode(self, trigger, mode))
    }

    /// The order as it will be carried out.
    pub(crate) fn order(&self, world: &World, mut order: Order) -> Order {
        self.noises.order(&mut order);
        for defect in &self.defects {
            defect.behaviour.order(self, world, &mut order);
        }
        order
    }

    /// How long this call waits.
    pub(crate) fn patience(&self, world: &World, mut patience: Patience) -> Patience {
        self.noises.patience(self, &mut patience);
        for defect in &self.defects {
            defect.behaviour.patience(self, world, &mut patience);
        }
        patience
    }

    /// How long the answer is kept back, whatever the job does.
    pub(crate) fn delay(&self) -> Duration {
        self.defects.iter().map(|defect| defect.behaviour.delay(self)).max().unwrap_or_default()
    }

    /// The job as the answer will show it: itself, where nobody distorts it.
    pub(crate) fn view<'w>(&'w self, world: &'w World) -> Option<Cow<'w, Job>> {
        let job = self.decided.as_deref().or_else(|| world.job(self.job))?;
        if self.defects.is_empty() && self.noises.is_empty() {
            return Some(Cow::Borrowed(job));
        }
        let mut job = job.clone();
        self.noises.view(self, &mut job);
        for defect in &self.defects {
            defect.behaviour.view(self, world, &mut job);
        }
        Some(Cow::Owned(job))
    }

    /// Lets the defects act on the decided answer and on the jobs.
    pub(crate) fn distort(&self, world: &mut World, answer: &mut Answer) {
        for defect in &self.defects {
            defect.behaviour.answer(self, world, answer);
            defect.behaviour.act(self, world);
        }
    }

    /// The caller went away while it waited.
    pub(crate) fn abandon(&self, world: &mut World) {
        for defect in &self.defects {
            defect.behaviour.abandoned(self, world);
        }
    }
}
