//! Somebody in this process who answers every request the same way over TLS, and a certificate to show.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

const ANSWER: &[u8] = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

/// A server over TLS whose issuer nobody knows.
pub(crate) struct Stranger {
    /// Its base URL.
    pub base: String,
    /// The certificate of its issuer, in PEM.
    pub issuer: String,
}

impl Stranger {
    /// Answers until the process ends.
    pub(crate) fn listen() -> Self {
        let mut parameters = CertificateParams::default();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer = CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap();
        Self::serve(configuration(&issuer), issuer.pem())
    }

    /// The same with a certificate that it issued itself, as `openssl req -x509` makes them.
    pub(crate) fn alone() -> Self {
        let mut parameters = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = parameters.self_signed(&key).unwrap();
        Self::serve(showing(certificate.der().clone(), &key), certificate.pem())
    }

    fn serve(config: ServerConfig, issuer: String) -> Self {
        let config = Arc::new(config);
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let base = format!("https://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                let config = Arc::clone(&config);
                std::thread::spawn(move || answer(config, socket));
            }
        });
        Self { base, issuer }
    }
}

fn configuration(issuer: &CertifiedIssuer<'_, KeyPair>) -> ServerConfig {
    let key = KeyPair::generate().unwrap();
    let parameters = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    showing(parameters.signed_by(&key, issuer).unwrap().der().clone(), &key)
}

fn showing(certificate: CertificateDer<'static>, key: &KeyPair) -> ServerConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap()
}

/// One request, one answer; a client that does not like the certificate has gone by then. Who does not begin with a
/// record of TLS is hung up on without a word, as `OpenSSL` does with plain HTTP.
fn answer(config: Arc<ServerConfig>, socket: TcpStream) {
    let mut first = [0];
    if !socket.peek(&mut first).is_ok_and(|_| first == [0x16]) {
        return;
    }
    let Ok(connection) = ServerConnection::new(config) else { return };
    let mut stream = StreamOwned::new(connection, socket);
    if stream.read(&mut [0; 4096]).is_ok_and(|length| length > 0) {
        let _ = stream.write_all(ANSWER);
        stream.conn.send_close_notify();
        let _ = stream.flush();
    }
}
