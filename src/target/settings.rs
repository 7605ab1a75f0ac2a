//! What a target file says beside its protocols: who the server is, how to reach it, how patient to be.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use super::Secret;
use crate::http::url::{Origin, Url};
use crate::source::{Span, Spanned};

/// Who made the server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    /// The organization.
    pub organization: String,
    /// The product; also the name of its snapshots' folder.
    pub product: String,
    /// The version, if it is given.
    pub version: Option<String>,
}

impl Identity {
    /// `organization product version`, as far as given.
    pub fn describe(&self) -> String {
        let version = self.version.as_deref().unwrap_or_default();
        let parts = [self.organization.as_str(), &self.product, version];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// How TLS connections are made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tls {
    /// The certificates to trust besides the platform's, as PEM.
    pub ca: Option<Spanned<Vec<u8>>>,
    /// What the client shows.
    pub client_cert: Option<ClientCertificate>,
    /// Whether any certificate is taken.
    pub insecure: bool,
}

/// A client certificate with its key, both as PEM.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientCertificate {
    /// The certificate and its chain.
    pub certificate: Spanned<Vec<u8>>,
    /// The private key; never shown.
    pub key: Spanned<Vec<u8>>,
}

impl Tls {
    /// Where a key of the block has its value: `tls.ca`, `tls.client_cert.key`.
    pub fn place(&self, key: &str) -> Option<Span> {
        let shown = self.client_cert.as_ref();
        match key {
            "tls.ca" => self.ca.as_ref().map(|ca| ca.span),
            "tls.client_cert.cert" => shown.map(|own| own.certificate.span),
            "tls.client_cert.key" => shown.map(|own| own.key.span),
            _ => None,
        }
    }
}

impl std::fmt::Debug for ClientCertificate {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("ClientCertificate").finish_non_exhaustive()
    }
}

/// The paces and tolerances that scenarios speak of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timing {
    /// The time between two polls.
    pub poll: Duration,
    /// Within this an answer that does not wait for the job must come.
    pub prompt: Duration,
    /// How late a status may follow the end of its job.
    pub lag: Duration,
    /// How far the server's clock may be off.
    pub skew: Duration,
    /// What is added to a hold before it counts as overdue.
    pub margin: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            poll: Duration::from_millis(100),
            prompt: Duration::from_secs(2),
            lag: Duration::from_secs(2),
            skew: Duration::from_secs(5),
            margin: Duration::from_secs(1),
        }
    }
}

/// Where the harness listens for calls of the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// The address and the port; port 0 is any that is free.
    pub listen: SocketAddr,
    /// By which URL the server reaches that, if it is another.
    pub url: Option<Url>,
}

impl Default for Callback {
    fn default() -> Self {
        Self { listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), url: None }
    }
}

/// What a run may ask of the server at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Cases at once.
    pub concurrency: usize,
    /// Requests in one second, over all cases.
    pub requests_per_second: Option<u64>,
    /// Jobs created by one run.
    pub jobs: u64,
    /// The longest a conformant server may keep one case busy.
    pub longest_case: Duration,
    /// Bytes of one answer's body.
    pub body: u64,
    /// Other origins that may see credentials.
    pub origins: Vec<Origin>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            concurrency: 8,
            requests_per_second: None,
            jobs: 2000,
            longest_case: Duration::from_mins(5),
            body: 8 << 20,
            origins: Vec::new(),
        }
    }
}

/// Answers of the infrastructure before the server that are tolerated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disturbances {
    /// Their status codes.
    pub on: Vec<u16>,
    /// How many a case may meet.
    pub max_per_case: u64,
}

impl Default for Disturbances {
    fn default() -> Self {
        Self { on: vec![502], max_per_case: 3 }
    }
}

/// How the harness puts the server into a state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Hooks {
    /// Not at all.
    #[default]
    None,
    /// Through a program that is spoken to on its standard input and output, started beside the target file.
    Command(Vec<String>),
    /// Through requests to this URL, which show this bearer if there is one.
    Url(Url, Option<Secret>),
}
