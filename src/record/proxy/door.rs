//! A door of the proxy: what stands before it for the client, and behind it for the target.

use std::net::SocketAddr;

use crate::http::message::{Origin, Url};
use crate::target::Protocol;

/// The place at which the client meets one protocol of the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// The protocol.
    pub profile: String,
    /// What stands in the place of the protocol's base: the same path at the proxy.
    pub url: String,
    /// The proxy as an origin, `http://127.0.0.1:4711`.
    pub(super) here: String,
    /// The target's base.
    pub(super) base: Url,
}

impl Door {
    pub(super) fn new(protocol: &Protocol, address: SocketAddr) -> Self {
        let here = format!("http://{address}");
        let path = protocol.base.path().trim_end_matches('/');
        Self {
            profile: protocol.profile.clone(),
            url: format!("{here}{path}"),
            here,
            base: protocol.base.clone(),
        }
    }

    /// The target as the base writes it: scheme, host and port.
    pub(super) fn there(&self) -> &str {
        let text = self.base.as_str();
        let path = text.len() - self.base.request_target().len();
        if text.ends_with(&self.base.request_target()) { &text[..path] } else { text }
    }

    /// The target's origin.
    pub(super) fn origin(&self) -> Origin {
        self.base.origin()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::target::testing::protocol;
    use rstest::rstest;

    #[rstest]
    #[case("http://host:81/base/", "http://host:81", "http://127.0.0.1:4711/base")]
    #[case("https://host", "https://host", "http://127.0.0.1:4711")]
    fn a_door_keeps_the_path(#[case] base: &str, #[case] there: &str, #[case] url: &str) {
        let protocol = Protocol { base: Url::parse(base).unwrap(), ..protocol("elma", " {}\n") };
        let door = Door::new(&protocol, SocketAddr::from(([127, 0, 0, 1], 4711)));
        assert_eq!((door.there(), door.url.as_str()), (there, url));
    }
}
