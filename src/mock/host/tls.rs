//! The certificate that a mock shows: somebody's own, or one that it makes for itself. The one home of certificates.

use std::fmt;
use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::TlsAcceptor;

/// A certificate with its key.
#[derive(Debug, Clone)]
pub struct Identity {
    certificates: String,
    key: String,
}

/// Why a certificate cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsError(String);

impl fmt::Display for TlsError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for TlsError {}

impl Identity {
    /// Somebody's own: certificate chain and private key, both in PEM.
    pub fn new(certificates: impl Into<String>, key: impl Into<String>) -> Self {
        Self { certificates: certificates.into(), key: key.into() }
    }

    /// A new one for this machine, which nobody trusts yet.
    pub fn self_signed() -> Result<Self, TlsError> {
        let names = ["localhost", "127.0.0.1", "::1"].map(str::to_owned).to_vec();
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(names).map_err(|error| TlsError(error.to_string()))?;
        Ok(Self::new(cert.pem(), signing_key.serialize_pem()))
    }

    /// The certificate chain in PEM, for callers to trust.
    pub fn certificates(&self) -> &str {
        &self.certificates
    }

    pub(super) fn acceptor(&self) -> Result<TlsAcceptor, TlsError> {
        let broken =
            |what: &str, error: &dyn fmt::Display| TlsError(format!("{what} cannot be read: {error}"));
        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(self.certificates.as_bytes()).collect();
        let chain = chain.map_err(|error| broken("the certificate", &error))?;
        if chain.is_empty() {
            return Err(TlsError("the certificate cannot be read: there is none in PEM".to_owned()));
        }
        let key =
            PrivateKeyDer::from_pem_slice(self.key.as_bytes()).map_err(|error| broken("the key", &error))?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let configuration = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| TlsError(error.to_string()))?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(|error| TlsError(format!("certificate and key do not fit: {error}")))?;
        Ok(TlsAcceptor::from(Arc::new(configuration)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_of_ones_own_making_can_be_shown() {
        assert!(Identity::self_signed().unwrap().acceptor().is_ok());
    }

    #[test]
    fn what_is_no_certificate_is_named() {
        let whole = Identity::self_signed().unwrap();
        let none = Identity::new("nothing", whole.key.clone()).acceptor().err().unwrap();
        assert_eq!(none.to_string(), "the certificate cannot be read: there is none in PEM");
        let keyless = Identity::new(whole.certificates.clone(), "nothing").acceptor().err().unwrap();
        assert!(keyless.to_string().starts_with("the key cannot be read: "), "{keyless}");
        let other = Identity::self_signed().unwrap();
        let mixed = Identity::new(whole.certificates, other.key).acceptor().err().unwrap();
        assert!(mixed.to_string().starts_with("certificate and key do not fit: "), "{mixed}");
    }
}
