//! Callers that mean harm, or do it by mistake: each is refused or dropped in time, on every listener, and meanwhile
//! others are served as if nothing were.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use orchspec::mock::Identity;

use super::program::{OWNER, Reply, Standalone, begin, connect};
use crate::damage::Caller;
use crate::orchspec::Orchspec;

/// What harms nobody within these bounds.
const BOUNDS: [&str; 8] =
    ["--limit", "patience=1s", "--limit", "body=64KiB", "--limit", "connections=100", "--clock", "auto"];

/// A way to do harm: what is sent, and which answers may come; 0 is none.
struct Attack {
    name: &'static str,
    bytes: String,
    answers: &'static [u16],
}

fn attack(name: &'static str, answers: &'static [u16], bytes: impl Into<String>) -> Attack {
    Attack { name, bytes: bytes.into(), answers }
}

const NONE: &[u16] = &[0];
const REFUSED: &[u16] = &[400];
const TOO_LONG: &[u16] = &[0, 400, 413, 414, 431];
/// Odd, but no harm: any answer will do, as long as one comes or the connection ends.
const ANY: &[u16] = &[];

/// A request up to its header lines.
const POST: &str = "POST /acme/prod/orchestrator_/t/short HTTP/1.1\r\nHost: 127.0.0.1\r\n";
const GET: &str = "GET /count HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";

fn attacks() -> Vec<Attack> {
    [unfinished(), malformed(), oversized(), strange()].into_iter().flatten().collect()
}

/// Callers who never come to an end.
fn unfinished() -> Vec<Attack> {
    vec![
        attack("nothing at all", NONE, ""),
        attack("half a request line", NONE, "POST /acme/pr"),
        attack("half a head", NONE, POST),
        attack("half a body", &[408], format!("{POST}Content-Length: 9\r\n\r\n{{")),
        attack("no body", &[408], format!("{POST}Content-Length: 9\r\n\r\n")),
        attack("half a chunk", &[408], format!("{POST}Transfer-Encoding: chunked\r\n\r\n9\r\n{{")),
        attack("no last chunk", &[408], format!("{POST}Transfer-Encoding: chunked\r\n\r\n1\r\n{{\r\n")),
        attack(
            "a body that waits to be asked for",
            &[100],
            format!("{POST}Expect: 100-continue\r\nContent-Length: 9\r\n\r\n"),
        ),
        attack("the beginning of TLS", REFUSED, "\x16\x03\x01\x02\0\x01\0\x01\r\n\r\n"),
    ]
}

