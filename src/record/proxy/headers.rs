//! Which header lines travel on: those of a single connection do not (RFC 9110 §7.6.1).

use http::HeaderMap;

use crate::http::message::Headers;

/// What belongs to one connection, or is written anew for the next one.
const OF_A_CONNECTION: [&str; 11] = [
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "content-length",
    "expect",
];

/// What of a request belongs to the connection, too: the target is another host, and a packed body could not be read.
const OF_A_REQUEST: [&str; 2] = ["host", "accept-encoding"];

/// The lines of a request that go to the target.
pub(super) fn inward(lines: &HeaderMap) -> Headers {
    let mut headers = Headers::default();
    for (name, value) in lines {
        headers.push(name.as_str(), value.as_bytes());
    }
    strip(&mut headers);
    for name in OF_A_REQUEST {
        headers.remove(name);
    }
    headers
}

/// The lines of an answer that go to the client.
pub(super) fn outward(headers: &Headers) -> Headers {
    let mut headers = headers.clone();
    strip(&mut headers);
    headers
}

fn strip(headers: &mut Headers) {
    let named: Vec<String> =
        headers.all("connection").map(|line| String::from_utf8_lossy(line).into_owned()).collect();
    for name in named.iter().flat_map(|line| line.split(',')) {
        headers.remove(name.trim());
    }
    for name in OF_A_CONNECTION {
        headers.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_meant_for_the_other_end_travels_on() {
        let lines = [
            ("host", "127.0.0.1:1"),
            ("connection", "close, X-Hop"),
            ("x-hop", "1"),
            ("x-end", "2"),
            ("accept-encoding", "gzip"),
            ("transfer-encoding", "chunked"),
            ("authorization", "Bearer a"),
        ];
        let mut map = HeaderMap::new();
        for (name, value) in lines {
            map.append(name, value.parse().unwrap());
        }
        let kept: Vec<String> = inward(&map).iter().map(|(name, _)| name.to_owned()).collect();
        assert_eq!(kept, ["x-end", "authorization"]);
    }
}
