//! Somebody in this process who answers every request the same way over TLS, and a certificate to show.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
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
        let config = Arc::new(configuration(&issuer));
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let base = format!("https://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                let config = Arc::clone(&config);
                std::thread::spawn(move || answer(config, socket));
            }
        });
        Self { base, issuer: issuer.pem() }
    }
}

fn configuration(issuer: &CertifiedIssuer<'_, KeyPair>) -> ServerConfig {
    let key = KeyPair::generate().unwrap();
    let parameters = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    let certificate = parameters.signed_by(&key, issuer).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)
        .unwrap()
}

/// One request, one answer; a client that does not like the certificate has gone by then.
fn answer(config: Arc<ServerConfig>, socket: TcpStream) {
    let Ok(connection) = ServerConnection::new(config) else { return };
    let mut stream = StreamOwned::new(connection, socket);
    if stream.read(&mut [0; 4096]).is_ok_and(|length| length > 0) {
        let _ = stream.write_all(ANSWER);
        stream.conn.send_close_notify();
        let _ = stream.flush();
    }
}
