//! An entry of `NO_PROXY`: what is reached directly although there is a proxy.

use std::fmt;
use std::net::IpAddr;

use crate::http::url::Origin;

/// One host, domain or network, with or without a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    text: String,
    place: Place,
    port: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Everything,
    /// A name, and every name below it.
    Domain(String),
    /// Addresses that begin with these bits; names are not looked up for it.
    Network(IpAddr, u8),
}

impl Exception {
    /// Reads `*`, `host`, `.domain`, `*.domain`, an address, or a network such as `10.0.0.0/8`; a port may follow.
    ///
    /// The error is the end of a sentence that begins with the text.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let (place, port) = match port(text)? {
            Some((place, port)) => (place, Some(port)),
            None => (text, None),
        };
        Ok(Self { text: text.to_owned(), place: Place::parse(place)?, port })
    }

    /// The entries of a list, which commas and blanks separate.
    pub fn list(text: &str) -> impl Iterator<Item = &str> {
        text.split(|letter: char| letter == ',' || letter.is_whitespace()).filter(|entry| !entry.is_empty())
    }

    /// Whether an origin lies in it.
    pub fn covers(&self, origin: &Origin) -> bool {
        self.port.is_none_or(|port| port == origin.port) && self.place.covers(unbracketed(&origin.host))
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

impl Place {
    fn parse(text: &str) -> Result<Self, &'static str> {
        let name = text.strip_prefix('*').unwrap_or(text);
        let name = name.strip_prefix('.').unwrap_or(name).to_ascii_lowercase();
        if text == "*" {
            return Ok(Self::Everything);
        }
        if let Ok(address) = unbracketed(text).parse::<IpAddr>() {
            return Ok(Self::Network(address, bits(address)));
        }
        if let Some((address, length)) = text.split_once('/') {
            return network(unbracketed(address), length).ok_or("is no network such as 10.0.0.0/8");
        }
        let is_in_a_name = |letter: char| letter.is_alphanumeric() || ['-', '.', '_'].contains(&letter);
        if name.is_empty() || !name.chars().all(is_in_a_name) {
            return Err("is no host, such as host.example, .example, 10.0.0.0/8 or *");
        }
        Ok(Self::Domain(name))
    }

    fn covers(&self, host: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Domain(domain) => {
                let above = host.strip_suffix(domain.as_str());
                above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
            }
            Self::Network(network, length) => {
                host.parse().is_ok_and(|address: IpAddr| is_within(address, *network, *length))
            }
        }
    }
}

/// What stands before a port, and the port, if one is written; colons of a bare IPv6 address separate none.
fn port(text: &str) -> Result<Option<(&str, u16)>, &'static str> {
    match text.rsplit_once(':') {
        Some((place, port)) if !place.contains(':') || place.ends_with(']') => {
            let port = port.parse().map_err(|_| "has a port that does not exist")?;
            Ok(Some((place, port)))
        }
        _ => Ok(None),
    }
}

fn network(address: &str, length: &str) -> Option<Place> {
    let address: IpAddr = address.parse().ok()?;
    let length: u8 = length.parse().ok()?;
    (length <= bits(address)).then_some(Place::Network(address, length))
}

const fn bits(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

fn is_within(address: IpAddr, network: IpAddr, length: u8) -> bool {
    match (address, network) {
        (IpAddr::V4(address), IpAddr::V4(network)) => {
            let differing = address.to_bits() ^ network.to_bits();
            differing.leading_zeros() >= u32::from(length)
        }
        (IpAddr::V6(address), IpAddr::V6(network)) => {
            let differing = address.to_bits() ^ network.to_bits();
            differing.leading_zeros() >= u32::from(length)
        }
        _ => false,
    }
}

fn unbracketed(host: &str) -> &str {
    host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::url::Url;
    use rstest::rstest;

    #[rstest]
    #[case::everything("*", "https://a.example", true)]
    #[case::name("a.example", "https://A.example", true)]
    #[case::below("a.example", "https://b.a.example", true)]
    #[case::dotted(".example", "https://a.example", true)]
    #[case::starred("*.example", "https://a.example", true)]
    #[case::in_capitals("A.Example", "https://a.example", true)]
    #[case::other_name("a.example", "https://ba.example", false)]
    #[case::other_end("a.example", "https://a.example.org", false)]
    #[case::port("a.example:8443", "https://a.example:8443", true)]
    #[case::implied_port("a.example:443", "https://a.example", true)]
    #[case::other_port("a.example:8443", "https://a.example", false)]
    #[case::address("10.1.2.3", "http://10.1.2.3:80", true)]
    #[case::other_address("10.1.2.3", "http://10.1.2.4", false)]
    #[case::network("10.0.0.0/8", "http://10.1.2.3", true)]
    #[case::whole("0.0.0.0/0", "http://10.1.2.3", true)]
    #[case::outside("10.0.0.0/16", "http://10.1.2.3", false)]
    #[case::names_are_not_looked_up("0.0.0.0/0", "http://a.example", false)]
    #[case::six("fd00::/8", "http://[fd00::1]", true)]
    #[case::six_in_brackets("[fd00::1]:8080", "http://[fd00::1]:8080", true)]
    #[case::not_six("fd00::/8", "http://10.1.2.3", false)]
    fn covers_what_it_names(#[case] text: &str, #[case] url: &str, #[case] expected: bool) {
        let exception = Exception::parse(text).unwrap();
        assert_eq!(exception.covers(&Url::parse(url).unwrap().origin()), expected);
        assert_eq!(exception.to_string(), text);
    }

    #[rstest]
    #[case("10.0.0.0/33", "is no network such as 10.0.0.0/8")]
    #[case("a/8", "is no network such as 10.0.0.0/8")]
    #[case("a:http", "has a port that does not exist")]
    #[case("http://a", "has a port that does not exist")]
    #[case(".", "is no host, such as host.example, .example, 10.0.0.0/8 or *")]
    #[case("10.*", "is no host, such as host.example, .example, 10.0.0.0/8 or *")]
    fn what_names_no_place_is_refused(#[case] text: &str, #[case] reason: &str) {
        assert_eq!(Exception::parse(text), Err(reason));
    }

    #[test]
    fn commas_and_blanks_separate_entries() {
        let entries: Vec<&str> = Exception::list(" a.example,b.example ,, c\t").collect();
        assert_eq!(entries, ["a.example", "b.example", "c"]);
    }
}
