//! Absolute URLs and references to them (RFC 3986), never repaired and never normalised.

use std::fmt;

use fluent_uri::{Uri, UriRef};

/// An absolute `http` or `https` URL with a host.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Url(Uri<String>);

/// Scheme, host and port: what decides whether credentials may travel.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// `http` or `https`.
    pub scheme: String,
    /// The host in lower case; IPv6 addresses in brackets.
    pub host: String,
    /// The port, also where the URL left it out.
    pub port: u16,
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}://{}:{}", self.scheme, self.host, self.port)
    }
}

impl Url {
    /// Reads an absolute URL.
    ///
    /// The error says what is missing, as the end of a sentence that begins with the text.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let uri = Uri::parse(text).map_err(|_| "is not an absolute URL (RFC 3986)")?;
        Self::accept(uri.to_owned())
    }

    /// Resolves a URI reference, as it stands in a `Location` header, against this URL (RFC 3986 §5.2).
    pub fn resolve(&self, reference: &str) -> Result<Self, &'static str> {
        let reference = UriRef::parse(reference).map_err(|_| "is not a URI reference (RFC 3986)")?;
        let base = self.0.strip_fragment();
        let resolved =
            reference.resolve_against(&base).map_err(|_| "cannot be resolved against the request's URL")?;
        Self::accept(resolved)
    }

    fn accept(uri: Uri<String>) -> Result<Self, &'static str> {
        let scheme = uri.scheme().as_str().to_ascii_lowercase();
        if scheme != "http" && scheme != "https" {
            return Err("is neither http nor https");
        }
        match uri.authority() {
            Some(authority) if !authority.host().is_empty() => {}
            _ => return Err("names no host"),
        }
        if uri.authority().is_some_and(|authority| authority.userinfo().is_some()) {
            return Err("carries a user name or password, which no request would send");
        }
        if uri.authority().is_some_and(|authority| authority.port_to_u16().is_err()) {
            return Err("has a port that does not exist");
        }
        Ok(Self(uri))
    }

    /// The text as it was given or resolved.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> Origin {
        let scheme = self.0.scheme().as_str().to_ascii_lowercase();
        let authority = self.0.authority();
        let given = authority.and_then(|authority| authority.port_to_u16().ok().flatten());
        let port = given.unwrap_or(if scheme == "https" { 443 } else { 80 });
        let host = authority.map(|authority| authority.host().to_ascii_lowercase()).unwrap_or_default();
        Origin { scheme, host, port }
    }

    /// Host and, if given, port, as the `Host` header wants it.
    pub fn authority(&self) -> String {
        let text = self.0.authority().map(|authority| authority.as_str()).unwrap_or_default();
        text.rsplit('@').next().unwrap_or(text).to_owned()
    }

    /// Path and query as they go on the request line; never empty.
    pub fn request_target(&self) -> String {
        let path = self.0.path().as_str();
        let path = if path.is_empty() { "/" } else { path };
        self.0.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"))
    }

    /// The path.
    pub fn path(&self) -> &str {
        self.0.path().as_str()
    }

    /// The query, if there is one.
    pub fn query(&self) -> Option<&str> {
        self.0.query().map(fluent_uri::pct_enc::EStr::as_str)
    }

    /// The URL as a server may see it: the fragment is the client's own.
    #[must_use]
    pub fn without_fragment(&self) -> Self {
        Self(self.0.strip_fragment().to_owned())
    }
}

impl fmt::Display for Url {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.as_str())
    }
}

/// Whether the text is a URI reference (RFC 3986 §4.1), absolute or relative.
pub fn is_uri_reference(text: &str) -> bool {
    !text.is_empty() && UriRef::parse(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("http://a:8080/b/c?d=e", "f", "http://a:8080/b/f")]
    #[case("http://a:8080/b/c?d=e", "/f?g=h", "http://a:8080/f?g=h")]
    #[case("http://a/b/c", "?x=1", "http://a/b/c?x=1")]
    #[case("https://a/b/c", "//z/d", "https://z/d")]
    #[case("http://a/b", "https://z/", "https://z/")]
    fn resolves_references(#[case] base: &str, #[case] reference: &str, #[case] expected: &str) {
        let url = Url::parse(base).unwrap().resolve(reference).unwrap();
        assert_eq!(url.as_str(), expected);
    }

    #[rstest]
    #[case("not a url", "is not an absolute URL (RFC 3986)")]
    #[case("/relative", "is not an absolute URL (RFC 3986)")]
    #[case("ftp://a/b", "is neither http nor https")]
    #[case("http:///b", "names no host")]
    #[case("http://a:99999/", "has a port that does not exist")]
    fn refuses_what_is_no_server(#[case] text: &str, #[case] reason: &str) {
        assert_eq!(Url::parse(text), Err(reason));
    }

    #[test]
    fn an_origin_knows_the_default_port() {
        assert_eq!(Url::parse("https://Host/x").unwrap().origin().to_string(), "https://host:443");
    }
}
