//! How a mock is set before it starts.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use super::blocking::BlockingMock;
use super::running::{self, Mock};
use super::tls::{Identity, TlsError};
use crate::mock::clock::ClockMode;
use crate::mock::configuration::{Configuration, ConfigurationError};
use crate::mock::fault::FaultPlan;
use crate::mock::journal::{Entry, Watcher};
use crate::mock::server::Limits;

/// Where a socket listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Nowhere.
    Off,
    /// Below [`Place::PREFIX`] of the protocols, where no other port can be opened; only for the control API.
    Prefix,
    /// At this address; port 0 is any free port.
    At(SocketAddr),
}

impl Place {
    /// What stands before the path of each call of a control API that has no port of its own.
    pub const PREFIX: &str = "/__mock";

    /// A free port that only this machine reaches.
    pub const LOOPBACK: Self = Self::At(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0));
}

/// A mock that is being set up.
#[derive(Debug, Clone)]
pub struct Builder {
    pub(super) configuration: Configuration,
    pub(super) clock: ClockMode,
    pub(super) limits: Limits,
    pub(super) listen: SocketAddr,
    pub(super) control: Place,
    pub(super) foreign: Place,
    pub(super) control_token: Option<String>,
    pub(super) identity: Option<Identity>,
    pub(super) watcher: Option<Watcher>,
    pub(super) verify: bool,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            configuration: Configuration::embedded(),
            clock: ClockMode::Real,
            limits: Limits::default(),
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            control: Place::LOOPBACK,
            foreign: Place::Off,
            control_token: None,
            identity: None,
            watcher: None,
            verify: false,
        }
    }
}

impl Builder {
    /// Everything that decides how the mock behaves.
    #[must_use]
    pub fn configuration(self, configuration: Configuration) -> Self {
        Self { configuration, ..self }
    }

    /// How time passes.
    #[must_use]
    pub fn clock(self, clock: ClockMode) -> Self {
        Self { clock, ..self }
    }

    /// How much callers may ask for.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Where ids and chances come from.
    #[must_use]
    pub fn seed(self, seed: u64) -> Self {
        Self { configuration: self.configuration.with_seed(seed), ..self }
    }

    /// One deliberate violation: `ID`, `ID@nth:3` or `ID@chance:0.02`.
    pub fn defect(self, id: &str) -> Result<Self, ConfigurationError> {
        Ok(Self { configuration: self.configuration.with_defect(id)?, ..self })
    }

    /// One open choice of the documents, settled in this way.
    pub fn policy(self, key: &str, value: &str) -> Result<Self, ConfigurationError> {
        Ok(Self { configuration: self.configuration.with_policy(key, value)?, ..self })
    }

    /// What happens to calls on their way.
    #[must_use]
    pub fn faults(self, faults: FaultPlan) -> Self {
        Self { configuration: self.configuration.with_faults(faults), ..self }
    }

    /// Where both protocols are served; a free port of this machine alone, if not said.
    #[must_use]
    pub fn listen(self, listen: SocketAddr) -> Self {
        Self { listen, ..self }
    }

    /// Where the control API is served.
    #[must_use]
    pub fn control(self, control: Place) -> Self {
        Self { control, ..self }
    }

    /// What every call of the control API must show as its bearer.
    #[must_use]
    pub fn control_token(self, token: impl Into<String>) -> Self {
        Self { control_token: Some(token.into()), ..self }
    }

    /// Where an origin listens that no credential may be sent to.
    #[must_use]
    pub fn foreign(self, foreign: Place) -> Self {
        Self { foreign, ..self }
    }

    /// Serves the protocols by TLS with this certificate.
    #[must_use]
    pub fn tls(self, identity: Identity) -> Self {
        Self { identity: Some(identity), ..self }
    }

    /// Tells every entry of every session's journal as it is written, with the session's name. Callers wait meanwhile:
    /// it must be quick, and must not ask the mock anything.
    #[must_use]
    pub fn watch(self, tell: impl Fn(&str, &Entry) + Send + Sync + 'static) -> Self {
        Self { watcher: Some(Watcher::new(tell)), ..self }
    }

    /// What the default session will be.
    pub fn settings(&self) -> (&Configuration, ClockMode) {
        (&self.configuration, self.clock)
    }

    /// Holds clients to asking only for what is served: any other request is a violation.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.configuration.strict = true;
        self
    }

    /// Lets the mock panic when it is dropped while its clients broke a rule and nobody has looked at the verdicts; never
    /// while the thread panics already.
    #[must_use]
    pub fn verify_on_drop(self) -> Self {
        Self { verify: true, ..self }
    }

    /// Starts the mock on a thread of its own, for callers that have no runtime; not from within one.
    pub fn start_blocking(self) -> Result<BlockingMock, StartError> {
        BlockingMock::start(self)
    }

    /// Starts the mock on the runtime of the caller; returns once it can be reached.
    pub async fn start(self) -> Result<Mock, StartError> {
        running::start(self).await
    }
}

/// Why a mock cannot be started.
#[derive(Debug)]
pub enum StartError {
    /// It cannot listen there.
    Listen(SocketAddr, io::Error),
    /// Others than this machine could steer it, and nothing would keep them from it.
    Unguarded(SocketAddr),
    /// Its certificate cannot be shown.
    Tls(TlsError),
    /// There is no thread for it.
    Thread(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(address, error) => write!(out, "the mock cannot listen at {address}: {error}"),
            Self::Unguarded(address) => {
                write!(out, "the control API would be open to everybody at {address}: give it a token")
            }
            Self::Tls(error) => error.fmt(out),
            Self::Thread(error) => write!(out, "the mock has no thread to run on: {error}"),
        }
    }
}

impl std::error::Error for StartError {}
