//! The embedded mock: inside this process for one case, or over sockets for all of them.

use std::io;
use std::sync::Arc;

use tokio::io::DuplexStream;
use tokio::net::TcpListener;
use tokio::runtime::{self, Runtime};

use crate::diagnostic::{Diagnostic, nearest};
use crate::http::client::Network;
use crate::http::memory;
use crate::http::message::Failure;
use crate::mock::{self, ARMINGS, Configuration, DEFECTS, Defect, Listener, Mock};
use crate::mutation::Connect;
use crate::target::{Hooks, RedirectAuth, Target};

/// Bytes that wait in a stream until somebody reads them.
const BUFFER: usize = 64 << 10;

/// A mock's configuration with these defects.
pub(crate) fn configure(
    configuration: Configuration,
    defects: &[String],
) -> Result<Configuration, Diagnostic> {
    defects.iter().try_fold(configuration, |configuration, defect| {
        let (id, arming) = defect.split_once('@').unwrap_or((defect, ""));
        if DEFECTS.iter().all(|known| known.id != id) {
            return Err(unknown_defect(id));
        }
        let unarmed = |_| {
            let message = format!("the defect `{id}` cannot be armed with `{arming}`");
            Diagnostic::error("arming", message).help(format!("one of: {}", ARMINGS.join(", ")))
        };
        configuration.with_defect(defect).map_err(unarmed)
    })
}

/// Suggests the defect of the same requirement whose name is nearest, or all of that requirement.
fn unknown_defect(id: &str) -> Diagnostic {
    let unknown = Diagnostic::error("unknown-defect", format!("the mock has no defect `{id}`"));
    let (requirement, name) = id.split_once('/').unwrap_or((id, ""));
    let of_it = |known: &&Defect| known.id.split('/').next() == Some(requirement);
    let ids: Vec<&str> = DEFECTS.iter().filter(of_it).map(|known| known.id).collect();
    let names = ids.iter().filter_map(|id| id.split('/').nth(1));
    match nearest(name, names) {
        Some(near) => unknown.help(format!("did you mean `{requirement}/{near}`?")),
        None if ids.is_empty() => unknown.help("`orchspec list defects` shows them all"),
        None => unknown.help(format!("one of: {}", ids.join(", "))),
    }
}

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
        let mock = Mock::new(with_redirect_auth(configuration, case.redirect_auth));
        (mock.clone(), in_memory(mock, &target))
    })
}

/// The way to a mock behind the authorities of a target.
fn in_memory(mock: Mock, target: &Target) -> Network {
    let hooks = match &target.hooks {
        Hooks::Url(url) => Some(url.authority()),
        Hooks::None | Hooks::Command(_) => None,
    };
    let protocols = target.protocols.iter().map(|protocol| protocol.base.authority()).collect();
    Network::Memory(Arc::new(InMemory { mock, protocols, hooks }))
}

struct InMemory {
    mock: Mock,
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

/// A mock that listens on sockets of this machine until this is dropped.
#[derive(Debug)]
pub(crate) struct Listening {
    /// Where the protocols are.
    pub origin: String,
    /// Where the hooks are.
    pub hooks: String,
    _runtime: Runtime,
}

/// Starts a mock on two free ports.
pub(crate) fn listen(configuration: Configuration) -> io::Result<Listening> {
    let runtime = runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let (origin, hooks) = runtime.block_on(async {
        let mock = Mock::new(configuration);
        let origin = serve(mock.clone(), Listener::Protocol).await?;
        Ok::<_, io::Error>((origin, serve(mock, Listener::Hooks).await?))
    })?;
    Ok(Listening { origin, hooks, _runtime: runtime })
}

async fn serve(mock: Mock, listener: Listener) -> io::Result<String> {
    let socket = TcpListener::bind(("127.0.0.1", 0)).await?;
    let origin = format!("http://{}", socket.local_addr()?);
    tokio::spawn(async move {
        while let Ok((stream, _)) = socket.accept().await {
            let mock = mock.clone();
            tokio::spawn(async move { mock.serve(stream, listener).await });
        }
    });
    Ok(origin)
}
