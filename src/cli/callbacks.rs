//! The socket at which a run takes calls of the server, if one of its cases waits for some.

use std::net::TcpListener;
use std::sync::Arc;

use ring::rand::{SecureRandom as _, SystemRandom};

use super::preparation::Prepared;
use super::session::{Session, Stop};
use crate::diagnostic::Diagnostic;
use crate::outcome::phrase;
use crate::runner::Listening;

/// Opens the socket, before anything is sent.
pub(crate) fn open(session: &mut Session, prepared: &Prepared) -> Result<Option<Arc<Listening>>, Stop> {
    let is_called = prepared.plan.runnable().any(|case| !case.program.scenario.callbacks.is_empty());
    let is_reached = prepared.chosen.network().is_some();
    if !is_called || !is_reached {
        return Ok(None);
    }
    let listening = listen(prepared);
    session.settled(listening).map(|listening| Some(Arc::new(listening)))
}

fn listen(prepared: &Prepared) -> Result<Listening, Diagnostic> {
    let callback = &prepared.chosen.target.callback;
    let refused = |reason: String| {
        let message = format!("no call-backs can be taken at {}: {reason}", callback.listen);
        let help = "take another port in the target file, or any that is free: --set callback.port=0";
        Diagnostic::error("callback-port", message).help(help)
    };
    let socket = TcpListener::bind(callback.listen).map_err(|error| refused(phrase::reason(&error)))?;
    let own = socket.local_addr().map_err(|error| refused(phrase::reason(&error)))?;
    let url = match &callback.url {
        Some(url) => url.as_str().trim_end_matches('/').to_owned(),
        None => format!("http://{own}"),
    };
    let mut key = [0; 32];
    SystemRandom::new()
        .fill(&mut key)
        .map_err(|_| refused("this machine gives no random numbers".to_owned()))?;
    Ok(Listening { socket, url, key })
}
