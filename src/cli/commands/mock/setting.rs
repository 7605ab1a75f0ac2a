//! From the arguments of `mock` to a mock that is set up.

use std::path::Path;

use crate::cli::args::{MannerArguments, ServerArguments, Tls};
use crate::cli::configuration::configure;
use crate::cli::exit_code::Exit;
use crate::cli::faults::with_faults;
use crate::cli::files;
use crate::cli::machine::Machine;
use crate::cli::session::{Session, Stop};
use crate::diagnostic::Diagnostic;
use crate::mock::setup::{self, Input, Setup};
use crate::mock::{Builder, ClockMode, Configuration, Identity, Limits, Mock};
use crate::plan;
use crate::system::System as _;

/// The mock as the arguments want it.
pub(super) fn builder(session: &mut Session, arguments: &ServerArguments) -> Result<Builder, Stop> {
    let (place, manner) = (&arguments.place, &arguments.manner);
    let Setup { mut configuration, clock, limits, .. } = setup(session, manner)?;
    let clock = clock.unwrap_or_default();
    if arguments.written.target_out.is_some() && clock != ClockMode::Real {
        return Err(session.refuse(untrue(clock)));
    }
    let limits = possible(limited(limits, arguments), Machine::open_files());
    configuration.strict |= arguments.judging.strict;
    let mut builder = Mock::builder()
        .configuration(configuration)
        .clock(clock)
        .limits(limits)
        .listen(place.listen)
        .control(place.control)
        .foreign(place.foreign);
    if let Some(token) = &place.control_token {
        builder = builder.control_token(token);
    }
    match &place.tls {
        None => Ok(builder),
        Some(tls) => Ok(builder.tls(identity(session, tls)?)),
    }
}

/// A run waits and judges in real time: what such a mock does would be too early for every duration of the file.
fn untrue(clock: ClockMode) -> Diagnostic {
    let message = format!("a target file cannot describe a mock whose time passes as `{clock}`");
    let help =
        "a run judges by real time: leave `--clock` out, and add `--quick` for jobs that end within seconds";
    Diagnostic::error("target-clock", message).help(help)
}

/// The file's limits, and over them those of the arguments, which were read before.
fn limited(limits: Limits, arguments: &ServerArguments) -> Limits {
    let set = |limits: Limits, (name, text): &(String, String)| limits.with(name, text).unwrap_or(limits);
    let limits = arguments.manner.limits.iter().fold(limits, set);
    let journal = arguments.written.journal_size.and_then(|size| usize::try_from(size).ok());
    Limits { journal: journal.unwrap_or(limits.journal), ..limits }
}

/// No more connections than the system allows: each is an open file, and some are for those who steer and for what is
/// written.
fn possible(limits: Limits, open_files: Option<usize>) -> Limits {
    const OTHERS: usize = 128;
    let most = open_files.map_or(usize::MAX, |files| files.saturating_sub(OTHERS).max(1));
    Limits { connections: limits.connections.min(most), ..limits }
}

/// The file's settings, and over them those of the arguments.
fn setup(session: &mut Session, manner: &MannerArguments) -> Result<Setup, Stop> {
    let start = if manner.quick { Configuration::quick() } else { Configuration::embedded() };
    let start = Configuration { epoch: session.machine.now(), ..start };
    let mut setup = match &manner.config {
        Some(file) => read(session, file, start)?,
        None => Setup { configuration: start, clock: None, seed: None, limits: Limits::default() },
    };
    setup.clock = manner.clock.or(setup.clock);
    let mut configuration = setup.configuration;
    configuration.hold = manner.hold.unwrap_or(configuration.hold);
    configuration.cap = manner.cap.unwrap_or(configuration.cap);
    if let Some(wrong) = setup::hold_above_cap(&configuration) {
        return Err(session.refuse(wrong));
    }
    let speaks = |name: &str| manner.profiles.is_empty() || manner.profiles.iter().any(|own| own == name);
    let configuration = configuration.speaking(speaks("elma"), speaks("uipath"));
    let configuration = configure(configuration, &manner.mock(setup.seed.unwrap_or_default()));
    let configuration = session.settled(configuration)?;
    let configuration = with_faults(session, configuration, manner.faults.as_deref())?;
    Ok(Setup { configuration, ..setup })
}

fn read(session: &mut Session, file: &Path, start: Configuration) -> Result<Setup, Stop> {
    let bytes = files::read(file)
        .map_err(|missing| missing.help("`orchspec schema mock` tells what may stand in such a file"));
    let bytes = session.settled(bytes)?;
    let name = file.display().to_string();
    let decoded = plan::decode(&name, &bytes, &mut session.sources, &mut session.diagnostics);
    let setup = decoded.and_then(|(source, text)| {
        setup::parse(Input { source, text: &text, configuration: start }, &mut session.diagnostics)
    });
    session.settle()?;
    setup.ok_or(Stop(Exit::Usage))
}

fn identity(session: &mut Session, tls: &Tls) -> Result<Identity, Stop> {
    match tls {
        Tls::SelfSigned => {
            let made = Identity::self_signed();
            session.settled(made.map_err(|error| Diagnostic::error("certificate", error.to_string())))
        }
        Tls::Files(certificate, key) => Ok(Identity::new(text(session, certificate)?, text(session, key)?)),
    }
}

fn text(session: &mut Session, path: &Path) -> Result<String, Stop> {
    let bytes = session.settled(files::read(path))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
