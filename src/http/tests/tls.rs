//! The client over TLS.

use std::net::SocketAddr;
use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rstest::rstest;
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::script::*;
use crate::http::client::{Client, Network, TlsSettings};
use crate::http::message::{Answer, Exchange, Failure};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

type Issuer = CertifiedIssuer<'static, KeyPair>;

fn authority() -> Issuer {
    let mut params = CertificateParams::default();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A certificate in PEM and its key in PEM.
fn certificate(issuer: &Issuer, name: &str) -> (String, String) {
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new([name.to_owned()]).unwrap();
    (params.signed_by(&key, issuer).unwrap().pem(), key.serialize_pem())
}

/// Accepts connections and follows a script on each; `clients` issues the certificates that clients must show.
async fn serve(authority: &Issuer, clients: Option<&Issuer>, script: Vec<Act>) -> SocketAddr {
    accept(server_config(authority, clients), script).await
}

async fn accept(config: ServerConfig, script: Vec<Act>) -> SocketAddr {
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            let Ok(stream) = acceptor.accept(socket).await else { continue };
            tokio::spawn(follow(script.clone(), stream, Arc::default()));
        }
    });
    address
}

fn server_config(authority: &Issuer, clients: Option<&Issuer>) -> ServerConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(Arc::clone(&provider));
    let builder = builder.with_safe_default_protocol_versions().unwrap();
    let builder = match clients {
        None => builder.with_no_client_auth(),
        Some(issuer) => {
            let mut roots = rustls::RootCertStore::empty();
            roots.add(issuer.der().clone()).unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            builder.with_client_cert_verifier(verifier.build().unwrap())
        }
    };
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    let chain = vec![params.signed_by(&key, authority).unwrap().der().clone()];
    builder.with_single_cert(chain, PrivateKeyDer::try_from(key.serialize_der()).unwrap()).unwrap()
}

/// Serves with a certificate that it signed itself, and gives that in PEM.
async fn serve_self_signed(params: CertificateParams) -> (SocketAddr, String) {
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    let builder = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let config = builder.with_single_cert(vec![certificate.der().clone()], key).unwrap();
    (accept(config, answering()).await, certificate.pem())
}

/// What a plain `openssl req -x509` gives: an authority that is its own server.
fn plain(name: &str) -> CertificateParams {
    let mut params = CertificateParams::new([name.to_owned()]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params
}

fn expired() -> CertificateParams {
    let mut params = plain("127.0.0.1");
    params.not_after = date_time_ymd(2001, 1, 1);
    params
}

fn to_come() -> CertificateParams {
    let mut params = plain("127.0.0.1");
    params.not_before = date_time_ymd(4000, 1, 1);
    params
}

fn trusting(issuer: &Issuer) -> TlsSettings {
    TlsSettings { ca: Some(issuer.pem().into_bytes()), ..TlsSettings::default() }
}

async fn send(settings: TlsSettings, address: SocketAddr) -> Exchange {
    let client = Client::new(Network::Tcp(settings, Arc::default()), limits());
    client.send(request("GET", &format!("https://{address}/")), how()).await
}

fn reason(exchange: Exchange) -> String {
    match failure(exchange) {
        Failure::Tls { reason } => reason,
        other => panic!("{other:?}"),
    }
}

fn answering() -> Vec<Act> {
    vec![Act::Read, say(OK), Act::Read, say(OK)]
}

#[tokio::test]
async fn an_own_authority_is_trusted_and_the_connection_kept() {
    let authority = authority();
    let address = serve(&authority, None, answering()).await;
    let client = Client::new(Network::Tcp(trusting(&authority), Arc::default()), limits());
    let url = format!("https://{address}/");
    assert_eq!(response(client.send(request("GET", &url), how()).await).body, "ok");
    assert!(client.send(request("GET", &url), how()).await.reused);
}

#[tokio::test]
async fn a_stranger_is_refused_unless_anyone_will_do() {
    let address = serve(&authority(), None, answering()).await;
    let refused = reason(send(trusting(&authority()), address).await);
    assert_eq!(
        refused,
        "the certificate shown is not signed by the issuer of that name; \
         name the right one: --set tls.ca=FILE, or trust anybody: --set tls.insecure=true"
    );
    let insecure = TlsSettings { insecure: true, ..TlsSettings::default() };
    assert_eq!(response(send(insecure, address).await).status, 200);
}

#[rstest]
#[case::an_authority(plain("127.0.0.1"))]
#[case::no_authority(CertificateParams::new(["127.0.0.1".to_owned()]).unwrap())]
#[tokio::test]
async fn a_server_that_shows_the_very_certificate_is_trusted(#[case] params: CertificateParams) {
    let (address, pem) = serve_self_signed(params).await;
    let settings = TlsSettings { ca: Some(pem.into_bytes()), ..TlsSettings::default() };
    assert_eq!(response(send(settings, address).await).status, 200);
}

#[rstest]
#[case::expired(expired(), "expired at 2001-01-01T00:00:00Z; renew it")]
#[case::to_come(to_come(), "is not valid before 4000-01-01T00:00:00Z; set the clocks right")]
#[case::another_name(
    plain("other.example"),
    "is not for `127.0.0.1`, but for `other.example`; write that name in `base`"
)]
#[tokio::test]
async fn the_very_certificate_needs_its_time_and_name(
    #[case] params: CertificateParams,
    #[case] reason_in_short: &str,
) {
    let (address, pem) = serve_self_signed(params).await;
    let settings = TlsSettings { ca: Some(pem.into_bytes()), ..TlsSettings::default() };
    let expected =
        format!("the certificate shown {reason_in_short}, or trust anybody: --set tls.insecure=true");
    assert_eq!(reason(send(settings, address).await), expected);
}

