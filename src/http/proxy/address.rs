//! The address of a proxy, as environments write it: `http://user:password@proxy.example:3128`.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;

use crate::http::url::{Origin, Url};

/// A proxy that speaks HTTP, and what it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxy {
    /// Where it listens; with the scheme `https` it is spoken to over TLS.
    pub origin: Origin,
    /// What it is shown, if it asks for credentials.
    pub authorization: Option<Authorization>,
}

/// A name and a password for a proxy (RFC 7617); printing it prints neither.
#[derive(Clone, PartialEq, Eq)]
pub struct Authorization {
    user: String,
    password: String,
}

impl Authorization {
    /// The name must not hold a colon.
    pub fn basic(user: &str, password: &str) -> Self {
        Self { user: user.to_owned(), password: password.to_owned() }
    }

    /// The password, for those who hide it.
    pub fn password(&self) -> &str {
        &self.password
    }

    /// Name and password as they travel, before they are encoded.
    pub fn pair(&self) -> String {
        format!("{}:{}", self.user, self.password)
    }

    /// The value of `Proxy-Authorization`.
    pub fn value(&self) -> String {
        format!("Basic {}", STANDARD.encode(self.pair()))
    }
}

impl fmt::Debug for Authorization {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Authorization").finish_non_exhaustive()
    }
}

impl Proxy {
    /// Reads `[http[s]://][user[:password]@]host[:port][/]`; without a scheme it is `http`, without a port the scheme's.
    ///
    /// The error never repeats the text, which may hold a password; it is the end of a sentence that begins with where
    /// the text stands.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let (scheme, rest) = text.split_once("://").unwrap_or(("http", text));
        if scheme.to_ascii_lowercase().starts_with("socks") {
            return Err("names a SOCKS proxy, and only proxies that speak HTTP are used");
        }
        let (authorization, place) = match rest.rsplit_once('@') {
            Some((credentials, place)) => (Some(authorization(credentials)?), place),
            None => (None, rest),
        };
        let url = Url::parse(&format!("{scheme}://{place}")).map_err(|_| NO_PROXY)?;
        if !["", "/"].contains(&url.path()) || url.query().is_some() {
            return Err("names more than a host and a port, and a proxy has no path");
        }
        Ok(Self { origin: url.origin(), authorization })
    }
}

const NO_PROXY: &str = "is not the address of a proxy, such as http://proxy.example:3128";

/// Letters with a meaning in URLs stand there percent-encoded.
fn authorization(text: &str) -> Result<Authorization, &'static str> {
    let (user, password) = text.split_once(':').unwrap_or((text, ""));
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().map(String::from).map_err(|_| NO_PROXY);
    let (user, password) = (decoded(user)?, decoded(password)?);
    if user.contains(':') {
        return Err("names a user with a colon, which no proxy could tell from the password");
    }
    Ok(Authorization { user, password })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("http://proxy.example:3128", "http://proxy.example:3128", None)]
    #[case("proxy.example:3128/", "http://proxy.example:3128", None)]
    #[case("HTTPS://Proxy.Example", "https://proxy.example:443", None)]
    #[case("http://[::1]", "http://[::1]:80", None)]
    #[case("http://ann:p%40ss@proxy.example", "http://proxy.example:80", Some("ann:p@ss"))]
    #[case("ann:p@ss@proxy.example:8080", "http://proxy.example:8080", Some("ann:p@ss"))]
    #[case("http://ann@proxy.example", "http://proxy.example:80", Some("ann:"))]
    fn addresses_are_read_as_environments_write_them(
        #[case] text: &str,
        #[case] origin: &str,
        #[case] pair: Option<&str>,
    ) {
        let proxy = Proxy::parse(text).unwrap();
        assert_eq!(proxy.origin.to_string(), origin);
        assert_eq!(proxy.authorization.map(|found| found.pair()).as_deref(), pair);
    }

    #[rstest]
    #[case("socks5h://proxy:1080", "names a SOCKS proxy, and only proxies that speak HTTP are used")]
    #[case("http://proxy/path", "names more than a host and a port, and a proxy has no path")]
    #[case("http://a%3Ab:c@proxy", "names a user with a colon, which no proxy could tell from the password")]
    #[case("http://a:%FF@proxy", NO_PROXY)]
    #[case("ftp://proxy", NO_PROXY)]
    #[case("http://", NO_PROXY)]
    #[case("no proxy", NO_PROXY)]
    fn what_is_no_proxy_is_refused(#[case] text: &str, #[case] reason: &str) {
        assert_eq!(Proxy::parse(text), Err(reason));
    }

    #[test]
    fn nothing_prints_what_a_proxy_is_shown() {
        let proxy = Proxy::parse("http://ann:hunter2hunter2@proxy.example").unwrap();
        assert!(!format!("{proxy:?}").contains("hunter2"), "{proxy:?}");
        assert_eq!(proxy.authorization.unwrap().value(), "Basic YW5uOmh1bnRlcjJodW50ZXIy");
    }
}
