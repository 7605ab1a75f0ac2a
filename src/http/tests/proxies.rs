//! The client behind a proxy that follows a script.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use rstest::rstest;
use tokio::net::TcpListener;

use super::script::*;
use crate::http::client::{Client, Limits, Network, TlsSettings};
use crate::http::message::{Exchange, Failure, Obstacle};
use crate::http::proxy::{Named, Proxies, Proxy};

const OK: &str = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
const PLAIN: &str = "http://server.invalid:81/path?query=1";
const SECURE: &str = "https://server.invalid:8443/path";

/// Follows the script on every connection; the second part is what it is asked.
async fn proxy(script: Vec<Act>) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, heard) = (listener.local_addr().unwrap(), Arc::default());
    let hearing = Arc::clone(&heard);
    tokio::spawn(async move {
        loop {
            let (socket, _) = listener.accept().await.unwrap();
            tokio::spawn(follow(script.clone(), socket, Arc::clone(&hearing)));
        }
    });
    (address, heard)
}

async fn send(proxy: &str, url: &str) -> Exchange {
    let named = Named { by: "HTTPS_PROXY".to_owned(), proxy: Proxy::parse(proxy) };
    let proxies = Proxies { http: Some(named.clone()), https: Some(named), ..Proxies::default() };
    let limits = Limits { connect: std::time::Duration::from_millis(500), ..limits() };
    let client = Client::new(Network::Tcp(TlsSettings::default(), Arc::new(proxies)), limits);
    client.send(request("GET", url), how()).await
}

fn obstacle(exchange: Exchange) -> Obstacle {
    match failure(exchange) {
        Failure::Proxy { obstacle, .. } => obstacle,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn plain_requests_name_the_whole_url_and_show_credentials() {
    let (address, heard) = proxy(vec![Act::Read, say(OK)]).await;
    let exchange = send(&format!("http://ann:correct@{address}"), PLAIN).await;
    assert_eq!(response(exchange.clone()).body, "ok");
    let heard = heard.lock().unwrap().join("\n").to_lowercase();
    assert!(heard.starts_with("get http://server.invalid:81/path?query=1 http/1.1\r\n"), "{heard}");
    assert!(heard.contains("host: server.invalid:81\r\n"), "{heard}");
    assert!(heard.contains("proxy-authorization: basic yw5uomnvcnjly3q=\r\n"), "{heard}");
    // What a report would show of it says nothing of the proxy.
    assert!(exchange.request.headers.is_empty());
}

#[tokio::test]
async fn a_way_is_asked_for_and_what_comes_out_of_it_is_the_servers() {
    let opened = say("HTTP/1.1 200 Connection established\r\nVia: somebody\r\n\r\n");
    let (address, heard) = proxy(vec![Act::Read, opened, say("no TLS")]).await;
    let failure = failure(send(&format!("http://ann:correct@{address}"), SECURE).await);
    assert!(matches!(failure, Failure::Tls { .. }), "{failure:?}");
    let asked = "CONNECT server.invalid:8443 HTTP/1.1\r\nHost: server.invalid:8443\r\n\
                 Proxy-Authorization: Basic YW5uOmNvcnJlY3Q=\r\n\r\n";
    assert_eq!(heard.lock().unwrap().as_slice(), [asked]);
}

const ASKS: &str = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate\r\n\
                    Proxy-Authenticate: Basic realm=\"a\"\r\nContent-Length: 0\r\n\r\n";

#[rstest]
#[case::plain(PLAIN)]
#[case::secure(SECURE)]
#[tokio::test]
async fn a_proxy_that_asks_for_credentials_is_no_server(#[case] url: &str) {
    let (address, _) = proxy(vec![Act::Read, say(ASKS)]).await;
    for (shown, credentials) in [(false, ""), (true, "ann:wrong@")] {
        let schemes = vec!["Negotiate".to_owned(), "Basic".to_owned()];
        let exchange = send(&format!("http://{credentials}{address}"), url).await;
        assert_eq!(obstacle(exchange), Obstacle::Credentials { shown, schemes });
    }
}

#[rstest]
#[case::refuses("HTTP/1.1 403 Forbidden\r\n\r\n", Obstacle::Refused { to: "server.invalid:8443".into(), status: 403 })]
#[case::interim("HTTP/1.1 103 Early\r\n\r\nHTTP/1.1 502 Bad Gateway\r\n\r\n", Obstacle::Refused { to: "server.invalid:8443".into(), status: 502 })]
#[case::closes("", Obstacle::Closed)]
#[case::another_protocol("SSH-2.0-x\r\n", Obstacle::Malformed { first_bytes: "SSH-2.0-x\r\n".into() })]
#[case::half_an_answer("HTTP/1.1 200 OK\r\nVia", Obstacle::Malformed { first_bytes: "HTTP/1.1 200 OK\r\nVia".into() })]
#[tokio::test]
async fn what_a_proxy_does_instead_is_told_apart(#[case] answer: &'static str, #[case] expected: Obstacle) {
    let (address, _) = proxy(vec![Act::Read, say(answer)]).await;
    assert_eq!(obstacle(send(&format!("http://{address}"), SECURE).await), expected);
}

#[tokio::test]
async fn an_answer_without_end_is_given_up() {
    let (address, _) = proxy(vec![Act::Read, say("HTTP/1.1 200 OK\r\n"), Act::Repeat(b"A: b\r\n")]).await;
    let obstacle = obstacle(send(&format!("http://{address}"), SECURE).await);
    assert!(matches!(obstacle, Obstacle::Malformed { .. }), "{obstacle:?}");
}

#[rstest]
#[case::plain(PLAIN)]
#[case::secure(SECURE)]
#[tokio::test]
async fn nobody_listens_where_the_proxy_should(#[case] url: &str) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let expected = Obstacle::Unreached(Box::new(Failure::Refused));
    assert_eq!(obstacle(send(&format!("http://{address}"), url).await), expected);
}

#[tokio::test]
async fn a_proxy_that_keeps_silent_is_not_waited_for() {
    let (address, _) = proxy(vec![Act::Read, Act::Hold]).await;
    let obstacle = obstacle(send(&format!("http://{address}"), SECURE).await);
    assert!(matches!(obstacle, Obstacle::Silent { .. }), "{obstacle:?}");
}

#[tokio::test]
async fn what_is_no_proxy_is_told_when_it_is_needed() {
    let exchange = send("socks5://proxy:1080", SECURE).await;
    let reason = "HTTPS_PROXY names a SOCKS proxy, and only proxies that speak HTTP are used";
    assert_eq!(failure(exchange), Failure::Unreachable { reason: reason.to_owned() });
    let (address, _) = proxy(vec![Act::Read, say(OK)]).await;
    let exchange = send("socks5://proxy:1080", &format!("http://{address}/")).await;
    assert_eq!(response(exchange).status, 200, "loopback needs no proxy");
}
