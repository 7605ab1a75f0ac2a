//! How a connection to a URL's origin comes about: over a socket, with or without TLS, or inside the process.

use std::collections::BTreeMap;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

use super::client::{Limits, Network};
use super::connection::Connection;
use super::memory;
use super::message::{Failure, Origin, Url};
use super::tls::Tls;
use super::wire::Stream;

/// Opens connections.
pub(super) struct Connector {
    road: Road,
    limits: Limits,
}

enum Road {
    Tcp(Tls),
    Detour(Arc<BTreeMap<String, SocketAddr>>),
    Memory(Arc<dyn memory::Network>),
}

impl Connector {
    /// A connector; nothing is opened or read yet.
    pub(super) fn new(network: Network, limits: Limits) -> Self {
        let road = match network {
            Network::Tcp(settings) => Road::Tcp(Tls::new(settings)),
            Network::Detour(addresses) => Road::Detour(addresses),
            Network::Memory(network) => Road::Memory(network),
        };
        Self { road, limits }
    }

    /// Opens a connection to a URL's origin within the deadline.
    pub(super) async fn open(&self, url: &Url) -> Result<Connection, Failure> {
        let stream: Box<dyn Stream> = match &self.road {
            Road::Memory(network) => Box::new(network.connect(&url.authority())?),
            Road::Detour(addresses) => detour(addresses, &url.authority(), self.limits.connect).await?,
            Road::Tcp(tls) => timeout(self.limits.connect, self.socket(tls, &url.origin()))
                .await
                .unwrap_or(Err(Failure::ConnectDeadline { after: self.limits.connect }))?,
        };
        Connection::begin(stream, self.limits.head).await
    }

    async fn socket(&self, tls: &Tls, origin: &Origin) -> Result<Box<dyn Stream>, Failure> {
        let host = origin.host.trim_start_matches('[').trim_end_matches(']');
        let stream = connect(&resolve(host, origin.port).await?, self.limits.connect).await?;
        // Requests are written in one go; waiting for more to send only delays them.
        let _ = stream.set_nodelay(true);
        if origin.scheme == "https" { tls.shake_hands(host, stream).await } else { Ok(Box::new(stream)) }
    }
}

/// Connects to the address that stands for an authority; nobody answers to one that has none.
async fn detour(
    addresses: &BTreeMap<String, SocketAddr>,
    authority: &str,
    limit: Duration,
) -> Result<Box<dyn Stream>, Failure> {
    let address = addresses.get(authority).ok_or(Failure::Refused)?;
    let stream = connect(&[*address], limit).await?;
    let _ = stream.set_nodelay(true);
    Ok(Box::new(stream))
}

async fn resolve(host: &str, port: u16) -> Result<Vec<SocketAddr>, Failure> {
    let addresses: Vec<_> = lookup_host((host, port))
        .await
        .map_err(|error| Failure::Dns { reason: error.to_string() })?
        .collect();
    if addresses.is_empty() {
        return Err(Failure::Dns { reason: "the name has no address".to_owned() });
    }
    Ok(addresses)
}

/// Tries every address, each with its share of the time, so that a dead one does not hide a living one.
async fn connect(addresses: &[SocketAddr], limit: Duration) -> Result<TcpStream, Failure> {
    let share = limit / u32::try_from(addresses.len()).unwrap_or(u32::MAX);
    let mut failure = Failure::ConnectDeadline { after: limit };
    for address in addresses {
        match timeout(share, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) => failure = unconnected(&error),
            Err(_) => failure = Failure::ConnectDeadline { after: limit },
        }
    }
    Err(failure)
}

fn unconnected(error: &io::Error) -> Failure {
    match error.kind() {
        ErrorKind::ConnectionRefused => Failure::Refused,
        _ => Failure::Unreachable { reason: error.to_string() },
    }
}