/// What is no request.
fn malformed() -> Vec<Attack> {
    let chunked = |bytes: &str| format!("{POST}Transfer-Encoding: chunked\r\n\r\n{bytes}");
    let lengths = |lines: &str| format!("{POST}{lines}\r\n\r\n{{}}");
    vec![
        attack("HTTP/0.9", REFUSED, "GET /\r\n\r\n"),
        attack("HTTP/2", ANY, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        attack("HTTP/9.9", REFUSED, "GET / HTTP/9.9\r\nHost: a\r\n\r\n"),
        attack("a header without a colon", REFUSED, "GET / HTTP/1.1\r\nHost a\r\n\r\n"),
        attack("a blank before the colon", REFUSED, "GET / HTTP/1.1\r\nHost : a\r\n\r\n"),
        attack("a folded header", REFUSED, "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n"),
        attack("NUL in a target", REFUSED, "GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n"),
        attack("NUL in a name", REFUSED, "GET / HTTP/1.1\r\nHo\0st: a\r\n\r\n"),
        attack("NUL in a value", REFUSED, "GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n"),
        attack("two lengths", REFUSED, lengths("Content-Length: 1\r\nContent-Length: 2")),
        attack("a length below nothing", REFUSED, lengths("Content-Length: -1")),
        attack("a length with a sign", REFUSED, lengths("Content-Length: +2")),
        attack("a length beyond counting", REFUSED, lengths("Content-Length: 99999999999999999999")),
        attack("an unknown encoding", REFUSED, lengths("Transfer-Encoding: gzip")),
        attack("a chunk without a size", REFUSED, chunked("zz\r\n")),
        attack("a chunk below nothing", REFUSED, chunked("-1\r\n")),
        attack("a chunk beyond counting", REFUSED, chunked("fffffffffffffffff\r\n")),
        attack("a chunk that goes on", REFUSED, chunked("1\r\n{}}}\r\n0\r\n\r\n")),
    ]
}

/// More than anybody needs.
fn oversized() -> Vec<Attack> {
    let long = "a".repeat(200 << 10);
    let lines: String = (0..10_000).map(|number| format!("X-{number}: a\r\n")).collect();
    let body = format!("{POST}Content-Length: 1000000\r\n\r\n");
    let chunks = "ffff\r\n".to_owned() + &"a".repeat(0xffff) + "\r\n";
    vec![
        attack("a long method", TOO_LONG, format!("{long} / HTTP/1.1\r\n\r\n")),
        attack("a long target", TOO_LONG, format!("GET /{long} HTTP/1.1\r\n\r\n")),
        attack("a long header", TOO_LONG, format!("GET / HTTP/1.1\r\nX: {long}\r\n\r\n")),
        attack("many headers", TOO_LONG, format!("GET / HTTP/1.1\r\n{lines}\r\n")),
        attack("a long body", &[0, 413, 403], format!("{body}{long}")),
        attack(
            "many chunks",
            &[0, 413, 403],
            format!("{POST}Transfer-Encoding: chunked\r\n\r\n{}", chunks.repeat(20)),
        ),
        attack("a chunk of nearly everything", &[0, 400, 408, 413, 403], chunk_of_everything()),
        attack(
            "a long extension of a chunk",
            TOO_LONG,
            format!("{POST}Transfer-Encoding: chunked\r\n\r\n1;{long}\r\n"),
        ),
    ]
}

fn chunk_of_everything() -> String {
    format!("{POST}Transfer-Encoding: chunked\r\n\r\nfffffffffffffff0\r\n{{")
}

/// What HTTP allows, but nobody does.
fn strange() -> Vec<Attack> {
    let get = |target: &str| GET.replace("/count", target);
    let both =
        "Transfer-Encoding: chunked\r\nContent-Length: 99\r\nConnection: close\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    let deep = "[".repeat(30_000);
    let length = deep.len();
    vec![
        attack("a length beside chunks", ANY, format!("{POST}{both}")),
        attack("a method that nobody knows", ANY, GET.replace("GET", "FROB")),
        attack("CONNECT", ANY, "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\nConnection: close\r\n\r\n"),
        attack("OPTIONS *", ANY, "OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
        attack("TRACE", ANY, format!("{}\r\n", GET.replace("GET", "TRACE"))),
        attack("a path upwards", ANY, format!("{}\r\n", get("/../../etc/passwd"))),
        attack("an escaped path upwards", ANY, format!("{}\r\n", get("/%2e%2e/%2e%2e/etc/passwd"))),
        attack("a session without a name", ANY, format!("{}\r\n", get("/s/"))),
        attack("a session upwards", ANY, format!("{}\r\n", get("/s/../count"))),
        attack("an escaped NUL", ANY, format!("{}\r\n", get("/%00"))),
        attack("an upgrade", ANY, format!("{GET}Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQ\r\n\r\n")),
        attack(
            "brackets without end",
            ANY,
            format!("{POST}{OWNER}Connection: close\r\nContent-Length: {length}\r\n\r\n{deep}"),
        ),
        attack(
            "requests in one go",
            ANY,
            format!("{}{GET}\r\n", "GET /a HTTP/1.1\r\nHost: a\r\n\r\n".repeat(500)),
        ),
    ]
}

/// Somebody who wants no harm, on both listeners.
fn is_served(mock: &Standalone, during: &str) {
    let (last, _) = mock.follow("short");
    assert_eq!(last.status, 200, "during {during}: {last:?}");
    assert!(mock.steer("GET /count", "")["jobs"].as_u64() > Some(0), "during {during}");
}

#[test]
fn every_attack_is_refused_or_dropped_and_harms_nobody_else() {
    let mock = Standalone::start("attacks", &BOUNDS);
    for place in [mock.origin(), mock.control()] {
        for attack in attacks() {
            let mut stream = connect(&place);
            // The other side may have hung up before all of it was sent.
            let _ = stream.write_all(attack.bytes.as_bytes());
            is_served(&mock, attack.name);
            let reply = Reply::read(stream);
            let allowed = attack.answers.is_empty() || attack.answers.contains(&reply.status);
            assert!(allowed || place == mock.control() && reply.status == 403, "{}: {reply:?}", attack.name);
        }
    }
}

#[test]
fn many_at_once_are_dropped_in_time() {
    let mock = Standalone::start("attacks_many", &BOUNDS);
    let all: Vec<_> = attacks().into_iter().filter(|attack| attack.answers != ANY).collect();
    let streams: Vec<_> = all.iter().map(|attack| (attack, connect(&mock.origin()))).collect();
    for (attack, stream) in &streams {
        let mut stream: &TcpStream = stream;
        let _ = stream.write_all(attack.bytes.as_bytes());
    }
    is_served(&mock, "all of them");
    for (attack, stream) in streams {
        assert!(attack.answers.contains(&Reply::read(stream).status), "{}", attack.name);
    }
}

/// A byte now and then is no request, however long it goes on.
#[test]
fn who_drips_is_dropped() {
    let mock = Standalone::start("attacks_drip", &BOUNDS);
    let bodies = format!("{POST}Content-Length: 1000\r\n\r\n");
    for (begin, drip) in [("GET / HTTP/1.1\r\n", "X: a\r\n"), (bodies.as_str(), "a")] {
        for place in [mock.origin(), mock.control()] {
            let mut stream = connect(&place);
            stream.write_all(begin.as_bytes()).unwrap();
            let drips = (0..600).take_while(|_| {
                std::thread::sleep(Duration::from_millis(100));
                stream.write_all(drip.as_bytes()).is_ok()
            });
            assert!(drips.count() < 600, "nobody hung up on {begin:?}");
            is_served(&mock, "a drip");
        }
    }
}

/// Whoever asks for much and takes nothing of it does not hold it for ever.
#[test]
fn who_takes_nothing_is_dropped() {
    let file =
        "mock: 1\nelma: { processes: { big: { process: a-b, files: { a.bin: { size: 67108864 } } } } }\n";
    let folder = Orchspec::new("attacks_greedy").file("mock.yaml", file);
    let mock = Standalone::start_in(folder, &["--config", "mock.yaml", "--limit", "patience=1s"]);
    let system = r#""auth_tkn":"5d5ec66f-357d-4c2d-bbc1-2012278d2361""#;
    let create = format!(r#"{{{system},"task":{{"process":"a-b"}}}}"#);
    let created = mock.protocol("POST /v1/orchestra/task/create", "", &create).body;
    let created: serde_json::Value = serde_json::from_str(&created).unwrap();
    mock.steer("POST /wait", r#"{"ended":1}"#);
    let download = format!(r#"{{{system},"taskid":{},"filename":"a.bin"}}"#, created["task"]["id"]);
    let greedy = begin(&mock.origin(), "POST /v1/repository/task/download", "", &download);
    is_served(&mock, "a download that nobody takes");
    let closed = |page: serde_json::Value| {
        let entries = page["entries"].as_array().unwrap().clone();
        entries.into_iter().find(|entry| entry["event"] == "closed" && entry["whole"] == false)
    };
    let gone = (0..600).find_map(|_| {
        std::thread::sleep(Duration::from_millis(100));
        closed(mock.steer("GET /journal?limit=1000", ""))
    });
    assert!(gone.is_some(), "nobody hung up");
    drop(greedy);
}

#[test]
fn who_hangs_up_early_leaves_nothing_behind() {
    let mock = Standalone::start("attacks_gone", &[&BOUNDS[..6], &["--clock", "virtual"]].concat());
    for round in 0..20 {
        let wait = r#"{"$callMode":"LongPolling"}"#;
        let stream = begin(&mock.origin(), super::HELD, OWNER, wait);
        mock.steer("POST /wait", r#"{"parked":1}"#);
        match round % 3 {
            0 => stream.shutdown(Shutdown::Write).unwrap(),
            1 => socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO)).unwrap(),
            _ => {}
        }
        drop(stream);
        let left = (0..600).any(|_| {
            std::thread::sleep(Duration::from_millis(10));
            mock.steer("GET /count", "")["parked"] == 0
        });
        assert!(left, "a caller who went away is still waited for");
    }
    assert_eq!(mock.steer("GET /count", "")["jobs"], 20);
}

/// Whoever finds no room is told so by the end of his connection; whoever steers finds room even then.
#[test]
fn connections_without_number_are_not_let_in() {
    let mock = Standalone::start("attacks_crowd", &BOUNDS);
    let crowd: Vec<_> = (0..200).map(|_| connect(&mock.origin())).collect();
    assert_eq!(mock.steer("GET /count", "")["parked"], 0);
    let ended = crowd.into_iter().map(ends_at_once).filter(|ended| *ended).count();
    assert!(ended >= 90, "only {ended} of 200 were not let in");
    let served = (0..600).any(|_| {
        std::thread::sleep(Duration::from_millis(10));
        mock.protocol("POST /acme/prod/orchestrator_/t/short", OWNER, "{}").status == 202
    });
    assert!(served, "the crowd is gone, and still nobody is served");
}

fn ends_at_once(mut stream: TcpStream) -> bool {
    stream.set_read_timeout(Some(Duration::from_millis(1))).unwrap();
    matches!(stream.read(&mut [0]), Ok(0))
}

/// On a port of TLS everything but TLS is an attack.
#[tokio::test]
async fn what_is_no_tls_is_dropped() {
    let own = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let (certificate, key) = (own.cert.pem(), own.signing_key.serialize_pem());
    let folder = Orchspec::new("attacks_tls").file("own.pem", &certificate).file("own.key", &key);
    let options = ["--tls", "own.pem,own.key", "--limit", "patience=1s"];
    let mock = Standalone::start_in(folder, &options);
    let url = mock.line["elma"]["url"].as_str().unwrap().to_owned();
    let authority = url.trim_start_matches("https://");
    let hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".as_slice();
    let record = [b"\x16\x03\x01\xff\xff".as_slice(), &vec![0xff; 70_000]].concat();
    let attacks =
        [b"".as_slice(), b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", hello, b"\0\0\0\0\0\0\0\0\0", &record];
    let identity = Identity::new(certificate, key);
    for bytes in attacks {
        let mut stream = connect(authority);
        // The other side may have hung up before all of it was sent.
        let _ = stream.write_all(bytes);
        let mut other = Caller::connect(&url, Some(&identity)).await;
        assert!(other.answer().await.0.starts_with("HTTP/1.1 200 "));
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert!(!answer.starts_with(b"HTTP/"), "{:?}", String::from_utf8_lossy(&answer));
    }
}
