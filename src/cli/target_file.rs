//! Which server is judged: a target file and the way to what it describes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::args::{Embedded, PlaceArguments};
use super::configuration;
use super::embedded::{self, Listening};
use super::exit_code::Exit;
use super::faults::{self, Disturbances};
use super::files;
use super::session::{Session, Stop};
use crate::diagnostic::{Diagnostic, has_errors};
use crate::http::client::{Network, TlsSettings, Unusable};
use crate::mock::Configuration;
use crate::outcome::phrase;
use crate::plan::{self, Suite};
use crate::requirement::Registry;
use crate::runner::{Started, World};
use crate::source::SourceMap;
use crate::system::System as _;
use crate::target::{self, Input, Setting, Target};

/// A target and the way to it.
#[derive(Debug)]
pub(crate) struct Chosen {
    /// What its file says.
    pub target: Target,
    /// The folder beside which its other files lie.
    pub folder: PathBuf,
    server: Server,
}

#[derive(Debug)]
enum Server {
    /// A mock for each case, inside this process, and what its faults came to in all of them.
    Memory(Box<Configuration>, Arc<Disturbances>),
    /// A mock on sockets for all cases, and one for those that want the tenant's switch otherwise.
    Sockets(Listening),
    /// Somebody else's.
    Real,
}

impl Chosen {
    /// Whether somebody else's server is judged.
    pub(crate) fn is_real(&self) -> bool {
        matches!(self.server, Server::Real)
    }

    /// The way to it, if it is reached over sockets.
    pub(crate) fn network(&self) -> Option<Network> {
        match self.server {
            Server::Memory(..) => None,
            Server::Sockets(_) | Server::Real => Some(self.sockets()),
        }
    }

    /// What cases run against.
    pub(crate) fn world(&self) -> World {
        match &self.server {
            Server::Memory(configuration, disturbances) => {
                private(configuration, &self.target, Arc::clone(disturbances))
            }
            Server::Sockets(listening) => {
                World::Shared { network: self.sockets(), relaxed: Some(listening.relaxed()) }
            }
            Server::Real => World::Shared { network: self.sockets(), relaxed: None },
        }
    }

    fn sockets(&self) -> Network {
        sockets(&self.target)
    }

    /// How the header of a run names it.
    pub(crate) fn describe(&self) -> String {
        match &self.server {
            Server::Memory(configuration, _) => {
                format!("the embedded mock, in virtual time{}", faults::words(&configuration.faults))
            }
            Server::Sockets(listening) => format!("the embedded mock at {}", listening.origin),
            Server::Real => {
                let name = self.target.identity.describe();
                if name.is_empty() { "a server without `identity`".to_owned() } else { name }
            }
        }
    }
}

/// Reads the target that the arguments name; the embedded mock, if they name none.
pub(crate) fn choose(
    session: &mut Session,
    place: &PlaceArguments,
    registries: &[Registry],
) -> Result<Chosen, Stop> {
    match (&place.target, place.mock.embedded) {
        (Some(file), _) => {
            let target = read(session, file, &place.settings, registries)?;
            Ok(Chosen { target, folder: folder_of(file), server: Server::Real })
        }
        (None, Embedded::Memory) => {
            let configuration = configuration::configure(Configuration::embedded(), &place.mock);
            let configuration = session.settled(configuration)?;
            let configuration = faults::with_faults(session, configuration, place.mock.faults.as_deref())?;
            let target = built_in(session, target::EMBEDDED, place, registries)?;
            let target = configuration::declare(target, &configuration, &place.mock);
            let server = Server::Memory(Box::new(configuration), Arc::default());
            Ok(Chosen { target, folder: PathBuf::new(), server })
        }
        (None, Embedded::Tcp) => {
            let quick = Configuration { epoch: session.machine.now(), ..Configuration::quick() };
            let configuration = configuration::configure(quick, &place.mock);
            let configuration = session.settled(configuration)?;
            let target = built_in(session, target::EMBEDDED_TCP, place, registries)?;
            let target = configuration::declare(target, &configuration, &place.mock);
            let listening = listening(target, &configuration);
            let (target, listening) = session.settled(listening)?;
            Ok(Chosen { target, folder: PathBuf::new(), server: Server::Sockets(listening) })
        }
    }
}

/// Reads a target file.
pub(crate) fn read(
    session: &mut Session,
    file: &Path,
    settings: &[String],
    registries: &[Registry],
) -> Result<Target, Stop> {
    let bytes = files::read(file)
        .map_err(|missing| missing.help("`orchspec target init` writes a target file to start from"));
    let bytes = session.settled(bytes)?;
    parse(session, (&file.display().to_string(), &bytes), settings, (&folder_of(file), registries))
}

