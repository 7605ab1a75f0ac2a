//! Whether anybody is there, before the first case: a connection and any answer; how it behaves is for scenarios.

use std::time::Duration;

use crate::clock::Instant;
use crate::http::client::{Client, How, Limits, Network};
use crate::http::message::{Answer, Headers, Request, Url};
use crate::outcome::{failure, phrase};
use crate::target::Target;

/// A base without an HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreachable {
    /// The base URL.
    pub base: String,
    /// What happened.
    pub reason: String,
}

/// Each look takes this long at the most.
const PATIENCE: Duration = Duration::from_secs(5);

/// The pause between looks.
const PAUSE: Duration = Duration::from_millis(250);

/// Looks at the base of every protocol, again and again until `wait` has passed; without `wait`, once.
///
/// A server that takes the connection and gives no proper answer is there: what it does is judged by scenarios. Those
/// are given back.
pub fn preflight(
    target: &Target,
    network: &Network,
    wait: Option<Duration>,
) -> Result<Vec<Unreachable>, Unreachable> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let unreachable = |url: &Url, reason: String| Unreachable { base: url.as_str().to_owned(), reason };
    let mut silent = Vec::new();
    for protocol in &target.protocols {
        let looked = match &runtime {
            Ok(runtime) => runtime.block_on(look(network, &protocol.base, wait)),
            Err(error) => Err(format!("no runtime can be started: {}", phrase::reason(error))),
        };
        let looked = looked.map_err(|reason| unreachable(&protocol.base, reason))?;
        silent.extend(looked.map(|reason| unreachable(&protocol.base, reason)));
    }
    Ok(silent)
}

/// Nothing where there is an answer; otherwise why there is none, as an error if nobody is there.
async fn look(network: &Network, base: &Url, wait: Option<Duration>) -> Result<Option<String>, String> {
    let limits = Limits { connect: PATIENCE, body: 1 << 20, head: 64 << 10 };
    let client = Client::new(network.clone(), limits);
    let until = Instant::now() + wait.unwrap_or_default();
    loop {
        let failure = match client.send(request(base), how()).await.answer {
            Answer::Response(_) => return Ok(None),
            Answer::None(failure) => failure,
        };
        if Instant::now() >= until {
            let reason = failure::describe(&failure);
            return if failure.is_environment() { Err(reason) } else { Ok(Some(reason)) };
        }
        tokio::time::sleep(PAUSE).await;
    }
}

fn request(base: &Url) -> Request {
    Request { method: "GET".to_owned(), url: base.clone(), headers: Headers::default(), body: None }
}

fn how() -> How {
    How {
        epoch: Instant::now(),
        first_byte: PATIENCE,
        total: PATIENCE,
        may_create: false,
        cut_after: None,
        fresh: true,
    }
}
