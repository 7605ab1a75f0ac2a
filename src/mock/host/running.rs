//! A mock that runs: where it is, what can be done with it, and how it ends.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;

use super::accept::{Purpose, Reception};
use super::builder::{Builder, Place, StartError};
use super::room::Room;
use super::sessions::{SessionError, Sessions};
use crate::mock::clock::ClockMode;
use crate::mock::configuration::Configuration;
use crate::mock::control::Steering;
use crate::mock::protocol::uipath;
use crate::mock::server::{Listener, Session};
use crate::mock::verdict::Verdicts;
use crate::outcome::Verdict;

/// A mock orchestrator that listens on sockets. It ends when this is dropped.
///
/// ```
/// # tokio::runtime::Runtime::new().unwrap().block_on(async {
/// use orchspec::mock::{ClockMode, Mock};
///
/// let mock = Mock::builder().clock(ClockMode::Auto).seed(7).start().await?;
/// assert!(mock.uipath_url().starts_with("http://127.0.0.1:"));
/// // … let a client work with `mock.uipath_url()` and `mock.bearer("owner")` …
/// # client(&mock).await?;
/// let finished = mock.finish().await;
/// finished.verdicts.assert_clean();
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// # async fn client(mock: &orchspec::mock::Mock) -> Result<(), Box<dyn std::error::Error>> {
/// #     use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
/// #     let host = mock.elma_url().trim_start_matches("http://").to_owned();
/// #     let bearer = mock.bearer("owner").unwrap_or_default();
/// #     let mut stream = tokio::net::TcpStream::connect(&host).await?;
/// #     let call = format!(
/// #         "POST /acme/prod/orchestrator_/t/echo-fnf HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\
/// #          Authorization: Bearer {bearer}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}"
/// #     );
/// #     stream.write_all(call.as_bytes()).await?;
/// #     stream.read_to_end(&mut Vec::new()).await?;
/// #     Ok(())
/// # }
/// ```
pub struct Mock {
    addresses: Addresses,
    sessions: Arc<Sessions>,
    /// What was let in, to be served and to steer.
    rooms: [Room; 2],
    certificate: Option<String>,
    stop: watch::Sender<bool>,
    verify: bool,
}

/// Where a mock is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    /// The origin of both protocols.
    pub protocols: String,
    /// The control API.
    pub control: Option<String>,
    /// The origin that no credential may be sent to.
    pub foreign: Option<String>,
}

/// What is left of a mock: the sums of all sessions that there were in the end.
#[derive(Debug, Clone, Default)]
pub struct Finished {
    /// How many requests the protocols got.
    pub exchanges: u64,
    /// How many entries the journals have dropped.
    pub dropped: u64,
    /// How many requests came to the origin that no credential may be sent to.
    pub foreign: u64,
    /// The verdicts on all its clients.
    pub verdicts: Verdicts,
    /// The same by session, those that have ended before included.
    pub sessions: BTreeMap<String, Verdicts>,
}

impl Mock {
    /// A mock that is being set up.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// A mock of both protocols on a free port of this machine.
    pub async fn start() -> Result<Self, StartError> {
        Self::builder().start().await
    }

    /// Where it is.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// The certificate chain in PEM that the protocols show, where they are served by TLS.
    pub fn certificate(&self) -> Option<&str> {
        self.certificate.as_deref()
    }

    /// How the sessions behave that are not told otherwise.
    pub fn configuration(&self) -> &Configuration {
        self.sessions.configuration()
    }

    /// The base URL of the task queue.
    pub fn elma_url(&self) -> &str {
        &self.addresses.protocols
    }

    /// The base URL of the triggers, each of which answers at `/t/NAME` below it.
    pub fn uipath_url(&self) -> String {
        format!("{}{}", self.addresses.protocols, uipath::ROOT)
    }

    /// The URL of the control API.
    pub fn control_url(&self) -> Option<&str> {
        self.addresses.control.as_deref()
    }

    /// The bearer token of this principal.
    pub fn bearer(&self, principal: &str) -> Option<String> {
        let bearers = &self.sessions.configuration().fixtures.bearers;
        bearers.iter().find(|own| *own.name == *principal).map(|own| own.token.to_string())
    }

    /// The token of this system of the task queue.
    pub fn system(&self, principal: &str) -> Option<String> {
        let systems = &self.sessions.configuration().fixtures.systems;
        systems.iter().find(|own| *own.name == *principal).map(|own| own.token.to_string())
    }

    /// The session that every path without a prefix leads to.
    pub fn session(&self) -> &Session {
        self.sessions.default()
    }

    /// The verdicts on the clients of the default session by what they did so far.
    pub fn verdicts(&self) -> Verdicts {
        self.session().verdicts()
    }

    /// A new session below `/s/NAME`: what is not given is as in the default one.
    pub fn create_session(
        &self,
        name: &str,
        clock: Option<ClockMode>,
        configuration: Option<Configuration>,
    ) -> Result<Session, SessionError> {
        self.sessions.create(name, clock, configuration)
    }

