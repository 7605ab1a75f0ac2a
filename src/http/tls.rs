//! TLS: whom to trust and who to be. The provider is always passed by hand, never the process's default.

use std::sync::{Arc, OnceLock};

use rustls::client::WantsClientCert;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ConfigBuilder, Error};
use rustls_platform_verifier::Verifier;
use tokio_rustls::TlsConnector;

use super::handshake::{broken, refused, unreadable};
use super::message::Failure;
use super::trust::{Anyone, Pinned};
use super::wire::Stream;

/// Whom to trust and who to be.
#[derive(Debug, Clone, Default)]
pub struct TlsSettings {
    /// Certificates to trust besides the system's, in PEM: of issuers, or of the server itself.
    pub ca: Option<Vec<u8>>,
    /// The client's certificate chain and its key, in PEM.
    pub client_cert: Option<(Vec<u8>, Vec<u8>)>,
    /// Whether any certificate will do.
    pub insecure: bool,
}

/// Makes TLS connections; the system's certificates are read with the first one.
pub(super) struct Tls {
    settings: TlsSettings,
    connector: OnceLock<Result<TlsConnector, String>>,
}

impl Tls {
    /// TLS with these settings; nothing is read yet.
    pub(super) fn new(settings: TlsSettings) -> Self {
        Self { settings, connector: OnceLock::new() }
    }

    /// Makes a connection to a host a secure stream.
    pub(super) async fn shake_hands(
        &self,
        host: &str,
        socket: impl Stream + 'static,
    ) -> Result<Box<dyn Stream>, Failure> {
        let connector = self.connector.get_or_init(|| self.settings.connector());
        let connector = connector.as_ref().map_err(|reason| Failure::Tls { reason: reason.clone() })?;
        let failure = |reason: String| Failure::Tls { reason };
        let name = ServerName::try_from(host.to_owned());
        let name = name.map_err(|_| failure(format!("`{host}` is no name that a certificate can be for")))?;
        let stream = connector.connect(name, socket).await.map_err(|error| failure(broken(&error)))?;
        Ok(Box::new(stream))
    }
}

impl TlsSettings {
    /// The certificates and keys among these that cannot be used; known without any server.
    pub fn unusable(&self) -> Vec<Unusable> {
        let trusted = self.ca.as_deref().and_then(|pem| Unusable::of(CA, certificates(pem, CA)));
        trusted.into_iter().chain(self.unusable_identity()).collect()
    }

    /// Whether the two belong together can be told only where each can be read.
    fn unusable_identity(&self) -> Vec<Unusable> {
        let Some((chain, key)) = &self.client_cert else { return Vec::new() };
        let parts = [
            Unusable::of(CERTIFICATE, certificates(chain, CERTIFICATE)),
            Unusable::of(KEY, private_key(key, KEY)),
        ];
        let mut unusable: Vec<Unusable> = parts.into_iter().flatten().collect();
        if unusable.is_empty() {
            unusable.extend(Unusable::of(KEY, self.shown()));
        }
        unusable
    }

    /// The client's certificate, tried without anybody to show it to.
    fn shown(&self) -> Result<(), String> {
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| refused(&error))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Anyone::new(provider)));
        self.identity(builder).map(drop)
    }

    fn connector(&self) -> Result<TlsConnector, String> {
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| refused(&error))?
            .dangerous()
            .with_custom_certificate_verifier(self.trust(provider)?);
        let mut config = self.identity(builder)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsConnector::from(Arc::new(config)))
    }

    fn trust(&self, provider: Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>, String> {
        if self.insecure {
            return Ok(Arc::new(Anyone::new(provider)));
        }
        let own = self.ca.as_deref().map(|pem| certificates(pem, CA)).transpose()?.unwrap_or_default();
        let verifier = Verifier::new_with_extra_roots(own.iter().cloned(), provider);
        let verifier =
            verifier.map_err(|_| "the certificates in tls.ca, or the system's, cannot be read".to_owned())?;
        Ok(Arc::new(Pinned::new(verifier, own)))
    }

    fn identity(
        &self,
        builder: ConfigBuilder<ClientConfig, WantsClientCert>,
    ) -> Result<ClientConfig, String> {
        let Some((chain, key)) = &self.client_cert else {
            return Ok(builder.with_no_client_auth());
        };
        let chain = certificates(chain, CERTIFICATE)?;
        let key = private_key(key, KEY)?;
        builder.with_client_auth_cert(chain, key).map_err(|error| match error {
            Error::InconsistentKeys(_) => refused(&error),
            _ => "tls.client_cert.key is of a kind that TLS cannot use here".to_owned(),
        })
    }
}

/// What the target file calls each.
const CA: &str = "tls.ca";
const CERTIFICATE: &str = "tls.client_cert.cert";
const KEY: &str = "tls.client_cert.key";

/// A certificate or key that no handshake could use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable {
    /// What the target file calls it.
    pub key: &'static str,
    /// Why.
    pub reason: String,
}

impl Unusable {
    fn of<T>(key: &'static str, read: Result<T, String>) -> Option<Self> {
        read.err().map(|reason| Self { key, reason })
    }
}

/// The key of a PEM text; nobody could be asked for its password.
fn private_key(pem: &[u8], place: &str) -> Result<PrivateKeyDer<'static>, String> {
    let is_encrypted = pem.windows(9).any(|part| part == b"ENCRYPTED");
    PrivateKeyDer::from_pem_slice(pem).map_err(|error| match error {
        _ if is_encrypted => {
            format!("{place} is encrypted; write it without a password: openssl pkey -in KEY -out PLAIN")
        }
        pem::Error::NoItemsFound => format!("{place} holds no private key in PEM"),
        error => unreadable(place, &error),
    })
}

/// The certificates of a PEM text; one that holds none is a mistake.
fn certificates(pem: &[u8], place: &str) -> Result<Vec<CertificateDer<'static>>, String> {
    let found: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|error| unreadable(place, &error))?;
    if found.is_empty() { Err(format!("{place} holds no certificate in PEM")) } else { Ok(found) }
}
