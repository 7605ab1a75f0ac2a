//! A socket to a host: its name is looked up, and each of its addresses is tried.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

use super::message::{Failure, Origin};

/// Connects to an origin's host and port.
pub(super) async fn open(origin: &Origin, limit: Duration) -> Result<TcpStream, Failure> {
    connect(&resolve(host(origin), origin.port).await?, limit).await
}

/// The host as resolvers and certificates write it: without the brackets of an IPv6 address.
pub(super) fn host(origin: &Origin) -> &str {
    origin.host.trim_start_matches('[').trim_end_matches(']')
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
pub(super) async fn connect(addresses: &[SocketAddr], limit: Duration) -> Result<TcpStream, Failure> {
    let share = limit / u32::try_from(addresses.len()).unwrap_or(u32::MAX);
    let mut failure = Failure::ConnectDeadline { after: limit };
    for address in addresses {
        match timeout(share, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                // Requests are written in one go; waiting for more to send only delays them.
                let _ = stream.set_nodelay(true);
                return Ok(stream);
            }
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
