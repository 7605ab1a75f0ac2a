//! `client`: what can be done with a client of an orchestrator.

mod init;
mod known;
mod mocks;
mod playing;
mod process;
mod run;
mod selection;
mod tape;
mod text;

use crate::cli::args::ClientCommand;
use crate::cli::session::{Ending, Session};

/// Runs one of the commands.
pub(crate) fn client(session: &mut Session, command: &ClientCommand) -> Ending {
    match command {
        ClientCommand::Run(arguments) => run::run(session, arguments),
        ClientCommand::Init(arguments) => init::init(session, arguments),
    }
}
