//! The reverse proxy: whatever a client sends to a door goes to the target, and the answer back.
//!
//! Bodies are read to their end before they are passed on, since the links in them are turned and since the record
//! needs them whole; how long the target holds an answer is up to the target. It knows no scenario.

mod address;
mod door;
mod forward;
mod headers;

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;

pub use door::Door;
pub use forward::Proxy;

use crate::target::Protocol;

/// A door whose listener is open.
#[derive(Debug)]
pub struct Opened {
    /// Where it leads.
    pub door: Arc<Door>,
    listener: TcpListener,
}

/// Opens a door for each protocol: the first at `address`, further ones at the ports behind it.
///
/// The error tells the address that cannot be listened at.
pub async fn open(
    protocols: &[&Protocol],
    address: SocketAddr,
) -> Result<Vec<Opened>, (SocketAddr, std::io::Error)> {
    let mut opened = Vec::new();
    for (index, protocol) in protocols.iter().enumerate() {
        let place = behind(address, index);
        let listener = TcpListener::bind(place).await.map_err(|error| (place, error))?;
        let own = listener.local_addr().map_err(|error| (place, error))?;
        opened.push(Opened { door: Arc::new(Door::new(protocol, own)), listener });
    }
    Ok(opened)
}

/// The address that is so many ports behind another; port 0 stands for any.
fn behind(address: SocketAddr, index: usize) -> SocketAddr {
    let step = u16::try_from(index).unwrap_or(u16::MAX);
    let port = if address.port() == 0 { 0 } else { address.port().saturating_add(step) };
    SocketAddr::new(address.ip(), port)
}