/// Looks for mistakes in a target file, and in what a suite asks of it; the variables that it refers to need not be set.
pub(crate) fn lint(session: &mut Session, file: &Path, suite: &Suite) -> Result<(), Stop> {
    let bytes = files::read(file);
    let bytes = session.settled(bytes)?;
    let name = file.display().to_string();
    let target = decode(session, (&name, &bytes), &[], (&folder_of(file), &suite.registries));
    session.diagnostics.retain(|diagnostic| diagnostic.code != "unset-variable");
    if let Some(target) = target.filter(|_| !has_errors(&session.diagnostics)) {
        session.diagnostics.extend(plan::lint_principals(suite, &target, &name));
    }
    session.settle()
}

fn built_in(
    session: &mut Session,
    text: &str,
    place: &PlaceArguments,
    registries: &[Registry],
) -> Result<Target, Stop> {
    parse(session, ("the built-in target", text.as_bytes()), &place.settings, (Path::new(""), registries))
}

fn parse(
    session: &mut Session,
    file: (&str, &[u8]),
    settings: &[String],
    around: (&Path, &[Registry]),
) -> Result<Target, Stop> {
    let target = decode(session, file, settings, around);
    session.settle()?;
    target.ok_or(Stop(Exit::Usage))
}

fn decode(
    session: &mut Session,
    (name, bytes): (&str, &[u8]),
    settings: &[String],
    (folder, registries): (&Path, &[Registry]),
) -> Option<Target> {
    let mut parsed = Vec::new();
    for setting in settings {
        let source = session.sources.add("--set", setting.as_str());
        parsed.extend(Setting::parse(source, setting, &mut session.diagnostics));
    }
    let decoded = plan::decode(name, bytes, &mut session.sources, &mut session.diagnostics);
    let target = decoded.and_then(|(source, text)| {
        let system = &session.machine;
        let input = Input { source, text: &text, folder, settings: &parsed, registries, system };
        target::parse(&input, &mut session.diagnostics)
    })?;
    session.diagnostics.extend(unusable_certificates(&target, &session.sources));
    Some(target)
}

/// The certificates and keys that no handshake could use, whoever the server is.
fn unusable_certificates(target: &Target, sources: &SourceMap) -> Vec<Diagnostic> {
    let told = |Unusable { key, reason }: Unusable| {
        let help = "`ca` holds certificates; `client_cert` a certificate with its chain (`cert`), and its own key (`key`)";
        let unusable = Diagnostic::error("certificate", reason).help(help);
        let Some(place) = target.tls.place(key) else { return unusable };
        // A key may stand in the file itself.
        let written = sources.text(place.source).get(place.range()).unwrap_or_default();
        if written.contains("-----BEGIN") { unusable.at_hidden(place) } else { unusable.at(place, "") }
    };
    tls(target).unusable().into_iter().map(told).collect()
}

fn folder_of(file: &Path) -> PathBuf {
    file.parent().map(Path::to_path_buf).unwrap_or_default()
}

fn private(configuration: &Configuration, target: &Target, disturbances: Arc<Disturbances>) -> World {
    let (configuration, connect) = (configuration.clone(), embedded::connect(target));
    let epoch = configuration.epoch;
    let all = Arc::clone(&disturbances);
    let start = move |case: &plan::TestCase| {
        let (mock, network) = connect(configuration.clone(), case);
        let disturbances = Arc::clone(&disturbances);
        Started { network, excuse: Box::new(move || disturbances.add(&mock.faults())) }
    };
    World::Private { start: Arc::new(start), unmet_faults: Arc::new(move || all.missed()), epoch }
}

/// Over sockets one mock serves all cases that want the same value of the tenant's switch.
fn listening(mut target: Target, configuration: &Configuration) -> Result<(Target, Listening), Diagnostic> {
    let failed = |reason: &str| {
        let message = format!("the mock cannot listen on this machine: {reason}");
        Diagnostic::error("no-mock", message).help("without `--embedded tcp` it needs no socket")
    };
    let listening = embedded::listen(configuration).map_err(|error| failed(&phrase::reason(&error)))?;
    target.place_at(&listening.origin, &listening.hooks).map_err(failed)?;
    Ok((target, listening))
}

/// The way to a target over sockets.
pub(crate) fn sockets(target: &Target) -> Network {
    Network::Tcp(tls(target), Arc::new(target.proxying.proxies.clone()))
}

fn tls(target: &Target) -> TlsSettings {
    let certificate = target.tls.client_cert.as_ref();
    TlsSettings {
        ca: target.tls.ca.as_ref().map(|own| own.value.clone()),
        client_cert: certificate.map(|own| (own.certificate.value.clone(), own.key.value.clone())),
        insecure: target.tls.insecure,
    }
}
