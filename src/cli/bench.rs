//! The embedded mock and the suite, ready for mutants, and for whoever asks what the suite judges.

use std::path::Path;
use std::sync::Arc;

use super::args::{MockArguments, PlaceArguments, SelectionArguments};
use super::embedded;
use super::machine::Machine;
use super::preparation::{Prepared, prepare_or};
use super::session::{Session, Stop};
use crate::mock::Configuration;
use crate::mutation::{Bench, Connect};
use crate::profile;
use crate::runner::Interrupt;

/// What can be done with a suite of a protocol that the embedded mock does not speak.
const WITHOUT_DEFECTS: &str = "the defects are its own. To see that a suite of another protocol can fail, break a server on \
    purpose: `orchspec run --suite DIR --target FILE` must then end with 1";

/// What a bench borrows from.
pub(crate) struct Stand {
    /// The suite, the target and all cases.
    pub prepared: Prepared,
    configuration: Configuration,
    connect: Arc<Connect>,
    machine: Machine,
}

impl Stand {
    /// Every case of a suite on the embedded mock.
    pub(crate) fn set_up(session: &mut Session, folder: Option<&Path>) -> Result<Self, Stop> {
        Self::with(session, folder, vec![])
    }

    /// The same for a suite of which nothing needs to run: the cases of a protocol that the mock does not speak are
    /// planned as for a server of which nothing is known but its protocol.
    pub(crate) fn of_any_suite(session: &mut Session, folder: Option<&Path>) -> Result<Self, Stop> {
        let strange = profile::PROFILES.iter().filter(|profile| !profile::has_prepared_jobs(profile.name()));
        let places = strange.map(|profile| format!("{}.base=http://{0}.invalid", profile.name()));
        Self::with(session, folder, places.collect())
    }

    fn with(session: &mut Session, folder: Option<&Path>, settings: Vec<String>) -> Result<Self, Stop> {
        let everything = SelectionArguments::default();
        let place = PlaceArguments { target: None, settings, mock: MockArguments::default() };
        let prepared = prepare_or(session, (&everything, &place), folder, None, WITHOUT_DEFECTS)?;
        let connect = embedded::connect(&prepared.chosen.target);
        Ok(Self { prepared, configuration: Configuration::embedded(), connect, machine: session.machine })
    }

    /// The bench.
    pub(crate) fn bench(&self, interrupt: Interrupt) -> Bench<'_> {
        Bench {
            suite: &self.prepared.suite,
            plan: &self.prepared.plan,
            target: &self.prepared.chosen.target,
            configuration: &self.configuration,
            connect: &self.connect,
            system: &self.machine,
            interrupt,
        }
    }
}
