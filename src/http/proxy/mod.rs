//! Which server is reached through which proxy, as data: nothing is read or opened here.

mod address;
mod exception;
mod obstacle;

use std::net::Ipv4Addr;

pub use address::{Authorization, Proxy};
pub use exception::Exception;
pub use obstacle::Obstacle;

use super::url::Origin;

/// The proxies of a run, and what is reached without them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxies {
    /// For `http` URLs.
    pub http: Option<Named>,
    /// For `https` URLs.
    pub https: Option<Named>,
    /// What is reached directly.
    pub exceptions: Vec<Exception>,
    /// Whether even this machine itself is reached through them.
    pub loopback: bool,
}

/// A proxy, or why what is written there is none, and where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// `HTTPS_PROXY`, `proxy.url`.
    pub by: String,
    /// The proxy; the error is the end of a sentence that begins with what is written there.
    pub proxy: Result<Proxy, &'static str>,
}

/// How an origin is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way<'a> {
    /// Directly: no proxy is named.
    Direct,
    /// Directly, because it is this machine.
    DirectToLoopback(&'a Named),
    /// Directly, because an exception says so.
    DirectByException(&'a Named, &'a Exception),
    /// Through a proxy, or not at all if what is named is none.
    Through(&'a Named),
}

impl Proxies {
    /// How an origin is reached.
    pub fn way(&self, origin: &Origin) -> Way<'_> {
        let named = if origin.scheme == "https" { &self.https } else { &self.http };
        let Some(named) = named else { return Way::Direct };
        if is_loopback(&origin.host) && !self.loopback {
            return Way::DirectToLoopback(named);
        }
        match self.exceptions.iter().find(|exception| exception.covers(origin)) {
            Some(exception) => Way::DirectByException(named, exception),
            None => Way::Through(named),
        }
    }
}

/// Whether a host is the machine itself, by its name or its address.
fn is_loopback(host: &str) -> bool {
    let is_name = host == "localhost" || host.ends_with(".localhost");
    is_name || host.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback()) || host == "[::1]"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::url::Url;
    use rstest::rstest;

    fn named(by: &str, url: &str) -> Named {
        Named { by: by.to_owned(), proxy: Proxy::parse(url) }
    }

    fn proxies() -> Proxies {
        Proxies {
            http: Some(named("HTTP_PROXY", "http://plain:3128")),
            https: Some(named("HTTPS_PROXY", "http://secure:3128")),
            exceptions: vec![Exception::parse(".inside.example").unwrap()],
            loopback: false,
        }
    }

    fn shown(way: Way<'_>) -> String {
        match way {
            Way::Direct => "direct".to_owned(),
            Way::DirectToLoopback(named) => format!("not {}, loopback", named.by),
            Way::DirectByException(named, exception) => format!("not {}, {exception}", named.by),
            Way::Through(named) => named.by.clone(),
        }
    }

    #[rstest]
    #[case("http://a.example/", "HTTP_PROXY")]
    #[case("https://a.example/", "HTTPS_PROXY")]
    #[case("https://a.inside.example/", "not HTTPS_PROXY, .inside.example")]
    #[case("https://localhost/", "not HTTPS_PROXY, loopback")]
    #[case("http://a.localhost/", "not HTTP_PROXY, loopback")]
    #[case("http://127.9.9.9:80/", "not HTTP_PROXY, loopback")]
    #[case("http://[::1]:80/", "not HTTP_PROXY, loopback")]
    #[case("http://localhost.example/", "HTTP_PROXY")]
    fn the_scheme_chooses_and_exceptions_go_around(#[case] url: &str, #[case] way: &str) {
        assert_eq!(shown(proxies().way(&Url::parse(url).unwrap().origin())), way);
    }

    #[test]
    fn loopback_goes_through_only_where_it_is_asked_for() {
        let origin = Url::parse("https://127.0.0.1:1/").unwrap().origin();
        let forced = Proxies { loopback: true, ..proxies() };
        assert_eq!(shown(forced.way(&origin)), "HTTPS_PROXY");
        let excepted = Proxies { exceptions: vec![Exception::parse("127.0.0.0/8").unwrap()], ..forced };
        assert_eq!(shown(excepted.way(&origin)), "not HTTPS_PROXY, 127.0.0.0/8");
        assert_eq!(shown(Proxies::default().way(&origin)), "direct");
    }
}
