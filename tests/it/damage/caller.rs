//! A caller that knows nothing but bytes, and notices how a connection ends.

use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use orchspec::mock::fault::{CountBy, Damage, Fault, FaultPlan};
use orchspec::mock::{Configuration, Identity, Operation};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;

/// A request of which every answer is the same.
const CALL: &str = "POST /v1/orchestra/task/status HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n{}";

/// What the second of these calls meets.
pub(super) fn configuration(damage: Damage) -> Configuration {
    let fault = Fault::on(Operation::Status).nth(2).count_by(CountBy::Session).wire(damage);
    Configuration::quick().with_faults(FaultPlan::new([fault]).unwrap())
}

/// How a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// In good order.
    Closed,
    /// By TLS without `close_notify`.
    Torn,
    Reset,
}

/// One connection.
pub(crate) struct Caller(Box<dyn Stream>);

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

impl Caller {
    pub(super) fn on(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) -> Self {
        Self(Box::new(stream))
    }

    /// A connection to this base URL; by TLS, if there is somebody to trust.
    pub(crate) async fn connect(url: &str, trusted: Option<&Identity>) -> Self {
        let authority = url.split_once("://").unwrap().1;
        let stream = TcpStream::connect(authority).await.unwrap();
        let Some(trusted) = trusted else { return Self::on(stream) };
        let mut roots = RootCertStore::empty();
        let certificate = CertificateDer::from_pem_slice(trusted.certificates().as_bytes()).unwrap();
        roots.add(certificate).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder =
            ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
        let configuration = builder.with_root_certificates(roots).with_no_client_auth();
        let name = ServerName::try_from("localhost").unwrap();
        let connector = TlsConnector::from(Arc::new(configuration));
        Self::on(connector.connect(name, stream).await.unwrap())
    }

    pub(super) async fn call(&mut self) {
        self.0.write_all(CALL.as_bytes()).await.unwrap();
    }

    /// Head and body of a whole answer to a call.
    pub(crate) async fn answer(&mut self) -> (String, String) {
        self.call().await;
        let mut text = String::new();
        loop {
            text += &self.some().await.unwrap();
            if let Some((head, body)) = parts(&text)
                && body.len() == length(head)
            {
                return (head.to_owned(), body.to_owned());
            }
        }
    }

    /// So many bytes, or fewer and how the connection ended.
    pub(super) async fn read(&mut self, most: usize) -> (String, Option<Ended>) {
        let mut text = String::new();
        while text.chars().count() < most {
            match self.some().await {
                Ok(more) => text += &more,
                Err(ended) => return (text, Some(ended)),
            }
        }
        (text, None)
    }

    /// Whether the connection is open, and nothing has come for a while.
    pub(super) async fn is_silent(&mut self) -> bool {
        timeout(Duration::from_millis(50), self.some()).await.is_err()
    }

    async fn some(&mut self) -> Result<String, Ended> {
        let mut bytes = [0; 4096];
        match self.0.read(&mut bytes).await {
            Ok(0) => Err(Ended::Closed),
            Ok(count) => Ok(readable(&bytes[..count])),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(Ended::Torn),
            Err(error) if error.kind() == ErrorKind::ConnectionReset => Err(Ended::Reset),
            Err(error) => panic!("{error}"),
        }
    }
}

/// Bytes that are no letters are told by `?`, one each.
fn readable(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| if byte.is_ascii() { char::from(*byte) } else { '?' }).collect()
}

/// The head up to its empty line, and what comes behind it.
fn parts(text: &str) -> Option<(&str, &str)> {
    text.find("\r\n\r\n").map(|end| text.split_at(end + 4))
}

fn length(head: &str) -> usize {
    head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap()
}
