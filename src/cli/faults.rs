//! Fault plans that arguments name: presets and files.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::exit_code::Exit;
use super::files;
use super::session::{Session, Stop};
use crate::diagnostic::{Diagnostic, nearest};
use crate::mock::Configuration;
use crate::mock::fault::{self, Fault, FaultCount, FaultPlan, PRESETS};
use crate::plan;

/// The same mock with the faults of this plan, if there is one.
pub(crate) fn with_faults(
    session: &mut Session,
    configuration: Configuration,
    name: Option<&str>,
) -> Result<Configuration, Stop> {
    match name {
        None => Ok(configuration),
        Some(name) => {
            let plan = load(session, name, &configuration)?;
            Ok(configuration.with_faults(plan))
        }
    }
}

/// The plan of a preset or of a file, for such a mock.
fn load(session: &mut Session, name: &str, configuration: &Configuration) -> Result<FaultPlan, Stop> {
    let (file, bytes) = if let Some(preset) = fault::preset(name) {
        (preset.file(), preset.text.as_bytes().to_vec())
    } else {
        let bytes = read(name);
        (name.to_owned(), session.settled(bytes)?)
    };
    let decoded = plan::decode(&file, &bytes, &mut session.sources, &mut session.diagnostics);
    let plan = decoded
        .and_then(|(source, text)| fault::parse(source, &text, configuration, &mut session.diagnostics));
    session.settle()?;
    plan.ok_or(Stop(Exit::Usage))
}

fn read(name: &str) -> Result<Vec<u8>, Diagnostic> {
    let path = Path::new(name);
    if files::is_there(path) {
        return files::read(path);
    }
    let unknown = Diagnostic::error("unknown-faults", format!("there is no preset and no file `{name}`"));
    let names = PRESETS.iter().map(|preset| preset.name);
    let Some(near) = nearest(name, names.clone()) else {
        let names = names.collect::<Vec<_>>().join(", ");
        return Err(unknown.help(format!("give a file (`orchspec schema faults`), or one of {names}")));
    };
    Err(unknown.help(format!("did you mean `{near}`?")))
}

/// What a run says of the faults, behind what it says of the mock.
pub(crate) fn words(plan: &FaultPlan) -> String {
    let names: Vec<&str> = plan.rules().iter().map(Fault::name).collect();
    if names.is_empty() { String::new() } else { format!(", with the faults {}", names.join(", ")) }
}

/// What the faults of a plan came to in the cases of a run, each of which has a mock of its own.
#[derive(Debug, Default)]
pub(crate) struct Disturbances(Mutex<Vec<FaultCount>>);

impl Disturbances {
    /// Adds what came of them in one case; gives which of them met a call there.
    pub(crate) fn add(&self, counts: &[FaultCount]) -> Option<String> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for count in counts {
            match all.iter_mut().find(|own| own.name == count.name) {
                Some(own) => own.fired += count.fired,
                None => all.push(count.clone()),
            }
        }
        let fired: Vec<String> =
            counts.iter().filter(|count| count.fired > 0).map(|count| format!("`{}`", count.name)).collect();
        let what = if fired.len() == 1 { "the fault" } else { "the faults" };
        (!fired.is_empty()).then(|| format!("{what} {} met calls of the case", fired.join(", ")))
    }

    /// Those that should have met a call, and met none in any case.
    pub(crate) fn missed(&self) -> Vec<String> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().filter(|count| count.is_missed()).map(|count| count.name.to_string()).collect()
    }
}
