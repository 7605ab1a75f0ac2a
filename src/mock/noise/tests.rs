//! Every noise is heard: on the wire, as the bytes came and when.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{Instant, sleep};

use super::NOISES;
use crate::mock::caller::{OWNER, SYSTEM, TRIGGERS};
use crate::mock::{Configuration, Listener, Session};

/// One answer as it came.
#[derive(Debug, PartialEq, Eq)]
struct Heard {
    text: String,
    reads: usize,
    took: Duration,
}

async fn ask(mock: &Session, request: &str) -> Heard {
    let begun = Instant::now();
    let (mut near, far) = tokio::io::duplex(1 << 16);
    let served = tokio::spawn({
        let mock = mock.clone();
        async move { mock.serve(far, Listener::Protocol).await }
    });
    near.write_all(request.as_bytes()).await.unwrap();
    let (mut bytes, mut reads, mut piece) = (Vec::new(), 0, vec![0; 1 << 16]);
    while let Ok(length @ 1..) = near.read(&mut piece).await {
        bytes.extend_from_slice(&piece[..length]);
        reads += 1;
    }
    served.await.unwrap();
    Heard { text: String::from_utf8_lossy(&bytes).into_owned(), reads, took: begun.elapsed() }
}

fn post(path: &str, body: &Value) -> String {
    let body = body.to_string();
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: mock.test\r\nConnection: close\r\n{OWNER}Content-Length: {length}\r\n\r\n{body}"
    )
}

/// The same calls on any mock: a task and its record, jobs in every mode, a poll while the job runs and when it has
/// just ended.
async fn listen(configuration: Configuration) -> Vec<Heard> {
    let mock = Session::new(configuration);
    let mut heard = Vec::new();
    let task =
        json!({ "process": "c39f99de-cb8f-4661-a206-000000000001", "ctx": "{\"text_in\":\"größe/\"}" });
    for number in 955..960 {
        let create = json!({ "auth_tkn": SYSTEM, "task": task });
        heard.push(ask(&mock, &post("/v1/orchestra/task/create", &create)).await);
        let status = json!({ "auth_tkn": SYSTEM, "id": number });
        sleep(Duration::from_millis(120)).await;
        heard.push(ask(&mock, &post("/v1/orchestra/task/status", &status)).await);
    }
    for (trigger, mode) in [("typed", "LongPolling"), ("short", "AsyncRequestReply"), ("slow", "LongPolling")]
    {
        let path = format!("{TRIGGERS}{trigger}");
        heard.push(ask(&mock, &post(&path, &json!({ "$callMode": mode }))).await);
        let invoked = &heard.last().unwrap().text;
        let Some((_, location)) = invoked.split_once("http://mock.test") else { continue };
        let path = location.split_once('\r').unwrap().0.trim();
        let follow = format!("GET {path} HTTP/1.1\r\nHost: mock.test\r\nConnection: close\r\n{OWNER}\r\n");
        heard.push(ask(&mock, &follow).await);
        sleep(Duration::from_millis(5_010)).await;
        heard.push(ask(&mock, &follow).await);
    }
    heard
}

/// Whether it can be heard in the answers.
type IsHeard = fn(&[Heard]) -> bool;

/// What can be heard of each noise.
const HEARD: [(&str, IsHeard); 23] = [
    ("bad-gateway", |heard| any(heard, " 502 ")),
    ("hold-anywhere", |heard| {
        heard.iter().all(|own| own.took != Duration::from_secs(25)) && any(heard, " 303 ")
    }),
    ("instant-jobs", |heard| any(heard, "\"DONE\"") && took(heard, Duration::from_millis(100)) == 0),
    ("job-jitter", |heard| any(heard, "\"EXECUTING\"") || took(heard, Duration::from_millis(100)) == 0),
    ("late-end", |heard| heard.iter().filter(|own| own.text.contains("\"EXECUTING\"")).count() > 1),
    ("latency", |heard| heard.iter().filter(|own| !own.took.is_zero()).count() > 10),
    ("retry-after", |heard| any(heard, "retry-after: ")),
    ("extra-members", |heard| any(heard, "\"tenant\":\"acme\"") && any(heard, "\"metrics\":{\"tenant\"")),
    ("member-order", |heard| any(heard, "\r\n\r\n{\"task\":{")),
    ("number-spelling", |heard| any(heard, "\"number\":1.25e1")),
    ("json-spacing", |heard| heard.iter().all(|own| !own.text.ends_with('}'))),
    ("json-escapes", |heard| any(heard, "\\u00F6") && any(heard, "\\/")),
    ("charset", |heard| any(heard, "odata.metadata") && any(heard, "+json")),
    ("extra-headers", |heard| any(heard, "set-cookie: affinity") && any(heard, "vary: Origin")),
    ("long-header", |heard| heard.iter().all(|own| own.text.len() > 1000)),
    ("date", |heard| heard.iter().all(|own| own.text.contains("date: Mon, 29 Jun 2020"))),
    ("closing", |heard| any(heard, "keep-alive: timeout=5")),
    ("old-version", |heard| any(heard, "HTTP/1.0 ") && any(heard, "HTTP/1.1 ")),
    ("chunked", |heard| any(heard, "transfer-encoding: chunked") && any(heard, "\r\n\r\n1\r\n{\r\n1\r\n")),
    ("reason-phrase", |heard| any(heard, "HTTP/1.1 200 Fine by me") && any(heard, "HTTP/1.1 200 \r\n")),
    ("interim-answers", |heard| any(heard, "HTTP/1.1 103 ") && any(heard, "\r\n\r\nHTTP/1.1 200")),
    ("header-spelling", |heard| heard.iter().all(|own| !own.text.contains("content-length: "))),
    ("small-packets", |heard| {
        heard.iter().all(|own| own.reads > 2) && heard.iter().any(|own| !own.took.is_zero())
    }),
];

fn any(heard: &[Heard], text: &str) -> bool {
    heard.iter().any(|own| own.text.contains(text))
}

fn took(heard: &[Heard], time: Duration) -> usize {
    heard.iter().filter(|own| own.took == time).count()
}

#[tokio::test(start_paused = true)]
async fn every_noise_is_heard() {
    let mut unheard = Vec::new();
    for (id, is_heard) in HEARD {
        let noisy = Configuration::embedded().with_noise(id).unwrap().with_seed(7);
        let (quiet, noisy) = (listen(Configuration::embedded()).await, listen(noisy).await);
        if is_heard(&quiet) || !is_heard(&noisy) {
            unheard.push(format!("{id}: {noisy:#?}"));
        }
    }
    assert!(unheard.is_empty(), "{}", unheard.join("\n"));
}

#[test]
fn every_noise_has_its_line_above_and_says_why_it_is_allowed() {
    let listed: BTreeSet<_> = HEARD.iter().map(|(id, _)| *id).collect();
    let known: BTreeSet<_> = NOISES.iter().map(|noise| noise.id).collect();
    assert_eq!(listed, known);
    assert!(NOISES.iter().all(|noise| !noise.sentence.is_empty() && noise.allowed_by.contains(' ')));
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_makes_the_same_noise() {
    let noisy = |seed| {
        let all = NOISES.iter().try_fold(Configuration::embedded(), |own, noise| own.with_noise(noise.id));
        all.unwrap().with_seed(seed)
    };
    let (first, second) = (listen(noisy(1)).await, listen(noisy(1)).await);
    assert_eq!(first, second);
    assert_ne!(first, listen(noisy(2)).await);
}
