//! The command line: the only part that reads files, prints, starts programs and ends the process.

mod args;
mod baseline;
mod bench;
mod callbacks;
mod commands;
mod configuration;
mod console;
mod embedded;
mod exit_code;
mod faults;
mod files;
mod github;
mod header;
mod interruption;
mod keeping;
mod last_failed;
mod machine;
mod preparation;
mod progress;
mod reports;
mod rerun;
pub mod rounds;
mod schema;
mod screen;
mod session;
mod shard;
mod snapshots;
mod stored;
mod suite;
mod table;
mod target_file;
pub mod trial;
mod way;

use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::Parser as _;

use args::{Arguments, Command, SuiteCommand, TargetCommand};
use commands::target::Checking;
use exit_code::Exit;
use session::{Ending, Session};

/// Runs the program with the arguments of this process.
pub fn main() -> ExitCode {
    let mut session = Session::new();
    let ending = panic::catch_unwind(AssertUnwindSafe(|| start(&mut session)));
    let exit = ending.unwrap_or_else(|_| {
        session.console.note("error[fault]: orchspec itself failed; please report the lines above");
        Exit::Fault
    });
    exit.into()
}

fn start(session: &mut Session) -> Exit {
    match Arguments::try_parse() {
        Ok(arguments) => dispatch(session, arguments.command).unwrap_or_else(|stop| stop.0),
        Err(error) => {
            // Help goes to standard output, mistakes to standard error; a closed stream has no reader.
            let _ = error.print();
            if error.use_stderr() { Exit::Usage } else { Exit::Satisfied }
        }
    }
}

fn dispatch(session: &mut Session, command: Command) -> Ending {
    match command {
        Command::Run(arguments) => commands::run::run(session, &arguments),
        Command::Lint { paths, suite } => commands::lint::lint(session, &paths, suite.suite.as_deref()),
        Command::List { what, format, suite } => {
            commands::list::list(session, what, format, suite.suite.as_deref())
        }
        Command::Explain { id, suite } => commands::explain::explain(session, &id, suite.suite.as_deref()),
        Command::Plan { selection, place, suite } => {
            commands::plan::plan(session, &selection, &place, suite.suite.as_deref())
        }
        Command::Target(command) => target(session, command),
        Command::Schema { of, format } => commands::schema::schema(session, of, format),
        Command::Suite(command) => suite_of(session, command),
        Command::Report(arguments) => commands::report::report(session, &arguments),
        Command::Snapshot(command) => commands::snapshot::snapshot(session, &command),
        Command::Baseline(command) => commands::baseline::baseline(session, &command),
        Command::Mutants(arguments) => commands::mutants::mutants(session, &arguments),
        Command::Client(command) => commands::client::client(session, &command),
        Command::Mock(arguments) => commands::mock::mock(session, &arguments),
        Command::Record(arguments) => commands::record::record(session, &arguments),
        Command::Completions { shell } => commands::manual::completions(session, shell),
        Command::Man { command, output_dir } => {
            commands::manual::man(session, &command, output_dir.as_deref())
        }
    }
}

fn suite_of(session: &mut Session, command: SuiteCommand) -> Ending {
    match command {
        SuiteCommand::Export { folder } => commands::suite::export(session, &folder),
        SuiteCommand::Coverage(of) => commands::suite::coverage(session, of.suite.as_deref()),
        SuiteCommand::Lock(of) => commands::suite::lock(session, of.suite.as_deref()),
    }
}

fn target(session: &mut Session, command: TargetCommand) -> Ending {
    match command {
        TargetCommand::Init { file, protocol } => commands::target::init(session, &file, &protocol),
        TargetCommand::Check { file, no_jobs, write, settings, suite } => {
            let checking = Checking { file, write, settings, jobs: !no_jobs, suite: suite.suite };
            commands::target::check(session, &checking)
        }
    }
}
