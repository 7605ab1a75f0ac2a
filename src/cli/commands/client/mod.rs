//! `client`: what can be done with a client of an orchestrator.

mod init;
mod mocks;
mod process;
mod run;
mod selection;
mod table;

use crate::cli::args::ClientCommand;
use crate::cli::session::{Ending, Session};

/// Runs one of the commands.
pub(crate) fn client(session: &mut Session, command: &ClientCommand) -> Ending {
    match command {
        ClientCommand::Run(arguments) => run::run(session, arguments),
        ClientCommand::Init { language, output } => init::init(session, *language, output.as_deref()),
    }
}
