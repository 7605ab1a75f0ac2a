//! Why a TLS handshake failed, in words, each with its way out. Nothing of the library's own words is passed on.

use std::io::{self, ErrorKind};

use jiff::Timestamp;
use rustls::pki_types::{UnixTime, pem};
use rustls::{CertificateError, Error};

/// What always helps, and what it costs is for the reader to judge.
const ANYBODY: &str = "or trust anybody: --set tls.insecure=true";

/// Why a handshake over a socket failed.
pub(super) fn broken(error: &io::Error) -> String {
    match error.get_ref().and_then(|cause| cause.downcast_ref::<Error>()) {
        Some(cause) => refused(cause),
        None if error.kind() == ErrorKind::UnexpectedEof => {
            "the server closed the connection in it; is that the port of https?".to_owned()
        }
        None => error.kind().to_string(),
    }
}

/// Why TLS gave up.
pub(super) fn refused(error: &Error) -> String {
    let words = match error {
        Error::InvalidCertificate(reason) => return distrusted(reason),
        Error::AlertReceived(alert) => return alerted(u8::from(*alert)),
        Error::InvalidMessage(_) => {
            "the server does not speak TLS there; write http: in `base`, or the port of https"
        }
        Error::NoCertificatesPresented => "the server shows no certificate; give it one",
        Error::PeerIncompatible(_) => {
            "the server takes no version and cipher of TLS 1.2 or 1.3 that is offered; allow one there"
        }
        Error::InconsistentKeys(_) => {
            "the certificate and the key of `tls.client_cert` do not belong together; give it its own key"
        }
        _ => "what was said in it is no valid TLS; is there anything between here and the server?",
    };
    words.to_owned()
}

/// What a server says of the client's certificate, which with TLS 1.3 comes when the client takes the handshake for done.
pub(super) fn refused_late(error: &io::Error) -> Option<String> {
    match error.get_ref()?.downcast_ref::<Error>()? {
        Error::AlertReceived(alert) => {
            let number = u8::from(*alert);
            ABOUT_CERTIFICATES.iter().any(|(own, _)| *own == number).then(|| alerted(number))
        }
        _ => None,
    }
}

/// From `handshake_failure` to `access_denied`, and `certificate_required` (RFC 8446 §6).
const ABOUT_CERTIFICATES: [(u8, &str); 9] = [
    (40, "handshake_failure"),
    (42, "bad_certificate"),
    (43, "unsupported_certificate"),
    (44, "certificate_revoked"),
    (45, "certificate_expired"),
    (46, "certificate_unknown"),
    (48, "unknown_ca"),
    (49, "access_denied"),
    (116, "certificate_required"),
];

fn alerted(number: u8) -> String {
    let named = ABOUT_CERTIFICATES.iter().find(|(own, _)| *own == number);
    let name = named.map_or_else(String::new, |(_, name)| format!(" ({name})"));
    format!("the server refused it with alert {number}{name}; does it ask for a `tls.client_cert`?")
}

/// Why a certificate was not taken.
fn distrusted(reason: &CertificateError) -> String {
    use CertificateError::{
        BadSignature, Expired, ExpiredContext, InvalidPurpose, InvalidPurposeContext, NotValidForName,
        NotValidForNameContext, NotValidYet, NotValidYetContext, Revoked, UnknownIssuer,
    };
    let what = match reason {
        UnknownIssuer => {
            "is from an issuer that nobody here knows; name that issuer: --set tls.ca=FILE".to_owned()
        }
        BadSignature => {
            "is not signed by the issuer of that name; name the right one: --set tls.ca=FILE".to_owned()
        }
        own if is_an_authoritys(own) => {
            "is an authority's own; trust exactly this one: --set tls.ca=FILE".to_owned()
        }
        Expired => "has expired; renew it".to_owned(),
        ExpiredContext { not_after, .. } => format!("expired at {}; renew it", instant(*not_after)),
        NotValidYet => "is not valid yet; set the clocks right".to_owned(),
        NotValidYetContext { not_before, .. } => {
            format!("is not valid before {}; set the clocks right", instant(*not_before))
        }
        NotValidForName => "is for another name; write that name in `base`".to_owned(),
        NotValidForNameContext { presented, .. } if presented.is_empty() => {
            "is for no name at all; give it one (subjectAltName)".to_owned()
        }
        NotValidForNameContext { expected, presented } => {
            let expected = expected.to_str();
            format!("is not for `{expected}`, but for {}; write that name in `base`", names(presented))
        }
        InvalidPurpose | InvalidPurposeContext { .. } => {
            "is not meant for servers; give it another".to_owned()
        }
        Revoked => "is revoked; renew it".to_owned(),
        _ => "is not valid; renew it".to_owned(),
    };
    format!("the certificate shown {what}, {ANYBODY}")
}

/// Whether a server shows the certificate of an authority: the library has a name for that, and no type.
pub(super) fn is_an_authoritys(reason: &CertificateError) -> bool {
    matches!(reason, CertificateError::Other(other) if other.0.to_string() == "CaUsedAsEndEntity")
}

/// Why a PEM text cannot be read.
pub(super) fn unreadable(place: &str, error: &pem::Error) -> String {
    let reason = match error {
        pem::Error::MissingSectionEnd { .. } => "a section has no end",
        pem::Error::IllegalSectionStart { .. } => "a section begins as none does",
        pem::Error::Base64Decode(_) => "what stands between BEGIN and END is no base64",
        pem::Error::NoItemsFound => "what is looked for does not stand in it",
        _ => "it is too large",
    };
    format!("{place} is no readable PEM: {reason}")
}

fn instant(time: UnixTime) -> String {
    let seconds = i64::try_from(time.as_secs()).ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
    seconds.map_or_else(|| "a time beyond all calendars".to_owned(), |instant| instant.to_string())
}

/// `DnsName("a.example")` as people write it.
fn names(presented: &[String]) -> String {
    let plain = |name: &String| {
        let inner = name.split_once('(').map_or(name.as_str(), |(_, inner)| inner);
        format!("`{}`", inner.trim_end_matches(')').trim_matches('"'))
    };
    presented.iter().map(plain).collect::<Vec<_>>().join(", ")
}
