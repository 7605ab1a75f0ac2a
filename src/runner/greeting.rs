//! Whether the hooks of a target are there and can be believed, before a run depends on them.

use std::path::Path;

use serde_json::{Map, Value};

use super::dispatch::limits;
use super::hook::{self, HookError, Hooks};
use super::random::Random;
use crate::http::client::{Client, Network};
use crate::outcome::phrase;
use crate::system::System;
use crate::target::Target;

/// Greets the hooks, and asks them for something that does not exist; the error says what is wrong with them.
pub fn greet_hooks(
    target: &Target,
    network: &Network,
    system: &dyn System,
    folder: &Path,
) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime =
        runtime.map_err(|error| format!("no runtime can be started: {}", phrase::reason(&error)))?;
    let nonsense = Random::new(system.now().as_second().unsigned_abs(), "hooks").word();
    runtime.block_on(async {
        let client = Client::new(network.clone(), limits(target));
        let hooks = Hooks::open(&target.hooks, system, folder).await?;
        hook::distrust(&hooks, &client, &nonsense).await?;
        greet(&hooks, &client).await
    })
}

async fn greet(hooks: &Hooks, client: &Client) -> Result<(), String> {
    let message: Map<String, Value> = [("op".to_owned(), "hello".into())].into_iter().collect();
    match hooks.call(client, message).await {
        Ok(_) => Ok(()),
        Err(HookError::Unsupported) => Err("they do not offer `hello`".to_owned()),
        Err(HookError::Failed(reason)) => {
            Err(format!("asked for `hello`, they say that it failed: {reason}"))
        }
        Err(HookError::Broken(reason)) => Err(format!("asked for `hello`, {reason}")),
    }
}
