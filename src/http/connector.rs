//! How a connection to a URL's origin comes about: over a socket, with or without TLS, by way of a proxy, or inside the
//! process.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use super::client::{Limits, Network};
use super::connection::Connection;
use super::memory;
use super::message::{Failure, Obstacle, Origin, Url};
use super::proxy::{Named, Proxies, Proxy, Way};
use super::socket;
use super::tls::{Tls, TlsSettings};
use super::tunnel;
use super::wire::Stream;

/// Opens connections.
pub(super) struct Connector {
    road: Road,
    limits: Limits,
}

enum Road {
    Tcp(Box<Sockets>),
    Detour(Arc<BTreeMap<String, SocketAddr>>),
    Memory(Arc<dyn memory::Network>),
}

/// What goes over sockets.
struct Sockets {
    tls: Tls,
    /// A proxy is trusted like a server, and is not shown who the client is.
    tls_to_proxies: Tls,
    proxies: Arc<Proxies>,
}

impl Connector {
    /// A connector; nothing is opened or read yet.
    pub(super) fn new(network: Network, limits: Limits) -> Self {
        let road = match network {
            Network::Tcp(settings, proxies) => Road::Tcp(Box::new(Sockets::new(settings, proxies))),
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
            Road::Tcp(sockets) => sockets.open(&url.origin(), self.limits.connect).await?,
        };
        Connection::begin(stream, self.limits.head).await
    }

    /// The proxy that passes plain requests to an origin on, and reads them itself; one that leads to a server does not.
    pub(super) fn forwarder(&self, url: &Url) -> Option<&Proxy> {
        let Road::Tcp(sockets) = &self.road else { return None };
        // Most runs know no proxy: then nothing is asked of the URL.
        sockets.proxies.http.as_ref()?;
        let origin = url.origin();
        match sockets.proxies.way(&origin) {
            Way::Through(Named { proxy, .. }) if origin.scheme == "http" => proxy.as_ref().ok(),
            _ => None,
        }
    }
}

impl Sockets {
    fn new(settings: TlsSettings, proxies: Arc<Proxies>) -> Self {
        let anonymous = TlsSettings { client_cert: None, ..settings.clone() };
        Self { tls: Tls::new(settings), tls_to_proxies: Tls::new(anonymous), proxies }
    }

    async fn open(&self, origin: &Origin, limit: Duration) -> Result<Box<dyn Stream>, Failure> {
        let Way::Through(named) = self.proxies.way(origin) else {
            let late = Failure::ConnectDeadline { after: limit };
            return timeout(limit, self.directly(origin, limit)).await.unwrap_or(Err(late));
        };
        let proxy = named.proxy.as_ref().map_err(|reason| unusable(named, reason))?;
        let late = stopped(proxy, Obstacle::Silent { after: limit });
        timeout(limit, self.through(proxy, origin, limit)).await.unwrap_or(Err(late))
    }

    async fn directly(&self, origin: &Origin, limit: Duration) -> Result<Box<dyn Stream>, Failure> {
        secure(&self.tls, origin, socket::open(origin, limit).await?).await
    }

    async fn through(
        &self,
        proxy: &Proxy,
        origin: &Origin,
        limit: Duration,
    ) -> Result<Box<dyn Stream>, Failure> {
        let mut stream = self.reach(proxy, limit).await.map_err(|failure| {
            let obstacle = Obstacle::Unreached(Box::new(failure));
            stopped(proxy, obstacle)
        })?;
        if origin.scheme == "http" {
            return Ok(stream);
        }
        tunnel::open(&mut stream, proxy, origin).await.map_err(|obstacle| stopped(proxy, obstacle))?;
        secure(&self.tls, origin, stream).await
    }

    async fn reach(&self, proxy: &Proxy, limit: Duration) -> Result<Box<dyn Stream>, Failure> {
        let stream = socket::open(&proxy.origin, limit).await?;
        secure(&self.tls_to_proxies, &proxy.origin, stream).await
    }
}

/// TLS on a stream, where the origin wants it.
async fn secure(
    tls: &Tls,
    origin: &Origin,
    stream: impl Stream + 'static,
) -> Result<Box<dyn Stream>, Failure> {
    if origin.scheme == "https" {
        tls.shake_hands(socket::host(origin), stream).await
    } else {
        Ok(Box::new(stream))
    }
}

/// A request that came no further than a proxy.
pub(super) fn stopped(proxy: &Proxy, obstacle: Obstacle) -> Failure {
    Failure::Proxy { proxy: proxy.origin.clone(), obstacle }
}

fn unusable(named: &Named, reason: &str) -> Failure {
    Failure::Unreachable { reason: format!("{} {reason}", named.by) }
}

/// Connects to the address that stands for an authority; nobody answers to one that has none.
async fn detour(
    addresses: &BTreeMap<String, SocketAddr>,
    authority: &str,
    limit: Duration,
) -> Result<Box<dyn Stream>, Failure> {
    let address = addresses.get(authority).ok_or(Failure::Refused)?;
    Ok(Box::new(socket::connect(&[*address], limit).await?))
}
