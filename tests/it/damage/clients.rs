//! Damage through the harness's own client: the words in which users of `run` read about it.

use std::sync::Arc;
use std::time::Duration;

use orchspec::http::client::{Client, How, Limits, Network, TlsSettings};
use orchspec::http::message::{Answer, Exchange, Headers, Request};
use orchspec::http::url::Url;
use orchspec::mock::fault::Damage;
use orchspec::mock::fault::damage::KINDS;
use orchspec::mock::{ClockMode, Mock};
use orchspec::outcome::failure::describe;
use tokio::time::Instant;

use super::caller::configuration;
use crate::orchspec::assert_shows;

/// What the client makes of the second call on a connection, which meets this damage.
async fn told(damage: Damage, may_create: bool) -> String {
    let mock =
        Mock::builder().configuration(configuration(damage)).clock(ClockMode::Auto).start().await.unwrap();
    let limits = Limits { connect: Duration::from_secs(10), body: 1 << 20, head: 64 << 10 };
    let client = Client::new(Network::Tcp(TlsSettings::default(), Arc::default()), limits);
    let url = Url::parse(&format!("{}/v1/orchestra/task/status", mock.elma_url())).unwrap();
    let request =
        Request { method: "POST".to_owned(), url, headers: Headers::default(), body: Some("{}".into()) };
    let patience = if damage.word() == "hang" { Duration::from_millis(200) } else { Duration::from_secs(30) };
    let how = || How {
        epoch: Instant::now(),
        first_byte: patience,
        total: patience,
        may_create,
        cut_after: None,
        fresh: false,
    };
    assert_eq!(words(&client.send(request.clone(), how()).await), "200");
    let mut told = words(&client.send(request.clone(), how()).await);
    if damage.word() == "stale-keepalive" {
        told = format!("{told}, then {}", words(&client.send(request, how()).await));
    }
    told
}

fn words(exchange: &Exchange) -> String {
    let told = match &exchange.answer {
        Answer::None(failure) => describe(failure),
        Answer::Response(response) => {
            let oddities: String = response.oddities.iter().map(|own| format!(", {}", own.words())).collect();
            format!("{}{oddities}", response.status)
        }
    };
    if exchange.resent { format!("sent again: {told}") } else { told }
}

#[tokio::test]
async fn the_harness_says_what_happened() {
    let mut lines = Vec::new();
    for kind in &KINDS {
        let (reading, creating) = (told(kind.usual, false).await, told(kind.usual, true).await);
        let creating = if creating == reading { "the same".to_owned() } else { creating };
        let told =
            [format!("  a call that only reads: {reading}"), format!("  one that may create: {creating}")];
        lines.push(kind.word.to_owned());
        lines.extend(told);
    }
    lines.push(String::new());
    assert_shows!("damage", lines.join("\n"));
}
