//! Asking a proxy for a way to a server (`CONNECT`, RFC 9110 §9.3.6).

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::head;
use super::loss::SHOWN;
use super::message::{Headers, readable};
use super::proxy::{Obstacle, Proxy};
use super::url::Origin;
use super::wire::Stream;

/// The longest answer that a proxy may give before the way is open.
const LONGEST_HEAD: usize = 16 * 1024;

/// Asks for a way to an origin over a connection to the proxy; afterwards the stream leads to the server.
pub(super) async fn open(
    stream: &mut Box<dyn Stream>,
    proxy: &Proxy,
    origin: &Origin,
) -> Result<(), Obstacle> {
    let to = format!("{}:{}", origin.host, origin.port);
    let request = request(&to, proxy);
    stream.write_all(request.as_bytes()).await.map_err(|_| Obstacle::Closed)?;
    let (status, headers) = answer(stream).await?;
    match status {
        200..300 => Ok(()),
        // No server can answer yet: who says 401 here is a proxy that means 407.
        401 | 407 => Err(credentials(proxy, &headers)),
        _ => Err(Obstacle::Refused { to, status }),
    }
}

/// What a proxy wants that asks for credentials.
pub(super) fn credentials(proxy: &Proxy, headers: &Headers) -> Obstacle {
    let challenges = headers.all("proxy-authenticate").map(readable);
    let scheme = |challenge: String| challenge.split([' ', ',']).next().map(str::to_owned);
    let schemes = challenges.filter_map(scheme).filter(|scheme| !scheme.is_empty()).collect();
    Obstacle::Credentials { shown: proxy.authorization.is_some(), schemes }
}

fn request(to: &str, proxy: &Proxy) -> String {
    let shown = proxy.authorization.as_ref();
    let shown = shown.map(|own| format!("Proxy-Authorization: {}\r\n", own.value())).unwrap_or_default();
    format!("CONNECT {to} HTTP/1.1\r\nHost: {to}\r\n{shown}\r\n")
}

/// Reads up to the end of the head and not a byte further: what follows is the server's.
async fn answer(stream: &mut Box<dyn Stream>) -> Result<(u16, Headers), Obstacle> {
    let mut bytes = Vec::new();
    while bytes.len() < LONGEST_HEAD {
        match stream.read_u8().await {
            Ok(byte) => bytes.push(byte),
            Err(_) if bytes.is_empty() => return Err(Obstacle::Closed),
            Err(_) => break,
        }
        // Only a line's end can complete a head, or show that it is none.
        if bytes.ends_with(b"\n")
            && let Some(answer) = head::status(&bytes).map_err(|head::NoHead| malformed(&bytes))?
        {
            return Ok(answer);
        }
    }
    Err(malformed(&bytes))
}

fn malformed(bytes: &[u8]) -> Obstacle {
    Obstacle::Malformed { first_bytes: readable(&bytes[..bytes.len().min(SHOWN)]) }
}
