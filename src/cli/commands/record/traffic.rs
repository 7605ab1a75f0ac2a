//! The proxy at work: from the printed addresses to the end of the client.

use std::io;
use std::net::SocketAddr;
use std::process::ExitStatus;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};

use crate::cli::args::RecordArguments;
use crate::cli::exit_code::Exit;
use crate::cli::interruption::{Asked, Signals};
use crate::cli::machine::Machine;
use crate::cli::session::{Session, Stop};
use crate::cli::target_file;
use crate::diagnostic::Diagnostic;
use crate::http::client::{Client, Limits};
use crate::outcome::phrase;
use crate::record::proxy::{self, Opened, Proxy};
use crate::record::{Mishap, Tape, Taped};
use crate::target::{Protocol, Target};

/// How long a connection to the target may take.
const CONNECT: Duration = Duration::from_secs(10);
/// The longest head of an answer, in bytes.
const LONGEST_HEAD: usize = 64 << 10;

/// What went through the proxy, and how it ended.
#[derive(Debug)]
pub(super) struct Traffic {
    /// The exchanges.
    pub taped: Vec<Taped>,
    /// What else happened.
    pub mishaps: Vec<Mishap>,
    /// How the command failed, if it did.
    pub failure: Option<String>,
}

/// Passes requests on until somebody asks for the end, or the command has ended.
pub(super) fn run(
    session: &mut Session,
    (target, protocols): (&Target, &[&Protocol]),
    arguments: &RecordArguments,
) -> Result<Traffic, Stop> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| session.not_started(&phrase::reason(&error)))?;
    let network = target_file::sockets(target);
    let limits = Limits { connect: CONNECT, body: target.limits.body, head: LONGEST_HEAD };
    let ended = runtime.block_on(async {
        let opened = proxy::open(protocols, arguments.listen).await;
        let opened = opened.map_err(|(address, error)| deaf(session, address, &error))?;
        let proxy = Arc::new(Proxy::new(Client::new(network, limits), target.limits.body, &opened));
        let tape = proxy.tape.clone();
        let failure = accompany(session, arguments, (proxy, opened)).await?;
        Ok((tape, failure))
    });
    // What is still under way ends with the runtime, and says so.
    drop(runtime);
    let (tape, failure): (Tape, Option<String>) = ended?;
    let (taped, mishaps) = tape.take();
    Ok(Traffic { taped, mishaps, failure })
}

async fn accompany(
    session: &mut Session,
    arguments: &RecordArguments,
    (proxy, opened): (Arc<Proxy>, Vec<Opened>),
) -> Result<Option<String>, Stop> {
    let mut signals = Signals::catch();
    announce(session, &opened, arguments.command.is_empty())?;
    let mut command = start(session, arguments, &opened)?;
    let ended = async {
        match &mut command {
            Some(command) => command.wait().await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        biased;
        Asked::ByKey | Asked::BySignal = signals.asked_to_end() => Ok(None),
        status = ended => Ok(status.ok().and_then(how_it_failed)),
        () = proxy.serve(opened) => Ok(None),
    }
}

/// The addresses: for people, and for scripts where no command writes to standard output.
fn announce(session: &mut Session, opened: &[Opened], is_alone: bool) -> Result<(), Stop> {
    let mut urls = Map::new();
    for Opened { door, .. } in opened {
        session.console.note(&format!("{}  {}", door.profile, door.url));
        urls.insert(door.profile.clone(), door.url.as_str().into());
    }
    if is_alone {
        session.console.note("recording what comes there; Ctrl-C ends it");
        session.show_exactly(&format!("{}\n", Value::Object(urls)))?;
    }
    Ok(())
}

fn start(
    session: &mut Session,
    arguments: &RecordArguments,
    opened: &[Opened],
) -> Result<Option<tokio::process::Child>, Stop> {
    let Some(program) = arguments.command.first() else { return Ok(None) };
    let variable = |Opened { door, .. }: &Opened| {
        (format!("ORCHSPEC_{}_URL", door.profile.to_uppercase()), door.url.clone())
    };
    let variables: Vec<(String, String)> = opened.iter().map(variable).collect();
    let started = Machine::accompany(&arguments.command, &variables);
    started.map(Some).map_err(|error| {
        let message = format!("`{program}` cannot be started: {}", phrase::reason(&error));
        session.refuse(
            Diagnostic::error("no-command", message).help("write a program and its arguments behind `--`"),
        )
    })
}

fn how_it_failed(status: ExitStatus) -> Option<String> {
    match status.code() {
        Some(0) => None,
        Some(code) => Some(format!("exit code {code}")),
        None => Some(status.to_string()),
    }
}

fn deaf(session: &mut Session, address: SocketAddr, error: &io::Error) -> Stop {
    let message = format!("the proxy cannot listen at {address}: {}", phrase::reason(error));
    let help = "give another address with `--listen`; port 0 takes any that is free";
    session.refuse(Diagnostic::error("no-listener", message).help(help));
    Stop(Exit::Environment)
}