#[tokio::test]
async fn an_authority_that_is_no_server_is_called_so() {
    let (address, _) = serve_self_signed(plain("127.0.0.1")).await;
    assert_eq!(
        reason(send(trusting(&authority()), address).await),
        "the certificate shown is an authority's own; trust exactly this one: --set tls.ca=FILE, \
         or trust anybody: --set tls.insecure=true"
    );
}

#[tokio::test]
async fn a_client_without_certificate_is_told_what_the_server_wants() {
    let (authority, clients) = (authority(), authority());
    let acceptor = TlsAcceptor::from(Arc::new(server_config(&authority, Some(&clients))));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        let Err((_, mut socket)) = acceptor.accept(socket).into_fallible().await else { return };
        // A socket that is closed with bytes unread would be reset, and what was said on it lost.
        let _ = tokio::io::copy(&mut socket, &mut tokio::io::sink()).await;
    });
    let reason = reason(send(trusting(&authority), address).await);
    assert_eq!(
        reason,
        "the server refused it with alert 116 (certificate_required); does it ask for a `tls.client_cert`?"
    );
}

#[tokio::test]
async fn a_client_certificate_is_shown() {
    let (authority, clients) = (authority(), authority());
    let address = serve(&authority, Some(&clients), answering()).await;
    let (chain, key) = certificate(&clients, "client");
    let settings =
        TlsSettings { client_cert: Some((chain.into_bytes(), key.into_bytes())), ..trusting(&authority) };
    assert_eq!(response(send(settings, address).await).status, 200);
}

#[tokio::test]
async fn settings_that_cannot_be_read_are_named() {
    let address = serve(&authority(), None, answering()).await;
    let nothing = TlsSettings { ca: Some(b"nothing".to_vec()), ..TlsSettings::default() };
    assert_eq!(reason(send(nothing, address).await), "tls.ca holds no certificate in PEM");
    let certificate = authority().pem().into_bytes();
    let keyless = TlsSettings { client_cert: Some((certificate, Vec::new())), ..trusting(&authority()) };
    let reason = reason(send(keyless, address).await);
    assert_eq!(reason, "tls.client_cert.key holds no private key in PEM");
}

#[tokio::test]
async fn a_port_without_tls_fails_the_handshake() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (socket, _) = listener.accept().await.unwrap();
        follow(vec![say("HTTP/1.1 400 Bad Request\r\n\r\n"), Act::Hold], socket, Arc::default()).await;
    });
    assert_eq!(
        reason(send(trusting(&authority()), address).await),
        "the server does not speak TLS there; write http: in `base`, or the port of https"
    );
}

#[rstest]
#[case::complete("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", None)]
#[case::within_the_body("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok", Some((Some(2), Some(9))))]
#[case::where_the_close_is_the_end("HTTP/1.1 200 OK\r\n\r\nok", Some((Some(2), None)))]
#[tokio::test]
async fn an_end_without_close_notify_ends_no_body(
    #[case] answer: &str,
    #[case] cut: Option<(Option<u64>, Option<u64>)>,
) {
    let authority = authority();
    let address = serve(&authority, None, vec![Act::Read, say(answer), Act::Drop]).await;
    let answer = send(trusting(&authority), address).await.answer;
    let expected = cut.map(|(received, promised)| Failure::Cut { received, promised, reset: false });
    assert_eq!(answer.response().is_some(), expected.is_none());
    assert_eq!(expected.map_or_else(|| answer.clone(), Answer::None), answer);
}