    /// Ends a session: its parked calls are answered, and it is gone.
    pub fn delete_session(&self, name: &str) -> Result<(), SessionError> {
        self.sessions.delete(name)
    }

    /// Ends the mock: nobody is let in any more, and every parked call is answered.
    pub async fn finish(self) -> Finished {
        self.begin_end();
        for room in &self.rooms {
            room.empties(LAST_WORDS).await;
        }
        let sessions = self.sessions.verdicts();
        Finished { verdicts: together(&sessions), sessions, ..self.sessions.finished() }
    }

    /// Panics where a violation would pass in silence. A test that fails already says why by itself.
    fn verify(&self) {
        if self.verify && !self.session().is_judged() && !std::thread::panicking() {
            let verdicts = together(&self.sessions.verdicts());
            assert!(verdicts.verdict() != Verdict::Fail, "a client of this mock is wrong\n\n{verdicts}");
        }
    }

    fn begin_end(&self) {
        self.stop.send_replace(true);
        self.sessions.close();
    }
}

/// The verdicts on the clients of all sessions as one.
fn together(sessions: &BTreeMap<String, Verdicts>) -> Verdicts {
    sessions.values().cloned().fold(Verdicts::default(), Verdicts::and)
}

/// How long the last answers may take.
const LAST_WORDS: Duration = Duration::from_secs(1);

impl Drop for Mock {
    fn drop(&mut self) {
        self.begin_end();
        self.verify();
    }
}

pub(super) async fn start(builder: Builder) -> Result<Mock, StartError> {
    guard(&builder)?;
    let certificate = builder.identity.as_ref().map(|identity| identity.certificates().to_owned());
    let acceptor = builder.identity.as_ref().map(|identity| identity.acceptor().map_err(StartError::Tls));
    let acceptor = acceptor.transpose()?;
    let scheme = if acceptor.is_some() { "https" } else { "http" };
    let (protocols, at) = bind(builder.listen).await?;
    let control = bind_at(builder.control).await?;
    let foreign = bind_at(builder.foreign).await?;
    let addresses = Addresses {
        protocols: format!("{scheme}://{at}"),
        control: match builder.control {
            Place::Prefix => Some(format!("{scheme}://{at}{}", Place::PREFIX)),
            Place::Off | Place::At(_) => control.as_ref().map(|(_, at)| format!("http://{at}")),
        },
        foreign: foreign.as_ref().map(|(_, at)| format!("{scheme}://{at}")),
    };
    let sessions = Sessions::new(
        builder.configuration,
        builder.clock,
        builder.limits,
        builder.watcher,
        builder.control_token.clone(),
    );
    let sessions = Arc::new(sessions);
    // Whoever steers finds room however many callers there are.
    let steerers = Room::new(builder.limits.connections.min(MOST_STEERERS));
    let room = Room::new(builder.limits.connections);
    let (stop, stopped) = watch::channel(false);
    let steering = Arc::new(Steering::new(
        Arc::clone(&sessions),
        (addresses.clone(), room.clone()),
        builder.control_token,
    ));
    let reception = Reception {
        sessions: Arc::clone(&sessions),
        steering,
        steered_below: builder.control == Place::Prefix,
        acceptor,
        room: room.clone(),
        stop: stopped,
    };
    tokio::spawn(reception.clone().accept(protocols, Purpose::Serve(Listener::Protocol)));
    if let Some((socket, _)) = foreign {
        tokio::spawn(reception.clone().accept(socket, Purpose::Serve(Listener::Foreign)));
    }
    if let Some((socket, _)) = control {
        let reception = Reception { room: steerers.clone(), ..reception };
        tokio::spawn(reception.accept(socket, Purpose::Control));
    }
    Ok(Mock { addresses, sessions, rooms: [room, steerers], certificate, stop, verify: builder.verify })
}

/// How many connections the control API takes at most.
const MOST_STEERERS: usize = 1024;

/// Whoever steers the mock can read what callers send to it.
fn guard(builder: &Builder) -> Result<(), StartError> {
    let steered = match builder.control {
        Place::Off => return Ok(()),
        Place::Prefix => builder.listen,
        Place::At(at) => at,
    };
    if !steered.ip().is_loopback() && builder.control_token.is_none() {
        return Err(StartError::Unguarded(steered));
    }
    Ok(())
}

async fn bind_at(place: Place) -> Result<Option<(TcpListener, SocketAddr)>, StartError> {
    match place {
        Place::Off | Place::Prefix => Ok(None),
        Place::At(at) => bind(at).await.map(Some),
    }
}

async fn bind(at: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |error| StartError::Listen(at, error);
    let socket = TcpListener::bind(at).await.map_err(failed)?;
    let address = socket.local_addr().map_err(failed)?;
    Ok((socket, address))
}
