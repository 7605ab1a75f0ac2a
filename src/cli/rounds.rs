//! Many runs of the built-in suite in one process, each by the words of a command line.
//!
//! The files of the suite are read once. Tests of properties use it; what they find can be repeated with the program.

use clap::Parser as _;

use super::args::{Arguments, Command, RunArguments, Seed};
use super::exit_code::Exit;
use super::session::Session;
use super::{preparation, suite, target_file};
use crate::outcome::RunOutcome;
use crate::outcome::event::Silent;
use crate::plan::{self, Suite};
use crate::report::{self, Format};
use crate::runner::{self, Interrupt, Run, Settings};
use crate::source::SourceMap;

/// The built-in suite, ready to be run again and again.
pub struct Rounds {
    suite: Suite,
    sources: SourceMap,
}

impl Rounds {
    /// Reads the suite; the error is the program's exit code, after the reason was printed.
    pub fn load() -> Result<Self, u8> {
        let mut session = Session::new();
        let suite = load(&mut session).map_err(|exit| exit as u8)?;
        Ok(Self { suite, sources: session.sources })
    }

    /// One run by the words behind `orchspec run`; the error says what is wrong with them.
    pub fn run<W: AsRef<str>>(&self, words: &[W]) -> Result<RunOutcome, String> {
        let words = ["orchspec", "run"].into_iter().chain(words.iter().map(AsRef::as_ref));
        let parsed = Arguments::try_parse_from(words).map_err(|error| error.to_string())?;
        match parsed.command {
            Command::Run(arguments) => self.carry_out(&arguments),
            _ => Err("the words are not those of a run".to_owned()),
        }
    }

    /// The report of a run, as `--report json=PATH` writes it.
    pub fn report(&self, outcome: &RunOutcome) -> String {
        report::render(Format::Json, outcome, &self.sources)
    }

    fn carry_out(&self, arguments: &RunArguments) -> Result<RunOutcome, String> {
        let mut session = Session::new();
        let scenarios: Vec<&str> =
            self.suite.programs.iter().map(|program| program.scenario.id.as_str()).collect();
        let filter = preparation::filter(&arguments.selection, &scenarios);
        let filter = filter.map_err(|diagnostic| diagnostic.message)?;
        let chosen = target_file::choose(&mut session, &arguments.place, &self.suite.registries);
        let chosen = chosen.map_err(|stop| format!("exit code {}", stop.0 as u8))?;
        let plan = plan::build(&self.suite, &chosen.target, &filter);
        let (_, interrupt) = Interrupt::new();
        runner::run(&Run {
            plan: &plan,
            suite: &self.suite,
            target: &chosen.target,
            world: chosen.world(),
            settings: settings(arguments),
            sink: &Silent,
            system: &session.machine,
            interrupt,
        })
    }
}

fn load(session: &mut Session) -> Result<Suite, Exit> {
    let files = suite::files(session, None).map_err(|stop| stop.0)?;
    let suite = plan::load(&files, &|_| true, &mut session.sources, &mut session.diagnostics);
    session.settle().map_err(|stop| stop.0)?;
    Ok(suite)
}

fn settings(arguments: &RunArguments) -> Settings {
    Settings {
        seed: match arguments.pace.shuffle {
            Some(Seed::Number(seed)) => seed,
            Some(Seed::Any) | None => 0,
        },
        shuffle: arguments.pace.shuffle.is_some(),
        fail_fast: arguments.pace.fail_fast,
        concurrency: arguments.pace.concurrency.map(usize::from),
        ..Settings::default()
    }
}
