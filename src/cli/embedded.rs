//! The embedded mock: inside this process for one case, or over sockets for all of them.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::DuplexStream;
use tokio::net::TcpListener;
use tokio::runtime::{self, Runtime};

use crate::http::client::Network;
use crate::http::memory;
use crate::http::message::Failure;
use crate::mock::{self, Configuration, Listener, Session};
use crate::mutation::Connect;
use crate::target::{Hooks, RedirectAuth, Target};

/// Bytes that wait in a stream until somebody reads them.
const BUFFER: usize = 64 << 10;

/// The same mock with the switch as the target declares it.
pub(crate) fn with_redirect_auth(configuration: Configuration, value: Option<RedirectAuth>) -> Configuration {
    let value = match value {
        Some(RedirectAuth::InitialOnly) => mock::RedirectAuth::InitialOnly,
        Some(RedirectAuth::Required) | None => mock::RedirectAuth::Required,
    };
    configuration.with_redirect_auth(value)
}

/// Puts a mock of its own before each case; its time starts with the case.
pub(crate) fn connect(target: &Target) -> Arc<Connect> {
    let target = target.clone();
    Arc::new(move |configuration, case| {
        let mock = Session::new(with_redirect_auth(configuration, case.redirect_auth));
        (mock.clone(), in_memory(mock, &target))
    })
}

/// The way to a mock behind the authorities of a target.
fn in_memory(mock: Session, target: &Target) -> Network {
    let hooks = match &target.hooks {
        Hooks::Url(url, _) => Some(url.authority()),
        Hooks::None | Hooks::Command(_) => None,
    };
    let protocols = target.protocols.iter().map(|protocol| protocol.base.authority()).collect();
    Network::Memory(Arc::new(InMemory { mock, protocols, hooks }))
}

struct InMemory {
    mock: Session,
    protocols: Vec<String>,
    hooks: Option<String>,
}

impl memory::Network for InMemory {
    fn connect(&self, authority: &str) -> Result<DuplexStream, Failure> {
        let listener = if self.hooks.as_deref() == Some(authority) {
            Listener::Hooks
        } else if self.protocols.iter().any(|own| own == authority) {
            Listener::Protocol
        } else {
            Listener::Foreign
        };
        let (near, far) = tokio::io::duplex(BUFFER);
        let mock = self.mock.clone();
        tokio::spawn(async move { mock.serve(far, listener).await });
        Ok(near)
    }
}

/// Mocks that listen on sockets of this machine until this is dropped: one for each value of the tenant's switch.
#[derive(Debug)]
pub(crate) struct Listening {
    /// Where the protocols are.
    pub origin: String,
    /// Where the hooks are.
    pub hooks: String,
    /// The addresses of the mock whose redirects ask for nothing, by the authorities of the other one.
    relaxed: Arc<BTreeMap<String, SocketAddr>>,
    _runtime: Runtime,
}

impl Listening {
    /// The way to the mock whose redirects ask for nothing.
    pub(crate) fn relaxed(&self) -> Network {
        Network::Detour(Arc::clone(&self.relaxed))
    }
}

/// Starts both mocks on free ports.
pub(crate) fn listen(configuration: &Configuration) -> io::Result<Listening> {
    let runtime = runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let mock = |switch| Session::new(with_redirect_auth(configuration.clone(), Some(switch)));
    let required = runtime.block_on(sockets(mock(RedirectAuth::Required)))?;
    let relaxed = runtime.block_on(sockets(mock(RedirectAuth::InitialOnly)))?;
    let relaxed = required.iter().map(SocketAddr::to_string).zip(relaxed).collect();
    let [origin, hooks] = required.map(|address| format!("http://{address}"));
    Ok(Listening { origin, hooks, relaxed: Arc::new(relaxed), _runtime: runtime })
}

/// The addresses of a mock's protocols and hooks.
async fn sockets(mock: Session) -> io::Result<[SocketAddr; 2]> {
    Ok([serve(mock.clone(), Listener::Protocol).await?, serve(mock, Listener::Hooks).await?])
}

async fn serve(mock: Session, listener: Listener) -> io::Result<SocketAddr> {
    let socket = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = socket.local_addr()?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = socket.accept().await {
            let mock = mock.clone();
            tokio::spawn(async move { mock.serve(stream, listener).await });
        }
    });
    Ok(address)
}
