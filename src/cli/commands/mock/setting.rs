//! From the arguments of `mock` to a mock that is set up.

use std::path::Path;

use crate::cli::args::{MannerArguments, ServerArguments, Tls};
use crate::cli::configuration::configure;
use crate::cli::files;
use crate::cli::session::{Session, Stop};
use crate::diagnostic::Diagnostic;
use crate::mock::{Builder, Configuration, Identity, Limits, Mock};
use crate::system::System as _;

/// The mock as the arguments want it.
pub(super) fn builder(session: &mut Session, arguments: &ServerArguments) -> Result<Builder, Stop> {
    let (place, manner) = (&arguments.place, &arguments.manner);
    let configuration = configuration(session, manner)?;
    let journal = usize::try_from(arguments.written.journal_size).unwrap_or(usize::MAX);
    let mut builder = Mock::builder()
        .configuration(configuration)
        .clock(manner.clock.unwrap_or_default())
        .limits(Limits { journal, ..Limits::default() })
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

fn configuration(session: &mut Session, manner: &MannerArguments) -> Result<Configuration, Stop> {
    let start = if manner.quick { Configuration::quick() } else { Configuration::embedded() };
    let mut start = Configuration { epoch: session.machine.now(), ..start };
    start.hold = manner.hold.unwrap_or(start.hold);
    start.cap = manner.cap.unwrap_or(start.cap);
    let speaks = |name: &str| manner.profiles.is_empty() || manner.profiles.iter().any(|own| own == name);
    let start = start.speaking(speaks("elma"), speaks("uipath"));
    let configuration = configure(start, &manner.mock());
    session.settled(configuration)
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
