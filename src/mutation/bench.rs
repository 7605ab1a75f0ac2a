//! What mutants are tried on: cases, and a way to put a mock before each of them.

use std::sync::{Arc, Mutex, PoisonError};

use crate::http::client::Network;
use crate::mock::{Configuration, Defect, Session, Traffic};
use crate::outcome::RunOutcome;
use crate::outcome::event::Silent;
use crate::plan::{Plan, Suite, TestCase};
use crate::runner::{self, Interrupt, Run, Settings, World};
use crate::system::System;
use crate::target::Target;

/// Starts a mock for a case, and the way to it.
pub type Connect = dyn Fn(Configuration, &TestCase) -> (Session, Network) + Send + Sync;

/// The cases and everything that they need to run on a mock.
pub struct Bench<'a> {
    /// The suite.
    pub suite: &'a Suite,
    /// The cases.
    pub plan: &'a Plan,
    /// The mock as the judge sees it.
    pub target: &'a Target,
    /// The mock without a defect.
    pub configuration: &'a Configuration,
    /// How a mock comes before a case.
    pub connect: &'a Arc<Connect>,
    /// The machine.
    pub system: &'a dyn System,
    /// Whether to stop.
    pub interrupt: Interrupt,
}

/// The mocks that cases ran on, by the ids of these.
type Noted = Arc<Mutex<Vec<(String, Session)>>>;

impl Bench<'_> {
    /// Runs cases on mocks with this defect, one after the other.
    pub fn run(&self, defect: Option<&'static Defect>, cases: Vec<TestCase>) -> Result<RunOutcome, String> {
        let connect = Arc::clone(self.connect);
        let configuration = self.armed(defect);
        let start = move |case: &TestCase| connect(configuration.clone(), case).1.into();
        self.run_with(Arc::new(start), cases, Some(1))
    }

    /// Runs every case on the clean mock, and tells what each asked of it.
    pub(super) fn watch(&self) -> Result<(RunOutcome, Vec<(String, Traffic)>), String> {
        let noted = Noted::default();
        let (connect, configuration, notes) =
            (Arc::clone(self.connect), self.armed(None), Arc::clone(&noted));
        let start = move |case: &TestCase| {
            let (mock, network) = connect(configuration.clone(), case);
            notes.lock().unwrap_or_else(PoisonError::into_inner).push((case.id.clone(), mock));
            network.into()
        };
        let outcome = self.run_with(Arc::new(start), self.plan.runnable().cloned().collect(), None)?;
        let noted = std::mem::take(&mut *noted.lock().unwrap_or_else(PoisonError::into_inner));
        Ok((outcome, noted.into_iter().map(|(id, mock)| (id, mock.traffic())).collect()))
    }

    fn armed(&self, defect: Option<&'static Defect>) -> Configuration {
        let mut configuration = self.configuration.clone();
        configuration.defects.extend(defect.map(|defect| (defect, defect.arming)));
        configuration
    }

    fn run_with(
        &self,
        start: Arc<runner::Start>,
        cases: Vec<TestCase>,
        concurrency: Option<usize>,
    ) -> Result<RunOutcome, String> {
        runner::run(&Run {
            plan: &Plan::of(cases),
            suite: self.suite,
            target: self.target,
            world: World::Private {
                start,
                unmet_faults: Arc::new(Vec::new),
                epoch: self.configuration.epoch,
            },
            settings: Settings { concurrency, ..Settings::default() },
            sink: &Silent,
            system: self.system,
            interrupt: self.interrupt.clone(),
        })
    }
}
